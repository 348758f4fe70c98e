"""Import a file: a preview of its changes before anything is applied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from zt_planner.catalog.csv.tables import LARGE_UPLOAD_MEGABYTES
from zt_planner.domain.differences import differences
from zt_planner.domain.incoming import FileKind, Incoming
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.fields import CLOSED
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import FieldChange
from zt_planner.domain.variants import PLAN
from zt_planner.engine.case import Case
from zt_planner.engine.plan import Plan
from zt_planner.engine.scheduling.calendar import with_start
from zt_planner.errors import FileProblem, Place, PlannerError, ScenarioError, msgid
from zt_planner.files.imports.rows import with_places
from zt_planner.files.scenario_json import with_values
from zt_planner.gaps import shortened
from zt_planner.language import Language, Words
from zt_planner.topics.error_texts import explain
from zt_planner.topics.progress.booking_sheet import booking_changes_table
from zt_planner.topics.progress.money import closable_months, closing_text
from zt_planner.topics.record.catalogue import catalogue_effect, catalogue_table
from zt_planner.topics.record.incoming import changes_table, import_effect_text, kind_text, notice_lines
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import task_names
from zt_planner.ui.components.elements import show_caption, show_errors, show_lines, show_text
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.together import history
from zt_planner.ui.state import session, tab, widgets
from zt_planner.workspace.jobs.comparing import compared_now

MOST_NOTES, MOST_LISTED = 8, 200
FROM_FILE = "file"
"""What a plan with a file's changes is called beside the others of a session."""
ONTO, IN_PLACE, SHIPPED = "onto", "in_place", "shipped"


def show_import(language: Language) -> None:
    """Show the field for a file of any kind, and what the file would change."""
    say = language.say
    show_caption(
        say(
            "A scenario, a plan with its prices, a catalogue (.zttemplate) with its prices, tasks, texts and look, "
            "the workbook or the tables with your changes, what was invoiced as CSV, or a roadmap from MS Project. "
            "You see every change before it is applied."
        )
    )
    _show_file_field(say("File"), "incoming", language)


def show_booking_import(language: Language) -> None:
    """Show the field for a file of bookings, and what the file would change."""
    say = language.say
    show_caption(
        say(
            "A CSV file from your accounting, also from Excel, with a month or a date, a net amount in EUR, "
            "a category and, if you like, a task. Other columns are ignored. You see every change before it is "
            "applied."
        )
    )
    _show_file_field(say("What was invoiced, as CSV"), "bookings", language, FileKind.BOOKINGS)
    _show_closing(language)


def _show_closing(language: Language) -> None:
    """Offer to close the months that are over and have bookings, and say what that makes of the forecast."""
    plan = session.plan()
    months = closable_months(plan) if isinstance(plan, Plan) and session.may_change() else ()
    if not months:
        return
    closed = session.plan_of(with_values(session.state().scenario, _closing(months)))
    if isinstance(closed, Plan):
        with st.container(horizontal=True, vertical_alignment="center", key="closing"):
            show_text(closing_text(months, closed))
            st.button(
                plain(language.plural("Close the month", "Close the months", len(months))),
                key="close_months",
                icon=":material/lock:",
                help=language.say("Its bookings then replace what was planned. You can undo this."),
                on_click=widgets.pressed(_close, months),
            )


def _close(months: Sequence[Month]) -> None:
    session.change(_closing(months))


def _closing(months: Sequence[Month]) -> dict[str, list[str]]:
    """Return the field with months closed beside those that are, also by others meanwhile."""
    return {CLOSED: sorted({*session.state().scenario.status.closed, *map(str, months)})}


def _show_file_field(label: str, key: str, language: Language, kind: FileKind | None = None) -> None:
    """Show the field for a file, of any kind or of one, and what the file would change."""
    uploaded = st.file_uploader(
        plain(label), max_upload_size=LARGE_UPLOAD_MEGABYTES, key=key, disabled=not session.may_change()
    )
    if uploaded is None or not session.may_change():  # what would change is told with values that a viewer may not see
        return
    show_file(uploaded.getvalue(), uploaded.name, tab.own_key(uploaded.file_id), language, kind)


def show_file(content: bytes, name: str, mark: str, language: Language, kind: FileKind | None = None) -> None:
    """Show what a file, of any kind or of one, would change; `mark` identifies it in this tab."""
    if tab.this_tab().imported.get(mark, session.state().scenario) != session.state().scenario:
        st.success(plain(language.say("The changes of the file were applied.")), icon=":material/check_circle:")
        return
    incoming = session.incoming(content, name)
    if not isinstance(incoming, PlannerError) and kind not in {None, incoming.source}:
        problem, remedy = msgid("it contains no bookings"), msgid("Import it on the “Share” page")
        incoming = FileProblem(Place(shortened(name)), problem, remedy)
    if isinstance(incoming, PlannerError):
        show_errors(explain(incoming))
        return
    ways, refused = _ways_of(incoming)
    if not ways:
        names = history.shown_task_names(language)
        show_errors(with_places(refused[0], incoming.places, session.book(), names))
    else:
        _show_preview(incoming, ways, shortened(name), mark, language)


def _ways_of(incoming: Incoming) -> tuple[dict[str, Scenario], list[ScenarioError]]:
    """Return the scenarios that the file can lead to, by way of use, and why other ways are refused."""
    ways: dict[str, Scenario] = {}
    refused: list[ScenarioError] = []
    for way, base in _bases_of(incoming).items():
        try:
            ways[way] = with_start(with_values(base, incoming.edits), session.workspace().today())
            session.plan_of(ways[way])
        except ScenarioError as wrong:
            refused.append(wrong)
            ways.pop(way, None)
    if ONTO in ways and ways[ONTO] == ways.get(IN_PLACE):
        del ways[IN_PLACE]
    return ways, refused


