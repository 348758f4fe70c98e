"""Own rows of the price book: whole rows by id, kept in the scenario and checked as strictly as the file.

An id with own rows has no others: they replace all the book's rows of that id, and
a new id adds a product. What a row means together with the rest of the book
(required products, known currencies) is checked in `engine.costing.own_prices`.
Laws: rows of one id never overlap; labour has the ids of the day rates and no
others; equal rows are kept in one order, so that they give one version; what is
saved is small enough to be read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from zt_planner.domain.data.columns import CURRENCY, MOST_CHARACTERS, QUANTITY, WORD, printable
from zt_planner.domain.data.price_book import Capability, Category, DayRate, Price, Vendor, either_of
from zt_planner.domain.scenario.values import Amount, Day, Whole

MOST_ROWS = 500
LARGEST_ROWS_BYTES = 500_000
"""All own rows as JSON: a scenario with them must stay below what is read as one file."""
MOST_REQUIRED = 20
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def _word(value: str) -> str:
    """Accept one word, as in `entra-p2`."""
    if not WORD.fullmatch(printable(value)):
        raise PydanticCustomError("not_a_word", "{value} is not one word", {"value": value})
    return value


def _text(value: str) -> str:
    """Accept a text of one line that says something."""
    kept = printable(value.strip())
    if not kept:
        raise PydanticCustomError("empty_text", "the text is empty", {})
    if len(kept) > MOST_CHARACTERS:
        raise PydanticCustomError("own_text_too_long", "the text is too long", {"most": MOST_CHARACTERS})
    return kept


def _nothing_for_empty(value: object) -> object:
    """Take an empty text for none."""
    return None if isinstance(value, str) and not value.strip() else value


def _vendor(value: str) -> str:
    """Accept any vendor; those that rules name only as the rules write them."""
    if (name := Vendor.spelling_of(value)) != value:
        raise PydanticCustomError("vendor_spelling", "{value} is {name}", {"value": value, "name": name})
    return value


def _currency(value: str) -> str:
    if not CURRENCY.fullmatch(value):
        raise PydanticCustomError("not_a_currency", "{value} is not a currency", {"value": value})
    return value


def _different(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) < len(value):
        raise PydanticCustomError("twice_in_a_list", "a value is there twice", {})
    return value


Word = Annotated[str, AfterValidator(_word)]
Text = Annotated[str, AfterValidator(_text)]
Remark = Annotated[Text | None, BeforeValidator(_nothing_for_empty)]
BookDay = Annotated[Day, Field(ge=FIRST_DAY, le=LAST_DAY)]


class OwnRow(Price):
    """One row as in prices.csv, with the bounds of the file."""

    is_own: ClassVar[bool] = True

    id: Word
    vendor: Annotated[Text, AfterValidator(_vendor)]
    product: Text
    category: Category
    amount: Amount
    currency: Annotated[str, AfterValidator(_currency)]
    valid_from: BookDay
    valid_to: BookDay | None = None
    grants: Annotated[tuple[Capability, ...], AfterValidator(_different)] = ()
    requires: Annotated[tuple[Word, ...], Field(max_length=MOST_REQUIRED), AfterValidator(_different)] = ()
    sold: Annotated[bool, Field(strict=True)] = True
    seat_family: Word | None = None
    seat_cap: Annotated[Whole, QUANTITY] | None = None
    from_quantity: Annotated[Whole, QUANTITY] | None = None
    min_per_month: Amount | None = None
    source: Remark = None
    source_url: Remark = None
    source_date: BookDay | None = None
    note: Remark = None

    @field_validator("category")
    @classmethod
    def _labour_is_a_day_rate(cls, value: Category, info: ValidationInfo) -> Category:
        if "id" in info.data and (value is Category.LABOUR) is not (info.data["id"] in set(DayRate)):
            rates = ", ".join(DayRate)
            raise PydanticCustomError("labour_by_id", "labour has the ids {rates}", {"rates": rates})
        return value

    @field_validator("valid_to")
    @classmethod
    def _ends_after_it_begins(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("valid_from")
        if value is not None and first is not None and value < first:
            raise PydanticCustomError("row_ends_early", "it ends before {first}", {"first": first.isoformat()})
        return value

    @field_validator("requires")
    @classmethod
    def _requires_others(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if any(info.data.get("id") in alternatives for alternatives in either_of(value)):
            raise PydanticCustomError("requires_itself", "it requires itself", {})
        return value


def _with_ids(value: object) -> object:
    """Give each row the id under which it stands, where it names none."""
    if not isinstance(value, Mapping):
        return value
    return {
        key: [_with_id(row, key) for row in rows] if isinstance(rows, list | tuple) else rows
        for key, rows in value.items()
    }


def _with_id(row: object, key: object) -> object:
    return {"id": key, **row} if isinstance(row, Mapping) else row


def _in_time(rows: tuple[OwnRow, ...]) -> tuple[OwnRow, ...]:
    """Return rows of one id by step and first day; refuse none, two of a step on the same day, two kinds of things."""
    if not rows:
        raise PydanticCustomError("no_rows", "there is no row", {})
    ordered = tuple(sorted(rows, key=lambda row: (row.step, row.valid_from)))
    if ordered[0].step > 1:
        raise PydanticCustomError("no_first_step", "no row begins at 1", {})
    for earlier, later in pairwise(ordered):
        is_same_step = earlier.step == later.step
        if is_same_step and (earlier.valid_to is None or later.valid_from <= earlier.valid_to):
            days = {"first": earlier.valid_from.isoformat(), "last": later.valid_from.isoformat(), "step": later.step}
            if earlier.valid_from == later.valid_from:
                raise PydanticCustomError("row_twice", "two rows begin alike", days)
            raise PydanticCustomError("rows_overlap", "two rows hold on the same day", days)
        if (earlier.category, earlier.unit) != (later.category, later.unit):
            raise PydanticCustomError("rows_of_two_kinds", "rows differ in category or unit", {})
    _check_steps(ordered)
    return ordered


def _check_steps(rows: tuple[OwnRow, ...]) -> None:
    """Refuse a step of a graduated price that holds on other days than the first, or is bought otherwise."""
    firsts = {row.valid_from: row for row in rows if row.step == 1}
    for row in rows:
        first = firsts.get(row.valid_from)
        if first is None or first.valid_to != row.valid_to:
            raise PydanticCustomError("step_on_other_days", "a step holds on other days", {"step": row.step})
        if (first.vendor, first.currency, first.term) != (row.vendor, row.currency, row.term):
            raise PydanticCustomError("step_of_another_kind", "a step is bought otherwise", {"step": row.step})


def _of_a_size(value: Mapping[str, tuple[OwnRow, ...]]) -> Mapping[str, tuple[OwnRow, ...]]:
    """Return all own rows by id, ids in order; refuse rows under another id, and more than a scenario carries."""
    for key, rows in value.items():
        if any(row.id != key for row in rows):
            raise PydanticCustomError("row_of_another_id", "a row under {id} has another id", {"id": key})
    count = sum(len(rows) for rows in value.values())
    if count > MOST_ROWS:
        raise PydanticCustomError("too_many_rows", "{count} rows", {"count": count, "most": MOST_ROWS})
    size = sum(len(row.model_dump_json()) for rows in value.values() for row in rows)
    if size > LARGEST_ROWS_BYTES:
        raise PydanticCustomError("rows_too_large", "{count} bytes", {"count": size, "most": LARGEST_ROWS_BYTES})
    return dict(sorted(value.items()))


OwnRows = Annotated[
    Mapping[Word, Annotated[tuple[OwnRow, ...], AfterValidator(_in_time)]],
    BeforeValidator(_with_ids),
    AfterValidator(_of_a_size),
]
