"""The plans of a session side by side: at once where that takes a moment, as a job where it takes longer.

Laws: what is compared are the plans as their viewer may see them; what was compared once is remembered for those who
see the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.scenario.display import Display
from zt_planner.domain.variants import LETTERS, PLAN
from zt_planner.engine.compare.comparison import Comparison, combinations_of, comparison_of
from zt_planner.errors import msgid
from zt_planner.workspace.job_runner import Request, Ticket

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.engine.case import Case
    from zt_planner.language import Language
    from zt_planner.reports.documents.handout import Handout
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace

PLAN_NAME = msgid("Plan")
AT_ONCE = 64
"""Combinations of groups of inputs that are compared while a page is drawn: some 0.2 s."""


class ComparingProgress(NamedTuple):
    """How many combinations of groups of inputs have been computed, of how many."""

    done: int
    whole: int


def compared_cases(
    workspace: Workspace, state: State, plan_name: str, first: str = PLAN
) -> tuple[Mapping[str, Case], str]:
    """Return the cases of the first plan and of the others by name, and their letters; the plan's name is given."""
    letters = [first, *(letter for letter in LETTERS if letter in {PLAN, *state.variants} - {first})]
    plans = workspace.plans
    cases: dict[str, Case] = {}
    for letter in letters:
        name = plan_name if letter == PLAN else state.variants[letter].name
        scenario = state.scenario_of(letter).shown_as(Display())
        cases[f"{name} ({letter})" if name in cases else name] = plans.case(
            plans.plan(scenario, shows_labour=state.sees_labour)
        )
    return cases, "".join(letters)


def comparing(workspace: Workspace, state: State, plan_name: str, first: str = PLAN) -> Request:
    """Return the request to compare a session's first plan with its others."""
    cases, letters = compared_cases(workspace, state, plan_name, first)

    def work(ticket: Ticket) -> Comparison:
        whole, done = combinations_of(cases), 0

        def follow() -> None:
            nonlocal done
            ticket.report(ComparingProgress(done, whole))
            done += 1

        return comparison_of(cases, letters, follow)

    inputs = tuple((name, workspace.plans.inputs_of(case.scenario)) for name, case in cases.items())
    return Request("comparison", (inputs, letters, state.sees_labour), work, state.asker)


def compared_now(workspace: Workspace, state: State, plan_name: str) -> Comparison | None:
    """Return the comparison where it takes a moment or is known; None where it is left to the job."""
    request = comparing(workspace, state, plan_name)
    if combinations_of(compared_cases(workspace, state, plan_name)[0]) <= AT_ONCE:
        return compared(workspace, state, plan_name)
    job = workspace.jobs.look(request)
    return job.result if job is not None and isinstance(job.result, Comparison) else None


def compared(workspace: Workspace, state: State, plan_name: str, first: str = PLAN) -> Comparison:
    """Return the comparison, however long it takes: for a file that somebody has asked for."""
    request = comparing(workspace, state, plan_name, first)
    job = workspace.jobs.look(request)
    if job is not None and isinstance(job.result, Comparison):
        return job.result
    return workspace.comparisons.get(request.inputs, lambda: request.work(Ticket()))


def handout_of(workspace: Workspace, state: State, language: Language) -> Handout:
    """Return the plan that is shown with all that files say beside it, the session's other plans among them."""
    alone = workspace.plans.handout(state.scenario, language, shows_labour=state.sees_labour)
    if not state.variants:
        return alone
    return replace(alone, comparison=compared(workspace, state, language.say(PLAN_NAME), state.shown))
