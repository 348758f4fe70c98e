"""The data files load whole; files that are too large or too strange for tests/findings are refused in time."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from zt_planner.catalog import (
    LARGEST_FILE_BYTES,
    CatalogError,
    decoded,
    load_phase_model,
    load_price_book,
    phase_model_from,
    price_book_from,
)
from zt_planner.catalog.csv.cells import WrongCell, number_reader, reader_of, text
from zt_planner.catalog.csv.tables import CsvColumn, Line, built
from zt_planner.catalog.shipped.phase_model import MODEL_TABLES
from zt_planner.catalog.shipped.scan_rules import load_scan_rules
from zt_planner.domain.data.columns import Money
from zt_planner.domain.dependencies import circle_in
from zt_planner.errors import CellProblem, CircleProblem, FileProblem
from zt_planner.resources import data_dir

FILES = (
    "prices.csv",
    "tasks.csv",
    "fx.csv",
    "vat.csv",
    "nis2_measures.csv",
    "nis2_points.csv",
    "risk_shares.csv",
    "parameters.csv",
    "operations.csv",
    "regulation.csv",
    "excluded_subsectors.csv",
    "insurer_questions.csv",
    "decisions.csv",
    "not_covered.csv",
    "deliverables.csv",
    "outside_view.csv",
    "proposed_tasks.csv",
    "benchmarks.csv",
    "subsidies.csv",
    "losses.csv",
    "article_claims.csv",
    "scan_controls.csv",
    "skus.csv",
)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return a file's rows as texts, read without the code under test."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped(name: str) -> str:
    """Return a shipped file's text."""
    return (data_dir() / name).read_text("utf-8")


def files_with(folder: Path, name: str, content: bytes) -> Path:
    """Return a folder with the shipped files, one of them replaced."""
    for file in FILES:
        (folder / file).write_bytes((data_dir() / file).read_bytes())
    (folder / name).write_bytes(content)
    return folder


def price_row(number_of_row: int, **changes: str) -> str:
    """Return one line of prices.csv."""
    cells = {"id": f"licence-{number_of_row}", "valid_from": "2026-01-01", "valid_to": "", **changes}
    span = f"{cells['valid_from']},{cells['valid_to']}"
    return f"{cells['id']},V,P,licence,user/month,1.00,EUR,monthly,{span},,,yes{',' * 9}assumption,"


def task_row(task_id: str, after: str) -> str:
    """Return one line of tasks.csv."""
    return f"{task_id},0,T,{after},,1,,1,1,0,1,1,,1,,,0,,,,"


MODEL_TEXTS = {table.file: shipped(table.file) for table in MODEL_TABLES.values()}
PRICES_HEADER, TASKS_HEADER = shipped("prices.csv").splitlines()[0], shipped("tasks.csv").splitlines()[0]


def test_every_row_of_the_files_is_loaded() -> None:
    book, model = load_price_book(data_dir()), load_phase_model(data_dir())
    scans = load_scan_rules(data_dir(), model.by_id, {price.id for price in book.prices})
    loaded = {
        "prices.csv": len(book.prices),
        "fx.csv": len(book.rates),
        "vat.csv": len(book.vat),
        "tasks.csv": len(model.tasks),
        "nis2_measures.csv": len(model.measures),
        "nis2_points.csv": len(model.points),
        "risk_shares.csv": len(model.risk),
        "parameters.csv": len(model.parameter_rows),
        "operations.csv": len(model.operations),
        "losses.csv": len(model.rules.losses),
        "article_claims.csv": len(model.rules.claims),
        "regulation.csv": len(model.rules.laws),
        "excluded_subsectors.csv": len(model.rules.subsectors),
        "insurer_questions.csv": len(model.rules.questions),
        "decisions.csv": len(model.rules.decisions),
        "not_covered.csv": len(model.rules.not_covered),
        "deliverables.csv": len(model.rules.deliverables),
        "outside_view.csv": len(model.rules.outside_view),
        "proposed_tasks.csv": len(model.rules.proposals),
        "benchmarks.csv": len(model.rules.benchmarks),
        "subsidies.csv": len(model.rules.subsidies),
        "scan_controls.csv": len(scans.controls),
        "skus.csv": len(scans.skus),
    }
    assert loaded == {name: len(rows_of(data_dir() / name)) for name in FILES}
    assert (loaded["prices.csv"], loaded["tasks.csv"]) >= (54, 44)
    assert (loaded["nis2_measures.csv"], loaded["nis2_points.csv"]) == (10, 49)


