"""The plan in one sentence, what every figure is subject to, and how much of the team's week is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.builders import case, ending_price, plan_for, scenario
from tests.words import ENGLISH, GERMAN, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import WhyOwnFigures
from zt_planner.files.scenario_json import with_settings
from zt_planner.topics.headline.cards import overview_of
from zt_planner.topics.headline.figures import summary_figures
from zt_planner.topics.headline.summary import summary_of
from zt_planner.topics.headline.words import team_words
from zt_planner.topics.sentence import headline_sentence, planning_note
from zt_planner.topics.view import AnyView, StoppedView, View, no_draws

HARD_SPACE = "\N{NO-BREAK SPACE}"


def planned(settings: tuple[str, ...], book: PriceBook, model: PhaseModel, today: date) -> Plan:
    """Return the plan of the default scenario with settings."""
    return plan_for(case_of(with_settings(Scenario(), settings), book, model, today=today))


def promising(plan: Plan, **values: Any) -> View:  # noqa: ANN401 - a field of a promise
    """Return the view of a plan that promises what is given, 80 % sure unless a reason says otherwise."""
    view = View(plan, ENGLISH, no_draws)
    sure: dict[str, Any] = {"why_planned_budget": None, "why_planned_finish": None}
    view.__dict__["promise"] = replace(view.promise, **{**sure, **values})
    return view


def said(view: AnyView) -> str:
    """Return the sentence with plain spaces."""
    return ENGLISH.write(headline_sentence(view)).replace(HARD_SPACE, " ")


@pytest.fixture
def simple(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Plan:
    """Return a plan with round figures."""
    plan = planned((), price_book, phase_model, today)
    figures = builders.with_values(
        plan.headlines,
        introduction_budget=Decimal("100000.40"),
        run_rate_monthly=Decimal("1999.50"),
        finish_date=date(2027, 8, 2),
        operation_days_monthly=Fraction("6.488"),
    )
    return replace(plan, headlines=figures)


START = "Zero Trust for 120 people: "
END = ", then EUR 2,000 and 6.5 days of your team a month."


def test_the_sentence_answers_both_questions_with_what_is_promised(simple: Plan) -> None:
    view = promising(simple, budget=Decimal("123000.01"), finish=date(2027, 10, 1))
    assert said(view) == f"{START}EUR 124,000 and done by 1 October 2027, each 80% sure{END}"
    figures = builders.with_values(simple.headlines, operation_days_monthly=Fraction(0))
    without = promising(replace(simple, headlines=figures), budget=Decimal(123000), finish=date(2027, 10, 1))
    assert said(without).endswith("EUR 123,000 and done by 1 October 2027, each 80% sure, then EUR 2,000 a month.")


@pytest.mark.parametrize(
    ("budget", "finish", "promise"),
    [
        (WhyOwnFigures.ASKED, WhyOwnFigures.ASKED, "EUR 100,000 and done by 2 August 2027 as planned"),
        (WhyOwnFigures.HIDDEN_RATES, None, "EUR 100,000 as planned; done by 2 August 2027, 80% sure"),
        (None, WhyOwnFigures.NO_DATE, "EUR 101,000, 80% sure; done by 2 August 2027 as planned"),
    ],
)
def test_a_figure_that_is_the_plans_own_is_said_to_be_as_planned(
    budget: WhyOwnFigures | None, finish: WhyOwnFigures | None, promise: str, simple: Plan
) -> None:
    view = promising(simple, why_planned_budget=budget, why_planned_finish=finish)
    assert said(view) == f"{START}{promise}{END}"


def test_a_plan_under_way_is_not_as_planned(simple: Plan) -> None:
    begun = replace(simple, case=replace(simple.case, scenario=simple.scenario.changed("status.at", "2027-03-01")))
    view = promising(begun, why_planned_budget=WhyOwnFigures.ASKED, why_planned_finish=WhyOwnFigures.ASKED)
    assert said(view) == f"{START}EUR 100,000 and done by 2 August 2027{END}"
    view = promising(begun, why_planned_budget=WhyOwnFigures.HIDDEN_RATES)
    assert said(view) == f"{START}EUR 100,000; done by 2 August 2027, 80% sure{END}"


def test_the_sentence_says_that_it_is_without_labour(simple: Plan) -> None:
    hidden = replace(simple, case=replace(simple.case, shows_labour=False))
    view = promising(hidden, why_planned_budget=WhyOwnFigures.HIDDEN_RATES)
    assert "EUR 100,000 without labour as planned; done by" in said(view)


def test_an_incomplete_plan_says_at_least(
    price_book: PriceBook, phase_model: PhaseModel, today: date, says: Says
) -> None:
    plan = planned(("timeline.start=2025-10-01",), price_book, phase_model, today)
    view = View(plan, ENGLISH, no_draws)
    assert said(view).count("at least") == 2
    says(told(overview_of(view))[0].value)
    assert told(summary_of(plan))["complete"] is False


def test_a_price_missing_after_the_introduction_leaves_its_budget_whole(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    ending = scenario(**ending_price(price_book.rows_by_id["cloud-siem"][-1], "2028-06-30"))
    plan = plan_for(case(ending, price_book, phase_model))
    assert not plan.is_complete
    assert said(View(plan, ENGLISH)).startswith(f"{START}EUR 189,000 and done by ")
    assert said(View(plan, ENGLISH)).endswith("Prices are missing.")


ENDLESS = (
    "company.employees=5000",
    "company.apps=500",
    "timeline.mode=capacity",
    "timeline.internal_days_per_week=0.25",
)


def test_a_plan_without_a_schedule_names_no_amount(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = build_plan(case(with_settings(Scenario(), ENDLESS), price_book, phase_model))
    assert isinstance(plan, StoppedPlan)
    assert "EUR" not in said(StoppedView(plan, ENGLISH))
    summary = told(summary_of(plan))
    assert {summary[figure.name] for figure in summary_figures() if figure.name != "start_date"} == {None}
    assert summary["complete"] is False


@pytest.mark.parametrize(
    ("budget", "monthly", "sentence"),
    [
        ("0.00", "0.00", "done by 4 October 2021 as planned. The cost is unknown: prices are missing."),
        ("0.49", "0.00", "done by 4 October 2021 as planned. The cost is unknown: prices are missing."),
        ("900.00", "0.00", "at least EUR 900 and done by 4 October 2021 as planned. Prices are missing, including"),
        ("900.00", "5.00", "at least EUR 900 and done by 4 October 2021 as planned, then at least EUR 5 and "),
    ],
)
def test_an_incomplete_plan_names_no_amount_without_a_price(
    budget: str, monthly: str, sentence: str, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    plan = planned(("timeline.start=2021-03-01",), price_book, phase_model, today)
    amounts: dict[str, Any] = {"introduction_budget": Decimal(budget), "run_rate_monthly": Decimal(monthly)}
    shown = replace(plan, headlines=builders.with_values(plan.headlines, finish_date=date(2021, 10, 4), **amounts))
    view = View(shown, ENGLISH, no_draws)
    assert sentence in said(view)
    assert "EUR 0" not in said(view)


def test_a_plan_without_any_price_names_no_amount(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    plan = planned(("timeline.start=2021-03-01",), price_book, phase_model, today)
    assert "EUR" not in said(View(plan, ENGLISH))


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
        (("prices.rise=0.1",), "6 November 2026. What-if: list prices of licences +10%."),
        (
            ("prices.rise=-0.05", "prices.rise_from=2027-07-01"),
            "What-if: list prices of licences −5% from 1 July 2027 on.",
        ),
        (("prices.rise_from=2027-07-01",), "Prices as of 6 November 2026."),
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
