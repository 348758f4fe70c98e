"""A plan set in type, a template of `paper` filled with it: the paper for the board as PDF, the picture as SVG or PNG.

Decides fonts, reproducibility and what happens to characters that no font has,
nothing of what is said. The paper is tagged, with its figures as text; the
picture is as wide as A4 lies, and a PNG says its density. Laws: what a person
wrote is data and never markup; equal plans give equal bytes; an SVG refers to
nothing outside itself, and has a title and a description for those who cannot
see it; typst is loaded when something is set, not before.
"""

from __future__ import annotations

import atexit
import json
import struct
import zlib
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from functools import lru_cache
from html import escape
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp
from threading import Event
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from zt_planner.media.board import BoardPaper, board_paper_of, status_report_of
from zt_planner.media.typst.compared import paper_comparison_of
from zt_planner.media.typst.picture import paper_picture_of
from zt_planner.topics.block import Badges, Block, ChartBlock, Group, PictureBlock, Role, Sentence, TableBlock
from zt_planner.topics.brand import Look
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.picture.whole import Picture, readable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from typst import Fonts

    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.language import Language
    from zt_planner.media.typst.picture import PaperSheet
    from zt_planner.topics.view import AnyView

PaperFormat: TypeAlias = Literal["pdf", "svg", "png"]

FOLDER = Path(__file__).parent / "paper"
FACES = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf", "SourceSansPro-Bold.otf")
PAPER, PICTURE, PART, COMPARED = "board.typ", "picture.typ", "part.typ", "compared.typ"
PRINT_PPI = 300
INCHES_A_METRE = 1 / 0.0254
AFTER_HEADER = 33
"""Where a PNG's first chunk after its header begins."""
ACCESSIBLE: Literal["ua-1"] = "ua-1"
KEPT_BY_TYPST = 10
"""Of how many compilations typst keeps what it has laid out: up to 25 MB each."""
_has_laid_out = Event()
FIRST_OTHER_LETTER, SIGNS, LAST_SIGN = 0x0590, 0x2000, 0x26FF
"""Letters before the first and signs between the others are in the fonts that come along: Latin, Greek, Cyrillic."""


def pdf_bytes(view: AnyView, paper: BoardPaper | None = None) -> bytes:
    """Return the paper for the board, which may be made already."""
    return _sheets(paper or board_paper_of(view), view)


def status_bytes(view: AnyView) -> bytes:
    """Return the status report of a plan under way."""
    return _sheets(status_report_of(view), view)


def _sheets(document: BoardPaper, view: AnyView) -> bytes:
    paper = view.language.written(document)
    return typeset(PAPER, paper_data(paper, view.language), "pdf", view.plan.today)


def paper_data(paper: BoardPaper, language: Language) -> dict[str, Any]:
    """Return a paper that is written as the template takes it: each block with its kind."""
    sheets = [
        {
            "name": sheet.name,
            "opening": None if sheet.opening is None else asdict(sheet.opening),
            "blocks": [block_data(block, language) for block in sheet.blocks],
        }
        for sheet in paper.sheets
    ]
    return {**asdict(replace(paper, sheets=(), look=None)), "sheets": sheets, "look": look_data(paper.look)}


def look_data(look: Look | None) -> dict[str, Any] | None:
    """Return a look as the templates take it: the bytes of its logo one by one."""
    return None if look is None else {**asdict(look), "logo": list(look.logo), "foot": look.foot}


def block_data(block: Block, language: Language) -> dict[str, Any]:
    """Return a block that is written with its kind, the name of its type; what paper does not draw is small print."""
    if isinstance(block, Badges | ChartBlock):
        return block_data(Sentence(", ".join(map(str, block.texts)), Role.NOTE), language)
    kind = {"kind": type(block).__name__}
    if isinstance(block, PictureBlock):
        return {**kind, "picture": asdict(readable(language.written(block.picture(LIGHT))))}
    if isinstance(block, Group):
        blocks = [block_data(part, language) for part in block.blocks]
        return {**kind, **asdict(replace(block, blocks=())), "blocks": blocks}
    if isinstance(block, TableBlock):
        data = asdict(replace(block, content=language.written(block.table)))
        return {**kind, **data, "table": data["content"]}
    return {**kind, **asdict(block)}


def svg_bytes(view: AnyView) -> bytes:
    """Return the picture as SVG."""
    return _svg(PICTURE, view.language.written(paper_picture_of(view)), view.plan.today)


def png_bytes(view: AnyView) -> bytes:
    """Return the picture as PNG, 300 dots an inch."""
    return _png(PICTURE, view.language.written(paper_picture_of(view)), view.plan.today)


