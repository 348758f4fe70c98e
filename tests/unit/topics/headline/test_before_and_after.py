"""What a change makes of a plan: the figures that are promised, as they are shown, and the team of a finish date."""

from __future__ import annotations

from typing import Any

import pytest

from tests import builders
from tests.figures import drawn
from tests.papers import handout
from tests.words import told
from zt_planner.domain.finding import Code
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.headline.before_and_after import before_and_after, new_findings_text, team_lines
from zt_planner.topics.sentence import promised_words
from zt_planner.topics.view import View

DONE = {"tasks__edits": {task: {"done": 1} for task in ("mfa_pilot", "mfa_rollout", "device_pilot", "enrolment")}}
DEADLINE = {"timeline__mode": "deadline", "timeline__target_months": 9}
CAPACITY = {"timeline__mode": "capacity"}
IMPOSSIBLE = {"timeline__mode": "deadline", "timeline__target_months": 3, "company__employees": 800}


def view(**fields: Any) -> View:  # noqa: ANN401 - fields of the scenario
    """Return a plan, drawn."""
    return drawn(handout(builders.scenario(**fields)))


def test_before_and_after_are_what_is_promised() -> None:
    before, after = view(**DEADLINE), view(**DEADLINE, **DONE)
    said = told(before_and_after(before, after)[0])
    assert said.index(told(promised_words(before))) < said.index(told(promised_words(after)))


@pytest.mark.parametrize(("mode", "says"), [(DEADLINE, True), (CAPACITY, False), (IMPOSSIBLE, False)])
def test_a_finish_date_is_said_to_be_kept_where_it_is(mode: dict[str, Any], *, says: bool) -> None:
    before, after = view(**mode), view(**mode, **DONE)
    assert after.plan.has_finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE) is (mode is IMPOSSIBLE)
    days = before.figures.internal_days_per_week, after.figures.internal_days_per_week
    kept = [text for text in map(told, team_lines(before, after)) if "To be done before" in text]
    assert bool(kept) is says
    assert not kept or (days[1] < days[0] and f"{days[1].normalize()} instead of {days[0].normalize()}" in kept[0])


def test_the_days_of_the_own_team_are_those_that_are_promised() -> None:
    before, after = view(**CAPACITY), view(**CAPACITY, **DONE)
    (said,) = map(told, team_lines(before, after))
    assert said == (
        f"Your own team: {after.promise.internal_days:.0f} days instead of {before.promise.internal_days:.0f}."
    )


def test_a_plan_that_stays_has_the_team_that_it_had() -> None:
    assert not list(team_lines(view(), view()))


def test_what_has_to_be_checked_only_afterwards_is_named() -> None:
    before, after = view(), view(**IMPOSSIBLE)
    assert told(new_findings_text(before.plan, before.plan)) == ""
    impossible = [found for found in after.plan.findings if found.code is Code.TIMELINE_DEADLINE_IMPOSSIBLE]
    (title,) = (str(told(describe(found, after.book).title)) for found in impossible)
    assert title in str(told(new_findings_text(before.plan, after.plan)))
