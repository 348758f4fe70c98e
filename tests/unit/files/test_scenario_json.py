"""A scenario survives its file, and whatever else a file may hold is refused with a path and a remedy."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY
from tests.property.strategies import task_edits
from zt_planner.domain.scenario.fields import MOST_LISTED
from zt_planner.domain.scenario.scenario import (
    SCHEMA_VERSION,
    Billing,
    IdentityProvider,
    Mode,
    Monitoring,
    RemoteAccess,
    RiskAccess,
    Running,
    Scenario,
    StepOrder,
)
from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.errors import ScenarioError
from zt_planner.files import scenario_problems
from zt_planner.files.json_text import DEEPEST_NESTING, LARGEST_FILE_BYTES
from zt_planner.files.scenario_json import parsed_scenario, scenario_bytes, scenario_from, with_settings
from zt_planner.files.scenario_problems import field_paths

days = st.dates(date(2020, 1, 1), date(2100, 12, 31))
shares = st.decimals(0, 1, places=4)
weekly = st.decimals("0.25", 50, places=3)
money = st.decimals(0, "999999999999.99", places=2)
names = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=NAME_LENGTH)
seats = st.none() | st.integers(1, 5000)
until = st.none() | days


@st.composite
def companies(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a company whose numbers fit together."""
    employees = draw(st.integers(1, 5000))
    frontline = draw(st.integers(0, employees - 1))
    devices = draw(st.none() | st.integers(0, 20_000))
    return {
        "name": draw(names),
        "employees": employees,
        "frontline": frontline,
        "devices": devices,
        "servers": draw(st.none() | st.integers(0, 2000)),
        "admins": draw(st.none() | st.integers(1, employees - frontline)),
        "remote_users": draw(st.none() | st.integers(0, employees)),
        "works_council": draw(st.booleans()),
        "owned_licences": draw(
            st.lists(st.fixed_dictionaries({"licence": names, "seats": seats, "until": until}), max_size=12)
        ),
        "running": draw(st.lists(st.sampled_from(Running))),
        "macs": draw(st.integers(0, 20_000 if devices is None else devices)),
        "machines": draw(st.integers(0, 5_000)),
        "local_directory": draw(st.booleans()),
        "full_time_equivalents": draw(st.none() | st.decimals("0.1", 5000, places=1)),
    }


scenarios = st.builds(
    lambda **groups: Scenario.model_validate(groups),
    company=companies(),
    choices=st.fixed_dictionaries(
        {
            "identity_provider": st.sampled_from(IdentityProvider),
            "billing": st.sampled_from(Billing),
            "monitoring": st.sampled_from(Monitoring),
            "remote_access": st.sampled_from(RemoteAccess),
            "risk_access": st.sampled_from(RiskAccess),
            "hardware_reuse": shares,
        }
    ),
    timeline=st.fixed_dictionaries(
        {
            "start": days,
            "mode": st.sampled_from(Mode),
            "steps": st.sampled_from(StepOrder),
            "internal_days_per_week": weekly,
            "protection_first": shares,
            "region": st.sampled_from(("DE", "DE-NW", "AT", None)),
            "closures": st.lists(st.tuples(days, days).map(sorted), max_size=3),
        }
    ),
    labour=st.fixed_dictionaries({"internal_day_cost": st.none() | money}),
    finance=st.fixed_dictionaries({"contingency": shares, "monthly_cap": st.none() | money.filter(bool)}),
    prices=st.fixed_dictionaries({"overrides": st.dictionaries(names, money, max_size=3)}),
    tasks=task_edits(("kickoff", "v1.2", "mfa_rollout"), days, "10000", 520),
)


def problems_of(data: object) -> dict[str, str]:
    """Return the path and the English line of each problem of a refused file."""
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(ScenarioError) as caught:
        scenario_from(content, today=TODAY)
    return {problem.path: str(problem) for problem in caught.value.problems}


def is_read_or_refused(content: bytes) -> bool:
    """Tell whether a file gives a scenario, or problems that all have a path and a remedy."""
    try:
        return scenario_from(content, today=TODAY).timeline.start is not None
    except ScenarioError as error:
        return bool(error.problems) and all(problem.path and str(problem) for problem in error.problems)


@given(scenarios)
def test_what_is_saved_is_loaded_again(scenario: Scenario) -> None:
    content = scenario_bytes(scenario)
    loaded = scenario_from(content, today=TODAY)
    assert loaded == scenario
    assert loaded.version == scenario.version
    assert scenario_bytes(loaded) == content


