"""The sheet of the paper for the board that shows the plan's alternatives.

Decides how much of a comparison a board reads. Laws: amounts and differences are those of the comparison; it fits on
one sheet, so of many inputs and findings the rest is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.language import Text, Words
from zt_planner.topics.compare.sentences import bridge_lines, finding_lines, ground_notes, input_lines
from zt_planner.topics.compare.side_by_side import compared_figures, difference_text, figure_name, value_text
from zt_planner.topics.inputs.fields import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.language import Language
    from zt_planner.topics.compare.side_by_side import ComparedFigure
    from zt_planner.topics.view import View

ON_PAPER = (
    *("introduction_budget", "run_rate_monthly", "horizon_total", "peak_amount", "mfa_date", "finish_date"),
    *("internal_days", "external_days", "operation_days_monthly", "nis2"),
)
"""What a board compares, in this order."""
MOST_INPUTS, MOST_FINDINGS, LONGEST = 6, 4, 110


@dataclass(frozen=True, slots=True)
class AlternativeCell:
    """A figure of a plan, and how it differs from that of the first."""

    value: Words
    change: Words


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """A figure of every plan."""

    name: Words
    cells: tuple[AlternativeCell, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What is said of a plan beside the first: why it costs what it does, its inputs, how its findings differ."""

    name: str
    sentence: Words
    inputs: str
    findings: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The plans side by side; `plans` are letters with names, `pointer` leads to them from the first sheet."""

    heading: str
    pointer: str
    figure_heading: str
    plans: tuple[tuple[str, str], ...]
    rows: tuple[AlternativeRow, ...]
    others: tuple[Alternative, ...]
    notes: tuple[Words, ...]


def alternatives_of(view: View) -> Alternatives | None:
    """Return the plans side by side; None where there are no others."""
    comparison, language = view.comparison, view.language
    if comparison is None:
        return None
    figures = {row.figure.name: row for row in compared_figures(comparison)}
    return Alternatives(
        heading=language.say("Alternatives"),
        pointer=language.plural(
            "{n} plan is compared with this one on the last sheet.",
            "{n} plans are compared with this one on the last sheet.",
            len(comparison.others),
        ),
        figure_heading=language.say("Figure"),
        plans=tuple((each.letter, cut(each.name, LONGEST)) for each in comparison.variants),
        rows=tuple(_row(figures[name], comparison) for name in ON_PAPER if name in figures),
        others=tuple(_alternative(each, comparison, language) for each in comparison.others),
        notes=tuple(_notes(comparison)),
    )


def _row(row: ComparedFigure, comparison: Comparison) -> AlternativeRow:
    changes = ("", *(difference_text(change, row.figure) for change in row.differences))
    cells = (AlternativeCell(value_text(row, index), change) for index, change in enumerate(changes))
    return AlternativeRow(figure_name(row.figure, comparison), tuple(cells))


def _alternative(other: Variant, comparison: Comparison, language: Language) -> Alternative:
    first = comparison.first
    findings = finding_lines(first, other, is_brief=True)
    said = (line for bridge in other.bridges for line in bridge_lines(bridge, first, other))
    return Alternative(
        name=f"{other.letter}  {cut(other.name, LONGEST)}",
        sentence=next(said, Text("No input differs.")),
        inputs=listed(input_lines(first, other), MOST_INPUTS, language),
        findings=listed(dict.fromkeys(findings), MOST_FINDINGS, language),
    )


def listed(lines: Iterable[Words], most: int, language: Language) -> str:
    """List lines, of many the first, and how many more there are."""
    found = [cut(language.write(line), LONGEST) for line in lines]
    text, left = language.series(found[:most]), len(found) - most
    return language.say("{changes} and {n} more", changes=text, n=language.number(left)) if left > 0 else text


def _notes(comparison: Comparison) -> Iterator[Words]:
    """Yield on what ground the plans are compared; what every figure is, the stamp says."""
    yield Text("Differences are from {first}.", first=comparison.first.letter)
    yield from ground_notes(comparison)