def test_every_cell_of_a_price_is_kept() -> None:
    for price, row in zip(load_price_book(data_dir()).prices, rows_of(data_dir() / "prices.csv"), strict=True):
        kept = {
            key: ";".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
            for key, value in price
        }
        assert kept | {"sold": "yes" if price.sold else "no"} == row


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    content = shipped("prices.csv").replace("\n", "\r\n").encode("utf-8-sig")
    book = load_price_book(files_with(tmp_path, "prices.csv", content))
    assert book.version == load_price_book(data_dir()).version


def test_spaces_around_cells_and_column_names_change_nothing() -> None:
    rates = "currency , eur_per_unit,date,source, confidence\n EUR, 1 ,2026-06-01, ,definition \n"
    book = price_book_from(f"{PRICES_HEADER}\n{price_row(1)}", rates)
    assert [rate.eur_per_unit for rate in book.rates] == [Decimal(1)]


def test_a_missing_file_is_named_with_its_folder(tmp_path: Path) -> None:
    folder = files_with(tmp_path, "prices.csv", b"")
    (folder / "fx.csv").unlink()
    with pytest.raises(FileProblem, match=r"fx\.csv: the file is missing\. Put it into the folder"):
        load_price_book(folder)


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    folder = files_with(tmp_path, "prices.csv", b"")
    (folder / "prices.csv").unlink()
    (folder / "prices.csv").mkdir()
    with pytest.raises(FileProblem, match=r"prices\.csv: the file cannot be read"):
        load_price_book(folder)


def test_more_than_five_megabytes_are_not_read(tmp_path: Path) -> None:
    content = b"x" * (LARGEST_FILE_BYTES + 1)
    folder = files_with(tmp_path, "tasks.csv", content)
    with pytest.raises(FileProblem, match="5000001 bytes, more than the limit of 5000000"):
        load_phase_model(folder)
    with pytest.raises(FileProblem, match="Remove the rows that are not needed"):
        decoded("tasks.csv", content)


@pytest.mark.extended
def test_a_hundred_thousand_rows_are_refused_by_their_size(tmp_path: Path) -> None:
    lines = [PRICES_HEADER, *(price_row(number_of_row) for number_of_row in range(100_000))]
    with pytest.raises(FileProblem, match="more than the limit of 5000000"):
        load_price_book(files_with(tmp_path, "prices.csv", "\n".join(lines).encode()))


@pytest.mark.extended
def test_many_prices_of_one_id_are_read_in_time() -> None:
    first = date(2000, 1, 1).toordinal()
    days = [date.fromordinal(first + offset).isoformat() for offset in range(10_000)]
    lines = [PRICES_HEADER, *(price_row(0, valid_from=day, valid_to=day) for day in days)]
    assert len(price_book_from("\n".join(lines), shipped("fx.csv")).prices) == 10_000
    with pytest.raises(CellProblem, match=r"row 10002, column valid_from.*overlaps row 2"):
        price_book_from("\n".join([*lines, price_row(0, valid_from=days[0])]), shipped("fx.csv"))


@pytest.mark.extended
def test_a_chain_of_twenty_thousand_tasks_is_read_and_its_circle_is_found_in_time() -> None:
    chain = {f"t{index}": (f"t{index + 1}",) for index in range(20_000)}
    assert circle_in({**chain, "t20000": ()}) == ()
    assert len(circle_in({**chain, "t20000": ("t0",)})) == 20_002


def test_a_long_circle_is_spelled_out_as_far_as_a_message_can_be_read() -> None:
    rows = [task_row(f"task-{index}", f"task-{(index + 1) % 100}") for index in range(100)]
    with pytest.raises(CircleProblem) as caught:
        phase_model_from({**MODEL_TEXTS, "tasks.csv": "\n".join([TASKS_HEADER, *rows])})
    assert caught.value.circle == (*(f"task-{index}" for index in range(100)), "task-0")
    assert "task-0 -> task-1 -> task-2" in str(caught.value)
    assert len(str(caught.value)) < 1_000


def test_a_number_of_a_hundred_thousand_digits_is_refused_in_time() -> None:
    row = price_row(1).replace("1.00", "9" * 100_000)
    with pytest.raises(CellProblem, match="is out of range") as caught:
        price_book_from(f"{PRICES_HEADER}\n{row}", shipped("fx.csv"))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("amount", ["1" + " 000" * 9_000, "1" * 9_000 + " 000"], ids=["groups", "digits"])
