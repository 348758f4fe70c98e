"""Files of other kinds: what they are, as far as their beginning tells, so that their refusal is one plain sentence."""

from __future__ import annotations

import re

from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.json_text import json_from
from zt_planner.gaps import shortened

LOOKED_AT = 1000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ARCHIVE = b"PK"
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
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How texts in another encoding begin."""
UTF_16_XML = (b"\xff\xfe<", b"\xfe\xff\0<")
"""How XML in that encoding begins; tables in it are refused where they are read."""
OURS = (ARCHIVE, *UTF_16)
"""How files of ours begin that are no text in bytes."""
SESSION_KEYS = frozenset({"participants", "events"})
"""By which a session's file is told from others."""
OTHER_JSON = {
    frozenset({"versions", "first_year_budget"}): msgid("it is the summary of a plan, which holds results only"),
    SESSION_KEYS: msgid("it is the record of a session, which cannot be imported"),
}
"""What other files of ours hold, by fields that they all have."""
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def beginning_of(content: bytes) -> bytes:
    """Return how a file begins, without a mark and blanks before that."""
    return content[:LOOKED_AT].removeprefix(BYTE_ORDER_MARK).lstrip()


def refuse_other_kinds(content: bytes, file: str, remedy: str) -> None:
    """Raise FileProblem for a file that is neither an archive nor a text, or a text of a kind that is not read."""
    start = beginning_of(content)
    problem = next((what for beginning, what in BEGINNINGS.items() if start.lower().startswith(beginning)), None)
    if problem is None and not start.startswith(OURS) and BINARY.search(start):
        problem = msgid("it is a file of another program, which cannot be imported")
    if problem is not None:
        raise FileProblem(Place(shortened(file)), problem, remedy)


def beginning_of_ours(content: bytes, file: str, remedy: str) -> bytes:
    """Return how a file begins; raise FileProblem where it is empty or of another kind."""
    refuse_other_kinds(content, file, remedy)
    start = beginning_of(content)
    if not start:
        raise FileProblem(Place(shortened(file)), msgid("the file is empty"), remedy)
    return start


def refuse_other_json(content: bytes, file: str) -> None:
    """Refuse a summary or a session's record as such, before its fields are listed one by one."""
    data = json_from(content, file)
    for keys, problem in OTHER_JSON.items():
        if isinstance(data, dict) and keys <= data.keys():
            raise FileProblem(Place(file), problem, msgid("Choose scenario.json, or save the scenario again"))
