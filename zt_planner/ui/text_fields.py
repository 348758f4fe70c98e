"""Texts that people write: names and notes, each in a field that keeps what was typed until it is taken.

Law: what is not taken, as it is too long, cannot be shown or comes when nobody
may change it, stays in its field, with the reason below it. So no field has
`max_chars`: a browser drops without a word what is pasted beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from zt_planner.reports.faults import explain
from zt_planner.ui import drafts, session, widgets
from zt_planner.ui.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.language import Language
    from zt_planner.ui.forms import Refuse
    from zt_planner.ui.typed import TextDraft

Take: TypeAlias = "Callable[[str, Refuse], object]"
NOTES_HEIGHT = 160


@dataclass(frozen=True, slots=True)
class TextField:
    """A field for a text: what stands in it, and what takes a text that is typed, or says why it is refused."""

    key: str
    stands: str
    take: Take
    may_change: bool = True

    def line(self, label: str, language: Language, *, help: str = "", placeholder: str = "") -> None:  # noqa: A002
        """Draw a field of one line, and below it why what stands there is not taken."""
        draft = drafts.text_draft(self.key)
        st.text_input(
            plain(label),
            self._shown(draft),
            key=self.key,
            help=plain(help),
            placeholder=placeholder,
            disabled=self._is_fixed(draft),
            on_change=widgets.edited(self.key, self._take),
        )
        if draft is not None:
            self._explain(draft, language)

    def lines(self, label: str, language: Language, *, help: str = "") -> None:  # noqa: A002
        """Draw a field of several lines, and below it why what stands there is not taken."""
        draft = drafts.text_draft(self.key)
        st.text_area(
            plain(label),
            self._shown(draft),
            key=self.key,
            help=plain(help),
            height=NOTES_HEIGHT,
            disabled=self._is_fixed(draft),
            on_change=widgets.edited(self.key, self._take),
        )
        if draft is not None:
            self._explain(draft, language)

    def _shown(self, draft: TextDraft | None) -> str:
        return widgets.show_value(self.key, self.stands if draft is None else draft.text)

    def _is_fixed(self, draft: TextDraft | None) -> bool:
        """Tell whether nothing can be typed; never while a draft stands there, which Streamlit would take away."""
        return not self.may_change and draft is None

    def _take(self, text: str) -> None:
        drafts.forget_text(self.key)
        self.take(text, partial(drafts.keep_text, self.key, text))

    def _explain(self, draft: TextDraft, language: Language) -> None:
        """Say why a text is not taken, and offer what stands in its place."""
        kept = language.say("What you typed is kept here only.")
        st.error(plain(" ".join((*explain(draft.refused, language), kept))), icon=":material/block:")
        st.button(
            language.say("Drop what I typed"),
            key=f"drop:{self.key}",
            icon=":material/undo:",
            on_click=widgets.pressed(drafts.forget_text, self.key),
        )


def scenario_text(path: str, stands: str) -> TextField:
    """Return the field for a text of the scenario."""
    return TextField(
        path,
        stands,
        lambda text, refuse: session.change({path: text}, refuse),
        session.may_change(),
    )
