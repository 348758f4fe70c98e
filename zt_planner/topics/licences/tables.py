"""Licences and NIS2 measures as tables, the latter for the page and for the sheet NIS2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.plan import CoverageState, Group
from zt_planner.engine.regulation import country_of
from zt_planner.language import Listed, Text, Words, series
from zt_planner.topics.badges import holding_badges
from zt_planner.topics.figure_names import MEASURE
from zt_planner.topics.labels import label, product_name
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.task_words import task_name, task_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.data.phase_model import Measure
    from zt_planner.domain.plan import Holding, MeasureCoverage
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.table import Table


def left_out(plan: Plan) -> Words:
    """Say which tasks somebody has taken out of the plan; nothing where nobody has."""
    tasks, names = plan.scenario.tasks, task_names(plan.case.model)
    out = [names[key] for key in plan.fallen_away if tasks.given_for(key).in_scope is False]
    return Text("Taken out of the plan: {tasks}.", tasks=Listed(out)) if out else ""


def nis2_columns(plan: Plan, country: str | None = None) -> tuple[Column[MeasureCoverage], ...]:
    """Return the measures' columns. The state stands third: on a phone the rest is beyond the edge.

    National names are those of a country, by default of the plan's; without the column where none are known.
    """
    measures = {measure.letter: measure for measure in plan.case.model.measures}
    law = plan.case.model.rules.law_of(country_of(plan.scenario) if country is None else country)
    reference = None if law is None else law.measure_reference
    names = {task.task.id: task_name(task.task) for task in plan.tasks}

    def tasks(covered: MeasureCoverage) -> Words:
        return series(names[task_id] for task_id in (*covered.main_tasks, *covered.partial_tasks))

    return (
        Column(Text("Art. 21(2)"), value=lambda covered: f"({covered.letter})", name="letter", width=10),
        Column(Text("Measure"), value=lambda covered: Text(measures[covered.letter].measure), name="measure", width=60),
        Column(
            Text("State at the end"),
            value=lambda covered: label(covered.state),
            asks=lambda covered: f"{MEASURE}:{covered.letter}",
            name="state",
            width=18,
        ),
        Column(Text("Partly from"), units.DAY, lambda covered: covered.partly_from, name="partly_from"),
        Column(
            Text("Supported from"),
            units.DAY,
            lambda covered: covered.reached_on if covered.state is CoverageState.SUPPORTED else None,
            name="supported_from",
        ),
        *([] if reference is None else [national_column(reference, measures)]),
        Column(
            Text("Annex of (EU) 2024/2690"),
            value=lambda covered: measures[covered.letter].cir_2024_2690,
            name="annex",
            width=18,
        ),
        Column(Text("Tasks that serve it"), value=tasks, name="tasks", width=60),
    )


def national_column(reference: str, measures: Mapping[str, Measure]) -> Column[MeasureCoverage]:
    """Return what a country's own list of measures calls each of them."""
    return Column(
        Text("National law"),
        value=lambda covered: Text(reference, number=measures[covered.letter].bsig_30_2),
        name="national",
        width=18,
    )


def nis2_table(plan: Plan, country: str | None = None) -> Table:
    """Return the ten measures with their state, its date, what a country calls them and the tasks that serve them."""
    return table_of(nis2_columns(plan, country), plan.coverage)


def mix_table(plan: Plan) -> Table:
    """Return who holds which licences; without the columns that would be empty."""
    groups = {
        Group.ADMIN: Text("Administrators"),
        Group.OFFICE: Text("Office staff"),
        Group.FRONTLINE: Text("Frontline people"),
    }

    def name(price_id: str | None) -> Words:
        return "" if price_id is None else product_name(price_id, plan.case.book)

    columns: tuple[Column[Holding], ...] = (
        Column(Text("Who"), value=lambda holding: groups[holding.group]),
        Column(Text("People"), units.COUNT, lambda holding: holding.count),
        Column(Text("Gets"), value=lambda holding: Listed([name(price_id) for price_id in holding.products])),
        Column(Text("Keeps"), value=lambda holding: name(holding.kept)),
        Column(Text("Gives back"), value=lambda holding: name(holding.replaced)),
    )
    holdings = plan.mix.holdings if plan.mix else ()
    used = [each for each in columns if each.unit is not units.TEXT or any(map(each.value, holdings))]
    return table_of(used, holdings, lambda holding: holding_badges(holding, plan), 2)
