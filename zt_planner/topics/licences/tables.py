"""Licences as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.plan import Group
from zt_planner.language import Listed, Text, Words
from zt_planner.topics.badges import holding_badges
from zt_planner.topics.labels import product_name
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.plan import Holding
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.table import Table


def left_out(plan: Plan) -> Words:
    """Say which tasks somebody has taken out of the plan; nothing where nobody has."""
    tasks, names = plan.scenario.tasks, task_names(plan.case.model)
    out = [names[key] for key in plan.fallen_away if tasks.given_for(key).in_scope is False]
    return Text("Taken out of the plan: {tasks}.", tasks=Listed(out)) if out else ""


def mix_table(plan: Plan) -> Table:
    """Return who holds which licences; without the columns that would be empty."""
    groups = {
        Group.ADMIN: Text("Administrators"),
        Group.OFFICE: Text("Office staff"),
        Group.FRONTLINE: Text("Frontline people"),
    }

    def names(held: Iterable[str]) -> Words:
        return Listed([product_name(price_id, plan.case.book) for price_id in held])

    columns: tuple[Column[Holding], ...] = (
        Column(Text("Who"), value=lambda holding: groups[holding.group]),
        Column(Text("People"), units.COUNT, lambda holding: holding.count),
        Column(Text("Gets"), value=lambda holding: names(holding.products)),
        Column(Text("Keeps"), value=lambda holding: names(held.product for held in holding.kept)),
        Column(Text("Gives back"), value=lambda holding: names(held.product for held in holding.replaced)),
    )
    holdings = plan.mix.holdings if plan.mix else ()
    used = [each for each in columns if each.unit is not units.TEXT or any(map(each.value, holdings))]
    return table_of(used, holdings, lambda holding: holding_badges(holding, plan), 2)
