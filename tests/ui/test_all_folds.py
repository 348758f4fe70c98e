"""A plan with everything in it, and each page with all that can be opened on it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ui.colleagues import PEOPLE, changes, try_variant
from tests.ui.screen import Screen
from tests.ui.test_approved import approved, under_way
from zt_planner.ui.addresses import PAGES
from zt_planner.workspace.runners.job_runner import Jobs


@pytest.fixture
def busy(screen: Screen) -> Screen:
    """Return a plan that is approved and under way, with a variant, own prices and tasks, and some of it there."""
    approved(screen.run().move(PEOPLE, 180))
    changes(
        screen.state,
        finance__monthly_cap=Decimal(22_000),
        prices__rise=Decimal("0.1"),
        prices__overrides={"entra-p2": Decimal("7.90")},
        tasks__own={"drill": {"name": "Drill", "step": 2, "effort_days": Decimal(3)}},
        company__owned_licences=[{"licence": "m365-e3", "seats": 90, "until": "2026-01-31"}, {"licence": "entra-p2"}],
        company__running=["siem", "training"],
        tasks__edits={"kickoff": {"done": 1}, "inventory": {"done": 0.5}},
        display__vat_country="DE",
        display__currency="CHF",
    )
    return try_variant(under_way(screen, choices__monitoring="mdr")).move(PEOPLE, 200)


@pytest.mark.extended
@pytest.mark.parametrize("variant", ["A", "B"])
def test_every_page_opens_with_all_its_folds(busy: Screen, variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    busy.move("variant", variant)
    for page in PAGES:
        busy.open_all(page).open_all(page)  # what is worked out beside a page is there when it is drawn again
        assert [fault.message for fault in busy.app.exception] == [], page
        tables = [table["alt"] for table in busy.component("table")]
        assert len(set(tables)) == len(tables), (page, tables)
