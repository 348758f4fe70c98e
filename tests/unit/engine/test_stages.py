"""Where a plan can be stopped, and what that means at each gate (M25)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import FREE_SUITE, book, day_rate, left_out, model, plan, point, price, quiet, scenario, task
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import PhaseModel, Point, Step, Task
from zt_planner.domain.data.price_book import Capability, PriceBook
from zt_planner.domain.plan import CoverageState
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.stages import Stage, gates_of, stages_of

CONSULTANT = day_rate("external-day", 1000)
OWN = day_rate("internal-day", 520)
IDENTITIES, PRIVILEGE, NETWORK = Step.IDENTITIES, Step.LEAST_PRIVILEGE, Step.SEGMENTATION


def outside(task_id: str, step: Step, days: int, *after: str, **fields: Any) -> Task:  # noqa: ANN401 - any field of a task
    """Return a task that the consultant does alone, a day of work a working day."""
    return task(task_id, step=step, days=days, external_share=1, after=after, **fields)


def small(
    *tasks: Task,
    given: Scenario | None = None,
    prices: tuple[Any, ...] = (CONSULTANT, OWN),
    points: tuple[Point, ...] = (),
) -> Plan:
    """Return a plan of a few tasks from 4 January 2027, without coordination and bought licences."""
    quietly = given or quiet(
        labour__coordination_share={"internal": 0, "external": 0}, finance__contingency=Decimal("0.1")
    )
    return plan(quietly, book(*prices, FREE_SUITE), model(*tasks, points=points))


def sums(stage: Stage) -> tuple[str, str, str, str]:
    """Return what is spent, committed, still to pay, and to come."""
    parts = (stage.spent, stage.committed, stage.to_pay, stage.to_come)
    return str(sum_of(parts[0])), str(sum_of(parts[1])), str(sum_of(parts[2])), str(sum_of(parts[3]))


def test_each_step_has_a_gate_on_the_day_on_which_its_last_task_is_finished() -> None:
    result = small(outside("second", PRIVILEGE, 2, "first"), outside("first", IDENTITIES, 5))
    assert gates_of(result) == {date(2027, 1, 8): (IDENTITIES,), date(2027, 1, 12): (PRIVILEGE,)}


def test_steps_that_end_on_one_day_share_a_gate_in_their_order() -> None:
    halves = {"team_share": "0.5", "base_days": "2.5"}
    tasks = (outside("b", PRIVILEGE, 0, **halves), outside("a", IDENTITIES, 0, **halves))
    assert gates_of(small(*tasks)) == {date(2027, 1, 8): (IDENTITIES, PRIVILEGE)}


def test_preparation_has_a_gate_only_where_it_ends_after_all_steps() -> None:
    first, last = outside("first", Step.PREPARATION, 2), outside("last", Step.PREPARATION, 2, "step")
    step = outside("step", IDENTITIES, 5, "first")
    assert list(gates_of(small(first, step)).values()) == [(IDENTITIES,)]
    assert list(gates_of(small(first, step, last)).values()) == [(IDENTITIES,), (Step.PREPARATION,)]
    assert list(gates_of(small(first)).values()) == [(Step.PREPARATION,)]


def test_work_is_cut_by_its_working_days_and_contingency_with_it() -> None:
    # Monday 4 to Friday 8 January, and beside it the whole of January: 4 to 29 January, 20 working days, 10 of work.
    beside = outside("beside", PRIVILEGE, 10, team_share="0.5", min_length_days=20)
    stages = stages_of(small(outside("first", IDENTITIES, 2, team_share="0.5", min_length_days=5), beside))
    assert [stage.gate for stage in stages] == [date(2027, 1, 8), date(2027, 1, 29)]
    # 2,000.00, a quarter of 10,000.00, and 10 % of both.
    assert sums(stages[0]) == ("4950.00", "0.00", "0.00", "8250.00")
    assert sums(stages[1]) == ("13200.00", "0.00", "0.00", "0.00")
    assert [part.task.id for part in stages[0].open_tasks] == ["beside"]
    work = [line for line in stages[0].spent if line.task_id == "beside" and line.category is CostCategory.CONSULTANT]
    assert [(line.quantity, line.amount) for line in work] == [(Fraction(5, 2), Decimal("2500.00"))]


def test_a_sunday_that_was_worked_counts_as_a_working_day() -> None:
    given = quiet(
        labour__coordination_share={"internal": 0, "external": 0},
        finance__contingency=0,
        status__at=date(2027, 1, 11),
        status__tasks={"a": {"started": date(2027, 1, 10), "finished": date(2027, 1, 10)}},
    )
    first, _ = stages_of(small(outside("a", IDENTITIES, 3), outside("b", PRIVILEGE, 15, "a"), given=given))
    assert (first.gate, sums(first)) == (date(2027, 1, 10), ("3000.00", "0.00", "0.00", "15000.00"))


def test_a_cent_is_on_one_side_of_the_cut() -> None:
    # A day at 0.01 EUR over two working days: half a cent is rounded up, before the gate.
    cheap = day_rate("external-day", "0.01")
    tasks = (
        outside("first", IDENTITIES, 0, base_days="0.1", team_share="0.5"),
        outside("beside", PRIVILEGE, 1, team_share="0.5", min_length_days=2),
    )
    first, last = stages_of(small(*tasks, prices=(cheap, OWN)))
    assert sums(first)[0] == "0.01"
    assert sums(first)[3] == "0.00"
    assert sums(last)[0] == "0.01"


def test_coordination_is_cut_by_the_working_days_of_the_plan() -> None:
    given = quiet(labour__coordination_share={"internal": 0, "external": Decimal("0.1")}, finance__contingency=0)
    first, _ = stages_of(small(outside("a", IDENTITIES, 5), outside("b", PRIVILEGE, 15, "a"), given=given))
    coordination = [line for line in first.spent if not line.task_id]
    # A tenth of the 20 days of work in January are two days; five of its 20 working days from the 4th on are over.
    assert [line.amount for line in coordination] == [Decimal("500.00")]


@pytest.mark.parametrize(
    ("billing", "committed", "to_pay"),
    [("annual_monthly", "110.00", "110.00"), ("annual_prepaid", "104.72", "0.00"), ("monthly", "0.00", "0.00")],
)
def test_a_yearly_term_is_committed_to_its_end_and_paid_already_where_it_is_prepaid(
    billing: str, committed: str, to_pay: str
) -> None:
    suite = price("suite", 10, grants=("office", "mail", "mfa"))
    opening = outside("mfa_rollout", IDENTITIES, 5, needs=("mfa",), reach="everyone")
    given = quiet(company__employees=1, choices__billing=billing, company__admins=1)
    stages = stages_of(
        plan(given, book(suite, CONSULTANT, OWN), model(opening, outside("b", PRIVILEGE, 30, "mfa_rollout")))
    )
    assert (sums(stages[0])[1], sums(stages[0])[2]) == (committed, to_pay)


def test_a_term_is_committed_past_the_horizon_too(price_book: PriceBook, phase_model: PhaseModel) -> None:
    given = scenario(finance__horizon_months=12, choices__monitoring="mdr")
    last = stages_of(plan(given, price_book, phase_model))[-1]
    assert max(line.month for line in last.committed) > plan(given, price_book, phase_model).months[-1]


def test_a_term_that_begins_after_the_gate_in_its_month_is_not_committed() -> None:
    suite = price("suite", 10, grants=("office", "mail", "mfa"))
    opening = outside("mfa_rollout", PRIVILEGE, 5, "first", needs=("mfa",), reach="everyone")
    result = plan(
        quiet(company__employees=1), book(suite, CONSULTANT, OWN), model(outside("first", IDENTITIES, 5), opening)
    )
    first, last = stages_of(result)
    assert not [line for line in (*first.bound, *first.a_month) if line.price_id == "suite"]
    assert [sum_of(part) for part in (last.committed, last.a_month)] == [Decimal("110.00"), Decimal("10.00")]


def test_a_credit_counts_no_longer_than_what_replaces_the_licence() -> None:
    # The owned licence was for a year, what replaces it runs by the month: nothing is committed, and nothing is earned.
    owned = price("owned", 5, vendor="Okta", term="annual_monthly", grants=("office", "mail"))
    suite = price("suite", 10, vendor="Okta", term="monthly", grants=("office", "mail", "mfa"))
    given = quiet(
        company__employees=1, company__owned_licences=[{"licence": "owned"}], choices__identity_provider="okta"
    )
    opening = outside("mfa_rollout", IDENTITIES, 5, needs=("mfa",), reach="everyone")
    result = plan(given, book(owned, suite, CONSULTANT, OWN), model(opening))
    assert {line.quantity for line in result.cost_lines if line.price_id == "owned"} == {-1}
    assert stages_of(result)[-1].committed == ()


def test_a_credit_month_by_month_is_nothing_to_pay_where_what_replaces_the_licence_is_paid_already() -> None:
    owned = price("owned", 5, vendor="Okta", term="annual_monthly", grants=("office", "mail"))
    suite = price("suite", 10, vendor="Okta", term="annual_prepaid", grants=("office", "mail", "mfa"))
    given = quiet(
        company__employees=1, company__owned_licences=[{"licence": "owned"}], choices__identity_provider="okta"
    )
    opening = outside("mfa_rollout", IDENTITIES, 5, needs=("mfa",), reach="everyone")
    (stage,) = stages_of(plan(given, book(owned, suite, CONSULTANT, OWN), model(opening)))
    assert sum_of(stage.committed) == Decimal("55.00")
    assert stage.to_pay == ()


def test_goods_are_committed_from_their_order_to_their_delivery() -> None:
    once = {"category": "hardware", "unit": "piece", "term": "one_off"}
    goods = [price(item, 100, **once) for item in ("site-firewall", "managed-switch-24", "access-point")]
    subscription = price("firewall-subscription", 10, category="hardware", unit="site/month", term="monthly")
    tasks = (
        outside("first", IDENTITIES, 1),
        outside("order", PRIVILEGE, 2, "first", wait_weeks=2),
        outside("hardware_install", NETWORK, 2, "order"),
    )
    given = quiet(company__employees=1, choices__hardware_reuse=0, finance__contingency=0)
    unordered, ordered, delivered = stages_of(
        small(*tasks, given=given, prices=(CONSULTANT, OWN, subscription, *goods))
    )
    assert (unordered.committed, delivered.committed) == ((), ())
    assert [(line.price_id, line.amount) for line in ordered.committed] == [
        ("site-firewall", Decimal("100.00")),
        ("managed-switch-24", Decimal("100.00")),
        ("access-point", Decimal("100.00")),
    ]
    assert ordered.to_pay == ordered.committed


def test_what_has_no_price_is_said_and_never_zero() -> None:
    opening = outside("mfa_rollout", IDENTITIES, 5, needs=("mfa",), reach="everyone")
    result = plan(quiet(), book(OWN, price("suite", 1, grants=("office", "mail"))), model(opening))
    (stage,) = stages_of(result)
    for lines in (stage.spent, stage.committed, stage.a_month):
        assert None in {line.amount for line in lines}
    assert {line.amount for line in stage.spent if line.category is CostCategory.CONSULTANT} == {None}


def test_work_without_a_price_is_cut_without_one() -> None:
    beside = outside("beside", PRIVILEGE, 10, team_share="0.5", min_length_days=20)
    first, _ = stages_of(small(outside("a", IDENTITIES, 5, team_share="0.5"), beside, prices=(OWN,)))
    for part in (first.spent, first.to_come):
        assert {line.amount for line in part if line.category is CostCategory.CONSULTANT} == {None}


def test_hidden_labour_is_in_no_stage(price_book: PriceBook, phase_model: PhaseModel) -> None:
    shown, hidden = (
        stages_of(plan(scenario(), price_book, phase_model, shows_labour=shows)) for shows in (True, False)
    )
    assert [stage.gate for stage in shown] == [stage.gate for stage in hidden]
    assert {line.category for stage in hidden for line in (*stage.bound, *stage.to_come)} == {
        CostCategory.LICENCE,
        CostCategory.MONITORING,
        CostCategory.HARDWARE,
        CostCategory.TRAINING,
    }


def test_a_month_after_a_gate_costs_what_has_begun_and_a_partner_once_devices_are_enrolled(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    result = plan(scenario(choices__operation="partner"), price_book, phase_model)
    stages = {stage.steps: stage for stage in stages_of(result)}
    first, last = stages[IDENTITIES,], stages_of(result)[-1]
    assert CostCategory.OPERATION not in {line.category for line in first.a_month}
    assert CostCategory.OPERATION in {line.category for line in last.a_month}
    assert sum_of(last.a_month) == result.headlines.run_rate_monthly


def test_the_last_month_of_a_plan_longer_than_its_horizon_has_one_after_it() -> None:
    given = quiet(finance__horizon_months=12, company__employees=1)
    suite = price("suite", 10, grants=("office", "mail", "mfa"))
    opening = outside("mfa_rollout", IDENTITIES, 300, needs=("mfa",), reach="everyone")
    (stage,) = stages_of(plan(given, book(suite, CONSULTANT, OWN), model(opening)))
    assert sum_of(stage.a_month) == Decimal("10.00")


def test_mfa_protects_once_everyone_signs_in_with_it_and_all_else_once_it_has_come_to_all() -> None:
    tasks = (
        outside("mfa_rollout", IDENTITIES, 5, needs=("mfa", "sso"), reach="everyone"),
        outside("remote_mfa", PRIVILEGE, 5, "mfa_rollout", needs=("mfa",), reach="everyone"),
        outside("pilot", PRIVILEGE, 5, "mfa_rollout", needs=("mdm",), reach="pilot"),
        outside("just_in_time", NETWORK, 5, "remote_mfa", "pilot", needs=("pim",), reach="administrators"),
    )
    stages = stages_of(small(*tasks))
    assert [stage.protection for stage in stages] == [
        (Capability.SSO,),
        (Capability.SSO, Capability.MFA),
        (Capability.SSO, Capability.MFA, Capability.PIM),
    ]
    assert [stage.steps for stage in stages] == [(IDENTITIES,), (PRIVILEGE,), (NETWORK,)]


def test_without_a_task_that_brings_mfa_to_everyone_it_does_not_protect() -> None:
    (stage,) = stages_of(small(outside("sso", IDENTITIES, 5, needs=("mfa", "sso"), reach="everyone")))
    assert stage.protection == (Capability.SSO,)


def test_points_of_nis2_are_supported_as_far_as_finished_tasks_serve_them() -> None:
    tasks = (
        outside("first", IDENTITIES, 5),
        outside("second", PRIVILEGE, 5, "first"),
        outside("third", NETWORK, 5, "second"),
    )
    points = (point("11.3", "first", "second", letter="i"), point("3.2", "third", partial=("first",)), point("4.2"))
    assert [stage.coverage for stage in stages_of(small(*tasks, points=points))] == [
        {"11.3": CoverageState.PARTLY, "3.2": CoverageState.PARTLY, "4.2": CoverageState.OPEN},
        {"11.3": CoverageState.SUPPORTED, "3.2": CoverageState.PARTLY, "4.2": CoverageState.OPEN},
        {"11.3": CoverageState.SUPPORTED, "3.2": CoverageState.SUPPORTED, "4.2": CoverageState.OPEN},
    ]


def test_what_was_done_before_is_supported_and_protects_at_the_first_gate() -> None:
    done = quiet(tasks__edits={"mfa_rollout": {"done": 1}, "remote_mfa": {"done": 1}}, finance__contingency=0)
    tasks = (
        outside("mfa_rollout", IDENTITIES, 5, needs=("mfa", "sso"), reach="everyone"),
        outside("remote_mfa", PRIVILEGE, 5, "mfa_rollout", needs=("mfa",), reach="everyone"),
        outside("zones", NETWORK, 5, "remote_mfa"),
    )
    (stage,) = stages_of(small(*tasks, given=done, points=(point("11.7", "mfa_rollout"),)))
    assert (stage.gate, stage.steps) == (date(2027, 1, 8), (NETWORK,))
    assert stage.coverage == {"11.7": CoverageState.SUPPORTED}
    assert stage.protection == (Capability.SSO, Capability.MFA)


def test_one_step_in_the_plan_is_one_stage(price_book: PriceBook, phase_model: PhaseModel) -> None:
    others = [task.id for task in phase_model.tasks if task.step not in {Step.PREPARATION, IDENTITIES}]
    given = scenario()
    for path, value in left_out(others).items():
        given = given.changed(path, value)
    (stage,) = stages_of(plan(given, price_book, phase_model))
    assert stage.steps == (IDENTITIES,)
    assert stage.open_tasks == ()
