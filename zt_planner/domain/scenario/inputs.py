"""What a field of the scenario is to people: its name, the unit of its value, the group of inputs that it belongs to.

An `Input` stands in the type of the field, beside its bounds; `declared` finds it by the field's path. Texts are in
English, to be translated by whoever shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zt_planner.domain.units import Unit
from zt_planner.errors import msgid


class InputGroup(StrEnum):
    """What differs between two scenarios, as people talk about it."""

    PEOPLE = "people"
    LICENCES = "licences"
    DAY_RATES = "day_rates"
    MONITORING = "monitoring"
    SCOPE = "scope"
    HARDWARE = "hardware"
    CALENDAR = "calendar"
    FINANCE = "finance"
    STATUS = "status"


NOT_SET = msgid("not set")


@dataclass(frozen=True, slots=True)
class Input:
    """What a field is to people.

    `name` has a gap where there are many of its kind: {product} for those of a price, {name} of a task, {day} of a
    day; it is empty where each of them has a name of its own. A field without a `group` moves no figure. `unset` says
    what holds without a value. `unit` is needed only where the field's type leaves it open. Where a field
    `reveals_rates`, a day rate is its value, or one could be computed from it. Of fields `by_price`, those of the day
    rates do so and belong to them. What is not `is_shown`, the program keeps for itself.
    """

    name: str = ""
    group: InputGroup | None = None
    unset: str = NOT_SET
    unit: Unit | None = None
    reveals_rates: bool = False
    by_price: bool = False
    is_shown: bool = True
