"""The tables of CSV as docs/exports.md describes them, for tests: columns and words of both dialects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from zt_planner.resources import root

YES_NO = {"ja": "true", "nein": "false"}
GERMAN_WORDS: Mapping[str, Mapping[str, str]] = {
    "step": {
        "Vorbereitung": "0",
        "1 Identitäten": "1",
        "2 Minimale Rechte": "2",
        "3 Segmentierung": "3",
        "4 Geräte": "4",
        "5 Monitoring": "5",
    },
    "critical": YES_NO,
    "cash": YES_NO,
    "complete": YES_NO,
    "kind": {"einmalig": "one_off", "laufend": "recurring"},
    "category": {
        "Lizenzen": "licence",
        "Monitoring": "monitoring",
        "Betrieb": "operation",
        "Hardware und Schlüssel": "hardware",
        "Schulung": "training",
        "Berater": "consultant",
        "Risikoreserve": "contingency",
        "Interne Arbeit": "internal",
    },
    "unit": {"Personentag": "day"},
    "confidence": {
        "eigener Preis": "own",
        "per Definition": "definition",
        "vom Hersteller": "vendor",
        "von Dritten": "third_party",
        "abgeleitet": "derived",
        "angenommen": "assumed",
    },
    "who": {"Geschäftsleitung": "management"},
    "overdue": {"überfällig": "true", "": "false"},
}


@lru_cache
def documented() -> dict[str, dict[str, str]]:
    """Return the columns of each table by their titles in German Excel, in their order."""
    page = (root() / "docs" / "exports.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| `([a-z_]+\.csv)` \| ([a-z_, ]+) \| ([^|]+) \|$", page)
    return {
        file: dict(zip(german.strip().split("; "), names.strip().split(", "), strict=True))
        for file, names, german in rows
    }


def in_codes(row: Mapping[str, str]) -> dict[str, str]:
    """Return a row for German Excel under the names of its columns and with the codes of its words."""
    columns = next(each for each in documented().values() if row.keys() <= each.keys())
    named = {columns[title]: cell for title, cell in row.items()}
    return {name: GERMAN_WORDS.get(name, {}).get(cell, cell) for name, cell in named.items()}
