"""What a project file says of its lines for its way back."""

from __future__ import annotations

import pytest

from tests.handouts import AWKWARD, UNDER_WAY, handout
from zt_planner.files.project.marks import facts_from
from zt_planner.files.project.rows import project_rows


def test_a_mark_reads_back_as_it_was_written() -> None:
    rows = (*project_rows(handout(AWKWARD)), *project_rows(handout(UNDER_WAY)))
    marked = [row for row in rows if row.mark.startswith("task:")]
    assert len(marked) > 60
    for row in marked:
        facts = facts_from(row.facts)
        assert facts is not None
        assert facts.text == row.facts
        assert facts.progress == row.progress
        assert (facts.start, facts.length_days, facts.work) == (row.start, row.length_days, row.internal + row.external)


GOOD = "2027-01-04|1|100"
BEGUN = f"{GOOD}|1|2027-01-04|||7200"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        GOOD[:-4],
        f"{GOOD}|",
        f"{BEGUN}x",
        BEGUN.replace("|1|2027", "||2027"),
        GOOD.replace("2027-01-04", "2027-02-30"),
        GOOD.replace("|100", "|²"),
    ],
)
def test_what_is_no_mark_is_none(text: str) -> None:
    assert facts_from(text) is None
    assert facts_from(GOOD) is not None
    assert facts_from(BEGUN) is not None
