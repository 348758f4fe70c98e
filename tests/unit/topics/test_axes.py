"""The axes that charts share: round amounts, short names of months."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zt_planner.domain.month import Month, months_from
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.axes import MOST_AMOUNTS, MOST_TICKS, money_ticks, month_ticks
from zt_planner.topics.risk.joint_chart import round_amounts

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


@pytest.mark.parametrize("language", [ENGLISH, Language(LanguageCode.GERMAN)])
@pytest.mark.parametrize("many", [12, 36, 60])
def test_no_line_of_an_axis_of_months_is_longer_than_a_month(language: Language, many: int) -> None:
    # On a phone names stand upright: there is no room for "Jan 2027" between the axis and the legend.
    _, names = month_ticks(months_from(Month(2027, 1), many), language)
    assert names[0] == "Jan<br>2027"
    assert len(names) <= MOST_TICKS
    assert all(len(line) <= len("Sept") for name in names for line in name.split("<br>"))


@pytest.mark.parametrize(
    ("lowest", "highest"), [("95000", "910000"), ("350000", "760000"), ("-1", "1"), ("499", "501"), ("0", "1e15")]
)
def test_a_span_of_amounts_is_named_more_than_once(lowest: str, highest: str) -> None:
    found = round_amounts(Decimal(lowest), Decimal(highest), 4)
    assert 2 <= len(found) <= 5
    assert all(Decimal(lowest) <= each <= Decimal(highest) for each in found)
