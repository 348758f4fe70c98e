"""What is doubtful about a scenario or its plan: one finding, one reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import (
    SIGN_IN,
    SUITE,
    TODAY,
    book,
    case,
    day_rate,
    line,
    model,
    offer,
    operation,
    plan,
    price,
    quiet,
    scenario,
    task,
)
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import Operation
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.finding import Binds, Code, Finding, Rests, Severity
from zt_planner.domain.money import ZERO
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import CoverageState, Group, HeldLicence, Holding, Mix, PointCoverage, UnitPrice
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.findings import checks
from zt_planner.engine.licensing.holders import HandedOut
from zt_planner.engine.licensing.licences import Licensing
from zt_planner.engine.licensing.seats import SeatChange, Seats

MARCH = Month(2027, 3)
EXTERNAL_DAYS = ("external-day", "external-day-at", "external-day-ch")
OFFERS = {
    item.id: item
    for item in (
        offer("premium", "20.00", *SUITE, *SIGN_IN, "edr", "teams", position=0, family="ms-business", cap=300),
        offer("workspace", "14.00", *SUITE, position=1, vendor="Google"),
        offer("okta", "6.00", *SIGN_IN, position=2, vendor="Okta"),
        offer("uncapped", "40.00", *SUITE, "teams", position=3, family="large"),
        offer("defender-business", "3.00", "edr", position=4, family="defender-business", cap=300),
        offer("defender-endpoint-p2", "5.00", "edr", position=5),
        offer("e5", "50.00", *SUITE, *SIGN_IN, "edr", position=6),
        offer("shield", "5.00", "edr", position=7),
    )
}


def codes(findings: Iterable[Finding]) -> list[Code]:
    return [finding.code for finding in findings]


def asked(given: Scenario, *activities: Operation) -> Case:
    """Return the case of a scenario, with a book of the rates that it may set."""
    rates = (day_rate(key, 1) for key in ("internal-day", *EXTERNAL_DAYS))
    return case(given, book(*rates), model(task("any"), operations=activities))


@pytest.mark.parametrize(("employees", "is_outside"), [(49, True), (50, False), (500, False), (501, True)])
def test_a_company_outside_50_to_500_people_is_doubtful(employees: int, *, is_outside: bool) -> None:
    given = scenario(company__employees=employees, choices__hardware_reuse=0)
    assert codes(checks.company_findings(asked(given))) == ([Code.COMPANY_OUTSIDE_RANGE] if is_outside else [])


def test_full_reuse_of_the_hardware_is_an_assumption() -> None:
    assert codes(checks.company_findings(asked(scenario()))) == [Code.HARDWARE_FULL_REUSE]


def test_what_replaces_nothing_is_full_reuse_as_well() -> None:
    assert codes(checks.company_findings(asked(scenario(choices__hardware_reuse=0.99)))) == [Code.HARDWARE_FULL_REUSE]
    assert codes(checks.company_findings(asked(scenario(choices__hardware_reuse=0.9)))) == []


def months_of(given: Scenario, days: int) -> list[Finding]:
    """Return the findings about the timeline of a task of so many working days."""
    result = plan(given, book(), model(task("a", days=days)))
    return [finding for finding in result.findings if finding.code.startswith("timeline.")]


@pytest.mark.parametrize(
    ("days", "is_outside"),
    [
        (129, True),  # to Thursday 1 July 2027, within six months
        (130, True),  # to Friday 2 July
        (131, False),  # to Monday 5 July: six months are over on Sunday 4
        (260, False),  # to Friday 31 December
        (261, False),  # to Monday 3 January 2028
        (262, True),  # to Tuesday 4 January
    ],
)
def test_a_finish_before_six_months_or_after_twelve_is_unusual(days: int, *, is_outside: bool) -> None:
    result = months_of(quiet(), days)
    assert codes(result) == ([Code.TIMELINE_OUTSIDE_RANGE] if is_outside else [])


def test_a_target_outside_6_to_12_months_is_unusual() -> None:
    (finding,) = months_of(quiet(timeline__mode="deadline", timeline__target_months=13), 150)
    assert finding.facts["target"] == 13
    assert months_of(quiet(timeline__target_months=13), 150) == []


def test_an_impossible_deadline_says_what_binds_and_when_it_would_be_done() -> None:
    given = {"timeline__mode": "deadline", "timeline__target_months": 6, "timeline__max_internal_days_per_week": 5}
    (finding,) = months_of(quiet(**given), 150)
    assert finding.code is Code.TIMELINE_DEADLINE_IMPOSSIBLE
    assert finding.facts == {
        "deadline": date(2027, 7, 4),
        "finish": date(2027, 7, 30),
        "binds": Binds.TEAMS,
        "sure": Decimal("0.8"),
    }
    (as_planned,) = months_of(quiet(**given, timeline__confidence="planned"), 150)
    assert "sure" not in as_planned.facts


def test_payments_above_the_cap_are_named_with_their_months() -> None:
    lines = (
        line("2027-03", "60.00"),
        line("2027-04", "60.00", paid_in=MARCH),
        line("2027-05", "100.00"),
        line("2027-05", "999.00", category=CostCategory.INTERNAL),
    )
    given = scenario(finance__monthly_cap=100)
    (finding,) = checks.cap_findings(given, lines, months_from(MARCH, 3))
    assert finding.facts == {"cap": Decimal(100), "months": (MARCH,), "largest": Decimal("120.00")}


def test_without_a_cap_or_below_it_nothing_is_said() -> None:
    lines = (line("2027-03", "60.00"),)
    assert list(checks.cap_findings(scenario(), lines, (MARCH,))) == []
    assert list(checks.cap_findings(scenario(finance__monthly_cap=60), lines, (MARCH,))) == []


def unit(price_id: str = "suite", *, is_own: bool = False, **fields: Any) -> UnitPrice:  # noqa: ANN401 - any field of a price
    """Return a unit price of 10.00 with its row."""
    return UnitPrice(Decimal("10.00"), price_id, price(price_id, **fields), MARCH, is_own=is_own)


def test_prices_are_gathered_into_one_finding_a_kind() -> None:
    stale = unit("old", source_date="2020-01-01")
    guessed = unit("guess", confidence="assumption")
    foreign = replace(unit("dollar"), rate_extrapolated=True)
    lines = [line("2027-03", "10.00", price_id=item.price_id, unit_price=item) for item in (stale, guessed, foreign)]
    lines += [line("2027-03", None, price_id="gone"), line("2027-04", None, price_id="gone")]
    results = list(checks.price_findings((*lines, lines[0]), scenario(), TODAY))
    assert [(finding.code, finding.facts["prices"]) for finding in results] == [
        (Code.PRICE_MISSING, ("gone",)),
        (Code.PRICE_STALE, ("old",)),
        (Code.PRICE_ASSUMED, ("guess",)),
        (Code.FX_EXTRAPOLATED, ("dollar",)),
    ]
    assert results[1].facts["share"] == Decimal("0.5000")
    assert list(checks.price_findings([line("2027-03", "10.00", unit_price=unit())], scenario(), TODAY)) == []


def test_effort_is_named_and_carries_no_share_of_the_cash() -> None:
    own = line("2027-03", "99.00", category=CostCategory.INTERNAL, unit_price=unit(source_date="2020-01-01"))
    (finding,) = checks.price_findings([own, line("2027-03", "1.00", unit_price=unit())], scenario(), TODAY)
    assert (finding.code, finding.facts["share"], finding.facts["rests"]) == (Code.PRICE_STALE, 0, Rests.EFFORT)


def test_what_is_money_and_what_is_effort_is_told() -> None:
    old = unit(source_date="2020-01-01")
    effort = line("2027-03", "99.00", category=CostCategory.INTERNAL, unit_price=old)
    (both,) = checks.price_findings([effort, line("2027-03", "1.00", unit_price=old)], scenario(), TODAY)
    (money,) = checks.price_findings([line("2027-03", "1.00", unit_price=old)], scenario(), TODAY)
    assert (both.facts["rests"], both.facts["share"]) == (Rests.BOTH, 1)
    assert (money.facts["rests"], money.facts["share"]) == (Rests.MONEY, 1)


def test_a_what_if_is_said() -> None:
    assert list(checks.what_if_findings(scenario(prices__rise_from=date(2027, 7, 1)))) == []
    (finding,) = checks.what_if_findings(scenario(prices__rise=0.1, prices__rise_from=date(2027, 7, 1)))
    assert (finding.code, finding.severity) == (Code.PRICE_WHAT_IF, Severity.INFO)
    assert finding.facts == {"rise": Decimal("0.1"), "day": date(2027, 7, 1)}


NOTHING_OWNED = HandedOut((), {}, {})


def licensing(
    *holdings: Holding,
    today: HandedOut = NOTHING_OWNED,
    suite_vendor: str | None = None,
    lost: frozenset[Capability] = frozenset(),
    families: dict[str, int] | None = None,
) -> Licensing:
    mix = Mix(holdings, Decimal(0), {}, families or {})
    return Licensing(mix, OFFERS, today, frozenset(), suite_vendor=suite_vendor, lost=lost)


def said(licensing: Licensing, **fields: object) -> list[Code]:
    """Return the codes of the findings on licences."""
    return codes(checks.licence_findings(scenario(**fields), licensing))


PREMIUM = Holding(Group.OFFICE, 10, ("premium",))


def test_a_plain_mix_leaves_nothing_to_say() -> None:
    assert said(licensing(PREMIUM)) == []


def test_seats_that_nobody_takes_and_seats_above_a_cap_are_doubtful() -> None:
    today = HandedOut((), {"uncapped": 20}, {"premium": 50})
    unused, above = checks.owned_findings(licensing(PREMIUM, today=today))
    assert (unused.code, unused.severity) == (Code.LICENCE_OWNED_UNUSED, Severity.WARNING)
    assert (unused.facts["licence"], unused.facts["seats"]) == ("uncapped", 20)
    assert above.code is Code.LICENCE_OWNED_ABOVE_CAP
    assert above.facts == {"licence": "premium", "seats": 50, "cap": 300}


def test_without_a_mix_the_missing_capabilities_are_named_and_the_plan_is_blocked() -> None:
    without = Licensing(None, OFFERS, NOTHING_OWNED, frozenset(), (Capability.EDR,))
    (finding,) = checks.licence_findings(scenario(), without)
    assert (finding.code, finding.severity) == (Code.LICENCE_NO_MIX, Severity.BLOCKING)
    assert finding.facts == {"capabilities": ("edr",), "provider": "entra"}


JUNE = date(2027, 6, 30)
UNCAPPED = HeldLicence("uncapped")


def replaced_by_premium(*replaced: HeldLicence, count: int = 10) -> Holding:
    """Return people of the office who get premium in place of licences."""
    return Holding(Group.OFFICE, count, ("premium",), replaced=replaced)


def test_a_credit_assumes_that_the_contract_can_be_ended_where_no_day_is_known() -> None:
    okta = HeldLicence("okta")
    result = licensing(replaced_by_premium(okta), replaced_by_premium(okta, count=5))
    (finding,) = checks.licence_findings(scenario(), result)
    assert (finding.code, finding.facts) == (Code.LICENCE_CREDIT_ASSUMED, {"licence": "okta", "people": 15})
    assert said(licensing(replaced_by_premium(HeldLicence("okta", JUNE)))) == []


def test_who_pays_less_than_before_is_counted() -> None:
    """Premium at 20.00 for a suite of 40.00."""
    result = licensing(replaced_by_premium(HeldLicence("uncapped", JUNE)), PREMIUM)
    (finding,) = checks.licence_findings(scenario(), result)
    assert (finding.code, finding.facts) == (Code.LICENCE_SAVES, {"people": 10})


def test_what_another_vendor_s_licence_cost_is_no_floor() -> None:
    """Okta's at 6.00 is given back for nothing: Entra is the provider, so there is nothing to compare with."""
    assert said(licensing(Holding(Group.OFFICE, 10, (), (HeldLicence("premium"),), (HeldLicence("okta", JUNE),)))) == []


