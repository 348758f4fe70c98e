"""The plan that a file holds, whichever of three kinds it is: a scenario, a bundle, or a session that was saved.

Decides which plan that is: of a session its plan, not its variants; of an archive the one bundle in it. Law: any bytes
give a scenario, or an error that names the file.
"""

from __future__ import annotations

from zt_planner.catalog.csv import tables
from zt_planner.catalog.shipped.kept import kept_book, kept_model
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files import json_text
from zt_planner.files.bundle import bundle_from, packed_bundle, with_own_data
from zt_planner.files.imports.kinds import ARCHIVE, beginning_of_ours, refuse_other_json
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.files.session_json import scenario_of_session
from zt_planner.gaps import shortened

LARGEST_PLAN_BYTES = max(tables.LARGEST_FILE_BYTES, json_text.LARGEST_FILE_BYTES)
REMEDY = msgid("Name scenario.json, a .ztplan file or session.json")


def scenario_of_file(content: bytes, file: str, book: PriceBook, model: PhaseModel) -> Scenario:
    """Return the scenario of a file, with the data of its own where it is not that of this program."""
    name = shortened(file)
    start = beginning_of_ours(content, file, REMEDY)
    if start.startswith(ARCHIVE):
        _, inner = packed_bundle(content, file) or (file, content)
        bundle = bundle_from(inner, file)
        return with_own_data(bundle.scenario, (kept_book(bundle.tables), kept_model(bundle.tables)), (book, model))
    if not start.startswith(b"{"):
        raise FileProblem(Place(name), msgid("it holds no plan"), REMEDY)
    of_session = scenario_of_session(content, name)
    if of_session is not None:
        return of_session
    refuse_other_json(content, name)
    return parsed_scenario(content, file=name)
