"""A price that is set more than once: which one applies, and which one does not, is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import book, case, day_rate, model, price, row_values, scenario, task
from zt_planner.domain.finding import Code
from zt_planner.domain.month import Month
from zt_planner.engine.case import Case
from zt_planner.engine.findings.checks import own_price_findings

RATES = ("internal-day", "external-day", "external-day-at", "external-day-ch")
MARCH = Month(2027, 3)


def asked(**fields: Any) -> Case:  # noqa: ANN401 - any field of a scenario
    """Return the case of a scenario that starts in March, with a book of a suite and of the rates that it may set."""
    rates = (day_rate(key, 1) for key in RATES)
    return case(scenario(timeline__start="2027-03-01", **fields), book(price("suite"), *rates), model(task("any")))


def rows(price_id: str, amount: int, **fields: Any) -> dict[str, list[dict[str, Any]]]:  # noqa: ANN401 - of a price
    """Return an own row, as a scenario holds it."""
    kind = {"category": "labour", "unit": "day"} if price_id in RATES else {}
    return {price_id: [row_values(price(price_id, amount, **kind | fields))]}


@pytest.mark.parametrize(
    ("prices", "region", "price_id", "override", "other"),
    [
        ({"overrides": {"external-day": 900}}, "DE", "external-day", 900, 1000),
        ({"overrides": {"external-day": 900}}, "CH", "external-day", 900, 1000),
        ({"overrides": {"external-day-ch": 1600}}, "CH", "external-day-ch", 1600, 1000),
        ({"overrides": {"external-day-ch": 1600, "external-day": 900}}, "CH", "external-day-ch", 1600, 900),
        ({"overrides": {"external-day-ch": 1600, "external-day": 1600}}, "CH", "external-day-ch", 1600, 1000),
        ({"rows": rows("external-day", 900)}, "DE", "external-day", 1000, 900),
        ({"rows": rows("external-day-ch", 900)}, "CH", "external-day", 1000, 900),
    ],
)
def test_own_rates_that_differ_are_named_and_the_one_that_is_used(
    prices: dict[str, Any], region: str, price_id: str, override: int, other: int
) -> None:
    given = asked(
        timeline__region=region,
        labour__internal_day_cost="500",
        labour__external_day_rate="1000",
        prices__rows=prices.get("rows", {}),
        prices__overrides={"internal-day": 500} | prices.get("overrides", {}),
    )
    (finding,) = own_price_findings(given)
    assert finding.code is Code.PRICE_TWO_OWN_PRICES
    assert {name: finding.facts[name] for name in ("price_id", "override", "other")} == {
        "price_id": price_id,
        "override": override,
        "other": other,
    }
    used = given.prices.price_of(given.prices.external_day, MARCH)
    assert used is not None
    assert used.amount == override


QUOTE, LATER = rows("suite", 7)["suite"], rows("suite", 7, valid_from="2028-01-01")["suite"]
SAME = rows("suite", 8, valid_to="2027-12-31")["suite"]
STEP = rows("suite", 7, from_quantity=50)["suite"]


@pytest.mark.parametrize("own", [QUOTE, LATER, [*SAME, *LATER], [*rows("suite", 8)["suite"], *STEP]])
def test_a_quote_that_an_amount_of_its_own_leaves_unused_is_named(own: list[dict[str, Any]]) -> None:
    given = asked(prices__overrides={"suite": 8}, prices__rows={"suite": own})
    (finding,) = own_price_findings(given)
    assert finding.facts == {"price_id": "suite", "override": 8, "other_id": "suite", "other": 7}
    used = given.prices.price_of("suite", MARCH)
    assert used is not None
    assert used.amount == 8


def test_whose_price_is_not_used_is_named() -> None:
    given = asked(timeline__region="CH", labour__external_day_rate=1000, prices__rows=rows("external-day-ch", 900))
    (finding,) = own_price_findings(given)
    assert [finding.facts[name] for name in ("price_id", "other_id")] == ["external-day", "external-day-ch"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"labour__external_day_rate": 1000, "prices__overrides": {"external-day-ch": 1000}},
        {"labour__external_day_rate": 1000, "prices__rows": rows("external-day-ch", 1000)},
        {"labour__external_day_rate": 1000, "prices__rows": rows("external-day-at", 900)},
        {"prices__overrides": {"suite": 8}, "prices__rows": rows("suite", 8)},
        {"prices__overrides": {"suite": 8}, "prices__rows": rows("suite", 7, valid_from="2099-04-01")},
        {"prices__overrides": {"suite": 8}},
        {"prices__rows": rows("suite", 7) | rows("external-day", 900) | rows("external-day-ch", 1600)},
    ],
)
def test_a_price_that_is_set_once_or_alike_or_for_elsewhere_is_no_finding(fields: dict[str, Any]) -> None:
    assert list(own_price_findings(asked(timeline__region="CH", **fields))) == []
