"""Dates are typed and shown in the form of the page's language, in fields and in tables."""

from __future__ import annotations

import json

import pytest

from tests.ui.screen import Screen
from zt_planner.language import LanguageCode

both_languages = pytest.mark.parametrize(
    ("code", "form"), [(LanguageCode.ENGLISH, "DD/MM/YYYY"), (LanguageCode.GERMAN, "DD.MM.YYYY")]
)
PAGES = ("prices", "limits", "uncertainty")
FOLDS = {"uncertainty": ("fold:joint",)}
"""The pages with fields for dates of their own."""


@pytest.mark.extended
@both_languages
def test_a_date_field_has_the_form_of_its_page(code: LanguageCode, form: str) -> None:
    screen = Screen(code, language=code).run()
    for page in PAGES:
        assert {field.proto.format for field in screen.go(page, *FOLDS.get(page, ())).app.date_input} == {form}, page
    screen.go("cockpit", "fold:calendar_and_teams")
    assert {field.proto.format for field in screen.app.date_input} == {form}


@both_languages
def test_a_column_of_dates_has_the_form_of_its_page(code: LanguageCode, form: str) -> None:
    screen = Screen(code, language=code).go("roadmap", "fold:task_rows")
    (table,) = screen.app.dataframe
    kinds = [column.get("type_config", {}) for column in json.loads(table.proto.columns).values()]
    assert {kind["format"] for kind in kinds if kind.get("type") == "date"} == {form}
