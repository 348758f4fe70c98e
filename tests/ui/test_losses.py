"""If we do nothing: views side by side, an own view, what controls change, and where every figure comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from zt_planner import bootstrap
from zt_planner.domain.data.losses import NO_LOSSES, LossView
from zt_planner.domain.scenario.kept import KeptModel

if TYPE_CHECKING:
    from tests.ui.meeting import Meeting
    from tests.ui.screen import Screen
    from tests.ui.typed_table import Table

VIEWS = "Losses without the plan"
HARDENING = "Hardening, and patching of clients"


@pytest.fixture
def page(screen: Screen) -> Screen:
    """Return the page Risk."""
    return screen.go("uncertainty")


def texts(page: Screen) -> str:
    """Return what stands on a page."""
    return "\n".join(str(element.value) for element in page.app.markdown)


def test_three_views_stand_side_by_side_each_with_where_it_comes_from(page: Screen) -> None:
    views = page.table(VIEWS)
    assert len(views) == 3
    for title in ("Expected loss a year", "Population", "Source", "Read on", "Confidence"):
        assert all(views[title])
    assert all(f"{view} EUR" in page.answer for view in ("insurers", "public events", "surveys"))


def test_the_page_says_each_sentence_once(page: Screen) -> None:
    assert [
        texts(page).count(text) for text in ("Expected loss a year if", "factor of ", "chance of keeping both")
    ] == [1] * 3


def test_doing_nothing_stands_before_the_long_parts(page: Screen) -> None:
    assert [each.value for each in page.app.header] == [
        "How budget and finish may turn out",
        "If we do nothing",
        "How sure is that?",
        "The ranges behind this",
    ]


@pytest.mark.extended
def test_another_view_is_a_field_of_the_plan(page: Screen) -> None:
    page.move("losses.view", LossView.SURVEYS)
    assert page.scenario.losses.view is LossView.SURVEYS
    assert "Surveys: an expected loss" in texts(page)


@pytest.mark.extended
def test_an_own_view_asks_for_its_figures_and_says_what_is_missing(page: Screen) -> None:
    page.move("losses.view", LossView.OWN)
    assert "Your own view lacks a figure" in texts(page)
    assert not page.has("fold:loss_months")
    page.move("losses.chance", 5).move("losses.median", 100_000)
    page.set("losses.p95", "90000")
    page.run()
    assert any("does not fit a median" in text for text in page.errors)
    page.move("losses.p95", 2_000_000)
    page.set("losses.median", "3000000")
    page.run()
    assert any("To raise both, raise the P95 first" in text for text in page.errors)
    page.move("losses.median", 100_000)
    given = page.scenario.losses
    assert (given.chance, given.median, given.p95) == (Decimal("0.05"), Decimal(100_000), Decimal(2_000_000))
    assert "Own view: an expected loss" in texts(page)
    assert len(page.table(VIEWS)) == 4
    page.move("losses.chance", 0)
    assert "with a chance of 0 there is no loss" in texts(page)
    page.set("losses.chance", "120")
    page.run()
    assert page.scenario.losses.chance == 0
    assert any("120" in text for text in page.errors)


@pytest.mark.extended
def test_a_relative_risk_is_changed_in_its_cell_and_all_go_back_in_one_step(page: Screen, table: Table) -> None:
    page.unfold("fold:loss_controls")
    table.type(HARDENING, "on_frequency", "1")
    page.run()
    assert page.scenario.losses.on_frequency == {"hardening": 1}
    assert table.row(HARDENING)["own"] == "own factor"
    table.type(HARDENING, "on_severity", "0")
    page.run()
    assert any("0 is not between 0.2 and 1" in text for text in page.errors)
    page.app.session_state["fold:loss_controls"] = False
    page.run()
    assert any("table of controls is kept" in text for text in page.warnings)
    page.unfold("fold:loss_controls").press("drop:factor_rows").press("factors_back")
    assert page.scenario.losses.on_frequency == {}
    assert not page.has("factors_back")


def test_months_curve_and_sources_are_computed_where_they_are_opened(page: Screen) -> None:
    titles = (
        "The curve as a table",
        "The curves of the views as a table",
        "Expected loss by month",
        "Sources of the views",
        "The article and the sources",
    )
    before = len(page.tables)
    page.unfold("fold:loss_curve", "fold:loss_views", "fold:loss_months", "fold:loss_sources")
    for title in titles:
        assert len(page.table(title))
    assert len(page.tables) == before + len(titles)
    months = page.table("Expected loss by month")
    assert any(HARDENING in begins for begins in months["Counts from now on"])


@pytest.mark.extended
def test_every_sentence_is_explained(page: Screen) -> None:
    for name in ("loss:after", "loss:break_even", "loss:week"):
        page.press(f"why:{name}")


def test_a_viewer_reads_the_relative_risks_and_changes_none(meeting: Meeting, table: Table) -> None:
    viewer = meeting.viewer.go("uncertainty", "fold:loss_controls")
    assert table.frame is None
    assert HARDENING in str(viewer.table("Controls and their evidence")["Control"].tolist())
    assert not viewer.has("factors_back")


@pytest.mark.extended
def test_a_plan_that_kept_older_data_says_that_it_has_no_figures_of_losses(page: Screen) -> None:
    older = KeptModel.of(bootstrap.phase_model()).model_copy(update={"losses": NO_LOSSES})
    kept = page.scenario.with_kept_data(None, older)
    page.load(kept.model_dump_json().encode()).go("uncertainty")
    assert any("hold no figures of losses" in text for text in page.captions)