def part_png(picture: Picture, language: Language, day: date) -> bytes:
    """Return a picture that is written as PNG, as wide as the text of an upright A4 sheet."""
    return _with_density(typeset(PART, {"picture": asdict(picture), "language": language.code}, "png", day))


def compared_pictures(comparison: Comparison, language: Language) -> dict[str, bytes]:
    """Return plans side by side as SVG and as PNG, by the names of the files."""
    paper, day = language.written(paper_comparison_of(comparison, language)), comparison.first.plan.today
    return {"comparison.svg": _svg(COMPARED, paper, day), "comparison.png": _png(COMPARED, paper, day)}


def _svg(template: str, paper: PaperSheet, day: date) -> bytes:
    """Return a sheet as SVG, with what it is called and what it shows for a screen reader; stamp and notes as well."""
    head, bracket, rest = typeset(template, _sheet_data(paper), "svg", day).decode().partition(">")
    named = f'{head} role="img" aria-labelledby="title desc" lang="{paper.language}"{bracket}'
    shown = " ".join(map(str, (*(drawing.alt for drawing in paper.drawings), *paper.notes, *paper.stamp)))
    words = f'<title id="title">{escape(paper.title)}</title><desc id="desc">{escape(shown)}</desc>'
    return f"{named}{words}{rest}".encode()


def _sheet_data(paper: PaperSheet) -> dict[str, Any]:
    return {**asdict(paper), "look": look_data(paper.look)}


def _png(template: str, paper: PaperSheet, day: date) -> bytes:
    return _with_density(typeset(template, _sheet_data(paper), "png", day))


def _with_density(drawn: bytes) -> bytes:
    """Return a PNG that says how many dots there are in a metre, so that it is printed in its size."""
    dots = round(PRINT_PPI * INCHES_A_METRE)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    density = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return drawn[:AFTER_HEADER] + density + drawn[AFTER_HEADER:]


def typeset(template: str, content: Mapping[str, Any], form: PaperFormat, day: date) -> bytes:
    """Return a template filled with content; `day` is when it says that it was made."""
    data = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return _compiled(template, {"data": data}, form, datetime.combine(day, time(), UTC), has_others=needs_others(data))


def needs_others(text: str) -> bool:
    """Tell whether a text may hold characters that the fonts that come along lack."""
    codes = set(map(ord, text))
    return any(code >= FIRST_OTHER_LETTER and not SIGNS <= code <= LAST_SIGN for code in codes)


@lru_cache(maxsize=2)
def fonts(*, has_others: bool) -> Fonts:
    """Return the fonts that come along, and as the last resort those of the system."""
    from typst import Fonts  # noqa: PLC0415 - paid only where something is set

    return Fonts(include_system_fonts=has_others, font_paths=[_typeface()])


@lru_cache(maxsize=1)
def _typeface() -> str:
    """Return a folder with one file a weight: of several, typst takes the one that a disk happens to list first."""
    from font_source_sans_pro import font_directory  # noqa: PLC0415 - paid only where something is set

    folder = mkdtemp(prefix="zt-planner-typeface-")
    atexit.register(rmtree, folder, ignore_errors=True)
    for face in FACES:
        copyfile(Path(font_directory) / face, Path(folder) / face)
    return folder


def _compiled(
    template: str, inputs: Mapping[str, str], form: PaperFormat, made: datetime, *, has_others: bool
) -> bytes:
    """Return what typst makes of a template; a PDF is held to PDF/UA-1 where every character has a font."""
    from typst import Compiler, TypstError  # noqa: PLC0415 - paid only where something is set

    _has_laid_out.set()
    compiler = Compiler(
        FOLDER / template, root=FOLDER, font_paths=fonts(has_others=has_others), sys_inputs=dict(inputs)
    )
    if form != "pdf":
        return _one(compiler.compile(format=form, ppi=PRINT_PPI if form == "png" else None))
    try:
        return _one(compiler.compile(format=form, timestamp=made, pdf_standards=[ACCESSIBLE]))
    except TypstError:
        # PDF/UA-1 wants a glyph for every character; what a person wrote may have some that no font here has.
        return _one(compiler.compile(format=form, timestamp=made))


def forget_layouts() -> None:
    """Have typst forget what it has laid out: compilations of nothing take the place of the last ones."""
    if not _has_laid_out.is_set():
        return
    from typst import Compiler  # noqa: PLC0415 - paid only where something is set

    _has_laid_out.clear()
    nothing = Compiler(font_paths=fonts(has_others=False))
    for _ in range(KEPT_BY_TYPST + 1):
        nothing.compile(b"", format="svg")


def _one(made: bytes | list[bytes] | None) -> bytes:
    """Return the one file that typst has made."""
    if not isinstance(made, bytes):
        raise TypeError("A template for a picture has one page.")
    return made
