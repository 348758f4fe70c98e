"""Backup and restore of a store as one portable file: compressed JSON lines, the same for both databases.

The first line says what the file is, the last how many rows it holds; each line between them is a row. Presence is left
out, as it lasts for a minute. Laws: a backup shows the store as it was at one moment; restoring is all or nothing; the
backup of a restored store has the same rows in the same order; the file holds what the tables hold: hashes of keys and
links, no key. An error in writing the file is raised as it is, not as an error of the store.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from pydantic import ValidationError
from sqlalchemy import Column, ColumnElement, Connection, Integer, String, Table, delete, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from zt_planner.errors import BackupProblem, HoldsSessions, Place, msgid
from zt_planner.gaps import shortened
from zt_planner.store.contents import DamagedError, checked, content_of
from zt_planner.store.database import Database
from zt_planner.store.rows import READ
from zt_planner.store.tables import (
    VERSION,
    Moment,
    catalogues,
    copies,
    links,
    participants,
    presence,
    proposals,
    reviews,
    revisions,
    sessions,
    snapshots,
)

FORMAT = "zt-planner backup"
TABLES = {
    table.name: table
    for table in (sessions, participants, links, revisions, snapshots, copies, proposals, catalogues, reviews)
}
"""What is kept, in the order in which it can be put back."""
ROWS_AT_ONCE = 500
LONGEST_LINE = 64_000_000
"""Bytes; a revision is far shorter."""
ANOTHER = msgid("Use another backup")


def write_backup(database: Database, file: BinaryIO) -> int:
    """Write everything that a store keeps; return how many rows."""
    count = 0
    # Neither name nor time: equal stores give equal files.
    with database.frozen() as connection, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        packed.write(_line({"format": FORMAT, "version": VERSION}))
        for name, table in TABLES.items():
            for row in connection.execute(select(table).order_by(*_order(table, connection))).mappings():
                packed.write(_line({name: {column.name: row[column.name] for column in table.columns}}))
                count += 1
        packed.write(_line({"rows": count}))
    return count


def _order(table: Table, connection: Connection) -> list[ColumnElement[Any]]:
    """Return the order of rows, the same whatever a server's locale."""
    collation = "C" if connection.dialect.name == "postgresql" else "BINARY"
    return [column.collate(collation) if isinstance(column.type, String) else column for column in table.primary_key]


def _time(value: datetime) -> str:
    return value.isoformat(timespec="microseconds")


def _line(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, default=_time).encode() + b"\n"


def read_backup(database: Database, file: BinaryIO, name: str, *, replaces: bool = False) -> int:
    """Restore a backup into an empty store, or replace its content; return the number of rows.

    `name` is what messages call the file. Raises BackupProblem and HoldsSessions; nothing is changed then.
    """
    count = 0
    with database.writing() as connection:
        _clear(connection, database, replaces=replaces)
        try:
            for table, rows in _batches(_whole(_rows_in(file, name), name)):
                connection.execute(insert(table), rows)
                count += len(rows)
        except (IntegrityError, DataError):
            raise _damaged(name, msgid("its rows contradict one another")) from None
    return count


def _clear(connection: Connection, database: Database, *, replaces: bool) -> None:
    """Lock the store and clear it; raise HoldsSessions if its content shall stay."""
    if connection.dialect.name == "postgresql":
        for table in (*TABLES, presence.name):
            connection.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
    if not replaces and connection.execute(select(sessions.c.id).limit(1)).first() is not None:
        raise HoldsSessions(database.place)
    for emptied in (presence, *reversed(TABLES.values())):
        connection.execute(delete(emptied))


