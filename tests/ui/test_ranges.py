"""Ranges are changed on the page How sure?: efforts, waits, prices, and how the draws are made."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from tests.ui.typed_table import Table
from zt_planner.domain.scenario.uncertainty import FactorRange, Uncertainty

SSO = "Single sign-on for SaaS and line-of-business apps"
COUNCIL = "Wait: Works council: device management, monitoring and data protection"
PREMIUM = "Microsoft 365 Business Premium"


@pytest.fixture
def page(screen: Screen, table: Table) -> Screen:
    """Return the page How sure? with its table open."""
    assert table.key == ""
    return screen.go("how_sure").unfold("fold:ranges")


@pytest.mark.extended
def test_a_typed_range_is_in_the_plan_at_once_marked_and_undone(page: Screen, table: Table) -> None:
    before = page.answer
    table.type(SSO, "high", "9")
    page.run()
    assert page.scenario.uncertainty.effort_ranges["sso"].high == 9
    assert page.answer != before
    assert table.row(SSO)["own"] == "own range"
    page.press("step:undo")
    assert not page.scenario.uncertainty.effort_ranges
    assert page.answer == before


@pytest.mark.extended
def test_a_refused_factor_stays_in_its_cell_with_the_reason_and_keeps_no_other_back(page: Screen, table: Table) -> None:
    table.type(SSO, "low", "1.5")
    table.type(COUNCIL, "high", "3")
    page.run()
    assert any(SSO in text and "1.5 is not between 0.01 and 1" in text for text in page.errors)
    assert page.scenario.uncertainty.wait_ranges["works_council"].high == 3
    assert not page.scenario.uncertainty.effort_ranges
    page.app.session_state["fold:ranges"] = False
    page.run()
    assert any("table of ranges is kept" in text for text in page.warnings)
    page.unfold("fold:ranges").go("nis2").go("how_sure")
    assert table.row(SSO)["low"] == "1.5"
    page.press("drop:range_rows")
    assert table.row(SSO)["low"] != "1.5"
    assert not page.errors


@pytest.mark.extended
def test_a_price_is_given_a_range_and_all_own_ranges_go_in_one_step(page: Screen, table: Table) -> None:
    table.type(COUNCIL, "low", "0.2")
    page.run()
    table.type(PREMIUM, "high", "1.1")
    page.run()
    given = page.scenario.uncertainty.price_ranges
    assert given == {"m365-business-premium": FactorRange(Decimal(1), Decimal("1.1"))}
    table.type(COUNCIL, "low", "")
    page.press("ranges_back")
    ranges = page.scenario.uncertainty
    assert ranges == Uncertainty()
    assert not page.has("own_ranges:en")


@pytest.mark.extended
def test_correlation_and_seed_are_fields_of_the_scenario(page: Screen) -> None:
    page.move("uncertainty.correlation", 60).move("uncertainty.seed", 7)
    assert (page.scenario.uncertainty.correlation, page.scenario.uncertainty.seed) == (Decimal("0.6"), 7)


def test_a_viewer_reads_the_ranges_and_changes_none(meeting: Meeting, table: Table) -> None:
    viewer = meeting.viewer.go("how_sure", "fold:ranges")
    assert table.frame is None
    shown = next(found for found in viewer.tables if "From low to high" in found.columns)
    assert len(shown) > len(viewer.plan.tasks)
