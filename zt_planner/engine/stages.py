"""A decision in stages: where a plan can be stopped, what is spent and committed by then, and what protects (M25).

Each step has a gate: the day on which its last task is finished. Preparation has none, unless it ends after all steps;
steps that end on one day share one. A gate cuts each cost line in two, what is used by that day and what comes later;
work by its working days, contingency by the work and goods that it is a share of.

Laws: what is spent and what is to come add up to the plan's cash, to the cent; credits aside, what is spent never falls
from gate to gate; nothing committed is below 0; at the last gate no task is left, and a month costs the run rate; a
price that is missing is an unpriced line, never 0; a plan without a schedule has no gates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from zt_planner.domain.categories import LABOUR_CATEGORIES, CostCategory, Kind
from zt_planner.domain.data.phase_model import Reach, Step
from zt_planner.domain.data.price_book import Capability, Term
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.money import rounded_product
from zt_planner.domain.month import MONTHS_A_YEAR, Month, months_from
from zt_planner.domain.plan import CostLine, CoverageState, ScheduledTask
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.pricing import ANNUAL_TERMS, billing_term
from zt_planner.engine.figures import recurs_in
from zt_planner.engine.nis2.coverage import state_on
from zt_planner.engine.plan import Plan, calendar_of_plan
from zt_planner.engine.scheduling.calendar import WorkCalendar

Parts: TypeAlias = tuple[CostLine | None, CostLine | None]

FOR_ALL = frozenset({Reach.EVERYONE, Reach.ADMINISTRATORS})
"""Who works with a protection once it is there: everyone, or all whom it is for."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What holds at a gate: the steps that end there, and what stopping there means, money as cost lines.

    `committed` are contracts that run on after the gate and goods on order, `a_month` what is paid every month to keep
    what is there. `open_tasks` are not finished.
    """

    steps: tuple[Step, ...]
    gate: date
    spent: tuple[CostLine, ...]
    committed: tuple[CostLine, ...]
    a_month: tuple[CostLine, ...]
    to_come: tuple[CostLine, ...]
    open_tasks: tuple[ScheduledTask, ...]
    protection: tuple[Capability, ...]
    coverage: Mapping[str, CoverageState]

    @property
    def to_pay(self) -> tuple[CostLine, ...]:
        """What is committed and not paid yet: a prepaid year is."""
        return _owed(line for line in self.committed if line.paid_in == line.month)

    @property
    def bound(self) -> tuple[CostLine, ...]:
        """What is spent or committed: the money of a decision to go as far as this gate."""
        return *self.spent, *self.committed


class Cut(NamedTuple):
    """Cost lines before and after the end of a day; a line that reaches over it is a part of both."""

    before: tuple[CostLine, ...]
    after: tuple[CostLine, ...]


def stages_of(plan: Plan) -> tuple[Stage, ...]:
    """Return the stages of a plan by their gates."""
    calendar = calendar_of_plan(plan)
    return tuple(_stage(plan, plan.headlines, calendar, day, steps) for day, steps in gates_of(plan).items())


def gates_of(plan: Plan) -> Mapping[date, tuple[Step, ...]]:
    """Return the days on which steps end, with those that do."""
    ends: dict[Step, date] = {}
    for task in plan.tasks:
        ends[task.task.step] = max(task.finish, ends.get(task.task.step, task.finish))
    prepared = ends.get(Step.PREPARATION)
    if prepared is not None and any(prepared <= day for step, day in ends.items() if step is not Step.PREPARATION):
        del ends[Step.PREPARATION]
    gates: dict[date, tuple[Step, ...]] = {}
    for step, day in sorted(ends.items(), key=lambda end: (end[1], end[0])):
        gates[day] = (*gates.get(day, ()), step)
    return gates


def _stage(plan: Plan, figures: Headlines, calendar: WorkCalendar, gate: date, steps: tuple[Step, ...]) -> Stage:
    before, after = cut_at(plan, figures, calendar, gate)
    return Stage(
        steps=steps,
        gate=gate,
        spent=before,
        committed=(*_running_on(plan, before, gate), *_on_order(plan.tasks, after, gate)),
        a_month=tuple(_kept_up(plan, figures, before, gate)),
        to_come=after,
        open_tasks=tuple(task for task in plan.tasks if task.finish > gate),
        protection=protection_on(plan, gate),
        coverage={covered.point: state_on(covered, gate) for covered in plan.coverage},
    )


def cut_at(plan: Plan, figures: Headlines, calendar: WorkCalendar, day: date) -> Cut:
    """Cut a plan's cash at the end of a day."""
    spans = {task.task.id: (task.start, task.finish) for task in plan.tasks}
    spans[""] = (figures.start_date, figures.finish_date)
    cash = [line for line in plan.cost_lines if line.is_cash]
    bought = [line for line in cash if line.category is not CostCategory.CONTINGENCY]
    parts = [_parts(line, _share_until(day, line, spans.get(line.task_id), calendar)) for line in bought]
    used = [part for part, _ in parts if part is not None and part.month == Month.of(day)]
    base = sum_of(line for line in used if line.kind is Kind.ONE_OFF)
    parts += [_contingency_parts(line, day, base) for line in cash if line.category is CostCategory.CONTINGENCY]
    return Cut(
        tuple(before for before, _ in parts if before is not None),
        tuple(after for _, after in parts if after is not None),
    )


