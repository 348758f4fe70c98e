"""The fields of a scenario in the reader's words, and their values as a person would write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.bookings import Booked
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.fields import (
    APPROVED,
    BOOKINGS,
    FORECASTS,
    KEPT_BOOK,
    OWN,
    OWN_PRICES,
    OWN_ROWS,
    RANGES,
)
from zt_planner.domain.scenario.status import LABOUR
from zt_planner.domain.variants import NAME_OF_PLAN, PLAN, split_path
from zt_planner.topics.inputs.field_names import (
    CHOICES,
    CLOSED,
    COUNTRY,
    DAYS,
    FOLLOWING_FIELDS,
    LEVELLED,
    MONEY,
    NAMES,
    NOT_SET,
    NOTES,
    OF_IDS,
    OF_LABOUR,
    OF_PRICES,
    OWNED,
    REGION,
    SHARES,
    TEXTS,
    WITHOUT_A_VALUE,
)
from zt_planner.topics.inputs.regions import region_name
from zt_planner.topics.labels import booking_label, label, product_name
from zt_planner.topics.task_words import is_of_a_task, task_label, task_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.language import Language

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
        return self.labour and self.notes if field == NOTES else self.labour or not is_of_labour(field)


def is_of_labour(path: str) -> bool:
    """Tell whether a field of the scenario is a day rate, or one could be computed from it."""
    booked = Booked.at(path)
    return path in OF_LABOUR or (booked is not None and booked.category == LABOUR)


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
        return language.labelled(variant, field_label(own, language, book, tasks)) if own else variant
    if is_of_a_task(path):
        return task_label(path, language, tasks or {})
    if path in NAMES:
        return language.say(NAMES[path])
    return _one_of_many(path, language, book, tasks or {})


def _one_of_many(path: str, language: Language, book: PriceBook | None, tasks: Mapping[str, str]) -> str:
    """Return the name of what there may be many of, by its product, its task or its day."""
    for prefix, name in OF_PRICES.items():
        if path.startswith(prefix):
            price_id = path.removeprefix(prefix)
            return language.say(name, product=price_id if book is None else product_name(price_id, book, language))
    for prefix, name in OF_IDS.items():
        if path.startswith(prefix):
            found = path.removeprefix(prefix)
            return language.say(name, name=tasks.get(found, found))
    if path.startswith(FORECASTS):
        return language.say("Forecast of {day}", day=_day(path.removeprefix(FORECASTS), language))
    booked = Booked.at(path)
    return path if booked is None else booking_label(booked, language, tasks)


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
    if isinstance(value, dict):
        return _as_a_whole(path, value, language)
    if isinstance(value, list):
        return _listed(path, value, language)
    return _named(path, str(value), language, book) or _amount(path, value, language)


def _as_a_whole(path: str, value: Mapping[str, JsonValue], language: Language) -> str:
    """Write an approval by its name and day, a forecast by its days, data that came with a plan by how much it is."""
    if path == APPROVED:
        return f"{value['name']}, {_day(value['on'], language)}"
    if path.startswith(FORECASTS):
        finish, sure = _day(value["finish"], language), value.get("sure_by")
        if not sure:
            return language.say("done by {finish}", finish=finish)
        return language.say("done by {finish}, 80% sure by {sure}", finish=finish, sure=_day(sure, language))
    first = value["prices" if path == KEPT_BOOK else "tasks"]
    return language.plural("{n} row", "{n} rows", len(first) if isinstance(first, list) else 0)


def _day(value: JsonValue, language: Language) -> str:
    return language.short_day(date.fromisoformat(str(value)))


def _listed(path: str, values: list[JsonValue], language: Language) -> str:
    """Write levelled dates, a range, own rows, or spans of days."""
    if path == LEVELLED:
        return language.plural("{n} task", "{n} tasks", len(values)) if values else language.say("none")
    if path == CLOSED:
        return language.listed([language.month(Month.from_text(str(month))) for month in values]) or language.say(
            "none"
        )
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
    if path.startswith(BOOKINGS):
        return language.say("nothing")
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
    days = [[date.fromisoformat(str(day)) for day in span] for span in spans if isinstance(span, list)]
    return ", ".join(language.span(first, last) for first, last in days)


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
        return _day(value, language)
    if path in TEXTS or (path not in NAMES and not path.startswith((OWN_PRICES, BOOKINGS))):
        return cut(str(value), VALUE_LENGTH)
    number = Decimal(str(value))
    if path in MONEY or path.startswith((OWN_PRICES, BOOKINGS)):
        return language.money(number, 2)
    if path in SHARES:
        return language.percent(number, 0 if number * 100 == round(number * 100) else 1)
    return language.trimmed(number)
