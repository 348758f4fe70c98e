"""Results of CISA's ScubaGear (Microsoft 365) and ScubaGoggles (Google Workspace), as JSON and as tables.

Of the JSON, licences and counts are read beside the results; of the policies, whom they cover and what the tenant is
called, nothing is. Traps: a control carries its version, which may change what it asks for; a user may have marked a
result as wrong, or left a control out; a count of -1 means that nobody counted; Google enforces from a day that may
lie ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from zt_planner.domain.scan import (
    CountKind,
    FoundLicence,
    Result,
    Scan,
    ScanKind,
    Tally,
    UnseenReason,
    tallies,
    unseen_result,
)
from zt_planner.errors import msgid
from zt_planner.files.scans.cells import day_of, object_of, objects, plain, scan_day, whole
from zt_planner.files.scans.graph import items_of, seats_of
from zt_planner.files.scans.results import FAILED, PASSED, RowResult, results_of
from zt_planner.files.scans.source import NoScanError, TableDocument, refused

CONTROL = re.compile(r"((?:MS|GWS)\.[A-Z]+\.\d+\.\d+)v(\d+(?:\.\d+)*)", re.IGNORECASE)
RESULTS: Mapping[str, RowResult] = {
    "pass": PASSED,
    "fail": FAILED,
    "warning": FAILED,
    "n/a": UnseenReason.MANUAL,
    "error": UnseenReason.ERROR,
    "omitted": UnseenReason.SET_ASIDE,
    "incorrect result": UnseenReason.SET_ASIDE,
    "no events found": UnseenReason.NO_EVENTS,
}
"""A warning is what fails of a "should"."""
NOTHING = {"", "n/a", "none", "false", "null"}
VETOES = ("IncorrectResult", "OmittedEvaluationResult")
"""What a user says against a result, in the report's own columns."""
GOOGLE = "GWS."
SECOND_STEP = "GWS.COMMONCONTROLS.1."
"""Controls of Google's second step, which is enforced from a day on."""
COLUMNS = {"Control ID", "Result"}


def kind_of(data: Mapping[str, Any]) -> ScanKind | None:
    """Return which of the two wrote a JSON file; None for neither."""
    about = object_of(data.get("MetaData"))
    if not isinstance(data.get("Results"), dict):
        return None
    names = {plain(about.get("Tool")).casefold(), plain(about.get("ProductSuite")).casefold()}
    if names & {"scubagear", "microsoft 365"}:
        return ScanKind.SCUBAGEAR
    return ScanKind.SCUBAGOGGLES if names & {"scubagoggles", "google workspace"} else None


def scuba_from(data: Mapping[str, Any], file: str, kind: ScanKind, known: Mapping[str, str]) -> Scan:
    """Read a JSON file of either."""
    day = scan_day(object_of(data["MetaData"]).get("TimestampZulu"))
    controls = [
        control
        for groups in object_of(data["Results"]).values()
        for group in objects(groups)
        for control in objects(group.get("Controls"))
    ]
    raw = object_of(data.get("Raw"))
    later = kind is ScanKind.SCUBAGOGGLES and is_enforced_later(raw, day)
    return Scan(
        kind,
        file,
        day,
        tuple(_not_yet(result) if later else result for result in results_of(_rows(controls), known)),
        tuple(_licences(raw, kind)),
        _counts(raw),
        other_versions(controls, known),
    )


def is_table(document: TableDocument) -> bool:
    """Tell whether a table is one of either."""
    return set(document.header) >= COLUMNS


def table_from(document: TableDocument, known: Mapping[ScanKind, Mapping[str, str]]) -> Scan:
    """Read a table of either; a plan of action has the failed controls only. Raise NoScanError for another table."""
    controls = [
        {name: row.get(name, "") for name in ("Control ID", "Result", "Criticality", *VETOES)}
        for row in document.rows()
    ]
    ids = [plain(control["Control ID"]).upper() for control in controls]
    if not any(map(CONTROL.fullmatch, ids)):
        raise NoScanError(refused(document.file, msgid("it has no control of ScubaGear or ScubaGoggles")))
    kind = ScanKind.SCUBAGOGGLES if any(given.startswith(GOOGLE) for given in ids) else ScanKind.SCUBAGEAR
    versions = other_versions(controls, known[kind])
    return Scan(kind, document.file, None, results_of(_rows(controls), known[kind]), other_versions=versions)


def _rows(controls: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, RowResult]]:
    for control in controls:
        match = CONTROL.fullmatch(plain(control.get("Control ID")))
        if match is not None:
            yield match[1].upper(), _result_of_row(control)


def _result_of_row(control: Mapping[str, Any]) -> RowResult:
    if any(str(control.get(name, "")).strip().casefold() not in NOTHING for name in VETOES):
        return UnseenReason.SET_ASIDE
    result = RESULTS.get(plain(control.get("Result")).casefold(), UnseenReason.UNCLEAR)
    is_built = "not-implemented" not in plain(control.get("Criticality")).casefold()
    return result if is_built or result is not UnseenReason.MANUAL else UnseenReason.NOT_BUILT


def other_versions(controls: Iterable[Mapping[str, Any]], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the known controls of a version that the rules were not written for, as the file names them."""
    matches = (CONTROL.fullmatch(plain(control.get("Control ID"))) for control in controls)
    return tuple(
        dict.fromkeys(
            match[0]
            for match in matches
            if match is not None and known.get(match[1].upper(), "") not in {"", f"v{match[2]}"}
        )
    )


def is_enforced_later(raw: Mapping[str, Any], day: date | None) -> bool:
    """Tell whether Google's second step is enforced somewhere only after the day of the scan."""
    policies = map(object_of, object_of(raw.get("policies")).values())
    begins = (
        day_of(object_of(policy.get("security_two_step_verification_enforcement")).get("enforcedFrom"))
        for policy in policies
    )
    return day is not None and any(first is not None and first > day for first in begins)


def _not_yet(result: Result) -> Result:
    is_about = result.control.startswith(SECOND_STEP) and result.outcome is PASSED
    return unseen_result(result.control, UnseenReason.NOT_YET) if is_about else result


def _licences(raw: Mapping[str, Any], kind: ScanKind) -> Iterator[FoundLicence]:
    """Yield the licences: ScubaGear keeps what Microsoft Graph answered."""
    if kind is ScanKind.SCUBAGEAR:
        yield from seats_of(items_of(raw.get("license_information")))
        return
    for licence in objects(raw.get("license_data")):
        if name := plain(licence.get("product_name")):
            yield FoundLicence(name, plain(licence.get("sku_id")) or None, None, whole(licence.get("assigned")))


def _counts(raw: Mapping[str, Any]) -> tuple[Tally, ...]:
    privileged = raw.get("privileged_users") or raw.get("super_admins")
    administrators = len(privileged) if isinstance(privileged, dict | list) else None
    return tallies({CountKind.PEOPLE: whole(raw.get("total_user_count")), CountKind.ADMINISTRATORS: administrators})
