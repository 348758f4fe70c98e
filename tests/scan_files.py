"""Scans in the shapes in which other programs write them, of our own writing and full of made-up people.

Each builder gives a whole file with what a test names and everything personal that such files hold beside it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from tests.approval import KNOWN_DATA
from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.catalog.shipped.scan_rules import load_scan_rules
from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import Result, Scan, ScanFiles
from zt_planner.files.scans import read_scans
from zt_planner.resources import root

CASES = Path(os.environ.get("ZT_CASES", root().parent / "shared" / "cases")) / "scans"
SAMPLES: Mapping[str, Path] = {path.name: path for path in sorted(CASES.glob("*.json"))}
"""What other programs wrote, by name; nothing where it is not there."""
PEOPLE = ("Ottilie Wanderstab", "Ignaz Quellwasser", "Ruperta Zündholz")
ADDRESSES = ("ottilie.wanderstab@beispiel-tuch.example", "ignaz@beispiel-tuch.example", "r.zuendholz@partner.example")
TENANT = "Beispiel Tuchweberei GmbH"
PERSONAL = (*PEOPLE, *ADDRESSES, TENANT, "beispiel-tuch", "WANDERSTAB-NB-07")
"""Names and addresses that are in the files and must be nowhere else."""
GOSSIP = f"## {PEOPLE[0]} ({ADDRESSES[0]}) signed in without a second factor; ask {PEOPLE[1]} <{ADDRESSES[1]}>."


def json_file(data: object, *, mark: bool = False) -> bytes:
    """Return JSON in UTF-8, with a byte-order mark where the program writes one."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8-sig" if mark else "utf-8")


def csv_file(rows: Sequence[Mapping[str, str]], separator: str = ",", *, mark: bool = False) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]), delimiter=separator, quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode("utf-8-sig" if mark else "utf-8")


