"""Tasks in a scenario's file and on the command line: what is read, and what is refused with path and remedy."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.files.test_scenario_json import problems_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import ScenarioError
from zt_planner.files.json_text import LARGEST_FILE_BYTES
from zt_planner.files.scenario_json import parsed_scenario, scenario_bytes, with_settings

OWN_TASK = {"step": "1", "name": "Audit", "effort_days": 5}


@pytest.mark.parametrize(
    ("tasks", "path", "words"),
    [
        (5, "tasks", "not a group of fields"),
        ({"edits": {"a": 5}}, "tasks.edits.a", 'as in {"mfa_rollout": {"effort_days": 8}}'),
        ({"edits": {"a b": {}}}, "tasks.edits.a b", "Write it without spaces, as in mfa_rollout"),
        ({"edits": {"a": {"effort": 1}}}, "tasks.edits.a.effort", "Use one of: in_scope, done, effort_days,"),
        ({"edits": {"a": {"effort_days": 0}}}, "tasks.edits.a.effort_days", "Write 0.01 or more"),
        ({"edits": {"a": {"fixed_start": "1.3.27"}}}, "tasks.edits.a.fixed_start", "Write the date as 2027-01-04"),
        (
            {"edits": {"a": {"earliest_start": "2027-01-04", "fixed_start": "2027-01-05"}}},
            "tasks.edits.a.fixed_start",
            "there is an earliest start too (2027-01-04)",
        ),
        ({"edits": {"a": {"after": "b"}}}, "tasks.edits.a.after", 'as in ["kickoff"]'),
        ({"edits": {"a": {"after": ["b", "b"]}}}, "tasks.edits.a.after", "names a task twice"),
        ({"edits": {"a": {"after": [7]}}}, "tasks.edits.a.after.0", "7 is not a text"),
        ({"own": {"A": OWN_TASK}}, "tasks.own.A", "cannot be the id of an own task"),
        ({"own": {"a": {}}}, "tasks.own.a.name", "an own task needs this"),
        ({"own": {"a": {**OWN_TASK, "step": "9"}}}, "tasks.own.a.step", "Use one of: 0, 1, 2, 3, 4, 5"),
        ({"own": {"a": {**OWN_TASK, "name": " "}}}, "tasks.own.a.name", "the name is empty"),
        ({"own": {"a": {**OWN_TASK, "name": "x" * 81}}}, "tasks.own.a.name", "81 characters"),
        ({"own": {"a": {**OWN_TASK, "needs": []}}}, "tasks.own.a.needs", "step, name, effort_days"),
        ({"own": dict.fromkeys([f"t{n}" for n in range(501)], OWN_TASK)}, "tasks.own", "more than the 500"),
    ],
)
def test_a_faulty_task_is_named_with_its_remedy(tasks: object, path: str, words: str) -> None:
    assert words in problems_of({"tasks": tasks})[path]


def test_tasks_are_set_on_the_command_line() -> None:
    own = json.dumps({**OWN_TASK, "after": ["kickoff"]})
    settings = (
        "tasks.edits.mfa_rollout.effort_days=8",
        "tasks.edits.mfa_rollout.earliest_start=2027-04-01",
        'tasks.edits.enrolment={"in_scope": false}',
        f"tasks.own.audit={own}",
        "tasks.own.other.step=5",
        "tasks.own.other.name=4711",
        "tasks.own.other.effort_days=2.5",
    )
    tasks = with_settings(Scenario(), settings).tasks
    assert (tasks.edits["mfa_rollout"].effort_days, tasks.edits["enrolment"].in_scope) == (Decimal(8), False)
    assert tasks.own["audit"].after == ("kickoff",)
    assert (tasks.own["other"].name, tasks.own["other"].step) == ("4711", "5")
    assert with_settings(Scenario(tasks=tasks), ("tasks.own.audit.effort_days=1",)).tasks.own["audit"].effort_days == 1


@pytest.mark.parametrize(
    ("tasks", "path", "words"),
    [
        (5, "status.tasks", 'as in {"mfa_rollout": {"started": "2027-03-01"}}'),
        ({"a": {"begun": 1}}, "status.tasks.a.begun", "Use one of: started, finished, remaining_days,"),
        ({"a": {"started": "1.3.27"}}, "status.tasks.a.started", "Write the date as 2027-01-04"),
        (
            {"a": {"started": "2027-03-02", "finished": "2027-03-01"}},
            "status.tasks.a",
            "it was finished on 2027-03-01, before it was started on 2027-03-02",
        ),
        ({"a": {"remaining_days": 0}}, "status.tasks.a.remaining_days", "Write 1 or more"),
        ({"a": {"spent_internal": -1}}, "status.tasks.a.spent_internal", "Write 0 or more"),
        ({f"t{n}": {"remaining_days": 1} for n in range(1001)}, "status.tasks", "more than the 1000"),
    ],
)
def test_a_faulty_record_is_named_with_its_remedy(tasks: object, path: str, words: str) -> None:
    assert words in problems_of({"status": {"tasks": tasks}})[path]


def test_records_are_set_on_the_command_line_and_saved_as_they_were() -> None:
    kickoff, vlans = "status.tasks.kickoff.started=2027-01-04", "status.tasks.vlans.remaining_days=3"
    made = with_settings(Scenario(), ("status.at=2027-04-15", kickoff, vlans))
    assert made.status.tasks["kickoff"].started == date(2027, 1, 4)
    saved = json.loads(scenario_bytes(made))["status"]
    assert saved["tasks"] == {"kickoff": {"started": "2027-01-04"}, "vlans": {"remaining_days": 3}}
    assert parsed_scenario(scenario_bytes(made)) == made
    emptied = with_settings(made, ("status.tasks.kickoff.started=null",))
    assert set(emptied.status.tasks) == {"vlans"}


@pytest.mark.parametrize(
    ("setting", "path", "words"),
    [
        ("status.tasks.kickoff.begun=1", "status.tasks.kickoff.begun", "Use one of: started, finished"),
        ("tasks.edits.mfa_rollout.effort=8", "tasks.edits.mfa_rollout.effort", "Use one of: in_scope"),
        ("tasks.own.audit.length=8", "tasks.own.audit.length", "Use one of: earliest_start"),
        ("tasks.own.audit.effort_days=8", "tasks.own.audit.name", "an own task needs this"),
        ("tasks.edits.=8", "tasks.edits.", "is not a field"),
        ("tasks.edits=8", "tasks.edits", "not a group of fields"),
    ],
)
def test_a_wrong_setting_of_a_task_is_named_with_its_remedy(setting: str, path: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_settings(Scenario(), (setting,))
    assert words in {problem.path: str(problem) for problem in caught.value.problems}[path]


@pytest.mark.extended
def test_the_largest_tasks_and_rows_can_be_read_again() -> None:
    row = {"vendor": "v" * 490, "product": "p" * 490, "category": "hardware", "unit": "piece", "amount": "1.00"}
    row |= {"currency": "EUR", "term": "one_off", "valid_from": "2026-01-01", "confidence": "primary"}
    after = [f"{number:02}" for number in range(20)]
    own = {**OWN_TASK, "after": after}
    data = {
        "prices": {"rows": {f"row-{number}": [row] for number in range(360)}},
        "tasks": {
            "own": {f"t{number:03}": own for number in range(400)},
            "edits": {f"e{number:03}": {"after": after} for number in range(350)},
        },
    }
    content = scenario_bytes(Scenario.model_validate(data))
    assert LARGEST_FILE_BYTES * 0.9 < len(content) < LARGEST_FILE_BYTES
    assert parsed_scenario(content).tasks.edits["e000"].after == tuple(after)
