"""A partner's list becomes proposals, from any spreadsheet; what the book writes, it reads again unchanged."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from enum import StrEnum

import pytest

from tests.approval import Says
from tests.builders import TODAY, row_values
from tests.words import ENGLISH, told
from zt_planner.catalog import CatalogError, price_list_from, proposals_of
from zt_planner.catalog.price_lists.partner import MOST_ROWS
from zt_planner.catalog.price_lists.price_table import numbered, price_table_of, table_edits
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.price_proposal import ChangeKind, PriceProposal, proposed_fields
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.own_prices import joined_book
from zt_planner.files.scenario_json import validated, with_values
from zt_planner.language import Words
from zt_planner.media.csv.dialects import Dialect, unprotected
from zt_planner.media.csv.price_book import price_book_bytes, template_bytes
from zt_planner.topics.prices import price_file
from zt_planner.topics.prices.proposals import proposal_sentence, proposal_table

SHORT = "id,amount,currency,term,valid_from\r\n"
GERMAN = SHORT.replace(",", ";")


def read(content: str | bytes, book: PriceBook) -> dict[str, PriceProposal]:
    """Return what a list would make of a book, by id."""
    given = content.encode() if isinstance(content, str) else content
    found = proposals_of(price_list_from(given, "list.csv"), book, today=TODAY, clean=unprotected)
    return {each.price_id: each for each in found}


def spans(proposal: PriceProposal) -> list[tuple[str, str, str]]:
    """Return amount, first and last day of the proposed rows."""
    return [(str(row.amount), str(row.valid_from), str(row.valid_to)) for row in proposal.after]


@pytest.fixture
def own_book(price_book: PriceBook) -> PriceBook:
    """Return the shipped book with own rows that are hard to write: formulas, lists, parts of a cent."""
    row = row_values(price_book.rows_by_id["entra-p2"][-1])
    hard = {
        "product": "=HYPERLINK()",
        "note": "a, b; \"c\" and 'd'",
        "source": "-dash",
        "amount": "4.305",
        "requires": ["entra-p1", "intune-plan-1"],
        "seat_cap": 7,
    }
    own = {"entra-p2": [{**row, **hard}], "new-one": [{**row, "id": "new-one", "amount": "0.000001"}]}
    return joined_book(price_book, validated({"prices": {"rows": own}}).prices)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_is_exported_imports_again_and_changes_nothing(
    own_book: PriceBook, dialect: Dialect, encoding: str
) -> None:
    for content in (price_book_bytes(own_book, dialect), template_bytes(own_book, dialect)):
        found = read(content.decode("utf-8-sig").encode(encoding), own_book)
        assert {each.change_kind for each in found.values()} == {ChangeKind.UNCHANGED}, encoding
    everything = read(price_book_bytes(own_book, dialect), own_book)
    assert list(everything) == list(own_book.rows_by_id)


@pytest.mark.parametrize("dialect", Dialect)
def test_a_book_goes_whole_into_another_one(own_book: PriceBook, price_book: PriceBook, dialect: Dialect) -> None:
    found = read(price_book_bytes(own_book, dialect), price_book)
    assert {key for key, each in found.items() if each.change_kind is not ChangeKind.UNCHANGED} == {
        "entra-p2",
        "new-one",
    }
    scenario = with_values(Scenario(), proposed_fields(found.values()))
    assert joined_book(price_book, scenario.prices).version == own_book.version


WORDED = "Preis-ID;Listenpreis;Währung;Abrechnung;Gültig ab\r\n"


def test_a_list_for_german_excel_is_read_by_its_words(price_book: PriceBook) -> None:
    worded = read(WORDED + "m365-e3;38,50;EUR;Ein Jahr, im Voraus;01.01.2027\r\n", price_book)
    assert worded == read(GERMAN + "m365-e3;38,50;EUR;annual_prepaid;01.01.2027\r\n", price_book)
    assert worded["m365-e3"].change_kind is ChangeKind.CHANGED


def test_what_is_wrong_with_a_list_for_german_excel_is_said_by_its_columns(price_book: PriceBook) -> None:
    (wrong,) = read(WORDED + "m365-e3;viel;EUR;monatlich;01.01.2027\r\n", price_book)["m365-e3"].problems
    assert wrong.column == "Listenpreis"
    with pytest.raises(CatalogError) as caught:
        read(WORDED.replace(";Gültig ab", ""), price_book)
    assert caught.value.column == "Gültig ab"


def test_who_may_not_see_labour_gets_no_day_rate(price_book: PriceBook) -> None:
    assert b"external-day" in price_book_bytes(price_book, Dialect.RFC4180)
    assert b"-day" not in price_book_bytes(price_book, Dialect.RFC4180, shows_labour=False)


def test_a_short_list_takes_the_rest_from_the_book_and_ends_what_held_before(price_book: PriceBook) -> None:
    found = read(SHORT + "m365-e3,38.50,EUR,annual_prepaid,2027-01-01\r\n", price_book)["m365-e3"]
    shipped = price_book.rows_by_id["m365-e3"]
    assert spans(found) == [
        ("36.00", "2022-03-01", "2026-06-30"),
        ("37.78", "2026-07-01", "2026-12-31"),
        ("38.50", "2027-01-01", "None"),
    ]
    new = found.after[-1]
    assert (new.vendor, new.grants, new.unit) == (shipped[-1].vendor, shipped[-1].grants, shipped[-1].unit)
    assert (new.source, new.source_date, str(new.confidence), new.source_url) == ("list.csv", TODAY, "primary", None)
    assert found.change_kind is ChangeKind.CHANGED


def test_rows_of_a_short_list_follow_each_other(price_book: PriceBook, says: Says) -> None:
    rows = "entra-p1,7,EUR,monthly,2027-07-01\nentra-p1,6,EUR,monthly,2025-01-01\n"
    assert spans(read(SHORT + rows, price_book)["entra-p1"]) == [
        ("6", "2025-01-01", "2027-06-30"),
        ("7", "2027-07-01", "None"),
    ]
    twice = read(SHORT + rows.replace("2025-01-01", "2027-07-01"), price_book)["entra-p1"]
    says([str(each) for each in twice.problems])


def test_a_list_that_german_excel_saved_is_read(price_book: PriceBook, says: Says) -> None:
    rows = "m365-e3;1.238,5;EUR;annual_prepaid;1.1.2027;Angebot Müller – „Süd“\r\n"
    found = read((GERMAN.strip() + ";note\r\n" + rows).encode("cp1252"), price_book)["m365-e3"]
    assert spans(found)[-1] == ("1238.5", "2027-01-01", "None")
    says(found.after[-1].note)


def test_a_wrong_row_refuses_its_id_and_no_other(price_book: PriceBook, says: Says) -> None:
    rows = (
        "m365-e3;38,50;EUR;annual_prepaid;01.01.2027\r\n"
        "entra-p2;1.200;EUR;monthly;01.01.2027\r\n"
        "entra-p1;6;EUR;monthly;31.02.2027\r\n"
        "no-such;6;EUR;monthly;01.01.2027\r\n"
        "intune-plan-1;6;JPY;monthly;01.01.2027\r\n"
    )
    found = read(GERMAN + rows, price_book)
    assert Counter(each.change_kind for each in found.values()) == {ChangeKind.REFUSED: 4, ChangeKind.CHANGED: 1}
    says([str(found[key].problems[0]) for key in ("entra-p2", "entra-p1", "no-such", "intune-plan-1")])
    assert list(proposed_fields(found.values())) == ["prices.rows.m365-e3"]


def test_a_comma_before_three_digits_is_asked_about_in_a_german_list_too(price_book: PriceBook, says: Says) -> None:
    row = "entra-p2;{};EUR;monthly;01.01.2027\r\n"
    (problem,) = read(GERMAN + row.format("1,200"), price_book)["entra-p2"].problems
    says(str(problem))
    for text, amount in (("1200", "1200"), ("1,20", "1.20"), ("1,2340", "1.2340"), ("0,125", "0.125")):
        assert spans(read(GERMAN + row.format(text), price_book)["entra-p2"])[-1][0] == amount


@pytest.mark.parametrize(
    ("changes", "column", "problem"),
    [
        ({"seat_cap": "0"}, "seat_cap", "'0' is out of range"),
        ({"requires": "entra-p2"}, "requires", "'entra-p2' requires itself"),
        ({"requires": "nothing"}, "requires", "'nothing' is not an id of this file"),
        ({"category": "labour"}, "category", "'labour' does not fit the id"),
        ({"unit": "piece"}, "unit", "'piece' is 'user/month' in the price book"),
        (
            {"vendor": "Müller & Söhne"},
            "vendor",
            "'Müller & Söhne' is 'Microsoft' in the price book: the vendor decides",
        ),
        ({"valid_to": "2000-01-01"}, "valid_to", "'2000-01-01' is before the first day, 2025-01-01"),
        ({"product": ""}, "product", "the cell is empty"),
        ({"requires": ";".join(f"x{n}" for n in range(21))}, "requires", "is not allowed"),
    ],
)
def test_a_full_list_is_as_strict_as_the_price_book(
    price_book: PriceBook, changes: dict[str, str], column: str, problem: str
) -> None:
    table = [row for row in price_table_of(price_book) if row["id"] == "entra-p2"]
    content = ",".join(table[0]) + "\n" + ",".join(f'"{cell}"' for cell in (table[0] | changes).values())
    (wrong,) = read(content, price_book)["entra-p2"].problems
    assert (wrong.row, wrong.column) == (2, column)
    assert problem in str(wrong)


def test_what_is_no_licence_may_come_from_any_vendor(price_book: PriceBook) -> None:
    table = [row for row in price_table_of(price_book) if row["id"] == "fido2-key"]
    content = ",".join(table[0]) + "\n" + ",".join(f'"{cell}"' for cell in (table[0] | {"vendor": "Keys AG"}).values())
    (key,) = read(content, price_book)["fido2-key"].after
    assert key.vendor == "Keys AG"
    validated({"prices": {"rows": {"fido2-key": [row_values(key)]}}})


def test_what_requires_a_refused_product_is_refused_too(price_book: PriceBook) -> None:
    row = next(row for row in price_table_of(price_book) if row["id"] == "entra-p2")
    chain = [
        row | {"id": "a", "requires": "b"},
        row | {"id": "b", "requires": "c"},
        row | {"id": "c", "amount": "x"},
        row | {"id": "d", "requires": "e"},
        row | {"id": "e"},
    ]
    content = "\n".join([",".join(row), *(",".join(f'"{cell}"' for cell in each.values()) for each in chain)])
    fates = {key: each.change_kind for key, each in read(content, price_book).items()}
    assert fates == {
        "a": ChangeKind.REFUSED,
        "b": ChangeKind.REFUSED,
        "c": ChangeKind.REFUSED,
        "d": ChangeKind.NEW,
        "e": ChangeKind.NEW,
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "list.csv: the file is empty"),
        (SHORT.encode(), "list.csv: the file has no rows below its header"),
        (b"PK\x03\x04\x14", "list.csv, row 1: '\\x03' is a control character"),
        (b"\xff\xfei\x00d\x00", "list.csv, row 1: the byte 0xff is not UTF-8"),
        (b"id,amount\x81", "list.csv, row 1: the byte 0x81 is not UTF-8"),
        (b"id\tamount\tcurrency\n", "list.csv, row 1: its cells are separated by"),
        (b"id,amount,colour\nentra-p1,1,red\n", "list.csv, row 1, column currency: the column is missing"),
        (SHORT.strip().encode() + b",colour\n", "list.csv, row 1, column colour: the column 'colour' is unknown"),
        (SHORT.encode() + b"entra-p1,1\n", "list.csv, row 2, column currency: cells in the row: 2; in the header: 5"),
        (SHORT.encode() + b'"entra-p1,1\n', "list.csv, row 2: its double quotes do not match"),
        (
            SHORT.encode() + b"entra-p1,1,EUR,monthly,2027-01-01\n" * 100_000,
            f"list.csv: the file has more than {MOST_ROWS} rows",
        ),
        (b"x" * 5_000_001, "list.csv: the file has 5000001 bytes, more than the limit of 5000000"),
    ],
)
def test_a_file_that_is_no_price_list_is_refused_as_a_whole(
    price_book: PriceBook, content: bytes, message: str
) -> None:
    with pytest.raises(CatalogError) as caught:
        read(content, price_book)
    assert str(caught.value).startswith(message)


def test_the_preview_says_what_becomes_of_each_id(price_book: PriceBook, says: Says) -> None:
    rows = "m365-e3,38.50,EUR,annual_prepaid,2027-01-01\nentra-p2,x,EUR,monthly,2027-01-01\n"
    found = tuple(read(SHORT + rows, price_book).values())
    assert ENGLISH.write(proposal_sentence(found)) == "1 refused, 1 changed"
    refused, changed = told(proposal_table(found)).rows
    says(refused[:3])
    says(refused[-1])
    assert changed[:3] == ("changed", "m365-e3", "Microsoft 365 E3")
    assert [text.count("from") for text in changed[3:5]] == [2, 3]
    assert "38.50" in changed[4]


def test_the_preview_names_columns_that_the_amounts_do_not_show(price_book: PriceBook, says: Says) -> None:
    (row,) = price_book.rows_by_id["cloud-identity-premium"]
    line = f"cloud-identity-premium,{row.amount},{row.currency},{row.term},{row.valid_from}\n"
    (found,) = read(SHORT + line, price_book).values()
    (shown,) = told(proposal_table((found,))).rows
    assert shown[3] == shown[4]
    says(shown[-1])


def test_a_table_that_nobody_touched_changes_nothing(own_book: PriceBook) -> None:
    found = table_edits([dict(row) for row in price_table_of(own_book)], own_book, "Price table")
    assert (dict(found.fields), found.problems) == ({}, ())


def test_a_changed_cell_sets_the_rows_of_its_id_and_no_other(price_book: PriceBook) -> None:
    table = price_table_of(price_book)
    place = next(place for place, row in enumerate(table) if row["id"] == "entra-p2")
    table[place]["amount"] = "7.5"
    fields = table_edits([dict(row) for row in table], price_book, "Price table").fields
    assert list(fields) == ["prices.rows.entra-p2"]
    assert [row["amount"] for row in fields["prices.rows.entra-p2"]] == ["7.50", "10.00"]
    table[place]["amount"] = "7,5"
    (wrong,) = table_edits([dict(row) for row in table], price_book, "Price table").problems
    assert str(wrong) == f"Price table, row {place + 1}, column amount: '7,5' is not a number. Write 7.5."


@pytest.mark.parametrize("typed", ["", "Offer of our reseller"])
def test_an_amount_that_was_typed_has_no_longer_the_source_of_the_one_before(typed: str, price_book: PriceBook) -> None:
    table = price_table_of(price_book)
    first, second = (place for place, row in enumerate(table) if row["id"] == "entra-p2")
    before = price_book.rows_by_id["entra-p2"]
    table[second] |= {"amount": "12.00", **({"source": typed} if typed else {})}
    rows = table_edits([dict(row) for row in table], price_book, "Price table").fields["prices.rows.entra-p2"]
    assert rows[0]["source"] == before[0].source == table[first]["source"]
    assert (rows[1]["source"], rows[1]["amount"]) == (typed or None, "12.00")
    assert (rows[1]["source_date"] is None) is not bool(typed)


def test_a_row_is_added_and_taken_out_again(price_book: PriceBook) -> None:
    table, new = price_table_of(price_book), {"id": "new-one", "amount": "5"}
    (wrong,) = table_edits([*table, new], price_book, "Price table").problems
    assert (wrong.row, wrong.column) == (len(table) + 1, "vendor")
    like = next(row for row in table if row["id"] == "entra-p2")
    fields = table_edits([*table, {}, {**like, **new, "note": None}], price_book, "Price table").fields
    joined = joined_book(price_book, with_values(Scenario(), fields).prices)
    assert joined.rows_by_id["new-one"][0].amount == Decimal(5)
    assert dict(table_edits(table, joined, "Price table").fields) == {"prices.rows.new-one": None}


def test_a_wrong_row_is_named_by_the_number_that_it_shows(price_book: PriceBook) -> None:
    table = [row for row in numbered(price_table_of(price_book)) if row["row"] != "3"]
    table[3]["amount"] = "much"
    added = {"row": None, "id": "new-one"}
    wrong = table_edits([*table, added], price_book, "Price table").problems
    assert {5, len(table) + 2} <= {problem.row for problem in wrong}


def test_the_rows_of_the_book_cannot_be_taken_out(price_book: PriceBook) -> None:
    table = [row for row in price_table_of(price_book) if row["id"] != "entra-p2"]
    (wrong,) = table_edits([dict(row) for row in table], price_book, "Price table").problems
    assert "'entra-p2'" in str(wrong)


def test_the_words_of_codes_are_looked_up_once_a_file(price_book: PriceBook, monkeypatch: pytest.MonkeyPatch) -> None:
    content, said, word_of = price_book_bytes(price_book, Dialect("excel-de")), list[str](), price_file.code_word

    def counted(code: StrEnum) -> Words:
        said.append(code)
        return word_of(code)

    monkeypatch.setattr(price_file, "code_word", counted)
    read(content, price_book)
    assert len(said) == len(set(said))