def test_what_replaced_licences_granted_and_nothing_does_any_more_is_named() -> None:
    result = licensing(PREMIUM, lost=frozenset({Capability.EMAIL_PROTECTION, Capability.EDR}))
    (finding,) = checks.licence_findings(scenario(), result)
    assert (finding.code, finding.severity) == (Code.LICENCE_CAPABILITY_LOST, Severity.WARNING)
    assert finding.facts == {"capabilities": ("edr", "email_protection"), "provider": "entra"}


def test_who_has_a_suite_of_microsoft_without_teams_is_counted() -> None:
    e5 = Holding(Group.OFFICE, 7, ("e5",))
    (finding,) = checks.missing_product_findings(scenario(), licensing(PREMIUM, e5), Mix((PREMIUM, e5), ZERO, {}, {}))
    assert (finding.code, finding.facts) == (Code.LICENCE_NO_TEAMS, {"people": 7})
    workspace = Holding(Group.OFFICE, 7, ("workspace",))
    assert Code.LICENCE_NO_TEAMS not in said(licensing(workspace), choices__remote_access="vpn")


@pytest.mark.parametrize(
    ("provider", "risk_access", "is_work_alone"),
    [
        ("google", "administrators", True),
        ("okta", "everyone", True),
        ("google", "none", False),
        ("entra", "everyone", False),
    ],
)
def test_risk_is_judged_by_a_product_with_entra_only(provider: str, risk_access: str, *, is_work_alone: bool) -> None:
    codes_said = said(licensing(PREMIUM), choices__identity_provider=provider, choices__risk_access=risk_access)
    assert (Code.LICENCE_NO_RISK_ACCESS in codes_said) == is_work_alone


