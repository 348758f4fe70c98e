"""A key figure is one declaration: what it is called, its rule, unit and amount, why it is so, and where it is shown.

Decides what can be declared and how an amount of a unit is written; `figures`
holds the declarations. Cards, board paper, summary, workbook, command line and
explanations are made from them. Laws: a figure that is not shown to a reader
has no value for them; an amount is written alike in every medium, but for its
places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Flag, StrEnum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from zt_planner.domain.money import rounded
from zt_planner.domain.month import Month
from zt_planner.engine.plan import selected
from zt_planner.topics.labels import bounded_money, is_unknown
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.trace import Counted, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import CostLine, Headlines
    from zt_planner.engine.costing.budget import Periods, Selection
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.trace import Divisor, TraceRow, TraceValue
    from zt_planner.topics.view import View


class FigureUnit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    MONTHS = "months"
    DAYS = "person_days"
    DAYS_A_WEEK = "days_a_week"
    DAYS_A_MONTH = "days_a_month"
    MEASURES = "measures"
    STANDSTILL = "days_at_a_standstill"


PLACES = {
    FigureUnit.MONEY: 2,
    FigureUnit.MONTHS: 1,
    FigureUnit.DAYS: 2,
    FigureUnit.DAYS_A_WEEK: 2,
    FigureUnit.DAYS_A_MONTH: 2,
    FigureUnit.STANDSTILL: 1,
}
"""The decimals of an exact amount; those who decide see whole euros and days."""


class FigureContext(NamedTuple):
    """Whom and of which plan a figure is told."""

    plan: Plan
    figures: Headlines
    book: PriceBook
    language: Language


FigureText: TypeAlias = str | Callable[[FigureContext], str]
"""A text to translate, or what writes one."""


@dataclass(frozen=True, slots=True)
class Card:
    """How a figure stands on the first screen and in the board paper."""

    context: FigureText
    help: FigureText
    title: str = ""
    value: FigureText = ""
    is_better_higher: bool = False
    kept_as: str = ""
    """What a saved baseline calls it, where that is not the figure's name."""
    place: int = 0
    """Which card it is from the left."""


class FigureList(Flag):
    """The lists that a figure stands in: the command line's, the workbook's, `summary.json`."""

    LIST = auto()
    SHEET = auto()
    SUMMARY = auto()


EVERYWHERE, NOWHERE = FigureList.LIST | FigureList.SHEET | FigureList.SUMMARY, FigureList(0)


def is_always(_: Plan) -> bool:
    """Tell that every plan with a schedule has a figure."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A declaration.

    `amount` reads it from a plan, None when only its trace computes it. `choose` selects the cost lines that it
    is made of. `list_title` and `list_value` are what lists call it and show of it where that is not title and
    amount, `sheet_title` what the workbook calls it: there the unit stands in the title.
    """

    name: str
    title: str
    unit: FigureUnit
    amount: Callable[[Plan, Headlines], TraceValue] | None
    trace: Callable[[Figure, View, Headlines], Trace]
    rule: str = ""
    rule_without_labour: str = ""
    choose: Callable[[Periods], Selection] | None = None
    is_there: Callable[[Plan], bool] = is_always
    carries_vat: bool = True
    holds_labour: bool = False
    is_labour: bool = False
    related: tuple[str, ...] = ()
    card: Card | None = None
    is_total: bool = False
    places: FigureList = EVERYWHERE
    list_title: FigureText = ""
    list_value: FigureText = ""
    sheet_title: str = ""

    def may_be_seen(self, plan: Plan) -> bool:
        """Tell whether a plan's reader may see the figure."""
        return plan.shows_labour or not self.is_labour

    def is_shown(self, plan: Plan) -> bool:
        """Tell whether a plan has the figure, and its reader may see it."""
        return plan.headlines is not None and self.may_be_seen(plan) and self.is_there(plan)

    def value(self, plan: Plan) -> TraceValue:
        """Return the amount; None when it is not shown."""
        if plan.headlines is None or self.amount is None or not self.is_shown(plan):
            return None
        return self.amount(plan, plan.headlines)

    def money(self, plan: Plan) -> Decimal | None:
        """Return an amount of money; None for any other figure, and where nothing of it has a price."""
        value = self.value(plan)
        if self.unit is not FigureUnit.MONEY or not isinstance(value, Decimal):
            return None
        return None if is_unknown(value, is_whole=self.is_whole(plan)) else value

    def lines(self, plan: Plan) -> tuple[CostLine, ...]:
        """Return the cost lines that it is made of."""
        return () if self.choose is None else selected(self.choose, plan)

    def is_whole(self, plan: Plan) -> bool:
        """Tell whether every cost line that it is made of has a price."""
        return all(line.amount is not None for line in self.lines(plan))

    def known(self, plan: Plan) -> TraceValue:
        """Return the amount; None when it is not shown, or is money of which nothing has a price."""
        return self.money(plan) if self.unit is FigureUnit.MONEY else self.value(plan)


