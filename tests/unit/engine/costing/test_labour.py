"""What the work costs, by team and month (M16)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.builders import book, placed, price, prices_for, quiet
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.month import Month
from zt_planner.domain.plan import ByTeam, ScheduledTask, Team, Work
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.labour import coordination, labour_lines, task_labour, working_days_by_month
from zt_planner.engine.scheduling.calendar import calendar_of

OWN = price("internal-day", 520, category="labour", unit="day", term="one_off", vendor="labour")
CONSULTANT = price("external-day", 1000, category="labour", unit="day", term="one_off", vendor="labour")
JANUARY, FEBRUARY = Month(2027, 1), Month(2027, 2)


def work(start: date, finish: date, length: int, internal: str, external: str) -> ScheduledTask:
    """Return a scheduled task with its person-days."""
    plain = placed("work", start, finish)
    return ScheduledTask(
        task=plain.task,
        start=start,
        finish=finish,
        length_days=length,
        wait_until=None,
        work=Work(ByTeam(Fraction(internal), Fraction(external)), 1),
        slack_days=0,
        after=(),
    )


# Thursday 28 and Friday 29 January, Monday 1 February 2027: two days and one.
OVER_THE_MONTH = work(date(2027, 1, 28), date(2027, 2, 1), 3, "1", "0.5")


def worked_days(task: ScheduledTask, given: Scenario) -> dict[Month, int]:
    """Return the working days of a task in each month."""
    return working_days_by_month(task.start, task.finish, calendar_of(given.timeline, task.start))


def lines(
    task: ScheduledTask, team: Team, given: Scenario | None = None
) -> list[tuple[Month, Fraction, Decimal | None]]:
    """Return month, days and amount of a task's lines."""
    chosen = given or quiet()
    result = task_labour(task, team, prices_for(chosen, book(OWN, CONSULTANT)), worked_days(task, chosen))
    return [(line.month, line.quantity, line.amount) for line in result]


def test_each_team_has_its_own_days() -> None:
    whole = OVER_THE_MONTH.work.whole
    assert (whole.of(Team.INTERNAL), whole.of(Team.EXTERNAL)) == (Fraction(1), Fraction(1, 2))


def test_a_task_is_priced_as_a_whole_and_spread_by_its_working_days() -> None:
    # 520.00 by 2:1 is 346.66 and 173.33; the cent that is left goes to January.
    assert lines(OVER_THE_MONTH, Team.INTERNAL) == [
        (JANUARY, Fraction(2, 3), Decimal("346.67")),
        (FEBRUARY, Fraction(1, 3), Decimal("173.33")),
    ]


def test_a_rate_that_rises_while_a_task_runs_is_that_of_the_month_in_which_it_starts() -> None:
    # A day at 520.00 in January, spread by 2:1 as above: February's 600.00 is for what starts in February.
    dearer = [
        price(
            "internal-day", 520, category="labour", unit="day", term="one_off", vendor="labour", valid_to="2027-01-31"
        ),
        price(
            "internal-day", 600, category="labour", unit="day", term="one_off", vendor="labour", valid_from="2027-02-01"
        ),
    ]
    given, days = quiet(), worked_days(OVER_THE_MONTH, quiet())
    result = list(task_labour(OVER_THE_MONTH, Team.INTERNAL, prices_for(given, book(*dearer)), days))
    assert [(line.month, line.amount) for line in result] == [
        (JANUARY, Decimal("346.67")),
        (FEBRUARY, Decimal("173.33")),
    ]


def test_the_consultants_are_cash_and_own_work_is_not() -> None:
    given = quiet()
    prices = prices_for(given, book(OWN, CONSULTANT))
    calendar = calendar_of(given.timeline, OVER_THE_MONTH.start)
    results = list(labour_lines(given, (OVER_THE_MONTH,), prices, calendar))
    assert {line.category: line.is_cash for line in results} == {
        CostCategory.INTERNAL: False,
        CostCategory.CONSULTANT: True,
    }


def test_a_team_without_a_share_has_no_lines() -> None:
    assert lines(work(date(2027, 1, 4), date(2027, 1, 4), 1, "1", "0"), Team.EXTERNAL) == []