@pytest.mark.parametrize(
    ("others", "are_two"),
    [
        (("uncapped", "defender-endpoint-p2"), True),  # Defender for Business is in premium
        (("uncapped", "defender-business"), False),
        (("e5", "defender-business"), True),  # Defender for Endpoint is in the other suite
        (("e5",), False),  # no add-on: what two kinds of suites mean is said by `licence.mixed_tenant`
        (("uncapped",), False),
        (("workspace", "shield"), False),
    ],
)
def test_an_endpoint_add_on_beside_the_other_kind_in_a_suite_is_warned_of(
    others: tuple[str, ...], *, are_two: bool
) -> None:
    result = said(licensing(PREMIUM, Holding(Group.OFFICE, 5, others)), choices__remote_access="vpn")
    assert (Code.LICENCE_TWO_ENDPOINT_PRODUCTS in result) == are_two


def test_defender_for_business_stays_what_it_is_in_a_price_list_without_seat_caps() -> None:
    own = offer("defender-business", "2.00", "edr", position=4)
    assert checks.endpoint_kind(own) == checks.endpoint_kind(OFFERS["premium"]) == "business"
    assert checks.endpoint_kind(OFFERS["defender-endpoint-p2"]) == "endpoint"


def credited(count: int, asked_in: int, first: int) -> Seats:
    """Return seats that are given back: others take their place in one month of 2027, the credit begins in another."""
    months = Month(2027, asked_in), Month(2027, first)
    return Seats("suite", count, months[1], "mfa_rollout", SeatChange.CREDITED, months[0])


