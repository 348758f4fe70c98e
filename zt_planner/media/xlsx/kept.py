"""A hidden sheet with the scenario itself and the versions: by it the workbook comes back, and by it edits are told."""

from __future__ import annotations

import json

from zt_planner.media.xlsx.sheets import LONGEST_TEXT, Book
from zt_planner.topics.headline.manifest import manifest_of

KEPT = "zt-planner"
PART = LONGEST_TEXT - 767


def write_kept(book: Book) -> None:
    """Write the manifest and the scenario as texts, in parts that fit into cells."""
    paper = book.file.add_worksheet(KEPT)
    manifest = json.dumps(book.language.written(manifest_of(book.view)), ensure_ascii=True)
    scenario = json.dumps(book.view.plan.scenario.model_dump(mode="json"), ensure_ascii=True)
    paper.write_string(0, 0, manifest)
    for row, start in enumerate(range(0, len(scenario), PART), start=1):
        paper.write_string(row, 0, scenario[start : start + PART])
    paper.very_hidden()
