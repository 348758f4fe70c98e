"""Files of other kinds: what they are, as far as their beginning tells, so that their refusal is one plain sentence."""

from __future__ import annotations

import re

from zt_planner.errors import FileProblem, Place, msgid, shortened

LOOKED_AT = 1000
PICTURE = msgid("it is a picture")
BEGINNINGS = {
    b"\x89png": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"gif8": PICTURE,
    b"<svg": PICTURE,
    b"ii*\0": PICTURE,
    b"mm\0*": PICTURE,
    b"riff": msgid("it is a picture, a sound or a film"),
    b"%pdf": msgid("it is a PDF, which cannot be imported"),
    b"\xd0\xcf\x11\xe0": msgid("it is a file of an older Excel or Project"),
    b"\x1f\x8b": msgid("its compression is not supported"),
    b"begin:vcalendar": msgid("it is a calendar, which cannot be imported"),
    b"<!doctype html": msgid("it is a page, which cannot be imported"),
    b"<html": msgid("it is a page, which cannot be imported"),
}
"""How files begin that are none of ours, in small letters, and what they are."""
OURS = (b"PK", b"\xff\xfe", b"\xfe\xff")
"""How files of ours begin that are no text in bytes: archives, and XML in UTF-16."""
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def refuse_other_kinds(content: bytes, file: str, remedy: str) -> None:
    """Raise FileProblem for a file that is neither an archive nor a text, or a text of a kind that is not read."""
    start = content[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    problem = next((what for beginning, what in BEGINNINGS.items() if start.lower().startswith(beginning)), None)
    if problem is None and not start.startswith(OURS) and BINARY.search(start):
        problem = msgid("it is a file of another program, which cannot be imported")
    if problem is not None:
        raise FileProblem(Place(shortened(file)), problem, remedy)


def refuse_all_but(beginnings: tuple[bytes, ...], content: bytes, file: str, problem: str, remedy: str) -> None:
    """Raise FileProblem for a file of another kind, and for one that does not begin as it would; an empty one may."""
    refuse_other_kinds(content, file, remedy)
    start = content[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start and not start.startswith(beginnings):
        raise FileProblem(Place(shortened(file)), problem, remedy)
