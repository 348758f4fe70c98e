"""A comparison on a page: at once where it takes a moment, otherwise worked out beside the page, with its progress."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from zt_planner.engine.case import Case
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.language import Language
from zt_planner.topics.compare.sentences import lines_since
from zt_planner.topics.compare.side_by_side import bridge_table
from zt_planner.ui.components.elements import show_lines
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session
from zt_planner.workspace.jobs.comparing import ComparingProgress, compared_now, comparison_job


def known_comparison(cases: Mapping[str, Case]) -> Comparison | None:
    """Return a comparison of cases by their letters, None while it is being computed."""
    return compared_now(session.workspace(), session.state(), cases)


def show_comparing(cases: Mapping[str, Case], language: Language) -> None:
    """Have a comparison worked out, and show how far that is; the page takes the result from `known_comparison`."""

    def progress(reported: object) -> tuple[float, str]:
        share = reported.done / reported.whole if isinstance(reported, ComparingProgress) else 0.0
        return share, language.say("Working out what each group of inputs adds…")

    panel = JobPanel(
        key="compare",
        request=partial(comparison_job, session.workspace(), session.state(), cases),
        progress=progress,
        show_result=lambda _: None,
        failed=language.say("The comparison failed. Nothing was changed; try again."),
    )
    show_job(panel, language)


def show_since(earlier: str, before: Case, after: Case, title: str, language: Language) -> None:
    """Show what each group of inputs adds since an earlier plan, named as what it is; `title` names the table."""
    cases = {"A": before, "B": after}
    comparison = known_comparison(cases)
    if comparison is None:
        show_comparing(cases, language)
        return
    bars = bridge_table(comparison.others[0])
    if bars.rows:
        show_table(bars, title, stacks=True)
    show_lines(lines_since(earlier, comparison) or (language.say("No input differs."),))
