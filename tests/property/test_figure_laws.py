"""The laws of the key figures: a change is the difference of what is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.property.strategies import hundredths
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.figures.key_figures import baseline_of, key_figures

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan

LANGUAGES = [Language(code) for code in LanguageCode]
AMOUNTS = ("first_year_budget", "run_rate_monthly", "peak_amount")
figures = st.fixed_dictionaries(
    {
        **dict.fromkeys(AMOUNTS, hundredths("-99999", "999999")),
        "internal_days": st.fractions(0, 2000, max_denominator=1000),
    }
)
every_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)


@pytest.fixture(scope="module")
def plan(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the default plan, whose figures are then replaced."""
    return builders.plan(Scenario(), price_book, phase_model)


def showing(plan: Plan, values: dict[str, Any]) -> Plan:
    """Return the plan with other figures."""
    assert plan.headlines is not None
    return replace(plan, headlines=replace(plan.headlines, **values))


def read(text: str) -> int:
    """Return the number in a text of whole euros, days or measures; 0 in none."""
    digits = "".join(char for char in text.partition(" of ")[0].partition(" von ")[0] if char.isdigit() or char == "-")
    return int(digits or 0)


@every_language
@given(values=figures)
def test_a_plan_has_no_change_against_itself(
    language: Language, values: dict[str, Any], plan: Plan, price_book: PriceBook
) -> None:
    shown = showing(plan, values)
    assert {figure.change for figure in key_figures(shown, baseline_of(shown), price_book, language)} == {None}


@every_language
@given(now=figures, before=figures)
def test_a_change_is_the_difference_of_what_is_shown(
    language: Language, now: dict[str, Any], before: dict[str, Decimal], plan: Plan, price_book: PriceBook
) -> None:
    old, new = showing(plan, before), showing(plan, now)
    without = key_figures(old, None, price_book, language)
    for was, figure in zip(without, key_figures(new, baseline_of(old), price_book, language), strict=True):
        difference = read(figure.value) - read(was.value)
        assert (figure.change is None) is (difference == 0)
        if figure.change is not None:
            assert read(figure.change.text) == difference
            assert figure.change.is_rise is (difference > 0)
            assert figure.change.is_better is (figure.change.is_rise is (figure.key == "nis2"))


def test_a_half_is_shown_and_compared_alike(plan: Plan, price_book: PriceBook) -> None:
    before, now = (showing(plan, {name: Decimal(amount) for name in AMOUNTS}) for amount in ("100.49", "100.50"))
    figures = key_figures(now, baseline_of(before), price_book, LANGUAGES[0])
    texts = [figure.change.text for figure in figures if figure.change is not None]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts] == ["+EUR 1"] * 3


def test_days_are_rounded_once(plan: Plan, price_book: PriceBook) -> None:
    shown = showing(plan, {"internal_days": Decimal("85.497")})
    assert key_figures(shown, baseline_of(shown), price_book, LANGUAGES[0])[3].change is None
