"""Two alternatives to a plan for those who decide: something is left out, and somebody else watches (M36).

Each has the team and the order of the plan, and is promised as sure as it. Laws: what is lost is what the plan reaches
and the other does not; left out is what saves most of what costs no answer to the insurer, if there is any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from zt_planner.engine.compare.option import Option, options_without, ready_options
from zt_planner.engine.plan import Plan
from zt_planner.language import Text, Words
from zt_planner.topics.block import Group, Role, Sentence, TableBlock
from zt_planner.topics.compare.options import lost_words, option_name
from zt_planner.topics.compare.side_by_side import promise_cells
from zt_planner.topics.labels import bounded_money
from zt_planner.topics.table import Table
from zt_planner.topics.view import View, no_draws


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan, what it is called, and what is lost by it."""

    name: Words
    view: View
    lost: Words


def alternatives_of(view: View) -> Iterator[Alternative]:
    """Yield the alternatives of a plan, as far as there are any."""
    plan = view.plan
    cheapest = min(options_without(plan), key=lambda option: _rank(option, plan), default=None)
    for option in (cheapest, next(ready_options(plan), None)):
        if option is not None and isinstance(option.plan, Plan):
            draws = no_draws if view.simulation is None else None
            other = replace(
                view, plan=option.plan, draws=draws, references=None, causes=None, quotes=None, comparison=None
            )
            yield Alternative(option_name(option.id, plan), other, lost_words(option, plan))


def _rank(option: Option, plan: Plan) -> tuple[bool, Decimal]:
    if not isinstance(option.plan, Plan):
        return True, Decimal(0)
    saved = plan.headlines.introduction_budget - option.plan.headlines.introduction_budget
    return bool(option.answers_lost), -saved


def two_alternatives_group(view: View) -> Group | None:
    """Return the plan and its alternatives: money, day, and what is lost; None where there are none."""
    others = tuple(alternatives_of(view))
    if not others:
        return None
    rows = [
        _row(Text("This plan"), view, view, ""),
        *(_row(other.name, other.view, view, other.lost) for other in others),
    ]
    columns = (Text("Alternative"), Text("Budget"), Text("Done by"), Text("Then a month"), Text("What is lost"))
    note = Text("All use the same team, the same order of tasks and the same confidence level as this plan.")
    heading = Text("Alternatives")
    return Group(
        "two_alternatives",
        heading,
        (TableBlock(heading, Table(columns, tuple(rows), numbers=(1, 2, 3))), Sentence(note, Role.NOTE)),
    )


def _row(name: Words, of: View, view: View, lost: Words) -> tuple[Words, ...]:
    plan = of.plan
    return (
        name,
        *promise_cells(of, view),
        bounded_money(of.figures.run_rate_monthly, is_whole=plan.is_complete),
        lost,
    )
