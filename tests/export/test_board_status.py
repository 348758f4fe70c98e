"""The status report of the paper for the board: one sheet before all others, of a plan under way only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.blocks import answers_in, cards_in, every_block, group_in, remarks_in, tables_in, texts_in
from tests.export.test_board_paper import filled, sheets
from tests.office import plain
from tests.papers import SITUATIONS, handout, situation
from tests.words import Told, told
from zt_planner.domain.progress import TaskState
from zt_planner.engine.decisions import decisions_of
from zt_planner.engine.under_way.approved import approved
from zt_planner.language import LanguageCode
from zt_planner.media.board import board_paper_of, status_report_of
from zt_planner.media.typst.typesetting import pdf_bytes, status_bytes
from zt_planner.media.web.html import html_bytes
from zt_planner.topics.block import Group
from zt_planner.topics.decisions.blocks import decision_group
from zt_planner.topics.labels import label
from zt_planner.topics.progress.blocks import MOST_FINDINGS, MOST_SLIPPED
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.view import View

FORECASTS = {
    f"2027-0{month}-15": {"finish": "2027-10-15", "sure_by": "2027-12-15", "budget": "120000"} for month in range(1, 9)
}


def under_way(code: LanguageCode = LanguageCode.ENGLISH, **given: Any) -> View:  # noqa: ANN401 - any value
    return handout(builders.scenario(**SITUATIONS["under way and booked"], **given), code)


def sheet_of(given: View) -> Told:
    sheet, *_ = told(board_paper_of(given), given.language).sheets
    assert sheet.name == "status"
    return sheet


def headings_of(sheet: Told) -> list[str]:
    """Return the headings above tables and findings."""
    beside: Told = next(block for block in sheet.blocks if isinstance(block, Group))
    return [group.heading for group in beside.blocks]


def test_without_a_status_date_there_is_none() -> None:
    assert "status" not in [sheet.name for sheet in board_paper_of(situation("default")).sheets]


def test_a_status_report_asks_for_no_approval() -> None:
    report = told(status_report_of(under_way()))
    assert report.kind == "Status report"
    assert answers_in(*every_block(report)) == []
    assert group_in(report, "decision") is None
    assert group_in(report, "resolution") is None


def test_a_status_report_names_what_is_left_and_no_decision_that_was_made() -> None:
    given = under_way()
    report = told(status_report_of(given))
    (ahead,) = tables_in(group_in(report, "ahead"))
    states = {given.language.write(label(state)) for state in TaskState if state is not TaskState.DONE}
    assert {row[1] for row in ahead.rows} == states
    at = given.plan.scenario.status.at
    assert at is not None
    left = [each for each in decisions_of(given.plan) if each.day >= at or each.is_overdue]
    (decisions,) = tables_in(group_in(report, "decisions"))
    assert [row[0] for row in decisions.rows] == [given.language.short_day(each.day) for each in left]
    assert len(left) < len(decisions_of(given.plan))


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("name", ["under way", "under way and booked", "months closed"])
def test_no_page_of_a_status_report_but_the_last_is_more_than_half_empty(
    name: str, code: LanguageCode, tmp_path: Path
) -> None:
    file = tmp_path / "status.pdf"
    file.write_bytes(status_bytes(situation(name, code)))
    assert [share for share in filled(file)[:-1] if share < 0.5] == []


def test_it_says_what_slipped_most_what_it_costs_and_what_is_left_of_the_contingency() -> None:
    given = under_way()
    sheet, reference = sheet_of(given), given.reference
    assert reference is not None
    assert sheet.opening.title == told(plan_sentence(given))
    slipped, money = tables_in(*sheet.blocks)
    planned = {task.task.id: task.finish for task in reference.tasks}
    late = sorted(((task.finish - planned[task.task.id]).days for task in given.plan.tasks), reverse=True)
    assert [row[-1] for row in slipped.rows] == [f"{days} days later" for days in late[:MOST_SLIPPED]]
    assert late[0] > 0
    total = [
        given.language.money(figures.introduction_budget) for figures in (reference.headlines, given.plan.headlines)
    ]
    assert (money.rows[-1][1], money.rows[-1][4]) == tuple(total)
    assert money.rows[-1][3] == "EUR\N{NO-BREAK SPACE}5,170"
    assert given.plan.contingency is not None
    assert given.language.money(given.plan.contingency.left) in [card.value for card in cards_in(*sheet.blocks)]


def test_only_the_plans_own_status_is_what_to_look_at_and_the_last_forecasts_are_shown() -> None:
    sheet = sheet_of(under_way(status__forecasts=FORECASTS))
    assert [remark.title for remark in remarks_in(sheet.blocks)] == [
        "Begun before what it waits for was done",
        "Planned, but not booked",
    ]
    shown = [[plain(cell) for cell in row] for row in tables_in(*sheet.blocks)[-1].rows]
    assert (shown[0][0], shown[-1][0]) == ("15May2027", "15Aug2027")
    assert all(row[2] for row in shown)


@pytest.mark.extended
def test_the_board_is_told_which_approved_plan_it_would_replace() -> None:
    plain_plan = situation("default")
    found = approved(plain_plan.case, "Anna", plain_plan.plan.today)
    assert found is not None
    given = under_way(status__approved=found.model_dump(mode="json"), company__employees=130)
    assert texts_in(told(decision_group(under_way())))[0].startswith("The work has begun.")
    day = given.language.day(found.on)
    assert texts_in(told(decision_group(given)))[0] == (
        f"The board is asked to approve, instead of the plan approved by Anna on {day}:"
    )


def test_it_is_measured_against_the_approved_plan() -> None:
    plain_plan = situation("default")
    found = approved(plain_plan.case, "Anna", plain_plan.plan.today)
    assert found is not None
    given = under_way(status__approved=found.model_dump(mode="json"), company__employees=150)
    assert "Planned when approved" in tables_in(*sheet_of(given).blocks)[1].columns


def test_a_plan_without_rates_says_no_rates() -> None:
    given = builders.scenario(**SITUATIONS["under way and booked"]).without_rates()
    sheet = sheet_of(handout(given, shows_labour=False))
    assert "Contingency left" not in [card.label for card in cards_in(*sheet.blocks)]
    assert "Consultant" not in [row[0] for row in tables_in(*sheet.blocks)[1].rows]


@pytest.mark.extended
def test_the_web_page_has_the_same_part() -> None:
    text = html_bytes(under_way()).decode()
    assert "Status on 15\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2027" in text
    assert "What slipped most" in text
    assert "What slipped most" not in html_bytes(situation("default")).decode()


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
def test_it_is_one_sheet_whatever_there_is_to_say(code: LanguageCode, tmp_path: Path) -> None:
    much = {name: value for name, value in SITUATIONS["much at once"].items() if not name.startswith("timeline")}
    late = {key: {"started": "2027-02-01", "finished": "2027-12-31"} for key in ("vlans", "isolation", "role_concept")}
    tasks = {
        **SITUATIONS["under way and booked"]["status__tasks"],
        **late,
        "ztna": {"started": "2026-02-01"},
        "x": late["vlans"],
    }
    values = {**SITUATIONS["under way and booked"], **much, "status__forecasts": FORECASTS, "status__tasks": tasks}
    given = handout(builders.scenario(**values), code)
    assert len(remarks_in(sheet_of(given).blocks)) == MOST_FINDINGS
    first, second, *_ = sheets(given, tmp_path / "plan.pdf")
    assert plain(given.language.write(plan_sentence(given))) in first
    assert all(plain(heading) in first for heading in headings_of(sheet_of(given)))
    assert plain(told(board_paper_of(given), given.language).title)[:40] in second


LATER: dict[str, Any] = {
    "status__closed": ("2027-01", "2027-02"),
    "status__forecasts": {"2026-11-26": {"finish": "2028-12-07"}},
}


@pytest.mark.parametrize(("at", "more"), [("2027-01-04", {}), ("2027-03-01", LATER)], ids=["one", "three"])
def test_findings_stand_below_an_odd_number_of_narrow_tables(at: str, more: dict[str, Any]) -> None:
    records = {"unknown": {"finished": "2026-11-30"}}
    given = handout(builders.scenario(timeline__start="2027-01-04", status__at=at, status__tasks=records, **more))
    sheet = sheet_of(given)
    assert (len(tables_in(*sheet.blocks)) % 2, bool(remarks_in(sheet.blocks))) == (1, True)
    assert pdf_bytes(given).startswith(b"%PDF-")
