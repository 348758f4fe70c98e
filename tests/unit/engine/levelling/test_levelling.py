"""Levelling small plans to limits: the proposal, its reasons, and limits that conflict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.builders import MONDAY, book, case, day_rate, model, plan, quiet, task
from tests.problems import working_days
from zt_planner.domain.categories import Kind
from zt_planner.domain.data.phase_model import PhaseModel, RiskShare, Step, Task
from zt_planner.domain.data.price_book import Confidence
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.kept import KeptModel
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.engine.levelling import conflict
from zt_planner.engine.levelling.conflict import LimitRelaxation, Relaxed
from zt_planner.engine.levelling.limits import Limits, limits_of, with_limits
from zt_planner.engine.levelling.problem import Setting, setting_of
from zt_planner.engine.levelling.proposal import (
    BindingConstraint,
    BindingConstraints,
    ConstraintKind,
    LevellingResult,
    LevellingStage,
    level,
    weights_of,
)
from zt_planner.engine.planner import build_plan
from zt_planner.engine.rcpsp.budget import Aim, SolverBudget, ignore_progress, never
from zt_planner.engine.rcpsp.search import SearchResult

RATES = book(day_rate("external-day", 100), day_rate("internal-day", 50))
FIVE = Decimal(5)
NO_COORDINATION = {"labour__coordination_share": {"internal": 0, "external": 0}, "finance__contingency": 0}


def solver_budget(is_cancelled: Callable[[], bool] = never) -> SolverBudget:
    """Return a solver budget that counts work, not time."""
    return SolverBudget(3, clock=lambda: 0.0, workers=1, is_repeatable=True, is_cancelled=is_cancelled)


def bought(task_id: str, days: int, *, team_share: str = "1", after: tuple[str, ...] = ()) -> Task:
    """Return a task of external days, EUR 100 each."""
    return task(task_id, days=days, external_share=1, team_share=team_share, after=after)


def levelled(
    phase_model: PhaseModel,
    limits: Limits | None = None,
    given: Scenario | None = None,
    asked: SolverBudget | None = None,
    on_stage: Callable[[LevellingStage], None] = ignore_progress,
) -> LevellingResult:
    """Level a scenario of one day of work a day for each team."""
    scenario = quiet(**NO_COORDINATION) if given is None else given
    return level(
        case(scenario, RATES, phase_model),
        limits=limits or Limits(FIVE, FIVE),
        solver_budget=asked or solver_budget(),
        on_stage=on_stage,
    )


TWO_MONTHS = model(bought("a", 15, team_share="0.5"), bought("b", 5, after=("a",)), bought("c", 15, team_share="0.5"))
"""By its chain `a` comes first, for thirty days of half a day each; `c` runs beside it."""


def test_limits_are_those_of_the_plan_whatever_is_given() -> None:
    given = quiet(finance__monthly_cap=900, levelling__finish_by=MONDAY)
    assert limits_of(plan(given, RATES, model(task("a")))) == Limits(FIVE, FIVE, Decimal(900), MONDAY)
    by_deadline = plan(given.changed("timeline.mode", Mode.DEADLINE), RATES, model(task("a", days=10)))
    assert by_deadline.capacity is not None
    assert limits_of(by_deadline).internal == by_deadline.capacity.internal
    assert limits_of(by_deadline).external == Decimal("0.25")
    stopped = build_plan(case(given.changed("timeline.mode", Mode.DEADLINE), RATES, model()))
    assert limits_of(stopped).internal == FIVE


def test_what_is_asked_for_has_given_teams_and_no_levelled_days() -> None:
    levelling = {"starts": [("a", MONDAY)], "basis": "x", "finish_by": None}
    given = quiet(timeline__mode="deadline", levelling__starts=levelling["starts"], levelling__basis="x")
    asked = with_limits(given, Limits(Decimal(2), Decimal(3), Decimal(4), MONDAY))
    assert asked.timeline.mode is Mode.CAPACITY
    assert (asked.timeline.internal_days_per_week, asked.timeline.external_days_per_week) == (Decimal(2), Decimal(3))
    assert (asked.finance.monthly_cap, asked.levelling.finish_by, asked.levelling.starts) == (Decimal(4), MONDAY, ())


def test_a_better_order_is_proposed_with_what_it_does() -> None:
    """Three tasks of two, two and four days beside a chain: the quick order leaves a team idle."""
    phase_model = model(
        task("a", days=2, head_start_days=50),
        task("b", days=4, external_share="0.5", after=("a",)),
        task("c", days=2, head_start_days=90),
        task("d", days=2, external_share=1, after=("c",)),
    )
    proposal = levelled(phase_model).proposal
    assert proposal is not None
    assert proposal.length <= working_days(proposal.quick)
    assert proposal.is_proven
    assert proposal.gap == 0
    assert all(placed.start == placed.levelled_start for placed in proposal.plan.tasks)
    assert {move.task_id for move in proposal.moves} == {
        after.task.id
        for before, after in zip(proposal.quick.tasks, proposal.plan.tasks, strict=True)
        if before.start != after.start
    }


def test_a_cap_moves_a_task_into_another_month_and_is_named() -> None:
    """Thirty days of a and c, half a day each, pay 1,000 EUR in January (20 days) and 1,000 in February's first ten."""
    without = levelled(TWO_MONTHS).proposal
    capped = levelled(TWO_MONTHS, Limits(FIVE, FIVE, Decimal(1500))).proposal
    assert without is not None
    assert capped is not None
    assert without.length == 35
    assert capped.length > 35
    delays = [(delay.of, delay.days) for delay in (*without.delays, *capped.delays)]
    assert delays == [(Step.PREPARATION, capped.length - 35)]
    constraints = [constraint for move in capped.moves for constraint in move.constraints]
    capping = [constraint for constraint in constraints if constraint.limit is ConstraintKind.CAP]
    assert capping
    assert all(constraint.month is not None for constraint in capping)


