"""A company's own Word template, checked before a library opens it.

Decides which templates are taken: a .dotx or .docx as large as a letterhead is, without macros, without parts that lie
elsewhere. Law: nothing of it is executed or fetched; a template that is refused says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

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
XML_ENDINGS = (".xml", ".rels")
LARGEST_XML_BYTES = 10_000_000
"""Of all parts that a library parses."""
EXTERNAL, HYPERLINK = "External", "/hyperlink"
"""How a part that lies elsewhere is marked, and the end of the kind of a link that a reader presses."""
SAVE_AGAIN = msgid("Save it in Word as .dotx or .docx")


def word_template(content: bytes, file: str) -> bytes:
    """Return a template as a document that a library opens; raise FileProblem if it is refused."""
    place = Place(shortened(file))
    parts = archive_parts(content, file, limits=LIMITS)
    types = parts.get(TYPES, b"")
    if DOCUMENT not in parts or not (AS_TEMPLATE in types or AS_DOCUMENT in types or any(m in types for m in MACROS)):
        raise FileProblem(place, msgid("it is not a Word template"), SAVE_AGAIN)
    if any(mark in types for mark in MACROS) or any("vbaProject" in name for name in parts):
        raise FileProblem(place, msgid("it has macros"), msgid("Save it in Word as .dotx, without macros"))
    if any(map(_lies_elsewhere, _parsed(parts, place))):
        problem, remedy = msgid("it refers to files elsewhere"), msgid("Embed its pictures, remove attached templates")
        raise FileProblem(place, problem, remedy)
    return zipped({**parts, TYPES: types.replace(AS_TEMPLATE, AS_DOCUMENT)}, EPOCH)


def _parsed(parts: Mapping[str, bytes], place: Place) -> list[Element]:
    """Parse every part that a library will; return the lists of what parts refer to."""
    texts = {name: part for name, part in parts.items() if name.endswith(XML_ENDINGS)}
    if sum(map(len, texts.values())) > LARGEST_XML_BYTES:
        raise FileProblem(
            place, msgid("it holds too much text for a template"), msgid("Remove its text and save it again")
        )
    try:
        roots = {name: fromstring(text, forbid_dtd=True) for name, text in texts.items()}
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:  # and an unknown encoding
        raise FileProblem(place, msgid("it is damaged, or no Word template"), SAVE_AGAIN) from error
    return [root for name, root in roots.items() if name.endswith(".rels")]


def _lies_elsewhere(relations: Element) -> bool:
    """Tell whether one of the parts that are referred to lies elsewhere."""
    return any(
        each.get("TargetMode") == EXTERNAL and not each.get("Type", "").endswith(HYPERLINK) for each in relations.iter()
    )
