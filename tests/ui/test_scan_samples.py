"""Scans that other programs wrote (`conftest` leaves this out where they are not there): nothing personal stays."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.scan_files import SAMPLES, personal_in
from tests.ui.scanned import apply, dropped, kept
from tests.ui.screen import Screen
from zt_planner.workspace.runners.job_runner import Jobs


def test_nothing_personal_of_what_other_programs_wrote_is_kept(
    screen: Screen, store_file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    caplog.set_level(logging.DEBUG)
    contents = [path.read_bytes() for path in SAMPLES.values()]
    apply(dropped(screen, *((f"{number}.json", content) for number, content in enumerate(contents))))
    assert screen.scenario.status.scans
    secrets = {secret.decode("latin-1") for content in contents for secret in personal_in(content)}
    assert len(secrets) > len(contents)
    for text in kept(screen, store_file, caplog.text):
        assert not [secret for secret in secrets if secret in text]
