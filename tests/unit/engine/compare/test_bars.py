"""What each cause adds, in an order and order-free."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.builders import book, model, plan, quiet, task
from zt_planner.domain.money import largest_remainder
from zt_planner.engine.compare.bridge import BridgeStep, Figures, figures_of, in_order, order_free
from zt_planner.engine.plan import StoppedPlan


def amounts(*values: str | int) -> list[Decimal]:
    return [Decimal(value) for value in values]


def figures(budget: int, day: int) -> Figures:
    """Return what a plan comes to that is done on a day of May."""
    return Figures(Decimal(budget), date(2027, 5, day))


def test_steps_are_told_in_whole_euros_and_without_a_schedule_there_are_none() -> None:
    finished = plan(quiet(), book(), model(task("one", days=3)))
    headlines = finished.headlines
    result = figures_of(finished)
    assert result is not None
    assert result.finish == headlines.finish_date
    assert abs(result.budget - headlines.introduction_budget) <= Decimal("0.50")
    assert result.budget == result.budget.to_integral_value()
    assert figures_of(StoppedPlan(finished.case, ())) is None


def test_in_an_order_each_step_adds_what_it_adds_there() -> None:
    first, second, third = figures(100, 7), figures(130, 4), figures(130, 5)
    assert in_order(("people", "prices"), first, second, third) == (
        BridgeStep("people", Decimal(30), -3, first, second),
        BridgeStep("prices", Decimal(0), 1, second, third),
    )


def test_a_step_counts_from_the_last_figures_that_are_known() -> None:
    first, last = figures(100, 7), figures(130, 4)
    stopped, moved = in_order(("stopped", "moved"), first, None, last)
    assert stopped == BridgeStep("stopped", None, None, first, None)
    assert moved == BridgeStep("moved", Decimal(30), -3, first, last)
    assert in_order(("moved",), None, last) == (BridgeStep("moved", None, None, None, last),)


def test_order_free_each_cause_adds_the_mean_over_both_orders() -> None:
    # 10 people at EUR 20 become 15 at EUR 26: people first adds 100, then 90; prices first 60, then 130.
    people, prices = order_free(("people", "prices"), amounts("200.00", "300.00", "260.00", "390.00"), 2)
    assert (people.amount, prices.amount) == (Decimal("115.00"), Decimal("75.00"))


def test_what_rounding_leaves_goes_to_the_largest_remainder() -> None:
    # All three together add 0.01, nobody alone or with one other does: a third of a cent each.
    bars = order_free(("a", "b", "c"), amounts(0, 0, 0, 0, 0, 0, 0, "0.01"), 2)
    assert [bar.amount for bar in bars] == amounts("0.01", 0, 0)
    assert not any(bar.is_idle for bar in bars)
    assert largest_remainder([-5, -5, -2], 6) == [-1, -1, 0]
    assert largest_remainder([], 1) == []


def test_a_cause_whose_effects_cancel_is_not_idle() -> None:
    moving, other = order_free(("moving", "other"), amounts(0, 2, 0, -2), 0)
    assert (moving.amount, moving.is_idle) == (Decimal(0), False)
    assert (other.amount, other.is_idle) == (Decimal(-2), False)


def test_without_causes_there_are_no_bars() -> None:
    assert order_free((), amounts(5), 2) == ()
