"""Figures as cards: the key figures of the first screen, and the totals of the budget.

A card is a button that opens the explanation of its figure. The row is a component, which has its height from the
beginning and is updated in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import partial

from zt_planner.domain.data.price_book import PriceBook
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import SimulationResult
from zt_planner.language import Language, Words
from zt_planner.topics.badges import figure_badges
from zt_planner.topics.figure import amount_words, rule_of, title_of
from zt_planner.topics.gross_and_currency import amount_forms_of
from zt_planner.topics.headline.cards import ShownFigure, key_figures
from zt_planner.topics.headline.figures import totals_of
from zt_planner.topics.risk.confidence import INTRODUCTION, Band, bands_of
from zt_planner.topics.view import View
from zt_planner.ui.components.charts import remembered
from zt_planner.ui.components.elements import badges_in, take_press
from zt_planner.ui.components.together.presence import pointed_at
from zt_planner.ui.components.web.loading import component
from zt_planner.ui.state import session

_cards = component("cards")
SHOWN_WHERE_CHANGED = {"nis2"}
"""Most changes of a plan leave them as they are."""
TONES = {True: "better", False: "worse", None: "neither"}


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A figure as its card shows it; `name` identifies its explanation."""

    name: str
    title: Words
    value: Words
    help: Words = ""
    notes: Sequence[Words] = ()
    change: dict[str, Words] | None = None
    """A text and its tone."""
    band: Band | None = None
    badges: Sequence[dict[str, str]] = ()


def show_figures(plan: Plan, language: Language) -> None:
    """Show the key figures, those that are promised with their ranges."""
    baseline = session.baseline()
    known = None if baseline is None else tuple(baseline.items())
    simulation = session.workspace().plans.simulation(plan)
    cards = _figure_cards(plan, language, known, session.book(), simulation)
    show_cards("figures", cards, language)


@remembered
def _figure_cards(
    plan: Plan,
    language: Language,
    baseline: tuple[tuple[str, int | Decimal], ...] | None,
    _book: PriceBook,
    _simulation: SimulationResult,
) -> tuple[FigureCard, ...]:
    bands = bands_of(plan, _simulation)
    if not plan.shows_labour:  # what is left of the budget hardly varies
        bands.pop(INTRODUCTION, None)
    view = View(plan, language, lambda: _simulation)
    figures = key_figures(view, None if baseline is None else dict(baseline))
    return tuple(
        _card_of(figure, bands.get(figure.drawn))
        for figure in figures
        if figure.key not in SHOWN_WHERE_CHANGED or figure.change is not None
    )


def show_cards(key: str, cards: Sequence[FigureCard], language: Language) -> None:
    """Show cards in a row, with a mark where a presenter points."""
    drawn = tuple({**asdict(language.written(card)), "pointer": pointed_at(card.name, language)} for card in cards)
    data = {"why": language.say("Why this number?"), "cards": drawn}
    _cards(key=key, data=data, on_why_change=partial(take_press, key))


def _card_of(figure: ShownFigure, band: Band | None) -> FigureCard:
    """Return the card of a key figure, with the range of what is promised."""
    change = figure.change
    return FigureCard(
        figure.key,
        figure.label,
        figure.value,
        figure.help,
        notes=(*figure.other_forms, *([figure.context] if figure.context else [])),
        change=None if change is None else {"text": change.text, "tone": TONES[change.is_better]},
        band=band,
    )


def show_totals(plan: Plan, language: Language) -> None:
    """Show the totals of a plan as cards, with badges for their prices."""
    amount_forms = amount_forms_of(plan)
    cards = [
        FigureCard(
            figure.name,
            language.write(title_of(figure, plan)),
            language.write(amount_words(figure.amount(plan), figure.unit, is_brief=True)),
            language.write(rule_of(figure, plan)),
            () if amount is None else amount_forms.forms(amount, carries_vat=not figure.is_labour),
            badges=badges_in(figure_badges(figure.lines(plan), plan)),
        )
        for figure, amount in ((figure, figure.money(plan)) for figure in totals_of(plan))
    ]
    show_cards("totals", cards, language)
