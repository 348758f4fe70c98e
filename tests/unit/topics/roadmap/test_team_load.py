"""How busy the teams are, week by week: days of tasks and coordination beside what a team has, shown and explained."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tests.approval import Says
from tests.builders import NO_STEERING, book, case, model, plan_for, quiet, task
from tests.words import ENGLISH, GERMAN, plain, plotted, told
from zt_planner import bootstrap
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.topics.roadmap.load_chart import (
    explain_load,
    load_alt,
    load_chart,
    load_table,
    load_text,
    load_titles,
    team_weeks,
)
from zt_planner.topics.roadmap.team_load import Week, mondays, week_text, weeks_of
from zt_planner.topics.view import View

WORK = model(
    task("a", name="Order", days=4, external_share="0.25", step="1"),
    task("b", name="Install", days=6, after=("a",), step="2"),
)
MARKED = "Half a day or more above that"
LITTLE_STEERING = {"labour__coordination_share": {"internal": 0.05, "external": 0.05}}
MUCH_STEERING = {"labour__coordination_share": {"internal": 0.15, "external": 0.15}}


def planned(**fields: Any) -> Plan:  # noqa: ANN401 - any field
    """Return a plan with five days a week: Order runs from Monday 4 to 6 January, Install on from the 7th."""
    return plan_for(case(quiet(**fields), book(), WORK))


def test_a_week_holds_the_days_of_its_tasks() -> None:
    plan = planned(**NO_STEERING)
    assert mondays(plan) == (date(2027, 1, 4), date(2027, 1, 11))
    first, second = weeks_of(plan, Team.INTERNAL)
    assert [dict(week.task_days) for week in (first, second)] == [{"a": 3, "b": 2}, {"b": 4}]
    assert [week.worked for week in (first, second)] == [5, 4]
    assert [week.capacity for week in (first, second)] == [5, 4]
    assert [first.whole, first.excess] == [5, 0]
    (consultant, _) = weeks_of(plan, Team.EXTERNAL)
    assert consultant.task_days == {"a": 1}
    assert consultant.whole == 1


def test_coordination_comes_on_top_and_can_be_more_than_a_team_has() -> None:
    # 5 and 4 days of work, of which 15 % come on top.
    plan = planned(**MUCH_STEERING)
    first, second = weeks_of(plan, Team.INTERNAL)
    assert (first.coordination, second.coordination) == (Fraction(3, 4), Fraction(3, 5))
    assert (first.excess, second.excess) == (Fraction(3, 4), Fraction(3, 5))


def test_less_than_half_a_day_too_much_is_told_but_not_marked(says: Says) -> None:
    plan = planned(**LITTLE_STEERING)
    first, second = weeks_of(plan, Team.INTERNAL)
    assert (first.excess, second.excess) == (Fraction(1, 4), Fraction(1, 5))
    assert not first.is_marked
    text = plain(ENGLISH.write(load_text(team_weeks(plan))))
    says(text)
    says(ENGLISH.write(week_text(first)))
    assert [row[5] for row in told(load_table(team_weeks(plan))).rows] == ["0.25", "0.20"]
    assert not [trace for trace in plotted(load_chart(plan)).data if trace.name == MARKED]


def test_a_week_above_by_less_than_is_shown_is_not_above() -> None:
    week = Week(date(2027, 1, 4), 5, {"a": Fraction(5) + Fraction(1, 1000)}, Fraction(0), Fraction(5))
    assert week.excess == 0


def test_the_default_plan_is_never_said_to_stay_within_its_teams_in_the_weeks_in_which_it_does_not() -> None:
    plan = plan_for(case(Scenario(), bootstrap.price_book(), bootstrap.phase_model()))
    assert any(week.whole > week.capacity for team in Team for week in weeks_of(plan, team))
    assert "Never more than it has." not in ENGLISH.write(load_text(team_weeks(plan)))


def test_a_week_with_days_off_has_less() -> None:
    plan = planned(timeline__closures=[["2027-01-05", "2027-01-06"]], **NO_STEERING)
    first, *_ = weeks_of(plan, Team.INTERNAL)
    assert [first.worked, first.capacity, first.tasks] == [3, 3, 3]
    assert first.task_days == {"a": 3}


def test_a_task_on_both_sides_of_a_month_is_coordinated_in_both() -> None:
    plan = planned(timeline__start=date(2027, 1, 28))
    first, *_ = weeks_of(plan, Team.EXTERNAL)
    second = weeks_of(plan, Team.EXTERNAL)[1]
    # A day of the consultant's, spread over 28 and 29 January and 1 February; 12 % of it come on top.
    assert first.coordination == Fraction(2, 3) * Fraction(12, 100)
    assert second.coordination == Fraction(1, 3) * Fraction(12, 100)


def test_the_load_is_said_in_words(says: Says) -> None:
    plan = planned(**MUCH_STEERING)
    text = plain(ENGLISH.write(load_text(team_weeks(plan))))
    says(text)
    says(GERMAN.write(load_alt(team_weeks(plan))))


def test_the_table_shows_both_teams_beside_each_other(says: Says) -> None:
    table = told(load_table(team_weeks(planned(**MUCH_STEERING))))
    says(table.columns[2:6])
    assert [plain(cell) for cell in table.rows[0]] == [
        "4 Jan 2027", "5", "5.00", "0.75", "5.00", "0.75", "1.00", "0.15", "5.00", "",
    ]  # fmt: skip


def test_the_picture_marks_the_weeks_above_what_a_team_has() -> None:
    chart = plotted(load_chart(planned(**MUCH_STEERING)))
    marks = [trace for trace in chart.data if trace.name == MARKED]
    assert [len(mark.x) for mark in marks] == [2]
    bars = {(trace.name, trace.yaxis): list(trace.y) for trace in chart.data}
    assert bars["Tasks", "y"] == [5, 4]
    assert bars["The team's days for tasks", "y"] == [5, 4, 4]
    assert chart.layout.yaxis.ticktext[:2] == ("0", "2")
    assert not [trace for trace in plotted(load_chart(planned(**NO_STEERING))).data if trace.name == MARKED]


def test_a_week_is_explained_by_its_tasks_and_coordination() -> None:
    plan = planned(tasks__edits={"a": {"effort_days": 4.01, "min_length_days": 4}})
    asked = View(plan, ENGLISH)
    assert list(load_titles(asked))[:2] == ["internal:2027-01-04", "internal:2027-01-11"]
    found = told(explain_load("internal:2027-01-04", asked))
    assert found is not None
    assert found.result == found.value
    assert [row.item for row in found.rows] == ["Order", "Install", "Coordination"]
    assert [badge.text for badge in found.rows[0].badges] == ["own effort"]
    assert found.notes[0].endswith("the team has 5.00.")
    for name in ("internal:2027-01-05", "nobody:2027-01-04", "internal", ""):
        assert told(explain_load(name, asked)) is None
