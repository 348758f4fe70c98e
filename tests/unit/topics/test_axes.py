"""The axes that charts share: round amounts, short names of months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.words import ENGLISH, GERMAN
from zt_planner.domain.month import Month, months_from
from zt_planner.language import Language
from zt_planner.topics.axes import (
    MOST_AMOUNTS,
    MOST_TICKS,
    Escaped,
    HoveredAmount,
    HoveredDay,
    TwoLines,
    YearBelow,
    money_steps,
    month_ticks,
    round_amounts,
)


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
    amounts = money_steps(Decimal(highest))
    assert amounts == [step * index for index in range(len(amounts))]
    assert amounts[-1] <= Decimal(highest) < amounts[-1] + step
    assert len(amounts) <= MOST_AMOUNTS + 1


@pytest.mark.parametrize("language", [ENGLISH, GERMAN])
@pytest.mark.parametrize("many", [12, 36, 60])
def test_no_line_of_an_axis_of_months_is_longer_than_a_month(language: Language, many: int) -> None:
    # On a phone names stand upright: there is no room for "Jan 2027" between the axis and the legend.
    names = language.written(month_ticks(months_from(Month(2027, 1), many)))["ticktext"]
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


def test_texts_of_a_chart_are_no_markup_and_follow_the_language(says: Says) -> None:
    says(ENGLISH.write(Escaped("<b>x</b> & Co")))
    assert ENGLISH.write(TwoLines("one two <three>", 7)) == "one two<br>&lt;three&gt;"
    says(ENGLISH.write(TwoLines("one two three four five", 7)))
    day = date(2027, 9, 7)
    assert [language.write(YearBelow(day)) for language in (ENGLISH, GERMAN)] == [
        "7\N{NO-BREAK SPACE}Sept<br>2027",
        "07.09.2027",
    ]
    assert [language.write(HoveredDay()) for language in (ENGLISH, GERMAN)] == ["%{x|%-d %b %Y}", "%{x|%d.%m.%Y}"]
    assert [language.write(HoveredAmount()) for language in (ENGLISH, GERMAN)] == [
        "EUR\N{NO-BREAK SPACE}%{y:,.0f}",
        "%{y:,.0f}\N{NO-BREAK SPACE}EUR",
    ]
