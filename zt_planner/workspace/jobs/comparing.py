"""The plans of a session side by side: at once where that takes a moment, as a job where it takes longer.

Laws: what is compared are the plans as their viewer may see them; what was compared once is remembered for those who
see the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from zt_planner.domain.scenario.display import Display
from zt_planner.domain.variants import AS_APPROVED, LETTERS, PLAN
from zt_planner.engine.case import Case
from zt_planner.engine.compare.comparison import Comparison, combinations_of, comparison_of
from zt_planner.errors import msgid
from zt_planner.language import Language
from zt_planner.topics.view import AnyView
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.runners.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace

PLAN_NAME = msgid("Plan")
AT_ONCE = 24
"""Combinations of groups of inputs that are compared while a page is drawn: 0.3 s at most."""


class ComparingProgress(NamedTuple):
    """How many combinations of groups of inputs have been computed, of how many."""

    done: int
    whole: int


def plan_names(state: State, language: Language) -> dict[str, str]:
    """Return what the plan and its variants are called, by their letters."""
    variants = {letter: variant.name for letter, variant in state.variants.items()}
    return {PLAN: state.plan_name or language.say(PLAN_NAME), **variants}


def compared_cases(plans: Plans, state: State, first: str = PLAN) -> dict[str, Case]:
    """Return the cases of a session's plans by their letters, the one that the others are compared with first."""
    letters = [first, *(letter for letter in LETTERS if letter in {PLAN, *state.variants} - {first})]
    scenarios = {letter: state.scenario_of(letter).shown_as(Display()) for letter in letters}
    return {letter: plans.plan(scenario, shows_labour=state.sees_labour).case for letter, scenario in scenarios.items()}


def comparison_job(workspace: Workspace, state: State, cases: Mapping[str, Case]) -> Request:
    """Return the request to compare cases with the first of them, for all who see the same of a session.

    Nobody has asked for it, as for what a page shows anyway: what failed is not tried again.
    """
    inputs = tuple((letter, workspace.plans.inputs_of(case.scenario)) for letter, case in cases.items())
    return Request("comparison", (inputs, state.sees_labour), partial(_comparison, cases), state.shared_requester)


def _comparison(cases: Mapping[str, Case], ticket: Ticket) -> Comparison:
    """Compare cases with the first of them."""
    whole, done = combinations_of(cases), 0

    def follow() -> None:
        nonlocal done
        ticket.report(ComparingProgress(done, whole))
        done += 1

    return comparison_of(cases, "".join(cases), follow)


def compared_now(workspace: Workspace, state: State, cases: Mapping[str, Case]) -> Comparison | None:
    """Return a comparison that takes a moment or is known; None where it is left to the job."""
    request = comparison_job(workspace, state, cases)
    if combinations_of(cases) <= AT_ONCE:
        return workspace.comparisons.get(request.inputs, lambda: request.work(Ticket()))
    job = workspace.jobs.find(request)
    return job.result if job is not None and isinstance(job.result, Comparison) else None


def compared(workspace: Workspace, state: State, language: Language, first: str) -> Comparison:
    """Return the comparison with names, however long it takes: for a file that somebody has asked for."""
    cases = compared_cases(workspace.plans, state, first)
    comparison = compared_now(workspace, state, cases) or comparison_job(workspace, state, cases).work(Ticket())
    return with_plan_names(comparison, state, language)


def with_plan_names(comparison: Comparison, state: State, language: Language) -> Comparison:
    """Return a comparison with the names that its plans have now."""
    names = plan_names(state, language)
    first, *others = (variant._replace(name=names[variant.letter]) for variant in comparison.variants)
    return Comparison(first, tuple(others))


def view_of(workspace: Workspace, state: State, language: Language) -> AnyView:
    """Return the view of the plan that is shown, with the comparison of the session's plans."""
    return view_with_comparison(
        workspace.plans, state, language, lambda: compared(workspace, state, language, state.shown)
    )


def view_with_comparison(plans: Plans, state: State, language: Language, compare: Callable[[], Comparison]) -> AnyView:
    """Return the view of the plan that is shown; `compare` is called if it is one of several plans."""
    alone = plans.shown_view(state, language)
    return replace(alone, comparison=compare()) if state.variants and state.shown != AS_APPROVED else alone