def test_what_is_set_makes_the_scenario_the_levelled_one() -> None:
    proposal = levelled(TWO_MONTHS, Limits(FIVE, FIVE, Decimal(1500))).proposal
    assert proposal is not None
    given = quiet(**NO_COORDINATION, timeline__mode="deadline", finance__monthly_cap=1500)
    for path, value in proposal.values.items():
        given = given.changed(path, value)
    assert given == proposal.plan.scenario


def test_protection_comes_early_where_the_finish_allows_both_orders() -> None:
    shares = (RiskShare(step=Step.DEVICES, share=Decimal("0.5"), confidence=Confidence.ASSUMPTION),)
    phase_model = replace(model(task("a", days=3), task("b", days=3, step="4")), risk=shares)
    assert weights_of(setting(phase_model).case) == (0, 50)
    proposal = levelled(phase_model, given=quiet(**NO_COORDINATION, timeline__protection_first=0)).proposal
    assert proposal is not None
    assert [move.task_id for move in proposal.moves] == ["b", "a"]
    assert proposal.moves[0].days == -3
    assert Aim.PROTECTION in proposal.proven


def setting(phase_model: PhaseModel, given: Scenario | None = None) -> Setting:
    """Return the setting of a quiet scenario."""
    result = setting_of(case(quiet(**NO_COORDINATION) if given is None else given, RATES, phase_model))
    assert result is not None
    return result


def test_a_scenario_without_a_schedule_has_no_proposal() -> None:
    assert levelled(model()) == LevellingResult()


def test_stages_are_told_and_a_cancelled_search_looks_for_no_conflict() -> None:
    stages: list[LevellingStage] = []
    limits = Limits(FIVE, FIVE, None, MONDAY)
    result = levelled(model(task("a", days=3)), limits, on_stage=stages.append)
    assert stages == [LevellingStage.SCHEDULE, LevellingStage.CONFLICT]
    assert result.conflict is not None
    cancelled = levelled(model(task("a", days=3)), limits, asked=solver_budget(lambda: True))
    assert cancelled.conflict is None


# Which limit holds a task back


def constraints_of(
    phase_model: PhaseModel, starts: tuple[int, ...], given: Scenario | None = None
) -> list[tuple[BindingConstraint, ...]]:
    """Return the constraints of every task of a schedule."""
    constraints = BindingConstraints(setting(phase_model, given), starts)
    return [constraints.of(index) for index in range(len(starts))]


def test_tasks_wait_for_the_start_for_predecessors_and_for_a_team() -> None:
    phase_model = model(task("a", days=2), task("b", days=1, after=("a",)), task("c", days=1))
    assert constraints_of(phase_model, (0, 2, 3)) == [
        (BindingConstraint(ConstraintKind.START),),
        (BindingConstraint(ConstraintKind.PREDECESSORS, ("a",)),),
        (
            BindingConstraint(ConstraintKind.TEAM, ("a",), Team.INTERNAL),
            BindingConstraint(ConstraintKind.TEAM, ("b",), Team.INTERNAL),
        ),
    ]


