"""Dated prices: which row holds on a day, and what may be owned (M2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.builders import book, price, rate

if TYPE_CHECKING:
    from zt_planner.domain.price_book import PriceBook

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
    ("fields", "is_verified"),
    [
        ({}, True),
        ({"source_date": None}, False),
        ({"confidence": "assumption"}, False),
        ({"confidence": "unverified"}, False),
    ],
)
def test_a_price_is_verified_with_a_dated_source_that_is_no_guess(fields: dict[str, str], is_verified: bool) -> None:  # noqa: FBT001 - an expected value
    assert price("suite", **fields).is_verified is is_verified


def test_the_version_of_a_book_changes_with_any_row() -> None:
    plain = book(OLD)
    assert plain.version == book(OLD).version
    assert len({plain.version, book(NEW).version, book(OLD, rates=(rate("USD", "0.9"),)).version}) == 3
