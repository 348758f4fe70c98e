"""The words for what is wrong with a scenario: problem and remedy for each type of error.

`scenario_problems` decides which of them a field gets. Law: each error that
`domain.scenario.own_rows` or `domain.scenario.task_edits` raises has its words here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_FIELD = msgid("'{field}' is not a field")

WHOLE = (msgid("{value} is not a whole number"), msgid("Write a whole number without quotes"))
NUMBER = (msgid("{value} is not a number"), msgid("Write a number without quotes, as in 2.5"))
AMOUNT = (msgid("{value} is not an amount"), msgid("Write EUR as 1150 or 1150.00, with two decimals at most"))
DAY = (msgid("{value} is not a date"), msgid("Write the date as 2027-01-04"))
SPANS = (msgid("{value} is not a list of closures"), msgid("Write first and last days, as in {example}"))
SPAN = (msgid("{value} is not a closure"), msgid("Write its first and last day, as in {example}"))
TEXT = (msgid("{value} is not a text"), msgid("Write a text in quotes"))
CONTROL = (msgid("{value} holds control characters"), msgid("Remove tabs, line breaks and invisible characters"))
SECTION = (msgid("{value} is not a group of fields"), msgid("Write its fields between braces, as in {example}"))
PRECISE = (msgid("{value} has too many digits"), msgid("Write at most 15 digits"))

TEXTS: Mapping[str, tuple[str, str]] = {
    "int_type": WHOLE,
    "int_from_float": WHOLE,
    "not_whole": WHOLE,
    "not_a_number": NUMBER,
    "decimal_type": NUMBER,
    "finite_number": NUMBER,
    "not_money": AMOUNT,
    "decimal_parsing": AMOUNT,
    "decimal_max_places": AMOUNT,
    "decimal_max_digits": PRECISE,
    "decimal_whole_digits": PRECISE,
    "not_a_date": DAY,
    "missing": SPAN,
    "tuple_type": SPANS,
    "too_long": SPAN,
    "not_packed": (
        msgid("the approved plan cannot be read: its text was changed or cut off"),
        msgid("Write null for status.approved, and approve the plan again"),
    ),
    "not_a_logo": (
        msgid("the logo is no PNG of at most {width} by {height} pixels"),
        msgid("Choose the catalogue again, or leave the logo out"),
    ),
    "bool_type": (msgid("{value} is neither true nor false"), msgid("Write true or false, without quotes")),
    "string_type": TEXT,
    "string_unicode": CONTROL,
    "control_characters": CONTROL,
    "string_too_long": (
        msgid("the text has {length} characters, more than the {most} allowed"),
        msgid("Shorten it to {most} characters"),
    ),
    "model_type": SECTION,
    "dict_type": SECTION,
    "greater_than_equal": (msgid("{value} is too low"), msgid("Write {bound} or more")),
    "greater_than": (msgid("{value} is too low"), msgid("Write more than {bound}")),
    "less_than_equal": (msgid("{value} is too high"), msgid("Write {bound} or less")),
    "too_many_ranges": (
        msgid("there are {count} entries, more than the {most} a scenario can hold"),
        msgid("Keep those that are needed"),
    ),
    "not_a_p95": (
        msgid("a P95 of {value} does not fit a median of {median}"),
        msgid("Write a P95 above the median, at most 1,000 times as much. To raise both, raise the P95 first"),
    ),
    "closure_ends_early": (
        msgid("a closure from {first} ends on {last}, before it starts"),
        msgid("Write the earlier day first"),
    ),
    "unknown_region": (
        msgid("{value} is not a region whose holidays are known"),
        msgid("Write a country or a country and its region, as in DE or DE-NW, or null for no holidays"),
    ),
}
"""Problem and remedy for each type of error that pydantic or the scenario raises."""

OUTLANDISH = (msgid("{value} is beyond all bounds"), msgid("Write a number that a company could have"))
UNEXPECTED = (msgid("{value} cannot be used"), msgid("Leave the field out: it has a default"))
BETWEEN = msgid("{value} is not between {lowest} and {highest}")
RELATED = {
    "company.frontline": msgid("Write {highest} at most: at least one of the company.employees has office work"),
    "company.admins": msgid("Write {highest} at most, the company.employees without frontline people, or null"),
    "company.macs": msgid("Write {highest} at most, the company.devices"),
    "company.remote_users": msgid("Write {highest} at most, the company.employees, or null"),
}
IN_A_CELL: Mapping[str, str] = {
    WHOLE[1]: msgid("Write a whole number"),
    NUMBER[1]: msgid("Write a number"),
    TEXTS["bool_type"][1]: msgid("Choose TRUE or FALSE"),
    TEXTS["unknown_region"][1]: msgid(
        "Write a country or a country and its region, as in DE or DE-NW, or leave the cell empty for no holidays"
    ),
    RELATED["company.frontline"]: msgid("Write {highest} at most: one person at least has office work"),
    RELATED["company.admins"]: msgid(
        "Write {highest} at most, the people without frontline people, or leave the cell empty"
    ),
    RELATED["company.macs"]: msgid("Write {highest} at most, the number of devices"),
    RELATED["company.remote_users"]: msgid("Write {highest} at most, the number of people, or leave the cell empty"),
}
"""Remedies that speak of a scenario's file, as they are for a cell of a spreadsheet."""
RELATED_OTHERWISE = msgid("Write a number from {lowest} to {highest}")

