"""No schedule breaks a rule, whatever the scenario: checked day by day (M7 to M10)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hypothesis import assume, given, reject
from hypothesis import strategies as st

from tests.builders import book, case
from tests.property.checker import Checker
from tests.property.shared import shared
from tests.property.strategies import closures, hundredths, phase_models, task_edits
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.finding import Code, Hindrance
from zt_planner.domain.month import add_months
from zt_planner.domain.plan import ByTeam
from zt_planner.domain.scenario.counts import most_days_a_week
from zt_planner.domain.scenario.scenario import ConfidenceLevel, Mode, Scenario, StepOrder
from zt_planner.engine.case import Case
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.scheduling.calendar import calendar_of
from zt_planner.engine.scheduling.schedule import Teams
from zt_planner.engine.scheduling.timeline import TeamSizeSearch, candidate_teams
from zt_planner.engine.simulation.dates import DateDraws


@st.composite
def small_scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a scenario whose plans a day-by-day look can follow: a small company within a few years."""
    capacity = hundredths("2", "20")
    return Scenario.model_validate(
        {
            "company": {"employees": draw(st.integers(1, 60)), "works_council": draw(st.booleans())},
            "timeline": {
                "start": draw(st.dates(date(2026, 6, 1), date(2028, 6, 30))),
                "mode": draw(st.sampled_from(Mode)),
                "target_months": draw(st.integers(1, 8)),
                "confidence": draw(st.sampled_from(ConfidenceLevel)),
                "steps": draw(st.sampled_from(StepOrder)),
                "internal_days_per_week": draw(capacity),
                "external_days_per_week": draw(capacity),
                "max_internal_days_per_week": draw(capacity),
                "max_external_days_per_week": draw(capacity),
                "protection_first": draw(hundredths("0", "1")),
                "region": draw(st.sampled_from((None, "DE-NW"))),
                "year_end_freeze": draw(st.booleans()),
                "closures": draw(closures),
            },
        }
    )


@st.composite
def checkers(draw: st.DrawFn) -> Checker:
    """Draw a plan that has a schedule, ready to be looked at."""
    phase_model = draw(phase_models())
    result = build_plan(case(draw(edited(small_scenarios(), phase_model)), book(), phase_model))
    if isinstance(result, StoppedPlan) or not result.tasks:
        reject()
    return Checker.of(result)


@st.composite
def edited(  # noqa: PLR0206 - a strategy, not a property
    draw: st.DrawFn, given_scenarios: st.SearchStrategy[Scenario], phase_model: PhaseModel
) -> Scenario:
    """Draw a scenario with own figures for tasks, within a few years."""
    ids = [task.id for task in phase_model.tasks]
    days = st.dates(date(2026, 5, 1), date(2028, 12, 31))
    tasks = draw(task_edits(ids, days, most_days="12", most_weeks=6))
    return Scenario.model_validate({**draw(given_scenarios).model_dump(), "tasks": tasks})


plans = shared(checkers())


@given(plans)
def test_no_schedule_breaks_precedence_a_wait_a_capacity_or_the_calendar(checker: Checker) -> None:
    assert list(checker.faults()) == []


@given(plans)
def test_a_fixed_date_that_is_not_kept_is_a_finding(checker: Checker) -> None:
    missed = [task for task in checker.plan.tasks if task.fixed_start is not None and not task.keeps_date]
    result = [finding.facts for finding in checker.plan.findings if finding.code is Code.TASK_FIXED_DATE_MISSED]
    named = [facts["task"] for facts in result if facts["task"] is not None]
    left = [facts["tasks"] for facts in result if facts["task"] is None]
    assert len(named) + sum(len(names) for names in left if isinstance(names, tuple)) == len(missed)
    assert all(facts["others"] for facts in result if facts.get("by") in {Hindrance.PREDECESSORS, Hindrance.TEAM})


@given(plans)
def test_each_task_starts_as_early_as_its_predecessors_and_the_teams_allow(checker: Checker) -> None:
    for task in checker.plan.tasks:
        is_free = checker.number_of(task.start) > max(checker.earliest(task), checker.own_day(task))
        assert bool(checker.is_held_by(task)) or not is_free


@given(plans)
def test_no_schedule_is_shorter_than_its_longest_chain(checker: Checker) -> None:
    assert checker.longest_chain() <= len(checker.days) - 1


