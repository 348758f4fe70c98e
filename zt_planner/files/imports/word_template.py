"""A company's own Word template, checked before a library opens it.

Decides which templates are taken: a .dotx or .docx as large as a letterhead is, without macros, without parts that lie
elsewhere. Law: nothing of it is executed or fetched; a template that is refused says why.
"""

from __future__ import annotations

import re
from datetime import date

from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.imports.archive import ArchiveLimits, archive_parts
from zt_planner.gaps import shortened
from zt_planner.media.archive import zipped

TYPES, DOCUMENT = "[Content_Types].xml", "word/document.xml"
AS_TEMPLATE, AS_DOCUMENT = (
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml".encode()
    for kind in ("template", "document")
)
EPOCH = date(2000, 1, 1)
"""The parts that are repacked are of no day."""
LARGEST_TEMPLATE_BYTES = 10_000_000
LIMITS = ArchiveLimits(LARGEST_TEMPLATE_BYTES, 50_000_000, msgid("Save it without large pictures and choose it again"))
MACROS = (b"vbaProject", b"macroEnabled")
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
ELSEWHERE = re.compile(rb"<(?:\w+:)?Relationship\b(?=[^>]*TargetMode=[\"']External)(?![^>]*/hyperlink[\"'])")
"""A part that lies elsewhere; a link that a reader presses is none."""


def word_template(content: bytes, file: str) -> bytes:
    """Return a template as a document that a library opens; raise FileProblem if it is refused."""
    place = Place(shortened(file))
    parts = archive_parts(content, file, limits=LIMITS)
    types = parts.get(TYPES, b"")
    if DOCUMENT not in parts or not (AS_TEMPLATE in types or AS_DOCUMENT in types or any(m in types for m in MACROS)):
        raise FileProblem(place, msgid("it is not a Word template"), msgid("Save it in Word as .dotx or .docx"))
    if any(mark in types for mark in MACROS) or any("vbaProject" in name for name in parts):
        raise FileProblem(place, msgid("it has macros"), msgid("Save it in Word as .dotx, without macros"))
    if any(mark in part for name, part in parts.items() if name.endswith((".xml", ".rels")) for mark in DECLARATIONS):
        problem = msgid("it declares a document type, which Word templates never do")
        raise FileProblem(place, problem, msgid("Save it in Word as .dotx or .docx"))
    if any(ELSEWHERE.search(part) for name, part in parts.items() if name.endswith(".rels")):
        problem, remedy = msgid("it refers to files elsewhere"), msgid("Embed its pictures, remove attached templates")
        raise FileProblem(place, problem, remedy)
    return zipped({**parts, TYPES: types.replace(AS_TEMPLATE, AS_DOCUMENT)}, EPOCH)
