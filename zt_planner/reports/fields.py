"""The fields of a scenario in the reader's words, and their values as a person would write them.

Law: every field has a name (a test walks them all).
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from zt_planner.domain.fields import OWN_PRICES
from zt_planner.domain.scenario import Billing, IdentityProvider, Mode, Monitoring, RemoteAccess
from zt_planner.errors import msgid, shortened
from zt_planner.reports.words import NOT_YET, label, product_name

if TYPE_CHECKING:
    from enum import StrEnum

    from pydantic import JsonValue

    from zt_planner.domain.price_book import PriceBook
    from zt_planner.language import Language

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
    "company.owned_licence": msgid("What do they have today?"),
    "choices.identity_provider": msgid("Identity provider"),
    "choices.billing": msgid("Billing of licences"),
    "choices.monitoring": msgid("Monitoring"),
    "choices.remote_access": msgid("Remote access"),
    "choices.hardware_reuse": msgid("Hardware that can stay"),
    "timeline.start": msgid("Start"),
    "timeline.mode": msgid("What is given?"),
    "timeline.target_months": msgid("Finish in months"),
    "timeline.internal_days_per_week": msgid("Your team, days a week"),
    "timeline.external_days_per_week": msgid("Consultant, days a week"),
    "timeline.max_internal_days_per_week": msgid("Most days a week of your team"),
    "timeline.max_external_days_per_week": msgid("Most days a week of the consultant"),
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
    "finance.monthly_cap": msgid("Most that may be paid in a month, EUR"),
}
CHOICES: dict[str, type[StrEnum]] = {
    "choices.identity_provider": IdentityProvider,
    "choices.billing": Billing,
    "choices.monitoring": Monitoring,
    "choices.remote_access": RemoteAccess,
    "timeline.mode": Mode,
}
MONEY = frozenset({"labour.internal_day_cost", "labour.external_day_rate", "finance.monthly_cap"})
SHARES = frozenset({"choices.hardware_reuse", "finance.contingency"})
VALUE_LENGTH = 60


def field_label(path: str, language: Language, book: PriceBook | None = None) -> str:
    """Return a field's name, an own price's with its product where the book is given."""
    if path.startswith(OWN_PRICES):
        price_id = path.removeprefix(OWN_PRICES)
        product = price_id if book is None else product_name(price_id, book, language)
        return language.say("Own price: {product}", product=product)
    return language.say(NAMES[path]) if path in NAMES else path


def field_value(path: str, value: JsonValue, language: Language, book: PriceBook) -> str:
    """Return a field's value as a person would write it."""
    if value is None or value == "":
        return language.say(NOT_YET) if path == "company.owned_licence" else language.say("not set")
    if isinstance(value, bool):
        return language.say("yes") if value else language.say("no")
    if path in CHOICES:
        return label(CHOICES[path](str(value)), language)
    if path == "company.owned_licence":
        return product_name(str(value), book, language)
    if isinstance(value, list):
        return language.plural("{n} span", "{n} spans", len(value))
    return _amount(path, value, language)


def _amount(path: str, value: JsonValue, language: Language) -> str:
    """Return a number in its unit, a text shortened."""
    if path in NAMES and NAMES[path] in {NAMES["notes"], NAMES["company.name"], NAMES["timeline.region"]}:
        return shortened(str(value), VALUE_LENGTH)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return shortened(str(value), VALUE_LENGTH)
    if path in MONEY or path.startswith(OWN_PRICES):
        return language.money(number, 2)
    if path in SHARES:
        return language.say("{percent} %", percent=language.trimmed(number * 100))
    return language.trimmed(number)
