"""The workbook, opened by openpyxl and computed anew by LibreOffice: its totals are the engine's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import scenario
from tests.handouts import AWKWARD, NASTY
from tests.office import computed, opened
from tests.papers import SITUATIONS, UNDER_WAY, beside, handout, situation, stopped_situation
from tests.words import ENGLISH, told
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import cash_of, sums_by_month
from zt_planner.engine.nis2.insurance import insurer_answers
from zt_planner.language import LanguageCode
from zt_planner.media.web.page import part_of
from zt_planner.media.xlsx import workbook_bytes
from zt_planner.media.xlsx.lines import PLACE, ordered_lines
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName
from zt_planner.media.xlsx.stages import PLACE as STAGE_PLACE
from zt_planner.topics.compare.side_by_side import compared_figures
from zt_planner.topics.decisions.figures import stage_rows
from zt_planner.topics.decisions.stages import stage_notes
from zt_planner.topics.figure_names import StageFigure
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.nis2.blocks import law_group
from zt_planner.topics.risk.blocks import standstill_group
from zt_planner.topics.stamp import stamp_of
from zt_planner.topics.view import View

PRICED = sorted(SITUATIONS.keys() - {"never ends"})
WRITTEN = [
    ("default", LanguageCode.GERMAN),
    *(pytest.param(name, LanguageCode.ENGLISH, marks=pytest.mark.extended) for name in PRICED),
]
MDR = {"choices__monitoring": "mdr"}
OTHERS = (
    {**MDR, "company__employees": 150, "finance__contingency": 0.2, "timeline__region": "BY"},
    {"finance__horizon_months": 24, "choices__operation": "partner"},
)
FIGURES = (*FigureName, "per_employee_month")


def money(value: Any) -> Decimal:  # noqa: ANN401 - whatever a cell holds
    """Return a cell's number in cents."""
    return rounded(Decimal(str(value)), 2)


def named(book: Any, name: str) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """Return the value of a cell that has a name."""
    ((sheet, cell),) = book.defined_names[name].destinations
    return book[sheet][cell.replace("$", "")].value


