"""The formats in which a plan leaves, by name: their files, their kinds, and who writes them.

Decides nothing of what stands in a file. Laws: every format is written from one
handout; what a format needs is loaded when it is written, not before.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zt_planner.formats.scenario_json import SCENARIO_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zt_planner.export.csv.dialects import Dialect
    from zt_planner.reports.documents.handout import Handout


class Format(StrEnum):
    """The formats by the names that the command line knows them by."""

    XLSX = "xlsx"
    CSV = "csv"
    BUNDLE = "ztplan"
    JSON = "json"
    MSPDI = "mspdi"
    ICS = "ics"
    PDF = "pdf"
    HTML = "html"
    SVG = "svg"
    PNG = "png"


ALL_FILE = "zt-plan.zip"
"""Everything in one file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a format is handed out where it is one file: its name and its media type."""

    file: str
    media_type: str


KINDS = {
    Format.XLSX: Kind("zt-plan.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Format.BUNDLE: Kind("zt-plan.ztplan", "application/zip"),
    Format.CSV: Kind("zt-plan-csv.zip", "application/zip"),
    Format.JSON: Kind(SCENARIO_FILE, "application/json"),
    Format.MSPDI: Kind("zt-plan-project.xml", "application/xml"),
    Format.ICS: Kind("zt-plan.ics", "text/calendar"),
    Format.PDF: Kind("zt-plan.pdf", "application/pdf"),
    Format.HTML: Kind("zt-plan.html", "text/html"),
    Format.SVG: Kind("zt-plan.svg", "image/svg+xml"),
    Format.PNG: Kind("zt-plan.png", "image/png"),
}


def _mspdi(handout: Handout) -> bytes:
    from zt_planner.export.project.file import project_bytes  # noqa: PLC0415 - loaded where it is written

    return project_bytes(handout)


def _xlsx(handout: Handout) -> bytes:
    from zt_planner.export.workbook import workbook_bytes  # noqa: PLC0415 - loaded where it is written

    return workbook_bytes(handout)


def _bundle(handout: Handout) -> bytes:
    from zt_planner.formats.bundle import bundle_bytes  # noqa: PLC0415 - loaded where it is written

    return bundle_bytes(handout)


def _ics(handout: Handout) -> bytes:
    from zt_planner.export.calendar_ics import calendar_bytes  # noqa: PLC0415 - loaded where it is written

    return calendar_bytes(handout)


def _pdf(handout: Handout) -> bytes:
    from zt_planner.export.typesetting import pdf_bytes  # noqa: PLC0415 - loaded where it is written

    return pdf_bytes(handout)


def _html(handout: Handout) -> bytes:
    from zt_planner.export.page_html import html_bytes  # noqa: PLC0415 - loaded where it is written

    return html_bytes(handout)


def _svg(handout: Handout) -> bytes:
    from zt_planner.export.typesetting import svg_bytes  # noqa: PLC0415 - loaded where it is written

    return svg_bytes(handout)


def _png(handout: Handout) -> bytes:
    from zt_planner.export.typesetting import png_bytes  # noqa: PLC0415 - loaded where it is written

    return png_bytes(handout)


WRITERS: Mapping[Format, Callable[[Handout], bytes]] = {
    Format.MSPDI: _mspdi,
    Format.XLSX: _xlsx,
    Format.BUNDLE: _bundle,
    Format.ICS: _ics,
    Format.PDF: _pdf,
    Format.HTML: _html,
    Format.SVG: _svg,
    Format.PNG: _png,
}
"""Who writes a format that is one file."""


def _csv(handout: Handout, dialect: Dialect) -> Mapping[str, bytes]:
    from zt_planner.export.csv.files import plan_files  # noqa: PLC0415 - loaded where it is written

    return plan_files(handout.plan, handout.book, handout.language, dialect)


def _json(handout: Handout) -> Mapping[str, bytes]:
    from zt_planner.export.summary_json import SUMMARY_FILE, summary_bytes  # noqa: PLC0415 - the same
    from zt_planner.formats.scenario_json import scenario_bytes  # noqa: PLC0415 - loaded where it is written

    summary = summary_bytes(handout.plan, handout.book, handout.language, handout.outlook)
    return {SCENARIO_FILE: scenario_bytes(handout.plan.scenario), SUMMARY_FILE: summary}


def files_in(form: Format, handout: Handout, dialect: Dialect) -> Mapping[str, bytes]:
    """Return the files of a format by name: three of CSV, the scenario and its figures of JSON, one of every other."""
    if form is Format.CSV:
        return _csv(handout, dialect)
    return _json(handout) if form is Format.JSON else {KINDS[form].file: WRITERS[form](handout)}


def one_file(form: Format, handout: Handout, dialect: Dialect) -> bytes:
    """Return a format as the one file that a browser saves."""
    from zt_planner.formats.bundle import bundle_zip  # noqa: PLC0415 - the same

    files = files_in(form, handout, dialect)
    return bundle_zip(files) if form is Format.CSV else files[KINDS[form].file]


def everything(handout: Handout, dialect: Dialect, seen: Callable[[Format], None]) -> bytes:
    """Return an archive of every format; who waits is told before each is written."""
    files: dict[str, bytes] = {}
    for form in Format:
        seen(form)
        files |= files_in(form, handout, dialect)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
