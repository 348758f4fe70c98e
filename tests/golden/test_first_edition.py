"""Plans that the program wrote before the model's second edition open to their own figures, to the cent and the day.

`first_edition/` holds two bundles and what the program of that time computed for
some scenarios; nothing in it is ever written again (ADR 0052).
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zt_planner.catalog.shipped.kept import kept_book, kept_model
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.planner import build_plan
from zt_planner.formats.bundle import compared_figures
from zt_planner.importing.bundle_file import BundleFile, bundle_from

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan

FOLDER = Path(__file__).parent / "first_edition"
BUNDLES = ("default.ztplan", "owned.ztplan")
PLANS: list[dict[str, Any]] = json.loads((FOLDER / "plans.json").read_text("utf-8"))
THEN = date(2026, 11, 24)
DAYS_AND_AVERAGES = {
    "internal_days",
    "external_days",
    "internal_days_per_week",
    "external_days_per_week",
    "internal_days_per_week_average",
}


def bundle(name: str) -> BundleFile:
    """Return a bundle of that time."""
    return bundle_from((FOLDER / name).read_bytes(), name)


def plan_then(scenario: Scenario) -> Plan:
    """Return a plan with prices and tasks of that time."""
    tables = bundle("default.ztplan").tables
    return build_plan(scenario, kept_book(tables), kept_model(tables), today=THEN)


def written(plan: Plan, name: str) -> str:
    """Write a headline as the file does."""
    value = getattr(plan.headlines, name)
    return f"{float(value):.2f}" if name in DAYS_AND_AVERAGES else str(value)


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_of_the_first_edition_opens_to_the_figures_of_its_manifest(
    name: str, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    saved = bundle(name)
    book, model = kept_book(saved.tables), kept_model(saved.tables)
    assert model.is_first_edition
    # As it is opened: its prices and tasks are kept in the scenario, beside those of this program.
    scenario = saved.scenario.with_kept_data(KeptBook.of(book), KeptModel.of(model))
    opened = Scenario.model_validate_json(scenario.model_dump_json())
    plan = build_plan(opened, price_book, phase_model, today=date.fromisoformat(saved.manifest["today"]))
    assert compared_figures(plan) == saved.manifest["figures"]
    assert plan.headlines is not None
    assert plan.headlines.operation_days_monthly == 0


@pytest.mark.parametrize("then", PLANS, ids=lambda then: then["why"])
def test_every_rule_of_the_first_edition_is_the_one_of_that_time(then: dict[str, Any]) -> None:
    # A file of that time names every field: sites and applications did not follow the people.
    scenario = bundle("default.ztplan").scenario
    for path, value in then["set"].items():
        scenario = scenario.changed(path, Decimal(str(value)) if isinstance(value, float) else value)
    plan = plan_then(scenario)
    figures = {key: value for key, value in then["figures"].items() if key != "nis2"}
    assert {key: written(plan, key) for key in figures} == figures
    nis2 = {each.letter: f"{each.state} {each.reached_on}" for each in plan.coverage}
    assert nis2 == then["figures"]["nis2"]


def test_a_plan_of_today_is_another_one(price_book: PriceBook, phase_model: PhaseModel) -> None:
    now = build_plan(Scenario(), price_book, phase_model, today=THEN)
    assert compared_figures(now) != compared_figures(plan_then(Scenario()))
    assert now.model_version != plan_then(Scenario()).model_version
