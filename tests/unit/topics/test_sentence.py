"""The plan in one sentence, what every figure is subject to, and how much of the team's week is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from tests import builders
from tests.approval import Says
from tests.builders import plan_for
from tests.words import told
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.files.scenario_json import with_settings
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.headline.cards import overview_of
from zt_planner.topics.headline.figures import summary_figures
from zt_planner.topics.headline.summary import summary_of
from zt_planner.topics.headline.words import team_words
from zt_planner.topics.sentence import headline_sentence, planning_note
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.engine.plan import Plan

ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)
HARD_SPACE = "\N{NO-BREAK SPACE}"


def planned(settings: tuple[str, ...], book: PriceBook, model: PhaseModel, today: date) -> Plan:
    """Return the plan of the default scenario with settings."""
    return plan_for(case_of(with_settings(Scenario(), settings), book, model, today=today))


def test_the_sentence_answers_both_questions(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    plan = planned((), price_book, phase_model, today)
    figures = builders.with_values(
        plan.headlines,
        first_year_budget=Decimal("100000.40"),
        run_rate_monthly=Decimal("1999.50"),
        finish_date=date(2027, 8, 2),
        mfa_date=date(2027, 2, 22),
        operation_days_monthly=Fraction("6.488"),
    )
    start, end = (
        "Zero Trust for 120 people: EUR 100,000 in the first year, ",
        "done by 2 August 2027, then EUR 2,000",
    )
    without = replace(plan, headlines=builders.with_values(figures, operation_days_monthly=Fraction(0), mfa_date=None))
    plan = replace(plan, headlines=figures)
    sentences = ENGLISH.write(headline_sentence(plan)), ENGLISH.write(headline_sentence(plan, names_mfa=True))
    assert [sentence.replace("\xa0", " ") for sentence in sentences] == [
        f"{start}{end} and 6.5 days of your team a month.",
        f"{start}MFA for everyone by 22 February 2027, {end} and 6.5 days of your team a month.",
    ]
    assert ENGLISH.write(headline_sentence(without, names_mfa=True)).replace("\xa0", " ") == f"{start}{end} a month."


def test_an_incomplete_plan_says_at_least(
    price_book: PriceBook, phase_model: PhaseModel, today: date, says: Says
) -> None:
    plan = planned(("timeline.start=2022-03-01",), price_book, phase_model, today)
    assert ENGLISH.write(headline_sentence(plan)).count("at least") == 2
    says(told(overview_of(View(plan, ENGLISH)))[0].value)
    assert told(summary_of(plan))["complete"] is False


ENDLESS = (
    "company.employees=5000",
    "company.apps=500",
    "timeline.mode=capacity",
    "timeline.internal_days_per_week=0.25",
)


def test_a_plan_without_a_schedule_names_no_amount(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    plan = build_plan(case_of(with_settings(Scenario(), ENDLESS), price_book, phase_model, today=today))
    assert isinstance(plan, StoppedPlan)
    assert "EUR" not in ENGLISH.write(headline_sentence(plan))
    summary = told(summary_of(plan))
    assert {summary[figure.name] for figure in summary_figures() if figure.name != "start_date"} == {None}
    assert summary["complete"] is False


@pytest.mark.parametrize(
    ("first_year", "monthly", "sentence"),
    [
        ("0.00", "0.00", "done by 4 October 2021. The cost is unknown: prices are missing."),
        ("0.49", "0.00", "done by 4 October 2021. The cost is unknown: prices are missing."),
        ("900.00", "0.00", "at least EUR 900 in the first year, done by 4 October 2021. Prices are missing, including"),
        ("900.00", "5.00", "at least EUR 900 in the first year, done by 4 October 2021, then at least EUR 5 and "),
    ],
)
def test_an_incomplete_plan_names_no_amount_without_a_price(
    first_year: str, monthly: str, sentence: str, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    plan = planned(("timeline.start=2021-03-01",), price_book, phase_model, today)
    amounts: dict[str, Any] = {"first_year_budget": Decimal(first_year), "run_rate_monthly": Decimal(monthly)}
    shown = replace(plan, headlines=builders.with_values(plan.headlines, finish_date=date(2021, 10, 4), **amounts))
    assert sentence in ENGLISH.write(headline_sentence(shown)).replace(HARD_SPACE, " ")
    assert "EUR 0" not in ENGLISH.write(headline_sentence(shown)).replace(HARD_SPACE, " ")


def test_a_plan_without_any_price_names_no_amount(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    plan = planned(("timeline.start=2021-03-01",), price_book, phase_model, today)
    assert "EUR" not in ENGLISH.write(headline_sentence(plan))


def test_the_note_says_what_the_figures_are(
    price_book: PriceBook, phase_model: PhaseModel, today: date, says: Says
) -> None:
    note = ENGLISH.write(planning_note(planned((), price_book, phase_model, today)))
    says(note.replace(HARD_SPACE, " "))


def test_the_note_names_the_day_as_of_which_prices_are_known(
    price_book: PriceBook, phase_model: PhaseModel, today: date, says: Says
) -> None:
    note = ENGLISH.write(planning_note(planned(("prices.as_of=2026-05-15",), price_book, phase_model, today)))
    says(note.replace(HARD_SPACE, " "))


@pytest.mark.parametrize(
    ("settings", "ending"),
    [
        (("prices.rise=0.1",), "24 November 2026. What-if: list prices of licences +10%."),
        (
            ("prices.rise=-0.05", "prices.rise_from=2027-07-01"),
            "What-if: list prices of licences −5% from 1 July 2027 on.",
        ),
        (("prices.rise_from=2027-07-01",), "Prices as of 24 November 2026."),
    ],
)
def test_the_note_names_a_what_if(
    settings: tuple[str, ...], ending: str, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    note = ENGLISH.write(planning_note(planned(settings, price_book, phase_model, today)))
    assert note.replace(HARD_SPACE, " ").endswith(ending)


def test_the_average_is_rounded_from_the_figure_that_files_show(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    plan = builders.plan(Scenario(), price_book, phase_model)
    almost = builders.with_values(
        plan.headlines, internal_days_per_week=Decimal(3), internal_days_per_week_average=Fraction("2.2495")
    )
    says(ENGLISH.write(team_words(almost)))
    says(GERMAN.write(team_words(almost)))
