"""Files that were offered: for how long, for whom, and how many bytes of them are kept."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import time

import pytest

from zt_planner.domain.session import Participant, ParticipantId, Role, Rules, Seat, SessionId
from zt_planner.errors import FileNotMade, FileTooLarge
from zt_planner.store.changes import KeyHash
from zt_planner.workspace import downloads as module
from zt_planner.workspace.downloads import SECONDS_KEPT, Downloads, OfferedFile
from zt_planner.workspace.keys import hash_of, new_key

KEY, OTHER = hash_of(new_key()), hash_of(new_key())
FILE = OfferedFile("acme-plan.pdf", "application/pdf", KEY, has_seat=True, shows_labour=True, shows_notes=True)
SEAT_BYTES = 1_000
MOST = 2_500


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """Return a folder that takes 1,000 bytes of a seat and 2,500 of all, what is noted of each file included."""
    monkeypatch.setattr(module, "MEGABYTE", SEAT_BYTES / module.MEGABYTES_OF_A_SEAT)
    return Downloads(tmp_path / "downloads", MOST)


def names(kept: Downloads) -> list[str]:
    """Return which files are there."""
    return [file.name for file in kept.folder.iterdir()]


def size(kept: Downloads) -> int:
    """Return how many bytes are there."""
    return sum(file.stat().st_size for file in kept.folder.iterdir())


def content(kept: Downloads, name: str) -> bytes | None:
    """Return what a file holds, None where it is not there."""
    found = kept.open(name)
    if found is None:
        return None
    with found[1] as opened:
        return opened.read()


def aged(kept: Downloads, name: str, seconds: float) -> str:
    """Have a file be so many seconds old."""
    then = time() - seconds
    os.utime(kept.folder / name, (then, then))
    return name


def later(kept: Downloads, seconds: float) -> Downloads:
    """Return the same folder so many seconds later."""
    return replace(kept, clock=lambda: time() + seconds)


def test_a_file_is_there_for_ten_minutes_in_every_process_on_the_folder(kept: Downloads) -> None:
    name = kept.offer(b"plan", FILE)
    other = Downloads(kept.folder, MOST)
    found = other.open(name)
    assert found is not None
    assert found[0] == FILE
    found[1].close()
    assert content(later(kept, SECONDS_KEPT - 1), name) == b"plan"
    assert content(later(kept, SECONDS_KEPT + 1), name) is None


def test_who_reads_a_file_reads_it_to_the_end_though_it_is_deleted_meanwhile(kept: Downloads) -> None:
    found = kept.open(kept.offer(b"plan", FILE))
    assert found is not None
    later(kept, SECONDS_KEPT + 1).tidy()
    assert not names(kept)
    with found[1] as opened:
        assert opened.read() == b"plan"


def test_the_same_file_is_offered_under_another_id_each_time(kept: Downloads) -> None:
    offered = {kept.offer(b"plan", FILE) for _ in range(3)}
    assert len(offered) == 3
    assert not [name for name in offered if KEY in name]


def test_tidying_deletes_what_is_old_and_what_was_never_finished(kept: Downloads) -> None:
    old, new = aged(kept, kept.offer(b"old", FILE), SECONDS_KEPT + 1), kept.offer(b"new", FILE)
    (kept.folder / f"{new}abc.part").write_bytes(b"half")
    aged(kept, f"{new}abc.part", SECONDS_KEPT + 1)
    kept.tidy()
    assert names(kept) == [new]
    assert content(kept, old) is None


def test_a_file_of_a_time_to_come_does_not_stay_until_then(kept: Downloads) -> None:
    aged(kept, kept.offer(b"plan", FILE), -SECONDS_KEPT - 1)
    kept.tidy()
    assert not names(kept)


def test_nothing_else_in_the_folder_is_touched(kept: Downloads) -> None:
    kept.folder.mkdir()
    (kept.folder / "holiday.jpg").write_bytes(b"mine")
    aged(kept, "holiday.jpg", 10 * SECONDS_KEPT)
    later(kept, SECONDS_KEPT + 1).tidy()
    assert names(kept) == ["holiday.jpg"]
    assert kept.open("holiday.jpg") is None
    assert kept.open("../sessions.sqlite") is None


def test_a_seat_that_has_too_much_loses_its_oldest_and_nobody_else_does(kept: Downloads) -> None:
    first, second = (aged(kept, kept.offer(b"x" * 200, FILE), age) for age in (3, 2))
    others = aged(kept, kept.offer(b"x" * 200, replace(FILE, key=OTHER)), 60)
    third = kept.offer(b"x" * 300, FILE)
    assert [content(kept, name) is not None for name in (first, second, third, others)] == [False, True, True, True]


def test_all_together_lose_the_oldest_where_they_have_too_much(kept: Downloads) -> None:
    keys = [KeyHash(f"{number:064x}"[::-1]) for number in range(4)]
    files = [aged(kept, kept.offer(b"x" * 500, replace(FILE, key=key)), 9 - age) for age, key in enumerate(keys)]
    assert [content(kept, name) is not None for name in files] == [False, True, True, True]
    assert size(kept) <= MOST


def test_however_often_a_seat_presses_it_never_has_more(kept: Downloads) -> None:
    for age in range(60, 0, -1):
        aged(kept, kept.offer(b"x" * 300, FILE), age)
        assert size(kept) <= SEAT_BYTES


def test_a_file_that_a_seat_has_no_room_for_is_refused_and_takes_the_place_of_no_other(kept: Downloads) -> None:
    name = kept.offer(b"plan", FILE)
    with pytest.raises(FileTooLarge, match="larger than 50 MB"):
        kept.offer(b"x" * (SEAT_BYTES - 1), FILE)  # what is noted of it counts, too
    assert names(kept) == [name]


def test_a_disk_that_takes_nothing_is_said_in_plain_words_and_by_its_reason_in_the_log(
    kept: Downloads, caplog: pytest.LogCaptureFixture
) -> None:
    kept.folder.write_bytes(b"a file in place of the folder")
    with pytest.raises(FileNotMade) as refused:
        kept.offer(b"plan", FILE)
    assert str(kept.folder) not in str(refused.value)
    assert f"{kept.folder}: File exists" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_account_that_runs_the_server_can_read_a_file(kept: Downloads) -> None:
    name = kept.offer(b"plan", FILE)
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((kept.folder / name).stat().st_mode) == 0o600


def seat(role: Role = Role.VIEWER, **rules: bool) -> Seat:
    who = Participant(ParticipantId("p"), SessionId("s"), role, "", "", datetime(2026, 11, 6, tzinfo=UTC))
    return Seat(who, replace(Rules(), **rules), 1)


def test_a_file_is_for_whoever_still_has_the_seat_and_sees_as_much() -> None:
    assert FILE.is_for(seat(hides_notes=False))
    assert FILE.is_for(seat(Role.EDITOR, hides_rates=True))
    assert not FILE.is_for(seat(hides_notes=False, hides_rates=True))
    assert not FILE.is_for(seat(hides_notes=True))
    assert not FILE.is_for(None)
    assert replace(FILE, shows_labour=False, shows_notes=False).is_for(seat(hides_rates=True))
    assert replace(FILE, has_seat=False).is_for(None)
