"""The fields of the reader's own question, a day and an amount, on whichever page it is asked (`question`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.values import FIRST_DAY, LARGEST_AMOUNT, LAST_DAY
from zt_planner.reports.controls import CENT
from zt_planner.reports.number_forms import CENTS, NumberForm
from zt_planner.ui import question, widgets
from zt_planner.ui.number_fields import NumberField

if TYPE_CHECKING:
    from zt_planner.language import Language

AMOUNT = NumberForm(CENT, LARGEST_AMOUNT, CENTS)


def amount_label(language: Language) -> str:
    """Return what the field of the amount is called."""
    return language.say("At most in the first year, EUR")


def amount_field(key: str, language: Language) -> NumberField:
    """Return the field of the amount, not drawn yet."""
    return NumberField(key, AMOUNT, question.asked().first_year, language, question.ask_for_amount, may_be_empty=True)


def amount_help(language: Language) -> str:
    """Return what the amount is about."""
    return language.say("All cash of twelve months, net. Leave empty for no limit.")


def day_field(key: str, language: Language) -> None:
    """Draw the field of the day."""
    question.show_day(key)
    st.date_input(
        language.say("Done by"),
        None,
        FIRST_DAY,
        LAST_DAY,
        key=key,
        format=language.date_format,
        help=language.say("The last day of work at the latest. Leave empty for no deadline."),
        on_change=widgets.pressed(question.take_day, key),
    )
