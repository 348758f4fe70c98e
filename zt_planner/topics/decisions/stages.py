"""A decision in stages as columns, for page, board paper, `stages.csv` and the sheet Stages, and in words (M25).

Laws: amounts are those of the stages' cost lines, to the cent, and each names the trace that explains it; where a
price is missing an amount is "at least", and where nothing has one there is none, never 0; what a stage asks for lacks
only the prices of what it adds; a plan without a schedule has no rows; amounts that would hold labour say that they do
not where it is hidden.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.categories import Kind
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import FIRST_YEAR_MONTHS, figure_lines
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Listed, Money, ShortDay, Text, Words, series
from zt_planner.topics.decisions.figures import STAGE_AMOUNTS, StageAmount, StageRow, stage_rows
from zt_planner.topics.figure_names import StageFigure, stage_name
from zt_planner.topics.labels import label, money_words, own_basis, protection_text, with_aside
from zt_planner.topics.table import Column, Table, chosen, table_of
from zt_planner.topics.task_words import task_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.engine.plan import AnyPlan, Plan

ON_PAGE = (
    *("step", "gate", "to_approve", "spent", "committed", "to_pay", "a_month", "to_come", "open_count", "protection"),
    "points",
)
ON_PAPER = ("step", "gate", "to_approve", "spent", "committed", "a_month", "points")
IN_CSV = ("stage", "gate", "step", *StageFigure, "complete", "open_tasks", "protection", "supported", "partly")


def gate_words(row: StageRow) -> Words:
    """Return the day of a stage's gate; after the last one nothing is left to decide on."""
    return with_aside(ShortDay(row.stage.gate), "" if row.stage.open_tasks else Text("end of the plan"))


def points_text(row: StageRow) -> Words:
    """Say how many points of NIS2 are supported, and how many more partly."""
    supported, partly = (len(row.points(state)) for state in (CoverageState.SUPPORTED, CoverageState.PARTLY))
    return Text("{count} + {partly}", count=supported, partly=partly)


def stage_columns(plan: AnyPlan) -> tuple[Column[StageRow], ...]:
    """Return every column, whichever of them a medium has; amounts are read in whole euros."""
    return (*_what_columns(), *_money_columns(plan), *_standing_columns())


def _what_columns() -> tuple[Column[StageRow], ...]:
    """Return which stage it is, and when its gate."""
    return (
        Column(Text("Stage"), units.COUNT, lambda row: row.number, name="stage", width=8),
        Column(Text("Decide on"), units.DAY, lambda row: row.stage.gate, words=gate_words, name="gate", width=13),
        Column(
            Text("Step"),
            value=lambda row: ";".join(row.stage.steps),
            words=lambda row: series(map(label, row.stage.steps)),
            name="step",
            width=24,
        ),
    )


def _money_columns(plan: AnyPlan) -> tuple[Column[StageRow], ...]:
    def column(figure: StageFigure, declared: StageAmount) -> Column[StageRow]:
        return Column(
            declared.titled(Text(declared.title), plan),
            units.MONEY,
            lambda row: row.amount(figure).known,
            words=lambda row: money_words(row.amount(figure)),
            asks=lambda row: stage_name(row.number, figure),
            name=figure,
            width=17,
        )

    return tuple(column(figure, declared) for figure, declared in STAGE_AMOUNTS.items())


def _standing_columns() -> tuple[Column[StageRow], ...]:
    """Return what stands at a gate, and what stops."""

    def points(title: Words, state: CoverageState) -> Column[StageRow]:
        return Column(
            title,
            value=lambda row: ";".join(row.points(state)),
            words=lambda row: ", ".join(row.points(state)),
            name=state,
            width=20,
        )

    return (
        Column(Text("All prices known"), units.FLAG, lambda row: row.is_complete, name="complete", width=10),
        Column(Text("Tasks not done"), units.COUNT, lambda row: len(row.stage.open_tasks), name="open_count", width=10),
        Column(
            Text("Open tasks"),
            value=lambda row: ";".join(task.task.id for task in row.stage.open_tasks),
            words=lambda row: series(task_name(task.task) for task in row.stage.open_tasks),
            name="open_tasks",
            width=40,
        ),
        Column(
            Text("Protection in place"),
            value=lambda row: ";".join(row.stage.protection),
            words=lambda row: protection_text(row.stage.protection),
            name="protection",
            width=44,
        ),
        Column(Text("NIS2 points + in part"), words=points_text, name="points"),
        points(Text("NIS2, supported"), CoverageState.SUPPORTED),
        points(Text("NIS2, partly"), CoverageState.PARTLY),
    )