def _share_until(day: date, line: CostLine, span: tuple[date, date] | None, calendar: WorkCalendar) -> Fraction:
    """Return the share of a line that is used by the end of a day: of work by working days, of all else whole or none.

    `span` are the first and the last day of its task, of the plan where it has none. What was booked is used in its
    month: nobody says on which day.
    """
    month = Month.of(day)
    if line.month != month or span is None or line.is_actual:
        return Fraction(line.month <= month)
    first, last = max(span[0], month.first_day), min(span[1], month.last_day)
    if line.category in LABOUR_CATEGORIES:
        return Fraction(calendar.count(first, min(last, day)) if first <= day else 0, calendar.count(first, last))
    return Fraction(Month.of(span[0]) != month or span[0] <= day)


def _parts(line: CostLine, share: Fraction) -> Parts:
    """Return the parts of a line before and after a cut; None where there is none."""
    if share in (0, 1):
        return (line, None) if share else (None, line)
    amount = None if line.amount is None else rounded_product(line.amount, share)
    rest = None if line.amount is None or amount is None else line.amount - amount
    quantity = line.quantity * share
    return (
        replace(line, quantity=quantity, amount=amount),
        replace(line, quantity=line.quantity - quantity, amount=rest),
    )


def _contingency_parts(line: CostLine, day: date, base: Decimal) -> Parts:
    """Return the parts of contingency: the first is the share of what is used of the one-off cash of its month."""
    price = line.unit_price
    if line.month != Month.of(day) or price is None or line.amount is None or base == price.amount:
        return (line, None) if line.month <= Month.of(day) else (None, line)
    amount = rounded_product(line.quantity, base)
    return (
        replace(line, unit_price=replace(price, amount=base), amount=amount),
        replace(line, unit_price=replace(price, amount=price.amount - base), amount=line.amount - amount),
    )


def _running_on(plan: Plan, before: Iterable[CostLine], gate: date) -> tuple[CostLine, ...]:
    """Return the lines of contracts that run at a gate in each month after it, to the end of their term.

    Of what has no price nobody knows how long it runs: it is one month without an amount. What was booked says nothing
    about a term: the contract is that of the planned lines that it replaced.
    """
    billing, month = Term(plan.scenario.choices.billing), Month.of(gate)
    begun = {"", *(task.task.id for task in plan.tasks if task.start <= gate)}
    planned = (
        *(line for line in before if not line.is_actual),
        *(line for line in plan.replaced_lines if line.task_id in begun),
    )
    running = (line for line in planned if line.month == month and line.kind is Kind.RECURRING)
    return _owed(later for line in running for later in _running_months(line, billing))


def _owed(lines: Iterable[CostLine]) -> tuple[CostLine, ...]:
    """Return lines without the months in which credits are as large as what they are for: nobody pays them out."""
    by_month: dict[tuple[str, Month], list[CostLine]] = defaultdict(list)
    for line in lines:
        by_month[line.task_id, line.month].append(line)
    return tuple(line for part in by_month.values() for line in part if sum_of(part) > 0 or line.amount is None)


def _running_months(line: CostLine, billing: Term) -> Iterator[CostLine]:
    """Yield the lines of a line's contract in each month after the line's own."""
    price = line.unit_price
    if price is None:
        yield replace(line, month=line.month.plus(1), paid_in=line.month.plus(1))
        return
    term = None if price.row is None else billing_term(price.row, billing, is_override=price.is_override)
    left = MONTHS_A_YEAR - 1 - price.priced_in.until(line.month) if term in ANNUAL_TERMS else 0
    for later in months_from(line.month.plus(1), left):
        yield replace(line, month=later, paid_in=line.paid_in if term is Term.ANNUAL_PREPAID else later)


def _on_order(tasks: Iterable[ScheduledTask], after: Iterable[CostLine], gate: date) -> Iterator[CostLine]:
    """Yield the goods that are on their way: those of a task that follows the wait of a finished one."""
    ordering = {task.task.id for task in tasks if task.wait_until is not None and task.finish <= gate}
    awaited = {task.task.id for task in tasks if ordering.intersection(task.after)}
    for line in after:
        if line.kind is Kind.ONE_OFF and line.category is CostCategory.HARDWARE and line.task_id in awaited:
            yield line


def _kept_up(plan: Plan, figures: Headlines, before: Iterable[CostLine], gate: date) -> Iterator[CostLine]:
    """Yield what recurs in the month after a gate of what has begun by then, yearly training left out."""
    month, last = Month.of(gate).plus(1), plan.months[-1]
    begun = {(line.task_id, line.category) for line in before if line.kind is Kind.RECURRING}
    done = {task.task.id for task in plan.tasks if task.finish <= gate}
    for line in (*plan.cost_lines, *(line for line in plan.run_rate_lines if line.month > last)):
        has_begun = line.task_id in done or (line.task_id, line.category) in begun or gate == figures.finish_date
        if has_begun and recurs_in(line, month):
            yield line


def protection_on(plan: Plan, day: date) -> tuple[Capability, ...]:
    """Return what protects everyone, or all whom it is for, at the end of a day.

    MFA does once everyone signs in with it, from outside too, all else with the first task that brings it to all.
    """
    finished = (*plan.case.done, *(task.task for task in plan.tasks if task.finish <= day))
    brought = {need for task in finished if task.reach in FOR_ALL for need in task.needs}
    everyone = plan.headlines.mfa_date
    if everyone is None or everyone > day:
        brought.discard(Capability.MFA)
    return tuple(capability for capability in Capability if capability in brought)
