"""What falls away by what is done: money of the plans beside each other, weeks with the same team."""

from __future__ import annotations

from typing import Any

from tests import builders
from tests.builders import FREE_SUITE, book, day_rate, model, plan_for, quiet, task
from zt_planner.domain.scan import CountKind, Tally
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.compare.done_before import without_done
from zt_planner.engine.scans.edit import done_lines, edits_of
from zt_planner.engine.scans.effect import DoneEffect, effect_of
from zt_planner.engine.scans.proposal import Proposal, ProposedState, TaskProposal

BOOK = book(FREE_SUITE)
WORK = model(task("a", days=20, external_share=1), task("b", days=30, after=("a",)))
DONE = Proposal((TaskProposal("a", ProposedState.DONE), TaskProposal("b", ProposedState.OPEN)))


def case(work: Any = WORK, **fields: Any) -> Case:  # noqa: ANN401 - a model, and fields of the scenario
    """Return a case in which nothing is done."""
    return builders.case(quiet(labour__external_day_rate=1000, labour__internal_day_cost=400, **fields), BOOK, work)


def test_it_is_the_difference_of_the_two_plans() -> None:
    effect = effect_of(DONE, case())
    after = builders.case(case().scenario.with_fields(edits_of(DONE, case().scenario)), BOOK, WORK)
    before = without_done(after)
    assert before is not None
    money = plan_for(before).headlines.introduction_budget - plan_for(after).headlines.introduction_budget
    assert effect == DoneEffect(money, 4)  # twenty days of one team are four weeks
    assert money > 20_000


def test_nothing_done_changes_nothing() -> None:
    assert effect_of(Proposal((TaskProposal("a", ProposedState.OPEN),)), case()) is None
    assert effect_of(DONE, case(), done_lines(DONE, case().scenario)) is None


def test_counts_are_in_both_plans() -> None:
    grown = Proposal(DONE.tasks, (), (Tally(CountKind.PEOPLE, 300),))
    work = model(task("a", days=20, external_share=1), task("b", days=30))
    effect, plain = effect_of(grown, case(work)), effect_of(DONE, case(work))
    assert effect is not None
    assert plain is not None
    assert effect.money is not None
    assert plain.money is not None
    assert effect.money > plain.money  # the same task is more work in a larger company


def test_with_a_finish_given_the_weeks_are_those_of_the_same_team() -> None:
    effect = effect_of(
        DONE, case(timeline__mode="deadline", timeline__confidence="planned", timeline__target_months=12)
    )
    assert effect is not None
    assert effect.weeks > 0


def test_without_a_schedule_there_is_no_effect() -> None:
    endless = model(task("a", days=20), task("b", days=9000, after=("a",)))
    assert effect_of(DONE, case(endless, timeline__internal_days_per_week=0.25)) is None


def test_where_a_price_is_missing_or_labour_is_hidden_the_money_is_not_known() -> None:
    given = case()
    hidden = case_of(given.scenario, BOOK, WORK, today=given.today, shows_labour=False)
    assert effect_of(DONE, hidden) == DoneEffect(None, 4)
    unpriced = case_of(
        given.scenario,
        book(day_rate("internal-day", 500)),
        WORK,
        today=given.today,
    )
    assert not plan_for(unpriced).is_complete
    assert effect_of(DONE, unpriced) == DoneEffect(None, 4)
