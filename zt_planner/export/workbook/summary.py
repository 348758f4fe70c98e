"""The sheet Summary: the headline, the figures as formulas over the cost lines, how sure they are, and the findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostCategory, Kind
from zt_planner.engine.budget import FIRST_YEAR_MONTHS
from zt_planner.export.workbook.sheets import FIRST_ROW, INK, Book, Column, Form, Sheet, cell_of
from zt_planner.reports.findings import describe
from zt_planner.reports.sentence import headline_sentence
from zt_planner.reports.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.export.workbook.lines import Lines
    from zt_planner.export.workbook.sheets import Paper
    from zt_planner.language import Language

LABEL, VALUE, SURE, LIKELY = range(4)
AT_80, AT_50 = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its name among the headlines, its label, its form, its formula."""

    name: str
    label: str
    form: Form
    formula: str = ""


def write_summary(book: Book, lines: Lines) -> None:
    """Write the sheet."""
    plan, language = book.handout.plan, book.language
    say = language.say
    columns = (
        Column(say("Figure"), width=46),
        Column(say("Plan"), Form.MONEY, 20),
        Column(say("holds with 50 %"), Form.MONEY, 20),
        Column(say("holds with 80 %"), Form.MONEY, 20),
    )
    paper = book.begin(Sheet.SUMMARY, headline_sentence(plan, language), columns)
    row = FIRST_ROW + 1
    if plan.headlines is not None:
        for figure in (*money_figures(plan, plan.headlines, lines, language), *other_figures(language)):
            write_figure(book, paper, row, figure, plan.headlines)
            row += 1
    row = write_findings(book, paper, row + 1)
    book.finish(Sheet.SUMMARY, row, LIKELY)
    paper.fit_to_pages(1, 1)
    paper.activate()


def money_figures(plan: Plan, figures: Headlines, lines: Lines, language: Language) -> Iterator[Figure]:
    """Yield the amounts with the formulas that sum them."""
    say = language.say
    once, again = (label(kind, language) for kind in Kind)
    year = plan.horizon[:FIRST_YEAR_MONTHS]

    def cash(first: Month, last: Month, kind: str = "", besides: str = "") -> str:
        parts = [f'{lines.range("cash")},"{lines.cash}"', *between(lines, first, last)]
        parts += [f'{lines.range("kind")},"{kind}"'] if kind else []
        parts += [f'{lines.range("category")},"<>{besides}"'] if besides else []
        return f"=SUMIFS({lines.range('amount')},{','.join(parts)})"

    after = Month.of(figures.finish_date).plus(1)
    training = label(CostCategory.TRAINING, language)
    people = f"{plan.scenario.company.employees}*{len(plan.horizon)}"
    for name, text, formula in (
        ("first_year_budget", say("First-year budget"), cash(year[0], year[-1])),
        ("one_off_first_year", say("of it once"), cash(year[0], year[-1], once)),
        ("recurring_first_year", say("of it recurring"), cash(year[0], year[-1], again)),
        ("one_off_total", say("One-off cost of the whole plan"), cash(plan.months[0], plan.months[-1], once)),
        ("run_rate_monthly", say("After that, a month"), cash(after, after, again, training)),
        (
            "horizon_total",
            language.plural("Cost over {n} month", "Cost over {n} months", len(plan.horizon)),
            cash(plan.horizon[0], plan.horizon[-1]),
        ),
        ("per_employee_month", say("Per person and month"), f"=ROUND(horizon_total/({people}),2)"),
        ("peak_amount", say("Highest month"), "=MAX(budget_totals)"),
    ):
        yield Figure(name, text, Form.MONEY, formula)
    if plan.shows_labour:
        effort = ",".join((f'{lines.range("cash")},"{lines.effort}"', *between(lines, plan.months[0], plan.months[-1])))
        formula = f"=SUMIFS({lines.range('amount')},{effort})"
        yield Figure("internal_value", say("Value of the internal work"), Form.MONEY, formula)


def between(lines: Lines, first: Month, last: Month) -> tuple[str, str]:
    """Return the conditions that a line lies in some months."""
    month = lines.range("month")
    return f'{month},">="&{day_formula(first.first_day)}', f'{month},"<="&{day_formula(last.first_day)}'


def day_formula(day: date) -> str:
    """Return a day as formulas write it."""
    return f"DATE({day.year},{day.month},{day.day})"


def other_figures(language: Language) -> Iterator[Figure]:
    """Yield the days."""
    say = language.say
    yield Figure("start_date", say("Start"), Form.DATE)
    yield Figure("finish_date", say("Finish"), Form.DATE)
    yield Figure("internal_days", say("Internal work, person-days"), Form.DAYS)
    yield Figure("external_days", say("External work, person-days"), Form.DAYS)
    yield Figure("internal_days_per_week", say("Internal team, days a week at most"), Form.DAYS)
    yield Figure("external_days_per_week", say("External team, days a week at most"), Form.DAYS)


def write_figure(book: Book, paper: Paper, row: int, figure: Figure, figures: Headlines) -> None:
    """Write a figure, its formula where it has one, and what holds with 50 and with 80 %."""
    value: Any = getattr(figures, figure.name)
    column = Column("", figure.form)
    book.write(paper, row, LABEL, figure.label, Column(""))
    if figure.formula:
        paper.write_formula(row, VALUE, figure.formula, book.format(figure.form, bold=True), float(value))
    else:
        shown = float(value) if figure.form is Form.DAYS else value
        book.write(paper, row, VALUE, shown, column, bold=True)
    book.name_cells(figure.name, Sheet.SUMMARY, cell_of(row, VALUE, is_absolute=True))
    outlook = book.handout.outlook
    at: dict[str, Any] = (
        {}
        if outlook is None
        else {
            "first_year_budget": outlook.first_year_at,
            "horizon_total": outlook.horizon_at,
            "finish_date": outlook.finish_at,
        }
    )
    if figure.name in at:
        for place, share in ((SURE, AT_50), (LIKELY, AT_80)):
            book.write(paper, row, place, at[figure.name](share), column)


def write_findings(book: Book, paper: Paper, row: int) -> int:
    """Write what is doubtful about the plan; return the row below."""
    findings, language = book.handout.plan.findings, book.language
    heading = language.say("Findings") if findings else language.say("No findings.")
    paper.write_string(row, LABEL, heading, book.format(bold=True, font_size=12, font_color=INK))
    for finding in findings:
        row += 1
        described = describe(finding, book.handout.book, language)
        paper.write_string(row, LABEL, described.message, book.format())
        paper.merge_range(row, VALUE, row, LIKELY, described.remedy, book.format())
        book.fit(paper, row, [(described.message, Column("", width=46)), (described.remedy, Column("", width=60))])
    return row + 1
