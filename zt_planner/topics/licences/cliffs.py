"""The licence cliff radar: yearly licence cost over the number of people, one curve a provider, and its jumps.

The curves do not depend on the number of people that a scenario has: `radar_key`
says on what they do, so that they can be kept while that number moves. Law:
with equal keys come equal curves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.engine.licensing.cliffs import Cliff, Curve, Jump, curve_of
from zt_planner.errors import msgid
from zt_planner.topics.figure_names import LICENCES
from zt_planner.topics.findings.findings import FAMILIES
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.labels import label, product_name
from zt_planner.topics.table import CellFormat, Column, table_of

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.month import Month
    from zt_planner.engine.case import Case
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
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


def why(jump: Jump, book: PriceBook, language: Language, *, is_short: bool = False) -> str:
    """Say which rule makes a jump, in a sentence or as the label of a picture."""
    name = language.write(product_name(jump.name, book)) if jump.cliff is Cliff.OWNED_CAP else jump.name
    cap = "" if jump.cap is None else language.number(jump.cap)
    return language.say((SHORT if is_short else WHY)[jump.cliff], name=FAMILIES.get(name, name), cap=cap)


def jump_table(radar: Radar, span: tuple[int, int], book: PriceBook, language: Language) -> Table:
    """Return the jumps within a span, with the cost on both sides."""
    say = language.say

    def cost(title: str, step: int) -> Column[tuple[Curve, Jump]]:
        return Column(
            title,
            CellFormat.EUROS,
            lambda row: row[0].cost_at(row[1].people + step),
            asks=lambda row: f"{LICENCES}:{row[0].provider}:{row[1].people + step}",
        )

    columns: tuple[Column[tuple[Curve, Jump]], ...] = (
        Column(say("Identity provider"), value=lambda row: language.write(label(row[0].provider))),
        Column(say("From person"), CellFormat.WHOLE, lambda row: row[1].people),
        Column(say("Why"), value=lambda row: why(row[1], book, language)),
        cost(say("Cost a year, one person fewer"), -1),
        cost(say("Cost a year, with this person"), 0),
        Column(say("Each extra person a year, before the jump"), CellFormat.EUROS, lambda row: row[1].before),
        Column(say("Each extra person a year, after the jump"), CellFormat.EUROS, lambda row: row[1].after),
    )
    return table_of(columns, [(curve, jump) for curve in radar.curves for jump in jumps_in(curve, span)])


def own_cost_table(radar: Radar, people: int, language: Language) -> Table:
    """Return what licences cost a year with each provider, for so many people."""
    columns: tuple[Column[Curve], ...] = (
        Column(language.say("Identity provider"), value=lambda curve: language.write(label(curve.provider))),
        Column(
            language.plural("Cost a year, {n} person", "Cost a year, {n} people", people),
            CellFormat.EUROS,
            lambda curve: curve.cost_at(people),
            asks=lambda curve: f"{LICENCES}:{curve.provider}:{people}",
        ),
    )
    return table_of(columns, [curve for curve in radar.curves if curve.cost_at(people) is not None])


def next_jump_text(radar: Radar, plan: Plan, language: Language) -> str:
    """Say at how many people the plan's provider becomes more expensive next, and why."""
    company, provider = plan.scenario.company, plan.scenario.choices.identity_provider
    curve = next(curve for curve in radar.curves if curve.provider is provider)
    ahead = [jump for jump in jumps_in(curve, SPANS["all"]) if jump.people > company.employees]
    if not ahead:
        most = language.plural("{n} person", "{n} people", SPANS["all"][1])
        return language.say("No jump lies ahead, up to {people}.", people=most)
    first = min(ahead, key=lambda jump: jump.people)
    people = language.number(first.people)
    return language.say(
        "The next jump comes with person {people}: {why}.", people=people, why=why(first, plan.case.book, language)
    )


def radar_notes(radar: Radar, people: int, span: tuple[int, int], language: Language) -> tuple[str, ...]:
    """Say what the curves are, and what is left out of them."""
    notes = [
        language.say(
            "Twelve months of the cheapest mix, credits deducted, at the prices of {month}; everything else is as in "
            "this plan.",
            month=language.month(radar.month),
        )
    ]
    if radar.first > span[0]:
        notes.append(
            language.say(
                "Fewer than {first} people are not shown: the numbers set for administrators, frontline people "
                "or remote users would not fit.",
                first=language.number(radar.first),
            )
        )
    if not span[0] <= people <= span[1]:
        notes.append(
            language.plural("{n} person lies outside this picture.", "{n} people lie outside this picture.", people)
        )
    return tuple(notes)


def radar_alt(radar: Radar, people: int, span: tuple[int, int], book: PriceBook, language: Language) -> str:
    """Describe the radar in words."""
    costs = [
        f"{language.write(label(curve.provider))} {language.money(cost)}"
        for curve in radar.curves
        if (cost := curve.cost_at(people)) is not None
    ]
    jumps = [
        language.say(
            "{provider} from person {people} on: {why}",
            provider=language.write(label(curve.provider)),
            people=language.number(jump.people),
            why=why(jump, book, language),
        )
        for curve in radar.curves
        for jump in jumps_in(curve, span)
    ]
    return language.say(
        "Yearly cost of licences over the number of people, one line for each identity provider. For {people}: "
        "{costs}. Jumps: {jumps}.",
        people=language.plural("{n} person", "{n} people", people),
        costs=language.series(costs) or language.say("no mix"),
        jumps=language.series(jumps) or language.say("none"),
    )
