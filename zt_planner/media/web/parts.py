"""The parts of the page for a browser: charts with their descriptions, and the tables that hold the same numbers.

Laws: a chart is the dashboard's own, which the page's theme colours; the picture has the colours of both themes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.engine.plan import Plan
from zt_planner.language import Words, sentences
from zt_planner.media.board.basis import doubtful_prices, inputs_of
from zt_planner.media.board.figures import money_for
from zt_planner.media.board.status import status_lines, status_tables
from zt_planner.topics.block import Badges, ChartBlock, Drawing, Group, TableBlock, flattened
from zt_planner.topics.budget.lines import line_table
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.licences.tables import left_out, mix_table
from zt_planner.topics.operation.operation import after_finish
from zt_planner.topics.palette import LIGHT, for_both
from zt_planner.topics.picture.whole import Picture, folded, picture_of, roadmap_of
from zt_planner.topics.prices.tables import price_table, rate_table
from zt_planner.topics.progress.status import counted_line
from zt_planner.topics.risk.drivers import (
    days_table,
    days_text,
    dearer_text,
    largest_swing,
    left_text,
    money_drivers_table,
    money_text,
    tornado_alt,
)
from zt_planner.topics.risk.drivers_chart import days_tornado, money_tornado
from zt_planner.topics.risk.joint_chart import joint_chart
from zt_planner.topics.risk.uncertainty import (
    contour_table,
    joint_alt,
    knows_budget,
    percentiles_text,
    plan_target,
    spread_table,
    trade_text,
)
from zt_planner.topics.roadmap.days_off import days_off_table
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from zt_planner.media.board.figures import TableWithWords
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import AnyView


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, and what it shows in words."""

    alt: Words
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class TitledTable:
    """A table with its title; a long one is folded until it is asked for."""

    title: Words
    table: Table
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page; `name` is what its place is linked by."""

    name: str
    heading: Words
    words: tuple[Words, ...] = ()
    picture: Picture | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[TitledTable, ...] = field(default=())


def part_of(group: Group | None) -> Part | None:
    """Return a topic's group as a part: its sentences and badges, its charts, then its tables."""
    if group is None:
        return None
    words: list[Words] = []
    charts: list[Chart] = []
    tables: list[TitledTable] = []
    for block in flattened(group.blocks):
        if isinstance(block, TableBlock):
            tables.append(TitledTable(block.title, block.table, is_long=block.is_long))
        elif isinstance(block, ChartBlock):
            charts.append(Chart(block.alt, block.draw(LIGHT)))
        elif isinstance(block, Badges):
            words += [badge.text for badge in block.badges]
        else:
            words.append(block.text)
    return Part(group.name, group.heading, tuple(words), charts=tuple(charts), tables=tuple(tables))


def said(*texts: Words) -> tuple[Words, ...]:
    """Return what there is to say."""
    return tuple(text for text in texts if text)


def titled(table: TableWithWords | None) -> tuple[TitledTable, ...]:
    """Return a table of the paper for the board with its heading."""
    return () if table is None else (TitledTable(table.heading, table.table),)


def status(view: View) -> Part | None:
    """Return where a plan under way stands: what slipped, the money, and the forecasts so far."""
    at, language = view.plan.scenario.status.at, view.language
    if at is None:
        return None
    tables = tuple(each for table in status_tables(view) for each in titled(table))
    heading = language.say("Status on {day}", day=language.day(at))
    return Part("status", heading, (counted_line(view.plan), *status_lines(view)), tables=tables)


def money(view: View) -> Part:
    """Return roadmap and money on one axis, and the months."""
    plan, language, say = view.plan, view.language, view.language.say
    summed = money_for(plan, language)
    return Part(
        "money",
        say("What happens when, and what it costs"),
        () if summed is None else said(summed.words),
        folded(picture_of(plan, for_both(), opened=tuple(Step), before=view.reference)),
        tables=(
            *titled(summed),
            TitledTable(say("Budget by month"), budget_table(plan, plan.months), is_long=True),
        ),
    )


