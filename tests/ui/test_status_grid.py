"""How far the work is, typed on the Roadmap page: the status date, the table, what it says, and who may."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from tests.ui.typed_table import Table
from zt_planner.domain.scenario.status import TaskRecord
from zt_planner.domain.session import Rules
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import TAB
from zt_planner.workspace import State

KICKOFF = "Kick-off, sponsor, scope, NIS2 applicability check"
INVENTORY = "Inventory of identities, apps, devices, networks and administrators"
AT = date(2027, 4, 15)


@pytest.fixture
def under_way(screen: Screen, table: Table) -> Screen:
    """Return the Roadmap page of a plan with a status date, its table open."""
    assert table.key == ""
    return screen.go("roadmap").move("status.at", AT).unfold("fold:status")


def names(table: Table) -> list[str]:
    assert table.frame is not None
    return list(table.frame["name"])


def test_without_a_status_date_the_page_has_only_its_field(screen: Screen, table: Table) -> None:
    screen.go("roadmap")
    assert screen.shows("status.at") == ""
    assert table.frame is None
    assert not screen.picture("roadmap")["rows"][0]["left"]


@pytest.mark.extended
def test_the_page_draws_the_real_table(screen: Screen) -> None:
    screen.go("roadmap").move("status.at", AT).unfold("fold:status")
    (drawn,) = screen.app.dataframe
    assert len(drawn.value) == len(screen.plan.tasks)


@pytest.mark.extended
def test_what_is_typed_is_recorded_and_no_row_moves_while_one_types(under_way: Screen, table: Table) -> None:
    before, key, headline = names(table), table.key, under_way.headline
    table.type(KICKOFF, "finished", date(2027, 1, 8))
    under_way.run()
    table.type(INVENTORY, "started", date(2027, 1, 11))
    table.type(INVENTORY, "remaining_days", "5")
    under_way.run()
    assert under_way.scenario.status.tasks == {
        "kickoff": TaskRecord(finished=date(2027, 1, 8)),
        "inventory": TaskRecord(started=date(2027, 1, 11), remaining_days=5),
    }
    assert under_way.headline != headline
    assert names(table) == before
    assert table.key == key
    assert table.row(INVENTORY)["state"] == "running"
    under_way.move("status.at", date(2027, 4, 22))
    assert names(table)[0] == INVENTORY
    assert names(table)[-1] == KICKOFF
    assert table.row(KICKOFF)["state"] == "done"


@pytest.mark.extended
def test_an_undo_takes_a_record_and_a_status_date_back(under_way: Screen, table: Table) -> None:
    table.type(KICKOFF, "finished", date(2027, 1, 8))
    under_way.run().press("step:undo")
    assert not under_way.scenario.status.tasks
    assert table.row(KICKOFF)["state"].startswith("not begun, planned for")
    under_way.press("step:undo")
    assert under_way.scenario.status.at is None


def test_a_finish_before_its_start_is_refused_in_words_and_kept(under_way: Screen, table: Table) -> None:
    table.type(KICKOFF, "started", date(2027, 1, 11))
    table.type(KICKOFF, "finished", date(2027, 1, 8))
    under_way.run()
    (error,) = under_way.errors
    assert error.startswith(f"{KICKOFF}, column Finished: it was started later, on 11")
    assert table.is_marked(KICKOFF)
    assert not under_way.scenario.status.tasks
    under_way.press("drop:status_rows")
    assert not under_way.errors


@pytest.mark.extended
def test_a_finish_after_the_status_date_is_found_below_the_table(under_way: Screen, table: Table) -> None:
    table.type(KICKOFF, "finished", date(2027, 5, 3))
    under_way.run()
    assert not under_way.warnings
    under_way.unfold("fold:status_findings")
    assert any("recorded days lie after the status date" in text for text in under_way.warnings)


def test_what_waits_is_said_while_the_table_is_closed(under_way: Screen, table: Table) -> None:
    table.type(KICKOFF, "remaining_days", "five")
    under_way.run()
    under_way.app.session_state["fold:status"] = False
    assert any("kept, but not in the plan" in text for text in under_way.run().warnings)


@pytest.mark.extended
def test_what_is_learnt_is_said_and_can_be_switched_off(under_way: Screen, table: Table) -> None:
    table.type(KICKOFF, "started", date(2027, 1, 4))
    table.type(KICKOFF, "finished", date(2027, 2, 5))
    under_way.run()
    assert any("The finished task took" in text and "are multiplied by" in text for text in under_way.captions)
    under_way.move("status.learns", value=False)
    assert under_way.scenario.status.learns is False
    assert not any("are multiplied by" in text for text in under_way.captions)


@pytest.mark.extended
def test_two_people_record_two_tasks(meeting: Meeting, table: Table) -> None:
    mine, theirs = meeting.owner.go("roadmap").move("status.at", AT).unfold("fold:status"), meeting.editor
    table.type(KICKOFF, "finished", date(2027, 1, 8))
    mine.run()
    state = theirs.run().state
    values = {"status.tasks.inventory.started": "2027-01-11"}
    theirs.app.session_state[TAB].state = session.workspace().change(state, values)
    mine.run()
    assert set(mine.scenario.status.tasks) == {"kickoff", "inventory"}
    assert table.row(INVENTORY)["started"] == "11/01/2027"


@pytest.mark.extended
def test_in_a_variant_the_facts_of_all_are_typed(under_way: Screen, table: Table) -> None:
    session.workspace().edit(under_way.state, partial(State.with_copy, source="", mark="mark", name="Other"))
    under_way.run().move("variant", "B")
    assert under_way.state.shown == "B"
    table.type(KICKOFF, "finished", date(2027, 1, 8))
    under_way.run()
    for letter in "AB":
        assert under_way.state.scenario_of(letter).status.tasks == {"kickoff": TaskRecord(finished=date(2027, 1, 8))}


@pytest.mark.extended
def test_a_viewer_without_rates_reads_it_and_can_change_nothing(meeting: Meeting, table: Table) -> None:
    state = meeting.owner.run().state
    records = {"status.tasks.kickoff.finished": "2027-01-08", "status.tasks.kickoff.spent_external": 4.5}
    meeting.owner.app.session_state[TAB].state = session.workspace().change(state, {"status.at": AT, **records})
    meeting.set_rules(Rules(hides_rates=True))
    viewer = meeting.viewer.go("roadmap", "fold:status")
    assert table.frame is None
    assert not viewer.has("status.at")
    rows = viewer.table("How far the tasks are")
    assert [rows[column].iloc[-1] for column in ("State", "External days spent")] == ["done", "4.5"]
    assert viewer.widget("status.learns").disabled
