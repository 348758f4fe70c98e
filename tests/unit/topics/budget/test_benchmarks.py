"""The plan's money beside what others say: shares that add up, governments, and what it takes to watch oneself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.approval import Says
from tests.handouts import handout
from tests.words import ENGLISH, plain, told
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.money import ZERO, to_cents
from zt_planner.topics.budget.benchmarks import (
    cost_estimates_table,
    own_watch_sentence,
    parts_of,
    shares_sentence,
    shares_table,
)
from zt_planner.topics.view import View

WITHOUT_PRICES = {"timeline": {"start": "2021-03-01"}}


def asked(scenario: dict[str, Any] | None = None, *, shows_labour: bool = True) -> View:
    """Return a plan that is asked about."""
    given = handout(scenario or {}, shows_labour=shows_labour)
    return View(given.plan, ENGLISH)


@pytest.mark.parametrize("people", [5, 57, 120, 350])
def test_the_shares_add_up_to_the_whole_as_they_are_shown(people: int) -> None:
    shares = [part.share for part in told(parts_of(asked({"company": {"employees": people}})))]
    assert sum(shares) == 1
    assert all(share == round(share, 3) for share in shares)


def test_training_is_operation_as_in_the_published_share() -> None:
    context = asked({"choices": {"monitoring": "none"}})
    (operation,) = [part for part in told(parts_of(context)) if part.name.startswith("Operation")]
    training = [line for line in context.plan.cost_lines if line.category is CostCategory.TRAINING]
    months = set(context.plan.horizon)
    assert to_cents(operation.amount) == sum(to_cents(line.amount or ZERO) for line in training if line.month in months)


@pytest.mark.parametrize("scenario", [{}, {"choices": {"monitoring": "mdr", "operation": "partner"}}])
def test_the_parts_add_up_to_the_total(scenario: dict[str, Any]) -> None:
    context = asked(scenario)
    parts = told(parts_of(context))
    assert sum(to_cents(part.amount) for part in parts) == to_cents(context.plan.headlines.horizon_total)
    assert sum(part.share for part in parts) == 1


def test_each_part_stands_beside_what_is_published_with_its_source(says: Says) -> None:
    rows = [
        dict(zip(told(shares_table(asked())).columns, map(plain, row), strict=True))
        for row in told(shares_table(asked())).rows
    ]
    assert [row["Published"] for row in rows] == ["40% to 60%", "20% to 30%", "15% to 30%"]
    assert all(row["Source"].endswith("not said; read on 27 Nov 2026; from a third party") for row in rows)
    assert all(row["Why it may not fit"] for row in rows)
    says(told(shares_sentence(asked())))


@pytest.mark.parametrize("context", [asked(WITHOUT_PRICES), asked(shows_labour=False)])
def test_what_is_not_whole_is_not_compared(context: View) -> None:
    assert told(shares_table(context)).rows == ()
    assert told(shares_sentence(context)) == ""
    assert "This plan" not in [row[0] for row in told(cost_estimates_table(context)).rows]


def test_governments_stand_below_the_plan_each_with_its_caveat(says: Says) -> None:
    found = told(cost_estimates_table(asked()))
    names, rows = found.columns, [tuple(map(plain, row)) for row in found.rows]
    assert rows[0][0] == "This plan"
    assert rows[0][2] == "EUR 37,091"  # 12 x 2,970.92 of the run rate, and 1,440 of yearly training
    says([row[1] for row in rows[1:]])
    says([row[2] for row in rows[1:]])
    assert all(row[names.index("Why it may not fit")] for row in rows[1:])
    germany, *france = ([told(badge.text) for badge in marks] for marks in found.badges[1:])
    assert (germany, france) == (["over two years old"], [["assumed"]] * 2)


def test_to_watch_oneself_takes_people_as_somebody_says(says: Says) -> None:
    said = told(own_watch_sentence(asked()))
    says(said)
