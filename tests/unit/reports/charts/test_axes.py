"""The axes that charts share: round amounts, and a band of its own for the running total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import builders
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.charts.axes import MOST_AMOUNTS, MOST_TICKS, money_ticks, month_ticks
from zt_planner.reports.charts.money import budget_chart, roadmap_and_money
from zt_planner.reports.charts.roadmap import roadmap_chart

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

ENGLISH = Language(LanguageCode.ENGLISH)
TICK = 8
"""Pixels between an axis and its names."""


@pytest.mark.parametrize(
    ("highest", "step"),
    [
        ("1", 1),
        ("5", 1),
        ("5.01", 2),
        ("10", 2),
        ("11", 5),
        ("25", 5),
        ("26", 10),
        ("17400", 5000),
        ("250000.01", 100_000),
    ],
)
def test_amounts_are_in_round_steps_from_nothing(highest: str, step: int) -> None:
    values, texts = money_ticks(Decimal(highest), ENGLISH)
    assert values == [step * index for index in range(len(values))]
    assert values[-1] <= float(highest) < values[-1] + step
    assert len(values) <= MOST_AMOUNTS + 1
    assert texts[1] == ENGLISH.money(step)


def test_the_running_total_crosses_no_bar(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = builders.plan(Scenario(), price_book, phase_model)
    for figure in (roadmap_and_money(plan, ENGLISH), budget_chart(plan, plan.months, ENGLISH)):
        layout = figure.layout
        assert layout.yaxis2.domain[1] < layout.yaxis3.domain[0]
        (line,) = (trace for trace in figure.data if trace.name == "Running total")
        assert line.yaxis == "y3"


@pytest.mark.parametrize("language", [ENGLISH, Language(LanguageCode.GERMAN)])
@pytest.mark.parametrize("many", [12, 36, 60])
def test_no_line_of_an_axis_of_months_is_longer_than_a_month(language: Language, many: int) -> None:
    # On a phone names stand upright: there is no room for "Jan 2027" between the axis and the legend.
    _, names = month_ticks(months_from(Month(2027, 1), many), language)
    assert names[0] == "Jan<br>2027"
    assert len(names) <= MOST_TICKS
    assert all(len(line) <= len("Sept") for name in names for line in name.split("<br>"))


@pytest.mark.parametrize("opened", [(), tuple(Step)])
def test_months_that_are_set_upright_have_room_above_the_legend(
    price_book: PriceBook, phase_model: PhaseModel, opened: tuple[Step, ...]
) -> None:
    plan = builders.plan(Scenario(), price_book, phase_model)
    pictures = roadmap_and_money(plan, ENGLISH, opened), budget_chart(plan, plan.months, ENGLISH)
    for figure, legend_on_a_phone in zip(
        (*pictures, roadmap_chart(plan, ENGLISH, opened)), (250, 150, 100), strict=True
    ):
        charts = figure.layout.height - legend_on_a_phone
        assert -figure.layout.legend.y * charts >= len("2027") * 9 + TICK
