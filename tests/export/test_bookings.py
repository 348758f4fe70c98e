"""Bookings from a ledger's CSV file: what is read, what is left out and why, and what takes the place of what."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.incoming import open_plan, read
from tests.papers import handout
from tests.words import GERMAN
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.catalog.csv.spreadsheets import READABLE
from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES
from zt_planner.domain.incoming import FileKind, Incoming
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import MOST_BOOKINGS
from zt_planner.engine.plan import Plan
from zt_planner.errors import CatalogError, FileProblem, ScenarioError
from zt_planner.files.formats import Format, files_in
from zt_planner.files.imports.bookings import LARGEST_BOOKINGS_BYTES, MOST_LEFT_OUT, category_in
from zt_planner.files.scenario_json import with_values
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.task_words import task_name
from zt_planner.workspace.incoming import read_file


def booked(bookings: dict[str, str] | None = None) -> Plan:
    given = Scenario.model_validate({"timeline": {"start": "2027-01-04"}, "status": {"bookings": bookings or {}}})
    return builders.plan(given, price_book(), phase_model())


PLAN = booked()


def said(text: str, plan: Plan = PLAN, encoding: str = "utf-8") -> Incoming:
    return read(text.encode(encoding), plan, "ledger.csv")


def sums(incoming: Incoming) -> dict[str, Any]:
    return {path.removeprefix("status.bookings."): value for path, value in incoming.edits.items()}


def one(amount: str, separator: str = ";") -> Incoming:
    """Return what is read of a file with one amount."""
    return said(f'month{separator}category{separator}amount\n2027-03{separator}licence{separator}"{amount}"\n')


def why(incoming: Incoming) -> list[str]:
    return [f"{left.place}: {left.problem.format(**left.values)}" for left in incoming.left_out]


LEDGER = """\
Kostenart;Datum;Text;Betrag (EUR);Vorgang;Beleg
Lizenzen;14.03.2027;Rechnung 1;1.234,56 €;MFA für alle einführen;4711
licence;31.03.2027;;-12,50;mfa_rollout;
Lizenzen;2027-03-02;;'-0,06;;
Schulung;1.4.2027;;12,50-;;

Bewirtung;1.4.2027;;7;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_german_ledger_is_summed_by_month_category_and_task(encoding: str, says: Says) -> None:
    text = LEDGER.replace("MFA für alle einführen", task_in_german())
    found = said(text, encoding=encoding)
    assert sums(found) == {
        "2027-03/licence/": "-0.06",
        "2027-03/licence/mfa_rollout": "1222.06",
        "2027-04/training/": "-12.50",
    }
    assert (found.source, found.rows, found.rows_left_out) == (FileKind.BOOKINGS, 4, 1)
    says(why(found))
    assert (found.notices, found.columns_left_out) == ((), ("Beleg",))
    assert str(found.places["status.bookings.2027-03/licence/"]) == "ledger.csv, row 4, column Betrag (EUR)"


def task_in_german() -> str:
    task = next(task for task in PLAN.case.model.tasks if task.id == "mfa_rollout")
    return GERMAN.write(task_name(task))


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        ("1.234,56 €", "1234.56", "1234.56"),
        ("1,234.56", "1234.56", "1234.56"),
        ("EUR 1 234,5", "1234.50", "1234.50"),
        ("1'234'567.89", "1234567.89", "1234567.89"),
        ("\N{MINUS SIGN}12.50", "-12.50", "-12.50"),
        ("12,50-", "-12.50", "-12.50"),
        ("€ -12", "-12.00", "-12.00"),
        ("1.234", "1234.00", "'1.234' can be read in two ways"),
        ("1,234", "'1,234' can be read in two ways", "'1,234' can be read in two ways"),
        ("1.234,567", "'1.234,567' has more than 2 decimals", "'1.234,567' is not an amount"),
        ("0.125", "'0.125' has more than 2 decimals", "'0.125' has more than 2 decimals"),
        ("NaN", "'NaN' is not an amount", "'NaN' is not an amount"),
        ("1e400", "'1e400' is not an amount", "'1e400' is not an amount"),
        ("--5", "'--5' is not an amount", "'--5' is not an amount"),
        ("12 €50", "'12 €50' is not an amount", "'12 €50' is not an amount"),
        ("9999999999999", "'9999999999999' is out of range", "'9999999999999' is out of range"),
        ("\N{PILE OF POO}", "'\N{PILE OF POO}' is not an amount", "'\N{PILE OF POO}' is not an amount"),
        ("x" * 80, f"'{'x' * 59}…' is not an amount", f"'{'x' * 59}…' is not an amount"),
        ("", "the cell is empty", "the cell is empty"),
    ],
)
def test_amounts_are_read_as_they_are_meant_or_refused(amount: str, german: str, english: str) -> None:
    for separator, expected in {";": german, ",": english}.items():
        found = one(amount, separator)
        told = [*sums(found).values(), *(line.partition(": ")[2] for line in why(found))]
        assert told == [expected], separator


