"""A plan that stopped, in every file: it says so with its reason, or has nothing in which a figure could be."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from xml.etree.ElementTree import fromstring

import pytest
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from tests.approval import lines_of
from tests.handouts import NEVER_ENDS, any_handout
from zt_planner.files.formats import Format, files_in
from zt_planner.language import LanguageCode
from zt_planner.media.board import board_paper_of, status_report_of
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.headline.figures import summary_figures
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.view import AnyView

PROJECT = "{http://schemas.microsoft.com/project}"


def rows_of(content: bytes) -> Iterator[str]:
    """Yield the rows below the header of a table."""
    _, *rows = csv.reader(io.StringIO(content.decode()))
    yield from map(str, rows)


def known_figures(summary: Mapping[str, object]) -> Iterator[str]:
    """Yield each figure that a summary knows, but the start, which was entered."""
    names = {figure.name for figure in summary_figures()} - {"start_date"}
    yield from (name for name in sorted(names) if summary.get(name) is not None)


def manifest_figures(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        yield from map(str, (json.loads(bundle.read("manifest.json"))["figures"] or {}).values())


FIGURES: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    "tasks.csv": rows_of,
    "cost_lines.csv": rows_of,
    "budget_by_month.csv": rows_of,
    "stages.csv": rows_of,
    "decisions.csv": rows_of,
    "left_out.csv": rows_of,
    "applied_controls.csv": rows_of,
    "summary.json": lambda content: known_figures(json.loads(content)),
    "scenario.json": lambda content: known_figures(json.loads(content)),
    "zt-plan.ztplan": manifest_figures,
    "zt-plan.zttemplate": lambda _: iter(()),
}
"""What is computed in a file for programs."""


def cells_of(content: bytes) -> Iterator[str]:
    yield from (str(cell) for row in load_workbook(io.BytesIO(content)).worksheets[0].values for cell in row)


def events_of(content: bytes) -> Iterator[str]:
    yield from (str(event["description"]) for event in Calendar.from_ical(content.decode()).walk("VEVENT"))


def notes_of(content: bytes) -> Iterator[str]:
    elements = fromstring(content).iter(f"{PROJECT}Notes")  # noqa: S314 - our own file
    yield from (note.text or "" for note in elements)


TEXTS: Mapping[str, Callable[[bytes, AnyView], Iterator[str]]] = {
    "zt-plan.xlsx": lambda content, _: cells_of(content),
    "zt-plan.pdf": lambda _, view: lines_of(view.language.written(board_paper_of(view))),
    "zt-plan.docx": lambda content, _: (each.text for each in Document(io.BytesIO(content)).paragraphs),
    "zt-plan-work.docx": lambda content, _: (each.text for each in Document(io.BytesIO(content)).paragraphs),
    "zt-plan-status.pdf": lambda _, view: lines_of(view.language.written(status_report_of(view))),
    "zt-plan.html": lambda content, _: iter([unescape(content.decode())]),
    "zt-plan.svg": lambda content, _: iter([unescape(content.decode())]),
    "zt-plan.png": lambda _, view: iter([view.language.write(headline_sentence(view))]),  # drawn as the SVG
    "zt-plan-project.xml": lambda content, _: notes_of(content),
    "zt-plan.ics": lambda content, _: events_of(content),
}
"""What a file for people says."""


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("code", [LanguageCode.ENGLISH, LanguageCode.GERMAN])
def test_every_file_says_that_there_is_no_schedule_or_holds_no_figure(form: Format, code: LanguageCode) -> None:
    view = any_handout(NEVER_ENDS, code)
    for name, content in files_in(form, view, Dialect.RFC4180).items():
        if name in FIGURES:
            assert list(FIGURES[name](content)) == []
        else:
            reason = view.language.write(headline_sentence(view))
            assert any(reason in text for text in TEXTS[name](content, view))
