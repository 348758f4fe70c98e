"""Which cash stands with which task, and what it is made of.

Laws: the lines of all tasks and those of none are the cash of the plan; what
has no price adds nothing, and is said.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO
from zt_planner.topics.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.view import View


def cents(amount: Decimal) -> int:
    """Return an amount as the format writes it, in hundredths."""
    return int(amount * 100)


def lines_by_task(plan: Plan) -> Mapping[str, Sequence[CostLine]]:
    """Return the lines of cash by task; those of no task of the plan under an empty id."""
    known = {task.task.id for task in plan.tasks}
    found: dict[str, list[CostLine]] = defaultdict(list)
    for line in plan.cost_lines:
        if line.is_cash:
            found[line.task_id if line.task_id in known else ""].append(line)
    return found


def total_of(lines: Sequence[CostLine]) -> Decimal:
    """Return what lines come to."""
    return sum((line.amount for line in lines if line.amount is not None), ZERO)


def cost_notes(lines: Sequence[CostLine], handout: View) -> Iterator[str]:
    """Yield what a cost is made of, and whether something in it has no price."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        sums[label(line.category, handout.language)] += line.amount or ZERO
    if sums:
        months = len(handout.plan.months)
        yield handout.language.plural("Cost within {n} month, net:", "Cost within {n} months, net:", months)
    for name, amount in sums.items():
        yield handout.language.labelled(name, handout.language.money(amount, 2))
    if any(line.amount is None for line in lines):
        yield missing_prices_note(handout)


def missing_prices_note(handout: View) -> str:
    """Say that prices are missing."""
    return handout.language.say("Prices are missing: the real costs are higher.")
