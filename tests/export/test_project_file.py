"""The project file: held against Microsoft's schema, read by another program, compared to the plan."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.approval import Says
from tests.handouts import AWKWARD, NASTY, SCENARIOS, any_handout, handout
from tests.names import is_allowed, other_cases
from tests.project_reader import read_projects, rewritten
from tests.words import told
from zt_planner.domain.money import ZERO
from zt_planner.domain.scenario.task_edits import MOST_TASKS, OwnTask
from zt_planner.engine.plan import AnyPlan, Plan, worked_days
from zt_planner.engine.scheduling.calendar import day_off
from zt_planner.files.imports.project import project_incoming, read_project
from zt_planner.files.project.file import TeamUid, project_bytes
from zt_planner.files.project.rows import MFA_UID, OWN_UIDS, STEERING_UID, project_rows, uids_of
from zt_planner.files.project.xml_text import NAMESPACE, SECONDS_A_DAY, writable
from zt_planner.language import LanguageCode
from zt_planner.resources import root
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.task_words import task_name
from zt_planner.topics.view import AnyView, View

CASES = Path(os.environ.get("ZT_CASES", root().parent / "shared" / "cases")) / "mspdi"
SCHEMAS = sorted(CASES.glob("*.xsd"))
WITHOUT_LABOUR = "without labour"
AGAIN = "written again"
EXAMPLES = (*SCENARIOS, WITHOUT_LABOUR)
WORK = re.compile(r"PT(\d+)H(\d+)M(\d+)S")
MORNING, EVENING = "T08:00", "T17:00"
TASK_ORDER = (
    *("UID", "ID", "Name", "Type", "IsNull", "WBS", "OutlineNumber", "OutlineLevel", "Priority", "Start", "Finish"),
    *("Duration", "DurationFormat", "Work", "EffortDriven", "Estimated", "Milestone", "Summary", "Critical"),
    *("FixedCost", "FixedCostAccrual", "PercentComplete", "Cost", "ActualStart", "ActualFinish", "ActualDuration"),
    *("ActualCost", "ActualWork"),
    *("RemainingDuration", "RemainingCost", "RemainingWork", "ConstraintType", "CalendarUID", "ConstraintDate"),
    *("Notes", "PredecessorLink", "ExtendedAttribute", "Baseline"),
)
"""The elements of a task in the order that Microsoft's documentation gives."""


@pytest.fixture(scope="module")
def handed() -> Mapping[str, AnyView]:
    """Return the examples in German, and one that does not show labour."""
    shown = {name: any_handout(given, LanguageCode.GERMAN) for name, given in SCENARIOS.items()}
    return shown | {WITHOUT_LABOUR: handout(AWKWARD, LanguageCode.GERMAN, shows_labour=False)}


@pytest.fixture(scope="module")
def read(handed: Mapping[str, AnyView], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, dict[str, Any]]:
    """Return what another program reads in the examples' files: one Java machine for all of them."""
    folder = tmp_path_factory.mktemp("projects")
    files = [folder / f"{index}.xml" for index in range(len(handed))]
    for file, given in zip(files, handed.values(), strict=True):
        file.write_bytes(project_bytes(given))
    found = read_projects(files)
    again = [Path(rewritten(file)).read_bytes() for file in files]
    return {name: {**each, AGAIN: text} for name, each, text in zip(handed, found, again, strict=True)}


def schema(file: Path) -> etree.XMLSchema:
    """Return Microsoft's schema under the namespace that its programs write."""
    text = file.read_bytes().replace(f"{NAMESPACE}/2007".encode(), NAMESPACE.encode())
    return etree.XMLSchema(etree.fromstring(text))


