"""The numbers about companies, hardware and billing terms that rules use: what parameters.csv says.

Minimums, such as two servers, are part of the rules. A model that was saved before there were
parameters is of the first edition: its plans keep their figures (ADR 0052).
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - pydantic reads annotations at run time
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from zt_planner.domain.data.price_book import Confidence

Count = Annotated[Decimal, Field(gt=0, le=5000)]
Proportion = Annotated[Decimal, Field(ge=0, le=1)]
Factor = Annotated[Decimal, Field(gt=0, le=10)]


class Parameters(BaseModel):
    """Every parameter by its id: people, machines, shares and factors, each within its bounds.

    `edition` says which form of a rule holds where no number can express it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition: Literal[1, 2] = 2
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
    term_annual_monthly: Factor
    term_monthly: Factor

    @cached_property
    def exact(self) -> Mapping[str, Fraction]:
        """Each parameter as an exact fraction."""
        return {name: Fraction(getattr(self, name)) for name in PARAMETER_IDS}

    @property
    def is_first_edition(self) -> bool:
        """The rules are those of the time before there were parameters (ADR 0052)."""
        return self.edition == 1


class Parameter(BaseModel):
    """One row of parameters.csv."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    value: Decimal
    unit: str | None = None
    source: str | None = None
    confidence: Confidence
    note: str | None = None


FIRST_EDITION = Parameters(
    edition=1,
    size_reference=Decimal(120),
    size_exponent=Decimal(0),
    size_least=Decimal(1),
    size_most=Decimal(1),
    devices_per_employee=Decimal("1.2"),
    employees_per_server=Decimal(20),
    employees_per_site=Decimal(100),
    apps_base=Decimal(4),
    employees_per_app=Decimal(30),
    admins_base=Decimal(0),
    employees_per_admin=Decimal(20),
    remote_share=Decimal("0.5"),
    pilot_share=Decimal("0.1"),
    switch_ports=Decimal(24),
    port_reserve=Decimal("1.3"),
    people_per_access_point=Decimal(20),
    term_annual_monthly=Decimal("1.05"),
    term_monthly=Decimal("1.2"),
)
"""The numbers of the first edition: fixed efforts are the same for every company."""
IN_ORDER = (("size_least", "size_most"), ("term_annual_monthly", "term_monthly"))
"""Parameters of which the first is at most the second: a size has room, and what binds for longer costs no more."""
PARAMETER_IDS = tuple(name for name in Parameters.model_fields if name != "edition")
"""The rows of parameters.csv."""