def test_a_month_that_is_closed_throughout_gets_no_line() -> None:
    given = quiet(timeline__closures=[["2027-02-01", "2027-02-28"]])
    result = lines(work(date(2027, 1, 29), date(2027, 3, 1), 2, "1", "0"), Team.INTERNAL, given)
    assert [month for month, *_ in result] == [JANUARY, Month(2027, 3)]


def test_work_without_a_rate_has_days_and_no_amount() -> None:
    given = quiet()
    result = task_labour(OVER_THE_MONTH, Team.INTERNAL, prices_for(given, book()), worked_days(OVER_THE_MONTH, given))
    assert [(line.amount, line.item) for line in result] == [(None, ""), (None, "")]


def test_an_own_rate_that_the_book_does_not_know_is_used() -> None:
    given = quiet(labour__internal_day_cost="300")
    result = task_labour(OVER_THE_MONTH, Team.INTERNAL, prices_for(given, book()), worked_days(OVER_THE_MONTH, given))
    assert [(line.amount, line.item) for line in result] == [(Decimal("200.00"), ""), (Decimal("100.00"), "")]


def test_a_consultant_in_switzerland_is_paid_the_rate_of_that_country() -> None:
    swiss = price("external-day-ch", 1700, category="labour", unit="day", term="one_off", vendor="labour")
    given = quiet(timeline__region="CH")
    prices, calendar = prices_for(given, book(OWN, CONSULTANT, swiss)), calendar_of(given.timeline, date(2027, 1, 28))
    lines = [line for line in labour_lines(given, (OVER_THE_MONTH,), prices, calendar) if line.is_cash]
    assert {line.price_id for line in lines} == {"external-day-ch"}
    # Half a day of the task, and a day of coordination in proportion in each month, 2 of 20 and 1 of 20 working days.
    assert sum(line.amount for line in lines if line.task_id and line.amount) == Decimal("850.00")
    assert {line.unit_price.amount for line in lines if line.unit_price} == {Decimal(1700)}


def coordination_figures(
    given: Scenario, start: date, finish: date
) -> list[tuple[Month, str, Fraction, Decimal | None]]:
    """Return month, rate, days and amount of the coordination lines."""
    calendar = calendar_of(given.timeline, start)
    result = coordination(given, start, finish, prices_for(given, book(OWN, CONSULTANT)), calendar)
    return [(line.month, line.price_id, line.quantity, line.amount) for line in result]


def test_coordination_is_in_proportion_to_the_working_days_that_the_plan_touches() -> None:
    # January 2027 has 21 weekdays, the plan has 4 of them (26 to 29); February has 20, the plan has 5.
    given = quiet(labour__coordination_days_per_month={"internal": 1, "external": 2})
    assert coordination_figures(given, date(2027, 1, 26), date(2027, 2, 5)) == [
        (JANUARY, "internal-day", Fraction(4, 21), Decimal("99.05")),  # 520 x 4 / 21 = 99.0476
        (JANUARY, "external-day", Fraction(8, 21), Decimal("380.95")),  # 1000 x 8 / 21 = 380.9524
        (FEBRUARY, "internal-day", Fraction(5, 20), Decimal("130.00")),
        (FEBRUARY, "external-day", Fraction(10, 20), Decimal("500.00")),
    ]


def test_a_month_without_working_days_and_a_team_without_days_are_not_coordinated() -> None:
    given = quiet(
        timeline__closures=[["2027-02-01", "2027-02-28"]],
        labour__coordination_days_per_month={"internal": 1, "external": 0},
    )
    result = coordination_figures(given, date(2027, 1, 4), date(2027, 3, 1))
    assert [(month, rate) for month, rate, *_ in result] == [
        (JANUARY, "internal-day"),
        (Month(2027, 3), "internal-day"),
    ]


def test_without_tasks_there_is_nothing_to_steer() -> None:
    given = quiet()
    calendar = calendar_of(given.timeline, date(2027, 1, 4))
    assert list(labour_lines(given, (), prices_for(given, book()), calendar)) == []
