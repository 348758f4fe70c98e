"""The licence cliff radar: yearly licence cost over the number of people, one curve a provider, and its jumps.

The curves do not depend on the number of people that a scenario has: `radar_key`
says on what they do, so that they can be kept while that number moves. Law:
with equal keys come equal curves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.engine.licensing.cliffs import Cliff, Curve, Jump, curve_of
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Number, Plural, Text, Words, series
from zt_planner.topics.figure_names import LICENCES
from zt_planner.topics.findings.findings import FAMILIES
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.labels import label, product_name
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.month import Month
    from zt_planner.engine.case import Case
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.table import Table

SPANS = {"usual": (50, 500), "all": (1, 1000)}
"""The numbers of people that can be shown, fewest and most."""

WHY = {
    Cliff.SEAT_CAP: msgid("every seat of the family {name} is taken (limit: {cap})"),
    Cliff.OWNED_CAP: msgid("{name} has seats for {cap} only"),
    Cliff.SUITE: msgid("office and mail from {name} become cheaper for all"),
    Cliff.NO_MIX: msgid("no mix is allowed any more"),
}

SHORT = {
    Cliff.SEAT_CAP: msgid("{name} is full"),
    Cliff.OWNED_CAP: msgid("{name} for {cap} only"),
    Cliff.SUITE: msgid("suite from {name}"),
    Cliff.NO_MIX: msgid("no mix"),
}


@dataclass(frozen=True, slots=True)
class Radar:
    """The curves of all providers at the prices of one month."""

    month: Month
    curves: tuple[Curve, ...]

    @property
    def first(self) -> int:
        """The fewest people that the company's fixed numbers allow."""
        return self.curves[0].first


def radar_key(plan: Plan) -> tuple[str, ...]:
    """Return what the curves of a plan depend on: neither its number of people nor its provider."""
    scenario = plan.scenario.model_dump_json(
        include={"company": True, "choices": True, "prices": True},
        exclude={"company": {"name", "employees"}, "choices": {"identity_provider"}},
    )
    return scenario, plan.case.book.version, plan.case.base_model.version, str(shown_licence_month(plan))


def radar_of(case: Case, month: Month) -> Radar:
    """Return the curve of every provider, everything else as it is."""
    curves = (
        curve_of(case.changed(case.scenario.changed("choices.identity_provider", provider)), month)
        for provider in IdentityProvider
    )
    return Radar(month, tuple(curves))


def jumps_in(curve: Curve, span: tuple[int, int]) -> list[Jump]:
    """Return the jumps of a curve within a span of people."""
    return [jump for jump in curve.jumps if span[0] <= jump.people <= span[1]]


def why(jump: Jump, book: PriceBook, *, is_short: bool = False) -> Words:
    """Say which rule makes a jump, in a sentence or as the label of a picture."""
    is_product = jump.cliff is Cliff.OWNED_CAP
    name = product_name(jump.name, book) if is_product else FAMILIES.get(jump.name, jump.name)
    cap = "" if jump.cap is None else Number(jump.cap)
    return Text((SHORT if is_short else WHY)[jump.cliff], name=name, cap=cap)


def jump_table(radar: Radar, span: tuple[int, int], book: PriceBook) -> Table:
    """Return the jumps within a span, with the cost on both sides."""

    def cost(title: Words, step: int) -> Column[tuple[Curve, Jump]]:
        return Column(
            title,
            units.EUROS,
            lambda row: row[0].cost_at(row[1].people + step),
            asks=lambda row: f"{LICENCES}:{row[0].provider}:{row[1].people + step}",
        )

    columns: tuple[Column[tuple[Curve, Jump]], ...] = (
        Column(Text("Identity provider"), value=lambda row: label(row[0].provider)),
        Column(Text("From person"), units.COUNT, lambda row: row[1].people),
        Column(Text("Why"), value=lambda row: why(row[1], book)),
        cost(Text("Cost a year, one person fewer"), -1),
        cost(Text("Cost a year, with this person"), 0),
        Column(Text("Each extra person a year, before the jump"), units.EUROS, lambda row: row[1].before),
        Column(Text("Each extra person a year, after the jump"), units.EUROS, lambda row: row[1].after),
    )
    return table_of(columns, [(curve, jump) for curve in radar.curves for jump in jumps_in(curve, span)])


def own_cost_table(radar: Radar, people: int) -> Table:
    """Return what licences cost a year with each provider, for so many people."""
    columns: tuple[Column[Curve], ...] = (
        Column(Text("Identity provider"), value=lambda curve: label(curve.provider)),
        Column(
            Plural("Cost a year, {n} person", "Cost a year, {n} people", people),
            units.EUROS,
            lambda curve: curve.cost_at(people),
            asks=lambda curve: f"{LICENCES}:{curve.provider}:{people}",
        ),
    )
    return table_of(columns, [curve for curve in radar.curves if curve.cost_at(people) is not None])


def next_jump_text(radar: Radar, plan: Plan) -> Words:
    """Say at how many people the plan's provider becomes more expensive next, and why."""
    company, provider = plan.scenario.company, plan.scenario.choices.identity_provider
    curve = next(curve for curve in radar.curves if curve.provider is provider)
    ahead = [jump for jump in jumps_in(curve, SPANS["all"]) if jump.people > company.employees]
    if not ahead:
        most = Plural("{n} person", "{n} people", SPANS["all"][1])
        return Text("No jump lies ahead, up to {people}.", people=most)
    first = min(ahead, key=lambda jump: jump.people)
    people = Number(first.people)
    return Text("The next jump comes with person {people}: {why}.", people=people, why=why(first, plan.case.book))


def radar_notes(radar: Radar, people: int, span: tuple[int, int]) -> tuple[Words, ...]:
    """Say what the curves are, and what is left out of them."""
    notes = [
        Text(
            "Twelve months of the cheapest mix, credits deducted, at the prices of {month}; everything else is as in "
            "this plan.",
            month=radar.month,
        )
    ]
    if radar.first > span[0]:
        notes.append(
            Text(
                "Fewer than {first} people are not shown: the numbers set for administrators, frontline people "
                "or remote users would not fit.",
                first=Number(radar.first),
            )
        )
    if not span[0] <= people <= span[1]:
        notes.append(Plural("{n} person lies outside this picture.", "{n} people lie outside this picture.", people))
    return tuple(notes)


def radar_alt(radar: Radar, people: int, span: tuple[int, int], book: PriceBook) -> Words:
    """Describe the radar in words."""
    costs = [
        Listed((label(curve.provider), Money(cost)), " ")
        for curve in radar.curves
        if (cost := curve.cost_at(people)) is not None
    ]
    jumps = [
        Text(
            "{provider} from person {people} on: {why}",
            provider=label(curve.provider),
            people=Number(jump.people),
            why=why(jump, book),
        )
        for curve in radar.curves
        for jump in jumps_in(curve, span)
    ]
    return Text(
        "Yearly cost of licences over the number of people, one line for each identity provider. For {people}: "
        "{costs}. Jumps: {jumps}.",
        people=Plural("{n} person", "{n} people", people),
        costs=series(costs) or Text("no mix"),
        jumps=series(jumps) or Text("none"),
    )
