"""What is bought, in which month, at which price (M11, M13, M14, M15, M17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import line, line_builder, line_figures, placed, price, scenario
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.cost_lines import bought_lines, contingency_lines, lines_from_start
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.licensing.seats import SeatChange, Seats

MARCH = Month(2027, 3)
INSTALL = placed("hardware_install", date(2027, 3, 15))

KEYS = Purchase("key", CostCategory.HARDWARE, 12, "hardware_install", Recurrence.ONCE)
SEAT = Purchase("suite", CostCategory.LICENCE, 1, "hardware_install", Recurrence.EVERY_MONTH)

SUITE = price("suite", 20)


def test_something_bought_once_is_one_line_in_the_month_of_its_task() -> None:
    key = price("key", 30, vendor="various", unit="piece", term="one_off", category="hardware")
    (bought,) = line_builder(key).bought(KEYS, MARCH)
    assert line_figures([bought]) == [("2027-03", "key", 12, Decimal("360.00"))]
    assert (bought.kind, bought.unit, bought.item) == (Kind.ONE_OFF, "piece", "key")


def test_a_price_that_is_missing_leaves_a_line_without_an_amount() -> None:
    (bought,) = line_builder().bought(KEYS, MARCH)
    assert (bought.amount, bought.item, bought.unit) == (None, "key", "")


def test_something_monthly_is_paid_every_month_to_the_end() -> None:
    result = line_builder(SUITE).bought(replace(SEAT, quantity=3), MARCH)
    assert line_figures(result) == [(f"2027-0{month}", "suite", 3, Decimal("60.00")) for month in (3, 4, 5)]


def test_an_annual_price_holds_for_twelve_months_and_is_then_looked_up_again() -> None:
    old, new = price("suite", 20, valid_to="2027-06-30"), price("suite", 24, valid_from="2027-07-01")
    results = list(line_builder(old, new, until=MARCH.plus(12)).bought(SEAT, MARCH))
    assert [bought.amount for bought in results] == [Decimal("20.00")] * 12 + [Decimal("24.00")]


def test_a_monthly_price_follows_the_book_at_once() -> None:
    old, new = price("suite", 20, valid_to="2027-03-31"), price("suite", 24, valid_from="2027-04-01")
    result = line_builder(old, new, choices__billing="monthly").bought(SEAT, MARCH)
    # 20 / 1.05 x 1.20 = 22.857; 24 / 1.05 x 1.20 = 27.4286
    assert [bought.amount for bought in result] == [Decimal("22.86"), Decimal("27.43"), Decimal("27.43")]


def test_a_prepaid_year_is_paid_at_its_start_and_made_to_its_end() -> None:
    given = line_builder(SUITE, until=MARCH.plus(1), choices__billing="annual_prepaid")
    results = list(given.bought(SEAT, MARCH))
    assert [bought.month for bought in results] == [MARCH.plus(step) for step in range(12)]
    assert {bought.paid_in for bought in results} == {MARCH}


def test_a_prepaid_year_that_would_begin_after_the_plan_is_not_bought() -> None:
    # The plan ends in February 2028, the lines one month later; the second year would begin in March 2028.
    given = line_builder(SUITE, until=MARCH.plus(12), last=MARCH.plus(11), choices__billing="annual_prepaid")
    results = list(given.bought(SEAT, MARCH))
    assert [bought.month for bought in results][-1] == MARCH.plus(12)


def test_a_credit_is_negative_and_a_kept_licence_is_a_line_of_zero() -> None:
    given = line_builder(SUITE, until=MARCH)
    assert line_figures(given.bought(Seats("suite", 5, MARCH, "t", SeatChange.BOUGHT, MARCH).purchase, MARCH)) == [
        ("2027-03", "suite", 5, Decimal(100))
    ]
    assert line_figures(given.bought(Seats("suite", 5, MARCH, "t", SeatChange.CREDITED, MARCH).purchase, MARCH)) == [
        ("2027-03", "suite", -5, Decimal(-100))
    ]
    (kept,) = given.bought(Seats("suite", 5, MARCH, "t", SeatChange.KEPT, MARCH).purchase, MARCH)
    assert (int(kept.quantity), kept.amount) == (5, Decimal("0.00"))
    assert kept.unit_price is not None
    assert kept.unit_price.row == SUITE


def test_licences_without_a_legal_mix_are_unpriced_lines() -> None:
    result = line_builder().unpriced_licences(120, MARCH, "mfa_pilot")
    assert line_figures(result) == [(f"2027-0{month}", "licences", 120, None) for month in (3, 4, 5)]


def test_new_hardware_is_bought_once_and_its_firewalls_subscribed_to() -> None:
    given = line_builder(until=MARCH.plus(1), choices__hardware_reuse=0.25)
    result = line_figures(bought_lines((INSTALL,), given))
    # 2 x 0.75 = 1.5 firewalls, 8 x 0.75 = 6 switches, 6 x 0.75 = 4.5 access points, halves rounded up
    assert [(month, price_id, quantity) for month, price_id, quantity, _ in result] == [
        ("2027-03", "site-firewall", 2),
        ("2027-03", "managed-switch-24", 6),
        ("2027-03", "access-point", 5),
        ("2027-03", "firewall-subscription", 2),
        ("2027-04", "firewall-subscription", 2),
    ]


def test_from_all_to_99_percent_of_the_hardware_nothing_moves() -> None:
    for reuse in (1, 0.99):
        assert list(bought_lines((INSTALL,), line_builder(until=MARCH, choices__hardware_reuse=reuse))) == []


def test_without_a_new_firewall_none_is_subscribed_to() -> None:
    # 2 x 0.2 = 0.4 firewalls, 8 x 0.2 = 1.6 switches, 6 x 0.2 = 1.2 access points
    result = line_figures(bought_lines((INSTALL,), line_builder(until=MARCH, choices__hardware_reuse=0.8)))
    assert [item[1:3] for item in result] == [("managed-switch-24", 2), ("access-point", 1)]


def test_no_switches_are_bought_for_no_devices_and_nothing_without_an_install() -> None:
    given = line_builder(until=MARCH, choices__hardware_reuse=0, company__devices=0)
    assert [item[1] for item in line_figures(bought_lines((INSTALL,), given))] == [
        "site-firewall",
        "access-point",
        "firewall-subscription",
    ]
    assert list(bought_lines((), given)) == []


def test_servers_remote_people_keys_and_training_are_bought_with_their_tasks() -> None:
    tasks = (
        placed("edr_onboarding", date(2027, 3, 1)),
        placed("ztna", date(2027, 4, 1)),
        placed("admin_mfa", date(2027, 5, 3)),
        placed("mfa_rollout", date(2027, 5, 10)),
    )
    given = line_builder(until=MARCH.plus(2), choices__remote_access="ztna")
    assert [item[:3] for item in line_figures(bought_lines(tasks, given))] == [
        ("2027-03", "defender-business-servers", 6),
        ("2027-04", "defender-business-servers", 6),
        ("2027-05", "defender-business-servers", 6),
        ("2027-04", "ztna-user", 60),
        ("2027-05", "ztna-user", 60),
        ("2027-05", "fido2-key", 12),
        ("2027-05", "awareness-user", 120),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"company__servers": 0, "choices__remote_access": "app_proxy"},
        {"company__servers": 0, "choices__remote_access": "ztna", "company__remote_users": 0},
    ],
)
def test_nothing_is_bought_for_no_servers_and_no_remote_people(fields: dict[str, Any]) -> None:
    given = line_builder(**fields)
    tasks = (placed("edr_onboarding"), placed("ztna"))
    assert list(bought_lines(tasks, given)) == []


def test_training_comes_again_every_twelve_months() -> None:
    training = price("awareness-user", 12, vendor="various", unit="user", term="one_off", category="training")
    given = line_builder(training, until=MARCH.plus(24))
    results = list(bought_lines((placed("mfa_rollout", date(2027, 3, 1)),), given))
    assert [(str(item.month), item.kind, item.amount) for item in results] == [
        ("2027-03", Kind.ONE_OFF, Decimal("1440.00")),
        ("2028-03", Kind.RECURRING, Decimal("1440.00")),
        ("2029-03", Kind.RECURRING, Decimal("1440.00")),
    ]


KEY = price("fido2-key", 30, vendor="various", unit="piece", term="one_off", category="hardware")
TRAINING = price("awareness-user", 12, vendor="various", unit="user", term="one_off", category="training")
ROLLOUT = placed("mfa_rollout", date(2027, 3, 1))


def test_each_frontline_person_gets_a_key_with_the_roll_out() -> None:
    """Twice 6 administrators have theirs in April, 30 people at the front line one each in March."""
    given = line_builder(KEY, until=MARCH.plus(1), company__frontline=30)
    result = line_figures(bought_lines((placed("admin_mfa", date(2027, 4, 1)), ROLLOUT), given))
    assert [figure for figure in result if figure[1] == "fido2-key"] == [
        ("2027-04", "fido2-key", 12, Decimal("360.00")),
        ("2027-03", "fido2-key", 30, Decimal("900.00")),
    ]


@pytest.mark.parametrize(
    ("share", "figures"),
    [
        # 2 firewalls, 8 switches, 6 access points; 12 and 15 keys; 120 trainings: half of 15 is rounded up
        (0.5, {"site-firewall": 1, "managed-switch-24": 4, "access-point": 3, "keys": (6, 8), "awareness-user": 60}),
        # 0.2 of 2, 8, 6, 12, 15 and 120: 0.4, 1.6, 1.2, 2.4, 3 and 24
        (0.8, {"site-firewall": 0, "managed-switch-24": 2, "access-point": 1, "keys": (2, 3), "awareness-user": 24}),
    ],
)
def test_what_is_done_in_part_buys_what_is_left_after_its_own_rounding(share: float, figures: dict[str, Any]) -> None:
    edits = {key: {"done": share} for key in ("hardware_install", "admin_mfa", "mfa_rollout")}
    given = line_builder(until=MARCH, choices__hardware_reuse=0, company__frontline=15, tasks__edits=edits)
    result = line_figures(bought_lines((INSTALL, placed("admin_mfa", date(2027, 3, 1)), ROLLOUT), given))
    keys = tuple(quantity for _, price_id, quantity, _ in result if price_id == "fido2-key")
    assert keys == figures.pop("keys")
    bought = {price_id: quantity for _, price_id, quantity, _ in result if price_id != "fido2-key"}
    # The subscription is for the firewalls that are bought.
    expected = {**figures, "firewall-subscription": figures["site-firewall"]}
    assert bought == {price_id: quantity for price_id, quantity in expected.items() if quantity}


def test_of_what_is_rounded_up_a_part_is_rounded_again() -> None:
    """A quarter of 2 firewalls is 0.5, so 1; half of that one is left, so 1 again."""
    edits = {"hardware_install": {"done": 0.5}}
    given = line_builder(until=MARCH, choices__hardware_reuse=0.75, tasks__edits=edits)
    result = line_figures(bought_lines((INSTALL,), given))
    # 8 and 6 x 0.25 are 2 switches and 1.5, so 2 access points; half of each is 1.
    assert {price_id: quantity for _, price_id, quantity, _ in result} == {
        "site-firewall": 1,
        "managed-switch-24": 1,
        "access-point": 1,
        "firewall-subscription": 1,
    }


def test_what_was_done_buys_no_pieces_and_is_trained_again_a_year_after_the_start() -> None:
    done = {"hardware_install", "admin_mfa", "mfa_rollout"}
    given = line_builder(
        KEY,
        TRAINING,
        until=Month(2028, 12),
        choices__hardware_reuse=0,
        company__frontline=10,
        tasks__edits={key: {"done": 1} for key in done},
    )
    assert line_figures(lines_from_start(done, Month(2027, 1), given)) == [
        ("2028-01", "awareness-user", 120, Decimal("1440.00"))
    ]


def test_training_that_runs_is_a_line_of_zero_every_year() -> None:
    given = line_builder(TRAINING, until=MARCH.plus(12), company__running=["training"])
    result = [figure for figure in line_figures(bought_lines((ROLLOUT,), given)) if figure[1] == "awareness-user"]
    assert result == [
        ("2027-03", "awareness-user", 120, Decimal("0.00")),
        ("2028-03", "awareness-user", 120, Decimal("0.00")),
    ]


def reserve(*lines: CostLine, **fields: object) -> list[tuple[str, Decimal | None]]:
    """Return month and amount of the contingency lines."""
    given: Scenario = scenario(**fields)
    return [(str(item.month), item.amount) for item in contingency_lines(given.finance.contingency, lines)]


def test_contingency_is_a_share_of_the_month_s_one_off_cash() -> None:
    result = reserve(
        line("2027-04", "100.00"),
        line("2027-03", "10.10"),
        line("2027-03", "0.20"),
        line("2027-03", "99.00", kind=Kind.RECURRING),
        line("2027-03", "99.00", category=CostCategory.INTERNAL),
        line("2027-03", None),
    )
    # 15 % of 10.30 is 1.545, rounded half up
    assert result == [("2027-03", Decimal("1.55")), ("2027-04", Decimal("15.00"))]


def test_without_contingency_there_are_no_lines() -> None:
    assert reserve(line("2027-04", "100.00"), finance__contingency=0) == []
