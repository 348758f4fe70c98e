"""Bad data files: each case of cases.toml names the error, row, column, value and remedy that its file must raise."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zt_planner.catalog import CatalogError, load_phase_model, load_price_book
from zt_planner.catalog.shipped.interview import load_interview
from zt_planner.catalog.shipped.scan_rules import load_scan_rules
from zt_planner.errors import sentences
from zt_planner.resources import data_dir


def load_questions(folder: Path) -> object:
    """Read the questions about a company, with the tasks that they name."""
    return load_interview(folder, load_phase_model(folder))


HERE = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))


def load_scans(folder: Path) -> object:
    """Load the rules for scans of a folder."""
    prices = {price.id for price in load_price_book(folder).prices}
    return load_scan_rules(folder, load_phase_model(folder).by_id, prices)


LOADERS: dict[str, Callable[[Path], object]] = {
    "prices": load_price_book,
    "fx": load_price_book,
    "vat": load_price_book,
    "tasks": load_phase_model,
    "nis2_measures": load_phase_model,
    "nis2_points": load_phase_model,
    "risk_shares": load_phase_model,
    "parameters": load_phase_model,
    "operations": load_phase_model,
    "losses": load_phase_model,
    "article_claims": load_phase_model,
    "regulation": load_phase_model,
    "insurer_questions": load_phase_model,
    "proposed_tasks": load_phase_model,
    "benchmarks": load_phase_model,
    "subsidies": load_phase_model,
    "decisions": load_phase_model,
    "outside_view": load_phase_model,
    "excluded_subsectors": load_phase_model,
    "scan_controls": load_scans,
    "skus": load_scans,
    "questions": load_questions,
    "answers": load_questions,
}


def error_of(case: str, encoding: str, folder: Path) -> CatalogError:
    """Return what loading raises where the case's file stands among good ones."""
    kind = case.split("-", 1)[0]
    for good in data_dir().glob("*.csv"):
        shutil.copy(good, folder)
    content = (HERE / "files" / f"{case}.csv").read_bytes()
    (folder / f"{kind}.csv").write_bytes(content.decode("utf-8").encode(encoding))
    with pytest.raises(CatalogError) as caught:
        LOADERS[kind](folder)
    return caught.value


@pytest.mark.parametrize("case", CASES)
def test_the_error_says_where_what_and_what_to_do_and_its_text_is_composed_of_that(case: str, tmp_path: Path) -> None:
    expected = CASES[case]
    error = error_of(case, expected.get("encoding", "utf-8"), tmp_path)
    found = {
        "error": type(error).__name__,
        "file": error.file,
        "row": error.row,
        "column": error.column,
        "value": error.value,
        "problem": error.problem.format(**error.values),
        "remedy": error.remedy.format(**error.values),
    }
    absent = {"row": None, "column": None, "value": None, "file": f"{case.split('-', 1)[0]}.csv"}
    assert found == absent | {key: value for key, value in expected.items() if key != "encoding"}
    row = "" if error.row is None else f", row {error.row}"
    column = "" if error.column is None else f", column {error.column}"
    assert str(error) == f"{error.file}{row}{column}: {sentences(error.problem, error.remedy, error.values)}"


def test_each_file_has_a_case_and_each_case_a_file() -> None:
    assert {path.stem for path in (HERE / "files").glob("*.csv")} == set(CASES)
