"""Findings, errors and answers of the command line say what a person has approved, in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Approval
from tests.unit.test_errors import CLASSES, PARTS
from tests.words import told
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Binds, Code, Fact, Finding, Hindrance, Rests, Severity
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import Team
from zt_planner.engine.findings.task_checks import TaskPurchase
from zt_planner.engine.scheduling.calendar import DayOff
from zt_planner.errors import CircleProblem, SessionError, StoreError
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.error_texts import explain
from zt_planner.topics.findings.findings import describe

every_language = pytest.mark.parametrize("code", LanguageCode)

PRICES: tuple[str, ...] = ("entra-p2", "cloud-siem", "fido2-key", "internal-day", "ztna-user", "mdr-endpoint")

FACTS: Mapping[Code, Mapping[str, Fact]] = {
    Code.COMPANY_OUTSIDE_RANGE: {"employees": 20, "fewest": 50, "most": 500},
    Code.HARDWARE_FULL_REUSE: {"sites": 1},
    Code.PRICE_TWO_OWN_PRICES: {
        "price_id": "internal-day",
        "override": Decimal(600),
        "other_id": "internal-day",
        "other": Decimal(500),
    },
    Code.TIMELINE_TOO_LONG: {},
    Code.TIMELINE_NO_WORK: {},
    Code.TIMELINE_HOLIDAYS_UNKNOWN: {"region": "IN", "years": ("2036", "2037")},
    Code.TIMELINE_DEADLINE_IMPOSSIBLE: {
        "deadline": date(2027, 10, 4),
        "finish": date(2027, 11, 2),
        "binds": Binds.WAITS,
        "sure": Decimal("0.8"),
    },
    Code.TIMELINE_OUTSIDE_RANGE: {"months": Decimal("14.2"), "target": None, "fewest": 6, "most": 12},
    Code.TIMELINE_FINISH_BY_MISSED: {"day": date(2027, 6, 30), "finish": date(2027, 8, 6)},
    Code.TIMELINE_LEVELLING_SET_ASIDE: {},
    Code.TIMELINE_LEVELLING_OUTDATED: {},
    Code.TASK_FIXED_DATE_MISSED: {
        "task": "Zones, VLANs and rule matrix",
        "day": date(2027, 3, 1),
        "start": date(2027, 3, 24),
        "by": Hindrance.PREDECESSORS,
        "others": ("Network inventory, data-flow map, hardware capability check",),
        "until": date(2027, 3, 22),
    },
    Code.TASK_FIXED_ON_DAY_OFF: {
        "task": "Our audit",
        "day": date(2027, 5, 1),
        "start": date(2027, 5, 3),
        "off": DayOff.WEEKEND,
    },
    Code.TASK_NOT_BOUGHT: {"tasks": ("Just-in-time administration",), "bought": (TaskPurchase.KEYS, "pim")},
    Code.STATUS_NO_DATE: {"tasks": ("Just-in-time administration",)},
    Code.STATUS_START_PASSED: {"start": date(2027, 1, 4)},
    Code.STATUS_NOT_IN_PLAN: {"tasks": ("Our audit", "audits")},
    Code.STATUS_IN_FUTURE: {"tasks": ("Our audit",), "day": date(2027, 4, 15)},
    Code.STATUS_BEFORE_START: {"tasks": ("Our audit",), "start": date(2027, 1, 4)},
    Code.STATUS_OUT_OF_SEQUENCE: {"task": "Our audit", "others": ("Zones, VLANs and rule matrix",)},
    Code.STATUS_DEADLINE_MISSED: {"deadline": date(2027, 10, 4), "finish": date(2027, 10, 19)},
    Code.STATUS_CLOSED_AHEAD: {"months": (Month(2027, 4),), "day": date(2027, 4, 15)},
    Code.STATUS_OUTSIDE_PLAN: {"months": (Month(2026, 12), Month(2040, 1))},
    Code.STATUS_BOOKED_NOT_IN_PLAN: {"tasks": ("Our audit", "audits")},
    Code.STATUS_NOTHING_RECORDED: {"since": date(2027, 1, 4), "day": date(2027, 3, 1)},
    Code.STATUS_NOTHING_BOOKED: {"categories": ("licence", "training"), "planned": Decimal("1740.00")},
    Code.STATUS_BOOKED_MUCH: {"categories": ("licence", "training")},
    Code.STATUS_CREDITS_EXCEED: {"categories": ("training",)},
    Code.STATUS_CONTINGENCY_USED_UP: {"total": Decimal("6230.00"), "overruns": Decimal("7000.50")},
    Code.STATUS_APPROVED_DIFFERS: {
        "on": date(2027, 3, 4),
        "finish": date(2027, 9, 28),
        "budget": Decimal("134200.00"),
        "finish_now": date(2027, 9, 29),
        "budget_now": Decimal("134200.10"),
    },
    Code.EFFORT_ASSUMED: {"share": Decimal("0.412"), "horizon": 36, "days": 69},
    Code.TASK_NO_EFFORT: {"tasks": ("Install the new hardware",)},
    Code.SCENARIO_NO_EFFECT: {"tasks": ("Install the new hardware",), "prices": ("external-day",)},
    Code.FINANCE_CAP_EXCEEDED: {
        "cap": Decimal(9000),
        "months": months_from(Month(2027, 1), 9),
        "largest": Decimal("18000.67"),
    },
    Code.PRICE_MISSING: {"prices": PRICES[:1]},
    Code.PRICE_STALE: {"prices": PRICES, "share": Decimal("0.0004"), "horizon": 36, "rests": Rests.BOTH},
    Code.PRICE_ASSUMED: {"prices": PRICES[:2], "share": Decimal("0.2504"), "horizon": 36, "rests": Rests.MONEY},
    Code.FX_EXTRAPOLATED: {"prices": PRICES[:5], "share": Decimal(0), "horizon": 36, "rests": Rests.EFFORT},
    Code.PRICE_WHAT_IF: {"rise": Decimal("0.1"), "day": date(2027, 7, 1)},
    Code.RANGE_SKEWED: {"tasks": ("Just-in-time administration",), "prices": ("external-day",)},
    Code.RANGE_WIDE: {"tasks": ("Install the new hardware",), "prices": ()},
    Code.LICENCE_NO_MIX: {"capabilities": ("edr", "pim"), "provider": "google"},
    Code.LICENCE_OWNED_UNUSED: {"licence": "m365-e3", "seats": 30, "cap": None},
    Code.LICENCE_OWNED_ABOVE_CAP: {"licence": "m365-business-standard", "seats": 50, "cap": 300},
    Code.LICENCE_PAID_TWICE: {
        "licence": "m365-e3",
        "from": date(2027, 2, 1),
        "until": date(2027, 6, 30),
        "amount": Decimal("5160.00"),
    },
    Code.LICENCE_SAVES: {"people": 1},
    Code.LICENCE_CAPABILITY_LOST: {"capabilities": ("edr", "pim"), "provider": "google"},
    Code.LICENCE_NO_TEAMS: {"people": 120},
    Code.LICENCE_NO_RISK_ACCESS: {"provider": "okta"},
    Code.LICENCE_TWO_ENDPOINT_PRODUCTS: {},
    Code.RUNNING_NOT_CHOSEN: {"running": ("siem", "managed_service")},
    Code.DEVICES_MACS_UNMANAGED: {"macs": 12},
    Code.TASKS_DONE_WITHOUT_TASK: {"tasks": ("Install the new hardware",)},
    Code.TASKS_DONE_BEFORE: {"tasks": ("Our audit",), "others": ("Zones, VLANs and rule matrix",)},
    Code.LICENCE_CREDIT_ASSUMED: {"licence": "m365-business-standard", "people": 1},
    Code.LICENCE_SUITE_CHANGE: {"licence": "m365-e3", "vendor": "Microsoft", "people": 120},
    Code.LICENCE_SEAT_CAP: {"family": "ms-business", "cap": 300},
    Code.LICENCE_MIXED_TENANT: {"capped": 300, "uncapped": 1},
    Code.LICENCE_NO_PIM: {},
    Code.REMOTE_ACCESS_NEEDS_P1: {"people": 20},
    Code.REMOTE_ACCESS_VPN_KEPT: {},
    Code.MONITORING_NONE: {},
    Code.OPERATION_UNWATCHED: {"days": Decimal("5.36")},
    Code.NIS2_MAIN_TASK_MISSING: {"points": ("3.2", "11.7"), "tasks": ("Tune the alerts",)},
    Code.NIS2_REGISTRATION_OVERDUE: {"day": date(2026, 3, 6)},
}
DEADLINE, MISSED = FACTS[Code.TIMELINE_DEADLINE_IMPOSSIBLE], FACTS[Code.TASK_FIXED_DATE_MISSED]
OTHERS: Sequence[tuple[Code, Mapping[str, Fact]]] = (
    *((Code.TIMELINE_DEADLINE_IMPOSSIBLE, {**DEADLINE, "binds": binds}) for binds in Binds if binds is not Binds.WAITS),
    (Code.TIMELINE_OUTSIDE_RANGE, {**FACTS[Code.TIMELINE_OUTSIDE_RANGE], "target": 24}),
    (Code.PRICE_WHAT_IF, {"rise": Decimal("-0.05"), "day": None}),
    (Code.PRICE_MISSING, {"prices": ("managed-switch-24", *PRICES)}),
    (Code.TASK_FIXED_DATE_MISSED, {**MISSED, "by": Hindrance.START, "plan_start": date(2027, 3, 22)}),
    (Code.TASK_FIXED_DATE_MISSED, {**MISSED, "by": Hindrance.STATUS}),
    *((Code.TASK_FIXED_DATE_MISSED, {**MISSED, "by": Hindrance.TEAM, "team": team}) for team in Team),
    (Code.TASK_FIXED_DATE_MISSED, {"task": None, "tasks": ("Our audit", "Just-in-time administration")}),
    (Code.TASK_FIXED_ON_DAY_OFF, {"task": None, "tasks": ("Our audit", "Just-in-time administration")}),
    (Code.STATUS_OUT_OF_SEQUENCE, {"task": None, "tasks": ("Our audit", "Just-in-time administration")}),
    (Code.STATUS_CLOSED_AHEAD, {"months": (Month(2027, 4),), "day": None}),
    (Code.LICENCE_PAID_TWICE, {**FACTS[Code.LICENCE_PAID_TWICE], "amount": None}),
)
"""Findings that are told in another way in another situation."""


def test_every_finding_is_approved() -> None:
    assert set(FACTS) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_no_finding_names_a_command_an_id_or_a_gap(code: Code, price_book: PriceBook) -> None:
    found = told(describe(Finding(code, Severity.INFO, FACTS[code]), price_book))
    for text in (found.title, found.message, found.remedy):
        assert text
        assert not [part for part in ("`", "zt-planner", "{", "}", *PRICES) if part in text]


@every_language
def test_the_findings(code: LanguageCode, price_book: PriceBook, approval: Approval) -> None:
    approval.check("findings", code, finding_lines(price_book, Language(code)))


def finding_lines(book: PriceBook, language: Language) -> Iterator[str]:
    """Yield every finding with its remedy."""
    for code, facts in (*FACTS.items(), *OTHERS):
        found = told(describe(Finding(code, Severity.INFO, facts), book), language)
        yield from ("", f"# {code}", found.title, found.message, found.remedy)


@every_language
def test_the_errors(code: LanguageCode, approval: Approval) -> None:
    approval.check("errors", code, error_lines(Language(code)))


def error_lines(language: Language) -> Iterator[str]:
    """Yield every error that words itself, with x for what it names; the others say what they are made with."""
    for kind in CLASSES:
        if issubclass(kind, SessionError | StoreError | CircleProblem) and kind is not SessionError:
            error = next(make for above, make in PARTS.items() if issubclass(kind, above))(kind)
            yield from ("", f"# {kind.__name__}", *told(explain(error), language))
