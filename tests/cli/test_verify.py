"""`zt-planner verify`: a document belongs to the bundle that was approved, and to no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from typer.testing import Result

from tests.builders import TODAY, case, scenario
from tests.command_line import invoked
from tests.papers import handout
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.fields import APPROVED
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.under_way.approved import CHECKSUM, approval_mark, approved, changed_mark
from zt_planner.files.formats import Format, one_file
from zt_planner.files.scenario_json import with_values
from zt_planner.files.verify import LARGEST_DOCUMENT_BYTES
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.view import View


def plan_approved(given: Scenario) -> View:
    """Return the plan of a scenario as somebody has approved it."""
    approval = approved(case(given, price_book(), phase_model()), "Anna Berg", TODAY)
    assert approval is not None
    return handout(with_values(given, {APPROVED: approval.model_dump(mode="json")}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan before and after its approval, another one, and papers."""
    folder, given = tmp_path_factory.mktemp("plans"), scenario(timeline__start="2027-01-04")
    later = plan_approved(given)
    changed = handout(with_values(later.case.scenario, {"company.employees": 300}))
    as_approved = replace(handout(given), approval=later.case.scenario.status.approved)
    files = {
        "before.ztplan": one_file(Format.BUNDLE, handout(given), Dialect.RFC4180),
        "after.ztplan": one_file(Format.BUNDLE, later, Dialect.RFC4180),
        "other.ztplan": one_file(Format.BUNDLE, handout(scenario(company__employees=121)), Dialect.RFC4180),
        "changed.ztplan": one_file(Format.BUNDLE, changed, Dialect.RFC4180),
        "approved.pdf": one_file(Format.PDF, as_approved, Dialect.RFC4180),
        "changed.pdf": one_file(Format.PDF, changed, Dialect.RFC4180),
        "changed.docx": one_file(Format.DOCX, changed, Dialect.RFC4180),
        "paper.pdf": one_file(Format.PDF, later, Dialect.RFC4180),
        "paper.docx": one_file(Format.DOCX, later, Dialect.RFC4180),
        "open.pdf": one_file(Format.PDF, handout(given), Dialect.RFC4180),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def verified(folder: Path, bundle: str, document: str) -> Result:
    return invoked("verify", folder / bundle, folder / document)


@pytest.mark.parametrize("document", ["paper.pdf", "paper.docx", "approved.pdf"])
@pytest.mark.parametrize("bundle", ["before.ztplan", "after.ztplan"])
def test_a_document_has_the_approval_of_the_plan_that_was_approved(folder: Path, bundle: str, document: str) -> None:
    result = verified(folder, bundle, document)
    assert result.exit_code == 0, result.output
    assert f"{document} has the approval of the plan in {bundle}." in result.output


@pytest.mark.parametrize(
    ("bundle", "document", "code", "said"),
    [
        ("other.ztplan", "paper.pdf", 1, "has the approval of another plan"),
        ("changed.ztplan", "changed.docx", 1, "is of a plan that has changed since it was approved"),
        ("changed.ztplan", "paper.pdf", 1, "has the approval of another plan"),
        ("before.ztplan", "open.pdf", 1, "has no approval with a checksum"),
        ("paper.docx", "paper.pdf", 2, "its part"),
        ("before.ztplan", "none.pdf", 2, "none.pdf: the file cannot be read"),
    ],
)
def test_what_does_not_belong_together_is_said(folder: Path, bundle: str, document: str, code: int, said: str) -> None:
    result = verified(folder, bundle, document)
    assert result.exit_code == code
    assert said in result.output


@pytest.mark.parametrize("document", ["changed.pdf", "changed.docx"])
@pytest.mark.parametrize("bundle", ["before.ztplan", "after.ztplan"])
def test_the_paper_of_a_plan_that_has_changed_since_is_not_that_of_the_approved_one(
    folder: Path, bundle: str, document: str
) -> None:
    result = verified(folder, bundle, document)
    assert result.exit_code == 1
    assert f"{document} is of a plan that has changed since it was approved" in result.output


def test_a_word_document_is_known_by_its_properties_too(folder: Path) -> None:
    marks = {name: Document(str(folder / name)).core_properties.keywords for name in ("paper.docx", "changed.docx")}
    checksum = marks["paper.docx"]
    assert checksum.startswith(CHECKSUM)
    assert marks["changed.docx"] == changed_mark(checksum)
    assert checksum not in marks["changed.docx"]


def test_a_document_with_both_marks_is_of_a_plan_that_has_changed(folder: Path) -> None:
    (folder / "both.pdf").write_bytes((folder / "paper.pdf").read_bytes() + (folder / "changed.pdf").read_bytes())
    assert verified(folder, "after.ztplan", "both.pdf").exit_code == 1


def test_a_document_that_is_too_large_is_refused_and_not_cut(folder: Path) -> None:
    with (folder / "large.pdf").open("wb") as large:
        large.truncate(LARGEST_DOCUMENT_BYTES + 1)
    result = verified(folder, "before.ztplan", "large.pdf")
    assert result.exit_code == 2
    assert f"large.pdf: the file has more than {LARGEST_DOCUMENT_BYTES} bytes" in result.output


def test_who_sees_no_day_rates_gets_no_checksum() -> None:
    plan = plan_approved(scenario()).plan
    hidden = case(plan.scenario, price_book(), phase_model(), shows_labour=False)
    assert approval_mark(plan.case)
    assert approval_mark(hidden) is None
