"""A comparison on a page: at once where it takes a moment, otherwise worked out beside the page, with its progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from zt_planner.engine.case import Case
from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.engine.compare.comparison import Comparison, Variant
from zt_planner.engine.plan import Plan
from zt_planner.language import Language, Text, Words
from zt_planner.topics.block import ChartBlock, PictureBlock, PictureForm
from zt_planner.topics.compare.over_time import (
    roadmaps_alt,
    roadmaps_table,
    totals_alt,
    totals_table,
    variant_name,
)
from zt_planner.topics.compare.picture import roadmaps_of, totals_of
from zt_planner.topics.compare.sentences import bridge_lines, ground_notes, input_lines, lines_since, own_days_lines
from zt_planner.topics.compare.side_by_side import (
    bars_by_size,
    bridge_alt,
    bridge_chart,
    bridge_name,
    bridge_table,
    figure_table,
    promise_table,
)
from zt_planner.topics.labels import own_title
from zt_planner.topics.view import AnyView
from zt_planner.ui.addresses import RECORD
from zt_planner.ui.components import as_table
from zt_planner.ui.components.as_table import PageTable
from zt_planner.ui.components.charts import show_chart, show_picture
from zt_planner.ui.components.elements import fold, show_lines, show_page_link, show_text
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.components.markdown import plain
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
        return share, language.say("Calculating what each group of inputs adds…")

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


MOST_LINES = 10


def show_comparison(comparison: Comparison, views: Mapping[str, AnyView], language: Language) -> None:
    """Draw plans side by side: the promise and the chance, what differs and why, the figures, and the whole way."""
    say, variants = language.say, comparison.variants
    show_table(promise_table(comparison, views), say("What each plan promises"), stacks=True)
    show_lines((*ground_notes(comparison), *own_days_lines(comparison)))
    other = _chosen_variant(comparison, language)
    _show_differences(comparison.first, other, language)
    if any(isinstance(variant.plan, Plan) for variant in variants):
        title = say("Key figures side by side")
        own = language.write(own_title(title, comparison.first.plan))
        fold(own, "figures", lambda: show_table(figure_table(comparison), title, stacks=True))
        fold(say("Running totals and roadmaps"), "over_time", partial(_show_over_time, comparison, language))


def _show_over_time(comparison: Comparison, language: Language) -> None:
    totals, steps = language.say("Running totals by month"), language.say("Steps side by side")
    tables = {
        "totals": PageTable(totals, lambda: show_table(totals_table(comparison), totals, scrolls=True)),
        "steps": PageTable(steps, lambda: show_table(roadmaps_table(comparison), steps, stacks=True)),
    }
    as_table.show_menu(tables, language)
    if as_table.show_chosen(tables):
        return
    for name, form, alt, draw in (
        ("running_totals", PictureForm.TOTALS, totals_alt, totals_of),
        ("roadmaps", PictureForm.ROADMAPS, roadmaps_alt, roadmaps_of),
    ):
        show_picture(PictureBlock(name, form, alt(comparison), partial(draw, comparison)))


def _chosen_variant(comparison: Comparison, language: Language) -> Variant:
    """Return the plan that is compared with the first one; show the choice if there are several."""
    others = {variant.letter: variant for variant in comparison.others}
    if len(others) == 1:
        return comparison.others[0]
    letter = st.segmented_control(
        plain(language.say("Compare {plan} with", plan=comparison.first.letter)),
        list(others),
        default=comparison.others[0].letter,
        required=True,
        format_func=lambda key: plain(others[key].letter),
        key="against",
        bind="query-params",
    )
    return others.get(letter, comparison.others[0])


def _show_differences(first: Variant, other: Variant, language: Language) -> None:
    """Show the inputs that differ, the rest of very many folded, and of several what each group of them adds."""
    say = language.say
    st.header(plain(Text("{other} – what differs from {first}", other=variant_name(other), first=first.letter)))
    lines = tuple(input_lines(first, other))
    most = len(lines) if len(lines) <= MOST_LINES else MOST_LINES - 1

    def show(part: Sequence[Words]) -> None:
        st.markdown("\n".join(f"- {plain(line)}" for line in part))

    if lines:
        show(lines[:most])
    else:
        show_text(say("No input differs."))
    if lines[most:]:
        fold(say("and {n} more", n=language.number(len(lines) - most)), "inputs", lambda: show(lines[most:]))
    if len(lines) > 1:
        title = language.write(own_title(Text("Why the figures of {other} differ", other=other.letter), first.plan))
        fold(title, "bridge", partial(_show_bridge, first, other, language))


def _show_bridge(first: Variant, other: Variant, language: Language) -> None:
    """Show the bridge of the chosen figure, all bridges as a table, and a link to the one of the record."""
    say = language.say
    figure = _chosen_figure(language)
    bridge = next(candidate for candidate in other.bridges if candidate.figure is figure)
    lines = tuple(bridge_lines(bridge, first, other))
    for line in lines or (say("Nothing that differs moves this figure."),):
        show_text(line)
    if bars_by_size(bridge):
        draw = partial(bridge_chart, bridge, first, other)
        show_chart(ChartBlock(f"bridge:{bridge.figure}", bridge_alt(bridge, first, other), draw))
    table = bridge_table(other)
    if table.rows:
        show_table(table, say("What each group of inputs adds"), stacks=True)
    _show_other_order(language)


def _chosen_figure(language: Language) -> BridgeFigure:
    names = {str(figure): language.write(bridge_name(figure)) for figure in BridgeFigure}
    return BridgeFigure(
        st.segmented_control(
            language.say("Figure"),
            list(names),
            default=str(BridgeFigure.INTRODUCTION_BUDGET),
            required=True,
            format_func=lambda name: plain(names[name]),
            key="bridge",
            bind="query-params",
        )
    )


def _show_other_order(language: Language) -> None:
    """Say how the difference is divided here, and link to the other way."""
    say = language.say
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            plain(
                say("Independent of the order: what a group of inputs adds on average over every order of the changes.")
            ),
            width="content",
        )
        show_page_link(RECORD, say("In the order we decided"), ":material/history:")
