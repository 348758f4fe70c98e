"""The days of a plan on which something is reached or due: start, steps, MFA, registration, points of NIS2, finish.

Laws: every milestone has a key that stays when its day or its words change; a
plan without a schedule has its start only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Listed, Text, Words, sentences
from zt_planner.topics.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

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
    """Return the milestones by day, those of one day by step and point; of a stopped plan its start."""
    if isinstance(plan, StoppedPlan):
        return tuple(_start(plan))
    found = (*_start(plan), *_steps(plan), *_mfa(plan), *_registration(plan))
    reached = (*_points(plan), *_finish(plan))
    return tuple(sorted((*found, *reached), key=lambda milestone: milestone.day))


def _start(plan: AnyPlan) -> Iterator[Milestone]:
    yield Milestone(START, plan.case.start, Text("Start of the plan"))


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


def _points(plan: Plan) -> Iterator[Milestone]:
    """Yield the days on which points of NIS2 are supported."""
    titles = {point.point: Text(point.title) for point in plan.case.base_model.points}
    note = Text("Our own reading, no legal advice: have a lawyer check whether you meet the law.")
    for covered in plan.coverage:
        if covered.state is CoverageState.SUPPORTED and covered.reached_on is not None:
            title = Text("NIS2, point {point}: {state}", point=covered.point, state=label(covered.state))
            detail = sentences(Listed((titles[covered.point], "."), ""), note)
            yield Milestone(f"nis2-{covered.point}", covered.reached_on, title, detail)


def _finish(plan: Plan) -> Iterator[Milestone]:
    yield Milestone(FINISH, plan.headlines.finish_date, Text("Finish of the plan"))
