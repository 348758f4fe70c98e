"""What a file that comes back says."""

from __future__ import annotations

from zt_planner.domain.incoming import FileKind, Incoming, LeftOut


def test_a_file_that_says_nothing_new_changes_nothing() -> None:
    said = Incoming(FileKind.TABLES)
    assert said.scenario is None
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())
    assert not LeftOut("tasks.csv", "it is empty", "Choose another").values
