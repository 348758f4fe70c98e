"""docs/scans.md says what scan_controls.csv and skus.csv say, and the shipped rows are about what there is."""

from __future__ import annotations

import csv
import re

from tests.house.test_data_docs import NOTHING
from zt_planner.domain.data.scan_rules import PILOTS
from zt_planner.domain.scan import ScanKind
from zt_planner.domain.scenario.fields import OWNED_LICENCES
from zt_planner.engine.scans.edit import FIELDS
from zt_planner.resources import data_dir, root
from zt_planner.topics.scan_names import SCAN_NAMES

PAGE = (root() / "docs" / "scans.md").read_text("utf-8")


def rows_of(name: str) -> list[dict[str, str]]:
    """Return a file's rows as texts, read without the code under test."""
    with (data_dir() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table_of(heading: str) -> list[list[str]]:
    """Return the rows of the last table below a heading."""
    section = re.split(rf"(?m)^## {re.escape(heading)}$", PAGE)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_the_page_has_every_row_of_the_controls_and_no_other() -> None:
    written = [
        [
            f"`{row['task']}`",
            SCAN_NAMES[ScanKind(row["scan"])],
            ", ".join(f"`{control}`" for control in row["controls"].split("+")),
            row["how"],
            ". ".join(meaning.strip() for meaning in row["meanings"].split("+")),
        ]
        for row in rows_of("scan_controls.csv")
    ]
    assert table_of("What ticks what") == written


def test_the_page_has_every_product_and_no_other() -> None:
    written = [
        [f"`{row['sku']}`", f"`{row['guid']}`", f"`{row['price_id']}`", row["note"] or NOTHING]
        for row in rows_of("skus.csv")
    ]
    assert table_of("Licences that are known") == written


def test_the_page_names_every_field_that_is_set() -> None:
    paths = (OWNED_LICENCES, *(f"company.{field}" for field in FIELDS.values()))
    assert not [path for path in paths if f"`{path}`" not in PAGE]


def test_a_pilot_and_its_rollout_are_tasks() -> None:
    tasks = {row["id"] for row in rows_of("tasks.csv")}
    assert {*PILOTS, *PILOTS.values()} <= tasks
