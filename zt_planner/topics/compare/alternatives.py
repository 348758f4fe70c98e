"""Two alternatives to a plan for those who decide: something is left out, and somebody else watches (M36).

Each has the team and the order of the plan, and is promised as sure as it. Laws: what is lost is what the plan reaches
and the other does not; left out is what saves most of what costs no answer to the insurer, if there is any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zt_planner.domain import units
from zt_planner.engine.compare.option import Option, options_without, ready_options
from zt_planner.engine.plan import Plan
from zt_planner.language import Text, Words
from zt_planner.topics.block import Group, Role, Sentence, TableBlock
from zt_planner.topics.compare.options import lost_words, option_name
from zt_planner.topics.compare.side_by_side import promise_cells, promise_titles
from zt_planner.topics.labels import bounded_money
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.view import View


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan, what it is called, and what is lost by it."""

    name: Words
    view: View
    lost: Words


def alternatives_of(view: View) -> Iterator[Alternative]:
    """Yield the alternatives of a plan, as far as there are any."""
    plan = view.plan
    cheapest = min(options_without(plan), key=_rank, default=None)
    for option in (cheapest, next(ready_options(plan), None)):
        if option is not None and isinstance(option.plan, Plan):
            other = view.beside(option.plan)
            yield Alternative(option_name(option.id, plan), other, lost_words(option, plan))


def _rank(option: Option) -> tuple[bool, bool, Decimal]:
    budget = None if option.promise is None else option.promise.budget
    return budget is None, bool(option.answers_lost), budget or Decimal(0)


def two_alternatives_group(view: View) -> Group | None:
    """Return the plan and its alternatives: money, day, and what is lost; None where there are none."""
    others = tuple(alternatives_of(view))
    if not others:
        return None
    budget, finish = promise_titles(view, Text("Budget"), Text("Done by"))
    columns: tuple[Column[Alternative], ...] = (
        Column(Text("Alternative"), words=lambda plan: plan.name),
        Column(budget, units.EUROS, words=lambda plan: promise_cells(plan.view, view)[0]),
        Column(finish, units.NUMBER, words=lambda plan: promise_cells(plan.view, view)[1]),
        Column(Text("Then a month"), units.EUROS, words=_monthly),
        Column(Text("What is lost"), words=lambda plan: plan.lost),
    )
    table = table_of(columns, (Alternative(Text("This plan"), view, ""), *others))
    note = Text("All use the same team, the same order of tasks and the same confidence level as this plan.")
    heading = Text("Alternatives")
    return Group(
        "two_alternatives",
        heading,
        (TableBlock(heading, table), Sentence(note, Role.NOTE)),
    )


def _monthly(other: Alternative) -> Words:
    return bounded_money(other.view.figures.run_rate_monthly, is_whole=other.view.plan.is_complete)
