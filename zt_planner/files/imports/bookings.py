"""Import of bookings: what was invoiced or bought, from any ledger's CSV file or the sheet Bookings of a workbook.

A row of a ledger has a month or a date, a net amount in EUR and a category, and may have a task. Laws: its columns are
known by their names, in every language, in any order; a row that cannot be read is left out with its reason and keeps
no other back; what a file has for a month takes the place of what was booked in that month, so that reading it twice
changes nothing. Of the sheet, rows as they were exported give no edit; rows of one month, category and task add up; a
row that is gone takes its booking with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache, partial
from itertools import chain, islice
from typing import Any, NamedTuple, TypeAlias

from zt_planner.catalog.csv.cells import NUMBER, WrongCell, read_day, within, without_groups
from zt_planner.catalog.csv.spreadsheets import SEMICOLON, Sheet, iso_day, sheet_from, with_point
from zt_planner.catalog.csv.tables import LARGE_UPLOAD_MEGABYTES, CsvColumn, line_of, without_rows
from zt_planner.domain.categories import BOOKABLE_CATEGORIES, CostCategory
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.incoming import FileKind, ImportNotice, Incoming
from zt_planner.domain.money import LARGEST_AMOUNT, ZERO, rounded
from zt_planner.domain.month import MONTHS_A_YEAR, Month
from zt_planner.domain.readings import has_two_readings, readings, without_accents
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.fields import BOOKINGS, CLOSED
from zt_planner.domain.scenario.status import MOST_BOOKINGS
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import CellProblem, ColumnProblem, FileProblem, Place, RowProblem, msgid
from zt_planner.files.imports.rows import (
    LANGUAGES,
    ImportResult,
    Returned,
    cannot_be_read,
    number_in,
    yes_no_words,
)
from zt_planner.gaps import shortened
from zt_planner.language import MINUS, month_numbers
from zt_planner.media.csv.dialects import unprotected
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.tables import names_in_lists
from zt_planner.topics.task_words import task_name

LARGEST_BOOKINGS_BYTES = LARGE_UPLOAD_MEGABYTES * 1_000_000
MOST_ROWS = 100_000
MOST_LEFT_OUT = 200
"""Rows that are left out are told one by one up to so many."""
MOST_NAMED = 5
MONTH, DATE, AMOUNT, CATEGORY, TASK, CURRENCY = "month", "date", "amount", "category", "task", "currency"
COLUMNS = {
    MONTH: ("month", "monat", "buchungsmonat", "mois", "mes"),
    DATE: (
        *("buchungsdatum", "posting date", "booking date", "date comptable", "fecha contable"),
        *("datum", "date", "fecha"),
        *("rechnungsdatum", "invoice date", "date de facture", "fecha de factura"),
    ),
    AMOUNT: (
        *("amount", "betrag", "nettobetrag", "betrag netto", "net amount", "montant", "montant ht", "importe"),
        *("importe neto", "base imponible"),
    ),
    CATEGORY: ("category", "kategorie", "kostenart", "categorie", "categoria"),
    TASK: ("task", "task_id", "task id", "vorgang", "aufgabe", "tache", "tarea"),
    CURRENCY: ("currency", "wahrung", "waehrung", "devise", "divisa", "moneda"),
}
"""What columns are called, in small letters without accents; of several of one kind the first of these is read."""
NEEDED = (MONTH, AMOUNT, CATEGORY)
"""What every file of bookings has; a date says its month."""
TEXTS = frozenset({"text", "buchungstext", "description", "beschreibung", "libelle", "concepto", "descripcion"})
"""Columns that are for people only."""
IN_EUR = re.compile(r"\s*(\(eur\)|\(€\)|(in|en) (eur|euros?|€)|eur|€)$")
"""What the name of a column may end with."""
CURRENCIES = ("EUR", "€")


OTHER_NAMES: Mapping[CostCategory, tuple[str, ...]] = {
    CostCategory.LICENCE: ("license", "licenses", "licences", "lizenz", "lizenzkosten", "licencia", "software"),
    CostCategory.MONITORING: ("überwachung", "surveillance", "monitorización"),
    CostCategory.OPERATION: ("operations", "laufender betrieb", "operación"),
    CostCategory.HARDWARE: ("hardware", "matériel", "geräte"),
    CostCategory.TRAINING: ("trainings", "schulungen", "formations", "cursos"),
    CostCategory.CONSULTANT: ("consulting", "consultants", "beratung", "conseil", "consultoría", "consultores"),
}
"""What ledgers call the categories beside their own names."""
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
NUMBERED_MONTH = re.compile(r"(?:(?P<year>\d{4})[-/.](?P<number>\d{1,2})|(?P<first>\d{1,2})[-/.](?P<last>\d{4}))")
NAMED_MONTH = re.compile(r"([^\W\d_]{3,10})\.?(?: de)?[ -]((?:\d\d)?\d\d)")
SHORT_YEAR = re.compile(r"(\d{1,2}([./])\d{1,2}\2)(\d\d)")
TIME = re.compile(r"[T ]\d{1,2}:\d\d.*")
BEGINS_WITH_NUMBER = re.compile(r"[+-]?\d")
LONGEST = 40
"""Letters of an amount, a date or a month."""
CENTS, YEARS = 2, 2000
Sums: TypeAlias = dict[Booked, tuple[Decimal, Place]]
"""Amounts by what they are booked for, each with where it begins."""


class Bookings(NamedTuple):
    """What a file says, whatever the plan: sums by what it calls their tasks, and what was not read of it."""

    file: str
    sums: Sums
    incoming: Incoming


def bookings_sheet(
    content: bytes, file: str, own_tables: Iterable[Collection[str]], words: Collection[Mapping[str, str]]
) -> Sheet | None:
    """Return a table of bookings with its header read; None for any other, as one of ours that has lost columns.

    `words` are the names of our columns by their titles, in each language. Raises ColumnProblem where one of the
    three columns that bookings have is missing, FileProblem where the first line is a row.
    """
    names = frozenset(chain.from_iterable(COLUMNS.values()))
    sheet = sheet_from(content, file, names, {}, plain_title, LARGEST_BOOKINGS_BYTES)
    named = [{names.get(title, title) for title in sheet.header} for names in words]
    if any(2 * len(header.intersection(table)) >= len(table) for table in own_tables for header in named):
        return None
    present = {MONTH if column == DATE else column for column, _ in _columns(sheet.header)}
    missing = [column for column in NEEDED if column not in present]
    if len(missing) == 1 and AMOUNT in present:
        problem, remedy = msgid("the column is missing"), msgid("Add it to the header line and to each row")
        raise ColumnProblem(Place(file, 1, missing[0]), problem, remedy, value=missing[0])
    if missing and not present and any(BEGINS_WITH_NUMBER.match(cell) for cell in sheet.header):
        problem = msgid("the header line is missing")
        remedy = msgid("Write one above the rows: {columns} for what was invoiced, or that of the exported table")
        raise FileProblem(Place(file, 1), problem, remedy, columns=", ".join(NEEDED))
    return None if missing else sheet


def plain_title(title: str) -> str:
    """Return the name of a column in small letters, without its unit."""
    return IN_EUR.sub("", without_accents(unprotected(title)))


def _columns(header: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns that are read, each with what the file calls it."""
    titles = {plain_title(title): title for title in reversed([*header])}
    for column, names in COLUMNS.items():
        title = next((titles[name] for name in names if name in titles), None)
        if title is not None:
            yield column, title