@pytest.mark.parametrize(
    "month",
    [
        *("2027-03", "03.2027", "3/2027", "2027-03-14", "14.03.2027", "14.03.2027 00:00:00", "14.03.27", "1.3.27"),
        *("March 2027", "März 2027", "Mar-27", "Mrz 27", "mar. 2027"),
    ],
)
def test_months_and_days_are_read_in_the_forms_of_spreadsheets(month: str) -> None:
    assert sums(said(f"Monat;Kategorie;Betrag\n{month};licence;5\n")) == {"2027-03/licence/": "5.00"}


@pytest.mark.parametrize(
    ("month", "number"),
    [
        *(("mars 2027", 3), ("mars-27", 3), ("juin-27", 6), ("juil-27", 7), ("juil. 2027", 7), ("août 2027", 8)),
        *(("marzo de 2027", 3), ("mar-27", 3), ("septiembre de 2027", 9), ("sept-27", 9), ("ene-27", 1)),
        *(("14/03/2027", 3), ("3/4/2027", 4), ("3/4/27", 4)),
    ],
)
def test_a_french_or_a_spanish_ledger_is_read(month: str, number: int) -> None:
    expected = {f"2027-{number:02}/licence/": "1234.50"}
    assert (
        sums(said(f"Mois;Montant HT (EUR);Catégorie\n{month};1\N{NARROW NO-BREAK SPACE}234,50;licence\n")) == expected
    )
    assert sums(said(f"Fecha;Importe (EUR);Categoría\n{month};1.234,50 €;licence\n")) == expected


@pytest.mark.parametrize("month", ["3/4/2027", "3/4/27", "jui-27"])
def test_what_could_be_two_months_is_left_out(month: str) -> None:
    separator = ";" if month == "jui-27" else ","
    found = said(f"month{separator}category{separator}amount\n{month}{separator}licence{separator}5\n")
    assert (sums(found), len(found.left_out)) == ({}, 1)


@pytest.mark.parametrize(
    "month", ["2027-13", "2027-02-30", "30.02.27", "03/14/2027", "27", "Foo 2027", "1999-12", "x" * 80]
)
def test_what_is_no_month_is_left_out_with_its_line(month: str) -> None:
    found = said(f"Monat;Kategorie;Betrag\n{month};licence;5\n2027-04;licence;5\n")
    assert sums(found) == {"2027-04/licence/": "5.00"}
    assert [str(left.place) for left in found.left_out] == ["ledger.csv, row 2, column Monat"]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        *(("LIZENZEN", "licence"), ("Licence", "licence"), ("licencias", "licence"), ("Lizenz", "licence")),
        *(("Matériel et clés", "hardware"), ("MATERIEL ET CLES", "hardware"), ("Hardware", "hardware")),
        *(("Hardware und Schluessel", "hardware"), ("hardware und schlüssel", "hardware")),
        *(("Explotacion", "operation"), ("Betrieb", "operation"), ("exploitation", "operation")),
        *(("Supervisión", "monitoring"), ("supervision", "monitoring"), ("Ueberwachung", "monitoring")),
        *(("Formation", "training"), ("formacion", "training"), ("SCHULUNG", "training")),
        *(("Consultor", "consultant"), ("berater", "consultant"), ("consulting", "consultant")),
    ],
)
def test_categories_are_read_in_every_language_in_any_case_without_accents(name: str, category: str) -> None:
    assert category_in(name) == category


