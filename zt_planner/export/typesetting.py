"""Data set in type: a template of `paper` filled with it, as PDF, SVG or PNG.

Decides fonts, reproducibility and what happens to characters that no font has,
nothing of what is said. Laws: what a person wrote is data and never markup;
equal data give equal bytes; typst is loaded when something is set, not before.
"""

from __future__ import annotations

import atexit
import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from typst import Fonts

Form: TypeAlias = Literal["pdf", "svg", "png"]

FOLDER = Path(__file__).parent / "paper"
FACES = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf", "SourceSansPro-Bold.otf")
PRINT_PPI = 300
ACCESSIBLE: Literal["ua-1"] = "ua-1"
FIRST_OTHER_LETTER, SIGNS, LAST_SIGN = 0x0590, 0x2000, 0x26FF
"""Letters before the first and signs between the others are in the fonts that come along: Latin, Greek, Cyrillic."""


def typeset(template: str, content: Any, form: Form, day: date) -> bytes:  # noqa: ANN401 - any dataclass
    """Return a template filled with a dataclass; `day` is when it says that it was made."""
    data = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True)
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


def _compiled(template: str, inputs: Mapping[str, str], form: Form, made: datetime, *, has_others: bool) -> bytes:
    """Return what typst makes of a template; a PDF is held to PDF/UA-1 where every character has a font."""
    from typst import Compiler, TypstError  # noqa: PLC0415 - paid only where something is set

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


def _one(made: bytes | list[bytes] | None) -> bytes:
    """Return the one file that typst has made."""
    if not isinstance(made, bytes):
        raise TypeError("A template for a picture has one page.")
    return made