@given(st.binary(max_size=200))
def test_no_bytes_make_it_crash(content: bytes) -> None:
    assert is_read_or_refused(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(field_paths()), json_values, max_size=4))
def test_no_value_in_any_field_makes_it_crash(fields: dict[str, object]) -> None:
    data: dict[str, Any] = {}
    for path, value in fields.items():
        group, _, leaf = path.partition(".")
        place = data.get(group, {})
        data[group] = {**place, leaf: value} if leaf and isinstance(place, dict) else value
    assert is_read_or_refused(json.dumps(data).encode())


def test_a_file_that_names_no_version_is_of_this_one() -> None:
    named, unnamed = b'{"schema_version": 1, "company": {"employees": 90}}', b'{"company": {"employees": 90}}'
    today = date(2026, 11, 6)
    assert scenario_from(named, today=today) == scenario_from(unnamed, today=today)


@pytest.mark.parametrize(
    ("setting", "path"),
    [
        ("prices.as_of=2019-12-31", "prices.as_of"),
        ("prices.rise=2.01", "prices.rise"),
        ("prices.rise=-0.51", "prices.rise"),
        ("prices.rise=null", "prices.rise"),
        ("prices.rise_from=July", "prices.rise_from"),
    ],
)
def test_prices_by_date_have_bounds(setting: str, path: str) -> None:
    with pytest.raises(ScenarioError, match=path):
        with_settings(Scenario(), (setting,))


def test_prices_by_date_are_set_on_the_command_line() -> None:
    settings = ("prices.as_of=2026-05-15", "prices.rise=0.1", "prices.rise_from=2027-07-01")
    prices = with_settings(Scenario(), settings).prices
    assert (prices.as_of, prices.rise, prices.rise_from) == (date(2026, 5, 15), Decimal("0.1"), date(2027, 7, 1))


def test_the_file_has_the_form_of_the_model() -> None:
    scenario = with_settings(
        Scenario(),
        (
            "timeline.start=2027-01-04",
            'timeline.closures=[["2027-07-26", "2027-08-13"]]',
            "labour.external_day_rate=1150",
            "company.name=Müller & Söhne",
            'company.owned_licences=[{"licence": "m365-e3", "seats": 90, "until": "2027-06-30"}]',
            'company.running=["training", "siem"]',
            "tasks.edits.mfa_rollout.done=0.4",
        ),
    )
    content = scenario_bytes(scenario)
    assert content.endswith(b"}\n")
    assert "Müller".encode() in content
    data = json.loads(content)
    assert data["schema_version"] == SCHEMA_VERSION
    assert data["company"]["devices"] is None
    assert data["choices"]["hardware_reuse"] == 1
    assert data["finance"]["contingency"] == 0.15
    assert data["timeline"]["start"] == "2027-01-04"
    assert data["timeline"]["closures"] == [["2027-07-26", "2027-08-13"]]
    assert data["labour"]["external_day_rate"] == "1150.00"
    assert data["labour"]["coordination_share"] == {"internal": None, "external": None}
    assert data["company"]["owned_licences"] == [{"licence": "m365-e3", "seats": 90, "until": "2027-06-30"}]
    assert data["company"]["running"] == ["siem", "training"]
    assert data["tasks"]["edits"] == {"mfa_rollout": {"done": 0.4}}


