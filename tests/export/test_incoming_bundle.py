"""Bundles that come back: identical cents, with the data that they were computed with, and what differs is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import TODAY, case, law, plan, plan_for, scenario
from tests.figures import default_figures
from tests.incoming import packed, parts, read
from tests.papers import beside, handout
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.data.phase_model import MODEL_VERSION
from zt_planner.domain.data.rules import Rules
from zt_planner.domain.incoming import FileKind
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.errors import CatalogError, PlannerError
from zt_planner.files.formats import Format, everything, files_in, one_file
from zt_planner.media.csv.dialects import Dialect
from zt_planner.workspace.incoming import OpenPlan, read_file


@pytest.mark.extended
def test_a_bundle_opens_years_later_to_the_cents_of_its_own_prices_and_tasks() -> None:
    handed = handout(scenario(company__employees=180))
    content = one_file(Format.BUNDLE, handed, Dialect.RFC4180)
    dearer = replace(
        price_book(), prices=tuple(row.model_copy(update={"amount": row.amount + 1}) for row in price_book().prices)
    )
    longer = replace(
        phase_model(),
        tasks=tuple(task.model_copy(update={"base_days": task.base_days + 1}) for task in phase_model().tasks),
    )
    later = TODAY.replace(year=TODAY.year + 4)
    now = plan_for(case_of(Scenario(), dearer, longer, today=later))
    said = read_file(content, "plan.ztplan", OpenPlan(now, dearer, longer, later))
    assert said.scenario is not None
    there = plan_for(case_of(said.scenario, dearer, longer, today=later))
    assert there.headlines == handed.plan.headlines
    assert [line.amount for line in there.cost_lines] == [line.amount for line in handed.plan.cost_lines]
    assert {notice.problem for notice in said.notices} == {
        "its prices are not those of this program",
        "its tasks are not those of this program",
    }
    shipped = plan_for(case_of(said.scenario.without_kept_data(), dearer, longer, today=later))
    assert shipped.headlines != there.headlines
    again = one_file(Format.BUNDLE, replace(handed, plan=there), Dialect.RFC4180)
    assert [part for name, part in parts(again).items() if name != "manifest.json"] == [
        part for name, part in parts(content).items() if name != "manifest.json"
    ]


def test_laws_are_in_a_bundle_for_the_record_and_whoever_opens_it_goes_by_those_of_the_program() -> None:
    handed = handout(scenario(company__employees=180))
    content = one_file(Format.BUNDLE, handed, Dialect.RFC4180)
    written = json.loads(parts(content)["regulation.json"])
    assert [row["country"] for row in written] == [law.country for law in phase_model().rules.laws]
    rules = Rules((law("AT"),))
    later = replace(phase_model(), tasks=phase_model().tasks[:-1], rules=rules)
    now = plan(Scenario(), price_book(), later)
    said = read_file(content, "plan.ztplan", OpenPlan(now, price_book(), later, TODAY))
    assert said.scenario is not None
    assert said.scenario.tasks.kept_model is not None
    opened = case(said.scenario, price_book(), later)
    assert opened.base_model.rules == rules


def bundle_with(name: str, change: Callable[[Any], Any]) -> bytes:
    files = parts(one_file(Format.BUNDLE, handout(), Dialect.RFC4180))
    files[name] = json.dumps(change(json.loads(files[name]))).encode()
    return packed(files)


def test_a_bundle_that_comes_to_something_else_than_it_says_is_reported() -> None:
    def change(manifest: Any) -> Any:  # noqa: ANN401 - JSON
        manifest["figures"]["first_year_budget"] = "1.00"
        manifest["versions"]["model"] = "1-abc"
        return manifest

    said = read(bundle_with("manifest.json", change), handout().plan)
    values = [notice.values for notice in said.notices]
    assert {"there": "1", "here": MODEL_VERSION} in values
    assert {"name": "first_year_budget", "before": "1.00", "now": str(default_figures().first_year_budget)} in values


@pytest.mark.extended
def test_everything_in_one_file_opens_by_the_bundle_in_it() -> None:
    handed = handout(scenario(company__employees=180))
    content = everything(handed, Dialect.RFC4180)
    said = read(content, handout().plan)
    assert (said.source, said.scenario) == (FileKind.BUNDLE, handed.plan.scenario)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("letters", ["ABC", "BAC", "CAB"])
@pytest.mark.extended
def test_tables_with_a_comparison_among_them_come_back(letters: str, dialect: Dialect, says: Says) -> None:
    handed = beside({"choices__monitoring": "mdr"}, {}, letters=letters)
    said = read(one_file(Format.CSV, handed, dialect), handed.plan)
    assert (said.source, said.edits, said.left_out) == (FileKind.TABLES, {}, ())
    for name in ("comparison.csv", "bridge.csv"):
        (left,) = read(files_in(Format.CSV, handed, dialect)[name], handed.plan).left_out
        says(left.problem)


def test_a_bundle_without_day_rates_takes_those_of_the_program() -> None:
    hidden = handout(scenario(labour__external_day_rate=999), shows_labour=False)
    content = one_file(Format.BUNDLE, hidden, Dialect.RFC4180)
    assert b"999" not in b"".join(part for name, part in parts(content).items() if name == "scenario.json")
    assert b"external-day" not in parts(content)["prices.json"]
    said = read(content, handout().plan)
    assert said.scenario == Scenario().changed("timeline.start", handout().plan.scenario.timeline.start)
    others = parts(content)
    others["prices.json"] = json.dumps(json.loads(others["prices.json"])[1:]).encode()
    found = read(packed(others), handout().plan).scenario
    assert found is not None
    assert found.prices.kept_book is not None
    assert {"internal-day", "external-day"} <= found.prices.kept_book.book.rows_by_id.keys()


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("manifest.json", lambda it: {**it, "format": 9}, "Update ZT Planner"),
        ("manifest.json", lambda _: [], "Update ZT Planner"),
        ("prices.json", lambda it: [{**it[0], "amount": "-1"}], "prices.csv, row 2, column amount"),
        ("prices.json", lambda it: [{**it[0], "surprise": "1"}], "the column 'surprise' is unknown"),
        ("prices.json", lambda _: "nothing", "it is not a table"),
        ("tasks.json", lambda it: it[:5], "tasks.csv"),
        ("fx.json", lambda _: [{}] * 3001, "it is not a table of at most"),
        ("scenario.json", lambda it: {**it, "company": {"employees": -1}}, "company.employees"),
    ],
)
def test_a_bundle_with_a_wrong_part_is_refused_by_its_place(name: str, change: Callable[[Any], Any], said: str) -> None:
    with pytest.raises(PlannerError, match=said):
        read(bundle_with(name, change), handout().plan)


def test_a_bundle_without_one_of_its_parts_is_refused() -> None:
    files = parts(one_file(Format.BUNDLE, handout(), Dialect.RFC4180))
    del files["vat.json"]
    with pytest.raises(CatalogError, match=r"its part 'vat\.json' is missing"):
        read(packed(files), handout().plan)
