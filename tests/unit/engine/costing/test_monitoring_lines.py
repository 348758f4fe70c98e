"""What watching costs, and a partner who operates: the dearer SIEM, an MDR step by step, minimum fees (M13, M23)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import (
    LineFigures,
    book,
    case,
    line_builder,
    line_figures,
    model,
    placed,
    price,
    rate,
    row_values,
    scenario,
)
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.price_book import Price, PriceUnit, Term
from zt_planner.domain.month import Month
from zt_planner.domain.plan import ScheduledTask
from zt_planner.engine.costing.cost_lines import (
    BillingWindow,
    CostLineBuilder,
    bought_lines,
    lines_after_finish,
    lines_from_start,
)
from zt_planner.engine.costing.purchases import purchases_of

MARCH, MAY = Month(2027, 3), Month(2027, 5)
ONBOARDING = placed("monitoring_onboarding", date(2027, 3, 1))
WATCHED = placed("mdr_onboarding", date(2027, 3, 1))
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
    given = line_builder(SIEM, SIEM_USER, until=MARCH, company__employees=employees)
    result = bought_lines((ONBOARDING,), given)
    assert line_figures(result) == [("2027-03", *figure)]


def test_the_siem_per_user_is_paid_step_by_step_in_each_month_in_which_that_is_dearer() -> None:
    steps = (
        SIEM_USER.model_copy(update={"from_quantity": 1}),
        SIEM_USER.model_copy(update={"from_quantity": 101, "amount": Decimal(3)}),
    )
    dearer = (
        SIEM.model_copy(update={"valid_to": date(2027, 3, 31)}),
        SIEM.model_copy(update={"valid_from": date(2027, 4, 1), "amount": Decimal(900)}),
    )
    given = line_builder(*steps, *dearer, until=MAY, company__employees=250)
    # 100 x 3.50 + 150 x 3.00 = 800.00
    assert line_figures(bought_lines((ONBOARDING,), given)) == [
        ("2027-03", "cloud-siem-user", 100, Decimal("350.00")),
        ("2027-03", "cloud-siem-user", 150, Decimal("450.00")),
        ("2027-04", "cloud-siem", 1, Decimal("900.00")),
        ("2027-05", "cloud-siem", 1, Decimal("900.00")),
    ]


def test_a_prepaid_year_of_the_dearer_siem_is_paid_to_its_end_and_of_the_other_not() -> None:
    prepaid = SIEM_USER.model_copy(update={"term": Term.ANNUAL_PREPAID})
    dearer = line_builder(SIEM, prepaid, until=MAY, company__employees=250)
    result = line_figures(bought_lines((ONBOARDING,), dearer))
    assert [month for month, *_ in result] == [str(MARCH.plus(count)) for count in range(12)]
    assert {tuple(figure) for _, *figure in result} == {("cloud-siem-user", 250, Decimal("875.00"))}
    other = line_builder(SIEM, prepaid, until=MAY, company__employees=100)
    assert [month for month, *_ in line_figures(bought_lines((ONBOARDING,), other))] == [
        "2027-03",
        "2027-04",
        "2027-05",
    ]


def test_an_own_siem_price_stands_alone() -> None:
    given = line_builder(SIEM, SIEM_USER, until=MARCH, company__employees=500, prices__overrides={"cloud-siem": "750"})
    result = bought_lines((ONBOARDING,), given)
    assert line_figures(result) == [("2027-03", "cloud-siem", 1, Decimal("750.00"))]


def test_an_own_row_of_the_siem_stands_alone_unless_its_price_per_user_is_own_too() -> None:
    quote = {"cloud-siem": [row_values(SIEM) | {"amount": "300.00"}]}
    given = line_builder(SIEM, SIEM_USER, until=MARCH, company__employees=500, prices__rows=quote)
    assert line_figures(bought_lines((ONBOARDING,), given)) == [("2027-03", "cloud-siem", 1, Decimal("300.00"))]
    quotes = quote | {"cloud-siem-user": [row_values(SIEM_USER)]}
    both = line_builder(SIEM, SIEM_USER, until=MARCH, company__employees=500, prices__rows=quotes)
    assert line_figures(bought_lines((ONBOARDING,), both)) == [("2027-03", "cloud-siem-user", 500, Decimal("1750.00"))]


@pytest.mark.parametrize(("prices", "missing"), [((SIEM,), "cloud-siem-user"), ((SIEM_USER,), "cloud-siem")])
def test_a_siem_price_that_is_missing_leaves_the_siem_unpriced(prices: tuple[Price, ...], missing: str) -> None:
    given = line_builder(*prices, until=MARCH)
    ((_, price_id, _, amount),) = line_figures(bought_lines((ONBOARDING,), given))
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
    given = line_builder(*MDR, until=MARCH, company__devices=devices, choices__monitoring="mdr")
    result = line_figures(bought_lines((WATCHED,), given))
    assert result == [("2027-03", "mdr-endpoint", *figure) for figure in figures_of_steps]


def test_a_minimum_is_said_to_be_one_of_the_company() -> None:
    given = line_builder(*MDR, until=MARCH, company__devices=1, choices__monitoring="mdr")
    (bought,) = bought_lines((WATCHED,), given)
    assert bought.unit is PriceUnit.COMPANY_MONTH
    assert bought.unit_price is not None
    assert bought.unit_price.amount == Decimal("1200.00")


def test_an_own_price_of_mdr_is_one_price_for_every_endpoint() -> None:
    given = line_builder(
        *MDR,
        until=MARCH,
        company__devices=88,
        choices__monitoring="mdr",
        prices__overrides={"mdr-endpoint": "10"},
    )
    # 100 endpoints x 10.00; the minimum is the book's row's and holds as before.
    assert line_figures(bought_lines((WATCHED,), given)) == [("2027-03", "mdr-endpoint", 1, Decimal("1200.00"))]
    dearer = line_builder(
        *MDR,
        until=MARCH,
        company__devices=88,
        choices__monitoring="mdr",
        prices__overrides={"mdr-endpoint": "13"},
    )
    assert line_figures(bought_lines((WATCHED,), dearer)) == [("2027-03", "mdr-endpoint", 100, Decimal("1300.00"))]


def test_an_own_price_of_mdr_has_a_minimum_only_while_its_row_holds() -> None:
    later = [step.model_copy(update={"valid_from": date(2027, 4, 1), "valid_to": date(2027, 4, 30)}) for step in MDR]
    given = line_builder(
        *[step.model_copy(update={"term": Term.MONTHLY}) for step in later],
        until=MAY,
        company__devices=88,
        choices__monitoring="mdr",
        prices__overrides={"mdr-endpoint": "10"},
    )
    assert line_figures(bought_lines((WATCHED,), given)) == [
        ("2027-03", "mdr-endpoint", 100, Decimal("1000.00")),
        ("2027-04", "mdr-endpoint", 1, Decimal("1200.00")),
        ("2027-05", "mdr-endpoint", 100, Decimal("1000.00")),
    ]


def test_a_minimum_in_another_currency_is_converted_as_its_price_is() -> None:
    dollars = [step.model_copy(update={"currency": "USD"}) for step in MDR]
    given = line_builder(*dollars, until=MARCH, company__devices=1, company__servers=0, choices__monitoring="mdr")
    result = bought_lines((WATCHED,), given)
    assert line_figures(result) == [("2027-03", "mdr-endpoint", 1, Decimal("600.00"))]
    many = line_builder(*dollars, until=MARCH, company__devices=60, company__servers=0, choices__monitoring="mdr")
    # 50 x 12.00 and 10 x 6.00
    assert [figure[2:] for figure in line_figures(bought_lines((WATCHED,), many))] == [
        (50, Decimal("600.00")),
        (10, Decimal("60.00")),
    ]


def test_a_minimum_keeps_the_rate_of_the_month_in_which_the_year_was_bought() -> None:
    given = scenario(company__devices=1, company__servers=0, choices__monitoring="mdr")
    rates = (rate("USD", "0.5"), rate("USD", "0.8", "2027-04-01"))
    asked = case(given, book(MDR[0].model_copy(update={"currency": "USD"}), rates=rates), model())
    made = CostLineBuilder(asked.prices, BillingWindow(MAY, MAY), purchases_of(given, asked.size))
    assert [bought.amount for bought in bought_lines((WATCHED,), made)] == [Decimal("600.00")] * 3


def test_mdr_without_a_price_or_a_minimum_stays_as_it_is() -> None:
    chosen: dict[str, Any] = {"choices__monitoring": "mdr", "company__devices": 1, "company__servers": 1}
    given = line_builder(until=MARCH, **chosen)
    assert line_figures(bought_lines((WATCHED,), given)) == [("2027-03", "mdr-endpoint", 3, None)]
    plain = line_builder(MDR[0].model_copy(update={"min_per_month": None}), until=MARCH, **chosen)
    assert line_figures(bought_lines((WATCHED,), plain))[0][2:] == (3, Decimal("72.00"))


def managed(*prices: Price, finish: date, tasks: tuple[ScheduledTask, ...], **fields: Any) -> list[LineFigures]:  # noqa: ANN401 - any field of a scenario
    """Return what a partner is paid in a plan of some tasks."""
    given = line_builder(*prices, until=MAY, choices__operation="partner", **fields)
    known = {task.task.id for task in tasks}
    return line_figures([*bought_lines(tasks, given), *lines_after_finish(known, finish, given)])


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
    result = managed(MANAGED, finish=date(2027, 4, 30), tasks=(enrolment,), company__employees=employees)
    assert result == [(month, "managed-service-user", *figure) for month in ("2027-04", "2027-05")]


def test_without_the_enrolment_a_partner_is_paid_from_the_month_after_the_finish() -> None:
    result = managed(MANAGED, finish=date(2027, 4, 1), tasks=(placed("kickoff"),))
    assert [figure[:3] for figure in result] == [("2027-05", "managed-service-user", 120)]


def test_who_operates_alone_pays_no_partner() -> None:
    given = line_builder(MANAGED, until=MAY)
    assert list(bought_lines((placed("enrolment"),), given)) == []
    assert list(lines_after_finish((), date(2027, 1, 4), given)) == []


def test_what_a_partner_is_paid_recurs_and_is_money() -> None:
    given = line_builder(MANAGED, until=MAY, choices__operation="partner")
    (first, *_) = bought_lines((placed("enrolment", date(2027, 3, 1)),), given)
    assert (first.category, first.kind, first.is_cash) == (CostCategory.OPERATION, Kind.RECURRING, True)


@pytest.mark.parametrize(("choice", "bought"), [("none", 0), ("siem", 1), ("mdr", 1), ("siem_and_mdr", 2)])
def test_what_watches_is_what_was_chosen(choice: str, bought: int) -> None:
    given = line_builder(SIEM, SIEM_USER, MDR[0], until=MARCH, choices__monitoring=choice)
    assert len(list(bought_lines((ONBOARDING, WATCHED), given))) == bought


def test_siem_and_mdr_begin_each_with_its_own_task() -> None:
    """The endpoints report first: MDR in March, the SIEM in May."""
    given = line_builder(SIEM, SIEM_USER, MDR[0], until=MAY, choices__monitoring="siem_and_mdr", company__devices=1)
    result = line_figures(bought_lines((WATCHED, placed("monitoring_onboarding", date(2027, 5, 3))), given))
    assert [(month, price_id) for month, price_id, *_ in result] == [
        ("2027-05", "cloud-siem"),
        ("2027-03", "mdr-endpoint"),
        ("2027-04", "mdr-endpoint"),
        ("2027-05", "mdr-endpoint"),
    ]


def test_what_runs_at_the_company_is_a_line_of_zero_from_the_same_month() -> None:
    given = line_builder(
        SIEM,
        SIEM_USER,
        *MDR,
        until=MARCH,
        choices__monitoring="siem_and_mdr",
        company__running=["siem", "mdr"],
        company__employees=300,
        company__devices=88,
    )
    # One SIEM, and 88 devices with twice 15 servers.
    assert line_figures(bought_lines((ONBOARDING, WATCHED), given)) == [
        ("2027-03", "cloud-siem", 1, Decimal("0.00")),
        ("2027-03", "mdr-endpoint", 118, Decimal("0.00")),
    ]


def test_what_runs_counts_even_without_a_price_and_one_that_runs_takes_nothing_from_the_other() -> None:
    given = line_builder(
        SIEM, SIEM_USER, until=MARCH, choices__monitoring="siem_and_mdr", company__running=["mdr"], company__devices=1
    )
    assert line_figures(bought_lines((ONBOARDING, WATCHED), given)) == [
        ("2027-03", "cloud-siem", 1, Decimal("500.00")),
        ("2027-03", "mdr-endpoint", 13, Decimal("0.00")),  # 1 device, twice 6 servers
    ]


def test_a_partner_who_operates_already_and_network_access_that_is_there_cost_nothing_more() -> None:
    ztna = price("ztna-user", 5)
    given = line_builder(
        MANAGED,
        ztna,
        until=MARCH,
        choices__operation="partner",
        choices__remote_access="ztna",
        company__running=["managed_service", "ztna"],
    )
    tasks = (placed("enrolment", date(2027, 2, 1)), placed("ztna", date(2027, 3, 1)))
    assert line_figures(bought_lines(tasks, given)) == [
        ("2027-03", "ztna-user", 60, Decimal("0.00")),
        ("2027-03", "managed-service-user", 120, Decimal("0.00")),
    ]


def test_what_runs_and_is_not_chosen_changes_nothing() -> None:
    running = ["siem", "mdr", "ztna", "managed_service"]
    given = line_builder(SIEM, MDR[0], until=MARCH, choices__monitoring="none", company__running=running)
    assert list(bought_lines((ONBOARDING, WATCHED, placed("ztna"), placed("enrolment")), given)) == []


def test_what_belongs_to_a_done_task_is_paid_from_the_first_month() -> None:
    """SIEM, MDR, server protection and the partner's fee: from January, nothing of it twice."""
    done = {"monitoring_onboarding", "mdr_onboarding", "edr_onboarding", "enrolment"}
    given = line_builder(
        SIEM,
        SIEM_USER,
        MDR[0],
        MANAGED,
        price("defender-business-servers", 3, unit="server/month"),
        until=Month(2027, 1),
        company__devices=1,
        choices__monitoring="siem_and_mdr",
        choices__operation="partner",
    )
    assert line_figures(lines_from_start(done, Month(2027, 1), given)) == [
        ("2027-01", "defender-business-servers", 6, Decimal("18.00")),
        ("2027-01", "cloud-siem", 1, Decimal("500.00")),
        ("2027-01", "mdr-endpoint", 1, Decimal("1200.00")),
        ("2027-01", "managed-service-user", 120, Decimal("1800.00")),
    ]
    assert list(lines_after_finish(done, date(2027, 1, 4), given)) == []
