"""The scenario checks every field, whatever a widget or a file allowed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tests.builders import scenario
from zt_planner.domain.scenario.display import Display
from zt_planner.domain.scenario.fields import leaves_of, remove_field
from zt_planner.domain.scenario.scenario import Monitoring, Scenario
from zt_planner.domain.scenario.task_edits import own_id_for


def errors_of(**fields: Any) -> dict[str, str]:  # noqa: ANN401 - anything that a file may hold
    """Return the paths of all faulty fields with the kind of fault."""
    with pytest.raises(ValidationError) as caught:
        scenario(**fields)
    return {".".join(str(part) for part in error["loc"]): error["type"] for error in caught.value.errors()}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("company__name", "x" * 81),
        ("company__name", "bell \a"),
        ("company__name", "lone surrogate \ud800"),
        ("company__employees", 0),
        ("company__employees", 5001),
        ("company__employees", True),
        ("company__employees", "120"),
        ("company__employees", 1.5),
        ("company__devices", 20_001),
        ("company__servers", 2_001),
        ("company__admins", 0),
        ("company__admins", 121),
        ("company__sites", 0),
        ("company__sites", 101),
        ("company__apps", 501),
        ("company__frontline", 120),
        ("company__remote_users", 121),
        ("company__works_council", 1),
        ("company__owned_licence", "\n"),
        ("choices__billing", "weekly"),
        ("choices__segmentation", "none"),
        ("choices__operation", "nobody"),
        ("choices__hardware_reuse", 1.01),
        ("choices__hardware_reuse", -0.01),
        ("choices__hardware_reuse", float("nan")),
        ("timeline__start", "2019-12-31"),
        ("timeline__start", "2101-01-01"),
        ("timeline__start", "20270104"),
        ("timeline__start", "2027-02-30"),
        ("timeline__start", 1_800_000_000),
        ("timeline__target_months", 0),
        ("timeline__target_months", 61),
        ("timeline__internal_days_per_week", 0.2),
        ("timeline__max_external_days_per_week", 50.5),
        ("timeline__region", "DE-XX"),
        ("timeline__region", "ATLANTIS"),
        ("timeline__closures", "2027-01-04"),
        ("timeline__closures", [["2027-01-05", "2027-01-04"]]),
        ("labour__external_day_rate", -1),
        ("labour__external_day_rate", "1e3"),
        ("labour__external_day_rate", "1.005"),
        ("labour__external_day_rate", False),
        ("labour__external_day_rate", float("inf")),
        ("labour__coordination_days_per_month", {"internal": 21}),
        ("finance__contingency", 1.5),
        ("finance__horizon_months", 11),
        ("finance__horizon_months", 121),
        ("finance__monthly_cap", 0),
        ("prices__overrides", {"m365-e3": -1}),
        ("prices__unknown", 1),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_its_path(path: str, value: object) -> None:
    part, _, leaf = path.partition("__")
    assert all(place.startswith(f"{part}.{leaf}") for place in errors_of(**{path: value}))


def test_a_closure_that_holds_something_else_than_two_dates_is_refused() -> None:
    assert "timeline.closures.0" in errors_of(timeline__closures=["2027-01-04"])


def test_one_wrong_field_does_not_hide_the_others() -> None:
    found = errors_of(company__employees=0, company__admins=3, company__frontline=2, company__remote_users=7)
    assert found == {"company.employees": "greater_than_equal"}


@pytest.mark.parametrize("region", [None, "DE", "DE-NW", "AT", "US-CA"])
def test_any_region_with_known_holidays_is_accepted(region: str | None) -> None:
    assert scenario(timeline__region=region).timeline.region == region


@pytest.mark.parametrize(
    ("choice", "has_siem", "has_mdr"),
    [("none", False, False), ("siem", True, False), ("mdr", False, True), ("siem_and_mdr", True, True)],
)
def test_each_monitoring_choice_says_what_it_holds(choice: str, *, has_siem: bool, has_mdr: bool) -> None:
    monitoring = Monitoring(choice)
    assert (monitoring.has_siem, monitoring.has_mdr) == (has_siem, has_mdr)


def test_an_own_price_wins_over_a_day_rate() -> None:
    given = scenario(
        labour__internal_day_cost="400", labour__external_day_rate="900", prices__overrides={"external-day": "950"}
    )
    assert given.own_prices == {"internal-day": Decimal(400), "external-day": Decimal(950)}
    assert Scenario().own_prices == {}


def test_one_field_is_changed_and_the_whole_is_checked_again() -> None:
    assert Scenario().changed("company.employees", 50).company.employees == 50
    assert Scenario().changed("prices.overrides.m365-e3", "30.00").own_prices == {"m365-e3": Decimal(30)}
    with pytest.raises(ValidationError, match="employees - frontline"):
        scenario(company__employees=50, company__admins=40).changed("company.frontline", 20)


def test_the_id_of_an_own_price_may_hold_dots() -> None:
    given = Scenario().changed("prices.overrides.suite-2.1.old", 30)
    assert given.own_prices == {"suite-2.1.old": Decimal(30)}
    data = given.model_dump()
    remove_field(data, "prices.overrides.suite-2.1.old")
    remove_field(data, "prices.overrides.suite-2.1")
    assert Scenario.model_validate(data) == Scenario()


@pytest.mark.parametrize("path", ["company.pets", "nowhere.at.all"])
def test_an_unknown_path_cannot_be_changed(path: str) -> None:
    with pytest.raises(KeyError):
        Scenario().changed(path, 1)


def test_money_and_shares_are_written_as_files_have_them() -> None:
    given = scenario(choices__hardware_reuse=0.35, labour__external_day_rate="1150", finance__monthly_cap=5000.5)
    saved = given.model_dump(mode="json")
    assert saved["choices"]["hardware_reuse"] == 0.35
    assert saved["finance"]["contingency"] == 0.15
    assert saved["labour"]["external_day_rate"] == "1150.00"
    assert saved["finance"]["monthly_cap"] == "5000.50"
    assert saved["timeline"]["max_internal_days_per_week"] == 10
    assert saved["company"]["devices"] is None


def test_the_version_changes_with_any_field() -> None:
    assert Scenario().version == Scenario().version
    assert Scenario().version != scenario(company__sites=3).version


def test_a_copy_has_a_version_of_its_own() -> None:
    given = scenario(labour__external_day_rate=900)
    assert given.without_rates().version == given.without_rates().version != given.version
    other = scenario(labour__external_day_rate=1234)
    assert other.version != given.version
    assert other.without_rates().version == given.without_rates().version


def test_what_is_shown_beside_amounts_changes_nothing_else() -> None:
    shown = scenario().shown_as(Display(currency="CHF"))
    assert (shown.display.currency, shown.company) == ("CHF", scenario().company)


def test_every_field_has_a_path_and_an_own_task_is_one_field() -> None:
    own = {"audit": {"step": "5", "name": "Audit", "effort_days": 1}}
    fields = dict(leaves_of(scenario(tasks__own=own).model_dump(mode="json")))
    assert fields["company.employees"] == 120
    assert fields["tasks.own.audit"]["name"] == "Audit"


def test_an_own_task_gets_an_id_of_its_name_that_nobody_has() -> None:
    assert own_id_for("Übergabe & Schulung!", ()) == "ubergabe-schulung"
    assert own_id_for("Audit", {"audit", "audit-2"}) == "audit-3"
    assert own_id_for("監査", ()) == "task"
