"""The plan that was approved: kept whole, and what a plan is measured against; three tasks of five days (M26)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.builders import MONDAY, book, case, day_rate, model, plan_for, quiet, scenario, task
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.approved import Approved, packed
from zt_planner.domain.scenario.catalogue import CatalogueUse
from zt_planner.domain.scenario.display import Display
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import Status
from zt_planner.engine.case import case_of
from zt_planner.engine.compare.bridge import BridgeFigure, bridges_between
from zt_planner.engine.under_way.approved import (
    CHECKSUM,
    approval_mark,
    approved,
    approved_case,
    changed_mark,
    checksum_of,
    has_changed,
    is_measured,
    reference_case,
)

ON = date(2027, 1, 2)
RATES = book(day_rate("external-day", 1000))
CHAIN = model(task("a", days=5, external_share=1), task("b", days=5, after=("a",)), task("c", days=5, after=("b",)))
FINISH = date(2027, 1, 22)
OUT = {key: {"in_scope": False} for key in "abc"}


def with_approved(kept: Approved | None, given: Scenario | None = None, **status: Any) -> Scenario:  # noqa: ANN401 - any field of the status
    """Return a scenario in which a plan was approved."""
    return (given or quiet()).model_copy(update={"status": Status(approved=kept, **status)})


def approval(given: Scenario | None = None) -> Approved:
    result = approved(case(given or quiet(), RATES, CHAIN), "Board", ON)
    assert result is not None
    return result


def differs(scenario: Scenario, *, shows_labour: bool = True) -> list[dict[str, Any]]:
    """Return what is found about the approved plan of a scenario."""
    made = case(scenario, RATES, CHAIN, shows_labour=shows_labour)
    findings = plan_for(made).findings
    return [dict(finding.facts) for finding in findings if finding.code is Code.STATUS_APPROVED_DIFFERS]


def test_an_approved_plan_is_what_it_was_whatever_changes(price_book: PriceBook, phase_model: PhaseModel) -> None:
    today = date(2026, 11, 6)
    kept = approved(case(Scenario(), price_book, phase_model), "Board", ON)
    assert kept is not None
    assert (kept.by, kept.on, kept.today) == ("Board", ON, today)
    now = with_approved(kept, quiet(company__employees=400))
    later = case_of(now, RATES, CHAIN, today=date(2031, 1, 1))
    result = approved_case(later)
    assert result is not None
    assert plan_for(result).headlines == plan_for(case(Scenario(), price_book, phase_model)).headlines
    assert kept.budget is not None
    assert not [finding for finding in plan_for(later).findings if finding.code is Code.STATUS_APPROVED_DIFFERS]
    assert reference_case(later) == result


def test_what_is_recorded_is_no_part_of_it() -> None:
    begun = with_approved(None, at=date(2027, 1, 15), tasks={"a": {"started": date(2027, 1, 15)}})
    kept = approval(begun)
    assert kept.finish == FINISH
    twice = approval(with_approved(kept))
    assert twice == kept


def test_where_nothing_was_approved_a_plan_is_measured_against_itself_before_it_began() -> None:
    begun = case(with_approved(None, at=date(2027, 1, 18)), RATES, CHAIN)
    assert approved_case(begun) is None
    assert plan_for(reference_case(begun)).headlines != plan_for(begun).headlines
    assert reference_case(begun).scenario.status.at is None


def test_a_plan_is_measured_once_it_is_under_way_or_has_changed_since_its_approval() -> None:
    kept, larger = approval(), quiet(company__employees=130)
    measured = [with_approved(None, at=ON), with_approved(kept, at=ON), with_approved(kept, larger)]
    not_measured = [quiet(), larger, with_approved(kept)]
    assert [is_measured(case(each, RATES, CHAIN)) for each in measured] == [True] * 3
    assert [is_measured(case(each, RATES, CHAIN)) for each in not_measured] == [False] * 3


def test_the_bars_since_the_approval_add_up_to_what_has_moved(price_book: PriceBook, phase_model: PhaseModel) -> None:
    kept = approved(case(scenario(timeline__start=MONDAY), price_book, phase_model), "Board", ON)
    status = {"at": date(2027, 3, 15), "tasks": {"kickoff": {"started": date(2027, 2, 1)}}}
    now = with_approved(kept, scenario(timeline__start=MONDAY, company__employees=130), **status)
    asked = case_of(now, price_book, phase_model, today=date(2027, 3, 15))
    before, after = (plan_for(item).headlines for item in (reference_case(asked), asked))
    assert before is not None
    assert after is not None
    bridges = {bridge.figure: bridge for bridge in bridges_between(reference_case(asked), asked)}
    money, days = bridges[BridgeFigure.HORIZON_TOTAL], bridges[BridgeFigure.FINISH_DATE]
    assert money.total == after.horizon_total - before.horizon_total
    assert days.total == (after.finish_date - before.finish_date).days
    assert {bar.cause for bar in days.bars} == {InputGroup.PEOPLE, InputGroup.STATUS}


def test_without_a_schedule_nothing_is_approved() -> None:
    assert approved(case(quiet(tasks__edits=OUT), RATES, CHAIN), "", ON) is None


def test_figures_that_are_not_those_of_the_plan_are_said(price_book: PriceBook, phase_model: PhaseModel) -> None:
    kept = approved(case(Scenario(), price_book, phase_model), "Board", ON)
    assert kept is not None
    forged = kept.model_copy(update={"finish": MONDAY, "budget": Decimal(1)})
    facts = {"on": ON, "finish": MONDAY, "budget": Decimal(1)}
    assert differs(with_approved(forged)) == [{**facts, "finish_now": kept.finish, "budget_now": kept.budget}]


def test_a_plan_that_cannot_be_planned_any_more_is_said_and_not_measured_against() -> None:
    unknown = quiet(prices__overrides={"no-such-price": "1.00"})
    for plan in (quiet(tasks__edits=OUT), unknown):
        broken = approval().model_copy(update={"plan": packed(plan.model_dump(mode="json"))})
        (facts,) = differs(with_approved(broken))
        assert (facts["finish_now"], facts["budget_now"]) == (None, None)
        without = case(with_approved(broken), RATES, CHAIN)
        assert approved_case(without) is None
        assert reference_case(without).scenario.status.at is None


def test_where_rates_are_hidden_dates_are_compared_and_no_amount() -> None:
    kept = approval()
    assert differs(with_approved(kept), shows_labour=False) == []
    forged = kept.model_copy(update={"finish": MONDAY})
    (facts,) = differs(with_approved(forged), shows_labour=False)
    assert (facts["budget"], facts["budget_now"]) == (None, None)
    hidden = case_of(with_approved(kept), RATES, CHAIN, today=ON, shows_labour=False)
    plain = approved_case(hidden)
    assert plain is not None
    assert "external-day" not in plain.base_book.rows_by_id
    assert approved(replace(plain), "Board", ON) is not None
    assert getattr(approved(plain, "Board", ON), "budget", 0) is None


def test_a_plan_has_one_checksum_whatever_is_recorded_or_shown_and_another_has_another() -> None:
    given = quiet()
    kept = approved(case(given, RATES, CHAIN), "Board", ON)
    assert kept is not None
    own = checksum_of(given, RATES, CHAIN)
    later = with_approved(kept, given, at=ON).shown_as(Display(catalogue=CatalogueUse(name="Firm", day=ON)))
    made = case(later, RATES, CHAIN)
    assert approval_mark(made) == checksum_of(made.scenario, RATES, CHAIN)
    assert own.startswith(CHECKSUM)
    assert checksum_of(quiet(company__employees=121), RATES, CHAIN) != own
    assert checksum_of(given, book(day_rate("external-day", 999)), CHAIN) != own
    assert checksum_of(given, RATES, model(task("a", days=6))) != own


def test_a_plan_that_has_changed_since_its_approval_has_another_mark_than_the_approved_one() -> None:
    kept = approval()
    same, other = (
        case_of(with_approved(kept, given), RATES, CHAIN, today=ON) for given in (None, quiet(company__employees=121))
    )
    checksum = approval_mark(same)
    assert checksum is not None
    assert checksum.startswith(CHECKSUM)
    assert approval_mark(other) == changed_mark(checksum)
    assert CHECKSUM not in changed_mark(checksum)
    assert checksum.removeprefix(CHECKSUM) in changed_mark(checksum)


def test_nothing_that_day_rates_could_be_found_by_is_told_where_they_are_hidden() -> None:
    later = with_approved(approval())
    assert approval_mark(case_of(later, RATES, CHAIN, today=ON))
    assert approval_mark(case_of(later, RATES, CHAIN, today=ON, shows_labour=False)) is None
    assert approval_mark(case(quiet(), RATES, CHAIN)) is None


def test_a_plan_has_changed_where_another_was_approved_and_not_where_only_a_status_came() -> None:
    kept = approval()
    for shows in (True, False):
        same = case_of(with_approved(kept, at=ON), RATES, CHAIN, today=ON, shows_labour=shows)
        other = case_of(with_approved(kept, quiet(company__employees=121)), RATES, CHAIN, today=ON, shows_labour=shows)
        assert not has_changed(same)
        assert has_changed(other)
    assert not has_changed(case(quiet(), RATES, CHAIN))
