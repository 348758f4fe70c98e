"""What a field shows is read back as the same number; nothing that is read lies beyond the bounds."""

from __future__ import annotations

import string
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zt_planner.domain.money import rounded
from zt_planner.entries import Entry, decimals_of, entry_at
from zt_planner.language import MINUS, Language, LanguageCode

LANGUAGES = st.sampled_from([Language(code) for code in LanguageCode])
PATHS = st.sampled_from(
    [
        "company.employees",
        "labour.external_day_rate",
        "prices.overrides.cloud-siem",
        "choices.hardware_reuse",
        "prices.rise",
        "timeline.max_external_days_per_week",
        "tasks.own.any.effort_days",
    ]
)


@st.composite
def held(draw: st.DrawFn) -> tuple[Entry, Decimal | int]:
    """Draw a field's entry and a number that it may hold."""
    entry = entry_at(draw(PATHS))
    if not entry.unit.typed_places:
        return entry, draw(st.integers(int(entry.least), int(entry.most)))
    number = st.decimals(
        entry.least * entry.unit.factor, entry.most * entry.unit.factor, places=entry.unit.typed_places
    )
    return entry, draw(number) / entry.unit.factor


@given(held(), LANGUAGES)
def test_what_is_written_is_read_back(drawn: tuple[Entry, Decimal | int], language: Language) -> None:
    entry, value = drawn
    assert entry.read(entry.written(value, language), language) == value


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(NUMBERS, LANGUAGES, st.integers(0, 2))
def test_a_shown_number_can_be_typed_back(number: Decimal, language: Language, places: int) -> None:
    shown = language.number(number, places)
    assert language.number_in(shown) == rounded(number, places)
    with_plain_spaces = shown.replace("\N{NARROW NO-BREAK SPACE}", " ").replace(MINUS, "-")
    assert language.number_in(with_plain_spaces) == rounded(number, places)
    assert language.number_in(language.trimmed(number)) == number


@given(PATHS, st.text(string.digits + ".,+- %", max_size=24), LANGUAGES)
def test_what_is_read_is_within_bounds_and_no_more_exact_than_allowed(path: str, text: str, language: Language) -> None:
    entry = entry_at(path)
    if entry.refusal(text, language) is None:
        found = Decimal(entry.read(text, language))
        assert entry.least <= found <= entry.most
        assert decimals_of(found * entry.unit.factor) <= entry.unit.typed_places
