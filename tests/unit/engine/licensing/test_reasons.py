"""Which rule forced what each group gets, and what the next best mix costs (ADR 0018)."""

from __future__ import annotations

from decimal import Decimal

from tests.builders import SIGN_IN, SUITE, book, model, price, prices_for, scenario, task
from tests.licences import ENTERPRISE, PIM, PREMIUM, WORK
from zt_planner.domain.data.price_book import Price
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, HeldLicence, Holding
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.licensing.licences import Market, best_mix, market_of, mix_of
from zt_planner.engine.licensing.reasons import MixReasons, NextBest, Reason, Rule, reasons_of

DEAR_PIM = price("dear-pim", 11, grants=("pim",))
OLD = HeldLicence("old")


def market(given: Scenario, *prices: Price, needs_pim: bool = True) -> Market:
    """Return the market of a company that needs MFA for all and, unless it is said, PIM for administrators."""
    work = WORK if needs_pim else model(task("pilot", needs=("mfa",)))
    return market_of(given, work.tasks, prices_for(given, book(*prices)), Month(2027, 3))


def explained(given: Scenario, *prices: Price, needs_pim: bool = True) -> MixReasons:
    """Return why the mix of a company is as it is."""
    result = reasons_of(market(given, *prices, needs_pim=needs_pim))
    assert result is not None
    return result


def rules(reasons: MixReasons) -> list[tuple[str, list[Rule]]]:
    return [
        (f"{holding.holding.count} {holding.holding.group}", [reason.rule for reason in holding.reasons])
        for holding in reasons.holdings
    ]


def next_best(reasons: MixReasons) -> NextBest:
    """Return the next best mix, which there must be."""
    assert reasons.next_best is not None
    return reasons.next_best


def test_a_company_without_a_legal_mix_has_nothing_to_explain() -> None:
    assert reasons_of(market(scenario(), PREMIUM)) is None


def test_the_holdings_are_those_of_the_mix() -> None:
    asked = market(scenario(company__employees=350), PREMIUM, ENTERPRISE, PIM)
    result, best = reasons_of(asked), best_mix(asked)
    assert result is not None
    assert best is not None
    assert tuple(holding.holding for holding in result.holdings) == mix_of(best.shares).holdings


def test_what_no_rule_forced_is_simply_the_cheapest() -> None:
    result = explained(scenario(), PREMIUM, ENTERPRISE, needs_pim=False)
    assert rules(result) == [("6 admin", []), ("114 office", [])]


def test_administrators_hold_more_because_of_just_in_time_administration() -> None:
    result = explained(scenario(), PREMIUM, ENTERPRISE, PIM)
    assert rules(result) == [("6 admin", [Rule.JUST_IN_TIME]), ("114 office", [])]
    assert result.holdings[0].reasons == (
        Reason(Rule.JUST_IN_TIME, Decimal(-54), (Holding(Group.ADMIN, 6, ("premium",)),)),
    )


RISK = model(*WORK.tasks, task("risk_policies", needs=("risk_access",)))
P2 = price("p2", 10, grants=("pim", "risk_access"))


def explained_with_risk(*prices: Price, risk_access: str = "administrators") -> MixReasons:
    """Return why the mix of 120 people is as it is whose sign-ins are judged by risk."""
    given = scenario(choices__risk_access=risk_access)
    result = reasons_of(market_of(given, RISK.tasks, prices_for(given, book(*prices)), Month(2027, 3)))
    assert result is not None
    return result


def test_what_serves_two_needs_is_forced_by_both_together() -> None:
    """Without just-in-time rights, or without judged sign-ins, administrators would need the same product."""
    result = explained_with_risk(PREMIUM, P2)
    assert rules(result) == [("6 admin", [Rule.PRIVILEGED]), ("114 office", [])]
    assert result.holdings[0].reasons == (
        Reason(Rule.PRIVILEGED, Decimal(-60), (Holding(Group.ADMIN, 6, ("premium",)),)),
    )


def test_what_one_need_forces_alone_is_not_said_of_both() -> None:
    """Administrators need a product for each; where everyone's sign-ins are judged, so do office staff."""
    judge = price("judge", 4, grants=("risk_access",))
    result = explained_with_risk(PREMIUM, PIM, judge, risk_access="everyone")
    assert rules(result) == [("6 admin", [Rule.JUST_IN_TIME, Rule.RISK_ACCESS]), ("114 office", [Rule.RISK_ACCESS])]


