"""The sheets Actuals and Bookings: what happened beside what was planned, and back as records and bookings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import scenario
from tests.incoming import read
from tests.office import computed, opened
from tests.papers import SITUATIONS, handout, situation
from tests.project_edits import reasons
from zt_planner.domain.incoming import Incoming
from zt_planner.files.scenario_json import with_values
from zt_planner.language import LanguageCode
from zt_planner.media.xlsx import workbook_bytes
from zt_planner.media.xlsx.actuals import BOOKING_PLACE, PLACE
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName
from zt_planner.topics.roadmap.tables import tasks_in_order
from zt_planner.topics.view import View


@pytest.fixture(scope="module")
def handed() -> View:
    return situation("under way and booked", LanguageCode.GERMAN)


def changed(handed: View, change: Callable[[Any, Any], None], folder: Path) -> Incoming:
    """Return what a workbook says in which somebody changed the sheets."""
    book, say = opened(workbook_bytes(handed)), handed.language.say
    change(book[say(SheetName.ACTUALS)], book[say(SheetName.BOOKINGS)])
    book.save(folder / "plan.xlsx")
    return read((folder / "plan.xlsx").read_bytes(), handed.plan)


def row_of(sheet: Any, column: int, text: str) -> int:  # noqa: ANN401 - openpyxl ships no types
    """Return the number of the first row with a text."""
    return next(row for row in range(FIRST_ROW + 2, 90) if sheet.cell(row, column + 1).value == text)


@pytest.mark.extended
def test_without_a_status_there_are_no_such_sheets() -> None:
    assert SheetName.ACTUALS not in opened(workbook_bytes(handout(scenario()))).sheetnames


@pytest.mark.extended
def test_a_plan_under_way_comes_back_as_it_is(handed: View, tmp_path: Path) -> None:
    said = changed(handed, lambda *_: None, tmp_path)
    assert said.scenario == handed.plan.scenario
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())


@pytest.mark.extended
def test_what_happened_is_entered_in_the_workbook(handed: View, tmp_path: Path) -> None:
    def change(tasks: Any, money: Any) -> None:  # noqa: ANN401 - as above
        pilot, first = row_of(tasks, PLACE["task_id"], "mfa_pilot"), row_of(tasks, PLACE["task_id"], "kickoff")
        tasks.cell(pilot, PLACE["finished"] + 1).value = datetime(2027, 3, 12)  # noqa: DTZ001 - a day
        tasks.cell(pilot, PLACE["spent_internal"] + 1).value = 4.5
        tasks.cell(first, PLACE["started"] + 1).value = None
        march = row_of(money, BOOKING_PLACE["category"], "Schulung")
        money.cell(march, BOOKING_PLACE["booked"] + 1).value = 1500
        money.cell(march, BOOKING_PLACE["closed"] + 1).value = "ja"
        new = {"month": "2027-04", "category": "Lizenzen", "task": "mfa_pilot", "booked": "12,30"}
        for name, value in new.items():
            money.cell(80, BOOKING_PLACE[name] + 1).value = value

    said = changed(handed, change, tmp_path)
    assert said.edits == {
        "status.tasks.mfa_pilot.finished": "2027-03-12",
        "status.tasks.mfa_pilot.spent_internal": said.edits["status.tasks.mfa_pilot.spent_internal"],
        "status.tasks.kickoff.started": None,
        "status.bookings.2027-03/training/": "1500.00",
        "status.bookings.2027-04/licence/mfa_pilot": "12.30",
        "status.closed": ["2027-01", "2027-02", "2027-03"],
    }
    assert with_values(handed.plan.scenario, said.edits).status.closed == ("2027-01", "2027-02", "2027-03")
    assert said.left_out == ()


@pytest.mark.extended
def test_a_row_that_is_gone_takes_its_booking_and_a_month_is_opened_again(handed: View, tmp_path: Path) -> None:
    def change(_: Any, money: Any) -> None:  # noqa: ANN401 - as above
        row = row_of(money, BOOKING_PLACE["category"], "Lizenzen")
        money.cell(row, BOOKING_PLACE["closed"] + 1).value = "FALSE"
        money.delete_rows(row_of(money, BOOKING_PLACE["category"], "Berater"))

    edits = changed(handed, change, tmp_path).edits
    assert edits == {"status.bookings.2027-01/consultant/": None, "status.closed": ["2027-01"]}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("month", "some day", "is not a date"),
        ("category", "beer", "is not a category"),
        ("task", "beer", "there is no task 'beer'"),
        ("booked", "1.200", "can be read in two ways"),
        ("closed", "perhaps", "cannot be read"),
    ],
)
@pytest.mark.extended
def test_a_booking_that_cannot_be_read_is_left_out_and_none_is_lost(
    name: str, value: str, reason: str, handed: View, tmp_path: Path
) -> None:
    def change(_: Any, money: Any) -> None:  # noqa: ANN401 - as above
        row = row_of(money, BOOKING_PLACE["category"], "Berater")
        money.cell(row, BOOKING_PLACE[name] + 1).value = value

    said = changed(handed, change, tmp_path)
    assert said.edits == {}
    assert reason in " ".join(reasons(said))


@pytest.mark.extended
@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("started", "soon", "cannot be read"),
        ("finish", datetime(2027, 6, 1), "cannot be set"),  # noqa: DTZ001 - a day
        ("task_id", "beer", "there is no task 'beer'"),
    ],
)
def test_what_cannot_be_recorded_is_left_out(
    name: str, value: object, reason: str, handed: View, tmp_path: Path
) -> None:
    def change(tasks: Any, _: Any) -> None:  # noqa: ANN401 - as above
        tasks.cell(row_of(tasks, PLACE["task_id"], "sso"), PLACE[name] + 1).value = value

    said = changed(handed, change, tmp_path)
    assert said.edits == {}
    assert reason in " ".join(reasons(said))


@pytest.mark.extended
def test_without_day_rates_no_booking_of_the_consultant_is_in_the_workbook() -> None:
    given = scenario(**SITUATIONS["under way and booked"]).without_rates()
    handed = handout(given, shows_labour=False)
    money = opened(workbook_bytes(handed))[SheetName.BOOKINGS]
    shown = [row[BOOKING_PLACE["category"]] for row in money.iter_rows(min_row=FIRST_ROW + 2, values_only=True)]
    assert "Consultant" not in shown


@pytest.mark.extended
def test_another_program_computes_how_much_later_tasks_are(handed: View, tmp_path: Path) -> None:
    assert handed.reference is not None
    planned = {task.task.id: task.finish for task in handed.reference.tasks}
    rows = tasks_in_order(handed.plan)
    sheet = computed(workbook_bytes(handed), tmp_path)[handed.language.say(SheetName.ACTUALS)]
    found = [sheet.cell(FIRST_ROW + 2 + index, PLACE["later_days"] + 1).value for index in range(len(rows))]
    assert found == [(task.finish - planned[task.task.id]).days for task in rows]
