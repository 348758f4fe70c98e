"""Figures as cards: the key figures of the first screen in one row, and totals with the button that asks why.

A key figure is a button itself: whoever presses it asks for its explanation. The row is drawn by a
component of its own, which has its height from the beginning and is changed in place.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.reports.analyses.confidence import FINISH, INTRODUCTION, Band, bands_of
from zt_planner.reports.figure import rule_of, title_of
from zt_planner.reports.figures.lists import totals_of
from zt_planner.reports.words.badges import figure_badges
from zt_planner.reports.words.gross_and_currency import amount_forms_of
from zt_planner.ui.components.components import show_badges, show_lines
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.presence import pointed_at
from zt_planner.ui.components.web import component
from zt_planner.ui.components.why import why_button
from zt_planner.ui.state import session, tab, widgets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.reports.figures.key_figures import KeyFigure

FIGURES, WHY = "figures", "why"
WIDE, MOST_IN_A_ROW = 230, 4
"""How wide a total's card is at least, and how many stand side by side without cutting a title."""
_cards = component("cards")


def show_figures(figures: Sequence[KeyFigure], plan: Plan, language: Language) -> None:
    """Draw the key figures, the budget and the finish with how far they may move."""
    simulation = session.simulation()
    bands = {} if simulation is None else bands_of(plan, simulation, language)
    shown = {name: bands[name] for name in (INTRODUCTION, FINISH) if name in bands}
    cards = [card_of(figure, shown.get(figure.key), plan, language) for figure in figures]
    data = {"why": language.say("Why this number?"), "cards": cards}
    _cards(key=FIGURES, data=data, on_why_change=ask_why)


def ask_why() -> None:
    """Ask for the explanation of the figure that was pressed."""
    name = st.session_state[FIGURES].get(WHY)
    if name:
        widgets.pressed(tab.open_dialog, f"why:{name}", name)()


def card_of(figure: KeyFigure, band: Band | None, plan: Plan, language: Language) -> dict[str, Any]:
    """Return a key figure as its card shows it; its context gives way to the band where nothing is hidden."""
    change, says_more = figure.change, band is None or not plan.shows_labour
    return {
        "name": figure.why,
        "title": figure.label,
        "value": figure.value,
        "help": figure.help,
        "notes": [*figure.other_forms, *([figure.context] if says_more else [])],
        "change": change and {"text": change.text, "tone": "better" if change.is_better else "worse"},
        "band": band and asdict(band),
        "pointer": pointed_at(figure.why, language),
    }


def even_row(count: int) -> int:
    """Return how many cards make a row, so that the last row is not left with one."""
    return -(-count // max(-(-count // MOST_IN_A_ROW), 1))


def show_totals(place: str, plan: Plan, book: PriceBook, language: Language) -> None:
    """Draw the totals of a plan as cards, each with its explanation."""
    shown = totals_of(plan)
    amount_forms = amount_forms_of(plan, book)
    with st.grid(even_row(len(shown)), min_column_width=WIDE):
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