def test_one_endpoint_add_on_for_all_can_force_the_dearer_one() -> None:
    """300 seats at 3.00 for 350 people: as only one of the two is bought, all pay 5.00."""
    shelf = (
        price("suite", 30, grants=(*SUITE, *SIGN_IN)),
        price("defender-business", 3, grants=("edr",), seat_family="defender-business", seat_cap=300),
        price("defender-endpoint-p2", 5, grants=("edr",)),
    )
    given, work = scenario(company__employees=350), model(task("edr", needs=("mfa", "edr")))
    result = reasons_of(market_of(given, work.tasks, prices_for(given, book(*shelf)), Month(2027, 3)))
    assert result is not None
    assert rules(result) == [
        ("14 admin", [Rule.SEAT_CAP, Rule.ONE_ENDPOINT]),
        ("336 office", [Rule.SEAT_CAP, Rule.ONE_ENDPOINT]),
    ]
    assert result.holdings[1].reasons[1].difference == Decimal(-300 * 2)


def test_people_above_a_cap_are_forced_by_it_and_those_below_are_not() -> None:
    result = explained(scenario(company__employees=350), PREMIUM, ENTERPRISE, PIM)
    assert rules(result) == [("14 admin", [Rule.JUST_IN_TIME]), ("286 office", []), ("50 office", [Rule.SEAT_CAP])]
    (reason,) = result.holdings[2].reasons
    assert (reason.family, reason.cap, reason.difference) == ("business", 300, Decimal(-1000))
    assert reason.instead == (Holding(Group.OFFICE, 336, ("premium",)),)


def test_the_smallest_cap_of_a_family_is_named() -> None:
    smaller = price("smaller", 25, grants=(*SUITE, *SIGN_IN), seat_family="business", seat_cap=200)
    result = explained(scenario(company__employees=350), PREMIUM, ENTERPRISE, PIM, smaller)
    assert [reason.cap for reason in result.holdings[2].reasons] == [200]


def test_a_provider_forces_its_vendors() -> None:
    cheap = price("cheap", 5, vendor="Google", grants=(*SUITE, *SIGN_IN))
    result = explained(scenario(), PREMIUM, PIM, cheap)
    assert rules(result) == [("6 admin", [Rule.JUST_IN_TIME, Rule.PROVIDER]), ("114 office", [Rule.PROVIDER])]


def test_another_suite_for_the_people_above_a_cap_is_no_reason() -> None:
    cheap = price("cheap", 25, vendor="Google", grants=(*SUITE, *SIGN_IN))
    result = explained(scenario(company__employees=350), PREMIUM, ENTERPRISE, PIM, cheap)
    assert rules(result)[2] == ("50 office", [Rule.SEAT_CAP])


def test_with_okta_one_vendor_for_office_and_mail_can_force_the_suite() -> None:
    suite = (
        price("office-only", 3, grants=("office",)),
        price("mail-only", 3, vendor="Google", grants=("mail",)),
        price("suite", 20, grants=SUITE),
        price("okta", 6, vendor="Okta", grants=(*SIGN_IN, "pim")),
    )
    result = explained(scenario(choices__identity_provider="okta"), *suite)
    assert rules(result)[1] == ("114 office", [Rule.ONE_SUITE, Rule.PROVIDER][::-1])


def test_a_licence_for_frontline_people_is_kept_from_others_by_its_audience() -> None:
    frontline = price("frontline", 2, grants=(*SUITE, *SIGN_IN), audience="frontline")
    result = explained(scenario(company__frontline=20), PREMIUM, PIM, frontline)
    assert rules(result) == [
        ("6 admin", [Rule.JUST_IN_TIME, Rule.AUDIENCE]),
        ("94 office", [Rule.AUDIENCE]),
        ("20 frontline", []),
    ]


