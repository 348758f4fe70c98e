"""How the plan's money is divided, and what it comes to, beside what others say (M31).

Laws: every figure of others has its population, source, date, confidence and caveat in its row; the plan's shares add
up to one as they are shown; nothing is compared where prices are missing or labour is hidden.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.rules import BenchmarkKind
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import largest_remainder, to_cents
from zt_planner.domain.month import MONTHS_A_YEAR
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.operation import training_a_year
from zt_planner.errors import msgid
from zt_planner.language import Money, Plural, Share, Text, Trimmed, Words
from zt_planner.topics.labels import share_text, span_text
from zt_planner.topics.published import published_column, published_text, source_badges
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.domain.data.rules import Benchmark
    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.badges import Badge
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import View

PARTS = {
    BenchmarkKind.LICENCES: (msgid("Licences and hardware"), {CostCategory.LICENCE, CostCategory.HARDWARE}),
    BenchmarkKind.WORK: (
        msgid("Work: consultant, contingency"),
        {CostCategory.CONSULTANT, CostCategory.CONTINGENCY},
    ),
    BenchmarkKind.OPERATION: (
        msgid("Operation: monitoring, partner, training"),
        {CostCategory.MONITORING, CostCategory.OPERATION, CostCategory.TRAINING},
    ),
}
"""What each published share is held against; the own team's days are effort, and in none."""
THOUSAND = 1000
"""A share is shown in tenths of a percent."""


class ShareOfTotal(NamedTuple):
    """A part of the total, and what others say of it."""

    name: Words
    amount: Decimal
    share: Decimal
    row: Benchmark | None


class CostEstimate(NamedTuple):
    """What it costs once and a year: this plan, or what a government estimates."""

    name: Words
    once: tuple[Decimal, Decimal | None]
    yearly: tuple[Decimal | None, Decimal | None]
    row: Benchmark | None


def benchmarks_of(view: View, kind: BenchmarkKind) -> tuple[Benchmark, ...]:
    """Return what others say of something."""
    return tuple(row for row in view.case.base_model.rules.benchmarks if row.kind is kind)


def is_comparable(plan: Plan) -> bool:
    """Tell whether a plan's amounts are whole: no price is missing, and no labour is hidden."""
    return plan.is_complete and plan.shows_labour


def parts_of(view: View) -> tuple[ShareOfTotal, ...]:
    """Return how the total over the horizon is divided; nothing where the plan's amounts are not whole."""
    plan = view.plan
    lines = figure_lines(FigureName.HORIZON_TOTAL, plan)
    total = sum_of(lines)
    if not is_comparable(plan) or total <= 0:
        return ()
    amounts = [sum_of([line for line in lines if line.category in categories]) for _, categories in PARTS.values()]
    shares = largest_remainder([THOUSAND * to_cents(amount) for amount in amounts], to_cents(total))
    return tuple(
        ShareOfTotal(
            Text(name),
            amount,
            Decimal(share) / THOUSAND,
            next(iter(benchmarks_of(view, kind)), None),
        )
        for (kind, (name, _)), amount, share in zip(PARTS.items(), amounts, shares, strict=True)
    )


def shares_sentence(view: View) -> Words:
    """Say how much of the total is licences, work and operation; nothing where that is not known."""
    parts = parts_of(view)
    if not parts:
        return ""
    licences, work, operation = (share_text(part.share) for part in parts)
    return Plural(
        "Of the cost over {n} month, {licences} is licences and hardware, {work} work, {operation} monitoring, a "
        "partner and training.",
        "Of the cost over {n} months, {licences} is licences and hardware, {work} work, {operation} monitoring, a "
        "partner and training.",
        len(view.plan.horizon),
        licences=licences,
        work=work,
        operation=operation,
    )


def shares_table(view: View) -> Table:
    """Return the parts of the total beside published shares."""
    plan = view.plan
    columns: tuple[Column[ShareOfTotal], ...] = (
        Column(Text("Part of the total"), words=lambda part: part.name),
        Column(Text("This plan"), units.EUROS, lambda part: part.amount),
        Column(Text("Percentage"), units.NUMBER, words=lambda part: share_text(part.share)),
        Column(
            Text("Published"),
            units.NUMBER,
            words=lambda part: "" if part.row is None else span(part.row.low, part.row.high, Share),
        ),
        Column(Text("Of what"), words=lambda part: "" if part.row is None else Text(part.row.what)),
        Column(Text("Why it may not fit"), words=lambda part: "" if part.row is None else Text(part.row.note)),
        published_column(lambda part: part.row),
    )
    return table_of(columns, parts_of(view), lambda part: badges_of(part.row, plan))


def span(low: Decimal | None, high: Decimal | None, written: Callable[[Decimal], Words]) -> Words:
    """Write what somebody has published as a span, or as its one end; nothing without one."""
    return "" if low is None else span_text(written(low), None if high is None else written(high))


def badges_of(row: Benchmark | None, plan: Plan) -> tuple[Badge, ...]:
    """Return what is to be known of a source; nothing of the plan itself."""
    return () if row is None else source_badges(row, plan)


def cost_estimates(view: View) -> tuple[CostEstimate, ...]:
    """Return what governments estimate; this plan first, where its amounts are whole."""
    plan, rows = view.plan, benchmarks_of(view, BenchmarkKind.COST)
    found = [CostEstimate(Text(row.what), (row.low, row.high), (row.yearly_low, row.yearly_high), row) for row in rows]
    if rows and is_comparable(plan):
        once, yearly = plan.headlines.one_off_total, cost_a_year(view, plan.headlines)
        found.insert(0, CostEstimate(Text("This plan"), (once, None), (yearly, None), None))
    return tuple(found)


def cost_a_year(view: View, figures: Headlines) -> Decimal | None:
    """Return what recurs in the twelve months after the finish: the run rate of each, and a year of training."""
    training = training_a_year(view.case, view.plan.tasks, figures.finish_date)
    return None if training is None else figures.run_rate_monthly * MONTHS_A_YEAR + training


def cost_estimates_table(view: View) -> Table:
    """Return what an introduction costs once and a year, by this plan and by governments."""
    plan = view.plan
    columns: tuple[Column[CostEstimate], ...] = (
        Column(Text("Estimate by"), words=lambda row: row.name),
        Column(Text("Once"), units.EUROS, words=lambda row: span(*row.once, Money)),
        Column(Text("A year"), units.EUROS, words=lambda row: span(*row.yearly, Money)),
        Column(Text("Why it may not fit"), words=lambda row: "" if row.row is None else Text(row.row.note)),
        published_column(lambda row: row.row),
    )
    return table_of(columns, cost_estimates(view), lambda row: badges_of(row.row, plan))


def own_watch_sentence(view: View) -> Words:
    """Say how many people it takes to watch round the clock; nothing where nobody says so."""
    row = next(iter(benchmarks_of(view, BenchmarkKind.WATCH)), None)
    if row is None:
        return ""
    return Text(
        "To watch round the clock yourself takes a team of {size} ({source}; {note}).",
        size=span(row.low, row.high, Trimmed),
        source=published_text(row),
        note=Text(row.note),
    )
