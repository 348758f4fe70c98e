"""Inputs that belong to a field of the scenario: a slider with a number field, a choice, a date, a switch.

A control shows the scenario's value and reports a change by the field's dotted
path. It keeps no value of its own and no bounds: those are the field's. Whoever
may not change the plan sees every control and can move none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.domain.price_book import Capability
from zt_planner.reports.controls import bounds_of, days_of
from zt_planner.reports.words import NOT_YET, product_name
from zt_planner.ui import session

if TYPE_CHECKING:
    from datetime import date
    from enum import StrEnum

    from zt_planner.language import Language
    from zt_planner.reports.controls import ShownPrice


@dataclass(frozen=True, slots=True)
class Scale:
    """How a number is shown: its slider's range, step and format.

    `factor` is what a share is multiplied with to become a percentage.
    """

    lowest: float
    highest: float
    step: float
    format: str = "%d"
    factor: int = 1

    @property
    def is_whole(self) -> bool:
        """Whole numbers stay whole on the way through a widget."""
        return "d" in self.format

    def shown(self, value: Decimal | int) -> float | int:
        """Return a field's value as its widgets hold it."""
        number = value * self.factor
        return round(number) if self.is_whole else float(number)

    def kept(self, value: float) -> Decimal | int:
        """Return a widget's value as its field holds it."""
        number = Decimal(str(value)) / self.factor
        return int(number) if self.is_whole and self.factor == 1 else number


PEOPLE = Scale(50, 500, 1)
MONTHS = Scale(6, 12, 1)
DAYS_A_WEEK = Scale(0.25, 10, 0.25, "%.2f")
PERCENT = Scale(0, 100, 5, "%d%%", 100)
LICENCE_PRICE = Scale(0, 60, 0.5, "%.2f")
MONITORING_PRICE = Scale(0, 5000, 50, "%.2f")
ENDPOINT_PRICE = Scale(0, 60, 0.5, "%.2f")
RISE = Scale(-20, 50, 1, "%.1f%%", 100)
DAY_RATE = Scale(500, 2000, 10, "%.2f")


def licence_name(language: Language) -> Callable[[str], str]:
    """Return how an owned licence is named in a list; an empty id is a company that has nothing yet."""
    book = session.book()
    return lambda key: product_name(key, book, language) if key else language.say(NOT_YET)


def ownable_licences() -> list[str]:
    """Return what staff can have today: nothing (empty), or a licence per user; network access is no such licence."""
    book = session.book()
    return [
        "",
        *(
            key
            for key in book.user_licences
            if not book.is_second_opinion(key) and Capability.ZTNA not in book.rows_by_id[key][-1].grants
        ),
    ]


def _report(path: str, key: str, read: Callable[[Any], object]) -> None:
    """Change the scenario to what a widget holds; where that is refused, the widget is set back when it is drawn."""
    value = session.shown_value(key)
    if value is not None:
        session.report(key, {path: read(value)})


def number(
    label: str,
    path: str,
    value: Decimal | int,
    scale: Scale,
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
    field_label: str,
) -> None:
    """Draw a slider with its number field; both set the same field."""
    shown, (least, most) = scale.shown(value), bounds_of(path).shown(scale.shown)
    kind = int if scale.is_whole else float
    lowest, highest = kind(min(scale.lowest, shown)), kind(max(scale.highest, shown))
    slider_key, field_key = f"{path}:slider", f"{path}:field"
    session.show_value(slider_key, shown)
    session.show_value(field_key, shown)
    left, right = st.columns([1.4, 1], vertical_alignment="bottom", gap="small")
    left.slider(
        label,
        lowest,
        highest,
        step=kind(scale.step),
        format=scale.format,
        key=slider_key,
        help=help,
        disabled=not session.may_change(),
        on_change=_report,
        args=(path, slider_key, scale.kept),
    )
    right.number_input(
        field_label,
        least,
        most,
        value=None,
        step=kind(scale.step),
        format=scale.format.replace("%%", ""),
        key=field_key,
        label_visibility="collapsed",
        disabled=not session.may_change(),
        on_change=_report,
        args=(path, field_key, scale.kept),
    )


def price(
    label: str,
    shown: ShownPrice,
    scale: Scale,
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
    field_label: str,
    name: str = "",
    language: Language,
) -> None:
    """Draw a price with its number field, and below it whose price it is."""
    number(label, shown.path, shown.amount, scale, help=help, field_label=field_label)
    whose_price(shown, language, name)


