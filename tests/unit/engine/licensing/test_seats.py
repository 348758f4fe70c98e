"""Which licence seats start in which month (M11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

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
    requiring,
    scenario,
    size,
    task,
)
from zt_planner.domain.data.phase_model import Task
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, HeldLicence, Holding, Mix, ScheduledTask
from zt_planner.engine.licensing.bundles import Demand
from zt_planner.engine.licensing.seats import (
    OTHERS,
    PILOT,
    LicenceStart,
    SeatChange,
    Seats,
    Wave,
    groups_of,
    licence_start,
    pilot_counts,
    pilot_size,
    seats_of,
)

DEMANDS = frozenset(Demand(capability) for capability in (Capability.MAIL, Capability.OFFICE, Capability.MFA))
PRIVILEGED = frozenset({Capability.PIM, Capability.RISK_ACCESS})
OFFERS = {
    item.id: item
    for item in (
        offer("premium", "20.00", *SUITE, *SIGN_IN, position=0),
        offer("standard", "12.00", *SUITE, position=1),
        offer("pim", "9.00", "pim", position=2),
        offer("rich", "30.00", *SUITE, *SIGN_IN, "pim", position=3),
        offer("guarded", "20.00", *SUITE, *SIGN_IN, position=4),
        offer("guard-suite", "9.00", "pim", *SIGN_IN, *SUITE, position=5, requires=requiring("guarded")),
        offer("base", "5.00", "sso", position=6),
        offer("guardian", "10.00", "pim", "risk_access", position=8),
        offer("base-pim", "5.00", "pim", position=7, requires=requiring("base")),
    )
}
FEBRUARY, MARCH, APRIL = (Month(2027, number) for number in (2, 3, 4))

TRY = placed("mfa_pilot", date(2027, 2, 1), needs=("mfa",), reach="pilot")
ROLLOUT = placed("mfa_rollout", date(2027, 3, 1), needs=("mfa",), reach="everyone")
JUST_IN_TIME = placed("just_in_time", date(2027, 4, 1), needs=("pim",), reach="administrators")
RISK = placed("risk_policies", date(2027, 5, 3), needs=("risk_access",), reach="risk_access")
TASKS = (TRY, ROLLOUT, JUST_IN_TIME)


STANDARD = price("standard", 12, grants=(*SUITE, "mfa"))
GUARDIAN = price("guardian", 10, grants=("pim", "risk_access"))
PREMIUM = price("premium", 20, grants=(*SUITE, *SIGN_IN, "mdm", "edr"))


def mix(*holdings: Holding) -> Mix:
    """Return a mix; what it costs does not matter here."""
    return Mix(holdings, Decimal(0), {}, {})


def start(
    wave: Wave,
    *tasks: ScheduledTask,
    owned: Sequence[dict[str, Any]] = (),
    done: Sequence[Task] = (),
    risk_access: str = "administrators",
) -> LicenceStart:
    """Return when licences of a wave start in a plan of some tasks, without or after others that were done before."""
    given = quiet(
        company__owned_licences=owned,
        choices__risk_access=risk_access,
        tasks__edits={each.id: {"done": 1} for each in done},
    )
    asked = case(given, book(STANDARD, PREMIUM, GUARDIAN), model(*(each.task for each in tasks), *done))
    return licence_start(wave, asked.opening, tasks, max((each.finish for each in tasks), default=asked.start))


def begins(*tasks: ScheduledTask, **fields: Any) -> tuple[LicenceStart, LicenceStart]:  # noqa: ANN401
    """Return when the pilot people's licences start, and when the others' do."""
    return start(PILOT, *tasks, **fields), start(OTHERS, *tasks, **fields)


def seats(*holdings: Holding, tasks: tuple[ScheduledTask, ...] = TASKS) -> list[tuple[str, int, Month, SeatChange]]:
    """Return product, number, first month and role of all seats."""
    people = sum(held.count for held in holdings)
    needs = frozenset(need for each in tasks for need in each.task.needs)
    groups = groups_of(
        mix(*holdings), size(scenario(company__employees=people)), OFFERS, dict.fromkeys(Group, DEMANDS), needs
    )
    result = seats_of(groups, {group.wave: start(group.wave, *tasks) for group in groups})
    return [(seat.product, seat.count, seat.first, seat.change) for seat in result]


@pytest.mark.parametrize(("employees", "pilots"), [(1, 1), (5, 5), (50, 5), (51, 6), (120, 12), (121, 13)])
def test_a_tenth_tries_it_first_at_least_five_and_never_more_than_there_are(employees: int, pilots: int) -> None:
    assert pilot_size(size(scenario(company__employees=employees))) == pilots


def test_licences_start_with_the_tasks_that_need_them() -> None:
    assert begins(*TASKS) == ((FEBRUARY, "mfa_pilot"), (MARCH, "mfa_rollout"))
    assert start(Wave(is_pilot=False, adds=frozenset({Capability.PIM})), *TASKS) == (APRIL, "just_in_time")


def test_what_judges_risk_starts_with_its_own_task_and_what_does_both_with_the_first_of_the_two() -> None:
    """Just-in-time rights begin in April, sign-ins are judged in May."""
    waves = [Wave(is_pilot=False, adds=adds) for adds in (frozenset({Capability.RISK_ACCESS}), PRIVILEGED)]
    assert [start(wave, *TASKS, RISK).task_id for wave in waves] == ["risk_policies", "just_in_time"]


def test_of_tasks_that_start_on_one_day_the_first_in_the_model_counts() -> None:
    enrolment = placed("enrolment", ROLLOUT.start, needs=("mdm",), reach="everyone")
    assert start(OTHERS, enrolment, ROLLOUT).task_id == "enrolment"


def test_any_task_for_everyone_opens_the_others_licences_whatever_its_name() -> None:
    sso = placed("own_sso", date(2027, 2, 15), needs=("sso",), reach="everyone")
    assert start(OTHERS, TRY, sso, ROLLOUT) == (FEBRUARY, "own_sso")


def test_where_everyones_sign_ins_are_judged_that_task_opens_the_others_licences() -> None:
    """It reaches everyone then; where it reaches administrators, the others' begin in the month of the finish."""
    late = placed("last", date(2027, 6, 7))
    assert start(OTHERS, TRY, RISK, late, risk_access="everyone") == (Month(2027, 5), "risk_policies")
    assert start(OTHERS, TRY, RISK, late) == (Month(2027, 6), "last")


