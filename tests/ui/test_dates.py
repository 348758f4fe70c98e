"""Dates are typed and shown in the form of the page's language, in fields and in tables."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as st

from tests.ui.price_table import PriceTable
from tests.ui.screen import Screen
from tests.ui.typed_table import Table
from zt_planner.language import Language, LanguageCode

both_languages = pytest.mark.parametrize(
    ("code", "typed", "hint"),
    [(LanguageCode.ENGLISH, "26/07/2027", "dd/mm/yyyy"), (LanguageCode.GERMAN, "26.07.2027", "tt.mm.jjjj")],
)
PREMIUM, DAY = "m365-business-premium", date(2027, 7, 26)
FIELDS = {
    "plan": ("timeline.start", "closure:0:first", "closure:0:last"),
    "prices": ("prices.as_of", "prices.rise_from"),
    "what_if": ("levelling.finish_by", "ask:by"),
    "how_sure": ("sure:by",),
    "roadmap": ("status.at",),
    "nis2": ("company.under_law_since",),
}
"""The fields for days of each page."""
FOLDS = {
    "plan": ("fold:calendar_and_teams",),
    "what_if": ("fold:limits",),
    "how_sure": ("fold:joint",),
    "nis2": ("fold:applies",),
}


@pytest.mark.extended
@both_languages
@pytest.mark.parametrize("page", FIELDS)
def test_a_field_for_a_day_has_the_form_of_its_page(page: str, code: LanguageCode, typed: str, hint: str) -> None:
    screen = Screen(code, language=code).go(page, *FOLDS.get(page, ()))
    for key in FIELDS[page]:
        assert screen.widget(key).proto.placeholder == hint
        for text in (typed, DAY.isoformat()):
            assert screen.move(key, text).held(key) == DAY
    if "closure:0:first" not in FIELDS[page]:
        assert screen.shows(key) == typed


@both_languages
def test_what_cannot_be_read_stays_in_its_field_and_changes_nothing(code: LanguageCode, typed: str, hint: str) -> None:
    screen = Screen(code, language=code).go("roadmap").move("status.at", typed)
    screen.move("status.at", hint)
    (error,) = screen.errors
    assert Language(code).day(DAY) in error or typed in error
    assert screen.shows("status.at") == hint
    assert screen.scenario.status.at == DAY
    screen.move("status.at", "")
    assert screen.scenario.status.at is None
    assert not screen.errors


@pytest.mark.extended
def test_a_day_that_must_be_there_stays_where_its_field_is_emptied(screen: Screen) -> None:
    before = screen.go("plan", "fold:calendar_and_teams").shows("timeline.start")
    assert screen.move("timeline.start", " ").run().shows("timeline.start") == before


@both_languages
def test_a_column_of_days_has_the_form_of_its_page(table: Table, code: LanguageCode, typed: str, hint: str) -> None:
    screen = Screen(code, language=code).go("roadmap", "fold:task_rows")
    assert table.frame is not None
    first = table.frame["name"].iloc[0]
    table.type(first, "fixed_start", typed)
    screen.run().press("step:undo").press("step:redo")
    assert table.row(first)["fixed_start"] == typed
    table.type(first, "fixed_start", hint)
    (error,) = screen.run().errors
    assert hint in error
    assert table.row(first)["fixed_start"] == hint


@pytest.mark.extended
@pytest.mark.parametrize("typed", ["31.02.2028", "2028-02-31", "03/31/2028", "heute"])
def test_a_day_of_a_price_that_cannot_be_read_is_refused_and_stays(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    table = PriceTable()
    monkeypatch.setattr(st, "data_editor", table.draw)
    screen = Screen(LanguageCode.GERMAN, language=LanguageCode.GERMAN).go("prices", "fold:price_rows")
    table.type(PREMIUM, "valid_to", typed)
    (error,) = screen.run().errors
    assert f"„{typed}“ ist kein Datum" in error
    assert not screen.scenario.prices.rows
    screen.go("plan").go("prices")
    assert table.holds(PREMIUM, "valid_to") == typed
