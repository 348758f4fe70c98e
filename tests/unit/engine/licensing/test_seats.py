"""Which licence seats start in which month (M11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    SIGN_IN,
    SUITE,
    book,
    case,
    model,
    offer,
    placed,
    price,
    quiet,
    scenario,
    size,
    task,
)
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, Holding, Mix, ScheduledTask
from zt_planner.engine.licensing.bundles import Demand
from zt_planner.engine.licensing.seats import (
    LicenceStart,
    RolloutWave,
    SeatChange,
    Seats,
    licence_starts,
    pilot_counts,
    pilot_size,
    seats_of,
)

ADMIN_DEMANDS = frozenset(Demand(capability) for capability in (Capability.MAIL, Capability.OFFICE, Capability.MFA))
OFFERS = {
    item.id: item
    for item in (
        offer("premium", "20.00", *SUITE, *SIGN_IN, position=0),
        offer("standard", "12.00", *SUITE, position=1),
        offer("pim", "9.00", "pim", position=2),
        offer("rich", "30.00", *SUITE, *SIGN_IN, "pim", position=3),
        offer("guarded", "20.00", *SUITE, *SIGN_IN, position=4),
        offer("guard-suite", "9.00", "pim", *SIGN_IN, *SUITE, position=5, requires=frozenset({"guarded"})),
        offer("base", "5.00", "sso", position=6),
        offer("base-pim", "5.00", "pim", position=7, requires=frozenset({"base"})),
    )
}
FEBRUARY, MARCH, APRIL = (Month(2027, number) for number in (2, 3, 4))

PILOT = placed("mfa_pilot", date(2027, 2, 1), needs=("mfa",), reach="pilot")
ROLLOUT = placed("mfa_rollout", date(2027, 3, 1), needs=("mfa",), reach="everyone")
JUST_IN_TIME = placed("just_in_time", date(2027, 4, 1), needs=("pim",), reach="administrators")
TASKS = (PILOT, ROLLOUT, JUST_IN_TIME)


STANDARD = price("standard", 12, grants=(*SUITE, "mfa"))
PREMIUM = price("premium", 20, grants=(*SUITE, *SIGN_IN, "mdm", "edr"))


def mix(*holdings: Holding) -> Mix:
    """Return a mix; what it costs does not matter here."""
    return Mix(holdings, Decimal(0), {}, {})


def starts(
    *tasks: ScheduledTask, owned: str | None = None, phase_model: PhaseModel | None = None
) -> Mapping[RolloutWave, LicenceStart]:
    """Return when licences start in a plan of some tasks that is done with the last of them."""
    asked = case(quiet(company__owned_licence=owned), book(STANDARD, PREMIUM), phase_model or model(task("any")))
    return licence_starts(asked, tasks, max(task.finish for task in tasks))


def seats(*holdings: Holding, tasks: tuple[ScheduledTask, ...] = TASKS) -> list[tuple[str, int, Month, SeatChange]]:
    """Return product, number, first month and role of all seats."""
    people = sum(held.count for held in holdings)
    result = seats_of(mix(*holdings), size(scenario(company__employees=people)), starts(*tasks), OFFERS, ADMIN_DEMANDS)
    return [(seat.product, seat.count, seat.first, seat.change) for seat in result]


@pytest.mark.parametrize(("employees", "pilots"), [(1, 1), (5, 5), (50, 5), (51, 6), (120, 12), (121, 13)])
def test_a_tenth_tries_it_first_at_least_five_and_never_more_than_there_are(employees: int, pilots: int) -> None:
    assert pilot_size(size(scenario(company__employees=employees))) == pilots


def test_licences_start_with_the_tasks_that_need_them() -> None:
    assert starts(*TASKS) == {
        RolloutWave.PILOT: (FEBRUARY, "mfa_pilot"),
        RolloutWave.OTHERS: (MARCH, "mfa_rollout"),
        RolloutWave.JUST_IN_TIME: (APRIL, "just_in_time"),
    }


def test_of_tasks_that_start_on_one_day_the_first_in_the_model_counts() -> None:
    enrolment = placed("enrolment", ROLLOUT.start, needs=("mdm",), reach="everyone")
    assert starts(enrolment, ROLLOUT)[RolloutWave.OTHERS].task_id == "enrolment"


def test_any_task_for_everyone_opens_the_others_licences_whatever_its_name() -> None:
    sso = placed("own_sso", date(2027, 2, 15), needs=("sso",), reach="everyone")
    assert starts(PILOT, sso, ROLLOUT)[RolloutWave.OTHERS] == (FEBRUARY, "own_sso")


def test_without_a_roll_out_the_others_start_in_the_month_of_the_finish() -> None:
    result = starts(PILOT, placed("last", date(2027, 4, 5)))
    assert result == {RolloutWave.PILOT: (FEBRUARY, "mfa_pilot"), RolloutWave.OTHERS: (APRIL, "last")}


def test_where_no_task_opens_any_licences_start_in_the_month_of_the_finish() -> None:
    result = starts(placed("kickoff"), JUST_IN_TIME, placed("last", date(2027, 4, 5), date(2027, 5, 3)))
    assert result == {
        RolloutWave.PILOT: (Month(2027, 5), "last"),
        RolloutWave.OTHERS: (Month(2027, 5), "last"),
        RolloutWave.JUST_IN_TIME: (APRIL, "just_in_time"),
    }
    assert RolloutWave.JUST_IN_TIME not in starts(placed("kickoff"))


ACCESS = placed(
    "conditional_access", date(2027, 4, 5), date(2027, 5, 7), needs=("conditional_access",), reach="everyone"
)


def test_what_todays_licence_grants_opens_nothing() -> None:
    """Who owns a licence with MFA, as Business Standard, pays for more only when Conditional Access begins."""
    tasks = (PILOT, ROLLOUT, ACCESS)
    assert starts(*tasks, owned="standard") == {
        RolloutWave.PILOT: (APRIL, "conditional_access"),
        RolloutWave.OTHERS: (APRIL, "conditional_access"),
    }
    assert starts(*tasks)[RolloutWave.OTHERS] == (MARCH, "mfa_rollout")


def test_a_pilot_of_what_todays_licence_lacks_opens_the_pilot_s_licences_alone() -> None:
    baseline = placed("mdm_baseline", date(2027, 3, 8), needs=("mdm",), reach="pilot")
    result = starts(PILOT, ROLLOUT, baseline, ACCESS, owned="standard")
    assert result[RolloutWave.PILOT] == (MARCH, "mdm_baseline")
    assert result[RolloutWave.OTHERS] == (APRIL, "conditional_access")


def test_who_owns_all_that_is_needed_begins_in_the_month_of_the_finish() -> None:
    assert starts(PILOT, ROLLOUT, ACCESS, owned="premium")[RolloutWave.PILOT] == (Month(2027, 5), "conditional_access")


def test_a_task_that_needs_more_than_one_thing_opens_licences_for_what_is_missing() -> None:
    device_access = placed("device_access", date(2027, 3, 1), needs=("mfa", "mdm"), reach="everyone")
    assert starts(PILOT, device_access, owned="standard")[RolloutWave.PILOT] == (MARCH, "device_access")


def test_the_pilot_s_seats_start_first_then_the_others() -> None:
    assert seats(Holding(Group.OFFICE, 120, ("premium",))) == [
        ("premium", 12, FEBRUARY, SeatChange.BOUGHT),
        ("premium", 108, MARCH, SeatChange.BOUGHT),
    ]


def test_what_administrators_need_for_just_in_time_only_starts_with_it() -> None:
    result = seats(Holding(Group.ADMIN, 6, ("premium", "pim")), Holding(Group.OFFICE, 54, ("premium",)))
    assert ("pim", 6, APRIL, SeatChange.BOUGHT) in result
    # 6 of 60 people are pilots, all from the office staff; 6 + 48 start in March.
    assert {seat for seat in result if seat[0] == "premium"} == {
        ("premium", 6, FEBRUARY, SeatChange.BOUGHT),
        ("premium", 54, MARCH, SeatChange.BOUGHT),
    }


def test_a_product_that_covers_more_than_just_in_time_does_not_wait() -> None:
    assert all(first != APRIL for *_, first, _ in seats(Holding(Group.ADMIN, 10, ("rich",))))


def test_pilot_administrators_hold_the_whole_bundle_from_the_pilot_on() -> None:
    assert seats(Holding(Group.ADMIN, 3, ("premium", "pim"))) == [
        ("premium", 3, FEBRUARY, SeatChange.BOUGHT),
        ("pim", 3, FEBRUARY, SeatChange.BOUGHT),
    ]


def test_just_in_time_does_not_wait_where_the_replaced_licence_granted_it() -> None:
    result = seats(
        Holding(Group.ADMIN, 6, ("premium", "pim"), replaced="rich"),
        Holding(Group.OFFICE, 54, ("premium",), replaced="rich"),
    )
    assert ("pim", 6, MARCH, SeatChange.BOUGHT) in result


def test_just_in_time_waits_where_the_replaced_licence_did_not_grant_it() -> None:
    result = seats(
        Holding(Group.ADMIN, 6, ("premium", "pim"), replaced="standard"),
        Holding(Group.OFFICE, 54, ("premium",), replaced="standard"),
    )
    assert ("pim", 6, APRIL, SeatChange.BOUGHT) in result
    assert ("standard", 60 - 6, MARCH, SeatChange.CREDITED) in result


def test_of_two_products_that_could_each_go_only_one_waits() -> None:
    """The suite grants all that its base grants, and just-in-time rights, but requires it: the base cannot wait."""
    result = seats(Holding(Group.ADMIN, 6, ("guarded", "guard-suite")), Holding(Group.OFFICE, 54, ("premium",)))
    assert ("guard-suite", 6, APRIL, SeatChange.BOUGHT) in result
    assert ("guarded", 6, MARCH, SeatChange.BOUGHT) in result


def test_a_base_waits_with_what_requires_it_where_the_rest_does_without_both() -> None:
    products = ("premium", "base", "base-pim")
    result = seats(Holding(Group.ADMIN, 6, products), Holding(Group.OFFICE, 54, ("premium",)))
    assert {product for product, _, first, _ in result if first == APRIL} == {"base", "base-pim"}


def test_what_a_kept_licence_requires_keeps_nothing_from_waiting() -> None:
    result = seats(Holding(Group.ADMIN, 6, ("pim",), kept="guard-suite"), Holding(Group.OFFICE, 54, ("premium",)))
    assert ("pim", 6, APRIL, SeatChange.BOUGHT) in result


def test_without_a_just_in_time_task_nothing_waits_for_it() -> None:
    result = seats(
        Holding(Group.ADMIN, 6, ("premium", "pim")), Holding(Group.OFFICE, 54, ("premium",)), tasks=(PILOT, ROLLOUT)
    )
    assert ("pim", 6, MARCH, SeatChange.BOUGHT) in result


def test_credits_and_kept_seats_start_with_the_seats_beside_them() -> None:
    result = seats(
        Holding(Group.OFFICE, 30, ("premium",), replaced="standard"),
        Holding(Group.OFFICE, 10, ("pim",), kept="premium"),
    )
    assert result == [
        ("premium", 5, FEBRUARY, SeatChange.BOUGHT),
        ("standard", 5, FEBRUARY, SeatChange.CREDITED),
        ("premium", 25, MARCH, SeatChange.BOUGHT),
        ("standard", 25, MARCH, SeatChange.CREDITED),
        ("pim", 10, MARCH, SeatChange.BOUGHT),
        ("premium", 10, MARCH, SeatChange.KEPT),
    ]


def counts(employees: int, *holdings: Holding) -> tuple[int, ...]:
    """Return the pilot people of each holding."""
    return pilot_counts(mix(*holdings), size(scenario(company__employees=employees)), OFFERS)


def test_pilot_people_come_from_the_largest_group_with_equal_bundles() -> None:
    small, large = Holding(Group.OFFICE, 40, ("standard",)), Holding(Group.OFFICE, 80, ("premium",))
    assert counts(120, small, large) == (0, 12)


def test_of_equal_groups_the_one_whose_product_comes_first_in_the_book_tries() -> None:
    assert counts(120, Holding(Group.OFFICE, 60, ("standard",)), Holding(Group.OFFICE, 60, ("premium",))) == (0, 12)


def test_nobody_tries_in_an_empty_mix() -> None:
    assert counts(10) == ()


def test_no_more_people_try_than_the_group_has() -> None:
    assert counts(300, *(Holding(Group.OFFICE, 20, (product,)) for product in ("premium", "standard"))) == (20, 0)


def test_the_replaced_try_before_the_kept_and_these_before_the_others() -> None:
    # The kept licence counts as part of the bundle, so all four hold the same.
    result = counts(
        100,
        Holding(Group.ADMIN, 2, ("premium",), replaced="standard"),
        Holding(Group.OFFICE, 4, ("premium",)),
        Holding(Group.OFFICE, 3, (), kept="premium"),
        Holding(Group.OFFICE, 4, ("premium",), replaced="standard"),
    )
    assert result == (0, 3, 3, 4)


def test_seats_know_their_product_task_and_month() -> None:
    five = size(scenario(company__employees=5))
    (first, *_) = seats_of(mix(Holding(Group.OFFICE, 5, ("premium",))), five, starts(*TASKS), OFFERS, ADMIN_DEMANDS)
    assert first == Seats("premium", 5, FEBRUARY, "mfa_pilot", SeatChange.BOUGHT)
