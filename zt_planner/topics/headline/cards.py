"""The figures under the headline as cards: value, context and what changed against the baseline.

Which figures have a card, and what it says, `figures` declares. Laws: a figure
shows the same cents as `Headlines`; a change is the difference of the two
figures as they are shown, so that a plan has none against itself; a company
that already owns its licences reads that it does, not a zero; what is without
labour says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.domain.money import rounded
from zt_planner.domain.variants import PLAN
from zt_planner.language import MINUS, Listed, Money, Plural, Words
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.figure import PLACES, FigureContext, FigureUnit, amount_words, figure_words, text_in
from zt_planner.topics.gross_and_currency import amount_forms_of
from zt_planner.topics.headline.lists import by_name, figures_of

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.figure import Card, Figure

Baseline: TypeAlias = Mapping[str, int | Decimal]
"""The amounts of a frozen plan's cards by what they are kept as, to compare with; days whole, dates counted."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """What changed against the baseline: in words with a sign, and whether that is better."""

    text: str
    is_better: bool


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure as it is shown. `change` is None when nothing changed; `why` names its explanation.

    `other_forms` holds the same amount with VAT and in another currency, where that is asked for.
    """

    key: str
    label: str
    value: str
    change: FigureChange | None
    context: str
    help: str
    why: str
    other_forms: tuple[str, ...] = ()


def kept_amount(figure: Figure, plan: Plan) -> int | Decimal:
    """Return a card's amount as a baseline keeps it."""
    value = figure.known(plan)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, int | Decimal):
        return value
    return rounded(value, 0) if isinstance(value, Fraction) else 0


def cards_of(plan: Plan) -> tuple[tuple[Figure, Card], ...]:
    """Return the figures that have a card, with it."""
    cards = [(figure, figure.card) for figure in figures_of(plan) if figure.card is not None]
    return tuple(sorted(cards, key=lambda pair: pair[1].place))


def baseline_of(plan: Plan) -> Baseline | None:
    """Return a plan's figures to compare with later; None for a plan without a schedule."""
    if plan.headlines is None:
        return None
    return {card.kept_as or figure.name: kept_amount(figure, plan) for figure, card in cards_of(plan)}


def change_of(figure: Figure, card: Card, plan: Plan, baseline: Baseline, language: Language) -> FigureChange | None:
    """Say how a figure changed; nothing where both are shown alike."""
    before = None if figure.known(plan) is None else baseline.get(card.kept_as or figure.name)
    now = kept_amount(figure, plan)
    change = Decimal(0) if before is None else rounded(now, 0) - rounded(before, 0)
    if not change:
        return None
    return FigureChange(language.write(changed_words(change, figure.unit)), (change > 0) is card.is_better_higher)


def changed_words(change: Decimal | Fraction | int, unit: FigureUnit, *, is_exact: bool = False) -> Words:
    """Write a change with its sign, exactly or as those who decide read it."""
    if unit is FigureUnit.MONEY:
        places = PLACES[unit] if is_exact else 0
        return Money(rounded(change, places), places, is_signed=True)
    if unit is FigureUnit.DATE:
        return finish_effect_text(int(change))
    size = change if change > 0 else -change
    if unit is FigureUnit.MEASURES:
        words: Words = Plural("{n} measure", "{n} measures", int(size))
    else:
        words = figure_words(size, unit, is_exact=is_exact)
    return Listed(("+" if change > 0 else MINUS, words), "")


def key_figures(plan: Plan, baseline: Baseline | None, language: Language) -> tuple[KeyFigure, ...]:
    """Return the figures of the screen in their order; nothing for a plan without a schedule."""
    if plan.headlines is None:
        return ()
    context = FigureContext(plan, plan.headlines, plan.case.book, language)
    return tuple(_key_figure(figure, card, context, baseline) for figure, card in cards_of(plan))


def _key_figure(figure: Figure, card: Card, context: FigureContext, baseline: Baseline | None) -> KeyFigure:
    plan, language = context.plan, context.language
    amount = figure.money(plan)
    shown = language.write(amount_words(figure.amount(plan), figure.unit, is_exact=False))
    amount_forms = amount_forms_of(plan)
    return KeyFigure(
        key=figure.name,
        label=language.say(card.title or figure.title),
        value=text_in(card.value, context) or shown,
        change=None if baseline is None else change_of(figure, card, plan, baseline, language),
        context="" if figure.known(plan) is None else text_in(card.context, context),
        help=text_in(card.help, context),
        why=figure.name,
        other_forms=()
        if amount is None
        else tuple(map(language.write, amount_forms.forms(amount, carries_vat=not figure.is_labour))),
    )


def baseline_note(name: str, plan: Plan, baseline: Baseline | None, language: Language, letter: str = PLAN) -> str:
    """Say what a figure was in the baseline, of a variant in the plan, and what changed; nothing where nothing did."""
    figure = by_name().get(name)
    if baseline is None or figure is None or figure.card is None or figure.amount(plan) is None:
        return ""
    change = change_of(figure, figure.card, plan, baseline, language)
    if change is None:
        return ""
    kept = baseline[figure.card.kept_as or name]
    value = date.fromordinal(int(kept)) if figure.unit is FigureUnit.DATE else kept
    before = language.write(figure_words(value, figure.unit, is_exact=False))
    if letter != PLAN:
        return language.say("In the plan it is {before}: {change}.", before=before, change=change.text)
    return language.say("In the baseline it was {before}: {change}.", before=before, change=change.text)
