"""Figures as cards of equal height: the figure, its context, and on one line the buttons that ask why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.beside import WITH_VAT
from zt_planner.ui.components import show_badges, show_lines, show_metric
from zt_planner.ui.markdown import plain
from zt_planner.ui.why import why_button

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from zt_planner.language import Language
    from zt_planner.reports.badges import Badge
    from zt_planner.reports.beside import Beside
    from zt_planner.reports.key_figures import KeyFigure

CARD_WIDTH, WIDE = 160, 180


def show_figures(figures: Sequence[KeyFigure], language: Language) -> None:
    """Draw the key figures as cards."""
    with st.grid(len(figures), min_column_width=CARD_WIDTH):
        for figure in figures:
            with card():
                with st.container(gap="xsmall"):
                    show_metric(figure)
                    show_lines((*figure.beside, figure.context))
                    show_badges(figure.badges)
                why_button(figure.why, language)
    legend = figures_legend(figures, language)
    if legend:
        st.caption(plain(legend))


def figures_legend(figures: Sequence[KeyFigure], language: Language) -> str:
    """Say what the cards' changes and badges mean, where there are any."""
    changes = any(figure.change is not None for figure in figures)
    badges = any(figure.badges for figure in figures)
    said = (
        language.say("Changes are shown against the baseline.") if changes else "",
        language.say("Badges say how much of an amount rests on such prices.") if badges else "",
    )
    return " ".join(filter(None, said))


def show_totals(
    place: str,
    totals: Iterable[tuple[str, str, Decimal, str, Sequence[Badge]]],
    beside: Beside,
    language: Language,
) -> None:
    """Draw totals (name, title, amount, rule, badges) as cards."""
    shown = list(totals)
    with st.grid(len(shown), min_column_width=WIDE):
        for name, title, amount, rule, badges in shown:
            with card():
                with st.container(gap="xsmall"):
                    st.metric(plain(title), plain(language.money(amount)), help=plain(rule))
                    show_lines(beside.forms(amount, language, carries_vat=name in WITH_VAT))
                    show_badges(badges)
                why_button(name, language, f"why:{place}:{name}")


def card() -> st.delta_generator.DeltaGenerator:
    """Return a card: what is at its end stands at its bottom, so that the buttons of a row stand on one line."""
    return st.container(border=True, height="stretch", gap="xsmall", vertical_alignment="distribute")
