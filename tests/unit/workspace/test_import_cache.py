"""Files are read once and compared once with each plan; what is kept is bounded and holds no file."""

from __future__ import annotations

import pytest

from zt_planner.errors import FileProblem, Place, PlannerError
from zt_planner.workspace.import_cache import READINGS_REMEMBERED, REFUSALS_TO_A_READING, ImportCache


def answer(answers: ImportCache, file: str, basis: int, done: list[str]) -> str | PlannerError:
    def read() -> str:
        done.append(f"read {file}")
        if file.startswith("bad"):
            raise FileProblem(Place(file), "it is damaged", "Save it")
        return file

    def compare(content: str) -> str:
        done.append(f"compare {content} with {basis}")
        if basis == 0:
            raise FileProblem(Place(file), "it does not fit", "Choose another plan")
        return f"{content} in {basis}"

    return answers.get(file, basis, read, compare)


def test_a_file_is_read_once_and_compared_once_with_each_plan() -> None:
    answers, done = ImportCache(), list[str]()
    assert [answer(answers, "a", basis, done) for basis in (1, 2, 1, 2)] == ["a in 1", "a in 2"] * 2
    assert done == ["read a", "compare a with 1", "compare a with 2"]


def test_a_file_that_is_refused_is_refused_for_every_plan_and_one_that_does_not_fit_for_its_plan_only() -> None:
    answers, done = ImportCache(), list[str]()
    first, second = (answer(answers, "bad", basis, done) for basis in (1, 2))
    assert isinstance(first, FileProblem)
    assert second is first
    assert [isinstance(answer(answers, "a", basis, done), FileProblem) for basis in (0, 1, 0)] == [True, False, True]
    assert done == ["read bad", "read a", "compare a with 0", "compare a with 1"]


def test_a_refusal_keeps_nothing_of_the_file() -> None:
    refusal = answer(ImportCache(), "bad", 1, [])
    assert isinstance(refusal, FileProblem)
    assert (refusal.__traceback__, refusal.__context__, refusal.__cause__) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "most"), [("a", READINGS_REMEMBERED), ("bad", READINGS_REMEMBERED * REFUSALS_TO_A_READING)]
)
def test_so_many_files_are_kept_and_far_more_refusals(name: str, most: int) -> None:
    answers, done = ImportCache(), list[str]()
    for number in (*range(most), 0, most, 1):
        answer(answers, f"{name}{number}", number + 1, done)
    read = [line for line in done if line.startswith("read")]
    assert read[-2:] == [f"read {name}{most}", f"read {name}1"]
    assert len(read) == most + 2