@pytest.mark.parametrize("header", ["Mois;Catégorie;Montant HT", "MOIS;CATEGORIE;MONTANT HT", "mes;categoria;importe"])
def test_columns_are_known_without_accents_too(header: str) -> None:
    assert sums(said(f"{header}\n2027-01;licence;100\n")) == {"2027-01/licence/": "100.00"}


def test_what_a_file_has_for_a_month_takes_the_place_of_what_was_booked_in_it() -> None:
    before = {"2027-02/licence/": "1.00", "2027-03/licence/": "2.00", "2027-03/hardware/ztna": "3.00"}
    text = "month,category,amount\n2027-03,licence,9\n2027-03,licence,-4\n2027-03,training,5\n2027-03,training,-5\n"
    plan = booked(before)
    found = said(text, plan)
    assert sums(found) == {"2027-03/hardware/ztna": None, "2027-03/licence/": "5.00"}
    after = with_values(plan.scenario, found.edits)
    assert after.status.bookings == {"2027-02/licence/": Decimal("1.00"), "2027-03/licence/": Decimal("5.00")}
    again = said(text, booked({key: str(amount) for key, amount in after.status.bookings.items()}))
    assert (again.edits, again.rows) == ({}, 4)


def test_a_month_of_which_no_row_can_be_read_stays_as_it_was() -> None:
    found = said("month,category,amount\n2027-03,licence,soon\n", booked({"2027-03/licence/": "2.00"}))
    assert (found.edits, found.rows, found.rows_left_out) == ({}, 0, 1)


def test_unknown_tasks_and_months_outside_the_plan_are_booked_and_said() -> None:
    found = said("month,category,task,amount\n2019-01,hardware,Umzug,5\n2099-01,hardware,ZTNA,5\n")
    assert sums(found) == {"2019-01/hardware/": "5.00", "2099-01/hardware/ztna": "5.00"}
    assert [left.values for left in found.notices] == [{"tasks": "Umzug"}, {"months": "2019-01, 2099-01"}]


def test_a_row_in_another_currency_or_of_another_length_is_left_out(says: Says) -> None:
    found = said("Währung,Monat,Kategorie,Betrag\nUSD,2027-03,licence,5\nEUR,2027-03,licence\neur,2027-03,licence,7\n")
    assert sums(found) == {"2027-03/licence/": "7.00"}
    says(why(found))


def test_of_two_columns_of_a_kind_the_month_and_the_day_of_booking_count() -> None:
    assert sums(said("Datum,Buchungsdatum,Kategorie,Betrag\n2027-03-31,2027-04-01,licence,5\n")) == {
        "2027-04/licence/": "5.00"
    }
    assert sums(said("Datum,Monat,Kategorie,Betrag\n2027-04-01,2027-03,licence,5\n")) == {"2027-03/licence/": "5.00"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "ledger.csv: the file is empty"),
        ("month,category,amount\n", "ledger.csv: the file has no rows below its header"),
        ("month,amount\n2027-03,5\n", "ledger.csv, row 1, column category: the column is missing"),
        (
            "2027-03;licence;5,00\n2027-04;licence;6,00\n",
            "ledger.csv, row 1: the header line is missing. Write one above the rows: month, amount, category for",
        ),
        ("Monat;Monat;Kategorie;Betrag\n", "ledger.csv, row 1, column Monat: the column is there twice"),
        ("name,size\na,b\n", f"it is not a table written by ZT Planner. {READABLE}"),
        ('month,category,amount\n2027-03,"licence,5\n', "its double quotes do not match"),
        ("month,category,amount\n2027-03,lic\x00ence,5\n", "it is a file of another program"),
        ("%PDF-1.7", "it is a PDF"),
    ],
)
def test_a_file_that_is_no_table_of_bookings_is_refused(text: str, problem: str) -> None:
    with pytest.raises(CatalogError) as caught:
        said(text)
    assert problem in str(caught.value)


