"""The tables that are edited speak the reader's language: no name of a field, no code of a value."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from tests.approval import Says
from tests.ui.screen import Screen
from tests.words import told
from zt_planner.catalog.price_lists.price_table import COLUMNS
from zt_planner.catalog.price_lists.proposals import cells_of
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.errors import CellProblem, FieldProblem, Place, ScenarioError
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.prices.price_file import CODES, TITLES, code_word
from zt_planner.topics.prices.proposals import price_problem_lines
from zt_planner.ui.state import session

TABLES = {"prices": "price_rows", "roadmap": "task_rows", "how_sure": "ranges"}
INTERNAL = re.compile(r"[a-z]+_[a-z]+|[a-z]+/month|[.]csv")
KINDS = tuple(CODES.values())
CODES_OF_ALL = {str(code) for kind in KINDS for code in kind}


def configured(page: str, code: LanguageCode, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return how the columns of a page's table are drawn."""
    found: list[dict[str, Any]] = []

    def draw(frame: pd.DataFrame, *, column_config: dict[str, Any], **_: object) -> pd.DataFrame:
        found.append(column_config)
        return frame

    monkeypatch.setattr(st, "data_editor", draw)
    Screen(code, language=code.value).go(page, f"fold:{TABLES[page]}")
    return found[-1]


def labels_of(column: dict[str, Any]) -> list[str]:
    """Return what a reader sees of a column: its title and its choices."""
    options = column["type_config"].get("options") or []
    return [
        column["label"],
        *(each.get("label", each["value"]) if isinstance(each, dict) else str(each) for each in options),
    ]


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("page", TABLES)
@pytest.mark.extended
def test_no_table_shows_the_name_of_a_field_or_the_code_of_a_value(
    page: str, code: LanguageCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = configured(page, code, monkeypatch)
    assert all(column["label"][:1].isupper() for column in columns.values())
    shown = [label for column in columns.values() for label in labels_of(column)]
    assert not [label for label in shown if INTERNAL.search(label)]
    assert not {column["label"] for column in columns.values()} & (set(COLUMNS) | CODES_OF_ALL)


@pytest.mark.parametrize("code", LanguageCode)
def test_every_code_has_a_word_of_its_own(code: LanguageCode) -> None:
    language = Language(code)
    for kind in KINDS:
        words = [told(code_word(each), language) for each in kind]
        assert len(set(words)) == len(words)
    assert set(TITLES) == set(COLUMNS)


def test_what_is_wrong_is_said_with_the_names_that_the_table_shows(price_book: PriceBook, says: Says) -> None:
    place = Place("Price table", 3, "term")
    wrong = CellProblem(place, "'{value}' differs from the row", "Write it as there", value="annual_prepaid")
    says(told(price_problem_lines(wrong, price_book)))
    refused = ScenarioError((FieldProblem("prices.rows.entra-p2", "a row is wrong", "Correct it"),))
    (line,) = told(price_problem_lines(refused, price_book))
    assert line.endswith(": a row is wrong. Correct it.")
    assert "Entra ID P2" in line
    assert "prices.rows" not in line


def test_capabilities_are_kept_as_they_are_where_nobody_touches_them(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[pd.DataFrame] = []

    def draw(frame: pd.DataFrame, **_: object) -> pd.DataFrame:
        drawn.append(frame)
        return frame

    monkeypatch.setattr(st, "data_editor", draw)
    screen.go("prices", "fold:price_rows")
    assert not screen.scenario.prices.rows
    known = [cells_of(row)["grants"] for rows in session.workspace().price_book.rows_by_id.values() for row in rows]
    assert [";".join(cell or ()) for cell in drawn[-1]["grants"]] == known
