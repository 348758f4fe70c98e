"""When, and for how much, on the page What if: the question, the search beside it, and the ways that lead there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from tests.launched import finish, request
from tests.ui.meeting import Meeting, everything
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.defaults import CALCULATIONS_AT_ONCE, CALCULATIONS_WAITING
from zt_planner.domain.session import Rules
from zt_planner.engine.case import Case
from zt_planner.engine.goals.answer import Answer, ask
from zt_planner.engine.goals.question import Goals
from zt_planner.language import LanguageCode
from zt_planner.ui.pages.what_if import TRY
from zt_planner.ui.widgets.question import question_in
from zt_planner.workspace import State
from zt_planner.workspace.jobs.questions import question_job
from zt_planner.workspace.keys import HOME_COOKIE
from zt_planner.workspace.runners.job_runner import Jobs, Requester

GIVES = json.dumps({"timeline": {"start": "2027-01-04", "max_internal_days_per_week": 10}}).encode()
"""A company whose own team can give more days a week than the plan takes."""
AMPLE = {"by": "2027-09-30", "first_year": "180000"}
TIGHT = {"by": "2027-09-30", "first_year": "130000"}
DEARER = re.compile(
    r"Done by 30 September 2027, for at most EUR ([\d,.]+\d) in the first year \(80% confidence each\)\."
)


@pytest.fixture(scope="module", autouse=True)
def _answers_are_remembered_from_test_to_test() -> Iterator[None]:
    """Work out an answer once: it follows from scenario, prices, tasks, day and goals alone."""
    answers: dict[tuple[str, Goals], Answer] = {}

    def remembered(case: Case, goals: Goals, **how: Any) -> Answer:  # noqa: ANN401 - as `ask`
        key = case.scenario.model_dump_json(), goals
        if key not in answers:
            answers[key] = ask(case, goals, **how)
        return answers[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zt_planner.workspace.jobs.questions.ask", remembered)
        yield


def at_question(
    line: list[Callable[[], None]], address: Mapping[str, str], code: LanguageCode = LanguageCode.ENGLISH
) -> Screen:
    """Return the page in a tab with an address; what the first screen has begun is left where it stands."""
    screen = Screen(code, **address)
    screen.app.context = {"locale": "de-DE"} if code is LanguageCode.GERMAN else {}
    screen.load(GIVES).go("what_if")
    begin_anew(line)
    return screen.run()


def begin_anew(line: list[Callable[[], None]]) -> None:
    """Forget all that pages have asked for so far, as what the first screen asks for by itself."""
    line.clear()
    bootstrap.workspace().jobs = Jobs()


def words(screen: Screen) -> str:
    """Return the running text of a page."""
    app = screen.app
    found = (*app.header, *app.markdown, *app.subheader, *app.caption, *app.success, *app.error)
    return plain("\n".join(said(element.value) for element in found))


def ways(screen: Screen) -> list[str]:
    """Return the ways that can be tried."""
    tables = (
        table for table in screen.component("table") if table["alt"] == "What if" and "As a variant" in str(table)
    )
    names = (cell["name"] for table in tables for row in table["rows"] for cell in row if not isinstance(cell, str))
    return [name for name in names if name.startswith(f"{TRY}way:")]


def told(table: Mapping[str, Any]) -> list[str]:
    """Return the texts of a table's cells."""
    return [cell if isinstance(cell, str) else cell["text"] for row in table["rows"] for cell in row]


def try_way(screen: Screen, number: int) -> Screen:
    """Try a way as a variant, as a press in its table does."""
    goals = Goals(screen.held("ask:by"), Decimal(screen.shows("ask:first_year").replace(",", "")))
    job = bootstrap.workspace().jobs.find(question_job(bootstrap.workspace(), screen.state, goals))
    assert job is not None
    answer = job.result
    values = (*answer.sets, *answer.nearest)[number].values
    copy = partial(State.with_copy, source=screen.state.mark, mark="new", name="Way", values=values)
    bootstrap.workspace().edit(screen.state, copy)
    return screen.run().move("variant", "B")


@pytest.mark.extended
def test_a_way_is_found_beside_the_page_and_tried_as_a_variant(line: list[Callable[[], None]]) -> None:
    screen = at_question(line, AMPLE).press("ask")
    assert screen.has("ask:cancel")
    assert not ways(screen)
    finish(line)
    before = screen.run().scenario
    assert "3 ways to get there, the cheapest first." in words(screen)
    assert ways(screen) == ["try:way:0", "try:way:1", "try:way:2"]
    try_way(screen, 1)
    assert screen.scenario.timeline.internal_days_per_week > before.timeline.internal_days_per_week
    assert "The plan already meets this: " in words(screen)
    assert screen.state.base == before


