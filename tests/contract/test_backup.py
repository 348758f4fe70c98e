"""A backup goes from one database to the other and back, whole or not at all."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import event

from tests.contract.places import (
    MINUTE,
    NOON,
    OTHER,
    OWNER,
    SESSION,
    OpenedPlace,
    Place,
    append,
    begun,
    change,
    entry,
    file_in,
    joined,
    key,
    number_of,
)
from tests.portions import names
from tests.postgres import Postgres
from zt_planner.domain.session import BrowserId, ParticipantId, PresentedPage, Role, SessionId, Snapshot
from zt_planner.errors import BackupProblem, HoldsSessions
from zt_planner.store.backup import read_backup, write_backup
from zt_planner.store.session_store import SessionStore
from zt_planner.store.tables import VERSION

ROWS = 2 + 4 + 2 + 5 + 1
"""Sessions, participants, links, revisions and snapshots of a store that is `filled`."""


def filled(store: SessionStore) -> SessionStore:
    """Return a store with something in every table and column."""
    begun(store)
    joined(store, "editor", Role.EDITOR)
    joined(store, "gone", Role.VIEWER)
    store.seats.remove(ParticipantId("gone"), by=OWNER)
    changes = (change("company.name", "", "日本 👩‍💻\n%s"),)
    store.history.append(
        OWNER, entry("x" * 100_000, changes=changes, refers_to=1, seen=1), based_on=1, now=NOON + MINUTE
    )
    append(store, by=ParticipantId("editor"))
    append(store)
    store.sessions.present(SESSION, PresentedPage("budget", "run_rate"), by=OWNER)
    store.history.name_snapshot(SESSION, Snapshot("As agreed", 2, OWNER, NOON))
    store.sessions.set_rules(SESSION, is_locked=True, hides_rates=True, days_kept=7, by=OWNER)
    store.presence.announce("process", [(SESSION, OWNER)], NOON)
    begun(store, OTHER, ParticipantId("theirs"))
    return store


def backup_of(store: SessionStore) -> bytes:
    file = io.BytesIO()
    assert write_backup(store.database, file) >= 0
    return file.getvalue()


def restored(store: SessionStore, backup: bytes, *, replaces: bool = False) -> int:
    """Restore a backup and return how many rows it holds."""
    return read_backup(store.database, io.BytesIO(backup), "it.gz", replaces=replaces)


def lines_of(backup: bytes) -> list[str]:
    """Return what a backup says, line by line."""
    return gzip.decompress(backup).decode().splitlines()


def packed(*lines: str) -> bytes:
    """Return a file with these lines."""
    return gzip.compress("".join(f"{line}\n" for line in lines).encode())


def with_row(table: str, **values: object) -> Callable[[list[str]], bytes]:
    """Return how to change the first row of a table."""

    def changed(lines: list[str]) -> bytes:
        number, said = next((number, json.loads(line)) for number, line in enumerate(lines) if f'"{table}"' in line)
        said[table] |= values
        return packed(*lines[:number], json.dumps(said), *lines[number + 1 :])

    return changed


@pytest.mark.extended
def test_from_a_file_to_a_server_and_back_nothing_changes(tmp_path: Path, postgres: Postgres) -> None:
    places = [
        OpenedPlace(file_in(tmp_path / "one")),
        OpenedPlace(postgres.new_database()),
        OpenedPlace(file_in(tmp_path / "two")),
    ]
    one, server, two = (index.open() for index in places)
    backup = backup_of(filled(one))
    assert restored(server, backup) == ROWS
    assert backup_of(server) == backup
    assert restored(two, backup_of(server)) == ROWS
    assert backup_of(two) == backup
    for store in (server, two):
        assert store.seats.by_key(key(OWNER)) == one.seats.by_key(key(OWNER))
        assert store.seats.people(SESSION) == one.seats.people(SESSION)
        assert store.seats.links(SESSION) == one.seats.links(SESSION)
        assert store.history.events(SESSION) == one.history.events(SESSION)
        assert store.history.snapshots(SESSION) == one.history.snapshots(SESSION)
        assert store.held_seats.by_link(BrowserId("editor"), key("link-editor")) is not None
        store.sessions.set_rules(SESSION, is_locked=False, by=OWNER)
        assert append(store, by=ParticipantId("editor")).number == 5
    for index in places:
        index.close()


@pytest.mark.parametrize("table", ["sessions", "participants", "links", "revisions", "snapshots"])
def test_what_is_changed_while_a_backup_is_taken_is_not_in_it_in_part(place: Place, tmp_path: Path, table: str) -> None:
    store, other = filled(place.open()), place.open()
    store.sessions.set_rules(SESSION, is_locked=False, by=OWNER)
    before = backup_of(store)
    seen: list[str] = []

    def somebody_plans(*given: Any) -> None:  # noqa: ANN401 - what SQLAlchemy says
        statement = str(given[2])
        if f"FROM {table}" in statement and "ORDER BY" in statement and not seen:
            seen.append(statement)
            joined(other, "late", Role.EDITOR)
            other.history.append(OWNER, entry("late"), based_on=4, now=NOON)
            other.history.name_snapshot(SESSION, Snapshot("Late", 5, OWNER, NOON))
            begun(other, SessionId("a-session-begun-meanwhile"), ParticipantId("somebody"))

    event.listen(store.database.engine, "before_cursor_execute", somebody_plans)
    taken = backup_of(store)
    assert seen
    assert taken == before
    source = OpenedPlace(file_in(tmp_path / "restored"))
    assert restored(source.open(), taken) == ROWS
    assert backup_of(source.open()) == before
    source.close()
    assert number_of(store) == 5


@pytest.mark.extended
def test_backups_that_are_taken_under_load_come_back_with_the_same_hash(place: Place, tmp_path: Path) -> None:
    store, stop = filled(place.open()), Event()
    store.sessions.set_rules(SESSION, is_locked=False, by=OWNER)

    def plans(writer: SessionStore) -> int:
        """Save as fast as it goes."""
        saved = 0
        while not stop.is_set():
            append(writer, f"{saved}" * 1000)
            saved += 1
        return saved

    taken = []
    with ThreadPoolExecutor() as threads:
        writers = [threads.submit(plans, place.open()) for _ in range(3)]
        try:
            for _ in range(10):
                taken.append(backup_of(store))
                behind = number_of(store)
                while number_of(store) == behind:
                    assert not any(writer.done() for writer in writers)
        finally:
            stop.set()
        assert sum(writer.result() for writer in writers) == number_of(store) - 4
    assert len(set(taken)) == len(taken)
    for number, backup in enumerate(taken):
        other = OpenedPlace(file_in(tmp_path / str(number)))
        restored(other.open(), backup)
        assert sha256(backup_of(other.open())).hexdigest() == sha256(backup).hexdigest()
        other.close()


def test_an_empty_store_has_a_backup_too(place: Place) -> None:
    store = place.open()
    assert restored(store, backup_of(store)) == 0


def test_sessions_that_are_there_stay_unless_they_are_to_be_replaced(place: Place, tmp_path: Path) -> None:
    source = OpenedPlace(file_in(tmp_path / "source"))
    backup = backup_of(filled(source.open()))
    source.close()
    store = place.open()
    begun(store, OTHER, ParticipantId("mine"))
    before = backup_of(store)
    with pytest.raises(HoldsSessions, match="Add --replace"):
        restored(store, backup)
    assert backup_of(store) == before
    assert restored(store, backup, replaces=True) == ROWS
    assert backup_of(store) == backup
    assert store.seats.by_key(key("mine")) is None


def test_a_backup_of_many_rows_comes_back_whole(place: Place) -> None:
    store = begun(place.open())
    for _ in range(3):
        append(store)
    source = place.open()
    lines = lines_of(backup_of(source))
    (revision,) = [said["revisions"] for said in map(json.loads, lines) if said.get("revisions", {}).get("number") == 4]
    more = [json.dumps({"revisions": {**revision, "number": number, "whole": number}}) for number in range(5, 1300)]
    end = json.dumps({"rows": json.loads(lines[-1])["rows"] + len(more)})
    restored(source, packed(*lines[:-1], *more, end), replaces=True)
    assert number_of(store) == 1299


def test_the_last_word_on_a_backup_is_at_its_first_line(place: Place) -> None:
    header, *_, end = lines_of(backup_of(filled(place.open())))
    assert json.loads(header) == {"format": "zt-planner backup", "version": VERSION}
    assert json.loads(end) == {"rows": ROWS}


DAMAGES: dict[str, tuple[Callable[[list[str]], bytes], str]] = {
    "empty": (lambda _lines: b"", "it.gz: it is not a backup, or it is damaged. Use another backup"),
    "text": (lambda _lines: b"hello", "it.gz: it is not a backup, or it is damaged"),
    "another": (lambda lines: packed("{}", *lines[1:]), "it.gz: it is not a backup, or it is damaged"),
    "list": (lambda lines: packed("[]", *lines[1:]), "it.gz: it is not a backup, or it is damaged"),
    "cut": (lambda lines: packed(*lines)[:-200], "it.gz: its end is missing"),
    "checksum": (lambda lines: packed(*lines)[:-8] + bytes(8), "it.gz: it is not a backup, or it is damaged"),
    "end": (lambda lines: packed(*lines[:-1]), "it.gz: its end is missing"),
    "lost line": (lambda lines: packed(*lines[:3], *lines[4:]), "it.gz, row 15: this line is not a row of a table"),
    "more": (lambda lines: packed(*lines, lines[1]), "it.gz, row 16: something follows its last line"),
    "no JSON": (lambda lines: packed(*lines[:4], "{", *lines[5:]), "it.gz, row 5: this line cannot be read"),
    "unknown table": (
        lambda lines: packed(*lines[:4], '{"x": {}}', *lines[5:]),
        "it.gz, row 5: this line is not a row",
    ),
    "unknown column": (with_row("links", extra=1), "it.gz, row 8: this line is not a row of a table"),
    "no time": (with_row("sessions", used_at="noon"), "it.gz, row 2: 'noon' cannot be in used_at"),
    "no number": (with_row("revisions", number="1"), "it.gz, row 10: '1' cannot be in number"),
    "nothing": (with_row("revisions", content=None), "it.gz, row 10: 'None' cannot be in content"),
    "no rules": (with_row("sessions", rules='{"days_kept": "x"}'), "it.gz, row 2: rules cannot be read: days_kept: "),
    "rules cut off": (with_row("sessions", rules='{"is_lo'), "it.gz, row 2: rules cannot be read: Invalid JSON"),
    "no view": (with_row("sessions", view="[]"), "it.gz, row 2: view cannot be read: "),
    "no changes": (
        with_row("revisions", changes='[{"path": "x"}]'),
        "it.gz, row 10: changes cannot be read: 0.before: ",
    ),
    "no figures": (with_row("revisions", after='{"finish_date": "soon"}'), "it.gz, row 10: after cannot be read: "),
    "no role": (with_row("participants", role="king"), "it.gz, row 4: 'king' cannot be in role"),
    "no kind": (with_row("revisions", kind="guess"), "it.gz, row 10: 'guess' cannot be in kind"),
    "nobody's": (with_row("revisions", session="unknown"), "it.gz: its rows contradict one another"),
    "twice": (with_row("revisions", number=2), "it.gz: its rows contradict one another"),
    "later": (
        lambda lines: packed(lines[0].replace(str(VERSION), str(VERSION + 1)), *lines[1:]),
        "it.gz: another version of ZT Planner has written it. Use the version that wrote it",
    ),
}


@pytest.mark.parametrize("damage", names(DAMAGES, "empty", "text"))
def test_a_damaged_backup_is_refused_and_nothing_is_changed(place: Place, damage: str) -> None:
    store = filled(place.open())
    before = backup_of(store)
    do_damage, words = DAMAGES[damage]
    with pytest.raises(BackupProblem) as caught:
        restored(store, do_damage(lines_of(before)), replaces=True)
    assert str(caught.value).startswith(words)
    assert backup_of(store) == before
