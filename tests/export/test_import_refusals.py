"""What is wrong with cells of an imported file, in the words of a spreadsheet."""

from __future__ import annotations

import pytest

from tests.incoming import read
from tests.papers import handout
from tests.words import told
from zt_planner.errors import FileProblem, Place, ScenarioError
from zt_planner.files.formats import Format, files_in
from zt_planner.files.imports.rows import with_places
from zt_planner.files.scenario_json import with_values
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.error_texts import explain

CELL = Place("Assumptions", 7, "Value")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("company.employees", 0, "People: 0 is too low. Write 1 or more."),
        ("company.employees", "many", 'People: "many" is not a whole number. Write a whole number.'),
        ("company.works_council", "perhaps", "There is a works council: "),
        ("company.frontline", 500, "Frontline people: 500 is not between 0 and 119. Write 119 at most: one person"),
        ("tasks.edits.kickoff.effort_days", -3, "Effort of Kick-off: -3 is too low. "),
    ],
)
def test_a_faulty_cell_is_told_with_its_place_and_name_and_no_words_of_a_file(
    path: str, value: object, said: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_values(handout().plan.scenario, {path: value, "company.sites": 0})
    lines = told(with_places(caught.value, {path: CELL}, tasks={"kickoff": "Kick-off"}))
    line = next(line for line in lines if line.startswith("Assumptions"))
    assert line.startswith(f"Assumptions, row 7, column Value: {said}")
    assert not [word for word in ("company.", "tasks.", "quotes", "null") if word in line]
    assert [line for line in lines if line.startswith("company.sites: 0 is too low")]


@pytest.mark.parametrize("file", ["tasks.csv", "cost_lines.csv"])
def test_a_table_of_which_only_the_header_is_left_is_refused(file: str) -> None:
    handed = handout()
    header = files_in(Format.CSV, handed, Dialect.RFC4180)[file].splitlines(keepends=True)[0]
    with pytest.raises(FileProblem) as caught:
        read(header, handed.plan, file)
    assert told(explain(caught.value)) == (f"{file}: the file has no rows below its header. Write at least one row.",)
