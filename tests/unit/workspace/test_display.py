"""What is shown beside amounts is a field like others, but no reason to compute a plan again."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import plan_for, unstopped
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.display import Currency
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.plan import Plan
from zt_planner.errors import ScenarioError
from zt_planner.workspace import Workspace, plans
from zt_planner.workspace.keys import new_key

GROSS = {"display.vat_country": "DE", "display.currency": Currency.CHF}


@pytest.fixture
def known_plans(price_book: PriceBook, phase_model: PhaseModel, today: date) -> plans.Plans:
    """Return plans of which nothing is remembered yet, so that what is computed can be counted."""
    return plans.Plans(price_book, phase_model, lambda: today)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """Return the plans that are computed from now on."""
    found: list[Plan] = []

    def noted(case: Case) -> Plan:
        found.append(plan_for(case))
        return found[-1]

    monkeypatch.setattr(plans, "build_plan", noted)
    return found


@pytest.mark.parametrize("shows_labour", [True, False])
def test_showing_vat_computes_no_plan(workspace: Workspace, computed: list[Plan], *, shows_labour: bool) -> None:
    plain = Scenario()
    asked = plain.changed("display.vat_country", "DE").changed("display.currency", "USD")
    first = unstopped(workspace.plans.plan(plain, shows_labour=shows_labour))
    shown = unstopped(workspace.plans.plan(asked, shows_labour=shows_labour))
    assert len(computed) == 1
    assert shown.scenario.display == asked.display
    assert shown.scenario.version != first.scenario.version
    assert shown.headlines is first.headlines
    assert workspace.plans.plan(asked, shows_labour=shows_labour) is shown
    assert workspace.plans.plan(plain, shows_labour=shows_labour) is first


def test_what_is_shown_comes_out_alike_however_it_is_asked_for(workspace: Workspace) -> None:
    asked = Scenario().changed("display.vat_country", "DE")
    build = plan_for(case_of(asked, workspace.price_book, workspace.plans.phase_model, today=workspace.today()))
    assert workspace.plans.plan(asked) == build
    assert workspace.plans.plan(asked).scenario.version == build.scenario.version


def test_a_country_without_vat_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ScenarioError, match=r"display\.vat_country"):
        workspace.change(workspace.open(new_key()), {"display.vat_country": "XX"})


def test_showing_vat_is_one_event_without_effect_and_can_be_undone(workspace: Workspace) -> None:
    begun = workspace.set_baseline(workspace.change(workspace.open(new_key()), {"company.employees": 180}))
    shown = workspace.change(begun, GROSS)
    assert shown.baseline == begun.baseline
    event = workspace.events(shown)[-1]
    assert {change.path for change in event.changes} == set(GROSS)
    assert event.before == event.after
    assert workspace.undo(shown).scenario == begun.scenario