BOUNDS_OF_DAYS = {
    "greater_than_equal": (msgid("{value} is too early"), msgid("Write {bound} or later")),
    "less_than_equal": (msgid("{value} is too late"), msgid("Write {bound} or earlier")),
}

COUNTED_TEXTS: Mapping[str, tuple[str, str]] = {
    "decimal_max_places": (msgid("{value} has more than one decimal"), msgid("Write it with one, as in 118.5"))
}
LICENCES = (msgid("{value} is not a list of licences"), msgid("Write them as in {example}"))
LICENCE_TEXTS: Mapping[str, tuple[str, str]] = {
    "missing": (msgid("{value} names no licence"), msgid("Write it as in {example}")),
    "model_type": (msgid("{value} is not a licence with its seats"), msgid("Write it as in {example}")),
    "tuple_type": LICENCES,
    "too_long": (msgid("there are more than {most} licences"), msgid("Keep {most} at most")),
}
"""What replaces the words above where a licence that the company has today is wrong."""
RUNNING_TEXTS: Mapping[str, tuple[str, str]] = {
    "tuple_type": (msgid("{value} is not a list"), msgid("Write what you pay for already, as in {example}"))
}

ROW_AMOUNT = (msgid("{value} is not an amount"), msgid("Write 1150 or 1150.00, with six decimals at most"))
UNITS = (msgid("{value} is not a whole number of units"), msgid("Write 1 or 51"))
ROWS = (msgid("{value} is not a list of rows"), msgid("Write rows with the columns of prices.csv, as in {example}"))

