"""The laws of the key figures: a change is the difference of what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.property.strategies import hundredths
from tests.words import Told, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.headline.cards import (
    FigureChange,
    baseline_note,
    baseline_of,
    key_figures,
)
from zt_planner.topics.view import View, no_draws

LANGUAGES = [Language(code) for code in LanguageCode]
AMOUNTS = ("introduction_budget", "run_rate_monthly")
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
    return replace(plan, headlines=builders.with_values(plan.headlines, **values))


def cards(plan: Plan, before: Plan | None, language: Language = LANGUAGES[0]) -> Told:
    """Return the figures of a plan as they are read, compared with another one's."""
    view = View(plan, language, no_draws)
    return told(key_figures(view, None if before is None else baseline_of(before, None)), language)


def card(plan: Plan, before: Plan, name: str) -> Told:
    """Return a figure of a plan, compared with another one's."""
    return next(each for each in cards(plan, before) if each.key == name)


def read(text: str) -> int:
    """Return the number in a text of whole euros, days or measures; 0 in none."""
    said = text.partition(" of ")[0].partition(" von ")[0].replace("\N{MINUS SIGN}", "-")
    return int("".join(char for char in said if char.isdigit() or char == "-") or 0)


@every_language
@given(values=figures)
def test_a_plan_has_no_change_against_itself(language: Language, values: dict[str, Any], plan: Plan) -> None:
    shown = showing(plan, values)
    assert {figure.change for figure in cards(shown, shown, language)} == {None}


@every_language
@given(now=figures, before=figures)
def test_a_change_is_the_difference_of_what_is_shown(
    language: Language, now: dict[str, Any], before: dict[str, Decimal], plan: Plan
) -> None:
    old, new = showing(plan, before), showing(plan, now)
    for was, figure in zip(cards(old, None, language), cards(new, old, language), strict=True):
        difference = read(figure.value) - read(was.value)
        assert (figure.change is None) is (difference == 0)
        if figure.change is not None:
            assert read(figure.change.text) == difference
            assert figure.change.is_better is ((difference > 0) is (figure.key == "nis2"))


def test_a_half_is_shown_and_compared_alike(plan: Plan) -> None:
    before, now = (showing(plan, {name: Decimal(amount) for name in AMOUNTS}) for amount in ("100.49", "100.50"))
    texts = [figure.change.text for figure in cards(now, before) if figure.change is not None]
    assert [plain(text) for text in texts] == ["+EUR 1"] * 2


def test_days_are_rounded_once(plan: Plan) -> None:
    shown = showing(plan, {"internal_days": Fraction("85.497")})
    assert card(shown, shown, "promised_internal_days").change is None


def test_a_later_day_is_so_many_days_worse(plan: Plan) -> None:
    before, now = (showing(plan, {"mfa_date": date(2027, 2, day)}) for day in (15, 22))
    later, earlier = (card(*each, "promised_mfa_date").change for each in ((now, before), (before, now)))
    assert later == FigureChange("7 days later", is_better=False)
    assert earlier == FigureChange("7 days earlier", is_better=True)
    noted = baseline_note("promised_mfa_date", View(now, LANGUAGES[0], no_draws), baseline_of(before, None))
    note = plain(told(noted))
    assert note == "In the baseline it was 15 February 2027: 7 days later."
