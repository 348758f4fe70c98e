"""The fields of a scenario in the reader's words, and their values as a person would write them.

Laws: every field has a name (a test walks them all); what follows from day
rates is named once, in `OF_LABOUR`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.scenario.counts import FOLLOWING
from zt_planner.domain.scenario.fields import (
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
from zt_planner.domain.variants import NAME_OF_PLAN, PLAN, split_path
from zt_planner.errors import msgid
from zt_planner.reports.words.labels import NOT_YET, label, product_name
from zt_planner.reports.words.regions import region_name
from zt_planner.reports.words.tasks import is_of_a_task, task_label, task_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from pydantic import JsonValue

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.language import Language

LEVELLED, BASIS = "levelling.starts", "levelling.basis"
SEEN_EDITION = "seen_edition"
"""Whether a notice has been read: no decision, and no change of the plan."""
UNSPOKEN = frozenset({SEEN_EDITION, BASIS})
"""Fields that the program keeps for itself: their values are not shown."""
NAMES = {
    "notes": msgid("Notes"),
    SEEN_EDITION: msgid("Edition of the model last seen"),
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
    "company.owned_licence": msgid("Licences you have today"),
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
    "finance.monthly_cap": msgid("Limit on payments in a month, EUR"),
    "levelling.finish_by": msgid("Must be done by"),
    LEVELLED: msgid("Levelled dates"),
    BASIS: msgid("Levelled for"),
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
OF_TASKS = {
    EFFORT_RANGES: msgid("Range of the effort: {task}"),
    WAIT_RANGES: msgid("Range of the wait after: {task}"),
}
RANGES = (PRICE_RANGES, EFFORT_RANGES, WAIT_RANGES)
CHOICES: dict[str, type[StrEnum]] = {
    "choices.identity_provider": IdentityProvider,
    "choices.billing": Billing,
    "choices.monitoring": Monitoring,
    "choices.remote_access": RemoteAccess,
    "choices.segmentation": Segmentation,
    "choices.operation": Operator,
    "timeline.mode": Mode,
}
MONEY = frozenset({"labour.internal_day_cost", "labour.external_day_rate", "finance.monthly_cap"})
SHARES = frozenset({"choices.hardware_reuse", "finance.contingency", "prices.rise", "uncertainty.correlation"})
DAYS = frozenset({"timeline.start", "levelling.finish_by", "prices.as_of", "prices.rise_from"})
TEXTS = frozenset({"notes", "company.name", "display.currency", BASIS})
FOLLOWING_FIELDS = tuple(f"company.{name}" for name in FOLLOWING)
"""Fields that follow the number of people until they are set."""
NOTES, OWNED, COUNTRY, REGION = "notes", "company.owned_licence", "display.vat_country", "timeline.region"
OF_LABOUR = frozenset(
    {"labour.internal_day_cost", "labour.external_day_rate", "finance.monthly_cap", "finance.contingency"}
    | {f"{start}{price_id}" for start in (*OWN, PRICE_RANGES) for price_id in DAY_RATES}
)
"""Day rates and what they could be computed from: not shown to those who may not see labour."""
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
}
VALUE_LENGTH = 60
SPANS_SHOWN = 3
ROWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Visibility:
    """What a reader of a session may see."""

    labour: bool = True
    notes: bool = True

    def sees(self, path: str) -> bool:
        """Tell whether a field, by its path in a session, is shown; notes only to those who see everything."""
        field = split_path(path)[1]
        return self.labour and self.notes if field == NOTES else self.labour or field not in OF_LABOUR


def cut(text: str, length: int) -> str:
    """Return a text of at most so many characters, as it stands up to there."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def field_label(
    path: str, language: Language, book: PriceBook | None = None, tasks: Mapping[str, str] | None = None
) -> str:
    """Return a field's name, with its product where the book is given, its task where the tasks' names are.

    That of a variant names the variant first.
    """
    letter, own = split_path(path)
    if path == NAME_OF_PLAN:
        return language.say("Name of the plan")
    if letter != PLAN:
        variant = language.say("Variant {letter}", letter=letter)
        return f"{variant}: {field_label(own, language, book, tasks)}" if own else variant
    if is_of_a_task(path):
        return task_label(path, language, tasks or {})
    for prefix, name in OF_PRICES.items():
        if path.startswith(prefix):
            price_id = path.removeprefix(prefix)
            return language.say(name, product=price_id if book is None else product_name(price_id, book, language))
    for prefix, name in OF_TASKS.items():
        if path.startswith(prefix):
            task_id = path.removeprefix(prefix)
            return language.say(name, task=(tasks or {}).get(task_id, task_id))
    return language.say(NAMES[path]) if path in NAMES else path


