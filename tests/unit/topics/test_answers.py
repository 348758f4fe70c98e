"""What each page answers: said from the plan's numbers, honest where there is nothing to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import builders
from tests.records import ANNA, BERND, event, outcome, person
from zt_planner.domain.plan import Capacity, CoverageState, MeasureCoverage
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Outcome, Role
from zt_planner.engine.case import case_of
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.result import simulate
from zt_planner.files.scenario_json import with_settings
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.budget.answer import budget_answer
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.limits.answer import limits_answer
from zt_planner.topics.nis2.answer import nis2_answer
from zt_planner.topics.prices.answer import prices_answer
from zt_planner.topics.record.answer import record_answer, share_answer
from zt_planner.topics.record.minutes import minutes_of
from zt_planner.topics.record.minutes_words import MinutesWords
from zt_planner.topics.risk.answer import risk_answer
from zt_planner.topics.roadmap.answer import roadmap_answer
from zt_planner.topics.sentence import no_schedule
from zt_planner.workspace.sharing.record import decisions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.session import Event
    from zt_planner.engine.plan import Plan

ENGLISH = Language(LanguageCode.ENGLISH)
ENDLESS = (
    "company.employees=5000",
    "company.apps=500",
    "timeline.mode=capacity",
    "timeline.internal_days_per_week=0.25",
)
BEFORE_ALL_PRICES = ("timeline.start=2022-03-01",)


@pytest.fixture
def planned(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Callable[..., Plan]:
    """Return what makes the plan of the default scenario with settings."""

    def plan(*settings: str, shows_labour: bool = True) -> Plan:
        given = with_settings(Scenario(), settings)
        return build_plan(case_of(given, price_book, phase_model, today=today, shows_labour=shows_labour))

    return plan


def bare(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def with_figures(plan: Plan, **figures: Any) -> Plan:  # noqa: ANN401 - any field of the figures
    """Return a plan with other figures."""
    assert plan.headlines is not None
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
    planned: Callable[..., Plan], deadline: date | None, margin: str
) -> None:
    plan = with_figures(
        planned(), start_date=START, finish_date=FINISH, duration_months=Decimal("8.8"), mfa_date=date(2027, 2, 22)
    )
    said = bare(ENGLISH.write(roadmap_answer(replace(plan, deadline=deadline))))
    assert said == (
        f"The work takes 8.8 months, from 4 January 2027 to 28 September 2027{margin}. "
        "Everyone has MFA by 22 February 2027."
    )
    without = replace(with_figures(plan, mfa_date=None), deadline=deadline)
    assert ENGLISH.write(roadmap_answer(without)).endswith("MFA for everyone is not part of it.")


def test_without_a_schedule_no_page_answers_but_each_says_so(planned: Callable[..., Plan]) -> None:
    plan = planned(*ENDLESS)
    assert plan.headlines is None
    assert ENGLISH.write(roadmap_answer(plan)) == "There is no schedule yet: below it says what is wrong."
    others = {
        ENGLISH.write(limits_answer(plan)),
        ENGLISH.write(budget_answer(plan)),
        ENGLISH.write(risk_answer(plan, None)),
        ENGLISH.write(nis2_answer(plan)),
        ENGLISH.write(prices_answer(plan)),
    }
    assert others == {ENGLISH.write(no_schedule())}


def test_limits_name_the_teams_and_every_limit_that_is_broken(planned: Callable[..., Plan]) -> None:
    teams = Capacity(Decimal("3.25"), Decimal(1))
    plan = replace(planned(), capacity=teams)
    needs = "The tasks need up to 3.25 days of your team and 1 day of the consultant a week."
    assert ENGLISH.write(limits_answer(plan)) == f"{needs} No limit is broken."
    alone = replace(plan, capacity=replace(teams, external=Decimal(0)))
    assert ENGLISH.write(limits_answer(alone)).startswith("The tasks need up to 3.25 days of your team a week. ")
    broken = planned("finance.monthly_cap=3000", "timeline.target_months=3", "levelling.finish_by=2027-02-01")
    said = bare(ENGLISH.write(limits_answer(broken)))
    assert "The plan ends " in said
    assert " days too late." in said
    assert "It must be done by 1 February 2027, and is done on " in said
    assert "More than EUR 3,000 is paid in January 2027, " in said
    assert "No limit" not in said


def test_whoever_may_not_see_rates_learns_nothing_of_the_limit_on_payments(planned: Callable[..., Plan]) -> None:
    said = {
        ENGLISH.write(limits_answer(planned(*settings, shows_labour=False)))
        for settings in ((), ("finance.monthly_cap=3000",), ("finance.monthly_cap=900000",))
    }
    (only,) = said
    assert only.endswith("No limit on time is broken; the monthly cap is hidden from you.")


def test_the_budget_says_what_is_largest_and_what_comes_afterwards(planned: Callable[..., Plan]) -> None:
    figures = {
        "first_year_budget": Decimal(120_000),
        "run_rate_monthly": Decimal(2000),
        "horizon_total": Decimal(170_000),
    }
    plan = with_figures(planned(), **figures)
    said = bare(ENGLISH.write(budget_answer(plan)))
    assert said.startswith("EUR 120,000 in the first year (largest item: Consultant, EUR ")
    assert said.endswith("; after the finish EUR 2,000 a month. In total EUR 170,000 over 36 months.")
    shown = with_figures(planned(shows_labour=False), **figures)
    assert "in the first year without labour (largest item: Licences, " in ENGLISH.write(budget_answer(shown))


def test_the_budget_says_where_the_work_takes_longer_than_the_horizon(planned: Callable[..., Plan]) -> None:
    plan = planned("finance.horizon_months=12", "timeline.mode=capacity", "timeline.internal_days_per_week=0.75")
    assert len(plan.months) > len(plan.horizon)
    assert " over 12 months, by the end of which the work is not yet done. After the finish " in ENGLISH.write(
        budget_answer(plan)
    )


def test_what_has_no_price_makes_an_amount_a_lower_bound_and_a_chance_unknown(planned: Callable[..., Plan]) -> None:
    plan = planned(*BEFORE_ALL_PRICES)
    assert not plan.is_complete
    budget = ENGLISH.write(budget_answer(plan))
    assert [budget.lower().count(word) for word in ("at least", "prices are missing")] == [3, 1]
    risk = ENGLISH.write(risk_answer(plan, simulate(plan)))
    assert "EUR" not in risk
    assert risk.endswith("Nothing can be said about the budget: prices are missing.")
    prices = ENGLISH.write(prices_answer(plan))
    assert prices.startswith("Prices are missing: ask first for ")
    assert "%" not in prices
    unpriced = builders.with_lines(plan, (replace(line, amount=None) for line in plan.cost_lines))
    assert ENGLISH.write(budget_answer(unpriced)) == "Nothing in this plan has a price in the first year."


def test_risk_says_both_together_and_80_percent_of_each_alone(planned: Callable[..., Plan]) -> None:
    plan = planned()
    assert plan.headlines is not None
    drawn = simulate(plan)
    assert drawn is not None
    chance = drawn.chance(budget=plan.headlines.introduction_budget, by=plan.headlines.finish_date)
    assert ENGLISH.write(risk_answer(plan, drawn)) == (
        f"{chance:.0%} chance of keeping both {ENGLISH.money(plan.headlines.introduction_budget)} and "
        f"{ENGLISH.day(plan.headlines.finish_date)}. 80% confidence in each alone: "
        f"{ENGLISH.money(drawn.introduction_at(0.8))} and {ENGLISH.day(drawn.finish_at(0.8))}."
    )
    hidden = planned(shows_labour=False)
    assert "EUR" not in ENGLISH.write(risk_answer(hidden, simulate(hidden)))


def covered(*states: tuple[CoverageState, date | None]) -> tuple[MeasureCoverage, ...]:
    """Return measures in these states."""
    return tuple(MeasureCoverage(chr(97 + n), state, day, day, (), ()) for n, (state, day) in enumerate(states))


ONE, OTHER = (CoverageState.SUPPORTED, START), (CoverageState.SUPPORTED, FINISH)
PARTLY, OPEN = (CoverageState.PARTLY, START), (CoverageState.OPEN, None)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (
            (OTHER, ONE),
            "2 of 2 measures are supported, the first from 4 January 2027, the last from 28 September 2027.",
        ),
        ((ONE, PARTLY, OPEN), "1 of 3 measures is supported, from 4 January 2027; 1 only partly; 1 not at all."),
        ((ONE, ONE), "2 of 2 measures are supported, from 4 January 2027."),
        ((PARTLY, OPEN, OPEN), "None of 3 measures is supported at the end; 1 only partly; 2 not at all."),
    ],
)
def test_nis2_counts_what_is_supported(
    planned: Callable[..., Plan], states: Sequence[tuple[CoverageState, date | None]], said: str
) -> None:
    plan = replace(planned(), coverage=covered(*states))
    assert bare(ENGLISH.write(nis2_answer(plan))) == said


def test_prices_name_the_quote_on_which_most_money_rests(planned: Callable[..., Plan]) -> None:
    said = ENGLISH.write(prices_answer(planned()))
    assert "% of the money is verified. Get a quote for this first: External IT security consultant (" in said
    licences = tuple(line for line in planned().cost_lines if line.price_id == "m365-business-premium")
    verified = builders.with_lines(planned(), licences)
    assert ENGLISH.write(prices_answer(verified)) == ("100.0% of the money is verified. No quote is missing.")


def test_share_says_who_takes_part() -> None:
    alone = ("Anna (you)",)
    assert ENGLISH.write(share_answer(alone, 1, Role.OWNER)).startswith("You are alone in this session: send a link")
    for role in (Role.EDITOR, Role.VIEWER):  # who has no links to send
        assert ENGLISH.write(share_answer(alone, 1, role)) == "You are alone in this session."
    names = ("Anna (you)", "Emil", "Vera")
    assert ENGLISH.write(share_answer(names, 2, Role.VIEWER)) == (
        "3 people plan together: Anna (you), Emil and Vera. 2 are here now."
    )
    assert ENGLISH.write(share_answer(names[:2], 1, Role.VIEWER)).endswith(" 1 is here now.")
    assert ENGLISH.write(share_answer(names, 0, Role.VIEWER)).endswith("Vera.")


@pytest.fixture
def words(price_book: PriceBook) -> MinutesWords:
    """Return English words, in UTC, for Anna and Bernd."""
    return MinutesWords(ENGLISH, price_book, UTC, (person(ANNA, "Anna"), person(BERND, "Bernd")))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "Nothing has been changed yet."),
        (
            [event(1, outcome(1000), outcome(1235, -3))],
            "1 change to the plan since 24 November 2026: +EUR 235 in the first year, done 3 days earlier.",
        ),
        (
            [event(1, outcome(1000), outcome(1235)), event(2, outcome(1235), outcome(1000), participant=BERND)],
            "2 changes to the plan since 24 November 2026: budget and finish are as they were.",
        ),
        (
            [event(1, outcome(1000), Outcome())],
            "1 change to the plan since 24 November 2026: the plan has no schedule now.",
        ),
    ],
)
def test_the_record_counts_changes_and_adds_them_up(words: MinutesWords, events: Sequence[Event], said: str) -> None:
    now = events[-1].after if events else Outcome()
    assert bare(ENGLISH.write(record_answer(minutes_of(decisions(events), now, Visibility()), words.zone))) == said


def test_a_record_that_is_empty_for_some_does_not_say_that_nothing_was_changed(words: MinutesWords) -> None:
    nothing = minutes_of((), Outcome(), Visibility(labour=False))
    assert ENGLISH.write(record_answer(nothing, words.zone)) == "There is no change yet that you may see."
