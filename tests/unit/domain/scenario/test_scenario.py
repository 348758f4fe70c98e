"""The scenario checks every field, whatever a widget or a file allowed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tests.builders import scenario
from zt_planner.domain.scenario.display import Display
from zt_planner.domain.scenario.fields import GIVEN_TEAMS, OF_A_FINISH, ORDER, leaves_of
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
        ("company__owned_licence", "m365-e3"),
        ("company__owned_licences", "m365-e3"),
        ("company__owned_licences", {"licence": "m365-e3"}),
        ("company__owned_licences", [{"seats": 3}]),
        ("company__owned_licences", [{"licence": "\n"}]),
        ("company__owned_licences", [{"licence": "m365-e3", "seats": 0}]),
        ("company__owned_licences", [{"licence": "m365-e3", "seats": 5001}]),
        ("company__owned_licences", [{"licence": "m365-e3", "seats": True}]),
        ("company__owned_licences", [{"licence": "m365-e3", "seats": 1.5}]),
        ("company__owned_licences", [{"licence": "m365-e3", "until": "June"}]),
        ("company__owned_licences", [{"licence": "m365-e3", "until": "2101-01-01"}]),
        ("company__owned_licences", [{"licence": "m365-e3", "paid": True}]),
        ("company__owned_licences", [{"licence": "m365-e3"}] * 13),
        ("company__running", "siem"),
        ("company__running", ["nobody"]),
        ("company__macs", -1),
        ("company__macs", 20_001),
        ("company__machines", -1),
        ("company__machines", 5_001),
        ("company__machines", float("nan")),
        ("company__local_directory", 0),
        ("company__full_time_equivalents", 0),
        ("company__full_time_equivalents", 5000.1),
        ("company__full_time_equivalents", 12.25),
        ("company__full_time_equivalents", float("inf")),
        ("company__full_time_equivalents", True),
        ("company__standstill_day_cost", 0),
        ("choices__risk_access", "all"),
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
        ("timeline__confidence", 0.95),
        ("timeline__confidence", True),
        ("timeline__confidence", "sure"),
        ("timeline__confidence", float("nan")),
        ("timeline__steps", "one by one"),
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
        ("labour__coordination_share", {"internal": 0.51}),
        ("labour__coordination_share", {"external": -0.01}),
        ("labour__coordination_share", 0.12),
        ("labour__coordination_days_per_month", {"internal": 1}),
        ("tasks__edits", {"mfa_rollout": {"done": 1.01}}),
        ("tasks__edits", {"mfa_rollout": {"done": -0.01}}),
        ("tasks__edits", {"mfa_rollout": {"done": True}}),
        ("tasks__own", {"audit": {"step": "1", "name": "Audit", "effort_days": 1, "done": 2}}),
        ("uncertainty__reaction", 1.1),
        ("uncertainty__reaction", float("nan")),
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


def test_there_are_no_more_macs_than_devices() -> None:
    assert scenario(company__devices=10, company__macs=10).company.macs == 10
    assert errors_of(company__devices=10, company__macs=11) == {"company.macs": "bound_of_another_field"}
    # Where devices follow the people, the model says how many there are: `engine.case` looks at it.
    assert scenario(company__macs=11).company.macs == 11


def test_how_sure_is_a_share_or_the_plan_s_own_figures() -> None:
    for value in ("planned", 0.5, "0.5", Decimal("0.8"), 0.9):
        given = scenario(timeline__confidence=value)
        assert Scenario.model_validate_json(given.model_dump_json()) == given
    assert scenario(timeline__confidence="planned").timeline.confidence.share is None
    assert Scenario().timeline.confidence.share == 0.8
    assert Scenario().model_dump(mode="json")["timeline"]["confidence"] == 0.8


def test_what_runs_is_named_once_and_in_one_order() -> None:
    given = scenario(company__running=["training", "siem", "training"])
    assert given.company.running == ("siem", "training")
    assert given.version == scenario(company__running=["siem", "training"]).version


def test_owned_licences_are_kept_in_their_order_with_seats_and_days() -> None:
    rows: list[dict[str, Any]] = [
        {"licence": "m365-e3", "seats": 90, "until": "2027-06-30"},
        {"licence": "entra-p2"},
        {"licence": "m365-e3"},
    ]
    given = scenario(company__owned_licences=rows)
    whole: dict[str, Any] = {"seats": None, "until": None}
    assert given.model_dump(mode="json")["company"]["owned_licences"] == [whole | row for row in rows]
    assert given.version != scenario(company__owned_licences=rows[::-1]).version
    assert len(scenario(company__owned_licences=rows * 4).company.owned_licences) == 12


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
    gone = {"prices.overrides.suite-2.1.old": None, "prices.overrides.suite-2.1": None}
    assert given.with_fields(gone) == Scenario()


@pytest.mark.parametrize("path", ["company.pets", "nowhere.at.all"])
def test_an_unknown_path_cannot_be_changed(path: str) -> None:
    with pytest.raises((KeyError, ValidationError)):
        Scenario().changed(path, 1)


def test_money_and_shares_are_written_as_files_have_them() -> None:
    given = scenario(choices__hardware_reuse=0.35, labour__external_day_rate="1150", finance__monthly_cap=5000.5)
    saved = given.model_dump(mode="json")
    assert saved["choices"]["hardware_reuse"] == 0.35
    assert saved["finance"]["contingency"] == 0.15
    assert saved["labour"]["external_day_rate"] == "1150.00"
    assert saved["finance"]["monthly_cap"] == "5000.50"
    assert saved["timeline"]["max_internal_days_per_week"] is None
    assert saved["company"]["full_time_equivalents"] is None
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


def test_a_field_that_the_plan_is_not_made_with_does_not_count() -> None:
    by_finish, by_team = scenario(), scenario(timeline__mode="capacity")
    assert not any(by_finish.uses(path) for path in (*GIVEN_TEAMS, ORDER))
    assert all(by_finish.uses(path) for path in (*OF_A_FINISH, "company.employees"))
    assert not any(by_team.uses(path) for path in OF_A_FINISH)
    assert all(by_team.uses(path) for path in (*GIVEN_TEAMS, ORDER, "company.employees"))
    levelled = scenario(levelling__starts=[["kickoff", "2027-01-04"]])
    assert all(levelled.uses(path) for path in GIVEN_TEAMS)
