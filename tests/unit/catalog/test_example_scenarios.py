"""Each example company shows what its name promises."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.scenario import SCHEMA_VERSION, Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.scheduling.calendar import calendar_of
from zt_planner.resources import data_dir

FOLDER = data_dir() / "scenarios"
EXAMPLES = sorted(FOLDER.glob("*.json"))


def scenario_in(path: Path) -> Scenario:
    return Scenario.model_validate_json(path.read_text("utf-8"))


@pytest.fixture
def plan(request: pytest.FixtureRequest, price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the plan of the example whose file name begins so."""
    (path,) = FOLDER.glob(f"{request.param}-*.json")
    return builders.plan(scenario_in(path), price_book, phase_model)


def example(people: int) -> pytest.MarkDecorator:
    """Run a test on the example of so many people."""
    return pytest.mark.parametrize("plan", [people], indirect=True, ids=str)


def codes(plan: Plan) -> set[Code]:
    """Return the codes of a plan's findings."""
    return {finding.code for finding in plan.findings}


def seats(plan: Plan) -> dict[str, int]:
    """Return the seats of a plan's licences."""
    assert plan.mix is not None
    return dict(plan.mix.seats)


def hardware_bought(plan: Plan) -> set[str]:
    """Return the network hardware that a plan buys."""
    return {line.price_id for line in plan.cost_lines if line.category is CostCategory.HARDWARE} - {"fido2-key"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_holds_only_what_differs_from_the_default(path: Path) -> None:
    scenario = scenario_in(path)
    changed: dict[str, Any] = scenario.model_dump(mode="json", exclude_defaults=True)
    assert scenario_in(path).model_dump(mode="json", exclude_unset=True) == {"schema_version": SCHEMA_VERSION} | changed
    assert scenario.timeline.start is None


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_is_called_like_its_company(path: Path) -> None:
    scenario = scenario_in(path)
    assert scenario.company.name.startswith(f"{scenario.company.employees} people")
    assert path.name.startswith(f"{scenario.company.employees}-people-")


@pytest.mark.parametrize("plan", [50, 90, 120, 160, 180, 240, 350], indirect=True)
def test_each_example_is_a_finished_plan_with_every_price(plan: Plan) -> None:
    unfinished = {Code.TIMELINE_TOO_LONG, Code.TIMELINE_DEADLINE_IMPOSSIBLE, Code.TIMELINE_OUTSIDE_RANGE}
    assert not codes(plan) & (unfinished | {Code.LICENCE_NO_MIX, Code.PRICE_MISSING})


def test_there_is_an_example_for_each_situation() -> None:
    assert [path.stem.split("-")[0] for path in EXAMPLES] == ["120", "160", "180", "240", "350", "50", "90"]


@example(50)
def test_fifty_people_on_one_site_start_from_nothing(plan: Plan) -> None:
    assert (plan.scenario.company.sites, plan.scenario.company.owned_licences) == (1, ())
    assert seats(plan)["m365-business-premium"] == 50
    assert Code.COMPANY_OUTSIDE_RANGE not in codes(plan)


@example(90)
def test_ninety_people_in_lyon_have_french_holidays_and_vat_and_much_to_do_from_outside(plan: Plan) -> None:
    company, timeline = plan.scenario.company, plan.scenario.timeline
    assert (timeline.region, plan.scenario.display.vat_country, company.works_council) == ("FR", "FR", True)
    assert company.remote_users == company.employees // 2
    assert not calendar_of(timeline, min(task.start for task in plan.tasks)).count(date(2027, 7, 14), date(2027, 7, 14))


@example(160)
def test_a_hundred_and_sixty_people_in_valencia_have_a_warehouse_and_their_own_holidays(plan: Plan) -> None:
    company, timeline = plan.scenario.company, plan.scenario.timeline
    assert (timeline.region, plan.scenario.display.vat_country) == ("ES-VC", "ES")
    assert seats(plan)["m365-f3"] == company.frontline == 55
    assert not calendar_of(timeline, min(task.start for task in plan.tasks)).count(date(2027, 3, 19), date(2027, 3, 19))


@example(120)
def test_the_example_of_the_first_visit_is_the_default(plan: Plan) -> None:
    default = Scenario.model_validate({"company": {"name": plan.scenario.company.name}})
    assert plan.scenario.model_copy(update={"timeline": default.timeline}) == default
    assert seats(plan) == {"m365-business-premium": 120, "entra-p2": 6}


@example(180)
def test_a_company_with_business_standard_pays_only_the_difference(plan: Plan) -> None:
    assert Code.LICENCE_CREDIT_ASSUMED in codes(plan)
    assert plan.mix is not None
    replaced = {held.product for holding in plan.mix.holdings for held in holding.replaced}
    assert replaced == {"m365-business-standard"}


@example(350)
def test_above_the_seat_cap_fifty_people_get_another_licence(plan: Plan) -> None:
    assert Code.LICENCE_SEAT_CAP in codes(plan)
    assert seats(plan)["m365-business-premium"] == 300
    assert sum(count for key, count in seats(plan).items() if key.startswith("m365-e")) == 50
    assert Code.LICENCE_NO_TEAMS in codes(plan)


@example(240)
def test_a_company_in_production_has_frontline_people_machines_and_half_of_its_hardware_new(plan: Plan) -> None:
    assert seats(plan)["m365-f3"] == 90
    assert {"machine_inventory", "machine_zones"} <= {placed.task.id for placed in plan.tasks}
    assert hardware_bought(plan) == {
        "site-firewall",
        "managed-switch-24",
        "access-point",
        "firewall-subscription",
    }
    assert Code.HARDWARE_FULL_REUSE not in codes(plan)
