"""Scans that other programs wrote (`conftest` leaves this out where they are not there): what they say."""

from __future__ import annotations

import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import invoked
from tests.scan_files import SAMPLES, personal_in, read
from zt_planner import bootstrap
from zt_planner.engine.scans.proposal import Proposal, proposal_of
from zt_planner.files.scan_json import scan_bytes

ASSESSMENT, GEAR = "ZeroTrustAssessmentReport.json", "ScubaResults_fa5589b7.json"
GOGGLES, MAESTER = "ScubaGoggles-cut.json", "maester-2025-04.json"


def proposal(name: str) -> Proposal:
    """Return what a sample proposes."""
    scans = read((name, SAMPLES[name].read_bytes())).scans
    return proposal_of(scans, bootstrap.scan_rules(), bootstrap.phase_model(), bootstrap.price_book())


def states(name: str) -> dict[str, str]:
    """Return the state of each task by its id."""
    return {task.task: str(task.state) for task in proposal(name).tasks}


EXPECTED = {
    ASSESSMENT: {"legacy_auth": "done", "admin_mfa": "part", "mfa_rollout": "part", "mfa_pilot": "done",
                 "just_in_time": "open", "privileged_roles": "open", "compliance": "not_seen", "device_access": "open",
                 "ztna": "not_seen", "enrolment": "part", "device_pilot": "done", "works_council": "ask"},
    GEAR: {"legacy_auth": "done", "mfa_rollout": "done", "risk_policies": "done", "admin_mfa": "open",
           "just_in_time": "open", "device_access": "open", "privileged_roles": "part", "enrolment": "not_seen"},
    GOGGLES: {"mfa_rollout": "open", "conditional_access": "not_seen", "admin_mfa": "not_seen"},
    MAESTER: {"legacy_auth": "done", "admin_mfa": "part", "mfa_rollout": "ask", "just_in_time": "open"},
}  # fmt: skip


@pytest.mark.parametrize("sample", EXPECTED)
def test_the_sample_says_what_is_known_of_it(sample: str) -> None:
    found = states(sample)
    assert {task: found[task] for task in EXPECTED[sample]} == EXPECTED[sample]
    assert len(found) == len(bootstrap.phase_model().tasks)


def test_the_assessment_counts_people_and_devices() -> None:
    written = json.loads(scan_bytes(proposal(ASSESSMENT)))
    rows: dict[str, Any] = {row["task"]: row for row in written["tasks"]}
    assert (rows["mfa_rollout"]["share"], rows["enrolment"]["share"]) == (0.932, 0.958)
    assert rows["mfa_rollout"]["controls"] == [
        {"scan": "zta", "id": "OverviewAuthMethodsAllUsers", "result": "1165 of 1250"}
    ]
    assert rows["enrolment"]["controls"][0]["result"] == "733 of 765"
    assert rows["mfa_rollout"]["day"] == "2026-05-19"
    assert written["counts"] == {"people": 1250, "guests": 85, "devices": 765, "administrators": 45}


def test_an_unknown_licence_of_scubagear_is_named() -> None:
    written = json.loads(scan_bytes(proposal(GEAR)))
    assert {"sku": "M365_G5_GCC", "price_id": None, "seats": 30, "used": 28} in written["licences"]
    assert "people" not in written["counts"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_name_and_no_address_of_a_sample_is_printed_or_written(sample: str, tmp_path: Path) -> None:
    content = SAMPLES[sample].read_bytes()
    personal = personal_in(content)
    result = invoked("scan", SAMPLES[sample], "--out", tmp_path, "--apply")
    assert result.exit_code == 0, result.output
    kept = [*(path.read_bytes() for path in tmp_path.iterdir()), result.output.encode()]
    found = {secret for secret in personal for text in kept if secret in text}
    assert personal
    assert not found


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_takes_less_than_a_second_of_the_processor_and_ten_times_its_size(sample: str) -> None:
    size = SAMPLES[sample].stat().st_size
    bootstrap.scan_rules()
    begun = time.process_time()
    proposal(sample)
    assert time.process_time() - begun < 1
    content = SAMPLES[sample].read_bytes()
    tracemalloc.start()
    try:
        read((sample, content))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most + len(content) < 10 * size
