"""`zt-planner worker`: what it needs, and that a dashboard takes the same key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import invoked
from zt_planner import bootstrap
from zt_planner.errors import SettingsError
from zt_planner.settings import settings
from zt_planner.workspace.runners.queue_worker import QueueWorker
from zt_planner.workspace.runners.worker import Worker

ADDRESS, KEY = "postgresql://planner@nowhere.example/planner", "of thirty-two signs, and some more"


def test_a_worker_without_a_key_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_STORE", str(tmp_path / "sessions.sqlite"))
    said = invoked("worker")
    assert said.exit_code == 2
    assert said.stderr.startswith("ZT_PLANNER_WORKER_KEY: a worker needs the key that its dashboards have. Set it to")


def test_a_key_without_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_WORKER_KEY", KEY)
    with pytest.raises(SettingsError, match=r"PostgreSQL, and none is set. Set ZT_PLANNER_DATABASE_URL"):
        settings()


@pytest.mark.parametrize(("key", "kind"), [(KEY, QueueWorker), ("", Worker)])
def test_a_dashboard_with_a_key_asks_workers(monkeypatch: pytest.MonkeyPatch, key: str, kind: type) -> None:
    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", ADDRESS)
    monkeypatch.setenv("ZT_PLANNER_WORKER_KEY", key)
    store = bootstrap.store()
    assert type(bootstrap.worker(store)) is kind
    store.close()
