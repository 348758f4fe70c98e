"""Why this amount? The rule in words and the cost lines it is the sum of; key figures and cells of the budget table.

Laws: the rows of an explanation add up to the figure, to the cent; a cell is the one that `tables.budget_table` shows;
where labour is not shown, title and rule say so. Which figures there are, `topics.explanations.registry` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory, Kind
from zt_planner.domain.data.price_book import PriceUnit
from zt_planner.domain.headlines import Amount, FigureName, amount_of
from zt_planner.domain.money import rounded_product, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import SHARE, CostLine, UnitPrice
from zt_planner.domain.units import MONEY, PERSON_DAYS
from zt_planner.engine.costing.budget import accrual, cash_by_month
from zt_planner.engine.figures import Quotient
from zt_planner.engine.plan import Plan
from zt_planner.language import (
    Labelled,
    Listed,
    Money,
    Plural,
    Share,
    ShortDay,
    Text,
    Trimmed,
    Words,
    in_table,
    sentences,
)
from zt_planner.topics.badges import line_badges
from zt_planner.topics.figure import KeyFigure, traced, without_labour
from zt_planner.topics.figure_names import BudgetCell, CellSpan
from zt_planner.topics.labels import item_of, label, money_words
from zt_planner.topics.sentence import LOWER_BOUNDS, labour_note
from zt_planner.topics.trace import Divisor, Source, Trace, TraceRow
from zt_planner.topics.view import View

NO_UNITS = {"", SHARE}
"""Units of lines that are no so-and-so many pieces at a price each."""


def converted(price: UnitPrice) -> Words:
    """Say how a unit price came about: own, exchange rate, billing term; empty where it stands so in the book."""
    own = Text("own price") if price.is_own else ""
    if price.is_override or price.row is None:
        return own
    parts: list[Words] = [Money(price.row.amount, 2, price.row.currency)]
    if price.rate_date is not None:
        parts.append(Text("× {rate} EUR (rate of {day})", rate=Trimmed(price.rate, 4), day=ShortDay(price.rate_date)))
    if price.term_factor != 1:
        parts.append(Text("× {factor} for the billing term", factor=Trimmed(price.term_factor, 4)))
    if price.rise_factor != 1:
        parts.append(Text("× {factor} for the what-if", factor=Trimmed(price.rise_factor, 4)))
    if len(parts) == 1:
        return own
    return Labelled(own, Listed(parts, " ")) if own else Listed(parts, " ")


def price_source(price: UnitPrice | None) -> Source:
    """Return the source of a price of the book."""
    if price is None or price.is_override or price.row is None:
        return Source()
    row = price.row
    return Source(row.source or "", row.source_url, row.source_date, label(row.confidence))


def times_of(lines: Sequence[CostLine]) -> Words:
    """Say how much was bought, in a price's own unit; empty for what was booked."""
    first = lines[0]
    if first.is_actual:
        return ""
    if first.category is CostCategory.CONTINGENCY:
        return Text("{share} of the one-off costs", share=Share(first.quantity))
    monthly: defaultdict[Month, Fraction] = defaultdict(Fraction)
    for line in lines:
        monthly[line.month] += line.quantity  # steps of one price may cost the same
    if first.kind is Kind.RECURRING and len(set(monthly.values())) == 1:
        return Plural("{each} × 1 month", "{each} × {n} months", len(monthly), each=Trimmed(monthly[first.month]))
    quantity = Trimmed(sum((line.quantity for line in lines), Fraction(0)))
    if first.unit == PriceUnit.DAY:
        return Plural("{n} person-day", "{n} person-days", quantity)
    if first.kind is Kind.RECURRING:
        return Plural("{n} monthly unit", "{n} monthly units", quantity)
    return quantity


def sum_or_none(lines: Sequence[CostLine]) -> Decimal | None:
    """Add up lines; None when one of them has no price."""
    amounts = [line.amount for line in lines if line.amount is not None]
    return total(amounts) if len(amounts) == len(lines) else None


def rounding_note(lines: Sequence[CostLine]) -> Words:
    """Say that days times price, as they are shown, come to other cents; empty where they do not (M16)."""
    first, price = lines[0], lines[0].unit_price
    if price is None or first.unit != PriceUnit.DAY:
        return ""
    shown = PERSON_DAYS.exact(sum((line.quantity for line in lines), Fraction(0)))
    if rounded_product(shown, MONEY.exact(price.amount)) == sum_or_none(lines):
        return ""
    return Text("amounts are rounded task by task, days for showing only")


