"""What a plan would be without each of its parts: with its team, in its order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import MONDAY, case, model, plan, plan_for, point, price, question, quiet, scenario, task, unstopped
from tests.builders import book as price_book_of
from tests.unit.conftest import KNOWN_DATA
from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.data.rules import NO_RULES
from zt_planner.domain.plan import Capacity
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.compare.option import (
    LATER,
    Option,
    omissions_of,
    options_without,
    ready_options,
    with_team_in_time,
)
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.same_team import order_of, same_team_values, team_in_time, with_same_team

TODAY = date(2026, 11, 30)
DATA = load_price_book(KNOWN_DATA), load_phase_model(KNOWN_DATA)
BOOK = price_book_of(price("suite", 0, grants=("office", "mail")))


@pytest.fixture(scope="module")
def default(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the default company's plan, from 4 January 2027."""
    return plan_for(case_of(scenario(timeline__start=date(2027, 1, 4)), price_book, phase_model, today=TODAY))


@pytest.fixture(scope="module")
def without(default: Plan) -> dict[str, Option]:
    """Return what can be left out of it."""
    return {each.id: each for each in options_without(default)}


def test_steps_choices_and_what_tasks_are_about_can_be_left_out(without: dict[str, Option]) -> None:
    assert list(without) == ["step:2", "step:3", "step:4", "step:5", "monitoring", "risk_access", "local_directory"]


def test_without_monitoring_and_with_the_same_team_the_plan_is_cheaper_and_earlier(
    without: dict[str, Option],
) -> None:
    figures = unstopped(without["monitoring"].plan).headlines
    assert figures.introduction_budget == Decimal("131330.81")
    assert figures.finish_date == date(2027, 8, 13)
    assert figures.mfa_date == date(2027, 3, 2)
    assert figures.run_rate_monthly == Decimal("2470.92")
    assert without["monitoring"].points_lost == ("3.2", "3.4")
    assert without["monitoring"].answers_lost == ()


def test_what_is_lost_for_the_insurer_is_named(without: dict[str, Option]) -> None:
    assert without["step:4"].answers_lost == ("edr",)
    assert without["risk_access"].points_lost == ()


def test_nothing_gets_later_and_the_team_stays(default: Plan, without: dict[str, Option]) -> None:
    starts = {each.task.id: each.start for each in default.tasks}
    for left in without.values():
        assert left.plan.capacity == default.capacity
        assert all(each.start <= starts[each.task.id] for each in left.plan.tasks)


def test_a_smaller_team_keeps_the_day_with_less_work(default: Plan, without: dict[str, Option]) -> None:
    assert team_in_time(default, without["monitoring"].chosen) == Capacity(Decimal(3), Decimal("2.5"))
    given = plan(quiet(), BOOK, model(task("a", step="2")))
    assert team_in_time(given, next(omissions_of(given)).changes) is None  # no day is set


def test_a_day_that_no_team_keeps_has_no_team() -> None:
    waits = model(task("a", wait_weeks=30, step="1"), task("b", after=["a"], step="1"), task("c", step="2"))
    given = plan(quiet(timeline__mode="deadline", timeline__target_months=1), BOOK, waits)
    assert team_in_time(given, next(omissions_of(given)).changes) is None


def test_as_a_variant_it_is_the_same_plan(default: Plan, without: dict[str, Option]) -> None:
    for left in without.values():
        varied = build_plan(default.case.changed(default.scenario.with_fields(left.values)))
        assert unstopped(varied).headlines == unstopped(left.plan).headlines


