"""Text and number fields that keep refused input until it is corrected.

Laws: what is refused, as it is too long, cannot be read, lies beyond the bounds or
comes when nobody may change it, changes nothing and stays in its field, with the
reason below it; of a number, until another one stands there. So no field has
`max_chars`: a browser drops without a word what is pasted beyond it. What comes and
goes below a field stands in a container that is always there: a row or a form that
moved up or down would be drawn anew by the browser, without what is being typed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.errors import NumberRefused
from zt_planner.reports.words.error_texts import explain
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.state.tab import own_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from streamlit.delta_generator import DeltaGenerator

    from zt_planner.language import Language
    from zt_planner.reports.words.number_forms import NumberForm
    from zt_planner.ui.components.forms import Refuse
    from zt_planner.ui.state.drafts import FieldDraft

NOTES_HEIGHT = 160
BARE_WIDTH = 80
"""Pixels of a field beside a slider."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its value, and the function that accepts input.

    With a `form` it is one for a number: `take` gets the number, or None when it may be empty and is. Without,
    `take` gets the text, and a function that it calls with the reason where it refuses the text.
    """

    label: str
    key: str
    stands: str | Decimal | int | None
    take: Callable[..., object]
    language: Language
    help: str = ""
    may_change: bool = True
    form: NumberForm | None = None
    may_be_empty: bool = False

    def show(self, placeholder: str = "") -> None:
        """Draw a one-line field, and below it the reason if its text is refused."""
        self.explain(self.draw(placeholder))

    def draw(self, placeholder: str = "", spoken: str = "") -> FieldDraft | None:
        """Draw the field, without a visible label if it is for screen readers only; return its refused text."""
        draft = self._draft()
        st.text_input(
            plain(spoken or self.label),
            self._shown(draft),
            key=self.key,
            help=plain(self.help),
            placeholder=placeholder,
            label_visibility="collapsed" if spoken else "visible",
            autocomplete=None if self.form is None else "off",
            width=BARE_WIDTH if spoken else "stretch",
            disabled=self._is_fixed(draft),
            on_change=widgets.edited(self.key, self._take),
        )
        return draft

    def show_lines(self) -> None:
        """Draw a multi-line field, and below it the reason if its text is refused."""
        draft = self._draft()
        st.text_area(
            plain(self.label),
            self._shown(draft),
            key=self.key,
            help=plain(self.help),
            height=NOTES_HEIGHT,
            disabled=self._is_fixed(draft),
            on_change=widgets.edited(self.key, self._take),
        )
        self.explain(draft)

    def explain(self, draft: FieldDraft | None) -> DeltaGenerator:
        """Say why the text is refused and which value applies until then, or offer the current value.

        Returns the container below the field.
        """
        below = st.container()
        if draft is not None:
            with below:
                self._explain(draft)
        return below

    def _explain(self, draft: FieldDraft) -> None:
        say, why = self.language.say, explain(draft.refused, self.language)
        if self.form is None:
            parts: tuple[str, ...] = (*why, say("What you typed is kept here only."))
        else:
            holds = say("Until then, {value} applies.", value=self._written) if self._written else ""
            parts = (self.language.labelled(self.label), *why, holds)
        with st.container(key=f"refused:{self.key}"):  # by its key the page's script finds the field
            st.error(plain(" ".join(parts).strip()), icon=":material/block:")
        if self.form is None:
            st.button(
                say("Discard what I typed"),
                key=f"drop:{self.key}",
                icon=":material/undo:",
                on_click=widgets.pressed(drafts.forget, self.key),
            )

    def _draft(self) -> FieldDraft | None:
        """Return the refused text; for a number with the reason, in the reader's language."""
        draft = drafts.kept(self.key, drafts.FieldDraft)
        if draft is None or self.form is None:
            return draft
        if drafts.stands_beside(self.key, draft, self.stands) != self.stands:
            drafts.forget(self.key)
            return None
        refused = self.form.refusal(draft.text, self.language)
        return None if refused is None else replace(draft, refused=refused)

    def _shown(self, draft: FieldDraft | None) -> str:
        return widgets.show_value(self.key, self._written if draft is None else draft.text)

    @property
    def _written(self) -> str:
        if self.stands is None or isinstance(self.stands, str) or self.form is None:
            return str(self.stands or "")
        return self.form.written(self.stands, self.language)

    def _is_fixed(self, draft: FieldDraft | None) -> bool:
        """Return whether the field is disabled; never while it holds a draft, which Streamlit would discard."""
        return not self.may_change and draft is None

    def _take(self, text: str) -> None:
        drafts.forget(self.key)
        refuse = partial(drafts.keep_text, self.key, text)
        if self.form is None:
            self.take(text, refuse)
        elif text.strip():
            try:
                number = self.form.read(text, self.language)
            except NumberRefused as refused:
                refuse(refused)
            else:
                self.take(number)
        elif self.may_be_empty:
            self.take(None)


def scenario_text(label: str, path: str, stands: str, language: Language) -> Field:
    """Return the field for a text of the scenario."""

    def take(text: str, refuse: Refuse) -> None:
        session.change({path: text}, refuse)

    return Field(label, own_key(path), stands, take, language, may_change=session.may_change())