def formulas(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield where formulas stand."""
    for sheet in opened(content):
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")


def assert_totals(book: Any, given: View) -> None:  # noqa: ANN401 - as above
    """Assert that every total of a workbook is the engine's."""
    plan, say = given.plan, given.language.say
    shown = [name for name in FIGURES if plan.shows_labour or name != FigureName.INTERNAL_VALUE]
    known = [name for name in shown if named(book, name) != given.language.say("not known")]
    assert known or not plan.is_complete
    assert {name: money(named(book, name)) for name in known} == {name: by_name()[name].known(plan) for name in known}
    amounts = [row[PLACE["amount"]] for row in rows_of(book[say(SheetName.LINES)])]
    expected = [line.amount for line in ordered_lines(plan)]
    assert [money(amount) if amount not in {None, ""} else None for amount in amounts] == expected
    sums = sums_by_month(plan.cost_lines, plan.months)
    months = list(rows_of(book[say(SheetName.BUDGET)]))[: len(plan.months)]
    total = next(
        index for index, cell in enumerate(header_of(book[say(SheetName.BUDGET)])) if "otal" in cell or cell == "Gesamt"
    )
    assert [money(row[total]) for row in months] == [cash_of(month) for month in sums.values()]


def assert_stages(book: Any, given: View) -> None:  # noqa: ANN401 - as above
    """Assert that the amounts of the stages are the engine's; what has no price is empty."""
    names = (*StageFigure,)
    rows = stage_rows(given.plan)
    cells = list(rows_of(book[given.language.say(SheetName.STAGES)]))
    if rows:
        assert [found[0] for found in cells[len(rows) :]] == list(told(stage_notes(given.plan), given.language))
    for row, found in zip(rows, cells, strict=False):
        there = {name: found[STAGE_PLACE[name]] for name in names}
        assert {name: None if cell in {None, ""} else money(cell) for name, cell in there.items()} == {
            name: row.amount(name).known for name in names
        }


def header_of(sheet: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return the titles of a sheet's table."""
    return [str(cell.value or "") for cell in sheet[FIRST_ROW + 1]]


def rows_of(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - as above
    """Yield the rows below the header."""
    yield from sheet.iter_rows(min_row=FIRST_ROW + 2, values_only=True)


@pytest.mark.extended
@pytest.mark.parametrize(("name", "code"), WRITTEN)
def test_the_values_beside_the_formulas_are_the_engines(name: str, code: LanguageCode) -> None:
    handed = situation(name, code)
    content = workbook_bytes(handed)
    assert_totals(opened(content, has_values=True), handed)
    assert_stages(opened(content, has_values=True), handed)
    assert workbook_bytes(handed) == content


@pytest.mark.extended
@pytest.mark.parametrize("name", ["a price is missing", "no price at all"])
def test_a_stage_without_a_price_is_empty_in_the_workbook_and_never_zero(name: str) -> None:
    handed = situation(name)
    assert_stages(opened(workbook_bytes(handed), has_values=True), handed)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Scenario(), LanguageCode.ENGLISH),
        (Scenario.model_validate(AWKWARD), LanguageCode.GERMAN),
        (scenario(**UNDER_WAY, company__standstill_day_cost=20_000), LanguageCode.ENGLISH),
    ],
)
@pytest.mark.extended
def test_libreoffice_computes_the_same(given: Scenario, code: LanguageCode, tmp_path: Path) -> None:
    handed = handout(given, code)
    content = workbook_bytes(handed)
    again, kept = computed(content, tmp_path), opened(content, has_values=True)
    assert_totals(again, handed)
    assert_stages(again, handed)
    places = list(formulas(content))
    assert len(places) > len(handed.plan.cost_lines)
    for sheet, cell in places:
        there, here = again[sheet][cell].value, kept[sheet][cell].value
        assert (there or 0) == pytest.approx(here or 0, abs=1e-6), (sheet, cell)


@pytest.mark.extended
def test_a_changed_quantity_moves_every_total_and_so_does_the_contingency(tmp_path: Path) -> None:
    handed = handout()
    headlines = handed.plan.headlines
    lines = ordered_lines(handed.plan)
    index, line = next((index, line) for index, line in enumerate(lines) if line.price_id == "external-day")
    assert line.unit_price is not None
    more = rounded(line.unit_price.amount, 2)

    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        cell = book[SheetName.LINES].cell(FIRST_ROW + 2 + index, PLACE["quantity"] + 1)
        cell.value += 1
        ((sheet, share),) = book.defined_names["contingency_share"].destinations
        book[sheet][share.replace("$", "")].value = 0.5

    book = computed(workbook_bytes(handed), tmp_path, change)
    once = headlines.one_off_total - sum(
        (each.amount or Decimal(0) for each in lines if each.price_id == "contingency"), Decimal(0)
    )
    expected = rounded((once + more) * Decimal("1.5"), 2)
    assert abs(money(named(book, "one_off_total")) - expected) <= Decimal("0.10")  # each month is rounded to the cent
    assert money(named(book, "run_rate_monthly")) == headlines.run_rate_monthly


def compared(book: Any, handed: View) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """Return the sheet that compares."""
    return book[handed.language.say(SheetName.COMPARISON)]


def assert_compared(book: Any, handed: View) -> None:  # noqa: ANN401 - as above
    """Assert that the sheet has every figure, difference and bar of a comparison, and that the bars add up."""
    comparison, sheet = handed.comparison, compared(book, handed)
    assert comparison is not None
    count, rows = len(comparison.variants), list(rows_of(sheet))
    figures = compared_figures(comparison)
    for figure, row in zip(figures, rows, strict=False):
        differences = row[2 + count : 1 + 2 * count]
        assert differences == pytest.approx([float(each or 0) for each in figure.differences], abs=1e-6), row[0]
    labels = [row[0] for row in rows]
    sums = [row for row in rows if row[0] == handed.language.say("All together")]
    for variant, row in zip(comparison.others, sums, strict=True):
        assert [money(cell) for cell in row[1:5]] == [bridge.total for bridge in variant.bridges]
    checks = [row[1:5] for row in rows if row[0] == handed.language.say("Equal to the difference above")]
    assert checks == [(handed.language.say("yes"),) * 4] * len(comparison.others)
    assert handed.language.say("No input differs.") not in labels


