"""What is set and changes nothing is said: prices at which nothing is bought, figures of tasks that a choice drops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.builders import book, case, day_rate, model, price, quiet, task
from zt_planner.domain.finding import Code, Fact
from zt_planner.engine.findings.checks import no_effect_findings

PRICES = ("mdr-endpoint", "cloud-siem", "firewall", "managed-service-user")
RATES = ("internal-day", "external-day", "external-day-at")
BOOK = book(
    price("suite", grants=["office", "mail"]),
    price("owned"),
    price("ztna-user", vendor="various", grants=["ztna"]),
    *(price(key, category="monitoring", unit="company/month") for key in PRICES),
    *(day_rate(key) for key in RATES),
)
TASKS = model(
    task("ztna", falls_away_when="keep_vpn"),
    task("monitoring_onboarding", falls_away_when="no_siem"),
    task("mdr_onboarding", falls_away_when="no_mdr"),
    task("other"),
)


def unused(**fields: Any) -> list[Mapping[str, Fact]]:  # noqa: ANN401 - any field of a scenario
    """Return what is said to have no effect."""
    results = list(no_effect_findings(case(quiet(**fields), BOOK, TASKS)))
    assert {finding.code for finding in results} <= {Code.SCENARIO_NO_EFFECT}
    return [finding.facts for finding in results]


def test_a_price_at_which_nothing_is_bought_has_no_effect() -> None:
    own = dict.fromkeys((*PRICES, *RATES, "suite", "owned", "ztna-user"), 20)
    (facts,) = unused(prices__overrides=own)
    assert facts == {
        "tasks": (),
        "prices": ("external-day-at", "firewall", "managed-service-user", "mdr-endpoint", "owned", "ztna-user"),
    }
    (facts,) = unused(
        prices__overrides=own,
        choices__remote_access="ztna",
        choices__monitoring="mdr",
        choices__operation="partner",
        timeline__region="AT",
        company__owned_licences=[{"licence": "owned"}],
    )
    assert facts["prices"] == ("cloud-siem", "firewall")


def test_a_price_of_what_runs_already_has_no_effect_and_one_of_what_is_done_has() -> None:
    fields: dict[str, Any] = {"prices__overrides": {"cloud-siem": 20}}
    assert unused(**fields, tasks__edits={"monitoring_onboarding": {"done": 1}}) == []
    (facts,) = unused(**fields, company__running=["siem"])
    assert facts["prices"] == ("cloud-siem",)


def test_a_price_of_what_was_bought_once_with_a_done_task_has_no_effect() -> None:
    given = quiet(prices__overrides={"fido2-key": 20}, tasks__edits={"admin_mfa": {"done": 1}})
    shelf = book(price("fido2-key", unit="piece", category="hardware"))
    (finding,) = no_effect_findings(case(given, shelf, model(task("admin_mfa"), task("other"))))
    assert finding.facts["prices"] == ("fido2-key",)


def test_a_price_of_a_task_that_is_left_out_has_no_effect() -> None:
    fields: dict[str, Any] = {"prices__overrides": {"ztna-user": 20}, "choices__remote_access": "ztna"}
    assert unused(**fields) == []
    (facts,) = unused(**fields, tasks__edits={"ztna": {"in_scope": False}})
    assert facts["prices"] == ("ztna-user",)


@pytest.mark.parametrize(
    "figures",
    [
        {"effort_days": 3},
        {"min_length_days": 3},
        {"wait_weeks": 1},
        {"earliest_start": "2027-03-01"},
        {"fixed_start": "2027-03-01"},
    ],
)
def test_figures_of_a_task_that_a_choice_drops_have_no_effect(figures: dict[str, Any]) -> None:
    edits = {"ztna": figures, "other": figures}
    assert unused(tasks__edits=edits) == []
    (facts,) = unused(tasks__edits=edits, choices__remote_access="vpn")
    assert facts == {"tasks": ("ztna",), "prices": ()}


def test_ranges_of_a_task_that_a_choice_drops_have_no_effect() -> None:
    ranges: dict[str, Any] = {"uncertainty__effort_ranges": {"ztna": (1, 2), "other": (1, 2)}}
    ranges["uncertainty__wait_ranges"] = {"monitoring_onboarding": (1, 2)}
    (facts,) = unused(choices__remote_access="vpn", choices__monitoring="none", **ranges)
    assert facts["tasks"] == ("ztna", "monitoring_onboarding")


@pytest.mark.parametrize("edit", [{"after": ["other"]}, {"effort_days": 3, "in_scope": False}, {"in_scope": True}])
def test_what_is_left_out_by_hand_stays_in_or_only_waits_is_not_said(edit: dict[str, Any]) -> None:
    assert unused(choices__remote_access="vpn", tasks__edits={"ztna": edit}) == []
