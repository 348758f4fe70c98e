"""What a field shows is read back as the same number; nothing that is read lies beyond the bounds."""

from __future__ import annotations

import string
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zt_planner.domain.money import rounded
from zt_planner.language import MINUS, Language, LanguageCode
from zt_planner.topics.inputs.number_forms import NumberForm, decimals_of, form_of

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
def held(draw: st.DrawFn) -> tuple[NumberForm, Decimal | int]:
    """Draw a field's form and a number that it may hold."""
    form = form_of(draw(PATHS))
    if not form.places:
        return form, draw(st.integers(int(form.least), int(form.most)))
    number = st.decimals(form.least * form.factor, form.most * form.factor, places=form.places)
    return form, draw(number) / form.factor


@given(held(), LANGUAGES)
def test_what_is_written_is_read_back(drawn: tuple[NumberForm, Decimal | int], language: Language) -> None:
    form, value = drawn
    assert form.read(form.written(value, language), language) == value


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
    form = form_of(path)
    if form.refusal(text, language) is None:
        found = Decimal(form.read(text, language))
        assert form.least <= found <= form.most
        assert decimals_of(found * form.factor) <= form.places
