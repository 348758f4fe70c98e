"""What cannot be read is refused in plain words that name the file and what to do, before anything is kept."""

from __future__ import annotations

import json
import tracemalloc
from contextlib import suppress
from time import perf_counter

import pytest

from tests.scan_files import (
    assessment,
    assessment_test,
    csv_file,
    device,
    finding,
    finding_row,
    json_file,
    only,
    page,
    profile,
    read,
    said,
    scuba_control,
    scuba_table,
    secure_score,
    zip_file,
)
from zt_planner.catalog.csv.tables import LONGEST_CELL
from zt_planner.errors import FileProblem
from zt_planner.files.imports.archive import ArchiveLimits
from zt_planner.files.scans import source

WHOLE = json_file(assessment(assessment_test("21796", "Passed")))


NOT_JSON = "it is not JSON: line {line}, column {column} cannot be read"
NO_DATA = "it is a page without the data of a scan"
OTHER_PLATFORM = "it is about '{value}', and none of its controls concerns this plan"


def refusal(content: bytes, file: str = "report.json") -> FileProblem:
    """Return the error with which a file is refused."""
    with pytest.raises(FileProblem) as caught:
        read((file, content))
    assert caught.value.file == file
    assert caught.value.remedy
    return caught.value


def test_an_assessment_that_does_not_go_to_its_end_is_refused() -> None:
    assert "EndOfJson" in refusal(json_file(assessment(EndOfJson=None))).problem


@pytest.mark.parametrize("length", [1, 2, 9, 40, len(WHOLE) // 2, len(WHOLE) - 30, len(WHOLE) - 1])
def test_a_file_that_is_cut_off_is_refused_as_that(length: int) -> None:
    assert refusal(WHOLE[:length]).problem == "it is cut off at its end"


def test_a_page_that_is_cut_off_is_refused_as_that() -> None:
    whole = page(assessment(assessment_test("21796", "Passed")))
    assert refusal(whole[: whole.index(b"EndOfJson")]).problem == "it is cut off at its end"


@pytest.mark.parametrize("mark", [b"reportData={x ", b'reportData={"x ', b'reportData={"x": ['])
def test_a_page_of_names_of_data_is_refused_at_once_and_not_as_cut_off(mark: bytes) -> None:
    started = perf_counter()
    assert refusal(b"<html>" + mark.ljust(50) * 70_000 + b"</html>").problem in {NOT_JSON, NO_DATA}
    assert perf_counter() - started < 2


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_table_that_is_cut_off_is_refused(separator: str) -> None:
    whole = csv_file([device("a"), device("b")], separator)
    assert refusal(whole[: whole.rindex(b"Compliant")], "devices.csv").row == 3
    quoted = whole + b'"half a cell'
    assert "double quotes" in refusal(quoted, "devices.csv").problem
    cut_off_early = whole + b'"half a cell' + b"x" * LONGEST_CELL
    assert "double quotes" in refusal(cut_off_early, "devices.csv").problem


def test_a_cell_that_is_too_long_is_refused_as_that() -> None:
    long = refusal(scuba_table(scuba_control("MS.AAD.1.1v1", "Pass", Details="x, " * LONGEST_CELL)))
    assert (long.row, long.problem) == (2, "the cell has more than {most} characters")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t ", "the file is empty"),
        ("{}".encode("utf-16"), "it is in UTF-16, or is not text"),
        ('{"a": 1}'.encode("utf-16-le"), "it is in UTF-16, or is not text"),
        (b'{"Tests": [], "x": "M\xfcller"}', "it is not UTF-8: a byte in line {line} cannot be read"),
        (b"[" * 100_000, "it is nested deeper than any scan"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "it is nested deeper than any scan"),
        (b'{"a": 1,, "b": 2, "c": [1, 2, 3]}', NOT_JSON),
        (b'{"a": ' + b"1" * 5000 + b"}", "it contains a number with thousands of digits"),
        (b"%PDF-1.7 x", "it is a PDF, which cannot be imported"),
        (b"\x89PNG\r\n\x1a\n", "it is a picture"),
        (b"just words", "it is neither JSON nor a table"),
        (b"a,b\n1,2\n", "it is not a scan that can be read"),
        (b"[]", "it is not a scan that can be read"),
        (b"{}", "it is not a scan that can be read"),
        (b"[1, 2]", "it is not a scan that can be read"),
        (b'{"Tests": []}', "it is not a scan that can be read"),
        (b'{"Tests": 5}', "it is not a scan that can be read"),
        (b'{"MetaData": {"Tool": "Other"}, "Results": {}}', "it is not a scan that can be read"),
        (b'{"Tenants": [{"Tests": []}]}', "it holds several tenants"),
        (b'{"Tests": [], "Tenants": [{"Tests": []}]}', "it holds several tenants"),
        (b"<html><body>Hello</body></html>", NO_DATA),
        (page([1], "reportData"), NO_DATA),
        (page({"a": 1}), NO_DATA),
        (b"<html>reportData={a:1} and then much more of a script", NO_DATA),
        (b'<html>reportData={"a":b} and then much more of a script', NOT_JSON),
        (b"<html>reportData={" + b'"a":{' * 100_000, "it is nested deeper than any scan"),
        (json_file([profile("AdminMFAV2", 10)]), "it holds the profiles of Secure Score without the scores"),
        (json_file([finding("iam", "PASS", "aws")]), OTHER_PLATFORM),
        (csv_file([finding_row("iam", "PASS", "aws")], ";"), OTHER_PLATFORM),
        (b"Control ID,Result\nx,Pass\n", "it has no control of ScubaGear or ScubaGoggles"),
        (b'"a,b\n1', "it is neither JSON nor a table"),
    ],
)
def test_what_is_no_scan_says_what_it_is(content: bytes, problem: str) -> None:
    assert refusal(content).problem == problem


