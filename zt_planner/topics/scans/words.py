"""What scans, their results and the states of a proposal are called."""

from __future__ import annotations

from collections.abc import Mapping

from zt_planner.domain.data.phase_model import NamedTask
from zt_planner.domain.scan import ControlOutcome, CountKind, Result, UnseenReason
from zt_planner.engine.scans.proposal import Evidence, ProposedState, TaskProposal
from zt_planner.errors import msgid, msgids
from zt_planner.language import Labelled, Number, Plural, Text, Words, exact_percent

STATES: Mapping[ProposedState, str] = {
    ProposedState.DONE: msgid("done"),
    ProposedState.PART: msgid("in part"),
    ProposedState.OPEN: msgid("still open"),
    ProposedState.NOT_SEEN: msgid("not seen"),
    ProposedState.CONTRADICTION: msgid("contradiction"),
    ProposedState.ASK: msgid("to be asked"),
}
SO_MANY: Mapping[ProposedState, tuple[str, str]] = {
    ProposedState.DONE: msgids("{n} done", "{n} done"),
    ProposedState.PART: msgids("{n} in part", "{n} in part"),
    ProposedState.OPEN: msgids("{n} still open", "{n} still open"),
    ProposedState.NOT_SEEN: msgids("{n} not seen", "{n} not seen"),
    ProposedState.CONTRADICTION: msgids("{n} contradiction", "{n} contradictions"),
    ProposedState.ASK: msgids("{n} to be asked", "{n} to be asked"),
}
"""Of how many tasks that is said."""
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
    """Say what is proposed for a task, and how far it is if that is known: `in part (1,165 of 1,250 people)`."""
    state, how_far = Text(STATES[task.state]), _how_far(task)
    return Text("{state} ({how_far})", state=state, how_far=how_far) if how_far else state


def _how_far(task: TaskProposal) -> Words:
    """Say of how many people or devices how many are there, or the share; nothing where no scan says how far it is."""
    if task.share is None:
        return ""
    quantities = (each.result.quantity for each in task.evidence)
    counted = next((quantity for quantity in quantities if quantity is not None and quantity.share == task.share), None)
    if counted is None or counted.count is None or counted.total is None:
        return exact_percent(task.share)
    count, total = Number(counted.count), Number(counted.total)
    if task.task == NamedTask.MFA_ROLLOUT:
        return Plural("{count} of {n} person", "{count} of {n} people", total, count=count)
    if task.task == NamedTask.ENROLMENT:
        return Plural("{count} of {n} device", "{count} of {n} devices", total, count=count)
    return Text("{count} of {total}", count=count, total=total)
