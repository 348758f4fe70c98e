"""The applied controls, read again as the import of CISO Assistant reads them, and compared to the plan.

Header and values are typed from the documentation of that import, not from the program.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.handouts import AWKWARD, NASTY, NEVER_ENDS, SCENARIOS, THERE, UNDER_WAY, any_handout, handout, shipped
from zt_planner.domain.categories import Kind
from zt_planner.files.formats import Format, one_file
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect, unprotected
from zt_planner.resources import root
from zt_planner.topics.roadmap.controls import KIND_OF, TASKS_BY_KIND, control_columns
from zt_planner.topics.view import AnyView, View
from zt_planner.workspace.incoming import OpenPlan, read_file

HEADER = (
    *("ref_id", "name", "description", "category", "csf_function", "status", "priority", "effort", "control_impact"),
    *("start_date", "eta", "expiry_date", "observation", "cost_currency", "cost_build_fixed"),
    *("cost_build_people_days", "cost_run_fixed", "cost_run_people_days"),
)
ALLOWED = {
    "category": {"policy", "process", "technical", "physical", "procedure", ""},
    "csf_function": {"govern", "identify", "protect", "detect", "respond", "recover"},
    "status": {"to_do", "in_progress", "on_hold", "active", "deprecated"},
    "priority": {"1", "2", "3", "4"},
    "effort": {"XS", "S", "M", "L", "XL", ""},
    "control_impact": {"1", "2", "3", "4", "5", ""},
    "cost_currency": {"EUR", ""},
}
DAYS = ("start_date", "eta", "expiry_date")
AMOUNTS = ("cost_build_fixed", "cost_build_people_days", "cost_run_fixed", "cost_run_people_days")
CLOSED: Mapping[str, Any] = {
    **UNDER_WAY,
    "status": {
        **UNDER_WAY["status"],
        "closed": ["2027-01"],
        "bookings": {"2027-01/consultant/kickoff": "1.00", "2027-01/hardware/": "2.00"},
    },
}
LONGEST_NAME, LONGEST_REFERENCE = 200, 100


def written(view: AnyView) -> bytes:
    return one_file(Format.CONTROLS, view, Dialect.RFC4180)


def rows(view: AnyView) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(view).decode(), newline=""), strict=True))


def by_task(view: AnyView) -> dict[str, dict[str, str]]:
    return {row["ref_id"]: row for row in rows(view)}


def amounts(view: AnyView, column: str) -> Iterator[Decimal]:
    yield from (Decimal(row[column]) for row in rows(view) if row[column])


@pytest.fixture(params=SCENARIOS.values(), ids=tuple(SCENARIOS))
def given(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    values: Mapping[str, Any] = request.param
    return values


@pytest.mark.parametrize("code", LanguageCode)
def test_the_header_is_that_of_the_import_in_every_language(code: LanguageCode) -> None:
    view = handout(code=code)
    first = written(view).decode().partition("\r\n")[0]
    assert first == ",".join(HEADER)
    assert written(view) == one_file(Format.CONTROLS, view, Dialect("excel-de"))


@pytest.mark.parametrize("code", LanguageCode)
def test_an_import_that_guesses_the_form_of_a_file_guesses_right(code: LanguageCode) -> None:
    view = handout(code=code)
    text = written(view).decode()
    guessed = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    assert list(csv.DictReader(io.StringIO(text, newline=""), dialect=guessed, strict=True)) == rows(view)


def test_every_value_is_one_that_the_import_accepts(given: Mapping[str, Any]) -> None:
    for row in rows(any_handout(given)):
        assert tuple(row) == HEADER
        assert {name: row[name] for name, values in ALLOWED.items() if row[name] not in values} == {}
        assert 0 < len(row["name"]) <= LONGEST_NAME
        assert 0 < len(row["ref_id"]) <= LONGEST_REFERENCE
        assert all(date.fromisoformat(row[name]) for name in DAYS if row[name])
        assert row["start_date"] <= row["eta"]
        assert all(re.fullmatch(r"-?\d+\.\d\d", row[name]) for name in AMOUNTS if row[name])


def test_each_task_is_one_control_that_is_found_again(given: Mapping[str, Any]) -> None:
    view = any_handout(given)
    found = rows(view)
    done = view.plan.case.done if view.plan.tasks else ()
    assert [row["ref_id"] for row in found] == [
        *(task.task.id for task in view.plan.tasks),
        *(task.id for task in done),
    ]
    for column in ("ref_id", "name"):
        assert len({row[column].casefold() for row in found}) == len(found)
    days = {task.task.id: (task.start.isoformat(), task.finish.isoformat()) for task in view.plan.tasks}
    assert {row["ref_id"]: row["eta"] for row in found if row["eta"]} == {key: day for key, (_, day) in days.items()}
    assert all(row["start_date"] == days[row["ref_id"]][0] for row in found if row["start_date"])
    assert all(row["start_date"] for row in found if row["status"] == "to_do")


def test_two_tasks_of_one_name_are_told_apart_by_their_ids() -> None:
    name = shipped()[1].by_id["kickoff"].name
    own = {"step": "0", "effort_days": 1}
    found = by_task(handout({"tasks": {"own": {"again": {**own, "name": name.upper()}}}}))
    assert found["kickoff"]["name"] == f"{name} (kickoff)"
    assert found["again"]["name"] == f"{name.upper()} (again)"


@pytest.mark.parametrize("given", [{}, {"choices": {"hardware_reuse": 0, "monitoring": "siem_and_mdr"}}, AWKWARD])
def test_costs_are_those_of_the_plan_to_the_cent(given: Mapping[str, Any]) -> None:
    view = handout(given)
    once = [line for line in view.plan.cost_lines if line.is_cash and line.task_id and line.kind is Kind.ONE_OFF]
    assert sum(amounts(view, "cost_build_fixed")) == sum(line.amount or 0 for line in once)
    assert sum(amounts(view, "cost_run_fixed")) == 12 * view.plan.headlines.run_rate_monthly
    own = sum(float(task.work.whole.internal) for task in view.plan.tasks)
    assert float(sum(amounts(view, "cost_build_people_days"))) == pytest.approx(own, abs=0.005 * len(view.plan.tasks))
    operation = 12 * view.plan.headlines.operation_days_monthly
    assert float(sum(amounts(view, "cost_run_people_days"))) == pytest.approx(float(operation), abs=0.1)


def test_a_task_of_known_cost_is_written_as_calculated_by_hand() -> None:
    row = by_task(handout())["kickoff"]
    # two days, of which 0.3 by the consultant at EUR 1,250
    assert (row["cost_build_fixed"], row["cost_build_people_days"], row["cost_currency"]) == ("750.00", "1.40", "EUR")
    assert (row["cost_run_fixed"], row["cost_run_people_days"], row["observation"]) == ("", "", "")
    assert (row["category"], row["csf_function"], row["priority"], row["effort"]) == ("process", "govern", "2", "XS")


def test_an_amount_without_a_price_is_empty_and_said_to_be() -> None:
    view = handout(SCENARIOS["before the prices"])
    unpriced = {line.task_id for line in view.plan.cost_lines if line.is_cash and line.amount is None}
    found = by_task(view)
    assert unpriced & found.keys()
    for task_id in unpriced & found.keys():
        assert "" in {found[task_id]["cost_build_fixed"], found[task_id]["cost_run_fixed"]}
        assert found[task_id]["observation"]
    assert "0.00" not in {row[name] for row in found.values() for name in ("cost_build_fixed", "cost_run_fixed")}


def test_the_status_is_what_is_recorded() -> None:
    found = by_task(handout(UNDER_WAY))
    status = {task_id: found[task_id]["status"] for task_id in ("kickoff", "mfa_pilot", "directory", "mfa_rollout")}
    assert status == {
        "kickoff": "active",
        "mfa_pilot": "in_progress",
        "directory": "in_progress",
        "mfa_rollout": "to_do",
    }
    assert (found["kickoff"]["start_date"], found["kickoff"]["eta"]) == ("2027-01-04", "2027-01-09")
    assert (found["mfa_agreement"]["start_date"], found["mfa_agreement"]["eta"]) == ("", "2027-01-14")


def test_of_a_plan_under_way_what_has_not_begun_is_to_do_though_a_part_is_there() -> None:
    given = {**UNDER_WAY, "tasks": {"edits": {"sso": {"done": 0.5}, "directory": {"done": 0.5}}}}
    found = by_task(handout(given))
    assert (found["sso"]["status"], found["directory"]["status"]) == ("to_do", "in_progress")
    assert found["sso"]["start_date"] > "2027-03-15"


def test_what_was_done_before_is_active_and_has_no_days() -> None:
    found = by_task(handout(THERE))
    assert {found[task_id]["status"] for task_id in ("kickoff", "admin_mfa")} == {"active"}
    assert {found["kickoff"][name] for name in ("start_date", "eta", "effort", "cost_build_people_days")} == {""}
    assert found["kickoff"]["observation"]
    assert found["inventory"]["status"] == found["audit"]["status"] == "in_progress"
    assert found["inventory"]["start_date"] == found["audit"]["start_date"] == ""
    assert (found["audit"]["category"], found["audit"]["csf_function"]) == ("", "protect")


def test_what_was_booked_does_not_lessen_what_a_task_was_planned_to_cost() -> None:
    closed = {"at": "2027-03-15", "closed": ["2027-01"], "bookings": {"2027-01/consultant/kickoff": "1.00"}}
    assert (
        by_task(handout({"timeline": {"start": "2027-01-04"}, "status": closed}))["kickoff"]["cost_build_fixed"]
        == (by_task(handout({"timeline": {"start": "2027-01-04"}}))["kickoff"]["cost_build_fixed"])
    )


def with_rates(given: Mapping[str, Any], rate: int, *, shows_labour: bool) -> View:
    rates = {"labour": {"external_day_rate": rate, "internal_day_cost": rate - 100}}
    return handout({**given, **rates}, shows_labour=shows_labour)


@pytest.mark.parametrize(
    "given",
    [{}, AWKWARD, THERE, UNDER_WAY, CLOSED],
    ids=["default", "awkward", "there", "under way", "booked"],
)
def test_hidden_rates_leave_no_trace(given: Mapping[str, Any]) -> None:
    cheap, dear = (written(with_rates(given, rate, shows_labour=False)) for rate in (901, 1907))
    assert cheap == dear
    assert cheap != written(with_rates(given, 901, shows_labour=True))
    view = with_rates(given, 901, shows_labour=False)
    external = {task.task.id for task in view.plan.tasks if task.work.whole.external}
    for task_id, row in by_task(view).items():
        if task_id in external:
            assert row["cost_build_fixed"] == ""
            assert row["observation"]


def test_nothing_runs_as_a_formula_and_every_name_comes_back() -> None:
    own = {"step": "2", "effort_days": 1}
    names = {"a": "=1+1", "b": "@SUM(A1)", "c": "+cmd", "d": "-2", "e": NASTY[:80]}
    found = by_task(handout({"tasks": {"own": {key: {**own, "name": name} for key, name in names.items()}}}))
    assert all(found[key]["name"].startswith("'") for key in "abcd")
    assert {key: unprotected(found[key]["name"]) for key in names} == names


def test_a_plan_without_a_schedule_has_no_controls() -> None:
    assert rows_below(written(any_handout(NEVER_ENDS))) == []


def rows_below(content: bytes) -> list[list[str]]:
    _, *below = csv.reader(io.StringIO(content.decode()))
    return below


def test_each_task_and_each_proposed_one_is_declared_once() -> None:
    model = shipped()[1]
    declared = [task_id for task_ids in TASKS_BY_KIND.values() for task_id in task_ids]
    assert len(declared) == len(KIND_OF)
    assert KIND_OF.keys() == model.by_id.keys() | {proposed.id for proposed in model.rules.proposals}


def test_every_column_is_documented() -> None:
    page = (root() / "docs" / "exports.md").read_text("utf-8")
    (section,) = re.findall(r"(?ms)^## Applied controls .*?^(?=## )", page)
    assert re.findall(r"(?m)^\| `([a-z_]+)` \|", section) == [column.name for column in control_columns()] == [*HEADER]


def test_the_file_is_known_and_nothing_is_read_from_it() -> None:
    view = handout()
    said = read_file(written(view), "controls.csv", OpenPlan(view.plan, *shipped(), today=view.plan.today))
    assert not said.edits
    assert len(said.left_out) == 1
