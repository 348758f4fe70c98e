"""The key figures as cards, with context and what changed against the baseline, and as the list of the command line.

Which figures there are, and what they say, `figures` declares. Laws: a figure shows the same cents everywhere; a change
is the difference of the two figures as they are shown, so that a plan has none against itself; a company that already
owns its licences reads that it does, not a zero; what is without labour says so; an unpriced plan says so first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from zt_planner.domain import units
from zt_planner.domain.money import rounded
from zt_planner.domain.units import Unit
from zt_planner.domain.variants import PLAN
from zt_planner.engine.plan import Plan
from zt_planner.engine.promise import Promise, PromisedFigure, WhyOwnFigures, promise_of
from zt_planner.engine.simulation.result import SimulationResult
from zt_planner.language import MINUS, Listed, Money, Plural, Text, Words, quantity
from zt_planner.topics.block import Cards, FigureCard, Group, notes
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.figure import Card, FigureList, KeyFigure, amount_words, text_in
from zt_planner.topics.gross_and_currency import amount_forms_of, amount_notes, in_one_line
from zt_planner.topics.headline.figures import by_name, figures_in, figures_of
from zt_planner.topics.task_words import was_approved
from zt_planner.topics.view import View

CENTS = 2
Baseline: TypeAlias = Mapping[str, int | Decimal]
"""The amounts of a frozen plan's cards by name, to compare with; days whole, dates counted."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """What changed against the baseline: in words with a sign, and whether that is better; None where it is neither."""

    text: Words
    is_better: bool | None


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as it is shown. `change` is None when nothing changed.

    `drawn` is the figure of the plan whose range belongs to what is promised. `other_forms` holds the same amount with
    VAT and in another currency, where that is asked for.
    """

    key: str
    label: Words
    value: Words
    change: FigureChange | None
    context: Words
    help: Words
    drawn: str = ""
    other_forms: tuple[Words, ...] = ()


def kept_amount(figure: KeyFigure, plan: Plan, promise: Promise) -> int | Decimal:
    """Return a card's amount as a baseline keeps it: what is promised as it is shown."""
    rule = figure.formula
    value = rule.shown(promise) if isinstance(rule, PromisedFigure) else figure.known(plan)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, int | Decimal):
        return value
    return rounded(value, 0) if isinstance(value, Fraction) else 0


def cards_of(plan: Plan, promise: Promise) -> tuple[tuple[KeyFigure, Card], ...]:
    """Return the figures that have a card, with it."""
    cards = [(figure, figure.card) for figure in figures_of(plan, promise) if figure.card is not None]
    return tuple(sorted(cards, key=lambda pair: pair[1].place))


def baseline_of(plan: Plan, simulation: SimulationResult | None) -> Baseline:
    """Return a plan's figures to compare with later, promised ones as its draws say."""
    promise = promise_of(plan, simulation)
    return {
        figure.name: kept_amount(figure, plan, promise)
        for figure, _ in cards_of(plan, promise)
        if is_comparable(figure, plan, promise)
    }


def is_comparable(figure: KeyFigure, plan: Plan, promise: Promise) -> bool:
    """Tell whether a figure can be compared: it is no lower bound, and no own date in place of one that is promised."""
    amount = figure.amount(plan, promise)
    if amount is None or not amount.is_whole:
        return False
    is_promised_day = figure.unit is units.DAY and isinstance(figure.formula, PromisedFigure)
    return not (is_promised_day and promise.why_planned_finish is WhyOwnFigures.NO_DATE)


def change_of(figure: KeyFigure, card: Card, view: View, baseline: Baseline) -> FigureChange | None:
    """Say how a figure changed: what is promised, from what was promised; nothing where both are shown alike."""
    plan, promise = view.plan, view.promise
    before = baseline.get(figure.name) if is_comparable(figure, plan, promise) else None
    if before is None:
        return None
    change = rounded(kept_amount(figure, plan, promise), 0) - rounded(before, 0)
    if not change:
        return None
    is_better = None if _is_less_and_later(figure, change, promise, baseline) else (change > 0) is card.is_better_higher
    return FigureChange(changed_words(change, figure.unit, is_brief=True), is_better)


def _is_less_and_later(figure: KeyFigure, change: Decimal, promise: Promise, baseline: Baseline) -> bool:
    """Tell whether a budget is less in a plan that is done later: running costs fall due later, which saves nothing."""
    before = baseline.get("promised_finish")
    is_later = before is not None and promise.finish.toordinal() > before
    return figure.name == "promised_budget" and change < 0 and is_later


