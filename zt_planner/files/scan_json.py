"""A proposal of scans as `scan.json`: a row for each task of the model, licences and counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zt_planner.domain.scan import Quantity
from zt_planner.engine.scans.edit import share_set
from zt_planner.engine.scans.proposal import Evidence, Proposal, TaskProposal
from zt_planner.files.json_text import json_bytes

SCAN_FILE = "scan.json"


def scan_bytes(proposal: Proposal) -> bytes:
    """Write a proposal as a JSON file."""
    return json_bytes(
        {
            "tasks": [_task(task) for task in proposal.tasks],
            "licences": [
                {
                    "sku": licence.seats.sku,
                    "price_id": licence.price_id,
                    "seats": licence.seats.owned,
                    "used": licence.seats.used,
                }
                for licence in proposal.licences
            ],
            "counts": {
                tally.what: None if tally.what in proposal.undecided_counts else tally.number
                for tally in proposal.counts
            },
        }
    )


def _task(task: TaskProposal) -> Mapping[str, Any]:
    files = dict.fromkeys(evidence.file for evidence in task.evidence if evidence.file)
    return {
        "task": task.task,
        "state": task.state,
        "share": None if task.share is None else float(share_set(task.share)),
        "controls": [
            {"scan": evidence.scan, "id": evidence.result.control, "result": _result(evidence)}
            for evidence in task.evidence
        ],
        "file": ", ".join(files) or None,
        "day": task.day.isoformat() if task.day is not None else None,
    }


def _result(evidence: Evidence) -> str:
    result = evidence.result
    return quantity_text(result.quantity) if result.quantity is not None else result.unseen or result.outcome


def quantity_text(quantity: Quantity) -> str:
    """Write so many of so many, or a share."""
    if quantity.count is None:
        return f"{share_set(quantity.share) * 100:.1f} %"
    return f"{quantity.count} of {quantity.total}"
