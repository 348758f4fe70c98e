"""The page How sure?: how sure date and budget are, together and alone, and what can be asked about them."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
import streamlit as st

from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen
from tests.ui.test_levelling import FEW_TASKS
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Rules
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.drivers import Drivers, by_days, by_money
from zt_planner.topics.view import View
from zt_planner.ui.pages.how_sure import BUDGET_KEY, DAY_KEY
from zt_planner.ui.state.tab import TAB, BrowserTab, Question, fetch_tab
from zt_planner.ui.widgets import question
from zt_planner.workspace.plans import Plans

ENDLESS = (
    b'{"company": {"employees": 5000, "apps": 500},'
    b' "timeline": {"mode": "capacity", "internal_days_per_week": 0.25, "external_days_per_week": 0.25}}'
)
WIDE = b'{"uncertainty": {"effort_ranges": {"sso": [0.9, 30]}}}'


def bare(lines: list[str]) -> str:
    """Return texts with plain spaces."""
    return plain("\n".join(lines))


def test_the_page_says_what_holds_and_how_likely_the_plan_is(screen: Screen) -> None:
    screen.go("how_sure")
    assert bare(texts(screen)).count("Both together are ") == 1
    assert not screen.errors
    assert bare(texts(screen.unfold("fold:outside"))).count("exceeding the plan by more than 50%") == 1


@pytest.mark.extended
def test_budget_and_finish_together_are_the_picture_and_what_to_do_first_stands_below_it(screen: Screen) -> None:
    screen.go("how_sure")
    assert [chart.key for chart in screen.app.get("plotly_chart")] == ["joint"]
    doubtful = screen.table("Get quotes for these first")
    assert next(iter(doubtful["Price"])) == "External IT security consultant"
    for group in (by_money, by_days):
        shown = screen.table(f"What moves the {'budget' if group is by_money else 'finish'} most")
        assert len(shown) == len(group(View(screen.plan, screen.language).swings)[:3]) == 3


@pytest.mark.extended
def test_a_typed_budget_and_date_are_asked_about_and_nothing_of_the_plan_changes(screen: Screen) -> None:
    screen.go("how_sure", "fold:joint")
    before = screen.scenario
    screen.move(BUDGET_KEY, 150_000).move(DAY_KEY, date(2028, 3, 31))
    said = bare(texts(screen))
    assert "The chance of keeping EUR 150,000 for the introduction is " in said
    assert ", of being done by 31 March 2028 " in said
    assert "A 70% chance of being done by 31 March 2028 within the budget needs EUR" in said
    assert screen.scenario == before
    assert screen.app.query_params["by"] in ("2028-03-31", ["2028-03-31"])
    screen.press("sure:own")
    assert screen.shows(BUDGET_KEY) == ""
    assert "EUR 150,000" not in bare(texts(screen))


@pytest.mark.extended
def test_a_budget_that_is_no_number_stays_in_its_field_with_the_reason(screen: Screen) -> None:
    screen.go("how_sure", "fold:joint").move(BUDGET_KEY, "much")
    assert screen.shows(BUDGET_KEY) == "much"
    assert any("'much' cannot be read as a number" in text for text in screen.errors)


def test_the_question_stands_in_the_address(screen: Screen) -> None:
    screen.app.query_params["by"] = "2028-05-31"
    screen.app.query_params["budget"] = "160000"
    screen.go("how_sure")
    said = bare(texts(screen))
    assert "The chance of keeping EUR 160,000 for the introduction is " in said
    assert ", of being done by 31 May 2028 " in said


@pytest.mark.parametrize(
    ("points", "day", "amount"),
    [([{"x": "2028-01-20", "y": 133_456.78}], date(2028, 1, 20), "133456.78"), ([], date(2027, 12, 1), "None")],
)
def test_a_point_that_is_pressed_asks_for_both(
    monkeypatch: pytest.MonkeyPatch, points: list[dict[str, object]], day: date, amount: str
) -> None:
    held = {
        "picture": SimpleNamespace(selection=SimpleNamespace(points=points)),
        TAB: BrowserTab(question=Question(date(2027, 12, 1), first_year=Decimal(110_000))),
    }
    monkeypatch.setattr(st, "session_state", held)
    fetch_tab()
    question.take_point("picture")
    asked = question.current()
    assert (asked.by, str(asked.budget)) == (day, amount)
    assert asked.first_year == 110_000


def test_every_draw_can_be_taken_as_a_file(screen: Screen) -> None:
    screen.go("how_sure", "fold:ranges")
    for suffix in (".csv", ".parquet"):
        assert screen.has(f"draws{suffix}")


@pytest.mark.extended
def test_a_plan_without_a_schedule_has_its_findings_only(screen: Screen) -> None:
    screen.run().load(ENDLESS).go("how_sure")
    assert screen.errors
    assert not screen.app.header
    assert not screen.cards


@pytest.mark.extended
def test_ranges_that_say_hardly_anything_are_named(screen: Screen) -> None:
    screen.run().load(WIDE).go("how_sure", "fold:range_findings")
    assert any("twenty times" in text for text in screen.warnings)


@pytest.mark.extended
def test_what_drives_the_plan_is_worked_out_on_this_page_only(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Plan] = []
    drivers_of = Plans.drivers

    def noted(plans: Plans, plan: Plan) -> Drivers:
        asked.append(plan)
        return drivers_of(plans, plan)

    monkeypatch.setattr(Plans, "drivers", noted)
    for page in ("roadmap", "what_if", "budget", "nis2", "prices", "record", "share"):
        screen.go(page)
    assert not asked
    screen.go("how_sure")
    assert not asked
    screen.unfold("fold:drivers")
    assert asked


@pytest.mark.extended
def test_what_drives_the_plan_is_named_with_its_tables(screen: Screen) -> None:
    screen.go("how_sure", "fold:joint", "fold:drivers")
    said = bare(texts(screen))
    assert "moves the budget most" in said
    assert "decide the finish in more than half of the draws" in said
    assert "80% confidence needs EUR" in said
    assert "which already includes EUR" in said
    assert [len(table) for table in screen.tables][-4:] == [12, 12, len(screen.plan.tasks), 5]


@pytest.mark.extended
def test_who_may_not_see_rates_learns_no_contingency_and_no_day_rate(meeting: Meeting) -> None:
    meeting.set_rules(Rules(hides_rates=True))
    viewer = meeting.viewer.go("how_sure", "fold:drivers")
    said = bare(texts(viewer))
    assert "contingency is hidden" in said
    assert "No uncertainty moves the budget." in said
    assert not any("consultant" in str(table.iloc[:, 0].tolist()) for table in viewer.tables)


def certain() -> bytes:
    """Return a scenario in which nothing is uncertain."""
    ids = bootstrap.phase_model().by_id
    given = {f"{kind}_ranges": dict.fromkeys(ids, (1, 1)) for kind in ("effort", "wait")}
    return json.dumps({"uncertainty": given}).encode()


@pytest.mark.parametrize("scenario", [certain(), b'{"timeline": {"start": "2021-03-01"}}', FEW_TASKS])
@pytest.mark.extended
def test_the_page_stands_whatever_the_plan(screen: Screen, scenario: bytes) -> None:
    screen.run().load(scenario)
    screen.go("how_sure", *(f"fold:{fold}" for fold in ("joint", "drivers", "ranges")))
    is_priced = screen.plan.is_complete
    assert len(screen.app.get("plotly_chart")) == (3 if is_priced else 2)
    assert is_priced or not re.search(r"EUR\s0\b", " ".join(texts(screen)))


@pytest.mark.extended
def test_a_plan_in_which_nothing_is_uncertain_holds_for_sure(screen: Screen) -> None:
    screen.run().load(certain()).go("how_sure", "fold:drivers")
    assert "both more than 99%" in screen.answer
    said = bare(texts(screen))
    assert "No uncertainty moves the budget." in said
