"""The questions of a portfolio, answered by DuckDB over Parquet or over tables in memory, with the same queries.

Each question of `topics.portfolio.questions` has a query of its name in `sql`. Laws: nothing of the tables is copied
before it is asked for; both kinds of tables give the same rows in the same order; however many clients there are,
DuckDB takes no more than `MOST_MEMORY` beside the program, and what does not fit lies on the disk meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from glob import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, TypeAlias

from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.files.portfolio.names import ON_DISK
from zt_planner.files.portfolio.reading import unusable_folder
from zt_planner.files.portfolio.writing import Portfolio, arrow_tables, beside, not_written, write_csv, written_to
from zt_planner.topics.portfolio.questions import QUESTIONS, Question
from zt_planner.topics.portfolio.rows import TABLES

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

ROWS_AT_ONCE = 10_000
MOST_MEMORY = "128MB"
THREADS = "2"
"""Each of them needs memory of its own."""
INTERRUPTED = "Query interrupted"
"""What DuckDB says, in place of the error that a signal's handler raises, where the signal comes while it answers."""
Source: TypeAlias = "Portfolio | Mapping[str, pa.Table]"
"""The folder of a portfolio, or its tables by name, as `arrow_tables` makes them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What questions are asked for: the day that is today, and the month in which a fiscal year begins, 1 to 12."""

    today: date
    first_month: int = 1

    def values(self, query: str) -> dict[str, object]:
        """Return the values of those gaps that a query has."""
        known = {"today": self.today, "first_month": self.first_month}
        return {name: known[name] for name in re.findall(r"\$(\w+)", query)}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer, with the names of their cells."""

    names: tuple[str, ...]
    cells: tuple[tuple[Any, ...], ...]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows by the names of their cells."""
        return [dict(zip(self.names, row, strict=True)) for row in self.cells]


def is_installed() -> bool:
    """Tell whether there is a DuckDB."""
    return find_spec("duckdb") is not None


def check_installed() -> None:
    """Raise ScenarioError where there is no DuckDB, and say how it is installed."""
    if not is_installed():
        problem, remedy = msgid("DuckDB is not installed"), msgid("Install it: {command}")
        command = 'pip install "zt-planner[portfolio]"'
        raise ScenarioError((FieldProblem("--question", problem, remedy, {"command": command}),))


@lru_cache
def query_of(name: str) -> str:
    """Return the query of a question."""
    return files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8")


@contextmanager
def asking(source: Source) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open what questions can be asked of; raise ScenarioError without a DuckDB, or where the disk is full."""
    check_installed()
    import duckdb  # noqa: PLC0415 - paid only where it is asked for

    tables = {} if isinstance(source, Portfolio) else source
    empty = arrow_tables({})
    folder = source.folder if isinstance(source, Portfolio) else Path(gettempdir())
    with _limited(folder) as config, duckdb.connect(config=config) as connection:
        for table in TABLES:
            parts = [escape(str(path)) for path in source.parts(table.name)] if isinstance(source, Portfolio) else []
            if parts:
                connection.read_parquet(parts, hive_partitioning=False).create_view(table.name)
            else:
                connection.register(table.name, tables.get(table.name, empty[table.name]))
        connection.execute(query_of("macros"))
        yield connection


@contextmanager
def _limited(folder: Path) -> Iterator[dict[str, str | bool | int | float | list[str]]]:
    """Give the settings of a DuckDB that keeps in a folder what it has no memory for."""
    import duckdb  # noqa: PLC0415 - as above

    with written_to(folder):
        on_disk = beside(folder / ON_DISK)
    try:
        yield {
            "autoinstall_known_extensions": "false",
            "memory_limit": MOST_MEMORY,
            "threads": THREADS,
            "temp_directory": str(on_disk),
        }
    except duckdb.OutOfMemoryException:
        problem = msgid("an answer needs more memory than {memory}, and cannot be kept on the disk meanwhile")
        remedy = msgid("Ask its Parquet files with a DuckDB of your own")
        raise unusable_folder(folder, problem, remedy, memory=MOST_MEMORY) from None
    except duckdb.IOException as error:
        raise not_written(folder, str(error).partition("\n")[0]) from None
    except RuntimeError as error:
        if str(error) != INTERRUPTED:
            raise
        raise KeyboardInterrupt from None


def answer(connection: duckdb.DuckDBPyConnection, question: Question, asked: Asked) -> Answer:
    """Answer a question."""
    query = query_of(question.name)
    found = connection.execute(query, asked.values(query))
    names = tuple(column[0] for column in found.description or ())
    return Answer(names, tuple(found.fetchall()))


def write_answers(portfolio: Portfolio, asked: Asked) -> list[str]:
    """Write the answer to every question into the folder of a portfolio as CSV, and return the files' names."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    names = [f"{question.name}.csv" for question in QUESTIONS]
    with asking(portfolio) as connection:
        for question, name in zip(QUESTIONS, names, strict=True):
            query = query_of(question.name)
            rows = connection.sql(query, params=asked.values(query)).to_arrow_reader(ROWS_AT_ONCE)
            tables = (pa.Table.from_batches([batch]) for batch in rows)
            write_csv(portfolio.folder / name, rows.schema, tables, portfolio.dialect)
    return names
