"""The plan as three CSV files: its tasks, its cost lines, its budget by month.

Decides columns and rows; `csv_text` decides how a cell is written. Columns,
ids and the words of lists are never translated; items and sources are. Laws:
the columns of `budget_by_month.csv` add up to the cost lines, to the cent, and
those before its total to that total; an unpriced amount is an empty cell,
never 0; equal plans give equal bytes; a plan that does not show labour has no
columns for it.
"""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.money import HOME_CURRENCY, ZERO, exact_decimal, rounded
from zt_planner.domain.plan import CASH_CATEGORIES, LABOUR_CATEGORIES, CostCategory
from zt_planner.domain.price_book import Unit
from zt_planner.engine.budget import cash_of, sums_by_month
from zt_planner.engine.trust import Mark, marks_of
from zt_planner.export.csv_text import CsvValue, Dialect, csv_bytes
from zt_planner.reports.badges import badges
from zt_planner.reports.task_words import task_name
from zt_planner.reports.words import product_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from zt_planner.domain.plan import CostLine, Plan, ScheduledTask
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.language import Language

TASKS, COST_LINES, BUDGET = "tasks.csv", "cost_lines.csv", "budget_by_month.csv"

TASK_COLUMNS = (
    "task_id",
    "step",
    "task",
    "start",
    "finish",
    "length_days",
    "wait_until",
    "internal_days",
    "external_days",
    "slack_days",
    "critical",
    "after",
)
LINE_COLUMNS = (
    "month",
    "step",
    "task_id",
    "price_id",
    "item",
    "category",
    "kind",
    "cash",
    "quantity",
    "unit",
    "unit_price",
    "amount",
    "currency",
    "source",
    "source_date",
    "confidence",
)
BUDGET_SUMS = {True: ("total", "cumulative"), False: ("total_without_labour", "cumulative_without_labour")}
"""What the sums are called, by whether labour is shown."""

OWN = "own"


def plan_files(plan: Plan, price_book: PriceBook, language: Language, dialect: Dialect) -> dict[str, bytes]:
    """Return the three files by name."""
    steps = {task.task.id: str(task.task.step) for task in plan.tasks}
    lines = (_line_row(line, steps, plan.priced_on, price_book, language) for line in plan.cost_lines)
    return {
        TASKS: csv_bytes(TASK_COLUMNS, (_task_row(task, language) for task in plan.tasks), dialect),
        COST_LINES: csv_bytes(LINE_COLUMNS, lines, dialect),
        BUDGET: csv_bytes(budget_columns(plan), _budget_rows(plan), dialect),
    }


def summed_categories(plan: Plan) -> tuple[CostCategory, ...]:
    """Return the categories that stand before the sums, which add them up: all that leaves the company."""
    return tuple(category for category in CASH_CATEGORIES if plan.shows_labour or category not in LABOUR_CATEGORIES)


def effort_categories(plan: Plan) -> tuple[CostCategory, ...]:
    """Return the categories that stand after the sums, as no sum holds them: internal work is no cash (M18)."""
    return tuple(category for category in CostCategory if category not in CASH_CATEGORIES and plan.shows_labour)


def budget_columns(plan: Plan) -> tuple[str, ...]:
    """Return the columns of the budget by month."""
    summed, effort = (map(str, found(plan)) for found in (summed_categories, effort_categories))
    return ("month", *summed, *BUDGET_SUMS[plan.shows_labour], *effort)


def bundle_zip(files: Mapping[str, bytes]) -> bytes:
    """Pack files into one archive; equal files give equal bytes on every machine and day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3  # Unix, wherever it was made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _task_row(task: ScheduledTask, language: Language) -> Sequence[CsvValue]:
    return (
        task.task.id,
        str(task.task.step),
        task_name(task.task, language),
        task.start,
        task.finish,
        task.length_days,
        task.wait_until,
        rounded(task.internal_days, 2),
        rounded(task.external_days, 2),
        task.slack_days,
        task.is_critical,
        ";".join(task.after),
    )


def _line_row(
    line: CostLine, steps: Mapping[str, str], day: date, book: PriceBook, language: Language
) -> Sequence[CsvValue]:
    item = language.say(line.item) if line.item else product_name(line.price_id, book, language)
    return (
        str(line.month),
        steps.get(line.task_id, ""),
        line.task_id,
        line.price_id,
        item,
        str(line.category),
        str(line.kind),
        line.is_cash,
        _quantity(line),
        line.unit,
        None if line.unit_price is None else rounded(line.unit_price.amount, 2),
        line.amount,
        HOME_CURRENCY,
        *source_cells(line, day, language),
    )


def _quantity(line: CostLine) -> Decimal:
    """Return days of work with at most two places, pieces and shares exactly."""
    shown = (rounded(line.quantity, 2) if line.unit == Unit.DAY else exact_decimal(line.quantity)).normalize()
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


def source_cells(line: CostLine, day: date, language: Language) -> tuple[CsvValue, CsvValue, CsvValue]:
    """Return source, its date and how far it can be trusted; empty where nothing was looked up.

    Beside the source stands what the other columns do not say: that it is too old, or that an own row is a guess, and
    what a what-if did.
    """
    price = line.unit_price
    if price is not None and price.is_override:
        return language.say("own price"), None, OWN
    if price is None or price.row is None:
        return None, None, None
    said = {Mark.STALE} if not price.is_own else {Mark.STALE, Mark.UNVERIFIED}
    notes = [badge.text for badge in badges([mark for mark in marks_of(price, day) if mark in said], language)]
    if price.rise_factor != 1:
        notes.append(language.say("× {factor} for the what-if", factor=language.trimmed(price.rise_factor, 4)))
    source = "; ".join((*filter(None, (price.row.source,)), *notes)) or None
    return source, price.row.source_date, OWN if price.is_own else str(price.row.confidence)


def _budget_rows(plan: Plan) -> Iterator[Sequence[CsvValue]]:
    """Yield each month's sums and running total; a cell is empty where there are lines and none of them has a price."""
    priced = {(line.month, line.category) for line in plan.cost_lines if line.amount is not None}
    unpriced = {(line.month, line.category) for line in plan.cost_lines} - priced
    running = ZERO
    for month, sums in sums_by_month(plan.cost_lines, plan.months).items():
        summed, effort = (
            [None if (month, category) in unpriced else sums[category] for category in found(plan)]
            for found in (summed_categories, effort_categories)
        )
        running += cash_of(sums)
        yield (str(month), *summed, cash_of(sums), running, *effort)
