"""A plan under way comes back from every file that can be imported, with all that happened."""

from __future__ import annotations

import pytest

from tests.builders import scenario
from tests.incoming import read
from tests.papers import SITUATIONS, handout, situation
from zt_planner.engine.under_way.approved import approved
from zt_planner.files.formats import Format, everything, files_in, one_file
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.view import View

WITH_SCENARIO = (Format.XLSX, Format.BUNDLE, Format.JSON)
TABLES_AND_PROJECT = ((Format.CSV, Dialect.RFC4180), (Format.CSV, Dialect("excel-de")), (Format.MSPDI, Dialect.RFC4180))


@pytest.fixture(scope="module")
def handed() -> View:
    """Return a plan with everything that a status may hold, in German."""
    plain = situation("default")
    kept = approved(plain.case, "Spring", plain.plan.today)
    assert kept is not None
    forecasts = {"2027-02-15": {"finish": "2027-10-15", "sure_by": "2027-12-15", "budget": "120000.00"}}
    given = {"status__approved": kept.model_dump(mode="json"), "status__forecasts": forecasts, "status__learns": False}
    return handout(scenario(**SITUATIONS["under way and booked"], **given), LanguageCode.GERMAN)


@pytest.mark.extended
@pytest.mark.parametrize("form", WITH_SCENARIO)
def test_a_file_with_the_scenario_has_its_status(form: Format, handed: View) -> None:
    said = read(one_file(form, handed, Dialect.RFC4180), handed.plan)
    assert said.scenario is not None
    assert said.scenario.status == handed.plan.scenario.status
    assert (said.edits, said.left_out) == ({}, ())


@pytest.mark.parametrize(("form", "dialect"), TABLES_AND_PROJECT)
def test_tables_and_a_project_file_leave_it_as_it_is(form: Format, dialect: Dialect, handed: View) -> None:
    said = read(one_file(form, handed, dialect), handed.plan)
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())


@pytest.mark.extended
def test_everything_in_one_file_has_it_too(handed: View) -> None:
    said = read(everything(handed, Dialect.RFC4180), handed.plan, "zt-plan.zip")
    assert said.scenario is not None
    assert said.scenario.status == handed.plan.scenario.status


@pytest.mark.parametrize(
    ("file", "before", "after", "remedy"),
    [
        ("tasks.csv", "2027-03-08", "2027-03-09", "Record the days on which it started and finished"),
        ("cost_lines.csv", ",100.10,", ",200.10,", "Change what was booked in its month"),
    ],
)
def test_what_happened_is_not_changed_in_the_plans_tables(
    file: str, before: str, after: str, remedy: str, handed: View
) -> None:
    content = files_in(Format.CSV, handed, Dialect.RFC4180)[file]
    assert before.encode() in content
    said = read(content.replace(before.encode(), after.encode(), 1), handed.plan, file)
    assert said.edits == {}
    assert [left.remedy for left in said.left_out] == [remedy]
