"""The shipped figures stand in the golden tests and in one journey: a price that changes breaks those, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.figures import default_figures
from zt_planner.domain.money import rounded

TESTS = Path(__file__).parents[1]
KNOW_THEM = {TESTS / "browser" / "test_journeys.py", *(TESTS / "golden").iterdir()}
MARK = r"(?:[.,_\s]|\\N\{[A-Z -]+\})?"
"""What may stand between the thousands and the rest, spelled out too."""
AMOUNTS = ("first_year_budget", "run_rate_monthly", "peak_amount", "one_off_total", "horizon_total", "internal_value")


@pytest.mark.extended
def test_no_other_test_knows_the_shipped_figures() -> None:
    euros = [f"{rounded(getattr(default_figures(), name), 0):,}".split(",") for name in AMOUNTS]
    shipped = re.compile("|".join(rf"(?<!\d){MARK.join(parts)}(?!\d)" for parts in euros))
    files = [file for suffix in ("py", "toml") for file in TESTS.rglob(f"*.{suffix}") if file not in KNOW_THEM]
    assert len(files) > 200
    assert {file.name: found for file in files if (found := shipped.findall(file.read_text("utf-8")))} == {}
    assert shipped.search((TESTS / "golden" / "01-default-120-people.toml").read_text("utf-8"))