@pytest.mark.extended
def test_plans_side_by_side_have_the_engines_differences_and_bars() -> None:
    handed = beside(*OTHERS)
    content = workbook_bytes(handed)
    assert_compared(opened(content, has_values=True), handed)
    cells = [cell for row in compared(opened(content), handed).iter_rows() for cell in row]
    assert '=IF(AND(ISNUMBER(C6),ISNUMBER(E6)),ROUND(E6-C6,6),"")' in {cell.value for cell in cells}
    assert "Comparison" not in opened(workbook_bytes(handout())).sheetnames


@pytest.mark.extended
def test_libreoffice_subtracts_and_sums_what_is_compared(tmp_path: Path) -> None:
    handed = beside(*OTHERS, code=LanguageCode.GERMAN)
    assert_compared(computed(workbook_bytes(handed), tmp_path), handed)


@pytest.mark.extended
def test_a_changed_bar_is_told(tmp_path: Path) -> None:
    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        rows = list(compared(book, handed).iter_rows())
        bar = rows[next(index for index, row in enumerate(rows) if row[0].value == "Monitoring and operation")][1]
        bar.value += 1

    handed = beside(MDR)
    rows = list(rows_of(compared(computed(workbook_bytes(handed), tmp_path, change), handed)))
    assert next(row[1:5] for row in rows if row[0] == "Equal to the difference above") == ("no", "yes", "yes", "yes")


@pytest.mark.extended
def test_where_a_price_is_missing_or_nothing_differs_there_is_no_difference() -> None:
    gap = beside({"prices__as_of": "2026-02-01"})
    rows = {row[0]: row for row in rows_of(compared(opened(workbook_bytes(gap), has_values=True), gap))}
    first, other, change = rows["Budget to get there"][2:5]
    assert first
    assert (other, change or None) == (None, None)
    assert rows["All together"][1:5] == (0, None, None, None)  # of the finish: no date follows from prices
    assert any(str(text).startswith("Budget to get there: the difference cannot be explained") for text in rows)
    same = beside({})
    assert "No input differs." in {row[0] for row in rows_of(compared(opened(workbook_bytes(same)), same))}


@pytest.mark.extended
def test_what_a_person_wrote_is_a_text_whatever_it_looks_like() -> None:
    for name in (NASTY, "=1+1", "+49", "@SUM(A1)", "-2", "007"):
        book = opened(workbook_bytes(handout(scenario(company__name=name))))
        sheet = book[SheetName.ASSUMPTIONS]
        cell = next(row[1] for row in sheet.iter_rows() if row[3].value == "company.name")
        assert cell.data_type == "s"
        assert cell.value == name


@pytest.mark.extended
def test_every_sheet_has_its_stamp_a_frozen_header_and_a_print_area() -> None:
    handed = beside(MDR, code=LanguageCode.GERMAN, **SITUATIONS["under way and booked"])
    book = opened(workbook_bytes(handed))
    names = [handed.language.say(sheet) for sheet in SheetName]
    assert book.sheetnames[: len(names)] == names
    for name in names:
        sheet = book[name]
        assert (sheet["A2"].value, sheet["A3"].value) == told(stamp_of(handed), handed.language)
        assert sheet.freeze_panes is not None
        assert sheet.print_area
        assert [cell for cell in sheet[FIRST_ROW + 1] if cell.value]


