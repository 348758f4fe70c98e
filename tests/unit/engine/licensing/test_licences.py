"""Who needs what, who holds what today, and the mix that follows (M12)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.builders import SIGN_IN, SUITE, book, model, offer, parameters, price, prices_for, scenario, task, works
from zt_planner.domain.data.price_book import Audience, Capability, Price, PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, Holding
from zt_planner.domain.scenario.counts import counts_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.licensing.licences import Licensing, group_sizes, holders_of, license_company, needs_of_group

MARCH = Month(2027, 3)
NEEDS = frozenset({Capability.MFA, Capability.PIM})
WORK = model(task("pilot", needs=("mfa",)), task("just_in_time", needs=("pim",)))

PREMIUM = price("premium", 20, grants=(*SUITE, *SIGN_IN), seat_family="business", seat_cap=300)
ENTERPRISE = price("enterprise", 40, grants=(*SUITE, *SIGN_IN))
STANDARD = price("standard", 12, grants=SUITE, seat_family="business", seat_cap=300)
FIRST_LINE = price("first-line", 8, grants=("mail", *SIGN_IN), audience="frontline")
PIM = price("pim", 9, grants=("pim",))
SHELF = (PREMIUM, ENTERPRISE, STANDARD, FIRST_LINE, PIM)


def licensed(given: Scenario, *prices: Price) -> Licensing:
    """Return the licensing of a company that needs MFA for all and PIM for administrators."""
    prices_of_test = book(*(prices or SHELF))
    return license_company(given, works(given, WORK), prices_for(given, prices_of_test), MARCH)


def holdings(given: Scenario, *prices: Price) -> tuple[Holding, ...]:
    """Return who holds what."""
    mix = licensed(given, *prices).mix
    assert mix is not None
    return mix.holdings


def test_frontline_people_need_mail_and_no_suite_and_only_administrators_need_pim() -> None:
    assert needs_of_group(Group.FRONTLINE, NEEDS) == {Capability.MAIL, Capability.MFA}
    assert needs_of_group(Group.OFFICE, NEEDS) == {Capability.MAIL, Capability.OFFICE, Capability.MFA}
    assert needs_of_group(Group.ADMIN, NEEDS) == {Capability.MAIL, Capability.OFFICE, Capability.MFA, Capability.PIM}


def test_administrators_are_office_staff() -> None:
    given = scenario(company__employees=100, company__frontline=30, company__admins=5)
    assert group_sizes(counts_of(given.company, parameters()), 30) == {"admin": 5, "office": 65, "frontline": 30}


@pytest.mark.parametrize(
    ("cap", "audience", "holders"),
    [
        (None, None, {"admin": 5, "office": 65, "frontline": 30}),
        (60, None, {"admin": 5, "office": 55, "frontline": 0}),
        (80, None, {"admin": 5, "office": 65, "frontline": 10}),
        (None, Audience.FRONTLINE, {"admin": 0, "office": 0, "frontline": 30}),
        (20, Audience.FRONTLINE, {"admin": 0, "office": 0, "frontline": 20}),
    ],
)
def test_the_owned_licence_is_held_up_to_its_cap_administrators_first(
    cap: int | None, audience: Audience | None, holders: dict[str, int]
) -> None:
    sizes = {Group.ADMIN: 5, Group.OFFICE: 65, Group.FRONTLINE: 30}
    assert holders_of(offer("owned", cap=cap, audience=audience), sizes) == holders
    assert holders_of(None, sizes) == dict.fromkeys(sizes, 0)


def test_a_cap_without_a_family_is_that_of_the_product_alone() -> None:
    capped = PREMIUM.model_copy(update={"seat_family": None, "seat_cap": 40})
    result = holdings(scenario(company__employees=100, company__admins=5), capped, ENTERPRISE, PIM)
    assert sum(holding.count for holding in result if "premium" in holding.products) == 40


def test_a_company_that_owns_nothing_buys_one_suite_and_pim_for_administrators() -> None:
    assert holdings(scenario()) == (
        Holding(Group.ADMIN, 6, ("premium", "pim")),
        Holding(Group.OFFICE, 114, ("premium",)),
    )


def test_people_above_the_cap_of_a_family_get_the_next_suite() -> None:
    result = holdings(scenario(company__employees=350))
    assert sum(held.count for held in result if "premium" in held.products) == 300
    assert sum(held.count for held in result if "enterprise" in held.products) == 50


def test_frontline_people_get_their_own_plan() -> None:
    result = holdings(scenario(company__frontline=50))
    assert Holding(Group.FRONTLINE, 50, ("first-line",)) in result


def test_an_owned_licence_that_grants_less_is_replaced_where_that_is_cheaper() -> None:
    # Premium less the credit costs 8.00; keeping Standard needs sign-in beside it, which nothing here sells alone.
    given = scenario(company__owned_licences=[{"licence": "standard"}])
    assert holdings(given)[-1] == Holding(Group.OFFICE, 114, ("premium",), replaced="standard")
    mix = licensed(given).mix
    assert mix is not None
    assert mix.monthly_cost == Decimal(120 * 8 + 6 * 9)


def test_an_owned_licence_that_grants_everything_is_kept_and_takes_its_seats() -> None:
    given = scenario(company__owned_licences=[{"licence": "premium"}])
    assert holdings(given) == (
        Holding(Group.ADMIN, 6, ("pim",), kept="premium"),
        Holding(Group.OFFICE, 114, (), kept="premium"),
    )
    mix = licensed(given).mix
    assert mix is not None
    assert mix.family_seats == {"business": 120}


def test_a_replacement_must_grant_all_that_the_owned_licence_granted() -> None:
    # "rich" also protects mail, which no task needs; nothing else does, so it can only be kept.
    rich = price("rich", 15, grants=(*SUITE, "email_protection"))
    mfa = price("mfa", 7, grants=SIGN_IN)
    result = holdings(scenario(company__owned_licences=[{"licence": "rich"}]), PREMIUM, PIM, rich, mfa)
    assert result[-1] == Holding(Group.OFFICE, 114, ("mfa",), kept="rich")


def test_a_bundle_that_is_cheaper_than_what_it_replaces_gives_no_money_back() -> None:
    # Enterprise is kept although Premium grants the same for 20.00 less.
    result = holdings(scenario(company__owned_licences=[{"licence": "enterprise"}]))
    assert result[-1] == Holding(Group.OFFICE, 114, (), kept="enterprise")


def test_an_owned_licence_without_a_valid_price_can_only_be_kept() -> None:
    gone = price("gone", 12, grants=SUITE, valid_to="2026-01-01")
    mfa = price("mfa", 17, grants=SIGN_IN)
    result = holdings(scenario(company__owned_licences=[{"licence": "gone"}]), PREMIUM, PIM, gone, mfa)
    assert result[-1] == Holding(Group.OFFICE, 114, ("mfa",), kept="gone")


def test_a_product_without_a_valid_price_is_never_chosen() -> None:
    gone = price("gone", 1, grants=(*SUITE, *SIGN_IN), valid_to="2026-01-01")
    assert all("gone" not in held.products for held in holdings(scenario(), gone, *SHELF))


def test_a_second_opinion_is_never_chosen() -> None:
    second = price("premium-list", 1, grants=(*SUITE, *SIGN_IN))
    assert all("premium-list" not in held.products for held in holdings(scenario(), second, *SHELF))


def test_a_capability_that_nobody_sells_leaves_no_mix_and_is_named() -> None:
    result = licensed(scenario(), PREMIUM)
    assert result.mix is None
    assert result.missing == (Capability.PIM,)


def test_a_cap_that_is_too_small_leaves_no_mix_and_names_what_would_help() -> None:
    result = licensed(scenario(company__employees=350), PREMIUM, PIM, price("suite", 5, grants=SUITE))
    assert result.mix is None
    assert result.missing == (Capability.MFA,)


def test_where_no_single_capability_would_help_all_are_named() -> None:
    result = licensed(scenario(company__employees=350), PREMIUM, PIM)
    assert result.missing == (Capability.MAIL, Capability.MFA, Capability.OFFICE, Capability.PIM)


def test_the_people_whom_the_owned_licence_may_serve_are_counted() -> None:
    given = scenario(company__frontline=50, company__owned_licences=[{"licence": "first-line"}])
    assert licensed(given).eligible_holders == 50


def test_with_okta_the_suite_of_all_comes_from_the_cheaper_vendor() -> None:
    suite = (
        STANDARD,
        price("workspace", 11, vendor="Google", grants=SUITE),
        price("okta", 6, vendor="Okta", grants=(*SIGN_IN, "pim")),
    )
    result = holdings(scenario(choices__identity_provider="okta"), *suite)
    assert {held.products for held in result} == {("workspace", "okta")}


def test_the_book_gives_business_premium_and_entra_p2(price_book: PriceBook) -> None:
    given = scenario()
    needs = model(*(task(need, needs=(need,)) for need in (*SIGN_IN, "mdm", "edr", "pim")))
    mix = license_company(given, works(given, needs), prices_for(given, price_book), MARCH).mix
    assert mix is not None
    assert mix.holdings == (
        Holding(Group.ADMIN, 6, ("m365-business-premium", "entra-p2")),
        Holding(Group.OFFICE, 114, ("m365-business-premium",)),
    )
    assert mix.monthly_cost == Decimal("2454.54")  # 120 x 20.00 + 6 x 9.09