def test_proposed_and_machines_tasks_can_be_left_out_by_themselves(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    proposed = phase_model.rules.proposals[0]
    kept = ("name", "step", "effort_days", "external_share", "min_length_days", "low", "high")
    own = {proposed.id: {name: getattr(proposed, name) for name in kept}}
    given = scenario(company__machines=40, tasks__own=own, choices__monitoring="none", choices__risk_access="none")
    parts = {
        omission.id: omission
        for omission in omissions_of(plan_for(case_of(given, price_book, phase_model, today=TODAY)))
    }
    assert list(parts)[-3:] == ["local_directory", "machines", f"task:{proposed.id}"]
    assert parts[f"task:{proposed.id}"].changes == {f"tasks.own.{proposed.id}.in_scope": False}


def test_points_and_answers_are_those_that_the_smaller_plan_does_not_have() -> None:
    tasks = model(
        task("a", step="1"),
        task("b", step="2"),
        points=(point("1.1", "a"), point("1.2", "b"), point("1.3", "a", "b")),
        rules=replace(NO_RULES, questions=(question("one", "a"), question("two", "b"))),
    )
    left = next(options_without(plan(quiet(), BOOK, tasks)))
    assert (left.id, left.points_lost, left.answers_lost) == ("step:2", ("1.2", "1.3"), ("two",))


def test_a_step_that_is_all_there_is_leaves_no_schedule() -> None:
    left = next(options_without(plan(quiet(), BOOK, model(task("a", step="2")))))
    assert not isinstance(left.plan, Plan)
    assert left.answers_lost == ()


# What people ask for most


def ready(given: Scenario) -> dict[str, Option]:
    return {each.id: each for each in ready_options(plan_for(case_of(given, *DATA, today=TODAY)))}


def test_other_monitoring_another_operator_and_a_later_finish_are_ready() -> None:
    given = scenario(timeline__start=date(2027, 1, 4))
    now, options = plan_for(case_of(given, *DATA, today=TODAY)), ready(given)
    assert list(options) == ["monitoring:mdr", "operation:partner", LATER]
    for option in options.values():
        varied = build_plan(now.case.changed(now.scenario.with_fields(option.values)))
        assert unstopped(varied).headlines == unstopped(option.plan).headlines
    assert options["monitoring:mdr"].plan.capacity == options["operation:partner"].plan.capacity == now.capacity
    later = unstopped(options[LATER].plan).headlines.finish_date - now.headlines.finish_date
    assert 60 < later.days < 120


@pytest.mark.parametrize(
    ("choices", "name"),
    [
        ({"choices__monitoring": "mdr"}, "monitoring:siem"),
        ({"choices__monitoring": "siem_and_mdr"}, "monitoring:mdr"),
        ({"choices__monitoring": "none"}, "monitoring:mdr"),
        ({"choices__operation": "partner"}, "operation:own"),
    ],
)
def test_where_a_choice_is_made_already_the_way_back_is_ready(choices: dict[str, Any], name: str) -> None:
    assert name in ready(scenario(**choices))


def test_with_given_teams_a_later_finish_is_a_deadline_after_theirs_in_no_given_order() -> None:
    given = scenario(timeline__mode="capacity")
    later = ready(given)[LATER]
    now = plan_for(case_of(given, *DATA, today=TODAY))
    assert unstopped(later.plan).headlines.finish_date > now.headlines.finish_date
    assert with_team_in_time(now, later).team is None
    ordered = scenario(timeline__mode="capacity", levelling__order=["kickoff"])
    assert ready(ordered)[LATER].plan.scenario.levelling.order == ()


def test_a_finish_that_cannot_be_later_is_not_ready() -> None:
    assert LATER not in ready(scenario(timeline__target_months=58))


# The same team


def test_tasks_are_placed_in_the_order_of_their_starts_and_new_ones_last() -> None:
    tasks = model(task("a", days=2), task("b", days=2, head_start_days=9), task("c", days=2, head_start_days=5))
    small = plan(quiet(tasks__edits={"c": {"in_scope": False}}), BOOK, tasks)
    assert order_of(small) == ("b", "a")
    larger = unstopped(with_same_team(small, quiet()))
    assert order_of(larger) == ("b", "a", "c")


def test_a_team_of_nobody_has_the_least() -> None:
    idle = plan(quiet(timeline__mode="deadline"), BOOK, model(task("a", days=1)))
    assert same_team_values(idle)["timeline.external_days_per_week"] == Decimal("0.25")


def test_an_order_holds_while_the_teams_are_given() -> None:
    tasks = model(task("a", days=2), task("b", days=2))
    reversed_order = {"levelling": {"order": ["b", "a"]}}
    given = Scenario.model_validate({**quiet().model_dump(), **reversed_order})
    assert order_of(plan_for(case(given, BOOK, tasks))) == ("b", "a")
    deadline = given.changed("timeline.mode", "deadline")
    assert order_of(plan_for(case(deadline, BOOK, tasks))) == ("a", "b")


def starts_of(some_plan: Plan) -> dict[str, date]:
    return {each.task.id: each.start for each in some_plan.tasks}


def test_without_a_step_the_gates_are_those_of_the_plan() -> None:
    # "back" belongs to step 3 and waits for step 4, so "last" does not wait for it; without step 4 it still does not.
    tasks = model(
        task("first", days=1, step="3"),
        task("middle", days=1, step="4"),
        task("back", days=1, min_length_days=20, step="3", after=["middle"]),
        task("last", days=5, step="5"),
    )
    turns = plan(quiet(timeline__steps="in_turn", timeline__internal_days_per_week=10), BOOK, tasks)
    left = {each.id: each.plan for each in options_without(turns)}
    monday, tuesday, wednesday = (MONDAY + timedelta(days) for days in range(3))
    assert starts_of(turns) == {"first": monday, "middle": tuesday, "back": wednesday, "last": wednesday}
    assert starts_of(unstopped(left["step:4"])) == {"first": monday, "back": monday, "last": tuesday}
    again = {each.id: each.plan for each in options_without(unstopped(left["step:4"]))}
    assert starts_of(unstopped(again["step:3"])) == {"last": monday}


def test_without_devices_the_people_of_the_pilot_are_those_of_the_plan(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    owned = [{"licence": "cloud-identity-premium", "seats": 133}, {"licence": "defender-suite-e3"}]
    given = scenario(
        company__employees=400,
        company__owned_licences=owned,
        choices__monitoring="none",
        timeline__start=date(2027, 1, 4),
    )
    now = plan_for(case_of(given, price_book, phase_model, today=TODAY))
    devices = next(each for each in omissions_of(now) if each.id == "step:4")
    smaller = given.with_fields(devices.changes)
    assert "mfa_pilot" in now.case.changed(smaller).opening.ids - now.case.opening.ids  # by itself it has to be bought
    kept = unstopped(with_same_team(now, smaller))
    assert starts_of(kept)["mfa_pilot"] <= starts_of(now)["mfa_pilot"]


def test_what_was_done_and_is_left_out_holds_nobody_either() -> None:
    tasks = model(
        task("slow", days=1, min_length_days=20, step="1"),
        task("ready", step="5", after=["slow"]),
        task("next", step="3", after=["ready"]),
    )
    edits = {"ready": {"done": 1}}
    now = plan(quiet(tasks__edits=edits, timeline__internal_days_per_week=10), BOOK, tasks)
    smaller = now.scenario.with_fields({"tasks.edits.ready.in_scope": False})
    assert starts_of(unstopped(with_same_team(now, smaller))) == starts_of(now)
