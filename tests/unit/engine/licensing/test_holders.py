"""Who holds which licences today: owned seats handed out in their order (M12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import SIGN_IN, SUITE, offer, requiring
from zt_planner.domain.data.price_book import Audience
from zt_planner.domain.plan import Group
from zt_planner.domain.scenario.scenario import OwnedLicence
from zt_planner.engine.licensing.holders import HandedOut, handed_out

JUNE = date(2027, 6, 30)
OFFERS = {
    item.id: item
    for item in (
        offer("premium", "20.00", *SUITE, *SIGN_IN, "edr", position=0, family="business", cap=300),
        offer("basic", "6.00", "mail", position=1, family="business", cap=300),
        offer("enterprise", "40.00", *SUITE, *SIGN_IN, position=2),
        offer("first-line", "8.00", "mail", position=3, audience=Audience.FRONTLINE),
        offer("edr", "3.00", "edr", position=4, family="edr", cap=20),
        offer("security", "12.00", "edr", "pim", position=5, requires=requiring("enterprise|premium")),
    )
}
SIZES = {Group.ADMIN: 5, Group.OFFICE: 65, Group.FRONTLINE: 30}


def given_out(*rows: dict[str, Any], sizes: dict[Group, int] | None = None) -> HandedOut:
    """Hand out owned licences to 5 administrators, 65 of the office and 30 of the front line, unless said otherwise."""
    return handed_out([OwnedLicence.model_validate(row) for row in rows], OFFERS, sizes or SIZES)


def people(result: HandedOut) -> list[tuple[str, int, str]]:
    """Return who holds what, as texts."""
    return [(who.group, who.count, "+".join(held.offer.id for held in who.holds) or "nothing") for who in result.people]


def test_who_owns_nothing_is_three_groups() -> None:
    assert people(given_out()) == [("admin", 5, "nothing"), ("office", 65, "nothing"), ("frontline", 30, "nothing")]
    assert people(given_out(sizes={Group.ADMIN: 2, Group.OFFICE: 0, Group.FRONTLINE: 0})) == [("admin", 2, "nothing")]


@pytest.mark.parametrize(
    ("row", "holders"),
    [
        # Without seats everyone whom it serves has it.
        ({"licence": "enterprise"}, {"admin": 5, "office": 65, "frontline": 30}),
        ({"licence": "first-line"}, {"frontline": 30}),
        # Seats go to administrators first, then to office staff, then to frontline people.
        ({"licence": "enterprise", "seats": 3}, {"admin": 3}),
        ({"licence": "enterprise", "seats": 60}, {"admin": 5, "office": 55}),
        ({"licence": "enterprise", "seats": 80}, {"admin": 5, "office": 65, "frontline": 10}),
        ({"licence": "first-line", "seats": 20}, {"frontline": 20}),
    ],
)
def test_seats_of_a_suite_go_to_administrators_then_office_staff_then_frontline_people(
    row: dict[str, Any], holders: dict[str, int]
) -> None:
    result = given_out(row)
    assert {group: count for group, count, held in people(result) if held != "nothing"} == holders
    assert (result.unused, result.above_cap) == ({}, {})


def test_a_second_suite_goes_to_those_who_have_none_yet() -> None:
    result = given_out({"licence": "enterprise", "seats": 10}, {"licence": "basic", "seats": 40})
    assert people(result) == [
        ("admin", 5, "enterprise"),
        ("office", 5, "enterprise"),
        ("office", 40, "basic"),
        ("office", 20, "nothing"),
        ("frontline", 30, "nothing"),
    ]


def test_the_order_of_the_list_decides_who_gets_what() -> None:
    result = given_out({"licence": "basic", "seats": 40}, {"licence": "enterprise", "seats": 10})
    assert people(result)[:3] == [("admin", 5, "basic"), ("office", 35, "basic"), ("office", 10, "enterprise")]


def test_two_contracts_of_one_licence_that_end_on_different_days_make_two_groups() -> None:
    """The same licence may stand twice: 10 seats until June go out first, then 20 that can be ended at any time."""
    result = given_out(
        {"licence": "enterprise", "seats": 10, "until": "2027-06-30"}, {"licence": "enterprise", "seats": 20}
    )
    assert [(who.group, who.count, [held.until for held in who.holds]) for who in result.people[:3]] == [
        ("admin", 5, [JUNE]),
        ("office", 5, [JUNE]),
        ("office", 20, [None]),
    ]
    # Two contracts without a difference are one holding: 5 + 10 seats, then 20 more for the office.
    same = given_out({"licence": "enterprise", "seats": 15}, {"licence": "enterprise", "seats": 20})
    assert people(same)[:2] == [("admin", 5, "enterprise"), ("office", 30, "enterprise")]


def test_seats_that_nobody_takes_are_counted() -> None:
    # 100 people for 120 seats; a suite for those at the front line has 30 for 50.
    assert given_out({"licence": "enterprise", "seats": 120}).unused == {"enterprise": 20}
    assert given_out({"licence": "first-line", "seats": 50}).unused == {"first-line": 20}
    assert given_out({"licence": "enterprise"}, {"licence": "premium", "seats": 7}).unused == {"premium": 7}


def test_seats_above_a_cap_are_counted_and_a_family_shares_its_cap() -> None:
    many = {Group.ADMIN: 10, Group.OFFICE: 340, Group.FRONTLINE: 0}
    whole = given_out({"licence": "premium"}, sizes=many)
    assert people(whole) == [("admin", 10, "premium"), ("office", 290, "premium"), ("office", 50, "nothing")]
    assert (whole.above_cap, whole.unused) == ({"premium": 50}, {})
    # Of the family's 300 seats premium takes 280: 20 of basic's 60 are left, so 40 are above the cap.
    both = given_out({"licence": "premium", "seats": 280}, {"licence": "basic", "seats": 60}, sizes=many)
    assert people(both)[1:] == [("office", 270, "premium"), ("office", 20, "basic"), ("office", 50, "nothing")]
    assert both.above_cap == {"basic": 40}


def test_for_everyone_else_a_cap_is_no_limit_where_the_rest_fits() -> None:
    sizes = {Group.ADMIN: 5, Group.OFFICE: 395, Group.FRONTLINE: 0}
    rest = given_out({"licence": "enterprise", "seats": 300}, {"licence": "premium"}, sizes=sizes)
    assert people(rest)[-1] == ("office", 100, "premium")
    assert rest.above_cap == {}
    assert given_out({"licence": "premium"}, sizes=sizes).above_cap == {"premium": 100}


def test_an_add_on_goes_first_to_those_who_lack_what_it_grants() -> None:
    """Premium protects devices already: the 20 seats of EDR go to office staff with basic."""
    result = given_out({"licence": "premium", "seats": 30}, {"licence": "basic"}, {"licence": "edr", "seats": 20})
    assert people(result) == [
        ("admin", 5, "premium"),
        ("office", 25, "premium"),
        ("office", 20, "basic+edr"),
        ("office", 20, "basic"),
        ("frontline", 30, "basic"),
    ]


def test_an_add_on_goes_to_those_who_have_it_all_last_and_nobody_gets_it_twice() -> None:
    rows = ({"licence": "premium", "seats": 95}, {"licence": "edr", "seats": 8}, {"licence": "edr", "seats": 8})
    # 5 at the front line lack EDR; the other 3, and then 8 more, go to people with premium.
    result = given_out(*rows)
    assert people(result) == [
        ("admin", 5, "premium+edr"),
        ("office", 6, "premium+edr"),
        ("office", 59, "premium"),
        ("frontline", 25, "premium"),
        ("frontline", 5, "edr"),
    ]


def test_an_add_on_goes_only_to_people_who_hold_what_it_requires() -> None:
    result = given_out(
        {"licence": "basic", "seats": 10}, {"licence": "enterprise", "seats": 20}, {"licence": "security"}
    )
    assert ("office", 20, "enterprise+security") in people(result)
    assert sum(count for _, count, held in people(result) if "security" in held) == 20
    # In the order of the list: what comes before the suite that it requires finds nobody.
    early = given_out({"licence": "security", "seats": 20}, {"licence": "enterprise", "seats": 20})
    assert early.unused == {"security": 20}


def test_everyone_stays_in_one_group_whatever_is_owned() -> None:
    rows = ({"licence": "enterprise", "seats": 40}, {"licence": "basic"}, {"licence": "edr"}, {"licence": "first-line"})
    result = given_out(*rows)
    for group, size in SIZES.items():
        assert sum(who.count for who in result.people if who.group is group) == size


def test_where_products_of_a_family_have_different_caps_the_smallest_counts() -> None:
    smaller = {**OFFERS, "basic": offer("basic", "6.00", "mail", position=1, family="business", cap=40)}
    owned = [OwnedLicence(licence="premium", seats=60)]
    result = handed_out(owned, smaller, SIZES)
    assert ("office", 35, "premium") in people(result)
    assert result.above_cap == {"premium": 20}