@pytest.mark.extended
def test_a_line_says_what_changes_what_it_comes_to_and_what_is_lost(line: list[Callable[[], None]]) -> None:
    screen = at_question(line, TIGHT).press("ask")
    finish(line)
    text = words(screen.run()) + " ".join(cell for table in screen.component("table") for cell in told(table))
    assert "Monitoring: None instead of SIEM" in text
    assert "days a week instead of 3.5" in text
    assert "Nobody watches what happens in your network." in text
    assert "Closest with everything in scope" in text
    assert DEARER.search(plain(text))


@pytest.mark.extended
def test_the_question_is_typed_kept_on_other_pages_and_written_into_the_address(
    screen: Screen, line: list[Callable[[], None]]
) -> None:
    screen.go("what_if")
    assert not screen.has("ask")
    screen.move("ask:by", date(2027, 7, 30)).move("ask:first_year", 125_000)
    assert screen.app.query_params["by"] == "2027-07-30"
    assert screen.app.query_params["first_year"] == "125000"
    screen.go("budget").go("what_if")
    assert screen.held("ask:by") == date(2027, 7, 30)
    assert screen.shows("ask:first_year") == "125,000"
    assert screen.has("ask")
    screen.move("ask:by", None).move("ask:first_year", "")
    assert "by" not in screen.app.query_params
    assert not screen.has("ask")
    assert line is not None


@pytest.mark.extended
def test_a_page_that_is_loaded_anew_asks_the_same_and_knows_the_answer(line: list[Callable[[], None]]) -> None:
    screen = at_question(line, AMPLE).press("ask")
    finish(line)
    again = Screen(LanguageCode.ENGLISH, **AMPLE)
    again.cookies = {HOME_COOKIE: screen.state.key}
    again.go("what_if")
    assert again.shows("ask:first_year") == "180,000"
    assert "3 ways to get there" in words(again)
    assert len(ways(again)) == 3
    assert screen.state.origin != again.state.origin
    assert screen.state.session == again.state.session is not None


@pytest.mark.parametrize(
    ("address", "goals"),
    [
        ({"by": "2027-06-30", "first_year": "110000.50"}, Goals(date(2027, 6, 30), Decimal("110000.50"))),
        ({"by": "30.06.2027", "first_year": "1e5"}, Goals()),
        ({"by": "2027-02-30", "first_year": "-5"}, Goals()),
        ({"by": "1999-01-01", "first_year": "0"}, Goals()),
        ({"by": "", "first_year": "NaN"}, Goals()),
        ({"first_year": "0.001"}, Goals()),
        ({"first_year": "9" * 16}, Goals()),
        ({"first_year": "\N{ARABIC-INDIC DIGIT ONE}"}, Goals()),
        ({}, Goals()),
    ],
)
def test_what_an_address_says_and_cannot_be_asked_is_no_question(address: dict[str, str], goals: Goals) -> None:
    asked = question_in(address)
    assert Goals(asked.by, asked.first_year) == goals


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-11-01", "1 November 2026 is over. Enter 4 January 2027 or a later day."),
        ("2026-12-31", "The plan starts on 4 January 2027 only, after 31 December 2026."),
    ],
)
def test_a_day_that_cannot_be_asked_for_is_refused_beside_the_question(
    line: list[Callable[[], None]], day: str, text: str
) -> None:
    screen = at_question(line, {"by": day})
    assert text in words(screen)
    assert not screen.has("ask")


@pytest.mark.parametrize("amount", ["0", "many", "1.2345", "1000000000000000"])
def test_an_amount_that_cannot_be_asked_for_stays_in_its_field_with_the_reason(
    line: list[Callable[[], None]], amount: str
) -> None:
    screen = at_question(line, {}).move("ask:first_year", amount)
    assert screen.shows("ask:first_year") == amount
    assert any(error.startswith("At most in the first year, EUR:") for error in screen.errors)
    assert not screen.has("ask")


@pytest.mark.extended
def test_a_search_is_ended_and_can_be_begun_again(line: list[Callable[[], None]]) -> None:
    asked = AMPLE | {"first_year": "180001"}  # what no other test has had worked out
    screen = at_question(line, asked).press("ask").press("ask:cancel")
    assert screen.has("ask")
    finish(line)
    assert not ways(screen.run())
    screen.press("ask")
    finish(line)
    assert len(ways(screen.run())) == 3


