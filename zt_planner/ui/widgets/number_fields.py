"""Number fields of the scenario, in the reader's number format (`fields`), with a slider beside them.

The field is a text, as Streamlit's own number field reads English numbers only
(ADR 0023). Law: nothing is clipped to a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zt_planner.domain import units
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Company
from zt_planner.domain.units import Unit
from zt_planner.engine.costing.trust import Mark
from zt_planner.entries import Entry, entry_at
from zt_planner.errors import msgid
from zt_planner.language import Language
from zt_planner.topics.badges import badges
from zt_planner.topics.inputs.controls import ShownPrice
from zt_planner.topics.inputs.fields import field_label
from zt_planner.ui.components.elements import badge_text, show_refused
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import own_key
from zt_planner.ui.widgets.fields import Field, field_row, name_of


@dataclass(frozen=True, slots=True)
class Scale:
    """How a slider shows a number: its range and step, of a share in whole per cent, and its unit."""

    lowest: float
    highest: float
    step: float
    unit: Unit = units.COUNT

    @property
    def is_share(self) -> bool:
        return self.unit is units.SHARE

    @property
    def is_whole(self) -> bool:
        """Whole numbers stay whole on the way through a slider."""
        return self.is_share or not self.unit.places.tables

    def shown(self, value: Decimal | int) -> float | int:
        """Return a field's value as its slider holds it."""
        number = Decimal(value * self.unit.factor)
        return int(rounded(number, 0)) if self.is_whole else float(number)

    def kept(self, value: float) -> Decimal | int:
        """Return a slider's value as its field holds it."""
        number = Decimal(str(value)) / self.unit.factor
        return int(number) if self.is_whole and not self.is_share else number

    def format_in(self, language: Language) -> str:
        """Return the format; with decimals the browser's own where that is the reader's language."""
        if self.is_share:
            return language.percent(Decimal(1)).replace("%", "%%").replace("100", "%d")
        is_own = (st.context.locale or "").startswith(language.code)
        if self.is_whole:
            return "%d"
        return "localized" if is_own else f"%.{self.unit.places.tables}f"


PEOPLE = Scale(50, 500, 1)
MONTHS = Scale(6, 12, 1)
DAYS_A_WEEK = Scale(0.25, 10, 0.25, units.DAYS_A_WEEK)
PERCENT = Scale(0, 100, 5, units.SHARE)
LICENCE_PRICE = Scale(0, 60, 0.5, units.MONEY)
MONITORING_PRICE = Scale(0, 5000, 50, units.MONEY)
ENDPOINT_PRICE = Scale(0, 60, 0.5, units.MONEY)
RISE = Scale(-20, 50, 1, units.SHARE)
DAY_RATE = Scale(500, 2000, 10, units.MONEY)


def number(
    path: str,
    value: Decimal | int,
    scale: Scale,
    language: Language,
    *,
    label: str = "",
    help: str = "",  # noqa: A002 - Streamlit's own word
) -> DeltaGenerator:
    """Draw a slider with its number field; both set the same field of the scenario. Returns the container below.

    Both are called like the field, unless there is another label.
    """
    name, shown = label or language.write(field_label(path)), label or name_of(path, language)
    unit = msgid("{field}, in percent") if scale.is_share else msgid("{field}, as a number")
    field = _scenario_number(path, f"{path}:field", value, language, label=shown)
    with field_row():
        _slider(shown, path, f"{path}:slider", scale, scale.shown(value), language, help=help)
        draft = field.draw(spoken=language.say(unit, field=name))
    return field.explain(draft)


def lever(path: str, value: Decimal | int, scale: Scale, language: Language) -> None:
    """Draw a second slider of a number, without its field: on a telephone it stands beside what it moves."""
    _slider(name_of(path, language), path, f"{path}:lever", scale, scale.shown(value), language, help="")