def test_a_task_that_could_start_earlier_has_no_push() -> None:
    (_, result) = constraints_of(model(task("a"), task("b", external_share=1)), (0, 3))
    assert result == (BindingConstraint(ConstraintKind.NOTHING),)


def test_an_own_date_pushes() -> None:
    given = quiet(**NO_COORDINATION, tasks__edits={"a": {"earliest_start": "2027-01-06"}})
    assert constraints_of(model(task("a")), (2,), given) == [(BindingConstraint(ConstraintKind.OWN_DATE),)]


def test_a_closure_right_before_a_task_pushes() -> None:
    closed = (MONDAY + timedelta(days=2), MONDAY + timedelta(days=8))
    given = quiet(**NO_COORDINATION, timeline__closures=[closed])
    result = constraints_of(model(task("a", days=2), task("b", after=("a",))), (0, 2), given)
    assert result[1] == (BindingConstraint(ConstraintKind.DAYS_OFF, until=closed[1]),)


def test_the_cap_pushes_with_its_month() -> None:
    given = quiet(**NO_COORDINATION, finance__monthly_cap=1999)
    late = constraints_of(model(bought("a", 20), bought("b", 10)), (0, 20), given)
    assert late[1] == (BindingConstraint(ConstraintKind.TEAM, ("a",), Team.EXTERNAL),)
    beside = model(bought("a", 10, team_share="0.5"), bought("b", 11, team_share="0.5"))
    assert constraints_of(beside, (0, 20), given)[1] == (
        BindingConstraint(ConstraintKind.CAP, month=Month(2027, 1)),
        BindingConstraint(ConstraintKind.NOTHING),
    )


# Limits that conflict


def relaxed(levelled: LevellingResult) -> dict[Relaxed, LimitRelaxation]:
    assert levelled.conflict is not None
    return {relaxation.limit: relaxation for relaxation in levelled.conflict.relaxations}


def test_a_day_that_cannot_be_held_says_which_day_or_which_team_would_do() -> None:
    limits = Limits(Decimal(4), FIVE, None, MONDAY + timedelta(days=9))
    result = levelled(model(task("a", days=10)), limits)
    assert result.conflict is not None
    assert result.conflict.is_proven
    assert result.proposal is not None
    assert relaxed(result) == {
        Relaxed.FINISH_BY: LimitRelaxation(Relaxed.FINISH_BY, MONDAY + timedelta(days=16), is_least=True),
        Relaxed.INTERNAL: LimitRelaxation(Relaxed.INTERNAL, Decimal("6.25")),
    }


def test_a_cap_below_what_any_order_pays_says_which_cap_would_do() -> None:
    """Two days of EUR 100 each, whenever they are worked: half of them in each of two months would do."""
    result = levelled(model(bought("a", 2)), Limits(FIVE, FIVE, Decimal(50)))
    assert result.proposal is None
    assert result.conflict is not None
    assert result.conflict.is_proven
    assert relaxed(result) == {Relaxed.CAP: LimitRelaxation(Relaxed.CAP, Decimal(100), is_least=True)}


def test_the_least_cap_is_not_asked_of_the_solver_where_the_problem_is_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(conflict, "MOST_LITERALS", 1)
    result = levelled(model(bought("a", 2)), Limits(FIVE, FIVE, Decimal(50)))
    cap = relaxed(result)[Relaxed.CAP]
    assert not cap.is_least
    assert isinstance(cap.value, Decimal)
    assert cap.value >= 100


def test_a_cap_does_not_help_where_the_day_cannot_be_held() -> None:
    result = levelled(model(bought("a", 10)), Limits(FIVE, Decimal(50), Decimal(50), MONDAY - timedelta(days=1)))
    assert Relaxed.CAP not in relaxed(result)


