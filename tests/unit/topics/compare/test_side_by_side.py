"""The bridge as a picture: from the first plan's figure to the other's, the largest bar first, in money and in days."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from tests.approval import Says
from tests.builders import scenario, unstopped
from tests.handouts import handout
from tests.unit.topics.compare.test_comparison import ENDLESS, compared
from tests.words import ENGLISH, plain, plotted, told
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.engine.compare.bridge import Bridge, BridgeFigure, Contribution
from zt_planner.topics.compare.side_by_side import bridge_alt, bridge_chart, end_text, promise_cells, promise_table
from zt_planner.topics.view import View, no_draws

OTHER = scenario(choices__monitoring="mdr", finance__contingency=0, company__employees=150, choices__billing="monthly")


@pytest.mark.parametrize("figure", BridgeFigure)
def test_the_bars_lead_from_the_first_plan_to_the_other_the_largest_first(figure: BridgeFigure) -> None:
    first, other = compared(OTHER).variants
    bridge = next(each for each in other.bridges if each.figure is figure)
    chart = plotted(bridge_chart(bridge, first, other))
    (trace,) = chart.data
    begin, *effects, change = (Decimal(str(value)) for value in trace.x)
    assert begin == 0
    assert sum(effects) == change == bridge.total
    assert all(abs(one) >= abs(next_) > 0 for one, next_ in pairwise(effects))
    names = list(chart.layout.yaxis.ticktext)
    assert names[0] == ENGLISH.write(end_text(figure, first))
    assert names[-1] == ENGLISH.write(end_text(figure, other))
    alt = ENGLISH.write(bridge_alt(bridge, first, other))
    assert all(end in alt for end in (names[0], names[-1]))


def test_bars_are_labelled_with_what_they_add(says: Says) -> None:
    first, other = compared(OTHER).variants
    bars = (
        Contribution(InputGroup.PEOPLE, Decimal(-5), is_idle=False),
        Contribution(InputGroup.SCOPE, Decimal(12), is_idle=False),
        Contribution(InputGroup.LICENCES, Decimal(0), is_idle=True),
    )
    days = plotted(bridge_chart(Bridge(BridgeFigure.FINISH_DATE, bars), first, other))
    says(list(days.data[0].text))
    says(days.layout.xaxis.title.text)
    money = plotted(bridge_chart(Bridge(BridgeFigure.HORIZON_TOTAL, bars), first, other))
    assert list(map(plain, money.data[0].text)) == ["", "+EUR 12.00", "−EUR 5.00", "+EUR 7.00"]
    says(money.layout.xaxis.title.text)
    says(plain(ENGLISH.write(bridge_alt(Bridge(BridgeFigure.FINISH_DATE, bars), first, other))))


def test_a_plan_without_a_schedule_is_named_alone() -> None:
    _, other = compared(scenario(**ENDLESS)).variants
    assert end_text(BridgeFigure.FINISH_DATE, other) == "B"


def promised(*, shows_labour: bool = True, **given: object) -> tuple[list[str], list[str]]:
    """Return the budgets in the table of promises, and the amounts alone."""
    first, other = (scenario(company__employees=size, **given) for size in (120, 150))
    variants = compared(other, first=first, shows_labour=shows_labour)
    views = {each.letter: View(unstopped(each.plan), ENGLISH, no_draws) for each in variants.variants}
    amounts = [ENGLISH.money(view.promise.rounded_budget or 0) for view in views.values()]
    return [row[1] for row in told(promise_table(variants, views)).rows], amounts


def test_a_promise_that_lacks_prices_is_a_lower_bound_and_has_no_difference() -> None:
    shown, amounts = promised(choices__monitoring="siem", prices__as_of="2026-02-01")
    assert shown == [f"at least {amount}" for amount in amounts]


def test_a_promise_without_labour_says_so() -> None:
    (first, other), amounts = promised(shows_labour=False)
    assert first == f"{amounts[0]} without labour"
    assert other.startswith(f"{amounts[1]} without labour (+")


def test_the_difference_of_two_promises_is_that_of_the_budgets_as_shown() -> None:
    first = handout()
    before = rounded(first.promise.rounded_budget or 0, 0)
    for share in (0.11, 0.12, 0.13, 0.17):
        other = handout({"finance": {"contingency": share}})
        after = rounded(other.promise.rounded_budget or 0, 0)
        shown = f"{ENGLISH.money(after)} ({ENGLISH.signed_money(after - before)})"
        assert told(promise_cells(other, first))[0] == shown