def bookings_from(sheet: Sheet) -> Bookings:
    """Return what a table of bookings says; raise CatalogError."""
    columns = dict(_columns(sheet.header))
    _refuse_twice(sheet, columns.values())
    not_read = _not_read(sheet.header, columns.values())
    if MONTH in columns:
        columns.pop(DATE, None)
    summed = _summed(sheet, columns)
    if not summed.incoming.rows + summed.incoming.rows_left_out:
        raise without_rows(sheet.file)
    return summed._replace(incoming=replace(summed.incoming, columns_left_out=not_read))


def booking_edits(summed: Bookings, plan: AnyPlan) -> Incoming:
    """Return what bookings change in a plan, whose tasks the model has; those for an unknown task have none."""
    tasks, result, sums = _tasks(plan.case.model), ImportResult(), Sums()
    for booked, (amount, place) in summed.sums.items():
        _add(sums, booked._replace(task=tasks.get(booked.task.casefold(), "")), amount, place)
    unknown = dict.fromkeys(task for _, _, task in summed.sums if task and task.casefold() not in tasks)
    _edit(sums, plan.scenario.status.bookings, summed.file, result)
    _notice(sums, unknown, summed.file, plan, result)
    return replace(summed.incoming, edits=result.edits, notices=tuple(result.notices), places=result.places)


