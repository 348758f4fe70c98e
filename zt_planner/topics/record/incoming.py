"""Preview of an import: one row per changed field, the effect, and what is left out.

Law: every field that would change is in the table, and everything that is left out
has its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.incoming import FileKind
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.declared import UNSHOWN
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import Place, msgid
from zt_planner.gaps import shortened
from zt_planner.language import Labelled, Listed, Money, Plural, Text, Words, sentences, series
from zt_planner.topics.effects import postponed_text
from zt_planner.topics.error_texts import place_text, problem_text
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import own_statement
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import spelled_out, task_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.incoming import ImportNotice, Incoming
    from zt_planner.domain.session import FieldChange
    from zt_planner.engine.case import Case
    from zt_planner.engine.plan import AnyPlan

KINDS = {
    FileKind.SCENARIO: msgid("A scenario."),
    FileKind.BUNDLE: msgid("A plan with its prices and tasks."),
    FileKind.WORKBOOK: msgid("A workbook exported from a plan."),
    FileKind.TABLES: msgid("Tables of a plan."),
    FileKind.PROJECT: msgid("A project file."),
    FileKind.BOOKINGS: msgid("What was invoiced."),
    FileKind.CATALOGUE: msgid("A catalogue."),
}


def kind_text(incoming: Incoming) -> Words:
    """Say what kind of file it is, and of bookings how many rows were read and how many were not."""
    kind = Text(KINDS[incoming.source])
    if not incoming.rows + incoming.rows_left_out:
        return kind
    read = Plural("{n} row read", "{n} rows read", incoming.rows)
    left_out = Plural("{n} skipped", "{n} skipped", incoming.rows_left_out)
    takes = Text("What the file has for a month replaces what was booked in that month.")
    columns = Listed([shortened(title) for title in incoming.columns_left_out])
    ignored = [Text("Not read: {columns}.", columns=columns)] if columns else []
    rows = Listed((Listed((read, left_out), ", "), "."), "")
    return sentences(kind, rows, *ignored, takes)


def changes_table(changes: Sequence[FieldChange], after: Case) -> Table:
    """Return what every field is and would be; `after` is the case with the changes."""
    book, names = after.book, task_names(after.model)
    rows = [
        (
            field_label(change.path, book, names),
            field_value(change.path, change.before, book, names),
            field_value(change.path, change.after, book, names),
        )
        for whole in changes
        if whole.path not in UNSHOWN
        for change in spelled_out(whole)
    ]
    return Table((Text("What"), Text("Before"), Text("Afterwards")), tuple(rows))


def import_effect_text(before: AnyPlan, after: AnyPlan) -> Words:
    """Say what the changes do to the budget and to the finish that are planned."""
    if isinstance(after, StoppedPlan):
        return Text("With these changes the plan has no schedule.")
    budget, finish = after.headlines.introduction_budget, after.headlines.finish_date
    if isinstance(before, StoppedPlan):
        text = Text("{budget} and done by {finish}", budget=Money(budget), finish=finish)
        return own_statement(Listed((text, "."), ""), after)
    budget_before, finish_before = before.headlines.introduction_budget, before.headlines.finish_date
    money = (
        Text("budget from {before} to {after}", before=Money(budget_before), after=Money(budget))
        if rounded(budget_before, 0) != rounded(budget, 0)
        else Text("budget unchanged, {amount}", amount=Money(budget))
    )
    day = (
        Text("finish from {before} to {after}", before=finish_before, after=finish)
        if finish_before != finish
        else Text("finish unchanged, {day}", day=finish)
    )
    parts: tuple[Words, ...] = (money, day, postponed_text(after.headlines, before.headlines))
    return own_statement(Listed((series(filter(None, parts)), "."), ""), after)


def notice_lines(notices: Sequence[ImportNotice]) -> tuple[Words, ...]:
    """Say what cannot be taken over, where it stands, and what to do instead."""
    return tuple(
        Labelled(where(notice), problem_text(notice.problem, notice.remedy, notice.values)) for notice in notices
    )


def where(notice: ImportNotice) -> Words:
    """Say where something stands in a file."""
    return place_text(notice.place) if isinstance(notice.place, Place) else notice.place
