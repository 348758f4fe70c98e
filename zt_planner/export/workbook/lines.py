"""The sheet Cost lines: what every total of the workbook is a sum of.

An amount is quantity times unit price, rounded to the cent, plus an adjustment
where the engine splits leftover cents or knows the quantity more exactly. Contingency
stands at the end: its unit price is the one-off cash of its month, summed over the
lines above it. Law: the adjustment is what makes the formula give the engine's cents.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.plan import CostCategory, CostLine, Kind
from zt_planner.domain.price_book import Confidence, Unit
from zt_planner.domain.prices import DAY_RATES
from zt_planner.errors import msgid
from zt_planner.export.csv_files import OWN, source_cells
from zt_planner.export.workbook.sheets import FIRST_ROW, Book, Column, Form, Sheet, cell_of, cells_of
from zt_planner.reports.task_words import task_name
from zt_planner.reports.words import label, product_name, unit_label

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.export.csv_text import CsvValue
    from zt_planner.export.workbook.sheets import Paper
    from zt_planner.language import Language

CENT = Decimal("0.01")
DIGITS = 15
"""That a spreadsheet computes with."""
PLACES = 6
"""Of a quantity and a unit price: so many that only cents are left over."""
COLUMNS = (
    ("month", msgid("Month"), Form.MONTH, 11),
    ("step", msgid("Step"), Form.TEXT, 16),
    ("task", msgid("Task"), Form.TEXT, 34),
    ("item", msgid("Item"), Form.TEXT, 34),
    ("category", msgid("Category"), Form.TEXT, 14),
    ("kind", msgid("Kind"), Form.TEXT, 11),
    ("cash", msgid("Cash"), Form.TEXT, 7),
    ("quantity", msgid("Quantity"), Form.NUMBER, 11),
    ("unit", msgid("Unit"), Form.TEXT, 17),
    ("unit_price", msgid("Unit price"), Form.MONEY, 15),
    ("adjustment", msgid("Adjustment"), Form.MONEY, 13),
    ("amount", msgid("Amount"), Form.MONEY, 16),
    ("paid_in", msgid("Paid in"), Form.MONTH, 11),
    ("source", msgid("Source"), Form.TEXT, 40),
    ("source_date", msgid("Date of the source"), Form.DATE, 13),
    ("confidence", msgid("Confidence"), Form.TEXT, 12),
    ("task_id", msgid("Task ID"), Form.TEXT, 20),
    ("price_id", msgid("Price ID"), Form.TEXT, 26),
)
PLACE = {name: place for place, (name, *_) in enumerate(COLUMNS)}
ENTRIES = frozenset({"quantity", "unit_price"})


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines stand, for formulas of other sheets; the words for kinds and cash as they are written there."""

    first_row: int
    last_row: int
    cash: str
    effort: str

    @staticmethod
    def range(name: str) -> str:
        """Return the name of a column's cells."""
        return f"lines_{name}"


def yes(language: Language) -> str:
    """Return how cash is marked."""
    return language.say("yes")


def no(language: Language) -> str:
    """Return how effort is marked."""
    return language.say("no")


def ordered_lines(plan: Plan) -> tuple[CostLine, ...]:
    """Return the lines, those of the run rate included that lie past the plan, contingency at the end."""
    last = plan.months[-1]
    later = tuple(line for line in plan.run_rate_lines if line.month > last)
    return tuple(sorted((*plan.cost_lines, *later), key=lambda line: line.category is CostCategory.CONTINGENCY))


def columns_of(language: Language) -> tuple[Column, ...]:
    """Return the columns in the reader's words."""
    return tuple(Column(language.say(title), form, width, name in ENTRIES) for name, title, form, width in COLUMNS)


def write_lines(book: Book) -> Lines:
    """Write the sheet; return where its lines stand."""
    language, columns, lines = book.language, columns_of(book.language), ordered_lines(book.handout.plan)
    paper = book.begin(Sheet.LINES, language.say("Cost lines: every total of this workbook is a sum of these"), columns)
    book.explain(
        Sheet.LINES,
        language.say(
            "Amount = quantity x unit price + adjustment (cents that are divided between months). Yellow cells may be "
            "changed and brought back on the page Share & export: a unit price then holds in all lines of its product."
        ),
    )
    first, last = FIRST_ROW + 1, FIRST_ROW + max(len(lines), 1)
    base_last = FIRST_ROW + sum(line.category is not CostCategory.CONTINGENCY for line in lines)
    for place, (name, *_) in enumerate(COLUMNS):
        book.name_cells(Lines.range(name), Sheet.LINES, cells_of(first, last, place))
    for row, line in enumerate(lines, start=first):
        write_line(book, paper, row, line, columns, cells_base(first, base_last))
    paper.autofilter(FIRST_ROW, 0, last, len(columns) - 1)
    paper.freeze_panes(FIRST_ROW + 1, PLACE["task"])
    book.finish(Sheet.LINES, last, len(columns) - 1)
    return Lines(first, last, yes(language), no(language))