def test_a_file_may_leave_everything_out() -> None:
    loaded = scenario_from(b"{}", today=TODAY)
    assert loaded.timeline.start == date(2027, 1, 4)
    assert parsed_scenario(b"{}") == Scenario()


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parsed_scenario(b"\xef\xbb\xbf{}") == Scenario()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"\xff", "not UTF-8"),
        (b"{,}", "line 1, column 2"),
        (b"[1]", "not a scenario"),
        (b'"text"', "not a scenario"),
        (b'{"company": {"employees": NaN}}', "NaN is not a number"),
        (b'{"company": {"employees": -Infinity}}', "-Infinity is not a number"),
        (b'{"company": {}, "company": {}}', "'company' appears twice"),
        (b" " * (LARGEST_FILE_BYTES + 1), "more than the limit of 1000000"),
        (b"[" * 100_000, f"more than {DEEPEST_NESTING} levels"),
        (b"[" * 30 + b"]" * 30, f"more than {DEEPEST_NESTING} levels"),
    ],
)
def test_a_file_as_a_whole_is_refused_by_its_name(content: bytes, words: str) -> None:
    assert words in problems_of(content)["scenario.json"]


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        ({"schema_version": 99, "later": 1}, "schema_version", "Use the ZT Planner that wrote it"),
        ({"schema_version": 0}, "schema_version", "Use the ZT Planner that wrote it"),
        ({"schema_version": True}, "schema_version", "true is not a whole number"),
        ({"company": {"employes": 1}}, "company.employes", "Did you mean company.employees?"),
        ({"employees": 1}, "employees", "Did you mean company.employees?"),
        ({"budgets": 1}, "budgets", "Use one of: schema_version, company,"),
        ({"company": {"employees": "180"}}, "company.employees", '"180" is not a whole number'),
        ({"company": {"employees": True}}, "company.employees", "true is not a whole number"),
        ({"company": {"employees": None}}, "company.employees", "null is not a whole number"),
        ({"company": {"employees": 1.5}}, "company.employees", "1.5 is not a whole number"),
        ({"company": {"employees": 5001}}, "company.employees", "Write 5000 or less"),
        ({"company": {"employees": 10**60}}, "company.employees", "beyond all bounds"),
        ({"company": {"employees": 10, "frontline": 10}}, "company.frontline", "not between 0 and 9"),
        ({"company": {"employees": 10, "admins": 11}}, "company.admins", "Write 10 at most"),
        ({"company": {"name": "x" * 81}}, "company.name", "81 characters"),
        ({"company": {"name": "a\tb"}}, "company.name", "control characters"),
        ({"company": {"name": "\ud800"}}, "company.name", "control characters"),
        ({"company": {"name": 7}}, "company.name", "7 is not a text"),
        ({"company": {"works_council": 1}}, "company.works_council", "neither true nor false"),
        ({"company": [1]}, "company", "not a group of fields"),
        ({"choices": {"billing": "monthlyy"}}, "choices.billing", "Did you mean monthly"),
        ({"company": {"sector": "wrong"}}, "company.sector", "Use one of: energy, transport, banking,"),
        ({"company": {"standstill_day_cost": -1}}, "company.standstill_day_cost", "Write more than 0"),
        ({"company": {"standstill_day_cost": "0"}}, "company.standstill_day_cost", "Write more than 0"),
        ({"choices": {"monitoring": None}}, "choices.monitoring", "Use one of: none, siem, mdr, siem_and_mdr"),
        ({"timeline": {"start": "2019-12-31"}}, "timeline.start", "Write 2020-01-01 or later"),
        ({"timeline": {"start": "04.01.2027"}}, "timeline.start", "Write the date as 2027-01-04"),
        ({"timeline": {"start": 20270104}}, "timeline.start", "is not a date"),
        ({"timeline": {"closures": [["2027-01-01", "2027-02-30"]]}}, "timeline.closures.0.1", "is not a date"),
        ({"timeline": {"closures": [["2027-02-01", "2027-01-01"]]}}, "timeline.closures.0", "before it starts"),
        ({"timeline": {"closures": [["2027-02-01"]]}}, "timeline.closures.0.1", "first and last day"),
        ({"timeline": {"closures": [[None, "2027-02-01"]]}}, "timeline.closures.0.0", "null is not a date"),
        ({"timeline": {"start": "2027-W01-4"}}, "timeline.start", "is not a date"),
        ({"timeline": {"closures": 5}}, "timeline.closures", "not a list of closures"),
        ({"timeline": {"region": "DE-XX"}}, "timeline.region", "not a region"),
        ({"timeline": {"region": 5}}, "timeline.region", "5 is not a text"),
        ({"timeline": {"internal_days_per_week": 0.2}}, "timeline.internal_days_per_week", "Write 0.25 or more"),
        ({"timeline": {"protection_first": 1e-20}}, "timeline.protection_first", "too many digits"),
        ({"labour": {"internal_day_cost": 1.005}}, "labour.internal_day_cost", "two decimals at most"),
        ({"labour": {"external_day_rate": []}}, "labour.external_day_rate", "[] is not an amount"),
        ({"finance": {"monthly_cap": 0}}, "finance.monthly_cap", "Write more than 0"),
        ({"prices": {"overrides": {"entra-p2": "1,5"}}}, "prices.overrides.entra-p2", "is not an amount"),
        ({"prices": {"overrides": {"a\x00b": 1}}}, "prices.overrides.a\\x00b", "control characters"),
        ({"prices": {"overrides": 5}}, "prices.overrides", "not a group of fields"),
    ],
)
def test_a_faulty_field_is_named_with_its_remedy(data: object, path: str, words: str) -> None:
    assert words in problems_of(data)[path]


