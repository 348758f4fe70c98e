"""The stages as a table, in words and explained: the engine's cents, and nothing that is hidden or not known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from tests import builders
from tests.approval import Says
from tests.blocks import answers_in, group_in, group_of, tables_in, texts_in
from tests.papers import handout, situation, stopped_situation
from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.categories import Kind
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.stages import stages_of
from zt_planner.media.board import board_paper_of
from zt_planner.topics.decisions.figures import stage_rows
from zt_planner.topics.decisions.stages import (
    budget_note,
    csv_columns,
    may_be_staged,
    protection_sentence,
    stage_notes,
    stage_sentence,
    stage_table,
)
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.figure_names import StageFigure, stage_name
from zt_planner.topics.labels import money_words, protection_text
from zt_planner.topics.trace import trace_table
from zt_planner.topics.view import View, no_draws

ONE_STEP = {
    "tasks__edits": {
        task.task.id: {"in_scope": False}
        for task in handout().plan.tasks
        if task.task.step not in {Step.PREPARATION, Step.IDENTITIES}
    }
}


def without_prices(*ids: str) -> View:
    """Return the default plan by a price book that lacks some prices."""
    book = replace(price_book(), prices=tuple(row for row in price_book().prices if row.id not in ids))
    plan = builders.plan(builders.scenario(), book, phase_model())
    return View(plan, ENGLISH, no_draws)


def asked(given: View) -> View:
    return View(given.plan, given.language)


def first_amount(given: View) -> str:
    """Return what the first stage asks for, whatever the shipped prices are by now."""
    return plain(given.language.money(sum_of(stages_of(given.plan)[0].bound)))


def gate(given: View, number: int = 1) -> str:
    return plain(given.language.day(stages_of(given.plan)[number - 1].gate))


def test_the_table_has_a_row_a_stage_and_its_amounts_ask_why() -> None:
    given = handout()
    first, table = stages_of(given.plan)[0], told(stage_table(given.plan))
    states = list(first.coverage.values())
    amounts = (first.bound, first.spent, first.committed, first.to_pay, first.a_month, first.to_come)
    assert table.rows[0] == (
        "1 Identities",
        ENGLISH.short_day(first.gate),
        *(ENGLISH.money(sum_of(lines)) for lines in amounts),
        str(len(first.open_tasks)),
        ENGLISH.write(protection_text(first.protection)),
        f"{states.count(CoverageState.SUPPORTED)} + {states.count(CoverageState.PARTLY)}",
    )
    ends = [row[1].endswith(" (end of the plan)") for row in table.rows]
    assert ends == [False, False, False, False, True], "nothing is decided after the last stage"
    assert table.asks[0][2:8] == tuple(stage_name(1, figure) for figure in StageFigure)
    assert [row[0] for row in table.rows] == [
        *("1 Identities", "2 Least privilege", "3 Segmentation", "4 Devices", "5 Monitoring"),
    ]


def test_what_the_stages_ask_for_adds_up_to_what_is_bound_at_the_end() -> None:
    plan = situation("credits").plan
    found = [row.amount(StageFigure.TO_APPROVE).known for row in stage_rows(plan)]
    assert sum(amount for amount in found if amount is not None) == sum_of(stages_of(plan)[-1].bound)


@pytest.mark.extended
def test_points_and_steps_are_codes_for_programs_and_words_for_people(says: Says) -> None:
    plan = handout().plan
    cells = {
        language.code: {column.name: column.csv_cell(stage_rows(plan)[1], is_worded=is_worded) for column in columns}
        for language, is_worded in ((ENGLISH, False), (GERMAN, True))
        if (columns := csv_columns(plan))
    }
    english, german = cells[ENGLISH.code], cells[GERMAN.code]
    supported = stage_rows(plan)[1].points(CoverageState.SUPPORTED)
    assert (english["step"], english["supported"], english["complete"]) == ("2", ";".join(supported), True)
    says([GERMAN.write(german[name]) for name in ("step", "supported", "complete")])
    assert english["protection"] == "sso;mfa;conditional_access;mdm;edr;pim"
    assert english["open_tasks"].startswith("vlans;isolation;")
    assert {"3.1", "11.7"} <= set(supported)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (handout(), "Approve stage 1 now: {amount} (as planned), for all work until {day}. Decide on stage 2 then."),
        (
            handout(shows_labour=False),
            (
                "Approve stage 1 now: {amount} without labour and contingency (as planned), for all work until {day}. "
                "Decide on stage 2 then."
            ),
        ),
        (
            handout(builders.scenario(prices__as_of="2025-12-01")),
            "Approve stage 1 now: at least {amount} (as planned), for all work until {day}. Decide on stage 2 then.",
        ),
        (
            situation("no price at all"),
            "What stage 1 costs is unknown: prices are missing. Decide on stage 2 on {day}.",
        ),
        (
            handout(builders.scenario(**ONE_STEP)),
            "The plan is one stage: approve {amount} (as planned) now, until {day}.",
        ),
        (
            handout(builders.scenario(prices__as_of="2020-01-01", **ONE_STEP)),
            "The plan is one stage, until {day}. What it costs is unknown: prices are missing.",
        ),
    ],
    ids=["default", "hidden", "at least", "unknown", "one stage", "one unknown"],
)
def test_the_sentence_says_what_to_decide_now_and_when_again(given: View, said: str) -> None:
    found = plain(told(stage_sentence(given.plan)))
    assert found == said.format(amount=first_amount(given), day=gate(given))
    assert may_be_staged(given.plan) == found.startswith("Approve")


def test_the_amounts_without_labour_say_so() -> None:
    plan = handout(shows_labour=False).plan
    titles = told(stage_table(plan)).columns
    assert [title for title in titles if "without labour" in title] == [
        *("To approve, without labour", "Spent by then, without labour", "Still to come, without labour"),
    ]
    names = [column.name for column in csv_columns(plan)]
    assert names[3:9] == [
        *("to_approve_without_labour", "spent_without_labour", "committed", "to_pay", "a_month"),
        "to_come_without_labour",
    ]


def test_what_has_no_price_is_a_lower_bound_or_no_amount_and_never_zero() -> None:
    some, none = situation("a price is missing").plan, situation("no price at all").plan
    devices = stage_rows(some)[3]
    assert not devices.is_complete
    known = ENGLISH.money(sum_of(devices.stage.a_month))
    assert ENGLISH.write(money_words(devices.amount(StageFigure.A_MONTH))) == f"at least {known}"
    first = stage_rows(none)[0]
    assert first.amount(StageFigure.SPENT).known is None
    assert ENGLISH.write(money_words(first.amount(StageFigure.SPENT))) == "not known"
    cells = {column.name: column.csv_cell(first) for column in csv_columns(none)}
    assert (cells["spent"], cells["to_approve"], cells["complete"]) == (None, None, False)


def test_what_a_stage_asks_for_lacks_only_the_prices_of_what_it_adds(says: Says) -> None:
    given = without_prices("external-day")
    found = stage_rows(given.plan)
    bound = [sum_of(row.stage.bound) for row in found]
    adds_nothing_priced = [now == before for before, now in pairwise((Decimal(0), *bound))]
    assert set(adds_nothing_priced) == {True, False}
    for row, is_unknown in zip(found, adds_nothing_priced, strict=True):
        words = ENGLISH.write(money_words(row.amount(StageFigure.TO_APPROVE)))
        assert words == "not known" if is_unknown else words.startswith("at least EUR")
    number = adds_nothing_priced.index(True) + 1
    assert found[number - 1].amount(StageFigure.TO_APPROVE).known is None
    said = told(trace_of(f"stage:{number}:to_approve", asked(given)))
    assert said is not None
    assert "external-day" in [row.item for row in said.rows]
    assert told(trace_table(said)).rows[-1][:2] == ("Total", "not known")
    says(said.notes)


def test_a_stage_that_adds_nothing_without_a_price_asks_for_an_exact_amount() -> None:
    given = handout()
    first = stage_rows(given.plan)[0].stage
    month = min(line.month for line in first.spent)
    some = next(line for line in given.plan.cost_lines if line.month == month and line.is_cash)
    lines = tuple(replace(line, amount=None) if line == some else line for line in given.plan.cost_lines)
    found = stage_rows(replace(given.plan, cost_lines=lines))
    assert [row.is_complete for row in found] == [False] * 5
    assert [ENGLISH.write(money_words(row.amount(StageFigure.TO_APPROVE))) for row in found[1:]] == [
        ENGLISH.write(money_words(row.amount(StageFigure.TO_APPROVE))) for row in stage_rows(given.plan)[1:]
    ]


def test_where_something_without_a_price_has_ended_not_even_a_lower_bound_is_known(says: Says) -> None:
    given = handout()
    first, month = stages_of(given.plan)[0], Month.of(stages_of(given.plan)[0].gate)
    ended = next(line for line in first.spent if line.month == month and line.kind is Kind.RECURRING)
    lines = [
        *(line for line in given.plan.cost_lines if (line.task_id, line.price_id) != (ended.task_id, ended.price_id)),
        replace(ended, amount=None, unit_price=None),
    ]
    given = replace(given, plan=replace(given.plan, cost_lines=tuple(lines)))
    second = stage_rows(given.plan)[1]
    assert second.amount(StageFigure.TO_APPROVE).known is None
    assert ENGLISH.write(money_words(second.amount(StageFigure.TO_APPROVE))) == "not known"
    said = told(trace_of("stage:2:to_approve", asked(given)))
    assert said is not None
    assert (said.value, said.shown, said.rows) == (None, "not known", ())
    says(said.notes)


def test_what_a_stage_asks_for_is_explained_by_what_is_spent_and_committed() -> None:
    given = handout()
    found = told(trace_of("stage:2:to_approve", asked(given)))
    first, second, *_ = stages_of(given.plan)
    assert found is not None
    assert [(row.item, row.amount) for row in found.rows] == [
        ("Spent by then", sum_of(second.spent)),
        ("Committed beyond", sum_of(second.committed)),
        ("Approved with earlier stages", -sum_of(first.bound)),
    ]
    assert found.value == found.result == sum_of(second.bound) - sum_of(first.bound)
    assert plain(found.title) == f"To approve, stage 2, {gate(given, 2)}"
    assert told(trace_table(found)).rows[-1][0] == "Total"


def test_what_is_committed_is_explained_month_by_month(says: Says) -> None:
    found = told(trace_of("stage:1:committed", asked(handout())))
    assert found is not None
    # Eight months of 12 people and nine of 108; ten of six servers.
    says([row.times for row in found.rows])


@pytest.mark.parametrize("name", ["stage:6:spent", "stage:1:other", "stage:", "stage:1"])
def test_there_is_no_explanation_of_a_stage_or_amount_that_there_is_not(name: str) -> None:
    assert told(trace_of(name, asked(handout()))) is None


def test_a_plan_without_a_schedule_has_no_stages_to_explain() -> None:
    assert told(trace_of("stage:1:spent", stopped_situation())) is None


def test_an_explanation_of_a_hidden_plan_says_what_is_left_out(says: Says) -> None:
    found = told(trace_of("stage:1:spent", asked(handout(shows_labour=False))))
    assert found is not None
    says(found.rule)
    assert "without labour" in found.title


def test_protection_is_told_with_the_gate_from_which_it_stands() -> None:
    plan = handout().plan
    first, second = (ENGLISH.short_day(stage.gate) for stage in stages_of(plan)[:2])
    assert told(protection_sentence(plan)) == (
        f"Protection in place from then on: {first}: SSO, MFA, conditional access, EDR, just-in-time administration; "
        f"{second}: device management."
    )


@pytest.mark.extended
def test_the_board_is_asked_for_the_first_stage_only_where_it_can_stop_before_the_end(says: Says) -> None:
    paper = told(board_paper_of(handout()))
    answer = answers_in(group_of(paper, "decision"))[-1]
    says(answer.question)
    assert answer.why == told(stage_sentence(handout().plan))
    assert len(tables_in(group_of(paper, "stages"))[0].rows) == 5
    for other in (handout(builders.scenario(**ONE_STEP)), situation("no price at all"), stopped_situation()):
        paper = told(board_paper_of(other))
        assert group_in(paper, "stages") is None
        assert "Or in stages" not in [answer.question for answer in answers_in(group_of(paper, "decision"))]


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (handout(), ("stages", "budget")),
        (handout(shows_labour=False), ("stages", "budget")),
        (situation("longer than a year"), ("stages",)),
        (handout(builders.scenario(choices__billing="monthly")), ("budget",)),
    ],
    ids=["default", "hidden", "longer than a year", "monthly"],
)
def test_the_note_reconciles_the_stages_with_the_budget_to_the_cent(given: View, reasons: tuple[str, ...]) -> None:
    last, first_year = stages_of(given.plan)[-1], given.plan.horizon[:12]
    later = sum_of(line for line in last.bound if line.kind is Kind.RECURRING and line.month not in first_year)
    committed = {(line.task_id, line.price_id, line.month) for line in last.committed}
    avoidable = sum_of(
        line
        for line in last.to_come
        if line.month in first_year and (line.task_id, line.price_id, line.month) not in committed
    )
    asked = sum(row.amount(StageFigure.TO_APPROVE).known or 0 for row in stage_rows(given.plan))
    budget = sum_of(figure_lines(FigureName.INTRODUCTION_BUDGET, given.plan))
    assert asked + avoidable == budget + later
    amounts = {"stages": later, "budget": avoidable}
    whole = "" if given.plan.shows_labour else " without labour and contingency"
    said = {
        "stages": f"only the stages include {ENGLISH.money(later)} of running costs after the first year",
        "budget": f"only the budget includes {ENGLISH.money(avoidable)} of running costs that can still be "
        "cancelled at the finish",
    }
    assert tuple(name for name, amount in amounts.items() if amount) == reasons
    assert told(budget_note(given.plan)) == (
        f"The stages add up to {ENGLISH.money(asked)}{whole}, and the budget to get there is "
        f"{ENGLISH.money(budget)}{whole}: {'; '.join(said[name] for name in reasons)}."
    )


def test_nothing_is_said_of_the_budget_where_a_price_is_missing_or_the_stages_add_up_to_it() -> None:
    days = [
        builders.price(f"{team}-day", 1000, category="labour", unit="day", term="one_off", vendor="labour")
        for team in ("external", "internal")
    ]
    work = builders.model(builders.task("a", external_share=1))
    alone = builders.plan(builders.quiet(), builders.book(*days, builders.FREE_SUITE), work)
    assert alone.is_complete
    assert sum_of(stages_of(alone)[-1].bound) > 0
    for plan in (situation("a price is missing").plan, alone):
        assert told(budget_note(plan)) == ""


def test_page_and_paper_say_when_a_protection_is_in_place_if_there_is_any(says: Says) -> None:
    protection, budget = told(stage_notes(handout().plan))
    says(protection)
    assert budget == told(budget_note(handout().plan))
    paper = told(board_paper_of(handout()))
    assert texts_in(group_of(paper, "stages"))[0].endswith(f"{protection} {budget}")
