"""What finished plans teach, as a table to choose from, and how well their promises held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from zt_planner.domain import units
from zt_planner.engine.learning import DRAWN_TO_ONE, LEAST_FOR_A_RANGE, Kept, LearnedTask
from zt_planner.language import Number, Plural, Share, Text, Words
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import task_name
from zt_planner.topics.view import View

NOTHING_FINISHED = Text(
    "Nothing can be learned yet: it takes a plan in which every task is finished, and the days spent are recorded."
)


def learned_columns() -> tuple[Column[LearnedTask], ...]:
    """Return what is shown of each task, factors with two places."""
    return (
        Column(Text("Task"), words=lambda found: task_name(found.task), name="task"),
        Column(Text("Plans"), units.COUNT, lambda found: found.n, name="plans"),
        Column(Text("Actual to estimate"), words=lambda found: _factor(found.median), name="median"),
        Column(Text("New effort"), words=lambda found: _factor(found.factor), name="factor"),
        Column(Text("1 in 10 below"), words=lambda found: _factor(found.low), name="low"),
        Column(Text("1 in 10 above"), words=lambda found: _factor(found.high), name="high"),
    )


def learned_table(found: Iterable[LearnedTask]) -> Table:
    """Return what was learned; what too few plans show is empty."""
    return table_of(learned_columns(), found)


def _factor(value: float | None) -> Words:
    return "" if value is None else Text("× {factor}", factor=Number(Decimal(repr(value)), 2))


def learning_note() -> Words:
    """Say how a factor comes about."""
    return Text(
        "The new effort is the median, drawn towards the estimate while few plans show it: n plans count for n of "
        "n + {few} parts. A range takes at least {bound} plans.",
        few=str(DRAWN_TO_ONE),
        bound=str(LEAST_FOR_A_RANGE),
    )


def kept_lines(promises: Iterable[Kept]) -> Iterator[Words]:
    """Yield how well the promises held."""
    for each in promises:
        share = each.confidence.share
        if share is None:
            yield Plural(
                "Of {n} plan that promised the planned date, {kept} kept it.",
                "Of {n} plans that promised the planned date, {kept} kept it.",
                each.n,
                kept=Number(each.kept),
            )
            continue
        yield Plural(
            "Of {n} plan promised at {share}, {kept} kept its date.",
            "Of {n} plans promised at {share}, {kept} kept their date.",
            each.n,
            share=Share(Decimal(str(share))),
            kept=Number(each.kept),
        )


def promised_by(view: View) -> date:
    """Return the day that was promised before a plan began: with its approval, otherwise by draws of it."""
    approved = view.plan.scenario.status.approved
    if approved is not None and approved.promised_finish is not None:
        return approved.promised_finish
    before = view.reference
    return view.promise.finish if before is None else View(before, view.language).promise.finish