def test_without_a_roll_out_the_others_start_in_the_month_of_the_finish() -> None:
    result = begins(TRY, placed("last", date(2027, 4, 5)))
    assert result == ((FEBRUARY, "mfa_pilot"), (APRIL, "last"))


def test_where_no_task_opens_any_licences_start_in_the_month_of_the_finish() -> None:
    result = begins(placed("kickoff"), JUST_IN_TIME, placed("last", date(2027, 4, 5), date(2027, 5, 3)))
    assert result == ((Month(2027, 5), "last"), (Month(2027, 5), "last"))


ACCESS = placed(
    "conditional_access", date(2027, 4, 5), date(2027, 5, 7), needs=("conditional_access",), reach="everyone"
)
OWN_STANDARD = [{"licence": "standard"}]


def test_what_todays_licence_grants_opens_nothing() -> None:
    """Who owns a licence with MFA, as Business Standard, pays for more only when Conditional Access begins."""
    tasks = (TRY, ROLLOUT, ACCESS)
    assert begins(*tasks, owned=OWN_STANDARD) == ((APRIL, "conditional_access"), (APRIL, "conditional_access"))
    assert start(OTHERS, *tasks) == (MARCH, "mfa_rollout")


def test_a_task_opens_licences_where_not_everyone_whom_it_reaches_has_what_it_needs() -> None:
    """Standard for 60 of 120: the others need MFA with the roll-out.

    The pilot people are office staff who give standard back, so they have MFA: their licences begin with the
    roll-out, too.
    """
    tasks = (TRY, ROLLOUT, ACCESS)
    half = [{"licence": "standard", "seats": 60}]
    assert begins(*tasks, owned=half) == ((MARCH, "mfa_rollout"), (MARCH, "mfa_rollout"))


def test_a_pilot_of_what_todays_licence_lacks_opens_the_pilot_s_licences_alone() -> None:
    baseline = placed("mdm_baseline", date(2027, 3, 8), needs=("mdm",), reach="pilot")
    pilot, others = begins(TRY, ROLLOUT, baseline, ACCESS, owned=OWN_STANDARD)
    assert pilot == (MARCH, "mdm_baseline")
    assert others == (APRIL, "conditional_access")


def test_who_owns_all_that_is_needed_begins_in_the_month_of_the_finish() -> None:
    owned = [{"licence": "premium"}]
    assert start(PILOT, TRY, ROLLOUT, ACCESS, owned=owned) == (Month(2027, 5), "conditional_access")


def test_a_task_that_needs_more_than_one_thing_opens_licences_for_what_is_missing() -> None:
    device_access = placed("device_access", date(2027, 3, 1), needs=("mfa", "mdm"), reach="everyone")
    assert start(PILOT, TRY, device_access, owned=OWN_STANDARD) == (MARCH, "device_access")


DONE_ROLLOUT = task("mfa_rollout", needs=("mfa",), reach="everyone")


def test_what_a_done_task_needs_is_paid_from_the_start_unless_today_s_licences_grant_it() -> None:
    """MFA is there already: without a licence that grants it, it is bought in January, the month of the start."""
    assert start(OTHERS, ACCESS, done=[DONE_ROLLOUT]) == (Month(2027, 1), "")
    assert start(OTHERS, ACCESS, done=[DONE_ROLLOUT], owned=OWN_STANDARD) == (APRIL, "conditional_access")


