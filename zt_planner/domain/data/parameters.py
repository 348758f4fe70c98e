"""The numbers about companies, hardware and billing terms that rules use: what parameters.csv says.

Minimums, such as two servers, are part of the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from zt_planner.domain.data.columns import Row, Word
from zt_planner.domain.data.price_book import Confidence

Count = Annotated[Decimal, Field(gt=0, le=5000)]
Proportion = Annotated[Decimal, Field(ge=0, le=1)]
Factor = Annotated[Decimal, Field(gt=0, le=10)]


class Parameters(BaseModel):
    """Every parameter by its id: people, machines, shares and factors, each within its bounds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size_reference: Count
    size_exponent: Proportion
    size_least: Factor
    size_most: Factor
    devices_per_employee: Annotated[Decimal, Field(ge=0, le=100)]
    employees_per_server: Count
    employees_per_site: Count
    apps_base: Annotated[Decimal, Field(ge=0, le=500)]
    employees_per_app: Count
    admins_base: Annotated[Decimal, Field(ge=0, le=100)]
    employees_per_admin: Count
    remote_share: Proportion
    pilot_share: Proportion
    switch_ports: Annotated[Decimal, Field(ge=1, le=1000)]
    port_reserve: Annotated[Decimal, Field(ge=1, le=10)]
    people_per_access_point: Count
    devices_per_frontline: Annotated[Decimal, Field(ge=0, le=100)]
    most_days_employees: Count
    reaction: Proportion
    coordination_internal: Proportion
    coordination_external: Proportion
    confidence_draws: Annotated[Decimal, Field(ge=100, le=10_000)]
    term_annual_monthly: Factor
    term_monthly: Factor

    @cached_property
    def exact(self) -> Mapping[str, Fraction]:
        """Each parameter as an exact fraction."""
        return {name: Fraction(getattr(self, name)) for name in PARAMETER_IDS}


class Parameter(Row):
    """One row of parameters.csv."""

    id: Word
    value: Annotated[Decimal, Field(ge=0, le=100_000)]
    unit: str | None = None
    source: str | None = None
    confidence: Confidence
    note: str | None = None


IN_ORDER = (("size_least", "size_most"), ("term_annual_monthly", "term_monthly"))
"""Parameters of which the first is at most the second: a size has room, and what binds for longer costs no more."""
PARAMETER_IDS = tuple(Parameters.model_fields)
"""The rows of parameters.csv."""
