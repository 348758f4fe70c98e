"""Why this amount? The rule in words and the cost lines it is the sum of.

`gathered_rows` gathers the parts of an amount by price. Law: the rows of an explanation add up to the figure, to the
cent; where labour is not shown, title and rule say so. Which figures there are besides amounts,
`topics.explanations.registry` says.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory, Kind
from zt_planner.domain.data.price_book import PriceUnit
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded, rounded_product, total
from zt_planner.domain.plan import SHARE, CostLine, UnitPrice
from zt_planner.engine.costing.budget import accrual, cash_by_month
from zt_planner.engine.figures import Quotient
from zt_planner.engine.plan import Plan
from zt_planner.errors import msgid
from zt_planner.language import Labelled
from zt_planner.topics.badges import line_badges
from zt_planner.topics.figure import traced
from zt_planner.topics.labels import label, money_words
from zt_planner.topics.trace import Divisor, Source, Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from zt_planner.domain.month import Month
    from zt_planner.language import Language, Words
    from zt_planner.topics.figure import Figure
    from zt_planner.topics.view import View


PEAK_RULE = msgid(
    "The month within the horizon in which most money is used; the first of them if several are equal (rules M11 to "
    "M18)."
)
DAY_PLACES = CENTS = 2
NO_UNITS = {"", SHARE}
"""Units of lines that are no so-and-so many pieces at a price each."""


def converted(price: UnitPrice, language: Language) -> str:
    """Say how a unit price came about: own, exchange rate, billing term."""
    if price.is_override or price.row is None:
        return language.say("own price") if price.is_own else ""
    parts = [f"{language.number(price.row.amount, 2)} {price.row.currency}"]
    if price.rate_date is not None:
        rate, day = language.trimmed(price.rate, 4), language.short_day(price.rate_date)
        parts.append(language.say("× {rate} EUR (rate of {day})", rate=rate, day=day))
    if price.term_factor != 1:
        parts.append(language.say("× {factor} for the billing term", factor=language.trimmed(price.term_factor, 4)))
    if price.rise_factor != 1:
        parts.append(language.say("× {factor} for the what-if", factor=language.trimmed(price.rise_factor, 4)))
    own, how = language.say("own price") if price.is_own else "", " ".join(parts) if len(parts) > 1 else ""
    return language.labelled(own, how) if own and how else own or how


def price_source(price: UnitPrice | None) -> Source:
    """Return the source of a price of the book."""
    if price is None or price.is_override or price.row is None:
        return Source()
    row = price.row
    return Source(row.source or "", row.source_url, row.source_date, label(row.confidence))


def times_of(lines: Sequence[CostLine], language: Language) -> str:
    """Say how much was bought, in a price's own unit."""
    first = lines[0]
    if first.is_actual:
        return ""
    if first.category is CostCategory.CONTINGENCY:
        return language.say("{share} of the one-off costs", share=language.percent(first.quantity))
    monthly: defaultdict[Month, Fraction] = defaultdict(Fraction)
    for line in lines:
        monthly[line.month] += line.quantity  # steps of one price may cost the same
    if first.kind is Kind.RECURRING and len(set(monthly.values())) == 1:
        each = language.trimmed(monthly[first.month])
        return language.plural("{each} × 1 month", "{each} × {n} months", len(monthly), each=each)
    quantity = language.trimmed(sum((line.quantity for line in lines), Fraction(0)))
    if first.unit == PriceUnit.DAY:
        return language.plural("{n} person-day", "{n} person-days", quantity)
    if first.kind is Kind.RECURRING:
        return language.plural("{n} monthly unit", "{n} monthly units", quantity)
    return quantity


def sum_or_none(lines: Sequence[CostLine]) -> Decimal | None:
    """Add up lines; None when one of them has no price."""
    amounts = [line.amount for line in lines if line.amount is not None]
    return total(amounts) if len(amounts) == len(lines) else None


def rounding_note(lines: Sequence[CostLine], language: Language) -> str:
    """Say that days times price, as they are shown, come to other cents; nothing where they do not (M16)."""
    first, price = lines[0], lines[0].unit_price
    if price is None or first.unit != PriceUnit.DAY:
        return ""
    shown = rounded(sum((line.quantity for line in lines), Fraction(0)), DAY_PLACES)
    if rounded_product(shown, rounded(price.amount, CENTS)) == sum_or_none(lines):
        return ""
    return language.say("amounts are rounded task by task, days for showing only")


