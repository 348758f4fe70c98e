"""`zt-planner learn`: from files of finished plans to a catalogue."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import Result

from tests.command_line import invoked
from tests.unit.engine.test_learning import finished
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.files.imports.catalogue import catalogue_in
from zt_planner.files.scenario_json import scenario_bytes


def learning(*arguments: str) -> Result:
    return invoked("learn", "--today", "2026-11-06", *arguments)


def kept(folder: Path, number: int) -> str:
    """Write a finished plan into a file, every second one as a saved session."""
    content = scenario_bytes(finished({"sso": 1.5 + number / 10}).scenario)
    file = folder / f"plan-{number}.json"
    if number % 2:
        content = json.dumps({"scenario": json.loads(content), "participants": [], "events": []}).encode()
    file.write_bytes(content)
    return str(file)


def test_what_was_learned_is_a_table_and_a_catalogue(tmp_path: Path) -> None:
    out = tmp_path / "learned.zttemplate"
    result = learning(*(kept(tmp_path, number) for number in range(5)), "--without", "kickoff", "--out", str(out))
    assert result.exit_code == 0, result.output
    (line,) = [line for line in result.output.splitlines() if "Single sign-on" in line]
    assert line.split()[-9:-6] == ["5", "×", "1.70"]
    assert "Of 5 plans promised at 80%, " in result.output
    found = catalogue_in(out, price_book(), phase_model())
    assert "sso" in {task.id for task in found.tasks}
    assert "kickoff" not in {task.id for task in found.tasks}


def test_plans_that_are_not_finished_are_named_and_teach_nothing(tmp_path: Path) -> None:
    (tmp_path / "open.json").write_text("{}", "utf-8")
    result = learning(str(tmp_path / "open.json"), "--out", str(tmp_path / "learned.zttemplate"))
    assert result.exit_code == 0, result.output
    assert "open.json is left out: it has open tasks, or no status." in result.output
    assert "Nothing can be learned yet" in result.output
    assert not (tmp_path / "learned.zttemplate").exists()


def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").write_text("id\n", "utf-8")
    for arguments, said in (
        ((str(tmp_path / "none.json"),), "none.json: the file cannot be read"),
        ((str(tmp_path / "tasks.csv"),), "tasks.csv"),
        ((kept(tmp_path, 0), kept(tmp_path, 0)), "the file is named twice"),
        ((kept(tmp_path, 0), "--without", "nothing"), "--without: there is no task 'nothing'"),
    ):
        result = learning(*arguments)
        assert result.exit_code == 2
        assert said in result.output
