"""What scans of other programs are called, for all topics that name one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zt_planner.domain.scan import NO_DAY, ScanKind
from zt_planner.errors import msgid
from zt_planner.language import Text, Words

SCAN_NAMES: Mapping[ScanKind, str] = {
    ScanKind.ZTA: msgid("Zero Trust Assessment"),
    ScanKind.MAESTER: msgid("Maester"),
    ScanKind.SCUBAGEAR: msgid("ScubaGear"),
    ScanKind.SCUBAGOGGLES: msgid("ScubaGoggles"),
    ScanKind.SECURE_SCORE: msgid("Secure Score"),
    ScanKind.PROWLER_M365: msgid("Prowler (Microsoft 365)"),
    ScanKind.PROWLER_GOOGLEWORKSPACE: msgid("Prowler (Google Workspace)"),
    ScanKind.PROWLER_OKTA: msgid("Prowler (Okta)"),
    ScanKind.LICENCES: msgid("Licences of Microsoft 365"),
    ScanKind.USERS: msgid("List of people"),
    ScanKind.DEVICES: msgid("List of devices"),
}


def scan_name(kind: ScanKind, day: date | None) -> Words:
    """Name a scan, with its day where it says so."""
    name = Text(SCAN_NAMES[kind])
    return name if day is None else Text("{scan} of {day}", scan=name, day=day)


def kept_scan(kind: str, day: str) -> Words:
    """Name a scan as a scenario keeps it: by its kind, and its day or that it is unknown."""
    return scan_name(ScanKind(kind), None if day == NO_DAY else date.fromisoformat(day))
