"""The picture for paper shows the plan: its days, its cents, its marks, and what is left out of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.papers import SITUATIONS, handout, situation
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostCategory
from zt_planner.engine.costing.budget import accrual, cash_of, sums_by_month
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.charts.axes import shown_months
from zt_planner.reports.documents.picture import MOST_TASKS, picture_of
from zt_planner.reports.documents.picture_money import money_of
from zt_planner.reports.documents.picture_time import PaperAxis
from zt_planner.reports.words.sentence import headline_sentence

if TYPE_CHECKING:
    from zt_planner.reports.documents.handout import Handout
    from zt_planner.reports.documents.picture import Picture

SCHEDULED = tuple(name for name in SITUATIONS if name != "never ends")
CLOSE = 1e-9


def amounts_by_month(picture: Picture) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for stack in picture.money.stacks:
        for part in stack.slices:
            found[stack.month] += Decimal(part.amount)
    return found


@pytest.mark.parametrize("name", SCHEDULED)
def test_the_stacks_are_the_months_of_the_plan_to_the_cent(name: str) -> None:
    given = situation(name)
    months = shown_months(given.plan)
    sums = sums_by_month((*given.plan.cost_lines, *given.plan.prepaid_tail), months, accrual)
    picture = picture_of(given)
    assert [stack.month for stack in picture.money.stacks] == [str(month) for month in months]
    found = amounts_by_month(picture)
    assert {str(month): found.get(str(month), Decimal(0)) for month in months} == {
        str(month): cash_of(by_category) for month, by_category in sums.items()
    }


@pytest.mark.parametrize("name", SCHEDULED)
def test_equal_amounts_are_equally_high_and_stacks_stand_on_zero(name: str) -> None:
    money = picture_of(situation(name)).money
    scales = {
        round(part.height / float(abs(Decimal(part.amount))), 12)
        for stack in money.stacks
        for part in stack.slices
        if abs(Decimal(part.amount)) > 1
    }
    assert len(scales) <= 1
    for stack in money.stacks:
        lowest = min((part.bottom for part in stack.slices if Decimal(part.amount) > 0), default=money.zero)
        assert lowest == pytest.approx(money.zero, abs=CLOSE)
        assert all(part.bottom + part.height <= money.zero + CLOSE for part in stack.slices if Decimal(part.amount) < 0)


def test_credits_lie_below_zero_and_what_is_paid_above_it() -> None:
    month = Month(2027, 1)
    sums = {month: {**dict.fromkeys(CostCategory, Decimal(0)), CostCategory.LICENCE: -Decimal(50)}}
    sums[month][CostCategory.HARDWARE] = Decimal(100)
    money = money_of(sums, PaperAxis(month.first_day, month.last_day), Language(LanguageCode.ENGLISH))
    licence, hardware = money.stacks[0].slices
    assert [licence.bottom, licence.height] == pytest.approx([0, money.zero])
    assert [hardware.bottom, hardware.height] == pytest.approx([money.zero, 2 * licence.height])
    assert money.stacks[0].total == "0.1k"


@pytest.mark.parametrize("name", ["default", "longer than a year", "days off and fixed dates"])
def test_a_bar_covers_the_days_of_its_task(name: str) -> None:
    given = situation(name)
    months = shown_months(given.plan)
    first, days = months[0].first_day, (months[-1].last_day - months[0].first_day).days + 1
    rows = picture_of(given).rows
    tasks = sorted(given.plan.tasks, key=lambda task: (task.task.step, task.start))
    assert len(rows) == len(tasks)
    for row, task in zip(rows, tasks, strict=True):
        (bar,) = row.bars
        assert first + timedelta(days=round(bar.span.left * days)) == task.start
        assert first + timedelta(days=round((bar.span.left + bar.span.width) * days) - 1) == task.finish
        assert (bar.wait is None) == (task.wait_until is None)
        if bar.wait is not None and task.wait_until is not None:
            last = first + timedelta(days=round((bar.wait.left + bar.wait.width) * days) - 1)
            assert last == min(task.wait_until, months[-1].last_day)
        assert bar.is_critical == task.is_critical
        assert (bar.fixed is None) == (task.fixed_start is None)


def test_very_many_tasks_are_drawn_by_step_and_the_picture_says_so() -> None:
    given = situation("many own tasks")
    picture = picture_of(given)
    assert len(given.plan.tasks) > MOST_TASKS
    assert [row.step for row in picture.rows] == [row.step for row in picture_of(given, by_step=True).rows]
    assert sum(len(row.bars) for row in picture.rows) == len(given.plan.tasks)
    assert f"too many tasks for one sheet ({len(given.plan.tasks)})" in picture.notes[0]
    assert picture_of(given, by_step=True).notes == ()


def test_each_step_is_named_once() -> None:
    given = situation("default")
    assert [row.step for row in picture_of(given).rows if row.step] == [
        row.step for row in picture_of(given, by_step=True).rows
    ]


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    plain = {key.text for key in picture_of(situation("default")).legend}
    special = {key.text for key in picture_of(situation("days off and fixed dates")).legend}
    assert {"Critical path", "Waiting", "Days off", "Licences", "Running total"} <= plain
    assert special - plain == {"Fixed start"}


def test_a_stopped_plan_has_no_picture_and_says_why() -> None:
    picture = picture_of(situation("never ends"))
    assert (picture.rows, picture.marks, picture.legend, picture.money.running) == ((), (), (), ())
    assert picture.notes == ("There is no schedule to show.",)
    assert "the work does not end" in picture.title


def test_a_missing_price_is_said() -> None:
    assert "so every amount is a lower bound" in " ".join(picture_of(situation("a price is missing")).notes)


@pytest.mark.parametrize("code", LanguageCode)
def test_the_words_are_those_of_the_plan(code: LanguageCode) -> None:
    given = situation("350 people", code)
    picture = picture_of(given)
    assert picture.title == headline_sentence(given.plan, given.language)
    assert "Müller & Söhne GmbH" in picture.kicker
    assert given.plan.scenario.version in picture.stamp[1]
    assert given.language.day(given.plan.today) in picture.stamp[1]


def test_labour_that_is_hidden_is_in_no_stack_and_in_no_word() -> None:
    picture = picture_of(handout(shows_labour=False))
    assert {part.category for stack in picture.money.stacks for part in stack.slices} == {
        "licence",
        "monitoring",
        "hardware",
        "training",
    }
    assert "day rates are hidden" in picture.stamp[0]
    assert "Consultant" not in str(asdict(picture))


def every_text(given: Handout) -> str:
    return str(asdict(picture_of(given)))


def test_equal_plans_give_equal_pictures() -> None:
    assert every_text(situation("default")) == every_text(situation("default"))
