"""What is no fault of the store is not called one: a contradiction is a bug, another file's disk is that file's."""

from __future__ import annotations

import errno
import io

import pytest
from sqlalchemy.exc import IntegrityError

from tests.contract.places import NOON, OTHER, OWNER, SESSION, Place, begun, entry, key, number_of, person
from zt_planner.domain.session import ParticipantId, Role
from zt_planner.errors import BackupProblem
from zt_planner.store.backup import read_backup, write_backup
from zt_planner.store.changes import StaleRevisionError


class FullDisk(io.BytesIO):
    """A file on a disk without room."""

    def write(self, _content: object, /) -> int:
        """Refuse."""
        raise OSError(errno.ENOSPC, "No space left on device")


class BadDisk(io.BytesIO):
    """A file that cannot be read."""

    def read(self, _size: int | None = -1, /) -> bytes:
        """Refuse."""
        raise OSError(errno.EIO, "Input/output error")


def test_rows_that_contradict_one_another_are_a_bug_and_said_to_be_none_of_the_store(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    store = begun(place.open())
    with pytest.raises(IntegrityError):
        store.sessions.create(person("another", Role.OWNER, SESSION), key("another"), entry())
    assert caplog.messages == []
    assert number_of(store) == 1


def test_a_full_disk_under_a_backup_is_not_the_database_s(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    store = place.open()
    begun(store)
    with pytest.raises(OSError, match="No space left on device"):
        write_backup(store.database, FullDisk())
    assert caplog.messages == []
    assert number_of(store) == 1


def test_a_backup_that_cannot_be_read_is_named(place: Place) -> None:
    store = place.open()
    with pytest.raises(BackupProblem, match=r"it\.gz: it cannot be read \(Input/output error\)"):
        read_backup(store.database, BadDisk(), "it.gz")


def test_two_tabs_of_one_browser_that_begin_at_once_begin_one_session(place: Place) -> None:
    store = begun(place.open())
    with pytest.raises(StaleRevisionError):
        store.sessions.create(person("owner again", Role.OWNER, OTHER), key(OWNER), entry())
    assert store.history.latest(OTHER) is None
    seat = store.seats.by_key(key(OWNER))
    assert seat is not None
    assert (seat.participant.session, seat.participant.joined_at) == (SESSION, NOON)
    assert ParticipantId("owner again") not in {person.id for person in store.seats.people(SESSION)}
