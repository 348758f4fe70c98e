"""Which scheme of the state could fit a plan, by region, size and day (M32).

Decides nothing for sure, and takes nothing off a plan: a scheme that fits is a date and a chance. Law: a scheme that
is closed, or whose days do not hold the plan's today, fits nobody; nor does any fit work that has begun, as nothing may
start before the approval.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from zt_planner.domain.data.rules import Subsidy, SubsidyState
from zt_planner.domain.scenario.scenario import Company, Scenario
from zt_planner.engine.case import Case


class Fit(StrEnum):
    """How a scheme fits."""

    FITS = "fits"
    HAS_BEGUN = "has_begun"
    TOO_LARGE = "too_large"
    NOT_OPEN = "not_open"


class SubsidyMatch(NamedTuple):
    """A scheme, how it fits, and whether it holds in a part of the country that the plan does not name."""

    row: Subsidy
    fit: Fit
    in_a_part: bool


def subsidies_for(case: Case) -> tuple[SubsidyMatch, ...]:
    """Return the schemes of a plan's region, those that fit first."""
    scenario = case.scenario
    matches = (
        SubsidyMatch(row, _fit(row, case), len(row.region) > len(scenario.timeline.region or ""))
        for row in case.base_model.rules.subsidies
        if _covers(row.region, scenario)
    )
    return tuple(sorted(matches, key=lambda match: list(Fit).index(match.fit)))


def fitting(case: Case) -> tuple[Subsidy, ...]:
    """Return the schemes that could fit."""
    return tuple(each.row for each in subsidies_for(case) if each.fit is Fit.FITS)


def has_begun(case: Case) -> bool:
    """Tell whether work has begun: by what is recorded; without a status date by the start of the plan."""
    status = case.scenario.status
    if not status.is_under_way:
        return case.start < case.today
    return any(record.started or record.finished for record in status.tasks.values())


def _covers(region: str, scenario: Scenario) -> bool:
    """Tell whether one of two regions lies within the other."""
    own = scenario.timeline.region
    return own is not None and (own == region or own.startswith(f"{region}-") or region.startswith(f"{own}-"))


def _fit(row: Subsidy, case: Case) -> Fit:
    today = case.today
    is_open = row.state is SubsidyState.OPEN and not (
        (row.opens is not None and today < row.opens) or (row.closes is not None and today > row.closes)
    )
    if not is_open:
        return Fit.NOT_OPEN
    if _is_too_large(row, case.scenario.company):
        return Fit.TOO_LARGE
    return Fit.HAS_BEGUN if has_begun(case) else Fit.FITS


def _is_too_large(row: Subsidy, company: Company) -> bool:
    """Tell whether there are too many people, or turnover and balance are both known to be above their limits."""
    if row.people_below is not None and company.employees >= row.people_below:
        return True
    money = ((row.turnover_most, company.turnover_millions), (row.balance_most, company.balance_millions))
    above = [given is not None and given > most for most, given in money if most is not None]
    return bool(above) and all(above)
