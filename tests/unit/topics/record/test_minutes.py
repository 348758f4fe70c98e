"""The minutes: what was decided, its effect on budget and finish, and what is not for everyone's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from decimal import Decimal
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.approval import Says
from tests.builders import day_rate, row_values, unstopped
from tests.records import ANNA, BEGIN, BERND, PEOPLE_CHANGED, event, minutes_words, outcome, person
from tests.words import ENGLISH, GERMAN, Told, plotted, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import DayRate, PriceBook
from zt_planner.domain.scenario.declared import RATE_FIELDS
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, EventKind, FieldChange, Outcome, ParticipantId
from zt_planner.files.scenario_json import with_values
from zt_planner.language import Language, LanguageCode, Money
from zt_planner.topics.axes import TwoLines
from zt_planner.topics.block import ChartBlock
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.record.minutes import Minutes, minutes_of, outcome_figures
from zt_planner.topics.record.minutes_words import (
    MOST_BARS,
    MinutesWords,
    bars_of,
    changes_text,
    minutes_chart,
    minutes_table,
    path_text,
)
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.record.session import people_names
from zt_planner.topics.waterfall import ChangeScale, changes_axis
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.sharing.record import decisions

ALL, NO_LABOUR = Visibility(), Visibility(labour=False)
NOBREAK = "\N{NO-BREAK SPACE}"
RATE = FieldChange("labour.external_day_rate", None, "1500.00")
NOTES = FieldChange("notes", "", "ask for a discount")


@pytest.fixture
def words(price_book: PriceBook, phase_model: PhaseModel) -> MinutesWords:
    """Return English words, in UTC, for Anna and Bernd."""
    people = (person(ANNA, "Anna"), person(BERND, "Bernd"))
    return minutes_words(price_book, phase_model, *people)


def minutes(events: Sequence[Event], now: Outcome | None = None, visibility: Visibility = ALL) -> Minutes:
    """Return the minutes of events, the last figure that of the last event."""
    last = events[-1].after if events else Outcome()
    return minutes_of(decisions(seen_events(events, visibility)), last if now is None else now, visibility)


def cells(made: Minutes, words: MinutesWords) -> list[list[str]]:
    """Return the table's cells with plain spaces."""
    return [
        [cell.replace(NOBREAK, " ") for cell in row]
        for row in told(minutes_table(made.items, words), words.language).rows
    ]


# Effects


def test_a_decision_has_its_effect_on_budget_and_finish(words: MinutesWords, says: Says) -> None:
    made = minutes([event(1, outcome("1000.40"), outcome("1234.60", -3))])
    says(cells(made, words))
    says(words.language.write(path_text(made)).replace(NOBREAK, " "))


def test_what_happens_between_two_decisions_is_an_item_of_its_own(words: MinutesWords, says: Says) -> None:
    made = minutes(
        [event(1, outcome(1000), outcome(1100)), event(2, outcome(1150, 2), outcome(1100, 2))], outcome(1090, 2)
    )
    rows = cells(made, words)
    assert [row[2] for row in rows] == ["+EUR 100", "+EUR 50", "−EUR 50", "−EUR 10"]
    says([row[3] for row in rows])
    assert [row[0] for row in rows] == ["1", "", "2", ""]
    assert rows[1][1] == rows[3][1] == "Other: prices or the date changed"


def test_a_conflict_is_one_line_that_names_what_it_overrules(words: MinutesWords) -> None:
    first = FieldChange("company.employees", 120, 150)
    second = FieldChange("company.employees", 150, 140)
    events = [
        event(1, outcome(1000), outcome(1100), [first], at=BEGIN),
        event(2, outcome(1100), outcome(1050), [second], participant=BERND, based_on=0, at=BEGIN),
    ]
    (row,) = cells(minutes(events), words)
    assert "120 →\N{NO-BREAK SPACE}140".replace(NOBREAK, " ") in row[1]
    assert row[1].endswith("; Anna had set 150 at the same time")
    assert (row[2], row[5]) == ("+EUR 50", "Bernd")


