"""What bookings of a file change: a row for each month, category and task that differs, and their totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import total
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.language import LongMonth, Money, Text, Words
from zt_planner.topics.labels import label
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


def booking_changes_table(
    before: Mapping[str, Decimal], after: Mapping[str, Decimal], tasks: Mapping[str, Words]
) -> Table:
    """Return what was booked before and is booked after, where that differs; the totals are of everything.

    `tasks` are the names of the tasks by id.
    """

    def told(amount: Decimal | None) -> Words:
        return Text("nothing") if amount is None else Money(amount, 2)

    changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    rows = [
        (
            LongMonth(booked.month),
            label(booked.category),
            tasks.get(booked.task, booked.task),
            *(told(sums.get(booked.key)) for sums in (before, after)),
        )
        for booked in sorted(map(Booked.of, changed))
    ]
    sums = tuple(Money(total(bookings.values()), 2) for bookings in (before, after))
    columns = (Text("Month"), Text("Category"), Text("Task"), Text("Booked before"), Text("Afterwards"))
    return Table(columns, (*rows, (Text("Everything booked"), "", "", *sums)), numbers=(3, 4))
