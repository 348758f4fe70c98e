"""Import of a bundle: its scenario, its manifest, and its tables as rows, which the catalogue reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.bundle import MANIFEST, TABLES
from zt_planner.files.imports.archive import archive_parts
from zt_planner.files.json_text import json_from
from zt_planner.files.scenario_json import SCENARIO_FILE, parsed_scenario
from zt_planner.gaps import shortened
from zt_planner.topics.headline.manifest import FORMAT


@dataclass(frozen=True, slots=True)
class BundleFile:
    """What a bundle says; tables by the names of the files that they would be in data/."""

    manifest: Mapping[str, Any]
    scenario: Scenario
    tables: Mapping[str, object]


def bundle_from(content: bytes, file: str) -> BundleFile:
    """Read a bundle; raise FileProblem or ScenarioError if it is refused."""
    parts = archive_parts(content, file, {MANIFEST, SCENARIO_FILE, *TABLES})
    missing = next((name for name in (MANIFEST, SCENARIO_FILE, *TABLES) if name not in parts), None)
    if missing is not None:
        problem, remedy = msgid("its part '{value}' is missing"), msgid("Save the plan again")
        raise FileProblem(Place(shortened(file)), problem, remedy, value=missing)
    manifest = json_from(parts[MANIFEST], MANIFEST)
    version = manifest.get("format") if isinstance(manifest, dict) else None
    if version != FORMAT:
        problem = msgid("it has the form {value}, this program reads form {known}")
        raise FileProblem(Place(MANIFEST), problem, msgid("Update ZT Planner"), value=str(version), known=FORMAT)
    tables = {name.replace(".json", ".csv"): json_from(parts[name], name) for name in TABLES}
    return BundleFile(manifest, parsed_scenario(parts[SCENARIO_FILE], file=SCENARIO_FILE), tables)
