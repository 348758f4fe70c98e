"""Input that nobody would expect makes a plan with its findings, never a crash, and loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import scenario, unstopped
from tests.words import told
from zt_planner import bootstrap
from zt_planner.domain.differences import values_of
from zt_planner.domain.finding import Code
from zt_planner.domain.plan import Capacity, Group
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.fields import set_fields
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.topics.findings.findings import describe

START = date(2027, 1, 4)
TODAY = date(2026, 11, 30)
EVERYTHING = [task.id for task in bootstrap.phase_model().tasks]


def built(given: Scenario) -> AnyPlan:
    """Return the plan of a scenario with the shipped data; its findings can all be said."""
    result = build_plan(case_of(given, bootstrap.price_book(), bootstrap.phase_model(), today=TODAY))
    for finding in result.findings:
        assert "{" not in told(describe(finding, bootstrap.price_book())).message
    assert Scenario.model_validate_json(given.model_dump_json()) == given
    return result


def planned(**fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    """Return the plan from 4 January 2027."""
    return unstopped(built(scenario(**{"timeline__start": START, "timeline__confidence": "planned", **fields})))


def codes(result: AnyPlan) -> set[Code]:
    """Return the codes of a plan's findings."""
    return {finding.code for finding in result.findings}


def own(*rows: tuple[str, int | None] | tuple[str, int | None, str]) -> list[dict[str, Any]]:
    """Return owned licences from their ids, seats and last days."""
    return [dict(zip(("licence", "seats", "until"), row, strict=False)) for row in rows]


def finding_of(result: Plan, code: Code) -> dict[str, Any]:
    (finding,) = (finding for finding in result.findings if finding.code is code)
    return dict(finding.facts)


def test_more_seats_than_people_serve_everyone_and_the_rest_is_said() -> None:
    """500 seats of E3 for 120 people."""
    result = planned(company__owned_licences=own(("m365-e3", 500)))
    assert finding_of(result, Code.LICENCE_OWNED_UNUSED) == {"licence": "m365-e3", "seats": 380, "cap": None}
    assert result.mix is not None
    assert sum(holding.count for holding in result.mix.holdings if holding.kept) == 120


def test_a_contract_that_was_over_before_the_start_is_credited_from_the_first_month_on() -> None:
    """Standard is paid until January 2026: the same money as with a contract that can be ended at any time."""
    over = planned(company__owned_licences=own(("m365-business-standard", None, "2026-01-31")))
    free = planned(company__owned_licences=own(("m365-business-standard", None)))
    assert over.headlines.introduction_budget == free.headlines.introduction_budget
    assert codes(free) - codes(over) == {Code.LICENCE_CREDIT_ASSUMED}


def test_a_contract_that_never_ends_is_never_credited() -> None:
    result = planned(company__owned_licences=own(("m365-business-standard", None, "2100-12-31")))
    assert all(line.quantity > 0 for line in result.cost_lines)
    assert finding_of(result, Code.LICENCE_PAID_TWICE)["until"] == date(2100, 12, 31)


def test_the_same_licence_twice_is_two_contracts() -> None:
    """60 seats that can be ended at any time go to 6 administrators and 54 of the office, 60 more run until December.

    New licences begin in March; at 12.73 EUR, 60 seats are paid twice for ten months.
    """
    result = planned(
        company__owned_licences=own(("m365-business-standard", 60), ("m365-business-standard", 60, "2027-12-31"))
    )
    assert result.mix is not None
    assert [(holding.group, holding.count) for holding in result.mix.holdings] == [
        (Group.ADMIN, 6),
        (Group.OFFICE, 54),
        (Group.OFFICE, 60),
    ]
    twice = finding_of(result, Code.LICENCE_PAID_TWICE)
    assert (twice["from"], twice["until"], twice["amount"]) == (
        date(2027, 3, 1),
        date(2027, 12, 31),
        60 * 10 * Decimal("12.73"),
    )


def test_an_add_on_that_stands_before_its_suite_is_unused() -> None:
    rows = (("defender-suite-e3", 120), ("m365-e3", 120))
    wrong, right = (planned(company__owned_licences=own(*order)) for order in (rows, rows[::-1]))
    assert finding_of(wrong, Code.LICENCE_OWNED_UNUSED)["licence"] == "defender-suite-e3"
    assert Code.LICENCE_OWNED_UNUSED not in codes(right)


def test_every_licence_of_the_book_can_be_owned_at_once() -> None:
    """Twelve rows are the most: each twelve of the book, with every provider."""
    ids = bootstrap.price_book().user_licences
    for provider in ("entra", "google", "okta"):
        for first in range(0, len(ids), 12):
            rows = own(*((key, 30, "2027-06-30") for key in ids[first : first + 12]))
            result = planned(company__owned_licences=rows, company__frontline=40, choices__identity_provider=provider)
            assert result.mix is None or sum(holding.count for holding in result.mix.holdings) == 120


