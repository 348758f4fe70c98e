"""The table of invoices: what it shows, and what typed cells set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.words import ENGLISH, GERMAN
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.money import LARGEST_AMOUNT
from zt_planner.language import Language
from zt_planner.topics.grid import CellValue, Grid, RowEdit
from zt_planner.topics.progress.bookings_grid import IS_CLOSED, booking_grid
from zt_planner.topics.view import View

BOOKED = {"2027-02/licence/mfa_rollout": "300", "2027-02/licence/": "50.5", "2026-11/hardware/": "-7"}


@pytest.fixture
def grid(price_book: PriceBook, phase_model: PhaseModel) -> Callable[..., Grid]:
    """Return the table of a plan that starts in January with a status date and bookings."""

    def made(
        at: str | None = "2027-03-15",
        language: Language = ENGLISH,
        *,
        shows_labour: bool = True,
        bookings: Mapping[str, str] = BOOKED,
        closed: tuple[str, ...] = (),
        now: Mapping[str, str] | None = None,
    ) -> Grid:
        scenario = builders.scenario(
            timeline__start="2027-01-04", status__at=at, status__bookings=bookings, status__closed=closed
        )
        plan = builders.plan(scenario, price_book, phase_model, shows_labour=shows_labour)
        then = scenario if now is None else scenario.changed("status.bookings", now)
        return booking_grid(View(plan, language), lambda: then.status)

    return made


def edit(grid: Grid, row: str, **typed: CellValue) -> RowEdit:
    """Return what typed cells of a month set."""
    (found,) = grid.edits({(row, column): cell for column, cell in typed.items()})
    return found


def test_every_month_to_the_status_date_and_every_other_one_with_a_booking_has_a_row(grid: Callable[..., Grid]) -> None:
    assert list(grid().names) == ["2026-11", "2027-01", "2027-02", "2027-03"]
    assert list(grid(at="2026-12-31", closed=("2026-10",)).names) == ["2026-10", "2026-11", "2027-02"]
    assert not grid(at=None, bookings={}).rows


def test_a_cell_is_all_that_is_booked_of_its_category_in_the_readers_form(grid: Callable[..., Grid]) -> None:
    assert grid().cells["2027-02", "licence"] == "350.50"
    assert grid(language=GERMAN).cells["2026-11", "hardware"] == "\N{MINUS SIGN}7,00"
    assert grid().cells["2027-01", "licence"] == ""
    assert grid(closed=("2027-01",)).cells["2027-01", IS_CLOSED] is True


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("1,000", {"status.bookings.2027-02/licence/": "700.00"}),
        ("100", {"status.bookings.2027-02/licence/": "-200.00"}),
        ("300", {"status.bookings.2027-02/licence/": None}),
        ("", {"status.bookings.2027-02/licence/": None, "status.bookings.2027-02/licence/mfa_rollout": None}),
    ],
)
def test_what_is_typed_is_booked_beside_what_is_booked_for_tasks(
    typed: str, fields: dict[str, Any], grid: Callable[..., Grid]
) -> None:
    assert edit(grid(), "2027-02", licence=typed).fields == fields


def test_a_typed_sum_is_that_of_its_cell_beside_what_a_colleague_has_booked_meanwhile(
    grid: Callable[..., Grid],
) -> None:
    table = grid(bookings={}, now={"2027-02/licence/mfa_rollout": "300"})
    assert edit(table, "2027-02", licence="500").fields == {"status.bookings.2027-02/licence/": "200.00"}


@pytest.mark.parametrize("typed", ["1.234", "NaN", "1e400", "\N{PILE OF POO}", "x" * 80, "1.005", "9" * 13])
def test_what_is_no_amount_is_refused(typed: str, grid: Callable[..., Grid]) -> None:
    refused = edit(grid(), "2027-02", licence=typed)
    assert refused.problems
    assert not refused.fields


def test_the_largest_amount_and_a_credit_are_read(grid: Callable[..., Grid]) -> None:
    assert edit(grid(), "2027-01", training=f"{LARGEST_AMOUNT}").fields == {
        "status.bookings.2027-01/training/": f"{LARGEST_AMOUNT}"
    }
    assert edit(grid(), "2027-01", training="-3").fields == {"status.bookings.2027-01/training/": "-3.00"}


def test_months_are_closed_and_opened_again_beside_those_that_are_closed_by_then(grid: Callable[..., Grid]) -> None:
    table = grid(closed=("2027-01",))
    assert edit(table, "2027-02", closed=True).fields == {"status.closed": ["2027-01", "2027-02"]}
    assert edit(table, "2027-01", closed=False).fields == {"status.closed": []}


def test_a_month_that_is_not_over_is_not_closed(grid: Callable[..., Grid], says: Says) -> None:
    (problem,) = edit(grid(), "2027-03", closed=True).problems
    says(str(problem))
    assert edit(grid(at="2027-03-31"), "2027-03", closed=True).fields


def test_the_consultants_money_has_no_column_where_rates_are_hidden(grid: Callable[..., Grid]) -> None:
    assert "consultant" in grid().columns
    assert "consultant" not in grid(shows_labour=False).columns
