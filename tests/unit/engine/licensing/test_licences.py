"""Who needs what, who holds what today, and the mix that follows (M12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import SIGN_IN, SUITE, book, model, parameters, price, prices_for, scenario, task
from tests.licences import ENTERPRISE, PIM, PREMIUM, WORK
from zt_planner.domain.data.price_book import Capability, Price, PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, HeldLicence, Holding
from zt_planner.domain.scenario.counts import counts_of
from zt_planner.domain.scenario.scenario import RiskAccess, Scenario
from zt_planner.engine.licensing.licences import Licensing, group_sizes, license_company, needs_in, needs_of_group

MARCH = Month(2027, 3)
NEEDS = frozenset({Capability.MFA, Capability.PIM, Capability.RISK_ACCESS})

STANDARD = price("standard", 12, grants=SUITE, seat_family="business", seat_cap=300)
FIRST_LINE = price("first-line", 8, grants=("mail", *SIGN_IN), audience="frontline")
SHELF = (PREMIUM, ENTERPRISE, STANDARD, FIRST_LINE, PIM)


def licensed(given: Scenario, *prices: Price) -> Licensing:
    """Return the licensing of a company that needs MFA for all and PIM for administrators."""
    prices_of_test = book(*(prices or SHELF))
    return license_company(given, WORK.tasks, prices_for(given, prices_of_test), MARCH)


def holdings(given: Scenario, *prices: Price) -> tuple[Holding, ...]:
    """Return who holds what."""
    mix = licensed(given, *prices).mix
    assert mix is not None
    return mix.holdings


def owned(*rows: dict[str, Any], **fields: Any) -> Scenario:  # noqa: ANN401 - any field of a scenario
    """Return a company of 120 people, 6 of them administrators, that owns licences."""
    return scenario(company__owned_licences=rows, **fields)


def test_frontline_people_need_mail_and_no_suite_and_only_administrators_need_pim() -> None:
    named = RiskAccess.ADMINISTRATORS
    office = {Capability.MAIL, Capability.OFFICE, Capability.MFA}
    assert needs_of_group(Group.FRONTLINE, NEEDS, named) == {Capability.MAIL, Capability.MFA}
    assert needs_of_group(Group.OFFICE, NEEDS, named) == office
    assert needs_of_group(Group.ADMIN, NEEDS, named) == {*office, Capability.PIM, Capability.RISK_ACCESS}


def test_where_everyones_sign_ins_are_judged_everyone_needs_it_and_still_nobody_else_needs_pim() -> None:
    needs = needs_of_group(Group.FRONTLINE, NEEDS, RiskAccess.EVERYONE)
    assert needs == {Capability.MAIL, Capability.MFA, Capability.RISK_ACCESS}


@pytest.mark.parametrize(
    ("provider", "risk_access", "needs"),
    [
        ("entra", "administrators", {"mfa", "pim", "risk_access"}),
        ("entra", "none", {"mfa", "pim"}),
        # Google's roles are governed by a process, and only Entra judges risk by a product.
        ("google", "everyone", {"mfa"}),
        ("okta", "everyone", {"mfa", "pim"}),
    ],
)
def test_the_provider_and_the_choice_decide_what_is_asked_of_licences(
    provider: str, risk_access: str, needs: set[str]
) -> None:
    work = model(*WORK.tasks, task("risk_policies", needs=("risk_access",), reach="risk_access"))
    given = scenario(choices__identity_provider=provider, choices__risk_access=risk_access)
    assert needs_in(given, work.tasks) == needs


def test_administrators_are_office_staff() -> None:
    given = scenario(company__employees=100, company__frontline=30, company__admins=5)
    assert group_sizes(counts_of(given.company, parameters()), 30) == {"admin": 5, "office": 65, "frontline": 30}


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
    given = owned({"licence": "standard"})
    assert holdings(given)[-1] == Holding(Group.OFFICE, 114, ("premium",), replaced=(HeldLicence("standard"),))
    mix = licensed(given).mix
    assert mix is not None
    assert mix.monthly_cost == Decimal(120 * 8 + 6 * 9)


def test_an_owned_licence_that_grants_everything_is_kept_and_takes_its_seats() -> None:
    given = owned({"licence": "premium"})
    assert holdings(given) == (
        Holding(Group.ADMIN, 6, ("pim",), kept=(HeldLicence("premium"),)),
        Holding(Group.OFFICE, 114, (), kept=(HeldLicence("premium"),)),
    )
    mix = licensed(given).mix
    assert mix is not None
    assert mix.family_seats == {"business": 120}


def test_a_replacement_must_grant_all_that_the_owned_licence_granted() -> None:
    """The provider's "shield" protects mail, too: 20 + 1 for "rich" at 15.00, or 7.00 beside it."""
    rich = price("rich", 15, grants=(*SUITE, "email_protection"))
    shield = price("shield", 1, grants=("email_protection",))
    result = holdings(owned({"licence": "rich"}), PREMIUM, PIM, rich, shield)
    assert result[-1] == Holding(Group.OFFICE, 114, ("premium", "shield"), replaced=(HeldLicence("rich"),))
    beside = holdings(owned({"licence": "rich"}), PREMIUM, PIM, rich, shield, price("mfa", 5, grants=SIGN_IN))
    assert beside[-1] == Holding(Group.OFFICE, 114, ("mfa",), kept=(HeldLicence("rich"),))


