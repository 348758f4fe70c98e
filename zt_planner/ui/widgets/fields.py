"""Fields for texts, numbers and days, which keep refused input until it is corrected.

Laws: refused input (too long, unreadable, out of bounds, or typed when nobody may change the plan) changes nothing and
stays in its field with the reason below it; that of a number or a day until its value changes. So no field has
`max_chars`: a browser silently drops what is pasted beyond it. Messages below a field are in a container that is always
there: the browser would redraw a row or a form that moves, without what is being typed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zt_planner.domain import units
from zt_planner.domain.scenario.declared import unit_of
from zt_planner.entries import Entry
from zt_planner.errors import InputRefused
from zt_planner.language import Labelled, Language, Words, sentences
from zt_planner.topics.error_texts import explain
from zt_planner.topics.inputs.fields import field_label
from zt_planner.ui.components.forms import Refuse
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.web.loading import component
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.state.drafts import FieldDraft
from zt_planner.ui.state.tab import own_key

NOTES_HEIGHT = 160
BARE_WIDTH = 80
"""Pixels of a field next to a slider."""
field_row = partial(st.container, horizontal=True, wrap=False, vertical_alignment="bottom", gap="small")
"""A field in one row with its slider or calendar."""
_calendar = component("day")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its value, and the function that accepts input.

    With an `entry` it is a field for a number or a day: `take` gets that, or None from an empty field that may be
    empty. Without, `take` gets the text, and a function to call with the reason if it refuses the text. A field
    `in_form` is read when the form is sent.
    """

    label: str
    key: str
    value: str | Decimal | int | date | None
    take: Callable[..., object]
    language: Language
    help: str = ""
    may_change: bool = True
    entry: Entry | None = None
    may_be_empty: bool = False
    in_form: bool = False

    def show(self, placeholder: str = "") -> None:
        """Draw a one-line field, and below it why its text is refused."""
        self.explain(self.draw(placeholder))

    def draw(self, placeholder: str = "", spoken: str = "") -> FieldDraft | None:
        """Draw the field, with a label for screen readers only if that is `spoken`; return its refused text."""
        draft, is_day = self._draft(), self.entry is not None and self.entry.unit is units.DAY
        with field_row(gap="xsmall") if is_day else nullcontext():
            st.text_input(
                plain(spoken or self.label),
                "" if self.in_form else self._shown(draft),
                key=self.key,
                help=plain(self.help),
                placeholder=_day_hint(self.language) if is_day else placeholder,
                label_visibility="collapsed" if spoken else "visible",
                autocomplete=None if self.entry is None else "off",
                width=BARE_WIDTH if spoken else "stretch",
                disabled=self._is_fixed(draft),
                on_change=None if self.in_form else widgets.edited(self.key, self._take),
            )
            if self.entry is not None and is_day:
                self._show_calendar(self.entry)
        return draft

    def _show_calendar(self, entry: Entry) -> None:
        key = f"calendar:{self.key}"
        data = {
            "name": self.language.labelled(self.label, self.language.say("choose a day")),
            "day": self.value.isoformat() if isinstance(self.value, date) else "",
            "first": entry.least.isoformat(),
            "last": entry.most.isoformat(),
            "needs_one": not self.may_be_empty,
            "fixed": not self.may_change,
        }

        def take_chosen(values: dict[str, Any]) -> None:
            day = _chosen_day(values)
            if day is not None and self.in_form:
                st.session_state[self.key] = self.language.typed_day(date.fromisoformat(day)) if day else ""
            elif day is not None:
                self._take(day)

        _calendar(key=key, data=data, width="content", on_day_change=widgets.sent(key, take_chosen))

    def show_lines(self) -> None:
        """Draw a multi-line field, and below it why its text is refused."""
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
        """Say why the text is refused and which value applies until then, or offer to discard the text.

        Returns the container below the field.
        """
        below = st.container()
        if draft is not None:
            with below:
                self._explain(draft)
        return below

    def _explain(self, draft: FieldDraft) -> None:
        say, why = self.language.say, explain(draft.refused)
        if self.entry is None:
            parts: tuple[Words, ...] = (*why, say("What you typed is kept here only."))
        else:
            holds = say("Until then, {value} applies.", value=self._written) if self._written else ""
            parts = (Labelled(self.label), *why, holds)
        with st.container(key=f"refused:{self.key}"):  # the page's script identifies the field by this key
            st.error(plain(sentences(*parts)), icon=":material/block:")
        if self.entry is None:
            st.button(
                say("Discard what I typed"),
                key=f"drop:{self.key}",
                icon=":material/undo:",
                on_click=widgets.pressed(drafts.forget, self.key),
            )

    def _draft(self) -> FieldDraft | None:
        """Return the refused text; for a number with the reason in the reader's language."""
        draft = drafts.draft_of(self.key, drafts.FieldDraft)
        if draft is None or self.entry is None:
            return draft
        if drafts.value_beside(self.key, draft, self.value) != self.value:
            drafts.forget(self.key)
            return None
        refused = self.entry.refusal(draft.text, self.language)
        return None if refused is None else replace(draft, refused=refused)

    def _shown(self, draft: FieldDraft | None) -> str:
        return widgets.show_value(self.key, self._written if draft is None else draft.text)

    @property
    def _written(self) -> str:
        if self.value is None or isinstance(self.value, str) or self.entry is None:
            return str(self.value or "")
        return self.entry.written(self.value, self.language)

    def _is_fixed(self, draft: FieldDraft | None) -> bool:
        """Tell whether the field is disabled; never while it holds a draft, which Streamlit would discard."""
        return not self.may_change and draft is None

    def _take(self, text: str) -> None:
        drafts.forget(self.key)
        refuse = partial(drafts.keep_text, self.key, text)
        if self.entry is None:
            self.take(text, refuse)
        elif text.strip():
            try:
                number = self.entry.read(text, self.language)
            except InputRefused as refused:
                refuse(refused)
            else:
                self.take(number)
        elif self.may_be_empty:
            self.take(None)


def _chosen_day(values: dict[str, Any]) -> str | None:
    """Return the day that the browser's calendar sends, in ISO, empty for none; None for anything else."""
    with suppress(AttributeError, KeyError, TypeError, ValueError):
        day = values[""]["day"]["chosen"]
        return date.fromisoformat(day).isoformat() if day else ""
    return None


def _day_hint(language: Language) -> str:
    """Return the placeholder of a day: `dd/mm/yyyy`."""
    day, month, year = language.say("dd mm yyyy").split()
    return language.date_format.replace("DD", day).replace("MM", month).replace("YYYY", year)


def name_of(path: str, language: Language) -> str:
    """Return what a control of the scenario is called: like its field, a share with its percent sign."""
    name = language.write(field_label(path))
    return language.say("{field}, %", field=name) if unit_of(path) is units.SHARE else name


def scenario_text(path: str, value: str, language: Language) -> Field:
    def take(text: str, refuse: Refuse) -> None:
        session.change({path: text}, refuse)

    return Field(name_of(path, language), own_key(path), value, take, language, may_change=session.may_change())
