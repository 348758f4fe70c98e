"""What is planned, beside what is promised: its chances, and why a figure that is promised is the plan's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.figures import drawn
from tests.papers import handout
from tests.words import ENGLISH, told
from zt_planner.domain.money import rounded
from zt_planner.engine.promise import WhyOwnFigures
from zt_planner.language import Money, Share
from zt_planner.topics.headline.cards import baseline_note, baseline_of, cards_of, is_comparable, key_figures
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.task_words import days_text
from zt_planner.topics.view import View, no_draws


@pytest.fixture(scope="module")
def view() -> View:
    """Return the default plan, drawn."""
    return drawn(handout())


def test_the_plans_own_figures_stand_with_the_chance_of_keeping_each_and_both(view: View) -> None:
    promise, figures, said = view.promise, view.figures, told(planned_sentence(view))
    chances = (promise.budget_chance, promise.finish_chance, promise.both_chance)
    budget, finish, both = (told(chance_text(chance or 0)) for chance in chances)
    assert said.endswith(
        f"As planned {ENGLISH.money(figures.introduction_budget)} ({budget}) and "
        f"{ENGLISH.day(figures.finish_date)} ({finish}), both {both}."
    )
    assert isinstance(chance_text(promise.finish_chance or 0), Share)


def test_how_sure_is_said_of_each_promised_figure_and_of_both_together(view: View) -> None:
    promise, simulation = view.promise, view.simulation
    assert simulation is not None
    both = simulation.chance(budget=promise.rounded_budget, by=promise.finish)
    assert simulation.chance(by=promise.finish) >= 0.8 > both
    said = told(planned_sentence(view))
    assert said.startswith(f"Both together are {told(chance_text(both))} sure. ")


def test_as_planned_the_chances_alone_are_said() -> None:
    said = told(planned_sentence(drawn(handout(builders.scenario(timeline__confidence="planned")))))
    assert said.startswith("The chance of keeping the budget is ")
    assert "each" not in said
    assert "EUR" not in said


def test_where_day_rates_are_hidden_it_is_said_and_no_chance_of_the_budget(view: View) -> None:
    said = told(planned_sentence(drawn(handout(shows_labour=False))))
    assert "Day rates are hidden" in said
    assert "both" not in said
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


def under_way_and_before(confidence: str) -> tuple[View, View]:
    """Return a plan under way, and the one that it is measured against, both drawn."""
    fields = {"timeline__start": "2027-01-04", "timeline__confidence": confidence, "status__at": "2027-04-15"}
    now = drawn(handout(builders.scenario(**fields)))
    assert now.reference_view is not None
    return now, drawn(now.reference_view)


@pytest.mark.parametrize("confidence", ["0.8", "planned"])
def test_the_card_of_a_promise_under_way_is_compared_with_what_was_promised(confidence: str) -> None:
    now, before = under_way_and_before(confidence)
    budget, finish, *_ = told(key_figures(now, baseline_of(before.plan, before.simulation)))
    days = (now.promise.finish - before.promise.finish).days
    assert now.promise.rounded_budget is not None
    assert before.promise.rounded_budget is not None
    more = rounded(now.promise.rounded_budget, 0) - rounded(before.promise.rounded_budget, 0)
    assert finish.change is not None
    assert finish.change.text == told(days_text(days))
    assert (budget.change is None) is (more == 0)
    if budget.change is not None:
        assert budget.change.text == told(Money(more, 0, is_signed=True))


def test_what_a_figure_was_is_said_of_what_it_is_compared_with() -> None:
    now, before = under_way_and_before("0.8")
    kept = baseline_of(before.plan, before.simulation)
    assert told(baseline_note("promised_finish", now, kept)).startswith(
        f"Before the work began it was {ENGLISH.day(before.promise.finish)}: "
    )


def test_a_lower_bound_is_compared_with_nothing_and_nothing_with_it(view: View) -> None:
    early = drawn(handout(builders.scenario(timeline__start="2020-06-01")))
    whole, bound = (baseline_of(each.plan, each.simulation) for each in (view, early))
    assert not early.plan.is_complete
    assert "promised_budget" not in bound
    assert "promised_finish" in bound
    for shown, baseline in ((early, whole), (view, bound)):
        budget, finish, *_ = key_figures(shown, baseline)
        assert (budget.change, finish.change is None) == (None, False)


def test_a_day_that_no_draw_reaches_is_compared_with_none_that_is_promised(view: View) -> None:
    (figure,) = (each for each, _ in cards_of(view.plan, view.promise) if each.name == "promised_finish")
    assert is_comparable(figure, view.plan, view.promise)
    unknown = replace(view.promise, why_planned_finish=WhyOwnFigures.NO_DATE)
    assert not is_comparable(figure, view.plan, unknown)


def test_a_smaller_budget_of_a_later_plan_is_not_called_better(view: View) -> None:
    """Running costs that fall due later are less in the budget of the introduction, and no saving."""
    late = drawn(handout(builders.scenario(timeline__target_months=18)))
    budget, finish, *_ = key_figures(late, baseline_of(view.plan, view.simulation))
    assert late.promise.budget is not None
    assert view.promise.budget is not None
    assert late.promise.budget < view.promise.budget
    assert (budget.change and budget.change.is_better, finish.change and finish.change.is_better) == (None, False)
