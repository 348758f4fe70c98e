"""The cost lines as columns, for the page, for `cost_lines.csv` and for the sheet Cost lines: what every total sums.

Laws: the amounts of the rows are the lines' own, to the cent, and the last row of
the page is the sum of what leaves the company; a line without a price has no
amount. In the workbook an amount is quantity times unit price, rounded to the
cent, plus an adjustment: what makes the formula give the engine's cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.categories import Kind, Treatment, treatment_of
from zt_planner.domain.data.price_book import ORIGIN_OF, Origin, PriceUnit
from zt_planner.domain.money import HOME_CURRENCY, exact_decimal, rounded
from zt_planner.domain.plan import SHARE
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.trust import Mark, marks_of
from zt_planner.language import Money, Share, Text, Trimmed, Words, series
from zt_planner.topics.badges import badges, line_badges
from zt_planner.topics.labels import NO_PRICE, bounded_money, item_of, label
from zt_planner.topics.table import Column, Table, chosen, table_of
from zt_planner.topics.task_words import task_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zt_planner.domain.data.phase_model import Task
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import AnyPlan, Plan

CENT = Decimal("0.01")
DIGITS = 15
"""That a spreadsheet computes with."""
PLACES = units.NUMBER.places.files
"""Of a quantity and a unit price in the workbook: so many that only cents are left over."""
OWN = "own"
ON_PAGE = ("month", "item", "task", "category", "amount_of", "per", "unit_price", "amount")
IN_CSV = (
    *("month", "step", "task_id", "price_id", "item", "category", "kind", "cash", "quantity", "unit", "unit_price"),
    *("amount", "currency", "source", "source_date", "confidence", "treatment"),
)
ON_SHEET = (
    *("month", "step", "task", "item", "category", "kind", "cash", "quantity", "unit", "unit_price", "adjustment"),
    *("amount", "paid_in", "source", "source_date", "confidence", "task_id", "price_id"),
)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A cost line with its task and where its price comes from."""

    line: CostLine
    task: Task | None
    source: Words | None
    source_date: date | None
    confidence: str | None

    @property
    def price(self) -> Decimal | None:
        """What a unit costs, exactly."""
        return None if self.line.unit_price is None else self.line.unit_price.amount


def sum_text(lines: Sequence[CostLine], places: int = 0) -> Words:
    """Write what is known of a sum of lines: as a lower bound where a price is missing."""
    return bounded_money(sum_of(lines), places, is_whole=all(line.amount is not None for line in lines))


def is_task_work(line: CostLine) -> bool:
    """Tell whether a line is work of a task, which can be changed: neither coordination nor operation."""
    return line.price_id in DAY_RATES and bool(line.task_id) and line.kind is Kind.ONE_OFF


def priced_lines(lines: tuple[CostLine, ...], plan: AnyPlan) -> list[PricedLine]:
    """Return lines with what is known of them."""
    tasks = {task.task.id: task.task for task in plan.tasks}
    return [PricedLine(line, tasks.get(line.task_id), *source_columns(line, plan.priced_on)) for line in lines]


def line_columns(book: PriceBook) -> tuple[Column[PricedLine], ...]:
    """Return every column, whichever of them a medium has."""
    return (*_what_columns(book), *_money_columns(), *_source_columns())


def _what_columns(book: PriceBook) -> tuple[Column[PricedLine], ...]:
    """Return what a line is for."""
    return (
        Column(Text("Month"), units.MONTH, lambda row: row.line.month, name="month", width=11),
        Column(Text("Step"), units.CHOICE, lambda row: row.task and row.task.step, name="step", width=16),
        Column(Text("Task ID"), value=lambda row: row.line.task_id, name="task_id", width=20),
        Column(
            Text("Task"),
            value=lambda row: "" if row.task is None else task_name(row.task),
            name="task",
            width=34,
        ),
        Column(Text("Price ID"), value=lambda row: row.line.price_id, name="price_id", width=26),
        Column(Text("Item"), value=lambda row: item_of(row.line, book), name="item", width=34),
        Column(Text("Category"), units.CHOICE, lambda row: row.line.category, name="category"),
        Column(Text("Kind"), units.CHOICE, lambda row: row.line.kind, name="kind", width=11),
        Column(Text("Cash"), units.FLAG, lambda row: row.line.is_cash, name="cash", width=7),
    )


