"""Why this difference? Every difference that is shown has an explanation, whose rows add up to it."""

from __future__ import annotations

import pytest

from tests.approval import Says
from tests.papers import SITUATIONS, beside
from tests.words import Told, told
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.topics.compare.side_by_side import COMPARED, compared_figures, figure_table
from zt_planner.topics.compare.why import explain_difference
from zt_planner.topics.figure_names import difference_name
from zt_planner.topics.trace import trace_table

MDR = {"choices__monitoring": "mdr"}
OTHERS = (
    {**MDR, "company__employees": 150, "finance__contingency": 0.2, "timeline__region": "BY"},
    {"finance__horizon_months": 24, "choices__operation": "partner", "timeline__start": "2027-03-01"},
    SITUATIONS["never ends"],
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    found = beside(*OTHERS).comparison
    assert found is not None
    return found


def explained(comparison: Comparison, figure: str, letter: str = "B") -> Told:
    found = told(explain_difference(difference_name(letter, figure), comparison))
    assert found is not None
    return found


def test_every_difference_is_explained_by_rows_that_add_up_to_it(comparison: Comparison) -> None:
    table, count = told(figure_table(comparison)), len(comparison.variants)
    figures = compared_figures(comparison)
    assert [row.figure.name for row in figures] == list(COMPARED)
    for row, cells, asks in zip(figures, table.rows, table.asks, strict=True):
        for change, text, asked in zip(row.differences, cells[count + 1 :], asks[count + 1 :], strict=True):
            found = told(explain_difference(asked, comparison))
            assert (found is None) == (change is None) == (not text), asked
            if found is not None:
                assert (found.name, found.shown, found.value) == (asked, text, change)
                assert found.total == change
                assert told(trace_table(found)).rows or not change


def test_a_figure_with_a_bridge_is_explained_by_its_bars(comparison: Comparison, says: Says) -> None:
    other = comparison.others[0]
    for bridge in other.bridges:
        found = explained(comparison, bridge.figure)
        assert [row.amount for row in found.rows] == [bar.amount for bar in bridge.bars]
    says(explained(comparison, "finish_date").notes[1])


def test_an_amount_without_a_bridge_is_explained_by_the_lines_that_differ(comparison: Comparison, says: Says) -> None:
    found = explained(comparison, "first_year_budget")
    says(found.title)
    assert "Contingency" in {row.category for row in found.rows}
    start = explained(comparison, "start_date", "C")
    assert [(row.item, row.amount) for row in start.rows] == [("From 4\xa0January\xa02027 to 1\xa0March\xa02027", 56)]
    assert [row.item for row in explained(comparison, "internal_days").rows] == ["B", "Minus A"]


@pytest.mark.extended
def test_where_there_is_no_bridge_the_reason_stands_below(comparison: Comparison) -> None:
    assert told(explain_difference("difference:d:finish_date", comparison)) is None
    assert told(explain_difference("difference:b:unknown", comparison)) is None
    assert told(explain_difference("finish_date", comparison)) is None
    # Each is possible alone, but not people and apps of the one with the small team of the other.
    small = {"timeline__mode": "capacity", "timeline__internal_days_per_week": 0.25}
    gap = beside(small, company__apps=500, company__employees=5000).comparison
    assert gap is not None
    found = explained(gap, "finish_date")
    assert found.total == found.value != 0
    assert found.notes[1].startswith("The difference cannot be explained: A with inputs of B (")
