"""The teams and the schedule of a case (M10, M26): what is given, how sure it must be, and what has happened so far.

Decides no order of tasks and no team by itself: `scheduling` does. Laws: with a status date the teams are those of the
plan without one, and the finish is the answer.
"""

from __future__ import annotations

from fractions import Fraction

from zt_planner.domain.plan import ByTeam
from zt_planner.domain.scenario.counts import most_days_a_week
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.case import Case
from zt_planner.engine.scheduling.calendar import BeyondLimitError, calendar_of
from zt_planner.engine.scheduling.facts import pins_of, recorded_days
from zt_planner.engine.scheduling.schedule import Network, Placement, Teams, place_works
from zt_planner.engine.scheduling.timeline import Schedule, TeamSizeSearch, candidate_teams, deadline_of

NOBODY = Teams(Fraction(0), Fraction(0))


def schedule_of(case: Case) -> Schedule | None:
    """Return teams and schedule of a case as of its status date; None where the plan would run too long (M8)."""
    planned = planned_schedule(case)
    if planned is None or not case.scenario.status.is_under_way or not case.task_works:
        return planned
    return reforecast(planned, case)


def reforecast(planned: Schedule, case: Case) -> Schedule | None:
    """Return what the facts make of a schedule with the same teams (M26); None where it would run too long."""
    facts, timeline = [work.fact for work in planned.network.task_works], case.scenario.timeline
    calendar = calendar_of(timeline, case.start, recorded_days(case.scenario.status, case.start))
    try:
        first = calendar.index_from(case.start)
        network = Network(planned.network.task_works, pins_of(facts, calendar, first), case.scenario.task_order)
        placement = place_works(network, planned.teams, calendar, timeline.protection_first, first)
    except BeyondLimitError:
        return None
    return Schedule(network, calendar, first, planned.teams, placement, planned.deadline, None)


def planned_schedule(case: Case) -> Schedule | None:
    """Return teams and schedule of a case of which nothing has begun; None where the plan would run too long."""
    scenario, start = case.scenario, case.start
    calendar = calendar_of(scenario.timeline, start)
    try:
        first = calendar.index_from(start)
    except BeyondLimitError:
        return None
    search = TeamSizeSearch(scenario, case.task_works, calendar, first, order=case.scenario.task_order)
    if not case.task_works:
        nothing = Placement((), (), first, ByTeam([], []))
        return Schedule(search.network, calendar, first, NOBODY, nothing, deadline_of(scenario, start), None)
    timeline = scenario.timeline
    share = timeline.confidence.share
    if share is not None and timeline.mode is Mode.DEADLINE:
        from zt_planner.engine.simulation.dates import DateDraws  # noqa: PLC0415 - paid only where dates are drawn

        search.draws = DateDraws(case, search.network, calendar, first, share)
    deadline = deadline_of(scenario, start)
    missed_by = late_index = None
    if deadline is None or search.network.levelled:
        given = Teams(Fraction(timeline.internal_days_per_week), Fraction(timeline.external_days_per_week))
        placement = search.place(given)
        best = None if placement is None else (given, placement)
    else:
        last = search.last_index(deadline)
        most = ByTeam(*most_days_a_week(scenario, case.size.parameters))
        best = search.smallest(candidate_teams(search.efforts, most), last)
        if best is None:
            best = search.earliest(tuple(candidate_teams(search.efforts, most)))
            late_index = None if best is None else search.finish(*best, has_all=True)
            missed_by = search.binds(last)
    if best is None:
        return None
    return Schedule(search.network, calendar, first, *best, deadline, missed_by, late_index)
