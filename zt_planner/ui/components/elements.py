"""Parts that pages share: dialogs, findings, messages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal, cast

import streamlit as st
from pydantic import JsonValue
from streamlit.delta_generator import DeltaGenerator

from zt_planner.domain import units
from zt_planner.domain.finding import Code, Severity
from zt_planner.domain.scenario.declared import unit_of
from zt_planner.engine.costing.trust import Mark
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import PlannerError, SessionError, StoreError, UnreadableRevision
from zt_planner.language import Language, Words
from zt_planner.topics.badges import Badge
from zt_planner.topics.error_texts import NOTHING_WAITS, STORE_AWAY, problem_text
from zt_planner.topics.error_texts import explain as explain_fault
from zt_planner.topics.findings.blocks import findings_line
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import label
from zt_planner.topics.task_words import task_names
from zt_planner.ui.addresses import SCAN
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.state.tab import MAKE_IT_YOURS, this_tab

MOST_PROBLEMS = 5
PRESSED = "why"
"""The name that our components give to the figure that was pressed."""
COLOURS = {
    Mark.ASSUMED: "orange",
    Mark.ASSUMED_DAYS: "orange",
    Mark.STALE: "orange",
    Mark.OWN: "blue",
    Mark.WHAT_IF: "violet",
}
ICONS = {
    Severity.BLOCKING: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.INFO: ":material/info:",
}


def badge_text(badge: Badge) -> str:
    """Return a badge as Markdown."""
    return f":{COLOURS[badge.mark]}-badge[{plain(badge.text)}]"


def badges_in(badges: Sequence[Badge]) -> list[dict[str, str]]:
    """Return badges as our components take them."""
    return [{"text": session.language().write(badge.text), "tone": COLOURS[badge.mark]} for badge in badges]


def show_badges(badges: Sequence[Badge]) -> None:
    """Show badges, if there are any."""
    if badges:
        st.markdown(" ".join(map(badge_text, badges)))


def show_text(text: Words) -> None:
    """Draw a text as it is, without markup."""
    st.markdown(plain(text))


def show_caption(text: Words) -> None:
    """Draw small print as it is, without markup."""
    st.caption(plain(text))


def show_lines(lines: Sequence[Words]) -> None:
    """Show lines of small print close together, if there are any."""
    if any(lines):
        st.caption("  \n".join(plain(line) for line in lines if line))


def fold(title: str, key: str, draw: Callable[[], None], icon: str | None = None) -> bool:
    """Show a part that is computed only while it is open, and return whether it is; the address keeps that."""
    part = st.expander(plain(title), icon=icon, on_change="rerun", key=_fold_key(key), bind="query-params")
    if part.open:
        with part:
            draw()
    return bool(part.open)


def open_fold(key: str) -> None:
    """Have a fold open when it is drawn next."""
    st.session_state[_fold_key(key)] = True


def _fold_key(key: str) -> str:
    return f"fold:{key}"


def show_page_link(address: str, label: str | None = None, icon: str | None = None, unfolds: str = "") -> None:
    """Draw a link to a page, which keeps the parameters of the address; a fold may be open there."""
    text = None if label is None else plain(label)
    query = st.query_params.to_dict() | ({_fold_key(unfolds): "true"} if unfolds else {})
    st.page_link(this_tab().pages[address], label=text, icon=icon, query_params=query)


def show_scan_link(language: Language) -> None:
    """Draw the link to the page of scans."""
    show_page_link(SCAN, language.say("Upload a scan"), ":material/upload_file:")


def show_answer_button(language: Language, key: str, menu: str | None = None) -> None:
    """Show the button that opens the questions about the company, and closes the menu that it is in."""

    def open_questions() -> None:
        if menu is not None:
            tab.close_menu(menu)
        tab.open_dialog(MAKE_IT_YOURS)

    st.button(
        language.say("Answer questions about your company"),
        key=key,
        icon=":material/edit:",
        type="tertiary" if menu is None else "secondary",
        disabled=not session.may_change(),
        on_click=widgets.pressed(open_questions),
    )


def button_row() -> DeltaGenerator:
    """Return a row for a list and its button, which is below the list on a phone."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def pick(
    text: str, names: Mapping[str, str], key: str, language: Language, width: int | Literal["stretch"] = "stretch"
) -> str:
    """Show a list of names, and return the id of the chosen one; empty without a choice."""
    chosen = st.selectbox(
        plain(text),
        list(names),
        format_func=lambda key: names.get(key, key),
        key=f"{key}:{language.code}",  # a list holds its choice by name, so every language has its own list
        width=width,
    )
    return chosen or ""


def open_explanation(name: str) -> None:
    """Open the explanation of a figure."""
    widgets.pressed(tab.open_dialog, f"why:{name}", name)()


def take_press(key: str, press: Callable[[str], None] = open_explanation) -> None:
    """Take what was pressed in the component with this key, by its name: a figure's explanation opens."""
    name = st.session_state.get(key, {}).get(PRESSED)
    if name:
        press(name)


