"""What money is spent on, how often, and how a controller could treat it."""

from __future__ import annotations

from enum import StrEnum


class CostCategory(StrEnum):
    """The columns of the budget (M17b), in the order in which they are shown."""

    LICENCE = "licence"
    MONITORING = "monitoring"
    OPERATION = "operation"
    HARDWARE = "hardware"
    TRAINING = "training"
    CONSULTANT = "consultant"
    CONTINGENCY = "contingency"
    INTERNAL = "internal"

    @property
    def is_cash(self) -> bool:
        """Internal work is effort, everything else is money that leaves the company (M18)."""
        return self is not CostCategory.INTERNAL


CATEGORY_ORDER = {category: index for index, category in enumerate(CostCategory)}
CASH_CATEGORIES = tuple(category for category in CostCategory if category.is_cash)
BOOKABLE_CATEGORIES = tuple(category for category in CASH_CATEGORIES if category is not CostCategory.CONTINGENCY)
"""What money is spent on: contingency is a reserve."""
LABOUR_CATEGORIES = frozenset({CostCategory.CONSULTANT, CostCategory.INTERNAL, CostCategory.CONTINGENCY})
"""What follows from day rates: work, and the contingency that is a share of it."""


class Kind(StrEnum):
    """Paid once, or again and again."""

    ONE_OFF = "one_off"
    RECURRING = "recurring"


class Treatment(StrEnum):
    """How a controller could treat an amount (M33): no tax advice."""

    RUNNING = "running_cost"
    CAPITALISABLE = "capitalisable"
    UNDECIDED = "undecided"


def treatment_of(category: CostCategory, kind: Kind) -> Treatment | None:
    """Return how money could be treated: hardware is an asset, contingency is not decided; None for own work."""
    if not category.is_cash:
        return None
    if category is CostCategory.CONTINGENCY:
        return Treatment.UNDECIDED
    is_asset = category is CostCategory.HARDWARE and kind is Kind.ONE_OFF
    return Treatment.CAPITALISABLE if is_asset else Treatment.RUNNING
