"""How sure a plan is, in words, tables and pictures: they say what the draws say."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from tests import builders
from tests.approval import Says
from tests.words import ENGLISH, plain, plotted, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.money import up_to_thousands
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.promise import promise_of
from zt_planner.engine.simulation.result import Reserve, SimulationResult, simulate
from zt_planner.topics.axes import midnight
from zt_planner.topics.risk import confidence, uncertainty
from zt_planner.topics.risk.confidence import Target, chance_text, plan_target
from zt_planner.topics.risk.joint_chart import MOST_POINTS, joint_chart, sample_of


@pytest.fixture(scope="session")
def plan(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    return builders.plan(Scenario(), price_book, phase_model)


@pytest.fixture(scope="session")
def figures(plan: Plan) -> Headlines:
    return plan.headlines


@pytest.fixture(scope="session")
def simulation(plan: Plan) -> SimulationResult:
    found = simulate(plan)
    assert found is not None
    return found


def test_the_table_ends_with_how_likely_each_figure_of_the_plan_is_alone(
    plan: Plan, figures: Headlines, simulation: SimulationResult
) -> None:
    table = told(uncertainty.percentiles_table(plan, figures, simulation))
    held = float(np.mean(simulation.horizon <= int(figures.horizon_total * 100)))
    cash = float(np.mean(simulation.first_year <= int(figures.first_year_budget * 100)))
    assert figures.mfa_date is not None
    assert simulation.mfa is not None
    with_mfa = float(np.mean(simulation.mfa < simulation.axis.index_after(figures.mfa_date)))
    assert list(table.rows[-1][1:]) == [
        ENGLISH.write(chance_text(share))
        for share in (
            simulation.chance(by=figures.finish_date),
            with_mfa,
            simulation.chance(budget=figures.introduction_budget),
            held,
            cash,
        )
    ]
    assert table.rows[3][3] == ENGLISH.money(simulation.introduction_at(0.8))
    assert table.rows[3][5] == ENGLISH.money(simulation.first_year_at(0.8))
    assert all(table.columns)
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_budget_and_a_date_hold_together_less_often_than_each_alone(simulation: SimulationResult, says: Says) -> None:
    target = Target(date(2028, 1, 31), Decimal(150_000))
    both, budget, finish = (
        simulation.chance(budget=target.budget, by=target.by),
        simulation.chance(budget=target.budget),
        simulation.chance(by=target.by),
    )
    assert both < min(budget, finish)
    text = plain(ENGLISH.write(confidence.chance_sentence(target, simulation)))
    says(text)
    assert all(ENGLISH.write(chance_text(share)) in text for share in (both, budget, finish))
    says(ENGLISH.write(confidence.chance_sentence(Target(target.by), simulation)))
    says(ENGLISH.write(confidence.chance_sentence(Target(None, target.budget), simulation)))


def test_the_budget_that_is_needed_by_a_day_is_named_or_why_there_is_none(
    simulation: SimulationResult, figures: Headlines, says: Says
) -> None:
    late = simulation.finish_at(0.9)
    needed = simulation.budget_for(0.7, late)
    assert needed is not None
    assert ENGLISH.money(needed) in ENGLISH.write(uncertainty.needed_text(Target(late), simulation))
    early = ENGLISH.write(uncertainty.needed_text(Target(figures.finish_date), simulation))
    says(early)
    assert ENGLISH.day(simulation.contour(0.7)[0][0]) in early
    assert ENGLISH.write(uncertainty.needed_text(Target(None, needed), simulation)) == ""


def test_the_words_say_that_percentiles_do_not_hold_together(simulation: SimulationResult) -> None:
    both = simulation.chance(budget=up_to_thousands(simulation.introduction_at(0.8)), by=simulation.finish_at(0.8))
    assert both < 0.8
    assert f"Only {ENGLISH.write(chance_text(both))} of the draws meet both" in ENGLISH.write(
        uncertainty.trade_text(simulation)
    )


def test_the_table_of_the_line_begins_with_its_first_day_and_grows_cheaper(simulation: SimulationResult) -> None:
    days = uncertainty.contour_days(simulation)
    assert days[0] == simulation.contour(0.7)[0][0]
    assert len(days) <= uncertainty.MOST_DAYS
    budgets = [simulation.budget_for(0.7, day) for day in days]
    assert all(one is not None and other is not None and one >= other for one, other in itertools.pairwise(budgets))
    assert len(told(uncertainty.contour_table(simulation)).rows) == len(days)


def test_the_picture_shows_draws_with_their_mirror_images_the_line_and_the_plan(
    figures: Headlines, simulation: SimulationResult, says: Says
) -> None:
    days, budgets = sample_of(simulation)
    assert len(days) == len(budgets) == MOST_POINTS
    assert days[1] == simulation.axis.day(int(simulation.finish[1])).isoformat()
    assert budgets[2] == pytest.approx(float(simulation.introduction[10]) / 100)
    own = plotted(joint_chart(figures, simulation, plan_target(figures), Target()))
    says([trace.name for trace in own.data])
    asked = plotted(joint_chart(figures, simulation, Target(date(2028, 3, 1), Decimal(140_000)), Target()))
    assert asked.data[-1].name == "Your question"
    assert len(asked.layout.shapes) == 2
    assert len(plotted(joint_chart(figures, simulation, Target(date(2028, 3, 1)), Target())).layout.shapes) == 1


def test_the_picture_marks_what_is_promised_by_a_point_and_two_lines(
    plan: Plan, figures: Headlines, simulation: SimulationResult
) -> None:
    promise = promise_of(plan, simulation)
    promised, own = confidence.promised_target(promise), plan_target(figures)
    assert promised == Target(promise.finish, promise.rounded_budget) != own
    drawn = plotted(joint_chart(figures, simulation, own, promised))
    point = drawn.data[-1]
    assert (point.name, list(point.x), list(point.y)) == (
        "Promised",
        [midnight(promise.finish)],
        [float(promise.rounded_budget or 0)],
    )
    assert [(line.x0, line.y0) for line in drawn.layout.shapes[:2]] == [(point.x[0], 0), (0, point.y[0])]
    alt = plain(ENGLISH.write(uncertainty.joint_alt(own, figures, simulation, promised)))
    both = ENGLISH.write(chance_text(promise.sure_both_chance or 0))
    assert f"of both {both}." in alt.partition("of both ")[2]
    assert confidence.promised_target(promise_of(plan, None)) == Target()


def test_pictures_are_described_with_their_figures(
    plan: Plan, figures: Headlines, simulation: SimulationResult
) -> None:
    target = Target(figures.finish_date + timedelta(days=90), Decimal(140_000))
    alt = plain(ENGLISH.write(uncertainty.joint_alt(target, figures, simulation, Target())))
    assert plain(ENGLISH.money(figures.introduction_budget)) in alt
    assert "EUR 140,000" in alt
    assert len(told(uncertainty.spread_table(plan, figures, simulation)).rows) == len(uncertainty.STEPS)


def test_the_reserve_stands_in_a_table_with_what_it_is_reckoned_from() -> None:
    reserve = Reserve(Decimal(120_000), Decimal(12_000), Decimal(150_000), 0.55)
    rows = [plain(row[1]) for row in told(confidence.reserve_table(reserve)).rows]
    assert rows == ["EUR 120,000", "EUR 12,000", "EUR 150,000", "EUR 30,000", "55%"]
    enough = replace(reserve, sure=Decimal(110_000))
    assert [plain(row[1]) for row in told(confidence.reserve_table(enough)).rows[2:4]] == ["EUR 120,000", "EUR 0"]
    above = replace(reserve, sure=Decimal("149000.01"))
    rows = [plain(row[1]) for row in told(confidence.reserve_table(above)).rows]
    assert rows[2:4] == ["EUR 150,000", "EUR 30,000"], "rounded as the promise is"


def test_a_reserve_that_is_not_told_says_why(plan: Plan, simulation: SimulationResult, says: Says) -> None:
    says(plain(ENGLISH.write(confidence.reserve_text(plan, simulation))))
    incomplete = replace(plan, cost_lines=(replace(plan.cost_lines[0], amount=None), *plan.cost_lines[1:]))
    says(ENGLISH.write(confidence.reserve_text(incomplete, simulation)))
    hidden = replace(plan, case=replace(plan.case, shows_labour=False))
    says(ENGLISH.write(confidence.reserve_text(hidden, simulation)))