def test_what_nobody_sells_is_not_asked_of_what_replaces_it_and_is_lost() -> None:
    """A suite is sold no more, and nothing else protects mail: premium replaces it, 20 - 15 a month."""
    rich = price("rich", 15, grants=(*SUITE, "email_protection"), sold=False)
    result = licensed(owned({"licence": "rich"}), PREMIUM, PIM, rich)
    assert result.mix is not None
    assert result.mix.holdings[-1] == Holding(Group.OFFICE, 114, ("premium",), replaced=(HeldLicence("rich"),))
    assert result.mix.monthly_cost == Decimal(120 * 5 + 6 * 9)
    assert result.lost == {Capability.EMAIL_PROTECTION}
    assert licensed(scenario()).lost == frozenset()


def test_what_another_vendor_granted_is_lost_where_the_provider_grants_it_nowhere() -> None:
    """With Google, Microsoft's suite goes, and with it the EDR that no product of Google's grants."""
    old = price("old", 22, grants=(*SUITE, "edr"))
    workspace = price("workspace", 14, vendor="Google", grants=(*SUITE, *SIGN_IN))
    given = owned({"licence": "old"}, choices__identity_provider="google")
    result = licensed(given, old, workspace)
    assert result.mix is not None
    # Its price is no floor: 14.00 replace 22.00, as that is no product of the chosen provider.
    assert result.mix.monthly_cost == Decimal(120 * (14 - 22))
    assert result.lost == {Capability.EDR}


def test_what_is_not_sold_any_more_is_kept_or_credited_and_never_bought() -> None:
    old = price("old", 10, grants=(*SUITE, *SIGN_IN), sold=False)
    assert all("old" not in held.products for held in holdings(scenario(), old, *SHELF))
    assert holdings(owned({"licence": "old"}), old, *SHELF)[-1].kept == (HeldLicence("old"),)


def test_who_owns_a_suite_for_some_people_keeps_it_for_them() -> None:
    """90 of 120 have enterprise: 6 administrators and 84 of the office; the other 30 get premium."""
    until = date(2027, 6, 30)
    result = holdings(owned({"licence": "enterprise", "seats": 90, "until": "2027-06-30"}))
    assert result == (
        Holding(Group.ADMIN, 6, ("pim",), kept=(HeldLicence("enterprise", until),)),
        Holding(Group.OFFICE, 84, (), kept=(HeldLicence("enterprise", until),)),
        Holding(Group.OFFICE, 30, ("premium",)),
    )


def test_the_choice_does_not_look_at_the_day_until_which_a_licence_is_paid() -> None:
    without = licensed(owned({"licence": "standard"})).mix
    paid = licensed(owned({"licence": "standard", "until": "2100-12-31"})).mix
    assert without is not None
    assert paid is not None
    assert (without.monthly_cost, without.seats) == (paid.monthly_cost, paid.seats)


def test_kept_seats_take_their_room_of_a_cap() -> None:
    """350 people own standard for 250 of a family's 300 seats; premium takes all 300, and 50 get enterprise."""
    given = owned({"licence": "standard", "seats": 250}, company__employees=350)
    mix = licensed(given).mix
    assert mix is not None
    assert mix.family_seats == {"business": 300}
    assert mix.seats["premium"] == 300
    # With sign-in at 8.00, as much as premium less standard, nobody gives standard back: 50 seats are left for premium.
    cheap = licensed(given, *SHELF, price("sign-in", 8, grants=SIGN_IN)).mix
    assert cheap is not None
    assert cheap.family_seats == {"business": 300}
    assert cheap.seats["sign-in"] == 250
    assert cheap.monthly_cost == Decimal(250 * 8 + 50 * 20 + 50 * 40 + 14 * 9)


