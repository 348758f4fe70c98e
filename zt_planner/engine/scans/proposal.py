"""What scans say of the tasks of a model: done, in part, open, not seen, a contradiction, or to be asked (M38).

Decides only what is proposed; nothing here changes a plan. Of several scans of one kind the latest counts, control by
control; one without a day is taken for older than all others. Laws: every task of the model has one proposal; a control
that says nothing never makes a task open, and never done; where two scans contradict each other, nothing is proposed;
the order of the scans changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.data.scan_rules import PILOTS, ScanControl, ScanRules, TickRule
from zt_planner.domain.scan import (
    ControlOutcome,
    CountKind,
    FoundLicence,
    Quantity,
    Result,
    Scan,
    ScanKind,
    Tally,
    UnseenReason,
    latest,
    unseen_result,
)
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan

LISTS = frozenset((ScanKind.LICENCES, ScanKind.USERS, ScanKind.DEVICES))
"""What is exported to be counted: it does not say of which day it is, and goes before what a scan counts."""
SAME_SHARE = Fraction(5, 100)
"""Two programs count the same people on other days: shares this close do not contradict each other."""


class ProposedState(StrEnum):
    """What is proposed for a task."""

    DONE = "done"
    PART = "part"
    OPEN = "open"
    NOT_SEEN = "not_seen"
    CONTRADICTION = "contradiction"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a control says, and in which file it says so; no file where no file has it."""

    scan: ScanKind
    result: Result
    file: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """What is proposed for a task, with the controls that say so.

    `share` is how far it is, where that is counted; `since` the first day from which all scans say that it is done.
    """

    task: str
    state: ProposedState
    share: Fraction | None = None
    evidence: tuple[Evidence, ...] = ()
    since: date | None = None

    @property
    def day(self) -> date | None:
        """The latest day on which one of its controls was tested; None where no scan says when."""
        return latest(each.day for each in self.evidence)

    @property
    def known_on(self) -> date | None:
        """The first day on which a scan could have said this; None where no scan says when."""
        return self.since or self.day

    @property
    def done(self) -> Fraction | None:
        """The share that would be set as done; None where nothing would be."""
        if self.state is ProposedState.DONE:
            return Fraction(1)
        return self.share if self.state is ProposedState.PART else None


