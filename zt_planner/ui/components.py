"""Parts that pages share: figures with their explanation, tables, findings, messages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code, Severity
from zt_planner.domain.plan import FigureName
from zt_planner.engine.trust import Mark
from zt_planner.reports.beside import beside_of
from zt_planner.reports.explanation import explain, explanation_table, source_links
from zt_planner.reports.faults import explain as explain_fault
from zt_planner.reports.findings import describe
from zt_planner.reports.words import label
from zt_planner.ui import session, tab
from zt_planner.ui.markdown import plain
from zt_planner.ui.together import show_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from decimal import Decimal

    from streamlit.navigation.page import StreamlitPage

    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.reports.badges import Badge
    from zt_planner.reports.explanation import Explanation
    from zt_planner.reports.key_figures import KeyFigure
    from zt_planner.reports.tables import Table

CARD_WIDTH = 160
COLOURS = {Mark.UNVERIFIED: "orange", Mark.STALE: "orange", Mark.OWN: "blue", Mark.WHAT_IF: "violet"}
ICONS = {
    Severity.BLOCKING: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.INFO: ":material/info:",
}


def badge_text(badge: Badge) -> str:
    """Return a badge as Markdown."""
    return f":{COLOURS[badge.mark]}-badge[{plain(badge.text)}]"


def show_badges(badges: Sequence[Badge]) -> None:
    """Draw badges, nothing where there are none."""
    if badges:
        st.markdown(" ".join(map(badge_text, badges)))


def show_table(table: Table, alt: str, height: int | None = None) -> None:
    """Draw a table as HTML, so that a screen reader and a keyboard can walk through it."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has it loaded; the module stays light

    rows = [[plain(cell) for cell in row] for row in table.rows]
    for row, badges in zip(rows, table.badges, strict=False):
        row[table.badge_column] = " ".join((row[table.badge_column], *map(badge_text, badges)))
    frame = pd.DataFrame(rows, columns=list(table.columns))
    st.table(frame, border="horizontal", hide_index=True, alt=alt, height="content" if height is None else height)


def show_figures(
    figures: Sequence[KeyFigure], plan: Plan, language: Language, links: Mapping[str, StreamlitPage]
) -> None:
    """Draw the key figures as cards; each opens its explanation, or links to the page that is one."""
    with st.grid(len(figures), min_column_width=CARD_WIDTH):
        for figure in figures:
            with st.container(border=True, height="stretch", gap="xsmall"):
                show_metric(figure)
                show_lines(figure.beside)
                st.caption(plain(figure.context))
                show_badges(figure.badges)
                if figure.why is not None:
                    why_button(f"why:{figure.key}", figure.why, language)
                    show_pointer(figure.why, language)
                if figure.key in links:
                    # Never `st.switch_page`: it forgets which parts of the sidebar are open.
                    st.page_link(links[figure.key], label=language.say("Which ones?"), icon=":material/arrow_forward:")
    legend = figures_legend(figures, language)
    if legend:
        st.caption(legend)
    for figure in figures:
        if figure.why is not None:
            show_explanation(f"why:{figure.key}", figure.why, plan, language)


def figures_legend(figures: Sequence[KeyFigure], language: Language) -> str:
    """Say what the cards' changes and badges mean, where there are any."""
    changes = any(figure.change is not None for figure in figures)
    badges = any(figure.badges for figure in figures)
    said = (
        language.say("Changes are shown against the baseline.") if changes else "",
        language.say("Badges say how much of an amount rests on such prices.") if badges else "",
    )
    return " ".join(filter(None, said))


def show_metric(figure: KeyFigure) -> None:
    """Draw a figure and what changed: the arrow says whether it rose, the colour whether that is better."""
    change = figure.change
    if change is None:
        st.metric(figure.label, figure.value, help=figure.help)
        return
    st.metric(
        figure.label,
        figure.value,
        change.text,
        delta_color="green" if change.is_better else "red",
        delta_arrow="up" if change.is_rise else "down",
        help=figure.help,
    )


def show_beside(name: FigureName, amount: Decimal, plan: Plan, language: Language, places: int = 0) -> None:
    """Draw a figure's amount with VAT and in another currency, where that is asked for."""
    beside = beside_of(plan, session.workspace().price_book)
    show_lines(beside.forms(amount, language, places, carries_vat=name is not FigureName.INTERNAL_VALUE))


def show_lines(lines: Sequence[str]) -> None:
    """Draw lines of small print close together; nothing where there are none."""
    if lines:
        st.caption("  \n".join(plain(line) for line in lines))


def show_dialog(key: str, title: str, draw: Callable[[], None], *, is_large: bool = False) -> None:
    """Draw a dialog while it is the one that was asked for: a run that somebody else has caused does not close it."""
    if tab.asked() == key:
        st.dialog(title, width="large" if is_large else "small", on_dismiss=tab.close)(draw)()


def why_button(key: str, name: FigureName, language: Language) -> None:
    """Draw the button that asks for a figure's explanation."""
    st.button(
        language.say("Why this number?"),
        key=key,
        type="tertiary",
        icon=":material/calculate:",
        on_click=tab.ask,
        args=(key, name),
    )


def show_explanation(key: str, name: FigureName, plan: Plan, language: Language) -> None:
    """Draw the explanation of a figure while it is asked for: its rule, and the lines it is the sum of."""
    if tab.asked() == key:
        found = explain(name, plan, language)
        show_dialog(key, found.title, partial(draw_explanation, name, found, plan, language), is_large=True)


def draw_explanation(name: FigureName, found: Explanation, plan: Plan, language: Language) -> None:
    """Draw what the dialog of an explanation holds."""
    st.markdown(f"**{plain(language.money(found.total, 2))}**")
    show_beside(name, found.total, plan, language, 2)
    st.write(plain(found.rule))
    show_table(explanation_table(found, language), found.title)
    links = source_links(found)
    if links:
        opened = " · ".join(f"[{plain(source)}]({address})" for source, address in links.items())
        st.caption(f"{plain(language.say('Sources to open:'))} {opened}")
    if not plan.is_complete:
        st.warning(language.say("A price is missing: the sum is a lower bound."))


def show_refusal(language: Language) -> None:
    """Say what was refused since the page was last drawn."""
    lines = [line for refused in session.take_refusals() for line in explain_fault(refused, language)]
    for line in dict.fromkeys(lines):
        st.error(plain(line), icon=":material/block:")


def show_trouble(language: Language) -> None:
    """Say that the plan could not be saved, while that is so."""
    trouble = session.current_trouble()
    if trouble is not None:
        for line in explain_fault(trouble, language):
            st.warning(plain(line), icon=":material/cloud_off:")


def show_findings(
    plan: Plan,
    language: Language,
    severities: Collection[Severity] = tuple(Severity),
    codes: Collection[Code] = tuple(Code),
) -> None:
    """Draw findings in plain words, the gravest first; of these severities and codes only."""
    book = session.workspace().price_book
    for finding in plan.findings:
        if finding.severity in severities and finding.code in codes:
            described = describe(finding, book, language)
            draw = {Severity.BLOCKING: st.error, Severity.WARNING: st.warning}.get(finding.severity, st.info)
            head = label(finding.severity, language)
            draw(f"**{head}:** {plain(described.message)} {plain(described.remedy)}", icon=ICONS[finding.severity])
