"""Dated prices: which row holds on a day, and what may be owned (M2)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import book, price, rate, vat
from zt_planner.domain.data.price_book import Confidence, Origin, PriceBook

OLD = price("suite", 10, valid_from="2026-01-01", valid_to="2026-06-30")
NEW = price("suite", 12, valid_from="2026-09-01", valid_to="2026-12-31")


@pytest.fixture
def dated() -> PriceBook:
    """Return a book whose only product has no price in July, August and from 2027 on."""
    return book(NEW, OLD)


def test_both_ends_of_a_price_s_span_are_included(dated: PriceBook) -> None:
    assert dated.price_on("suite", date(2026, 1, 1)) == OLD
    assert dated.price_on("suite", date(2026, 6, 30)) == OLD
    assert dated.price_on("suite", date(2026, 7, 1)) is None
    assert dated.price_on("unknown", date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "row"),
    [(date(2025, 1, 1), OLD), (date(2026, 3, 1), OLD), (date(2026, 8, 1), OLD), (date(2030, 1, 1), NEW)],
)
def test_the_nearest_row_names_a_product_where_no_price_holds(dated: PriceBook, day: date, row: object) -> None:
    assert dated.nearest_row("suite", day) == row


def test_an_unknown_id_has_no_nearest_row(dated: PriceBook) -> None:
    assert dated.nearest_row("unknown", date(2026, 1, 1)) is None


def test_the_rows_of_an_id_are_sorted_by_their_first_day_and_ids_keep_the_order_of_the_book() -> None:
    mixed = book(price("second"), NEW, OLD, price("last"))
    assert mixed.rows_by_id["suite"] == (OLD, NEW)
    assert mixed.position == {"second": 0, "suite": 1, "last": 2}


def test_the_steps_of_a_graduated_price_are_told_apart_by_their_first_unit() -> None:
    first, second = price("mdr", 24, valid_to="2026-12-31"), price("mdr", 12, from_quantity=51, valid_to="2026-12-31")
    later = price("mdr", 20, valid_from="2027-01-01")
    steps = book(later, second, first)
    assert steps.rows_by_id["mdr"] == (first, second, later)
    assert (first.step, second.step) == (1, 51)
    assert steps.price_on("mdr", date(2026, 6, 1)) == first
    assert steps.nearest_row("mdr", date(2020, 1, 1)) == first
    assert steps.steps_on("mdr", date(2026, 6, 1)) == (first, second)
    assert steps.steps_on("mdr", date(2027, 6, 1)) == (later,)
    assert steps.steps_on("unknown", date(2027, 6, 1)) == ()


def test_a_second_opinion_is_recognised() -> None:
    both = book(OLD, price("suite-list", 11), price("other-list"))
    assert both.is_second_opinion("suite-list")
    assert not both.is_second_opinion("suite")
    assert not both.is_second_opinion("other-list")


def test_only_licences_per_user_and_month_can_be_owned() -> None:
    server = price("server", unit="server/month")
    key = price("key", category="hardware", unit="user/month")
    assert book(OLD, server, key).user_licences == ("suite",)


@pytest.mark.parametrize(
    ("fields", "origin"),
    [
        ({"confidence": "definition"}, Origin.DEFINITION),
        ({}, Origin.VENDOR),
        ({"confidence": "article"}, Origin.THIRD_PARTY),
        ({"confidence": "secondary"}, Origin.THIRD_PARTY),
        ({"confidence": "derived"}, Origin.DERIVED),
        ({"source_date": None}, Origin.ASSUMED),
        ({"confidence": "assumption"}, Origin.ASSUMED),
        ({"confidence": "unverified"}, Origin.ASSUMED),
    ],
)
def test_a_price_is_from_where_its_dated_source_is(fields: dict[str, str], origin: Origin) -> None:
    assert price("suite", **fields).origin is origin


def test_the_version_of_a_book_changes_with_any_row() -> None:
    plain = book(OLD)
    assert plain.version == book(OLD).version
    others = (book(NEW), book(OLD, rates=(rate("USD", "0.9"),)), book(OLD, vat=(vat("DE", "0.19"),)))
    assert len({plain.version, *(other.version for other in others)}) == 4


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2020, 6, 30), None),
        (date(2020, 7, 1), "0.16"),
        (date(2020, 12, 31), "0.16"),
        (date(2021, 1, 1), None),
        (date(2026, 1, 1), "0.19"),
        (date(2099, 1, 1), "0.19"),
    ],
)
def test_both_ends_of_a_rate_of_vat_are_included(day: date, share: str | None) -> None:
    rates = (vat("DE", "0.19"), vat("AT", "0.20"), vat("DE", "0.16", "2020-07-01", "2020-12-31"))
    found = book(vat=rates).vat_on("DE", day)
    assert (None if found is None else str(found.rate)) == share


def test_a_country_is_listed_once_and_an_unknown_one_has_no_vat() -> None:
    shelf = book(vat=(vat("DE", "0.19"), vat("AT", "0.20"), vat("DE", "0.16", "2020-07-01", "2020-12-31")))
    assert shelf.vat_countries == ("DE", "AT")
    assert shelf.vat_on("FR", date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("confidence", "origin"),
    [("primary", Origin.VENDOR), ("derived", Origin.DERIVED), ("unverified", Origin.ASSUMED)],
)
def test_a_rate_is_from_where_its_source_is(confidence: str, origin: Origin) -> None:
    assert vat("DE", "0.19", confidence=confidence).origin is origin
    assert rate("CHF", "1").model_copy(update={"confidence": Confidence(confidence)}).origin is origin


@pytest.mark.parametrize(
    ("day", "eur"),
    [(date(2025, 1, 1), "0.8"), (date(2026, 6, 1), "0.8"), (date(2026, 7, 1), "0.9"), (date(2030, 1, 1), "0.9")],
)
def test_the_latest_rate_counts_and_before_the_first_the_first(day: date, eur: str) -> None:
    shelf = book(rates=(rate("USD", "0.9", "2026-07-01"), rate("USD", "0.8", "2026-06-01")))
    assert str(shelf.rate_on("USD", day).eur_per_unit) == eur