@dataclass(frozen=True, slots=True)
class LicenceProposal:
    """A licence that was found, and the price that it has in the price book; None where the book does not know it."""

    seats: FoundLicence
    price_id: str | None

    @property
    def key(self) -> str:
        """What tells a product of a proposal from all others: its name and, where it has one, its id."""
        return f"{self.seats.sku} {self.seats.id or ''}".strip().casefold()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What scans say of a company: a proposal for each task of the model, licences and counts.

    Where scans count differently, and nothing says which counts, each number is among the `counts`.

    Of a plan that is under way, `lengths` are the working days of each task as it was planned, without what was done
    before.
    """

    tasks: tuple[TaskProposal, ...]
    licences: tuple[LicenceProposal, ...] = ()
    counts: tuple[Tally, ...] = ()
    scans: tuple[Scan, ...] = ()
    lengths: Mapping[str, int] = field(default_factory=dict)

    @property
    def undecided_counts(self) -> tuple[CountKind, ...]:
        """What scans count differently."""
        counted = [tally.what for tally in self.counts]
        return tuple(what for what in CountKind if counted.count(what) > 1)


def proposal_of(scans: Sequence[Scan], rules: ScanRules, model: PhaseModel, book: PriceBook) -> Proposal:
    """Compare scans with the rules."""
    in_order = sorted(scans, key=lambda scan: (*_rank(scan), scan.file))
    tasks = tuple(_with_first_days(in_order, rules, model))
    prices = {price.id for price in book.prices}
    licences = tuple(_licences(in_order, rules, prices))
    return Proposal(tasks, licences, tuple(_counts(in_order)), tuple(scans))


def proposal_for(plan: AnyPlan, scans: Sequence[Scan], rules: ScanRules) -> Proposal:
    """Compare scans with the rules, for a plan."""
    proposal = proposal_of(scans, rules, plan.case.base_model, plan.case.book)
    if not plan.scenario.status.is_under_way:
        return proposal
    planned = build_plan(plan.case.as_of(None))
    lengths = {task.task.id: task.length_days for task in planned.tasks} if isinstance(planned, Plan) else {}
    return replace(proposal, lengths=lengths)


# Tasks


def _with_first_days(scans: Sequence[Scan], rules: ScanRules, model: PhaseModel) -> Iterator[TaskProposal]:
    """Yield what is proposed for each task; of one that is done, since when every scan has said so."""
    tasks = _task_proposals(scans, rules, model)
    since = {task.task: task.day for task in tasks if task.state is ProposedState.DONE}
    held = set(since)
    days = sorted({scan.day for scan in scans if scan.day is not None}, reverse=True)
    for day in days[1:]:
        earlier = _task_proposals([scan for scan in scans if _age(scan.day) <= day], rules, model)
        held &= {task.task for task in earlier if task.state is ProposedState.DONE and task.day is not None}
        since |= {task.task: task.day for task in earlier if task.task in held}
    yield from (replace(task, since=since.get(task.task)) for task in tasks)


def _task_proposals(scans: Iterable[Scan], rules: ScanRules, model: PhaseModel) -> tuple[TaskProposal, ...]:
    evidence = latest_evidence(scans)
    tasks = {task.id: _task_proposal(task.id, rules.controls, evidence) for task in model.tasks}
    for pilot, rollout in PILOTS.items():
        if pilot in tasks and rollout in tasks:
            tasks[pilot] = _pilot(tasks[pilot], tasks[rollout])
    return tuple(tasks.values())


# Controls


def latest_evidence(scans: Iterable[Scan]) -> Mapping[ScanKind, Mapping[str, tuple[Evidence, ...]]]:
    """Return what each control of each kind of scan says: that of the latest day, several where they differ.

    On one day, what says something goes before what says nothing.
    """
    by_kind: dict[ScanKind, dict[str, list[Evidence]]] = {}
    for scan in scans:
        for result in scan.results:
            evidence = Evidence(scan.kind, result, scan.file, scan.day)
            by_kind.setdefault(scan.kind, {}).setdefault(result.control, []).append(evidence)
        by_kind.setdefault(scan.kind, {})
    return {
        kind: {control: _latest(candidates) for control, candidates in controls.items()}
        for kind, controls in by_kind.items()
    }


def _latest(candidates: Sequence[Evidence]) -> tuple[Evidence, ...]:
    def rank(evidence: Evidence) -> tuple[date, bool]:
        return _age(evidence.day), evidence.result.outcome is not ControlOutcome.NOT_SEEN

    last = max(map(rank, candidates))
    different: dict[tuple[ControlOutcome, Quantity | None], Evidence] = {}
    for evidence in candidates:
        if rank(evidence) == last:
            different.setdefault((evidence.result.outcome, evidence.result.quantity), evidence)
    return tuple(different.values())


def _task_proposal(
    task: str, rules: Iterable[ScanControl], evidence: Mapping[ScanKind, Mapping[str, tuple[Evidence, ...]]]
) -> TaskProposal:
    """Return what all rows about a task say together; of a task that no scan can see, a person is asked."""
    rows = [row for row in rules if row.task == task]
    said = [each for row in rows if row.scan in evidence for each in _row_proposals(row, evidence[row.scan])]
    if not rows:
        return TaskProposal(task, ProposedState.ASK)
    every = tuple(each for proposal in said for each in proposal.evidence)
    state, share = _combined(said)
    return TaskProposal(task, state, share, every)


def _row_proposals(row: ScanControl, evidence: Mapping[str, tuple[Evidence, ...]]) -> Iterator[TaskProposal]:
    """Yield what one scan says of a task by the controls of a row: of a count, each number with its share."""
    absent = {control: (Evidence(row.scan, unseen_result(control, UnseenReason.ABSENT)),) for control in row.controls}
    by_control = [evidence.get(control) or absent[control] for control in row.controls]
    every = tuple(each for several in by_control for each in several)
    outcomes = {each.result.outcome for each in every}
    if row.how is TickRule.ASK:
        state = ProposedState.NOT_SEEN if outcomes == {ControlOutcome.NOT_SEEN} else ProposedState.ASK
        yield TaskProposal(row.task, state, None, every)
    elif row.how is TickRule.SHARE:
        for each in every:
            quantity = each.result.quantity
            share = None if quantity is None else quantity.share
            yield TaskProposal(row.task, state_of({each.result.outcome}), share, (each,))
    elif any(len({each.result.outcome for each in several}) > 1 for several in by_control):
        yield TaskProposal(row.task, ProposedState.CONTRADICTION, None, every)
    else:
        yield TaskProposal(row.task, state_of(outcomes), None, every)


def state_of(outcomes: Container[ControlOutcome]) -> ProposedState:
    """Return what the outcomes of controls say that a task needs together."""
    if ControlOutcome.PARTLY in outcomes or (ControlOutcome.PASSED in outcomes and ControlOutcome.FAILED in outcomes):
        return ProposedState.PART
    if ControlOutcome.NOT_SEEN in outcomes:
        return ProposedState.NOT_SEEN
    return ProposedState.DONE if ControlOutcome.PASSED in outcomes else ProposedState.OPEN


def _combined(said: Sequence[TaskProposal]) -> tuple[ProposedState, Fraction | None]:
    """Return what several scans say of a task together; of shares that are close, the lowest."""
    states = {proposal.state for proposal in said}
    shares = {proposal.share: proposal.state for proposal in said if proposal.share is not None}
    if ProposedState.CONTRADICTION in states or {ProposedState.DONE, ProposedState.OPEN} <= states or _differ(shares):
        return ProposedState.CONTRADICTION, None
    lowest = min(shares, default=None)
    if lowest is not None:
        states = {shares[lowest], *(proposal.state for proposal in said if proposal.share is None)}
    decided = states & {ProposedState.DONE, ProposedState.PART, ProposedState.OPEN}
    if not decided:
        return ProposedState.ASK if ProposedState.ASK in states else ProposedState.NOT_SEEN, None
    state = decided.pop() if len(decided) == 1 else ProposedState.PART
    return state, lowest if lowest is not None and shares[lowest] is ProposedState.PART else None


def _differ(shares: Collection[Fraction]) -> bool:
    return bool(shares) and max(shares) - min(shares) > SAME_SHARE


def _pilot(pilot: TaskProposal, rollout: TaskProposal) -> TaskProposal:
    """Return a pilot as done where its roll-out has a share, or is done; a contradiction is one about both."""
    if rollout.done:
        return replace(pilot, state=ProposedState.DONE, evidence=rollout.evidence)
    if rollout.state is ProposedState.CONTRADICTION:
        return replace(pilot, state=rollout.state, evidence=rollout.evidence)
    return replace(pilot, state=ProposedState.NOT_SEEN)


# Licences and counts


def _licences(scans: Iterable[Scan], rules: ScanRules, prices: Container[str]) -> Iterator[LicenceProposal]:
    """Yield the licences of each price, or of each name that has none, as the last of some scans has them."""
    products: dict[str, dict[str, LicenceProposal]] = {}
    for scan in scans:
        in_scan: dict[str, dict[str, LicenceProposal]] = {}
        for seats in scan.licences:
            price_id = rules.price_of(seats.sku, seats.id)
            licence = LicenceProposal(seats, price_id if price_id is not None and price_id in prices else None)
            in_scan.setdefault(licence.price_id or seats.sku.casefold(), {})[licence.key] = licence
        products |= in_scan
    for licences in products.values():
        yield from licences.values()


def with_products(proposal: Proposal, chosen: Mapping[str, str]) -> Proposal:
    """Return a proposal in which somebody has said which price a product is, by its key; what is known stays."""
    named = (
        replace(licence, price_id=chosen.get(licence.key)) if licence.price_id is None else licence
        for licence in proposal.licences
    )
    return replace(proposal, licences=tuple(named))


def _counts(scans: Sequence[Scan]) -> Iterator[Tally]:
    """Yield each count: that of a list, which has no blocked accounts, or else of the latest scan; all that differ."""
    for what in CountKind:
        ranked = [(_rank(scan), tally) for scan in scans for tally in scan.counts if tally.what is what]
        last = max((rank for rank, _ in ranked), default=None)
        yield from dict.fromkeys(tally for rank, tally in ranked if rank == last)


def _rank(scan: Scan) -> tuple[bool, date]:
    """Return what tells which of several scans counts: the last one does."""
    return scan.kind in LISTS, _age(scan.day)


def _age(day: date | None) -> date:
    return day or date.min
