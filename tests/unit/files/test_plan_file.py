"""The plan that a file holds, of three kinds."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.handouts import handout
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import PlannerError
from zt_planner.files.bundle import bundle_bytes
from zt_planner.files.plan_file import scenario_of_file
from zt_planner.files.scenario_json import scenario_bytes
from zt_planner.files.summary_json import summary_bytes

HANDED = handout()


def packed(**files: bytes) -> bytes:
    """Return an archive of files whose names have a dot for each underscore."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return target.getvalue()


def read(content: bytes, file: str = "plan") -> Scenario:
    return scenario_of_file(content, file, price_book(), phase_model())


def test_a_scenario_a_bundle_a_session_and_all_files_in_one_hold_the_same_plan() -> None:
    own = HANDED.plan.scenario
    session = {"scenario": own.model_dump(mode="json"), "participants": [], "events": [], "variants": {"B": {}}}
    bundle = bundle_bytes(HANDED)
    for content in (
        scenario_bytes(own),
        bundle,
        json.dumps(session).encode(),
        packed(plan_ztplan=bundle, plan_pdf=b"%PDF"),
    ):
        assert read(content) == own


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"month,amount\n", "it holds no plan"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"PK broken", "it is damaged"),
        (packed(tasks_csv=b"id"), "its part 'manifest.json' is missing"),
        (packed(a_ztplan=b"", b_ztplan=b""), "it holds several plans"),
        (summary_bytes(HANDED.plan, HANDED.language), "it is the summary of a plan"),
        (b'{"participants": [], "events": []}', "not a scenario"),
        (b'{"company": {"employees": 0}}', "company.employees"),
        (b'{"schema_version": 99}', "the file has version 99"),
    ],
)
def test_any_other_file_is_refused_with_its_reason(content: bytes, said: str) -> None:
    with pytest.raises(PlannerError, match=said):
        read(content)
