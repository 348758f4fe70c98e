"""What the controls need to know: the bounds of fields, and the prices that a person would want to move.

Law: bounds are read from the scenario's own fields, so that a control never
allows less or more than the field does.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from zt_planner.domain.month import Month
from zt_planner.domain.scenario import Scenario
from zt_planner.engine.costing import SIEM_COMPANY, SIEM_USER
from zt_planner.engine.seats import starts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from zt_planner.domain.plan import Plan, UnitPrice
    from zt_planner.engine.pricing import PriceList

CENT = Decimal("0.01")
Shown = TypeVar("Shown")


class Bounds(NamedTuple):
    """The least and the most that a field may hold; None where another field bounds it."""

    least: Decimal | int | None
    most: Decimal | int | None

    def shown(self, kind: Callable[[Decimal | int], Shown]) -> tuple[Shown | None, Shown | None]:
        """Return both as a widget holds them."""
        least, most = (None if bound is None else kind(bound) for bound in self)
        return least, most


class Span(NamedTuple):
    """The first and the last day that a field may hold."""

    first: date
    last: date


@lru_cache
def bounds_of(path: str) -> Bounds:
    """Return the bounds of a number by its dotted path; amounts above 0 begin at a cent."""
    limits = _limits(path)
    return Bounds(limits["gt"] + CENT if "gt" in limits else limits.get("ge"), limits.get("le"))


@lru_cache
def days_of(path: str) -> Span:
    """Return the bounds of a date by its dotted path."""
    limits = _limits(path)
    return Span(limits["ge"], limits["le"])


def _limits(path: str) -> dict[str, Any]:
    """Return what a field's type says: `ge`, `gt` and `le`, the innermost first."""
    part: Any = Scenario
    marks: list[object] = []
    for name in path.split(".", 2):
        if isinstance(part, type) and issubclass(part, BaseModel):
            field = part.model_fields[name]
            part, marks = field.annotation, list(field.metadata)
        else:
            part = get_args(part)[-1]
    marks += _marks(part)
    return {
        name: getattr(mark, name)
        for mark in marks
        for name in ("ge", "gt", "le")
        if getattr(mark, name, None) is not None
    }


def _marks(annotation: object) -> Iterator[object]:
    """Yield the marks of a type, of an optional one those of its value."""
    for part in get_args(annotation):
        if isinstance(part, FieldInfo):
            yield from part.metadata
        else:
            yield part
            yield from _marks(part)


def licence_month(plan: Plan) -> Month:
    """Return the month in which most licences start; the plan's first where there is no schedule."""
    others = starts_of(plan.tasks).others
    return plan.months[0] if others is None else Month.of(others.start)


def licence_in_view(plan: Plan, prices: PriceList) -> tuple[str, UnitPrice] | None:
    """Return the licence whose price is moved: one with an own price, otherwise the mix's largest product."""
    own = next((key for key in prices.own if key in prices.book.user_licences), None)
    price_id = own or (plan.mix.largest_product if plan.mix else None)
    price = None if price_id is None else prices.price_of(price_id, licence_month(plan))
    return None if price_id is None or price is None else (price_id, price)


def monitoring_start_price(plan: Plan, prices: PriceList) -> Decimal | None:
    """Return what the SIEM costs a month for this company: the dearer of entry price and price per user (M13)."""
    month = plan.months[0]
    entry, per_user = prices.price_of(SIEM_COMPANY, month), prices.price_of(SIEM_USER, month)
    if entry is None or entry.is_own or per_user is None:
        return None if entry is None else entry.amount
    return max(entry.amount, per_user.amount * plan.scenario.company.employees)
