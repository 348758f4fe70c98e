"""The fields of a scenario in the reader's words, and their values as a person would write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.declared import DeclaredField, field_at, reveals_rates
from zt_planner.domain.scenario.fields import (
    APPROVED,
    CLOSED,
    FORECASTS,
    KEPT_BOOK,
    LEVELLED,
    NOTES,
    OWN,
    OWN_ROWS,
    PRICE_RANGES,
    RANGES,
)
from zt_planner.domain.scenario.inputs import NOT_SET, Kind
from zt_planner.domain.variants import NAME_OF_PLAN, PLAN, split_path
from zt_planner.topics.inputs.regions import region_name
from zt_planner.topics.labels import booking_label, label, product_name
from zt_planner.topics.task_words import is_of_a_task, task_label, task_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        return self.labour and self.notes if field == NOTES else self.labour or not reveals_rates(field)


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
    booked = Booked.at(path)
    if booked is not None:
        return language.write(booking_label(booked, tasks or {}))
    field = field_at(path)
    if field is None or not field.input.name:
        return path
    return language.say(field.input.name, **_of_many(path, language, book, tasks or {}))


def _of_many(path: str, language: Language, book: PriceBook | None, tasks: Mapping[str, str]) -> dict[str, str]:
    """Return which one it is of what there may be many of: its product, its task or its day."""
    prefix = next((prefix for prefix in (*OWN, *RANGES, FORECASTS) if path.startswith(prefix)), None)
    if prefix is None:
        return {}
    own_id = path.removeprefix(prefix)
    if prefix == FORECASTS:
        return {"day": _day(own_id, language)}
    if prefix in {*OWN, PRICE_RANGES}:
        return {"product": own_id if book is None else language.write(product_name(own_id, book))}
    return {"name": tasks.get(own_id, own_id)}


def field_value(
    path: str, value: JsonValue, language: Language, book: PriceBook, tasks: Mapping[str, str] | None = None
) -> str:
    """Return a field's value as a person would write it."""
    path = split_path(path)[1]
    if is_of_a_task(path):
        return task_value(path, value, language, tasks or {})
    field = field_at(path)
    if value is None or value == "":
        return _nothing(path, field, language)
    if isinstance(value, bool):
        return language.say("yes") if value else language.say("no")
    if isinstance(value, dict):
        return _as_a_whole(path, value, language)
    if isinstance(value, list):
        return _listed(path, value, language)
    return cut(str(value), VALUE_LENGTH) if field is None else _written(field, str(value), language, book)


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


def _written(field: DeclaredField, value: str, language: Language, book: PriceBook) -> str:
    """Return the name of a region, a choice or a product, a number in its unit, a day, or a text shortened."""
    if field.kind is Kind.CHOICE and field.choices is not None:
        return language.write(label(field.choices(value)))
    written: dict[Kind, Callable[[], str]] = {
        Kind.REGION: lambda: region_name(value, language),
        Kind.PRODUCT: lambda: language.write(product_name(value, book)),
        Kind.DAY: lambda: _day(value, language),
        Kind.MONEY: lambda: language.money(Decimal(value), 2),
        Kind.SHARE: lambda: _percent(Decimal(value), language),
        Kind.NUMBER: lambda: language.trimmed(Decimal(value)),
    }
    return written[field.kind]() if field.kind in written else cut(value, VALUE_LENGTH)


def _percent(share: Decimal, language: Language) -> str:
    return language.percent(share, 0 if share * 100 == round(share * 100) else 1)


def _nothing(path: str, field: DeclaredField | None, language: Language) -> str:
    """Say what holds where a field has no value; a variant without a name is none."""
    if not path:
        return language.say("none")
    return language.say(NOT_SET if field is None else field.input.unset)


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