def row_of(lines: Sequence[CostLine], amount: Decimal | None, plan: Plan) -> TraceRow:
    """Return lines that buy the same at the same price as one row."""
    first, price = lines[0], lines[0].unit_price
    return TraceRow(
        item=item_of(first, plan.case.book),
        category=label(first.category),
        times=times_of(lines),
        unit_price="" if price is None or first.unit in NO_UNITS else Money(price.amount, 2),
        amount=amount,
        how=Listed(("" if price is None else converted(price), rounding_note(lines)), ";"),
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


def gathered_rows(lines: Iterable[CostLine], plan: Plan) -> tuple[TraceRow, ...]:
    """Return cost lines as rows, gathered by what was bought at which price."""
    return tuple(row_of(group, sum_or_none(group), plan) for group in gathered(lines))


def lower_bound_notes(lines: Iterable[CostLine]) -> tuple[Words, ...]:
    """Say that a sum is a lower bound where a price is missing."""
    is_whole = all(line.amount is not None for line in lines)
    return () if is_whole else (LOWER_BOUNDS,)


def explain(figure: KeyFigure, view: View) -> Trace:
    """Return why a figure that a plan has is what it is."""
    return explain_amount(figure, view.plan) if figure.explain is None else figure.explain(figure, view)


def explain_amount(figure: KeyFigure, plan: Plan, shown: Words = "", *notes: Words) -> Trace:
    """Return the cost lines that an amount is made of, and what their sum is divided by."""
    parts, rule = figure.lines(plan), figure.formula
    by = [(each, each.number(plan) or 1) for each in rule.by] if isinstance(rule, Quotient) else []
    booked = Text("Closed months count with what was invoiced or bought, not with what was planned (rule M27).")
    return traced(
        figure,
        plan,
        gathered_rows(parts, plan),
        shown=shown,
        divisors=tuple(Divisor(Text(each.label), number, in_table(number, each.unit)) for each, number in by),
        notes=(*lower_bound_notes(parts), *((booked,) if any(line.is_actual for line in parts) else ()), *notes),
    )


def explain_peak_month(figure: KeyFigure, view: View) -> Trace:
    """Return why a month is the dearest, and which comes next."""
    plan, figures = view.plan, view.figures
    sums = cash_by_month(plan.cost_lines, plan.horizon, accrual)
    second = max((month for month in plan.horizon if month != figures.peak_month), key=lambda month: sums[month])
    shown = Labelled(figures.peak_month, money_words(figures[FigureName.PEAK_AMOUNT], 2))
    note = Text("The second-highest month is {month}: {amount}.", month=second, amount=Money(sums[second], 2))
    return explain_amount(figure, plan, shown, note)


def amount_trace(name: str, title: Words, amount: Amount[Decimal], rule: Words, plan: Plan) -> Trace:
    """Return why an amount beside the key figures is the sum of its cost lines."""
    return Trace(
        name=name,
        title=title,
        value=amount.known,
        shown=money_words(amount, 2),
        rule=rule,
        rows=gathered_rows(amount.parts, plan),
        notes=lower_bound_notes(amount.parts),
    )


def explain_cell(cell: BudgetCell, plan: Plan) -> Trace:
    """Return why a cell of the budget table is what it is."""
    months = frozenset(cell.months_in(plan))
    lines = (line for line in (*plan.cost_lines, *plan.prepaid_tail) if cell.holds(line, months))
    return amount_trace(str(cell), cell_title(cell, plan), amount_of(lines), cell_rule(cell, plan), plan)


def cell_title(cell: BudgetCell, plan: Plan) -> Words:
    """Return what a cell is called."""
    when: Words = cell.month or Text("all months")
    if cell.month is not None and cell.span is not CellSpan.MONTH:
        when = Text("until {month}", month=cell.month)
    title: Words = Listed((Text("Total") if cell.category is None else label(cell.category), when), ", ")
    if cell.is_paid:
        title = Text("{figure}, as paid", figure=title)
    return title if cell.category is not None else without_labour(title, plan)


def cell_rule(cell: BudgetCell, plan: Plan) -> Words:
    """Return a cell's rule in words."""
    if cell.is_paid:
        text = Text("Everything paid in these months: a prepaid year counts in its first month.")
    else:
        text = Text("Everything used in these months: a prepaid year is spread over its months.")
    if cell.category is not None:
        return sentences(text, Text("One category only (rule M17b)."))
    effort = Text("Internal work is not included: it is effort, not cash (rules M17b and M18).")
    return sentences(text, effort, "" if plan.shows_labour else labour_note())
