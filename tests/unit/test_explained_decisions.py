"""Why a decision had its effect, and how all of them lead from the first figure to the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.records import ANNA, event, outcome, person
from zt_planner.domain.session import EventKind, FieldChange
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.explained_decisions import MOST_ROWS, effect_titles, explain_decided, explain_way
from zt_planner.reports.fields import Sight
from zt_planner.reports.minutes import Minutes, minutes_of
from zt_planner.reports.minutes_words import Words
from zt_planner.workspace.record import decisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.price_book import PriceBook
    from zt_planner.domain.session import Event

RATE = FieldChange("labour.external_day_rate", None, "1500.00")
BUDGETS = some.one_of(some.none(), some.integers(0, 9_999))


@pytest.fixture(scope="session")
def words(price_book: PriceBook) -> Words:
    """Return English words, in UTC, for Anna."""
    return Words(Language(LanguageCode.ENGLISH), price_book, UTC, (person(ANNA, "Anna"),))


def minutes(events: Sequence[Event], sight: Sight | None = None) -> Minutes:
    """Return the minutes of events, the last figure that of the last event."""
    return minutes_of(decisions(events), events[-1].after, sight or Sight())


def test_an_effect_is_the_figure_after_it_less_the_one_before(words: Words) -> None:
    made = minutes([event(1, outcome(1000), outcome(1200, -3)), event(90, outcome(1200, -3), outcome(900))])
    names = effect_titles(made, made.items, words)
    assert list(names) == ["effect:0", "effect:1"]
    first, second = (explain_decided(name, made, words) for name in names)
    assert first is not None
    assert second is not None
    assert [row.amount for row in first.rows] == [1200, -1000]
    assert [row.amount for row in second.rows] == [900, -1200]
    assert "3 days earlier" in first.notes[1]


@given(budgets=some.lists(some.tuples(BUDGETS, BUDGETS), min_size=1, max_size=9))
def test_every_effect_and_the_way_add_up(words: Words, budgets: list[tuple[int | None, int | None]]) -> None:
    events = [
        event(number * 90, outcome(before), outcome(after), kind=EventKind.LOAD)
        for number, (before, after) in enumerate(budgets, 1)
    ]
    made = minutes(events)
    names = effect_titles(made, made.items, words)
    assert len(names) == sum(item.effect is not None for item in made.items)
    for name in names:
        found = explain_decided(name, made, words)
        assert found is not None
        assert found.result == found.value
    way = explain_decided("way", made, words)
    assert (way is None) == (made.last is None)
    assert way is None or way.result == way.value == (made.last and made.last.budget)


def test_a_long_way_gathers_what_lies_before(words: Words) -> None:
    steps = range(1, MOST_ROWS + 11)
    made = minutes([event(90 * step, outcome(step), outcome(step + 1), kind=EventKind.LOAD) for step in steps])
    found = explain_way(made, words)
    assert found is not None
    assert len(found.rows) == MOST_ROWS + 2
    assert found.rows[1].item == "10 earlier decisions"
    assert found.result == found.value


def test_a_hidden_decision_has_no_effect_that_could_be_asked_for(words: Words) -> None:
    dearer = replace(outcome(1500), without_labour=outcome(1000).without_labour)
    made = minutes([event(1, outcome(1000), dearer, [RATE])], Sight(labour=False))
    assert effect_titles(made, made.items, words) == {}
    assert explain_decided("effect:0", made, words) is None
    way = explain_way(made, words)
    assert way is not None
    assert "day rates are hidden" in way.rule


@pytest.mark.parametrize("name", ["effect:9", "effect:", "effect:-1", "nothing", "first_year_budget"])
def test_a_wrong_name_has_no_trace(words: Words, name: str) -> None:
    assert explain_decided(name, minutes([event(1, outcome(1), outcome(2))]), words) is None
