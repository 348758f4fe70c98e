"""Why so much at this gate? What is spent, committed and to come there, line by line (M25).

Law: an amount is the one that the table of the stages shows, to the cent, and its rows add up to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.stages import gates_of
from zt_planner.errors import msgid
from zt_planner.topics.budget.amount_traces import gathered_rows, lower_bound_notes
from zt_planner.topics.budget.lines import known_sum
from zt_planner.topics.decisions.stages import OF_LABOUR, StageRow, stage_rows, stage_titles
from zt_planner.topics.figure import without_labour
from zt_planner.topics.figure_names import StageFigure, stage_name
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.view import View

RULES = {
    StageFigure.TO_APPROVE: msgid(
        "What is spent and committed at the end of this stage, less what was at the end of the one before (rule M25)."
    ),
    StageFigure.SPENT: msgid(
        "Everything used by the end of that day: whole months before it, and in its month work by working days and "
        "what has begun. Contingency is the share of the one-off costs that count (rule M25). Internal work is not "
        "included: it is effort, not cash."
    ),
    StageFigure.COMMITTED: msgid(
        "What contracts that run then come to until the end of their term, and hardware on order (rule M25)."
    ),
    StageFigure.TO_PAY: msgid("What is committed and not paid yet: a prepaid year is paid already (rule M25)."),
    StageFigure.A_MONTH: msgid(
        "The recurring costs, in the month after that day, of everything that has begun by then. What is in place "
        "lasts only while they are paid (rule M25). Yearly training is not included."
    ),
    StageFigure.TO_COME: msgid(
        "What the plan costs after that day if it goes on, over all its months (rule M25). Internal work is not "
        "included: it is effort, not cash."
    ),
}


def stage_titles_of(context: View) -> dict[str, str]:
    """Return the amounts of the stages by name, with what they are called; nothing is added up for that."""
    titles, found = stage_titles(context.language), {}
    if context.plan.headlines is None:
        return {}
    for number, gate in enumerate(gates_of(context.plan), start=1):
        for figure in StageFigure:
            title = context.language.say(
                "{figure}, stage {number}, {day}",
                figure=titles[figure],
                number=number,
                day=context.language.day(gate),
            )
            is_without = figure in OF_LABOUR
            found[f"{number}:{figure}"] = without_labour(title, context.plan, context.language) if is_without else title
    return found


def explain_stage(name: str, context: View) -> Trace | None:
    """Return why an amount of a stage is what it is; None for one that there is not."""
    title = stage_titles_of(context).get(name)
    if title is None:
        return None
    number, _, key = name.partition(":")
    row, figure, language = stage_rows(context.plan)[int(number) - 1], StageFigure(key), context.language
    is_shorter = figure in OF_LABOUR and not context.plan.shows_labour
    return Trace(
        name=stage_name(row.number, figure),
        title=title,
        value=row.amount(figure),
        shown=row.text(figure, language, 2),
        rule=" ".join([language.say(RULES[figure]), *([language.write(labour_note())] if is_shorter else [])]),
        rows=tuple(_approval_rows(row, context.plan, language))
        if figure is StageFigure.TO_APPROVE
        else gathered_rows(row.lines(figure), context.plan, language),
        notes=_notes(row, figure, language),
    )


def _approval_rows(row: StageRow, plan: Plan, language: Language) -> Iterator[TraceRow]:
    """Yield what is spent and committed, what earlier stages have asked for, and what of it has no price."""
    if row.has_unpriced_end:
        return
    titles = stage_titles(language)
    for figure in (StageFigure.SPENT, StageFigure.COMMITTED):
        yield TraceRow(titles[figure], amount=row.amount(figure))
    if row.bound_before:
        before = known_sum(row.bound_before)
        yield TraceRow(language.say("Approved with earlier stages"), amount=None if before is None else -before)
    yield from gathered_rows(row.unpriced(StageFigure.TO_APPROVE), plan, language)


def _notes(row: StageRow, figure: StageFigure, language: Language) -> tuple[str, ...]:
    """Say where an amount is a lower bound, and where not even that is known."""
    if figure is StageFigure.TO_APPROVE and row.has_unpriced_end:
        return (language.say("Something without a price that was committed before has ended: the stage may add less."),)
    return lower_bound_notes(row.unpriced(figure), language)
