"""What scans, their results and the states of a proposal are called."""

from __future__ import annotations

from collections.abc import Mapping

from zt_planner.domain.scan import ControlOutcome, CountKind, Result, UnseenReason
from zt_planner.engine.scans.proposal import Evidence, ProposedState, TaskProposal
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Number, Text, Words, exact_percent

STATES: Mapping[ProposedState, str] = {
    ProposedState.DONE: msgid("done"),
    ProposedState.PART: msgid("in part"),
    ProposedState.OPEN: msgid("still open"),
    ProposedState.NOT_SEEN: msgid("not seen"),
    ProposedState.CONTRADICTION: msgid("contradiction"),
    ProposedState.ASK: msgid("to be asked"),
}
OUTCOMES: Mapping[ControlOutcome, str] = {
    ControlOutcome.PASSED: msgid("passed"),
    ControlOutcome.FAILED: msgid("failed"),
    ControlOutcome.PARTLY: msgid("passed in part"),
}
UNSEEN: Mapping[UnseenReason, str] = {
    UnseenReason.ABSENT: msgid("not in the file"),
    UnseenReason.NO_LICENCE: msgid("not tested: no licence for it"),
    UnseenReason.NOT_BUILT: msgid("not tested: the test is not written yet"),
    UnseenReason.SKIPPED: msgid("skipped"),
    UnseenReason.ERROR: msgid("the test stopped with an error"),
    UnseenReason.MANUAL: msgid("to be checked by hand"),
    UnseenReason.NO_EVENTS: msgid("no events in the log"),
    UnseenReason.SET_ASIDE: msgid("set aside by you"),
    UnseenReason.NOT_YET: msgid("not enforced yet"),
    UnseenReason.NOT_COUNTED: msgid("not counted"),
    UnseenReason.UNCLEAR: msgid("an unknown result"),
}
COUNTS: Mapping[CountKind, str] = {
    CountKind.PEOPLE: msgid("People"),
    CountKind.GUESTS: msgid("Guests"),
    CountKind.DEVICES: msgid("Devices"),
    CountKind.SERVERS: msgid("Servers"),
    CountKind.ADMINISTRATORS: msgid("Administrators"),
}


def result_text(result: Result) -> Words:
    """Say what came of a control: how far it is where it counts, otherwise the result or why there is none."""
    if result.unseen is not None:
        return Text(UNSEEN[result.unseen])
    quantity = result.quantity
    if quantity is None:
        return Text(OUTCOMES[result.outcome])
    if quantity.count is None or quantity.total is None:
        return exact_percent(quantity.share)
    return Text("{count} of {total}", count=Number(quantity.count), total=Number(quantity.total))


def evidence_text(evidence: Evidence) -> Words:
    """Name a control and say what came of it."""
    return Labelled(evidence.result.control, result_text(evidence.result))


def state_text(task: TaskProposal) -> Words:
    """Say what is proposed for a task, with how far it is where that is counted."""
    if task.share is None:
        return Text(STATES[task.state])
    return Text("in part ({share})", share=exact_percent(task.share))
