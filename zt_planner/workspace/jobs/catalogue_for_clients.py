"""A kept catalogue for several clients: what it would do to each, as a job, and one change in the record of each.

Laws: only where its account may change the plan; each change is whole or not made; what a catalogue does is computed
for the plan as it is when it is applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import ParticipantId
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.scheduling.calendar import with_start
from zt_planner.errors import NotAllowed, PlannerError, SeatEnded
from zt_planner.files.scenario_json import with_values
from zt_planner.language import Text, Words, sentences
from zt_planner.topics.error_texts import explain
from zt_planner.topics.record.incoming import import_effect_text
from zt_planner.workspace.incoming import OpenPlan, compared_catalogue
from zt_planner.workspace.jobs.clients import ClientsProgress
from zt_planner.workspace.keys import Account
from zt_planner.workspace.runners.job_runner import Request, Requester, Ticket
from zt_planner.workspace.sharing.accounts import OwnSession
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook


class Effect(NamedTuple):
    """What a catalogue does to a client's plan, in words, or why it is refused."""

    participant: ParticipantId
    text: Words
    is_refused: bool = False
    changes: bool = False


class _Target(NamedTuple):
    """A client's plan, or why it cannot be read."""

    participant: ParticipantId
    scenario: Scenario | PlannerError


def opened(workspace: Workspace, account: Account, page: State, own: OwnSession) -> State:
    """Return the plan of one's own session, to be changed; raise PlannerError where that is not possible now."""
    key = workspace.accounts.key({}, account, None if own.is_home else own.me.id)
    if key is None:
        raise SeatEnded
    state = workspace.open(key)
    if state.seat is None:
        raise SeatEnded
    if state.trouble is not None:
        raise state.trouble
    if not state.may_change:
        raise NotAllowed
    return replace(state, address=page.address, origin=page.origin, holder=account)


def effects_job(
    workspace: Workspace, account: Account, page: State, chosen: Sequence[OwnSession], content: bytes, file: str
) -> Request:
    """Return the request for what a catalogue would do to the plans of sessions that somebody may change."""
    targets = tuple(_Target(own.me.id, _scenario(workspace, own)) for own in chosen)
    work = partial(_effects, targets, content, file, workspace.price_book, workspace.phase_model, workspace.today())
    inputs = content, workspace.today(), tuple((own.me.id, own.seat.digest) for own in chosen)
    return Request("catalogue", inputs, work, Requester(f"catalogue:{account.id}", page.address, is_person=False))


def _scenario(workspace: Workspace, own: OwnSession) -> Scenario | PlannerError:
    try:
        return workspace.clients.scenario(own)
    except PlannerError as refused:
        return refused


def _effects(
    targets: Sequence[_Target],
    content: bytes,
    file: str,
    book: PriceBook,
    model: PhaseModel,
    today: date,
    ticket: Ticket,
) -> tuple[Effect, ...]:
    found: list[Effect] = []
    for participant, scenario in targets:
        ticket.report(ClientsProgress(len(found), len(targets)))
        try:
            if isinstance(scenario, PlannerError):
                raise scenario
            open_plan = OpenPlan(build_plan(case_of(scenario, book, model, today=today)), book, model, today)
            changed = with_start(with_values(scenario, compared_catalogue(content, file, open_plan).edits), today)
            found.append(_effect(participant, open_plan.plan, open_plan.planned(changed)))
        except PlannerError as refused:
            found.append(_refused(participant, refused))
    return tuple(found)


def _effect(participant: ParticipantId, before: AnyPlan, after: AnyPlan) -> Effect:
    if before.scenario == after.scenario:
        return Effect(participant, Text("It changes nothing here."))
    return Effect(participant, import_effect_text(before, after), changes=True)


def _refused(participant: ParticipantId, error: PlannerError) -> Effect:
    return Effect(participant, sentences(*explain(error)), is_refused=True)


def apply_to(workspace: Workspace, account: Account, page: State, own: OwnSession, content: bytes, file: str) -> Effect:
    """Apply a catalogue to a client's plan as one change, and say what it has done or why it was refused."""
    try:
        state = opened(workspace, account, page, own)
        before = workspace.plan(state)
        open_plan = OpenPlan(before, workspace.price_book, workspace.phase_model, workspace.today())
        changed = workspace.change(state, compared_catalogue(content, file, open_plan).edits)
        if changed.trouble is not None:
            raise changed.trouble
        return _effect(own.me.id, before, workspace.plan(changed))
    except PlannerError as refused:
        return _refused(own.me.id, refused)
