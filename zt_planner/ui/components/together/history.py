"""Undo, redo, and notices about own values that others overwrote.

Laws: a viewer sees none of it; a button names the change that it undoes or redoes, or says why it is disabled; a notice
about an overwritten value goes once it is dismissed, the value is restored, the field is changed again or some minutes
have passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st

from zt_planner.domain.scenario.declared import UNSHOWN
from zt_planner.domain.scenario.fields import NOTES
from zt_planner.domain.session import Event, EventKind, FieldChange, Participant
from zt_planner.domain.variants import is_mark
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import StoreError, msgid
from zt_planner.language import Language, Text, Words
from zt_planner.topics.direction import ended
from zt_planner.topics.inputs.fields import cut
from zt_planner.topics.record.minutes_words import MinutesWords, changes_text, taken_back_by
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.record.session import visibility_of
from zt_planner.topics.task_words import task_names as names_of_tasks
from zt_planner.topics.view import any_view
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.sharing.record import Overwritten, has_been_set_by_others, next_reverted, overwritten

NOTICED_FOR = timedelta(minutes=10)
"""How long an overwritten value is announced; later it is in the record only."""
MOST_NOTICES = 3
TOOLTIP_LENGTH = 120
STEPS = {
    EventKind.UNDO: (msgid("Undo"), ":material/undo:"),
    EventKind.REDO: (msgid("Redo"), ":material/redo:"),
}


def reader_zone() -> tzinfo:
    """Return the time zone that the reader's browser reports, else UTC."""
    named = st.context.timezone
    try:
        return ZoneInfo(named) if named else UTC
    except (KeyError, ValueError, OSError):  # a browser can report anything
        return UTC


def shown_task_names(language: Language) -> dict[str, str]:
    """Return the names of the tasks of the shown plan, by id."""
    return {key: language.write(name) for key, name in names_of_tasks(session.plan().case.model).items()}


def words_of(language: Language, zone: tzinfo, people: tuple[Participant, ...] = ()) -> MinutesWords:
    """Return what is needed to write changes of the shown plan."""
    return MinutesWords(any_view(session.plan(), language), zone, people)


def record_words(language: Language) -> MinutesWords:
    """Return what is needed to write the record; raise StoreError if the names cannot be read."""
    people = session.query_once(session.workspace().people.everyone_ever)
    return words_of(language, reader_zone(), people)


def events() -> Sequence[Event]:
    """Return the events of the plan on the page; none while the store is unavailable (the page says so elsewhere)."""
    return session.query_once_or(read_events, ())


def read_events(shown: State) -> Sequence[Event]:
    """Return the events of a plan up to its revision; raise StoreError."""
    return session.workspace().events(shown)[: shown.number]


def seen() -> Sequence[Event]:
    """Return the events that the reader may see; none while the store is unavailable."""
    seat = session.state().seat
    return () if seat is None else seen_events(events(), visibility_of(seat))


def plan_at(number: int, without: tuple[FieldChange, ...], letter: str) -> AnyPlan | None:
    """Return the plan or a variant of a revision, with changes taken back, as computed today; None if unreadable."""
    workspace = session.workspace()
    return session.query_or(lambda shown: session.plan_of(workspace.scenario_at(shown, number, without, letter)), None)


def show_step_buttons(language: Language) -> tuple[str, ...]:
    """Draw undo and redo of one's own changes; return why an undo or redo with something to do is blocked.

    A tooltip does not reach who has no mouse, so that the page says it, too.
    """
    state = session.state()
    if not state.may_change:
        return ()
    done, in_the_way = events(), []
    for kind, (name, icon) in STEPS.items():
        label = language.say(name)
        event = None if state.me is None else next_reverted(done, state.me.id, kind, state.values)
        others = None if event is not None else _others_in_the_way(done, kind, language)
        if others is not None:
            in_the_way.append(language.labelled(label, others))
        why = (
            others or _nothing_to_do(kind, language)
            if event is None
            else language.labelled(label, _step_text(event, language))
        )
        st.button(
            plain(label),
            key=f"step:{kind}",
            icon=icon,
            help=plain(why),
            disabled=event is None,
            on_click=widgets.pressed(_take_step, kind),
        )
    return tuple(in_the_way)


def _take_step(kind: EventKind) -> None:
    workspace = session.workspace()
    session.attempt(workspace.undo if kind is EventKind.UNDO else workspace.redo)


def _step_text(event: Event, language: Language) -> str:
    """Name the change that an undo takes back or a redo repeats."""
    words = words_of(language, UTC)
    changes = taken_back_by(event.changes) if event.kind is EventKind.UNDO else event.changes
    return ended(cut(language.write(changes_text(changes, words, 2)), TOOLTIP_LENGTH))


def _others_in_the_way(done: Sequence[Event], kind: EventKind, language: Language) -> str | None:
    """Say that others have changed what one could undo or redo; None unless they have."""
    me = session.state().me
    if me is None or not has_been_set_by_others(done, me.id, kind):
        return None
    return language.say("Others have changed this since. Enter the value you want.")


def _nothing_to_do(kind: EventKind, language: Language) -> str:
    if kind is EventKind.UNDO:
        return language.say("Nothing to undo. Undo covers your own changes only.")
    return language.say("Nothing to redo.")


def show_overwritten(language: Language) -> None:
    """Show which own values others have overwritten at the same time, and offer to restore them."""
    state = session.state()
    if state.me is None or not state.may_change:
        return
    done, since = events(), datetime.now(UTC) - NOTICED_FOR
    recent = {event.number for event in done if event.at > since}
    lost_values = overwritten(done, state.me.id)
    news = [
        lost for lost in lost_values if lost.number in recent and lost.path not in UNSHOWN and not is_mark(lost.path)
    ]
    shown = [lost for lost in news if _notice_id(lost) not in this_tab().dismissed]
    if shown:
        try:
            words = record_words(language)
        except StoreError:
            return
        for lost in shown[-MOST_NOTICES:]:
            _show_notice(lost, words)


def _notice_id(lost: Overwritten) -> str:
    return f"{lost.path}:{lost.number}"


def _show_notice(lost: Overwritten, words: MinutesWords) -> None:
    say, mark = words.language.say, _notice_id(lost)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"lost:{mark}"):
        st.markdown(plain(_notice_text(lost, words)), width="stretch")
        st.button(
            say("Restore mine"),
            key=f"mine:{mark}",
            icon=":material/undo:",
            on_click=widgets.pressed(session.change, {lost.path: lost.mine}),
        )
        st.button(
            say("Leave it"),
            key=f"leave:{mark}",
            type="tertiary",
            on_click=widgets.pressed(this_tab().dismissed.add, mark),
        )


def _notice_text(lost: Overwritten, words: MinutesWords) -> Words:
    """Say who set the field, to what, and what one's own value was."""
    field = words.label_of(lost.path)
    if lost.path == NOTES:
        return Text("{name} rewrote the notes at the same time as you.", name=words.who(lost.by))
    mine, theirs = (words.value_of(lost.path, value) for value in (lost.mine, lost.theirs))
    return Text(
        "{name} set {field} to {theirs}; yours was {mine}.",
        name=words.who(lost.by),
        field=field,
        theirs=theirs,
        mine=mine,
    )
