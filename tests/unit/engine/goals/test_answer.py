"""Questions with their answers: on the shipped data, and where something stands in the way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import book, case, day_rate, model, plan, price, quiet, scenario, task, unstopped
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import CoverageState
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.goals import answer as answer_module
from zt_planner.engine.goals.answer import Answer, Gains, GoalSearch, ask
from zt_planner.engine.goals.changes import (
    FINISH_FIRST,
    MUCH_LATER_DAYS,
    Lost,
    Nature,
    Topic,
    mfa_days_later,
)
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.goals.trials import GoalProgress, Trials
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.promise import promise_of, promised_finish
from zt_planner.engine.simulation.result import simulate
from zt_planner.errors import GoalRefused, ScenarioError

JUNE = date(2027, 6, 30)
RATES = book(
    day_rate("external-day", "1000"),
    day_rate("internal-day", "500"),
    price("suite", "0", grants=("office", "mail")),
)
WORK = model(task("start", days=2), task("a", step="3", days=20, external_share="0.5", after=["start"]))
KEPT = model(task("start", days=2), task("a", days=80, external_share="0.5", after=["start"]))
"""Work of which nothing may be left out."""
GIVES: dict[str, Any] = {"timeline__max_internal_days_per_week": 10}
"""A company whose own team can give more days a week than the plan takes."""
ALONE: dict[str, Any] = {"timeline__internal_days_per_week": 1, "timeline__external_days_per_week": 1}
SLOW = ALONE | GIVES


def asked(given: Scenario, tasks: PhaseModel = WORK, prices: PriceBook = RATES, **goals: Any) -> Answer:  # noqa: ANN401 - a day, an amount
    """Return the answer to a question on a small model."""
    return ask(case(given, prices, tasks), Goals(**goals))


def natures(answer: Answer) -> list[str]:
    """Return what the sets ask for, in their order."""
    return [change_set.nature.value for change_set in answer.sets]


@pytest.fixture(scope="module")
def june(price_book: PriceBook, phase_model: PhaseModel) -> Answer:
    """Return what must be true for the default company: done by 30 June, for 130,000 EUR in the first year."""
    return ask(case(scenario(**GIVES), price_book, phase_model), Goals(JUNE, Decimal(130_000)))


@pytest.mark.extended
def test_by_june_for_130000_the_default_company_must_leave_something_out(june: Answer) -> None:
    (tasks,) = june.sets
    assert natures(june) == ["tasks"]
    dropped = ("rights_cleanup", "access_review", "network_inventory", "zone_concept", "vlans", "isolation")
    assert {path: value for path, value in tasks.values.items() if path != "levelling.order"} == {
        **dict.fromkeys((f"tasks.edits.{name}.in_scope" for name in dropped), False),
        "choices.monitoring": "none",
        "timeline.protection_first": 0,
        "timeline.mode": "capacity",
        "timeline.internal_days_per_week": Decimal(6),
        "timeline.external_days_per_week": Decimal("4.25"),
    }
    assert tasks.left_out == (*dropped, "monitoring_choice", "monitoring_onboarding", "tuning")
    assert (tasks.finish, tasks.first_year) == (date(2027, 6, 29), Decimal("127427.28"))
    supported, partly = CoverageState.SUPPORTED, CoverageState.PARTLY
    assert tasks.lost == (
        Lost("3.2", supported, partly),
        Lost("3.4", supported, partly),
        Lost("5.2", partly, CoverageState.OPEN),
        Lost("6.7", supported, partly),
        Lost("6.8", supported, CoverageState.OPEN),
        Lost("11.2", supported, partly),
    )


def test_what_is_left_out_keeps_the_team_and_the_order_of_the_plan() -> None:
    tasks = model(
        task("start", days=2, external_share="0.5"),
        task("later", days=4, step="3", after=["start"]),
        task("sooner", days=4, step="4", after=["start"], head_start_days=20),
    )
    given = quiet(timeline__mode="deadline", timeline__target_months=1, timeline__confidence="planned")
    now = plan(given, RATES, tasks)
    answer = asked(given, tasks, finish_by=now.headlines.finish_date - timedelta(days=3))
    cut = next(change_set for change_set in answer.sets if change_set.nature is Nature.TASKS)
    assert cut.plan.capacity == now.capacity
    assert cut.kept["levelling.order"] == ("start", "sooner", "later")
    assert dict(cut.values)["timeline.internal_days_per_week"] == now.capacity.internal


@pytest.mark.extended
def test_by_june_for_130000_it_is_said_what_comes_nearest_with_everything_in_scope(june: Answer) -> None:
    least, dearer = june.nearest
    assert least.goals == Goals(None, Decimal("133236.40"))
    assert dearer.goals == Goals(JUNE, Decimal("187420.89"))
    assert not least.left_out
    assert not dearer.left_out


@pytest.mark.extended
def test_what_comes_nearest_to_a_day_and_to_an_amount_is_said_once(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    answer = ask(case(Scenario(), price_book, phase_model), Goals(JUNE, Decimal(125_000)))
    assert not answer.sets
    (nearest,) = answer.nearest
    assert nearest.plan.capacity.internal == unstopped(answer.now).capacity.internal


@pytest.mark.extended
def test_a_day_alone_is_met_by_more_days_a_week(price_book: PriceBook, phase_model: PhaseModel) -> None:
    answer = ask(case(scenario(**GIVES), price_book, phase_model), Goals(JUNE))
    (days,) = (change_set for change_set in answer.sets if change_set.nature is Nature.DAYS)
    assert days.values["timeline.internal_days_per_week"] == Decimal("8.75")
    assert days.finish == date(2027, 6, 23)
    assert days.plan.headlines.finish_date == date(2027, 4, 27)
    assert not answer.nearest


def test_a_plan_that_meets_the_goals_is_not_changed(price_book: PriceBook, phase_model: PhaseModel) -> None:
    now = plan(Scenario(), price_book, phase_model)
    promise = promise_of(now, simulate(now))
    goals = Goals(promise.finish, promise.first_year)
    answer = ask(case(Scenario(), price_book, phase_model), goals)
    assert answer.is_true_already
    assert (answer.sets, answer.nearest, answer.plans) == ((), (), 1)


UNSURE = model(task("start", days=2), task("a", days=20, low=0.9, high=2, after=["start"]))


def test_a_day_on_which_the_plan_is_done_but_not_surely_enough_is_not_met() -> None:
    given = quiet(**GIVES, timeline__confidence=0.8, timeline__internal_days_per_week=2)
    day = plan(given, RATES, UNSURE).headlines.finish_date
    answer = ask(case(given, RATES, UNSURE), Goals(day))
    assert not answer.is_true_already
    assert answer.sets
    assert all(found.finish <= day for found in answer.sets)


def test_of_a_plan_under_way_the_teams_in_time_are_those_whose_promise_is() -> None:
    status = {"status__at": "2027-01-08", "status__tasks": {"start": {"started": "2027-01-04"}}}
    given = quiet(**GIVES, timeline__confidence=0.8, timeline__internal_days_per_week=2, **status)
    answer = ask(case_of(given, RATES, UNSURE, today=date(2027, 1, 8)), Goals(date(2027, 3, 1)))
    (days,) = answer.sets
    assert days.nature is Nature.DAYS
    assert days.plan.headlines.finish_date < days.finish <= date(2027, 3, 1)
    assert days.finish == promised_finish(days.plan)


@pytest.mark.extended
def test_dearer_choices_are_taken_back_before_anything_is_left_out(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    rich = scenario(choices__billing="monthly", choices__remote_access="ztna", choices__monitoring="siem_and_mdr")
    answer = ask(case(rich, price_book, phase_model), Goals(None, Decimal(200_000)))
    (mix,) = (change_set for change_set in answer.sets if change_set.nature is Nature.MIX)
    assert {change.topic for change in mix.changes} == {Topic.BILLING, Topic.REMOTE_ACCESS}
    assert not mix.lost


def test_of_two_orders_the_one_with_early_mfa_loses_less() -> None:
    """The teams are as fast as they may be: either order meets nothing more, but one has MFA later."""
    given = quiet(timeline__max_internal_days_per_week=5, timeline__max_external_days_per_week=5)
    tasks = model(task("order", days=2), task("mfa_rollout", days=2, step="1", head_start_days=100))
    trials = Trials(case(given, RATES, tasks), lambda _: None)
    goals = Goals(JUNE)
    search = GoalSearch(trials, goals, Gains(trials, goals))
    now, late = trials.of(()), trials.of((FINISH_FIRST,))
    assert (search.rank(now)[:2], search.rank(late)[:2]) == ((False, 0), (False, 2))


@pytest.mark.extended
def test_nothing_is_proposed_that_ends_after_the_horizon(price_book: PriceBook, phase_model: PhaseModel) -> None:
    """With a quarter of a day a week, the first year would cost EUR 26,000, and the plan end in 2033."""
    answer = ask(case(Scenario(), price_book, phase_model), Goals(first_year=Decimal(30_000)))
    assert not answer.sets
    (least,) = answer.nearest
    assert least.plan.headlines.finish_date <= least.plan.horizon[-1].last_day
    assert least.plan.headlines.first_year_budget > 30_000


@pytest.mark.extended
def test_a_day_after_the_horizon_may_be_asked_for(price_book: PriceBook, phase_model: PhaseModel) -> None:
    goals = Goals(date(2033, 12, 31), Decimal(30_000))
    assert ask(case(Scenario(), price_book, phase_model), goals).sets


# Teams


def test_a_larger_team_takes_no_day_from_the_consultant() -> None:
    given = quiet(**GIVES, timeline__internal_days_per_week=1, timeline__external_days_per_week=4)
    (days,) = asked(given, KEPT, finish_by=date(2027, 6, 30)).sets
    assert days.values["timeline.external_days_per_week"] == 4
    assert days.values["timeline.internal_days_per_week"] > 1


@pytest.mark.parametrize("mode", ["capacity", "deadline"])
def test_no_more_days_of_the_own_team_are_proposed_than_there_are(mode: str) -> None:
    given = quiet(**ALONE, timeline__mode=mode, timeline__target_months=14)
    now = plan(given, RATES, KEPT)
    goals: dict[str, Any] = {"finish_by": now.headlines.finish_date - timedelta(days=14), "first_year": Decimal(60_000)}
    answer = asked(given, KEPT, **goals)
    proposed = (*answer.sets, *answer.nearest)
    assert all(change_set.plan.capacity.internal <= now.capacity.internal for change_set in proposed)
    more = asked(given.with_fields({"timeline.max_internal_days_per_week": Decimal(10)}), KEPT, **goals)
    assert any(change_set.plan.capacity.internal > now.capacity.internal for change_set in more.sets)


@pytest.mark.extended
def test_what_puts_mfa_off_by_more_than_a_month_is_dropped(price_book: PriceBook, phase_model: PhaseModel) -> None:
    """An order that finishes early would save enough as well, and put MFA off by 171 days."""
    rich = scenario(choices__billing="monthly", choices__remote_access="ztna", choices__monitoring="siem_and_mdr")
    answer = ask(case(rich, price_book, phase_model), Goals(None, Decimal(197_000)))
    assert "mix" not in natures(answer)
    assert all(mfa_days_later(answer.now, found.plan) <= MUCH_LATER_DAYS for found in answer.sets)


def test_where_nothing_else_is_found_mfa_is_put_off() -> None:
    late = model(task("start", days=2), task("remote_mfa", step="1", days=80, external_share="0.5", after=["start"]))
    answer = asked(quiet(**ALONE), late, first_year=Decimal(48_000))
    (days,) = answer.sets
    assert mfa_days_later(answer.now, days.plan) > MUCH_LATER_DAYS


def test_a_smaller_team_moves_costs_out_of_the_first_year() -> None:
    (days,) = asked(quiet(**SLOW), KEPT, first_year=Decimal(42_000)).sets
    assert days.values["timeline.internal_days_per_week"] < 1
    assert days.plan.headlines.first_year_budget <= 42_000


@pytest.mark.extended
def test_a_team_so_small_that_the_plan_outlasts_its_horizon_is_not_proposed() -> None:
    """With a quarter of a day a week the first year costs 14,168, and the plan ends in 2030.

    With half a day 20 days of the first year go to the first task, and the consultant works 24 days in the others: at
    1,000 a day, 12 % of coordination and 15 % of contingency.
    """
    answer = asked(quiet(**SLOW), KEPT, first_year=Decimal(30_000))
    assert not answer.sets
    (least,) = answer.nearest
    assert least.goals == Goals(first_year=Decimal(30_912))


def test_no_team_is_larger_than_a_deadline_may_ask_for() -> None:
    given = quiet(**ALONE, timeline__max_internal_days_per_week=1.5, timeline__max_external_days_per_week=1.5)
    answer = asked(given, model(task("a", days=20)), finish_by=date(2027, 2, 12))
    assert not answer.sets
    (soonest,) = answer.nearest
    assert soonest.values["timeline.internal_days_per_week"] == Decimal("1.5")


def test_days_of_a_levelled_plan_go_with_other_teams() -> None:
    levelled = {"starts": [["start", "2027-03-01"], ["a", "2027-03-15"]], "basis": "as it was"}
    given = Scenario.model_validate({**quiet(**SLOW).model_dump(), "levelling": levelled})
    (days,) = asked(given, model(task("start", days=2), task("a", days=2)), finish_by=date(2027, 1, 29)).sets
    assert days.values["levelling.starts"] == ()
    assert days.values["levelling.basis"] == ""
    assert days.values["timeline.internal_days_per_week"] == Decimal(1)


@pytest.mark.extended
def test_no_team_is_so_small_that_an_amount_of_one_cent_would_do() -> None:
    answer = asked(quiet(**SLOW), KEPT, first_year=Decimal("0.01"))
    assert not answer.sets
    (least,) = answer.nearest
    assert least.goals.finish_by is None
    assert least.goals.first_year is not None


# Where something stands in the way


@pytest.mark.extended
def test_a_day_before_which_no_wait_ends_is_answered_with_the_first_that_is_possible() -> None:
    waits = model(task("order", days=1, wait_weeks=8), task("a", days=1, external_share="0.5", after=["order"]))
    answer = asked(quiet(), waits, finish_by=date(2027, 2, 1), first_year=Decimal(10_000))
    assert not answer.sets
    assert not answer.nearest
    small = asked(quiet(**SLOW), waits, finish_by=date(2027, 2, 1))
    (soonest,) = small.nearest
    assert soonest.goals.finish_by is not None
    assert soonest.goals.finish_by > date(2027, 2, 1)


@pytest.mark.extended
def test_where_no_day_is_early_enough_the_first_of_all_is_named_that_is_for_the_amount() -> None:
    waits = model(task("order", days=1, wait_weeks=8), task("a", days=9, external_share="0.5", after=["order"]))
    (first,) = asked(quiet(**SLOW), waits, finish_by=date(2027, 2, 1), first_year=Decimal(6_000)).nearest
    assert first.goals.first_year == 6_000
    (alone,) = asked(quiet(**SLOW), waits, finish_by=date(2027, 2, 1)).nearest
    assert first.goals.finish_by == alone.goals.finish_by


@pytest.mark.extended
def test_where_no_amount_is_large_enough_the_least_of_all_is_named() -> None:
    paid = model(task("start", days=2, external_share="0.5"), *WORK.tasks[1:])
    answer = asked(quiet(**SLOW), paid, finish_by=date(2027, 12, 31), first_year=Decimal("0.01"))
    assert not answer.sets
    (least,) = answer.nearest  # by the day, too: it is said once
    assert least.goals.finish_by is None
    assert least.goals.first_year is not None
    assert least.finish <= date(2027, 12, 31)


@pytest.mark.extended
def test_where_a_price_is_missing_no_amount_is_promised() -> None:
    answer = asked(quiet(**SLOW), WORK, book(), finish_by=date(2027, 3, 31), first_year=Decimal(10**6))
    assert not answer.sets
    assert all(change_set.goals.first_year is None for change_set in answer.nearest)


def test_a_plan_without_work_has_nothing_to_change() -> None:
    idle = model(task("a", days=0))
    answer = asked(quiet(), idle, finish_by=JUNE, first_year=Decimal(1))
    assert not answer.is_true_already
    assert (answer.sets, answer.nearest) == ((), ())


def test_a_plan_that_never_ends_does_with_a_larger_team() -> None:
    endless = model(task("a", days=800))
    answer = asked(quiet(timeline__internal_days_per_week=0.25), endless, finish_by=date(2030, 12, 31))
    assert isinstance(answer.now, StoppedPlan)
    assert natures(answer) == ["days"]


def test_a_start_on_the_last_day_of_all_is_answered_with_nothing() -> None:
    late = quiet(timeline__start=date(2100, 12, 31))
    answer = asked(late, WORK, finish_by=date(2100, 12, 31))
    assert isinstance(answer.now, StoppedPlan)
    assert not answer.sets


@pytest.mark.extended
def test_what_meets_both_goals_with_a_team_in_between_is_found_after_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every set of decisions is tried with few teams at first; the last search finds what lies between them.

    The consultant's rate rises in June: a larger team needs less coordination at the new one.
    """
    monkeypatch.setattr("zt_planner.engine.goals.answer.TEAMS_TRIED", 1)
    monkeypatch.setattr(answer_module, "TEAMS_SPREAD", 1_000)
    day: dict[str, Any] = {"vendor": "labour", "category": "labour", "unit": "day", "term": "one_off"}
    rising = book(
        *(row for row in RATES.prices if row.id != "external-day"),
        price("external-day", "1000", valid_to="2027-05-31", **day),
        price("external-day", "1500", valid_from="2027-06-01", **day),
    )
    work = model(task("start", days=40), task("a", days=40, external_share="0.5", after=["start"]))
    (days,) = asked(quiet(**SLOW), work, rising, finish_by=date(2027, 8, 31)).sets
    less = days.plan.headlines.first_year_budget - 500
    (cheaper,) = asked(quiet(**SLOW), work, rising, finish_by=date(2027, 8, 31), first_year=less).sets
    assert cheaper.values["timeline.internal_days_per_week"] > days.values["timeline.internal_days_per_week"]


