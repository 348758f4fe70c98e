"""The amounts of a stage, each declared once: its title and rule, and the cost lines that it is the sum of (M25).

Laws: an amount is the sum of its lines, to the cent, and its explanation adds up to it; what a stage asks for lacks
only the prices of what it adds, and is not known where something without a price has ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from zt_planner.domain.headlines import Amount, AmountState, amount_of, state_of
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine, CoverageState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.stages import Stage, gates_of, stages_of
from zt_planner.errors import msgid
from zt_planner.language import Text, Words, sentences
from zt_planner.topics.budget.amount_traces import amount_trace
from zt_planner.topics.figure import without_labour
from zt_planner.topics.figure_names import StageFigure, stage_name
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.trace import Trace, TraceRow
from zt_planner.topics.view import View


@dataclass(frozen=True, slots=True)
class StageAmount:
    """An amount of a stage. What `is_added` is told without what the gate before it had already."""

    title: str
    rule: str
    lines: Callable[[Stage], tuple[CostLine, ...]]
    holds_labour: bool = False
    is_added: bool = False

    def titled(self, title: Words, plan: AnyPlan) -> Words:
        """Return a title of it, and that it is without labour where that is so."""
        return without_labour(title, plan) if self.holds_labour else title


STAGE_AMOUNTS: Mapping[StageFigure, StageAmount] = {
    StageFigure.TO_APPROVE: StageAmount(
        msgid("To approve"),
        msgid(
            "What is spent and committed at the end of this stage, less what was at the end of the one before (rule "
            "M25)."
        ),
        lambda stage: stage.bound,
        holds_labour=True,
        is_added=True,
    ),
    StageFigure.SPENT: StageAmount(
        msgid("Spent by then"),
        msgid(
            "Everything used by the end of that day: whole months before it, and in its month work by working days and "
            "what has begun. Contingency is the share of the one-off costs that count (rule M25). Internal work is not "
            "included: it is effort, not cash."
        ),
        lambda stage: stage.spent,
        holds_labour=True,
    ),
    StageFigure.COMMITTED: StageAmount(
        msgid("Committed beyond"),
        msgid("What contracts that run then come to until the end of their term, and hardware on order (rule M25)."),
        lambda stage: stage.committed,
    ),
    StageFigure.TO_PAY: StageAmount(
        msgid("Of which still to pay"),
        msgid("What is committed and not paid yet: a prepaid year is paid already (rule M25)."),
        lambda stage: stage.to_pay,
    ),
    StageFigure.A_MONTH: StageAmount(
        msgid("Then a month"),
        msgid(
            "The recurring costs, in the month after that day, of everything that has begun by then. What is in place "
            "lasts only while they are paid (rule M25). Yearly training is not included."
        ),
        lambda stage: stage.a_month,
    ),
    StageFigure.TO_COME: StageAmount(
        msgid("Still to come"),
        msgid(
            "What the plan costs after that day if it goes on, over all its months (rule M25). Internal work is not "
            "included: it is effort, not cash."
        ),
        lambda stage: stage.to_come,
        holds_labour=True,
    ),
}


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage with its number, and what was bound at the gate before it."""

    number: int
    stage: Stage
    bound_before: tuple[CostLine, ...]

    def amount(self, figure: StageFigure) -> Amount[Decimal]:
        """Return an amount; the parts of what is added are what it adds without a price."""
        declared = STAGE_AMOUNTS[figure]
        lines = declared.lines(self.stage)
        if not declared.is_added:
            return amount_of(lines)
        value, added = sum_of(lines) - sum_of(self.bound_before), unpriced_beyond(lines, self.bound_before)
        state = AmountState.UNKNOWN if self.has_unpriced_end else state_of(value, is_whole=not added)
        return Amount(value, state, added)

    @property
    def has_unpriced_end(self) -> bool:
        """Whether something without a price that was bound before no longer is: what is added may be less."""
        return bool(unpriced_beyond(self.bound_before, self.stage.bound))

    @property
    def is_complete(self) -> bool:
        """Whether everything has a price."""
        return all(self.amount(figure).is_whole for figure in StageFigure)

    def points(self, state: CoverageState) -> tuple[str, ...]:
        """Return the points of NIS2 in a state."""
        return tuple(point for point, each in self.stage.coverage.items() if each is state)


def unpriced_beyond(lines: Sequence[CostLine], others: Sequence[CostLine]) -> tuple[CostLine, ...]:
    """Return the lines without a price of which there is more than among others."""
    here, there = _unpriced_quantities(lines), _unpriced_quantities(others)
    more = {part for part, quantity in here.items() if quantity > there.get(part, 0)}
    return tuple(line for line in lines if line.amount is None and _part(line) in more)


def _unpriced_quantities(lines: Sequence[CostLine]) -> Mapping[tuple[str, str, Month], Fraction]:
    found: dict[tuple[str, str, Month], Fraction] = defaultdict(Fraction)
    for line in lines:
        if line.amount is None:
            found[_part(line)] += line.quantity
    return found


def _part(line: CostLine) -> tuple[str, str, Month]:
    """Return what is bought for which task in which month."""
    return line.task_id, line.price_id, line.month


def stage_rows(plan: Plan) -> tuple[StageRow, ...]:
    """Return the stages by their gates."""
    rows: list[StageRow] = []
    for number, stage in enumerate(stages_of(plan), start=1):
        rows.append(StageRow(number, stage, rows[-1].stage.bound if rows else ()))
    return tuple(rows)


def stage_titles(view: View) -> dict[str, Words]:
    """Return the amounts of the stages by name, with what they are called; nothing is added up for that."""
    return {
        f"{number}:{figure}": declared.titled(
            Text("{figure}, stage {number}, {day}", figure=Text(declared.title), number=number, day=gate), view.plan
        )
        for number, gate in enumerate(gates_of(view.plan), start=1)
        for figure, declared in STAGE_AMOUNTS.items()
    }


def explain_stage(name: str, view: View) -> Trace | None:
    """Return why an amount of a stage is what it is; None for one that there is not."""
    title = stage_titles(view).get(name)
    if title is None:
        return None
    number, _, key = name.partition(":")
    row, figure, plan = stage_rows(view.plan)[int(number) - 1], StageFigure(key), view.plan
    declared = STAGE_AMOUNTS[figure]
    is_without = declared.holds_labour and not plan.shows_labour
    rule = sentences(Text(declared.rule), labour_note() if is_without else "")
    trace = amount_trace(stage_name(row.number, figure), title, row.amount(figure), rule, plan)
    return _added_trace(trace, row) if declared.is_added else trace


def _added_trace(trace: Trace, row: StageRow) -> Trace:
    """Return the trace with what is spent and committed, less what earlier stages have asked for."""
    if row.has_unpriced_end:
        note = Text("Something without a price that was committed before has ended: the stage may add less.")
        return replace(trace, rows=(), notes=(note,))
    bound = (StageFigure.SPENT, StageFigure.COMMITTED)
    rows = [TraceRow(Text(STAGE_AMOUNTS[each].title), amount=row.amount(each).known) for each in bound]
    if row.bound_before:
        before = amount_of(row.bound_before).known
        rows.append(TraceRow(Text("Approved with earlier stages"), amount=None if before is None else -before))
    return replace(trace, rows=(*rows, *trace.rows))
