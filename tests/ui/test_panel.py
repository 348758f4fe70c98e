"""Every control of the sidebar moves, the scenario follows, and the headline with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

import pytest

from tests.approval import Says
from tests.ui.colleagues import UNDO, changes
from tests.ui.screen import Screen
from zt_planner.domain.scenario import scenario as words
from zt_planner.domain.scenario.declared import unit_of
from zt_planner.domain.scenario.display import Currency
from zt_planner.domain.scenario.scenario import Billing, IdentityProvider, Mode, Monitoring, RemoteAccess, Scenario
from zt_planner.domain.units import SHARE

PREMIUM, SIEM, MDR = (f"prices.overrides.{name}" for name in ("m365-business-premium", "cloud-siem", "mdr-endpoint"))
CAPACITY, WATCHED = ("timeline.mode", Mode.CAPACITY), ("choices.monitoring", Monitoring.MDR)
SLIDERS: tuple[tuple[str, Any, object, tuple[str, Any] | None], ...] = (
    ("company.employees", 200, 200, None),
    ("company.employees", 50, 50, None),
    ("company.employees", 500, 500, None),
    ("timeline.target_months", 7, 7, None),
    ("timeline.internal_days_per_week", 3.75, Decimal("3.75"), CAPACITY),
    ("timeline.external_days_per_week", 0.25, Decimal("0.25"), CAPACITY),
    (PREMIUM, 18.5, Decimal("18.5"), None),
    (PREMIUM, 0.0, Decimal(0), None),
    (SIEM, 650.0, Decimal(650), None),
    (MDR, 12.5, Decimal("12.5"), WATCHED),
    ("choices.hardware_reuse", 35, Decimal("0.35"), None),
    ("choices.hardware_reuse", 0, Decimal(0), None),
    ("labour.external_day_rate", 990.0, Decimal(990), None),
    ("finance.contingency", 30, Decimal("0.3"), None),
)
"""Path, what its widgets show, what its field holds then, and what is chosen first so that it is there."""

BEYOND_THE_SLIDER = (
    ("company.employees", 5000, 5000),
    ("company.employees", 1, 1),
    ("timeline.target_months", 18, 18),
    (PREMIUM, 99.99, Decimal("99.99")),
    (SIEM, 12_345.67, Decimal("12345.67")),
    ("labour.external_day_rate", 2500.5, Decimal("2500.5")),
    ("finance.contingency", 7, Decimal("0.07")),
    ("choices.hardware_reuse", 33, Decimal("0.33")),
)
FIELDS: tuple[tuple[str, str, Any, object], ...] = (
    ("", "choices.monitoring", Monitoring.NONE, Monitoring.NONE),
    ("", "choices.monitoring", Monitoring.SIEM_AND_MDR, Monitoring.SIEM_AND_MDR),
    ("", "timeline.mode", Mode.CAPACITY, Mode.CAPACITY),
    ("", "choices.operation", words.Operator.PARTNER, words.Operator.PARTNER),
    ("more_about_company", "company.name", "Müller GmbH", "Müller GmbH"),
    ("more_about_company", "company.frontline", 40, 40),
    ("more_about_company", "company.devices", 300, 300),
    ("more_about_company", "company.servers", 0, 0),
    ("more_about_company", "company.admins", 3, 3),
    ("more_about_company", "company.sites", 5, 5),
    ("more_about_company", "company.apps", 20, 20),
    ("more_about_company", "company.remote_users", 10, 10),
    ("more_about_company", "company.macs", 12, 12),
    ("more_about_company", "company.machines", 30, 30),
    ("more_about_company", "company.full_time_equivalents", 90.5, Decimal("90.5")),
    ("more_about_company", "company.works_council", False, False),
    ("more_about_company", "company.local_directory", False, False),
    ("choices", "choices.identity_provider", IdentityProvider.GOOGLE, IdentityProvider.GOOGLE),
    ("choices", "choices.billing", Billing.ANNUAL_PREPAID, Billing.ANNUAL_PREPAID),
    ("choices", "choices.remote_access", RemoteAccess.ZTNA, RemoteAccess.ZTNA),
    ("choices", "choices.segmentation", words.Segmentation.MICRO, words.Segmentation.MICRO),
    ("choices", "choices.risk_access", words.RiskAccess.EVERYONE, words.RiskAccess.EVERYONE),
    ("choices", "company.running", [words.Running.SIEM], (words.Running.SIEM,)),
    ("calendar_and_teams", "timeline.steps", words.StepOrder.IN_TURN, words.StepOrder.IN_TURN),
    ("calendar_and_teams", "uncertainty.reaction", 50, Decimal("0.5")),
    ("calendar_and_teams", "timeline.start", date(2027, 3, 1), date(2027, 3, 1)),
    ("calendar_and_teams", "timeline.region", "AT", "AT"),
    ("calendar_and_teams", "timeline.year_end_freeze", False, False),
    ("calendar_and_teams", "timeline.max_internal_days_per_week", 4.5, Decimal("4.5")),
    ("calendar_and_teams", "timeline.max_external_days_per_week", 3.0, Decimal(3)),
    ("calendar_and_teams", "timeline.protection_first", 0.3, Decimal("0.3")),
    ("rates", "labour.internal_day_cost", 480.0, Decimal(480)),
    ("rates", "labour.coordination_share.internal", 5, Decimal("0.05")),
    ("rates", "labour.coordination_share.external", 25, Decimal("0.25")),
    ("rates", "finance.horizon_months", 60, 60),
    ("rates", "finance.monthly_cap", 12_000.0, Decimal(12_000)),
    ("display", "display.vat_country", "DE", "DE"),
    ("display", "display.currency", Currency.CHF, Currency.CHF),
)
"""Fold, path, what its widget is set to, what its field holds then."""


def field_of(scenario: Scenario, path: str) -> object:
    """Return a field by its dotted path; None for an own price that is not there."""
    if path.startswith("prices.overrides."):
        return scenario.prices.overrides.get(path.removeprefix("prices.overrides."))
    return reduce(getattr, path.split("."), scenario)


@pytest.mark.parametrize(("path", "shown", "kept", "first"), SLIDERS)
@pytest.mark.extended
def test_a_slider_moves_its_number(
    screen: Screen, path: str, shown: float, kept: object, first: tuple[str, Any] | None
) -> None:
    screen.run()
    if first is not None:
        screen.move(*first)
    before = screen.plan
    screen.move(f"{path}:slider", shown)
    assert field_of(screen.scenario, path) == kept
    assert screen.plan != before
    assert (screen.shows(f"{path}:slider"), screen.number(f"{path}:field")) == (shown, Decimal(str(shown)))
    assert not screen.errors
    assert screen.state.number > 0


@pytest.mark.extended
def test_the_teams_that_were_found_for_the_finish_stay_when_teams_are_set(screen: Screen) -> None:
    screen.run()
    before = screen.plan
    screen.move(*CAPACITY)
    assert (screen.plan.capacity, screen.plan.tasks) == (before.capacity, before.tasks)
    assert screen.number("timeline.internal_days_per_week:field") == before.capacity.internal
    assert screen.press(UNDO).scenario == before.scenario


@pytest.mark.extended
def test_levelled_dates_come_back_with_the_teams_that_they_were_found_for(screen: Screen) -> None:
    starts = (("a", date(2027, 3, 1)),)
    screen.run().move(*CAPACITY).move("timeline.internal_days_per_week:field", 4)
    changes(screen.state, levelling__starts=starts)
    screen.run().move("timeline.mode", Mode.DEADLINE).move(*CAPACITY)
    assert screen.scenario.timeline.internal_days_per_week == 4


@pytest.mark.extended
@pytest.mark.parametrize(("moved", "other"), [("slider", "field"), ("field", "slider")])
def test_a_number_is_set_back_by_its_other_widget(screen: Screen, moved: str, other: str) -> None:
    screen.run().move(f"company.employees:{moved}", 121).move(f"company.employees:{other}", 120)
    assert screen.scenario.company.employees == 120
    assert screen.shows("company.employees:slider") == screen.number("company.employees:field") == 120


@pytest.mark.extended
def test_a_number_may_lie_where_the_slider_does_not_reach(screen: Screen) -> None:
    screen.run()
    for path, shown, kept in BEYOND_THE_SLIDER:
        screen.move(f"{path}:field", shown)
        assert field_of(screen.scenario, path) == kept, path
        assert (screen.shows(f"{path}:slider"), screen.number(f"{path}:field")) == (shown, Decimal(str(shown))), path
        screen.run()
        assert field_of(screen.scenario, path) == kept, path


def is_shown_otherwise(path: str) -> bool:
    """Tell whether a widget holds something else than its field: a share in per cent, a list."""
    return (unit_of(path) is SHARE and path != "timeline.protection_first") or path == "company.running"


@pytest.mark.parametrize("fold", dict.fromkeys(fold for fold, *_ in FIELDS))
@pytest.mark.extended
def test_the_fields_of_a_fold_move(screen: Screen, fold: str) -> None:
    screen.unfold(f"fold:{fold}")
    for _, path, given, kept in (field for field in FIELDS if field[0] == fold):
        assert field_of(screen.scenario, path) != kept, path
        screen.move(path, given)
        assert field_of(screen.scenario, path) == kept, path
        assert screen.held(path) == (given if is_shown_otherwise(path) else kept), path
        assert not screen.errors or screen.plan.is_blocked, path


@pytest.mark.extended
@pytest.mark.parametrize(
    ("fold", "path", "given", "emptied"),
    [
        ("more_about_company", "company.full_time_equivalents", 90.5, None),
        ("rates", "labour.coordination_share.internal", 5, None),
        ("calendar_and_teams", "uncertainty.reaction", 50, None),
        ("rates", "finance.monthly_cap", 12_000.0, None),
        ("display", "display.vat_country", "CH", ""),
        ("rates", "labour.internal_day_cost", 480.0, None),
        ("calendar_and_teams", "timeline.region", "AT", ""),
    ],
)
def test_a_field_that_may_be_empty_is_emptied(
    screen: Screen, fold: str, path: str, given: object, emptied: object
) -> None:
    screen.run()
    if fold:
        screen.unfold(f"fold:{fold}")
    screen.move(path, given)
    screen.move(path, emptied)
    assert not screen.errors
    assert field_of(screen.scenario, path) is None


@pytest.mark.parametrize("path", ["timeline.start", "timeline.max_internal_days_per_week", "company.sites"])
def test_a_field_that_may_not_be_empty_falls_back_or_stands(screen: Screen, path: str) -> None:
    screen.unfold("fold:more_about_company", "fold:calendar_and_teams")
    before, held = field_of(screen.scenario, path), screen.held(path)
    screen.move(path, None)
    assert field_of(screen.scenario, path) == before
    assert screen.held(path) == held


@pytest.mark.extended
def test_a_part_of_a_country_is_chosen_where_it_has_holidays_of_its_own(screen: Screen) -> None:
    screen.unfold("fold:calendar_and_teams")
    assert (screen.shows("timeline.region"), screen.shows("timeline.region:DE")) == ("DE", "NW")
    assert "North Rhine-Westphalia" in screen.widget("timeline.region:DE").options
    screen.move("timeline.region:DE", "BY")
    assert screen.scenario.timeline.region == "DE-BY"
    screen.move("timeline.region:DE", "")
    assert screen.scenario.timeline.region == "DE"
    screen.move("timeline.region", "CH")
    assert (screen.scenario.timeline.region, screen.shows("timeline.region:CH")) == ("CH", "")
    screen.move("timeline.region", "LU")
    assert (screen.scenario.timeline.region, screen.has("timeline.region:LU")) == ("LU", False)
    assert {"Luxembourg", "United Kingdom", "None: no public holidays"} <= set(screen.widget("timeline.region").options)


@pytest.mark.extended
def test_a_region_of_a_file_that_the_list_does_not_name_is_shown_as_it_stands(screen: Screen) -> None:
    screen.load(b'{"timeline": {"region": "UK-SCT"}}').unfold("fold:calendar_and_teams")
    assert (screen.shows("timeline.region"), screen.shows("timeline.region:UK")) == ("UK", "SCT")


@pytest.mark.extended
def test_machines_follow_the_people_again(screen: Screen) -> None:
    screen.unfold("fold:more_about_company").move("company.devices", 10).move("company.sites", 7)
    screen.move("company.employees:slider", 200)
    assert [screen.number(f"company.{name}") for name in ("devices", "sites", "apps")] == [10, 7, 11]
    screen.press("follow")
    assert (screen.scenario.company.devices, screen.scenario.company.sites) == (None, None)
    assert [screen.number(f"company.{name}") for name in ("devices", "sites", "apps")] == [240, 2, 11]


@pytest.mark.extended
def test_closures_are_added_and_taken_away(screen: Screen) -> None:
    screen.unfold("fold:calendar_and_teams")
    screen.set("closure:0:first", date(2027, 7, 26))
    screen.set("closure:0:last", date(2027, 8, 6))
    screen.press("add_closure")
    assert field_of(screen.scenario, "timeline.closures") == ((date(2027, 7, 26), date(2027, 8, 6)),)
    screen.press("closure:2027-07-26:2027-08-06")
    assert field_of(screen.scenario, "timeline.closures") == ()


@pytest.mark.extended
def test_a_closure_that_ends_before_it_starts_is_refused(screen: Screen) -> None:
    screen.unfold("fold:calendar_and_teams")
    screen.set("closure:0:first", date(2027, 8, 6))
    screen.set("closure:0:last", date(2027, 7, 26))
    screen.press("add_closure")
    assert screen.scenario.timeline.closures == ()
    assert any("before it starts" in error for error in screen.errors)
    assert screen.held("closure:0:first") == date(2027, 8, 6)
    screen.set("closure:0:first", date(2027, 7, 26))
    screen.press("add_closure")
    assert field_of(screen.scenario, "timeline.closures") == ((date(2027, 7, 26), date(2027, 7, 26)),)
    assert not screen.errors
    assert screen.shows("closure:1:first") == ""


@pytest.mark.extended
@pytest.mark.parametrize("name", ["first", "last"])
def test_a_closure_with_a_day_that_cannot_be_read_is_refused_and_kept(screen: Screen, name: str) -> None:
    screen.unfold("fold:calendar_and_teams").set("closure:0:first", date(2027, 7, 26))
    screen.set(f"closure:0:{name}", "31/02/2027")
    screen.press("add_closure")
    (error,) = screen.errors
    assert error.endswith("day: '31/02/2027' is not a date. Write a date as in 31/12/2027.")
    assert screen.shows(f"closure:0:{name}") == "31/02/2027"
    assert screen.scenario.timeline.closures == ()


@pytest.mark.extended
def test_a_closure_without_a_first_day_says_what_is_missing(screen: Screen, says: Says) -> None:
    screen.unfold("fold:calendar_and_teams").press("add_closure")
    says(screen.errors)
    screen.set("closure:0:first", date(2027, 7, 26))
    screen.press("add_closure")
    assert field_of(screen.scenario, "timeline.closures") == ((date(2027, 7, 26), date(2027, 7, 26)),)
    assert not screen.errors


@pytest.mark.extended
@pytest.mark.parametrize("widget", ["slider", "field"])
def test_fewer_people_than_frontline_people_are_refused(screen: Screen, widget: str) -> None:
    screen.unfold("fold:more_about_company").move("company.frontline", 100)
    before = screen.headline
    screen.move(f"company.employees:{widget}", 90)
    assert any(error.startswith("Frontline people: 100 is not between") for error in screen.errors)
    assert screen.headline == before
    assert screen.scenario.company.employees == 120
    assert screen.shows("company.employees:slider") == screen.number("company.employees:field") == 120
    screen.run()
    assert not screen.errors


@pytest.mark.parametrize(("path", "given"), [("company.name", "x" * 81), ("company.name", "tab\there")])
def test_a_text_that_is_refused_is_named_and_nothing_changes(screen: Screen, path: str, given: str) -> None:
    screen.unfold("fold:more_about_company", "fold:calendar_and_teams")
    before = screen.scenario
    screen.move(path, given)
    assert any(error.startswith(f"{path}: ") for error in screen.errors)
    assert screen.scenario == before
    assert screen.shows(path) == given
