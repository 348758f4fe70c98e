"""Whether a law on cybersecurity probably applies to a company, and when it has to register (M29).

Decides nothing for sure: a group's companies, exceptions and the law's own definitions are the lawyer's. Laws: more
people, turnover or balance never make a law apply less; where a size is not given, only what is given counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zt_planner.domain.data.rules import (
    ANNEX_I,
    DIRECTIVE,
    MEMBERS,
    WHATEVER_SIZE,
    ExcludedSubsector,
    LawStatus,
    Regulation,
    Rules,
    Sector,
    SizeLimit,
)
from zt_planner.domain.month import add_months
from zt_planner.domain.scenario.scenario import Company, Scenario
from zt_planner.engine.case import Case


class Applicability(StrEnum):
    """How a law probably concerns a company."""

    UNKNOWN = "unknown"
    ESSENTIAL = "essential"
    IMPORTANT = "important"
    SOME_KINDS = "some_kinds"
    NOT_DIRECTLY = "not_directly"
    EXCLUDED = "excluded"
    NO_SUCH_LAW = "no_such_law"


@dataclass(frozen=True, slots=True)
class Registration:
    """The days from and until which a company registers; `opens` is None where it can at any time."""

    by: date
    opens: date | None = None


CONCERNED = frozenset({Applicability.ESSENTIAL, Applicability.IMPORTANT})
"""How a law probably applies; of some kinds of a sector nobody knows whether the company is one."""


def country_of(scenario: Scenario) -> str:
    """Return the country of a scenario's region; empty where it has none."""
    return (scenario.timeline.region or "").partition("-")[0]


def register_by(case: Case) -> date | None:
    """Return the day by which the company registers in its country; None where the law probably does not apply."""
    rules, company, country = case.base_model.rules, case.scenario.company, country_of(case.scenario)
    law = rules.law_of(country)
    if law is None or applicability(company, country, rules) not in CONCERNED:
        return None
    registers = registration(law, company.under_law_since, case.today)
    return None if registers is None else registers.by


def has_nis2(country: str, law: Regulation | None) -> bool:
    """Tell whether NIS2 is law in a country, by its row and the members; an empty country is any that it binds."""
    if law is None or law.status is LawStatus.NOT_VERIFIED:
        return country in {"", *MEMBERS}
    return law.status is not LawStatus.OTHER_LAW


def applicability(company: Company, country: str, rules: Rules) -> Applicability:
    """Return how NIS2 probably concerns a company in a country; by the directive's limits where it has none known.

    An empty country is any that the directive binds.
    """
    law = rules.law_of(country)
    if not has_nis2(country, law):
        return Applicability.NO_SUCH_LAW
    limits = next((rule for rule in (law, rules.law_of(DIRECTIVE)) if rule is not None and rule.size_essential), None)
    if company.sector is None or limits is None:
        return Applicability.UNKNOWN
    if company.sector is Sector.OTHER:
        return Applicability.NOT_DIRECTLY
    if excluded_by(company, rules) is not None:
        return Applicability.EXCLUDED
    return _by_size(company, company.sector, limits)


def _by_size(company: Company, sector: Sector, limits: Regulation) -> Applicability:
    """Return how a law concerns a company of one of its sectors, by its size."""
    if sector in ANNEX_I and _reaches(company, limits.size_essential):
        return Applicability.ESSENTIAL
    if _reaches(company, limits.size_important):
        return Applicability.IMPORTANT
    return Applicability.SOME_KINDS if sector in WHATEVER_SIZE else Applicability.NOT_DIRECTLY


def _reaches(company: Company, limit: SizeLimit | None) -> bool:
    """Tell whether people alone, or turnover and balance together, reach a limit."""
    if limit is None:
        return False
    turnover, balance = company.turnover_millions, company.balance_millions
    is_rich = turnover is not None and balance is not None and turnover > limit.turnover and balance > limit.balance
    people = company.employees if company.full_time_equivalents is None else company.full_time_equivalents
    return people >= limit.people or is_rich


def excluded_by(company: Company, rules: Rules) -> ExcludedSubsector | None:
    """Return the part of a sector that a definition leaves out, where the company is one; None where it is not."""
    return next(
        (row for row in rules.subsectors if (row.sector, row.subsector) == (company.sector, company.subsector)), None
    )


def registration(law: Regulation, since: date | None, today: date) -> Registration | None:
    """Return when a company registers that falls under the law since a day, by default since the law is in force.

    A registration that comes every year is the next one. None where the law names none.
    """
    if law.in_force is None:
        return None
    begins = max(law.in_force, since or law.in_force)
    if law.register_months is not None:
        return Registration(add_months(begins, law.register_months))
    if law.register_window is None:
        return None
    after = max(begins, today)
    opens, by = (_next(day, after) for day in law.register_window)
    return Registration(by, opens if opens <= by else opens.replace(year=opens.year - 1))


def _next(month_day: str, after: date) -> date:
    """Return the first such day on or after another one."""
    day = date.fromisoformat(f"{after.year}-{month_day}")
    return day if day >= after else day.replace(year=day.year + 1)