def cells_base(first: int, last: int) -> dict[str, str]:
    """Return the cells that contingency is a share of: all lines above it."""
    return {name: cells_of(first, max(first, last), PLACE[name]) for name in ("month", "kind", "cash", "amount")}


def write_line(
    book: Book,
    paper: Paper,
    row: int,
    line: CostLine,
    columns: tuple[Column, ...],
    base: dict[str, str],
) -> None:
    """Write one line."""
    values = values_of(book, line)
    for name, value in values.items():
        column = columns[PLACE[name]]
        book.write(
            paper, row, PLACE[name], value, column if may_change(name, line) else replace(column, is_entry=False)
        )
    if line.category is CostCategory.CONTINGENCY:
        write_contingency(book, paper, row, line, base)
    book.fit(paper, row, [(values[name], columns[PLACE[name]]) for name in ("task", "item", "source", "unit")])
    quantity, price, extra = (cell_of(row, PLACE[name]) for name in ("quantity", "unit_price", "adjustment"))
    formula = f'=IF(ISNUMBER({price}),ROUND({quantity}*{price},2)+{extra},"")'
    amount = "" if line.amount is None else float(line.amount)
    paper.write_formula(row, PLACE["amount"], formula, book.format(Form.MONEY, bold=True), amount)


def may_change(name: str, line: CostLine) -> bool:
    """Tell whether a cell of a line can come back: days of a task's work, and every unit price that is no sum."""
    if name == "quantity":
        return line.price_id in DAY_RATES and bool(line.task_id)
    return line.unit_price is not None and line.category is not CostCategory.CONTINGENCY


def write_contingency(book: Book, paper: Paper, row: int, line: CostLine, base: dict[str, str]) -> None:
    """Write the share as the one among the assumptions, and the base as the one-off cash of the month."""
    language = book.language
    price = 0.0 if line.unit_price is None else float(line.unit_price.amount)
    once = label(Kind.ONE_OFF, language)
    month = cell_of(row, PLACE["month"])
    formula = (
        f'=SUMIFS({base["amount"]},{base["month"]},{month},{base["kind"]},"{once}",{base["cash"]},"{yes(language)}")'
    )
    paper.write_formula(row, PLACE["unit_price"], formula, book.format(Form.MONEY), price)
    paper.write_formula(row, PLACE["quantity"], "=contingency_share", book.format(Form.SHARE), float(line.quantity))


def values_of(book: Book, line: CostLine) -> dict[str, object]:
    """Return the cells of a line that are no formulas."""
    plan, language = book.handout.plan, book.language
    task = next((found.task for found in plan.tasks if found.task.id == line.task_id), None)
    source, source_date, confidence = source_cells(line, plan.priced_on, language)
    price = None if line.unit_price is None else rounded(line.unit_price.amount, PLACES)
    quantity = rounded(line.quantity, PLACES)
    return {
        "month": line.month.first_day,
        "step": "" if task is None else label(task.step, language),
        "task": "" if task is None else task_name(task, language),
        "item": language.say(line.item) if line.item else product_name(line.price_id, book.handout.book, language),
        "category": label(line.category, language),
        "kind": label(line.kind, language),
        "cash": yes(language) if line.is_cash else no(language),
        "quantity": quantity,
        "unit": unit_word(line, language),
        "unit_price": price,
        "adjustment": None if price is None or line.amount is None else line.amount - computed(quantity, price),
        "paid_in": line.paid_in.first_day,
        "source": source,
        "source_date": source_date,
        "confidence": confidence_word(confidence, language),
        "task_id": line.task_id,
        "price_id": line.price_id,
    }


def confidence_word(confidence: CsvValue, language: Language) -> str:
    """Return how far a source can be trusted, in the reader's words."""
    if confidence == OWN:
        return language.say("own price")
    return label(Confidence(str(confidence)), language) if confidence else ""


def unit_word(line: CostLine, language: Language) -> str:
    """Return what a quantity counts."""
    if isinstance(line.unit, Unit):
        return unit_label(line.unit, language)
    return language.say("share") if line.unit else ""


def computed(quantity: Decimal, price: Decimal) -> Decimal:
    """Return quantity times price as a spreadsheet rounds it: in floating point, of fifteen digits, half up."""
    return Decimal(f"{float(quantity) * float(price):.{DIGITS}g}").quantize(CENT, ROUND_HALF_UP)
