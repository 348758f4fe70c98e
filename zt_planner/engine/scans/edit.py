"""What a proposal sets in a scenario: one line for each task, licence and count, and all confirmed lines as one edit.

Before a plan is under way, a scan says what was done before it begins (M35). With a status date, what a scan finds that
was run since the plan's start is an actual (M26): finished on the day of the scan at the latest, or so many working
days left; when something was started, no scan says. Which scans the confirmed lines are from is kept beside them.

Laws: a line that is left out sets nothing; what the scenario has already, or has a record of, is no line; no line is
beyond the bounds of its field; licences that no scan names stay as they are; no line says when a task was started.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from zt_planner.domain.scan import NO_DAY, Counted, ScanKind
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.fields import SCANS, TASK_EDITS, TASK_RECORDS
from zt_planner.domain.scenario.scenario import OwnedLicence, Scenario
from zt_planner.engine.scans.proposal import CountProposal, Proposal, TaskProposal

OWNED, STATUS_DATE = "company.owned_licences", "status.at"
FINISHED, LEFT = "finished", "remaining_days"
"""What is recorded of a task."""
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
    tasks = tuple(_task_lines(proposal, scenario))
    lines = (*_licence_lines(proposal, scenario), *_count_lines(proposal, scenario))
    return (*_status_date_line(proposal, scenario, tasks), *tasks, *lines)


def edits_of(proposal: Proposal, scenario: Scenario, left_out: Container[str] = ()) -> Mapping[str, Any]:
    """Return the confirmed lines as fields by their dotted paths."""
    lines = [line for line in edit_lines(proposal, scenario) if line.name not in left_out]
    edits = {line.path: line.after for line in lines if line.path != OWNED}
    owned = [line.after for line in lines if line.path == OWNED]
    if owned:
        edits[OWNED] = _with_owned(scenario, owned)
    return {**edits, **_scans_kept(proposal, scenario)} if edits else edits


def _scans_kept(proposal: Proposal, scenario: Scenario) -> Mapping[str, str]:
    """Return which scans are taken over: of each kind the day of the latest one, unless a later one was before."""
    kept, before = dict[ScanKind, str](), scenario.status.scans
    for scan in sorted(proposal.scans, key=lambda scan: scan.day or date.min):
        last = kept.get(scan.kind) or before.get(scan.kind) or NO_DAY
        if scan.day is None:
            kept[scan.kind] = last
        elif last == NO_DAY or scan.day > date.fromisoformat(last):
            kept[scan.kind] = scan.day.isoformat()
    return {f"{SCANS}{kind}": day for kind, day in kept.items() if day != before.get(kind)}


def scanned_before(task: TaskProposal, scenario: Scenario) -> date | None:
    """Return the day of the scan that was taken over before the one that speaks of a task, by the same program."""
    kept = (scenario.status.scans.get(kind, NO_DAY) for kind in {each.scan for each in task.evidence})
    days = [date.fromisoformat(day) for day in kept if day != NO_DAY]
    return max((day for day in days if task.day is not None and day < task.day), default=None)


def done_lines(proposal: Proposal, scenario: Scenario) -> frozenset[str]:
    """Return the names of the lines that say what is done."""
    return frozenset(line.name for line in _task_lines(proposal, scenario))


def names_of(task: TaskProposal) -> tuple[str, ...]:
    """Return the fields of which one says how far a task is, each the name of its line."""
    return f"{TASK_EDITS}{task.task}.done", *(f"{TASK_RECORDS}{task.task}.{name}" for name in (FINISHED, LEFT))


def _task_lines(proposal: Proposal, scenario: Scenario) -> Iterator[EditLine]:
    status, start = scenario.status, scenario.timeline.start
    for task in proposal.tasks:
        done, before = task.done, scenario.tasks.given_for(task.task).done
        share = None if done is None else share_set(done)
        if not share or share == before:
            continue
        if status.at is not None and task.day is not None and (start is None or task.day >= start):
            yield from _actual_lines(proposal, task, scenario)
        elif status.at is None or task.task not in status.tasks:  # a record of the status comes first (M35)
            yield EditLine(names_of(task)[0], names_of(task)[0], before, share)


def _actual_lines(proposal: Proposal, task: TaskProposal, scenario: Scenario) -> Iterator[EditLine]:
    """Yield what a scan says of a task of a plan under way, unless it was done before or is recorded as finished."""
    record, day, done = scenario.status.record_of(task.task), task.day, task.done
    before = scenario.tasks.given_for(task.task).done
    if day is None or done is None or record.finished is not None or done <= before:
        return
    _, finished, left = names_of(task)
    if done == 1 and (record.started is None or record.started <= day):
        yield EditLine(finished, finished, None, day)
    elif done < 1 and task.task in proposal.lengths:
        days = max(1, ceil((1 - done) / (1 - Fraction(before)) * proposal.lengths[task.task]))
        if days != record.remaining_days:
            yield EditLine(left, left, record.remaining_days, days)


def _status_date_line(proposal: Proposal, scenario: Scenario, lines: Iterable[EditLine]) -> Iterator[EditLine]:
    """Yield the day of the scan as the status date, where it is later: what is recorded after that is only a plan."""
    at, names = scenario.status.at, {line.name for line in lines}
    actual = [task.day for task in proposal.tasks if task.day is not None and names & set(names_of(task)[1:])]
    if at is not None and actual and max(actual) > at:
        yield EditLine(STATUS_DATE, STATUS_DATE, at, max(actual))


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


def path_of_count(count: CountProposal) -> str:
    """Return the field that a count sets, which is the name of its line; empty where it sets none."""
    name = FIELDS.get(count.tally.what)
    return f"company.{name}" if name else ""


def _counted_fields(proposal: Proposal) -> Iterator[tuple[str, int]]:
    for count in proposal.counts:
        if path_of_count(count):
            yield path_of_count(count), count.tally.number


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
