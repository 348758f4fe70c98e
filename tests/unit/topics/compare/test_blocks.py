"""The sheet of alternatives: what a board reads of a comparison, and when there is nothing to read."""

from __future__ import annotations

from dataclasses import replace

from tests.approval import Says
from tests.blocks import group_in, tables_in, texts_in
from tests.builders import unstopped
from tests.papers import beside, situation
from tests.words import ENGLISH, told
from zt_planner.engine.promise import WhyOwnFigures
from zt_planner.media.board import board_paper_of
from zt_planner.topics.block import Role
from zt_planner.topics.compare.blocks import LONGEST, MOST_INPUTS, alternatives_group, listed
from zt_planner.topics.compare.sentences import bridge_lines
from zt_planner.topics.sentence import promised_budget
from zt_planner.topics.view import View


def test_each_figure_stands_with_its_difference_in_words(says: Says) -> None:
    given = beside({"choices__monitoring": "mdr"})
    found, comparison = told(alternatives_group(given)), given.comparison
    assert comparison is not None
    (table,) = tables_in(found)
    assert table.columns[1:] == ("A\nPlan 1", "B\nPlan 2")
    one, two = comparison.variants
    first, other = (unstopped(variant.plan).headlines for variant in (one, two))
    own, its = (ENGLISH.money(each.introduction_budget, 2) for each in (first, other))
    more = ENGLISH.money(other.introduction_budget - first.introduction_budget, 2)
    budget, finish, planned = table.rows[:3]
    assert (budget[0], finish[0]) == ("Promised budget", "Promised finish")
    assert budget[1:] == (
        ENGLISH.write(promised_budget(given)),
        "EUR\N{NO-BREAK SPACE}196,000 (+EUR\N{NO-BREAK SPACE}8,000)",
    )
    assert planned[1:] == (own, f"{its}\n+{more} · worse")
    lead = ENGLISH.write(next(bridge_lines(two.bridges[0], one, two)))
    assert texts_in(found, role=Role.LEAD) == [f"As planned: {lead}"]
    days, inputs, findings = texts_in(found, role=Role.TEXT)
    assert "of your team, worth some" in days
    says(inputs)
    says(findings.split("; ")[:2])
    says(texts_in(found, role=Role.NOTE))


def promised_rows(view: View) -> tuple[list[str], str]:
    """Return the titles of the rows with what is promised, and the note below the table."""
    found = told(alternatives_group(view))
    (table,) = tables_in(found)
    return [row[0] for row in table.rows if row[0].startswith("Promised")], texts_in(found, role=Role.NOTE)[0]


def test_only_what_is_promised_is_called_so(says: Says) -> None:
    given = beside({"choices__monitoring": "mdr"})
    hidden = given.beside(replace(given.plan, case=replace(given.plan.case, shows_labour=False)))
    titles, note = promised_rows(replace(hidden, comparison=given.comparison))
    assert titles == ["Promised finish"]
    says(note)
    unpriced = beside({"choices__monitoring": "mdr"}, choices__monitoring="siem", prices__as_of="2026-02-01")
    assert promised_rows(unpriced)[0] == ["Promised finish"]
    undated = replace(given)
    undated.__dict__["promise"] = replace(given.promise, why_planned_finish=WhyOwnFigures.NO_DATE)
    assert promised_rows(undated)[0] == ["Promised budget"]
    asked = beside({"choices__monitoring": "mdr"}, timeline__confidence="planned")
    titles, note = promised_rows(asked)
    assert (titles, "What is promised" in note) == ([], False)


def test_what_moves_only_a_later_figure_is_said_by_its_bridge(says: Says) -> None:
    found = told(alternatives_group(beside({"company__name": "Other"}, {"timeline__region": "BY"})))
    says([text.split(" costs ")[0] for text in texts_in(found, role=Role.LEAD)])


def test_a_plan_alone_has_no_alternatives() -> None:
    assert alternatives_group(situation("default")) is None


def test_compared_plans_take_the_place_of_the_alternatives_at_hand() -> None:
    given = beside({"choices__monitoring": "mdr"})
    alone, together = board_paper_of(replace(given, comparison=None)), board_paper_of(given)
    assert [group_in(alone, name) is None for name in ("two_alternatives", "alternatives")] == [False, True]
    assert [group_in(together, name) is None for name in ("two_alternatives", "alternatives")] == [True, False]


def test_the_horizons_of_plans_are_said_to_differ(says: Says) -> None:
    found = told(alternatives_group(beside({"finance__horizon_months": 24})))
    says(texts_in(found, role=Role.NOTE)[0])


def test_of_many_lines_the_rest_is_counted_and_a_long_one_is_cut() -> None:
    text = ENGLISH.write(listed(["x" * 200, *("ab",) * 9], MOST_INPUTS))
    assert text == "; ".join([f"{'x' * (LONGEST - 1)}…", *("ab",) * 5]) + " and 4 more"
    assert ENGLISH.write(listed(["ab"], MOST_INPUTS)) == "ab"
