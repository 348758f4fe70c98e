"""The rows of the sheet Bookings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import book, plan, quiet
from tests.golden.test_actuals import BOOK, CHAIN, COMPANY
from zt_planner.topics.progress.booking_sheet import booking_rows

IN_FEBRUARY = {**COMPANY, "status__at": date(2027, 2, 28)}
BEGUN = {"mfa_rollout": {"started": date(2027, 2, 1)}}


@pytest.mark.parametrize("bookings", [{}, {"2027-02/hardware/": "1.00"}])
def test_a_prepaid_year_is_planned_whole_whether_anything_is_booked_or_not(bookings: dict[str, str]) -> None:
    made = plan(quiet(**IN_FEBRUARY, status__tasks=BEGUN, status__bookings=bookings), BOOK, CHAIN)
    (licences,) = [row for row in booking_rows(made) if row.booked is not None and row.booked.category == "licence"]
    assert licences.planned == licences.forecast == Decimal("1440.00")


@pytest.mark.parametrize(("closed", "forecast"), [((), None), (("2027-02",), Decimal(0))])
def test_what_has_no_price_has_no_forecast_until_its_month_is_closed(
    closed: tuple[str, ...], forecast: Decimal | None
) -> None:
    without = book(*(row for row in BOOK.prices if row.id != "awareness-user"))
    given = {**IN_FEBRUARY, "status__tasks": BEGUN, "status__closed": closed}
    made = plan(quiet(**given, status__bookings={"2027-02/hardware/": "1.00"}), without, CHAIN)
    (training,) = [row for row in booking_rows(made) if row.booked is not None and row.booked.category == "training"]
    assert (training.planned, training.forecast) == (None, forecast)
