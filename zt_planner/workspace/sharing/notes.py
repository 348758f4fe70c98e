"""Notes that several people write at once: a three-way merge, line by line.

See ADR 0027. Laws: what only one side changed is as that side left it; no line that either side wrote is lost; where
both changed the same lines, theirs come first and mine follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import NamedTuple

NoteLines = list[str]


class Piece(NamedTuple):
    """Lines of the base, half-open, and one side's replacement."""

    start: int
    end: int
    lines: NoteLines


def merged_notes(base: str, mine: str, theirs: str) -> str:
    """Return a text with the changes of both sides since a base."""
    if theirs in {base, mine}:
        return mine
    old = base.split("\n")
    ours, others = _pieces(old, mine), _pieces(old, theirs)
    merged: NoteLines = []
    at = 0
    while ours or others:
        start, end = _next_span(ours, others)
        first, second = (_side(old, start, end, _taken(pieces, end)) for pieces in (others, ours))
        merged += [*old[at:start], *_put_together(old[start:end], first, second)]
        at = end
    return "\n".join([*merged, *old[at:]])


def edited_base(mine: str, latest: str, changes: Sequence[tuple[str, str]]) -> str:
    """Return the text that somebody has edited: the latest without the changes that they cannot have seen.

    `changes` are those of others, before and after, the latest first. A change of which the edited text has no line,
    nor a similar one, came later. If the writer restored exactly the old text, the change is reverted.
    """
    if any(mine == before for before, _ in changes):
        return latest
    base = latest
    for before, after in changes:
        if not _has_seen(mine, before, after):
            base = merged_notes(after, before, base)
    return base


def has_all_lines(text: str, other: str) -> bool:
    """Tell whether a text has every line of another one."""
    return _written(other) <= _written(text)


def _written(text: str) -> set[str]:
    """Return the lines that are not blank."""
    return {line for line in text.split("\n") if line.strip()}


def _has_seen(mine: str, before: str, after: str) -> bool:
    """Tell whether the writer of a text has seen a change; one that only removed lines counts as seen."""
    added, lines = _written(after) - _written(before), sorted(_written(mine))
    return not added or any(get_close_matches(line, lines, 1) for line in added)


def _pieces(old: NoteLines, text: str) -> list[Piece]:
    """Return the changes of a side, in order."""
    new = text.split("\n")
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Piece(start, end, new[first:last]) for kind, start, end, first, last in codes if kind != "equal"]


def _next_span(ours: Sequence[Piece], others: Sequence[Piece]) -> tuple[int, int]:
    """Return the lines of the base that the next pieces change, with all pieces that touch them."""
    waiting = sorted([*ours, *others], key=lambda piece: piece[:2])
    start, end = waiting[0].start, waiting[0].end
    for piece in waiting:
        if piece.start <= end:
            end = max(end, piece.end)
    return start, end


def _taken(pieces: list[Piece], end: int) -> list[Piece]:
    """Remove and return the pieces that begin within a span."""
    taken = [piece for piece in pieces if piece.start <= end]
    del pieces[: len(taken)]
    return taken


def _side(old: NoteLines, start: int, end: int, pieces: Sequence[Piece]) -> NoteLines:
    """Return one side's replacement of a span."""
    lines: NoteLines = []
    for piece in pieces:
        lines += [*old[start : piece.start], *piece.lines]
        start = piece.end
    return [*lines, *old[start:end]]


def _put_together(old: NoteLines, theirs: NoteLines, mine: NoteLines) -> NoteLines:
    """Return a span with the changes of both sides."""
    if mine in (old, theirs):
        return theirs
    if theirs == old:
        return mine
    gone = {line for line in old if line not in theirs or line not in mine}
    kept = [line for line in theirs if line not in gone or line not in old]
    return [*kept, *(line for line in mine if line not in kept and line not in gone)]