def _slider(
    label: str,
    path: str,
    key: str,
    scale: Scale,
    shown: float,
    language: Language,
    *,
    help: str,  # noqa: A002 - Streamlit's own word
) -> None:
    """Draw the slider; its range includes the value."""
    key = own_key(key)
    kind = int if scale.is_whole else float
    st.slider(
        plain(label),
        kind(min(scale.lowest, shown)),
        kind(max(scale.highest, shown)),
        widgets.show_value(key, shown),
        step=kind(scale.step),
        format=scale.format_in(language),
        key=key,
        help=plain(help),
        disabled=not session.may_change(),
        on_change=widgets.edited(key, lambda moved: session.change({path: scale.kept(moved)})),
    )


def whole_number(path: str, value: int, language: Language, highest: int | None = None, *, help: str = "") -> None:  # noqa: A002 - Streamlit's own word
    """Draw a field for a whole number; `highest` is a bound that another field sets."""
    _scenario_number(path, path, value, language, highest, help=help).show()


def decimal_number(
    path: str,
    value: Decimal | None,
    language: Language,
    *,
    label: str = "",
    help: str = "",  # noqa: A002 - Streamlit's own word
    may_be_empty: bool = False,
    is_second: bool = False,
) -> None:
    """Draw a field for a decimal number; where it may be empty, its field of the scenario has no value then.

    A second field stands on a page for a number that the sidebar has as well.
    """
    key = f"copy:{path}" if is_second else path
    _scenario_number(path, key, value, language, label=label, help=help, may_be_empty=may_be_empty).show()


def full_time_equivalents(company: Company, language: Language, *, is_second: bool = False) -> None:
    """Draw the field for what the law counts, in the sidebar or on the page about the law."""
    given = company.full_time_equivalents
    decimal_number(
        "company.full_time_equivalents",
        Decimal(company.employees) if given is None else given,
        language,
        may_be_empty=True,
        help=language.say(
            "What the law counts: people by their share of a full-time year, those of linked companies included "
            "(Recommendation 2003/361/EC). Leave empty if they are as many as the people of the company."
        ),
        is_second=is_second,
    )


def _scenario_number(
    path: str,
    key: str,
    value: Decimal | int | None,
    language: Language,
    highest: int | None = None,
    *,
    label: str = "",
    **more: Any,  # noqa: ANN401 - as in `Field`
) -> Field:
    entry = entry_at(path, highest)
    return Field(
        label or name_of(path, language),
        own_key(key),
        value,
        lambda number: session.change({path: number}),
        language,
        entry=entry,
        may_change=session.may_change(),
        **more,
    )


def form_entry(
    question: str,
    key: str,
    entry: Entry,
    value: str,
    language: Language,
    *,
    placeholder: str = "",
    help: str = "",  # noqa: A002 - Streamlit's own word
) -> None:
    """Ask in a form for a number, beginning with a text; say below it why an answer is refused, an empty one apart.

    One that begins empty may be left so.
    """
    text = st.text_input(plain(question), value, key=key, placeholder=placeholder, autocomplete="off", help=plain(help))
    refused = entry.refusal(text, language) if value or text.strip() else None
    show_refused([] if refused is None else [refused])


def price(
    label: str,
    shown: ShownPrice,
    scale: Scale,
    language: Language,
    *,
    help: str = "",  # noqa: A002 - Streamlit's own word
    name: str = "",
) -> None:
    """Draw a price with its number field, and below it whose price it is."""
    with number(shown.path, shown.amount, scale, language, label=label, help=help):
        whose_price(shown, language, name)


def whose_price(shown: ShownPrice, language: Language, name: str = "") -> None:
    """Name the product of a price, mark what is to be known about it, and of an own one offer the book's again."""
    words = badges([mark for mark in shown.marks if mark is not Mark.OWN])  # the button says that it is own
    below = " ".join((plain(name), *map(badge_text, words)))
    if below.strip():
        st.caption(below)
    if shown.is_own:
        st.button(
            language.say("Own price: back to price book"),
            key=f"reset:{shown.price_id}",
            type="tertiary",
            icon=":material/undo:",
            disabled=not session.may_change(),
            on_click=widgets.pressed(session.change, dict.fromkeys(shown.own_fields)),
        )