def test_closures_and_own_dates_that_stand_in_the_way_are_named() -> None:
    closed = [(MONDAY + timedelta(days=2), MONDAY + timedelta(days=20))]
    given = quiet(**NO_COORDINATION, timeline__closures=closed)
    last = MONDAY + timedelta(days=4)
    result = levelled(model(task("a", days=4)), Limits(FIVE, FIVE, None, last), given)
    assert Relaxed.CLOSURES in relaxed(result)
    assert Relaxed.OWN_DATES not in relaxed(result)
    given = quiet(**NO_COORDINATION, tasks__edits={"a": {"earliest_start": "2027-02-01"}})
    result = levelled(model(task("a", days=4)), Limits(FIVE, FIVE, None, last), given)
    assert Relaxed.OWN_DATES in relaxed(result)
    assert Relaxed.CLOSURES not in relaxed(result)


def test_own_dates_are_taken_away_from_the_tasks_of_the_model_that_the_plan_keeps() -> None:
    shipped, kept = model(task("a", days=40)), KeptModel.of(model(task("a", days=4)))
    given = quiet(**NO_COORDINATION, tasks__edits={"a": {"earliest_start": "2027-02-01", "wait_weeks": 2}})
    given = given.with_kept_data(None, kept)
    free = given.model_copy(update={"tasks": conflict.edits_without_dates(given.tasks)})
    (work,) = case(free, RATES, shipped).task_works
    assert work.work.whole.internal == 4
    assert work.task.wait_weeks == 2
    assert work.earliest is None
    result = levelled(shipped, Limits(FIVE, FIVE, None, MONDAY + timedelta(days=4)), given)
    assert Relaxed.OWN_DATES in relaxed(result)


def test_dates_that_nobody_set_are_not_in_the_way_of_a_plan_that_keeps_its_model() -> None:
    """The first search ended before it found the order that keeps the limits; a second one would find it."""
    shipped, kept = model(task("a", days=40)), KeptModel.of(model(task("a", days=4)))
    limits = Limits(FIVE, FIVE, None, MONDAY + timedelta(days=4))
    given = with_limits(quiet(**NO_COORDINATION).with_kept_data(None, kept), limits)
    said = conflict.conflict_of(setting(shipped, given), limits, SearchResult(None, bound=0), solver_budget())
    assert Relaxed.OWN_DATES not in {relaxation.limit for relaxation in said.relaxations}


def test_the_largest_team_cannot_grow() -> None:
    result = levelled(model(task("a", days=40)), Limits(Decimal(50), FIVE, None, MONDAY))
    assert set(relaxed(result)) == {Relaxed.FINISH_BY}


def test_teams_double_until_the_largest() -> None:
    assert list(conflict._doubling(Decimal(49))) == [Decimal("49.25"), Decimal("49.5")]  # noqa: SLF001 - its own test


def test_a_try_with_a_scenario_that_has_no_schedule_fails() -> None:
    tries = conflict.Tries(setting(model(task("a"))), Limits(FIVE, FIVE), solver_budget())
    assert not tries.can(quiet(tasks__edits={"a": {"earliest_start": "2090-01-01"}}))


# Days and money


def test_the_days_until_a_last_one_are_counted_up_to_the_end_of_the_axis() -> None:
    result = setting(model(task("a", days=3)))
    assert result.days_until(MONDAY) == 1
    assert result.days_until(MONDAY + timedelta(days=6)) == 5
    assert result.days_until(MONDAY - timedelta(days=30)) == 0
    assert result.days_until(date(2050, 1, 1)) == result.axis.days


def test_the_axis_ends_with_the_calendar() -> None:
    result = setting(model(task("a", days=5199)), quiet(**NO_COORDINATION))
    assert result.axis.day(result.axis.days - 1) <= result.axis.calendar.limit
    waiting = result.axis.waiting(520)
    assert waiting is not None
    assert waiting(result.axis.days) == result.axis.days


def test_a_contingency_share_with_many_digits_is_rounded_up() -> None:
    units = setting(model(task("a")), quiet(finance__contingency=Decimal("0.1234567"))).payments.units
    assert units[Kind.ONE_OFF] / units[Kind.RECURRING] == pytest.approx(1.123457)


def test_cancelling_ends_the_search_for_a_conflict() -> None:
    stop: list[bool] = []
    result = levelled(
        model(task("a", days=10)),
        Limits(Decimal(4), FIVE, None, MONDAY),
        asked=solver_budget(lambda: bool(stop)),
        on_stage=lambda stage: stop.append(True) if stage is LevellingStage.CONFLICT else None,
    )
    assert set(relaxed(result)) == {Relaxed.FINISH_BY}
