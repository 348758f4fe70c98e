"""What the fields of a scenario are called, and of which kind the value of each is.

Laws: every field has a name (a test walks them all); what follows from day
rates is named once, in `OF_LABOUR`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.rules import Sector
from zt_planner.domain.scenario.counts import FOLLOWING
from zt_planner.domain.scenario.fields import (
    APPROVED,
    EFFORT_RANGES,
    KEPT_BOOK,
    KEPT_MODEL,
    OWN,
    OWN_PRICES,
    OWN_ROWS,
    PRICE_RANGES,
    WAIT_RANGES,
)
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import (
    Billing,
    IdentityProvider,
    Mode,
    Monitoring,
    Operator,
    RemoteAccess,
    Segmentation,
)
from zt_planner.errors import msgid
from zt_planner.topics.labels import NOT_YET

if TYPE_CHECKING:
    from enum import StrEnum

LEVELLED, BASIS = "levelling.starts", "levelling.basis"
CLOSED = "status.closed"
UNSPOKEN = frozenset({BASIS})
"""Fields that the program keeps for itself: their values are not shown."""
NAMES = {
    "notes": msgid("Notes"),
    "company.name": msgid("Company name"),
    "company.employees": msgid("People"),
    "company.frontline": msgid("Frontline people"),
    "company.devices": msgid("Devices"),
    "company.servers": msgid("Servers"),
    "company.admins": msgid("Administrators"),
    "company.sites": msgid("Sites"),
    "company.apps": msgid("Business applications"),
    "company.remote_users": msgid("Remote users"),
    "company.works_council": msgid("There is a works council"),
    "company.standstill_day_cost": msgid("A day at a standstill, EUR"),
    "company.owned_licence": msgid("Licences you have today"),
    "company.sector": msgid("Sector"),
    "company.turnover_millions": msgid("Turnover a year, EUR million"),
    "company.balance_millions": msgid("Balance sheet total, EUR million"),
    "company.under_law_since": msgid("Subject to the law since"),
    "choices.identity_provider": msgid("Identity provider"),
    "choices.billing": msgid("Billing of licences"),
    "choices.monitoring": msgid("Monitoring"),
    "choices.remote_access": msgid("Remote access"),
    "choices.segmentation": msgid("Segmentation"),
    "choices.operation": msgid("Operation after the finish"),
    "choices.hardware_reuse": msgid("Hardware that can stay"),
    "timeline.start": msgid("Start"),
    "timeline.mode": msgid("Plan by"),
    "timeline.target_months": msgid("Finish in months"),
    "timeline.internal_days_per_week": msgid("Your team, days a week"),
    "timeline.external_days_per_week": msgid("Consultant, days a week"),
    "timeline.max_internal_days_per_week": msgid("Your team, most days a week"),
    "timeline.max_external_days_per_week": msgid("Consultant, most days a week"),
    "timeline.protection_first": msgid("Protect early (1) or finish early (0)"),
    "timeline.region": msgid("Region of the public holidays"),
    "timeline.year_end_freeze": msgid("Nobody works from 24 December to 1 January"),
    "timeline.closures": msgid("Company holidays and change freezes"),
    "labour.internal_day_cost": msgid("Internal person-day, EUR"),
    "labour.external_day_rate": msgid("Consultant, EUR a day"),
    "labour.coordination_days_per_month.internal": msgid("Coordination, internal days a month"),
    "labour.coordination_days_per_month.external": msgid("Coordination, consultant's days a month"),
    "finance.contingency": msgid("Contingency"),
    "finance.horizon_months": msgid("Horizon in months"),
    "finance.monthly_cap": msgid("Monthly cap, EUR"),
    "levelling.finish_by": msgid("Must be done by"),
    LEVELLED: msgid("Levelled dates"),
    BASIS: msgid("Levelled for"),
    "status.at": msgid("Status date"),
    "status.learns": msgid("Ranges learn from finished tasks"),
    CLOSED: msgid("Closed months"),
    APPROVED: msgid("Approved plan"),
    "uncertainty.seed": msgid("Seed of the draws"),
    "uncertainty.correlation": msgid("How strongly overruns go together"),
    "display.vat_country": msgid("Show amounts with VAT"),
    "display.currency": msgid("Show amounts in another currency"),
    KEPT_BOOK: msgid("Price book that came with the plan"),
    KEPT_MODEL: msgid("Tasks that came with the plan"),
    "prices.as_of": msgid("Prices as of"),
    "prices.rise": msgid("What if: list prices of licences rise by"),
    "prices.rise_from": msgid("What if: list prices rise from"),
}
OF_PRICES = {
    OWN_PRICES: msgid("Own price: {product}"),
    OWN_ROWS: msgid("Own rows of the price book: {product}"),
    PRICE_RANGES: msgid("Range of the price: {product}"),
}
OF_IDS = {
    EFFORT_RANGES: msgid("Range of the effort: {name}"),
    WAIT_RANGES: msgid("Range of the wait after: {name}"),
}
"""Fields by the id of a task."""
CHOICES: dict[str, type[StrEnum]] = {
    "company.sector": Sector,
    "choices.identity_provider": IdentityProvider,
    "choices.billing": Billing,
    "choices.monitoring": Monitoring,
    "choices.remote_access": RemoteAccess,
    "choices.segmentation": Segmentation,
    "choices.operation": Operator,
    "timeline.mode": Mode,
}
MONEY = frozenset(
    {
        *("labour.internal_day_cost", "labour.external_day_rate", "finance.monthly_cap"),
        "company.standstill_day_cost",
    }
)
SHARES = frozenset(
    {
        *("choices.hardware_reuse", "finance.contingency", "prices.rise", "uncertainty.correlation"),
    }
)
DAYS = frozenset(
    {
        *("company.under_law_since", "timeline.start", "levelling.finish_by"),
        *("prices.as_of", "prices.rise_from", "status.at"),
    }
)
TEXTS = frozenset({"notes", "company.name", "display.currency", BASIS})
FOLLOWING_FIELDS = tuple(f"company.{name}" for name in FOLLOWING)
"""Fields that follow the number of people until they are set."""
NOTES, OWNED, COUNTRY, REGION = "notes", "company.owned_licence", "display.vat_country", "timeline.region"
OF_LABOUR = frozenset(
    {"labour.internal_day_cost", "labour.external_day_rate", "finance.monthly_cap", "finance.contingency"}
    | {f"{start}{price_id}" for start in (*OWN, PRICE_RANGES) for price_id in DAY_RATES}
)
"""Day rates and what they could be computed from: not shown to those who may not see labour. So are bookings of it."""
NOT_SET = msgid("not set")
WITHOUT_A_VALUE = {
    OWNED: NOT_YET,
    COUNTRY: msgid("none, net only"),
    REGION: msgid("no public holidays"),
    "": msgid("none"),
    KEPT_BOOK: msgid("none, that of this program applies"),
    KEPT_MODEL: msgid("none, those of this program apply"),
    "prices.as_of": msgid("today"),
    "prices.rise_from": msgid("the first month"),
    "finance.monthly_cap": msgid("no limit"),
    "status.at": msgid("none, nothing has begun"),
    APPROVED: msgid("none"),
    "company.under_law_since": msgid("since the law is in force"),
}