def _money_columns() -> tuple[Column[PricedLine], ...]:
    """Return how much a line buys at which price, and what it comes to."""
    return (
        Column(
            Text("Quantity"),
            units.NUMBER,
            lambda row: rounded(row.line.quantity, PLACES),
            plain=lambda row: plain_quantity(row.line),
            name="quantity",
            width=11,
            is_entry=True,
        ),
        Column(Text("Quantity"), units.NUMBER, words=lambda row: quantity_text(row.line), name="amount_of"),
        Column(
            Text("Unit"),
            value=lambda row: row.line.unit,
            words=lambda row: unit_word(row.line),
            name="unit",
            width=17,
        ),
        Column(
            Text("Per"),
            words=lambda row: label(row.line.unit) if isinstance(row.line.unit, PriceUnit) else "",
            name="per",
        ),
        Column(
            Text("Unit price"),
            units.MONEY,
            lambda row: None if row.price is None else rounded(row.price, PLACES),
            plain=lambda row: None if row.price is None else rounded(row.price, 2),
            name="unit_price",
            width=15,
            is_entry=True,
        ),
        Column(Text("Adjustment"), units.MONEY, adjustment, name="adjustment", width=13),
        Column(
            Text("Amount"),
            units.MONEY,
            lambda row: row.line.amount,
            lambda row: NO_PRICE if row.line.amount is None else Money(row.line.amount, 2),
            name="amount",
            width=16,
        ),
        Column(Text("Currency"), value=lambda _: HOME_CURRENCY, name="currency"),
    )


def _source_columns() -> tuple[Column[PricedLine], ...]:
    """Return when a line is paid, and where its price comes from."""

    def confidence(row: PricedLine) -> Words:
        return confidence_word(row.confidence)

    def treatment(row: PricedLine) -> Treatment | None:
        return treatment_of(row.line.category, row.line.kind)

    return (
        Column(Text("Paid in"), units.MONTH, lambda row: row.line.paid_in, name="paid_in", width=11),
        Column(Text("Source"), value=lambda row: row.source, name="source", width=40),
        Column(Text("Date of the source"), units.DAY, lambda row: row.source_date, name="source_date", width=13),
        Column(Text("Confidence"), value=lambda row: row.confidence, words=confidence, name="confidence", width=12),
        Column(Text("Treatment"), units.CHOICE, treatment, name="treatment"),
    )


def line_table(plan: Plan) -> Table:
    """Return the plan's cost lines, month by month, with their sum."""
    columns = chosen(line_columns(plan.case.book), ON_PAGE)
    lines = priced_lines(plan.cost_lines, plan)
    mark = ON_PAGE.index("item")
    table = table_of(columns, lines, lambda row: line_badges([row.line], plan), mark)
    cash = sum_of(line for line in plan.cost_lines if line.is_cash)
    total = bounded_money(cash, 2, is_whole=plan.is_complete)
    return table.with_row(Text("Total without internal work"), total)


def quantity_text(line: CostLine) -> Words:
    """Write how many or how much; a share in per cent, nothing for what was booked."""
    if line.is_actual:
        return ""
    return Share(line.quantity) if line.unit == SHARE else Trimmed(line.quantity)


def plain_quantity(line: CostLine) -> Decimal:
    """Return days of work with at most two places, pieces and shares exactly."""
    shown = (rounded(line.quantity, 2) if line.unit == PriceUnit.DAY else exact_decimal(line.quantity)).normalize()
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


def adjustment(row: PricedLine) -> Decimal | None:
    """Return what quantity times unit price lacks of the amount."""
    if row.price is None or row.line.amount is None:
        return None
    return row.line.amount - computed(rounded(row.line.quantity, PLACES), rounded(row.price, PLACES))


def computed(quantity: Decimal, price: Decimal) -> Decimal:
    """Return quantity times price as a spreadsheet rounds it: in floating point, of fifteen digits, half up."""
    return Decimal(f"{float(quantity) * float(price):.{DIGITS}g}").quantize(CENT, ROUND_HALF_UP)


def confidence_word(confidence: str | None) -> Words:
    """Return how far a source can be trusted, in the reader's words."""
    if confidence == OWN:
        return Text("own price")
    return label(Origin(confidence)) if confidence else ""


def unit_word(line: CostLine) -> Words:
    """Return what a quantity counts."""
    if isinstance(line.unit, PriceUnit):
        return label(line.unit)
    return Text("share") if line.unit else ""


def source_columns(line: CostLine, day: date) -> tuple[Words | None, date | None, str | None]:
    """Return source, its date and how far it can be trusted; empty where nothing was looked up.

    Beside the source stands what the other columns do not say: that it is too old, or that an own row is a guess, and
    what a what-if did.
    """
    price = line.unit_price
    if price is not None and price.is_override:
        return Text("own price"), None, OWN
    if price is None or price.row is None:
        return None, None, None
    noted = {Mark.STALE} if not price.is_own else {Mark.STALE, Mark.ASSUMED}
    notes = [badge.text for badge in badges([mark for mark in marks_of(price, day) if mark in noted])]
    if price.rise_factor != 1:
        notes.append(Text("× {factor} for the what-if", factor=Trimmed(price.rise_factor, 4)))
    source = series((price.row.source or "", *notes)) or None
    return source, price.row.source_date, OWN if price.is_own else str(ORIGIN_OF[price.row.confidence])