def test_a_file_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_SCAN_BYTES", 1000)
    assert "more than the limit" in refusal(WHOLE).problem


def memory_of(content: bytes) -> int:
    """Return the most memory that reading a file takes, the file included."""
    tracemalloc.start()
    try:
        with suppress(FileProblem):
            read(content)
        return tracemalloc.get_traced_memory()[1] + len(content)
    finally:
        tracemalloc.stop()


MANY = [assessment_test(str(number), "Passed") for number in range(1500)]
SHORT = {
    "metadata": {"event_code": "entra_users_mfa_enabled"},
    "status_code": "PASS",
    "cloud": {"provider": "m365", "account": {"name": "", "uid": ""}, "region": "global"},
    "finding_info": {"created_time_dt": "2026-06-02", "types": [], "desc": "in a few words", "title": "in a few words"},
    "resources": [{"name": "one", "labels": [], "type": "NotDefined"}],
    "unmapped": {"categories": [], "compliance": {"CIS-4.0": ["5.2.3", "5.2.4"]}},
    "remediation": {"desc": "in three words", "references": []},
    "type_name": "Detection Finding: Create",
}
"""A finding with next to no text."""
CERTIFIED = {"complianceInformation": [{"certificationControls": [{"name": f"AC-{n}", "url": ""} for n in range(8)]}]}
PROFILES = [{**profile("AdminMFAV2", 10), **CERTIFIED, "threats": ["accountBreach"], "id": f"Control{number}"}
            for number in range(2500)]  # fmt: skip
