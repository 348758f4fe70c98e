"""Last days that a levelled plan keeps: MFA and the steps, what is moved for a limit, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.builders import MONDAY, book, case, day_rate, model, quiet, task
from tests.problems import is_allowed, ledger_of, watch, working_days
from zt_planner.domain.data.phase_model import PhaseModel, Step, Task
from zt_planner.engine.levelling.conflict import Relaxed
from zt_planner.engine.levelling.last_days import Delay, LastDay, MfaFor, keep
from zt_planner.engine.levelling.limits import Limits
from zt_planner.engine.levelling.proposal import LevellingResult, Proposal, level
from zt_planner.engine.rcpsp.budget import SolverBudget
from zt_planner.engine.rcpsp.problem import plain_problem

RATES = book(day_rate("external-day", 100), day_rate("internal-day", 50))
FIVE = Decimal(5)


def levelled(
    phase_model: PhaseModel, *, cap: int | None = None, by: date | None = None, protect: float = 1
) -> LevellingResult:
    """Level a scenario of one day of work a day for each team, without coordination and contingency."""
    given = quiet(
        labour__coordination_share={"internal": 0, "external": 0},
        finance__contingency=0,
        timeline__protection_first=protect,
    )
    limits = Limits(FIVE, FIVE, None if cap is None else Decimal(cap), by)
    asked = SolverBudget(3, clock=lambda: 0.0, workers=1, is_repeatable=True)
    return level(case(given, RATES, phase_model), limits=limits, solver_budget=asked)


def proposed(
    phase_model: PhaseModel, *, cap: int | None = None, by: date | None = None, protect: float = 1
) -> Proposal:
    result = levelled(phase_model, cap=cap, by=by, protect=protect)
    assert result.proposal is not None
    return result.proposal


def before_a_wait(first: Task) -> PhaseModel:
    """Return a plan that puts an urgent task of three days before one of a day, with what waits four weeks for that.

    The other way round it is finished three days earlier.
    """
    return model(first, task("order", wait_weeks=4, step="5"), task("install", after=("order",), step="5"))


MFA = before_a_wait(task("mfa_rollout", days=3, step="1", head_start_days=100))
DEVICES = before_a_wait(task("enrolled", days=3, step="4", head_start_days=100))


@pytest.mark.extended
@pytest.mark.parametrize("who", ["admin_mfa", "mfa_rollout", "remote_mfa"])
@pytest.mark.parametrize("protect", [1, 0.5])
def test_mfa_keeps_its_day_whatever_comes_first(protect: float, who: str) -> None:
    proposal = proposed(before_a_wait(task(who, days=3, step="1", head_start_days=100)), protect=protect)
    assert proposal.length == working_days(proposal.quick)
    assert (proposal.delays, proposal.is_proven) == ((), True)


@pytest.mark.extended
def test_a_step_keeps_its_day_where_what_protects_comes_first() -> None:
    proposal = proposed(DEVICES)
    assert proposal.length == working_days(proposal.quick)
    assert (proposal.delays, proposal.is_proven) == ((), True)


@pytest.mark.parametrize("protect", [1, 0.5])
def test_an_urgent_task_keeps_its_day_whatever_comes_first(protect: float) -> None:
    proposal = proposed(before_a_wait(task("incidents", days=3, step="4", head_start_days=200)), protect=protect)
    assert proposal.length == working_days(proposal.quick)
    assert (proposal.delays, proposal.is_proven) == ((), True)


def test_a_limit_that_moves_an_urgent_task_is_said_with_the_task() -> None:
    urgent = before_a_wait(task("incidents", days=3, step="4", head_start_days=200))
    earliest = proposed(urgent).plan.tasks[2].finish - timedelta(days=1)
    result = levelled(urgent, by=earliest)
    assert result.proposal is not None
    assert [(delay.of, delay.days, delay.is_forced) for delay in result.proposal.delays] == [
        (urgent.tasks[0], 1, True),
        (Step.DEVICES, 1, True),
    ]


def test_a_step_is_moved_for_an_earlier_finish_where_that_comes_first_and_this_is_said() -> None:
    proposal = proposed(DEVICES, protect=0.5)
    assert proposal.length < working_days(proposal.quick)
    assert proposal.delays == (Delay(Step.DEVICES, MONDAY + timedelta(days=3), 1, is_forced=False),)


def test_the_day_by_which_all_must_be_done_moves_mfa_where_nothing_else_keeps_it() -> None:
    earliest = proposed(MFA).plan.tasks[2].finish - timedelta(days=1)
    result = levelled(MFA, by=earliest)
    assert result.conflict is None
    assert result.proposal is not None
    assert [(delay.of, delay.days, delay.is_forced) for delay in result.proposal.delays] == [
        (MfaFor.EVERYONE, 1, True),
        (Step.IDENTITIES, 1, True),
    ]


def test_a_day_that_nothing_keeps_is_given_way_no_further_than_it_must_be() -> None:
    result = levelled(MFA, by=MONDAY)
    assert result.conflict is not None
    assert result.proposal is not None
    (last,) = [relaxation for relaxation in result.conflict.relaxations if relaxation.limit is Relaxed.FINISH_BY]
    assert (last.value, last.is_least) == (result.proposal.plan.headlines.finish_date, True)
    assert result.proposal.length < working_days(result.proposal.quick)


def bought(task_id: str, step: str) -> Task:
    """Return a task that pays EUR 1,000 over twenty days, half a day each: all of January."""
    return task(task_id, days=10, external_share=1, team_share="0.5", step=step)


@pytest.mark.extended
def test_a_monthly_limit_moves_steps_before_mfa_and_later_steps_before_earlier_ones() -> None:
    """A month of EUR 1,500 holds one of the tasks and half of the next one."""
    mfa_last = proposed(model(bought("devices", "4"), bought("mfa_rollout", "5")), cap=1500)
    assert [(delay.of, delay.days, delay.is_forced) for delay in mfa_last.delays] == [(Step.DEVICES, 10, True)]
    steps = proposed(model(bought("monitoring", "5"), bought("directory", "1"), bought("prepared", "0")), cap=1500)
    assert Step.IDENTITIES not in {delay.of for delay in steps.delays}
    assert {delay.of for delay in steps.delays} <= {Step.MONITORING, Step.PREPARATION}


def test_a_limit_that_moves_nothing_gives_nothing_away() -> None:
    assert proposed(model(bought("devices", "4"), bought("mfa_rollout", "1")), cap=2000).delays == ()


def test_mfa_is_looked_for_by_the_solver_where_serial_schedules_do_not_keep_its_day() -> None:
    """A finish by day 4 spends what the period of MFA holds: the other task must come later than it has to."""
    early = ((0, 2),)
    ledger = replace(ledger_of(4, (3, 0)), of_finish=lambda end: early if end <= 4 else ())
    problem = replace(plain_problem((1, 1), ((), ()), ()), horizon=12, ledger=ledger)
    everyone = LastDay(MfaFor.EVERYONE, (0,), 1, is_kept=True)
    kept, starts = keep(problem, (8, 0), [everyone], watch().solver_budget)
    assert kept.latest == (0, None)
    assert is_allowed(kept, starts)
    step = LastDay(Step.DEVICES, (0,), 1, is_kept=True)
    kept, _ = keep(problem, (8, 0), [step], watch().solver_budget)
    assert kept.latest != (0, None)
