"""The axes that charts share: round amounts, and a band of its own for the running total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import builders
from zt_planner.domain.scenario import Scenario
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.axes import MOST_AMOUNTS, money_ticks
from zt_planner.reports.money_chart import budget_chart, roadmap_and_money

if TYPE_CHECKING:
    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.price_book import PriceBook

ENGLISH = Language(LanguageCode.ENGLISH)


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
        ("17392", 5000),
        ("250000.01", 100_000),
    ],
)
def test_amounts_are_in_round_steps_from_nothing(highest: str, step: int) -> None:
    values, texts = money_ticks(Decimal(highest), ENGLISH)
    assert values == [step * place for place in range(len(values))]
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