def test_what_waits_for_a_done_task_starts_with_the_plan() -> None:
    done = task("just_in_time", needs=("pim",), reach="administrators")
    wave = Wave(is_pilot=False, adds=frozenset({Capability.PIM}))
    assert start(wave, TRY, ROLLOUT, done=[done]) == (Month(2027, 1), "")


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
        Holding(Group.ADMIN, 6, ("premium", "pim"), replaced=(HeldLicence("rich"),)),
        Holding(Group.OFFICE, 54, ("premium",), replaced=(HeldLicence("rich"),)),
    )
    assert ("pim", 6, MARCH, SeatChange.BOUGHT) in result


def test_just_in_time_waits_where_the_replaced_licence_did_not_grant_it() -> None:
    result = seats(
        Holding(Group.ADMIN, 6, ("premium", "pim"), replaced=(HeldLicence("standard"),)),
        Holding(Group.OFFICE, 54, ("premium",), replaced=(HeldLicence("standard"),)),
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
    result = seats(
        Holding(Group.ADMIN, 6, ("pim",), kept=(HeldLicence("guard-suite"),)), Holding(Group.OFFICE, 54, ("premium",))
    )
    assert ("pim", 6, APRIL, SeatChange.BOUGHT) in result


def test_without_a_just_in_time_task_nothing_waits_for_it() -> None:
    result = seats(
        Holding(Group.ADMIN, 6, ("premium", "pim")), Holding(Group.OFFICE, 54, ("premium",)), tasks=(TRY, ROLLOUT)
    )
    assert ("pim", 6, MARCH, SeatChange.BOUGHT) in result


def test_credits_and_kept_seats_start_with_the_seats_beside_them() -> None:
    result = seats(
        Holding(Group.OFFICE, 30, ("premium",), replaced=(HeldLicence("standard"),)),
        Holding(Group.OFFICE, 10, ("base",), kept=(HeldLicence("premium"),)),
    )
    assert result == [
        ("premium", 5, FEBRUARY, SeatChange.BOUGHT),
        ("standard", 5, FEBRUARY, SeatChange.CREDITED),
        ("premium", 25, MARCH, SeatChange.BOUGHT),
        ("standard", 25, MARCH, SeatChange.CREDITED),
        ("base", 10, MARCH, SeatChange.BOUGHT),
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
        Holding(Group.ADMIN, 2, ("premium",), replaced=(HeldLicence("standard"),)),
        Holding(Group.OFFICE, 4, ("premium",)),
        Holding(Group.OFFICE, 3, (), kept=(HeldLicence("premium"),)),
        Holding(Group.OFFICE, 4, ("premium",), replaced=(HeldLicence("standard"),)),
    )
    assert result == (0, 3, 3, 4)


def test_what_only_adds_privileged_access_waits_for_office_staff_too() -> None:
    """Where everyone's sign-ins are judged, the add-on of all begins with the first task that needs what it adds."""
    products = ("premium", "guardian")
    result = seats(Holding(Group.ADMIN, 6, products), Holding(Group.OFFICE, 54, products), tasks=(*TASKS, RISK))
    assert {seat for seat in result if seat[0] == "guardian"} == {
        ("guardian", 6, FEBRUARY, SeatChange.BOUGHT),
        ("guardian", 54, APRIL, SeatChange.BOUGHT),
    }


def test_a_credit_does_not_begin_before_what_is_paid_for_has_run_out() -> None:
    """Standard is paid until the end of June: new seats begin in February and March, all credits in July."""
    until = date(2027, 6, 30)
    holding = Holding(Group.OFFICE, 50, ("premium",), replaced=(HeldLicence("standard", until),))
    assert seats(holding) == [
        ("premium", 5, FEBRUARY, SeatChange.BOUGHT),
        ("standard", 5, Month(2027, 7), SeatChange.CREDITED),
        ("premium", 45, MARCH, SeatChange.BOUGHT),
        ("standard", 45, Month(2027, 7), SeatChange.CREDITED),
    ]


@pytest.mark.parametrize(
    ("until", "first"),
    [
        (date(2027, 1, 31), MARCH),  # over before the new ones begin
        (date(2027, 2, 28), MARCH),
        (date(2027, 3, 1), APRIL),  # a month is charged whole
        (date(2020, 1, 1), MARCH),  # over before the plan begins
    ],
)
def test_a_credit_begins_in_the_month_after_the_last_day_that_is_paid_for(until: date, first: Month) -> None:
    holding = Holding(Group.OFFICE, 50, ("premium",), replaced=(HeldLicence("standard", until),))
    assert [month for product, count, month, _ in seats(holding) if (product, count) == ("standard", 45)] == [first]


def test_seats_know_their_product_task_and_month() -> None:
    five = size(scenario(company__employees=5))
    groups = groups_of(
        mix(Holding(Group.OFFICE, 5, ("premium",))), five, OFFERS, dict.fromkeys(Group, DEMANDS), frozenset()
    )
    (first,) = seats_of(groups, {PILOT: start(PILOT, *TASKS)})
    assert first == Seats("premium", 5, FEBRUARY, "mfa_pilot", SeatChange.BOUGHT, FEBRUARY)