@pytest.mark.extended
def test_amounts_and_days_have_the_form_of_the_language() -> None:
    for code, money_form, day_form in (
        (LanguageCode.ENGLISH, '"EUR"\\ #,##0.00', "d mmm yyyy"),
        (LanguageCode.GERMAN, '#,##0.00\\ "EUR"', "dd.mm.yyyy"),
    ):
        handed = handout(code=code)
        book = opened(workbook_bytes(handed))
        for name, form in (("first_year_budget", money_form), ("finish_date", day_form)):
            ((sheet, cell),) = book.defined_names[name].destinations
            assert book[sheet][cell.replace("$", "")].number_format == form


@pytest.mark.extended
def test_a_missing_price_leaves_its_amount_empty() -> None:
    handed = situation("a price is missing")
    lines = ordered_lines(handed.plan)
    assert any(line.amount is None for line in lines)
    rows = list(rows_of(opened(workbook_bytes(handed), has_values=True)[SheetName.LINES]))
    for line, row in zip(lines, rows, strict=True):
        assert (row[PLACE["amount"]] in {None, ""}) == (line.amount is None)


@pytest.mark.extended
def test_who_sees_no_labour_finds_none_in_any_sheet() -> None:
    handed = handout(scenario(labour__external_day_rate="1234.56"), shows_labour=False)
    content = workbook_bytes(handed)
    assert_totals(opened(content, has_values=True), handed)
    for sheet in opened(content):
        texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert not [text for text in texts if "1234.56" in text or "external-day" in text]


def test_a_plan_that_has_stopped_is_a_workbook_that_says_so(says: Says) -> None:
    book = opened(workbook_bytes(stopped_situation()))
    says(book[SheetName.SUMMARY]["A1"].value)


@pytest.mark.extended
def test_where_no_date_is_that_sure_the_sheet_says_so() -> None:
    never = {"name": "Never", "step": "1", "effort_days": 4000, "high": 3}
    given = handout(Scenario.model_validate({"tasks": {"own": {"never": never}}}))
    simulation = given.simulation
    assert simulation is not None
    assert simulation.finish_at(0.8) > simulation.limit
    summary = opened(workbook_bytes(given)).worksheets[0]
    cells = {row[0]: row[3] for row in summary.iter_rows(values_only=True)}
    assert cells["Finish"] == f"after {given.language.short_day(simulation.limit)}"


@pytest.mark.extended
def test_why_and_law_hold_the_tables_of_the_dashboard_and_what_is_to_be_known_of_a_row() -> None:
    handed = handout()
    book = opened(workbook_bytes(handed))
    for sheet, part in (
        (SheetName.WHY, part_of(standstill_group(handed))),
        (SheetName.LAW, part_of(law_group(handed))),
    ):
        rows = [tuple(cell or "" for cell in row) for row in book[sheet].iter_rows(values_only=True)]
        assert part is not None
        for titled in part.tables:
            at = next(
                at for at, row in enumerate(rows) if row[: len(titled.table.columns)] == told(titled.table.columns)
            )
            for number, cells in enumerate(told(titled.table).rows):
                there = rows[at + 1 + number]
                assert all(str(cell).startswith(text) for cell, text in zip(there, cells, strict=False))
                for badge in titled.table.badges[number] if titled.table.badges else ():
                    assert ENGLISH.write(badge.text) in str(there[titled.table.badge_column])
        assert set(told(part.words)) <= {row[0] for row in rows}


def test_of_a_plan_that_has_stopped_why_says_what_others_report() -> None:
    rows = list(opened(workbook_bytes(stopped_situation()))[SheetName.WHY].iter_rows(values_only=True))
    assert any("insured claim" in str(row[0]) for row in rows)


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
def test_the_sheet_insurer_has_every_question_with_its_answer_and_day(code: LanguageCode) -> None:
    handed = situation("default", code)
    sheet = opened(workbook_bytes(handed))[handed.language.say(SheetName.INSURER)]
    answers = insurer_answers(handed.plan)
    rows = list(rows_of(sheet))[: len(answers)]
    assert [row[0] for row in rows] == [handed.language.say(answer.question.question) for answer in answers]
    days = [row[2].date() if row[2] else None for row in rows]
    assert days == [answer.since for answer in answers]
    assert any(days)
