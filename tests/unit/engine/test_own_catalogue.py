"""A catalogue made from a plan: with it, a plan of another company has the same prices, efforts and tasks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.builders import TODAY, scenario
from tests.words import ENGLISH
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.data.price_book import DayRate, Origin
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.trust import MoneyOrigin, origin_of
from zt_planner.engine.own_catalogue import catalogue_of
from zt_planner.engine.plan import Plan
from zt_planner.files.scenario_json import with_values
from zt_planner.topics.labels import label


def planned(given: Scenario) -> Plan:
    return builders.plan(given, price_book(), phase_model())


def made_from(given: Scenario) -> Catalogue:
    return catalogue_of(planned(given).case, "Firm GmbH", price_book(), phase_model())


def used(catalogue: Catalogue, given: Scenario) -> Scenario:
    return with_values(given, catalogue.edits(given, price_book(), phase_model()))


CHANGED: dict[str, dict[str, Any]] = {
    "a day rate": {"labour__external_day_rate": Decimal(1100)},
    "a licence": {"prices__overrides": {"m365-business-premium": Decimal("18.40")}},
    "an own effort": {"tasks__edits": {"mfa_rollout": {"effort_days": 20}, "sso": {"wait_weeks": 3}}},
    "an own task": {"tasks__own": {"backup": {"step": "1", "name": "Backup", "effort_days": 7, "after": ["kickoff"]}}},
    "a range": {"uncertainty__effort_ranges": {"mfa_rollout": [0.8, 1.4]}},
    "the range of a wait": {"uncertainty__wait_ranges": {"works_council": [0.7, 2]}},
}


@pytest.mark.parametrize("changes", CHANGED.values(), ids=CHANGED)
def test_a_plan_with_the_catalogue_of_another_is_the_other(changes: dict[str, Any]) -> None:
    other, made = planned(scenario(**changes)), made_from(scenario(**changes))
    assert made.tasks or made.prices
    plan = planned(used(made, scenario()))
    assert plan.headlines[FigureName.INTRODUCTION_BUDGET].value == other.headlines[FigureName.INTRODUCTION_BUDGET].value
    assert plan.headlines.finish_date == other.headlines.finish_date


@pytest.mark.parametrize("changes", [{}, *CHANGED.values()], ids=["nothing", *CHANGED])
def test_a_catalogue_is_empty_where_nothing_differs(changes: dict[str, Any]) -> None:
    assert made_from(scenario(company__employees=200, **changes)).is_empty is not bool(changes)


def test_an_own_price_is_from_the_catalogue_which_its_source_names() -> None:
    catalogue = made_from(scenario(**CHANGED["a day rate"]))
    (price,) = (row for row in catalogue.prices if row.id == DayRate.EXTERNAL)
    assert price_book().rows_by_id[DayRate.EXTERNAL][-1].note
    assert (price.origin, price.source, price.note) == (Origin.CATALOGUE, "Firm GmbH", None)
    assert ENGLISH.write(label(price.confidence)) == "from the firm's own catalogue"
    plan = planned(used(catalogue, scenario(tasks__edits={"kickoff": {"effort_days": 4}})))
    (line, *_) = (line for line in plan.cost_lines if line.task_id == "kickoff" and line.is_cash)
    assert origin_of(line, plan.scenario, TODAY) is MoneyOrigin.OWN


def test_an_own_effort_grows_with_the_company() -> None:
    twice = {"tasks__edits": {"mfa_rollout": {"effort_days": 2 * days_of("mfa_rollout", 120)}}}
    made = made_from(scenario(**twice))
    large = planned(used(made, scenario(company__employees=300)))
    assert abs(work_of(large, "mfa_rollout") - 2 * days_of("mfa_rollout", 300)) < Decimal("0.01")


def days_of(task_id: str, people: int) -> Decimal:
    return work_of(planned(scenario(company__employees=people)), task_id)


def work_of(plan: Plan, task_id: str) -> Decimal:
    days = next(task for task in plan.tasks if task.task.id == task_id).work.days
    return Decimal(days.numerator) / days.denominator


def test_a_plan_without_changes_makes_an_empty_catalogue() -> None:
    made = made_from(scenario())
    assert (made.tasks, made.prices) == ((), ())
    given = scenario()
    assert planned(used(made, given)).headlines == planned(given).headlines


def test_an_effort_of_nothing_is_what_was_set() -> None:
    model = phase_model()
    nothing = replace(
        model,
        tasks=tuple(
            task.model_copy(update={"base_days": Decimal(0), "days_per_unit": (), "drivers": ()})
            if task.id == "sso"
            else task
            for task in model.tasks
        ),
    )
    given = scenario(tasks__edits={"sso": {"effort_days": 4}})
    case = builders.case(given, price_book(), nothing)
    (row,) = (task for task in catalogue_of(case, "Firm GmbH", price_book(), nothing).tasks if task.id == "sso")
    assert row.base_days == 4


def test_the_next_catalogue_takes_the_place_and_keeps_texts_and_look() -> None:
    brand = Brand(footer="Since 1999")
    use = CatalogueUse(name="Firm", day=TODAY, brand=brand)
    given = scenario(display__catalogue=use, tasks__own={"backup": {"step": "1", "name": "Backup", "effort_days": 7}})
    made = made_from(given)
    assert (made.use.name, made.use.brand) == ("Firm GmbH", brand)
    plan = planned(used(made, given))
    assert not plan.scenario.tasks.own
    assert work_of(plan, "backup") == 7
    assert plan.scenario.without_kept_data().display.catalogue is None


@pytest.mark.parametrize("region", ["AT", "CH", "DE-NW"])
def test_an_own_day_rate_holds_in_every_country(region: str) -> None:
    made = made_from(scenario(labour__external_day_rate=Decimal(1500)))
    there = scenario(timeline__region=region)
    own = planned(there.changed("labour.external_day_rate", "1500.00"))
    plan = planned(used(made, there))
    assert plan.headlines[FigureName.INTRODUCTION_BUDGET].value == own.headlines[FigureName.INTRODUCTION_BUDGET].value


def test_what_a_catalogue_lacks_stays() -> None:
    brand = Brand(footer="Since 1999")
    first = made_from(
        scenario(display__catalogue=CatalogueUse(name="Firm", day=TODAY, brand=brand), **CHANGED["a licence"])
    )
    both = used(made_from(scenario(**CHANGED["an own effort"])), used(first, scenario()))
    assert both.prices.kept_book is not None
    assert both.tasks.kept_model is not None
    assert both.display.catalogue is not None
    assert both.display.catalogue.brand == brand
