"""What another order of the tasks would gain: worked out beside the page, as nobody has asked for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from zt_planner.engine.plan import Plan
from zt_planner.language import Language
from zt_planner.settings import settings
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.state import session
from zt_planner.workspace.jobs.levelling import gain_job

if TYPE_CHECKING:
    from zt_planner.engine.levelling.proposal import LevellingResult, Proposal


def show_gain(plan: Plan, language: Language, show: Callable[[Proposal, str], None]) -> None:
    """Have the proposal that gains something shown with its title, to those who may apply it."""
    if not settings().gain or session.state().trouble is not None:
        return
    if not session.may_change() or not plan.shows_labour or not plan.tasks or plan.is_levelled:
        return
    panel = JobPanel(
        key="gain",
        request=lambda: gain_job(session.workspace(), session.state()),
        progress=lambda _: (None, language.say("Looking for a better order of the tasks…")),
        show_result=partial(_show_title, language, show),
        is_optional=True,
    )
    show_job(panel, language)


def _show_title(language: Language, show: Callable[[Proposal, str], None], levelled: LevellingResult | None) -> None:
    from zt_planner.topics.limits.levelling import gain_title  # noqa: PLC0415 - nobody waits for this line

    proposal = None if levelled is None else levelled.proposal
    title = None if proposal is None else gain_title(proposal)
    if proposal is not None and title is not None:
        show(proposal, language.write(title))
