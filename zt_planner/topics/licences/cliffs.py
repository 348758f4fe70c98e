"""The licence cliff radar: yearly licence cost over the number of people, a curve a provider, its jumps, its chart.

The curves do not depend on the number of people that a scenario has: `radar_key`
says on what they do, so that they can be kept while that number moves. Law:
with equal keys come equal curves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from zt_planner.domain import units
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.engine.case import Case
from zt_planner.engine.licence_cliffs import Cliff, Curve, Jump, curve_of
from zt_planner.engine.plan import Plan
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Listed, Money, Number, Plural, Text, Words, series
from zt_planner.topics.axes import HoveredAmount, hover, money_steps, money_ticks
from zt_planner.topics.block import Block, ChartBlock, Drawing, Sentence, TableBlock, notes
from zt_planner.topics.figure_names import LICENCES
from zt_planner.topics.findings.findings import FAMILIES
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.labels import label, product_name
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.table import Column, Table, table_of

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


DASHES = {IdentityProvider.ENTRA: "solid", IdentityProvider.GOOGLE: "dash", IdentityProvider.OKTA: "dot"}
SIDES = {
    IdentityProvider.ENTRA: "bottom right",
    IdentityProvider.GOOGLE: "top left",
    IdentityProvider.OKTA: "top left",
}
"""Where a jump's number stands, so that two lines that are close together do not write over each other."""

HEIGHT, EDGE, LINE_HEIGHT = 430, 8, 15
BESIDE, AMOUNTS = 5, 65
"""Pixels: between a line and its name, and what the amounts beside the picture take at least."""
ROOM_ABOVE = 1.08
MOST_TICKS = 10


def cliff_blocks(radar: Radar, people: int, span: tuple[int, int], book: PriceBook) -> tuple[Block, ...]:
    """Return the curves within a span of people, what is to know about them, and their jumps as tables."""
    jumps = jump_table(radar, span, book)
    tables: tuple[Block, ...] = (
        TableBlock(Text("Licence cost of each provider"), own_cost_table(radar, people)),
        TableBlock(Text("Jumps in licence cost"), jumps)
        if jumps.rows
        else Sentence(Text("There is no jump between these numbers of people.")),
    )
    return (
        ChartBlock("radar", radar_alt(radar, people, span, book), partial(radar_chart, radar, people, span, book)),
        *notes(radar_notes(radar, people, span)),
        *tables,
    )


def radar_chart(radar: Radar, people: int, span: tuple[int, int], book: PriceBook, palette: Palette = LIGHT) -> Drawing:
    """Return the curves within a span of people, the company's number marked."""
    shown = range(max(span[0], radar.first), span[1] + 1)
    highest = max((cost for curve in radar.curves for at in shown if (cost := curve.cost_at(at))), default=Decimal(1))
    here = max((cost for curve in radar.curves if (cost := curve.cost_at(people))), default=Decimal(0))
    is_shown = people in shown
    names = jump_names(radar, span, book)
    above = EDGE + LINE_HEIGHT * len(names)
    return {
        "data": [
            trace
            for curve in radar.curves
            for trace in traces(curve, shown, people, book, colour_of(curve.provider, palette))
        ],
        "layout": {
            "height": HEIGHT + above,
            "margin": {"l": EDGE, "r": EDGE, "t": above, "b": EDGE},
            "legend": {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0},
            "xaxis": {
                "title": {"text": Text("People")},
                "range": [span[0], span[1]],
                "nticks": MOST_TICKS,
                "tickformat": ",d",
                "fixedrange": True,
                "zeroline": False,
                "showgrid": False,
            },
            "yaxis": {
                **money_ticks(money_steps(highest)),
                "range": [0, float(highest) * ROOM_ABOVE],
                "fixedrange": True,
                "automargin": True,
                "zeroline": False,
            },
            "shapes": [company_line(people, here)] if is_shown else [],
            "annotations": [above_all(names), *([company_name(people, span)] if is_shown else [])],
        },
    }


