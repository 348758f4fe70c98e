"""Proposals: what somebody has changed in a copy of their own goes to the session that it was copied from.

Laws: a proposal changes nothing until somebody who may change the plan takes it over, as one edit with one undo; it
holds no field that its author may not see in the session, and none that a plan and its variants have in common (whose
plan it is, what was recorded, how it is shown); it is decided once; one that cannot be taken over stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.fields import KEPT_BOOK
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import FieldChange, Proposal, ProposalEnd, Seat
from zt_planner.domain.variants import COMMON, PLAN, variant_path
from zt_planner.errors import NotDecided, NothingToPropose, ProposalEnded, SourceGone, StoreError, TooManyProposals
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.session import visibility_of
from zt_planner.workspace.keys import hash_of
from zt_planner.workspace.sharing.people import allow
from zt_planner.workspace.state import State
from zt_planner.workspace.variants import new_mark
from zt_planner.workspace.workspace import Workspace

MOST_OPEN, MOST_OPEN_OF_ONE = 20, 3
"""Of a session: proposals that wait for a decision, and those of one person."""
COPIED = 1
"""The revision of a copy that is what was copied."""


class Proposals:
    """Proposals, as those who make and those who decide see them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.store = workspace.store.proposals

    # In a copy

    def source(self, state: State) -> Seat | None:
        """Return the seat by which a session was copied, as it is now; None where it has ended."""
        copied_from = None if state.seat is None else state.seat.copied_from
        if copied_from is None:
            return None
        keys = (state.held_by.key(copied_from.participant), state.held_by.key(None))
        seats = (self.workspace.store.seats.by_key(hash_of(key)) for key in keys)
        return next((seat for seat in seats if seat and seat.participant.id == copied_from.participant), None)

    def changes(self, state: State, source: Seat) -> tuple[FieldChange, ...]:
        """Return what the plan that a copy shows would change in the session that it was copied from."""
        found = differences(self.workspace.scenario_at(state, COPIED), state.scenario)
        return _seen((change for change in found if not change.path.startswith(COMMON)), visibility_of(source))

    def propose(self, state: State) -> None:
        """Send what a copy shows to the session that it was copied from.

        Raises SourceGone, NothingToPropose, TooManyProposals, StoreError.
        """
        if state.trouble is not None:
            raise state.trouble
        source, copied_from = self.source(state), None if state.seat is None else state.seat.copied_from
        if source is None or copied_from is None:
            raise SourceGone
        changes, me, now = self.changes(state, source), source.participant, datetime.now(UTC)
        if not changes:
            raise NothingToPropose

        def make(known: Sequence[Proposal]) -> Proposal:
            waiting = [proposal for proposal in known if proposal.end is None]
            own = [proposal for proposal in waiting if proposal.participant == me.id]
            if len(waiting) >= MOST_OPEN:
                raise TooManyProposals(most=MOST_OPEN)
            if len(own) >= MOST_OPEN_OF_ONE:
                raise TooManyProposals(most=MOST_OPEN_OF_ONE)
            return Proposal(known[-1].number + 1 if known else 1, me.id, now, copied_from.mark, changes)

        allowance = self.workspace.write_allowance
        allowance.check(state.address)
        if not self.store.add(me.session, make, by=me.id):
            raise SourceGone
        allowance.charge(state.address, len(repr(changes)))

    # In the session

    def of(self, state: State, *, is_open: bool = False) -> tuple[Proposal, ...]:
        """Return what was proposed to a session, or what is open of it, as its reader may see it; raise StoreError."""
        if state.seat is None:
            return ()
        every, visibility = self.store.of(state.seat.participant.session, is_open=is_open), visibility_of(state.seat)
        found = (replace(proposal, changes=_seen(proposal.changes, visibility)) for proposal in every)
        return tuple(proposal for proposal in found if proposal.changes)

    def open(self, state: State) -> tuple[Proposal, ...]:
        """Return the proposals that wait for a decision of somebody who may change the plan."""
        if state.seat is None or not state.may_change or not state.seat.proposals_open:
            return ()
        return self.of(state, is_open=True)

    def outcome(self, state: State, proposal: Proposal) -> tuple[tuple[FieldChange, ...], Scenario]:
        """Return what a proposal would change in the session now, and the scenario that it leads to.

        Raises PlannerError where it does not fit the plan any more.
        """
        letter = letter_in(state, proposal)
        changed = self.workspace.checked(state.with_fields(state.marks[letter], values_of(proposal)))
        after = changed.scenario_of(letter)
        changes = differences(state.scenario_of(letter), after)
        return tuple(replace(change, path=variant_path(letter, change.path)) for change in changes), after

    def take_over(self, state: State, number: int) -> State:
        """Apply a proposal to what was copied for it, or to the plan; raise PlannerError, and keep it open then."""

        def apply(latest: State) -> State:
            proposal = self._waiting(latest, number)
            return latest.with_fields(latest.marks[letter_in(latest, proposal)], values_of(proposal))

        return self._decided(state, number, ProposalEnd.TAKEN_OVER, apply)

    def compare(self, state: State, number: int, name: str) -> State:
        """Make a variant of a proposal, and show it; raise PlannerError, and keep it open then."""
        mark = new_mark()

        def apply(latest: State) -> State:
            proposal = self._waiting(latest, number)
            source = latest.marks[letter_in(latest, proposal)]
            return latest.with_copy(source, mark, name, values_of(proposal))

        return self._decided(state, number, ProposalEnd.COMPARED, apply)

    def decline(self, state: State, number: int) -> None:
        """Decline a proposal; raise NotAllowed, ProposalEnded or NotDecided."""
        with _saved_or_not_decided():
            self._end(state, number, ProposalEnd.DECLINED)

    def _decided(self, state: State, number: int, end: ProposalEnd, apply: Callable[[State], State]) -> State:
        """Save what a proposal leads to with its end, so that it is decided once; one that waits for the store is not.

        Where it leads to what is there already, nothing is saved but its end.
        """
        with _saved_or_not_decided():
            after = self.workspace.edit(state, apply, (number, end))
            if after.trouble is not None:
                raise after.trouble
        with suppress(StoreError):  # it is saved; one that is open still is shown again
            if any(each.number == number for each in self.of(after, is_open=True)):
                self._end(after, number, end)
        return after

    def _waiting(self, state: State, number: int) -> Proposal:
        """Return an open proposal; raise ProposalEnded where it is not open any more."""
        found = next((proposal for proposal in self.of(state, is_open=True) if proposal.number == number), None)
        if found is None:
            raise ProposalEnded
        return found

    def _end(self, state: State, number: int, end: ProposalEnd) -> None:
        if state.trouble is not None:
            raise state.trouble
        me = state.me
        allow(me is not None and state.may_change)
        if me is None or not self.store.end(me.session, number, end, datetime.now(UTC), by=me.id):
            raise ProposalEnded


@contextmanager
def _saved_or_not_decided() -> Iterator[None]:
    """Raise NotDecided where the store fails: no decision waits for it."""
    try:
        yield
    except StoreError as trouble:
        raise NotDecided from trouble


def _seen(changes: Iterable[FieldChange], visibility: Visibility) -> tuple[FieldChange, ...]:
    """Return the changes of which somebody may know."""
    return tuple(
        change for change in changes if visibility.sees(change.path) and (visibility.labour or change.path != KEPT_BOOK)
    )


def letter_in(state: State, proposal: Proposal) -> str:
    """Return the letter of what was copied for a proposal; that of the plan where it is not there any more."""
    return next((letter for letter, mark in state.marks.items() if mark == proposal.mark), PLAN)


def values_of(proposal: Proposal) -> Mapping[str, Any]:
    """Return the values that a proposal sets, by the paths of fields."""
    return {change.path: change.after for change in proposal.changes}
