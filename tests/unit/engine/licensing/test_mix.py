"""The cheapest legal mix, its caps and its ties (M12)."""

from __future__ import annotations

import pytest

from tests.builders import offer
from zt_planner.domain.plan import Group
from zt_planner.engine.licensing import mix
from zt_planner.engine.licensing.bundles import (
    Held,
    Offer,
    Option,
    OptionShare,
    PeopleGroup,
    family_caps,
    option_for,
    ordering,
    undominated,
)
from zt_planner.engine.licensing.licences import MixSearches, SuiteCandidates
from zt_planner.engine.licensing.mix import MixSearch

CAPPED = offer("capped", "10.00", "mail", position=0, family="small", cap=300)
DEAR = offer("dear", "30.00", "mail", position=1)
OWNED = Held(offer("owned", "4.00", "mail", position=2))
OLD = Held(offer("old", None))


def office(count: int, *options: Option, holds: tuple[Held, ...] = ()) -> PeopleGroup:
    return PeopleGroup(Group.OFFICE, holds, count, options)


def cheapest_shares(groups: tuple[PeopleGroup, ...]) -> tuple[OptionShare, ...] | None:
    """Return the best shares of groups that all have options; None where no mix is allowed."""
    return MixSearch(groups).shares() if all(people.options for people in groups) else None


def shared(*groups: PeopleGroup) -> list[tuple[str, str, int]]:
    """Return group, bundle and people of the best shares."""
    result = cheapest_shares(groups)
    assert result is not None
    return [(share.people.group, "+".join(held.id for held in share.option.held), share.count) for share in result]


def buy(*offers: Offer) -> Option:
    """Return the option of buying a bundle."""
    return option_for(offers)


def test_an_option_costs_its_bundle_less_the_credit() -> None:
    assert option_for((DEAR, CAPPED)).cents == 4000
    assert option_for((DEAR,), replaced=(OWNED,)).cents == 2600
    assert option_for((DEAR,), kept=(OLD,)).cents == 3000
    assert option_for((), replaced=(OLD,)).cents == 0


def test_a_kept_licence_takes_a_seat_of_its_family() -> None:
    kept = option_for((DEAR,), kept=(Held(CAPPED),))
    assert (kept.seats, kept.seats_of_family("small"), [held.id for held in kept.held]) == (2, 1, ["capped", "dear"])


def test_everyone_gets_the_cheapest_bundle_where_no_cap_binds() -> None:
    assert shared(office(300, buy(CAPPED), buy(DEAR))) == [("office", "capped", 300)]


def test_people_above_a_cap_get_the_next_bundle() -> None:
    assert shared(office(350, buy(CAPPED), buy(DEAR))) == [("office", "capped", 300), ("office", "dear", 50)]


def test_the_scarce_seats_go_where_they_save_most() -> None:
    # An administrator saves 20.00 with a capped seat, an office person 5.00.
    cheap = offer("cheap", "15.00", "mail", position=3)
    admins = PeopleGroup(Group.ADMIN, (), 300, (buy(CAPPED), buy(DEAR)))
    assert shared(admins, office(10, buy(CAPPED), buy(cheap))) == [
        ("admin", "capped", 300),
        ("office", "cheap", 10),
    ]


def test_no_mix_is_allowed_where_a_group_has_no_option_or_the_caps_leave_none() -> None:
    assert cheapest_shares((office(1),)) is None
    assert cheapest_shares((office(301, buy(CAPPED)),)) is None


def test_at_equal_cost_fewer_seats_win_and_then_fewer_products() -> None:
    half, other = offer("half", "15.00", position=0), offer("other", "15.00", position=3)
    assert shared(office(5, buy(half, other), buy(DEAR))) == [("office", "dear", 5)]
    first, second = offer("first", "30.00", position=0), offer("second", "30.00", position=4)
    admins = PeopleGroup(Group.ADMIN, (), 2, (buy(first), buy(DEAR)))
    assert shared(admins, office(5, buy(DEAR), buy(second))) == [("admin", "dear", 2), ("office", "dear", 5)]


def test_at_equal_cost_fewer_licences_are_given_back_even_for_more_seats() -> None:
    """Keeping "owned" and buying two at 2.00 costs what one at 8.00 costs less its 4.00, and gives nothing back."""
    beside = (offer("a", "2.00", position=3), offer("b", "2.00", position=4))
    kept = option_for(beside, kept=(OWNED,))
    replaced = option_for((offer("whole", "8.00", position=5),), replaced=(OWNED,))
    assert (kept.price, replaced.price) == ((400, 0, 3), (400, 1, 1))
    result = cheapest_shares((office(5, kept, replaced, holds=(OWNED,)),))
    assert result is not None
    assert [share.option for share in result] == [kept]


