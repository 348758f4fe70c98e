"""Texts are joined by the language's semicolon, which has a narrow space before it in French."""

from __future__ import annotations

from zt_planner.resources import root

FOR_PROGRAMS = {"price_file.py"}
"""Codes in a cell of a file, which are split at it."""


def test_no_topic_writes_a_semicolon_of_its_own_between_texts() -> None:
    files = root().joinpath("zt_planner/topics").rglob("*.py")
    assert sorted(file.name for file in files if '"; "' in file.read_text("utf-8")) == sorted(FOR_PROGRAMS)