@pytest.mark.extended
def test_no_answer_stands_beside_another_plan_and_going_back_is_instant(line: list[Callable[[], None]]) -> None:
    screen = at_question(line, AMPLE).press("ask")
    finish(line)
    screen.run().move("company.employees:slider", 130)
    assert not ways(screen)
    assert screen.has("ask")
    screen.press("step:undo")
    assert len(ways(screen)) == 3
    assert not screen.has("ask:cancel"), "nothing is searched again"


@pytest.mark.extended
def test_an_answer_outlives_the_first_change_of_a_new_plan(line: list[Callable[[], None]]) -> None:
    screen = Screen(LanguageCode.ENGLISH, **AMPLE).run().go("what_if")
    begin_anew(line)
    screen.run().press("ask")
    finish(line)
    found = ways(screen.run())
    assert screen.state.session is None
    assert found
    screen.move("company.employees:slider", 130)
    assert screen.state.session is not None
    assert not ways(screen)
    screen.press("step:undo")
    assert ways(screen) == found
    other = Screen(LanguageCode.ENGLISH, **AMPLE).run().go("what_if")
    assert not ways(other), "another browser has not asked"


@pytest.mark.extended
def test_what_is_only_shown_beside_amounts_is_no_other_question(line: list[Callable[[], None]]) -> None:
    screen = at_question(line, AMPLE).press("ask")
    finish(line)
    screen.unfold("fold:display").move("display.currency", "CHF")
    assert len(ways(screen)) == 3


@pytest.mark.extended
def test_a_fault_of_the_program_is_said_and_can_be_tried_again(
    line: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = at_question(line, AMPLE)
    with monkeypatch.context() as patch:
        patch.setattr("zt_planner.workspace.jobs.questions.ask", None)
        screen.press("ask")
        with pytest.raises(TypeError):
            finish(line)
        assert "The search failed. Nothing was changed; try again." in words(screen.run())
    screen.press("ask")
    finish(line)
    assert len(ways(screen.run())) == 3


def test_a_server_that_has_too_much_to_do_says_so(line: list[Callable[[], None]]) -> None:
    screen = at_question(line, AMPLE)
    begin_anew(line)
    for number in range(CALCULATIONS_WAITING + CALCULATIONS_AT_ONCE):
        bootstrap.workspace().jobs.submit(request(f"owner {number}", number))
    screen.press("ask")
    assert any("Too many calculations are waiting on this server" in error for error in screen.errors)
    assert not screen.warnings, "what the page asks for by itself waits in a queue of its own"


def test_a_server_that_has_too_much_to_do_says_so_of_what_the_page_asks_for_by_itself(
    line: list[Callable[[], None]],
) -> None:
    screen = at_question(line, AMPLE)
    begin_anew(line)
    for number in range(CALCULATIONS_WAITING + CALCULATIONS_AT_ONCE):
        bootstrap.workspace().jobs.submit(request(Requester(f"owner {number}", is_person=False), number))
    assert any("Too many calculations are waiting on this server" in text for text in screen.run().warnings)
    assert screen.has("ask")


@pytest.mark.extended
def test_who_may_only_watch_is_told_so_and_learns_nothing(meeting: Meeting, line: list[Callable[[], None]]) -> None:
    meeting.set_rules(Rules(hides_rates=True))
    begin_anew(line)
    meeting.editor.app.query_params.update(AMPLE)
    meeting.editor.go("what_if").press("ask")
    finish(line)
    assert len(ways(meeting.editor.run())) == 2
    meeting.viewer.app.query_params.update(AMPLE)
    meeting.viewer.go("what_if")
    assert "People who may change the plan can ask here" in words(meeting.viewer)
    assert not meeting.viewer.has("ask:by")
    assert not ways(meeting.viewer)
    assert "145,984" not in everything(meeting.viewer)


def test_a_locked_session_takes_no_question(meeting: Meeting) -> None:
    meeting.set_rules(Rules(is_locked=True))
    meeting.editor.go("what_if")
    assert not meeting.editor.has("ask:by")


@pytest.mark.extended
def test_the_answer_speaks_german(line: list[Callable[[], None]]) -> None:
    screen = at_question(line, AMPLE, LanguageCode.GERMAN).press("ask")
    finish(line)
    text = words(screen.run()) + str(screen.component("table"))
    assert "3 Wege dorthin, der günstigste zuerst." in text
    assert "Ihr Team: 5 Tage pro Woche statt 3,5" in text
    assert "Fernzugriff: VPN bleibt statt App-Proxy für Webanwendungen (Entra ID P1)" in text
