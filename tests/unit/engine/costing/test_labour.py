"""What the work costs, by team and month (M16)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.builders import book, day_rate, parameters, placed, prices_for, quiet
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.month import Month
from zt_planner.domain.plan import ByTeam, ScheduledTask, Team, Work
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.labour import (
    coordination_lines,
    coordination_of,
    labour_lines,
    task_labour,
    working_days_by_month,
)
from zt_planner.engine.scheduling.calendar import calendar_of

OWN = day_rate("internal-day", 520)
CONSULTANT = day_rate("external-day", 1000)
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
        day_rate("internal-day", 520, valid_to="2027-01-31"),
        day_rate("internal-day", 600, valid_from="2027-02-01"),
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
    results = list(labour_lines((OVER_THE_MONTH,), (), prices, calendar))
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
    swiss = day_rate("external-day-ch", 1700)
    given = quiet(timeline__region="CH")
    prices, calendar = prices_for(given, book(OWN, CONSULTANT, swiss)), calendar_of(given.timeline, date(2027, 1, 28))
    steered = coordination_of(given, parameters(), (OVER_THE_MONTH,), calendar)
    lines = [line for line in labour_lines((OVER_THE_MONTH,), steered, prices, calendar) if line.is_cash]
    assert {line.price_id for line in lines} == {"external-day-ch"}
    # Half a day of the task, and 0.12 of its days for coordination in each month.
    assert sum(line.amount for line in lines if line.task_id and line.amount) == Decimal("850.00")
    assert {line.unit_price.amount for line in lines if line.unit_price} == {Decimal(1700)}


def coordination_figures(given: Scenario, *tasks: ScheduledTask) -> list[tuple[Month, str, Fraction, Decimal | None]]:
    """Return month, rate, days and amount of the coordination lines."""
    calendar = calendar_of(given.timeline, date(2027, 1, 4))
    steered = coordination_of(given, parameters(), tasks, calendar)
    result = coordination_lines(steered, prices_for(given, book(OWN, CONSULTANT)))
    return [(line.month, line.price_id, line.quantity, line.amount) for line in result]


# Monday 4 and Tuesday 5 January.
IN_JANUARY = work(date(2027, 1, 4), date(2027, 1, 5), 2, "3", "1")


def test_coordination_is_a_share_of_the_days_of_work_of_each_month() -> None:
    """A tenth of your team's days, a fifth of the consultant's.

    January has 3 and 1 days of one task, and two thirds of 1 and of 0.5 days of the other; February has the last third.
    """
    given = quiet(labour__coordination_share={"internal": 0.1, "external": 0.2})
    assert coordination_figures(given, IN_JANUARY, OVER_THE_MONTH) == [
        (JANUARY, "internal-day", Fraction(11, 30), Decimal("190.67")),  # 0.1 x 3 2/3 = 0.3667 days, x 520
        (JANUARY, "external-day", Fraction(4, 15), Decimal("266.67")),  # 0.2 x 1 1/3 = 0.2667 days, x 1,000
        (FEBRUARY, "internal-day", Fraction(1, 30), Decimal("17.33")),  # 0.1 x 1/3, x 520
        (FEBRUARY, "external-day", Fraction(1, 30), Decimal("33.33")),  # 0.2 x 1/6, x 1,000
    ]


def test_what_is_not_set_takes_the_model_s_share_of_twelve_percent() -> None:
    # 0.12 x 3 x 520 and 0.12 x 1 x 1,000
    both = [(JANUARY, "internal-day", Fraction("0.36"), Decimal("187.20"))]
    both.append((JANUARY, "external-day", Fraction("0.12"), Decimal("120.00")))
    assert coordination_figures(quiet(), IN_JANUARY) == both
    own = quiet(labour__coordination_share={"external": 0.5})
    assert coordination_figures(own, IN_JANUARY) == [both[0], (JANUARY, "external-day", Fraction("0.5"), Decimal(500))]


def test_coordination_is_paid_at_the_rate_of_its_month_and_rounded_half_up() -> None:
    """A task of January at 520.00 is steered in February at 600.05: 0.5 x 1/3 x 600.05 = 100.0083."""
    dearer = [
        day_rate("internal-day", amount, **span)
        for amount, span in (("520", {"valid_to": "2027-01-31"}), ("600.05", {"valid_from": "2027-02-01"}))
    ]
    given = quiet(labour__coordination_share={"internal": 0.5, "external": 0})
    calendar = calendar_of(given.timeline, date(2027, 1, 4))
    steered = coordination_of(given, parameters(), (OVER_THE_MONTH,), calendar)
    lines = list(coordination_lines(steered, prices_for(given, book(*dearer))))
    assert [line.amount for line in lines] == [Decimal("173.33"), Decimal("100.01")]


def test_a_month_without_work_and_a_team_without_a_share_are_not_steered() -> None:
    """Nobody works in February: a task from 29 January to 1 March has a day in each of the other two."""
    given = quiet(
        timeline__closures=[["2027-02-01", "2027-02-28"]], labour__coordination_share={"internal": 0.1, "external": 0}
    )
    result = coordination_figures(given, work(date(2027, 1, 29), date(2027, 3, 1), 2, "1", "1"))
    assert [(month, rate) for month, rate, *_ in result] == [
        (JANUARY, "internal-day"),
        (Month(2027, 3), "internal-day"),
    ]
    alone = coordination_figures(quiet(), work(date(2027, 1, 4), date(2027, 1, 4), 1, "1", "0"))
    assert [rate for _, rate, *_ in alone] == ["internal-day"]


def test_a_plan_that_takes_twice_as_long_is_not_steered_more() -> None:
    """The share grows with the work, not with the calendar."""
    long = work(date(2027, 1, 4), date(2027, 1, 29), 20, "3", "1")
    assert coordination_figures(quiet(), IN_JANUARY) == coordination_figures(quiet(), long)


def test_without_tasks_there_is_nothing_to_steer() -> None:
    given = quiet()
    calendar = calendar_of(given.timeline, date(2027, 1, 4))
    assert (
        list(labour_lines((), coordination_of(given, parameters(), (), calendar), prices_for(given, book()), calendar))
        == []
    )
