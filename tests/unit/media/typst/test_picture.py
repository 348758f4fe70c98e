"""The picture for paper: all its tasks where they have room, and what a sheet must say beside it."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from tests.approval import Says
from tests.papers import handout, situation, stopped_situation
from tests.words import told
from zt_planner.language import LanguageCode
from zt_planner.media.typst.picture import MOST_TASKS, paper_picture_of
from zt_planner.topics.sentence import headline_sentence


def test_all_tasks_stand_below_their_steps() -> None:
    given = situation("default")
    rows = paper_picture_of(given).drawings[0].rows
    assert sum(len(row.tasks) for row in rows) == len(given.plan.tasks)


def test_very_many_tasks_are_drawn_by_step_and_the_picture_says_so() -> None:
    given = situation("many own tasks")
    picture = told(paper_picture_of(given), given.language)
    assert len(given.plan.tasks) > MOST_TASKS
    assert not any(row.tasks for row in picture.drawings[0].rows)
    assert f"too many tasks for one sheet ({len(given.plan.tasks)})" in picture.notes[0]


def test_a_stopped_plan_has_no_picture_and_says_why(says: Says) -> None:
    picture = paper_picture_of(stopped_situation())
    (drawing,) = picture.drawings
    assert (drawing.rows, drawing.marks, drawing.signs) == ((), (), ())
    says(picture.notes)
    says(picture.title)


def test_a_missing_price_is_said() -> None:
    assert "so every amount is a lower bound" in " ".join(paper_picture_of(situation("a price is missing")).notes)


@pytest.mark.parametrize("code", LanguageCode)
def test_the_words_are_those_of_the_plan(code: LanguageCode, says: Says) -> None:
    given = situation("350 people", code)
    picture = told(paper_picture_of(given), given.language)
    assert picture.title == given.language.write(headline_sentence(given))
    says(picture.kicker)
    assert given.plan.scenario.version in picture.stamp[1]
    assert given.language.day(given.plan.today) in picture.stamp[1]


def test_labour_that_is_hidden_is_in_no_word(says: Says) -> None:
    picture = told(paper_picture_of(handout(shows_labour=False)))
    says(picture.stamp[0])
    assert "Consultant" not in str(asdict(picture))


def test_equal_plans_give_equal_pictures() -> None:
    assert paper_picture_of(situation("default")) == paper_picture_of(situation("default"))
