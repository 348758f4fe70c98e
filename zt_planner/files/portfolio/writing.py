"""Rows of many clients as Parquet, in batches that are there as a whole or not at all; and as CSV.

A batch holds the clients whose keys' digest begins with its bits. Its parts lie in a folder a table, and a small file
names them, with a fingerprint for each client; it is written last and removed first. Laws: a batch counts if that file
is there, and its parts are; of a batch and those that it was split into, only the former counts until it is removed, so
that no client is ever counted twice; what is complete survives a process that is killed and a disk that fills.
"""

from __future__ import annotations

import json
import os
import platform
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from zt_planner.errors import ScenarioError, msgid
from zt_planner.files.portfolio.names import NOTES, ON_DISK, READINGS, WHAT_IFS
from zt_planner.files.portfolio.reading import unusable_folder
from zt_planner.media.csv import dialects
from zt_planner.media.csv.dialects import CsvValue, Dialect, protected
from zt_planner.topics.portfolio.questions import QUESTIONS
from zt_planner.topics.portfolio.rows import DAY_PLACES, TABLES, Form, PortfolioTable, Row

if TYPE_CHECKING:
    import pyarrow as pa

MOST_CLIENTS = 100
"""In a batch; one with more is split into two."""
FORMAT = 1
PART, NOT_DONE = "part.parquet", ".part"
COMPLETE = "complete"
"""The folder with the files that say which batches are there."""
DIGITS = 18


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that is there: its bits, and the fingerprints of its clients by their keys."""

    bits: str
    fingerprints: Mapping[str, str]


def bits_of(key: str) -> str:
    """Return the digest of a key as bits."""
    return f"{int.from_bytes(sha256(key.encode()).digest()[:8], 'big'):064b}"


def batch_name(bits: str) -> str:
    """Return the name of a batch: it begins with a letter, so that no program takes it for a number."""
    return f"b{bits}"


class Portfolio:
    """The folder of a portfolio: what is complete in it, and where each part lies."""

    def __init__(self, folder: Path, dialect: Dialect = Dialect.RFC4180) -> None:
        """Take a folder, which is made where something is written into it, and who reads the CSV files."""
        self.folder, self.dialect = folder, dialect

    def part(self, table: str, bits: str) -> Path:
        """Return where the rows of a batch lie."""
        return self.folder / table / f"batch={batch_name(bits)}" / PART

    def complete_file(self, bits: str) -> Path:
        """Return the file that says that a batch is complete."""
        return self.folder / COMPLETE / f"{batch_name(bits)}.json"

    def batches(self) -> dict[str, Batch]:
        """Return the batches that count, by their bits."""
        found = {batch.bits: batch for path in self._complete_files() if (batch := self._batch(path)) is not None}
        return {bits: batch for bits, batch in sorted(found.items()) if not _has_shorter(bits, found)}

    def _complete_files(self) -> list[Path]:
        return sorted((self.folder / COMPLETE).glob("b*.json"))

    def _batch(self, path: Path) -> Batch | None:
        """Return the batch of a file; None where the file is damaged or a part is missing."""
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return None
        bits = path.stem[1:]
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            return None
        parts, clients = data.get("parts"), data.get("clients")
        if not isinstance(parts, dict) or not isinstance(clients, dict):
            return None
        is_whole = all(_size(self.part(table.name, bits)) == parts.get(table.name) for table in TABLES)
        return Batch(bits, clients) if is_whole else None

    def parts(self, table: str) -> list[Path]:
        """Return the files of a table that count."""
        return [self.part(table, bits) for bits in self.batches()]

    def write(self, bits: str, tables: Mapping[str, pa.Table], fingerprints: Mapping[str, str]) -> None:
        """Write a batch; raise ScenarioError where the folder cannot be written to. The old one counts until then."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - paid only where it is asked for

        whole, sizes = self.complete_file(bits), dict[str, int]()
        with written_to(self.folder):
            targets = {name: self.part(name, bits) for name in tables}
            new = {name: beside(target) for name, target in targets.items()}
            try:
                for name, table in tables.items():
                    pq.write_table(table, new[name], compression="zstd")
                    sync(new[name])
                    sizes[name] = new[name].stat().st_size
                whole.unlink(missing_ok=True)
                for name, target in targets.items():
                    new[name].replace(target)
                write_whole(whole, json_line({"format": FORMAT, "parts": sizes, "clients": dict(fingerprints)}))
            finally:
                for path in new.values():
                    path.unlink(missing_ok=True)

    def remove(self, bits: str) -> None:
        """Remove a batch: what says that it is there first."""
        with written_to(self.folder):
            self.complete_file(bits).unlink(missing_ok=True)
            for table in TABLES:
                path = self.part(table.name, bits)
                path.unlink(missing_ok=True)
                with suppress(OSError):  # something else lies there
                    path.parent.rmdir()

    def clear(self, kept: Iterable[str]) -> None:
        """Remove every batch but some, and what a process left that was killed."""
        names = {batch_name(bits) for bits in kept}
        for path in self._complete_files():
            if path.stem not in names:
                self.remove(path.stem[1:])
        self.remove_unfinished()
        with written_to(self.folder):
            for table in TABLES:
                for path in (self.folder / table.name).glob("batch=b*"):
                    if path.name.removeprefix("batch=") not in names:
                        self.remove(path.name.removeprefix("batch=b"))

    def remove_unfinished(self) -> None:
        """Remove what processes left that were killed; none writes there any more."""
        parts = (f"{table.name}/batch=b*/{PART}" for table in TABLES)
        with written_to(self.folder):
            for target in (*_names(), f"{COMPLETE}/b*.json", *parts):
                for left in self._left_of(target):
                    if not left.is_dir():
                        left.unlink(missing_ok=True)
            for left in self._left_of(ON_DISK):
                if left.is_dir():
                    rmtree(left)

    def _left_of(self, target: str) -> list[Path]:
        """Return what has a name as `beside` makes it of a target: others may keep files of their own here."""
        return [*self.folder.glob(f"{target}-*-[0-9]*{NOT_DONE}")]

    def rows(self, table: str, bits: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of a batch as they were written, by default with all columns."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - as above

        return pq.read_table(self.part(table, bits), columns=columns and list(columns), partitioning=None)

    def write_csv(self) -> list[str]:
        """Write each table of all batches as one CSV file, and return the files' names."""
        names = []
        for table in TABLES:
            names.append(f"{table.name}.csv")
            rows = (self.rows(table.name, bits) for bits in self.batches())
            write_csv(self.folder / names[-1], schema_of(table), rows, self.dialect)
        return names

    def has_csv(self) -> bool:
        """Tell whether each table is there as a CSV file that every program reads."""
        return all(_is_standard(self.folder / f"{table.name}.csv") for table in TABLES)


def _names() -> Iterator[str]:
    """Yield the names of the files that lie in the folder itself."""
    yield from (f"{table.name}.csv" for table in TABLES)
    yield from (f"{question.name}.csv" for question in QUESTIONS)
    yield from (NOTES, READINGS, *WHAT_IFS)


def _has_shorter(bits: str, found: Mapping[str, object]) -> bool:
    """Tell whether a batch is there that this one is a part of."""
    return any(bits[:length] in found for length in range(len(bits)))


def _is_standard(path: Path) -> bool:
    """Tell whether a CSV file is there and is none for Excel, which begins with a mark."""
    try:
        with path.open("rb") as file:
            return file.read(len(BOM_UTF8)) != BOM_UTF8
    except OSError:
        return False


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def layout(keys: Iterable[str], known: Iterable[str]) -> dict[str, list[str]]:
    """Return which keys each batch holds, by its bits: those that are there stay, and are split where they are full."""
    digests = sorted((bits_of(key), key) for key in keys)
    return dict(_split("", digests, frozenset(known)))


def _split(bits: str, digests: Sequence[tuple[str, str]], known: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    is_split = any(len(other) > len(bits) and other.startswith(bits) for other in known)
    if len(digests) <= MOST_CLIENTS and (bits in known or not is_split):
        if digests:
            yield bits, sorted(key for _, key in digests)
        return
    for bit in "01":
        half = f"{bits}{bit}"
        yield from _split(half, [pair for pair in digests if pair[0].startswith(half)], known)


def arrow_type(form: Form) -> pa.DataType:
    """Return how Parquet keeps the cells of a form."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    return {
        Form.TEXT: pa.string(),
        Form.WHOLE: pa.int64(),
        Form.EUR: pa.decimal128(DIGITS, 2),
        Form.QUANTITY: pa.decimal128(DIGITS, DAY_PLACES),
        Form.PERSON_DAYS: pa.decimal128(DIGITS, DAY_PLACES),
        Form.DAY: pa.date32(),
        Form.FLAG: pa.bool_(),
    }[form]


def schema_of(table: PortfolioTable[Any]) -> pa.Schema:
    """Return the columns of a table with their types."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    fields = [pa.field(column.name, arrow_type(column.form)) for column in table.columns]
    return pa.schema(fields, metadata={"format": str(FORMAT)})


def arrow_table(table: PortfolioTable[Any], rows: Sequence[Row]) -> pa.Table:
    """Return rows of a table as Arrow keeps them."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    columns = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
    schema = schema_of(table)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_tables(rows: Mapping[str, Sequence[Row]]) -> dict[str, pa.Table]:
    """Return the rows of every table as Arrow keeps them: what `queries` asks, without a file."""
    return {table.name: arrow_table(table, rows.get(table.name, ())) for table in TABLES}


def write_csv(target: Path, schema: pa.Schema, tables: Iterable[pa.Table], dialect: Dialect) -> None:
    """Write rows as a CSV file, of which no more than one table is in memory."""
    with written_to(target.parent):
        new = beside(target)
        try:
            if dialect.words is None:
                _write_standard(new, schema, tables)
            else:
                rows = (row for table in tables for row in zip(*map(_cells, table.columns), strict=True))
                with new.open("w", encoding=dialect.encoding, newline="") as file:
                    dialects.write_csv(file, schema.names, rows, dialect)
            sync(new)
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)


def _write_standard(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    """Write rows as `dialects` would, in a third of its time."""
    import pyarrow.csv  # noqa: PLC0415 - as above

    options = pyarrow.csv.WriteOptions(eol="\r\n")
    with pyarrow.csv.CSVWriter(path, schema, write_options=options) as writer:
        for table in tables:
            writer.write_table(spreadsheet_safe(table))


def _cells(column: pa.ChunkedArray) -> list[CsvValue]:
    return list(column.to_pylist())


def spreadsheet_safe(table: pa.Table) -> pa.Table:
    """Return a table of which no text runs as a formula."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    for index, column in enumerate(table.schema):
        if column.type == pa.string():
            coded = table[index].combine_chunks().dictionary_encode()
            coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
            texts = pa.array([protected(text) for text in coded.dictionary.to_pylist()], pa.string())
            table = table.set_column(index, column, texts.take(coded.indices))
    return table


@contextmanager
def written_to(folder: Path) -> Iterator[None]:
    """Turn what the system refuses while a folder is written to into an error that names the folder."""
    try:
        yield
    except OSError as error:
        raise not_written(folder, os.strerror(error.errno) if error.errno else str(error)) from None


def not_written(folder: Path, reason: str) -> ScenarioError:
    """Return the error of a folder that cannot be written to."""
    problem = msgid("the folder cannot be written to ({reason})")
    remedy = msgid("Free some space or name another folder, and start again: what is complete is kept")
    return unusable_folder(folder, problem, remedy, reason=reason)


def beside(target: Path) -> Path:
    """Return where this process writes a file until it is complete, whatever others do; its folder is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.with_name(f"{target.name}-{platform.node()}-{os.getpid()}{NOT_DONE}")


def sync(path: Path) -> None:
    """Have a file on the disk before anything says that it is there."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_whole(target: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all."""
    new = beside(target)
    try:
        new.write_bytes(content)
        sync(new)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def json_line(data: object) -> bytes:
    """Return data as JSON, the same bytes for the same data."""
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