@pytest.mark.extended
def test_our_own_cost_lines_are_no_bookings_even_if_a_column_is_lost() -> None:
    handed = handout()
    for dialect in Dialect:
        content = files_in(Format.CSV, handed, dialect)["cost_lines.csv"].decode("utf-8-sig")
        lost = "price_id" if dialect.words is None else dialect.words.say("Price ID")
        assert read(content.encode(), handed.plan).source is FileKind.TABLES
        with pytest.raises(CatalogError, match="the column is missing"):
            read(content.replace(lost, "x").encode(), handed.plan)


def many(count: int, amount: str = "1.234,56 €") -> str:
    rows = (
        f"{1 + row % 28:02}.{1 + row % 12:02}.2027;{amount};Lizenzen;mfa_rollout;Rechnung {row}" for row in range(count)
    )
    return "\n".join(("Datum;Betrag;Kategorie;Vorgang;Text", *rows))


@pytest.mark.extended
def test_more_than_a_hundred_thousand_rows_are_refused() -> None:
    with pytest.raises(FileProblem, match="more than 100000 rows"):
        said(many(100_001))


@pytest.mark.extended  # what is read of a row, the tests above say; this takes as long as a hundred of them
def test_a_hundred_thousand_rows_are_read() -> None:
    text = many(100_000)
    assert LARGEST_FILE_BYTES < len(text) < LARGEST_BOOKINGS_BYTES
    found = said(text)
    assert (found.rows, len(found.edits)) == (100_000, 12)
    assert sum(map(Decimal, sums(found).values())) == Decimal("123456000.00")


def test_very_many_rows_that_cannot_be_read_are_counted() -> None:
    found = said(many(MOST_LEFT_OUT + 5, "soon"))
    assert (found.rows, found.rows_left_out, len(found.left_out)) == (0, MOST_LEFT_OUT + 5, MOST_LEFT_OUT)
    assert found.count_left_out == MOST_LEFT_OUT + 5


@pytest.mark.extended
def test_more_sums_than_a_plan_keeps_are_refused_with_those_that_stay() -> None:
    tasks = [task.id for task in PLAN.case.model.tasks]
    months = [f"20{year}-{month:02}" for year in range(27, 50) for month in range(1, 13)]
    rows = [f"{month},licence,{task},1" for month in months for task in tasks][:MOST_BOOKINGS]
    text = "\n".join(("month,category,task,amount", *rows))
    assert len(said(text).edits) == MOST_BOOKINGS
    with pytest.raises(FileProblem, match=r"make 5001 sums, more than the limit of 5000\. Leave out the column"):
        said(text, booked({"2026-12/licence/": "1.00"}))


def test_sums_beyond_the_largest_amount_are_refused_when_they_are_set() -> None:
    found = said("month,category,amount\n2027-03,licence,999999999999\n2027-03,licence,999999999999\n")
    with pytest.raises(ScenarioError):
        with_values(PLAN.scenario, found.edits)


@pytest.mark.extended
def test_larger_files_are_refused_others_sooner_than_bookings() -> None:
    with pytest.raises(FileProblem, match="larger than the limit of 10000000 bytes"):
        read_file(b"month,category,amount\n" + b"x" * LARGEST_BOOKINGS_BYTES, "ledger.csv", open_plan(PLAN))
    with pytest.raises(FileProblem, match="larger than the limit of 5000000 bytes"):
        read_file(b"PK" + b"x" * 6_000_000, "plan.zip", open_plan(PLAN))
    with pytest.raises(FileProblem, match="more than the limit of 5000000"):
        read_file(b"name,size\n" + b"x" * 6_000_000, "other.csv", open_plan(PLAN))