def test_an_undo_says_that_it_took_something_back(words: MinutesWords, says: Says) -> None:
    back = FieldChange("company.employees", 180, 120)
    events = [
        event(1, outcome(1000), outcome(1100)),
        event(2, outcome(1100), outcome(1000), [back], kind=EventKind.UNDO, refers_to=1),
        event(3, outcome(1000), outcome(1100), kind=EventKind.REDO, refers_to=1),
    ]
    says([row[1] for row in cells(minutes(events), words)])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (EventKind.LOAD, "Loaded a plan: People 120 → 180"),
        (EventKind.RESTORE, "Restored a saved state: People 120 → 180"),
        (EventKind.BASELINE, "Compared with this plan from here on"),
    ],
)
def test_a_decision_says_how_it_came_about(kind: EventKind, text: str, words: MinutesWords) -> None:
    changes = () if kind is EventKind.BASELINE else PEOPLE_CHANGED
    made = minutes([event(1, outcome(1000), outcome(1000), changes, kind=kind)])
    assert [row[1:3] for row in cells(made, words)] == [[text, "unchanged"]]


def test_of_many_changes_at_once_a_row_names_the_first_and_how_many_more(words: MinutesWords, says: Says) -> None:
    changes = [
        FieldChange(path, 1, 2) for path in ("company.sites", "company.apps", "company.servers", "company.devices")
    ]
    made = minutes([event(1, outcome(1), outcome(2), [*PEOPLE_CHANGED, *changes], kind=EventKind.LOAD)])
    (row,) = cells(made, words)
    says(row[1])


def test_a_label_names_one_change_at_least(words: MinutesWords, says: Says) -> None:
    changes = [FieldChange(path, 1, 2) for path in ("company.sites", "company.apps")]
    says(words.language.write(changes_text(changes, words, most=1)))


def test_notes_are_never_quoted(words: MinutesWords) -> None:
    made = minutes([event(1, outcome(1), outcome(1), [NOTES])])
    assert [row[1] for row in cells(made, words)] == ["Notes rewritten"]


# Plans without a schedule


def test_a_plan_without_a_schedule_has_no_effect_that_is_known(words: MinutesWords) -> None:
    made = minutes([event(1, outcome(1000), outcome(None)), event(2, outcome(None), outcome(1300))])
    assert [(row[2], row[4]) for row in cells(made, words)] == [("", "no schedule"), ("+EUR 300", "EUR 1,300")]
    stopped = minutes([event(1, outcome(1000), outcome(None))])
    assert stopped.is_stopped
    assert stopped.last == outcome_figures(outcome(1000), ALL)


def test_a_session_that_never_had_a_schedule_has_no_picture(words: MinutesWords, says: Says) -> None:
    made = minutes([event(1, outcome(None), outcome(None))])
    assert (made.first, made.last, made.is_stopped) == (None, None, True)
    assert [row[2:5] for row in cells(made, words)] == [["", "", "no schedule"]]
    assert minutes_chart(made, words) is None
    says(words.language.write(path_text(made)))


def test_an_older_session_begins_with_the_first_figure_that_is_known(words: MinutesWords) -> None:
    old = event(1, outcome(None), outcome(None), ())
    made = minutes([old, event(2, outcome(None), outcome(900)), event(3, outcome(900), outcome(950))])
    assert (made.first, made.last) == (outcome_figures(outcome(900), ALL), outcome_figures(outcome(950), ALL))
    assert [row[2] for row in cells(made, words)] == ["", "+EUR 50"]


def test_nothing_was_decided() -> None:
    made = minutes([], outcome(1000))
    assert (made.items, made.first, made.last) == ((), *[outcome_figures(outcome(1000), ALL)] * 2)


# What is hidden


def test_without_labour_day_rates_leave_no_trace(words: MinutesWords) -> None:
    spent = Outcome(Decimal(3000), Decimal(500), outcome(1).finish_date)
    events = [
        event(1, outcome(1000), outcome(1200)),
        event(2, outcome(1200), Outcome(Decimal(3000), Decimal(600), outcome(1).finish_date), [RATE]),
        event(3, Outcome(Decimal(3000), Decimal(600), outcome(1).finish_date), spent, [*PEOPLE_CHANGED, RATE, NOTES]),
    ]
    made = minutes(events, visibility=NO_LABOUR)
    assert [row[:3] for row in cells(made, words)] == [
        ["1", "People 120 → 180", "+EUR 100"],
        ["2", "People 120 → 180", "−EUR 100"],
    ]
    assert "3,000" not in str(cells(made, words))
    assert "1,500" not in str(cells(made, words))
    assert "1,500" in str(cells(minutes(events), words))