def leaves(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines that are no summaries."""
    return [task for task in found["tasks"] if not task["summary"]]


def cash_of(plan: AnyPlan) -> Decimal:
    return sum((line.amount for line in plan.cost_lines if line.is_cash and line.amount is not None), ZERO)


if SCHEMAS:  # collected where the schema is

    @pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
    @pytest.mark.parametrize("given", SCENARIOS.values(), ids=tuple(SCENARIOS))
    def test_a_file_is_valid(given: Mapping[str, Any], file: Path) -> None:
        schema(file).assertValid(etree.fromstring(project_bytes(any_handout(given))))


@pytest.mark.parametrize("given", SCENARIOS.values(), ids=tuple(SCENARIOS))
def test_the_elements_of_a_task_are_in_their_order(given: Mapping[str, Any]) -> None:
    for task in etree.fromstring(project_bytes(any_handout(given))).iter(f"{{{NAMESPACE}}}Task"):
        places = [TASK_ORDER.index(etree.QName(part).localname) for part in task]
        assert places == sorted(places)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.extended
def test_another_program_reads_the_plans_tasks(
    name: str, handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    plan, language, uids = handed[name].plan, handed[name].language, uids_of(handed[name])
    found = {task["uid"]: task for task in leaves(read[name])}
    done = {uids[task.id]: task for task in handed[name].case.done} if plan.tasks else {}
    assert set(found) - {STEERING_UID, MFA_UID} == {uids[task.task.id] for task in plan.tasks} | done.keys()
    assert all(found[uid]["hours"] == found[uid]["work"] == 0 for uid in done)
    by_id = {task.task.id: task for task in plan.tasks}
    for task in plan.tasks:
        row = found[uids[task.task.id]]
        assert row["name"] == language.write(task_name(task.task))
        assert (row["start"], row["finish"]) == (f"{task.start}{MORNING}", f"{task.finish}{EVENING}")
        assert row["hours"] == task.length_days * 8
        assert abs(row["work"] - float((task.work.days) * 8)) < 0.001
        assert abs(sum(row["teams"].values()) - row["work"]) < 0.001
        assert abs(row["teams"].get("Berater", 0) - float(task.work.whole.external * 8)) < 0.001
        lags = {uid: lag for uid, kind, lag in row["links"] if kind == "FS"}
        assert lags == {uids[key]: lag_text(by_id[key].task.wait_weeks) for key in task.after}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.extended
def test_everyone_has_mfa_is_a_milestone_without_work_or_cost(
    name: str, handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    plan = handed[name].plan
    mfa = plan.headlines.mfa_date if isinstance(plan, Plan) else None
    found = [task for task in leaves(read[name]) if task["uid"] == MFA_UID]
    if mfa is None:
        assert found == []
        return
    (row,) = found
    assert row["start"] == row["finish"] == f"{mfa}{EVENING}"
    assert (row["hours"], row["work"] or 0, row["cost"], row["teams"]) == (0, 0, 0, {})


def test_the_milestone_of_mfa_follows_its_two_tasks(handed: Mapping[str, AnyView], says: Says) -> None:
    given = handed["default"]
    assert isinstance(given, View)
    (row,) = (row for row in project_rows(given) if row.is_milestone)
    assert row.start == row.finish == given.plan.headlines.mfa_date
    assert {link.uid for link in row.links} == {uids_of(given)[key] for key in ("mfa_rollout", "remote_mfa")}
    (line,) = (
        task
        for task in etree.fromstring(project_bytes(given)).iter(f"{{{NAMESPACE}}}Task")
        if task.findtext(f"{{{NAMESPACE}}}Milestone") == "1"
    )
    said = {part: line.findtext(f"{{{NAMESPACE}}}{part}") for part in ("Name", "Duration", "Work", "Cost", "FixedCost")}
    says(list(said.values()))


def lag_text(weeks: int) -> str:
    return f"{weeks}.0ew" if weeks else "0.0d"


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.extended
def test_planned_anew_by_projects_rules_every_date_stays(name: str, read: Mapping[str, dict[str, Any]]) -> None:
    assert read[name]["planned_anew"] == [[task["start"], task["finish"]] for task in read[name]["tasks"]]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.extended
def test_the_costs_of_the_tasks_are_the_plans_cash_to_the_cent(
    name: str, handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    cash = cash_of(handed[name].plan)
    costs = [Decimal(str(task["cost"])) for task in leaves(read[name])]
    assert sum(costs, ZERO) == cash
    whole, *below = read[name]["tasks"]
    assert Decimal(str(whole["cost"])) == cash
    assert sum((Decimal(str(task["cost"])) for task in below if task["level"] == 1), ZERO) == cash
    given = handed[name]
    reference = given.reference_view if isinstance(given, View) else None
    planned = {row.uid: row for row in project_rows(reference or given)}
    for task in read[name]["tasks"]:
        start, finish, cost = task["baseline"]
        row = planned[task["uid"]]
        assert (start[:10], finish[:10], Decimal(str(cost))) == (str(row.start), str(row.finish), row.cost)


@pytest.mark.extended
def test_each_task_carries_the_cash_of_its_lines(
    handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    plan, uids = handed["awkward"].plan, uids_of(handed["awkward"])
    found = {task["uid"]: Decimal(str(task["cost"])) for task in leaves(read["awkward"])}
    for task in plan.tasks:
        lines = [line for line in plan.cost_lines if line.task_id == task.task.id and line.is_cash]
        assert found[uids[task.task.id]] == sum((line.amount for line in lines if line.amount is not None), ZERO)


@pytest.mark.extended
def test_without_labour_no_file_tells_what_a_day_costs(
    handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    written = project_bytes(handed[WITHOUT_LABOUR]).decode()
    assert "Berater: " not in written
    assert "Reserve: " not in written
    found = {task["uid"]: task["cost"] for task in leaves(read[WITHOUT_LABOUR])}
    assert found[uids_of(handed[WITHOUT_LABOUR])["kickoff"]] == 0
    assert found[STEERING_UID] == 0


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.extended
def test_the_calendar_works_on_the_days_of_the_plan(
    name: str, handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    timeline, plan = handed[name].plan.scenario.timeline, handed[name].plan
    assert timeline.start is not None
    last = date(max((task.finish for task in plan.tasks), default=timeline.start).year + 1, 12, 31)
    count = (last - timeline.start).days + 1
    days = [timeline.start + timedelta(days=number) for number in range(count)]
    worked = {
        day.isoformat()
        for day in days
        if not day_off(day, timeline.region, year_end_freeze=timeline.year_end_freeze, closures=timeline.closures)
    }
    worked |= {str(day) for day in worked_days(plan)}
    read_days = {day for day in read[name]["working_days"] if timeline.start.isoformat() <= day <= last.isoformat()}
    assert read_days == worked


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.extended
def test_what_another_program_writes_again_unedited_says_nothing(
    name: str, handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    given = handed[name]
    said = project_incoming(read_project(read[name][AGAIN], "again.xml"), "again.xml", given.plan)
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())


@pytest.mark.extended
def test_days_off_have_their_names(read: Mapping[str, dict[str, Any]]) -> None:
    named = read["awkward"]["days_off"]
    assert named["2027-03-26"] == "Karfreitag"
    assert named["2027-07-26"] == named["2027-11-02"] == "Betriebsferien oder Änderungssperre"
    assert named["2027-12-24"] == "Jahreswechsel"


@pytest.mark.extended
def test_a_fixed_date_must_be_met_and_what_the_teams_hold_back_starts_no_earlier(
    handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    uids = uids_of(handed["awkward"])
    held = {task["uid"]: task["constraint"] for task in leaves(read["awkward"])}
    assert held[uids["signing"]] == "MUST_START_ON"
    assert held[uids["licence_order"]] == "START_NO_EARLIER_THAN"
    assert held[uids["kickoff"]] == "AS_SOON_AS_POSSIBLE"
    assert {"START_NO_EARLIER_THAN", "AS_SOON_AS_POSSIBLE"} <= {task["constraint"] for task in leaves(read["default"])}


@pytest.mark.extended
def test_another_program_reads_how_far_the_tasks_are(
    handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    uids = uids_of(handed["under way"])
    found = {task["uid"]: task["progress"] for task in read["under way"]["tasks"]}
    assert read["under way"]["status_date"] == f"2027-03-15{EVENING}"
    assert found[uids["kickoff"]] == [100, f"2027-01-04{MORNING}", f"2027-01-09{EVENING}", 0, 44]
    assert found[uids["mfa_agreement"]][:4] == [100, None, f"2027-01-14{EVENING}", 0]
    assert found[uids["directory"]] == [71, f"2027-03-01{MORNING}", None, 32, 320]
    assert found[uids["sso"]] == [0, None, None, 160, 0]
    assert found[0][1:3] == [f"2027-01-04{MORNING}", None]
    assert {each[0] for uid, each in found.items() if uid == MFA_UID} == {0}
    assert read["default"]["status_date"] is None


@pytest.mark.extended
def test_the_file_says_whose_plan_it_is_and_what_its_figures_are_worth(
    handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]
) -> None:
    found, given = read["awkward"], handed["awkward"]
    assert found["title"] == told(document_title(given), given.language)
    assert NASTY in found["title"]
    assert found["subject"] == " ".join(told(stamp_of(given), given.language))
    assert found["currency"] == "EUR"
    assert found["tasks"][0]["notes"] == "\n".join(told(stamp_of(given), given.language))
    assert "Preis fehlt" in read["before the prices"]["tasks"][0]["notes"]


@pytest.mark.extended
def test_the_teams_do_not_look_overloaded(handed: Mapping[str, AnyView], read: Mapping[str, dict[str, Any]]) -> None:
    capacity = handed["awkward"].plan.capacity
    assert capacity is not None
    (internal, external) = read["awkward"]["resources"].values()
    assert internal > float(capacity.internal) * 20
    assert external > float(capacity.external) * 20


def test_each_team_is_assigned_its_own_days_of_a_task() -> None:
    given = handout(AWKWARD)
    uids, seconds = uids_of(given), dict[tuple[int, int], int]()
    for node in etree.fromstring(project_bytes(given)).iter(f"{{{NAMESPACE}}}Assignment"):
        task_uid, team_uid, work = (
            node.findtext(f"{{{NAMESPACE}}}{name}") or "" for name in ("TaskUID", "ResourceUID", "Work")
        )
        hours = WORK.fullmatch(work)
        assert hours is not None
        seconds[int(task_uid), int(team_uid)] = sum(
            int(part) * unit for part, unit in zip(hours.groups(), (3600, 60, 1), strict=True)
        )
    for task in given.plan.tasks:
        days = task.work.whole
        for team, wanted in ((TeamUid.INTERNAL, days.internal), (TeamUid.EXTERNAL, days.external)):
            assert abs(seconds.get((uids[task.task.id], team), 0) - wanted * SECONDS_A_DAY) < 1


def test_numbers_of_tasks_stay_from_one_export_to_the_next() -> None:
    before, after = uids_of(handout(AWKWARD)), uids_of(handout({"tasks": {"own": AWKWARD["tasks"]["own"]}}))
    assert before.items() <= after.items() | {("works_council", before["works_council"])}
    assert all(before[key] >= OWN_UIDS for key in ("audit", "signing"))


def test_a_number_that_is_taken_is_followed_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zt_planner.files.project.rows.MOST_OWN_UIDS", 3)
    own = {key: {"step": "1", "name": key, "effort_days": 1} for key in ("a", "b", "c")}
    uids = uids_of(handout({"tasks": {"own": own}}))
    assert {uids[key] for key in own} == {OWN_UIDS, OWN_UIDS + 1, OWN_UIDS + 2}


def is_a_name(text: str) -> bool:
    """Tell whether a scenario takes a text as the name of a task."""
    try:
        OwnTask.model_validate({"step": "1", "name": text, "effort_days": 1})
    except ValueError:
        return False
    return True


@pytest.mark.extended
def test_names_of_any_kind_survive_as_far_as_xml_can_carry_them() -> None:
    names = [
        name for name in (NASTY, "\ufffe\uffff", "]]>", "&amp;", *filter(is_allowed, other_cases())) if is_a_name(name)
    ]
    assert len(names) > len((NASTY, "]]>", "&amp;"))
    for part in batched_names(names):
        own = {f"t{number}": {"step": "1", "name": name, "effort_days": 1} for number, name in enumerate(part)}
        written = etree.fromstring(project_bytes(handout({"tasks": {"own": own}})))
        found = {node.text for node in written.iter(f"{{{NAMESPACE}}}Name")}
        assert {writable(name.strip()) for name in part} <= found


def batched_names(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return names in parts, as many as a plan keeps tasks."""
    return (names[start : start + MOST_TASKS] for start in range(0, len(names), MOST_TASKS))


def test_equal_plans_give_equal_bytes() -> None:
    assert project_bytes(handout(AWKWARD)) == project_bytes(handout(AWKWARD))
