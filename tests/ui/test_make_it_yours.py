"""Make it yours: what is asked, what the answers set, in one change, and which of them matter most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.ui.meeting import Meeting
from tests.ui.screen import Screen, said
from zt_planner import bootstrap
from zt_planner.domain.incoming import Incoming
from zt_planner.domain.scenario.scenario import Mode, Monitoring, OwnedLicence, RemoteAccess, Running
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.csv.files import QUESTIONS as QUESTIONS_FILE
from zt_planner.topics.interview.blocks import MOST_LISTED
from zt_planner.ui.components.files.plan_files import csv_file
from zt_planner.ui.state.tab import TAB
from zt_planner.workspace.incoming import incoming_for

SHOW = "show_plan"
QUESTIONS = len(bootstrap.interview())


def answered(screen: Screen, number: int = 0, **answers: str) -> Screen:
    """Give answers in the open dialog."""
    for question, answer in answers.items():
        screen.set(f"own:{number}:answer:{question}", answer)
    return screen.run()


def closed(screen: Screen) -> Screen:
    """Close the open dialog as Escape does."""
    screen.app.session_state[TAB].dialog = None
    return screen.run()


def count_of(screen: Screen) -> int:
    """Return how many questions the dialog counts as answered."""
    (count,) = (text for text in screen.captions if text.endswith(f"of {QUESTIONS} answered"))
    return int(count.split()[0])


def test_what_is_refused_is_no_answer(screen: Screen) -> None:
    screen.run().press("own")
    assert count_of(answered(screen, machines="abc")) == 0
    assert count_of(answered(screen, machines="12")) == 1


def test_the_offer_goes_with_the_first_change(screen: Screen) -> None:
    screen.run()
    assert screen.has("own")
    screen.move("company.employees:slider", 121)
    assert not screen.has("own")


def test_it_asks_for_people_and_licences_first_then_twenty_questions(screen: Screen) -> None:
    screen.run().press("own")
    asked = [said(label) for element in screen.app.get("dialog")[0] if (label := getattr(element, "label", ""))]
    assert asked[:4] == [
        "How many people?",
        "Done in how many months?",
        "Company name (optional)",
        "What do your people have today?",
    ]
    texts = [question.text for question in bootstrap.interview()]
    assert [label for label in asked if label in texts] == texts
    assert count_of(screen) == 0
    assert screen.shows("own:0:licence:0") == screen.shows("own:0:answer:mfa") == ""
    assert not screen.has("own:0:seats:0")


def test_who_answers_nothing_has_the_example_as_their_own(screen: Screen) -> None:
    before = screen.run().scenario
    screen.press("own").press(SHOW)
    assert screen.scenario == before
    assert not screen.state.is_example
    assert not any(button.label == "Show my plan" for button in screen.app.button)


def test_answers_become_one_change_that_one_press_undoes(screen: Screen) -> None:
    before = screen.run().scenario
    answered(screen.press("own"), mfa="some", backup="no", watching="service", machines="12", works_council="no")
    assert count_of(screen) == 5
    mine = screen.press(SHOW).scenario
    assert {key: edit.done for key, edit in mine.tasks.edits.items()} == {
        "mfa_pilot": 1,
        "mfa_rollout": Decimal("0.5"),
        **dict.fromkeys(("monitoring_choice", "edr_onboarding", "mdr_onboarding"), Decimal(1)),
    }
    assert (mine.company.machines, mine.company.works_council, mine.company.running) == (12, False, (Running.MDR,))
    assert mine.choices.monitoring is Monitoring.MDR
    assert mine.tasks.own["backup-survives"].name == "Backups that survive an attack"
    assert mine.timeline.mode is Mode.DEADLINE
    assert screen.press("step:undo").scenario == before


@pytest.mark.extended
def test_licences_are_taken_with_seats_and_last_day(screen: Screen) -> None:
    screen.run().press("own")
    screen.move("own:0:licence:0", "m365-e3").move("own:0:licence:1", "entra-p2")
    for name, typed in (("seats:0", "90"), ("until:0", "30/06/2027"), ("seats:1", "6")):
        screen.set(f"own:0:{name}", typed)
    mine = answered(screen, remote="each_application").press(SHOW).scenario
    assert mine.company.owned_licences == (
        OwnedLicence(licence="m365-e3", seats=90, until=date(2027, 6, 30)),
        OwnedLicence(licence="entra-p2", seats=6),
    )
    assert (mine.company.running, mine.choices.remote_access) == ((Running.ZTNA,), RemoteAccess.ZTNA)


@pytest.mark.extended
def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(screen: Screen) -> None:
    screen.run().press("own")
    screen.move("own:0:licence:0", "m365-e3")
    for name, typed, right in (("seats:0", "0", ""), ("until:0", "soon", ""), ("answer:machines", "many", "5")):
        screen.move(f"own:0:{name}", typed)
        (error,) = screen.errors
        assert typed in error
        assert screen.press(SHOW).state.is_example
        assert screen.shows(f"own:0:{name}") == typed
        screen.move(f"own:0:{name}", right)
        assert not screen.errors
    assert screen.press(SHOW).scenario.company.machines == 5


def test_what_fits_no_other_field_is_explained_below(screen: Screen) -> None:
    answered(screen.run().press("own"), frontline="120").press(SHOW)
    assert screen.state.is_example
    assert any("employees" in error for error in screen.errors)
    screen.set("own:0:company.employees", "300")
    assert screen.press(SHOW).scenario.company.frontline == 120


@pytest.mark.extended
def test_it_plans_for_the_months_that_were_asked(screen: Screen) -> None:
    screen.run().press("own")
    for name, typed in (("company.employees", "80"), ("timeline.target_months", "7"), ("company.name", "Müller GmbH")):
        screen.set(f"own:0:{name}", typed)
    mine = screen.press(SHOW).scenario
    assert (mine.timeline.mode, mine.timeline.target_months) == (Mode.DEADLINE, 7)
    assert (mine.company.employees, mine.company.owned_licences, mine.company.name) == (80, (), "Müller GmbH")
    assert mine.tasks.is_empty


def test_it_is_opened_again_with_what_the_plan_holds(screen: Screen) -> None:
    answered(screen.run().press("own"), mfa="everyone", backup="no", training="no", sites="4").press(SHOW)
    screen.unfold("menu:file").press("questions")
    known = {"mfa": "everyone", "backup": "no", "training": "no", "sites": "4", "incident": ""}
    assert {name: screen.shows(f"own:1:answer:{name}") for name in known} == known
    assert screen.shows("own:1:company.employees") == "120"
    before = screen.scenario
    assert screen.press(SHOW).scenario == before
    screen.press("answer_more")
    mine = answered(screen, 2, mfa="", backup="yes", sites="", incident="partly").press(SHOW).scenario
    assert {key: edit.done for key, edit in mine.tasks.edits.items()} == {"incident_process": Decimal("0.5")}
    assert mine.company.sites is None
    assert not mine.tasks.own


def test_what_was_typed_and_not_sent_is_there_when_the_dialog_is_opened_again(screen: Screen) -> None:
    screen.run().press("own")
    screen.move("own:0:licence:0", "m365-e3").move("own:0:seats:0", "90").move("own:0:company.name", "Müller GmbH")
    answered(screen, mfa="some", machines="12")
    closed(screen).move("company.employees:slider", 150).unfold("menu:file").press("questions")
    typed = {"licence:0": "m365-e3", "seats:0": "90", "company.name": "Müller GmbH", "answer:machines": "12"}
    assert {name: screen.shows(f"own:0:{name}") for name in typed} == typed
    assert (screen.shows("own:0:company.employees"), count_of(screen)) == ("150", 2)
    mine = screen.press(SHOW).scenario
    assert (mine.company.employees, mine.company.machines, mine.company.name) == (150, 12, "Müller GmbH")
    screen.unfold("menu:file").press("questions")
    assert (screen.shows("own:1:answer:machines"), screen.shows("own:1:answer:incident")) == ("12", "")


def test_what_somebody_else_answered_meanwhile_stays(meeting: Meeting) -> None:
    first = meeting.owner
    first.unfold("menu:file").press("questions")
    bootstrap.workspace().change(first.state, {"tasks.edits.incident_process.done": 1})
    mine = answered(first, leavers="yes").press(SHOW).scenario
    assert {key: edit.done for key, edit in mine.tasks.edits.items()} == {"incident_process": 1, "joiner_leaver": 1}


def test_answers_that_come_back_in_a_table_are_edits_of_the_plan(screen: Screen) -> None:
    workspace, state = bootstrap.workspace(), screen.run().state
    form = csv_file(QUESTIONS_FILE, Dialect("excel-de"), screen.language, workspace, state).decode("utf-8-sig")
    assert len(form.splitlines()) == QUESTIONS + 1
    rows = "question_id,answer\r\nupdates,partly\r\nsites,4\r\nincident,\r\n"
    read = incoming_for(workspace, state, rows.encode(), "answers.csv", bootstrap.interview())
    assert isinstance(read, Incoming)
    assert read.edits == {"tasks.edits.compliance.done": Decimal("0.5"), "company.sites": 4}
    assert read.left_out == ()


def test_it_says_which_answers_matter_most(screen: Screen, line: list[Callable[[], None]]) -> None:
    answered(screen.run().press("own"), network_age="new", network_zones="yes").press(SHOW)
    line.pop(0)()
    table = screen.run().table("Which answers matter most")
    questions = {question.text: question.id for question in bootstrap.interview()}
    named = [questions[text] for text in table.iloc[:, 0]]
    assert len(named) == MOST_LISTED
    assert not {"network_age", "network_zones"} & {*named}  # others are worth finding out
    assert {*table.iloc[:, 1]} == {"not known"}
    screen.move("company.employees:slider", 130)
    assert not line  # nothing is worked out at a press
    screen.press("matters")
    assert len(line) == 1
