"""Backup and restore as an administrator meets them."""

from __future__ import annotations

import errno
import gzip
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.command_line import invoked
from tests.contract.places import SESSION, append, begun, number_of, opened
from tests.postgres import Postgres
from zt_planner.settings import variable


def refused(*arguments: str | Path) -> str:
    """Return what is printed for bad input, which is refused with exit code 2 and no traceback."""
    result = invoked(*arguments)
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    return result.stderr


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a store with one session of two revisions."""
    path = tmp_path / "sessions.sqlite"
    monkeypatch.setenv(variable("store"), str(path))
    store = begun(opened(str(path)))
    append(store)
    store.close()
    return path


def test_a_backup_is_restored_where_there_is_nothing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "backup.gz"
    result = invoked("backup", backup)
    assert (result.exit_code, result.stdout) == (0, f"4 rows written to {backup}\n")
    assert gzip.decompress(backup.read_bytes()).startswith(b'{"format": "zt-planner backup"')
    monkeypatch.setenv(variable("store"), str(tmp_path / "new" / "sessions.sqlite"))
    result = invoked("restore", backup)
    assert (result.exit_code, result.stdout) == (0, f"4 rows restored from {backup}\n")
    store = opened(str(tmp_path / "new" / "sessions.sqlite"))
    assert number_of(store) == 2
    store.close()
    assert {found.name for found in tmp_path.iterdir()} == {file.name, "backup.gz", "new"}


@pytest.mark.extended
def test_a_backup_moves_to_a_server(
    file: Path, tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert invoked("backup", tmp_path / "backup.gz").exit_code == 0
    address = postgres.new_database()
    monkeypatch.setenv(variable("database_url"), address)
    assert invoked("restore", tmp_path / "backup.gz").exit_code == 0
    store = opened(address)
    assert number_of(store) == 2
    store.close()
    assert file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_its_owner_may_read_a_backup(file: Path, tmp_path: Path) -> None:
    assert file.exists()
    invoked("backup", tmp_path / "backup.gz")
    assert stat.S_IMODE((tmp_path / "backup.gz").stat().st_mode) == 0o600


def test_restoring_over_sessions_has_to_be_said(file: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.gz"
    invoked("backup", backup)
    store = opened(str(file))
    append(store)
    assert refused("restore", backup) == (
        f"There are sessions already in {file}. Add --replace to overwrite them with the backup.\n"
    )
    assert number_of(store) == 3
    assert invoked("restore", backup, "--replace").exit_code == 0
    assert number_of(store) == 2
    store.close()


def test_a_file_that_is_no_backup_is_named(file: Path, tmp_path: Path) -> None:
    assert file.exists()
    (tmp_path / "odd.gz").write_text("hello")
    assert refused("restore", tmp_path / "odd.gz", "--replace").startswith(
        "odd.gz: it is not a backup, or it is damaged."
    )
    assert "the file cannot be read" in refused("restore", tmp_path / "missing.gz")


def test_a_backup_that_cannot_be_written_is_named_and_an_older_one_stays(file: Path, tmp_path: Path) -> None:
    assert "the file cannot be written" in refused("backup", tmp_path / "nowhere" / "backup.gz")
    (tmp_path / "backup.gz").write_text("older")
    file.write_bytes(b"no database" * 100)
    assert refused("backup", tmp_path / "backup.gz") == (
        f"{file}: it cannot be used (file is not a database). Check the disk, the file or the database server.\n"
    )
    assert (tmp_path / "backup.gz").read_text() == "older"
    assert {found.name for found in tmp_path.iterdir()} == {file.name, "backup.gz"}


def test_a_full_disk_under_a_backup_is_said_of_the_backup(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(gzip.GzipFile, "write", full)
    said = refused("backup", tmp_path / "backup.gz")
    assert said.startswith(f"{tmp_path / 'backup.gz'}: the file cannot be written (No space left on device).")
    assert [found.name for found in tmp_path.iterdir()] == [file.name]


def test_a_store_that_is_not_there_has_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("store"), str(tmp_path / "missing.sqlite"))
    assert "missing.sqlite: there is no store." in refused("backup", tmp_path / "backup.gz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["mysql://me:secret@host/plans", "sessions.sqlite", "postgresql://me:secret@host"])
@pytest.mark.parametrize("command", [("backup", "backup.gz"), ("serve",)])
def test_an_address_that_is_none_is_refused_and_its_password_not_shown(
    command: tuple[str, ...], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable("database_url"), address)
    said = refused(*command)
    assert said.startswith("ZT_PLANNER_DATABASE_URL: this is not the address of a PostgreSQL database.")
    assert "secret" not in said


def test_a_session_of_an_empty_address_is_kept_in_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("database_url"), "")
    assert invoked("backup", file.with_name("backup.gz")).exit_code == 0
    assert SESSION in gzip.decompress(file.with_name("backup.gz").read_bytes()).decode()
