"""Rows of a scan as the results of the controls that something is known of; everything else is dropped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zt_planner.domain.scan import Outcome, Result, Unseen, combined, unseen

PASSED, FAILED = Outcome.PASSED, Outcome.FAILED
Said = Outcome | Unseen
"""What a row says: that it passed or failed, or why it says nothing."""


def result_of(control: str, said: Said) -> Result:
    """Return what a row says of a control."""
    return unseen(control, said) if isinstance(said, Unseen) else Result(control, said)


def results_of(rows: Iterable[tuple[str, Said]], known: Mapping[str, str]) -> tuple[Result, ...]:
    """Return one result for each known control that has rows, in the order of the rules."""
    by_control: dict[str, list[Result]] = {}
    for control, said in rows:
        if control in known:
            by_control.setdefault(control, []).append(result_of(control, said))
    return tuple(combined(control, by_control[control]) for control in known if control in by_control)
