"""What a file that comes back says."""

from __future__ import annotations

from zt_planner.domain.incoming import FileKind, ImportNotice, Incoming


def test_a_file_that_says_nothing_new_changes_nothing() -> None:
    said = Incoming(FileKind.TABLES)
    assert said.scenario is None
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())
    assert not ImportNotice("tasks.csv", "it is empty", "Choose another").values


def test_more_may_be_left_out_than_is_listed() -> None:
    left = ImportNotice("ledger.csv", "it is empty", "Choose another")
    assert Incoming(FileKind.BOOKINGS, left_out=(left,), rows_left_out=250).count_left_out == 250
    assert Incoming(FileKind.TABLES, left_out=(left, left)).count_left_out == 2