def test_an_owned_add_on_stays_beside_a_new_suite_or_goes_with_the_old_one() -> None:
    """The guard goes with standard or premium, the mail guard with standard only: it leaves with it."""
    guard = price("guard", 3, grants=("edr",), requires=("standard|premium",))
    mail_guard = price("mail-guard", 2, grants=("edr",), requires=("standard",))
    both = [{"licence": "standard"}, {"licence": "guard"}]
    kept = holdings(owned(*both), *SHELF, guard)[-1]
    assert kept == Holding(
        Group.OFFICE, 114, ("premium",), kept=(HeldLicence("guard"),), replaced=(HeldLicence("standard"),)
    )
    work = model(*WORK.tasks, task("edr", needs=("edr",)))
    shelf = book(*SHELF, mail_guard, price("edr", 4, grants=("edr",)))
    given = owned({"licence": "standard"}, {"licence": "mail-guard"})
    mix = license_company(given, work.tasks, prices_for(given, shelf), MARCH).mix
    assert mix is not None
    assert mix.holdings[-1].replaced == (HeldLicence("standard"), HeldLicence("mail-guard"))
    # 20 + 4 replace 12 + 2, and administrators have PIM beside.
    assert mix.monthly_cost == Decimal(120 * (24 - 14) + 6 * 9)


def test_of_two_endpoint_add_ons_a_mix_buys_one() -> None:
    """350 people own a suite without EDR. 300 could have the cheap add-on, but then 50 would need the other one."""
    plain = price("plain", 30, grants=(*SUITE, *SIGN_IN))
    business = price("defender-business", 3, grants=("edr",), seat_family="defender-business", seat_cap=300)
    endpoint = price("defender-endpoint-p2", 5, grants=("edr",))
    work = model(task("edr", needs=("edr",)))
    for people, product, dearer in ((300, "defender-business", 3), (350, "defender-endpoint-p2", 5)):
        given = owned({"licence": "plain"}, company__employees=people)
        mix = license_company(given, work.tasks, prices_for(given, book(plain, business, endpoint)), MARCH).mix
        assert mix is not None
        assert (dict(mix.seats), mix.monthly_cost) == ({product: people}, Decimal(people * dearer))


def test_a_bundle_that_is_cheaper_than_what_it_replaces_gives_no_money_back() -> None:
    # Enterprise is kept although Premium grants the same for 20.00 less.
    result = holdings(owned({"licence": "enterprise"}))
    assert result[-1] == Holding(Group.OFFICE, 114, (), kept=(HeldLicence("enterprise"),))


def test_only_a_group_that_has_no_other_mix_pays_less_than_it_replaces() -> None:
    """A dear suite has no sign-in, and nothing sells that alone: its holders can only have premium, 20.00 less."""
    dear = price("dear", 40, grants=SUITE)
    given = owned({"licence": "dear"})
    mix = licensed(given, PREMIUM, PIM, dear).mix
    assert mix is not None
    assert mix.holdings[-1] == Holding(Group.OFFICE, 114, ("premium",), replaced=(HeldLicence("dear"),))
    assert mix.monthly_cost == Decimal(120 * (20 - 40) + 6 * 9)
    # With sign-in sold alone they keep it, though that costs 1.00 more than nothing.
    kept = holdings(given, PREMIUM, PIM, dear, price("sign-in", 1, grants=SIGN_IN))[-1]
    assert kept == Holding(Group.OFFICE, 114, ("sign-in",), kept=(HeldLicence("dear"),))


def test_an_owned_licence_without_a_valid_price_can_only_be_kept() -> None:
    gone = price("gone", 12, grants=SUITE, valid_to="2026-01-01")
    mfa = price("mfa", 17, grants=SIGN_IN)
    result = holdings(owned({"licence": "gone"}), PREMIUM, PIM, gone, mfa)
    assert result[-1] == Holding(Group.OFFICE, 114, ("mfa",), kept=(HeldLicence("gone"),))


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
    mix = license_company(given, needs.tasks, prices_for(given, price_book), MARCH).mix
    assert mix is not None
    assert mix.holdings == (
        Holding(Group.ADMIN, 6, ("m365-business-premium", "entra-p2")),
        Holding(Group.OFFICE, 114, ("m365-business-premium",)),
    )
    assert mix.monthly_cost == Decimal("2454.54")  # 120 x 20.00 + 6 x 9.09
