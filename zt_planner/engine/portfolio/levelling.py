"""Which clients of one provider start later, so that its own people have no more days to work a week than it has (M42).

A heuristic: clients take their turn, those that are named first before all others, then by the finish that is promised
them; each starts in the first week, counted from its own start, in which all of its weeks have room beside what was
placed before. Nothing says that no other order would do with fewer weeks. Every plan is built again for its later
start, with the same team and order (M36): holidays, prices and the licence mix are those of the later months.

Laws: nobody starts earlier, and who is under way not later either; a week above the cap has work of a client that could
not be placed; where the cap is enough, nothing moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.levelled import NOT_LEVELLED
from zt_planner.engine.case import Case
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.costing.labour import coordination_share
from zt_planner.engine.plan import AnyPlan, Plan, calendar_of_plan
from zt_planner.engine.planner import build_plan, plan_of_schedule, scheduled_tasks
from zt_planner.engine.promise import promised_finish
from zt_planner.engine.same_team import same_team_values
from zt_planner.engine.team_weeks import WEEK, task_days_by_week

MOST_WEEKS = 52
"""The weeks by which a client is started later at most."""
Load: TypeAlias = Mapping[date, Fraction]
"""The provider's days in each week, coordination included, by its Monday."""


class Standing(StrEnum):
    """What became of a client: somebody chose its start, it has its place, or why it keeps its start all the same."""

    CHOSEN = "chosen"
    PLACED = "placed"
    UNDER_WAY = "under_way"
    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class MovedClient:
    """A client's plan before and after, and the finishes that are promised.

    `kept_until` is the last day on which the first promise is kept: the one promised before, or the last one before the
    deadline that the client has set.
    """

    key: str
    before: Plan
    after: Plan
    standing: Standing
    promised_before: date
    promised_after: date
    kept_until: date

    @property
    def weeks(self) -> int:
        """By how many whole weeks it starts later."""
        return (self.after.case.start - self.before.case.start) // WEEK

    @property
    def has_moved(self) -> bool:
        return self.after.case.start > self.before.case.start

    @property
    def breaks_promise(self) -> bool:
        """Whether it is promised for later than it was."""
        return self.promised_after > self.kept_until

    @property
    def has_other_mix(self) -> bool:
        """Whether the cheapest licence mix is another one from the later start on."""
        return has_other_mix(self.before, self.after)


def has_other_mix(before: Plan, after: Plan) -> bool:
    """Tell whether a plan buys other licences, or other numbers of them, than before."""
    seats = [None if plan.mix is None else plan.mix.seats for plan in (before, after)]
    return seats[0] != seats[1]


@dataclass(frozen=True, slots=True)
class LevelledPortfolio:
    """All clients in the order in which they were placed; the provider's days before and after, by week."""

    days_a_week: Decimal
    most_weeks: int
    clients: tuple[MovedClient, ...]
    before: Load
    after: Load

    @property
    def moved(self) -> tuple[MovedClient, ...]:
        """The clients that start later."""
        return tuple(client for client in self.clients if client.has_moved)

    @property
    def broken(self) -> tuple[MovedClient, ...]:
        """The clients that are promised for later than they were."""
        return tuple(client for client in self.clients if client.breaks_promise)

    def standing_as(self, standing: Standing) -> tuple[MovedClient, ...]:
        """Return the clients of which something became."""
        return tuple(client for client in self.clients if client.standing is standing)

    @property
    def ends(self) -> date:
        """The last finish that is promised."""
        return max(client.promised_after for client in self.clients)

    def above(self, load: Load) -> Load:
        """Return the weeks of a load in which the provider has more to do than it may."""
        return {monday: days for monday, days in load.items() if days > self.days_a_week}


def start_at(plan: Plan, day: date) -> AnyPlan:
    """Return a plan with another start, and the same team and order; levelled dates are dropped."""
    return plan if day == plan.case.start else build_plan(_case_at(plan, day))


def _case_at(plan: Plan, day: date) -> Case:
    values = {**NOT_LEVELLED, **same_team_values(plan), "timeline.start": day}
    return plan.case.changed(plan.scenario.with_fields(values))


