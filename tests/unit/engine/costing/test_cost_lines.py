"""What is bought, in which month, at which price (M11, M13, M14, M15, M17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from tests.builders import book, case, line, model, placed, price, rate, scenario
from zt_planner.domain.data.price_book import Unit
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostCategory, CostLine, Kind
from zt_planner.engine.costing.charges import BillingWindow
from zt_planner.engine.costing.cost_lines import CostLineBuilder, bought_lines, contingency_lines, lines_after_finish
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.licensing.seats import LicenceStart, SeatChange, Seats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.data.price_book import Price
    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.domain.scenario.scenario import Scenario

MARCH, MAY = Month(2027, 3), Month(2027, 5)
INSTALL = placed("hardware_install", date(2027, 3, 15))
ONBOARDING = placed("monitoring_onboarding", date(2027, 3, 1))

KEYS = Purchase("key", CostCategory.HARDWARE, 12, "hardware_install", Recurrence.ONCE)
SEAT = Purchase("suite", CostCategory.LICENCE, 1, "hardware_install", Recurrence.EVERY_MONTH)

SUITE = price("suite", 20)
SIEM = price("cloud-siem", 500, vendor="various", unit="company/month", term="monthly", category="monitoring")
SIEM_USER = price("cloud-siem-user", "3.50", vendor="various", term="monthly", category="monitoring")
MDR = tuple(
    price(
        "mdr-endpoint",
        amount,
        vendor="various",
        unit="endpoint/month",
        category="monitoring",
        from_quantity=first,
        min_per_month=Decimal(1200) if first == 1 else None,
    )
    for first, amount in ((1, 24), (51, 12), (151, 9), (401, 5))
)
MANAGED = price(
    "managed-service-user",
    15,
    vendor="various",
    term="monthly",
    category="operation",
    min_per_month=Decimal(600),
)
Figure: TypeAlias = "tuple[str, str, int, Decimal | None]"


def builder(*prices: Price, until: Month = MAY, last: Month | None = None, **fields: Any) -> CostLineBuilder:  # noqa: ANN401 - any field of a scenario
    """Return a builder for the months up to `until`; USD stands at 0.5."""
    asked = case(scenario(**fields), book(*prices, rates=(rate("USD", "0.5"),)), model())
    return CostLineBuilder(asked, BillingWindow(last or until, until))


def figures(lines: Iterable[CostLine]) -> list[Figure]:
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
    found = builder().unpriced_licences(120, LicenceStart(MARCH, "mfa_pilot"))
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
    ("devices", "figures_of_steps"),
    [
        # 38 devices and 6 servers, that count twice: 50 x 24.00 is the minimum just met
        (38, [(50, Decimal("1200.00"))]),
        # 37 + 12 = 49 x 24.00 = 1,176.00 is below it
        (37, [(1, Decimal("1200.00"))]),
        # The 60th endpoint costs the price of the step from 51, the first fifty stay as they are.
        (48, [(50, Decimal("1200.00")), (10, Decimal("120.00"))]),
        (138, [(50, Decimal("1200.00")), (100, Decimal("1200.00"))]),
        (139, [(50, Decimal("1200.00")), (100, Decimal("1200.00")), (1, Decimal("9.00"))]),
        (
            408,
            [(50, Decimal("1200.00")), (100, Decimal("1200.00")), (250, Decimal("2250.00")), (20, Decimal("100.00"))],
        ),
    ],
)
def test_mdr_is_paid_step_by_step_with_one_line_a_step(
    devices: int, figures_of_steps: list[tuple[int, Decimal]]
) -> None:
    given = builder(*MDR, until=MARCH, company__devices=devices, choices__monitoring="mdr")
    found = figures(bought_lines((ONBOARDING,), given))
    assert found == [("2027-03", "mdr-endpoint", *figure) for figure in figures_of_steps]


def test_a_minimum_is_said_to_be_one_of_the_company() -> None:
    given = builder(*MDR, until=MARCH, company__devices=1, choices__monitoring="mdr")
    (bought,) = bought_lines((ONBOARDING,), given)
    assert (bought.unit, bought.unit_price and bought.unit_price.amount) == (Unit.COMPANY_MONTH, Decimal("1200.00"))


def test_an_own_price_of_mdr_is_one_price_for_every_endpoint() -> None:
    given = builder(
        *MDR,
        until=MARCH,
        company__devices=88,
        choices__monitoring="mdr",
        prices__overrides={"mdr-endpoint": "10"},
    )
    # 100 endpoints x 10.00; the minimum is the book's row's and holds as before.
    assert figures(bought_lines((ONBOARDING,), given)) == [("2027-03", "mdr-endpoint", 1, Decimal("1200.00"))]
    dearer = builder(
        *MDR,
        until=MARCH,
        company__devices=88,
        choices__monitoring="mdr",
        prices__overrides={"mdr-endpoint": "13"},
    )
    assert figures(bought_lines((ONBOARDING,), dearer)) == [("2027-03", "mdr-endpoint", 100, Decimal("1300.00"))]


def test_a_minimum_in_another_currency_is_converted_as_its_price_is() -> None:
    dollars = [step.model_copy(update={"currency": "USD"}) for step in MDR]
    given = builder(*dollars, until=MARCH, company__devices=1, company__servers=0, choices__monitoring="mdr")
    found = bought_lines((ONBOARDING,), given)
    assert figures(found) == [("2027-03", "mdr-endpoint", 1, Decimal("600.00"))]
    many = builder(*dollars, until=MARCH, company__devices=60, company__servers=0, choices__monitoring="mdr")
    # 50 x 12.00 and 10 x 6.00
    assert [figure[2:] for figure in figures(bought_lines((ONBOARDING,), many))] == [
        (50, Decimal("600.00")),
        (10, Decimal("60.00")),
    ]


def test_a_minimum_keeps_the_rate_of_the_month_in_which_the_year_was_bought() -> None:
    given = scenario(company__devices=1, company__servers=0, choices__monitoring="mdr")
    rates = (rate("USD", "0.5"), rate("USD", "0.8", "2027-04-01"))
    prices = book(MDR[0].model_copy(update={"currency": "USD"}), rates=rates)
    found = list(bought_lines((ONBOARDING,), CostLineBuilder(case(given, prices, model()), BillingWindow(MAY, MAY))))
    assert [bought.amount for bought in found] == [Decimal("600.00")] * 3


def test_mdr_without_a_price_or_a_minimum_stays_as_it_is() -> None:
    chosen: dict[str, Any] = {"choices__monitoring": "mdr", "company__devices": 1, "company__servers": 1}
    given = builder(until=MARCH, **chosen)
    assert figures(bought_lines((ONBOARDING,), given)) == [("2027-03", "mdr-endpoint", 3, None)]
    plain = builder(MDR[0].model_copy(update={"min_per_month": None}), until=MARCH, **chosen)
    assert figures(bought_lines((ONBOARDING,), plain))[0][2:] == (3, Decimal("72.00"))


def managed(*prices: Price, finish: date, tasks: tuple[ScheduledTask, ...], **fields: Any) -> list[Figure]:  # noqa: ANN401 - any field of a scenario
    """Return what a partner is paid in a plan of some tasks."""
    given = builder(*prices, until=MAY, choices__operation="partner", **fields)
    known = {each.task.id for each in tasks}
    return figures([*bought_lines(tasks, given), *lines_after_finish(known, finish, given)])


@pytest.mark.parametrize(
    ("employees", "figure"),
    [
        (120, (120, Decimal("1800.00"))),
        (40, (40, Decimal("600.00"))),
        (39, (1, Decimal("600.00"))),  # 39 x 15.00 = 585.00 is below the minimum
    ],
)
def test_a_partner_is_paid_from_the_month_after_the_enrolment_at_least_a_minimum(
    employees: int, figure: tuple[int, Decimal]
) -> None:
    enrolment = placed("enrolment", date(2027, 1, 11), date(2027, 3, 31))
    found = managed(MANAGED, finish=date(2027, 4, 30), tasks=(enrolment,), company__employees=employees)
    assert found == [(month, "managed-service-user", *figure) for month in ("2027-04", "2027-05")]


def test_without_the_enrolment_a_partner_is_paid_from_the_month_after_the_finish() -> None:
    found = managed(MANAGED, finish=date(2027, 4, 1), tasks=(placed("kickoff"),))
    assert [figure[:3] for figure in found] == [("2027-05", "managed-service-user", 120)]


def test_who_operates_alone_pays_no_partner() -> None:
    given = builder(MANAGED, until=MAY)
    assert list(bought_lines((placed("enrolment"),), given)) == []
    assert list(lines_after_finish((), date(2027, 1, 4), given)) == []


def test_what_a_partner_is_paid_recurs_and_is_money() -> None:
    given = builder(MANAGED, until=MAY, choices__operation="partner")
    (first, *_) = bought_lines((placed("enrolment", date(2027, 3, 1)),), given)
    assert (first.category, first.kind, first.is_cash) == (CostCategory.OPERATION, Kind.RECURRING, True)


@pytest.mark.parametrize(("choice", "bought"), [("none", 0), ("siem", 1), ("mdr", 1), ("siem_and_mdr", 2)])
def test_what_watches_is_what_was_chosen(choice: str, bought: int) -> None:
    given = builder(SIEM, SIEM_USER, MDR[0], until=MARCH, choices__monitoring=choice)
    assert len(list(bought_lines((ONBOARDING,), given))) == bought


def test_new_hardware_is_bought_once_and_its_firewalls_subscribed_to() -> None:
    given = builder(until=MARCH.plus(1), choices__hardware_reuse=0.25)
    found = figures(bought_lines((INSTALL,), given))
    # 2 x 0.75 = 1.5 firewalls, 8 x 0.75 = 6 switches, 6 x 0.75 = 4.5 access points, halves rounded up
    assert [(month, price_id, quantity) for month, price_id, quantity, _ in found] == [
        ("2027-03", "site-firewall", 2),
        ("2027-03", "managed-switch-24", 6),
        ("2027-03", "access-point", 5),
        ("2027-03", "firewall-subscription", 2),
        ("2027-04", "firewall-subscription", 2),
    ]


def test_from_all_to_99_percent_of_the_hardware_nothing_moves() -> None:
    for reuse in (1, 0.99):
        assert list(bought_lines((INSTALL,), builder(until=MARCH, choices__hardware_reuse=reuse))) == []


def test_without_a_new_firewall_none_is_subscribed_to() -> None:
    # 2 x 0.2 = 0.4 firewalls, 8 x 0.2 = 1.6 switches, 6 x 0.2 = 1.2 access points
    found = figures(bought_lines((INSTALL,), builder(until=MARCH, choices__hardware_reuse=0.8)))
    assert [each[1:3] for each in found] == [("managed-switch-24", 2), ("access-point", 1)]


def test_no_switches_are_bought_for_no_devices_and_nothing_without_an_install() -> None:
    given = builder(until=MARCH, choices__hardware_reuse=0, company__devices=0)
    assert [each[1] for each in figures(bought_lines((INSTALL,), given))] == [
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
