"""Findings in words that a reader understands: every code has them, with its facts and without gaps."""

from __future__ import annotations

from datetime import date

from tests.approval import Says
from tests.unit.topics.test_report_words import planned
from tests.words import told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import Capability, PriceBook
from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.labels import CAPABILITIES, shortened_list


def test_products_whose_names_hold_commas_are_told_apart(price_book: PriceBook, says: Says) -> None:
    ids = ("managed-switch-24", "entra-p2", "fido2-key", "cloud-siem", "ztna-user", "mdr-endpoint")
    few = told(describe(Finding(Code.PRICE_MISSING, Severity.WARNING, {"prices": ids[:2]}), price_book))
    says(few.message)
    many = told(describe(Finding(Code.PRICE_MISSING, Severity.WARNING, {"prices": ids}), price_book))
    says(many.message)


def test_every_capability_has_a_word() -> None:
    assert set(CAPABILITIES) == set(Capability)


def test_a_list_of_five_is_shown_whole() -> None:
    assert told(shortened_list(list("abcde"))) == "a, b, c, d and e"
    assert told(shortened_list(list("abcdef"))) == "a, b, c, d and 2 more"
    assert told(shortened_list([])) == ""


def test_the_findings_of_real_plans_have_words(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    for settings in (
        (
            "finance.monthly_cap=100",
            "company.employees=350",
            'company.owned_licences=[{"licence": "m365-business-standard"}]',
        ),
        ("timeline.target_months=2", "timeline.start=2021-03-01"),
        ("company.employees=320", "choices.monitoring=none", "choices.remote_access=vpn"),
        ("choices.identity_provider=google", "choices.segmentation=micro"),
        ("labour.internal_day_cost=1", "prices.overrides.internal-day=2", "timeline.target_months=40"),
    ):
        plan = planned(settings, price_book, phase_model, today)
        assert len(plan.findings) > 2
        assert all("{" not in told(describe(finding, price_book)).message for finding in plan.findings)