def test_a_task_done_before_those_that_it_waits_for_is_planned_and_said() -> None:
    result = planned(tasks__edits={"mfa_rollout": {"done": 1}})
    facts = finding_of(result, Code.TASKS_DONE_BEFORE)
    names = bootstrap.phase_model().by_id
    assert facts == {"tasks": (names["mfa_rollout"].name,), "others": (names["mfa_pilot"].name,)}
    assert "mfa_pilot" in {task.task.id for task in result.tasks}


def test_where_everything_is_done_there_is_a_plan_without_work() -> None:
    result = planned(tasks__edits={task_id: {"done": 1} for task_id in EVERYTHING})
    figures = result.headlines
    assert (result.tasks, result.capacity) == ((), Capacity(Decimal(0), Decimal(0)))
    assert (figures.finish_date, figures.mfa_date) == (START, START)
    assert {figures.internal_days, figures.external_days} == {Fraction(0)}
    assert figures.one_off_total == 0
    # What recurs is what the default pays after its finish: licences, server protection and the SIEM.
    assert figures.run_rate_monthly == planned().headlines.run_rate_monthly
    assert Code.TIMELINE_NO_WORK not in codes(result)


def test_where_everything_is_done_by_half_half_of_the_work_is_left() -> None:
    half, whole = planned(tasks__edits={task_id: {"done": 0.5} for task_id in EVERYTHING}), planned()
    for team in ("internal", "external"):
        left, all_of_it = (sum(getattr(task.work.whole, team) for task in result.tasks) for result in (half, whole))
        assert left * 2 == all_of_it


def test_what_is_done_of_tasks_that_fell_away_changes_no_figure() -> None:
    """No hardware is replaced, there are no machines, VLANs are enough, and nobody has an MDR."""
    ids = ("hardware_order", "hardware_install", "machine_zones", "micro_segmentation", "mdr_onboarding")
    result = planned(tasks__edits={task_id: {"done": 1} for task_id in ids})
    assert len(finding_of(result, Code.TASKS_DONE_WITHOUT_TASK)["tasks"]) == len(ids)
    default = planned()
    assert {name: figure.value for name, figure in result.headlines.items()} == {
        name: figure.value for name, figure in default.headlines.items()
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"company__machines": 5000, "company__sites": 1},
        {"company__machines": 5000, "company__devices": 0, "choices__hardware_reuse": 0},
        {"company__employees": 1},
        {"company__employees": 1, "company__owned_licences": own(("m365-e3", 5000))},
        {"company__employees": 2, "company__frontline": 1, "company__machines": 1},
        {
            "company__employees": 1,
            **{f"company__{name}": 0 for name in ("devices", "servers", "apps", "remote_users")},
        },
    ],
)
def test_machines_of_one_site_and_a_company_of_one_have_a_plan(fields: dict[str, Any]) -> None:
    result = planned(**fields)
    assert result.mix is not None
    assert sum(holding.count for holding in result.mix.holdings) == result.scenario.company.employees


def test_more_macs_than_devices_are_refused_where_devices_follow_the_people() -> None:
    """Ten people have twelve devices."""
    planned(company__employees=10, company__macs=12)
    with pytest.raises(ScenarioError, match=r"company\.macs: fewer devices \(12\) than Macs"):
        planned(company__employees=10, company__macs=13)


def extreme(*, is_most: bool) -> Scenario:
    """Return a scenario in which every field that has bounds is at the lowest or the highest of them."""
    data: dict[str, Any] = Scenario().model_dump()
    for path in values_of(Scenario()):
        field = field_at(path)
        value = None if field is None else field.most if is_most else field.least
        if value is not None:
            set_fields(data, {path: value})
    return Scenario.model_validate(data)


@pytest.mark.parametrize("provider", ["entra", "google", "okta"])
@pytest.mark.parametrize("is_most", [False, True])
def test_all_fields_at_their_bounds_make_a_plan_or_say_why_there_is_none(provider: str, *, is_most: bool) -> None:
    given = extreme(is_most=is_most).changed("choices.identity_provider", provider)
    assert codes(built(given))
    usual: Sequence[tuple[str, Any]] = (("timeline.start", START), ("status.at", None), ("prices.as_of", None))
    for path, value in usual:
        given = given.changed(path, value)
    result = built(given)
    assert isinstance(result, StoppedPlan) or result.mix is None or result.headlines.finish_date >= START


def test_a_plan_past_the_last_day_says_so() -> None:
    result = built(scenario(timeline__start=date(2100, 12, 31)))
    assert isinstance(result, StoppedPlan)
    assert Code.TIMELINE_TOO_LONG in codes(result)
