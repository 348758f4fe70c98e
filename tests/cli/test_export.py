"""`zt-planner export`: which files are written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from typer.testing import Result

from tests.command_line import invoked
from zt_planner.files.formats import KINDS, Format
from zt_planner.media.board import BoardPaper, board_paper_of
from zt_planner.topics.view import AnyView

TODAY = "2026-11-06"


def exported(*arguments: str) -> Result:
    return invoked("export", "--today", TODAY, *arguments)


@pytest.mark.extended
def test_without_a_format_every_file_is_written(tmp_path: Path) -> None:
    result = exported("--out", str(tmp_path / "new"))
    assert result.exit_code == 0, result.output
    written = {path.name for path in (tmp_path / "new").iterdir()}
    assert {"tasks.csv", "cost_lines.csv", "budget_by_month.csv", "scenario.json", "summary.json"} <= written
    assert {kind.file for form, kind in KINDS.items() if form not in {Format.CSV, Format.STATUS}} <= written
    assert KINDS[Format.STATUS].file not in written


def test_the_board_paper_is_made_once_for_both_of_its_formats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def counted(view: AnyView) -> BoardPaper:
        made.append(view)
        return board_paper_of(view)

    for module in ("board", "docx.document", "typst.typesetting"):
        monkeypatch.setattr(f"zt_planner.media.{module}.board_paper_of", counted)
    result = exported("--format", "pdf", "--format", "docx", "--out", str(tmp_path / "new"))
    assert result.exit_code == 0, result.output
    assert len(made) == 1


def test_a_format_is_written_into_a_file_of_any_name(tmp_path: Path) -> None:
    result = exported("--format", "json", "--out", str(tmp_path / "new" / "our plan.json"))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "new" / "our plan.json").read_text("utf-8").startswith("{")


def test_a_word_template_restyles_the_document_and_what_it_lacks_is_named(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Firm GmbH"
    document.styles["Caption"].name = "Firm caption"
    document.save(str(tmp_path / "firm.docx"))
    out = tmp_path / "plan.docx"
    result = exported("--format", "docx", "--out", str(out), "--template", str(tmp_path / "firm.docx"))
    assert result.exit_code == 0, result.output
    assert "Caption" in result.stderr
    assert Document(str(out)).sections[0].header.paragraphs[0].text == "Firm GmbH"


def test_a_statement_of_work_is_a_chapter_of_the_document(tmp_path: Path) -> None:
    out = tmp_path / "plan.docx"
    result = exported("--format", "docx", "--out", str(out), "--work", "step-1")
    assert result.exit_code == 0, result.output
    texts = [paragraph.text for paragraph in Document(str(out)).paragraphs]
    chapter = texts[texts.index("Statement of work") :]
    assert any(text.startswith("Accepted when: ") for text in chapter)
    assert "1 Identities" in chapter
    assert "5 Monitoring" not in chapter


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "json", "--format", "csv", "--out", "plan.json"), "several formats do not go into one file"),
        (("--format", "json", "--out", "plan.pdf"), "a file of this format ends in .json"),
        (("--format", "doc", "--out", "plan.doc"), "--format: 'doc' is not a format. Use one of: xlsx, pdf, status"),
        (("--format", "status", "--out", "status.pdf"), "a plan without a status date has no status report"),
        (
            ("--format", "pdf", "--out", "plan.pdf", "--template", "firm.dotx"),
            "no format that is written has a template",
        ),
        (("--format", "docx", "--out", "plan.docx", "--template", "none.dotx"), "none.dotx: the file cannot be read"),
        (("--format", "docx", "--out", "plan.docx", "--template", "file"), "it is damaged"),
        (("--format", "pdf", "--out", "plan.pdf", "--work", "all"), "only Word has a statement of work"),
        (
            ("--format", "docx", "--out", "plan.docx", "--work", "stage-9"),
            "--work: 'stage-9' is not a part of this plan. Use one of: all, step-0",
        ),
        (("--out", "plan.pdf"), "several formats do not go into one file"),
        (("--format", "json", "--out", "file/plan.json"), "the file cannot be written"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("in the way of a folder", "utf-8")
    result = exported(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
