"""What a proposal sets in a scenario: one line for each task, licence and count, and all confirmed lines as one edit.

Laws: a line that is left out sets nothing; what the scenario has already, or has a record of, is no line; no line is
beyond the bounds of its field; licences that no scan names stay as they are.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from zt_planner.domain.scan import Counted
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.fields import TASK_EDITS
from zt_planner.domain.scenario.scenario import OwnedLicence, Scenario
from zt_planner.engine.scans.proposal import Proposal, TaskProposal

OWNED = "company.owned_licences"
SEATS = f"{OWNED}.0.seats"
"""A field whose bounds are those of every licence's seats."""
FIELDS: Mapping[Counted, str] = {
    Counted.PEOPLE: "employees",
    Counted.DEVICES: "devices",
    Counted.SERVERS: "servers",
    Counted.ADMINISTRATORS: "admins",
}
"""The fields of the company that counts set; guests are no field."""
SHARE_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class EditLine:
    """A part of the edit that can be left out by its name: a field, or the licence of one price."""

    name: str
    path: str
    before: Any
    after: Any


def edit_lines(proposal: Proposal, scenario: Scenario) -> tuple[EditLine, ...]:
    """Return what a proposal would change in a scenario."""
    return (*_task_lines(proposal, scenario), *_licence_lines(proposal, scenario), *_count_lines(proposal, scenario))


def edits_of(proposal: Proposal, scenario: Scenario, left_out: Container[str] = ()) -> Mapping[str, Any]:
    """Return the confirmed lines as fields by their dotted paths."""
    lines = [line for line in edit_lines(proposal, scenario) if line.name not in left_out]
    edits = {line.path: line.after for line in lines if line.path != OWNED}
    owned = [line.after for line in lines if line.path == OWNED]
    return {**edits, OWNED: _with_owned(scenario, owned)} if owned else edits


def done_lines(proposal: Proposal, scenario: Scenario) -> frozenset[str]:
    """Return the names of the lines that say what is done."""
    return frozenset(line.name for line in _task_lines(proposal, scenario))


def done_path(task: TaskProposal) -> str:
    """Return the field that says how far a task was done, which is the name of its line."""
    return f"{TASK_EDITS}{task.task}.done"


def _task_lines(proposal: Proposal, scenario: Scenario) -> Iterator[EditLine]:
    recorded = scenario.status.tasks if scenario.status.at is not None else {}
    for task in proposal.tasks:
        if task.task in recorded:  # a record of the status comes first (M35)
            continue
        done, before = task.done, scenario.tasks.given_for(task.task).done
        share = None if done is None else share_set(done)
        if share and share != before:
            yield EditLine(done_path(task), done_path(task), before, share)


def share_set(share: Fraction) -> Decimal:
    """Return a share as it is set: to the tenth of a per cent, and whole only where it is."""
    exact = (Decimal(share.numerator) / share.denominator).quantize(SHARE_PLACES, rounding=ROUND_HALF_UP)
    return min(exact, 1 - SHARE_PLACES) if share < 1 else Decimal(1)


def _licence_lines(proposal: Proposal, scenario: Scenario) -> Iterator[EditLine]:
    owned = {licence.licence: licence for licence in scenario.company.owned_licences}
    for price_id, number in _seats(proposal).items():
        before = owned.get(price_id)
        if number and _is_within(SEATS, number) and (before is None or before.seats != number):
            until = None if before is None else before.until
            after = OwnedLicence(licence=price_id, seats=number, until=until)
            yield EditLine(f"{OWNED}.{price_id}", OWNED, before, after)


def _seats(proposal: Proposal) -> Mapping[str, int]:
    """Return the seats of each price: those that are paid, otherwise those that are used; of all its products."""
    seats: dict[str, int] = {}
    for licence in proposal.licences:
        if licence.price_id is not None:
            number = licence.seats.used if licence.seats.owned is None else licence.seats.owned
            seats[licence.price_id] = seats.get(licence.price_id, 0) + (number or 0)
    return seats


def _with_owned(scenario: Scenario, found: list[OwnedLicence]) -> tuple[dict[str, Any], ...]:
    """Return the licences of a scenario with those that were found."""
    owned = {licence.licence: licence for licence in (*scenario.company.owned_licences, *found)}
    return tuple(licence.model_dump() for licence in owned.values())


def _count_lines(proposal: Proposal, scenario: Scenario) -> Iterator[EditLine]:
    for path, number in _counted_fields(proposal):
        before = getattr(scenario.company, path.rpartition(".")[2])
        if number != before and _is_within(path, number):
            yield EditLine(path, path, before, number)


def _counted_fields(proposal: Proposal) -> Iterator[tuple[str, int]]:
    for count in proposal.counts:
        if count.tally.what in FIELDS:
            yield f"company.{FIELDS[count.tally.what]}", count.tally.number


# What a scenario does not take


@dataclass(frozen=True, slots=True)
class BeyondBounds:
    """A number that no scenario takes: of a field of the company, or of the seats of a price."""

    path: str
    number: int
    least: int
    most: int | None


def beyond_bounds(proposal: Proposal) -> tuple[BeyondBounds, ...]:
    """Return the counts and the seats that are no line because no scenario takes them."""
    numbers = (
        *((path, path, number) for path, number in _counted_fields(proposal)),
        *((f"{OWNED}.{price_id}", SEATS, number) for price_id, number in _seats(proposal).items() if number),
    )
    return tuple(
        BeyondBounds(path, number, *_bounds(field)) for path, field, number in numbers if not _is_within(field, number)
    )


def _is_within(field: str, number: int) -> bool:
    least, most = _bounds(field)
    return least <= number and (most is None or number <= most)


def _bounds(field: str) -> tuple[int, int | None]:
    declared = field_at(field)
    return (0, None) if declared is None else (declared.least or 0, declared.most)