def _bases_of(incoming: Incoming) -> dict[str, Scenario]:
    """Return the scenarios that the file's edits can be applied to, by way of use."""
    bases: dict[str, Scenario] = {}
    if incoming.edits or incoming.scenario is None:
        bases[ONTO] = session.state().scenario
    if incoming.scenario is not None:
        bases[IN_PLACE] = incoming.scenario
        if incoming.scenario != incoming.scenario.without_kept_data():
            bases[SHIPPED] = incoming.scenario.without_kept_data()
    return bases


def _show_preview(incoming: Incoming, ways: dict[str, Scenario], file: str, mark: str, language: Language) -> None:
    """Show what the file would change, and the button that applies it; `mark` identifies this upload."""
    say = language.say
    show_text(kind_text(incoming))
    way = _chosen_way(ways, language)
    shown, scenario = session.state().scenario, ways[way]
    before, after = session.plan(), session.plan_of(scenario)
    changes = differences(shown, scenario)
    cells = list(incoming.places.values())
    general = [notice for notice in incoming.notices if notice.place not in cells]
    _show_notices(notice_lines(general), ":material/info:", language)
    if changes:
        show_text(import_effect_text(before, after))
        if incoming.source is FileKind.CATALOGUE:
            _show_catalogue_effect(before.case, after.case)
        table = _changed_in(incoming, scenario, changes, after.case)
        title = say("What {file} changes", file=file)
        show_table(table, title, scrolls=True)
        _show_hints(notice_lines([notice for notice in incoming.notices if notice.place in cells]), language)
    elif not incoming.count_left_out:
        text = say("The plan matches the file: there is nothing left to import.")
        st.success(plain(text), icon=":material/check_circle:")
    lines = notice_lines(incoming.left_out)
    _show_notices(lines, ":material/block:", language, incoming.count_left_out)
    if changes:
        st.button(
            say("Apply the changes") if way == ONTO else say("Open it instead of this plan"),
            key="incoming:apply",
            icon=":material/check:",
            help=say("One change, which you can undo."),
            on_click=widgets.pressed(partial(_apply, incoming, scenario, mark, language, is_whole=way != ONTO)),
        )


def _changed_in(incoming: Incoming, scenario: Scenario, changes: Sequence[FieldChange], after: Case) -> Table:
    """Return what the file would change as a table; bookings by month, with their sums."""
    if incoming.source is FileKind.CATALOGUE:
        return catalogue_table(session.plan().case, after)
    if incoming.source is not FileKind.BOOKINGS:
        return changes_table(changes, after)
    before = session.state().scenario.status.bookings
    return booking_changes_table(before, scenario.status.bookings, task_names(after.model))


def _show_catalogue_effect(before: Case, after: Case) -> None:
    """Show what each group of changes does to money and days."""
    cases = {PLAN: before, FROM_FILE: after}
    comparison = compared_now(session.workspace(), session.state(), cases)
    if comparison is not None:
        show_lines(catalogue_effect(comparison))


def _chosen_way(ways: dict[str, Scenario], language: Language) -> str:
    say = language.say
    names = {
        ONTO: say("Put its changes into this plan"),
        IN_PLACE: say("Open its own plan, with its changes"),
        SHIPPED: say("Open it with the prices and tasks of this program"),
    }
    if SHIPPED in ways:
        names[IN_PLACE] = say("Open it with its own prices and tasks")
    if len(ways) == 1:
        return next(iter(ways))
    way: str = st.radio(
        say("How is it used?"), list(ways), format_func=lambda way: plain(names[way]), key="incoming:way"
    )
    return way


def _show_hints(lines: Sequence[Words], language: Language) -> None:
    """Show remarks on single changes, in grey: they go once the changes are applied."""
    for line in lines[:MOST_NOTES]:
        show_caption(line)
    if len(lines) > MOST_NOTES:
        show_caption(language.say("and {n} more", n=language.number(len(lines) - MOST_NOTES)))


def _show_notices(lines: Sequence[Words], icon: str, language: Language, count: int = 0) -> None:
    """Show what the reader should know, or what cannot be imported; many notices are folded into a list.

    `count` is their number if it is larger than that of the lines.
    """
    if len(lines) <= MOST_NOTES:
        for line in lines:
            st.warning(plain(line), icon=icon)
        return
    count = max(count, len(lines))
    title = language.plural("{n} entry cannot be imported", "{n} entries cannot be imported", count)
    with st.expander(plain(title), icon=icon):
        for line in lines[:MOST_LISTED]:
            st.markdown(f"- {plain(line)}")
        if count > MOST_LISTED:
            show_caption(language.say("and {n} more", n=language.number(count - MOST_LISTED)))


def _apply(incoming: Incoming, scenario: Scenario, mark: str, language: Language, *, is_whole: bool) -> None:
    """Apply a file, as changes or as a whole plan, and confirm it.

    The file is not compared again with the plan that it has changed, unless the changes are undone.
    """
    before = session.state().scenario
    if session.replace_plan(scenario) if is_whole else session.change(incoming.edits):
        if incoming.scenario is None:
            tab.this_tab().imported[mark] = before
        text = language.say("Imported: the file is in the plan. You can undo this.")
        st.toast(plain(text), icon=":material/check:")
