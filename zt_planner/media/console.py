"""Blocks and traces as lines of plain text, for a terminal.

Of a trace the figure, its rule, and each row with its amount at the right edge.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from zt_planner.domain.units import UnitKind
from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.gaps import shortened
from zt_planner.language import Labelled, Listed, series
from zt_planner.topics.block import Badges, TableBlock, flattened
from zt_planner.topics.explanations.registry import FORMS, answer_of, forms_of, headline_names, related_of, trace_of
from zt_planner.topics.figure_names import PAID
from zt_planner.topics.trace import amounts_of, closing_rows
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from zt_planner.language import Language
    from zt_planner.topics.block import Block
    from zt_planner.topics.table import Table
    from zt_planner.topics.trace import Trace, TraceRow
    from zt_planner.topics.view import AnyView

__all__ = ["View", "answer_lines"]

WIDTH = 100


def answer_lines(name: str | None, view: AnyView) -> Iterator[str]:
    """Yield why a figure is what it is, or the figures that can be asked for; raise ScenarioError for a wrong name."""
    if name is None:
        yield from list_lines(view)
        return
    found = answer_of(name, view)
    if found is None:
        raise ScenarioError((unknown_figure(name, view),))
    yield view.language.write(Labelled(found.title, found.shown))
    yield from (f"  {form}" for form in forms_of(found, view))
    yield from trace_lines(found, related_of(found, view), view.language)


def unknown_figure(name: str, view: AnyView) -> FieldProblem:
    """Return the problem of a wrong name, with examples of its form, or with every name and form."""
    problem, head = msgid("this plan has no figure of that name"), name.partition(":")[0]
    forms = [form for form in FORMS if "…" not in form]
    close = [form for form in forms if form.startswith(f"{head.removeprefix(PAID)}:")]
    if close and ":" in name:
        prefix = PAID if head.startswith(PAID) else ""
        examples = ", ".join(prefix + example for example in close[0].split(", "))
        return FieldProblem(shortened(name), problem, msgid("Write it as in {examples}"), {"examples": examples})
    known = ", ".join((*headline_names(view), *(form.partition(",")[0] for form in forms)))
    return FieldProblem(shortened(name), problem, msgid("Use one of: {candidates}"), {"candidates": known})


def list_lines(view: AnyView) -> Iterator[str]:
    """Yield the headline figures with their values, then how what stands in tables is named."""
    found = [(name, trace_of(name, view)) for name in headline_names(view)]
    for name, trace in found:
        if trace is not None:
            yield f"{name:<32}{view.language.write(Labelled(trace.title, trace.shown))}"
    for form, meaning in FORMS.items():
        yield ""
        yield form
        yield f"  {view.language.say(meaning)}"


def trace_lines(trace: Trace, related: tuple[str, ...], language: Language) -> Iterator[str]:
    """Yield a trace below its figure: the rule, the rows, what they come to, notes, and what to ask for next."""
    yield from _lead_lines(trace, language)
    yield from _wrapped(language.write(trace.rule))
    yield ""
    if trace.unit.kind is not UnitKind.MONEY and any(row.amount is not None for row in trace.rows):
        yield _line("", language.say(trace.unit.title))
    for row, amount in zip(trace.rows, language.written(amounts_of(trace)), strict=True):
        yield from row_lines(row, amount, language)
    closing = list(closing_rows(trace))
    if closing:
        yield "-" * WIDTH
    for text, amount in closing:
        yield _line(language.write(text), language.write(amount))
    if trace.notes:
        yield ""
        for note in trace.notes:
            yield from _wrapped(language.write(note))
    if related:
        yield ""
        yield from textwrap.wrap(language.say("See also: {names}", names=", ".join(related)), WIDTH)


def _lead_lines(trace: Trace, language: Language) -> Iterator[str]:
    for text in trace.lead:
        yield from _wrapped(language.write(text))
    if trace.lead:
        yield ""


def row_lines(row: TraceRow, amount: str, language: Language) -> Iterator[str]:
    """Yield a row: item and amount, below it how much at what price from where."""
    yield _line(language.write(row.item), amount)
    how_much = Listed((row.times, row.unit_price), " × ")
    source = row.source
    where = Listed((source.dated, source.confidence, source.url or ""), ", ")
    details = language.write(series(filter(None, (row.category, how_much, row.how, where))))
    if details:
        yield from textwrap.wrap(details, WIDTH - 16, initial_indent="    ", subsequent_indent="    ")


def _line(text: str, amount: str) -> str:
    return f"{text:<{WIDTH - len(amount) - 1}} {amount}" if amount else text


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")


def block_lines(blocks: Iterable[Block], language: Language, *, has_narrow_tables: bool = False) -> Iterator[str]:
    """Yield blocks in their order: sentences, badges in brackets, tables row by row, each cell with its title.

    Narrow tables have their own title instead, and one line a row.
    """
    for block in flattened(blocks):
        if isinstance(block, TableBlock):
            yield ""
            if has_narrow_tables:
                yield language.write(block.title)
                table = language.written(block.table)
                yield from aligned_lines((table.columns, *table.rows), block.table.numbers)
            else:
                yield from record_lines(block.table, language)
        else:
            form = "[{}]" if isinstance(block, Badges) else "{}"
            yield from (form.format(language.write(text)) for text in block.texts)


def aligned_lines(rows: Sequence[Sequence[str]], numbers: Container[int]) -> Iterator[str]:
    """Yield rows of cells, the header first: the columns of numbers aligned right, all others left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            f"{cell:>{width}}" if index in numbers else f"{cell:<{width}}"
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join(cells)}".rstrip()


def record_lines(table: Table, language: Language) -> Iterator[str]:
    """Yield each row of a wide table as lines: its first cell, and below it every other one with its title."""
    table = language.written(table)
    for name, *cells in table.rows:
        yield str(name)
        yield from (
            f"  {language.write(Labelled(title, cell))}"
            for title, cell in zip(table.columns[1:], cells, strict=True)
            if cell
        )
