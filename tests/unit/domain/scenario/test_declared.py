"""What the scenario declares of its fields is what it holds to, and all that people need to know of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from zt_planner.domain import units
from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.differences import values_of
from zt_planner.domain.scenario.declared import (
    CENT,
    INPUTS,
    RATE_FIELDS,
    choices_of,
    field_at,
    group_of,
    reveals_rates,
    unit_of,
)
from zt_planner.domain.scenario.fields import FORECASTS, KEPT_BOOK, KEPT_MODEL, NOTES, OPEN, SCAN_RECORDS
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.domain.units import Unit

PATHS = (*values_of(Scenario()), "prices.overrides.cloud-siem")
BOUNDED: dict[str, tuple[Any, Any]] = {
    path: (field.least, field.most)
    for path in PATHS
    if (field := field_at(path)) is not None and field.least is not None and field.most is not None
}
NO_INPUTS = {
    "display.catalogue",
    *("schema_version", "company.name", "display.vat_country", "display.currency"),
    *(
        "company.sector",
        "company.subsector",
        "company.turnover_millions",
        "company.balance_millions",
        "company.under_law_since",
    ),
    *("status.approved", "status.forecasts", "status.scans"),
}
"""What moves no figure: what wrote the file, whose plan it is, which law applies, how amounts are shown."""


def test_every_field_has_a_name() -> None:
    fields = {path: field_at(path) for path in (*PATHS, NOTES, KEPT_BOOK, KEPT_MODEL)}
    assert not [path for path, field in fields.items() if field is None or not field.input.name]


def test_there_is_nothing_to_know_of_a_field_that_is_not_there() -> None:
    assert [field_at(path) for path in ("company.dogs", "dogs", "company.name.x", "")] == [None] * 4
    assert unit_of("company.dogs") is None


@pytest.mark.parametrize("path", BOUNDED)
def test_a_bound_is_the_last_value_that_holds(path: str) -> None:
    least, most = BOUNDED[path]
    step = timedelta(days=1) if isinstance(least, date) else 1 if field_at(path).unit is units.COUNT else CENT  # type: ignore[union-attr]
    for value in (least, most):
        Scenario().changed(path, value)
    for value in (least - step, most + step):
        with pytest.raises(ValidationError):
            Scenario().changed(path, value)


def test_numbers_and_days_have_their_bounds() -> None:
    assert BOUNDED["company.employees"] == (1, 5000)
    assert BOUNDED["timeline.internal_days_per_week"] == (Decimal("0.25"), 50)
    assert BOUNDED["company.full_time_equivalents"] == (Decimal("0.1"), 5000)
    assert BOUNDED["labour.coordination_share.external"] == (0, Decimal("0.5"))
    assert BOUNDED["uncertainty.reaction"] == (0, 1)
    assert BOUNDED["finance.monthly_cap"] == (CENT, Decimal("999999999999.99"))
    assert BOUNDED["timeline.start"] == (date(2020, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("path", "least"), [("company.frontline", 0), ("company.admins", 1), ("company.remote_users", 0)]
)
def test_a_bound_of_another_field_is_left_open(path: str, least: int) -> None:
    field = field_at(path)
    assert field is not None
    assert (field.least, field.most) == (least, None)


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("company.name", units.TEXT),
        ("company.employees", units.COUNT),
        ("company.works_council", units.FLAG),
        ("company.sector", units.CHOICE),
        ("company.owned_licences", units.PARTS),
        ("company.owned_licences.0.until", units.DAY),
        ("labour.coordination_share.internal", units.SHARE),
        ("timeline.start", units.DAY),
        ("timeline.region", units.REGION),
        ("finance.contingency", units.SHARE),
        ("status.bookings.2027-03/licence/", units.MONEY),
        (NOTES, units.TEXT),
    ],
)
def test_the_unit_of_a_value_follows_from_its_type_or_is_declared(path: str, unit: Unit) -> None:
    assert unit_of(path) is unit


def test_every_field_that_moves_a_figure_belongs_to_a_group() -> None:
    assert {path for path, declared in INPUTS.items() if declared.group is None} == NO_INPUTS
    paths = [path for path in values_of(Scenario()) if path not in NO_INPUTS]
    of_many = [f"{start}x" for start in OPEN if start not in {FORECASTS, SCAN_RECORDS}]
    assert all(group_of(path) for path in (*paths, *of_many))
    assert not any(group_of(path) for path in (*NO_INPUTS, NOTES))


@pytest.mark.parametrize(
    ("group", "paths"),
    [
        (InputGroup.PEOPLE, ("company.full_time_equivalents", "company.machines", "company.macs")),
        (InputGroup.LICENCES, ("company.owned_licences", "company.owned_licences.0.seats")),
        (InputGroup.MONITORING, ("company.running", "choices.risk_access")),
        (InputGroup.SCOPE, ("tasks.edits.mfa_rollout.done", "tasks.own.audit")),
        (InputGroup.HARDWARE, ("company.local_directory",)),
        (InputGroup.CALENDAR, ("timeline.confidence", "timeline.steps", "uncertainty.reaction")),
        (InputGroup.FINANCE, ("labour.coordination_share.internal", "company.standstill_day_cost")),
    ],
)
def test_fields_are_changed_by_their_group(group: InputGroup, paths: tuple[str, ...]) -> None:
    assert [group_of(path) for path in paths] == [group] * len(paths)


@pytest.mark.parametrize("start", ["prices.overrides.", "prices.rows.", "uncertainty.price_ranges."])
def test_prices_of_days_belong_to_the_day_rates(start: str) -> None:
    assert group_of(f"{start}internal-day") is group_of("labour.internal_day_cost") is InputGroup.DAY_RATES
    assert group_of(f"{start}entra-p2") is InputGroup.LICENCES
    assert {f"{start}{rate}" for rate in DayRate} < RATE_FIELDS


def test_what_a_day_rate_could_be_computed_from_reveals_it() -> None:
    own = ("labour.internal_day_cost", "labour.external_day_rate", "finance.monthly_cap", "finance.contingency")
    assert all(reveals_rates(path) for path in (*own, "status.bookings.2027-03/consultant/ztna"))
    assert not [path for path in PATHS if reveals_rates(path) and path not in own]
    assert not reveals_rates("status.bookings.2027-03/licence/consultant")


def test_what_is_no_choice_has_no_choices() -> None:
    assert choices_of("timeline.mode") is Mode
    assert (choices_of("finance.contingency"), choices_of("finance.none")) == (None, None)