def test_a_remedy_does_not_repeat_a_number_without_end(amount: str) -> None:
    row = price_row(1).replace("1.00", amount)
    with pytest.raises(CellProblem, match="Write digits with a decimal point") as caught:
        price_book_from(f"{PRICES_HEADER}\n{row}", shipped("fx.csv"))
    assert len(str(caught.value)) < 300


def test_a_column_name_without_end_is_shortened() -> None:
    with pytest.raises(CatalogError) as caught:
        price_book_from(f"{PRICES_HEADER},{'x' * 9_000}\n{price_row(1)},", shipped("fx.csv"))
    assert len(str(caught.value)) < 600


def test_a_quote_that_swallows_the_rest_of_a_long_file_is_found_where_it_opens() -> None:
    rows = [price_row(index) for index in range(4_000)]
    rows[1] = rows[1].replace("V,P", '"V,P')
    with pytest.raises(CatalogError, match=r"prices\.csv, row 3: its double quotes do not match"):
        price_book_from("\n".join((PRICES_HEADER, *rows)), shipped("fx.csv"))


def test_control_characters_are_found_in_a_cell() -> None:
    rows = "\n".join((PRICES_HEADER, price_row(1), price_row(2).replace("P,", "P\0,")))
    with pytest.raises(FileProblem, match=r"row 3, column product: '\\x00' is a control character"):
        price_book_from(rows, shipped("fx.csv"))


def test_a_file_that_is_broken_in_its_header_names_no_column() -> None:
    with pytest.raises(FileProblem) as caught:
        decoded("prices.csv", b"id,vend\xffor")
    assert (caught.value.row, caught.value.column) == (1, None)


def test_the_byte_that_is_wrong_is_named_behind_a_byte_order_mark() -> None:
    with pytest.raises(FileProblem, match=r"row 2, column id: the byte 0xe4 is not UTF-8"):
        decoded("prices.csv", b"\xef\xbb\xbfid,vendor\na\xe4")


def test_a_file_without_any_table_names_neither_row_nor_column() -> None:
    with pytest.raises(FileProblem) as caught:
        decoded("prices.csv", b"x" * 200_000 + b"\xff")
    assert (caught.value.row, caught.value.column) == (None, None)


def test_a_text_has_an_end() -> None:
    assert text("x" * 500) == "x" * 500
    with pytest.raises(WrongCell, match="longer than"):
        text("x" * 501)


class _Strict(BaseModel):
    """A row type with a bound that no reader knows."""

    amount: Decimal = Field(le=10)


def test_what_only_the_row_type_refuses_still_names_the_cell() -> None:
    line = Line("prices.csv", 7, {"amount": "11"})
    with pytest.raises(CellProblem, match=r"prices\.csv, row 7, column amount: '11' is not allowed"):
        built(_Strict, line, {"amount": CsvColumn(reader_of(Money))})


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_money_reads_what_it_writes(amount: Decimal) -> None:
    assert reader_of(Money)(f"{amount:.2f}") == amount


@given(st.text(max_size=30))
def test_a_number_is_read_or_refused_with_a_remedy(content: str) -> None:
    try:
        assert 0 <= number_reader("1000")(content) <= 1000
    except WrongCell as wrong:
        assert wrong.problem.format(**wrong.values)  # noqa: PT017 - either outcome is right
        assert wrong.remedy.format(**wrong.values)  # noqa: PT017


FILE_TEXTS = st.text(alphabet=st.sampled_from('abc,;"\n\r\t .-01é\0'), max_size=200)


@given(FILE_TEXTS, st.sampled_from([PRICES_HEADER, TASKS_HEADER, ""]))
def test_any_text_is_read_or_refused_with_a_catalog_error(content: str, header: str) -> None:
    with pytest.raises(CatalogError):
        price_book_from(f"{header}\n{content}", content)
    with pytest.raises(CatalogError):
        phase_model_from({**MODEL_TEXTS, "tasks.csv": f"{header}\n{content}"})
    for name in MODEL_TEXTS.keys() - {"tasks.csv"}:
        with pytest.raises(CatalogError):
            phase_model_from({**MODEL_TEXTS, name: content})


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), unique=True), min_size=6))
def test_a_circle_is_a_real_one_and_none_is_overlooked(after: Mapping[str, Sequence[str]]) -> None:
    circle = circle_in(after)
    if circle:
        assert circle[0] == circle[-1]
        assert all(later in after[earlier] for earlier, later in pairwise(circle))
        return
    left = dict(after)
    while left:
        free = [task for task, before in left.items() if not set(before) & left.keys()]
        assert free
        left = {task: before for task, before in left.items() if task not in free}
