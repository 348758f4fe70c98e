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
from typing import Any, NamedTuple

from zt_planner.domain.scan import NO_DAY, ControlOutcome, CountKind, ScanKind, Tally, latest
from zt_planner.domain.scenario.counts import counts_of
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.fields import OWNED_LICENCES, SCAN_RECORDS, STATUS_DATE, TASK_EDITS, TASK_RECORDS
from zt_planner.domain.scenario.scenario import OwnedLicence, Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.scans.proposal import Proposal, TaskProposal

FINISHED, LEFT = "finished", "remaining_days"
"""What is recorded of a task."""
SEATS = f"{OWNED_LICENCES}.0.seats"
"""A field whose bounds are those of every licence's seats."""
FIELDS: Mapping[CountKind, str] = {
    CountKind.PEOPLE: "employees",
    CountKind.DEVICES: "devices",
    CountKind.SERVERS: "servers",
    CountKind.ADMINISTRATORS: "admins",
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
    names = {line.name for line in lines}
    edits = {line.path: line.after for line in lines if line.path != OWNED_LICENCES}
    owned = [line.after for line in lines if line.path == OWNED_LICENCES]
    if owned:
        edits[OWNED_LICENCES] = _with_owned(scenario, owned)
    return {**edits, **_scans_kept(_scans_of(proposal, names), scenario)}


def _scans_of(proposal: Proposal, names: Container[str]) -> Iterator[tuple[ScanKind, date | None]]:
    """Yield the kind and the day of each scan that says what some lines set."""
    for task in proposal.tasks:
        if any(name in names for name in names_of(task)):
            seen = (each for each in task.evidence if each.result.outcome is not ControlOutcome.NOT_SEEN)
            yield from ((each.scan, each.day) for each in seen)
    seats = {licence.seats for licence in proposal.licences if f"{OWNED_LICENCES}.{licence.price_id}" in names}
    counts = {tally for tally in proposal.counts if path_of_count(tally) in names}
    for scan in proposal.scans:
        if not (seats.isdisjoint(scan.licences) and counts.isdisjoint(scan.counts)):
            yield scan.kind, scan.day


def _scans_kept(scans: Iterable[tuple[ScanKind, date | None]], scenario: Scenario) -> Mapping[str, str]:
    """Return which scans are taken over: of each kind the day of the latest one, unless a later one was before."""
    days: dict[ScanKind, list[date | None]] = {}
    for kind, day in scans:
        days.setdefault(kind, [scenario.status.scanned_on(kind)]).append(day)
    kept = {kind: day.isoformat() if (day := latest(each)) is not None else NO_DAY for kind, each in days.items()}
    return {f"{SCAN_RECORDS}{kind}": day for kind, day in kept.items() if day != scenario.status.scans.get(kind)}


def scanned_before(task: TaskProposal, scenario: Scenario) -> date | None:
    """Return the day of the scan that was taken over before the one that speaks of a task, by the same program."""
    days, found = (scenario.status.scanned_on(each.scan) for each in task.evidence), task.known_on
    return latest(day for day in days if day is not None and found is not None and day < found)


def done_lines(proposal: Proposal, scenario: Scenario) -> frozenset[str]:
    """Return the names of the lines that say what is done."""
    return frozenset(line.name for line in _task_lines(proposal, scenario))


class TaskLines(NamedTuple):
    """The fields of which one says how far a task is, each the name of its line."""

    done: str
    finished: str
    left: str


def names_of(task: TaskProposal) -> TaskLines:
    """Return the names of the lines that there may be of a task."""
    record = f"{TASK_RECORDS}{task.task}."
    return TaskLines(f"{TASK_EDITS}{task.task}.done", record + FINISHED, record + LEFT)


def _task_lines(proposal: Proposal, scenario: Scenario) -> Iterator[EditLine]:
    status, start = scenario.status, scenario.timeline.start
    for task in proposal.tasks:
        done, before = task.done, scenario.tasks.given_for(task.task).done
        share = None if done is None else share_set(done)
        if not share or share == before:
            continue
        found = task.known_on
        if status.is_under_way and found is not None and (start is None or found >= start):
            yield from _actual_lines(proposal, task, scenario)
        elif not status.is_under_way or task.task not in status.tasks:  # a record of the status comes first (M35)
            name = names_of(task).done
            yield EditLine(name, name, before, share)


def _actual_lines(proposal: Proposal, task: TaskProposal, scenario: Scenario) -> Iterator[EditLine]:
    """Yield what a scan says of a task of a plan under way, unless it was done before or is recorded as finished."""
    record, done = scenario.status.record_of(task.task), task.done
    before = scenario.tasks.given_for(task.task).done
    if done is None or record.finished is not None or done <= before:
        return
    names, known = names_of(task), (day for day in (task.known_on, task.day) if day is not None)
    finished = next((day for day in known if record.started is None or record.started <= day), None)
    if done == 1 and finished is not None:
        yield EditLine(names.finished, names.finished, None, finished)
    elif done < 1 and task.task in proposal.lengths:
        days = max(1, ceil((1 - done) / (1 - Fraction(before)) * proposal.lengths[task.task]))
        if days != record.remaining_days:
            yield EditLine(names.left, names.left, record.remaining_days, days)


def _status_date_line(proposal: Proposal, scenario: Scenario, lines: Iterable[EditLine]) -> Iterator[EditLine]:
    """Yield the day of the scan as the status date, where it is later: what is recorded after that is only a plan."""
    at, scanned = scenario.status.at, {name: task.day for task in proposal.tasks for name in names_of(task)[1:]}
    recorded = [line for line in lines if line.name in scanned]
    last = latest(line.after if isinstance(line.after, date) else scanned[line.name] for line in recorded)
    if at is not None and last is not None and last > at:
        yield EditLine(STATUS_DATE, STATUS_DATE, at, last)


def share_set(share: Fraction) -> Decimal:
    """Return a share as it is set: to the tenth of a per cent, and whole only where it is."""
    exact = (Decimal(share.numerator) / share.denominator).quantize(SHARE_PLACES, rounding=ROUND_HALF_UP)
    return min(exact, 1 - SHARE_PLACES) if share < 1 else Decimal(1)


def _licence_lines(proposal: Proposal, scenario: Scenario) -> Iterator[EditLine]:
    owned = {licence.licence: licence for licence in scenario.company.owned_licences}
    for price_id, number in seats_by_price(proposal).items():
        before = owned.get(price_id)
        if number and _is_within(SEATS, number) and (before is None or before.seats != number):
            until = None if before is None else before.until
            after = OwnedLicence(licence=price_id, seats=number, until=until)
            yield EditLine(f"{OWNED_LICENCES}.{price_id}", OWNED_LICENCES, before, after)


def seats_by_price(proposal: Proposal) -> Mapping[str, int]:
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


def path_of_count(tally: Tally) -> str:
    """Return the field that a count sets, which is the name of its line; empty where it sets none."""
    name = FIELDS.get(tally.what)
    return f"company.{name}" if name else ""


def planned_count(tally: Tally, case: Case) -> int | None:
    """Return what the plan counts with today; None where it does not count that."""
    return getattr(counts_of(case.scenario.company, case.model.parameters), FIELDS.get(tally.what, ""), None)


def _counted_fields(proposal: Proposal) -> Iterator[tuple[str, int]]:
    for tally in proposal.counts:
        if path_of_count(tally) and tally.what not in proposal.undecided_counts:
            yield path_of_count(tally), tally.number


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
        *(
            (f"{OWNED_LICENCES}.{price_id}", SEATS, number)
            for price_id, number in seats_by_price(proposal).items()
            if number
        ),
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
