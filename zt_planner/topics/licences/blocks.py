"""What a plan is made for: the inputs that those who decide know, and who gets which licence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.scenario.counts import FOLLOWING
from zt_planner.engine.plan import Plan
from zt_planner.language import Money, Text, Words
from zt_planner.topics.block import Group, TableBlock
from zt_planner.topics.inputs.fields import Visibility, field_label, field_value
from zt_planner.topics.labels import product_name
from zt_planner.topics.licences.mix import gets, who
from zt_planner.topics.licences.tables import mix_table
from zt_planner.topics.table import Table
from zt_planner.topics.view import AnyView

INPUTS = (
    "company.employees",
    "company.frontline",
    "company.sites",
    "company.devices",
    "company.servers",
    "company.machines",
    "company.works_council",
    "company.local_directory",
    "company.owned_licences",
    "choices.identity_provider",
    "choices.monitoring",
    "choices.operation",
    "choices.remote_access",
    "choices.hardware_reuse",
    "finance.contingency",
)


def basis_group(view: AnyView) -> Group:
    """Return the inputs, who gets which licence, and what the consultant costs a day."""
    rows = (*_inputs(view), *_licences(view), *_day_rate(view))
    table = Table((Text("Assumption"), Text("Value")), rows)
    return Group("basis", Text("What the plan is based on"), (TableBlock(Text("Assumptions"), table),))


def inputs_group(view: AnyView) -> Group:
    """Return the same, and the licence mix as a table."""
    basis, plan = basis_group(view), view.plan
    if not isinstance(plan, Plan) or plan.mix is None:
        return basis
    return replace(basis, blocks=(*basis.blocks, TableBlock(Text("Licence mix"), mix_table(plan))))


def _inputs(view: AnyView) -> Iterator[tuple[Words, Words]]:
    values = view.plan.scenario.model_dump(mode="json")
    values["company"].update((name, getattr(view.case.size.counts, name)) for name in FOLLOWING)
    visibility = Visibility(labour=view.plan.shows_labour)
    for path in INPUTS:
        part, _, leaf = path.partition(".")
        if visibility.sees(path):
            yield field_label(path), field_value(path, values[part][leaf], view.book)


def _licences(view: AnyView) -> Iterator[tuple[Words, Words]]:
    for holding in view.plan.mix.holdings if view.plan.mix else ():
        yield who(holding), gets(holding, view.book)


def _day_rate(view: AnyView) -> Iterator[tuple[Words, Words]]:
    """Yield the consultant's rate in the first month in which he works, where that is shown."""
    for line in view.plan.cost_lines:
        if line.category is CostCategory.CONSULTANT and line.unit_price is not None:
            yield (
                product_name(line.price_id, view.book),
                Text("{amount} a day", amount=Money(line.unit_price.amount, 2)),
            )
            return
