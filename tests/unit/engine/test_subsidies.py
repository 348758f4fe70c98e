"""Which scheme of the state could fit: by region, size and day; nothing is taken off a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import TODAY, book, case, model, quiet, task
from zt_planner.domain.data.rules import Rules, Subsidy
from zt_planner.engine.subsidies import Fit, SubsidyMatch, fitting, subsidies_for


def scheme(region: str = "DE-NW", **fields: Any) -> Subsidy:  # noqa: ANN401 - any field of a scheme
    """Return a scheme that is open, with nothing known of its limits."""
    plain = {"id": "one", "scheme": "Bonus", "state": "open", "conditions": "few", "note": "check", "population": "all"}
    plain |= {"source": "a bank", "source_year": "2026", "read_on": "2026-11-06", "confidence": "primary"}
    return Subsidy.model_validate({**plain, "region": region, **fields})


def matches(*rows: Subsidy, **fields: Any) -> tuple[SubsidyMatch, ...]:  # noqa: ANN401 - any field of a scenario
    """Return the schemes of a plan in North Rhine-Westphalia."""
    given = quiet(**{"timeline__region": "DE-NW", **fields})
    return subsidies_for(case(given, book(), model(task("a"), rules=Rules(subsidies=rows))))


@pytest.mark.parametrize(
    ("own", "row", "is_shown", "in_a_part"),
    [
        ("DE-NW", "DE-NW", True, False),
        ("DE-NW", "DE", True, False),
        ("DE", "DE-NW", True, True),
        ("DE-BY", "DE-NW", False, False),
        ("AT-9", "AT", True, False),
        (None, "AT", False, False),
    ],
)
def test_a_scheme_is_shown_where_it_holds(own: str | None, row: str, is_shown: bool, in_a_part: bool) -> None:  # noqa: FBT001 - a table of cases
    rows = matches(scheme(row), timeline__region=own)
    assert [item.in_a_part for item in rows] == ([in_a_part] if is_shown else [])


@pytest.mark.parametrize(
    ("fields", "fit"),
    [
        ({}, Fit.FITS),
        ({"opens": TODAY, "closes": TODAY}, Fit.FITS),
        ({"opens": date(2026, 11, 7)}, Fit.NOT_OPEN),
        ({"closes": date(2026, 11, 5)}, Fit.NOT_OPEN),
        ({"state": "closed"}, Fit.NOT_OPEN),
        ({"people_below": 121}, Fit.FITS),
        ({"people_below": 120}, Fit.TOO_LARGE),
        ({"turnover_most": 20}, Fit.TOO_LARGE),
        ({"turnover_most": 21}, Fit.FITS),
        ({"turnover_most": 20, "balance_most": 10}, Fit.FITS),
        ({"turnover_most": 20, "balance_most": 9}, Fit.TOO_LARGE),
    ],
)
def test_size_and_day_decide(fields: dict[str, Any], fit: Fit) -> None:
    (row,) = matches(
        scheme(**fields), company__employees=120, company__turnover_millions=21, company__balance_millions=10
    )
    assert row.fit is fit


def test_money_that_is_not_given_excludes_nobody() -> None:
    assert matches(scheme(turnover_most=20))[0].fit is Fit.FITS


@pytest.mark.parametrize(
    ("fields", "fit"),
    [
        ({"timeline__start": "2026-11-05"}, Fit.HAS_BEGUN),
        ({"timeline__start": TODAY}, Fit.FITS),
        ({"timeline__start": "2026-11-05", "status__at": TODAY}, Fit.FITS),  # late, but nothing has begun
        ({"status__at": TODAY, "status__tasks": {"a": {"started": "2026-11-05"}}}, Fit.HAS_BEGUN),
        ({"status__at": TODAY, "status__tasks": {"a": {"finished": "2026-11-05"}}}, Fit.HAS_BEGUN),
        ({"status__at": TODAY, "status__tasks": {"a": {"remaining_days": 2}}}, Fit.FITS),
    ],
)
def test_work_that_has_begun_fits_no_scheme(fields: dict[str, Any], fit: Fit) -> None:
    assert matches(scheme(), **fields)[0].fit is fit
    assert matches(scheme(people_below=5), **fields)[0].fit is Fit.TOO_LARGE


def test_only_schemes_that_fit_could_bring_something() -> None:
    rows = scheme(), scheme(id="closed", state="closed")
    given = case(quiet(timeline__region="DE-NW"), book(), model(task("a"), rules=Rules(subsidies=rows)))
    assert [row.id for row in fitting(given)] == [rows[0].id]


def test_what_fits_stands_first() -> None:
    rows = matches(scheme(id="past", state="closed"), scheme(id="small", people_below=5), scheme(id="ours"))
    assert [row.row.id for row in rows] == ["ours", "small", "past"]
