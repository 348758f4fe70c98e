"""Findings in words that a reader understands: every code has them, with its facts and without gaps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.unit.topics.test_report_words import ENGLISH, GERMAN, HARD_SPACE, planned
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.finding import Binds, Code, Fact, Finding, Hindrance, Rests, Severity
from zt_planner.domain.month import Month, months_from
from zt_planner.engine.findings.task_checks import TaskPurchase
from zt_planner.engine.scheduling.calendar import DayOff
from zt_planner.topics.findings.findings import describe, shortened_list
from zt_planner.topics.labels import CAPABILITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.language import Language

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
    Code.STATUS_NOTHING_BOOKED: {"categories": ("licence", "training"), "planned": Decimal("1740.00")},
    Code.STATUS_BOOKED_MUCH: {"categories": ("licence", "training")},
    Code.STATUS_CREDITS_EXCEED: {"categories": ("training",)},
    Code.STATUS_CONTINGENCY_USED_UP: {"total": Decimal("6230.00"), "overruns": Decimal("7000.50")},
    Code.STATUS_APPROVED_DIFFERS: {
        "name": "Board, 4 March",
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
    Code.PRICE_UNVERIFIED: {"prices": PRICES[:2], "share": Decimal("0.2504"), "horizon": 36, "rests": Rests.MONEY},
    Code.FX_EXTRAPOLATED: {"prices": PRICES[:5], "share": Decimal(0), "horizon": 36, "rests": Rests.EFFORT},
    Code.PRICE_WHAT_IF: {"rise": Decimal("0.1"), "day": date(2027, 7, 1)},
    Code.RANGE_SKEWED: {"tasks": ("Just-in-time administration",), "prices": ("external-day",)},
    Code.RANGE_WIDE: {"tasks": ("Install the new hardware",), "prices": ()},
    Code.LICENCE_NO_MIX: {"capabilities": ("edr", "pim"), "provider": "google"},
    Code.LICENCE_OWNED_ABOVE_CAP: {"licence": "m365-business-standard", "people": 350, "cap": 300},
    Code.LICENCE_CREDIT_ASSUMED: {"licence": "m365-business-standard", "people": 1},
    Code.LICENCE_SUITE_CHANGE: {"licence": "m365-e3", "vendor": "Microsoft", "people": 120},
    Code.LICENCE_SEAT_CAP: {"family": "ms-business", "cap": 300},
    Code.LICENCE_MIXED_TENANT: {"capped": 300, "uncapped": 1},
    Code.LICENCE_NO_PIM: {},
    Code.REMOTE_ACCESS_NEEDS_P1: {"people": 20},
    Code.REMOTE_ACCESS_VPN_KEPT: {},
    Code.MONITORING_NONE: {},
    Code.OPERATION_UNWATCHED: {"days": Decimal("5.36")},
    Code.NIS2_MAIN_TASK_MISSING: {"measures": ("b", "i"), "tasks": ("Tune the alerts",)},
    Code.NIS2_REGISTRATION_OVERDUE: {"day": date(2026, 3, 6)},
}
EXPECTED = {
    Code.COMPANY_OUTSIDE_RANGE: "The figures are made for 50 to 500 people; this company has 20 people.",
    Code.HARDWARE_FULL_REUSE: "no firewall, switch or access point for 1 site:",
    Code.PRICE_TWO_OWN_PRICES: "“Internal IT day”, your price of EUR\xa0600.00 applies, not that of EUR\xa0500.00 for",
    Code.TIMELINE_DEADLINE_IMPOSSIBLE: "before 4 October 2027; in this order of the tasks, the earliest finish is 2",
    Code.TIMELINE_FINISH_BY_MISSED: "by 30 June 2027; the plan is finished on 6 August 2027.",
    Code.TIMELINE_OUTSIDE_RANGE: "takes 14.2 months",
    Code.TASK_FIXED_DATE_MISSED: "but what it waits for is not over before 22\xa0March\xa02027: "
    "Network inventory, data-flow map, hardware capability check. It starts on 24\xa0March\xa02027.",
    Code.TASK_FIXED_ON_DAY_OFF: "“Our audit” is set to start on 1\xa0May\xa02027, when nobody works (weekend)",
    Code.TASK_NOT_BOUGHT: "buy: security keys for administrators and licences for just-in-time administration.",
    Code.STATUS_NO_DATE: "There are records for Just-in-time administration, but no status date",
    Code.STATUS_START_PASSED: "was to start on 4\xa0January\xa02027, and no status date says what has been done since",
    Code.STATUS_NOT_IN_PLAN: "not in the plan: Our audit and audits.",
    Code.STATUS_IN_FUTURE: "after the status date, 15 April 2027: Our audit.",
    Code.STATUS_BEFORE_START: "before the plan begins on 4 January 2027: Our audit.",
    Code.STATUS_OUT_OF_SEQUENCE: "“Our audit” was begun before this was done: Zones, VLANs and rule matrix.",
    Code.STATUS_DEADLINE_MISSED: "before 4 October 2027; with the same teams, it finishes on 19 October 2027.",
    Code.STATUS_CLOSED_AHEAD: "On the status date, 15 April 2027, these closed months are not over: April 2027.",
    Code.STATUS_OUTSIDE_PLAN: "The plan does not have these months: December 2026 and January 2040.",
    Code.STATUS_BOOKED_NOT_IN_PLAN: "for tasks that are not in the plan: Our audit and audits.",
    Code.STATUS_NOTHING_BOOKED: "EUR\xa01,740.00 was planned and nothing is booked for: Licences and Training.",
    Code.STATUS_BOOKED_MUCH: "More than twice of all that is planned is booked for: Licences and Training.",
    Code.STATUS_CREDITS_EXCEED: "everything that is booked for: Training.",
    Code.STATUS_CONTINGENCY_USED_UP: "cost EUR\xa07,000.50 more than planned; the contingency was EUR\xa06,230.00.",
    Code.STATUS_APPROVED_DIFFERS: "done by 28 September 2027 for EUR\xa0134,200.00. Computed by this program, it is",
    Code.EFFORT_ASSUMED: "There is no quote yet for 69 of the consultant's days; 41.2% of the money over 36 months",
    Code.TASK_NO_EFFORT: "take no days in this company: Install the new hardware.",
    Code.SCENARIO_NO_EFFECT: "does not use: Install the new hardware and External IT security consultant.",
    Code.FINANCE_CAP_EXCEEDED: "February 2027, March 2027, April 2027 and 5 more; the highest is EUR\xa018,000.67",
    Code.PRICE_MISSING: "no valid price for Entra ID P2.",
    Code.PRICE_STALE: "and 2 more are more than twelve months old; under 0.1% of the money over 36 months and",
    Code.PRICE_UNVERIFIED: "Entra ID P2 and Cloud SIEM for SMEs are assumed or not verified; 25.0% of the money over",
    Code.FX_EXTRAPOLATED: "a later day; no money depends on them, but the value of the internal work does.",
    Code.PRICE_WHAT_IF: "list prices with +10% from 1\xa0July\xa02027 on:",
    Code.RANGE_SKEWED: "administration and External IT security consultant are so skewed",
    Code.RANGE_WIDE: "The ranges of Install the new hardware go beyond twenty times",
    Code.LICENCE_NO_MIX: "With Google Workspace, no allowed combination of licences covers protection of devices",
    Code.LICENCE_OWNED_ABOVE_CAP: "Microsoft 365 Business Standard is allowed for 300 seats at most; 350 people could",
    Code.LICENCE_CREDIT_ASSUMED: "for 1 person;",
    Code.LICENCE_SUITE_CHANGE: "120 people move away from Microsoft 365 E3 (Microsoft).",
    Code.LICENCE_SEAT_CAP: "Microsoft 365 Business is used up to its limit of 300 seats",
    Code.LICENCE_MIXED_TENANT: "300 people would have a suite with a seat limit, 1 person one without.",
    Code.REMOTE_ACCESS_NEEDS_P1: "which the licences for 20 people do not include.",
    Code.OPERATION_UNWATCHED: "in office hours, 5.4 days a month.",
    Code.NIS2_MAIN_TASK_MISSING: "Left out: Tune the alerts. So these NIS2 measures lack a main task, "
    "and are partly supported at most: Incidents (b) and Access control (i).",
}


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=lambda language: language.code)
@pytest.mark.parametrize("code", Code)
def test_every_code_has_words_without_gaps(code: Code, language: Language, price_book: PriceBook) -> None:
    described = describe(Finding(code, Severity.INFO, FACTS[code]), price_book, language)
    assert described.code is code
    for text in (described.title, described.message, described.remedy):
        assert text
        assert not {"{", "}"} & set(text)
        assert not any(price_id in text for price_id in PRICES)


@pytest.mark.parametrize("code", EXPECTED)
def test_a_finding_names_its_facts(code: Code, price_book: PriceBook) -> None:
    message = describe(Finding(code, Severity.INFO, FACTS[code]), price_book, ENGLISH).message
    assert EXPECTED[code].replace(HARD_SPACE, " ") in message.replace(HARD_SPACE, " ")


@pytest.mark.parametrize("code", Code)
def test_no_finding_names_a_command_or_what_is_typed(code: Code, price_book: PriceBook) -> None:
    found = describe(Finding(code, Severity.INFO, FACTS[code]), price_book, ENGLISH)
    assert not [text for text in (found.title, found.message, found.remedy) if "`" in text or "zt-planner" in text]


def test_products_whose_names_hold_commas_are_told_apart(price_book: PriceBook) -> None:
    ids = ("managed-switch-24", "entra-p2", "fido2-key", "cloud-siem", "ztna-user", "mdr-endpoint")
    few = describe(Finding(Code.PRICE_MISSING, Severity.WARNING, {"prices": ids[:2]}), price_book, ENGLISH)
    assert "no valid price for Managed switch, 24 ports; Entra ID P2." in few.message
    many = describe(Finding(Code.PRICE_MISSING, Severity.WARNING, {"prices": ids}), price_book, ENGLISH)
    assert "Managed switch, 24 ports; Entra ID P2; FIDO2 security key; Cloud SIEM for SMEs and 2 more." in many.message


def test_a_missed_deadline_says_what_binds(price_book: PriceBook) -> None:
    facts = {**FACTS[Code.TIMELINE_DEADLINE_IMPOSSIBLE], "binds": Binds.TEAMS}
    described = describe(Finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE, Severity.WARNING, facts), price_book, ENGLISH)
    assert "in this order of the tasks, with the largest teams allowed, it finishes on" in described.message
    assert "larger teams" in described.remedy

    dated = {**FACTS[Code.TIMELINE_DEADLINE_IMPOSSIBLE], "binds": Binds.DATES}
    described = describe(Finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE, Severity.WARNING, dated), price_book, ENGLISH)
    assert "The dates set for tasks are the limit" in described.message


@pytest.mark.parametrize("binds", Binds)
def test_a_missed_deadline_leaves_another_order_open(binds: Binds, price_book: PriceBook) -> None:
    facts = {**FACTS[Code.TIMELINE_DEADLINE_IMPOSSIBLE], "binds": binds}
    described = describe(Finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE, Severity.WARNING, facts), price_book, ENGLISH)
    assert "in this order of the tasks" in described.message
    assert "evel the plan on the Limits page: another order may finish earlier" in described.remedy


def test_an_odd_target_is_named(price_book: PriceBook) -> None:
    facts = {**FACTS[Code.TIMELINE_OUTSIDE_RANGE], "target": 24}
    message = describe(Finding(Code.TIMELINE_OUTSIDE_RANGE, Severity.INFO, facts), price_book, ENGLISH).message
    assert message.startswith("Months requested: 24.")


def test_every_capability_has_a_word() -> None:
    assert set(CAPABILITIES) == set(Capability)


def test_a_list_of_five_is_shown_whole() -> None:
    assert shortened_list(list("abcde"), ENGLISH) == "a, b, c, d and e"
    assert shortened_list(list("abcdef"), ENGLISH) == "a, b, c, d and 2 more"
    assert shortened_list([], ENGLISH) == ""


def test_the_findings_of_real_plans_have_words(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    for settings in (
        ("finance.monthly_cap=100", "company.employees=350", "company.owned_licence=m365-business-standard"),
        ("timeline.target_months=2", "timeline.start=2021-03-01"),
        ("company.employees=320", "choices.monitoring=none", "choices.remote_access=vpn"),
        ("choices.identity_provider=google", "choices.segmentation=micro"),
        ("labour.internal_day_cost=1", "prices.overrides.internal-day=2", "timeline.target_months=40"),
    ):
        plan = planned(settings, price_book, phase_model, today)
        assert len(plan.findings) > 2
        assert all("{" not in describe(finding, price_book, ENGLISH).message for finding in plan.findings)
