"""What is planned, beside what is promised: its chances, and why a figure that is promised is the plan's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.figures import drawn
from tests.papers import handout
from tests.words import ENGLISH, told
from zt_planner.language import Share
from zt_planner.topics.headline.cards import baseline_of, key_figures
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.view import View, no_draws


@pytest.fixture(scope="module")
def view() -> View:
    """Return the default plan, drawn."""
    return drawn(handout())


def test_the_plans_own_figures_stand_with_the_chance_of_keeping_each_and_both(view: View) -> None:
    promise, figures, said = view.promise, view.figures, told(planned_sentence(view))
    assert said.startswith(
        f"As planned {ENGLISH.money(figures.introduction_budget)} and {ENGLISH.day(figures.finish_date)}. "
    )
    for chance in (promise.budget_chance, promise.finish_chance, promise.both_chance):
        assert chance is not None
        assert told(chance_text(chance)) in said
    assert isinstance(chance_text(promise.finish_chance or 0), Share)


def test_as_planned_the_chances_alone_are_said() -> None:
    said = told(planned_sentence(drawn(handout(builders.scenario(timeline__confidence="planned")))))
    assert said.startswith("The chance of keeping the budget is ")
    assert "EUR" not in said


def test_where_day_rates_are_hidden_it_is_said_and_no_chance_of_the_budget(view: View) -> None:
    said = told(planned_sentence(drawn(handout(shows_labour=False))))
    assert "Day rates are hidden" in said
    assert "the budget is " not in said.replace("how sure the budget is", "")
    assert ENGLISH.day(view.figures.finish_date) in said


def test_without_draws_nothing_is_said(view: View) -> None:
    assert told(planned_sentence(replace(view, draws=no_draws))) == ""


def test_the_first_cards_are_promises_with_the_plans_own_beside(view: View) -> None:
    budget, finish, mfa, days, *_ = told(key_figures(view, None))
    promise, figures = view.promise, view.figures
    assert promise.rounded_budget is not None
    assert (budget.value, budget.context) == (
        ENGLISH.money(promise.rounded_budget),
        f"as planned {ENGLISH.money(figures.introduction_budget)}",
    )
    assert finish.value == ENGLISH.short_day(promise.finish)
    assert finish.context == f"as planned {ENGLISH.short_day(figures.finish_date)}"
    assert mfa.drawn == "mfa_date"
    assert days.value == f"{ENGLISH.number(promise.internal_days)} days"


def test_a_baseline_keeps_what_was_promised_as_it_was_told(view: View) -> None:
    kept = baseline_of(view.plan, view.simulation)
    assert kept["promised_budget"] == view.promise.rounded_budget
    assert kept["promised_finish"] == view.promise.finish.toordinal()
    sure = drawn(handout(builders.scenario(timeline__confidence="0.9")))
    (budget, *_) = key_figures(sure, kept)
    assert budget.change is not None
    assert not budget.change.is_better


def test_a_smaller_budget_of_a_later_plan_is_not_called_better(view: View) -> None:
    """Running costs that fall due later are less in the budget of the introduction, and no saving."""
    late = drawn(handout(builders.scenario(timeline__target_months=18)))
    budget, finish, *_ = key_figures(late, baseline_of(view.plan, view.simulation))
    assert late.promise.budget is not None
    assert view.promise.budget is not None
    assert late.promise.budget < view.promise.budget
    assert (budget.change and budget.change.is_better, finish.change and finish.change.is_better) == (None, False)