def test_the_months_in_which_old_and_new_licences_are_paid_are_named_with_what_the_old_ones_cost() -> None:
    """10 seats in February and March, 30 in March, at 12.00: 2 x 120.00 + 360.00."""
    given = case(scenario(), book(price("suite", 12)), model(task("any")))
    bought = Seats("other", 40, MARCH, "mfa_rollout", SeatChange.BOUGHT, MARCH)
    (finding,) = checks.paid_twice_findings(given, (credited(10, 2, 4), credited(30, 3, 4), bought))
    assert (finding.code, finding.severity) == (Code.LICENCE_PAID_TWICE, Severity.WARNING)
    assert finding.facts == {
        "licence": "suite",
        "from": date(2027, 2, 1),
        "until": date(2027, 3, 31),
        "amount": Decimal("600.00"),
    }
    assert list(checks.paid_twice_findings(given, (credited(10, 4, 4),))) == []


def test_what_is_paid_twice_without_a_price_has_no_amount() -> None:
    given = case(scenario(), book(price("suite", 12, valid_from="2027-03-01")), model(task("any")))
    (finding,) = checks.paid_twice_findings(given, (credited(10, 2, 4),))
    assert finding.facts["amount"] is None


@pytest.mark.parametrize(
    ("running", "fields", "unused"),
    [
        (["siem", "mdr"], {}, ("mdr",)),
        (["siem"], {"choices__monitoring": "none"}, ("siem",)),
        (["mdr", "ztna"], {"choices__monitoring": "siem_and_mdr", "choices__remote_access": "ztna"}, ()),
        (["training"], {}, ()),
        (["managed_service"], {}, ("managed_service",)),
        (["managed_service"], {"choices__operation": "partner"}, ()),
    ],
)
def test_what_runs_and_is_not_chosen_is_named(
    running: list[str], fields: dict[str, Any], unused: tuple[str, ...]
) -> None:
    findings = list(checks.running_findings(scenario(company__running=running, **fields)))
    assert [finding.facts["running"] for finding in findings] == ([unused] if unused else [])