DENSE = {
    "short findings": (json.dumps([SHORT] * 3500, separators=(",", ":")).encode(),),
    "certified profiles": (
        json.dumps({"value": PROFILES}, separators=(",", ":")).encode(),
        json_file([secure_score()]),
    ),
}
"""What is written without indents."""
LARGE = {
    "json": json.dumps(assessment(*MANY, Emoji="✅ 🔒"), ensure_ascii=False).encode(),
    "page": page(assessment(*MANY)),
    "prowler": json_file([finding("entra_users_mfa_enabled", "PASS") for _ in range(2000)]),
    "table": csv_file([finding_row("entra_users_mfa_enabled 🔒", "PASS") for _ in range(3000)], ";"),
    "devices": csv_file([device(f"device-{number}") for number in range(5000)]),
    "profiles": json.dumps(
        [
            {
                **profile("AdminMFAV2", 5),
                "title": "x",
                "tier": "Core",
                "deprecated": False,
                "rank": 1,
                "threats": ["accountBreach", "dataExfiltration"],
                "complianceInformation": [],
            }
            for _ in range(6000)
        ],
        separators=(",", ":"),
    ).encode(),
    "brackets": b"[" + b"[]," * 600_000 + b"[]]",
    "brackets in a page": b"<html>reportData={" + b'"a":[],' * 300_000 + b'"Tests":[]}',
    **{kind: files[0] for kind, files in DENSE.items()},
}


@pytest.mark.parametrize("kind", LARGE)
def test_reading_takes_less_than_ten_times_the_file(kind: str) -> None:
    assert memory_of(LARGE[kind]) < 10 * len(LARGE[kind])


def test_what_microsoft_graph_answers_without_a_space_is_dense_and_read() -> None:
    scores = json_file([secure_score({"controlName": "AdminMFAV2", "score": 5})])
    assert len(LARGE["profiles"]) > source.SMALL
    assert said(only(scores, LARGE["profiles"])) == {"AdminMFAV2": "passed"}


@pytest.mark.parametrize("kind", ["brackets", "brackets in a page"])
def test_a_file_of_next_to_nothing_but_brackets_is_refused(kind: str) -> None:
    assert refusal(LARGE[kind]).problem == "it holds far more values than a scan of its size"


@pytest.mark.parametrize("kind", DENSE)
def test_a_file_without_indents_is_read(kind: str) -> None:
    assert len(DENSE[kind][0]) > source.SMALL
    assert read(*DENSE[kind]).scans


# Archives


@pytest.mark.parametrize(
    "parts", [{"a.md": b"# x", "b.png": b"\x89PNG"}, {"inner.zip": zip_file({"a.json": WHOLE}), "x.css": b"a{}"}]
)
def test_an_archive_without_a_scan_is_refused(parts: dict[str, bytes]) -> None:
    assert refusal(zip_file(parts), "all.zip").problem == "none of the files in it is a scan that can be read"


def test_an_archive_of_nothing_is_refused() -> None:
    assert "none of the files" in refusal(zip_file({}), "all.zip").problem


def test_a_part_of_an_archive_that_is_cut_off_is_refused_by_its_name() -> None:
    (problem,) = read(("all.zip", zip_file({"whole.json": WHOLE, "half.json": WHOLE[:50]}))).refused
    assert (problem.file, problem.problem) == ("half.json", "it is cut off at its end")


def test_the_only_part_of_an_archive_says_what_is_wrong_with_it() -> None:
    with pytest.raises(FileProblem) as caught:
        read(("all.zip", zip_file({"only.txt": b"just words"})))
    assert caught.value.problem == "it is neither JSON nor a table"


def test_a_damaged_archive_is_refused() -> None:
    assert "damaged" in refusal(zip_file({"a.json": WHOLE})[:60], "all.zip").problem


def test_an_archive_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    small = ArchiveLimits(10_000, 10_000, "Choose the reports themselves")
    monkeypatch.setattr(source, "LIMITS", small)
    assert "larger than the limit" in refusal(zip_file({"a.json": b" " * 20_000}), "all.zip").problem


def test_a_file_that_is_refused_keeps_no_other_from_being_read() -> None:
    files = read(("good.json", WHOLE), ("bad.json", b"{}"), ("again.json", WHOLE))
    assert [scan.file for scan in files.scans] == ["good.json", "again.json"]
    assert [problem.file for problem in files.refused] == ["bad.json"]


def test_the_place_of_a_table_is_its_file_and_row() -> None:
    assert refusal(b"Control ID,Result\nMS.AAD.1.1v1,Pass,x\n", "x.csv").row == 2
