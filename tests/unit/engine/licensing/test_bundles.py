"""Which sets of licences give a person everything needed (M12)."""

from __future__ import annotations

import pytest

from tests.builders import SIGN_IN, SUITE, offer, requiring
from zt_planner.domain.data.price_book import Audience, Capability
from zt_planner.domain.plan import Group
from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.engine.licensing.bundles import Demand, Offer, bundles_for, demands_for, vendors_for

ANYONE = frozenset({Demand(Capability.MAIL), Demand(Capability.EDR)})


def ids(offers: tuple[Offer, ...], demands: frozenset[Demand] = ANYONE, kept: tuple[Offer, ...] = ()) -> list[str]:
    """Return the bundles as texts."""
    return ["+".join(item.id for item in bundle) for bundle in bundles_for(offers, demands, kept)]


def test_a_bundle_holds_nothing_that_could_be_left_out() -> None:
    offers = (
        offer("all", "9", "mail", "edr", position=0),
        offer("mail", "1", "mail", position=1),
        offer("edr", "1", "edr", position=2),
    )
    assert ids(offers) == ["all", "mail+edr"]


def test_what_a_product_requires_belongs_to_its_bundle() -> None:
    offers = (
        offer("base", "5", "mail", position=0),
        offer("extra", "1", "edr", position=1, requires=requiring("base")),
        offer("mail", "1", "mail", position=2),
    )
    assert ids(offers) == ["base+extra"]


def test_a_product_whose_requirement_cannot_be_had_is_in_no_bundle() -> None:
    offers = (offer("mail", "1", "mail"), offer("extra", "1", "edr", position=1, requires=requiring("gone")))
    assert ids(offers) == []


def test_a_kept_licence_grants_what_it_grants_and_serves_as_requirement() -> None:
    kept = offer("owned", "5", "mail", position=0)
    offers = (
        offer("edr", "1", "edr", position=1),
        offer("extra", "1", "edr", position=2, requires=requiring("owned")),
    )
    assert ids(offers, kept=(kept,)) == ["edr", "extra"]


def test_a_kept_licence_that_grants_everything_needs_no_bundle_beside_it() -> None:
    assert ids((offer("edr", "1", "edr", position=1),), kept=(offer("owned", None, "mail", "edr"),)) == [""]


def test_a_product_that_its_follower_needs_is_not_left_out() -> None:
    # Without "base" the follower could not be held, although "all" grants what "base" grants.
    offers = (
        offer("base", "5", position=0),
        offer("extra", "1", "edr", position=1, requires=requiring("base")),
        offer("mail", "1", "mail", position=2),
    )
    assert ids(offers) == ["base+extra+mail"]


def test_one_of_two_required_products_is_enough() -> None:
    offers = (
        offer("first", "5", "mail", position=0),
        offer("second", "6", "mail", position=1),
        offer("extra", "1", "edr", position=2, requires=requiring("first|second")),
    )
    assert ids(offers) == ["first+extra", "second+extra"]
    assert ids(offers[2:], kept=(offers[1],)) == ["extra"]
    assert ids(offers[2:], kept=(offer("third", "6", "mail", position=3),)) == []


def test_what_a_kept_licence_requires_must_be_there() -> None:
    """An add-on stays only on a suite that it goes with: on its own base, or on another one that it allows."""
    add_on = offer("extra", "1", "edr", position=3, requires=requiring("old|new"))
    suites = (
        offer("old", "5", "mail", position=0, sold=False),
        offer("new", "6", "mail", position=1),
        offer("other", "1", "mail", position=2),
    )
    assert ids(suites[1:], kept=(suites[0], add_on)) == [""]
    assert ids(suites[1:], kept=(add_on,)) == ["new"]


def test_nobody_has_two_suites() -> None:
    """A suite is what grants mail; one without mail can stand beside it."""
    kept = offer("basic", "6", "mail", position=0)
    offers = (offer("suite", "20", "mail", "edr", position=1), offer("edr", "3", "edr", position=2))
    assert ids(offers, kept=(kept,)) == ["edr"]
    assert ids(offers) == ["suite"]


def test_frontline_plans_serve_frontline_people_only() -> None:
    plan = offer("f3", "8", "mail", audience=Audience.FRONTLINE)
    assert [plan.serves(group) for group in Group] == [False, False, True]
    assert offer("any").serves(Group.OFFICE)


@pytest.mark.parametrize(
    ("provider", "capability", "vendors"),
    [
        ("entra", "edr", {"Microsoft"}),
        ("entra", "mail", {"Microsoft"}),
        ("google", "mail", {"Google"}),
        ("google", "mdm", {"Google"}),
        ("google", "edr", None),
        ("google", "pim", None),
        ("okta", "sso", {"Okta"}),
        ("okta", "mdm", None),
        ("okta", "mail", {"Google"}),
    ],
)
def test_the_identity_provider_decides_who_may_grant_what(
    provider: str, capability: str, vendors: set[str] | None
) -> None:
    result = vendors_for(Capability(capability), IdentityProvider(provider), "Google")
    assert result == (None if vendors is None else frozenset(vendors))


def test_with_okta_the_suite_comes_from_anyone_until_a_vendor_is_chosen() -> None:
    assert vendors_for(Capability.OFFICE, IdentityProvider.OKTA, None) is None


def test_a_demand_is_met_by_the_right_vendor_only() -> None:
    (demand,) = demands_for([Capability.SSO], IdentityProvider.OKTA, None)
    assert demand.met_by(offer("okta", "2", *SIGN_IN, vendor="Okta"))
    assert not demand.met_by(offer("entra", "2", *SIGN_IN))
    assert not demand.met_by(offer("okta", "2", *SUITE, vendor="Okta"))
