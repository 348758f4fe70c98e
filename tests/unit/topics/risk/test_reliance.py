"""Whether a figure can be relied on: its chance, what moves it most, and which quotes to get, in its explanation."""

from __future__ import annotations

import pytest

from tests import builders
from tests.papers import handout
from tests.words import ENGLISH, told
from zt_planner.domain.headlines import FigureName
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.simulation.drivers import by_days, by_money
from zt_planner.topics.explanations.registry import answer_of, trace_of
from zt_planner.topics.prices.blocks import doubtful_prices
from zt_planner.topics.risk.ranges import range_names
from zt_planner.topics.view import View


def leads(name: str, *, shows_labour: bool = True, **fields: object) -> tuple[View, list[str]]:
    """Return a view of a plan, and what a figure's explanation says first."""
    view = View(handout(builders.scenario(**fields), shows_labour=shows_labour).plan, ENGLISH)
    trace = answer_of(name, view)
    assert trace is not None
    return view, [told(text) for text in trace.lead]


@pytest.mark.parametrize("confidence", [0.8, "planned"])
def test_the_budget_names_its_chance_what_moves_it_and_which_quotes_to_get(confidence: object) -> None:
    view, (chance, moved, quotes) = leads("promised_budget", timeline__confidence=confidence)
    assert chance.endswith(f" {view.promise.budget_chance:.0%}.")
    assert ENGLISH.money(view.figures.introduction_budget) in chance
    largest = by_money(view.swings)[0]
    assert told(range_names([largest.name], view)[largest.name]) in moved
    price_id, lines = doubtful_prices(figure_lines(FigureName.INTRODUCTION_BUDGET, view.plan), view.plan)[0]
    assert view.book.rows_by_id[price_id][-1].product in quotes
    assert ENGLISH.money(sum_of(lines)) in quotes


def test_the_finish_names_its_chance_and_what_moves_it() -> None:
    view, (chance, moved) = leads("promised_finish")
    assert chance.endswith(f" {view.promise.finish_chance:.0%}.")
    largest = by_days(view.swings)[0]
    assert told(range_names([largest.name], view)[largest.name]) in moved


@pytest.mark.parametrize("name", ["promised_mfa_date", "promised_internal_days"])
def test_what_else_is_promised_names_its_chance(name: str) -> None:
    _, (chance,) = leads(name)
    assert chance.endswith("%.")


def test_an_amount_that_is_not_drawn_names_the_quotes_alone() -> None:
    view, (quotes,) = leads("run_rate_monthly")
    price_id, _ = doubtful_prices(figure_lines(FigureName.RUN_RATE_MONTHLY, view.plan), view.plan)[0]
    assert view.book.rows_by_id[price_id][-1].product in quotes


def test_where_labour_is_hidden_no_chance_of_the_budget_is_told() -> None:
    _, lead = leads("promised_budget", shows_labour=False)
    assert not any("%" in text for text in lead)


def test_points_of_a_law_have_none() -> None:
    assert leads("nis2")[1] == []


@pytest.mark.parametrize("name", ["licences:entra:301", "task:mfa_rollout", "price:entra-p2"])
def test_what_is_not_drawn_is_explained_without_draws(name: str) -> None:
    view = View(handout().plan, ENGLISH, draws=lambda: pytest.fail("drawn"))
    assert answer_of(name, view) is not None


def test_a_list_of_figures_asks_of_none_whether_it_can_be_relied_on() -> None:
    trace = trace_of("promised_budget", View(handout().plan, ENGLISH))
    assert trace is not None
    assert trace.lead == ()
