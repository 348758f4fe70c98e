"""Workbooks that come back with what somebody has changed in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import TODAY, case, scenario
from tests.incoming import read
from tests.office import opened
from tests.papers import handout
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.planner import build_plan
from zt_planner.files.formats import Format, one_file
from zt_planner.files.scenario_json import with_values
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName
from zt_planner.topics.record.incoming import changes_table
from zt_planner.topics.view import View
from zt_planner.workspace.incoming import OpenPlan, read_file


def changed_workbook(handed: View, change: Callable[[Any], None]) -> bytes:
    book = opened(one_file(Format.XLSX, handed, Dialect.RFC4180))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.extended
def test_a_workbook_brings_back_what_was_changed_in_it() -> None:
    handed = handout(code=LanguageCode.GERMAN)

    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        roadmap = book[handed.language.say(SheetName.ROADMAP)]
        roadmap.cell(FIRST_ROW + 2, 3).value = datetime(2027, 1, 11)  # noqa: DTZ001 - a day
        assumptions = {row[3].value: row[1] for row in book[handed.language.say(SheetName.ASSUMPTIONS)].iter_rows()}
        assumptions["company.employees"].value = 150
        assumptions["company.works_council"].value = False
        assumptions["company.name"].value = "4711"
        assumptions["choices.monitoring"].value = "MDR"
        assumptions["choices.billing"].value = "Month by month"
        assumptions["finance.contingency"].value = "20 %"
        assumptions["finance.monthly_cap"].value = 20000
        assumptions["timeline.region"].value = None
        assumptions["timeline.closures"].value = "always"

    said = read(changed_workbook(handed, change), handed.plan)
    assert said.scenario == handed.plan.scenario
    assert said.edits == {
        "company.employees": 150,
        "company.works_council": False,
        "company.name": "4711",
        "choices.monitoring": "mdr",
        "choices.billing": "monthly",
        "finance.contingency": Decimal("0.2"),
        "finance.monthly_cap": 20000,
        "timeline.region": None,
        "tasks.edits.kickoff.fixed_start": "2027-01-11",
    }
    assert [left.values for left in said.left_out] == [{"value": "timeline.closures"}]
    assert str(said.left_out[0].place).startswith("Annahmen, row ")
    assert str(said.left_out[0].place).endswith(", column Wert")
    assert str(said.places["tasks.edits.kickoff.fixed_start"]) == f"Fahrplan, row {FIRST_ROW + 2}, column Start"
    assert with_values(handed.plan.scenario, said.edits).company.employees == 150


@pytest.mark.extended
def test_what_levelled_dates_were_computed_from_is_no_assumption_for_people() -> None:
    before = handout(scenario(levelling__basis="7253233e9caa"))
    book = opened(one_file(Format.XLSX, before, Dialect.RFC4180))
    paths = [row[3].value for row in book[SheetName.ASSUMPTIONS].iter_rows()]
    assert "levelling.starts" in paths
    assert "levelling.basis" not in paths
    changes = differences(before.plan.scenario.changed("levelling.basis", ""), before.plan.scenario)
    assert [change.path for change in changes] == ["levelling.basis"]
    assert changes_table(changes, before.case).rows == ()


@pytest.mark.extended
def test_in_a_workbook_a_text_is_asked_about_and_a_number_is_what_it_is() -> None:
    handed = handout()

    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        assumptions = {row[3].value: row[1] for row in book[SheetName.ASSUMPTIONS].iter_rows()}
        assumptions["finance.monthly_cap"].value = "20.000"
        assumptions["labour.external_day_rate"].value = 1.125
        assumptions["timeline.internal_days_per_week"].value = 1.125

    said = read(changed_workbook(handed, change), handed.plan)
    assert said.edits == {
        "labour.external_day_rate": Decimal("1.125"),
        "timeline.internal_days_per_week": Decimal("1.125"),
    }
    (left,) = said.left_out
    assert left.values == {"value": "20.000", "plain": "20000", "other": "20.00"}


@pytest.mark.extended
def test_of_a_workbook_that_other_prices_were_in_only_the_assumptions_are_read(says: Says) -> None:
    handed = handout()
    dearer = replace(
        price_book(), prices=tuple(row.model_copy(update={"amount": row.amount + 1}) for row in price_book().prices)
    )
    content = changed_workbook(handed, lambda book: book[SheetName.ROADMAP].delete_rows(FIRST_ROW + 2))
    now = build_plan(case(Scenario(), dearer, phase_model()))
    said = read_file(content, "plan.xlsx", OpenPlan(now, dearer, phase_model(), TODAY))
    assert said.edits == {}
    says([notice.problem for notice in said.notices])


@pytest.mark.extended
def test_a_sheet_that_was_taken_out_changes_nothing() -> None:
    handed = handout()

    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        for sheet in (SheetName.ROADMAP, SheetName.LINES, SheetName.ASSUMPTIONS):
            del book[sheet]

    assert read(changed_workbook(handed, change), handed.plan).edits == {}


@pytest.mark.extended
def test_a_formula_that_nothing_has_computed_is_named_and_never_taken_for_an_empty_cell() -> None:
    handed = handout()

    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        assumptions = {row[3].value: row[1] for row in book[SheetName.ASSUMPTIONS].iter_rows()}
        assumptions["company.employees"].value = "=100+50"
        book[SheetName.ROADMAP].cell(FIRST_ROW + 2, 3).value = "=TODAY()"

    said = read(changed_workbook(handed, change), handed.plan)
    assert said.edits == {"company.employees": "=100+50"}  # refused with its place when it is put into a plan
    assert [left.values for left in said.left_out] == [{"value": "=TODAY()"}]
