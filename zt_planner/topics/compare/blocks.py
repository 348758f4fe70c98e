"""A plan and its alternatives side by side, as a board reads them.

Laws: amounts and differences are those of the comparison; of many inputs and findings the rest is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zt_planner.engine.compare.comparison import Comparison, Variant
from zt_planner.engine.plan import Plan
from zt_planner.language import Language, Listed, Text, Words, Writable, sentences, series
from zt_planner.topics.block import Group, Role, Sentence, TableBlock, notes
from zt_planner.topics.compare.sentences import bridge_lines, finding_lines, ground_notes, input_lines, own_days_words
from zt_planner.topics.compare.side_by_side import (
    WITH_OWN_DAYS,
    ComparedFigure,
    compared_figures,
    figure_name,
    promise_cells,
    value_text,
)
from zt_planner.topics.inputs.fields import cut
from zt_planner.topics.labels import own_basis, own_line
from zt_planner.topics.table import Table
from zt_planner.topics.view import View

ON_PAPER = (
    *("introduction_budget", "run_rate_monthly", "operation_days_monthly", WITH_OWN_DAYS.name, "horizon_total"),
    *("peak_amount", "mfa_date", "finish_date", "internal_days", "external_days", "nis2"),
)
"""What a board compares, in this order."""
MOST_INPUTS, MOST_FINDINGS, LONGEST = 6, 4, 110


def alternatives_group(view: View) -> Group | None:
    """Return the plans side by side; below a line break in a cell stands the difference. None without others."""
    comparison = view.comparison
    if comparison is None:
        return None
    figures = {row.figure.name: row for row in compared_figures(comparison)}
    plans = (Listed((variant.letter, cut(variant.name, LONGEST)), "\n") for variant in comparison.variants)
    rows = tuple(_row(figures[name], comparison) for name in ON_PAPER if name in figures)
    promised = _promised_rows(view, comparison)
    table = Table((Text("Figure"), *plans), (*promised, *rows), numbers=tuple(range(1, len(comparison.variants) + 1)))
    ground = sentences(
        Text("Differences are from {first}.", first=comparison.first.letter),
        _own_note(view, len(promised)),
        *ground_notes(comparison),
    )
    others = (_alternative(variant, comparison) for variant in comparison.others)
    heading = Text("Alternatives")
    return Group("alternatives", heading, (TableBlock(heading, table), Sentence(ground, Role.NOTE), *others))


def _own_note(view: View, promised: int) -> Words:
    """Say that all lines but those of what is promised are the plans' own; nothing where none is promised."""
    basis = own_basis(view.plan)
    if promised == 1:
        return Text("What is promised stands in the first line; all others are the plans’ own ({basis}).", basis=basis)
    text = Text("What is promised stands in the first two lines; all others are the plans’ own ({basis}).", basis=basis)
    return text if promised else ""


def _promised_rows(view: View, comparison: Comparison) -> tuple[tuple[Words, ...], ...]:
    """Return the budget and the finish that the plans promise, each only where it is not the plan's own figure."""
    reasons = view.promise.why_planned_budget, view.promise.why_planned_finish
    if all(reasons):
        return ()
    others = [view.beside(each.plan) if isinstance(each.plan, Plan) else None for each in comparison.others]
    cells = [("", "") if other is None else promise_cells(other, view) for other in others]
    columns = zip(promise_cells(view, view), *cells, strict=True)
    titles = Text("Promised budget"), Text("Promised finish")
    rows = zip(reasons, titles, columns, strict=True)
    return tuple((title, *row) for why, title, row in rows if why is None)


def _row(row: ComparedFigure, comparison: Comparison) -> tuple[Words, ...]:
    cells = (Listed((value_text(row, index), change), "\n") for index, change in enumerate(("", *row.changes)))
    return (figure_name(row.figure, comparison), *cells)


def _alternative(other: Variant, comparison: Comparison) -> Group:
    """Return why a plan costs what it does, its inputs, and how its findings differ."""
    first = comparison.first
    said = (line for bridge in other.bridges for line in bridge_lines(bridge, first, other))
    details = (
        own_days_words(first, other),
        listed(input_lines(first, other), MOST_INPUTS),
        listed(dict.fromkeys(finding_lines(first, other, is_brief=True)), MOST_FINDINGS),
    )
    blocks: Iterator[Sentence] = notes(details, Role.TEXT)
    why = next(said, None)
    lead = Sentence(Text("No input differs.") if why is None else own_line(why, first.plan), Role.LEAD)
    return Group(f"variant_{other.letter}", f"{other.letter}  {cut(other.name, LONGEST)}", (lead, *blocks))


@dataclass(frozen=True, slots=True)
class Cut(Writable):
    """A line that is cut where it is longer than a board reads."""

    words: Words

    def written(self, language: Language) -> str:
        """Write its beginning."""
        return cut(language.write(self.words), LONGEST)


def listed(lines: Iterable[Words], most: int) -> Words:
    """List lines, of many the first, and how many more there are."""
    shown = tuple(map(Cut, lines))
    text, left = series(shown[:most]), len(shown) - most
    return Text("{changes} and {n} more", changes=text, n=left) if left > 0 else text
