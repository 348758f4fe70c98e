"""A company's own Word template, checked before a library opens it.

Decides which templates are taken: a .dotx or .docx as large as a letterhead is, without macros, without parts that lie
elsewhere. Law: nothing of it is executed or fetched; a template that is refused says why.
"""

from __future__ import annotations

import re
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
OBJECTS = ("word/activex", "word/embeddings")
OBJECT_ELEMENTS = frozenset({"OLEObject", "object", "control"})
OBJECT_RELATIONS = ("/oleObject", "/package", "/control")
LOADING = re.compile(r"\b(?:DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|LINK)\b", re.IGNORECASE)
"""Fields that run a program or load a file."""
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
    roots = _parsed(parts, place)
    if any(name.lower().startswith(OBJECTS) for name in parts) or any(map(_loads_something, roots.values())):
        problem, remedy = msgid("it has fields or objects that load something"), msgid("Remove them and save it again")
        raise FileProblem(place, problem, remedy)
    if any(map(_lies_elsewhere, roots.values())):
        problem, remedy = msgid("it refers to files elsewhere"), msgid("Embed its pictures, remove attached templates")
        raise FileProblem(place, problem, remedy)
    document = zipped({**parts, TYPES: types.replace(AS_TEMPLATE, AS_DOCUMENT)}, EPOCH)
    _try(document, place)
    return document


OF_PYTHON_DOCX = (AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What it raises where it misses something."""


def _try(document: bytes, place: Place) -> None:
    """Use a template once; raise FileProblem for one that cannot be used."""
    from docx.exceptions import PythonDocxError  # noqa: PLC0415 - paid only where a template is given
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 - the same
    from docx.oxml.exceptions import XmlchemyError  # noqa: PLC0415 - the same
    from lxml.etree import LxmlError  # noqa: PLC0415 - the same

    from zt_planner.media.docx.document import try_template  # noqa: PLC0415 - the same

    try:
        try_template(document)
    except (*OF_PYTHON_DOCX, LxmlError, OpcError, PythonDocxError, XmlchemyError) as error:
        raise FileProblem(place, msgid("it is damaged, or no Word template"), SAVE_AGAIN) from error


def _parsed(parts: Mapping[str, bytes], place: Place) -> dict[str, Element]:
    """Parse every part that a library will; return them by their names."""
    texts = {name: part for name, part in parts.items() if name.endswith(XML_ENDINGS)}
    if sum(map(len, texts.values())) > LARGEST_XML_BYTES:
        raise FileProblem(
            place, msgid("it holds too much text for a template"), msgid("Remove its text and save it again")
        )
    try:
        return {name: fromstring(text, forbid_dtd=True) for name, text in texts.items()}
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:  # and an unknown encoding
        raise FileProblem(place, msgid("it is damaged, or no Word template"), SAVE_AGAIN) from error


def _loads_something(root: Element) -> bool:
    """Tell whether a part has an object, refers to one, or has a field that loads something."""
    codes, is_object = [], False
    for each in root.iter():
        name = _name(each)
        is_object = is_object or name in OBJECT_ELEMENTS or each.get("Type", "").endswith(OBJECT_RELATIONS)
        if name == "fldChar":
            codes.append("\n")
        elif name == "instrText":
            codes.append(each.text or "")
        elif name == "fldSimple":
            codes += ("\n", *(value for key, value in each.attrib.items() if key.endswith("}instr")), "\n")
    written = "".join(codes)
    return is_object or any(LOADING.search(text) for text in (written, written.replace("\n", "")))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _lies_elsewhere(relations: Element) -> bool:
    """Tell whether one of the parts that are referred to lies elsewhere."""
    return any(
        each.get("TargetMode") == EXTERNAL and not each.get("Type", "").endswith(HYPERLINK) for each in relations.iter()
    )
