"""The threat model names tests that are there, and every route of the server."""

from __future__ import annotations

import re

from tests.routes import paths
from zt_planner.resources import root

PAGE = (root() / "docs" / "security.md").read_text("utf-8")
TESTS = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)


def test_every_test_that_shows_a_protection_is_there() -> None:
    assert not [(path, name) for path, name in TESTS if f"def {name}(" not in (root() / path).read_text("utf-8")]


def test_every_threat_names_what_shows_that_it_is_met() -> None:
    (table,) = re.findall(r"(?m)^\| who \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE)
    threats = table.splitlines()
    assert len(threats) > 10
    assert not [threat for threat in threats if "::test_" not in threat.rsplit(" | ", 1)[-1]]


def test_the_table_of_routes_has_each_route_and_no_other() -> None:
    assert sorted(re.findall(r"(?m)^\| `(/\S*)` \|", PAGE)) == sorted(paths())