def test_an_owned_licence_is_kept_as_it_is_paid_for() -> None:
    rival = price("rival", 30, grants=(*SUITE, *SIGN_IN))
    result = explained(scenario(company__owned_licences=[{"licence": "premium"}]), PREMIUM, rival, PIM)
    assert rules(result)[1] == ("114 office", [Rule.KEPT])
    (reason,) = result.holdings[1].reasons
    assert reason.difference == Decimal(120 * (30 - 20))
    assert reason.instead == (Holding(Group.OFFICE, 114, ("rival",), replaced=(HeldLicence("premium"),)),)


def test_a_rule_without_which_the_mix_would_be_dearer_forces_nothing() -> None:
    """With Google, "workspace" replaces "old", and its EDR is lost: 12 - 34 a month.

    If anybody might be the provider, EDR would have to stay: "old" and 15.00 beside it.
    """
    suite = (
        price("old", 34, grants=(*SUITE, "edr")),
        price("sign-in", 15, grants=SIGN_IN),
        price("workspace", 12, vendor="Google", grants=(*SUITE, *SIGN_IN)),
    )
    given = scenario(choices__identity_provider="google", company__owned_licences=[{"licence": "old"}])
    result = explained(given, *suite, needs_pim=False)
    assert result.holdings[1].holding == Holding(Group.OFFICE, 114, ("workspace",), replaced=(OLD,))
    assert Rule.PROVIDER not in rules(result)[1][1]


def test_an_owned_licence_is_given_back_for_its_credit() -> None:
    standard, sign_in = price("standard", 12, grants=SUITE), price("sign-in", 15, grants=SIGN_IN)
    result = explained(scenario(company__owned_licences=[{"licence": "standard"}]), PREMIUM, PIM, standard, sign_in)
    assert rules(result)[1] == ("114 office", [Rule.CREDITED])
    assert result.holdings[1].reasons[0].instead == (
        Holding(Group.OFFICE, 114, ("sign-in",), kept=(HeldLicence("standard"),)),
    )


def test_an_owned_licence_stays_where_only_something_cheaper_could_replace_it() -> None:
    result = explained(scenario(company__owned_licences=[{"licence": "enterprise"}]), PREMIUM, ENTERPRISE, PIM)
    assert Rule.REPLACEMENT in rules(result)[1][1]


def test_people_above_the_cap_of_the_owned_licence_do_not_give_it_back() -> None:
    owned = price("owned", 12, grants=SUITE, seat_family="own", seat_cap=100)
    result = explained(scenario(company__owned_licences=[{"licence": "owned"}]), PREMIUM, ENTERPRISE, PIM, owned)
    assert [(holding.holding.count, holding.holding.replaced) for holding in result.holdings][-1] == (20, ())


def test_an_owned_licence_without_a_price_has_no_rule_of_its_own() -> None:
    gone = price("gone", 12, grants=SUITE, valid_to="2026-01-01")
    result = explained(
        scenario(company__owned_licences=[{"licence": "gone"}]), PIM, gone, price("sign-in", 15, grants=SIGN_IN)
    )
    assert rules(result)[1] == ("114 office", [])


def test_the_next_best_mix_is_the_cheapest_with_other_seats() -> None:
    result = next_best(explained(scenario(), PREMIUM, ENTERPRISE, PIM, DEAR_PIM))
    assert result.extra_monthly == Decimal(12)
    assert result.changed == (Holding(Group.ADMIN, 6, ("premium", "dear-pim")),)
    assert result.mix.monthly_cost == Decimal(120 * 20 + 6 * 11)


def test_a_mix_in_which_people_only_change_places_is_not_the_next_best() -> None:
    # Administrators could take the dear suite and office staff all capped seats: the same seats at the same cost.
    result = next_best(explained(scenario(company__employees=350), PREMIUM, ENTERPRISE, PIM, DEAR_PIM))
    assert result.extra_monthly == Decimal(14 * 2)


def test_giving_a_licence_back_to_buy_it_again_is_not_the_next_best() -> None:
    result = explained(
        scenario(company__owned_licences=[{"licence": "enterprise"}]), PREMIUM, ENTERPRISE, PIM, DEAR_PIM
    )
    assert next_best(result).extra_monthly == Decimal(12)


def test_where_nothing_can_take_a_products_place_there_is_no_next_best() -> None:
    assert explained(scenario(), PREMIUM, PIM).next_best is None
