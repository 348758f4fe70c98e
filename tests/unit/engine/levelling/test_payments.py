"""What the days on which tasks start make each month pay, against the payments of a whole plan."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import EVERYONE, OPENING, case, left_out, months_of
from zt_planner.domain.categories import Kind
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.money import ZERO
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import cash_by_month, payment
from zt_planner.engine.levelling.limits import limits_of, with_limits
from zt_planner.engine.levelling.problem import setting_of
from zt_planner.engine.planner import build_plan
from zt_planner.engine.rcpsp.serial import precedence_list, serial_schedule

UNDER_WAY = {
    "timeline.start": "2027-01-04",
    "status.at": "2027-03-01",
    "status.tasks": {"kickoff": {"started": "2027-01-04", "finished": "2027-01-08"}},
}
RISE = {"prices.rise": Decimal("0.1"), "prices.rise_from": "2027-07-01"}


@pytest.mark.extended
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"choices.billing": "annual_prepaid", "company.employees": 60},
        {
            "choices.billing": "monthly",
            "company.owned_licences": [{"licence": "m365-business-standard"}],
            "finance.contingency": 0,
        },
        {"choices.identity_provider": "google", "choices.monitoring": "siem_and_mdr", "choices.hardware_reuse": 0},
        {**RISE, "company.employees": 310},
        {"tasks.edits.just_in_time.in_scope": False, "choices.monitoring": "none"},
        left_out(("mfa_rollout", "edr_onboarding", "enrolment", "mfa_pilot")),
        {"choices.operation": "partner"},
        {**UNDER_WAY, "status.closed": ["2027-01", "2027-02"], "status.bookings": {"2027-01/hardware/": "9999999.99"}},
        {**UNDER_WAY, "status.closed": ["2027-02"], "choices.billing": "annual_prepaid"},
        left_out(OPENING),
        left_out((*OPENING, "just_in_time")),
        left_out(EVERYONE),
        {**RISE, **left_out(EVERYONE), "company.employees": 310},
        {**RISE, **left_out(EVERYONE), "company.owned_licences": [{"licence": "m365-business-standard"}]},
    ],
)
def test_a_month_pays_what_its_tasks_and_licences_say(
    changes: dict[str, Any], price_book: PriceBook, phase_model: PhaseModel
) -> None:
    compare_months(changes, price_book, phase_model)


def compare_months(changes: dict[str, Any], price_book: PriceBook, phase_model: PhaseModel) -> None:
    """Compare what the ledger says of several orders of a plan's tasks with what their plans pay."""
    scenario = Scenario()
    for path, value in changes.items():
        scenario = scenario.changed(path, value)
    before = build_plan(case(scenario, price_book, phase_model))
    setting = setting_of(case(with_limits(before.scenario, limits_of(before)), price_book, phase_model))
    assert setting is not None
    ledger = setting.payments.ledger(None)
    for keys in (setting.quick, range(setting.uncapped.size), range(setting.uncapped.size, 0, -1)):
        starts = serial_schedule(setting.uncapped, precedence_list(setting.uncapped, keys), setting.uncapped.horizon)
        assert starts is not None
        plan = build_plan(case(setting.levelled(starts), price_book, phase_model))
        assert [task.start for task in plan.tasks] == [setting.axis.day(start) for start in starts]
        paid = dict(cash_by_month((*plan.cost_lines, *plan.prepaid_tail), plan.months, payment))
        paid |= dict.fromkeys(setting.payments.closed, ZERO)
        spent = ledger.spent(starts, setting.uncapped.finish_of(starts))
        steered = Counter(month for task in plan.tasks for month in months_of(task) if task.work.whole.external)
        for month, amount in zip(setting.payments.months, spent, strict=True):
            limit, units = setting.payments.limit_of(paid.get(month)), setting.payments.units
            rounded_up = steered[month] * units[Kind.ONE_OFF]  # coordination of each task, to the next cent
            assert limit - units[Kind.RECURRING] < amount <= limit + rounded_up or month not in paid


def test_without_licences_nothing_opens(price_book: PriceBook, phase_model: PhaseModel) -> None:
    none = Scenario().changed("choices.identity_provider", "okta")
    empty = PriceBook(
        (*(row for row in price_book.prices if row.category != "licence"),), price_book.rates, price_book.vat
    )
    limits = limits_of(build_plan(case(none, empty, phase_model)))
    setting = setting_of(case(with_limits(none, limits), empty, phase_model))
    assert setting is not None
    ledger = setting.payments.ledger(None)
    assert all(amounts == () for opening in ledger.openings for kind in opening.amounts for amounts in kind)
