"""A key figure is one declaration: what it is called, its rule, unit and amount, why it is so, and where it is shown.

Decides what can be declared; `headline.figures` holds the declarations. Cards, board
paper, summary, workbook, command line and explanations are made from them. Law: a
figure that is not shown to a reader has no value for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Flag, auto
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from zt_planner.domain.headlines import Amount
from zt_planner.domain.plan import CostLine
from zt_planner.domain.units import MONEY, Unit
from zt_planner.engine.figures import Quotient, Rule, Sum
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.promise import Promise, PromisedFigure
from zt_planner.language import Text, Words, quantity, sentences
from zt_planner.topics.labels import NOT_KNOWN, bounded
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.topics.trace import Divisor, TraceRow, TraceValue
    from zt_planner.topics.view import View


FigureText: TypeAlias = "str | Callable[[View], Words]"
"""A text to translate, or what says one about a plan."""


@dataclass(frozen=True, slots=True)
class Card:
    """How a figure stands on the first screen and in the board paper."""

    context: FigureText
    help: FigureText
    title: str = ""
    value: FigureText = ""
    is_better_higher: bool = False
    place: int = 0
    """Which card it is from the left."""


class FigureList(Flag):
    """The lists that a figure stands in: the command line's, the workbook's, `summary.json`."""

    LIST = auto()
    SHEET = auto()
    SUMMARY = auto()


EVERYWHERE, NOWHERE = FigureList.LIST | FigureList.SHEET | FigureList.SUMMARY, FigureList(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A declaration.

    `formula` says how it is computed, of what is no money None where the engine has computed it already. `explain` is
    for what its parts do not explain. `list_title` and `list_value` are what lists call it and show of it where that
    is not title and amount, `sheet_title` what the workbook calls it: there the unit stands in the title.
    """

    name: str
    title: str
    unit: Unit = MONEY
    formula: Rule | None = None
    explain: Callable[[KeyFigure, View], Trace] | None = None
    rule: str = ""
    rule_without_labour: str = ""
    related: tuple[str, ...] = ()
    card: Card | None = None
    is_total: bool = False
    places: FigureList = EVERYWHERE
    list_title: FigureText = ""
    list_value: FigureText = ""
    sheet_title: str = ""

    @property
    def is_labour(self) -> bool:
        """Whether it is nothing but labour: effort, which carries no VAT."""
        return isinstance(self.formula, Sum) and self.formula.is_labour

    @property
    def holds_labour(self) -> bool:
        """Whether it holds labour where that is shown."""
        return self.formula is not None and self.formula.holds_labour and not self.is_labour

    def amount(self, plan: AnyPlan, promise: Promise | None = None) -> Amount[Any] | None:
        """Return the figure; None where a plan does not have it, or its reader may not see it.

        What is promised is known with the `promise` alone.
        """
        if isinstance(plan, StoppedPlan):
            return None
        figures = plan.headlines
        computed = figures.get(self.name)
        if isinstance(self.formula, PromisedFigure):
            computed = None if promise is None else self.formula.among(plan, promise)
        elif computed is None and self.formula is not None:
            computed = self.formula.amount(plan, figures)
        return None if computed is None or computed.value is None or computed.is_hidden else computed

    def parts(self, plan: AnyPlan) -> tuple[Any, ...]:
        """Return what it is made of: cost lines, or days of work; what is promised has the plan's own figure's."""
        if isinstance(self.formula, PromisedFigure) and not isinstance(plan, StoppedPlan):
            return plan.headlines[self.formula.of].parts
        amount = self.amount(plan)
        return () if amount is None else amount.parts

    def lines(self, plan: Plan) -> tuple[CostLine, ...]:
        """Return the cost lines that it is made of; none for what is no money."""
        return tuple(part for part in self.parts(plan) if isinstance(part, CostLine))

    def known(self, plan: AnyPlan, promise: Promise | None = None) -> TraceValue:
        """Return what is known of the amount; None where that is nothing."""
        amount = self.amount(plan, promise)
        return None if amount is None else amount.known

    def money(self, plan: AnyPlan, promise: Promise | None = None) -> Decimal | None:
        """Return what is known of an amount of money; None for any other figure."""
        value = self.known(plan, promise)
        return value if self.unit is MONEY and isinstance(value, Decimal) else None


def text_in(words: FigureText, view: View) -> Words:
    """Return a text about a plan; empty where there is none."""
    return words(view) if callable(words) else Text(words) if words else ""


def amount_words(amount: Amount[Any] | None, unit: Unit, *, is_brief: bool = False) -> Words:
    """Write an amount; one that lacks prices as a lower bound, or as not known."""
    if amount is None:
        return ""
    if amount.known is None:
        return NOT_KNOWN
    return bounded(quantity(amount.known, unit, is_brief=is_brief), is_whole=amount.is_whole)


def title_of(figure: KeyFigure, plan: Plan) -> Words:
    """Return what a figure is called."""
    return without_labour(Text(figure.title), plan) if figure.holds_labour else Text(figure.title)


def without_labour(title: Words, plan: AnyPlan) -> Words:
    """Return an amount's title, and that it is without labour where that is so."""
    return title if plan.shows_labour else Text("{figure}, without labour", figure=title)


def rule_of(figure: KeyFigure, plan: Plan) -> Words:
    """Return a figure's rule in words, and what is left out of it where labour is not shown."""
    if plan.shows_labour or not figure.holds_labour:
        return Text(figure.rule) if figure.rule else ""
    return sentences(Text(figure.rule_without_labour or figure.rule), labour_note())


def traced(  # noqa: PLR0913 - the parts of a trace, all named
    figure: KeyFigure,
    plan: Plan,
    rows: Iterable[TraceRow] = (),
    *,
    unit: Unit = MONEY,
    shown: Words = "",
    rule: Words = "",
    divisors: tuple[Divisor, ...] = (),
    origin: date | None = None,
    notes: tuple[Words, ...] = (),
) -> Trace:
    """Return the trace of a figure: what is not given follows from its declaration."""
    return Trace(
        name=figure.name,
        title=title_of(figure, plan),
        value=figure.known(plan),
        shown=shown or amount_words(figure.amount(plan), figure.unit),
        rule=rule or rule_of(figure, plan),
        rows=tuple(rows),
        unit=unit,
        divisors=divisors,
        origin=origin,
        notes=notes,
        is_rounded_up=isinstance(figure.formula, Quotient) and figure.formula.is_rounded_up,
    )


def exact_text(value: TraceValue, unit: Unit) -> str | None:
    """Write an amount for other programs: numbers with fixed decimals, dates and months as ISO has them."""
    if isinstance(value, Decimal | Fraction):
        return f"{unit.exact(value):f}"
    return None if value is None else str(value)
