"""Levelling in the reader's words: what moves and why, what it does, what would help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import MONDAY, book, case, day_rate, model, plan, quiet, task
from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.domain.data.phase_model import PhaseModel, Step
from zt_planner.domain.finding import Code
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.levelling.conflict import Conflict, LimitRelaxation, Relaxed
from zt_planner.engine.levelling.last_days import Delay, MfaFor
from zt_planner.engine.levelling.limits import Limits
from zt_planner.engine.levelling.proposal import BindingConstraint, ConstraintKind, Move, Proposal, level
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.rcpsp.budget import Aim, SolverBudget
from zt_planner.topics.effects import signed
from zt_planner.topics.limits.levelling import (
    conflict_report,
    constraint_text,
    effects_of,
    gain_title,
    headline_of,
    marked_effects,
    quality_of,
    teams_note,
)
from zt_planner.topics.limits.tables import moves_table
from zt_planner.topics.limits.trades import protection_of, trades_of

FIVE = Decimal(5)
RATES = book(day_rate("external-day", 100))
TASKS = model(
    task("a", days=4, step="1", external_share=1), task("b", days=2, step="1", after=("a",)), task("c", days=3)
)


def proposal(given: Scenario | None = None, tasks: PhaseModel = TASKS) -> Proposal:
    """Return what levelling makes of three tasks: one that could move."""
    asked = SolverBudget(3, clock=lambda: 0.0, workers=1, is_repeatable=True)
    scenario = quiet() if given is None else given
    today = date(2026, 11, 6)
    found = level(case_of(scenario, RATES, tasks, today=today), limits=Limits(FIVE, FIVE), solver_budget=asked).proposal
    assert found is not None
    return found


def test_the_headline_says_when_it_is_done_and_what_that_gains(says: Says) -> None:
    same = proposal()
    says(plain(told(headline_of(same))))
    assert told(quality_of(same)).startswith("Proven: ")
    later = replace(same, current=plan(quiet(), RATES, model(task("a", days=11, step="1"))))
    says(told(headline_of(later)))
    sooner = replace(same, current=plan(quiet(), RATES, model(task("a"))))
    says(plain(told(headline_of(sooner), GERMAN)))
    missed = replace(sooner, limits=Limits(FIVE, FIVE, None, MONDAY))
    says(plain(told(headline_of(missed))))
    stopped = replace(same, current=build_plan(case(quiet(), RATES, model())), moves=())
    says(plain(told(headline_of(stopped))))


def test_what_it_costs_in_protection_is_said_first_the_worst_first(says: Says) -> None:
    def protected(mfa: int, devices: int) -> Plan:
        tasks = task("mfa_rollout", days=mfa, step="1"), task("d", days=devices, step="4", external_share=1)
        return plan(quiet(), RATES, model(*tasks))

    none = replace(proposal(), current=protected(2, 3), plan=protected(2, 3))
    says(told(protection_of(none)))
    sooner = replace(none, current=protected(3, 4), plan=protected(2, 3))
    says(told(protection_of(sooner)))
    later = replace(none, plan=protected(4, 2 + 7))
    says(plain(told(protection_of(later))))
    one = replace(none, plan=protected(2, 4))
    says(plain(told(protection_of(one))))


def test_tasks_that_come_later_within_their_step_are_said(says: Says) -> None:
    devices = model(*(task(name, days=2, step="4") for name in "xyz"))
    starts = (("z", MONDAY), ("y", MONDAY + timedelta(days=2)), ("x", MONDAY + timedelta(days=4)))
    turned = replace(
        proposal(), current=plan(quiet(), RATES, devices), plan=plan(quiet(levelling__starts=starts), RATES, devices)
    )
    says(plain(told(protection_of(turned))))


def test_what_is_not_proven_says_how_far_off_it_is_at_most(says: Says) -> None:
    open_still = replace(proposal(), proven=frozenset({Aim.PROTECTION}), length=154, bound=147)
    says(told(quality_of(open_still)))


def test_what_becomes_of_a_finish_that_is_given_is_said(says: Says) -> None:
    assert told(teams_note(proposal())) == ""
    kept = proposal(quiet(timeline__mode=Mode.DEADLINE, timeline__target_months=1))
    assert kept.plan.scenario.timeline.mode is Mode.DEADLINE
    says(told(teams_note(kept)))
    slow = model(task("a", days=45))
    later = proposal(quiet(timeline__mode=Mode.DEADLINE, timeline__target_months=1), slow)
    assert later.values["timeline.target_months"] == 3
    says(told(teams_note(later)))
    assert not any(finding.code is Code.TIMELINE_DEADLINE_IMPOSSIBLE for finding in later.plan.findings)


def test_teams_are_given_where_the_finish_would_be_further_away_than_it_can_be_set(says: Says) -> None:
    endless = model(task("a", days=4, wait_weeks=280), task("b", days=1, after=("a",)))
    given = proposal(quiet(timeline__mode=Mode.DEADLINE), endless)
    assert given.plan.scenario.timeline.mode is Mode.CAPACITY
    says(told(teams_note(given)))


def test_effects_are_the_differences_of_what_is_shown(says: Says) -> None:
    before = plan(quiet(), RATES, TASKS)
    dearer = plan(quiet(labour__external_day_rate=200), RATES, TASKS)
    effects = {effect.label: effect for effect in told(list(effects_of(before, dearer)))}
    assert (effects["Finish"].change, effects["Finish"].is_better) == ("", None)
    assert (
        plain(effects["Budget to get there"].before) == "EUR 515"
    )  # four days of 100, 12 % of coordination, 15 % of contingency
    assert plain(effects["Budget to get there"].change) == "+EUR 515"
    assert effects["Budget to get there"].is_better is False
    says(plain(effects["Highest month, as paid"].before))
    cheaper = {effect.label: effect for effect in told(list(effects_of(dearer, before)))}
    assert cheaper["Budget to get there"].is_better


def test_what_gets_worse_says_so_and_what_for(says: Says) -> None:
    sooner, dearer = plan(quiet(), RATES, TASKS), plan(quiet(labour__external_day_rate=200), RATES, TASKS)
    later = plan(quiet(labour__external_day_rate=200, timeline__start=MONDAY + timedelta(days=7)), RATES, TASKS)

    def changes(current: Plan, levelled: Plan) -> list[str]:
        found = told(tuple(marked_effects(replace(proposal(), current=current, plan=levelled))))
        return [plain(effect.change) for effect in found if effect.change]

    earlier = plan(quiet(timeline__start=MONDAY + timedelta(days=7)), RATES, TASKS)
    says(changes(earlier, dearer)[0])
    says(changes(earlier, dearer))
    says(changes(sooner, dearer))
    says(changes(sooner, later)[0])


def test_a_plan_without_mfa_or_schedule_has_no_such_day(says: Says) -> None:
    none = build_plan(case(quiet(), RATES, model()))
    some = plan(quiet(), RATES, model(task("a", days=2)))
    effects = {effect.label: effect for effect in told(list(effects_of(none, some)))}
    says(effects["Everyone has MFA"].after)
    says(effects["Preparation"].before)
    says(effects["Finish"].before)
    says(plain(effects["Highest month, as paid"].before))


def test_the_gain_is_told_in_a_line_against_the_quick_plan(says: Says) -> None:
    gained = replace(proposal(), quick=plan(quiet(), RATES, model(task("a", days=11, step="1"))))
    says(told(gain_title(gained)))
    longer = replace(proposal(), quick=plan(quiet(), RATES, model(task("a", days=40, step="1"))))
    says(told(gain_title(longer)))
    assert gain_title(proposal()) is None


def test_a_monthly_cap_that_another_order_would_keep_is_said_first(says: Says) -> None:
    month = {"labour__external_day_rate": 1000, "timeline__start": date(2027, 1, 25)}
    capped = plan(quiet(finance__monthly_cap=5000, **month), RATES, model(task("a", days=8, external_share=1)))
    assert capped.has_finding(Code.FINANCE_CAP_EXCEEDED)
    kept = replace(proposal(), current=capped)
    says(told(gain_title(kept)))
    assert gain_title(replace(kept, plan=capped, quick=capped)) is None


def delayed(*delays: Delay, limits: Limits | None = None) -> list[str]:
    """Return what is said of delays in a plan in which MFA is rolled out."""
    rolled_out = plan(quiet(), RATES, model(task("mfa_rollout", days=2, step="1")))
    found = replace(proposal(), plan=rolled_out, delays=delays, limits=limits or Limits(FIVE, FIVE, Decimal(9000)))
    return [plain(line) for line in told(trades_of(found))]


LATER = Delay(Step.SEGMENTATION, date(2027, 8, 3), 12, is_forced=True)
SEARCHED = "No order that moves them less was found; it is not proven that there is none."


def test_days_that_are_kept_are_said_to_be(says: Says) -> None:
    says(delayed())


def test_what_a_limit_moves_is_said_with_its_days() -> None:
    mfa = Delay(MfaFor.EVERYONE, date(2027, 3, 4), 1, is_forced=True)
    moved = "step 3 Segmentation by 12 working days to 3 August 2027"
    kept = "MFA comes no later than in the normal order."
    assert delayed(LATER) == [kept, f"The monthly cap of EUR 9,000 moves {moved}.", SEARCHED]
    assert delayed(LATER, mfa) == [
        f"The monthly cap of EUR 9,000 moves {moved} and MFA for everyone by 1 working day to 4 March 2027.",
        SEARCHED,
    ]
    by_day = Limits(FIVE, FIVE, None, date(2027, 6, 30))
    assert delayed(LATER, limits=by_day)[1] == f"The day by which everything must be done, 30 June 2027, moves {moved}."
    both = replace(by_day, cap=Decimal(9000))
    assert delayed(LATER, limits=both)[1] == f"Your limits move {moved}."


def test_what_an_early_finish_moves_is_said_with_its_days(says: Says) -> None:
    urgent = Delay(task("incidents", head_start_days=200), date(2027, 1, 8), 4, is_forced=False)
    assert "moves incidents by 4 working days to 8 January 2027" in delayed(urgent)[-1]
    _, line = delayed(Delay(Step.PREPARATION, date(2027, 1, 8), 4, is_forced=False))
    says(line)


def test_days_earlier_and_later_have_their_signs(says: Says) -> None:
    before, after = plan(quiet(), RATES, TASKS), plan(quiet(timeline__start=MONDAY + timedelta(days=7)), RATES, TASKS)
    (finish, *_) = told(list(effects_of(before, after)))
    says((finish.change, finish.is_better))
    (finish, *_) = told(list(effects_of(after, before)), GERMAN)
    says((finish.change, finish.is_better))
    assert [ENGLISH.write(signed(days, str(abs(days)))) for days in (3, 0, -2)] == ["+3", "0", "\N{MINUS SIGN}2"]


def test_of_two_pushes_by_one_limit_the_later_one_is_named(says: Says) -> None:
    constraints = (
        BindingConstraint(ConstraintKind.TEAM, ("a",), Team.INTERNAL),
        BindingConstraint(ConstraintKind.TEAM, ("b",), Team.INTERNAL),
    )
    moved = replace(proposal(), moves=(Move("c", MONDAY, MONDAY, 0, constraints),))
    says([row[-1] for row in told(moves_table(moved)).rows])


def test_a_move_names_task_step_days_and_why(says: Says) -> None:
    constraints = (
        BindingConstraint(ConstraintKind.TEAM, ("a", "b", "c"), Team.EXTERNAL),
        BindingConstraint(ConstraintKind.CAP, month=Month(2027, 2)),
    )
    moved = replace(proposal(), moves=(Move("c", MONDAY, MONDAY + timedelta(days=1), 1, constraints),))
    ((task_name, step, _, _, days, why),) = told(moves_table(moved)).rows
    assert (task_name, step, days) == ("c", "Preparation", "+1")
    says(why)


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (BindingConstraint(ConstraintKind.START), "starts with the plan"),
        (BindingConstraint(ConstraintKind.PREDECESSORS, ("a",)), "waits for a"),
        (BindingConstraint(ConstraintKind.OWN_DATE), "its own date"),
        (BindingConstraint(ConstraintKind.DAYS_OFF, until=date(2027, 8, 13)), "nobody works until 13 Aug 2027"),
        (BindingConstraint(ConstraintKind.TEAM, ("a",), Team.INTERNAL), "your team is busy with a"),
        (BindingConstraint(ConstraintKind.NOTHING), "could start earlier, but spending is more even this way"),
    ],
)
def test_each_limit_has_its_words(constraint: BindingConstraint, expected: str) -> None:
    assert plain(ENGLISH.write(constraint_text(constraint, {"a": "a"}))) == expected


def test_steps_that_would_help_are_named_with_their_size(says: Says) -> None:
    last = date(2027, 6, 30)
    late = replace(proposal(), limits=Limits(FIVE, FIVE, None, last))
    conflict = Conflict(
        (
            LimitRelaxation(Relaxed.FINISH_BY, date(2027, 8, 4)),
            LimitRelaxation(Relaxed.CAP, Decimal(14300), is_least=True),
            LimitRelaxation(Relaxed.INTERNAL, Decimal("4.25")),
            LimitRelaxation(Relaxed.EXTERNAL, Decimal(4)),
            LimitRelaxation(Relaxed.CLOSURES),
            LimitRelaxation(Relaxed.OWN_DATES),
        ),
        is_proven=True,
    )
    report = told(conflict_report(conflict, late))
    says(report.headline)
    says([plain(step) for step in report.steps])


def test_where_nothing_helps_that_is_said_and_so_is_what_is_not_proven(says: Says) -> None:
    report = told(conflict_report(Conflict((), is_proven=False), None))
    says(report.headline)
    says(report.steps)
    assert report.lead == ""


def test_one_step_that_would_help_is_not_called_one_of_several(says: Says) -> None:
    steps = (LimitRelaxation(Relaxed.CLOSURES), LimitRelaxation(Relaxed.OWN_DATES))
    leads = [told(conflict_report(Conflict(steps[:count], is_proven=True), None)).lead for count in (1, 2)]
    says(leads)