def whose_price(shown: ShownPrice, language: Language, name: str = "") -> None:
    """Name the product of a price of the book; of an own one, offer the book's again."""
    if shown.is_own:
        st.button(
            language.say("Own price: take the price book's again"),
            key=f"reset:{shown.price_id}",
            type="tertiary",
            icon=":material/undo:",
            disabled=not session.may_change(),
            on_click=session.change,
            args=(dict.fromkeys(shown.own_fields),),
            help=name or None,
        )
    elif name:
        st.caption(name)


def whole_number(
    label: str,
    path: str,
    value: int,
    highest: int | None = None,
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
) -> None:
    """Draw a number field for a whole number; `highest` is a bound that another field sets."""
    session.show_value(path, value)
    least, most = bounds_of(path).shown(int)
    st.number_input(
        label,
        least,
        highest if most is None else most,
        value=None,
        step=1,
        key=path,
        help=help,
        disabled=not session.may_change(),
        on_change=_report,
        args=(path, path, int),
    )


def decimal_number(
    label: str,
    path: str,
    value: Decimal | None,
    step: float,
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
    places: int = 2,
) -> None:
    """Draw a number field for a decimal number; empty where there is none."""
    session.show_value(path, None if value is None else float(value))
    least, most = bounds_of(path).shown(float)
    st.number_input(
        label,
        least,
        most,
        step=float(step),
        format=f"%.{places}f",
        key=path,
        help=help,
        value=None,
        disabled=not session.may_change(),
        on_change=_report_decimal,
        args=(path,),
    )


def _report_decimal(path: str) -> None:
    """Change a field to the number that its widget holds, or take it away where the widget is empty."""
    value = session.shown_value(path)
    session.report(path, {path: None if value is None else Decimal(str(value))})


def choice(
    label: str,
    path: str,
    value: object,
    options: Sequence[Any],
    names: Callable[[Any], str],
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
) -> None:
    """Draw a list to choose from."""
    session.show_value(path, value)
    st.selectbox(
        label,
        options,
        key=path,
        format_func=names,
        help=help,
        disabled=not session.may_change(),
        on_change=_report_choice,
        args=(path,),
    )


def _report_choice(path: str) -> None:
    """Change a field to what is chosen; an empty text or no day takes its value away."""
    session.report(path, {path: session.shown_value(path) or None})


def segments(
    label: str,
    path: str,
    value: StrEnum,
    names: Callable[[Any], str],
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
) -> None:
    """Draw the values of a list side by side."""
    session.show_value(path, value)
    st.segmented_control(
        label,
        list(type(value)),
        key=path,
        format_func=names,
        required=True,
        help=help,
        width="stretch",
        disabled=not session.may_change(),
        on_change=_report,
        args=(path, path, type(value)),
    )


def switch(label: str, path: str, value: bool, *, help: str | None = None) -> None:  # noqa: A002, FBT001 - a field's value
    """Draw a switch."""
    session.show_value(path, value)
    st.toggle(
        label,
        key=path,
        help=help,
        disabled=not session.may_change(),
        on_change=_report,
        args=(path, path, bool),
    )


def day(
    label: str,
    path: str,
    value: date | None,
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
    may_be_empty: bool = False,
) -> None:
    """Draw a date field; one that may be empty takes its field's value away then."""
    session.show_value(path, value)
    first, last = days_of(path)
    st.date_input(
        label,
        None if may_be_empty else "today",
        first,
        last,
        key=path,
        format="DD.MM.YYYY",
        help=help,
        disabled=not session.may_change(),
        on_change=_report_choice if may_be_empty else _report_day,
        args=(path,),
    )


def _report_day(path: str) -> None:
    """Change a field to the day that its widget holds."""
    _report(path, path, lambda found: found)


def text(label: str, path: str, value: str, *, help: str | None = None, placeholder: str | None = None) -> None:  # noqa: A002
    """Draw a text field."""
    session.show_value(path, value)
    st.text_input(
        label,
        key=path,
        help=help,
        placeholder=placeholder,
        disabled=not session.may_change(),
        on_change=_report,
        args=(path, path, str),
    )


def optional_text(label: str, path: str, value: str | None, *, help: str | None = None) -> None:  # noqa: A002
    """Draw a text field that may be empty: then its field has no value."""
    session.show_value(path, value or "")
    st.text_input(
        label,
        key=path,
        help=help,
        disabled=not session.may_change(),
        on_change=_report_choice,
        args=(path,),
    )