def changed_words(change: Decimal | Fraction | int, unit: Unit, *, is_brief: bool = False) -> Words:
    """Write a change with its sign, exactly or as those who decide read it."""
    if unit is units.MONEY:
        places = unit.places.brief if is_brief else unit.places.text
        return Money(rounded(change, places), places, is_signed=True)
    if unit is units.DAY:
        return finish_effect_text(int(change))
    size = change if change > 0 else -change
    if unit is units.POINTS:
        words: Words = Plural("{n} point", "{n} points", int(size))
    else:
        words = quantity(size, unit, is_brief=is_brief)
    return Listed(("+" if change > 0 else MINUS, words), "")


def key_figures(view: View, baseline: Baseline | None) -> tuple[ShownFigure, ...]:
    """Return the figures of the screen in their order; nothing for a plan without a schedule."""
    return tuple(_key_figure(figure, card, view, baseline) for figure, card in cards_of(view.plan, view.promise))


def _key_figure(figure: KeyFigure, card: Card, view: View, baseline: Baseline | None) -> ShownFigure:
    plan, promise = view.plan, view.promise
    money = kept_amount(figure, plan, promise) if figure.money(plan, promise) is not None else None
    forms = () if money is None else amount_forms_of(plan).forms(Decimal(money), carries_vat=not figure.is_labour)
    return ShownFigure(
        key=figure.name,
        label=Text(card.title or figure.title),
        value=text_in(card.value, view) or amount_words(figure.amount(plan, promise), figure.unit, is_brief=True),
        change=None if baseline is None else change_of(figure, card, view, baseline),
        context="" if figure.known(plan, promise) is None else text_in(card.context, view),
        help=text_in(card.help, view),
        drawn=figure.formula.of if isinstance(figure.formula, PromisedFigure) else "",
        other_forms=forms,
    )


def baseline_note(name: str, view: View, baseline: Baseline | None, letter: str = PLAN) -> Words:
    """Say what a figure was before, in the plan, the approved plan or the baseline; empty where nothing changed."""
    figure = by_name().get(name)
    if baseline is None or figure is None or figure.card is None or figure.amount(view.plan, view.promise) is None:
        return ""
    change = change_of(figure, figure.card, view, baseline)
    if change is None:
        return ""
    kept = baseline[name]
    value = date.fromordinal(int(kept)) if figure.unit is units.DAY else kept
    before = quantity(value, figure.unit, is_brief=True)
    if letter != PLAN:
        return Text("In the plan it is {before}: {change}.", before=before, change=change.text)
    if view.reference is not None and was_approved(view.reference, view.plan):
        return Text("In the approved plan it was {before}: {change}.", before=before, change=change.text)
    if view.reference is not None:
        return Text("Before the work began it was {before}: {change}.", before=before, change=change.text)
    return Text("In the baseline it was {before}: {change}.", before=before, change=change.text)


class FigureRow(NamedTuple):
    """A figure of the command line, with VAT and in another currency where that is asked for."""

    label: Words
    value: Words
    other_forms: Words = ""


def overview_of(view: View) -> tuple[FigureRow, ...]:
    """Return the figures in the order of the conversation."""
    return (*_warnings(view.plan), *(_row(figure, view) for figure in figures_in(FigureList.LIST, view)))


def _warnings(plan: Plan) -> Iterator[FigureRow]:
    if not plan.shows_labour:
        yield FigureRow(Text("Amounts"), Text("without labour"))
    if not plan.is_complete:
        yield FigureRow(Text("Totals"), Text("incomplete: prices are missing"))


def _row(figure: KeyFigure, view: View) -> FigureRow:
    plan, amount, carries_vat = view.plan, figure.money(view.plan, view.promise), not figure.is_labour
    value = text_in(figure.list_value, view) or amount_words(figure.amount(plan, view.promise), figure.unit)
    label = text_in(figure.list_title or figure.title, view)
    if amount is None:
        return FigureRow(label, value)
    forms = amount_forms_of(plan).forms(amount, CENTS, carries_vat=carries_vat, is_short=True)
    return FigureRow(label, value, in_one_line(forms))


def figures_group(view: View) -> Group:
    """Return the figures with what is said below each, and the amounts in the other forms that are asked for."""
    cards = (FigureCard(figure.label, figure.value, figure.context) for figure in key_figures(view, None))
    return Group("figures", Text("In figures"), (Cards(tuple(cards)), *notes(amount_notes(view))))
