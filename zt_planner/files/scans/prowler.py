"""Findings of Prowler, as OCSF JSON and as tables: a row for each check and resource.

A check passed only if every row did. What is muted is the user's own exception and does not count. Of the resources,
which may be people, nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zt_planner.domain.scan import Scan, ScanKind, UnseenReason, latest
from zt_planner.errors import msgid
from zt_planner.files.scans.cells import is_true, object_of, objects, plain, scan_day
from zt_planner.files.scans.results import FAILED, PASSED, RowResult, results_of
from zt_planner.files.scans.source import JsonDocument, NoScanError, TableDocument, refused

KINDS = {
    "m365": ScanKind.PROWLER_M365,
    "googleworkspace": ScanKind.PROWLER_GOOGLEWORKSPACE,
    "okta": ScanKind.PROWLER_OKTA,
}
"""The platforms of which checks say something of a plan."""
RESULTS: Mapping[str, RowResult] = {"pass": PASSED, "fail": FAILED, "manual": UnseenReason.MANUAL}
COLUMNS = {"PROVIDER", "CHECK_ID", "STATUS"}
SUPPRESSED = 3
"""The status of a muted finding in OCSF."""


class Row(NamedTuple):
    """A finding: on which platform, of which check, what it says, when."""

    provider: str
    check: str
    result: RowResult
    day: date | None


def is_findings(data: object) -> bool:
    """Tell whether data are findings of Prowler."""
    first = next(objects(data), {})
    return "event_code" in object_of(first.get("metadata")) and "status_code" in first


def is_table(document: TableDocument) -> bool:
    """Tell whether a table is one of Prowler."""
    return set(document.header) >= COLUMNS


def findings_from(document: JsonDocument, known: Mapping[ScanKind, Mapping[str, str]]) -> tuple[Scan, ...]:
    """Read findings as OCSF JSON."""
    return _scans(map(_finding, objects(document.data)), document.file, known)


def table_from(document: TableDocument, known: Mapping[ScanKind, Mapping[str, str]]) -> tuple[Scan, ...]:
    """Read findings as a table."""
    return _scans(map(_table_row, document.rows()), document.file, known)


def _finding(finding: Mapping[str, Any]) -> Row:
    cloud, extra = object_of(finding.get("cloud")), object_of(finding.get("unmapped"))
    is_muted = (
        finding.get("status_id") == SUPPRESSED
        or plain(finding.get("status")).casefold() == "suppressed"
        or is_true(extra.get("muted"))
    )
    when = object_of(finding.get("finding_info")).get("created_time_dt") or finding.get("time_dt")
    provider = plain(cloud.get("provider")) or plain(extra.get("provider"))
    check = plain(object_of(finding.get("metadata")).get("event_code"))
    return Row(
        provider.casefold(), check, _result_of_status(finding.get("status_code"), is_muted=is_muted), scan_day(when)
    )


def _table_row(row: Mapping[str, str]) -> Row:
    result = _result_of_status(row["STATUS"], is_muted=is_true(row.get("MUTED")))
    return Row(plain(row["PROVIDER"]).casefold(), plain(row["CHECK_ID"]), result, scan_day(row.get("TIMESTAMP")))


def _result_of_status(status: object, *, is_muted: bool) -> RowResult:
    return UnseenReason.SET_ASIDE if is_muted else RESULTS.get(plain(status).casefold(), UnseenReason.UNCLEAR)


def _scans(rows: Iterable[Row], file: str, known: Mapping[ScanKind, Mapping[str, str]]) -> tuple[Scan, ...]:
    """Return a scan for each platform; raise NoScanError where no platform is one of ours."""
    by_kind: dict[ScanKind, list[Row]] = {}
    others: dict[str, None] = {}
    for row in rows:
        if row.provider in KINDS:
            by_kind.setdefault(KINDS[row.provider], []).append(row)
        else:
            others[row.provider] = None
    if not by_kind:
        problem = msgid("it is about '{value}', and none of its controls concerns this plan")
        remedy = msgid("Choose a scan of: {known}")
        raise NoScanError(refused(file, problem, remedy, value=", ".join(others), known=", ".join(KINDS)))
    return tuple(_scan(kind, file, found, known[kind]) for kind, found in by_kind.items())


def _scan(kind: ScanKind, file: str, rows: Sequence[Row], known: Mapping[str, str]) -> Scan:
    results = ((row.check, row.result) for row in rows)
    return Scan(kind, file, latest(row.day for row in rows), results_of(results, known))
