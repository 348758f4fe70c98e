"""Findings: doubtful or contradictory input, as data beside the plan.

A finding keeps its facts, not its words: `topics.findings.findings` writes message and
remedy in the reader's language. `docs/findings.md` lists every code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.month import Month

Fact: TypeAlias = "str | int | Decimal | date | tuple[str, ...] | tuple[Month, ...] | None"


class Severity(StrEnum):
    """How much a finding matters: blocking ones make `zt-planner check` fail."""

    BLOCKING = "blocking"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """The stable code of each finding, `topic.situation`."""

    COMPANY_OUTSIDE_RANGE = "company.outside_range"
    TIMELINE_OUTSIDE_RANGE = "timeline.outside_range"
    TIMELINE_DEADLINE_IMPOSSIBLE = "timeline.deadline_impossible"
    TIMELINE_TOO_LONG = "timeline.too_long"
    TIMELINE_NO_WORK = "timeline.no_work"
    TIMELINE_HOLIDAYS_UNKNOWN = "timeline.holidays_unknown"
    TIMELINE_FINISH_BY_MISSED = "timeline.finish_by_missed"
    TIMELINE_LEVELLING_SET_ASIDE = "timeline.levelling_set_aside"
    TIMELINE_LEVELLING_OUTDATED = "timeline.levelling_outdated"
    TASK_FIXED_DATE_MISSED = "task.fixed_date_missed"
    TASK_FIXED_ON_DAY_OFF = "task.fixed_on_day_off"
    TASK_NOT_BOUGHT = "task.not_bought"
    TASK_NO_EFFORT = "task.no_effort"
    SCENARIO_NO_EFFECT = "scenario.no_effect"
    STATUS_NO_DATE = "status.no_date"
    STATUS_START_PASSED = "status.start_passed"
    STATUS_NOTHING_RECORDED = "status.nothing_recorded"
    STATUS_NOT_IN_PLAN = "status.not_in_plan"
    STATUS_IN_FUTURE = "status.in_future"
    STATUS_BEFORE_START = "status.before_start"
    STATUS_OUT_OF_SEQUENCE = "status.out_of_sequence"
    STATUS_DEADLINE_MISSED = "status.deadline_missed"
    STATUS_CLOSED_AHEAD = "status.closed_ahead"
    STATUS_OUTSIDE_PLAN = "status.outside_plan"
    STATUS_BOOKED_NOT_IN_PLAN = "status.booked_not_in_plan"
    STATUS_NOTHING_BOOKED = "status.nothing_booked"
    STATUS_BOOKED_MUCH = "status.booked_much"
    STATUS_CREDITS_EXCEED = "status.credits_exceed"
    STATUS_CONTINGENCY_USED_UP = "status.contingency_used_up"
    STATUS_APPROVED_DIFFERS = "status.approved_differs"
    FINANCE_CAP_EXCEEDED = "finance.cap_exceeded"
    PRICE_MISSING = "price.missing"
    PRICE_STALE = "price.stale"
    PRICE_ASSUMED = "price.assumed"
    EFFORT_ASSUMED = "effort.assumed"
    PRICE_WHAT_IF = "price.what_if"
    PRICE_TWO_OWN_PRICES = "price.two_own_prices"
    FX_EXTRAPOLATED = "fx.extrapolated"
    LICENCE_NO_MIX = "licence.no_mix"
    LICENCE_OWNED_ABOVE_CAP = "licence.owned_above_cap"
    LICENCE_OWNED_UNUSED = "licence.owned_unused"
    LICENCE_SAVES = "licence.saves"
    LICENCE_PAID_TWICE = "licence.paid_twice"
    LICENCE_CREDIT_ASSUMED = "licence.credit_assumed"
    LICENCE_SUITE_CHANGE = "licence.suite_change"
    LICENCE_SEAT_CAP = "licence.seat_cap"
    REMOTE_ACCESS_NEEDS_P1 = "remote_access.needs_p1"
    REMOTE_ACCESS_VPN_KEPT = "remote_access.vpn_kept"
    LICENCE_NO_PIM = "licence.no_pim"
    LICENCE_NO_RISK_ACCESS = "licence.no_risk_access"
    LICENCE_CAPABILITY_LOST = "licence.capability_lost"
    LICENCE_NO_TEAMS = "licence.no_teams"
    LICENCE_TWO_ENDPOINT_PRODUCTS = "licence.two_endpoint_products"
    LICENCE_MIXED_TENANT = "licence.mixed_tenant"
    MONITORING_NONE = "monitoring.none"
    RUNNING_NOT_CHOSEN = "running.not_chosen"
    DEVICES_MACS_UNMANAGED = "devices.macs_unmanaged"
    TASKS_DONE_WITHOUT_TASK = "tasks.done_without_task"
    TASKS_DONE_BEFORE = "tasks.done_before"
    OPERATION_UNWATCHED = "operation.unwatched"
    NIS2_MAIN_TASK_MISSING = "nis2.main_task_missing"
    NIS2_REGISTRATION_OVERDUE = "nis2.registration_overdue"
    HARDWARE_FULL_REUSE = "hardware.full_reuse"
    RANGE_SKEWED = "range.skewed"
    RANGE_WIDE = "range.wide"


INVOICE_CODES = frozenset(
    {
        Code.STATUS_CLOSED_AHEAD,
        Code.STATUS_OUTSIDE_PLAN,
        Code.STATUS_BOOKED_NOT_IN_PLAN,
        Code.STATUS_NOTHING_BOOKED,
        Code.STATUS_BOOKED_MUCH,
        Code.STATUS_CREDITS_EXCEED,
        Code.STATUS_CONTINGENCY_USED_UP,
    }
)
"""Those of `status` about what was invoiced."""
TASK_STATUS_CODES = frozenset(code for code in Code if code.startswith("status.")) - INVOICE_CODES
"""Those about tasks."""


class Binds(StrEnum):
    """What keeps a plan from its deadline: waits and least lengths or dates of tasks, whatever the teams; or these."""

    WAITS = "waits"
    DATES = "dates"
    TEAMS = "teams"


class Rests(StrEnum):
    """What rests on doubtful prices: money, the value of the internal work, which is no money, or both."""

    MONEY = "money"
    EFFORT = "effort"
    BOTH = "both"


class Hindrance(StrEnum):
    """What keeps a task from its fixed date: the plan's start, the status date, tasks before it, or a busy team."""

    START = "start"
    STATUS = "status"
    PREDECESSORS = "predecessors"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about the input or the plan; `facts` fill the message's gaps."""

    code: Code
    severity: Severity
    facts: Mapping[str, Fact] = field(default_factory=dict)
