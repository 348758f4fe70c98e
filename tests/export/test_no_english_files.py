"""No file says anything in English where it is written in another language."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pytest
from docx import Document

from tests.english import english_in, leaves
from tests.office import opened
from tests.papers import SITUATIONS, UNDER_WAY, any_situation, beside
from tests.portions import names
from tests.words import told
from tools.update_messages import LANGUAGES
from zt_planner.domain.work import WorkScope
from zt_planner.files.formats import Format, WordOptions, files_in, formats_of
from zt_planner.language import LanguageCode
from zt_planner.media.board import board_paper_of, status_report_of
from zt_planner.media.csv.dialects import usual_dialect
from zt_planner.topics.view import AnyView

UNREAD = {Format.BUNDLE, Format.CATALOGUE, Format.PNG, Format.PDF, Format.STATUS}
"""Bundle and catalogue hold data that are told when they are opened, a picture what the SVG has; a PDF is read as its
document."""
WITH_WORK = WordOptions(work=WorkScope())
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


def texts_in_file(name: str, content: bytes) -> Iterator[str]:
    """Yield the texts of a file that people read."""
    if name.endswith(".xlsx"):
        book = opened(content)
        yield from book.sheetnames
        yield from (cell for sheet in book for row in sheet.values for cell in row if isinstance(cell, str))
    elif name.endswith(".docx"):
        document = Document(io.BytesIO(content))
        yield from (paragraph.text for paragraph in document.paragraphs)
        yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    elif name.endswith(".json"):
        yield from leaves(json.loads(content))
    elif name.endswith(".ics"):
        yield content.decode().replace("\r\n ", "")
    elif name.endswith(".csv"):
        yield from io.StringIO(content.decode("utf-8-sig"))
    else:
        yield from MARKUP.sub("\n", content.decode()).splitlines()


def files_of(handed: AnyView) -> dict[str, list[str]]:
    """Return what is English in each of the files that a plan is handed out as."""
    language = handed.language
    found = {"board paper": english_in(leaves(told(board_paper_of(handed), language)), language)}
    found["status report"] = english_in(leaves(told(status_report_of(handed), language)), language)
    for form in formats_of(handed.plan):
        if form not in UNREAD:
            files = files_in(form, handed, usual_dialect(language), WITH_WORK)
            found |= {name: english_in(texts_in_file(name, content), language) for name, content in files.items()}
    return {name: texts for name, texts in found.items() if texts}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", names(SITUATIONS))
def test_no_file_is_english_in_another_language(code: str, name: str) -> None:
    assert not files_of(any_situation(name, LanguageCode(code)))


@pytest.mark.parametrize("code", names(LANGUAGES))
def test_no_file_of_a_comparison_is_english_in_another_language(code: str) -> None:
    assert not files_of(beside({"choices__monitoring": "mdr"}, UNDER_WAY, code=LanguageCode(code)))
