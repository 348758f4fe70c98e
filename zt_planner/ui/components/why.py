"""Why this number? The buttons that ask, and the one dialog that answers, for every figure of every page.

A figure is asked for by its name (`topics.explanations.registry`), by a button beside it, or by pressing it where it
is a card or a cell of a table. Law: one dialog, which stays open while others change the plan, and follows the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from zt_planner.engine.plan import Plan
from zt_planner.language import Language, Words
from zt_planner.topics.headline.cards import baseline_note
from zt_planner.topics.trace import Trace, source_addresses, trace_table
from zt_planner.topics.view import View
from zt_planner.ui.addresses import NIS2, ROADMAP
from zt_planner.ui.components import changed
from zt_planner.ui.components.elements import show_badges, show_caption, show_dialog, show_lines
from zt_planner.ui.components.markdown import link, plain
from zt_planner.ui.components.presence import show_pointer
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.state.tab import this_tab

PAGES = {"nis2": NIS2, "nis2_partly": NIS2, "finish_date": ROADMAP, "duration_months": ROADMAP}
"""The page that says more about a figure."""


def view_of(plan: Plan, language: Language) -> View:
    """Return what is asked about."""
    return View(plan, language, session.simulation, session.reference_plan)


def why_button(name: str, language: Language, key: str | None = None, text: str = "") -> None:
    """Draw the button that asks for a figure's explanation, and a mark where a presenter points at it."""
    key = f"why:{name}" if key is None else key
    st.button(
        plain(text or language.say("Why this number?")),
        key=key,
        type="tertiary",
        icon=":material/calculate:",
        on_click=widgets.pressed(tab.open_dialog, key, name),
    )
    show_pointer(name, language)


def with_why(text: Words, name: str, language: Language, *, is_bold: bool = True) -> None:
    """Draw a sentence and beside it the button that asks for its figure; none where it has no figure."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(text)}**" if is_bold else plain(text), width="content")
        if name:
            why_button(name, language)


def show_explanation(plan: Plan, language: Language, pages: Mapping[str, StreamlitPage], page: str) -> None:
    """Draw the explanation that is asked for, while it is, and while the reader may see the figure."""
    dialog = this_tab().dialog
    if dialog is None or dialog.figure is None:
        return
    key, name = dialog.key, dialog.figure
    from zt_planner.topics.explanations.registry import trace_of  # noqa: PLC0415 - twenty modules, for who asks

    context = view_of(plan, language)
    trace = trace_of(name, context)
    if trace is not None:
        more = pages.get(PAGES.get(name, ""))
        link = more if more is not None and PAGES[name] != page else None
        show_dialog(key, language.write(trace.title), partial(_show_figure, trace, key, context, link), is_large=True)


def show_own_explanation(answer: Callable[[str], Trace | None], language: Language) -> None:
    """Draw the explanation of what no plan knows, an effect in the record, while it is asked for."""
    dialog = this_tab().dialog
    trace = None if dialog is None or dialog.figure is None else answer(dialog.figure)
    if dialog is not None and trace is not None:
        show_dialog(dialog.key, language.write(trace.title), partial(_show_trace, trace, language), is_large=True)


def _show_figure(trace: Trace, key: str, context: View, more: StreamlitPage | None) -> None:
    from zt_planner.topics.explanations.registry import badges_of, figure_title, forms_of, related_of  # noqa: PLC0415 - as above

    told = baseline_note(trace.name, context.plan, session.baseline(), session.state().shown)
    note = context.language.write(told)
    if note:
        changes = changed.line(context.language)
        st.markdown("  \n".join(plain(text) for text in (note, changes) if text))
    _show_trace(trace, context.language, forms_of(trace, context))
    show_badges(badges_of(trace, context))
    if more is not None:
        text = context.language.say("More on the {page} page", page=more.title)
        st.page_link(more, label=plain(text), icon=":material/arrow_forward:")
    _show_related(key, related_of(trace, context), partial(figure_title, context=context), context.language)


def _show_trace(trace: Trace, language: Language, forms: Sequence[str] = ()) -> None:
    st.markdown(f"**{plain(trace.shown)}**")
    show_lines(forms)
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
