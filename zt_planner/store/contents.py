"""Compact storage of revisions: a full copy now and then, otherwise the difference from the one before (ADR 0042).

A difference has three parts: how much of the beginning and of the end stays, and
what replaces the middle. Laws: what is read is what was appended, exactly, or
DamagedError; no more than `WHOLE_EVERY` rows are read for it; nothing that was kept
is written again.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from zt_planner.domain.session import SessionId
from zt_planner.store.changes import Revision, digest_of
from zt_planner.store.tables import revisions

WHOLE_EVERY = 50


class DamagedError(Exception):
    """A revision cannot be put together: rows are missing, or are not as they were written."""


class Kept(NamedTuple):
    """A revision's content as its row holds it: whole where `whole` is its own number."""

    whole: int
    content: str
    digest: str


def kept_whole(number: int, content: str) -> Kept:
    """Return a revision that is kept whole."""
    return Kept(number, content, digest_of(content))


def kept_after(before: str, whole: int, number: int, content: str) -> Kept:
    """Return a revision as its difference from the one before, whose last whole one is `whole`; whole if not longer."""
    difference = difference_of(before, content)
    if number - whole >= WHOLE_EVERY or len(difference) >= len(content):
        return kept_whole(number, content)
    return Kept(whole, difference, digest_of(content))


def difference_of(before: str, after: str) -> str:
    """Return the difference between two texts, as JSON."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return json.dumps([start, end, after[start : len(after) - end]], ensure_ascii=False, separators=(",", ":"))


def _shared(one: str, other: str) -> int:
    """Return the length of the common beginning of two texts."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def content_of(before: str | None, number: int, whole: int, content: str) -> str:
    """Return the content of a row, given that of the row before; raise DamagedError if they do not fit."""
    if whole == number:
        return content
    try:
        start, end, middle = json.loads(content)
        if before is None or not 0 <= start <= len(before) - end <= len(before):
            raise DamagedError
        return f"{before[:start]}{middle}{before[len(before) - end :]}"
    except (ValueError, TypeError):
        raise DamagedError from None


def checked(content: str, digest: str) -> str:
    """Return the content; raise DamagedError if its digest is another one."""
    if digest_of(content) != digest:
        raise DamagedError
    return content


def revision_in(connection: Connection, session: SessionId, number: int | None = None) -> Revision | None:
    """Return a revision, the latest unless another is named, None when there is none; raise DamagedError."""
    its = revisions.c.session == session
    its_number = revisions.c.number == number
    if number is None:
        its_number = revisions.c.number == select(func.max(revisions.c.number)).where(its).scalar_subquery()
    last = select(revisions.c.number, revisions.c.whole).where(its, its_number).subquery()
    query = select(revisions.c.number, revisions.c.whole, revisions.c.content, revisions.c.digest).join(
        last, revisions.c.number.between(last.c.whole, last.c.number)
    )
    latest, digest, content = 0, "", None
    for row in connection.execute(query.where(its).order_by(revisions.c.number)).all():
        content, digest = content_of(content, row.number, row.whole, row.content), row.digest
        latest = row.number
    return None if content is None else Revision(latest, checked(content, digest))
