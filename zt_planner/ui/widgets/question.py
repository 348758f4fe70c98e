"""The tab's own question asked backwards, and its fields: a day and an amount.

The address holds it too while its page is shown, so it survives a reload. Law: an
invalid question in an address is ignored.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.scenario.values import FIRST_DAY, ISO_DATE, LARGEST_AMOUNT, LAST_DAY
from zt_planner.engine.goals import Goals
from zt_planner.reports.words.controls import CENT
from zt_planner.reports.words.number_forms import CENTS, NumberForm
from zt_planner.ui.state import widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.ui.widgets.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.language import Language

AMOUNT = NumberForm(CENT, LARGEST_AMOUNT, CENTS)
BY, FIRST_YEAR = "by", "first_year"
"""The address's parameters."""
AMOUNT_LENGTH = 15
DAY_LENGTH = len("2027-06-30")


def asked() -> Goals:
    """Return the question; in a new tab, the one in its address."""
    tab = this_tab()
    if tab.question is None:
        tab.question = goals_in(st.query_params)
    return tab.question


def goals_in(address: Mapping[str, str]) -> Goals:
    """Return the question in an address; unreadable parts are left out."""
    return Goals(_day_in(address.get(BY, "")), _amount_in(address.get(FIRST_YEAR, "")))


def _day_in(text: str) -> date | None:
    """Read a day like 2027-06-30."""
    with suppress(ValueError):
        day = date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
        return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None
    return None


def _amount_in(text: str) -> Decimal | None:
    """Read an amount like 110000 or 110000.50."""
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdecimal()) or len(text) > AMOUNT_LENGTH:
        return None
    amount = Decimal(text)
    return amount if 0 < amount <= LARGEST_AMOUNT and amount == round(amount, 2) else None


def keep_in_address() -> None:
    """Write the question into the address, where it says something else."""
    goals = asked()
    texts = {
        BY: None if goals.finish_by is None else goals.finish_by.isoformat(),
        FIRST_YEAR: None if goals.first_year is None else f"{goals.first_year:f}",
    }
    for name, text in texts.items():
        if text is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != text:
            st.query_params[name] = text


def amount_field(key: str, language: Language) -> Field:
    """Return the field of the amount, not drawn yet."""
    return Field(
        language.say("At most in the first year, EUR"),
        key,
        asked().first_year,
        _take_amount,
        language,
        language.say("All cash of twelve months, net. Leave empty for no limit."),
        form=AMOUNT,
        may_be_empty=True,
    )


def day_field(key: str, language: Language) -> None:
    """Draw the field of the day.

    Nobody else changes it, so the browser need not be told of it later (`widgets` is for what others may change).
    """
    st.session_state.setdefault(key, asked().finish_by)
    st.date_input(
        language.say("Done by"),
        None,
        FIRST_DAY,
        LAST_DAY,
        key=key,
        format=language.date_format,
        help=language.say("The last day of work at the latest. Leave empty for no deadline."),
        on_change=widgets.pressed(_take_day, key),
    )


def _take_amount(amount: Decimal | None) -> None:
    this_tab().question = replace(asked(), first_year=amount)


def _take_day(key: str) -> None:
    this_tab().question = replace(asked(), finish_by=st.session_state[key])


def take_point(chart: str, day_key: str) -> None:
    """Ask for the day and the amount of the point that was pressed in a chart; its fields show them."""
    points = st.session_state[chart].selection.points
    if points:
        goals = goals_in({BY: str(points[0]["x"])[:DAY_LENGTH], FIRST_YEAR: f"{points[0]['y']:.2f}"})
        this_tab().question = goals
        st.session_state[day_key] = goals.finish_by


def clear_question(day_key: str) -> None:
    """Clear the question."""
    this_tab().question = Goals()
    st.session_state[day_key] = None
