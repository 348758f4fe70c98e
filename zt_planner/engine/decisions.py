"""Which decisions a plan waits for: what, by whom, until when (M37).

Laws: they come in order of their days; a decision about a task that is not in the plan is none, nor is one after the
last step. What is over is overdue, but for a plan under way: there the work that waited for it has begun, so that only
a day of the law is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.rules import KnownDecision, Moment, Who
from zt_planner.engine.nis2.regulation import CONCERNED, applicability, country_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.scheduling.calendar import weeks_after
from zt_planner.engine.stages import gates_of


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision and its day; `steps` are those that end at a gate."""

    row: KnownDecision
    day: date
    is_over: bool
    is_overdue: bool
    steps: tuple[Step, ...] = ()

    @property
    def who(self) -> Who:
        """Who decides."""
        return self.row.who


def decisions_of(plan: Plan) -> tuple[Decision, ...]:
    """Return the decisions of a plan in the order of their days."""
    dated = [
        _decision(row, day, steps, plan)
        for row in plan.case.base_model.rules.decisions
        for day, steps in _days_of(row, plan)
    ]
    return tuple(sorted(dated, key=lambda decision: decision.day))


def first_commitment(plan: Plan) -> Decision | None:
    """Return the first decision by which something is still to be signed or ordered; None where none is left."""
    still_open = (each for each in decisions_of(plan) if each.is_overdue or not each.is_over)
    return next((each for each in still_open if each.row.commits), None)


def _decision(row: KnownDecision, awaited: date, steps: tuple[Step, ...], plan: Plan) -> Decision:
    day, at = weeks_after(awaited, -row.lead_weeks), plan.scenario.status.at
    is_over = day < (at or plan.today)
    return Decision(row, day, is_over, is_over and (at is None or row.when is Moment.LAW), steps)


def _days_of(row: KnownDecision, plan: Plan) -> Iterator[tuple[date, tuple[Step, ...]]]:
    """Yield the days from which a decision follows, with the steps that end on them."""
    task = next((task for task in plan.tasks if task.task.id == row.task), None)
    if row.when is Moment.START:
        yield plan.case.start, ()
    elif row.when is Moment.START_OF and task is not None:
        yield task.start, ()
    elif row.when is Moment.FINISH_OF and task is not None:
        yield task.finish, ()
    elif row.when is Moment.LAW:
        day = _law_day(row, plan)
        if day is not None:
            yield day, ()
    elif row.when is Moment.GATE:
        yield from [*gates_of(plan).items()][:-1]


def _law_day(row: KnownDecision, plan: Plan) -> date | None:
    """Return the day of the law where it probably applies: the one of registration, or since when it is in force."""
    if row.id == REGISTER:
        return plan.register_by
    country, rules = country_of(plan.scenario), plan.case.base_model.rules
    law = rules.law_of(country)
    is_concerned = applicability(plan.scenario.company, country, rules) in CONCERNED
    return law.in_force if law is not None and is_concerned else None


REGISTER = "register"
"""The decision whose day is that of the registration; other ones of the law hold since it is in force."""
