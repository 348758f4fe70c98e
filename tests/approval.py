"""Approved texts: what a document says in a language, in a file that a person reads when it changes.

`make approve` writes the files. Their figures come from `tests/known_data` and a fixed day, so that only what is worded
or computed in another way changes them, never a price.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from difflib import unified_diff
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_planner import __version__
from zt_planner.media.web.parts import Chart
from zt_planner.topics.picture.whole import Picture
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FOLDER = Path(__file__).parent / "approved"
KNOWN_DATA = Path(__file__).parent / "known_data"
VERSION = re.compile(r"\b[0-9a-f]{12}\b")
"""What a scenario and data are told apart by: it changes without a word being changed."""
MOST_ROWS = 4
WIDTH = 150
"""Texts that belong together share a line of so many characters at most."""


class Approval:
    """Compares texts with the approved ones, or approves them."""

    def __init__(self, *, approves: bool) -> None:
        """Write the files instead of comparing with them, if asked to."""
        self.approves = approves

    def check(self, document: str, language: str, lines: Iterable[str]) -> None:
        """Compare what a document says in a language, line by line."""
        text = "\n".join(line.rstrip() for line in lines).replace("\N{NO-BREAK SPACE}", " ").strip("\n") + "\n"
        text = VERSION.sub("<version>", text).replace(f"ZT Planner {__version__}", "ZT Planner <release>")
        file = FOLDER / f"{document}.{language}.txt"
        if self.approves:
            file.write_text(text, "utf-8")
        before = file.read_text("utf-8") if file.exists() else ""
        changes = unified_diff(before.splitlines(), text.splitlines(), "approved", "now", lineterm="")
        assert before == text, "\n".join((f"{file.name}: run `make approve` if this is better", *changes))


def lines_of(content: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a document is made of
    """Yield what a document of dataclasses says, in the order of their fields.

    Of a long table the first rows, of what is drawn its description.
    """
    if isinstance(content, str):
        yield from filter(None, content.splitlines())
    elif isinstance(content, Picture | Chart):
        yield content.alt
    elif isinstance(content, Table):
        yield from row_lines([*map(str, content.columns)], [[*map(str, row)] for row in content.rows])
    elif is_dataclass(content):
        yield from part_lines([getattr(content, field.name) for field in fields(content)])
    elif isinstance(content, list | tuple):
        yield from part_lines(content)


def part_lines(parts: Sequence[Any]) -> Iterator[str]:
    """Yield what the parts of something say, on one line where they are texts that fit."""
    line = " | ".join(part for part in parts if isinstance(part, str) and part)
    if len(line) <= WIDTH and all(isinstance(part, str | bool | None) for part in parts):
        yield from filter(None, [line])
    else:
        yield from chain.from_iterable(map(lines_of, parts))


def row_lines(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the header of a table and its first rows, and how many more there are."""
    yield from (" | ".join(row) for row in (columns, *rows[:MOST_ROWS]))
    if len(rows) > MOST_ROWS:
        yield f"... {len(rows) - MOST_ROWS} more rows"
