"""What a unit costs in a month: dated row, currency, billing term, one rounding (M2, M3, M4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.builders import MONDAY, book, day_rate, parameters, price, prices_for, quiet, rate, scenario
from zt_planner.domain.data.price_book import Price, PriceBook, Term
from zt_planner.domain.month import Month
from zt_planner.engine.costing.pricing import PriceList, converts, first_month_from, price_list_of, rate_for

MARCH = Month(2027, 3)


def price_list(*prices: Price, **fields: object) -> PriceList:
    """Return a price list with two exchange rates for USD."""
    rates = (rate("USD", "0.9", "2027-03-02"), rate("USD", "0.8", "2026-06-01"))
    return prices_for(scenario(**fields), book(*prices, rates=rates))


@pytest.mark.parametrize(
    ("billing", "amount"), [("annual_prepaid", "19.05"), ("annual_monthly", "20.00"), ("monthly", "22.86")]
)
def test_the_article_s_20_euro_convert_to_every_term(billing: str, amount: str) -> None:
    # 20.00 / 1.05 = 19.0476; x 1.20 = 22.857: factors do not stack, and rounding comes last.
    result = price_list(price("suite", 20), choices__billing=billing).price_of("suite", MARCH)
    assert result is not None
    assert result.amount == Decimal(amount)


def test_currency_comes_before_the_term_and_is_rounded_once() -> None:
    # 9.99 USD x 0.8 = 7.992; x 1.05 = 8.3916. Rounded in between it would be 7.99 x 1.05 = 8.3895, 8.39 as well;
    # 14.03 x 0.8 x 1.05 = 11.7852 is 11.79, while 11.22 x 1.05 = 11.781 would be 11.78.
    result = price_list(price("suite", "14.03", currency="USD", term="annual_prepaid")).price_of("suite", MARCH)
    assert result is not None
    assert (result.amount, result.rate, result.rate_date) == (Decimal("11.79"), Decimal("0.8"), date(2026, 6, 1))
    assert not result.rate_extrapolated


def test_the_rate_is_the_latest_on_or_before_the_month_and_before_all_the_earliest() -> None:
    prices = price_list(price("suite", 1, currency="USD")).book
    assert rate_for(prices, "USD", MARCH) == (rate("USD", "0.8", "2026-06-01"), False)
    assert rate_for(prices, "USD", Month(2027, 4)) == (rate("USD", "0.9", "2027-03-02"), False)
    assert rate_for(prices, "USD", Month(2026, 5)) == (rate("USD", "0.8", "2026-06-01"), True)


def test_a_currency_without_a_rate_is_refused() -> None:
    with pytest.raises(KeyError, match="GBP"):
        rate_for(book(), "GBP", MARCH)


@pytest.mark.parametrize(
    ("fields", "is_converted"),
    [
        ({}, True),
        ({"vendor": "Google"}, True),
        ({"unit": "server/month"}, True),
        ({"vendor": "Okta"}, False),
        ({"unit": "GB"}, False),
        ({"term": "one_off"}, False),
    ],
)
def test_only_microsoft_and_google_prices_per_user_or_server_convert(
    fields: dict[str, str],
    is_converted: bool,  # noqa: FBT001 - an expected value
) -> None:
    assert converts(price("suite", **fields)) is is_converted


def test_a_missing_price_is_none_and_never_zero() -> None:
    prices = price_list(price("suite", valid_to="2027-02-28"))
    assert prices.price_of("suite", Month(2027, 2)) is not None
    assert prices.price_of("suite", MARCH) is None
    assert prices.price_of("unknown", MARCH) is None


def test_an_own_price_wins_is_not_converted_and_holds_where_the_book_has_none() -> None:
    gone = price("suite", currency="USD", valid_to="2026-12-31")
    result = price_list(gone, choices__billing="monthly", prices__overrides={"suite": "5.55"}).price_of("suite", MARCH)
    assert result is not None
    assert (result.amount, result.is_own, result.row) == (Decimal("5.55"), True, gone)


def test_an_annual_price_holds_for_twelve_months() -> None:
    assert price_list(price("suite")).term_months("suite", MARCH) == 12


def test_a_monthly_price_holds_for_a_month() -> None:
    prices = price_list(price("suite"), price("siem", unit="company/month", term="monthly"), choices__billing="monthly")
    assert prices.term_months("suite", MARCH) == 1
    assert prices.term_months("siem", MARCH) == 1


def test_only_a_prepaid_term_is_paid_at_its_start() -> None:
    fixed = price("okta", vendor="Okta", term="annual_prepaid")
    assert price_list(price("suite"), choices__billing="annual_prepaid").is_prepaid("suite", MARCH)
    assert price_list(fixed).is_prepaid("okta", MARCH)
    assert not price_list(price("suite")).is_prepaid("suite", MARCH)


@pytest.mark.parametrize("billing", ["annual_prepaid", "annual_monthly", "monthly"])
def test_an_own_price_of_a_licence_is_paid_on_the_scenario_s_term(billing: str) -> None:
    rows = (
        price("okta", vendor="Okta", term="annual_prepaid"),
        price("firewall", vendor="various", unit="site/month", term="monthly", category="hardware"),
        price("siem", vendor="various", term="monthly", category="monitoring"),
    )
    own = price_list(*rows, choices__billing=billing, prices__overrides=dict.fromkeys(("okta", "firewall", "siem"), 5))
    assert own.term_of("okta", MARCH) == billing
    assert own.is_prepaid("okta", MARCH) is (billing == "annual_prepaid")
    assert own.term_months("okta", MARCH) == (1 if billing == "monthly" else 12)
    assert [own.term_of(key, MARCH) for key in ("firewall", "siem")] == ["monthly", "monthly"]
    assert price_list(*rows, choices__billing=billing).term_of("okta", MARCH) == "annual_prepaid"


def test_an_unknown_price_has_no_term() -> None:
    assert price_list().term_of("unknown", MARCH) is None
    assert price_list(price("suite")).term_of("suite", MARCH) is Term.ANNUAL_MONTHLY


def test_a_price_is_looked_up_once() -> None:
    prices = price_list(price("suite"))
    assert prices.price_of("suite", MARCH) is prices.price_of("suite", MARCH)


STEPS = (price("suite", 10, valid_to="2027-06-30"), price("suite", 12, valid_from="2027-07-01"))


@pytest.mark.parametrize(
    ("as_of", "month", "amount"),
    [
        (None, Month(2027, 7), "12.00"),
        (date(2027, 6, 30), Month(2027, 7), "10.00"),
        (date(2027, 7, 1), Month(2027, 7), "12.00"),
        (date(2099, 1, 1), Month(2027, 6), "10.00"),
    ],
)
def test_a_price_that_begins_after_the_day_is_not_known_yet(as_of: date | None, month: Month, amount: str) -> None:
    result = price_list(*STEPS, prices__as_of=as_of).price_of("suite", month)
    assert result is not None
    assert result.amount == Decimal(amount)


def test_a_product_of_which_nothing_is_known_yet_has_no_price_and_a_name() -> None:
    prices = price_list(price("suite", valid_from="2027-07-01"), prices__as_of=date(2027, 6, 30))
    assert prices.price_of("suite", Month(2028, 1)) is None
    assert prices.row_of("suite", Month(2028, 1)) is not None


def test_a_rate_after_the_day_is_not_known_yet() -> None:
    prices = price_list(price("suite", 10, currency="USD"), prices__as_of=date(2027, 3, 1))
    result = prices.price_of("suite", Month(2028, 1))
    assert result is not None
    assert (result.amount, result.rate_date) == (Decimal("8.00"), date(2026, 6, 1))
    early = rate_for(prices.book, "USD", MARCH, date(2026, 5, 1))
    assert early == (rate("USD", "0.8", "2026-06-01"), True)


@pytest.mark.parametrize(("day", "month"), [(date(2027, 7, 1), Month(2027, 7)), (date(2027, 7, 2), Month(2027, 8))])
def test_a_change_is_felt_in_the_first_month_that_begins_on_its_day_or_later(day: date, month: Month) -> None:
    assert first_month_from(day) == month
    prices = price_list(price("suite", 20), prices__rise=0.1, prices__rise_from=day)
    amounts = [result.amount for when in (month.plus(-1), month) if (result := prices.price_of("suite", when))]
    assert amounts == [Decimal("20.00"), Decimal("22.00")]


def test_a_rise_comes_after_currency_and_term_and_is_rounded_once() -> None:
    # 9.03 USD x 0.8 x 1.05 x 1.1 = 8.34372; rounded before the rise it would be 7.59 x 1.1 = 8.349, 8.35.
    prices = price_list(price("suite", "9.03", currency="USD", term="annual_prepaid"), prices__rise=0.1)
    result = prices.price_of("suite", MARCH)
    assert result is not None
    assert (result.amount, result.rise_factor) == (Decimal("8.34"), Fraction(11, 10))


@pytest.mark.parametrize(
    ("fields", "rises"),
    [
        ({}, True),
        ({"vendor": "Okta"}, True),
        ({"unit": "server/month"}, True),
        ({"unit": "site/month"}, False),
        ({"category": "monitoring"}, False),
    ],
)
def test_licences_per_user_and_server_of_every_vendor_rise(
    fields: dict[str, str],
    rises: bool,  # noqa: FBT001 - an expected value
) -> None:
    prices = price_list(price("suite", 20, **fields), prices__rise=0.5)
    result = prices.price_of("suite", MARCH)
    assert result is not None
    assert result.amount == Decimal("30.00" if rises else "20.00")


def test_own_prices_and_second_opinions_do_not_rise() -> None:
    listed = price("suite-list", 20)
    prices = price_list(price("suite", 20), listed, prices__rise=0.5, prices__overrides={"suite": 20})
    amounts = [result.amount for key in ("suite", "suite-list") if (result := prices.price_of(key, MARCH))]
    assert amounts == [Decimal("20.00"), Decimal("20.00")]


def test_the_book_has_the_prices_that_were_worked_out_by_hand(price_book: PriceBook) -> None:
    prices = prices_for(scenario(), price_book)
    # USD 0.866: 10.00 x 0.866 x 1.05 = 9.093, 3.00 x 0.866 x 1.05 = 2.7279, 14.00 x 0.866 x 1.05 = 12.7302
    expected = {
        "m365-business-premium": "20.00",
        "entra-p2": "9.09",
        "defender-business-servers": "2.73",
        "m365-business-standard": "12.73",
        "cloud-siem": "500.00",
    }
    results = {price_id: prices.price_of(price_id, MARCH) for price_id in expected}
    assert {price_id: str(unit.amount) for price_id, unit in results.items() if unit} == expected


def test_prices_are_remembered_by_all_that_they_follow_from_and_by_nothing_else() -> None:
    prices, numbers = book(price("a", 10), price("b", 20)), parameters()
    known = price_list_of(quiet(), prices, numbers)
    assert price_list_of(quiet(company__employees=200, timeline__target_months=7), prices, numbers) is known
    for changed in (
        quiet(choices__billing="monthly"),
        quiet(prices__overrides={"a": 11}),
        quiet(labour__external_day_rate=900),
        quiet(prices__as_of=MONDAY),
        quiet(prices__rise=1),
        quiet(prices__rise_from=MONDAY),
        quiet(timeline__region="CH"),
    ):
        assert price_list_of(changed, prices, numbers) is not known
    assert price_list_of(quiet(), prices, parameters(term_monthly="1.25")) is not known
    assert price_list_of(quiet(), book(price("a", 10), price("b", 21)), numbers) is not known


DAY_RATES = tuple(
    day_rate(price_id, amount)
    for price_id, amount in (("external-day", 1250), ("external-day-at", 1200), ("external-day-ch", 1700))
)


@pytest.mark.parametrize(
    ("region", "rate_id"),
    [
        ("DE-NW", "external-day"),
        ("AT", "external-day-at"),
        ("AT-9", "external-day-at"),
        ("AUT", "external-day-at"),
        ("CHE-ZH", "external-day-ch"),
        ("CH", "external-day-ch"),
        ("CH-ZH", "external-day-ch"),
        ("FR", "external-day"),
        (None, "external-day"),
    ],
)
def test_the_consultants_rate_is_that_of_the_region(region: str | None, rate_id: str) -> None:
    assert price_list(*DAY_RATES, timeline__region=region).external_day == rate_id
    # The shipped book has rates of countries; one that has none takes the same rate everywhere.
    assert price_list(DAY_RATES[0], timeline__region=region).external_day == "external-day"


def test_the_rate_that_a_scenario_sets_wins_in_every_region() -> None:
    own_row = {"external-day": [DAY_RATES[0].model_dump(mode="json") | {"amount": "1400"}]}
    for fields in (
        {"labour__external_day_rate": 1000},
        {"prices__overrides": {"external-day": 1000}},
        {"prices__rows": own_row},
    ):
        given = scenario(timeline__region="CH", **fields)
        assert price_list_of(given, book(*DAY_RATES), parameters()).external_day == "external-day"


@pytest.mark.parametrize(
    ("fields", "rate_id"),
    [
        ({"prices__overrides": {"external-day-ch": 1600, "external-day": 1000}}, "external-day-ch"),
        ({"prices__overrides": {"external-day-ch": 1600}, "labour__external_day_rate": 1000}, "external-day-ch"),
        ({"prices__overrides": {"external-day-at": 1600}, "labour__external_day_rate": 1000}, "external-day"),
    ],
)
def test_an_own_price_of_the_regions_rate_comes_before_any_other(fields: dict[str, object], rate_id: str) -> None:
    assert price_list(*DAY_RATES, timeline__region="CH", **fields).external_day == rate_id


def test_factors_of_terms_are_parameters() -> None:
    given = scenario(choices__billing="monthly")
    result = price_list_of(given, book(price("suite", 20)), parameters(term_annual_monthly="1.1", term_monthly="1.32"))
    unit = result.price_of("suite", MARCH)
    # 20 / 1.10 x 1.32
    assert unit is not None
    assert unit.amount == Decimal("24.00")


GRADUATED = tuple(
    price("mdr", amount, vendor="various", unit="endpoint/month", from_quantity=first)
    for first, amount in ((1, 24), (51, 12), (151, 9))
)


def test_a_graduated_price_has_its_steps_and_the_first_is_the_price_of_one() -> None:
    prices = price_list(*reversed(GRADUATED))
    unit = prices.price_of("mdr", MARCH)
    assert unit is not None
    assert unit.amount == Decimal("24.00")
    assert [(first, item.amount) for first, item in prices.steps_of(unit)] == [
        (1, Decimal("24.00")),
        (51, Decimal("12.00")),
        (151, Decimal("9.00")),
    ]


def test_an_override_is_one_price_for_every_unit() -> None:
    prices = price_list(*GRADUATED, prices__overrides={"mdr": 10})
    unit = prices.price_of("mdr", MARCH)
    assert unit is not None
    assert prices.steps_of(unit) == ((1, unit),)
