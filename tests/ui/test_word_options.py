"""The document for Word on the page Share: with a statement of work, and in a company's own template."""

from __future__ import annotations

import io

from docx import Document

from tests.ui.downloads import caught
from tests.ui.screen import Screen
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.work import Parties

WORD, WORK = "Board paper to edit (Word)", "Statement of work (Word)"


def paragraphs(screen: Screen, document: str = WORD) -> list[str]:
    """Return the paragraphs of the document that a press gives now."""
    with caught() as files:
        screen.run()
    return [paragraph.text for paragraph in Document(io.BytesIO(files[document]())).paragraphs]


def given(screen: Screen, content: bytes) -> Screen:
    """Choose a file as the template."""
    screen.app.file_uploader(key="docx:template").upload("firm.docx", content)
    return screen.run()


def test_a_statement_of_work_is_for_chosen_steps_and_whose_work_is_chosen(screen: Screen) -> None:
    screen.go("share", "fold:formats")
    assert "Statement of work" not in paragraphs(screen)
    screen.move("docx:work", value=True)
    assert {"Statement of work", "1 Identities", "5 Monitoring"} <= set(paragraphs(screen))
    screen.move("docx:parts", [Step.IDENTITIES]).move("docx:parties", Parties.CONSULTANT)
    texts = paragraphs(screen)
    assert "1 Identities" in texts
    assert "5 Monitoring" not in texts
    assert not [text for text in texts if text.startswith("Own team:")]


def test_a_statement_of_work_is_had_alone_and_has_its_own_parts(screen: Screen) -> None:
    screen.go("share", "fold:formats")
    texts = paragraphs(screen, WORK)
    assert texts[0].startswith("Statement of work")
    assert {"1 Identities", "5 Monitoring"} <= set(texts)
    budget = screen.language.money(screen.plan.headlines.introduction_budget)
    assert not [text for text in texts if budget in text or text.startswith("Board paper")]
    screen.move("work:parts", [Step.IDENTITIES]).move("work:parties", Parties.CONSULTANT)
    texts = paragraphs(screen, WORK)
    assert "5 Monitoring" not in texts
    assert not [text for text in texts if text.startswith("Own team:")]
    assert "Statement of work" not in paragraphs(screen)


def test_a_template_restyles_the_document_or_says_why_it_does_not(screen: Screen) -> None:
    screen.go("share", "fold:formats")
    firm = Document()
    firm.styles["Caption"].name = "Firm caption"
    firm.styles["Title"].font.size = 99 * 12700
    out = io.BytesIO()
    firm.save(out)
    given(screen, out.getvalue())
    assert [text for text in screen.captions if text.startswith("firm.docx lacks these styles")]
    with caught() as files:
        screen.run()
    assert Document(io.BytesIO(files[WORD]())).styles["Title"].font.size == 99 * 12700
    given(screen, b"no document")
    assert [text.startswith("firm.docx: ") for text in screen.errors] == [True]
    assert paragraphs(screen)
