"""Nothing that others say stands without population, source, date and confidence; no own judgement without a reason."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from zt_planner.catalog.shipped.rules import RULE_TABLES
from zt_planner.domain.data.price_book import Confidence
from zt_planner.resources import data_dir

UNKNOWN = "no source was found"
"""Of a country whose law nobody has read."""
RULE_FILES = [table.file for table in RULE_TABLES.values()]
OF_OTHERS = ("population", "source", "read_on", "confidence")
NEEDED = {
    "excluded_subsectors.csv": ("why", "source", "confidence"),
    "outside_view.csv": ("population", "n", "source", "year"),
    "proposed_tasks.csv": ("note", "confidence"),
    "decisions.csv": ("decision", "who"),
    "not_covered.csv": ("subject",),
    "deliverables.csv": ("delivered", "accepted", "assumed", "excluded"),
}
"""What a row of a file of another kind must say."""


@pytest.mark.parametrize("file", RULE_FILES)
def test_every_row_says_of_whom_by_whom_when_and_how_sure(file: str) -> None:
    with (data_dir() / file).open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    for number, row in enumerate(rows, start=2):
        needed = {*NEEDED.get(file, OF_OTHERS)} - ({"read_on"} if row.get("source") == UNKNOWN else set())
        assert all(row[name].strip() for name in needed), f"{file}, row {number}"
        if file in NEEDED.keys() - {"proposed_tasks.csv"}:
            continue
        assert row["confidence"] in set(Confidence), f"{file}, row {number}"
        if row.get("source_year"):
            assert 2000 <= int(row["source_year"]) <= date.fromisoformat(row["read_on"]).year, f"{file}, row {number}"


def test_every_file_of_what_others_say_is_asked() -> None:
    names = {
        path.name for path in data_dir().glob("*.csv") if "population" in path.read_text("utf-8").split("\n", 1)[0]
    }
    assert names <= set(RULE_FILES)
    assert set(RULE_FILES) - names == NEEDED.keys() - {"outside_view.csv"}