def zip_file(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


# Microsoft


def assessment_test(test_id: object, status: str, skipped: str = "") -> dict[str, Any]:
    """Return a test of a Zero Trust Assessment."""
    return {
        "TestId": test_id,
        "TestTitle": f"What {PEOPLE[2]} should look at",
        "TestStatus": status,
        "TestPillar": "Identity",
        "TestMinimumLicense": ["AAD_PREMIUM"],
        "TestSkipped": skipped,
        "SkippedReason": GOSSIP if skipped else None,
        "TestResult": GOSSIP,
    }


def flow(*nodes: tuple[str, str, int]) -> dict[str, Any]:
    """Return a diagram of what flows from a source to a target."""
    return {
        "nodes": [{"source": source, "target": target, "value": value} for source, target, value in nodes],
        "description": GOSSIP,
    }


METHODS = flow(
    ("Users", "Single factor", 20),
    ("Users", "Phishable", 50),
    ("Users", "Phish resistant", 10),
    ("Phishable", "Phone", 50),
    ("Phish resistant", "Passkey", 10),
)
"""Sixty of eighty people have a second factor."""
TENANT_INFO: Mapping[str, Any] = {
    "OverviewAuthMethodsAllUsers": METHODS,
    "OverviewAuthMethodsPrivilegedUsers": flow(("Users", "Single factor", 1), ("Users", "Phish resistant", 4)),
    "OverviewCaMfaAllUsers": flow(
        ("User sign in", "No CA applied", 30), ("User sign in", "CA applied", 70), ("CA applied", "MFA", 60)
    ),
    "TenantOverview": {"UserCount": 80, "GuestCount": 7, "GroupCount": 12, "DeviceCount": 100},
    "DeviceOverview": {"ManagedDevices": {"enrolledDeviceCount": 90, "desktopCount": 60}},
    "ConfigDeviceEnrollmentRestriction": [{"Name": PEOPLE[1], "AssignedTo": ADDRESSES[1]}],
}


def assessment(*tests: Mapping[str, Any], **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the file
    """Return a Zero Trust Assessment; a field that is None is left out."""
    data = {
        "ExecutedAt": "2026-05-19T00:21:38.163451+10:00",
        "TenantId": "11112222-3333-4444-5555-666677778888",
        "TenantName": TENANT,
        "Domain": "beispiel-tuch.example",
        "Account": ADDRESSES[0],
        "TestResultSummary": {"IdentityPassed": 85, "IdentityTotal": 100},
        "Tests": list(tests),
        "TenantInfo": dict(TENANT_INFO),
        "EndOfJson": "EndOfJson",
        **fields,
    }
    return {name: value for name, value in data.items() if value is not None}


def page(data: object, variable: str = "reportData") -> bytes:
    """Return a report's page with its data inside, and scripts around them."""
    script = f"var other={{a:1}};const {variable}={json.dumps(data)};function f(){{return {variable}}}"
    return f"<!DOCTYPE html><html><head><script>{script}</script></head><body></body></html>".encode()


def maester_test(test_id: str, result: str, skipped: str = "", **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    detail = {"TestTitle": PEOPLE[0], "TestResult": GOSSIP, "TestSkipped": skipped, "SkippedReason": GOSSIP}
    return {"Id": test_id, "Title": GOSSIP, "Name": f"{test_id}: {GOSSIP}", "Result": result, "ErrorRecord": [GOSSIP],
            "ScriptBlockFile": f"/Users/{ADDRESSES[1]}/x.ps1", "ResultDetail": detail, **fields}  # fmt: skip


def maester(*tests: Mapping[str, Any]) -> dict[str, Any]:
    """Return results of Maester, whose head counts other tests than the list has."""
    return {"Result": "Failed", "FailedCount": 67, "TotalCount": 315, "ExecutedAt": "2026-04-30T08:29:07+10:00",
            "TenantName": TENANT, "Account": ADDRESSES[0], "Tests": list(tests), "Blocks": []}  # fmt: skip


# Scuba


def scuba_control(control: str, result: str, **fields: str) -> dict[str, Any]:
    """Return a control of ScubaGear or ScubaGoggles."""
    return {
        "Control ID": control,
        "Requirement": "MFA SHALL be enforced.<div class='policy-indicators'><span>Automated</span></div>",
        "Result": result,
        "Criticality": "Shall",
        "Details": f"Not compliant: <a href='mailto:{ADDRESSES[2]}'>{PEOPLE[2]}</a>",
        "OmittedEvaluationResult": "N/A",
        "IncorrectResult": "N/A",
        "OriginalResult": result,
        "Comments": [GOSSIP],
        "ResolutionDate": None,
        **{name.replace("_", " "): value for name, value in fields.items()},
    }


def scubagear(*controls: Mapping[str, Any], **raw: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever was exported
    """Return results of ScubaGear, with what it exported under `Raw`."""
    return {
        "MetaData": {
            "Tool": "ScubaGear",
            "ToolVersion": "1.8.0",
            "ProductSuite": "Microsoft 365",
            "DisplayName": TENANT,
            "DomainName": "beispiel-tuch.example",
            "TimestampZulu": "2026-05-04T23:15:48.307Z",
        },
        "Summary": {"AAD": {"Passes": 99, "Failures": 0}},
        "Results": {"AAD": [{"GroupName": "x", "GroupNumber": "1", "Controls": list(controls)}], "EXO": []},
        "Raw": {
            "total_user_count": -1,
            "privileged_users": {
                "id-1": {"DisplayName": PEOPLE[0], "roles": ["Global Administrator"]},
                "id-2": {"DisplayName": PEOPLE[1], "roles": ["Exchange Administrator"]},
            },
            "tenant_details": [{"DisplayName": TENANT, "TechnicalNotificationMails": [ADDRESSES[0]]}],
            **raw,
        },
    }


def scubagoggles(*controls: Mapping[str, Any], **raw: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever was exported
    """Return results of ScubaGoggles: other spelling of keys, other data under `Raw`."""
    data = scubagear(*controls)
    about = {**data["MetaData"], "Tool": "ScubaGoggles", "ProductSuite": "Google Workspace", "OrgName": TENANT}
    return {
        "MetaData": about,
        "Results": {"commoncontrols": data["Results"]["AAD"]},
        "Raw": {"super_admins": [{"primaryEmail": address} for address in ADDRESSES], **raw},
    }


# Prowler


def finding(check: str, code: str, provider: str = "m365", **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a finding of Prowler in OCSF."""
    return {
        "message": GOSSIP,
        "metadata": {"event_code": check, "product": {"name": "Prowler"}, "tenant_uid": TENANT},
        "severity": "High",
        "status": "New",
        "status_code": code,
        "status_detail": GOSSIP,
        "finding_info": {"uid": ADDRESSES[0], "title": GOSSIP, "created_time_dt": "2026-06-02T10:00:00"},
        "resources": [{"name": PEOPLE[0], "uid": ADDRESSES[0]}],
        "cloud": {"provider": provider, "account": {"name": TENANT}},
        "class_uid": 2004,
        **fields,
    }


def finding_row(check: str, status: str, provider: str = "m365", muted: str = "False") -> dict[str, str]:
    """Return the same as a row of the table."""
    return {"AUTH_METHOD": ADDRESSES[0], "TIMESTAMP": "2026-06-02 10:00:00.123", "ACCOUNT_NAME": TENANT,
            "PROVIDER": provider, "CHECK_ID": check, "CHECK_TITLE": GOSSIP, "STATUS": status,
            "STATUS_EXTENDED": GOSSIP, "MUTED": muted, "RESOURCE_NAME": PEOPLE[1]}  # fmt: skip


# Microsoft Graph, and lists


def sku(name: str, sku_id: str, enabled: int, used: int, warning: int = 0) -> dict[str, Any]:
    units = {"enabled": enabled, "warning": warning, "suspended": 3, "lockedOut": 0}
    return {"skuId": sku_id, "skuPartNumber": name, "accountName": TENANT, "capabilityStatus": "Enabled",
            "consumedUnits": used, "prepaidUnits": units, "servicePlans": []}  # fmt: skip


def secure_score(*controls: Mapping[str, Any], day: str = "2026-07-01T00:00:00Z") -> dict[str, Any]:
    return {"id": "x", "createdDateTime": day, "currentScore": 10, "maxScore": 100, "controlScores": list(controls)}


def profile(control: str, most: float, *states: str) -> dict[str, Any]:
    """Return the profile of a control of Secure Score."""
    updates = [{"state": state, "updatedBy": ADDRESSES[0], "comment": GOSSIP} for state in states]
    return {"id": control, "title": GOSSIP, "controlCategory": "Identity", "maxScore": most,
            "controlStateUpdates": updates}  # fmt: skip


def person(address: str, kind: str = "Member", enabled: str = "True") -> dict[str, str]:
    """Return a row of the list of people that Entra exports."""
    return {"userPrincipalName": address, "displayName": PEOPLE[0], "mail": address, "userType": kind,
            "accountEnabled": enabled}  # fmt: skip


def device(device_id: str, system: str = "Windows") -> dict[str, str]:
    """Return a row of the list of devices that Intune exports."""
    return {"Device ID": device_id, "Device name": "WANDERSTAB-NB-07", "OS": system, "Compliance": "Compliant",
            "Primary user UPN": ADDRESSES[0], "Primary user display name": PEOPLE[0]}  # fmt: skip


# Reading them


def read(*files: bytes | tuple[str, bytes]) -> ScanFiles:
    """Read files with the known rules; without a name, each has one that says nothing."""
    named = [file if isinstance(file, tuple) else (f"{number}.dat", file) for number, file in enumerate(files)]
    return read_scans(named, known_rules())


@lru_cache
def known_rules() -> ScanRules:
    """Return the rules for scans that never change."""
    prices = {price.id for price in load_price_book(KNOWN_DATA).prices}
    return load_scan_rules(KNOWN_DATA, load_phase_model(KNOWN_DATA).by_id, prices)


def only(*files: bytes | tuple[str, bytes]) -> Scan:
    """Return the one scan in some files."""
    (scan,) = read(*files).scans
    return scan


def results(scan: Scan) -> Mapping[str, Result]:
    return {result.control: result for result in scan.results}


def said(scan: Scan) -> Mapping[str, str]:
    """Return what came of each control: the outcome, or why there is none."""
    return {result.control: str(result.unseen or result.outcome) for result in scan.results}


def every_file() -> Iterable[tuple[str, bytes]]:
    """Return a file of each kind, each full of people."""
    skus = [sku("SPE_E3", "05e9a617-0261-4cee-bb44-138d3ef5d965", 90, 84), sku("LOOM_PREMIUM", "0" * 8, 5, 5)]
    tests = assessment(assessment_test(21796, "Passed"), assessment_test("21815", "Failed"))
    gear = scubagear(scuba_control("MS.AAD.1.1v1", "Pass"), total_user_count=80)
    goggles = scubagoggles(scuba_control("GWS.COMMONCONTROLS.1.1v1", "Fail"))
    score = secure_score({"controlName": "AdminMFAV2", "score": 5, "description": GOSSIP})
    others = [f"person-{number}@partner.example" for number in range(80 - len(ADDRESSES))]
    return (
        ("assessment.json", json_file(tests)),
        ("assessment.html", page(tests)),
        ("maester.json", json_file(maester(maester_test("MT.1006", "Passed")))),
        ("scubagear.json", json_file(gear, mark=True)),
        ("scubagear.csv", csv_file([_texts(scuba_control("MS.AAD.7.4v1", "Fail"))])),
        ("scubagoggles.json", json_file(goggles)),
        ("prowler.ocsf.json", json_file([finding("entra_users_mfa_enabled", "PASS")])),
        ("prowler.csv", csv_file([finding_row("security_2sv_enforced", "FAIL", "googleworkspace")], ";")),
        ("skus.json", json_file({"value": skus})),
        ("score.json", json_file({"value": [score]})),
        ("profiles.json", json_file({"value": [profile("AdminMFAV2", 10)]})),
        ("people.csv", csv_file([person(address) for address in (*ADDRESSES, *others)])),
        ("devices.csv", csv_file([device("id-1"), device("id-2", "Windows Server 2022")])),
    )


def _texts(control: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in control.items()}


def scuba_table(*controls: Mapping[str, Any]) -> bytes:
    """Return controls as the table of ScubaGear."""
    return csv_file([_texts(control) for control in controls], mark=True)


ADDRESS = re.compile(rb"[\w.+-]{2,}@[\w-]+(?:\.[\w-]+)+")
NAMED = re.compile(
    rb'"(?:TenantName|DomainName|Domain|Account|OrgName)": *"([^"\\]{5,})"|"DisplayName": *"([^"]+)",\s*"roles"'
)
"""Tenants, and people with roles."""


def personal_in(content: bytes) -> frozenset[bytes]:
    """Return addresses, and names of people and companies, in what another program wrote."""
    return frozenset((*ADDRESS.findall(content), *filter(None, chain.from_iterable(NAMED.findall(content)))))
