"""Lists of people and of devices, as Microsoft's pages export them: only counted.

Of each row only the columns below are looked at; nothing of it is kept, not even while the file is read.
"""

from __future__ import annotations

from collections.abc import Mapping

from zt_planner.domain.scan import CountKind, Scan, ScanKind, tallies
from zt_planner.files.scans.cells import is_true
from zt_planner.files.scans.source import TableDocument

ACCOUNT = ("userprincipalname", "user principal name")
ENABLED, BLOCKED = ("accountenabled", "account enabled"), ("block credential",)
TYPE = ("usertype", "user type")
GUEST_MARK = "#ext#"
DEVICE = ("device id", "deviceid")
SYSTEM = ("os", "operatingsystem", "operating system", "os version", "operatingsystemversion")
SERVER = "server"


def is_people(document: TableDocument) -> bool:
    """Tell whether a table is a list of people: accounts, with what kind or licences each has."""
    header = _header(document)
    return not header.isdisjoint(ACCOUNT) and not header.isdisjoint((*TYPE, *ENABLED, *BLOCKED, "licenses"))


def is_devices(document: TableDocument) -> bool:
    """Tell whether a table is a list of devices."""
    header = _header(document)
    return not header.isdisjoint(DEVICE) and not header.isdisjoint(SYSTEM)


def _header(document: TableDocument) -> set[str]:
    return {name.casefold() for name in document.header}


def people_from(document: TableDocument) -> Scan:
    """Count people and guests; accounts that are blocked are neither."""
    people = guests = 0
    for row in document.rows():
        cells = {name.casefold(): cell for name, cell in row.items()}
        enabled = _cell(cells, ENABLED)
        if is_true(_cell(cells, BLOCKED)) or (enabled and not is_true(enabled)):
            continue
        if _cell(cells, TYPE).casefold() == "guest" or GUEST_MARK in _cell(cells, ACCOUNT).casefold():
            guests += 1
        else:
            people += 1
    return Scan(ScanKind.USERS, document.file, counts=tallies({CountKind.PEOPLE: people, CountKind.GUESTS: guests}))


def devices_from(document: TableDocument) -> Scan:
    """Count devices and servers, each id once."""
    seen: set[int] = set()
    devices = servers = 0
    for row in document.rows():
        cells = {name.casefold(): cell for name, cell in row.items()}
        device = _cell(cells, DEVICE).casefold()
        if device and hash(device) in seen:
            continue
        seen.add(hash(device))
        is_server = any(SERVER in cells.get(name, "").casefold() for name in SYSTEM)
        servers, devices = servers + is_server, devices + (not is_server)
    counts = tallies({CountKind.DEVICES: devices, CountKind.SERVERS: servers})
    return Scan(ScanKind.DEVICES, document.file, counts=counts)


def _cell(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name].strip() for name in names if name in cells), "")
