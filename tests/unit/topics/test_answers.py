"""What each page answers: said from the plan's numbers, honest where there is nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.records import ANNA, BERND, event, minutes_words, outcome, person
from tests.words import ENGLISH, plain
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import CoverageState, PointCoverage
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, Outcome, Role
from zt_planner.engine.plan import Plan
from zt_planner.files.scenario_json import with_settings
from zt_planner.topics.budget.tables import budget_answer
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.nis2.points import points_answer
from zt_planner.topics.prices.tables import prices_answer
from zt_planner.topics.record.answer import record_answer, share_answer
from zt_planner.topics.record.minutes import minutes_of
from zt_planner.topics.record.minutes_words import MinutesWords
from zt_planner.topics.roadmap.answer import roadmap_answer
from zt_planner.topics.view import View, no_draws
from zt_planner.workspace.sharing.record import decisions

ENDLESS = (
    "company.employees=5000",
    "company.apps=500",
    "timeline.mode=capacity",
    "timeline.internal_days_per_week=0.25",
)
BEFORE_SOME_PRICES = ("timeline.start=2025-10-01",)
BEFORE_ALL_PRICES = ("timeline.start=2022-03-01",)


@pytest.fixture
def planned(price_book: PriceBook, phase_model: PhaseModel) -> Callable[..., Plan]:
    """Return what makes the plan of the default scenario with settings."""

    def plan(*settings: str, shows_labour: bool = True) -> Plan:
        given = with_settings(Scenario(), settings)
        return builders.plan(given, price_book, phase_model, shows_labour=shows_labour)

    return plan


def undrawn(plan: Plan) -> View:
    """Return an English view of a plan that promises its own figures."""
    return View(plan, ENGLISH, no_draws)


def with_figures(plan: Plan, **figures: Any) -> Plan:  # noqa: ANN401 - any field of the figures
    """Return a plan with other figures."""
    return replace(plan, headlines=builders.with_values(plan.headlines, **figures))


START, FINISH = date(2027, 1, 4), date(2027, 9, 28)


@pytest.mark.parametrize(
    ("deadline", "margin"),
    [
        (None, ""),
        (FINISH + timedelta(6), ": 6 days before the deadline"),
        (FINISH + timedelta(1), ": 1 day before the deadline"),
        (FINISH, ": 1 day too late"),
        (FINISH - timedelta(1), ": 2 days too late"),
    ],
)
def test_the_roadmap_says_how_long_and_how_much_time_is_left(
    planned: Callable[..., Plan], deadline: date | None, margin: str, says: Says
) -> None:
    plan = with_figures(
        planned(), start_date=START, finish_date=FINISH, duration_months=Decimal("8.8"), mfa_date=date(2027, 2, 22)
    )
    said = plain(ENGLISH.write(roadmap_answer(undrawn(replace(plan, deadline=deadline)))))
    assert said == (
        f"As planned, the work takes 8.8 months, from 4 January 2027 to 28 September 2027{margin}. "
        "Everyone has MFA by 22 February 2027."
    )
    without = replace(with_figures(plan, mfa_date=None), deadline=deadline)
    says(ENGLISH.write(roadmap_answer(undrawn(without))))


@pytest.mark.parametrize(("days", "margin"), [(10, "10 days before the deadline"), (0, "1 day too late")])
def test_the_time_to_the_deadline_is_counted_from_what_is_promised(
    planned: Callable[..., Plan], days: int, margin: str
) -> None:
    plan = planned("timeline.start=2027-01-04")
    promised = View(plan, ENGLISH).promise.finish
    assert promised > plan.headlines.finish_date
    late = replace(plan, deadline=promised + timedelta(days))
    said = plain(ENGLISH.write(roadmap_answer(View(late, ENGLISH))))
    assert f"; 80% sure by {plain(ENGLISH.day(promised))}: {margin}. " in said


def test_the_budget_says_what_is_largest_and_what_comes_afterwards(planned: Callable[..., Plan], says: Says) -> None:
    figures = {
        "introduction_budget": Decimal(120_000),
        "run_rate_monthly": Decimal(2000),
        "horizon_total": Decimal(170_000),
    }
    plan = with_figures(planned(), **figures)
    said = plain(ENGLISH.write(budget_answer(plan)))
    says(said)
    shown = with_figures(planned(shows_labour=False), **figures)
    says(ENGLISH.write(budget_answer(shown)))


def test_the_budget_says_where_the_work_takes_longer_than_the_horizon(planned: Callable[..., Plan], says: Says) -> None:
    plan = planned("finance.horizon_months=12", "timeline.mode=capacity", "timeline.internal_days_per_week=0.75")
    assert len(plan.months) > len(plan.horizon)
    says(ENGLISH.write(budget_answer(plan)))


def test_what_has_no_price_makes_an_amount_a_lower_bound_and_a_chance_unknown(
    planned: Callable[..., Plan], says: Says
) -> None:
    plan = planned(*BEFORE_ALL_PRICES)
    assert not plan.is_complete
    budget = ENGLISH.write(budget_answer(planned(*BEFORE_SOME_PRICES)))
    assert [budget.lower().count(word) for word in ("at least", "prices are missing")] == [3, 1]
    risk = ENGLISH.write(planned_sentence(View(plan, ENGLISH)))
    assert "EUR" not in risk
    says(risk)
    prices = ENGLISH.write(prices_answer(plan))
    says(prices)
    assert "%" not in prices
    unpriced = builders.with_lines(plan, (replace(line, amount=None) for line in plan.cost_lines))
    says(ENGLISH.write(budget_answer(unpriced)))


def covered(*states: tuple[CoverageState, date | None]) -> tuple[PointCoverage, ...]:
    """Return points in these states."""
    return tuple(PointCoverage(f"3.{n}", "b", state, day, day, (), ()) for n, (state, day) in enumerate(states))


ONE, OTHER = (CoverageState.SUPPORTED, START), (CoverageState.SUPPORTED, FINISH)
PARTLY, OPEN = (CoverageState.PARTLY, START), (CoverageState.OPEN, None)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (
            (OTHER, ONE),
            "2 of 2 points, 0 more in part: the first point from 4 January 2027, the last from 28 September 2027.",
        ),
        ((ONE, PARTLY, OPEN), "1 of 3 points, 1 more in part: all from 4 January 2027."),
        ((ONE, ONE), "2 of 2 points, 0 more in part: all from 4 January 2027."),
        ((PARTLY, OPEN, OPEN), "0 of 3 points, 1 more in part."),
    ],
)
def test_nis2_counts_what_is_supported(
    planned: Callable[..., Plan], states: Sequence[tuple[CoverageState, date | None]], said: str
) -> None:
    plan = replace(planned(), coverage=covered(*states))
    assert plain(ENGLISH.write(points_answer(plan))) == f"The finished plan supports {said}"


def test_prices_name_the_quote_on_which_most_money_rests(planned: Callable[..., Plan], says: Says) -> None:
    said = ENGLISH.write(prices_answer(planned()))
    says(said)
    licences = tuple(line for line in planned().cost_lines if line.price_id == "m365-business-premium")
    listed = builders.with_lines(planned(), licences)
    says(ENGLISH.write(prices_answer(listed)))


def test_share_says_who_takes_part(says: Says) -> None:
    alone = ("Anna (you)",)
    says(ENGLISH.write(share_answer(alone, 1, Role.OWNER)))
    for role in (Role.EDITOR, Role.VIEWER):  # who has no links to send
        says(ENGLISH.write(share_answer(alone, 1, role)))
    names = ("Anna (you)", "Emil", "Vera")
    says(ENGLISH.write(share_answer(names, 2, Role.VIEWER)))
    says(ENGLISH.write(share_answer(names[:2], 1, Role.VIEWER)))
    assert ENGLISH.write(share_answer(names, 0, Role.VIEWER)).endswith("Vera.")


@pytest.fixture
def words(price_book: PriceBook, phase_model: PhaseModel) -> MinutesWords:
    """Return English words, in UTC, for Anna and Bernd."""
    return minutes_words(price_book, phase_model, person(ANNA, "Anna"), person(BERND, "Bernd"))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "Nothing has been changed yet."),
        (
            [event(1, outcome(1000), outcome(1235, -3))],
            "1 change to the plan since 6 November 2026: +EUR 235 to get there, done 3 days earlier.",
        ),
        (
            [event(1, outcome(1000), outcome(1235)), event(2, outcome(1235), outcome(1000), participant=BERND)],
            "2 changes to the plan since 6 November 2026: budget and finish are as they were.",
        ),
        (
            [event(1, outcome(1000), Outcome())],
            "1 change to the plan since 6 November 2026: the plan has no schedule now.",
        ),
    ],
)
def test_the_record_counts_changes_and_adds_them_up(words: MinutesWords, events: Sequence[Event], said: str) -> None:
    now = events[-1].after if events else Outcome()
    assert plain(ENGLISH.write(record_answer(minutes_of(decisions(events), now, Visibility()), words.zone))) == said


def test_a_record_that_is_empty_for_some_does_not_say_that_nothing_was_changed(words: MinutesWords, says: Says) -> None:
    nothing = minutes_of((), Outcome(), Visibility(labour=False))
    says(ENGLISH.write(record_answer(nothing, words.zone)))
