"""The figures of the first screen, in the order in which they are read."""

from __future__ import annotations

from zt_planner.language import Text
from zt_planner.topics.block import Cards, FigureCard, Group, notes
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.view import View


def figures_group(view: View) -> Group:
    """Return the figures with what is said below each, and the amounts in the other forms that are asked for."""
    cards = (FigureCard(figure.label, figure.value, figure.context) for figure in key_figures(view, None))
    return Group("figures", Text("In figures"), (Cards(tuple(cards)), *notes(amount_notes(view))))
