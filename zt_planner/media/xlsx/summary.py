"""The sheet Summary: what is promised and planned, the figures as formulas over the cost lines, and the findings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.engine.figures import Highest, Months, Quotient, Rule, Sum, months_of
from zt_planner.engine.simulation.result import SIMULATED_FIGURES
from zt_planner.language import sentences
from zt_planner.media.xlsx.sheets import FIRST_ROW, INK, Book, PlanBook, SheetName, cell_reference
from zt_planner.topics.figure import FigureList, amount_words, text_in
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.headline.figures import figures_in
from zt_planner.topics.headline.promise import promise_and_plan
from zt_planner.topics.labels import label
from zt_planner.topics.risk.confidence import day_text, shown_reserve
from zt_planner.topics.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.month import Month
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.media.xlsx.lines import CostLineCells
    from zt_planner.media.xlsx.sheets import LibrarySheet
    from zt_planner.topics.figure import KeyFigure

LABEL, VALUE, SURE, LIKELY = range(4)
AT_80, AT_50 = 0.8, 0.5


def write_summary(book: Book, lines: CostLineCells | None = None) -> None:
    """Write the sheet; of a plan that stopped, which has no lines, the findings alone."""
    say = book.language.say
    columns: tuple[Column[object], ...] = (
        Column(say("Figure"), width=46),
        Column(say("Plan"), units.MONEY, width=20),
        Column(say("50% sure"), units.MONEY, width=20),
        Column(say("80% sure"), units.MONEY, width=20),
    )
    title = book.language.write(sentences(*promise_and_plan(book.view)))
    paper = book.begin(SheetName.SUMMARY, title, columns)
    row = FIRST_ROW + 1
    if isinstance(book, PlanBook) and lines is not None:
        row = write_figures(book, paper, row, lines)
    row = write_findings(book, paper, row + 1)
    book.finish(SheetName.SUMMARY, row, LIKELY)
    paper.fit_to_pages(1, 1)
    paper.activate()


def formula_of(rule: Rule | None, plan: Plan, months: Months, lines: CostLineCells, language: Language) -> str:
    """Return the formula of what is computed by a rule; nothing for what follows from no cell."""
    if isinstance(rule, Highest):
        return "=MAX(budget_totals)"
    if isinstance(rule, Quotient):
        divisors = "*".join(str(by.number(plan)) for by in rule.by)
        function = "ROUNDUP" if rule.is_rounded_up else "ROUND"
        return f"={function}({rule.of}/({divisors}),{rule.unit.places.files})"
    if not isinstance(rule, Sum):
        return ""
    amounts = lines.range("amount")
    sums = (f"SUMIFS({amounts},{','.join(conditions(term, months, lines, language))})" for term in rule.terms)
    return f"={'+'.join(sums)}"


def conditions(term: Sum, months: Months, lines: CostLineCells, language: Language) -> Iterator[str]:
    """Yield by what the lines of a sum are told from all others."""
    is_cash = set(term.of) <= set(CASH_CATEGORIES)
    side, counted = CASH_CATEGORIES if is_cash else (CostCategory.INTERNAL,), months.of(term.months)
    yield f'{lines.range("cash")},"{lines.cash if is_cash else lines.effort}"'
    yield from month_conditions(lines, counted[0], counted[-1])
    if term.where is not None:
        yield f'{lines.range("kind")},"{language.write(label(term.where))}"'
    for category in side:
        if category not in term.of:
            yield f'{lines.range("category")},"<>{language.write(label(category))}"'


def month_conditions(lines: CostLineCells, first: Month, last: Month) -> tuple[str, str]:
    """Return the conditions that a line lies in some months."""
    month = lines.range("month")
    return f'{month},">="&{day_formula(first.first_day)}', f'{month},"<="&{day_formula(last.first_day)}'


def day_formula(day: date) -> str:
    """Return a day as formulas write it."""
    return f"DATE({day.year},{day.month},{day.day})"


def write_figures(book: PlanBook, paper: LibrarySheet, row: int, lines: CostLineCells) -> int:
    """Write the figures, money first, and the reserve; return the row below."""
    plan, language = book.view.plan, book.language
    months = months_of(plan, plan.headlines)
    for figure in sorted(figures_in(FigureList.SHEET, book.view), key=lambda figure: figure.unit is not units.MONEY):
        write_figure(book, paper, row, figure, formula_of(figure.formula, plan, months, lines, language))
        row += 1
    return write_reserve(book, paper, row)


def write_figure(book: PlanBook, paper: LibrarySheet, row: int, figure: KeyFigure, formula: str) -> None:
    """Write a figure, its formula where it has one, and what holds with 50 and with 80 %."""
    plan, promise = book.view.plan, book.view.promise
    value = figure.known(plan, promise)
    title = text_in(figure.sheet_title or figure.list_title or figure.title, book.view)
    book.write(paper, row, LABEL, title, Column(""))
    if value is None:
        words = amount_words(figure.amount(plan, promise), figure.unit)
        book.write(paper, row, VALUE, words, Column(""), bold=True)
    elif formula and isinstance(value, Fraction | Decimal):
        paper.write_formula(row, VALUE, formula, book.format(figure.unit, bold=True), float(value))
    else:
        book.write(paper, row, VALUE, value, Column("", figure.unit), bold=True)
    book.name_cells(figure.name, SheetName.SUMMARY, cell_reference(row, VALUE, is_absolute=True))
    simulation = book.view.simulation
    if value is not None and simulation is not None and figure.name in SIMULATED_FIGURES:
        for place, share in ((SURE, AT_50), (LIKELY, AT_80)):
            drawn = SIMULATED_FIGURES[figure.name](simulation, share)
            if isinstance(drawn, date) and drawn > simulation.limit:
                book.write(paper, row, place, day_text(drawn, simulation.limit), Column(""))
            else:
                book.write(paper, row, place, drawn, Column("", figure.unit))


def write_reserve(book: PlanBook, paper: LibrarySheet, row: int) -> int:
    """Write what the 80 % budget takes beyond the plan's, where that is told; return the row below."""
    plan, simulation = book.view.plan, book.view.simulation
    reserve = None if simulation is None else shown_reserve(plan, simulation)
    if reserve is None:
        return row
    book.write(paper, row, LABEL, book.language.say("Reserve to add"), Column(""))
    book.write(paper, row, LIKELY, reserve.to_add, Column("", units.MONEY))
    return row + 1


def write_findings(book: Book, paper: LibrarySheet, row: int) -> int:
    """Write what is doubtful about the plan; return the row below."""
    findings, language = book.view.plan.findings, book.language
    heading = language.say("Findings") if findings else language.say("No findings.")
    paper.write_string(row, LABEL, heading, book.format(bold=True, font_size=12, font_color=INK))
    for finding in findings:
        row += 1
        described = describe(finding, book.view.book)
        paper.write_string(row, LABEL, book.language.write(described.message), book.format())
        paper.merge_range(row, VALUE, row, LIKELY, book.language.write(described.remedy), book.format())
        book.fit(paper, row, [(described.message, Column("", width=46)), (described.remedy, Column("", width=60))])
    return row + 1
