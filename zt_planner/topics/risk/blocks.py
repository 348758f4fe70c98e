"""How sure a plan is, what moves it most, and what doing nothing costs (M28), in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.drivers import by_days, by_money
from zt_planner.engine.simulation.result import SimulationResult
from zt_planner.language import Text, Words, sentences
from zt_planner.topics.block import (
    Answer,
    Block,
    ChartBlock,
    Drawing,
    Group,
    Placing,
    Role,
    Sentence,
    TableBlock,
    notes,
)
from zt_planner.topics.labels import own_basis
from zt_planner.topics.palette import Palette
from zt_planner.topics.published import claims_table, losses_table
from zt_planner.topics.risk.confidence import (
    Target,
    band_legend,
    bands_of,
    beyond_sentence,
    percentile_table,
    plan_target,
    promised_target,
    reserve_sentence,
)
from zt_planner.topics.risk.drivers import (
    day_swings,
    days_table,
    days_text,
    dearer_text,
    largest_swing,
    left_text,
    money_drivers_table,
    money_swings,
    money_text,
    most_days_table,
    most_money_table,
)
from zt_planner.topics.risk.joint_chart import joint_chart
from zt_planner.topics.risk.standstill import (
    delay_sentence,
    open_alt,
    open_chart,
    open_sentence,
    protected_days,
    standstill_sentence,
)
from zt_planner.topics.risk.uncertainty import (
    contour_table,
    joint_alt,
    knows_budget,
    spread_table,
    trade_text,
)
from zt_planner.topics.table import Table
from zt_planner.topics.view import AnyView, View

MOST_DRIVERS = 3


def sureness_group(view: View, planned: Words = "") -> Group | None:
    """Return how sure date and money are, and which reserve that takes; None without draws.

    `planned` says what is planned and its chances; empty beside the decision, which says that and the reserve itself.
    """
    plan, simulation = view.plan, view.simulation
    if simulation is None:
        return None
    columns, *rows = percentile_table(plan, simulation)
    table = TableBlock(
        Text("Budget and finish at each confidence"),
        Table(columns, tuple(rows), numbers=tuple(range(1, len(columns)))),
        bands=tuple(band.places for band in bands_of(plan, simulation).values()),
        band_legend=band_legend(),
    )
    said = sentences(planned, beyond_sentence(simulation))
    reserve = notes((reserve_sentence(plan, simulation) if planned else "",), Role.TEXT)
    return Group(
        "sure",
        Text("How sure is that?"),
        (*notes((said,), Role.TEXT), table, *reserve),
    )


def drivers_group(view: View) -> Group | None:
    """Return the few uncertainties that move money and finish most, side by side; None where nothing is drawn."""
    if view.simulation is None:
        return None
    money = largest_swing(by_money(view.swings), view, most=MOST_DRIVERS)
    days = largest_swing(by_days(view.swings), view, most=MOST_DRIVERS)
    parts = (
        ("budget", Text("What moves the budget most"), most_money_table(money), left_text(money)),
        ("finish", Text("What moves the finish most"), most_days_table(days), left_text(days)),
    )
    groups = tuple(
        Group(name, heading, (TableBlock(heading, table), *notes((left,))))
        for name, heading, table, left in parts
        if table.rows
    )
    if not groups:
        return None
    lead = Text(
        "Each line is one uncertainty alone, everything else as estimated: in eight of ten cases the result lies "
        "between its two figures."
    )
    beside = Group("drivers_beside", "", groups, placing=Placing.BESIDE)
    return Group("drivers", Text("The assumptions that matter most"), (Sentence(lead), beside))


def joint_group(view: View, planned: Words = "") -> Group | None:
    """Return how sure date and money are together; None without draws. `planned` says what is planned."""
    plan, simulation, figures = view.plan, view.simulation, view.figures
    if simulation is None:
        return None
    spread = TableBlock(Text("Budget and finish by probability"), spread_table(plan, figures, simulation))
    if not knows_budget(plan, figures):
        return Group("sureness", Text("How sure is that?"), (*notes((planned,), Role.TEXT), spread))
    joint: tuple[Block, ...] = (
        joint_picture(view, simulation, plan_target(figures)),
        TableBlock(Text("Budgets and dates that are met together"), contour_table(simulation)),
        *notes((trade_text(simulation),)),
    )
    return Group("sureness", Text("Date and budget together"), (*notes((planned,), Role.TEXT), *joint, spread))


def joint_picture(view: View, simulation: SimulationResult, target: Target) -> ChartBlock:
    """Return the picture of dates and budgets with what is asked about."""
    alt = joint_alt(target, view.figures, simulation, promised_target(view.promise))
    return ChartBlock("joint", alt, partial(_joint_drawing, view, target))


def _joint_drawing(view: View, target: Target, palette: Palette) -> Drawing:
    """Draw it for a view, by which a page remembers it: figures and draws are no key."""
    if view.simulation is None:
        return {}
    return joint_chart(view.figures, view.simulation, target, promised_target(view.promise), palette)


def swings_group(view: View) -> Group | None:
    """Return what moves money and finish, with what knowing it would save; None where nothing is drawn."""
    drivers, figures = view.drivers, view.figures
    if drivers is None:
        return None
    money, days = largest_swing(drivers.by_money(), view), largest_swing(drivers.by_days(), view)
    of_money, of_days = (
        sentences(money_text(money, drivers), left_text(money)),
        sentences(days_text(days, drivers), left_text(days)),
    )
    charts = (
        Group("budget", Text("Budget to get there"), (Sentence(of_money), money_swings(money, drivers, figures))),
        Group("finish", Text("Finish"), (Sentence(of_days), day_swings(days, drivers, figures))),
    )
    blocks: tuple[Block, ...] = (
        Group("swings", "", charts, placing=Placing.BESIDE),
        TableBlock(Text("What drives the budget"), money_drivers_table(money, drivers)),
        *notes((dearer_text(money, drivers),)),
        TableBlock(Text("What drives the finish"), days_table(days, drivers)),
    )
    return Group("drivers", Text("What drives it?"), blocks)


def standstill_answers(view: View) -> Iterator[Answer]:
    """Yield how many days at a standstill cost as much as the plan; nothing where nobody has said what a day costs."""
    sentence = standstill_sentence(view)
    if sentence:
        yield Answer(Text("Why"), Text("Days at a standstill:"), sentence)


def open_answers(view: View) -> Iterator[Answer]:
    """Yield what stays open until when; nothing where the plan closes nothing."""
    sentence = open_sentence(view)
    if sentence:
        yield Answer(Text("Why"), Text("Still missing ({basis}):", basis=own_basis(view.plan)), sentence)


def open_picture(plan: Plan) -> ChartBlock | None:
    """Return the picture of what is open until when; None where the plan closes nothing."""
    return ChartBlock("open", open_alt(plan), partial(open_chart, plan)) if protected_days(plan) else None


def standstill_group(view: AnyView) -> Group:
    """Return days at a standstill, what a week of delay leaves open, and published losses beside the article."""
    asks = "standstill_days" if view.plan.shows_labour else ""
    days, delay = (standstill_sentence(view), delay_sentence(view)) if isinstance(view, View) else ("", "")
    tables = (
        TableBlock(Text("What others report about losses"), losses_table(view), name="published"),
        TableBlock(Text("The article and the sources"), claims_table(view), name="article"),
    )
    published = tuple(block for block in tables if block.table.rows)
    folded = Group(
        "losses", Text("What others report about losses, and what the article says"), published, is_folded=True
    )
    blocks = (
        *((Sentence(days, Role.TEXT, asks),) if days else ()),
        *notes((delay,)),
        *((folded,) if published else ()),
    )
    return Group("why", Text("If we do nothing"), blocks)
