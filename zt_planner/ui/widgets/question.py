"""The tab's own question and its fields: a day, an amount for the first year, a budget for the introduction.

The first two are asked backwards on the page What if, day and budget on the page
How sure?. The address holds it too while its page is shown, so it survives a reload.
Law: an invalid question in an address is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal

import streamlit as st

from zt_planner.domain.money import LARGEST_AMOUNT
from zt_planner.domain.scenario.declared import CENT
from zt_planner.domain.scenario.values import FIRST_DAY, ISO_DATE, LAST_DAY
from zt_planner.domain.units import DAY, EUROS
from zt_planner.entries import Entry
from zt_planner.language import Language
from zt_planner.ui.state.tab import Question, this_tab
from zt_planner.ui.widgets.fields import Field

AMOUNT = Entry(EUROS, CENT, LARGEST_AMOUNT)
BY, FIRST_YEAR, BUDGET = "by", "first_year", "budget"
"""The address's parameters."""
AMOUNT_LENGTH = 15
DAY_LENGTH = len("2027-06-30")


def current() -> Question:
    """Return the question; in a new tab, the one in its address."""
    tab = this_tab()
    if tab.question is None:
        tab.question = question_in(st.query_params)
    return tab.question


def question_in(address: Mapping[str, str]) -> Question:
    """Return the question in an address; unreadable parts are left out."""
    amounts = (_amount_in(address.get(name, "")) for name in (FIRST_YEAR, BUDGET))
    return Question(_day_in(address.get(BY, "")), *amounts)


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
    by, *amounts = current()
    texts = {BY: None if by is None else by.isoformat()} | {
        name: None if amount is None else f"{amount:f}"
        for name, amount in zip((FIRST_YEAR, BUDGET), amounts, strict=True)
    }
    for name, text in texts.items():
        if text is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != text:
            st.query_params[name] = text


def amount_field(key: str, language: Language) -> Field:
    """Return the field of the amount for the first year, not drawn yet."""
    return Field(
        language.say("At most in the first year, EUR"),
        key,
        current().first_year,
        _take_amount,
        language,
        language.say("All cash of twelve months, net. Leave empty for no limit."),
        entry=AMOUNT,
        may_be_empty=True,
    )


def budget_field(key: str, language: Language) -> Field:
    """Return the field of the budget for the introduction, not drawn yet."""
    return Field(
        language.say("At most for the introduction, EUR"),
        key,
        current().budget,
        _take_budget,
        language,
        language.say("All one-off cash and what recurs in the first year, net. Leave empty for no limit."),
        entry=AMOUNT,
        may_be_empty=True,
    )


def day_field(key: str, language: Language) -> Field:
    """Return the field of the day, not drawn yet."""
    return Field(
        language.say("Done by"),
        key,
        current().by,
        _take_day,
        language,
        language.say("The last day of work at the latest. Leave empty for no deadline."),
        entry=Entry(DAY, FIRST_DAY, LAST_DAY),
        may_be_empty=True,
    )


def _take_amount(amount: Decimal | None) -> None:
    this_tab().question = current()._replace(first_year=amount)


def _take_budget(budget: Decimal | None) -> None:
    this_tab().question = current()._replace(budget=budget)


def _take_day(day: date | None) -> None:
    this_tab().question = current()._replace(by=day)


def take_point(chart: str) -> None:
    """Ask for the day and the budget of the point that was pressed in a chart."""
    points = st.session_state[chart].selection.points
    if points:
        pressed = question_in({BY: str(points[0]["x"])[:DAY_LENGTH], BUDGET: f"{points[0]['y']:.2f}"})
        this_tab().question = current()._replace(by=pressed.by, budget=pressed.budget)


def clear_question() -> None:
    """Clear day and budget."""
    this_tab().question = current()._replace(by=None, budget=None)