def _batches(rows: Iterable[tuple[Table, dict[str, Any]]]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Yield the rows in batches of one table, no more at once than a statement should carry."""
    waiting: list[dict[str, Any]] = []
    current: Table | None = None
    for table, values in rows:
        if current is not None and (table is not current or len(waiting) == ROWS_AT_ONCE):
            yield current, waiting
            waiting = []
        current = table
        waiting.append(values)
    if current is not None:
        yield current, waiting


def _whole(rows: Iterable[tuple[Table, dict[str, Any]]], name: str) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yield rows; raise BackupProblem for a revision that cannot be put together from those before it."""
    session, number, before = "", 0, None
    for table, row in rows:
        if table is revisions:
            follows = (row["session"], row["number"] - 1) == (session, number)
            session, number = row["session"], row["number"]
            try:
                content = content_of(before if follows else None, number, row["whole"], row["content"])
                before = checked(content, row["digest"])
            except DamagedError:
                raise _damaged(name, msgid("its rows contradict one another")) from None
        yield table, row


def _rows_in(file: BinaryIO, name: str) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yield the rows of a backup; raise BackupProblem for a file that is not whole."""
    lines = _lines_in(file, name)
    _check_header(next(lines, None), name)
    for number, values in enumerate(lines, start=2):
        if values == {"rows": number - 2}:
            if next(lines, None) is not None:
                raise _damaged(name, msgid("something follows its last line"), number)
            return
        yield _row(values, name, number)
    raise _damaged(name, msgid("its end is missing"))


def _lines_in(file: BinaryIO, name: str) -> Iterator[Any]:
    """Yield the value of each line; raise BackupProblem if one cannot be read."""
    number = 0
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            while line := packed.readline(LONGEST_LINE):
                number += 1
                yield json.loads(line)
    except EOFError:
        raise _damaged(name, msgid("its end is missing")) from None
    except (gzip.BadGzipFile, zlib.error):
        raise _damaged(name, msgid("it is not a backup, or it is damaged")) from None
    except ValueError:
        raise _damaged(name, msgid("this line cannot be read"), number) from None
    except OSError as error:
        problem, reason = msgid("it cannot be read ({reason})"), error.strerror or type(error).__name__
        raise BackupProblem(Place(name), problem, ANOTHER, reason=reason) from None


def _check_header(header: Any, name: str) -> None:  # noqa: ANN401 - what a file says
    """Refuse what is no backup, or one of another version."""
    if not isinstance(header, dict) or header.get("format") != FORMAT or not isinstance(header.get("version"), int):
        raise _damaged(name, msgid("it is not a backup, or it is damaged"))
    if header["version"] != VERSION:
        problem = msgid("another version of ZT Planner has written it")
        raise BackupProblem(Place(name), problem, msgid("Use the version that wrote it"))


def _row(record: Any, name: str, number: int) -> tuple[Table, dict[str, Any]]:  # noqa: ANN401 - what a file says
    """Return a line as a table's row."""
    for table in TABLES.values():
        if isinstance(record, dict) and set(record) == {table.name}:
            values = record[table.name]
            if isinstance(values, dict) and set(values) == set(table.columns.keys()):
                return table, {column.name: _value(column, values[column.name], name, number) for column in table.c}
    raise _damaged(name, msgid("this line is not a row of a table"), number)


def _value(column: Column[Any], value: Any, name: str, number: int) -> Any:  # noqa: ANN401 - what a file says
    """Return what a column holds; raise BackupProblem for a value of another kind."""
    if value is None and column.nullable:
        return None
    kind = int if isinstance(column.type, Integer) else str
    if type(value) is kind:
        if not isinstance(column.type, Moment):
            return _read(column, value, name, number)
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(str(value)).astimezone(UTC)
    raise _misplaced(column, value, name, number)


def _read(column: Column[Any], value: Any, name: str, number: int) -> Any:  # noqa: ANN401 - as above
    """Return a value whose text can be read; raise BackupProblem with the reason for any other."""
    try:
        READ.get((column.table.name, column.name), str)(value)
    except ValidationError as error:
        problem, (first, *_) = msgid("{column} cannot be read: {reason}"), error.errors(include_url=False)
        reason = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
        values = {"column": column.name, "reason": shortened(reason)}
        raise BackupProblem(Place(name, number), problem, ANOTHER, **values) from None
    except ValueError:
        raise _misplaced(column, value, name, number) from None
    return value


def _misplaced(column: Column[Any], value: object, name: str, number: int) -> BackupProblem:
    problem = msgid("'{value}' cannot be in {column}")
    return BackupProblem(Place(name, number), problem, ANOTHER, value=shortened(str(value)), column=column.name)


def _damaged(name: str, problem: str, number: int | None = None) -> BackupProblem:
    return BackupProblem(Place(name, number), problem, ANOTHER)
