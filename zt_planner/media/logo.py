"""A logo as one small PNG, whatever it was: drawn again, so that no script and no reference is left in it.

Laws: nothing is fetched; a picture that is too large to draw is refused before it is unpacked.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zt_planner.domain.scenario.catalogue import LARGEST_LOGO_TEXT, PNG
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.gaps import shortened

LOGOS = ("logo.svg", "logo.png")
LARGEST_BYTES = 500_000
MOST_PIXELS = 4_000_000
"""Of a PNG: what it takes to draw it is four bytes of each."""
MOST_DEPTH = 50
SIDES = slice(16, 24)
"""Where a PNG says how wide and how high it is."""
PPI = (200, 150, 100, 72)
"""The first with which the picture is small enough; with the last any is."""
LARGEST_DRAWN = LARGEST_LOGO_TEXT * 3 // 4
"""In base64 four characters are three bytes."""
DRAWN = (
    "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    '#image("{file}", width: 6cm, height: 1.6cm, fit: "contain")'
)
NAMESPACE = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(
    {
        *("svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop"),
    }
)
"""What is kept of an SVG: shapes and their colours."""
LEFT_OUT = ("title", "desc", "metadata", "script")
"""What draws nothing; whatever is neither this nor a shape is refused, as the logo would be another without it."""
SLOW = ("filter", "clip-path", "mask", "stroke-dasharray")
"""Attributes, or properties in `style`, that can make a small picture take minutes."""
MOST_ELEMENTS, MOST_PATH_CHARACTERS, WIDEST_STROKE = 2000, 100_000, 1000
POINTS = ("d", "points")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PLAIN_NUMBER = re.compile(r"\s*([0-9]{0,6}(?:\.[0-9]{0,9})?)\s*(?:px)?\s*")
SIMPLER = msgid("Save it as plain shapes, or as PNG")


def logo_png(content: bytes, file: str) -> bytes:
    """Return a logo, PNG or SVG by its content, as a PNG of the size of a letterhead; raise FileProblem."""
    place = Place(file)
    if len(content) > LARGEST_BYTES:
        problem = msgid("the file has {bytes} bytes, more than the limit of {most}")
        raise FileProblem(place, problem, SIMPLER, bytes=len(content), most=LARGEST_BYTES)
    is_png = content.startswith(PNG)
    if is_png:
        _check_sides(content, place)
    return _drawn(content if is_png else _cleaned(content, place), "logo.png" if is_png else "logo.svg", place)


def _check_sides(content: bytes, place: Place) -> None:
    width, height = struct.unpack(">II", content[SIDES].ljust(SIDES.stop - SIDES.start, b"\0"))
    if width * height > MOST_PIXELS:
        problem = msgid("the picture has more than {most} pixels")
        raise FileProblem(place, problem, msgid("Make it smaller"), most=MOST_PIXELS)


def _cleaned(content: bytes, place: Place) -> bytes:
    """Return an SVG without what is no shape; raise FileProblem where it is drawn by reference, or is none."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # and an unknown encoding
        raise FileProblem(place, msgid("it is neither a PNG nor an SVG"), SIMPLER) from None
    if root.tag != f"{NAMESPACE}svg":
        raise FileProblem(place, msgid("it is neither a PNG nor an SVG"), SIMPLER)
    if _depth(root) > MOST_DEPTH:
        raise FileProblem(place, msgid("it has too many parts within parts"), SIMPLER)
    for element in root.iter():
        for child in [child for child in element if _is_left_out(child)]:
            element.remove(child)
        if _shape(element) not in SHAPES:
            problem = msgid("it has '{value}', which is no plain shape")
            raise FileProblem(place, problem, SIMPLER, value=shortened(_shape(element)))
        _check_attributes(element, place)
        for attribute in [key for key in element.attrib if _is_harmful(key, element.attrib[key])]:
            del element.attrib[attribute]
    _check_size(root, place)
    return tostring(root)


def _check_attributes(element: Element, place: Place) -> None:
    """Raise FileProblem for what takes long to draw, as an attribute or as a property of `style`."""
    properties = [(name.rpartition("}")[2], value) for name, value in element.attrib.items()]
    written = COMMENT.sub("", element.get("style", ""))
    properties += [(name, value) for name, _, value in (each.partition(":") for each in written.split(";"))]
    for name, value in ((name.strip().lower(), value.removesuffix("!important")) for name, value in properties):
        if (name in SLOW and value.strip() != "none") or "\\" in name:
            problem = msgid("it has '{value}', which is no plain shape")
            raise FileProblem(place, problem, SIMPLER, value=shortened(name))
        if name == "stroke-width" and not _is_narrow(value):
            problem, remedy = msgid("it has a line of the width {value}"), msgid("Write a number of at most {most}")
            raise FileProblem(place, problem, remedy, value=shortened(value), most=WIDEST_STROKE)


def _is_narrow(width: str) -> bool:
    """Tell whether a width is a number that is not too large."""
    number = PLAIN_NUMBER.fullmatch(width)
    return number is not None and number[1] not in {"", "."} and float(number[1]) <= WIDEST_STROKE


def _check_size(root: Element, place: Place) -> None:
    elements = list(root.iter())
    if (
        len(elements) > MOST_ELEMENTS
        or sum(len(each.get(of, "")) for each in elements for of in POINTS) > MOST_PATH_CHARACTERS
    ):
        problem = msgid("it has too many shapes, or paths that are too long")
        raise FileProblem(place, problem, SIMPLER)


def _depth(root: Element) -> int:
    """Return how deep parts lie in parts, as far as it matters."""
    depth, level = 0, [root]
    while level and depth <= MOST_DEPTH:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _shape(element: Element) -> str:
    """Return what an element of SVG draws by its name; of others the whole name."""
    return str(element.tag).removeprefix(NAMESPACE)


def _is_left_out(element: Element) -> bool:
    """Tell whether an element draws nothing: a comment, metadata, or what another program keeps for itself."""
    tag = str(element.tag)  # that of a comment is a function
    return not tag.startswith(NAMESPACE) or _shape(element) in LEFT_OUT


def _is_harmful(name: str, value: str) -> bool:
    """Tell whether an attribute runs something, or refers to something elsewhere; a gradient may refer to another."""
    plain = name.rpartition("}")[2].lower()
    return plain.startswith("on") or (plain == "href" and not value.startswith("#"))


def _drawn(content: bytes, file: str, place: Place) -> bytes:
    """Draw a picture as sharp as fits into what a plan keeps."""
    from typst import Compiler, TypstError  # noqa: PLC0415 - paid only where something is set

    with TemporaryDirectory(prefix="zt-planner-logo-") as folder:
        Path(folder, file).write_bytes(content)
        for ppi in PPI:
            try:
                drawn = Compiler(root=folder).compile(DRAWN.format(file=file).encode(), format="png", ppi=ppi)
            except TypstError:
                raise FileProblem(place, msgid("the picture is damaged"), msgid("Save it again")) from None
            if isinstance(drawn, bytes) and len(drawn) <= LARGEST_DRAWN:
                return drawn
    raise TypeError("A logo has one page, and is small.")
