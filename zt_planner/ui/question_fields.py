"""The fields of the reader's own question, a day and an amount, on whichever page it is asked (`question`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.values import FIRST_DAY, LARGEST_AMOUNT, LAST_DAY
from zt_planner.reports.controls import CENT
from zt_planner.reports.number_forms import CENTS, NumberForm
from zt_planner.ui import question, widgets
from zt_planner.ui.fields import Field

if TYPE_CHECKING:
    from zt_planner.language import Language

AMOUNT = NumberForm(CENT, LARGEST_AMOUNT, CENTS)


def amount_field(key: str, language: Language) -> Field:
    """Return the field of the amount, not drawn yet."""
    return Field(
        language.say("At most in the first year, EUR"),
        key,
        question.asked().first_year,
        question.ask_for_amount,
        language,
        language.say("All cash of twelve months, net. Empty: whatever."),
        form=AMOUNT,
        may_be_empty=True,
    )


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
        help=language.say("The last day of work at the latest. Empty: whenever."),
        on_change=widgets.pressed(question.take_day, key),
    )
