"""This week: the first page of a plan under way, with what is due, what was invoiced, what has changed and is next."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.ui.colleagues import changes, colleague
from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen
from tests.ui.typed_table import Table
from tests.words import plain
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.status import TaskRecord
from zt_planner.engine.decisions import decisions_of
from zt_planner.ui.addresses import PLAN_PAGE, WEEK
from zt_planner.ui.state.tab import TAB

KICKOFF = "Kick-off, sponsor, scope, NIS2 applicability check"
INVENTORY = "Inventory of identities, apps, devices, networks and administrators"
AT = date(2027, 1, 18)
LEDGER = b"Mois;CATEGORIE;Montant HT\n2027-01;MATERIEL ET CLES;400,00\nfevrier 2027;Lizenzen;1.234,56\n"
BOTH = {f"{month}/hardware/": "400" for month in ("2027-01", "2027-02")}


def under_way(screen: Screen, at: date = AT, **status: object) -> Screen:
    """Return the tab with a plan from 4 January that is under way, on the page This week."""
    given = {"timeline": {"start": "2027-01-04"}, "status": {"at": at.isoformat(), **status}}
    return screen.run().load(json.dumps(given).encode()).go(WEEK)


def visible(screen: Screen) -> dict[str, bool]:
    """Return whether each page is named above."""
    pages = screen.app.session_state[TAB].pages
    return {path: page.visibility == "visible" for path, page in pages.items()}


def test_a_plan_of_which_nothing_has_begun_has_the_page_plan_first_and_no_week(screen: Screen) -> None:
    screen.run()
    assert screen.app.session_state[TAB].page == PLAN_PAGE
    assert not visible(screen)[WEEK]
    assert screen.go(WEEK).has("status.at")
    assert "week:report" not in [button.key for button in screen.app.get("download_button")]


def test_this_week_takes_the_place_of_the_plan_once_that_is_under_way(screen: Screen) -> None:
    under_way(screen)
    assert visible(screen)[WEEK]
    screen.app.session_state[TAB].first_page = None  # as in a new tab
    screen.app._page_hash = ""  # noqa: SLF001 - the address without a path
    assert screen.run().app.session_state[TAB].page == WEEK
    assert screen.go(PLAN_PAGE).cards


def test_the_week_has_what_is_late_runs_or_begins_and_nothing_that_is_done(screen: Screen, table: Table) -> None:
    done = {"started": "2027-01-04", "finished": "2027-01-08"}
    under_way(screen, tasks={"kickoff": done, "inventory": {"started": "2027-01-11"}})
    assert table.frame is not None
    states = {task.task.name: task.state for task in screen.plan.tasks}
    listed = list(table.frame["name"])
    assert KICKOFF not in listed
    assert INVENTORY in listed
    assert TaskState.DONE not in {states[name] for name in listed}
    assert len(listed) < len(states)
    late = [name for name in listed if str(table.row(name)["state"]).startswith("not begun, planned for")]
    assert listed[: len(late)] == late
    assert screen.answer.startswith(f"This week: {len(late)} task")


def test_what_is_ticked_is_recorded_and_the_row_stays(screen: Screen, table: Table) -> None:
    under_way(screen, forecasts={"2027-01-11": {"finish": "2027-12-13"}})
    assert table.frame is not None
    key, names = table.key, list(table.frame["name"])
    second = next(task.task for task in screen.plan.tasks if task.task.name == names[1])
    table.type(KICKOFF, "has_started", value=True)
    table.type(KICKOFF, "is_finished", value=True)
    table.type(second.name, "started", "12 Jan 2027")
    table.type(second.name, "remaining_days", "5")
    screen.run()
    assert screen.scenario.status.tasks == {
        "kickoff": TaskRecord(started=AT, finished=AT),
        second.id: TaskRecord(started=date(2027, 1, 12), remaining_days=5),
    }
    assert list(table.frame["name"]) == names
    assert table.key == key
    assert table.row(KICKOFF)["state"] == "done"
    table.type(KICKOFF, "is_finished", value=False)
    assert screen.run().scenario.status.tasks["kickoff"] == TaskRecord(started=AT)
    screen.press("step:undo")
    assert screen.scenario.status.tasks["kickoff"].finished == AT


def test_what_was_ticked_since_the_status_date_is_there_to_be_unticked_when_the_page_is_opened_again(
    screen: Screen, table: Table
) -> None:
    earlier = {"started": "2027-01-11", "finished": "2027-01-12"}
    under_way(screen, tasks={"inventory": earlier})
    table.type(KICKOFF, "is_finished", value=True)
    screen.run()
    screen.app.session_state[TAB].drafts.clear()  # as in a tab that is loaded again
    screen.run()
    assert table.frame is not None
    assert INVENTORY not in list(table.frame["name"])
    assert list(table.frame["name"])[-1] == KICKOFF
    table.type(KICKOFF, "is_finished", value=False)
    assert screen.run().scenario.status.tasks["kickoff"].finished is None
    screen.move("status.at", date(2027, 1, 25))
    table.type(KICKOFF, "is_finished", value=True)
    screen.run().move("status.at", date(2027, 2, 1))
    assert KICKOFF not in list(table.frame["name"])


def test_one_press_brings_the_status_date_up_to_today(screen: Screen, today: date) -> None:
    under_way(screen, date(2026, 11, 2))
    assert screen.widget("week:today").proto.type == "secondary", "Share is the page's primary button"
    screen.press("week:today")
    assert screen.scenario.status.at == today
    assert not screen.has("week:today")


def test_bookings_are_imported_in_any_language_and_one_press_closes_their_months(screen: Screen) -> None:
    under_way(screen, date(2027, 3, 15))
    screen.app.file_uploader(key="bookings").upload("ledger.csv", LEDGER)
    screen.run().press("incoming:apply")
    assert screen.scenario.status.bookings == {
        "2027-01/hardware/": Decimal("400.00"),
        "2027-02/licence/": Decimal("1234.56"),
    }
    (asked,) = (text for text in texts(screen) if text.startswith("Close "))
    screen.press("close_months")
    assert screen.scenario.status.closed == ("2027-01", "2027-02")
    assert screen.language.money(screen.plan.headlines.introduction_budget) in asked
    assert screen.language.day(screen.plan.headlines.finish_date) in asked
    assert not screen.has("close_months")


def test_what_a_colleague_has_closed_meanwhile_stays_closed(screen: Screen) -> None:
    under_way(screen, date(2027, 3, 15), bookings={"2027-01/hardware/": "400"})
    changes(colleague(screen), status__closed=["2027-02"])
    assert screen.press("close_months").scenario.status.closed == ("2027-01", "2027-02")


def test_a_month_that_is_not_over_is_not_offered_to_be_closed(screen: Screen) -> None:
    assert not under_way(screen, date(2027, 1, 30), bookings=BOTH).has("close_months")
    assert under_way(screen, date(2027, 1, 31), bookings=BOTH).has("close_months")
    assert not under_way(screen, date(2027, 1, 31), bookings=BOTH, closed=["2027-01"]).has("close_months")


def test_what_has_changed_is_said_with_what_did_it_and_since_which_forecast(screen: Screen, table: Table) -> None:
    under_way(screen).press("save_forecast").move("status.at", date(2027, 1, 25))
    assert any(text.startswith("Since the forecast of 18") for text in texts(screen))
    assert any("Status date: 18" in plain(text) for text in screen.captions)
    table.type(KICKOFF, "has_started", value=True)
    screen.run()
    assert any("Actual start of Kick-off" in text for text in screen.captions)


def test_the_next_decisions_are_those_of_the_plan(screen: Screen) -> None:
    ahead = [each for each in decisions_of(under_way(screen).plan) if not each.is_over][:3]
    assert len(screen.table("The next decisions")) == len(ahead)


def test_an_empty_week_says_so_and_what_comes_next(screen: Screen, table: Table) -> None:
    under_way(screen, date(2026, 12, 1))
    assert table.frame is None
    assert screen.answer.startswith("Nothing is due until 15")
    assert KICKOFF in screen.answer
    everything = {task.task.id: {"started": "2027-01-04", "finished": "2027-01-05"} for task in screen.plan.tasks}
    assert under_way(screen, date(2027, 6, 1), tasks=everything).answer == "Nothing is due: no task is left."


@pytest.mark.extended
def test_a_viewer_reads_the_week_and_changes_nothing(meeting: Meeting) -> None:
    under_way(meeting.owner, bookings=BOTH)
    viewer = meeting.viewer.go(WEEK)
    assert len(viewer.table("Tasks of this week"))
    for key in ("status.at", "week:today", "save_forecast", "close_months", "bookings"):
        assert not viewer.has(key)
    assert [button.key for button in viewer.app.get("download_button") if button.key == "week:report"]