def colour_of(provider: IdentityProvider, palette: Palette) -> str:
    """Return a provider's colour."""
    return {
        IdentityProvider.ENTRA: palette.blue,
        IdentityProvider.GOOGLE: palette.amber,
        IdentityProvider.OKTA: palette.teal,
    }[provider]


def traces(curve: Curve, shown: range, people: int, book: PriceBook, colour: str) -> list[dict[str, Any]]:
    """Return a provider's line, its jumps, and its mark at the company's number of people."""
    name = label(curve.provider)
    costs = {at: curve.cost_at(at) for at in shown}
    hovered = hover(Labelled(Listed((name, "%{x:,d}"), ", "), HoveredAmount()))
    line = {
        "type": "scatter",
        "x": list(shown),
        "y": [None if cost is None else float(cost) for cost in costs.values()],
        "mode": "lines",
        "line": {"color": colour, "width": 2, "dash": DASHES[curve.provider]},
        "name": name,
        **hovered,
    }
    rules: dict[int, list[Words]] = {}
    for jump in jumps_in(curve, (shown.start, shown.stop - 1)):
        rules.setdefault(jump.people, []).append(why(jump, book))
    marks = [(at, cost, rules[at]) for at in rules if (cost := costs[at]) is not None]
    jumps = {
        "type": "scatter",
        "x": [at for at, _, _ in marks],
        "y": [float(cost) for _, cost, _ in marks],
        "mode": "markers+text",
        "marker": {"color": colour, "size": 11, "symbol": "diamond"},
        "text": [Number(at) for at, _, _ in marks],
        "textposition": SIDES[curve.provider],
        "hovertext": [Labelled(Listed((name, Number(at)), ", "), series(texts)) for at, _, texts in marks],
        "hoverinfo": "text",
        "showlegend": False,
    }
    cost = costs.get(people)
    here = {
        "type": "scatter",
        "x": [] if cost is None else [people],
        "y": [] if cost is None else [float(cost)],
        "mode": "markers",
        "marker": {"color": colour, "size": 10},
        "showlegend": False,
        **hovered,
    }
    return [line, jumps, here]


def company_line(people: int, cost: Decimal) -> dict[str, Any]:
    """Return the vertical line at the company's number of people, up to the most expensive provider."""
    return {
        "type": "line",
        "layer": "below",
        "x0": people,
        "x1": people,
        "y0": 0,
        "y1": float(cost),
        "line": {"color": LINE_COLOUR, "width": 1.5, "dash": "dash"},
    }


def company_name(people: int, span: tuple[int, int]) -> dict[str, Any]:
    """Return what stands beside that line, at its foot: below the curves there is room."""
    is_early = people < sum(span) / 2
    return {
        "x": people,
        "xshift": BESIDE if is_early else -BESIDE,
        "y": 0,
        "yshift": 9,
        "text": Plural("{n} person today", "{n} people today", people),
        "showarrow": False,
        "xanchor": "left" if is_early else "right",
        "font": {"size": 12},
    }


def jump_names(radar: Radar, span: tuple[int, int], book: PriceBook) -> list[Words]:
    """Return the rule of each jump, the smallest number of people first."""
    jumps = sorted(
        ((jump, curve) for curve in radar.curves for jump in jumps_in(curve, span)), key=lambda pair: pair[0].people
    )
    return [
        Text(
            "{people} {provider}: {why}",
            people=jump.people,
            provider=label(curve.provider),
            why=why(jump, book, is_short=True),
        )
        for jump, curve in jumps
    ]


def above_all(lines: Sequence[Words]) -> dict[str, Any]:
    """Return lines of text above the picture, where no curve reaches them however narrow it is."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -AMOUNTS,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "align": "left",
        "text": Listed(lines, "<br>"),
        "showarrow": False,
        "font": {"size": 11},
    }
