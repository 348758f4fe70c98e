"""What a booking is of, as its key says: `2027-03/licence/mfa_rollout`. Law: a key is written again as it was read."""

from __future__ import annotations

import re
from typing import NamedTuple

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.fields import BOOKINGS
from zt_planner.domain.scenario.status import KEY_PATTERN


class Booked(NamedTuple):
    """What a booking is of; `task` is an id, empty where it is not known."""

    month: Month
    category: CostCategory
    task: str = ""

    @classmethod
    def of(cls, key: str) -> Booked:
        """Read the key of a booking."""
        month, category, task = key.split("/")
        return cls(Month.from_text(month), CostCategory(category), task)

    @classmethod
    def at(cls, path: str) -> Booked | None:
        """Read the path of a booking's field; None for any other."""
        key = path.removeprefix(BOOKINGS)
        return cls.of(key) if path.startswith(BOOKINGS) and re.fullmatch(KEY_PATTERN, key) else None

    @property
    def cell(self) -> tuple[Month, CostCategory]:
        """Month and category: what is compared with the plan."""
        return self.month, self.category

    @property
    def key(self) -> str:
        """How the scenario calls it."""
        return f"{self.month}/{self.category}/{self.task}"

    @property
    def path(self) -> str:
        """The field of the scenario that holds it."""
        return f"{BOOKINGS}{self.key}"
