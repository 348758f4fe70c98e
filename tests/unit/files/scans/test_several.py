"""Several files at once: each is read by itself, and one that cannot be read keeps no other from being read."""

from __future__ import annotations

import pytest

from tests.scan_files import (
    assessment,
    assessment_test,
    json_file,
    known_rules,
    maester,
    maester_test,
    profile,
    secure_score,
    zip_file,
)
from zt_planner.domain.scan import ScanFiles
from zt_planner.errors import FileProblem
from zt_planner.files.scans import read_each, read_scans

WHOLE = json_file(assessment(assessment_test(21796, "Passed")))
MAESTER = json_file(maester(maester_test("MT.1006", "Passed")))
SCORE = json_file({"value": [secure_score({"controlName": "AdminMFAV2", "score": 5})]})
PROFILES = json_file({"value": [profile("AdminMFAV2", 10)]})


def read(**files: bytes) -> ScanFiles:
    """Read files by their names."""
    return read_each(files.items(), known_rules())


def refused(read: ScanFiles) -> list[str]:
    """Return the names of the files that could not be read."""
    return [str(problem).split(":", maxsplit=1)[0] for problem in read.refused]


def test_what_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    found = read(a=WHOLE[:-9], b=WHOLE, c=b"", d=MAESTER)
    assert [scan.file for scan in found.scans] == ["b", "d"]
    assert refused(found) == ["a", "c"]


def test_a_part_of_an_archive_that_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    archive = zip_file({"one.json": MAESTER, "notes.txt": b"none", "two.json": WHOLE[:-9]})
    found = read(archive=archive, b=WHOLE, empty=zip_file({"notes.txt": b"none", "more.txt": b"none"}))
    assert [scan.file for scan in found.scans] == ["one.json", "b"]
    assert refused(found) == ["two.json", "empty"]
    assert "notes.txt" in found.passed_over


def test_scores_and_profiles_of_two_files_are_one_scan_and_profiles_alone_are_named() -> None:
    joined, alone = read(scores=SCORE, profiles=PROFILES), read(profiles=PROFILES, b=WHOLE)
    assert [scan.file for scan in joined.scans] == ["scores"]
    assert refused(joined) == []
    assert [scan.file for scan in alone.scans] == ["b"]
    assert refused(alone) == ["profiles"]


def test_a_refusal_holds_nothing_of_its_file() -> None:
    (problem,) = read(a=WHOLE[:-9]).refused
    assert (problem.__traceback__, problem.__context__) == (None, None)


def test_where_nothing_is_a_scan_the_first_refusal_is_raised() -> None:
    with pytest.raises(FileProblem, match=r"^a: "):
        read_scans({"a": WHOLE[:-9], "c": b""}.items(), known_rules())
    assert refused(read_scans({"b": WHOLE, "a": WHOLE[:-9]}.items(), known_rules())) == ["a"]