def _refuse_twice(sheet: Sheet, titles: Iterable[str]) -> None:
    for title in titles:
        if sheet.header.count(title) > 1:
            problem, remedy = msgid("the column is there twice"), msgid("Keep one of them")
            raise ColumnProblem(Place(sheet.file, 1, shortened(title)), problem, remedy, value=title)


def _tasks(model: PhaseModel) -> dict[str, str]:
    """Return the ids of tasks by what they may be called: the id, or the name in a language."""
    named = {language.write(task_name(task)).casefold(): task.id for language in LANGUAGES for task in model.tasks}
    return named | {task.id.casefold(): task.id for task in model.tasks}


@cache
def _categories() -> Mapping[str, CostCategory]:
    """Return the categories by their ids and what they are called in every language, without accents."""
    return {
        without_accents(form): category
        for category in BOOKABLE_CATEGORIES
        for name in (category, *OTHER_NAMES[category], *(language.write(label(category)) for language in LANGUAGES))
        for form in (name, name.translate(UMLAUTS))
    }


def _summed(sheet: Sheet, columns: Mapping[str, str]) -> Bookings:
    """Add up the rows that can be read; take note of those that cannot."""
    sums, left_out, readers, rows, rows_left_out = Sums(), list[ImportNotice](), _readers(sheet.separator), 0, 0
    for row, cells in sheet.rows:
        if row > MOST_ROWS + 1:
            problem = msgid("the file has more than {most} rows, empty ones included")
            remedy = msgid("Remove empty rows, sum it up by month, or divide it")
            raise FileProblem(Place(sheet.file), problem, remedy, most=MOST_ROWS)
        if not any(cell.strip() for cell in cells):
            continue
        try:
            line = line_of(sheet.file, row, [unprotected(cell) for cell in cells], sheet.header)
            read: dict[str, Any] = {column: line.read(title, readers[column]) for column, title in columns.items()}
        except (RowProblem, CellProblem) as wrong:
            rows_left_out += 1
            if rows_left_out <= MOST_LEFT_OUT:
                place = Place(wrong.file, wrong.row, wrong.column)
                left_out.append(ImportNotice(place, wrong.problem, wrong.remedy, wrong.values))
        else:
            rows += 1
            booked = Booked(read[MONTH] if MONTH in read else read[DATE], read[CATEGORY], read.get(TASK) or "")
            _add(sums, booked, read[AMOUNT], line.place(columns[AMOUNT]))
    incoming = Incoming(FileKind.BOOKINGS, left_out=tuple(left_out), rows=rows, rows_left_out=rows_left_out)
    return Bookings(sheet.file, sums, incoming)


def _add(sums: Sums, booked: Booked, amount: Decimal, place: Place) -> None:
    before, first = sums.get(booked, (ZERO, place))
    sums[booked] = before + amount, first


def _readers(separator: str) -> dict[str, CsvColumn]:
    """Return how the cells of each column are read."""
    return {
        MONTH: CsvColumn(partial(month_in, separator=separator)),
        DATE: CsvColumn(partial(month_in, separator=separator)),
        AMOUNT: CsvColumn(partial(amount_in, separator=separator)),
        CATEGORY: CsvColumn(category_in),
        TASK: CsvColumn(str, is_needed=False),
        CURRENCY: CsvColumn(euros, is_needed=False),
    }


# Cells


