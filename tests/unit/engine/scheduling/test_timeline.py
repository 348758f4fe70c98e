"""From a timeline to teams: capacity mode, deadline mode and what binds (M10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.builders import MONDAY, book, case, model, quiet, schedule, task, works
from zt_planner.domain.finding import Binds
from zt_planner.domain.plan import ByTeam
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.scheduling.schedule import Teams
from zt_planner.engine.scheduling.timeline import candidate_teams, deadline_of, team_efforts

FAR = [["2027-01-01", "2047-12-31"]]


def deadline(months: int = 1, **fields: object) -> Scenario:
    """Return a scenario that must be finished so many months after Monday 4 January 2027."""
    return quiet(timeline__mode="deadline", timeline__target_months=months, **fields)


def test_capacity_mode_takes_the_teams_as_they_are() -> None:
    result = schedule(quiet(timeline__internal_days_per_week=2.5), model(task("a", days=10)))
    assert result.teams == Teams(Fraction(5, 2), Fraction(5))
    assert (result.deadline, result.missed_by) == (None, None)
    assert result.finish == date(2027, 1, 29)  # 20 working days at half a day


def test_the_deadline_is_the_same_day_of_the_month_or_its_last() -> None:
    assert deadline_of(deadline(), date(2027, 1, 31)) == date(2027, 2, 28)
    assert deadline_of(quiet(), MONDAY) is None


def test_a_deadline_takes_the_smallest_team_that_meets_it() -> None:
    # 4 January to 3 February has 23 working days; 10 days of work need 10 / 23 x 5 = 2.17, so 2.25 a week:
    # 0.45 a day, 23 days, to 3 February, before the 4th.
    result = schedule(deadline(), model(task("a", days=10)))
    assert result.teams.internal == Fraction(9, 4)
    assert result.finish == date(2027, 2, 3)
    assert result.missed_by is None


def test_a_team_that_has_the_days_but_cannot_run_two_tasks_at_once_is_too_small() -> None:
    # Two tasks of 12 days of work over 20 days take 0.6 a day each: together 1.2, which is 6 a week.
    # With 5.25 a week their 24 days would fit into the 23 days there are, but not side by side.
    slow = {"days": 12, "min_length_days": 20}
    result = schedule(deadline(), model(task("a", **slow), task("b", **slow)))
    assert result.teams.internal == 6


def test_the_consultants_follow_the_internal_team_rounded_up_to_a_quarter() -> None:
    # 6 internal and 4 external days: c_x = c_i x 4 / 6 = 0.17, so 0.25; 0.33, so 0.5; 0.5; 0.67, so 0.75.
    task_works = works(quiet(), model(task("a", days=10, external_share="0.4")))
    externals = [teams.external for teams in candidate_teams(team_efforts(task_works), ByTeam(Decimal(1), Decimal(10)))]
    assert externals == [Fraction(1, 4), Fraction(1, 2), Fraction(1, 2), Fraction(3, 4)]


def test_the_consultants_never_exceed_their_maximum() -> None:
    task_works = works(quiet(), model(task("a", days=10, external_share="0.5")))
    candidates = candidate_teams(team_efforts(task_works), ByTeam(Decimal(1), Decimal("0.6")))
    assert [teams.external for teams in candidates] == [Fraction(1, 4), Fraction(1, 2), Fraction(3, 5), Fraction(3, 5)]


def test_without_internal_work_the_consultants_lead() -> None:
    task_works = works(quiet(), model(task("a", external_share=1)))
    assert list(candidate_teams(team_efforts(task_works), ByTeam(Decimal(10), Decimal("0.5")))) == [
        Teams(Fraction(0), Fraction(1, 4)),
        Teams(Fraction(0), Fraction(1, 2)),
    ]


def test_a_maximum_between_two_quarters_allows_the_lower_one() -> None:
    task_works = works(quiet(), model(task("a")))
    assert [
        teams.internal for teams in candidate_teams(team_efforts(task_works), ByTeam(Decimal("0.7"), Decimal(1)))
    ] == [
        Fraction(1, 4),
        Fraction(1, 2),
    ]


def test_a_chain_that_is_too_long_for_any_team_binds() -> None:
    chain = model(task("a", min_length_days=20, wait_weeks=3), task("b", after=("a",)))
    result = schedule(deadline(), chain)
    assert result.missed_by is Binds.WAITS
    # a ends on Friday 29 January, its wait on 19 February, b on Monday 22 if it takes one day: with 5 days a week.
    # With one it takes five, to Friday, four days later; with less it would be more than five days later.
    assert result.finish == date(2027, 2, 26)
    assert result.teams.internal == 1


def test_a_promised_finish_past_the_calendars_limit_is_no_day() -> None:
    result = schedule(deadline(), model(task("a", min_length_days=60)))
    assert result.late_finish == result.finish
    assert replace(result, late_index=10**6).late_finish is None


def test_teams_that_are_too_small_bind() -> None:
    result = schedule(deadline(timeline__max_internal_days_per_week=2), model(task("a", days=10)))
    assert result.missed_by is Binds.TEAMS
    # 25 days at 0.4 are over on 5 February, 29 at 0.35 four days later; 34 at 0.3 are too late.
    assert result.teams.internal == Fraction(7, 4)
    assert result.finish == date(2027, 2, 11)


def test_of_equal_finishes_the_smallest_team_is_the_answer() -> None:
    # Both 40 days; five days a week would do as well as ten.
    result = schedule(deadline(), model(task("a", days=1, min_length_days=40)))
    assert result.missed_by is Binds.WAITS
    assert result.teams.internal == Fraction(1, 4)


def test_a_deadline_before_any_working_day_is_impossible() -> None:
    result = schedule(deadline(timeline__closures=[["2027-01-01", "2027-03-01"]]), model(task("a")))
    assert result.missed_by is Binds.WAITS
    # One day, 2 March, with five days a week; five days with one.
    assert result.finish == date(2027, 3, 8)


@pytest.mark.parametrize(("confidence", "days_a_week"), [("planned", "2.25"), (0.5, "2.25"), (0.8, "2.75"), (0.9, "3")])
def test_the_team_meets_the_day_in_the_share_of_the_draws_that_is_asked_for(
    confidence: object, days_a_week: str
) -> None:
    # Ten days, P10 5, P90 20: f times the work takes (0.7 + 0.3 f) x 50 / c working days, and there are 23.
    # c = 2.25: f up to 1.117, in 59 % of the draws; 2.5: 1.5, in 78 %; 2.75: 1.883, in 88 %; 3: 2.267, in 93 %.
    work = model(task("a", days=10, low=0.5, high=2))
    result = schedule(deadline(timeline__confidence=confidence), work)
    assert result.teams.internal == Fraction(days_a_week)
    assert result.missed_by is None


@pytest.mark.parametrize(("confidence", "days_a_week"), [("planned", "2.5"), (0.5, "1.75"), (0.8, "2.5")])
def test_where_draws_decide_the_own_finish_of_a_plan_may_miss_the_day(confidence: object, days_a_week: str) -> None:
    # Two tasks of five days, one after the other, each as long as planned in half of the draws and shorter in the
    # others (P10 a quarter). There are 23 working days; a task takes ceil(25 f / c), two of them as planned 10 + 10
    # with 2.5 a week, and 12 + 12, 13 + 13 and 15 + 15 with 2.25, 2 and 1.75. With 1.75 one of the two needs
    # f <= 0.56 where the other is as planned, which is so in 30 % for each; with 1.5 f <= 0.36, in 17 %. With 2.25 one
    # of the two must be shorter than planned, which is so in 75 %.
    work = model(*(task(name, days=5, low=0.25, high=1, after=after) for name, after in (("a", ()), ("b", ("a",)))))
    given = deadline(timeline__confidence=confidence, uncertainty__reaction=0, uncertainty__correlation=0)
    result = schedule(given, work)
    assert result.teams.internal == Fraction(days_a_week)
    assert result.missed_by is None
    assert (result.finish >= date(2027, 2, 4)) == (confidence == 0.5)


def test_where_no_team_is_sure_enough_the_smallest_is_taken_that_is_nearly_as_early_when_it_is() -> None:
    # In 80 % the work is at most 1.549 times the plan: 1.165 x 50 / c working days, 30 with 2 a week, 34 with 1.75.
    work = model(task("a", days=10, low=0.5, high=2))
    result = schedule(deadline(timeline__max_internal_days_per_week=2), work)
    assert result.missed_by is Binds.TEAMS
    assert result.teams.internal == Fraction(7, 4)


def test_a_maximum_grows_with_the_company_unless_it_is_set() -> None:
    # 1,000 people: 49 days x 2.34 = 114.66 days of work; 23 working days of 1,000 / 40 = 25 days a week are 115.
    # 400 people: 49 x 1.62 = 79.38; ten days a week are 46.
    large, small = (deadline(company__employees=people, timeline__confidence="planned") for people in (1000, 400))
    work = model(task("a", days=49))
    assert schedule(large, work).missed_by is None
    assert schedule(large, work).teams.internal == 25
    assert schedule(small, work).missed_by is Binds.TEAMS


def test_a_deadline_past_the_calendar_s_limit_is_met_by_what_fits() -> None:
    given = deadline(3, timeline__start="2099-11-02")
    result = schedule(given, model(task("a")))
    assert result.missed_by is None
    assert result.finish < date(2100, 1, 1)


@pytest.mark.parametrize("mode", ["capacity", "deadline"])
def test_a_plan_longer_than_twenty_years_has_no_schedule(mode: str) -> None:
    given = quiet(timeline__mode=mode)
    endless = model(task("a", min_length_days=5000), task("b", after=("a",), min_length_days=5000))
    assert schedule_of(case(given, book(), endless)) is None


def test_a_chain_past_the_limit_is_passed_over_in_every_team() -> None:
    given = deadline()
    endless = model(task("a", min_length_days=5000, wait_weeks=104), task("b", after=("a",)))
    assert schedule_of(case(given, book(), endless)) is None


def test_a_start_after_2099_has_no_schedule() -> None:
    given = quiet(timeline__start="2100-06-01")
    assert schedule_of(case(given, book(), model(task("a")))) is None


def test_a_company_that_is_always_closed_has_no_schedule() -> None:
    given = quiet(timeline__closures=FAR)
    assert schedule_of(case(given, book(), model(task("a")))) is None
