"""Figures as cards of equal height: the figure, its context, and on one line the buttons that ask why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.figure import rule_of, title_of
from zt_planner.reports.figures.lists import totals_of
from zt_planner.reports.words.badges import figure_badges
from zt_planner.reports.words.gross_and_currency import amount_forms_of
from zt_planner.ui.components.components import show_badges, show_lines, show_metric
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import why_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.reports.figures.key_figures import KeyFigure

CARD_WIDTH, WIDE = 160, 230
MOST_IN_A_ROW, MOST_WIDE_IN_A_ROW = 5, 4
"""How many cards stand side by side without cutting a title."""


def even_row(count: int, most: int) -> int:
    """Return how many cards make a row, so that the last row is not left with one."""
    rows = -(-count // most)
    return -(-count // max(rows, 1))


def show_figures(figures: Sequence[KeyFigure], language: Language) -> None:
    """Draw the key figures as cards."""
    with st.grid(even_row(len(figures), MOST_IN_A_ROW), min_column_width=CARD_WIDTH):
        for figure in figures:
            with card():
                with st.container(gap="xsmall"):
                    show_metric(figure)
                    show_lines((*figure.other_forms, figure.context))
                    show_badges(figure.badges)
                why_button(figure.why, language)
    legend = figures_legend(figures, language)
    if legend:
        st.caption(plain(legend))


def figures_legend(figures: Sequence[KeyFigure], language: Language) -> str:
    """Say what the cards' changes and badges mean, where there are any."""
    changes = any(figure.change is not None for figure in figures)
    badges = any(figure.badges for figure in figures)
    notes = (
        language.say("Changes are shown against the baseline.") if changes else "",
        language.say(
            "Badges say how much of an amount rests on unverified, old, own or what-if prices, or on days that "
            "nobody has offered yet."
        )
        if badges
        else "",
    )
    return " ".join(filter(None, notes))


def show_totals(place: str, plan: Plan, book: PriceBook, language: Language) -> None:
    """Draw the totals of a plan as cards, each with its explanation."""
    shown = totals_of(plan)
    amount_forms = amount_forms_of(plan, book)
    with st.grid(even_row(len(shown), MOST_WIDE_IN_A_ROW), min_column_width=WIDE):
        for figure, amount in shown:
            with card():
                with st.container(gap="xsmall"):
                    rule = plain(rule_of(figure, plan, language))
                    st.metric(plain(title_of(figure, plan, language)), plain(language.money(amount)), help=rule)
                    show_lines(amount_forms.forms(amount, language, carries_vat=figure.carries_vat))
                    show_badges(figure_badges(figure.lines(plan), plan, language))
                why_button(figure.name, language, f"why:{place}:{figure.name}")


def card() -> st.delta_generator.DeltaGenerator:
    """Return a card: what is at its end stands at its bottom, so that the buttons of a row stand on one line."""
    return st.container(border=True, height="stretch", gap="xsmall", vertical_alignment="distribute")
