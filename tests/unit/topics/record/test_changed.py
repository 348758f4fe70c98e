"""What changed since the baseline: one part for the same fields, effects that add up, nothing that was changed back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from pydantic import JsonValue

from tests import builders
from tests.approval import Says
from tests.builders import row_values
from tests.papers import handout
from tests.records import event, minutes_words, outcome
from tests.words import plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, EventKind, FieldChange, Outcome
from zt_planner.files.scenario_json import with_values
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.changed import changed_line, changes_since
from zt_planner.topics.record.minutes import Item, minutes_of
from zt_planner.topics.record.minutes_words import MinutesWords, changes_text, minutes_table, taken_back_by
from zt_planner.workspace.sharing.record import decisions

MONTHS = [FieldChange("timeline.target_months", 9, 6)]
TEAM = FieldChange("timeline.internal_days_per_week", "2.5", "3.5")
BASIS = FieldChange("levelling.basis", "", "7253233e9caa")
APPLIED = [TEAM, FieldChange("levelling.starts", [], [["kickoff", "2027-04-05"]]), BASIS]


@pytest.fixture
def words(price_book: PriceBook, phase_model: PhaseModel) -> MinutesWords:
    """Return English words, in UTC."""
    return minutes_words(price_book, phase_model)


def items(events: Sequence[Event], now: Outcome | None = None) -> tuple[Item, ...]:
    """Return what was decided, the last figure that of the last event."""
    return minutes_of(decisions(events), events[-1].after if now is None else now, Visibility()).items


def line(events: Sequence[Event], words: MinutesWords, now: Outcome | None = None) -> str:
    """Return the line with plain spaces."""
    return plain(words.language.write(changed_line(items(events, now), words)))


def test_an_approval_and_a_saved_forecast_are_no_change(words: MinutesWords) -> None:
    approved: JsonValue = {"by": "Board", "on": "2027-03-04"}
    forecast: JsonValue = {"finish": "2027-10-19"}
    events = [
        event(1, outcome(1000), outcome(1200)),
        event(2, outcome(1200), outcome(1200), [FieldChange("status.approved", None, approved)]),
        event(3, outcome(1200), outcome(1200), [FieldChange("status.forecasts.2027-04-15", None, forecast)]),
    ]
    assert line(events, words) == line(events[:1], words)


def test_each_change_is_named_with_what_it_does(words: MinutesWords, says: Says) -> None:
    events = [
        event(1, outcome(1000), outcome(1200)),
        event(2, outcome(1200), outcome(1250, -91), MONTHS),
    ]
    says(line(events, words))


def test_a_change_alone_says_with_which_teams_it_moves_the_finish(words: MinutesWords) -> None:
    before = handout().plan.headlines
    assert before is not None
    days = before.internal_days_per_week
    ends = before, builders.with_values(before, internal_days_per_week=days + 1)

    def said(*events: Event) -> str:
        return plain(words.language.write(changed_line(items(events), words, ends)))

    earlier = event(1, outcome(1000), outcome(1200, -15))
    known = words.language.trimmed(days), words.language.trimmed(days + 1)
    teams = f" with {known[1]} instead of {known[0]} days a week of your team"
    assert said(earlier) == f"People 120 → 180: +EUR 200, 15 days earlier{teams}"
    assert words.language.write(changed_line(items([earlier]), words, (before, before))).endswith(" days earlier")
    assert said(event(1, outcome(1000), outcome(1200))).endswith(": +EUR 200")
    assert said(event(1, outcome(1000), outcome(1200, -15), [TEAM])).endswith(" days earlier")
    assert "instead of" not in said(earlier, event(2, outcome(1200, -15), outcome(1250, -91), MONTHS))


def test_what_was_changed_back_is_left_out(words: MinutesWords) -> None:
    back = [FieldChange("company.employees", 180, 120)]
    events = [
        event(1, outcome(1000), outcome(1200)),
        event(2, outcome(1200), outcome(1000), back, kind=EventKind.UNDO, refers_to=1),
    ]
    assert line(events, words) == ""


def test_changes_of_one_field_are_one_and_the_effects_add_up(words: MinutesWords, says: Says) -> None:
    again = [FieldChange("company.employees", 180, 200)]
    events = [
        event(1, outcome(1000), outcome(1200)),
        event(2, outcome(1200), outcome(1250, -91), MONTHS),
        event(3, outcome(1250, -91), outcome(1400, -90), again),
    ]
    found = changes_since(items(events))
    assert sum((change.effect or Decimal(0)) for change in found) == 400
    assert sum(change.days or 0 for change in found) == -90
    says(line(events, words))


def test_of_many_changes_the_latest_are_named(words: MinutesWords, says: Says) -> None:
    paths = ("company.sites", "company.apps", "company.servers", "company.devices", "company.admins")
    events = [
        event(number, outcome(1000), outcome(1000), [FieldChange(path, 1, 2)])
        for number, path in enumerate(paths, start=1)
    ]
    shown = line(events, words)
    says(shown)


def test_what_moves_a_figure_is_named_before_what_moves_none(words: MinutesWords) -> None:
    name = FieldChange("company.name", "", "Nordlicht")
    events = [
        event(1, outcome(1000), outcome(1000), [name]),
        event(2, outcome(1000), outcome(1200)),
        event(3, outcome(1200), outcome(1250, -91), MONTHS),
        event(4, outcome(1250, -91), outcome(1300, -91), [FieldChange("company.sites", 1, 2)]),
        event(5, outcome(1300, -91), outcome(1300, -91), [FieldChange("company.sector", None, "energy")]),
    ]
    assert line(events[:3], words).startswith("People 120 → 180: +EUR 200 · Finish in months")
    assert line(events[:3], words).split(" · ")[2].startswith("Company name")
    shown = line(events, words)
    assert shown.startswith("2 other changes · People 120 → 180: +EUR 200 · ")
    assert "Nordlicht" not in shown
    employees = FieldChange("company.employees", 120, 180)
    together = words.language.write(changes_text((name, employees), words, 1))
    assert plain(together) == "People 120 → 180 and 1 more"


def test_other_prices_and_a_plan_without_a_schedule_are_said(words: MinutesWords, says: Says) -> None:
    says(line([event(1, outcome(1000), outcome(1200))], words, outcome(1300)))
    says(line([event(1, outcome(1000), Outcome())], words))


def test_a_later_plan_says_what_only_falls_due_later(words: MinutesWords) -> None:
    before, later = handout().plan.headlines, handout(builders.scenario(timeline__target_months=18)).plan.headlines
    saved = rounded(before.recurring_first_year - later.recurring_first_year, 0)
    postponed = f"; {words.language.money(saved)} of the running costs only falls due later"
    for ends, is_said in (((before, later), True), ((later, before), False), ((before, before), False)):
        told_line = words.language.write(changed_line(items([event(1, outcome(1000), outcome(900, 30))]), words, ends))
        assert told_line.endswith(postponed) is is_said


def test_a_levelled_plan_that_was_applied_is_one_decision_with_its_name(words: MinutesWords, says: Says) -> None:
    applied = event(1, outcome(1000), outcome(654, -23), APPLIED)
    says(line([applied], words))
    says(words.language.write(changes_text(APPLIED, words, most=2)))


@pytest.mark.parametrize("first", [1, 2])
def test_levelled_dates_that_were_dropped_are_named_so(first: int, words: MinutesWords, says: Says) -> None:
    dropped = event(1, outcome(1000), outcome(1000, 9), taken_back_by(APPLIED[first:]))
    says(line([dropped], words))


def test_the_record_names_what_levelling_set_and_what_an_undo_took_back(words: MinutesWords, says: Says) -> None:
    events = [
        event(1, outcome(1000), outcome(654), APPLIED),
        event(2, outcome(654), outcome(1000), taken_back_by(APPLIED), kind=EventKind.UNDO, refers_to=1),
    ]
    rows = [plain(row[1]) for row in told(minutes_table(items(events), words)).rows]
    says(rows)


def test_a_price_that_was_changed_is_named_alone_in_its_own_currency(words: MinutesWords, says: Says) -> None:
    price_id = "m365-business-premium"
    rows: list[dict[str, Any]] = [row_values(row) for row in words.view.book.rows_by_id[price_id]]
    own: list[JsonValue] = [*rows[:-1], {**rows[-1], "amount": "25.00"}]
    scenario = with_values(Scenario(), {f"prices.rows.{price_id}": own})
    words = minutes_words(words.view.case.base_book, words.view.case.base_model, scenario=scenario)
    first = event(1, outcome(1000), outcome(7728), [FieldChange(f"prices.rows.{price_id}", None, own)])
    says(line([first], words))
    older: list[JsonValue] = [{**rows[0], "amount": "23.00"}, *own[1:]]
    second = event(1, outcome(1), outcome(2), [FieldChange(f"prices.rows.{price_id}", own, older)])
    says(line([second], words))
    gone = event(1, outcome(2), outcome(1), [FieldChange(f"prices.rows.{price_id}", own[1:], None)])
    says(line([gone], words))


def test_other_changes_keep_their_names_and_never_show_what_levelling_was_computed_from(
    words: MinutesWords, says: Says
) -> None:
    loaded = [FieldChange("company.employees", 120, 180), *APPLIED]
    text = plain(words.language.write(changes_text(loaded, words, most=9)))
    says(text)