def field_value(
    path: str, value: JsonValue, language: Language, book: PriceBook, tasks: Mapping[str, str] | None = None
) -> str:
    """Return a field's value as a person would write it."""
    path = split_path(path)[1]
    if is_of_a_task(path):
        return task_value(path, value, language, tasks or {})
    if value is None or value == "":
        return _nothing(path, language)
    if isinstance(value, bool):
        return language.say("yes") if value else language.say("no")
    if isinstance(value, dict) and path in {KEPT_BOOK, KEPT_MODEL}:
        first = value["prices" if path == KEPT_BOOK else "tasks"]
        return language.plural("{n} row", "{n} rows", len(first) if isinstance(first, list) else 0)
    if isinstance(value, list):
        return _listed(path, value, language)
    return _named(path, str(value), language, book) or _amount(path, value, language)


def _listed(path: str, values: list[JsonValue], language: Language) -> str:
    """Write levelled dates, a range, own rows, or spans of days."""
    if path == LEVELLED:
        return language.plural("{n} task", "{n} tasks", len(values)) if values else language.say("none")
    if path.startswith(RANGES):
        low, high = (language.trimmed(Decimal(str(end))) for end in values)
        return language.say("{low} to {high} times the estimate", low=low, high=high)
    return rows_text(values, language) if path.startswith(OWN_ROWS) else _spans(values, language)


def _named(path: str, value: str, language: Language, book: PriceBook) -> str:
    """Return the name of a country or region, a choice or a product; nothing for any other field."""
    if path in {COUNTRY, REGION}:
        return region_name(value, language)
    if path in CHOICES:
        return label(CHOICES[path](value), language)
    return product_name(value, book, language) if path == OWNED else ""


def _nothing(path: str, language: Language) -> str:
    """Say what holds where a field has no value."""
    if path in FOLLOWING_FIELDS:
        return language.say("follows the number of people")
    if path.startswith((*OWN, "labour.")):
        return language.say("the price book's")
    if path.startswith(RANGES):
        return language.say("default")
    return language.say(WITHOUT_A_VALUE.get(path, NOT_SET))


def _spans(spans: list[JsonValue], language: Language) -> str:
    """Write a few spans of days with their dates, many by their number."""
    if not spans:
        return language.say("none")
    if len(spans) > SPANS_SHOWN:
        return language.plural("{n} period", "{n} periods", len(spans))
    days = [
        [language.short_day(date.fromisoformat(str(day))) for day in span] for span in spans if isinstance(span, list)
    ]
    return ", ".join(" - ".join(span) for span in days)


def row_amount(amount: Decimal, currency: str, language: Language) -> str:
    """Write the amount of a row alone."""
    is_home = currency == HOME_CURRENCY
    return language.money(amount, 2) if is_home else f"{language.number(amount, 2)}\N{NO-BREAK SPACE}{currency}"


def rows_text(rows: list[JsonValue], language: Language) -> str:
    """Write the amounts of own rows with their first days, of many the last ones."""
    texts = []
    for row in rows[-ROWS_SHOWN:]:
        if isinstance(row, dict):
            amount = f"{language.number(Decimal(str(row['amount'])), 2)}\N{NO-BREAK SPACE}{row['currency']}"
            first = language.short_day(date.fromisoformat(str(row["valid_from"])))
            text = language.say("{amount} from {first}", amount=amount, first=first)
            step = row.get("from_quantity")
            texts.append(language.say("{price}, from number {step}", price=text, step=step) if step else text)
    left = ["…"] if len(rows) > ROWS_SHOWN else []
    return ", ".join([*left, *texts])


def _amount(path: str, value: JsonValue, language: Language) -> str:
    """Return a number in its unit, a day, or a text shortened."""
    if path in DAYS:
        return language.short_day(date.fromisoformat(str(value)))
    if path in TEXTS or (path not in NAMES and not path.startswith(OWN_PRICES)):
        return cut(str(value), VALUE_LENGTH)
    number = Decimal(str(value))
    if path in MONEY or path.startswith(OWN_PRICES):
        return language.money(number, 2)
    if path in SHARES:
        return language.percent(number, 0 if number * 100 == round(number * 100) else 1)
    return language.trimmed(number)
