"""Why a decision had its effect, and how all of them lead from the first figure to the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests import builders
from tests.approval import Says
from tests.builders import TODAY, plan_for
from tests.records import ANNA, BEGIN, FINISH, event, minutes_words, outcome, person
from tests.words import told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, EventKind, FieldChange, Outcome, Snapshot
from zt_planner.engine.case import case_of
from zt_planner.engine.compare.bridge import Figures
from zt_planner.engine.plan import Plan
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.effects import MOST_ROWS, explain_decided, explain_saved, explain_way
from zt_planner.topics.record.minutes import Minutes, minutes_of
from zt_planner.topics.record.minutes_words import MinutesWords, minutes_table
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.trace import amounts_of
from zt_planner.workspace.sharing.record import decisions

RATE = FieldChange("labour.external_day_rate", None, "1500.00")
BUDGETS = some.one_of(some.none(), some.integers(0, 9_999))


@pytest.fixture(scope="session")
def words(price_book: PriceBook, phase_model: PhaseModel) -> MinutesWords:
    """Return English words, in UTC, for Anna."""
    return minutes_words(price_book, phase_model, person(ANNA, "Anna"))


def no_plan(_number: int, _without: Sequence[FieldChange], _letter: str) -> Plan | None:
    """Return what the record knows where no plan can be computed any more."""
    return None


def minutes(events: Sequence[Event], visibility: Visibility | None = None) -> Minutes:
    """Return the minutes of events, the last figure that of the last event."""
    visibility = visibility or Visibility()
    return minutes_of(decisions(seen_events(events, visibility)), events[-1].after, visibility)


def effect_names(made: Minutes, words: MinutesWords) -> list[str]:
    """Return the names of the effects that can be asked about in the table of minutes."""
    asks = told(minutes_table(made.items, words, minutes=made)).asks
    return [name for row in asks for name in row if name]


def test_an_effect_is_the_figure_after_it_less_the_one_before(words: MinutesWords, says: Says) -> None:
    made = minutes([event(1, outcome(1000), outcome(1200, -3)), event(90, outcome(1200, -3), outcome(900))])
    names = effect_names(made, words)
    assert names == ["effect:0", "effect:1"]
    first, second = (told(explain_decided(name, made, words, no_plan)) for name in names)
    assert first is not None
    assert second is not None
    assert [row.amount for row in first.rows] == [1200, -1000]
    assert [row.amount for row in second.rows] == [900, -1200]
    says(first.notes[-1])
    assert any("The lines are not listed" in note for note in first.notes)


class Past:
    """A session in which one thing was decided, its plans as they are computed today."""

    def __init__(self, book: PriceBook, model: PhaseModel, path: str, value: object) -> None:
        """Change a field of the default plan."""
        self.before = builders.scenario(timeline__start="2027-01-04")
        self.after = self.before.changed(path, value)
        self.book, self.model = book, model
        self.event = event(7, self.outcome(self.before), self.outcome(self.after))

    def plan(self, scenario: Scenario, **kinds: bool) -> Plan:
        return plan_for(case_of(scenario, self.book, self.model, today=TODAY, **kinds))

    def outcome(self, scenario: Scenario) -> Outcome:
        """Return what a plan comes to."""
        figures = self.plan(scenario).headlines
        hidden = self.plan(scenario, shows_labour=False).headlines
        assert figures is not None
        assert hidden is not None
        return Outcome(figures.introduction_budget, hidden.introduction_budget, figures.finish_date)

    def plan_at(self, number: int, without: Sequence[FieldChange], _letter: str) -> Plan | None:
        """Return the plan after the decision, or before it."""
        assert number == self.event.number
        return self.plan(self.before if without else self.after)


CHANGES = [
    ("company.employees", 181),
    ("choices.monitoring", "siem_and_mdr"),
    ("choices.billing", "monthly"),
    ("finance.contingency", 0),
    ("choices.hardware_reuse", 0),
    ("timeline.target_months", 6),
]


def euros_in(text: str) -> int:
    """Return the whole euros of a written amount."""
    return int(text.replace("EUR\N{NO-BREAK SPACE}", "").replace(",", "").replace("\N{MINUS SIGN}", "-"))


@pytest.mark.parametrize(("path", "value"), CHANGES)
def test_the_lines_that_differ_add_up_to_the_effect(
    words: MinutesWords, price_book: PriceBook, phase_model: PhaseModel, path: str, value: object
) -> None:
    past = Past(price_book, phase_model, path, value)
    found = told(explain_decided("effect:0", minutes([past.event]), words, past.plan_at))
    assert found is not None
    assert found.result == found.value
    assert found.rows
    assert all(row.amount for row in found.rows)
    assert not any("The lines are not listed" in note for note in found.notes)
    shown = [euros_in(text) for text in tuple(map(words.language.write, amounts_of(found)))]
    assert sum(shown) == found.value


def test_what_came_and_what_went_is_said(words: MinutesWords, price_book: PriceBook, phase_model: PhaseModel) -> None:
    past = Past(price_book, phase_model, "choices.monitoring", "mdr")
    found = told(explain_decided("effect:0", minutes([past.event]), words, past.plan_at))
    assert found is not None
    (siem,) = (row for row in found.rows if "SIEM" in row.item)
    assert siem.times == "1 × 5 months → –"
    assert siem.amount is not None
    assert siem.amount < 0


def test_a_saved_state_is_the_sum_of_its_lines(price_book: PriceBook, phase_model: PhaseModel) -> None:
    past = Past(price_book, phase_model, "company.employees", 180)
    kept = Snapshot("Half time", 7, ANNA, BEGIN)
    known = Figures(rounded(past.event.after.introduction_budget or 0, 0), past.event.after.finish_date or FINISH)
    found = told(explain_saved("saved:Half time", [kept], lambda _: known, past.plan_at))
    assert found is not None
    assert (found.title, found.result, found.value) == ("Half time", found.value, past.event.after.introduction_budget)
    assert len(found.rows) > 5
    other = Figures(known.budget + 1, known.finish)
    found = told(explain_saved("saved:Half time", [kept], lambda _: other, past.plan_at))
    assert found is not None
    assert ([row.amount for row in found.rows], found.result) == ([other.budget], found.value)
    assert any("The lines are not listed" in note for note in found.notes)
    assert told(explain_saved("saved:Whole time", [kept], lambda _: known, past.plan_at)) is None
    assert told(explain_saved("saved:Half time", [kept], lambda _: None, past.plan_at)) is None


@given(budgets=some.lists(some.tuples(BUDGETS, BUDGETS), min_size=1, max_size=9))
def test_every_effect_and_the_way_add_up(words: MinutesWords, budgets: list[tuple[int | None, int | None]]) -> None:
    events = [
        event(number * 90, outcome(before), outcome(after), kind=EventKind.LOAD)
        for number, (before, after) in enumerate(budgets, 1)
    ]
    made = minutes(events)
    names = effect_names(made, words)
    assert len(names) == sum(item.effect is not None for item in made.items)
    for name in names:
        found = told(explain_decided(name, made, words, no_plan))
        assert found is not None
        assert found.result == found.value
    way = told(explain_decided("way", made, words, no_plan))
    assert (way is None) == (made.last is None)
    assert way is None or way.result == way.value == (made.last and made.last.budget)


def test_a_long_way_gathers_what_lies_before(words: MinutesWords, says: Says) -> None:
    steps = range(1, MOST_ROWS + 11)
    made = minutes([event(90 * step, outcome(step), outcome(step + 1), kind=EventKind.LOAD) for step in steps])
    found = told(explain_way(made, words))
    assert found is not None
    assert len(found.rows) == MOST_ROWS + 2
    says(found.rows[1].item)
    assert found.result == found.value


def test_a_hidden_decision_has_no_effect_that_could_be_asked_for(words: MinutesWords, says: Says) -> None:
    dearer = replace(outcome(1500), without_labour=outcome(1000).without_labour)
    made = minutes([event(1, outcome(1000), dearer, [RATE])], Visibility(labour=False))
    assert effect_names(made, words) == []
    assert told(explain_decided("effect:0", made, words, no_plan)) is None
    way = told(explain_way(made, words))
    assert way is not None
    says(way.rule)


@pytest.mark.parametrize("name", ["effect:9", "effect:", "effect:-1", "nothing", "first_year_budget"])
def test_a_wrong_name_has_no_trace(words: MinutesWords, name: str) -> None:
    assert told(explain_decided(name, minutes([event(1, outcome(1), outcome(2))]), words, no_plan)) is None