@pytest.mark.parametrize(("hidden", "count"), [((), 1), (("notes",), 0), (("labour",), 0), (("labour", "notes"), 0)])
def test_notes_are_left_out_for_those_who_may_not_see_them(hidden: tuple[str, ...], count: int) -> None:
    visibility = Visibility(**dict.fromkeys(hidden, False))
    assert len(minutes([event(1, outcome(1), outcome(1), [NOTES])], visibility=visibility).items) == count


CONSULTANT = "status.bookings.2027-02/consultant/"
HIDDEN: dict[str, Any] = {
    "labour.internal_day_cost": Decimal(900),
    "labour.external_day_rate": Decimal(1900),
    "finance.monthly_cap": Decimal(5000),
    "finance.contingency": Decimal("0.4"),
    **{f"prices.overrides.{rate}": Decimal(1900) for rate in DayRate},
    **{f"prices.rows.{rate}": [row_values(day_rate(rate, 990))] for rate in DayRate},
    **{f"uncertainty.price_ranges.{rate}": [0.5, 3] for rate in DayRate},
    CONSULTANT: "1312.00",
}


@pytest.mark.parametrize("path", HIDDEN)
def test_a_hidden_change_has_no_effect_on_the_figure_without_labour(
    path: str, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    plans = Plans(price_book, phase_model, lambda: today)
    before, after = (plans.outcome(found) for found in (Scenario(), with_values(Scenario(), {path: HIDDEN[path]})))
    assert outcome_figures(before, NO_LABOUR) == outcome_figures(after, NO_LABOUR)
    shown = unstopped(plans.plan(with_values(Scenario(), {path: HIDDEN[path]}), shows_labour=False)).headlines
    assert shown.introduction_budget == after.without_labour


def test_every_hidden_field_is_tried() -> None:
    assert set(HIDDEN) == RATE_FIELDS | {CONSULTANT}


# Laws

budgets = some.none() | some.integers(-5_000, 500_000)
figures = some.builds(outcome, budgets, some.integers(-50, 50))
hidden = some.sampled_from([PEOPLE_CHANGED, (RATE,), (*PEOPLE_CHANGED, RATE), ()])


@given(some.lists(some.tuples(figures, figures, hidden), max_size=40), figures, some.sampled_from([ALL, NO_LABOUR]))
def test_effects_add_up_to_the_difference_of_the_last_and_the_first_figure(
    made_of: list[tuple[Outcome, Outcome, tuple[FieldChange, ...]]], now: Outcome, visibility: Visibility
) -> None:
    events = [event(number, *parts) for number, parts in enumerate(made_of, 1)]
    made = minutes_of(decisions(seen_events(events, visibility)), now, visibility)
    if made.first is None or made.last is None:
        assert not any(item.effect for item in made.items)
        return
    assert made.first.budget + sum(item.effect or 0 for item in made.items) == made.last.budget
    assert made.first.finish + timedelta(days=sum(item.days or 0 for item in made.items)) == made.last.finish
    bars = bars_of(made)
    assert made.first.budget + sum(bar.effect for bar in bars) == made.last.budget
    assert len(bars) <= MOST_BARS


def alternating(count: int) -> list[Event]:
    """Return events of which each adds one euro more than the last, far apart in time."""
    found, budget = [], 0
    for number in range(1, count + 1):
        changes = [FieldChange("company.employees", number, number + 1)]
        found.append(event(number, outcome(budget), outcome(budget + number), changes))
        budget += number
    return found


@pytest.mark.extended
@pytest.mark.parametrize("count", [1, 12, 13, 1_000, 5_000])
def test_the_picture_gathers_the_smallest_and_the_table_has_all(count: int, words: MinutesWords) -> None:
    made = minutes(alternating(count))
    bars = bars_of(made)
    assert len(made.items) == count == len(told(minutes_table(made.items, words)).rows)
    assert len(bars) == min(count, MOST_BARS)
    assert sum(bar.count for bar in bars) == count
    if count > MOST_BARS:
        assert bars[-1].item is None
        assert [bar.effect for bar in bars[:-1]] == list(range(count - MOST_BARS + 2, count + 1))
        name = chart_of(made, words).layout.yaxis.ticktext[-2]
        assert name == f"{words.language.number(count - MOST_BARS + 1)} smaller changes"


# The picture


def block_of(made: Minutes, words: MinutesWords) -> ChartBlock:
    """Return the chart of minutes that have a figure."""
    block = minutes_chart(made, words)
    assert block is not None
    return block


def chart_of(made: Minutes, words: MinutesWords) -> Told:
    """Return it as it is drawn."""
    return plotted(block_of(made, words).draw(LIGHT), words.language)


def test_the_chart_shows_the_bars_and_no_markup_of_others(words: MinutesWords, says: Says) -> None:
    name = FieldChange("company.name", "", "<b>x</b> & Co")
    made = minutes([event(1, outcome(1000), outcome(1100), [name]), event(2, outcome(1100), outcome(900))])
    (trace,) = chart_of(made, words).data
    assert (list(trace.x), list(trace.measure)) == (
        [0, 100, -200, -100],
        ["absolute", "relative", "relative", "total"],
    )
    assert [text.replace(NOBREAK, " ") for text in trace.text] == ["", "+EUR 100", "−EUR 200", "−EUR 100"]
    says(chart_of(made, words).layout.xaxis.title.text)
    assert "<b>" not in str(trace.hovertext)
    says(trace.hovertext[1])


def test_the_words_for_the_chart_name_its_ends_and_its_largest_bar(words: MinutesWords, says: Says) -> None:
    made = minutes([event(1, outcome(1000), outcome(1100)), event(2, outcome(1100), outcome(900))])
    says(words.language.write(block_of(made, words).alt).replace(NOBREAK, " "))
    unmoved = minutes([event(1, outcome(1), outcome(1))])
    assert "none did" in words.language.write(block_of(unmoved, words).alt)


@pytest.mark.parametrize(
    ("effects", "ticks"),
    [
        ([5, -5], [0, 5]),
        ([900], [0, 500]),
        ([-30, 70], [0]),
        ([], [0]),
        ([-1], [-1, 0]),
    ],
)
def test_the_axis_counts_changes_from_zero_and_shows_every_bar_in_full(effects: list[int], ticks: list[int]) -> None:
    scale = ChangeScale("Change", Money, Money)
    axis = changes_axis([Decimal(effect) for effect in effects], scale)
    levels = list(accumulate(effects, initial=0))
    start, end = axis["range"]
    assert start < min(levels) <= 0 <= max(levels) < end
    assert axis["tickvals"] == ticks
    zero = axis["ticktext"][axis["tickvals"].index(0)]
    assert zero == Money(Decimal(0))


def test_a_long_name_is_cut_and_ends_its_own_direction() -> None:
    name = "1. Company name: not set → \u2068" + "אבג " * 20 + "\u2069"
    label = TwoLines(name).written(ENGLISH)
    assert label.count("\u2068") == label.count("\u2069") == 1


# Names and times


def test_everyone_has_a_name_of_their_own() -> None:
    people = [
        person(ParticipantId(str(number)), name) for number, name in enumerate(["Anna", "", "Anna", "", "Anna (2)"])
    ]
    names = people_names(people, Language(LanguageCode.ENGLISH))
    assert list(names.values()) == ["Anna", "Guest", "Anna (2)", "Guest (2)", "Anna (2) (2)"]


def test_who_is_not_known_is_a_guest(words: MinutesWords) -> None:
    made = minutes([event(1, outcome(1), outcome(2), participant=ParticipantId("removed long ago"))])
    assert [row[5] for row in cells(made, words)] == ["Guest"]


def test_times_are_those_of_the_reader(words: MinutesWords) -> None:
    there = replace(words, zone=timezone(timedelta(hours=15)))
    made = minutes([event(1, outcome(1), outcome(2))])
    assert [row[6] for row in cells(made, there)] == ["7 Nov 2026, 00:01"]
    german = words.in_language(GERMAN)
    assert [row[6] for row in cells(made, german)] == ["06.11.2026, 09:01"]
    assert BEGIN.tzinfo is UTC