def external_load(plan: Plan) -> Load:
    """Return the provider's days for a plan."""
    return _load(plan.case, task_days_by_week(plan.tasks, Team.EXTERNAL, calendar_of_plan(plan)))


def _load(case: Case, weeks: Mapping[date, Mapping[str, Fraction]]) -> Load:
    steered = 1 + coordination_share(case.scenario, case.size.parameters, Team.EXTERNAL)
    return {monday: steered * sum(tasks.values(), Fraction(0)) for monday, tasks in sorted(weeks.items())}


def level_clients(
    plans: Mapping[str, Plan], days_a_week: Decimal, *, first: Sequence[str] = (), most_weeks: int = MOST_WEEKS
) -> LevelledPortfolio:
    """Start clients later where the provider has more than so many days to work in a week.

    `first` are the keys of the clients that are placed before all others, in their order.
    """
    promised = {key: _promised(plan) for key, plan in plans.items()}
    turn = {key: number for number, key in enumerate(first)}
    order = sorted(plans, key=lambda key: (turn.get(key, len(turn)), promised[key], key))
    loads = {key: external_load(plan) for key, plan in plans.items()}
    standings = {key: _standing(plans[key], loads[key], days_a_week) for key in order}
    taken = sum_of(loads[key] for key in order if standings[key] is not Standing.PLACED)
    clients = []
    for key in order:
        place = Place(plans[key], loads[key])
        if standings[key] is Standing.PLACED:
            found = first_place(place, taken, days_a_week, most_weeks)
            standings[key] = Standing.NO_ROOM if found is None else Standing.PLACED
            place = found or place
            taken = sum_of((taken, place.load))
        clients.append(moved_client(key, plans[key], place.plan, standings[key]))
    return LevelledPortfolio(days_a_week, most_weeks, tuple(clients), sum_of(loads.values()), taken)


class Place(NamedTuple):
    """A client's plan from a start on, and the provider's days for it."""

    plan: Plan
    load: Load


def first_place(unmoved: Place, taken: Load, days_a_week: Decimal, most_weeks: int) -> Place | None:
    """Return the first place of a client with room in all of its weeks; None where there is none within so many weeks.

    Costs are computed only for the place that is returned.
    """
    if _has_room(unmoved.load, taken, days_a_week):
        return unmoved
    for weeks in range(1, most_weeks + 1):
        case = _case_at(unmoved.plan, unmoved.plan.case.start + weeks * WEEK)
        schedule = schedule_of(case)
        if schedule is not None:
            tasks = scheduled_tasks(case.task_works, schedule)
            load = _load(case, task_days_by_week(tasks, Team.EXTERNAL, schedule.calendar))
            if _has_room(load, taken, days_a_week):
                return Place(plan_of_schedule(case, schedule), load)
    return None


def _has_room(load: Load, taken: Load, days_a_week: Decimal) -> bool:
    return all(days + taken.get(monday, 0) <= days_a_week for monday, days in load.items())


def _standing(plan: Plan, load: Load, days_a_week: Decimal) -> Standing:
    """Return whether a client has to be placed at all."""
    if plan.scenario.status.is_under_way:
        return Standing.UNDER_WAY
    return Standing.PLACED if _has_room(load, {}, days_a_week) else Standing.TOO_LARGE


def moved_client(key: str, before: Plan, after: Plan, standing: Standing = Standing.CHOSEN) -> MovedClient:
    """Return what another start makes of a client."""
    promised, deadline = _promised(before), before.deadline
    kept_until = promised if deadline is None else max(promised, deadline - timedelta(days=1))
    promised_after = promised if after is before else _promised(after)
    return MovedClient(key, before, after, standing, promised, promised_after, kept_until)


def _promised(plan: Plan) -> date:
    return promised_finish(plan) or plan.headlines.finish_date


def sum_of(loads: Iterable[Load]) -> Load:
    """Return the days of several loads by week, in order."""
    days: dict[date, Fraction] = {}
    for load in loads:
        for monday, some in load.items():
            days[monday] = days.get(monday, Fraction(0)) + some
    return dict(sorted(days.items()))
