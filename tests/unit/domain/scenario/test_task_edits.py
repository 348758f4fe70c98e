"""What is set for tasks: within bounds, one date a task, small, and the same however it was entered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.fields import path_parts
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.task_edits import (
    LARGEST_TASKS_BYTES,
    MOST_TASKS,
    NOTHING_SET,
    OwnTask,
    TaskEdit,
    Tasks,
)

OWN: dict[str, Any] = {"step": "1", "name": "Audit", "effort_days": 3}


def errors_of(**tasks: Any) -> dict[str, str]:  # noqa: ANN401 - any edit
    """Return the type of each error of refused tasks, by its path."""
    with pytest.raises(ValidationError) as caught:
        Tasks.model_validate(tasks)
    return {".".join(map(str, error["loc"])): error["type"] for error in caught.value.errors()}


def test_nothing_is_set_at_first() -> None:
    tasks = Scenario().tasks
    assert tasks.is_empty
    assert tasks.version == ""
    assert tasks.given_for("kickoff") is NOTHING_SET


def test_what_is_set_is_found_by_the_task() -> None:
    tasks = Tasks.model_validate({"edits": {"kickoff": {"wait_weeks": 2}}, "own": {"audit": OWN}})
    assert tasks.given_for("kickoff") == TaskEdit(wait_weeks=2)
    assert tasks.given_for("audit") == OwnTask(step=Step.IDENTITIES, name="Audit", effort_days=Decimal(3))
    assert not tasks.is_empty
    assert len(tasks.version) == 12


def test_an_edit_that_sets_nothing_is_not_kept() -> None:
    assert Tasks.model_validate({"edits": {"kickoff": {"wait_weeks": None}}}) == Tasks()


def test_what_was_done_before_is_kept_as_a_share_and_nothing_of_it_is_no_edit() -> None:
    tasks = Tasks.model_validate({"edits": {"kickoff": {"done": 0.25}, "sso": {"done": 0}}, "own": {"audit": OWN}})
    assert [*tasks.edits] == ["kickoff"]
    assert tasks.given_for("kickoff").done == Decimal("0.25")
    assert tasks.model_dump(mode="json") == {"edits": {"kickoff": {"done": 0.25}}, "own": {"audit": OWN}}
    assert errors_of(edits={"kickoff": {"done": 1.5}}) == {"edits.kickoff.done": "less_than_equal"}


def test_no_predecessors_at_all_are_something_else_than_the_model_s() -> None:
    tasks = Tasks.model_validate({"edits": {"directory": {"after": []}}})
    assert tasks.edits["directory"].after == ()


def test_the_order_of_entering_does_not_matter() -> None:
    one, other = {"b": OWN, "a": OWN}, {"a": OWN, "b": OWN}
    assert Tasks.model_validate({"own": one}).version == Tasks.model_validate({"own": other}).version


def test_only_what_is_set_is_written() -> None:
    edits = {"a": {"effort_days": 8, "fixed_start": "2027-03-01", "wait_weeks": None}}
    given = Scenario.model_validate({"tasks": {"edits": edits, "own": {"b": {**OWN, "after": [], "in_scope": True}}}})
    assert given.model_dump(mode="json")["tasks"] == {
        "edits": {"a": {"effort_days": 8, "fixed_start": "2027-03-01"}},
        "own": {"b": OWN},
    }


@pytest.mark.parametrize(
    ("figures", "path", "kind"),
    [
        ({"effort_days": 0}, "effort_days", "greater_than_equal"),
        ({"effort_days": 10_001}, "effort_days", "less_than_equal"),
        ({"effort_days": True}, "effort_days", "not_a_number"),
        ({"effort_days": float("nan")}, "effort_days", "finite_number"),
        ({"min_length_days": 0}, "min_length_days", "greater_than_equal"),
        ({"min_length_days": 1.5}, "min_length_days", "int_from_float"),
        ({"wait_weeks": -1}, "wait_weeks", "greater_than_equal"),
        ({"wait_weeks": 521}, "wait_weeks", "less_than_equal"),
        ({"earliest_start": "2019-12-31"}, "earliest_start", "greater_than_equal"),
        ({"fixed_start": "2101-01-01"}, "fixed_start", "less_than_equal"),
        ({"earliest_start": "2027-01-04", "fixed_start": "2027-01-05"}, "fixed_start", "two_dates"),
        ({"after": ["a", "a"]}, "after", "after_twice"),
        ({"after": ["a b"]}, "after.0", "not_a_task_id"),
        ({"after": [str(number) for number in range(21)]}, "after", "too_long"),
        ({"in_scope": 1}, "in_scope", "bool_type"),
        ({"effort": 1}, "effort", "extra_forbidden"),
    ],
)
def test_a_figure_outside_its_bounds_is_refused(figures: dict[str, Any], path: str, kind: str) -> None:
    assert errors_of(edits={"kickoff": figures}) == {f"edits.kickoff.{path}": kind}
    assert errors_of(own={"audit": {**OWN, **figures}}) == {f"own.audit.{path}": kind}


@pytest.mark.parametrize(
    ("figures", "path", "kind"),
    [
        ({"step": "6"}, "step", "enum"),
        ({"step": True}, "step", "enum"),
        ({"name": " \u00a0 "}, "name", "empty_name"),
        ({"name": "a\nb"}, "name", "control_characters"),
        ({"name": "x" * 81}, "name", "string_too_long"),
        ({"external_share": 1.01}, "external_share", "less_than_equal"),
        ({"team_share": 0}, "team_share", "greater_than_equal"),
        ({"low": 1.5}, "low", "less_than_equal"),
        ({"high": 0.5}, "high", "greater_than_equal"),
    ],
)
def test_an_own_task_has_bounds_of_its_own(figures: dict[str, Any], path: str, kind: str) -> None:
    assert errors_of(own={"audit": {**OWN, **figures}}) == {f"own.audit.{path}": kind}


def test_an_own_task_needs_a_step_a_name_and_an_effort() -> None:
    assert set(errors_of(own={"audit": {}})) == {"own.audit.step", "own.audit.name", "own.audit.effort_days"}


@pytest.mark.parametrize("name", ["=1+1", "Prüfung 🎉", "测试", "<b>x</b>", "  a  "])
def test_a_name_is_any_text(name: str) -> None:
    assert Tasks.model_validate({"own": {"a": {**OWN, "name": name}}}).own["a"].name == name.strip()


@pytest.mark.parametrize("key", ["", "A", "a b", "-a", "a.b", "x" * 41, "ä"])
def test_the_id_of_an_own_task_is_one_plain_word(key: str) -> None:
    assert errors_of(own={key: OWN}) == {f"own.{key}.[key]": "not_an_own_id"}


def test_the_step_may_be_a_number() -> None:
    assert Tasks.model_validate({"own": {"a": {**OWN, "step": 3}}}).own["a"].step is Step.SEGMENTATION


def test_there_is_an_end_to_tasks() -> None:
    own = {f"t{number}": OWN for number in range(MOST_TASKS + 1)}
    assert errors_of(own=own) == {"own": "too_many_tasks"}
    assert errors_of(edits={key: {"wait_weeks": 1} for key in own}) == {"edits": "too_many_tasks"}
    del own["t0"]
    assert len(Tasks.model_validate({"own": own}).own) == MOST_TASKS


def test_there_is_an_end_to_their_size() -> None:
    wide = {**OWN, "name": "\u6d4b" * 80, "after": [f"{'x' * 70}{number}" for number in range(20)]}
    assert errors_of(own={f"t{number}": wide for number in range(LARGEST_TASKS_BYTES // 2000)}) == {
        "": "tasks_too_large"
    }


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("company.employees", ("company", "employees")),
        ("labour.coordination_days_per_month.internal", ("labour", "coordination_days_per_month", "internal")),
        ("prices.overrides.suite-2.1", ("prices", "overrides", "suite-2.1")),
        ("tasks.edits.mfa_rollout.effort_days", ("tasks", "edits", "mfa_rollout", "effort_days")),
        ("tasks.edits.v1.2.effort_days", ("tasks", "edits", "v1.2", "effort_days")),
        ("tasks.edits.v1.2", ("tasks", "edits", "v1.2")),
        ("tasks.own.audit", ("tasks", "own", "audit")),
        ("tasks.own.audit.name", ("tasks", "own", "audit", "name")),
    ],
)
def test_a_path_leads_to_a_field(path: str, parts: tuple[str, ...]) -> None:
    assert path_parts(path) == parts


def test_a_figure_of_a_task_is_a_field() -> None:
    given = Scenario().changed("tasks.edits.kickoff.effort_days", 4).changed("tasks.edits.kickoff.wait_weeks", 1)
    assert given.tasks.edits == {"kickoff": TaskEdit(effort_days=Decimal(4), wait_weeks=1)}
    assert given.changed("tasks.edits.kickoff.effort_days", None).tasks.edits == {"kickoff": TaskEdit(wait_weeks=1)}
    own = given.changed("tasks.own.audit", OWN).changed("tasks.own.audit.fixed_start", "2027-05-03")
    assert own.tasks.own["audit"].fixed_start == date(2027, 5, 3)


def test_what_was_set_whole_can_go_whole() -> None:
    given = Scenario().changed("tasks.own.audit", OWN).changed("tasks.edits.kickoff.wait_weeks", 1)
    gone = dict.fromkeys(("tasks.own.audit", "tasks.edits.kickoff", "tasks.own.none"))
    assert given.with_fields(gone) == Scenario()


def test_what_is_no_figure_of_a_task_cannot_go() -> None:
    with pytest.raises(ValidationError):
        Scenario().with_fields({"company.employees": None})
