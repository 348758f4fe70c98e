"""What the scan of a plan that is under way sets: actuals, and no start that nobody has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import FREE_SUITE, book, model, plan, quiet, task
from tests.scan_files import known_rules
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scan import ControlOutcome, Result, Scan, ScanKind
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.scans.edit import done_lines, edits_of, scanned_before
from zt_planner.engine.scans.proposal import Evidence, Proposal, ProposedState, TaskProposal, proposal_for

FIRST, SECOND = date(2026, 12, 1), date(2027, 3, 1)


def seen(task_id: str, share: Fraction | None = None, day: date | None = SECOND) -> TaskProposal:
    """Return a task that a scan finds done, or in part."""
    state = ProposedState.DONE if share is None else ProposedState.PART
    evidence = Evidence(ScanKind.ZTA, Result("x", ControlOutcome.PASSED), "report.json", day)
    return TaskProposal(task_id, state, share, (evidence,))


def under_way(at: str | None = "2027-02-15", **records: dict[str, Any]) -> Scenario:
    """Return a plan from 4 January 2027 with a status date, of which the first scan was taken over."""
    scans = {"zta": "2026-12-01", "maester": "2027-01-15", "licences": "unknown"}
    return quiet(
        status__at=at,
        status__tasks=records,
        status__scans=scans,
    )


def set_by(given: Scenario, *tasks: TaskProposal, **lengths: int) -> dict[str, Any]:
    """Return what is set of some tasks that a scan of the second day speaks of."""
    return dict(edits_of(Proposal(tasks, lengths=lengths), given))


def test_a_task_is_finished_on_the_day_of_the_scan_at_the_latest_and_has_no_start() -> None:
    assert set_by(under_way(at="2027-03-15"), seen("a")) == {
        "status.tasks.a.finished": SECOND,
        "status.scans.zta": "2027-03-01",
    }


def test_a_status_date_before_the_scan_moves_to_it() -> None:
    edits = set_by(under_way(), seen("a"))
    assert (edits["status.at"], edits["status.tasks.a.finished"]) == (SECOND, SECOND)
    assert "status.at" not in set_by(under_way(at="2027-03-01"), seen("a"))
    proposal = Proposal((seen("a"),))
    assert done_lines(proposal, under_way()) == {"status.tasks.a.finished"}


@pytest.mark.parametrize(("share", "left"), [("0.25", 15), ("0.9", 2), ("0.999", 1)])
def test_in_part_so_many_working_days_are_left_of_what_was_planned(share: str, left: int) -> None:
    edits = set_by(under_way(at="2027-03-15"), seen("a", Fraction(share)), a=20)
    assert edits["status.tasks.a.remaining_days"] == left
    assert not any(path.endswith("started") for path in edits)


def test_what_is_recorded_or_was_done_before_stays() -> None:
    given = under_way(
        "2027-03-15",
        a={"finished": "2027-02-01"},
        b={"started": "2027-03-08"},
        c={"remaining_days": 10},
        d={"started": "2027-02-08"},
    )
    edits = set_by(given, seen("a"), seen("b"), seen("c", Fraction(1, 2)), seen("d"), c=20, d=5)
    assert {path for path in edits if not path.startswith("status.scans")} == {"status.tasks.d.finished"}
    before = given.changed("tasks.edits", {"d": {"done": Decimal(1)}})
    assert set_by(before, seen("d", Fraction(1, 2)), d=5) == {}


def test_what_was_done_before_is_no_part_of_what_is_left() -> None:
    before = under_way("2027-03-15").changed("tasks.edits", {"a": {"done": Decimal("0.75")}})
    assert set_by(before, seen("a", Fraction(9, 10)), a=5)["status.tasks.a.remaining_days"] == 2  # 0.1 of 0.25
    assert set_by(before, seen("a", Fraction(7, 10)), a=5) == {}


def test_a_scan_from_before_the_start_says_what_was_done_before() -> None:
    assert "tasks.edits.a.done" in set_by(under_way(), seen("a", day=FIRST))
    assert "tasks.edits.a.done" in set_by(under_way(), seen("a", day=None))
    assert "tasks.edits.a.done" in set_by(under_way(at=None), seen("a"))


def test_the_scan_before_is_the_last_one_by_the_same_program() -> None:
    assert scanned_before(seen("a"), under_way()) == FIRST
    assert scanned_before(seen("a", day=FIRST), under_way()) is None
    assert scanned_before(seen("a"), quiet()) is None
    assert scanned_before(seen("a", day=None), under_way()) is None


@pytest.mark.parametrize(
    ("days", "before", "kept"),
    [
        ((FIRST,), {}, "2026-12-01"),
        ((FIRST, SECOND), {}, "2027-03-01"),
        ((SECOND,), {"zta": "2026-12-01"}, "2027-03-01"),
        ((FIRST,), {"zta": "2027-03-01"}, None),
        ((SECOND,), {"zta": "2027-03-01"}, None),
        ((None,), {}, "unknown"),
        ((None,), {"zta": "2027-03-01"}, None),
        ((FIRST,), {"zta": "unknown"}, "2026-12-01"),
    ],
)
def test_of_each_kind_the_day_of_the_latest_scan_is_kept(
    days: tuple[date | None, ...], before: dict[str, str], kept: str | None
) -> None:
    seen_on = tuple(each for day in days for each in seen("a", day=day).evidence)
    proposal = Proposal((TaskProposal("a", ProposedState.DONE, None, seen_on),))
    assert edits_of(proposal, quiet(status__scans=before)).get("status.scans.zta") == kept


def test_a_plan_with_what_is_recorded_goes_on_from_there() -> None:
    prices, work = book(FREE_SUITE), model(task("legacy_auth", days=20), task("b", days=10, after=("legacy_auth",)))
    given = under_way()
    scan = Scan(ScanKind.ZTA, "x", SECOND, (Result("21796", ControlOutcome.PASSED),))
    proposal = proposal_for(plan(given, prices, work), (scan,), known_rules())
    assert proposal.lengths["b"] == 10
    after = plan(given.with_fields(edits_of(proposal, given)), prices, work)
    states = {each.task.id: each.state for each in after.tasks}
    assert states == {"legacy_auth": TaskState.DONE, "b": TaskState.NOT_BEGUN}
    assert after.headlines.finish_date < plan(given, prices, work).headlines.finish_date
    assert not proposal_for(plan(quiet(), prices, work), (scan,), known_rules()).lengths


def test_what_an_earlier_scan_shows_was_finished_by_its_day() -> None:
    february, before = date(2027, 2, 10), date(2026, 12, 20)
    known = replace(seen("a"), since=february)
    edits = set_by(under_way("2027-02-15"), known)
    assert edits == {"status.tasks.a.finished": february, "status.scans.zta": "2027-03-01"}
    assert set_by(under_way("2027-02-15", a={"started": "2027-02-20"}), known)["status.tasks.a.finished"] == SECOND
    early = set_by(under_way("2027-02-15"), replace(seen("a"), since=before))
    assert early == {"tasks.edits.a.done": 1, "status.scans.zta": "2027-03-01"}