def text_in(words: FigureText, context: FigureContext) -> str:
    """Return a text in the reader's language."""
    return words(context) if callable(words) else context.language.say(words)


def figure_text(value: TraceValue, unit: FigureUnit, language: Language, *, is_exact: bool = True) -> str:
    """Write an amount of a unit, exactly or as those who decide read it."""
    if value is None:
        return ""
    if isinstance(value, Month):
        return language.month(value)
    if isinstance(value, date):
        return language.day(value)
    places = PLACES.get(unit, 0) if is_exact else 0
    forms = {
        FigureUnit.MONEY: lambda: language.money(value, places),
        FigureUnit.MONTHS: lambda: language.plural("{n} month", "{n} months", language.number(value, places)),
        FigureUnit.DAYS: lambda: language.plural("{n} day", "{n} days", language.number(value, min(places, 1))),
        FigureUnit.STANDSTILL: lambda: language.plural("{n} day", "{n} days", language.number(value, 1)),
        FigureUnit.DAYS_A_WEEK: lambda: language.trimmed(value),
        FigureUnit.DAYS_A_MONTH: lambda: language.plural(
            "{n} day a month", "{n} days a month", language.number(value, 1)
        ),
    }
    return forms.get(unit, lambda: language.number(value))()


def shown_value(figure: Figure, plan: Plan, language: Language, *, is_exact: bool = True) -> str:
    """Write a figure's amount; money that lacks prices as a lower bound, or as not known."""
    value = figure.value(plan)
    if figure.unit is not FigureUnit.MONEY or not isinstance(value, Decimal):
        return figure_text(value, figure.unit, language, is_exact=is_exact)
    return language.write(bounded_money(value, PLACES[figure.unit] if is_exact else 0, is_whole=figure.is_whole(plan)))


def title_of(figure: Figure, plan: Plan, language: Language) -> str:
    """Return what a figure is called."""
    title = language.say(figure.title)
    return without_labour(title, plan, language) if figure.holds_labour else title


def without_labour(title: str, plan: Plan, language: Language) -> str:
    """Return an amount's title, and that it is without labour where that is so."""
    return title if plan.shows_labour else language.say("{figure}, without labour", figure=title)


def rule_of(figure: Figure, plan: Plan, language: Language) -> str:
    """Return a figure's rule in words, and what is left out of it where labour is not shown."""
    if plan.shows_labour or not figure.holds_labour:
        return language.say(figure.rule)
    return f"{language.say(figure.rule_without_labour or figure.rule)} {language.write(labour_note())}"


def traced(  # noqa: PLR0913 - the parts of a trace, all named
    figure: Figure,
    plan: Plan,
    language: Language,
    value: TraceValue,
    rows: Iterable[TraceRow] = (),
    *,
    counted: Counted = Counted.MONEY,
    shown: str = "",
    rule: str = "",
    divisors: tuple[Divisor, ...] = (),
    origin: date | None = None,
    notes: tuple[str, ...] = (),
) -> Trace:
    """Return a trace that says of itself what the figure's declaration says."""
    return Trace(
        name=figure.name,
        title=title_of(figure, plan, language),
        value=value,
        shown=shown or figure_text(value, figure.unit, language),
        rule=rule or rule_of(figure, plan, language),
        rows=tuple(rows),
        counted=counted,
        divisors=divisors,
        origin=origin,
        notes=notes,
    )


def exact_text(value: TraceValue, unit: FigureUnit) -> str | None:
    """Write an amount for other programs: numbers with fixed decimals, dates and months as ISO has them."""
    if isinstance(value, Decimal | Fraction):
        return f"{rounded(value, PLACES.get(unit, 0)):f}"
    return None if value is None else str(value)