def csv_columns(plan: AnyPlan) -> tuple[Column[StageRow], ...]:
    """Return the columns of `stages.csv`; what is without labour is named so."""
    of_labour = set() if plan.shows_labour else {name for name, amount in STAGE_AMOUNTS.items() if amount.holds_labour}
    return tuple(
        replace(column, name=f"{column.name}_without_labour") if column.name in of_labour else column
        for column in chosen(stage_columns(plan), IN_CSV)
    )


def stage_table(plan: Plan, names: Sequence[str] = ON_PAGE) -> Table:
    """Return the stages to read, in whole euros."""
    return table_of(chosen(stage_columns(plan), names), stage_rows(plan))


def open_stages(plan: Plan) -> tuple[StageRow, ...]:
    """Return the stages to decide on: of a plan under way, those with a gate after the status date."""
    at = plan.scenario.status.at
    return tuple(row for row in stage_rows(plan) if at is None or row.stage.gate > at)


def may_be_staged(plan: Plan) -> bool:
    """Tell whether there is a stage to approve: a gate before the finish, and an amount."""
    rows = open_stages(plan)
    return len(rows) > 1 and rows[0].amount(StageFigure.TO_APPROVE).known is not None


def stage_sentence(plan: Plan) -> Words:
    """Return what is to be decided now, and when the next time; nothing where no stage is left to decide on."""
    rows = open_stages(plan)
    if not rows:
        return ""
    first, day = rows[0], rows[0].stage.gate
    asked = money_words(first.amount(StageFigure.TO_APPROVE))
    amount = with_aside(_named_amount(asked, plan), own_basis(plan))
    text = _asking_text(first, is_last=len(rows) == 1)
    return Text(text, number=first.number, next=first.number + 1, amount=amount, day=day)


def _asking_text(row: StageRow, *, is_last: bool) -> str:
    """Return the sentence that asks for a stage."""
    if row.amount(StageFigure.TO_APPROVE).known is None:
        if not is_last:
            return msgid("What stage {number} costs is unknown: prices are missing. Decide on stage {next} on {day}.")
        if row.number > 1:
            return msgid("What the last stage costs is unknown: prices are missing. It ends on {day}.")
        return msgid("The plan is one stage, until {day}. What it costs is unknown: prices are missing.")
    if not is_last:
        return msgid("Approve stage {number} now: {amount}, for all work until {day}. Decide on stage {next} then.")
    if row.number > 1:
        return msgid("Approve the last stage now: {amount}, until {day}.")
    return msgid("The plan is one stage: approve {amount} now, until {day}.")


def _named_amount(amount: Words, plan: Plan) -> Words:
    """Return an amount that would hold labour; where that is hidden, it says so."""
    return amount if plan.shows_labour else Text("{amount} without labour and contingency", amount=amount)


def stage_notes(plan: Plan) -> tuple[Words, ...]:
    """Return when a protection in the table is in place, and why its stages do not add up to the budget."""
    protection = Text(
        "A protection counts from the end of the task that brings it to the people and devices already covered; the "
        "insurer's yes also needs every task behind it, such as enrolling all devices."
    )
    is_protected = any(row.stage.protection for row in stage_rows(plan))
    return tuple(filter(None, (protection if is_protected else "", budget_note(plan))))


def budget_note(plan: Plan) -> Words:
    """Say why what all stages ask for is not the budget; nothing where it is, and where a price is missing."""
    budget_lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    stages = stage_rows(plan)
    if not stages:  # everything was done before
        return ""
    bound = stages[-1].stage.bound if budget_lines else ()
    asked, budget = sum_of(bound), sum_of(budget_lines)
    if asked == budget or any(line.amount is None for line in (*bound, *budget_lines)):
        return ""
    first_year = plan.horizon[:FIRST_YEAR_MONTHS]
    later = sum_of(line for line in bound if line.kind is Kind.RECURRING and line.month not in first_year)
    sums = Text(
        "The stages add up to {stages}, and the budget to get there is {budget}",
        stages=_named_amount(Money(asked), plan),
        budget=_named_amount(Money(budget), plan),
    )
    reasons = (
        (later, msgid("only the stages include {amount} of running costs after the first year")),
        (
            budget - (asked - later),
            msgid("only the budget includes {amount} of running costs that can still be cancelled at the finish"),
        ),
    )
    parts = [Text(text, amount=Money(amount)) for amount, text in reasons if amount]
    return Listed((Labelled(sums, series(parts)), "."), "")


def protection_sentence(plan: Plan) -> Words:
    """Return at which gates what stands that protects everyone; nothing where nothing does."""
    known: set[Capability] = set()
    parts = []
    for row in stage_rows(plan):
        new = [each for each in row.stage.protection if each not in known]
        if new:
            day = ShortDay(row.stage.gate)
            parts.append(Labelled(day, protection_text(new)))
        known.update(new)
    return Text("Protection in place from then on: {parts}.", parts=series(parts)) if parts else ""
