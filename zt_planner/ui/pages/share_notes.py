"""The notes of a session: to write in for owners and editors, to read for viewers where the rules allow it.

Law: what is written and not taken, as it is too long or as nobody may change
it now, stays in its field, with the reason below it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.session import NOTES_LENGTH
from zt_planner.reports.faults import explain
from zt_planner.reports.fields import NOTES
from zt_planner.ui import drafts, session, widgets
from zt_planner.ui.markdown import plain

if TYPE_CHECKING:
    from zt_planner.language import Language
    from zt_planner.ui.drafts import NotesDraft

HEIGHT = 160


def draw(language: Language) -> None:
    """Draw the notes, to write in or to read; nothing for whom they are hidden from."""
    shown, say = session.state(), language.say
    if shown.seat is None or not shown.seat.sees_notes:
        return
    st.header(say("Notes"))
    if not shown.seat.participant.role.may_change:
        st.text(shown.notes or say("There are no notes."))
        return
    draft = drafts.notes_draft()
    # No `max_chars`: a browser drops without a word what is pasted beyond it. Not disabled while a draft stands there:
    # Streamlit takes a disabled field's text away.
    st.text_area(
        say("Notes on this session"),
        widgets.show_value(NOTES, shown.notes if draft is None else draft.text),
        key=NOTES,
        height=HEIGHT,
        help=say(
            "Owners and editors read and write them; viewers as the rules say. At most {most} characters.",
            most=language.number(NOTES_LENGTH),
        ),
        disabled=not shown.may_change and draft is None,
        on_change=lambda: widgets.when_edited(NOTES, partial(write, str(widgets.shown_value(NOTES)))),
    )
    if draft is not None:
        show_refusal(draft, language)


def write(notes: str) -> None:
    """Keep notes as they were written, with what others have written since, or as a draft beside those that stand."""
    drafts.forget_notes()
    session.attempt(
        lambda state: session.workspace().set_notes(state, notes),
        refuse=partial(drafts.keep_notes, notes),
    )


def show_refusal(draft: NotesDraft, language: Language) -> None:
    """Say why what was written is not taken, and offer the notes that stand in its place."""
    why = " ".join(explain(draft.refused, language))
    holds = language.say("What you wrote stands here only; the others see the notes as they were before.")
    st.error(plain(f"{why} {holds}"), icon=":material/block:")
    st.button(language.say("Drop what I typed"), key="drop_notes", icon=":material/undo:", on_click=drafts.forget_notes)