@pytest.mark.parametrize("number", [b"1e999999999", b"1e-999999999", b"1e" + b"9" * 5000, b"1" * 5000])
def test_an_outlandish_number_is_refused_at_once(number: bytes) -> None:
    content = b'{"company": {"employees": ' + number + b"}}"
    assert "beyond all bounds" in problems_of(content)["company.employees"]


def test_all_faulty_fields_are_named_at_once() -> None:
    data = {"company": {"employees": 0, "sites": "2"}, "finance": {"contingency": 2}, "extra": 1}
    assert set(problems_of(data)) == {"company.employees", "company.sites", "finance.contingency", "extra"}


SETTINGS = ("company.employees=20", "company.frontline=15", "company.admins=5", "prices.overrides.entra-p2=8.5")


@pytest.mark.parametrize("order", tuple(permutations(SETTINGS)))
def test_the_order_of_settings_does_not_matter(order: tuple[str, ...]) -> None:
    changed = with_settings(Scenario(), order)
    assert (changed.company.employees, changed.company.frontline, changed.company.admins) == (20, 15, 5)
    assert changed.prices.overrides == {"entra-p2": Decimal("8.50")}


@pytest.mark.parametrize(
    ("settings", "path", "words"),
    [
        (("company.employees",), "company.employees", "there is no value"),
        (("=5",), "=5", "there is no value"),
        (("company.emploees=5",), "company.emploees", "Did you mean company.employees?"),
        (("x.y=3",), "x.y", "'x' is not a field. Use one of: schema_version, company,"),
        (("company.employees.z=3",), "company.employees.z", "'z' is not a field. Use one of: company.employees."),
        (("companny.employees=5",), "companny.employees", "Did you mean company.employees?"),
        (("prices.overrides.=5",), "prices.overrides.", "is not a field"),
        (("company.employees=5", "company.employees=6"), "company.employees", "set twice"),
        (('company={"sites": 3}', "company.employees=6"), "company.employees", "set twice"),
        (("company.employees=many",), "company.employees", '"many" is not a whole number'),
        (("company.employees=NaN",), "company.employees", '"NaN" is not a whole number'),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(settings: tuple[str, ...], path: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_settings(Scenario(), settings)
    assert words in {problem.path: str(problem) for problem in caught.value.problems}[path]


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        with_settings(Scenario(), ("x.y=3", "company.employees=many", "timeline.region=XX", "company.sites=5"))
    assert [problem.path for problem in caught.value.problems] == ["x.y", "company.employees", "timeline.region"]


@pytest.mark.parametrize(
    ("text", "name"), [("4711", "4711"), ("null", "null"), ('"A=B"', "A=B"), ("A=B", "A=B"), ("", "")]
)
def test_a_name_is_a_text_whatever_it_looks_like(text: str, name: str) -> None:
    assert with_settings(Scenario(), (f"company.name={text}",)).company.name == name


def test_no_settings_change_nothing() -> None:
    scenario = Scenario()
    assert with_settings(scenario, ()) is scenario


@pytest.mark.parametrize("section", [None, "company", "timeline"])
def test_of_very_many_unknown_fields_the_first_hundred_are_named_and_the_rest_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, section: str | None
) -> None:
    looked_for: list[str] = []

    def nothing_close(wrong: str, *_: object, **__: object) -> list[str]:
        looked_for.append(wrong)
        return []

    monkeypatch.setattr(scenario_problems, "get_close_matches", nothing_close)
    fields = {f"field{number}": 1 for number in range(50_000)}
    content = json.dumps(fields if section is None else {section: fields}).encode()
    assert 700_000 < len(content) < LARGEST_FILE_BYTES
    with pytest.raises(ScenarioError) as caught:
        parsed_scenario(content)
    first, *_, last = map(str, caught.value.problems)
    assert "'field0' is not a field" in first
    assert last == "scenario: only the first 100 problems are listed. Correct these first."
    assert len(caught.value.problems) == MOST_LISTED + 1
    assert len(set(looked_for)) <= 2 * (MOST_LISTED + 1)  # the path, and what stands at its end
