"""The plan's own spread beside that of finished projects, and what a fixed-price quote takes off its reserve (M22).

Laws: every row of others has its population and its source; a multiple is one of an estimate without contingency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zt_planner.domain import units
from zt_planner.domain.data.rules import Measured, OutsideView
from zt_planner.domain.money import up_to_thousands
from zt_planner.engine.simulation.outside import Overrun, overrun_of_cost, overrun_of_duration
from zt_planner.engine.simulation.result import SURE, SimulationResult
from zt_planner.errors import msgid
from zt_planner.language import Money, Number, Share, Text, Words, sentences, series
from zt_planner.topics.block import Group, Role, Sentence, TableBlock, notes
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.view import View

MEASURED = {Measured.EFFORT: msgid("Effort"), Measured.DURATION: msgid("Duration")}


@dataclass(frozen=True, slots=True)
class Spread:
    """A row: what is measured, of whom, its multiples, how often more than half as much again, and its source."""

    what: Words
    population: Words
    n: int
    multiples: tuple[Decimal | None, ...]
    over_half: Words
    source: Words = ""


def outside_group(view: View) -> Group | None:
    """Return the plan's multiples beside those of others, and what a fixed price would change; None without draws."""
    simulation = view.simulation
    if simulation is None:
        return None
    table = TableBlock(Text("Multiples of the estimate"), outside_table(view, simulation))
    text = sentences(overrun_text(view, simulation), fixed_price_text(view, simulation))
    note = Text("The plan's multiples refer to its own estimate without contingency.")
    return Group(
        "outside",
        Text("The outside view: how finished projects turned out"),
        (Sentence(text, Role.TEXT), table, *notes((note,))),
    )


def overrun_text(view: View, simulation: SimulationResult) -> Words:
    """Say how likely it is to exceed the plan by more than half."""
    cost, time = overrun_of_cost(view.plan, simulation), overrun_of_duration(view.plan, simulation)
    if cost is None:
        return Text(
            "Chance of taking over 50% longer than planned: {time}.",
            time=chance_text(time.over_half),
        )
    return Text(
        "Chance of exceeding the plan by more than 50%: cost {cost}, duration {time}.",
        cost=chance_text(cost.over_half),
        time=chance_text(time.over_half),
    )


def fixed_price_text(view: View, simulation: SimulationResult) -> Words:
    """Say what a quote with a fixed price takes off the budget that is sure; nothing where that is not told."""
    quoted, share = view.quoted, view.promise.confidence.share or SURE
    if quoted is None or not view.plan.is_complete or not view.plan.shows_labour:
        return ""
    now, then = (up_to_thousands(drawn.introduction_at(share)) for drawn in (simulation, quoted))
    if then >= now:
        return ""
    return Text(
        "With a fixed day rate and fixed days, quoted by the consultant, the {share} budget falls from {now} to "
        "{then}, before the surcharge that a fixed price usually carries.",
        share=chance_text(share),
        now=Money(now),
        then=Money(then),
    )


def outside_table(view: View, simulation: SimulationResult) -> Table:
    """Return the plan's rows first, then those of others."""
    columns: tuple[Column[Spread], ...] = (
        Column(Text("What"), words=lambda row: row.what),
        Column(Text("In 50% of cases, at most"), units.MULTIPLE, words=lambda row: _multiple(row.multiples[0])),
        Column(Text("In 80% of cases, at most"), units.MULTIPLE, words=lambda row: _multiple(row.multiples[1])),
        Column(Text("In 90% of cases, at most"), units.MULTIPLE, words=lambda row: _multiple(row.multiples[2])),
        Column(Text("Overrun by more than 50%"), units.SHARE, words=lambda row: row.over_half),
        Column(Text("Of what"), words=lambda row: row.population),
        Column(Text("Number"), units.COUNT, words=lambda row: Number(row.n)),
        Column(Text("Source"), words=lambda row: row.source),
    )
    others = view.case.base_model.rules.outside_view
    return table_of(columns, (*_own(view, simulation), *map(_others, others)))


def _own(view: View, simulation: SimulationResult) -> Iterator[Spread]:
    cost = overrun_of_cost(view.plan, simulation)
    for what, overrun in ((Text("Cost"), cost), (Text("Duration"), overrun_of_duration(view.plan, simulation))):
        if overrun is not None:
            yield _own_row(what, overrun, simulation)


def _own_row(what: Words, overrun: Overrun, simulation: SimulationResult) -> Spread:
    chance = chance_text(overrun.over_half)
    return Spread(what, Text("draws of this plan"), simulation.draws, overrun.multiples, chance)


def _others(row: OutsideView) -> Spread:
    source = series((Text(row.source), str(row.year)))
    multiples = row.p50, row.p80, row.p90
    return Spread(Text(MEASURED[row.what]), Text(row.population), row.n, multiples, Share(row.over_half), source)


def _multiple(value: Decimal | None) -> Words:
    return Text("no date") if value is None else Number(value, 2)