ROW_TEXTS: Mapping[str, tuple[str, str]] = {
    "not_a_word": (msgid("{value} is not one word"), msgid("Write it without spaces, as in entra-p2")),
    "empty_text": (msgid("the text is empty"), msgid("Fill it in")),
    "own_text_too_long": (msgid("the text is longer than {most} characters"), msgid("Shorten it")),
    "vendor_spelling": (msgid("{value} is written differently elsewhere"), msgid("Write {name}")),
    "not_a_currency": (msgid("{value} is not a currency"), msgid("Write its three letters, as in EUR")),
    "twice_in_a_list": (msgid("{value} contains a duplicate"), msgid("Keep one of them")),
    "labour_by_id": (
        msgid("{value} does not fit the id: only days of work use the ids {rates}"),
        msgid("Use another category or another id"),
    ),
    "row_ends_early": (msgid("{value} is before the first day, {first}"), msgid("Write the last day here")),
    "requires_itself": (msgid("the product requires itself"), msgid("Name another product or leave it empty")),
    "rows_overlap": (
        msgid("two rows apply on the same day, from {first} and from {last}"),
        msgid("End the earlier one on the day before the later one starts"),
    ),
    "row_twice": (
        msgid("two rows apply from {first} on and from unit {step} on"),
        msgid("Write another first number (an empty one means 1) or another first day in one of them, or keep one"),
    ),
    "no_first_step": (
        msgid("none of its rows begins at quantity 1"),
        msgid("Add the row that begins at 1, valid on the same days"),
    ),
    "step_on_other_days": (
        msgid("the step from {step} does not apply on the same days as the row that begins at 1"),
        msgid("Write the same days in every step"),
    ),
    "step_of_another_kind": (
        msgid("the step from {step} differs from the row that begins at 1 in its vendor, currency or term"),
        msgid("Write the same in every step"),
    ),
    "rows_of_two_kinds": (
        msgid("its rows differ in category or unit"),
        msgid("Use another id for another thing"),
    ),
    "row_of_another_id": (msgid("a row under {id} has another id"), msgid("Put it under its own id")),
    "too_many_rows": (
        msgid("there are {count} own rows, more than the {most} a scenario can hold"),
        msgid("Keep the products that this plan needs"),
    ),
    "rows_too_large": (
        msgid("the own rows have {count} bytes, more than the {most} a scenario can hold"),
        msgid("Shorten the texts, or keep fewer products"),
    ),
    "not_a_number": ROW_AMOUNT,
    "not_money": ROW_AMOUNT,
    "decimal_type": ROW_AMOUNT,
    "decimal_parsing": ROW_AMOUNT,
    "decimal_max_places": ROW_AMOUNT,
    "missing": (msgid("the column is missing"), msgid("Write it, as in prices.csv")),
    "no_rows": (msgid("there is no row"), msgid("Write at least one row, or leave the id out")),
    "tuple_type": ROWS,
    "dict_type": ROWS,
    "mapping_type": ROWS,
    "model_type": ROWS,
}
"""Problem and remedy for each type of error in an own row, where it differs from other fields."""

TOO_MANY = (msgid("there are more than {bound} entries"), msgid("Keep those that are needed"))
AFTER = (msgid("{value} is not a list of tasks"), msgid("Write the ids of the tasks before it, as in {example}"))
EMPTY_NAME = (msgid("the name is empty"), msgid("Fill it in"))
MANY = (
    msgid("there are {count} tasks, more than the {most} a scenario can hold"),
    msgid("Keep those that are needed"),
)

TASK_TEXTS: Mapping[str, tuple[str, str]] = {
    "not_a_task_id": (msgid("{value} is not the id of a task"), msgid("Write it without spaces, as in mfa_rollout")),
    "not_an_own_id": (
        msgid("{value} cannot be the id of an own task"),
        msgid("Use small letters, digits, - and _, at most 40, as in data-protection"),
    ),
    "empty_name": EMPTY_NAME,
    "after_twice": (msgid("{value} names a task twice"), msgid("Keep one of them")),
    "two_dates": (
        msgid("there is an earliest start too ({earliest})"),
        msgid("Remove one of the two: a task has either a fixed start or an earliest start"),
    ),
    "finished_early": (
        msgid("it was finished on {finished}, before it was started on {started}"),
        msgid("Correct one of the two days"),
    ),
    "too_many_tasks": MANY,
    "tasks_too_large": (
        msgid("the settings of tasks have {count} bytes, more than the {most} a scenario can hold"),
        msgid("Shorten the names, or keep fewer tasks"),
    ),
    "missing": (msgid("an own task needs this"), msgid("Write it, as in {example}")),
    "tuple_type": AFTER,
}
"""Problem and remedy for each type of error in a task, where it differs from other fields."""
