"""The phase model finds its tasks and has a version."""

from __future__ import annotations

from tests.builders import measure, model, task


def test_tasks_are_found_by_their_id() -> None:
    first, second = task("first"), task("second", after=("first",))
    assert model(first, second).by_id == {"first": first, "second": second}


def test_the_version_changes_with_any_task_or_measure() -> None:
    versions = [
        model(task("a")).version,
        model(task("a", days=2)).version,
        model(task("a"), measures=(measure("b"),)).version,
    ]
    assert len(set(versions)) == 3
    assert model(task("a")).version == versions[0]
    assert versions[0].startswith("3-")
