"""What of a proposal somebody should look at before it is confirmed; nothing here changes what a line sets.

Laws: a count is doubted where it is far from the plan's own or of demonstration data, whatever else is ticked; what is
told of a task or a licence is what no line sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from zt_planner.domain.scan import Tally
from zt_planner.domain.scenario.scenario import OwnedLicence, Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.scans.edit import done_lines, names_of, path_of_count, planned_count, seats_by_price
from zt_planner.engine.scans.proposal import Proposal, ProposedState, TaskProposal

FAR = Fraction(3, 2)
"""A count that is so many times the plan's own, or less than one by so many, may be of another company."""


def doubted_counts(proposal: Proposal, case: Case) -> frozenset[str]:
    """Return the names of the lines of counts that nobody should take over without a look."""
    shown = {tally for scan in proposal.scans if scan.is_demonstration for tally in scan.counts}
    doubted = (tally for tally in proposal.counts if tally in shown or _is_far(tally, case))
    return frozenset(filter(None, map(path_of_count, doubted)))


def _is_far(tally: Tally, case: Case) -> bool:
    today = planned_count(tally, case)
    return today is not None and max(tally.number, today) > FAR * min(tally.number, today)


def no_longer_done(proposal: Proposal, scenario: Scenario) -> Iterator[TaskProposal]:
    """Yield the tasks that a plan says are done and a later scan says are not, or not yet."""
    lines = done_lines(proposal, scenario)
    for task in proposal.tasks:
        record, done = scenario.status.record_of(task.task), scenario.tasks.given_for(task.task).done
        is_done = done == 1 or record.finished is not None
        is_open = task.state in {ProposedState.OPEN, ProposedState.PART} and lines.isdisjoint(names_of(task))
        if is_done and is_open and _is_later(task, scenario):
            yield task


def _is_later(task: TaskProposal, scenario: Scenario) -> bool:
    """Tell whether a scan is later than what says that a task is done; one that does not say its day may be older."""
    status = scenario.status
    known = (*(status.scanned_on(each.scan) for each in task.evidence), status.record_of(task.task).finished)
    return task.day is not None and all(day < task.day for day in known if day is not None)


def without_seats(proposal: Proposal, scenario: Scenario) -> Iterator[OwnedLicence]:
    """Yield the licences of a plan of which files name the product and no seat."""
    found = seats_by_price(proposal)
    yield from (owned for owned in scenario.company.owned_licences if found.get(owned.licence) == 0)