def operation(view: View) -> Part | None:
    """Return what operation takes every month after the finish, and who does what."""
    language = view.language
    found = after_finish(view)
    if found is None:
        return None
    tables = (
        TitledTable(language.say("Days of operation by activity"), found.by_activity),
        TitledTable(language.say("Who does what, and what it takes"), found.setups),
    )
    return Part("operation", found.heading, found.words, tables=tables)


def roadmap(view: View) -> Part:
    """Return the roadmap task by task, and when nobody works."""
    plan, language, say = view.plan, view.language, view.language.say
    return Part(
        "roadmap",
        say("Roadmap"),
        said(language.write(left_out(plan))),
        roadmap_of(plan, for_both(), opened=tuple(Step), before=view.reference),
        tables=(
            TitledTable(say("Tasks"), task_table(plan, view.reference), is_long=True),
            TitledTable(say("Days off"), days_off_table(plan), is_long=True),
        ),
    )


def sureness(view: View) -> Part | None:
    """Return how sure date and money are together."""
    plan, simulation, language = view.plan, view.simulation, view.language
    figures = plan.headlines
    if simulation is None:
        return None
    target, title = plan_target(figures), language.say("Budget and finish by probability")
    spread = TitledTable(title, spread_table(plan, figures, simulation))
    words = percentiles_text(plan, figures, simulation)
    if not knows_budget(plan, figures):
        return Part("sureness", language.say("How sure is that?"), said(words), tables=(spread,))
    return Part(
        "sureness",
        language.say("Date and budget together"),
        said(words, trade_text(simulation)),
        charts=(Chart(joint_alt(target, figures, simulation), joint_chart(figures, simulation, target)),),
        tables=(
            TitledTable(language.say("What it takes for 70%"), contour_table(simulation)),
            spread,
        ),
    )


def drivers(view: View) -> Part | None:
    """Return what moves money and date most."""
    plan, found, say = view.plan, view.drivers, view.language.say
    figures = plan.headlines
    if found is None:
        return None
    in_money, in_days = largest_swing(found.by_money(), view), largest_swing(found.by_days(), view)
    of_money, of_days = money_text(in_money, found), days_text(in_days, found)
    return Part(
        "drivers",
        say("What drives it?"),
        said(
            sentences(of_money, left_text(in_money)),
            dearer_text(in_money, found),
            sentences(of_days, left_text(in_days)),
        ),
        charts=(
            Chart(tornado_alt(of_money, in_money), money_tornado(in_money, figures)),
            Chart(tornado_alt(of_days, in_days), days_tornado(in_days, figures)),
        ),
        tables=(
            TitledTable(say("What drives the budget"), money_drivers_table(in_money, found)),
            TitledTable(say("What drives the finish"), days_table(in_days, found)),
        ),
    )


def basis(view: AnyView) -> Part:
    """Return what the plan was made for."""
    plan, language = view.plan, view.language
    licences: tuple[TitledTable, ...] = ()
    if isinstance(plan, Plan) and plan.mix is not None:
        licences = (TitledTable(language.say("Licence mix"), mix_table(plan)),)
    inputs = inputs_of(view)
    return Part("basis", inputs.heading, tables=(TitledTable(language.say("Assumptions"), inputs.table), *licences))


def prices(view: AnyView) -> Part:
    """Return the prices with their sources."""
    plan, say = view.plan, view.language.say
    doubtful = doubtful_prices(view) if isinstance(view, View) else None
    return Part(
        "prices",
        say("Prices and sources"),
        () if doubtful is None else said(doubtful.words),
        tables=(
            *titled(doubtful),
            TitledTable(say("Prices"), price_table(plan), is_long=True),
            TitledTable(say("Exchange rates"), rate_table(view.book), is_long=True),
        ),
    )


def lines(view: View) -> Part:
    """Return the cost lines."""
    plan, say = view.plan, view.language.say
    table = TitledTable(say("All cost lines"), line_table(plan), is_long=True)
    return Part("lines", say("Cost lines"), (say("Every total is a sum of these lines."),), tables=(table,))
