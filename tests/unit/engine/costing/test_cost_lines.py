"""What is bought, in which month, at which price (M11, M13, M14, M15, M17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import book, line, placed, price, prices_for, rate, scenario
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostCategory, CostLine, Kind
from zt_planner.engine.costing.charges import BillingWindow
from zt_planner.engine.costing.cost_lines import CostLineBuilder, bought_lines, contingency_lines
from zt_planner.engine.costing.purchases import Purchase, Recurrence, switches_in_all
from zt_planner.engine.licensing.seats import SeatChange, Seats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.data.price_book import Price
    from zt_planner.domain.scenario.scenario import Scenario

MARCH, MAY = Month(2027, 3), Month(2027, 5)
INSTALL = placed("hardware_install", date(2027, 3, 15))
ONBOARDING = placed("monitoring_onboarding", date(2027, 3, 1))

KEYS = Purchase("key", CostCategory.HARDWARE, 12, "hardware_install", Recurrence.ONCE)
SEAT = Purchase("suite", CostCategory.LICENCE, 1, "hardware_install", Recurrence.EVERY_MONTH)

SUITE = price("suite", 20)
SIEM = price("cloud-siem", 500, vendor="various", unit="company/month", term="monthly", category="monitoring")
SIEM_USER = price("cloud-siem-user", "3.50", vendor="various", term="monthly", category="monitoring")
MDR = price(
    "mdr-endpoint", 18, vendor="various", unit="endpoint/month", category="monitoring", min_per_month=Decimal(1200)
)


def builder(*prices: Price, until: Month = MAY, last: Month | None = None, **fields: Any) -> CostLineBuilder:  # noqa: ANN401 - any field of a scenario
    """Return a builder for the months up to `until`; USD stands at 0.5."""
    given = scenario(**fields)
    return CostLineBuilder(
        given, prices_for(given, book(*prices, rates=(rate("USD", "0.5"),))), BillingWindow(last or until, until)
    )


def figures(lines: Iterable[CostLine]) -> list[tuple[str, str, int, Decimal | None]]:
    """Return month, price, quantity and amount of lines."""
    return [(str(each.month), each.price_id, int(each.quantity), each.amount) for each in lines]


def test_something_bought_once_is_one_line_in_the_month_of_its_task() -> None:
    key = price("key", 30, vendor="various", unit="piece", term="one_off", category="hardware")
    (bought,) = builder(key).bought(KEYS, MARCH)
    assert figures([bought]) == [("2027-03", "key", 12, Decimal("360.00"))]
    assert (bought.kind, bought.unit, bought.item) == (Kind.ONE_OFF, "piece", "key")


def test_a_price_that_is_missing_leaves_a_line_without_an_amount() -> None:
    (bought,) = builder().bought(KEYS, MARCH)
    assert (bought.amount, bought.item, bought.unit) == (None, "key", "")


def test_something_monthly_is_paid_every_month_to_the_end() -> None:
    found = builder(SUITE).bought(replace(SEAT, quantity=3), MARCH)
    assert figures(found) == [(f"2027-0{month}", "suite", 3, Decimal("60.00")) for month in (3, 4, 5)]


def test_an_annual_price_holds_for_twelve_months_and_is_then_looked_up_again() -> None:
    old, new = price("suite", 20, valid_to="2027-06-30"), price("suite", 24, valid_from="2027-07-01")
    found = list(builder(old, new, until=MARCH.plus(12)).bought(SEAT, MARCH))
    assert [bought.amount for bought in found] == [Decimal("20.00")] * 12 + [Decimal("24.00")]


def test_a_monthly_price_follows_the_book_at_once() -> None:
    old, new = price("suite", 20, valid_to="2027-03-31"), price("suite", 24, valid_from="2027-04-01")
    found = builder(old, new, choices__billing="monthly").bought(SEAT, MARCH)
    # 20 / 1.05 x 1.20 = 22.857; 24 / 1.05 x 1.20 = 27.4286
    assert [bought.amount for bought in found] == [Decimal("22.86"), Decimal("27.43"), Decimal("27.43")]


def test_a_prepaid_year_is_paid_at_its_start_and_made_to_its_end() -> None:
    given = builder(SUITE, until=MARCH.plus(1), choices__billing="annual_prepaid")
    found = list(given.bought(SEAT, MARCH))
    assert [bought.month for bought in found] == [MARCH.plus(step) for step in range(12)]
    assert {bought.paid_in for bought in found} == {MARCH}


def test_a_prepaid_year_that_would_begin_after_the_plan_is_not_bought() -> None:
    # The plan ends in February 2028, the lines one month later; the second year would begin in March 2028.
    given = builder(SUITE, until=MARCH.plus(12), last=MARCH.plus(11), choices__billing="annual_prepaid")
    found = list(given.bought(SEAT, MARCH))
    assert [bought.month for bought in found][-1] == MARCH.plus(12)


def test_a_credit_is_negative_and_a_kept_licence_is_a_line_of_zero() -> None:
    given = builder(SUITE, until=MARCH)
    assert figures(given.bought(Seats("suite", 5, MARCH, "t", SeatChange.BOUGHT).purchase, MARCH)) == [
        ("2027-03", "suite", 5, Decimal(100))
    ]
    assert figures(given.bought(Seats("suite", 5, MARCH, "t", SeatChange.CREDITED).purchase, MARCH)) == [
        ("2027-03", "suite", -5, Decimal(-100))
    ]
    (kept,) = given.bought(Seats("suite", 5, MARCH, "t", SeatChange.KEPT).purchase, MARCH)
    assert (int(kept.quantity), kept.amount) == (5, Decimal("0.00"))
    assert kept.unit_price is not None
    assert kept.unit_price.row == SUITE


def test_licences_without_a_legal_mix_are_unpriced_lines() -> None:
    found = builder().unpriced_licences(120, ONBOARDING)
    assert figures(found) == [(f"2027-0{month}", "licences", 120, None) for month in (3, 4, 5)]


@pytest.mark.parametrize(
    ("employees", "figure"),
    [
        (120, ("cloud-siem", 1, Decimal("500.00"))),  # 120 x 3.50 = 420
        (142, ("cloud-siem", 1, Decimal("500.00"))),  # 142 x 3.50 = 497
        (143, ("cloud-siem-user", 143, Decimal("500.50"))),
    ],
)
def test_the_siem_costs_the_larger_of_entry_price_and_price_per_user(
    employees: int, figure: tuple[str, int, Decimal]
) -> None:
    given = builder(SIEM, SIEM_USER, until=MARCH, company__employees=employees)
    found = bought_lines((ONBOARDING,), given)
    assert figures(found) == [("2027-03", *figure)]


def test_an_own_siem_price_stands_alone() -> None:
    given = builder(SIEM, SIEM_USER, until=MARCH, company__employees=500, prices__overrides={"cloud-siem": "750"})
    found = bought_lines((ONBOARDING,), given)
    assert figures(found) == [("2027-03", "cloud-siem", 1, Decimal("750.00"))]


@pytest.mark.parametrize(("prices", "missing"), [((SIEM,), "cloud-siem-user"), ((SIEM_USER,), "cloud-siem")])
def test_a_siem_price_that_is_missing_leaves_the_siem_unpriced(prices: tuple[Price, ...], missing: str) -> None:
    given = builder(*prices, until=MARCH)
    ((_, price_id, _, amount),) = figures(bought_lines((ONBOARDING,), given))
    assert (price_id, amount) == (missing, None)


@pytest.mark.parametrize(
    ("devices", "figure"),
    [
        (60, (1, Decimal("1200.00"))),  # (60 + 6) x 18 = 1,188 is below the minimum
        (61, (67, Decimal("1206.00"))),
    ],
)
def test_mdr_costs_at_least_its_minimum(devices: int, figure: tuple[int, Decimal]) -> None:
    given = builder(MDR, until=MARCH, company__devices=devices, choices__monitoring="mdr")
    found = bought_lines((ONBOARDING,), given)
    assert figures(found) == [("2027-03", "mdr-endpoint", *figure)]


def test_a_minimum_in_another_currency_is_converted_as_its_price_is() -> None:
    dollars = MDR.model_copy(update={"currency": "USD"})
    given = builder(dollars, until=MARCH, company__devices=1, company__servers=0, choices__monitoring="mdr")
    found = bought_lines((ONBOARDING,), given)
    assert figures(found) == [("2027-03", "mdr-endpoint", 1, Decimal("600.00"))]


def test_a_minimum_keeps_the_rate_of_the_month_in_which_the_year_was_bought() -> None:
    given = scenario(company__devices=1, company__servers=0, choices__monitoring="mdr")
    rates = (rate("USD", "0.5"), rate("USD", "0.8", "2027-04-01"))
    prices = prices_for(given, book(MDR.model_copy(update={"currency": "USD"}), rates=rates))
    found = list(bought_lines((ONBOARDING,), CostLineBuilder(given, prices, BillingWindow(MAY, MAY))))
    assert [bought.amount for bought in found] == [Decimal("600.00")] * 3


def test_mdr_without_a_price_or_a_minimum_stays_as_it_is() -> None:
    chosen: dict[str, Any] = {"choices__monitoring": "mdr", "company__devices": 1, "company__servers": 1}
    given = builder(until=MARCH, **chosen)
    assert figures(bought_lines((ONBOARDING,), given)) == [("2027-03", "mdr-endpoint", 2, None)]
    plain = builder(MDR.model_copy(update={"min_per_month": None}), until=MARCH, **chosen)
    assert figures(bought_lines((ONBOARDING,), plain))[0][2:] == (2, Decimal("36.00"))


@pytest.mark.parametrize(("choice", "bought"), [("none", 0), ("siem", 1), ("mdr", 1), ("siem_and_mdr", 2)])
def test_what_watches_is_what_was_chosen(choice: str, bought: int) -> None:
    given = builder(SIEM, SIEM_USER, MDR, until=MARCH, choices__monitoring=choice)
    assert len(list(bought_lines((ONBOARDING,), given))) == bought


@pytest.mark.parametrize(
    ("fields", "switches"),
    [
        # 2 sites x ceil(144 / 2 x 1.3 / 24) = 2 x ceil(3.9)
        ({}, 8),
        # 60 devices a site x 1.3 / 24 = 3.25
        ({"company__devices": 120}, 8),
        # 240 / 1 x 1.3 / 24 is 13 exactly, and no float may make it 14
        ({"company__devices": 240, "company__sites": 1}, 13),
        ({"company__devices": 0}, 0),
    ],
)
def test_switches_have_a_third_of_spare_ports(fields: dict[str, int], switches: int) -> None:
    assert switches_in_all(scenario(**fields)) == switches


def test_new_hardware_is_bought_once_and_its_firewalls_subscribed_to() -> None:
    given = builder(until=MARCH.plus(1), choices__hardware_reuse=0.35)
    found = figures(bought_lines((INSTALL,), given))
    # ceil(2 x 0.65) firewalls, ceil(8 x 0.65) switches
    assert [(month, price_id, quantity) for month, price_id, quantity, _ in found] == [
        ("2027-03", "site-firewall", 2),
        ("2027-03", "managed-switch-24", 6),
        ("2027-03", "firewall-subscription", 2),
        ("2027-04", "firewall-subscription", 2),
    ]


def test_no_switches_are_bought_for_no_devices_and_nothing_without_an_install() -> None:
    given = builder(until=MARCH, choices__hardware_reuse=0, company__devices=0)
    assert len(list(bought_lines((INSTALL,), given))) == 2
    assert list(bought_lines((), given)) == []


def test_an_install_without_sites_to_replace_buys_nothing() -> None:
    given = builder(until=MARCH)
    assert list(bought_lines((INSTALL,), given)) == []


def test_servers_remote_people_keys_and_training_are_bought_with_their_tasks() -> None:
    tasks = (
        placed("edr_onboarding", date(2027, 3, 1)),
        placed("ztna", date(2027, 4, 1)),
        placed("admin_mfa", date(2027, 5, 3)),
        placed("mfa_rollout", date(2027, 5, 10)),
    )
    given = builder(until=MARCH.plus(2), choices__remote_access="ztna")
    assert [found[:3] for found in figures(bought_lines(tasks, given))] == [
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
    given = builder(**fields)
    tasks = (placed("edr_onboarding"), placed("ztna"))
    assert list(bought_lines(tasks, given)) == []


def test_training_comes_again_every_twelve_months() -> None:
    training = price("awareness-user", 12, vendor="various", unit="user", term="one_off", category="training")
    given = builder(training, until=MARCH.plus(24))
    found = list(bought_lines((placed("mfa_rollout", date(2027, 3, 1)),), given))
    assert [(str(each.month), each.kind, each.amount) for each in found] == [
        ("2027-03", Kind.ONE_OFF, Decimal("1440.00")),
        ("2028-03", Kind.RECURRING, Decimal("1440.00")),
        ("2029-03", Kind.RECURRING, Decimal("1440.00")),
    ]


def reserve(*lines: CostLine, **fields: object) -> list[tuple[str, Decimal | None]]:
    """Return month and amount of the contingency lines."""
    given: Scenario = scenario(**fields)
    return [(str(found.month), found.amount) for found in contingency_lines(given, lines)]


def test_contingency_is_a_share_of_the_month_s_one_off_cash() -> None:
    found = reserve(
        line("2027-04", "100.00"),
        line("2027-03", "10.10"),
        line("2027-03", "0.20"),
        line("2027-03", "99.00", kind=Kind.RECURRING),
        line("2027-03", "99.00", category=CostCategory.INTERNAL),
        line("2027-03", None),
    )
    # 15 % of 10.30 is 1.545, rounded half up
    assert found == [("2027-03", Decimal("1.55")), ("2027-04", Decimal("15.00"))]


def test_without_contingency_there_are_no_lines() -> None:
    assert reserve(line("2027-04", "100.00"), finance__contingency=0) == []
