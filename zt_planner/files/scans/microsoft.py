"""Reports of Microsoft's Zero Trust Assessment and of Maester: tests of a tenant of Microsoft 365.

Both have a list `Tests` and hold names and texts about the tenant beside each, of which nothing is read. Traps: the
counts at the head differ from the list and are not read; an id is a number in one test and a text in the next; a test
that is "Planned" is one that the vendor has not written; a skipped one may be skipped for want of a licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zt_planner.domain.scan import (
    CountKind,
    Result,
    Scan,
    ScanKind,
    Tally,
    UnseenReason,
    counted_result,
    quantity_of,
    tallies,
)
from zt_planner.errors import msgid
from zt_planner.files.scans.cells import is_true, object_of, objects, plain, scan_day, whole
from zt_planner.files.scans.results import FAILED, PASSED, RowResult, results_of
from zt_planner.files.scans.source import WRITE_AGAIN, refused

RESULTS: Mapping[str, RowResult] = {
    "passed": PASSED,
    "failed": FAILED,
    "planned": UnseenReason.NOT_BUILT,
    "skipped": UnseenReason.SKIPPED,
    "notrun": UnseenReason.SKIPPED,
    "error": UnseenReason.ERROR,
    "investigate": UnseenReason.MANUAL,
}
NO_LICENCE = ("NoCompatibleLicenseFound", "NotLicensed")
"""How the reasons begin for which a test was skipped that needs a licence."""
NOT_BUILT = "UnderConstruction"
TEST_ID = re.compile(r"((?:MT|AD)\.\d+)(?:\.\S+)?")
"""A test of Maester; some have one row a user or policy, numbered behind it, as in MT.1033.0."""


def result_of_status(status: object, reason: object) -> RowResult:
    """Return what the status of a test says, together with why it was skipped."""
    result = RESULTS.get(plain(status).casefold(), UnseenReason.UNCLEAR)
    if result is not UnseenReason.SKIPPED:
        return result
    if plain(reason).startswith(NO_LICENCE):
        return UnseenReason.NO_LICENCE
    return UnseenReason.NOT_BUILT if plain(reason) == NOT_BUILT else result


# Zero Trust Assessment


def is_assessment(data: Mapping[str, Any]) -> bool:
    """Tell whether data are a Zero Trust Assessment."""
    return "TenantInfo" in data or any("TestId" in test for test in objects(data.get("Tests")))


def assessment_from(data: Mapping[str, Any], file: str, known: Mapping[str, str]) -> Scan:
    """Read a Zero Trust Assessment; raise FileProblem for one that does not go to its end."""
    if "EndOfJson" not in data:
        raise refused(file, msgid("it is cut off at its end: EndOfJson is missing"), WRITE_AGAIN)
    tests = (
        (plain(test.get("TestId")), result_of_status(test.get("TestStatus"), test.get("TestSkipped")))
        for test in objects(data.get("Tests"))
    )
    tenant = object_of(data.get("TenantInfo"))
    quantities = [result for result in _quantities(tenant) if result.control in known]
    return Scan(
        ScanKind.ZTA,
        file,
        scan_day(data.get("ExecutedAt")),
        (*results_of(tests, known), *quantities),
        counts=_tenant_counts(tenant),
        is_demonstration=is_true(data.get("IsDemo")),
    )


def _flow(tenant: Mapping[str, Any], name: str, source: str) -> Mapping[str, int]:
    """Return how many flow from a source of a diagram, by target."""
    nodes = objects(object_of(tenant.get(name)).get("nodes"))
    return {
        plain(node.get("target")).casefold(): number
        for node in nodes
        if plain(node.get("source")).casefold() == source and (number := whole(node.get("value"))) is not None
    }


def _quantities(tenant: Mapping[str, Any]) -> Iterator[Result]:
    methods = _flow(tenant, "OverviewAuthMethodsAllUsers", "users")
    have_method = methods.get("phishable", 0) + methods.get("phish resistant", 0)
    yield counted_result("OverviewAuthMethodsAllUsers", quantity_of(have_method, sum(methods.values())))
    sign_ins = _flow(tenant, "OverviewCaMfaAllUsers", "user sign in")
    yield counted_result("OverviewCaMfaAllUsers", quantity_of(sign_ins.get("ca applied"), sum(sign_ins.values())))
    managed = object_of(object_of(tenant.get("DeviceOverview")).get("ManagedDevices"))
    devices = object_of(tenant.get("TenantOverview")).get("DeviceCount")
    yield counted_result("ManagedDevices", quantity_of(whole(managed.get("enrolledDeviceCount")), whole(devices)))


def _tenant_counts(tenant: Mapping[str, Any]) -> tuple[Tally, ...]:
    overview = object_of(tenant.get("TenantOverview"))
    administrators = sum(_flow(tenant, "OverviewAuthMethodsPrivilegedUsers", "users").values())
    return tallies(
        {
            CountKind.PEOPLE: whole(overview.get("UserCount")),
            CountKind.GUESTS: whole(overview.get("GuestCount")),
            CountKind.DEVICES: whole(overview.get("DeviceCount")),
            CountKind.ADMINISTRATORS: administrators,
        }
    )


# Maester


def is_maester(data: Mapping[str, Any]) -> bool:
    """Tell whether data are the results of Maester."""
    return any({"Result", "ResultDetail"} <= test.keys() for test in objects(data.get("Tests")))


def maester_from(data: Mapping[str, Any], file: str, known: Mapping[str, str]) -> Scan:
    """Read the results of Maester."""
    return Scan(ScanKind.MAESTER, file, scan_day(data.get("ExecutedAt")), results_of(_maester_tests(data), known))


def _maester_tests(data: Mapping[str, Any]) -> Iterator[tuple[str, RowResult]]:
    for test in objects(data.get("Tests")):
        given = plain(test.get("Id")) or plain(str(test.get("Name")).partition(":")[0])
        match = TEST_ID.fullmatch(given)
        detail = object_of(test.get("ResultDetail"))
        yield match[1] if match else given, result_of_status(test.get("Result"), detail.get("TestSkipped"))