def test_macs_that_google_does_not_manage_are_doubtful() -> None:
    (finding,) = checks.device_findings(asked(scenario(company__macs=12, choices__identity_provider="google")))
    assert (finding.code, finding.facts) == (Code.DEVICES_MACS_UNMANAGED, {"macs": 12})
    for fields in ({"company__macs": 12}, {"choices__identity_provider": "google"}):
        assert list(checks.device_findings(asked(scenario(**fields)))) == []


CHAIN = model(
    task("first"),
    task("council", after=["first"], falls_away_when="no_works_council"),
    task("second", after=["council"]),
    task("third", after=["second"]),
)


def done(*task_ids: str, share: float = 1, **fields: Any) -> list[Finding]:  # noqa: ANN401 - any field of a scenario
    """Return the findings on tasks that were done before."""
    given = quiet(tasks__edits={key: {"done": share} for key in task_ids}, **fields)
    return list(checks.done_findings(case(given, book(), CHAIN)))


def test_what_is_done_while_a_task_before_it_is_open_is_doubtful() -> None:
    (finding,) = done("second", "third")
    assert (finding.code, finding.severity) == (Code.TASKS_DONE_BEFORE, Severity.WARNING)
    assert finding.facts == {"tasks": ("second",), "others": ("council",)}
    assert done("first", "council", "second") == []
    assert done("second", share=0.9) == []


def test_what_is_open_before_a_task_that_fell_away_is_open_before_what_waits_for_that() -> None:
    (finding,) = done("second", company__works_council=False)
    assert finding.facts == {"tasks": ("second",), "others": ("first",)}


def test_what_falls_away_is_not_done() -> None:
    (finding,) = done("first", "council", share=0.5, company__works_council=False)
    assert (finding.code, finding.facts) == (Code.TASKS_DONE_WITHOUT_TASK, {"tasks": ("council",)})


def test_a_suite_of_another_vendor_means_moving_mail_and_files() -> None:
    result = licensing(
        replaced_by_premium(HeldLicence("workspace", JUNE)),
        PREMIUM,
        suite_vendor="Microsoft",
    )
    (moved,) = checks.licence_findings(scenario(), result)
    assert (moved.code, moved.facts["people"]) == (Code.LICENCE_SUITE_CHANGE, 10)


def test_holidays_that_the_library_does_not_know_are_named() -> None:
    india = scenario(timeline__region="IN")
    (finding,) = checks.calendar_findings(india, date(2034, 1, 2), date(2036, 12, 1))
    assert (finding.code, finding.facts["years"]) == (Code.TIMELINE_HOLIDAYS_UNKNOWN, ("2036",))
    assert list(checks.calendar_findings(scenario(timeline__region=None), date(2034, 1, 2), date(2036, 12, 1))) == []


def test_keeping_the_suite_moves_nothing() -> None:
    result = licensing(Holding(Group.OFFICE, 10, ("okta",), kept=(HeldLicence("workspace"),)), suite_vendor="Google")
    assert said(result, choices__remote_access="vpn") == []


def test_a_seat_cap_that_is_used_up_decides_who_gets_what() -> None:
    assert said(licensing(PREMIUM, families={"ms-business": 300})) == [Code.LICENCE_SEAT_CAP]
    assert said(licensing(PREMIUM, families={"ms-business": 299, "large": 5000})) == []


