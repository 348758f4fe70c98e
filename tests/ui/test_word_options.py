"""The documents for Word on the page Share: with a statement of work, and in a company's own template."""

from __future__ import annotations

import io

import pytest
from docx import Document

from tests.ui.downloads import caught
from tests.ui.screen import Screen
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.work import Parties, WorkScope
from zt_planner.files.formats import PLAIN_WORD, WordOptions
from zt_planner.files.imports.word_template import word_template
from zt_planner.ui.components.files import plan_files

WORD, WORK = "Board paper to edit (Word)", "Statement of work (Word)"


def options(screen: Screen, document: str = WORD) -> WordOptions:
    """Return what the document has that a press gives now."""
    given: list[WordOptions] = []

    def one_file(_form: object, _view: object, _dialect: object, word: WordOptions) -> bytes:
        given.append(word)
        return b"a document"

    with pytest.MonkeyPatch.context() as patch, caught() as files:
        patch.setattr(plan_files, "one_file", one_file)
        screen.run()
        assert files[document]() == b"a document"
    return given[0]


def given(screen: Screen, content: bytes) -> Screen:
    """Choose a file as the template."""
    screen.app.file_uploader(key="docx:template").upload("firm.docx", content)
    return screen.run()


def test_a_statement_of_work_is_for_chosen_steps_and_whose_work_is_chosen(screen: Screen) -> None:
    screen.go("share", "fold:formats")
    assert options(screen) == PLAIN_WORD
    screen.move("docx:work", value=True)
    assert options(screen).work == WorkScope()
    screen.move("docx:parts", [Step.IDENTITIES]).move("docx:parties", Parties.CONSULTANT)
    assert options(screen).work == WorkScope((Step.IDENTITIES,), Parties.CONSULTANT)


def test_a_statement_of_work_is_had_alone_and_has_its_own_parts(screen: Screen) -> None:
    with caught() as files:
        screen.go("share", "fold:formats")
    texts = [paragraph.text for paragraph in Document(io.BytesIO(files[WORK]())).paragraphs]
    assert texts[0].startswith("Statement of work")
    assert {"1 Identities", "5 Monitoring"} <= set(texts)
    budget = screen.language.money(screen.plan.headlines.introduction_budget)
    assert not [text for text in texts if budget in text or text.startswith("Board paper")]
    assert options(screen, WORK).work == WorkScope()
    screen.move("work:parts", [Step.IDENTITIES]).move("work:parties", Parties.CONSULTANT)
    assert options(screen, WORK).work == WorkScope((Step.IDENTITIES,), Parties.CONSULTANT)
    assert options(screen) == PLAIN_WORD


def test_a_template_restyles_the_document_or_says_why_it_does_not(screen: Screen) -> None:
    screen.go("share", "fold:formats")
    firm = Document()
    firm.styles["Caption"].name = "Firm caption"
    out = io.BytesIO()
    firm.save(out)
    given(screen, out.getvalue())
    assert [text for text in screen.captions if text.startswith("firm.docx lacks these styles")]
    assert options(screen).template == word_template(out.getvalue(), "firm.docx")
    given(screen, b"no document")
    assert [text.startswith("firm.docx: ") for text in screen.errors] == [True]
    assert options(screen) == PLAIN_WORD
