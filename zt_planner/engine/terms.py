"""When a recurring price is bought, and for which months (M2, M3).

Laws: the stretches of a price follow each other without a gap; within one the
price does not move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.month import Month, months_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.pricing import PriceList


@dataclass(frozen=True, slots=True)
class Span:
    """The months for which recurring lines are made: up to `until`, and prepaid terms begun by `last` to their end.

    `until` is `last` or later.
    """

    last: Month
    until: Month


@dataclass(frozen=True, slots=True)
class Stretch:
    """The months of a recurring price that one purchase covers; `paid_in` where they are paid at once."""

    bought: Month
    months: tuple[Month, ...]
    paid_in: Month | None


def stretches(price_list: PriceList, span: Span, price_id: str, first: Month) -> Iterator[Stretch]:
    """Yield the months of a recurring price from a month on, purchase by purchase.

    A term starts with the price that was found: where there is none, it is asked for again the next month.
    """
    is_prepaid = price_list.is_prepaid(price_id, first)
    term_months = price_list.term_months(price_id, first)
    bought = first
    while bought <= span.until:
        is_priced = price_list.price_of(price_id, bought) is not None
        covered = term_months if is_priced else 1
        left = bought.until(span.until) + 1
        is_whole = is_prepaid and bought <= span.last
        months = months_from(bought, covered if is_whole else min(covered, left))
        yield Stretch(bought, months, bought if is_prepaid else None)
        bought = bought.plus(covered)
        if not is_priced:
            term_months = price_list.term_months(price_id, bought)
