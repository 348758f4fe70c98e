"""What figures are called by programs: the words that begin the names of a family's figures, and the budget's cells.

A cell of the budget is named as it stands in the table: `month:2027-03`, `month:2027-03:licence`,
`until:2027-03` (the running total), `category:licence` (the sum below); with
`paid_` before it, by the month in which the money leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from zt_planner.domain.categories import CASH_CATEGORIES, LABOUR_CATEGORIES, CostCategory
from zt_planner.domain.scenario.scenario import Operator
from zt_planner.engine.costing.budget import accrual, payment

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from zt_planner.domain.month import Month
    from zt_planner.domain.plan import CostLine
    from zt_planner.domain.scenario.scenario import Monitoring
    from zt_planner.engine.plan import AnyPlan, Plan

TASK, SLACK, LOAD, OPERATION, POINT = "task", "slack", "load", "operation", "nis2"
PRICE, RATE, VAT, RISE, MONEY_SHARE, LICENCES = "price", "rate", "vat", "rise", "share", "licences"
SURE_FAMILY, EFFECT, STAGE, DIFFERENCE = "sure", "effect", "stage", "difference"
PAID = "paid_"


class CellSpan(StrEnum):
    """Which months a cell adds up: one, all up to one, or all of the plan."""

    MONTH = "month"
    UNTIL = "until"
    CATEGORY = "category"


class StageFigure(StrEnum):
    """The amounts of a stage, in the order in which they are shown."""

    TO_APPROVE = "to_approve"
    SPENT = "spent"
    COMMITTED = "committed"
    TO_PAY = "to_pay"
    A_MONTH = "a_month"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """A cell of the budget table; without a category all cash, without a month all months."""

    span: CellSpan
    month: Month | None = None
    category: CostCategory | None = None
    is_paid: bool = False

    def __str__(self) -> str:
        """Read as its name."""
        parts = [self.span.value, self.month, self.category]
        return (PAID if self.is_paid else "") + ":".join(str(part) for part in parts if part is not None)

    @classmethod
    def named(cls, name: str, plan: Plan) -> Self | None:
        """Return the cell of a name; None when the plan's table has none."""
        is_paid = name.startswith(PAID)
        head, *parts = name.removeprefix(PAID).split(":")
        months = {str(month): month for month in plan.months}
        categories = {str(category): category for category in summed_categories(plan)}
        if head not in set(CellSpan) or not parts:
            return None
        if head == CellSpan.CATEGORY:
            known = len(parts) == 1 and parts[0] in categories
            return cls(CellSpan.CATEGORY, None, categories[parts[0]], is_paid) if known else None
        month, *rest = parts
        if month not in months or rest not in ([], *([category] for category in categories)):
            return None
        return cls(CellSpan(head), months[month], categories[rest[0]] if rest else None, is_paid)

    def months_in(self, plan: Plan) -> tuple[Month, ...]:
        """Return the months that it adds up."""
        if self.month is None:
            return plan.months
        return (self.month,) if self.span is CellSpan.MONTH else tuple(m for m in plan.months if m <= self.month)

    @property
    def month_of(self) -> Callable[[CostLine], Month]:
        """The month in which a line counts."""
        return payment if self.is_paid else accrual

    def holds(self, line: CostLine, months: Container[Month]) -> bool:
        """Tell whether a line is part of it."""
        is_counted = line.is_cash if self.category is None else line.category is self.category
        return is_counted and self.month_of(line) in months


def summed_categories(plan: AnyPlan) -> tuple[CostCategory, ...]:
    """Return the categories that a total adds up: all that leaves the company; those of labour where it is shown."""
    return tuple(category for category in CASH_CATEGORIES if plan.shows_labour or category not in LABOUR_CATEGORIES)


def sure_name(figure: str, share: float) -> str:
    """Return the name of a percentile."""
    return f"{SURE_FAMILY}:{figure}:{share * 100:.0f}"


def difference_name(letter: str, figure: str) -> str:
    """Return by which name is asked why a figure of a plan differs from that of the first."""
    return f"{DIFFERENCE}:{letter.lower()}:{figure}"


def choice_name(monitoring: Monitoring, operator: Operator) -> str:
    """Return by which name a choice is asked for, behind the family's."""
    return monitoring.value if operator is Operator.OWN else f"{monitoring.value}:{operator.value}"


def stage_name(number: int, figure: StageFigure) -> str:
    """Return the name of an amount of a stage."""
    return f"{STAGE}:{number}:{figure}"
