"""The fields of a scenario in the reader's words, and their values as a person would write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.month import Month
from zt_planner.domain.scan import NO_DAY, ScanKind
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.declared import DeclaredField, field_at, reveals_rates
from zt_planner.domain.scenario.fields import (
    APPROVED,
    CATALOGUE,
    CLOSED,
    FORECASTS,
    KEPT_BOOK,
    LEVELLED,
    NOTES,
    ORDER,
    OWN,
    OWN_ROWS,
    OWNED_LICENCES,
    PRICE_RANGES,
    RANGES,
    RUNNING,
    SCAN_RECORDS,
)
from zt_planner.domain.scenario.inputs import NOT_SET
from zt_planner.domain.scenario.scenario import Running
from zt_planner.domain.units import CHOICE, FLAG, PRODUCT, REGION, UnitKind
from zt_planner.domain.variants import NAME_OF_PLAN, PLAN, split_path
from zt_planner.language import Labelled, Listed, Money, Plural, ShortDay, Span, Text, Trimmed, Words, as_set
from zt_planner.topics.inputs.regions import Region
from zt_planner.topics.labels import booking_label, label, product_name
from zt_planner.topics.scan_names import SCAN_NAMES
from zt_planner.topics.task_words import is_of_a_task, task_label, task_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from zt_planner.domain.data.price_book import PriceBook

SUBSECTOR = "company.subsector"
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


def field_label(path: str, book: PriceBook | None = None, tasks: Mapping[str, Words] | None = None) -> Words:
    """Return a field's name, with its product where the book is given, its task where the tasks' names are.

    That of a variant names the variant first.
    """
    letter, own = split_path(path)
    if path == NAME_OF_PLAN:
        return Text("Name of the plan")
    if letter != PLAN:
        variant = Text("Variant {letter}", letter=letter)
        return Labelled(variant, field_label(own, book, tasks)) if own else variant
    if is_of_a_task(path):
        return task_label(path, tasks or {})
    booked = Booked.at(path)
    if booked is not None:
        return booking_label(booked, tasks or {})
    field = field_at(path)
    if field is None or not field.input.name:
        return path
    return Text(field.input.name, **_of_many(path, book, tasks or {}))


def _of_many(path: str, book: PriceBook | None, tasks: Mapping[str, Words]) -> dict[str, Words]:
    """Return which one it is of what there may be many of: its product, its task or its day."""
    prefix = next((prefix for prefix in (*OWN, *RANGES, FORECASTS, SCAN_RECORDS) if path.startswith(prefix)), None)
    if prefix is None:
        return {}
    own_id = path.removeprefix(prefix)
    if prefix == FORECASTS:
        return {"day": _day(own_id)}
    if prefix == SCAN_RECORDS:
        return {"scan": Text(SCAN_NAMES[ScanKind(own_id)]) if own_id in set(ScanKind) else own_id}
    if prefix in {*OWN, PRICE_RANGES}:
        return {"product": own_id if book is None else product_name(own_id, book)}
    return {"name": tasks.get(own_id, own_id)}


def field_value(path: str, value: JsonValue, book: PriceBook, tasks: Mapping[str, Words] | None = None) -> Words:
    """Return a field's value as a person would write it."""
    path = split_path(path)[1]
    if is_of_a_task(path):
        return task_value(path, value, tasks or {})
    field = field_at(path)
    if value is None or value == "":
        return _nothing(path, field)
    if path.startswith(SCAN_RECORDS):
        return Text("of an unknown day") if value == NO_DAY else _day(value)
    if isinstance(value, bool):
        return as_set(value, FLAG)
    if isinstance(value, dict | list):
        return _as_a_whole(path, value) if isinstance(value, dict) else _listed(path, value, book)
    written = str(value).replace("_", " ") if path == SUBSECTOR else str(value)
    return cut(written, VALUE_LENGTH) if field is None else _written(field, written, book)


def _as_a_whole(path: str, value: Mapping[str, JsonValue]) -> Words:
    """Write an approval by its giver and day, a catalogue by name and day, a forecast by its days, data by its rows."""
    if path == APPROVED:
        by, day = value.get("by"), _day(value["on"])
        return Listed((str(by), day), ", ") if by else day
    if path.startswith(FORECASTS):
        finish, sure = _day(value["finish"]), value.get("sure_by")
        if not sure:
            return Text("done by {finish}", finish=finish)
        return Text("done by {finish}, 80% sure by {sure}", finish=finish, sure=_day(sure))
    if path == CATALOGUE:
        return Listed((str(value["name"]), _day(value["day"])), ", ")
    first = value["prices" if path == KEPT_BOOK else "tasks"]
    return Plural("{n} row", "{n} rows", len(first) if isinstance(first, list) else 0)