@lru_cache(maxsize=4096)
def month_in(text: str, separator: str = "") -> Month:
    """Read a month, or that of a day: `2027-03`, `03.2027`, `14.03.2027`, `14.3.27`, `March 2027`; raise WrongCell.

    Between semicolons `3/4/2027` is a day of April; between commas it could be one of March, and is refused.
    """
    bare = TIME.sub("", text.lstrip("'")) if len(text) <= LONGEST else text[:LONGEST]
    named, numbered = NAMED_MONTH.fullmatch(bare), NUMBERED_MONTH.fullmatch(bare)
    number = year = 0
    if named is not None:
        number, year = month_numbers().get(without_accents(named[1]), 0), int(named[2])
    elif numbered is not None:
        number, year = int(numbered["number"] or numbered["first"]), int(numbered["year"] or numbered["last"])
    if 1 <= number <= MONTHS_A_YEAR:
        return Month.of(read_day(str(Month(year if year > YEARS else YEARS + year, number)) + "-01"))
    if "/" in bare and separator != SEMICOLON:
        return Month.of(read_day(bare))
    short = SHORT_YEAR.fullmatch(bare)
    return Month.of(read_day(iso_day(f"{short[1]}{YEARS + int(short[3])}" if short else bare)))


def amount_in(text: str, separator: str) -> Decimal:
    """Read an amount in EUR with at most two decimals: `1.234,56 €`, `-12.50`, `12,50-`; raise WrongCell.

    Between semicolons a point before three digits is that of the thousands; what can be read in two ways is refused.
    """
    bare = _without_currency(text.lstrip("'").replace(MINUS, "-")) if len(text) <= LONGEST else text
    is_credit = bare.startswith("-") or bare.endswith("-")
    digits = _without_currency(bare.removeprefix("-") if bare.startswith("-") else bare.removesuffix("-"))
    digits = with_point(digits) if separator == SEMICOLON else digits
    if has_two_readings(digits):
        (thousands, _), other = readings(digits), rounded(Decimal(digits.replace(",", ".")), CENTS)
        problem, remedy = msgid("'{value}' can be read in two ways"), msgid("Write {plain} or {other}")
        raise WrongCell(text, problem, remedy, plain=thousands, other=other)
    plain = digits if NUMBER.fullmatch(digits) else without_groups(digits)
    if plain is None or plain.startswith("-"):
        raise WrongCell(text, msgid("'{value}' is not an amount"), msgid("Write it as 1234.56 or 1234,56"))
    amount = within(plain, "0", str(LARGEST_AMOUNT))
    if amount != rounded(amount, CENTS):
        raise WrongCell(text, msgid("'{value}' has more than {most} decimals"), msgid("Round it"), most=CENTS)
    return -amount if is_credit else amount


def _without_currency(text: str) -> str:
    for currency in CURRENCIES:
        text = text.strip().removeprefix(currency).removesuffix(currency)
    return text.strip()


def category_in(text: str) -> CostCategory:
    """Read a category by its id, or by its name in a language; raise WrongCell."""
    category = _categories().get(without_accents(text))
    if category is None:
        known = ", ".join(BOOKABLE_CATEGORIES)
        raise WrongCell(text, msgid("'{value}' is not a category"), msgid("Use one of: {known}"), known=known)
    return category


def euros(text: str) -> str:
    """Accept EUR and nothing else; raise WrongCell."""
    if text.upper() not in CURRENCIES:
        raise WrongCell(text, msgid("'{value}' is not EUR"), msgid("Convert the amount to EUR"))
    return text


# What they change


def _edit(sums: Sums, before: Mapping[str, Decimal], file: str, result: ImportResult) -> None:
    """Put the sums of a file in the place of all that was booked in its months."""
    months = {booked.month for booked in sums}
    kept = sum(Booked.of(key).month not in months for key in before)
    if kept + len(sums) > MOST_BOOKINGS:
        problem = msgid("its months, categories and tasks make {count} sums, more than the limit of {most}")
        remedy = msgid("Leave out the column of the tasks")
        raise FileProblem(Place(file), problem, remedy, count=kept + len(sums), most=MOST_BOOKINGS)
    gone = [Booked.of(key) for key in before if Booked.of(key).month in months]
    for booked in sorted({*sums, *gone}):
        now, place = sums.get(booked, (ZERO, Place(file)))
        if now != before.get(booked.key, ZERO):
            result.edit(booked.path, f"{now:.2f}" if now else None, place)