def show_dialog(key: str, title: str, draw: Callable[[], None], *, is_large: bool = False) -> None:
    """Show a dialog while it is the open one: a run that somebody else caused does not close it."""
    dialog = this_tab().dialog
    if dialog is not None and dialog.key == key:

        def drawn() -> None:
            widgets.apply_edits()  # a dialog runs alone where something in it was pressed
            if this_tab().dialog != dialog:
                st.rerun()
            draw()

        st.dialog(plain(title), width="large" if is_large else "small", on_dismiss=widgets.pressed(tab.close_dialog))(
            drawn
        )()


def offer_deletion(key: str, delete: Callable[[], object], language: Language, *, is_meant: bool = True) -> None:
    """Show the button of a dialog that deletes something for good; it can be pressed once that is meant."""
    st.button(
        language.say("Delete for good"),
        key=key,
        icon=":material/delete_forever:",
        disabled=not is_meant,
        on_click=widgets.confirmed(delete),
    )


def show_errors(lines: Iterable[Words]) -> None:
    """Say why something is refused."""
    for line in lines:
        st.error(plain(line), icon=":material/block:")


def show_refused(errors: Sequence[PlannerError], name_of: Callable[[str], Words] = str) -> None:
    """Say why input is refused, each reason once."""
    show_errors(dict.fromkeys(line for error in errors for line in explain_fault(error, name_of)))


def show_cell_problems(
    lines: Sequence[Words],
    kept: str,
    key: str,
    forget: Callable[[], None],
    language: Language,
    apply: Callable[[], None] | None = None,
) -> None:
    """Say why cells of a table are refused, of many the first few, and what is kept; offer to drop or apply it."""
    show_errors(lines[:MOST_PROBLEMS])
    if len(lines) > MOST_PROBLEMS:
        show_caption(language.plural("{n} more problem", "{n} more problems", len(lines) - MOST_PROBLEMS))
    if lines:
        show_caption(kept)
        st.button(
            language.say("Discard what I typed"), key=key, icon=":material/undo:", on_click=widgets.pressed(forget)
        )
    if apply is not None:
        label = language.say("Apply what I typed")
        st.button(label, key=f"apply:{key}", icon=":material/check:", on_click=widgets.pressed(apply))


def show_draft(text: str) -> None:
    """Say that a closed table keeps what was typed into it."""
    st.warning(plain(text), icon=":material/edit_note:")


def show_refusals(language: Language) -> None:
    """Show the refusals since the page was last drawn to its end, and the input whose variant is gone."""
    errors = this_tab().refusals_to_show()
    show_refused(errors, lambda path: field_label(path, session.book()))
    for error in errors:
        if isinstance(error, SessionError) and error.typed:
            show_caption(language.say("You entered: {values}", values=_typed_text(error.typed, language)))


def _typed_text(values: Mapping[str, object], language: Language) -> str:
    """Write out what was typed into fields, by their paths; of lists and tables only the name."""
    book, names = session.book(), task_names(session.plan().case.model)
    parts = []
    for path, value in values.items():
        label = language.write(field_label(path, book, names))
        is_value = isinstance(value, str | bool | int | Decimal | date)
        text = language.write(field_value(path, cast("JsonValue", value), book, names)) if is_value else ""
        text = str(value) if unit_of(path) is units.TEXT else text  # in full
        parts.append(language.labelled(label, text) if text else label)
    return language.series(parts)


def show_trouble() -> None:
    """Say that the plan could not be saved or read, while that is so; only a change that waits is saved later."""
    trouble = session.state().trouble
    if trouble is None:
        return
    for line in explain_fault(trouble) if session.state().pending else reading_failed(trouble):
        st.warning(plain(line), icon=":material/cloud_off:")


def reading_failed(trouble: StoreError) -> tuple[Words, ...]:
    """Say that the store cannot be read, where no change waits for it."""
    if isinstance(trouble, UnreadableRevision):
        return explain_fault(trouble)
    problem = STORE_AWAY if type(trouble) is StoreError else trouble.problem
    return (problem_text(problem, NOTHING_WAITS, {}),)


def show_findings(
    plan: AnyPlan,
    language: Language,
    severities: Collection[Severity] = tuple(Severity),
    codes: Collection[Code] = tuple(Code),
) -> None:
    """Show findings of these severities and codes, the gravest first."""
    book = session.book()
    for finding in plan.findings:
        if finding.severity in severities and finding.code in codes:
            described, icon = describe(finding, book), ICONS[finding.severity]
            head = plain(language.labelled(language.write(label(finding.severity))))
            text = f"**{head}** {plain(described.message)} {plain(described.remedy)}"
            if finding.severity is Severity.BLOCKING:
                st.error(text, icon=icon)
            elif finding.severity is Severity.WARNING:
                st.warning(text, icon=icon)
            else:
                st.info(text, icon=icon)


def fold_findings(plan: AnyPlan, language: Language, key: str, codes: Collection[Code] = tuple(Code)) -> None:
    """Show findings that should be checked as one line, which opens to all of them; blocking ones are not included."""
    doubts = [
        finding for finding in plan.findings if finding.severity is not Severity.BLOCKING and finding.code in codes
    ]
    if doubts:
        draw_all = partial(show_findings, plan, language, (Severity.WARNING, Severity.INFO), codes)
        fold(language.write(findings_line(doubts, session.book())), key, draw_all, ":material/fact_check:")
