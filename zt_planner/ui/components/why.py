"""Why this number? The buttons that ask, and the dialog that answers, for every figure of every page.

A figure is identified by its name (`topics.explanations.registry`). A button beside it, its card or its table cell
opens the explanation. Law: there is one dialog; it stays open while others change the plan, and shows the current one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import overload

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Language, Words
from zt_planner.topics.headline.cards import baseline_note
from zt_planner.topics.trace import Trace, source_addresses, trace_table
from zt_planner.topics.view import AnyView, StoppedView, View
from zt_planner.ui.addresses import NIS2, ROADMAP, SURE_PAGE
from zt_planner.ui.components.elements import show_badges, show_caption, show_dialog, show_lines, show_text
from zt_planner.ui.components.markdown import link, plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.together import changed
from zt_planner.ui.components.together.presence import show_pointer
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.state.tab import this_tab

PAGES = {
    **dict.fromkeys(("promised_budget", "promised_finish", "promised_mfa_date", "promised_internal_days"), SURE_PAGE),
    **dict.fromkeys(("nis2", "nis2_partly"), NIS2),
    **dict.fromkeys(("finish_date", "duration_months"), ROADMAP),
}
"""The page that says more about a figure."""


@overload
def view_of(plan: Plan, language: Language) -> View: ...
@overload
def view_of(plan: StoppedPlan, language: Language) -> StoppedView: ...
def view_of(plan: AnyPlan, language: Language) -> AnyView:
    """Return the view of a plan for the reader of this page."""
    if isinstance(plan, StoppedPlan):
        return StoppedView(plan, language)
    plans = session.workspace().plans
    draws, quotes, causes = partial(plans.simulation, plan), partial(plans.quoted, plan), partial(plans.drivers, plan)
    return View(plan, language, draws, session.reference_plan, causes, quotes, partial(plans.slip, plan))


def why_button(name: str, language: Language, text: str = "") -> None:
    """Show the button that opens a figure's explanation, and a mark if a presenter points at the figure."""
    key = f"why:{name}"
    st.button(
        plain(text or language.say("Why this number?")),
        key=key,
        type="tertiary",
        icon=":material/calculate:",
        on_click=widgets.pressed(tab.open_dialog, key, name),
    )
    show_pointer(name, language)


def with_why(text: Words, name: str, language: Language, *, is_bold: bool = True) -> None:
    """Show a sentence and the button that explains its figure, if it has one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(text)}**" if is_bold else plain(text), width="content")
        if name:
            why_button(name, language)


def show_explanation(plan: AnyPlan, language: Language, pages: Mapping[str, StreamlitPage], page: str) -> None:
    """Show the explanation that is open, as long as the reader may see the figure."""
    dialog = this_tab().dialog
    if dialog is None or dialog.figure is None:
        return
    key, name = dialog.key, dialog.figure
    from zt_planner.topics.explanations.registry import answer_of  # noqa: PLC0415 - twenty modules, for who asks

    view = view_of(plan, language)
    trace = answer_of(name, view)
    if trace is not None:
        more = pages.get(PAGES.get(name, ""))
        link = more if more is not None and PAGES[name] != page else None
        show_dialog(key, language.write(trace.title), partial(_show_figure, trace, key, view, link), is_large=True)


def show_own_explanation(answer: Callable[[str], Trace | None], language: Language) -> None:
    """Show the open explanation of a figure that is in no plan, such as an effect in the record."""
    dialog = this_tab().dialog
    trace = None if dialog is None or dialog.figure is None else answer(dialog.figure)
    if dialog is not None and trace is not None:
        show_dialog(dialog.key, language.write(trace.title), partial(_show_trace, trace, language), is_large=True)


def _show_figure(trace: Trace, key: str, view: AnyView, more: StreamlitPage | None) -> None:
    from zt_planner.topics.explanations.registry import badges_of, figure_title, forms_of, related_of  # noqa: PLC0415 - as above

    note = ""
    if isinstance(view, View):
        words = baseline_note(trace.name, view, session.baseline(), session.state().shown)
        note = view.language.write(words)
    if note:
        changes = changed.line(view.language)
        st.markdown("  \n".join(plain(text) for text in (note, changes) if text))
    _show_trace(trace, view.language, forms_of(trace, view), more)
    show_badges(badges_of(trace, view))
    _show_related(key, related_of(trace, view), partial(figure_title, view=view), view.language)


def _show_trace(trace: Trace, language: Language, forms: Sequence[str] = (), more: StreamlitPage | None = None) -> None:
    st.markdown(f"**{plain(trace.shown)}**")
    show_lines(forms)
    for lead in trace.lead:
        show_text(lead)
    if more is not None:
        page = language.say("More: {page}", page=more.title)
        st.page_link(more, label=plain(page), icon=":material/arrow_forward:")
    st.write(plain(trace.rule))
    if trace.rows:
        show_table(trace_table(trace), language.write(trace.title), place="why:")
    for note in trace.notes:
        show_caption(note)
    sources = source_addresses(trace)
    if sources:
        text = plain(language.say("Sources to open:"))
        opened = " · ".join(link(source, address) for source, address in sources)
        st.caption(f"{text} {opened}")


def _show_related(key: str, names: Sequence[str], title: Callable[[str], Words], language: Language) -> None:
    if not names:
        return
    show_caption(language.say("Related:"))
    with st.container(horizontal=True, gap="small"):
        for name in names:
            st.button(
                plain(title(name)),
                key=f"also:{name}",
                type="tertiary",
                icon=":material/calculate:",
                on_click=widgets.pressed(tab.open_dialog, key, name),
            )
