"""The days of a plan on which something is reached or due: start, steps, MFA, registration, NIS2 measures, finish.

Laws: every milestone has a key that stays when its day or its words change; a
plan without a schedule has its start only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Text, Words
from zt_planner.topics.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zt_planner.domain.plan import PointCoverage
    from zt_planner.engine.plan import AnyPlan, Plan

START, MFA, REGISTRATION, FINISH = "start", "mfa", "registration", "finish"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day on which something is reached; `detail` says more about it."""

    key: str
    day: date
    title: Words
    detail: Words = ""


def milestones(plan: AnyPlan) -> tuple[Milestone, ...]:
    """Return the milestones by day, those of one day by step and measure; of a stopped plan its start."""
    if isinstance(plan, StoppedPlan):
        return tuple(_start(plan))
    found = (*_start(plan), *_steps(plan), *_mfa(plan), *_registration(plan))
    reached = (*_measures(plan), *_finish(plan))
    return tuple(sorted((*found, *reached), key=lambda milestone: milestone.day))


def _start(plan: AnyPlan) -> Iterator[Milestone]:
    if plan.scenario.timeline.start is not None:
        yield Milestone(START, plan.scenario.timeline.start, Text("Start of the plan"))


def _steps(plan: Plan) -> Iterator[Milestone]:
    for step in Step:
        days = [task.finish for task in plan.tasks if task.task.step is step]
        if days:
            name = label(step)
            is_protected = step is Step.IDENTITIES
            title = Text("Identities protected") if is_protected else Text("{step}: done", step=name)
            yield Milestone(f"step-{step}", max(days), title, name if is_protected else "")


def _mfa(plan: Plan) -> Iterator[Milestone]:
    if plan.headlines.mfa_date is not None:
        yield Milestone(MFA, plan.headlines.mfa_date, Text("Everyone has MFA"))


def _registration(plan: Plan) -> Iterator[Milestone]:
    if plan.register_by is not None:
        detail = Text("Only where the law applies: a first test says that it probably does.")
        is_past = plan.register_by < plan.today
        title = Text("Registration was due (NIS2)") if is_past else Text("Registration is due (NIS2)")
        yield Milestone(REGISTRATION, plan.register_by, title, detail)


def _measures(plan: Plan) -> Iterator[Milestone]:
    names = {point.point: point.title for point in plan.case.base_model.points}
    for covered in plan.coverage:
        if covered.reached_on is not None:
            yield _point(covered, covered.reached_on, Text(names[covered.point]))


def _point(covered: PointCoverage, day: date, name: Words) -> Milestone:
    title = Text("NIS2, point {point}: {state}", point=covered.point, state=label(covered.state))
    detail = Text("{point}. This is not proof of compliance.", point=name)
    return Milestone(f"nis2-{covered.point}", day, title, detail)


def _finish(plan: Plan) -> Iterator[Milestone]:
    yield Milestone(FINISH, plan.headlines.finish_date, Text("Finish of the plan"))