def _day(value: JsonValue) -> Words:
    return ShortDay(date.fromisoformat(str(value)))


def _listed(path: str, values: list[JsonValue], book: PriceBook) -> Words:
    """Write tasks, owned licences, what runs, a range, own rows, or spans of days."""
    if path in {LEVELLED, ORDER}:
        return _of_the_order(path, len(values))
    if path == CLOSED:
        return Listed([Month.from_text(str(month)) for month in values]) or Text("none")
    if path == OWNED_LICENCES:
        return _owned(values, book)
    if path == RUNNING:
        return Listed([label(Running(str(name))) for name in values], ", ") or Text("none")
    if path.startswith(RANGES):
        low, high = (Trimmed(Decimal(str(end))) for end in values)
        return Text("{low} to {high} times the estimate", low=low, high=high)
    return rows_text(values) if path.startswith(OWN_ROWS) else _spans(values)


def _of_the_order(path: str, tasks: int) -> Words:
    if path == LEVELLED:
        return Plural("{n} task", "{n} tasks", tasks) if tasks else Text("none")
    return Plural("fixed for {n} task", "fixed for {n} tasks", tasks) if tasks else Text("chosen by the plan")


def _written(field: DeclaredField, value: str, book: PriceBook) -> Words:
    """Return the name of a region, a choice or a product, a number in its unit, a day, or a text shortened."""
    if field.unit is CHOICE and field.choices is not None:
        return label(field.choices(value))
    if field.unit is REGION:
        return Region(value)
    if field.unit is PRODUCT:
        return product_name(value, book)
    return cut(value, VALUE_LENGTH) if field.unit.kind is UnitKind.WORDS else as_set(value, field.unit)


def _nothing(path: str, field: DeclaredField | None) -> Words:
    """Say what holds where a field has no value; a variant without a name is none."""
    if not path:
        return Text("none")
    return Text(NOT_SET if field is None else field.input.unset)


def _owned(rows: list[JsonValue], book: PriceBook) -> Words:
    """Write a few owned licences with seats and days, many by their number."""
    if len(rows) > ROWS_SHOWN:
        return Plural("{n} licence", "{n} licences", len(rows))
    return Listed([owned_text(row, book) for row in rows if isinstance(row, dict)], " · ") or Text("none")


def owned_text(row: Mapping[str, JsonValue], book: PriceBook) -> Words:
    """Write an owned licence: its product, seats and last day, as far as they are known."""
    product, seats, until = product_name(str(row["licence"]), book), row.get("seats"), row.get("until")
    parts: list[Words] = [product]
    if isinstance(seats, int):
        parts.append(Plural("{n} seat", "{n} seats", seats))
    if until is not None:
        parts.append(Text("until {day}", day=_day(until)))
    return Listed(parts, ", ")


def _spans(spans: list[JsonValue]) -> Words:
    """Write a few spans of days with their dates, many by their number."""
    if not spans:
        return Text("none")
    if len(spans) > SPANS_SHOWN:
        return Plural("{n} period", "{n} periods", len(spans))
    days = [[date.fromisoformat(str(day)) for day in span] for span in spans if isinstance(span, list)]
    return Listed((Span(first, last) for first, last in days), ", ")


def rows_text(rows: list[JsonValue]) -> Words:
    """Write the amounts of own rows with their first days, of many the last ones."""
    texts: list[Words] = []
    for row in rows[-ROWS_SHOWN:]:
        if isinstance(row, dict):
            amount = Money(Decimal(str(row["amount"])), 2, str(row["currency"]))
            first = ShortDay(date.fromisoformat(str(row["valid_from"])))
            text = Text("{amount} from {first}", amount=amount, first=first)
            step = row.get("from_quantity")
            texts.append(Text("{price}, from number {step}", price=text, step=str(step)) if step else text)
    left = ["…"] if len(rows) > ROWS_SHOWN else []
    return Listed([*left, *texts], ", ")
