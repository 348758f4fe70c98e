"""What bookings of a file change: a row for each month, category and task that differs, and their totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import total
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.topics.labels import label
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zt_planner.language import Language


def booking_changes_table(
    before: Mapping[str, Decimal], after: Mapping[str, Decimal], language: Language, tasks: Mapping[str, str]
) -> Table:
    """Return what was booked before and is booked after, where that differs; the totals are of everything.

    `tasks` are the names of the tasks by id.
    """

    def written(amount: Decimal | None) -> str:
        return say("nothing") if amount is None else language.money(amount, 2)

    say, changed = language.say, [key for key in {*before, *after} if before.get(key) != after.get(key)]
    rows = [
        (
            language.month(booked.month),
            language.write(label(booked.category)),
            tasks.get(booked.task, booked.task),
            *(written(sums.get(booked.key)) for sums in (before, after)),
        )
        for booked in sorted(map(Booked.of, changed))
    ]
    sums = tuple(language.money(total(bookings.values()), 2) for bookings in (before, after))
    columns = (say("Month"), say("Category"), say("Task"), say("Booked before"), say("Afterwards"))
    return Table(columns, (*rows, (say("Everything booked"), "", "", *sums)), numbers=(3, 4))
