"""What the spread comes from, in words, tables and pictures, in one order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests import builders
from tests.approval import Says
from tests.words import ENGLISH, plain, plotted, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.progress import Progress, TaskState
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.simulation.drivers import MOST_JUDGED, Drivers, Saving, drivers_of
from zt_planner.engine.simulation.result import simulate
from zt_planner.topics.risk import drivers as words
from zt_planner.topics.risk.drivers import days_tornado, money_tornado, short_change
from zt_planner.topics.view import View


@pytest.fixture(scope="session")
def asked(price_book: PriceBook, phase_model: PhaseModel) -> View:
    """Return the default plan to ask about."""
    plan = builders.plan(Scenario(), price_book, phase_model)
    return View(plan, ENGLISH)


@pytest.fixture(scope="session")
def figures(asked: View) -> Headlines:
    return asked.plan.headlines


@pytest.fixture(scope="session")
def drivers(asked: View) -> Drivers:
    """Return what its spread comes from."""
    simulation = simulate(asked.plan)
    assert simulation is not None
    return drivers_of(asked.plan, simulation)


def test_what_moves_the_budget_is_named_with_what_knowing_it_would_save(asked: View, drivers: Drivers) -> None:
    found = told(words.largest_swing(drivers.by_money(), asked))
    first = found.swings[0]
    text = ENGLISH.write(words.money_text(found, drivers))
    assert text.startswith(found.names[0])
    assert ENGLISH.money(first.high_budget) in text
    assert ENGLISH.money(drivers.savings[first.name].budget) in text
    assert len(found.names) == MOST_JUDGED
    assert str(len(drivers.by_money()) - MOST_JUDGED) in ENGLISH.write(words.left_text(found))
    assert [row[0] for row in told(words.money_drivers_table(found, drivers)).rows] == list(found.names)


def test_what_moves_the_finish_is_named_in_days(asked: View, drivers: Drivers) -> None:
    found = told(words.largest_swing(drivers.by_days(), asked))
    text = ENGLISH.write(words.days_text(found, drivers))
    assert ENGLISH.day(found.swings[0].high_finish) in text
    assert f"{drivers.savings[found.swings[0].name].days} days earlier" in plain(text)
    rows = told(words.days_table(found, drivers)).rows
    assert {row[1] for row in rows} == {"Effort", "Wait"}
    assert any(row[0].startswith("Wait: ") for row in rows)


def test_certainty_that_costs_more_is_explained_and_not_called_a_saving(
    asked: View, drivers: Drivers, says: Says
) -> None:
    found = told(words.largest_swing(drivers.by_money(), asked))
    dearer = replace(drivers, savings={swing.name: Saving(Decimal(-5), 0) for swing in drivers.swings})
    says(ENGLISH.write(words.dearer_text(found, dearer)))
    nothing = replace(drivers, savings={swing.name: Saving(Decimal(0), 0) for swing in drivers.swings})
    assert ENGLISH.write(words.dearer_text(found, nothing)) == ""
    assert "less" not in ENGLISH.write(words.money_text(found, nothing))
    assert "earlier" not in ENGLISH.write(words.days_text(found, nothing))


def test_a_plan_without_uncertainty_has_nothing_that_moves_it(
    asked: View, drivers: Drivers, figures: Headlines
) -> None:
    nothing = told(words.largest_swing((), asked))
    assert ENGLISH.write(words.money_text(nothing, drivers)).startswith("No uncertainty")
    assert ENGLISH.write(words.days_text(nothing, drivers)).startswith("No uncertainty")
    assert ENGLISH.write(words.left_text(nothing)) == ""
    assert len(plotted(money_tornado(nothing, figures.introduction_budget)).data) == 2


def test_the_tornado_has_a_bar_to_each_side_for_each_name(asked: View, drivers: Drivers, figures: Headlines) -> None:
    money, days = (
        told(words.largest_swing(drivers.by_money(), asked)),
        told(words.largest_swing(drivers.by_days(), asked)),
    )
    low, high = plotted(money_tornado(money, figures.introduction_budget)).data
    assert low.x[0] == float(money.swings[0].low_budget - figures.first_year_budget)
    assert high.x[0] == float(money.swings[0].high_budget - figures.first_year_budget)
    _, later = plotted(days_tornado(days, figures.finish_date)).data
    assert later.x[0] == (days.swings[0].high_finish - figures.finish_date).days
    assert all(name in ENGLISH.write(words.tornado_alt("Most.", money)) for name in money.names)


@pytest.mark.parametrize(
    ("change", "text"), [(0, "0"), (20_000, "+20k"), (-20_000, "−20k"), (500, "+500"), (-20, "−20")]
)
def test_a_round_change_is_written_short_with_its_sign(change: int, text: str) -> None:
    assert ENGLISH.write(short_change(Decimal(change))) == text


def test_tasks_stand_by_how_often_they_are_critical_and_a_hidden_one_is_named(asked: View, drivers: Drivers) -> None:
    ranked = words.by_criticality(drivers, asked.plan)
    assert [share for _, share in ranked] == sorted(drivers.critical.values(), reverse=True)
    hidden = next(task for task, _ in ranked if not task.is_critical)
    assert hidden.task.name in ENGLISH.write(words.critical_text(drivers, asked.plan))
    table = told(words.critical_table(drivers, asked.plan))
    assert len(table.rows) == len(asked.plan.tasks)
    assert {row[2] == "critical" for row in table.rows} == {True, False}
    never = replace(drivers, critical={task.task.id: float(task.is_critical) for task in asked.plan.tasks})
    assert "Keep an eye" not in ENGLISH.write(words.critical_text(never, asked.plan))
    assert "no draw" in {row[1] for row in told(words.critical_table(never, asked.plan)).rows}


def test_a_task_that_is_done_is_said_to_be(asked: View, drivers: Drivers) -> None:
    first, *others = asked.plan.tasks
    done = replace(
        first,
        work=first.work._replace(left=0),
        state=TaskState.DONE,
        progress=Progress(first.finish, first.length_days, is_left_known=False),
        slack_days=0,
    )
    plan = replace(asked.plan, tasks=(done, *others))
    never = replace(drivers, critical={**drivers.critical, first.task.id: 0.0})
    rows = {row[0]: row[1:] for row in told(words.critical_table(never, plan)).rows}
    assert rows[first.task.name] == ("", "done")
