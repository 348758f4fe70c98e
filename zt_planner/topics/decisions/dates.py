"""Which decisions a plan waits for, by when and by whom: the next one in a line, all as a table and in `decisions.csv`.

Laws: they come in the order of their days; each medium shows the same days; what is overdue says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zt_planner.domain import units
from zt_planner.domain.data.rules import Moment
from zt_planner.engine.decisions import Decision, decisions_of, first_commitment
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.subsidies import fitting
from zt_planner.language import Capitalised, Labelled, Listed, Plural, ShortDay, Text, Words, series
from zt_planner.topics.block import Block, Group, Role, Sentence, TableBlock, notes
from zt_planner.topics.labels import label
from zt_planner.topics.table import Column, Table, chosen, table_of
from zt_planner.topics.task_words import task_names
from zt_planner.topics.view import View

ON_PAGE = ("date", "decision", "who", "overdue")


def decision_words(decision: Decision) -> Words:
    """Say what is decided; at a gate, after which steps."""
    said = Text(decision.row.decision)
    if not decision.steps:
        return said
    return Text("{decision}, after {steps}", decision=said, steps=Listed(label(step) for step in decision.steps))


def next_decision_line(view: View) -> Words:
    """Say which decision is next, by when and by whom, and which is overdue; empty where none is left."""
    decisions = decisions_of(view.plan)
    following, late = next((each for each in decisions if not each.is_over), None), _overdue_words(decisions)
    if following is None:
        return Listed((Capitalised(late), "."), "") if late else ""
    what = Text(
        "{decision}, {day} ({who})",
        decision=decision_words(following),
        day=ShortDay(following.day),
        who=label(following.who),
    )
    waits = following.row.commits and fitting(view.case)
    funded = Text("if you apply for public funding, wait for its approval first") if waits else ""
    return Listed((Labelled(Text("Next decision"), series(filter(None, (what, funded, late)))), "."), "")


def funding_note(view: View) -> Words:
    """Say before which decision public funding that could fit must be approved; nothing where none does."""
    schemes, commitment = fitting(view.case), first_commitment(view.plan)
    if not schemes or commitment is None:
        return ""
    return Text(
        "If you apply for public funding ({schemes}), wait for its approval before “{decision}”: who signs or orders "
        "anything earlier usually loses it.",
        schemes=series(scheme.scheme for scheme in schemes),
        decision=decision_words(commitment),
    )


def _overdue_words(decisions: Iterable[Decision]) -> Words:
    """Name the decision that is overdue longest, and count the others; empty where none is."""
    overdue = [decision for decision in decisions if decision.is_overdue]
    if not overdue:
        return ""
    oldest, others = overdue[0], len(overdue) - 1
    values: dict[str, Words] = {"decision": decision_words(oldest), "day": ShortDay(oldest.day)}
    if not others:
        return Text("overdue since {day}: {decision}", **values)
    return Plural(
        "overdue since {day}: {decision}, and {n} more decision",
        "overdue since {day}: {decision}, and {n} more decisions",
        others,
        **values,
    )


def decision_columns(plan: AnyPlan) -> tuple[Column[Decision], ...]:
    """Return every column, those of `decisions.csv`."""
    names = task_names(plan.case.model)
    return (
        Column(Text("Decision ID"), value=lambda decision: decision.row.id, name="id", width=20),
        Column(Text("Decide by"), units.DAY, lambda decision: decision.day, name="date", width=13),
        Column(
            Text("Task"),
            value=lambda decision: decision.row.task or "",
            words=lambda decision: names.get(decision.row.task or "", ""),
            name="task",
            width=40,
        ),
        Column(
            Text("Decision"),
            value=lambda decision: Text(decision.row.decision),
            words=decision_words,
            name="decision",
            width=60,
        ),
        Column(Text("Who"), units.CHOICE, lambda decision: decision.who, name="who", width=16),
        Column(
            Text("Overdue"),
            value=lambda decision: decision.is_overdue,
            words=lambda decision: Text("overdue") if decision.is_overdue else "",
            name="overdue",
            width=12,
        ),
    )


def decision_table(plan: Plan, decisions: Sequence[Decision] | None = None) -> Table:
    """Return some decisions to read, by default all; what is overdue is marked where something is."""
    shown = decisions_of(plan) if decisions is None else decisions
    is_late = any(decision.is_overdue for decision in shown)
    return table_of(chosen(decision_columns(plan), ON_PAGE if is_late else ON_PAGE[:-1]), shown)


def decisions_group(view: View, *, names_gates: bool = True, names_past: bool = True) -> Group | None:
    """Return the decisions with their days; None without any.

    Those at gates are named only where nothing else names them. What is past is named unless only what is left is
    asked for; what is overdue always is.
    """
    plan = view.plan
    decisions = [
        each
        for each in decisions_of(plan)
        if (names_gates or each.row.when is not Moment.GATE) and (names_past or each.is_overdue or not each.is_over)
    ]
    if not decisions:
        return None
    blocks: list[Block] = [TableBlock(Text("Decisions by date"), decision_table(plan, decisions))]
    if any(decision.row.when is Moment.LAW for decision in decisions):
        note = Text("What the law asks for is here because it probably applies: have a lawyer check it.")
        blocks.append(Sentence(note, Role.NOTE))
    blocks += notes((funding_note(view),))
    return Group("decisions", Text("Decisions"), tuple(blocks))
