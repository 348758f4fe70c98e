"""What `summary.json` says of a plan under way."""

from __future__ import annotations

import json
from typing import Any

from tests import builders
from tests.papers import SITUATIONS, any_handout, handout, situation
from zt_planner.engine.under_way.approved import approved
from zt_planner.files.formats import Format, files_in
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.view import AnyView

UNDER_WAY = SITUATIONS["under way and booked"]


def status_in(given: AnyView) -> dict[str, Any]:
    files = files_in(Format.JSON, given, Dialect.RFC4180)
    found: dict[str, Any] = json.loads(files["summary.json"]).get("status", {})
    return found


def test_without_a_status_date_it_says_nothing() -> None:
    assert status_in(situation("default")) == {}


def test_it_says_where_the_plan_stands_beside_what_was_planned() -> None:
    given = situation("under way and booked")
    assert given.reference is not None
    now, then, use = given.plan.headlines, given.reference.headlines, given.plan.contingency
    assert now is not None
    assert then is not None
    assert use is not None
    assert status_in(given) == {
        "at": "2027-03-15",
        "approved": None,
        "reference_finish_date": then.finish_date.isoformat(),
        "reference_introduction_budget": str(then.introduction_budget),
        "slip_days": (now.finish_date - then.finish_date).days,
        "tasks": {"not_begun": len(given.plan.tasks) - 6, "running": 2, "done": 4},
        "closed_months": ["2027-01", "2027-02"],
        "contingency_left": str(use.left),
    }


def test_beside_the_approved_plan_where_there_is_one() -> None:
    plain = situation("default")
    found = approved(plain.case, "Spring", plain.plan.today)
    assert found is not None
    said = status_in(handout(builders.scenario(**UNDER_WAY, status__approved=found.model_dump(mode="json"))))
    assert said["approved"] == {"by": "Spring", "on": "2026-11-06"}
    assert said["reference_finish_date"] == found.finish.isoformat()


def test_a_plan_that_has_stopped_has_no_figures() -> None:
    said = status_in(any_handout(builders.scenario(**SITUATIONS["never ends"], status__at="2027-03-15")))
    assert (said["reference_finish_date"], said["slip_days"], said["contingency_left"]) == (None, None, None)
