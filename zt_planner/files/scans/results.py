"""Rows of a scan as the results of the controls that something is known of; everything else is dropped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zt_planner.domain.scan import ControlOutcome, Result, UnseenReason, combined, unseen_result

PASSED, FAILED = ControlOutcome.PASSED, ControlOutcome.FAILED
RowResult = ControlOutcome | UnseenReason
"""What a row of a scan says: that it passed or failed, or why it says nothing."""


def results_of(rows: Iterable[tuple[str, RowResult]], known: Mapping[str, str]) -> tuple[Result, ...]:
    """Return one result for each known control that has rows, in the order of the rules."""
    by_control: dict[str, list[Result]] = {}
    for control, result in rows:
        if control in known:
            seen = unseen_result(control, result) if isinstance(result, UnseenReason) else Result(control, result)
            by_control.setdefault(control, []).append(seen)
    return tuple(combined(control, by_control[control]) for control in known if control in by_control)