def test_at_equal_cost_and_seats_a_licence_is_kept_rather_than_replaced() -> None:
    free = offer("free", "4.00", position=1)
    kept, replaced = option_for((), kept=(OWNED,)), option_for((free,), replaced=(OWNED,))
    result = cheapest_shares((office(5, kept, replaced, holds=(OWNED,)),))
    assert result is not None
    assert [share.option for share in result] == [kept]


def test_at_equal_everything_the_product_first_in_the_book_gets_more_seats() -> None:
    twin = offer("twin", "30.00", position=0)
    assert shared(office(5, buy(DEAR), buy(twin))) == [("office", "twin", 5)]


def test_more_ties_than_can_be_tried_one_by_one_are_solved_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = [buy(offer(f"twin {index}", "30.00", position=index)) for index in range(9)]
    groups = [PeopleGroup(group, (), 2, tuple(twins)) for group in Group]
    expected = [(people.group, "twin 0", 2) for people in groups]
    assert shared(*groups) == expected
    monkeypatch.setattr(mix, "MOST_TRIED", 0)
    assert shared(*groups) == expected


def test_seats_that_do_not_come_out_even_are_left_to_the_solver() -> None:
    # Both products of the pair are of one family with three seats: one person can have it.
    one, other = (offer(name, "5.00", position=index, family="odd", cap=3) for index, name in enumerate(("a", "b")))
    assert shared(office(3, buy(one, other), buy(DEAR))) == [("office", "a+b", 1), ("office", "dear", 2)]


def test_caps_that_leave_no_even_way_leave_no_mix() -> None:
    one, other = (offer(name, "5.00", position=index, family="odd", cap=3) for index, name in enumerate(("a", "b")))
    third, fourth = (offer(name, "6.00", position=index + 2, family="few", cap=1) for index, name in enumerate("cd"))
    groups = (office(2, buy(one, other), buy(third, fourth)),)
    assert cheapest_shares(groups) is None
    assert MixSearch(groups).bound == (2000, 0, 4)  # no mix can be below: whether there is one, the solver says
    assert MixSearches((SuiteCandidates(groups, None),)).best() is None


def test_ties_that_do_not_come_out_even_are_left_to_the_solver() -> None:
    one, other = (offer(name, "5.00", position=index, family="odd", cap=3) for index, name in enumerate(("a", "b")))
    third, fourth = offer("c", "5.00", position=3, family="even", cap=2), offer("d", "5.00", position=4)
    assert shared(office(3, buy(one, other), buy(third, fourth))) == [("office", "a+b", 1), ("office", "c+d", 2)]


def test_administrators_get_the_bundle_that_comes_first_where_the_choice_is_free() -> None:
    # 300 capped seats for 310 people: ten get the dear one, and no matter who, it costs the same.
    admins = PeopleGroup(Group.ADMIN, (), 100, (buy(CAPPED), buy(DEAR)))
    assert shared(admins, office(210, buy(CAPPED), buy(DEAR))) == [
        ("admin", "capped", 100),
        ("office", "capped", 200),
        ("office", "dear", 10),
    ]


def test_a_suite_that_costs_more_at_least_is_not_searched_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    dear, cheap = (office(350, buy(CAPPED), buy(offer(name, cost))) for name, cost in (("a", "30.00"), ("b", "20.00")))
    searches = MixSearches((SuiteCandidates((dear,), "dear"), SuiteCandidates((cheap,), "cheap")))
    assert searches.bound == (300 * 1000 + 50 * 2000, 0, 350)
    solved: list[MixSearch] = []
    shares_of = MixSearch.shares

    def noted(search: MixSearch) -> tuple[OptionShare, ...] | None:
        solved.append(search)
        return shares_of(search)

    monkeypatch.setattr(MixSearch, "shares", noted)
    result = searches.best()
    assert result is not None
    assert result.vendor == "cheap"
    assert len(solved) == 1


def test_the_smallest_cap_of_a_family_counts() -> None:
    smaller = offer("smaller", "1.00", family="small", cap=200)
    assert family_caps([buy(CAPPED), buy(smaller), buy(DEAR)]) == {"small": 200}


def test_an_option_that_is_dearer_and_takes_no_less_of_a_cap_is_left_out() -> None:
    capped, dear, dearer = buy(CAPPED), buy(DEAR), buy(offer("dearer", "31.00", position=9))
    assert undominated((capped, dear, dearer), ["small"]) == (capped, dear)


def test_a_large_company_is_solved_to_the_cent() -> None:
    # 5,000 people: objectives joined into one number must stay exact.
    result = cheapest_shares((office(5000, buy(CAPPED), buy(DEAR)),))
    assert result is not None
    assert ordering(result)[0] == 300 * 1000 + 4700 * 3000


def test_mixes_are_compared_by_cost_what_is_given_back_seats_products_and_the_order_of_the_book() -> None:
    kept = cheapest_shares((office(2, option_for((DEAR,), kept=(OWNED,)), holds=(OWNED,)),))
    assert kept is not None
    assert ordering(kept) == (6000, 0, 4, 2, [(1, -2), (2, -2)])
