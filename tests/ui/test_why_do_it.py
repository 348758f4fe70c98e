"""The page Why do it?: what is missing until when, the law's day, and days at a standstill."""

from __future__ import annotations

import json

import pytest

from tests.ui.meeting import texts
from tests.ui.screen import Screen
from tests.words import plain
from zt_planner.topics.risk.standstill import protected_days


def bare(screen: Screen) -> str:
    """Return the texts of a page with plain spaces."""
    return plain("\n".join(texts(screen)))


def test_what_stays_open_is_a_sentence_a_picture_and_a_table_with_the_same_days(screen: Screen) -> None:
    screen.go("why_do_it")
    rows = protected_days(screen.plan)
    assert rows
    (chart,) = screen.app.get("plotly_chart")
    for row in rows:
        assert screen.language.day(row.day) in screen.answer
        assert screen.language.day(row.day) in chart.proto.alt
    screen.press("menu:table")
    table = screen.table("What is missing until when")
    assert list(table["Missing until"]) == [screen.language.short_day(row.day) for row in rows]
    assert not screen.app.get("plotly_chart")


@pytest.mark.extended
def test_where_the_law_probably_applies_its_day_and_the_fine_are_told(screen: Screen) -> None:
    screen.go("why_do_it")
    assert "What is due, and the fine" not in bare(screen)
    screen.load(b'{"company": {"sector": "energy"}}').go("why_do_it")
    dues = screen.table("What is due, and the fine")
    assert next(iter(dues["What"])) == "Registration"
    assert any("Fine at most" in what for what in dues["What"])


@pytest.mark.extended
def test_days_at_a_standstill_are_told_once_it_is_known_what_one_costs(screen: Screen) -> None:
    screen.go("why_do_it")
    assert not screen.has("why:standstill_days")
    screen.move("company.standstill_day_cost", 20_000)
    assert "EUR 20,000" in bare(screen)
    assert screen.has("why:standstill_days")


@pytest.mark.extended
def test_a_company_that_has_every_protection_is_told_so(screen: Screen) -> None:
    tasks = [task.task.id for task in screen.run().plan.tasks if task.task.id != "exercise"]
    screen.load(json.dumps({"tasks": {"edits": {key: {"done": 1} for key in tasks}}}).encode()).go("why_do_it")
    assert not protected_days(screen.plan)
    assert not screen.app.get("plotly_chart")
    assert screen.answer == "Everything that the plan protects is protected already."
