"""Relative risks as a grid: what a typed cell sets, and what takes it away."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.handouts import handout
from zt_planner.engine.losses import outlook_of
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.grids.factors import default_factors, factor_grid

if TYPE_CHECKING:
    from zt_planner.engine.losses import LossOutlook
    from zt_planner.reports.grids.grid import RowEdit

ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)


def outlook(**losses: Any) -> LossOutlook:  # noqa: ANN401 - any field of the group
    """Return doing nothing beside the default plan."""
    given = handout({"losses": losses})
    found = outlook_of(given.plan, given.case)
    assert found is not None
    return found


def typed(found: LossOutlook, row: str, language: Language = ENGLISH, **texts: str) -> RowEdit:
    """Return what typing into one row would set."""
    (edit,) = factor_grid(found, language).edits({(row, column): text for column, text in texts.items()})
    return edit


def test_a_typed_factor_is_set_and_the_datas_or_nothing_takes_it_away() -> None:
    found = outlook(on_frequency={"mfa": 0.9})
    assert typed(found, "mfa", GERMAN, on_frequency="0,5").fields == {"losses.on_frequency.mfa": Decimal("0.5")}
    assert typed(found, "mfa", on_frequency="0.71").fields == {"losses.on_frequency.mfa": None}
    assert typed(found, "mfa", on_frequency="", on_severity="0.8").fields == {
        "losses.on_frequency.mfa": None,
        "losses.on_severity.mfa": Decimal("0.8"),
    }


@pytest.mark.parametrize("text", ["0", "0.19", "1.01"])
def test_a_factor_out_of_bounds_is_refused(text: str) -> None:
    edit = typed(outlook(), "segmentation", on_severity=text)
    assert not edit.fields
    assert "is not between 0.2 and 1" in str(edit.problems[0])


def test_own_factors_are_marked_and_all_go_back_at_once() -> None:
    found = outlook(on_frequency={"mfa": 0.9}, on_severity={"edr": 0.5})
    rows = {row.id: row.cells for row in factor_grid(found, ENGLISH).rows}
    assert {name: cells["own"] for name, cells in rows.items() if cells["own"] != "default"} == dict.fromkeys(
        ("mfa", "edr"), "own factor"
    )
    assert rows["mfa"]["on_frequency"] == "0.9"
    assert rows["edr_watched"]["since"] == "not in this plan"
    assert default_factors(found) == {"losses.on_frequency.mfa": None, "losses.on_severity.edr": None}
    assert not default_factors(outlook())