def row_of(lines: Sequence[CostLine], amount: Decimal | None, plan: Plan, language: Language) -> TraceRow:
    """Return lines that buy the same at the same price as one row."""
    first, price = lines[0], lines[0].unit_price
    how = ("" if price is None else converted(price, language), rounding_note(lines, language))
    return TraceRow(
        item=language.say(first.item) if first.item else first.price_id,
        category=language.write(label(first.category)),
        times=times_of(lines, language),
        unit_price="" if price is None or first.unit in NO_UNITS else language.money(price.amount, 2),
        amount=amount,
        how=language.series(filter(None, how)),
        source=price_source(price),
        badges=line_badges(lines, plan),
    )


class LineGroup(NamedTuple):
    """What lines have in common that become one row."""

    category: CostCategory
    price_id: str
    kind: Kind
    is_credit: bool
    amount: Decimal | None


def bought(line: CostLine) -> LineGroup:
    """Return what a line buys; a share has no unit price to tell it by."""
    amount = None if line.unit_price is None or line.unit == SHARE else line.unit_price.amount
    return LineGroup(line.category, line.price_id, line.kind, line.quantity < 0, amount)


def gathered(lines: Iterable[CostLine]) -> list[list[CostLine]]:
    """Group lines by what was bought at which unit price, in the order of the budget's columns."""
    groups: dict[LineGroup, list[CostLine]] = {}
    for line in lines:
        groups.setdefault(bought(line), []).append(line)
    return [groups[key] for key in sorted(groups, key=lambda key: CATEGORY_ORDER[key.category])]


def gathered_rows(lines: Iterable[CostLine], plan: Plan, language: Language) -> tuple[TraceRow, ...]:
    """Return cost lines as rows, gathered by what was bought at which price."""
    return tuple(row_of(group, sum_or_none(group), plan, language) for group in gathered(lines))


def lower_bound_notes(lines: Iterable[CostLine], language: Language) -> tuple[str, ...]:
    """Say that a sum is a lower bound where a price is missing."""
    if all(line.amount is not None for line in lines):
        return ()
    return (language.say("A price is missing: the sum is a lower bound."),)


def booked_notes(lines: Iterable[CostLine], language: Language) -> tuple[str, ...]:
    """Say that closed months count with what was booked."""
    if not any(line.is_actual for line in lines):
        return ()
    return (
        language.say("Closed months count with what was invoiced or bought, not with what was planned (rule M27)."),
    )


def explain(figure: Figure, view: View) -> Trace:
    """Return why a figure that a plan has is what it is."""
    if figure.explain is not None:
        return figure.explain(figure, view)
    return explain_amount(figure, view.plan, view.language)


def explain_amount(figure: Figure, plan: Plan, language: Language, shown: Words = "", *notes: Words) -> Trace:
    """Return the cost lines that an amount is made of, and what their sum is divided by."""
    parts, rule = figure.parts(plan), figure.formula
    divisors = rule.by if isinstance(rule, Quotient) else ()
    return traced(
        figure,
        plan,
        language,
        gathered_rows(parts, plan, language),
        shown=shown,
        divisors=tuple(Divisor(language.say(by.label), by.number(plan) or 1, is_money=by.is_money) for by in divisors),
        notes=(*lower_bound_notes(parts, language), *booked_notes(parts, language), *notes),
    )


def explain_peak_month(figure: Figure, view: View) -> Trace:
    """Return why a month is the dearest, and which comes next."""
    plan, language, figures = view.plan, view.language, view.figures
    sums = cash_by_month(plan.cost_lines, plan.horizon, accrual)
    second = max((month for month in plan.horizon if month != figures.peak_month), key=lambda month: sums[month])
    shown = Labelled(figures.peak_month, money_words(figures[FigureName.PEAK_AMOUNT], 2))
    note = language.say(
        "The second-highest month is {month}: {amount}.",
        month=language.month(second),
        amount=language.money(sums[second], 2),
    )
    return explain_amount(figure, plan, language, shown, note)
