"""How busy teams are in its weeks adds up to a plan's days, and tasks never take more than a team has."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from tests.property.checker import TOLERANCE, Checker
from tests.property.test_schedule_laws import plans
from zt_planner.domain.plan import Team
from zt_planner.topics.roadmap.team_load import weeks_of


@given(plans)
def test_the_weeks_of_a_team_add_up_to_its_days(checker: Checker) -> None:
    figures = checker.plan.headlines
    assert figures is not None
    for team, days in ((Team.INTERNAL, figures.internal_days), (Team.EXTERNAL, figures.external_days)):
        weeks = weeks_of(checker.plan, team)
        assert sum((week.whole for week in weeks), Fraction(0)) == days
        assert sum(week.worked for week in weeks) == len(checker.days)
        assert all(week.tasks <= week.capacity + 5 * TOLERANCE for week in weeks)