def _notice(sums: Sums, unknown: Collection[str], file: str, plan: AnyPlan, result: ImportResult) -> None:
    """Say which tasks and months the plan does not have."""
    if unknown:
        problem = msgid("these are not tasks of the plan: {tasks}")
        remedy = msgid("Their rows are booked without a task; write a task's name or id as the plan has it")
        result.notice(file, problem, remedy, tasks=_some(unknown))
    outside = sorted({str(booked.month) for booked in sums if booked.month not in plan.months})
    if outside:
        problem, remedy = msgid("these months are outside the plan: {months}"), msgid("Check their dates")
        result.notice(file, problem, remedy, months=_some(outside))


def _not_read(header: Sequence[str], columns: Collection[str]) -> tuple[str, ...]:
    """Return the columns that are not read, but for those that say for people what a row is."""
    return tuple(title for title in header if title and title not in columns and plain_title(title) not in TEXTS)


def _some(names: Iterable[str]) -> str:
    """Return the first few of some names."""
    first = [shortened(name) for name in islice(names, MOST_NAMED + 1)]
    return ", ".join([*first[:MOST_NAMED], *(["…"] if len(first) > MOST_NAMED else [])])


# The sheet Bookings


def booked_edits(rows: Sequence[Returned], plan: AnyPlan, result: ImportResult) -> None:
    """Compare rows with the bookings and the closed months of a plan."""
    before, named = plan.scenario.status.bookings, _names(plan)
    read = [(row, _booked(row, named, result)) for row in rows]
    sums: dict[str, Decimal] = {}
    places: dict[str, Place] = {}
    unread = set[str]()
    for row, key in read:
        amount = number_in(row.text("booked") or "0")
        if key and amount is None:
            cannot_be_read(row, "booked", result)
            unread.add(key)
        elif key and amount is not None:
            sums[key] = sums.get(key, ZERO) + rounded(amount, CENTS)
            places.setdefault(key, row.at("booked"))
    gone = set() if any(key is None for _, key in read) else before.keys() - sums.keys()
    for key in sorted({*sums, *gone} - unread):
        now = sums.get(key, ZERO)
        if now != before.get(key, ZERO):
            result.edit(f"{BOOKINGS}{key}", f"{now:.2f}" if now else None, places.get(key, rows[0].place))
    _compare_closed(rows, plan, result)


def _names(plan: AnyPlan) -> Mapping[str, str]:
    """Return the ids of tasks by what they may be called, and those that bookings have already."""
    named = {name.casefold(): key for language in LANGUAGES for key, name in names_in_lists(plan, language).items()}
    ids = (*(task.task.id for task in plan.tasks), *(Booked.of(key).task for key in plan.scenario.status.bookings))
    return named | {key.casefold(): key for key in ids}


def _booked(row: Returned, named: Mapping[str, str], result: ImportResult) -> str | None:
    """Return the key of what a row books; nothing where it only closes a month, None where it cannot be read."""
    if not any(row.text(column) for column in ("category", "task", "booked")):
        return ""
    column = "month"
    try:
        month = month_in(row.text(column))
        column = "category"
        category = category_in(row.text(column))
    except WrongCell as wrong:
        result.leave(row.at(column), wrong.problem, wrong.remedy, **wrong.values)
        return None
    task = row.text("task")
    if task and task.casefold() not in named:
        problem, remedy = msgid("there is no task '{value}'"), msgid("Write its name as the other sheets have it")
        result.leave(row.at("task"), problem, remedy, value=shortened(task))
        return None
    return Booked(month, category, named[task.casefold()] if task else "").key


def _compare_closed(rows: Sequence[Returned], plan: AnyPlan, result: ImportResult) -> None:
    """Close and open the months of which a row says so."""
    before = frozenset(plan.scenario.status.closed)
    changed: dict[str, bool] = {}
    for row in rows:
        text, month = row.text("closed").casefold(), month_of(row)
        is_yes = text in yes_no_words(is_true=True)
        if text and not is_yes and text not in yes_no_words(is_true=False):
            cannot_be_read(row, "closed", result)
        elif text and month and is_yes is not (month in before):
            changed[month] = is_yes
            result.places.setdefault(CLOSED, row.at("closed"))
    if changed:
        result.edits[CLOSED] = sorted(month for month in before.union(changed) if changed.get(month, True))


def month_of(row: Returned) -> str:
    """Return a row's month like 2027-01; nothing where it cannot be read."""
    try:
        return str(month_in(row.text("month")))
    except WrongCell:
        return ""
