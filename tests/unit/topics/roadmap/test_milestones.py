"""Milestones: the registration is one, to come or past, and only where a law probably applies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import book, model, plan, quiet, task
from tests.words import told
from zt_planner.topics.roadmap.milestones import REGISTRATION, milestones

ONE = model(task("a"))


@pytest.mark.parametrize(("days", "title"), [(0, "is due"), (35, "is due"), (-1, "was due"), (None, None)])
def test_a_registration_is_a_milestone_that_says_whether_it_is_past(days: int | None, title: str | None) -> None:
    given = plan(quiet(), book(), ONE)
    day: date | None = None if days is None else given.today + timedelta(days=days)
    found = milestones(replace(given, register_by=day))
    registration = [(each.day, told(each.title)) for each in found if each.key == REGISTRATION]
    assert registration == ([] if title is None else [(day, f"Registration {title} (NIS2)")])
    assert [each.day for each in found] == sorted(each.day for each in found)
