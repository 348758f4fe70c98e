"""What the board is asked for: amounts that add up as shown, and of a plan under way only what is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import builders
from tests.approval import Says
from tests.english import leaves
from tests.papers import SITUATIONS, SLOW, handout, situation
from tests.words import ENGLISH, told
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.topics.block import Group
from zt_planner.topics.decisions.blocks import (
    cautions,
    decision_group,
    finish_request,
    introduction_request,
    requests,
    resolution_group,
)
from zt_planner.topics.decisions.figures import stage_rows
from zt_planner.topics.decisions.stages import ON_PAPER, may_be_staged, open_stages, stage_sentence, stage_table
from zt_planner.topics.figure_names import StageFigure
from zt_planner.topics.findings.blocks import first_findings_group
from zt_planner.topics.labels import money_words
from zt_planner.topics.view import View


def done_by(at: date, **given: object) -> View:
    """Return the default plan on a status date by which all was done as planned."""
    tasks = {
        task.task.id: {"started": task.start.isoformat(), "finished": task.finish.isoformat()}
        for task in handout().plan.tasks
        if task.finish <= at
    }
    return handout(builders.scenario(status__at=at.isoformat(), status__tasks=tasks, **given))


def gates() -> list[date]:
    return [row.stage.gate for row in stage_rows(handout().plan)]


def sentence(given: View) -> str:
    return str(told(stage_sentence(given.plan)))


def texts(group: Group | None) -> str:
    return "\n".join(leaves(told(group)))


def asked_to_start(given: View) -> bool:
    return any(ENGLISH.write(answer.what).startswith("Start on") for answer in requests(given))


def test_what_is_promised_beyond_the_plan_is_asked_for_as_a_reserve() -> None:
    given = replace(handout(), draws=None)
    promised, planned = given.promise.rounded_budget, rounded(given.figures.introduction_budget, 0)
    assert promised is not None
    answer = told(introduction_request(given))
    assert answer.what == ENGLISH.money(promised)
    assert f"{ENGLISH.money(promised - planned)} of it is a reserve" in answer.why
    finish = told(finish_request(given))
    assert ENGLISH.day(given.promise.finish) in finish.what
    assert ENGLISH.day(given.figures.finish_date) not in finish.why


def counted(given: View) -> Decimal:
    """Return the bookings that the budget counts, in whole euros."""
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, given.plan)
    return rounded(sum_of(line for line in lines if line.is_actual), 0)


@pytest.mark.parametrize("shows_labour", [True, False])
def test_a_plan_under_way_asks_for_what_is_left_and_resolves_that(shows_labour: bool) -> None:  # noqa: FBT001
    scenario = builders.scenario(**SITUATIONS["months closed"])
    given = replace(handout(scenario, shows_labour=shows_labour), draws=None)
    budget, booked = given.promise.rounded_budget, counted(given)
    assert budget is not None
    assert 0 < booked < budget
    left = ENGLISH.money(budget - booked)
    answer, resolved = told(introduction_request(given)), texts(resolution_group(given))
    assert answer.what == left + ("" if shows_labour else " without labour")
    assert all(ENGLISH.money(amount) in answer.why for amount in (budget, booked))
    assert f": {left}" in resolved
    assert ENGLISH.money(budget) not in resolved
    assert "what is left" in texts(decision_group(given))


def test_where_nothing_is_booked_the_whole_is_asked_for() -> None:
    given = situation("under way")
    assert "what is left" not in texts(decision_group(given))
    assert "what is left" not in texts(resolution_group(given)).lower()


def test_what_is_booked_after_the_first_year_for_what_recurs_is_no_part_of_the_budget() -> None:
    given = handout(
        builders.scenario(
            timeline__start="2027-01-04",
            timeline__mode="capacity",
            **SLOW,
            status__at="2028-02-29",
            status__tasks={"kickoff": {"started": "2027-01-04", "finished": "2027-01-08"}},
            status__closed=["2027-01", "2028-02"],
            status__bookings={"2027-01/consultant/kickoff": "9000.00", "2028-02/licence/": "500.00"},
        )
    )
    assert ENGLISH.money(9000) in told(introduction_request(given)).why


def test_what_stands_against_deciding_names_the_section_that_says_it() -> None:
    given = situation("no price at all")
    section = told(first_findings_group(given))
    assert section is not None
    assert f"“{section.heading}”" in told(next(cautions(given.plan)))


def test_a_plan_under_way_is_not_asked_to_start() -> None:
    asked = [asked_to_start(situation(name)) for name in ("default", "months closed")]
    assert asked == [True, False]


def test_a_plan_under_way_asks_for_the_first_stage_that_ends_after_the_status_date() -> None:
    given = done_by(gates()[0])
    second, third, *_ = open_stages(given.plan)
    assert (second.number, third.number) == (2, 3)
    amount, day = ENGLISH.write(money_words(second.amount(StageFigure.TO_APPROVE))), ENGLISH.day(second.stage.gate)
    said = f"Approve stage 2 now: {amount} (as it stands), for all work until {day}. Decide on stage 3 then."
    assert sentence(given) == said
    assert may_be_staged(given.plan)
    without = done_by(gates()[0], prices__as_of="2020-01-01")
    day = ENGLISH.day(open_stages(without.plan)[0].stage.gate)
    assert sentence(without) == f"What stage 2 costs is unknown: prices are missing. Decide on stage 3 on {day}."


def test_the_last_stage_is_no_decision_in_stages() -> None:
    given = done_by(gates()[-2])
    (last,) = open_stages(given.plan)
    day = ENGLISH.day(last.stage.gate)
    amount = ENGLISH.write(money_words(last.amount(StageFigure.TO_APPROVE)))
    assert sentence(given) == f"Approve the last stage now: {amount} (as it stands), until {day}."
    assert not may_be_staged(given.plan)
    without = done_by(gates()[-2], prices__as_of="2020-01-01")
    day = ENGLISH.day(open_stages(without.plan)[0].stage.gate)
    assert sentence(without) == f"What the last stage costs is unknown: prices are missing. It ends on {day}."


def test_where_all_is_done_no_stage_is_left_to_decide_on() -> None:
    given = done_by(gates()[-1])
    assert (open_stages(given.plan), sentence(given)) == ((), "")
    assert not may_be_staged(given.plan)


def test_on_paper_what_is_spent_and_committed_beyond_is_what_is_asked_for_so_far(says: Says) -> None:
    plan = handout().plan
    says(told(stage_table(plan, ON_PAPER)).columns[2:5])
    first = stage_rows(plan)[0]
    spent, committed = first.amount(StageFigure.SPENT), first.amount(StageFigure.COMMITTED)
    assert spent.is_whole
    assert committed.is_whole
    assert spent.value + committed.value == first.amount(StageFigure.TO_APPROVE).known
