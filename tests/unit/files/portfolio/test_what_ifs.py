"""What is asked of a portfolio's plans, what is refused, and which files there are of it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.builders import FREE_SUITE, MONDAY, book, day_rate, model, plan, quiet, task
from tests.in_process import InProcess
from tests.words import told
from zt_planner.engine.plan import Plan
from zt_planner.engine.team_weeks import WEEK
from zt_planner.errors import FileProblem, ScenarioError
from zt_planner.files.portfolio import what_ifs
from zt_planner.files.portfolio.names import WHAT_IFS
from zt_planner.files.portfolio.processes import Done
from zt_planner.files.portfolio.reading import ClientFile, PlanSettings
from zt_planner.files.portfolio.running import PortfolioRun, Stopped, Twin
from zt_planner.files.portfolio.what_ifs import (
    WhatIf,
    WhatIfOptions,
    answered,
    check_asked,
    client_named,
    plans_of,
    write,
)
from zt_planner.files.portfolio.writing import Portfolio
from zt_planner.media.csv.dialects import Dialect
from zt_planner.resources import data_dir

RATES = tuple(day_rate(key, 1000) for key in ("internal-day", "external-day"))
WORK = model(task("work", days=10, external_share=1))


def client(**fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    return plan(quiet(**fields), book(FREE_SUITE, *RATES), WORK)


@pytest.fixture(scope="module")
def plans() -> Mapping[str, Plan]:
    begun = client(status__at=date(2027, 1, 6), status__tasks={"work": {"started": MONDAY}})
    return {"north/acme.json": client(), "bolt.ztplan": client(), "begun.json": begun}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def files(tmp_path: Path) -> tuple[ClientFile, ...]:
    content: dict[str, Any] = {name: {"company": {"employees": 50 + len(name)}} for name in ("acme", "bolt-", "core--")}
    content["endless"] = {"timeline": {"mode": "capacity", "internal_days_per_week": 0.25}}
    for name, fields in content.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(fields), "utf-8")
    return tuple(ClientFile(name, str(tmp_path / f"{name}.json")) for name in content)


SETTINGS = PlanSettings(str(data_dir()), date(2026, 11, 6))


@pytest.mark.extended
def test_several_processes_give_the_plans_of_one(files: Sequence[ClientFile], monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[int, int]] = []
    here = plans_of(files, SETTINGS, 2, lambda *done: shown.append(done))
    monkeypatch.setattr(what_ifs, "PLANNED_AT_ONCE", 2)
    elsewhere = plans_of(files, SETTINGS, 2, lambda *done: shown.append(done))
    assert list(here) == list(elsewhere)
    assert len(here) >= 3
    assert shown == [(2, 4), (4, 4)]
    asked = WhatIfOptions(days_a_week=Decimal(6), is_joint=True, is_compared=True)
    one, several = (answered(asked, made, made).files(Dialect.RFC4180) for made in (here, elsewhere))
    assert one == several


def test_a_client_whose_process_is_killed_is_named_as_its_sum_would_lack_it(
    files: Sequence[ClientFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(InProcess):
        def each(self, _: object, works: Iterable[Any]) -> Iterator[Done[Any, Any]]:
            return (Done(work, None, is_second=True) for work in works)

    monkeypatch.setattr(what_ifs, "Processes", Killed)
    monkeypatch.setattr(what_ifs, "PLANNED_AT_ONCE", 1)
    with pytest.raises(FileProblem, match=r"acme\.json: the process that planned it was killed twice"):
        plans_of(files, SETTINGS, 2, lambda *_: None)


def test_later_starts_are_in_weeks_or_on_a_day_and_a_client_is_named_with_or_without_its_ending(
    plans: Mapping[str, Plan],
) -> None:
    answer = answered(WhatIfOptions(later=("north/acme.json=3", "bolt=2027-01-25")), plans)
    assert [(each.key, each.weeks) for each in answer.later] == [("north/acme.json", 3), ("bolt.ztplan", 3)]
    assert answer == WhatIf(later=answer.later)


def test_the_cap_holds_for_what_starts_later_and_the_draws_are_those_of_what_becomes_of_both(
    plans: Mapping[str, Plan],
) -> None:
    asked = WhatIfOptions(later=("bolt=10",), days_a_week=Decimal(6), first=("bolt",), is_joint=True)
    answer = answered(asked, plans)
    assert answer.levelled is not None
    assert answer.joint is not None
    assert [each.key for each in answer.levelled.clients] == ["bolt.ztplan", "begun.json", "north/acme.json"]
    assert answer.levelled.clients[0].after.case.start == MONDAY + 10 * WEEK
    assert answer.joint.external_days[2].min() > 0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (WhatIfOptions(later=("acme=3",)), ("--later", "there is no client 'acme'", "Did you mean north/acme.json?")),
        (WhatIfOptions(later=("bolt=0",)), ("--later", "'0' is no number of weeks from 1 to 520")),
        (WhatIfOptions(later=("bolt=521",)), ("--later", "'521' is no number of weeks")),
        (WhatIfOptions(later=("bolt=2027-01-04",)), ("--later", "not after its start, 2027-01-04")),
        (WhatIfOptions(later=("bolt",)), ("--later", "'bolt' is without weeks or a day", "acme.json=6")),
        (WhatIfOptions(later=("bolt=6", "bolt.ztplan=8")), ("--later", "'bolt.ztplan' has two starts")),
        (WhatIfOptions(later=("bolt=soon",)), ("--later", "'soon'", "acme.json=6")),
        (WhatIfOptions(later=("begun=3",)), ("--later", "'begun.json' is under way")),
        (WhatIfOptions(later=("bolt=2099-12-31",)), ("--later", "has no schedule if it starts on 2099-12-31")),
        (
            WhatIfOptions(days_a_week=Decimal(5), first=("nobody",)),
            ("--first", "no client 'nobody'", "path of its file"),
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_option_and_the_remedy(
    asked: WhatIfOptions, words: tuple[str, ...], plans: Mapping[str, Plan]
) -> None:
    with pytest.raises(ScenarioError) as error:
        answered(asked, plans)
    for word in words:
        assert word in str(error.value)


def test_a_name_that_two_clients_have_means_neither(plans: Mapping[str, Plan]) -> None:
    both = {**plans, "bolt.json": plans["bolt.ztplan"]}
    assert client_named("--first", "bolt.json", both) == "bolt.json"
    with pytest.raises(ScenarioError, match=r"Did you mean bolt.ztplan or bolt.json"):
        client_named("--first", "bolt", both)


def test_of_a_client_that_was_left_out_the_reason_is_told(plans: Mapping[str, Plan]) -> None:
    run = PortfolioRun(
        twins=(Twin("twin.json", "bolt.ztplan"),), stopped=(Stopped("endless.json", "timeline.too_long"),)
    )
    for name, said in (
        ("twin", "'twin.json' has the same content as bolt.ztplan and is not counted. Name bolt.ztplan."),
        ("endless.json", "'endless.json' is not a client with a schedule"),
    ):
        with pytest.raises(ScenarioError, match=re.escape(said)):
            answered(WhatIfOptions(days_a_week=Decimal(5), first=(name,)), plans, run=run)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (WhatIfOptions(later=("acm=6",)), "--later: there is no client 'acm'. Did you mean acme?"),
        (
            WhatIfOptions(first=("Bakker GmbH",)),
            "--first: there is no client 'Bakker GmbH'. Did you mean north/client7?",
        ),
        (WhatIfOptions(first=("client7",)), "Did you mean north/client7?"),
        (WhatIfOptions(first=("zzz",)), "Write the path of its file within the folder"),
        (WhatIfOptions(later=("acme=6", "acme=8")), "'acme' has two starts"),
        (WhatIfOptions(later=("acme=soon",)), "'soon' is no number of weeks"),
    ],
)
def test_a_wrong_name_is_refused_before_planning_with_what_is_called_alike(
    files: tuple[ClientFile, ...], tmp_path: Path, asked: WhatIfOptions, said: str
) -> None:
    (tmp_path / "client7.json").write_text(json.dumps({"company": {"name": "Bakker GmbH"}}), "utf-8")
    every = (*files, ClientFile("north/client7", str(tmp_path / "client7.json")))
    check_asked(WhatIfOptions(later=("acme=6", "bolt-=2027-06-07"), first=("north/client7",)), every, SETTINGS)
    with pytest.raises(ScenarioError, match=re.escape(said)):
        check_asked(asked, every, SETTINGS)


def test_without_plans_there_is_no_answer_and_no_client_to_name() -> None:
    assert answered(WhatIfOptions(days_a_week=Decimal(5), is_joint=True), {}) == WhatIf()
    with pytest.raises(ScenarioError, match="Name a folder with plans"):
        answered(WhatIfOptions(later=("acme=3",)), {})


@pytest.mark.parametrize("asked", [WhatIfOptions(days_a_week=Decimal(6)), WhatIfOptions(is_joint=True)])
def test_what_all_come_to_says_who_has_no_schedule_and_is_not_in_it(
    plans: Mapping[str, Plan], asked: WhatIfOptions
) -> None:
    run = PortfolioRun(stopped=(Stopped("endless.json", "timeline.too_long"),))
    said = "1 client has no schedule and is in none of these figures: endless.json."
    for planned in (plans, {}):
        *_, last = answered(asked, planned, run=run).blocks()
        assert told(last).text == said
    assert not answered(WhatIfOptions(later=("bolt=1",)), plans, run=run).left_out
    assert not answered(asked, plans, run=PortfolioRun()).left_out
    (compared,) = answered(WhatIfOptions(is_compared=True), {}, {}, run).blocks()
    assert told(compared).text.startswith("1 client has no plan, as its file says or with what is set")


def test_a_move_without_all_prices_is_marked_in_the_file(plans: Mapping[str, Plan], tmp_path: Path) -> None:
    unpriced = plan(quiet(), book(FREE_SUITE, RATES[0]), WORK)
    write(answered(WhatIfOptions(later=("bolt=1", "dear=1")), {**plans, "dear.json": unpriced}), Portfolio(tmp_path))
    marked = {row["client"]: row["is_lower_bound"] for row in rows_of(tmp_path / "later.csv")}
    assert marked == {"bolt.ztplan": "false", "dear.json": "true"}


def test_the_files_are_those_of_the_answer_and_others_are_removed(plans: Mapping[str, Plan], tmp_path: Path) -> None:
    whole = WhatIfOptions(later=("bolt=1",), days_a_week=Decimal(6), is_joint=True, is_compared=True)
    answer = answered(whole, plans, dict(plans))
    assert set(write(answer, Portfolio(tmp_path))) == set(WHAT_IFS) == {path.name for path in tmp_path.iterdir()}
    assert len([*answer.blocks()]) > 10
    moves = rows_of(tmp_path / "moves.csv")
    assert {row["client"]: row["standing"] for row in moves} == {
        "begun.json": "under_way",
        "north/acme.json": "placed",
        "bolt.ztplan": "placed",
    }
    assert [row["client"] for row in rows_of(tmp_path / "later.csv")] == ["bolt.ztplan"]
    weeks = rows_of(tmp_path / "provider_weeks.csv")
    assert (weeks[0]["monday"], weeks[0]["days_before"], weeks[0]["most"]) == ("2027-01-04", "11.20", "6.00")
    assert [row["share"] for row in rows_of(tmp_path / "joint.csv")] == ["0.5", "0.8", "0.9"]
    assert rows_of(tmp_path / "joint_months.csv")[0]["days_p80"] != ""
    changes = rows_of(tmp_path / "changes.csv")
    assert all(row["introduction_budget_before"] == row["introduction_budget_after"] for row in changes)
    assert not write(WhatIf(), Portfolio(tmp_path))
    assert list(tmp_path.iterdir()) == []
