"""What is wrong with an own row of the price book, in the words of a reader: a part of `scenario_problems`.

Law: each error that `domain.own_rows` raises has its words here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, get_args

from zt_planner.domain.fields import OWN_ROWS
from zt_planner.domain.own_rows import OwnRow
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL_ROWS = OWN_ROWS.rstrip(".")
ROW_COLUMNS = tuple(OwnRow.model_fields)
EXAMPLE = '{"entra-p2": [{"amount": "8.50", …}]}'

AMOUNT = (msgid("{value} is not an amount"), msgid("Write 1150 or 1150.00, with six decimals at most"))
ROWS = (msgid("{value} is not a list of rows"), msgid("Write rows with the columns of prices.csv, as in {example}"))

TEXTS: Mapping[str, tuple[str, str]] = {
    "not_a_word": (msgid("{value} is not one word"), msgid("Write it without spaces, as in entra-p2")),
    "empty_text": (msgid("the text is empty"), msgid("Fill it in")),
    "own_text_too_long": (msgid("the text is longer than {most} characters"), msgid("Shorten it")),
    "vendor_spelling": (msgid("{value} is written differently elsewhere"), msgid("Write {name}")),
    "not_a_currency": (msgid("{value} is not a currency"), msgid("Write its three letters, as in EUR")),
    "twice_in_a_list": (msgid("{value} holds something twice"), msgid("Keep one of them")),
    "labour_by_id": (
        msgid("{value} does not fit the id: days of work have the ids {rates}, and nothing else has"),
        msgid("Use another category or another id"),
    ),
    "row_ends_early": (msgid("{value} is before valid_from ({first})"), msgid("Write the last day here")),
    "requires_itself": (msgid("the product requires itself"), msgid("Name another product or leave it empty")),
    "rows_overlap": (
        msgid("two rows hold on the same day, from {first} and from {last}"),
        msgid("End the earlier one (valid_to) on the day before the later one starts"),
    ),
    "rows_of_two_kinds": (
        msgid("its rows differ in category or unit"),
        msgid("Use another id for another thing"),
    ),
    "row_of_another_id": (msgid("a row under {id} has another id"), msgid("Put it under its own id")),
    "too_many_rows": (
        msgid("there are {count} own rows, more than the {most} that a scenario keeps"),
        msgid("Keep the products that this plan needs"),
    ),
    "rows_too_large": (
        msgid("the own rows have {count} bytes, more than the {most} that a scenario keeps"),
        msgid("Shorten the texts, or keep fewer products"),
    ),
    "not_a_number": AMOUNT,
    "not_money": AMOUNT,
    "decimal_type": AMOUNT,
    "decimal_parsing": AMOUNT,
    "decimal_max_places": AMOUNT,
    "missing": (msgid("the column is missing"), msgid("Write it, as in prices.csv")),
    "no_rows": (msgid("there is no row"), msgid("Write at least one row, or leave the id out")),
    "too_long": (msgid("there are more than {bound} entries"), msgid("Keep those that are needed")),
    "tuple_type": ROWS,
    "dict_type": ROWS,
    "mapping_type": ROWS,
    "model_type": ROWS,
}
"""Problem and remedy for each type of error in an own row, where it differs from other fields."""


def is_row(path: str) -> bool:
    """Tell whether a path leads to own rows or a cell of one."""
    return path == ALL_ROWS or path.startswith(OWN_ROWS)


def words_of_column(path: str) -> tuple[str, ...]:
    """Return the words that may stand in the column that a path leads to, or in one place of its list."""
    column = next((part for part in reversed(path.split(".")) if part in OwnRow.model_fields), "")
    field = OwnRow.model_fields.get(column)
    kinds = () if field is None else (field.annotation, *get_args(field.annotation))
    words = [tuple(kind) for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return words[0] if words else ()
