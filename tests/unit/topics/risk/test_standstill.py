"""Days at a standstill: the company's own figure for a day, and no estimate of anything."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import builders
from tests.approval import Says
from tests.papers import handout
from tests.words import ENGLISH, plain, told
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.published import losses_table
from zt_planner.topics.risk.standstill import (
    delay_sentence,
    nothing_done_sentence,
    open_sentence,
    protected_days,
    standstill_sentence,
)
from zt_planner.topics.view import View


def asked(day_cost: object = None, *, shows_labour: bool = True, **fields: object) -> View:
    """Return the default plan with what a day at a standstill costs."""
    given = handout(builders.scenario(company__standstill_day_cost=day_cost, **fields), shows_labour=shows_labour)
    return View(given.plan, ENGLISH)


def test_the_days_are_the_cost_over_the_horizon_by_that_of_a_day_rounded_up() -> None:
    context = asked()
    total = context.plan.headlines.horizon_total
    for day_cost, days in ((total, "1.0"), (total - Decimal("0.01"), "1.1"), (total * 20, "0.1")):
        given = asked(day_cost)
        assert f"as much as a standstill of {days} day" in told(standstill_sentence(given))
        trace = told(trace_of("standstill_days", given))
        assert trace is not None
        assert trace.result == Decimal(days)


def test_without_a_cost_of_a_day_there_is_no_figure_and_no_amount() -> None:
    assert told(standstill_sentence(asked())) == ""
    assert told(trace_of("standstill_days", asked())) is None


def test_where_labour_is_hidden_so_are_the_days_it_could_be_computed_from(says: Says) -> None:
    hidden = asked(20_000, shows_labour=False)
    assert trace_of("standstill_days", hidden) is None
    says(told(standstill_sentence(hidden)))


def test_where_a_price_is_missing_the_days_are_a_lower_bound(says: Says) -> None:
    missing = asked(20_000, prices__as_of="2020-01-01", labour__external_day_rate=1000)
    assert not missing.plan.is_complete
    says(told(standstill_sentence(missing)))


def test_a_week_of_delay_is_told_by_what_stays_open(says: Says) -> None:
    says(told(delay_sentence(asked())))


@pytest.mark.parametrize("column", ["Population", "Source", "Read on", "Confidence"])
def test_every_published_loss_says_of_whom_by_whom_when_and_how_sure(column: str) -> None:
    table = told(losses_table(asked()))
    index = list(table.columns).index(column)
    assert table.rows
    assert all(row[index] for row in table.rows)


def test_a_published_loss_is_shown_in_its_own_currency_as_it_was_published(says: Says) -> None:
    first = dict(zip(told(losses_table(asked())).columns, told(losses_table(asked())).rows[0], strict=True))
    says(first["How often a year"])
    says(plain(first["One loss"]))


def test_what_everyone_has_before_the_plan_begins_is_never_open() -> None:
    others = [task.task.id for task in asked().plan.tasks if task.task.id != "exercise"]
    view = asked(tasks__edits={name: {"done": 1} for name in others})
    assert view.plan.has_mfa_already
    assert protected_days(view.plan) == ()
    assert told(open_sentence(view)) == ""
    assert "already" in told(nothing_done_sentence(view.plan))


def test_a_plan_that_protects_nobody_is_not_said_to_have_protected_already(says: Says) -> None:
    others = [task.task.id for task in asked().plan.tasks if task.task.id != "exercise"]
    view = asked(tasks__edits={name: {"in_scope": False} for name in others})
    says(told(nothing_done_sentence(view.plan)))
