"""The figures of a plan as they are declared (M16 to M18, M28)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import TODAY, book, case, line, model, plan, plan_for, quiet, scenario, task, with_values
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.categories import LABOUR_CATEGORIES, CostCategory, Kind
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import Amount, AmountState, FigureName, Headlines, amount_of
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import CostLine, Team
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import (
    STANDSTILL,
    SUMS,
    Fact,
    FigureMonths,
    Highest,
    Months,
    Sum,
    duration_months,
    task_days,
)

JANUARY, FEBRUARY, MARCH = months_from(Month(2027, 1), 3)
MONTHS = Months((JANUARY, FEBRUARY), (JANUARY, FEBRUARY, MARCH), MARCH)
LINES = (
    line("2027-01", "100.00"),
    line("2027-01", "50.00", category=CostCategory.INTERNAL),
    line("2027-02", "20.00", kind=Kind.RECURRING, category=CostCategory.LICENCE, paid_in=JANUARY),
    line("2027-02", "7.00", kind=Kind.RECURRING, category=CostCategory.TRAINING),
    line("2027-02", None, kind=Kind.RECURRING),
    line("2027-03", "-5.00", kind=Kind.RECURRING),
)
BUDGET = Sum(FigureMonths.ALL, Kind.ONE_OFF) + Sum(FigureMonths.FIRST_YEAR, Kind.RECURRING)


@pytest.mark.parametrize(
    ("rule", "amount", "state"),
    [
        (Sum(FigureMonths.HORIZON), "127.00", AmountState.AT_LEAST),
        (Sum(FigureMonths.HORIZON, Kind.RECURRING), "27.00", AmountState.AT_LEAST),
        (Sum(FigureMonths.HORIZON, Kind.ONE_OFF), "100.00", AmountState.KNOWN),
        (Sum(FigureMonths.ALL, of=(CostCategory.INTERNAL,)), "50.00", AmountState.KNOWN),
        (Sum(FigureMonths.AFTER, Kind.RECURRING), "-5.00", AmountState.KNOWN),
        (BUDGET, "127.00", AmountState.AT_LEAST),
    ],
)
def test_a_sum_adds_up_the_lines_that_it_declares(rule: Sum, amount: str, state: AmountState) -> None:
    found = rule.of_lines(LINES, MONTHS)
    assert (found.value, found.state, found.rule) == (Decimal(amount), state, rule)
    assert sum_of(found.parts) == found.value


def test_of_what_has_no_price_nothing_is_known() -> None:
    found = amount_of([line("2027-01", None), line("2027-01", "0.49")])
    assert (found.value, found.state, found.known) == (Decimal("0.49"), AmountState.UNKNOWN, None)
    assert amount_of([]).known == 0


def test_labour_is_hidden_from_those_who_may_not_see_it() -> None:
    own_work = SUMS[FigureName.INTERNAL_VALUE]
    assert own_work.of_lines(LINES, MONTHS).known == 50
    assert own_work.of_lines(LINES, MONTHS, shows_labour=False).known is None
    assert [rule.is_labour for rule in (own_work, BUDGET)] == [True, False]
    assert [rule.holds_labour for rule in (own_work, BUDGET, SUMS[FigureName.RUN_RATE_MONTHLY])] == [True, True, False]


def test_the_highest_month_is_the_first_of_several() -> None:
    month, amount = Highest().of_lines((*LINES, line("2027-02", "73.00")), MONTHS)
    assert (month.value, amount.value) == (JANUARY, Decimal("100.00"))
    assert [part.amount for part in month.parts] == [Decimal("100.00")]


def test_the_run_rate_leaves_yearly_training_out() -> None:
    run_rate = SUMS[FigureName.RUN_RATE_MONTHLY]
    assert run_rate.of_lines(LINES, Months(MONTHS.horizon, MONTHS.all, FEBRUARY)).value == Decimal("20.00")


@pytest.mark.parametrize(
    ("start", "finish", "months"),
    [
        (date(2027, 1, 4), date(2027, 9, 27), "8.8"),  # 267 days / 30.4375 = 8.77
        (date(2027, 1, 4), date(2027, 1, 4), "0.0"),  # 1 / 30.4375 = 0.03
        (date(2027, 1, 1), date(2027, 12, 31), "12.0"),
    ],
)
def test_the_duration_counts_both_ends_to_one_place(start: date, finish: date, months: str) -> None:
    assert str(duration_months(start, finish)) == months


def figures_of(given: object, *, shows_labour: bool = True) -> Headlines:
    """Return the figures of the shipped plan."""
    assert isinstance(given, dict)
    made = plan_for(case(scenario(**given), price_book(), phase_model(), shows_labour=shows_labour))
    return made.headlines


def test_the_parts_of_every_figure_add_up_to_it_and_follow_from_its_rule_again() -> None:
    made = plan_for(case(scenario(), price_book(), phase_model()))
    for name, rule in SUMS.items():
        amount = made.headlines[name]
        assert sum_of(amount.parts) == amount.value
        assert rule.amount(made, made.headlines) == amount
        assert rule.amount(made, made.headlines).parts == amount.parts


@pytest.mark.parametrize(
    ("day_cost", "days"), [(400, "1.0"), ("399.99", "1.1"), (100, "4.0"), (8_000, "0.1"), (None, None)]
)
def test_the_days_at_a_standstill_are_the_horizons_cost_by_a_days_rounded_up(
    day_cost: object, days: str | None
) -> None:
    made = plan(quiet(company__standstill_day_cost=day_cost), book(), model(task("one", days=1)))
    found = STANDSTILL.amount(made, with_values(made.headlines, horizon_total=Decimal(400)))
    assert (None if found is None else found.known) == (None if days is None else Decimal(days))


def test_where_labour_is_hidden_no_days_at_a_standstill_tell_it() -> None:
    given = quiet(company__standstill_day_cost=400)
    hidden = plan_for(case(given, book(), model(task("one")), shows_labour=False))
    found = STANDSTILL.amount(hidden, hidden.headlines)
    assert found is not None
    assert found.is_hidden


def test_a_quotient_is_known_as_far_as_what_is_divided() -> None:
    made = plan(quiet(company__standstill_day_cost=400), book(), model(task("one", days=1)))
    unpriced: Amount[Decimal] = amount_of([line("2027-01", None), line("2027-01", "800.00")])
    found = STANDSTILL.amount(made, Headlines({**made.headlines, FigureName.HORIZON_TOTAL: unpriced}))
    assert found is not None
    assert (found.value, found.state, found.parts) == (Decimal("2.0"), AmountState.AT_LEAST, unpriced.parts)


def test_a_fact_is_what_the_plan_says() -> None:
    made = plan(quiet(), book(), model(task("one", days=1)))
    amount = Fact(lambda plan: plan.today).amount(made, made.headlines)
    assert amount is not None
    assert amount.known == made.today
    assert Fact(lambda plan: plan.deadline and None).amount(made, made.headlines) is None


def test_the_first_year_can_be_told_without_labour() -> None:
    figures, hidden = figures_of({}), figures_of({}, shows_labour=False)

    def without(lines: tuple[CostLine, ...]) -> Decimal:
        return sum_of(each for each in lines if each.category not in LABOUR_CATEGORIES)

    assert without(figures["first_year_budget"].parts) == hidden.first_year_budget < figures.first_year_budget


def test_a_plan_has_the_amounts_that_rules_compute(price_book: PriceBook, phase_model: PhaseModel) -> None:
    made = plan_for(case(Scenario(), price_book, phase_model))
    assert made.headlines is not None
    peak = Highest().amount(made, made.headlines)
    assert (peak, peak.is_whole) == (made.headlines[FigureName.PEAK_AMOUNT], True)
    assert made.priced_on == TODAY
    assert not STANDSTILL.holds_labour


def test_the_days_of_tasks_are_those_of_the_team() -> None:
    found = plan(quiet(), book(), model(task("own", days=3), task("theirs", days=2, external_share=1)))
    assert [task_days(found.tasks, team) for team in Team] == [3, 2]