def test_an_app_proxy_needs_entra_id_p1_and_it_is_said_how_many_lack_it() -> None:
    google = licensing(Holding(Group.OFFICE, 10, ("workspace", "okta")), PREMIUM)
    (finding,) = (
        item for item in checks.licence_findings(scenario(), google) if item.code is Code.REMOTE_ACCESS_NEEDS_P1
    )
    assert (finding.code, finding.facts) == (Code.REMOTE_ACCESS_NEEDS_P1, {"people": 10})
    assert Code.REMOTE_ACCESS_NEEDS_P1 not in said(google, choices__remote_access="ztna")
    kept = licensing(Holding(Group.OFFICE, 10, ("okta",), kept=(HeldLicence("premium"),)))
    assert said(kept) == []


def test_with_google_just_in_time_rights_are_a_process() -> None:
    google = case(scenario(choices__identity_provider="google"), book(), model())
    assert [finding.code for finding in checks.governance_findings(google)] == [Code.LICENCE_NO_PIM]


def mixed_tenant(given: Licensing) -> list[Finding]:
    assert given.mix is not None
    return list(checks.mixed_tenant_findings(given, given.mix))


def test_suites_with_and_without_a_seat_cap_in_one_tenant_are_warned_of() -> None:
    mixed = licensing(PREMIUM, Holding(Group.OFFICE, 5, ("okta", "uncapped")), Holding(Group.FRONTLINE, 7, ("okta",)))
    (finding,) = mixed_tenant(mixed)
    assert (finding.code, finding.severity) == (Code.LICENCE_MIXED_TENANT, Severity.WARNING)
    assert mixed_tenant(licensing(PREMIUM, Holding(Group.FRONTLINE, 7, ("okta",)))) == []


def test_a_siem_without_an_mdr_watches_in_office_hours_only_so_many_days_a_month() -> None:
    activities = (
        operation("watch", days="3.5", monitoring=("siem",), driver="employees", days_per_unit="0.0155"),
        operation("contact", days="1", monitoring=("mdr", "siem_and_mdr")),
        operation("any", days="1"),
    )
    (finding,) = checks.watching_findings(asked(scenario(), *activities))
    # 3.5 + 0.0155 x 120
    assert (finding.code, finding.facts) == (Code.OPERATION_UNWATCHED, {"days": Decimal("5.36")})
    for monitoring in ("mdr", "siem_and_mdr"):
        assert list(checks.watching_findings(asked(scenario(choices__monitoring=monitoring), *activities))) == []


def test_nobody_who_watches_and_a_vpn_that_stays_are_doubtful() -> None:
    given = scenario(choices__monitoring="none", choices__remote_access="vpn")
    assert codes(checks.watching_findings(asked(given))) == [Code.MONITORING_NONE]
    assert codes(checks.remote_access_findings(given)) == [Code.REMOTE_ACCESS_VPN_KEPT]
    assert [*checks.watching_findings(asked(scenario())), *checks.remote_access_findings(scenario())] == []


def test_points_that_lack_a_main_task_are_gathered_with_the_names_of_these_tasks() -> None:
    tasks = model(task("tuning", name="Tuning"), task("ztna", name="ZTNA"))

    def missing(number: str, *ids: str) -> PointCoverage:
        return PointCoverage(number, "b", CoverageState.PARTLY, None, None, (), (), ids)

    results = [missing("3.1"), missing("3.2", "tuning"), missing("7", "tuning", "ztna", "unknown")]
    (finding,) = checks.coverage_findings(tasks, results)
    assert (finding.code, finding.severity) == (Code.NIS2_MAIN_TASK_MISSING, Severity.WARNING)
    assert finding.facts == {"points": ("3.2", "7"), "tasks": ("Tuning", "ZTNA")}
    assert list(checks.coverage_findings(tasks, results[:1])) == []


def test_the_gravest_finding_comes_first() -> None:
    info, warning = Finding(Code.HARDWARE_FULL_REUSE, Severity.INFO), Finding(Code.PRICE_STALE, Severity.WARNING)
    blocking = Finding(Code.TIMELINE_TOO_LONG, Severity.BLOCKING)
    assert checks.ordered((info, warning, blocking)) == (blocking, warning, info)