@given(plans)
def test_slack_is_what_a_task_can_move_without_moving_the_finish_or_a_fixed_date(checker: Checker) -> None:
    assert list(checker.slack_faults()) == []


@given(plans)
def test_some_task_is_critical_and_the_last_one_is(checker: Checker) -> None:
    assert all(task.is_critical for task in checker.plan.tasks if task.finish == checker.days[-1])


class Tried(NamedTuple):
    """A team that was tried: its finish, as sure as is asked for, and how many dates it misses."""

    teams: Teams
    sure_finish: int
    missed: int


def full_scan(inputs: Case) -> tuple[Teams, bool] | None:
    """Try every team in turn and place it whole: the answer of M10 without any shortcut, and whether it is in time."""
    timeline = inputs.scenario.timeline
    calendar = calendar_of(timeline, inputs.start)
    search = TeamSizeSearch(inputs.scenario, inputs.task_works, calendar, calendar.index_from(inputs.start))
    share = timeline.confidence.share
    if share is not None:
        search.draws = DateDraws(inputs, search.network, calendar, search.first, share)
    most = ByTeam(*most_days_a_week(inputs.scenario, inputs.size.parameters))
    last = search.last_index(add_months(inputs.start, timeline.target_months))
    tried: list[Tried] = []
    in_time: list[Tried] = []
    for teams in candidate_teams(search.efforts, most):
        placement = search.place(teams)
        if placement is not None:
            sure = search.finish(teams, placement)
            missed = len(search.keepable.intersection(placement.missed))
            tried.append(Tried(teams, sure, missed))
            if max(sure, search.finish(teams, placement, has_all=True)) <= last:
                in_time.append(tried[-1])
    if in_time:
        return min(in_time, key=lambda team: team.missed).teams, True
    if not tried:
        return None
    latest = min(team.sure_finish for team in tried) + 5
    return next(team.teams for team in tried if team.sure_finish <= latest), False


@st.composite
def edited_pairs(draw: st.DrawFn) -> tuple[Scenario, PhaseModel]:
    """Draw a phase model, and a scenario with own figures for its tasks."""
    phase_model = draw(phase_models())
    return draw(edited(small_scenarios(), phase_model)), phase_model


def deadline_case(scenario: Scenario, phase_model: PhaseModel) -> Case:
    """Return the case of a scenario that has a finish given, with some work."""
    inputs = case(scenario.changed("timeline.mode", Mode.DEADLINE), book(), phase_model)
    assume(inputs.task_works)
    return inputs


@given(edited_pairs())
def test_a_deadline_takes_the_smallest_team_that_is_sure_to_meet_it_or_one_that_is_nearly_the_earliest(
    pair: tuple[Scenario, PhaseModel],
) -> None:
    inputs = deadline_case(*pair)
    result, expected = schedule_of(inputs), full_scan(inputs)
    if result is None:
        assert expected is None
    else:
        assert (result.teams, result.missed_by is None) == expected
        assert result.deadline is not None
        assert result.missed_by is not None or result.finish < result.deadline


@given(small_scenarios(), phase_models(), st.integers(1, 8))
def test_a_later_deadline_never_needs_a_larger_team(scenario: Scenario, phase_model: PhaseModel, months: int) -> None:
    later = scenario.changed("timeline.target_months", scenario.timeline.target_months + months)
    now, then = (schedule_of(deadline_case(given, phase_model)) for given in (scenario, later))
    assume(now is not None and then is not None)
    if now is not None and then is not None and now.missed_by is None:
        assert then.teams.internal is not None
        assert now.teams.internal is not None
        assert then.teams.internal <= now.teams.internal


@given(small_scenarios(), phase_models())
def test_a_confidence_never_takes_a_smaller_team_than_a_lower_one(scenario: Scenario, phase_model: PhaseModel) -> None:
    found = [
        schedule_of(deadline_case(scenario.changed("timeline.confidence", level), phase_model))
        for level in (ConfidenceLevel.PLANNED, ConfidenceLevel.HALF, ConfidenceLevel.SURE, ConfidenceLevel.VERY_SURE)
    ]
    sizes = [schedule.teams for schedule in found if schedule is not None and schedule.missed_by is None]
    assert sizes == sorted(sizes)
