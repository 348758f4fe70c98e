"""The stages as a table, in words and explained: the engine's cents, and nothing that is hidden or not known."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import builders
from tests.papers import handout, situation
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.stages import stages_of
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.analyses.stages import (
    csv_columns,
    may_be_staged,
    protection_sentence,
    stage_rows,
    stage_sentence,
    stage_table,
)
from zt_planner.reports.documents.board_paper import board_paper_of
from zt_planner.reports.figure_names import StageFigure, stage_name
from zt_planner.reports.figures.registry import trace_of
from zt_planner.reports.trace import TraceContext, trace_table

if TYPE_CHECKING:
    from zt_planner.reports.documents.handout import Handout

ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)
ONE_STEP = {
    "tasks__edits": {
        task.task.id: {"in_scope": False}
        for task in handout().plan.tasks
        if task.task.step not in {Step.PREPARATION, Step.IDENTITIES}
    }
}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def asked(given: Handout) -> TraceContext:
    return TraceContext(given.plan, given.case, given.language)


def test_the_table_has_a_row_a_stage_and_its_amounts_ask_why() -> None:
    plan = handout().plan
    table = stage_table(plan, ENGLISH)
    assert [plain(cell) for cell in table.rows[0]] == [
        *("1", "1 Identities", "16 Apr 2027", "EUR 72,428", "EUR 50,904", "EUR 21,524", "EUR 21,524", "EUR 2,416"),
        *("EUR 157,098", "18", "SSO, MFA, conditional access, EDR", "0 supported, 7 partly"),
    ]
    assert table.asks[0][3:9] == tuple(stage_name(1, figure) for figure in StageFigure)
    assert [row[1] for row in table.rows] == [
        *("1 Identities", "2 Least privilege", "3 Segmentation", "4 Devices", "5 Monitoring"),
    ]


def test_what_the_stages_ask_for_adds_up_to_what_is_bound_at_the_end() -> None:
    plan = situation("credits").plan
    found = [row.amount(StageFigure.TO_APPROVE) for row in stage_rows(plan)]
    assert sum(amount for amount in found if amount is not None) == sum_of(stages_of(plan)[-1].bound)


def test_measures_and_steps_are_codes_for_programs_and_words_for_people() -> None:
    plan = handout().plan
    cells = {
        language.code: {column.name: column.csv_cell(stage_rows(plan)[1], is_worded=is_worded) for column in columns}
        for language, is_worded in ((ENGLISH, False), (GERMAN, True))
        if (columns := csv_columns(plan, language))
    }
    english, german = cells[ENGLISH.code], cells[GERMAN.code]
    assert (english["step"], english["supported"], english["complete"]) == ("2", "h", True)
    assert (german["step"], german["supported"], german["complete"]) == ("2 Minimale Rechte", "(h)", "ja")
    assert english["protection"] == "sso;mfa;conditional_access;mdm;edr;pim"
    assert english["open_tasks"].startswith("vlans;isolation;")
    assert stage_rows(plan)[1].measures(CoverageState.SUPPORTED) == ("h",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (handout(), "Approve stage 1 now: EUR 72,428. Decide on stage 2 on 16 April 2027."),
        (
            handout(shows_labour=False),
            "Approve stage 1 now: EUR 30,797 without labour and contingency. Decide on stage 2 on 16 April 2027.",
        ),
        (
            handout(builders.scenario(prices__as_of="2025-12-01")),
            "Approve stage 1 now: at least EUR 29,411. Decide on stage 2 on 16 April 2027.",
        ),
        (
            situation("no price at all"),
            "What stage 1 costs is unknown: prices are missing. Decide on stage 2 on 16 April 2027.",
        ),
        (
            handout(builders.scenario(**ONE_STEP)),
            "The plan is one stage: approve EUR 64,520 now, until 2 September 2027.",
        ),
        (
            handout(builders.scenario(prices__as_of="2020-01-01", **ONE_STEP)),
            "The plan is one stage, until 2 September 2027. What it costs is unknown: prices are missing.",
        ),
        (situation("never ends"), ""),
    ],
    ids=["default", "hidden", "at least", "unknown", "one stage", "one unknown", "no schedule"],
)
def test_the_sentence_says_what_to_decide_now_and_when_again(given: Handout, said: str) -> None:
    assert plain(stage_sentence(given.plan, ENGLISH)) == said
    assert may_be_staged(given.plan) == said.startswith("Approve")


def test_the_amounts_without_labour_say_so() -> None:
    plan = handout(shows_labour=False).plan
    titles = stage_table(plan, ENGLISH).columns
    assert [title for title in titles if "without labour" in title] == [
        *("To approve, without labour", "Spent by then, without labour", "Still to come, without labour"),
    ]
    names = [column.name for column in csv_columns(plan, ENGLISH)]
    assert names[3:9] == [
        *("to_approve_without_labour", "spent_without_labour", "committed", "to_pay", "a_month"),
        "to_come_without_labour",
    ]


def test_what_has_no_price_is_a_lower_bound_or_no_amount_and_never_zero() -> None:
    some, none = situation("a price is missing").plan, situation("no price at all").plan
    devices = stage_rows(some)[3]
    assert not devices.is_complete
    assert plain(devices.text(StageFigure.A_MONTH, ENGLISH)) == "at least EUR 2,465"
    first = stage_rows(none)[0]
    assert first.amount(StageFigure.SPENT) is None
    assert first.text(StageFigure.SPENT, ENGLISH) == "no price"
    cells = {column.name: column.csv_cell(first) for column in csv_columns(none, ENGLISH)}
    assert (cells["spent"], cells["to_approve"], cells["complete"]) == (None, None, False)


def test_what_a_stage_asks_for_is_explained_by_what_is_spent_and_committed() -> None:
    given = handout()
    found = trace_of("stage:2:to_approve", asked(given))
    assert found is not None
    assert [(row.item, row.amount) for row in found.rows] == [
        ("Spent by then", Decimal("87584.28")),
        ("Committed beyond", Decimal("14820.06")),
        ("Approved with earlier stages", Decimal("-72427.73")),
    ]
    assert found.value == found.result == Decimal("29976.61")
    assert plain(found.title) == "To approve, stage 2, 1 July 2027"
    assert trace_table(found, ENGLISH).rows[-1][0] == "Total"


def test_what_is_committed_is_explained_month_by_month() -> None:
    found = trace_of("stage:1:committed", asked(handout()))
    assert found is not None
    # Eight months of 12 people and nine of 108; ten of six servers.
    assert [(row.times, row.amount) for row in found.rows] == [
        ("1,068 monthly units", Decimal("21360.00")),
        ("6 × 10 months", Decimal("163.80")),
    ]


@pytest.mark.parametrize("name", ["stage:6:spent", "stage:1:other", "stage:", "stage:1"])
def test_there_is_no_explanation_of_a_stage_or_amount_that_there_is_not(name: str) -> None:
    assert trace_of(name, asked(handout())) is None


def test_a_plan_without_a_schedule_has_no_stages_to_explain() -> None:
    given = situation("never ends")
    assert stage_rows(given.plan) == ()
    assert trace_of("stage:1:spent", asked(given)) is None


def test_an_explanation_of_a_hidden_plan_says_what_is_left_out() -> None:
    found = trace_of("stage:1:spent", asked(handout(shows_labour=False)))
    assert found is not None
    assert "day rates are hidden" in found.rule
    assert "without labour" in found.title


def test_protection_is_told_with_the_gate_from_which_it_stands() -> None:
    assert plain(protection_sentence(handout().plan, ENGLISH)) == (
        "Protection that stands from then on: 16 Apr 2027: SSO, MFA, conditional access, EDR; "
        "1 Jul 2027: device management, just-in-time administration."
    )
    assert protection_sentence(situation("never ends").plan, ENGLISH) == ""


def test_the_board_is_asked_for_the_first_stage_only_where_it_can_stop_before_the_end() -> None:
    paper = board_paper_of(handout())
    assert paper.decision.points[-1].what == "Or in stages."
    assert paper.decision.points[-1].why == stage_sentence(handout().plan, ENGLISH)
    assert paper.stages is not None
    assert len(paper.stages.table.rows) == 5
    for other in (handout(builders.scenario(**ONE_STEP)), situation("no price at all"), situation("never ends")):
        paper = board_paper_of(other)
        assert paper.stages is None
        assert "Or in stages." not in [point.what for point in paper.decision.points]