# Bad input, progress, cancel


def test_a_goal_that_can_be_asked_of_no_plan_is_refused_before_anything_is_computed() -> None:
    followed: list[GoalProgress] = []
    with pytest.raises(GoalRefused, match="only, after 2027-01-03"):
        ask(case(quiet(), RATES, WORK), Goals(date(2027, 1, 3)), follow=followed.append)
    assert not followed


def test_a_scenario_that_names_what_there_is_not_is_refused() -> None:
    with pytest.raises(ScenarioError):
        asked(quiet(company__owned_licences=[{"licence": "nothing"}]), finish_by=JUNE)


@pytest.mark.extended
def test_who_follows_is_told_before_each_plan_and_never_of_less(price_book: PriceBook, phase_model: PhaseModel) -> None:
    followed: list[GoalProgress] = []
    answer = ask(case(Scenario(), price_book, phase_model), Goals(JUNE, Decimal(110_000)), follow=followed.append)
    assert [progress.plans for progress in followed] == list(range(answer.plans))
    shares = [progress.share for progress in followed]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] < 1


def test_what_who_follows_raises_ends_the_search() -> None:
    def enough(progress: GoalProgress) -> None:
        if progress.plans == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        ask(case(quiet(**SLOW), RATES, WORK), Goals(date(2027, 2, 1)), follow=enough)


def test_larger_teams_are_looked_for_with_what_is_done_out_of_the_way() -> None:
    # 20 of 30 days of work are done: the other ten are over in three weeks with three and a half days a week, in which
    # all thirty would not be.
    tasks = model(task("a", days=20), task("b", days=10, after=["a"]))
    record = {"a": {"started": date(2027, 1, 4), "finished": date(2027, 1, 15)}}
    given = quiet(**SLOW, status__at=date(2027, 1, 18), status__tasks=record)
    trials = Trials(case(given, RATES, tasks), lambda _: None)
    smallest = next(trials.teams_in_time((), date(2027, 2, 5)))
    assert dict(smallest.fields)["timeline.internal_days_per_week"] == Decimal("3.5")
    result = unstopped(trials.of((), smallest).plan).headlines
    assert result.finish_date <= date(2027, 2, 5)
