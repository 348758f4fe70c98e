"""The notes of a session: to write in for owners and editors, to read for viewers where the rules allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.session import NOTES_LENGTH
from zt_planner.topics.inputs.field_names import NOTES
from zt_planner.ui.state import session
from zt_planner.ui.widgets.fields import Field

if TYPE_CHECKING:
    from zt_planner.language import Language
    from zt_planner.ui.components.forms import Refuse


def draw(language: Language) -> None:
    """Draw the notes, to write in or to read; nothing for whom they are hidden from."""
    shown, say = session.state(), language.say
    if shown.seat is None or not shown.seat.sees_notes:
        return
    st.header(say("Notes"))
    if not shown.seat.participant.role.may_change:
        st.text(shown.notes or say("There are no notes."))
        return
    about = say(
        "Owners and editors can read and write notes; viewers can read them if the rules allow it. At "
        "most {most} characters.",
        most=language.number(NOTES_LENGTH),
    )
    title = say("Notes on this session")
    Field(title, NOTES, shown.notes, write, language, about, shown.may_change).show_lines()


def write(notes: str, refuse: Refuse) -> None:
    """Keep notes as they were written, with what others have written since."""
    session.attempt(lambda state: session.workspace().set_notes(state, notes), refuse, {NOTES: notes})
