"""Approved texts: what a document says in a language, in a file that a person reads when it changes.

`make approve` writes the files. Their figures come from `tests/known_data` and a fixed day, so that only what is worded
or computed in another way changes them, never a price.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from difflib import unified_diff
from itertools import chain
from pathlib import Path
from typing import Any

from tests.words import plain
from zt_planner import __version__
from zt_planner.language import Words
from zt_planner.media.board import Sheet
from zt_planner.media.web.page import Chart
from zt_planner.topics.block import Block, Group, PictureBlock, Sentence, TableBlock
from zt_planner.topics.picture.whole import Picture
from zt_planner.topics.table import Table

FOLDER = Path(__file__).parent / "approved"
KNOWN_DATA = Path(__file__).parent / "known_data"
VERSION = re.compile(r"\b[0-9a-f]{12}\b")
"""What a scenario and data are told apart by: it changes without a word being changed."""
MOST_ROWS = 4
UNSAID: Mapping[type, Collection[str]] = {
    Sheet: {"name"},
    TableBlock: {"name", "has_sum", "bands"},
    Sentence: {"role", "asks"},
    PictureBlock: {"name", "form", "draw"},
}
"""Fields that no reader reads."""
WIDTH = 150
"""Texts that belong together share a line of so many characters at most."""


class Approval:
    """Compares texts with the approved ones, or approves them."""

    def __init__(self, *, approves: bool) -> None:
        """Write the files instead of comparing with them, if asked to."""
        self.approves = approves

    def check(self, document: str, language: str, lines: Iterable[str]) -> None:
        """Compare what a document says in a language, line by line."""
        text = as_kept("\n".join(line.rstrip() for line in lines)).strip("\n") + "\n"
        file = FOLDER / f"{document}.{language}.txt"
        if self.approves:
            file.write_text(text, "utf-8")
        before = file.read_text("utf-8") if file.exists() else ""
        changes = unified_diff(before.splitlines(), text.splitlines(), "approved", "now", lineterm="")
        assert before == text, "\n".join((f"{file.name}: run `make approve` if this is better", *changes))


class Says:
    """What a test has said: sentences that are compared with those that were approved below its name.

    The sentences of all tests of a folder stand in one file.
    """

    def __init__(self, approval: Approval, file: Path, heading: str) -> None:
        """Compare with the sentences below a heading of a file."""
        self.approval, self.file, self.heading = approval, file, heading
        self.lines: list[str] = []
        self.sections = sections_of(file)

    def __call__(self, *texts: object) -> None:
        """Compare what is said next."""
        for line in map(as_kept, said_lines(texts)):
            self.lines.append(line)
            approved = self.sections.get(self.heading, [])[len(self.lines) - 1 : len(self.lines)]
            assert self.approval.approves or approved == [line], "run `make approve` if this is better"

    def finish(self) -> None:
        """Approve what was said, or compare with how much was approved."""
        if self.approval.approves and self.lines:
            sections = sections_of(self.file) | {self.heading: self.lines}
            parts = ("\n".join((f"# {heading}", *lines, "")) for heading, lines in sorted(sections.items()))
            self.file.parent.mkdir(exist_ok=True)
            self.file.write_text("\n".join(parts), "utf-8")
        assert self.approval.approves or self.lines == self.sections.get(self.heading, [])


def as_kept(text: str) -> str:
    """Return a text with plain spaces, and without what changes though not a word does."""
    text = plain(text)
    return VERSION.sub("<version>", text).replace(f"ZT Planner {__version__}", "ZT Planner <release>")


def sections_of(file: Path) -> dict[str, list[str]]:
    """Return the lines of a file by the headings above them."""
    parts = file.read_text("utf-8").removeprefix("# ").split("\n\n# ") if file.exists() else []
    return {part.partition("\n")[0]: part.strip("\n").split("\n")[1:] for part in parts}


def said_lines(said: object) -> Iterator[str]:
    """Yield a line for each text; the parts of a tuple within a list share one."""
    if isinstance(said, list | tuple):
        for each in said:
            yield from (" | ".join(map(str, each)),) if isinstance(each, tuple) else said_lines(each)
    elif isinstance(said, dict):
        yield from (f"{key}: {value}" for key, value in said.items())
    else:
        yield from str(said).splitlines() or ["(nothing)"]


def lines_of(content: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a document is made of
    """Yield what a document of dataclasses says, in the order of their fields.

    Of a long table the first rows, of what is drawn its description.
    """
    if isinstance(content, str):
        yield from filter(None, content.splitlines())
    elif isinstance(content, Picture | Chart):
        yield str(content.alt)
    elif isinstance(content, Group):
        yield from part_lines([content.heading, *(titled_once(block, content.heading) for block in content.blocks)])
    elif isinstance(content, Table):
        yield from row_lines([*map(str, content.columns)], [[*map(str, row)] for row in content.rows])
    elif is_dataclass(content):
        unsaid = UNSAID.get(type(content), ())
        yield from part_lines([getattr(content, field.name) for field in fields(content) if field.name not in unsaid])
    elif isinstance(content, list | tuple):
        yield from part_lines(content)


def titled_once(block: Block, heading: Words) -> Block:
    """Return a block without its title where that is the heading above it."""
    return replace(block, title="") if isinstance(block, TableBlock) and block.title == heading else block


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
