"""A store as version 2 of the tables kept it, and a backup of it: what a file from before still has to open."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row: TypeAlias = tuple[str, dict[str, Any]]
"""A table's name, and the columns of one of its rows."""
TABLES = """
CREATE TABLE presence (
    process VARCHAR(64) NOT NULL, session VARCHAR(64) NOT NULL, participant VARCHAR(64) NOT NULL,
    said_at VARCHAR(32) NOT NULL, PRIMARY KEY (process, session, participant)
);
CREATE INDEX presence_of_session ON presence (session);
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE sessions (
    id VARCHAR(64) NOT NULL, made_at VARCHAR(32) NOT NULL, used_at VARCHAR(32) NOT NULL, rules TEXT NOT NULL,
    is_locked BOOLEAN NOT NULL, presenter VARCHAR(64), view TEXT, PRIMARY KEY (id)
);
CREATE TABLE links (
    session VARCHAR(64) NOT NULL, role VARCHAR(16) NOT NULL, token VARCHAR(64) NOT NULL, made_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (session, role), FOREIGN KEY(session) REFERENCES sessions (id), UNIQUE (token)
);
CREATE TABLE participants (
    id VARCHAR(64) NOT NULL, session VARCHAR(64) NOT NULL, role VARCHAR(16) NOT NULL, name VARCHAR(200) NOT NULL,
    colour VARCHAR(16) NOT NULL, joined_at VARCHAR(32) NOT NULL, key VARCHAR(64), link VARCHAR(64),
    PRIMARY KEY (id), FOREIGN KEY(session) REFERENCES sessions (id), UNIQUE (key)
);
CREATE INDEX ix_participants_session ON participants (session);
CREATE TABLE revisions (
    session VARCHAR(64) NOT NULL, number INTEGER NOT NULL, participant VARCHAR(64) NOT NULL,
    saved_at VARCHAR(32) NOT NULL, kind VARCHAR(16) NOT NULL, changes TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, seen INTEGER NOT NULL, refers_to INTEGER, content TEXT NOT NULL,
    PRIMARY KEY (session, number), FOREIGN KEY(session) REFERENCES sessions (id)
);
CREATE TABLE snapshots (
    session VARCHAR(64) NOT NULL, name VARCHAR(200) NOT NULL, number INTEGER NOT NULL,
    participant VARCHAR(64) NOT NULL, made_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (session, name), FOREIGN KEY(session) REFERENCES sessions (id)
);
INSERT INTO schema_version VALUES (2)
"""
AT = "2026-10-0%dT09:00:00.000000+00:00"
OUTCOME = '{"first_year_budget":null,"without_labour":null,"finish_date":null}'


def contents_of(key: str, editor_key: str, link: str) -> list[Row]:
    """Return the rows of a session of three: its owner, an editor and somebody who has gone, and three revisions."""
    of_session = {"session": "a-session"}
    session: dict[str, Any] = {
        "id": "a-session",
        "made_at": AT % 1,
        "used_at": AT % 5,
        "presenter": "zoe",
        "view": '{"page":"budget"}',
    }
    session |= {
        "rules": '{"is_locked":false,"hides_rates":true,"hides_notes":true,"days_kept":365}',
        "is_locked": False,
    }
    people: list[dict[str, Any]] = [
        {"id": "zoe", "role": "owner", "joined_at": AT % 1, "key": key, "link": None},
        {"id": "gone", "role": "viewer", "joined_at": AT % 2, "key": None, "link": None},
        {"id": "adam", "role": "editor", "joined_at": AT % 3, "key": editor_key, "link": link},
    ]
    content = '{"scenario": {"company": {"employees": %d}}, "baseline": null, "is_example": false}'
    revisions: list[dict[str, Any]] = [
        {
            "number": number,
            "participant": "zoe",
            "saved_at": AT % number,
            "kind": "change",
            "changes": json.dumps(
                [{"path": "company.employees", "before": 199 + number, "after": 200 + number}] if number > 1 else []
            ),
            "before": OUTCOME,
            "after": OUTCOME,
            "seen": number - 1,
            "refers_to": None,
            "content": content % (200 + number),
        }
        for number in (1, 2, 3)
    ]
    plain = {"name": "", "colour": "#1a56b0"}
    return [
        ("sessions", session),
        *(("participants", {**of_session, **plain, **person}) for person in sorted(people, key=lambda it: it["id"])),
        ("links", {**of_session, "role": "editor", "token": link, "made_at": AT % 2}),
        *(("revisions", {**of_session, **revision}) for revision in revisions),
        ("snapshots", {**of_session, "name": "agreed", "number": 2, "participant": "zoe", "made_at": AT % 4}),
    ]


def make(connection: Connection, rows: list[Row]) -> None:
    """Make the tables and fill them."""
    for statement in TABLES.split(";"):
        connection.execute(text(statement))
    for table, row in rows:
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), row)  # noqa: S608 - names


def backup(rows: list[Row]) -> bytes:
    """Return the file that version 2 wrote of them."""
    lines = [{"format": "zt-planner backup", "version": 2}, *({table: row} for table, row in rows), {"rows": len(rows)}]
    return gzip.compress("".join(f"{json.dumps(line)}\n" for line in lines).encode())
