"""What is said of a proposal piece by piece, so that each piece can be ticked: tasks by step, licences, counts.

Law: every task of a step is in one of three lists: what the files speak of, what they do not show, what nobody scans.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import ScanKind, Tally, latest
from zt_planner.domain.scenario.fields import TASK_RECORDS
from zt_planner.engine.case import Case
from zt_planner.engine.scans.edit import FINISHED, LEFT, EditLine, names_of, planned_count, scanned_before
from zt_planner.engine.scans.proposal import (
    Evidence,
    LicenceProposal,
    Proposal,
    ProposedState,
    TaskProposal,
)
from zt_planner.language import (
    Labelled,
    Listed,
    Number,
    Plural,
    Text,
    Words,
    in_table,
    series,
)
from zt_planner.topics.labels import label
from zt_planner.topics.scan_names import SCAN_NAMES, scan_name
from zt_planner.topics.scans.words import COUNTS, SO_MANY, result_text, state_text
from zt_planner.topics.task_words import task_names


@dataclass(frozen=True, slots=True)
class StepPreview:
    """The tasks of a step, in the order of the model."""

    step: Step
    tasks: tuple[TaskProposal, ...]

    @property
    def shown(self) -> tuple[TaskProposal, ...]:
        """Those that the files speak of."""
        return tuple(task for task in self.tasks if any(each.file for each in task.evidence))

    @property
    def not_shown(self) -> tuple[TaskProposal, ...]:
        """Those that scans can see, and these files do not show."""
        return tuple(task for task in self._rest if task.state is not ProposedState.ASK)

    @property
    def asked(self) -> tuple[TaskProposal, ...]:
        """Those that nobody scans."""
        return tuple(task for task in self._rest if task.state is ProposedState.ASK)

    @property
    def _rest(self) -> tuple[TaskProposal, ...]:
        return tuple(task for task in self.tasks if task not in self.shown)

    def counted(self, left_out: Container[str] = ()) -> Words:
        """Name the step, and say how many of its tasks are in which state; what is left out apart."""
        states = [task.state for task in self.tasks if not any(name in left_out for name in names_of(task))]
        counted = [Plural(*SO_MANY[state], states.count(state)) for state in ProposedState if state in states]
        if len(states) < len(self.tasks):
            counted.append(Plural("{n} not ticked", "{n} not ticked", len(self.tasks) - len(states)))
        return Labelled(label(self.step), Listed(counted, ", "))


def steps_of(proposal: Proposal, case: Case) -> Iterator[StepPreview]:
    """Yield the steps that have tasks."""
    for step in Step:
        ids = {task.id for task in case.base_model.tasks if task.step is step}
        tasks = tuple(task for task in proposal.tasks if task.task in ids)
        if tasks:
            yield StepPreview(step, tasks)


def task_text(task: TaskProposal, case: Case) -> Words:
    """Name a task and say what is proposed for it."""
    return Labelled(task_names(case.base_model)[task.task], state_text(task))


def evidence_lines(evidence: Iterable[Evidence], rules: ScanRules) -> tuple[Words, ...]:
    """Say of each control that is in a file what it asks for and what came of it, in this order."""
    return tuple(_evidence_line(each, rules) for each in evidence if each.file)


def _evidence_line(evidence: Evidence, rules: ScanRules) -> Words:
    meaning, result = meaning_of(evidence, rules), result_text(evidence.result)
    control = Listed((Text(SCAN_NAMES[evidence.scan]), evidence.result.control), " ")
    if not meaning:
        return Labelled(control, result)
    return Text("{meaning}: {result} ({control})", meaning=meaning, result=result, control=control)


def meaning_of(evidence: Evidence, rules: ScanRules) -> Words:
    """Return what a control asks for; nothing where the rules do not know it."""
    meaning = rules.meanings.get((evidence.scan, evidence.result.control))
    return Text(meaning) if meaning else ""


def sides(task: TaskProposal) -> Mapping[ScanKind, tuple[Evidence, ...]]:
    """Return what each program says of a task about which they contradict each other."""
    kinds = dict.fromkeys(each.scan for each in task.evidence if each.file)
    return {kind: tuple(each for each in task.evidence if each.scan is kind and each.file) for kind in kinds}


def side_title(evidence: Sequence[Evidence]) -> Words:
    """Name a program with the latest day of its scan."""
    return scan_name(evidence[0].scan, latest(each.day for each in evidence))


def contradiction_text(task: TaskProposal) -> Words:
    """Say that nothing is set; one program alone contradicts itself where two of its scans are of one day."""
    if len(sides(task)) == 1:
        return Text("Two results of one day contradict each other: nothing is set. You decide, on the “Roadmap” page.")
    return Text("The scans contradict each other: nothing is set. You decide, on the “Roadmap” page.")


def without_share_text(task: TaskProposal) -> Words:
    """Say why nothing is set of a task that is done in part, where no scan says how far."""
    if task.state is not ProposedState.PART or task.share is not None:
        return ""
    return Text("No scan says how far: nothing is set. You can set it on the “Roadmap” page.")


def listed_tasks(tasks: Sequence[TaskProposal], case: Case) -> Words:
    names = task_names(case.base_model)
    return series([names[task.task] for task in tasks])


def actual_text(line: EditLine, task: TaskProposal, case: Case) -> Words:
    """Say what would be recorded of a task of a plan under way; nothing for what was done before it began."""
    if line.path.endswith(f".{LEFT}"):
        days = int(line.after)
        return Plural("Will be recorded as {n} working day left.", "Will be recorded as {n} working days left.", days)
    if not line.path.endswith(f".{FINISHED}") or not isinstance(line.after, date):
        return ""
    earlier = scanned_before(task, case.scenario)
    if earlier is None:
        return Text("Will be recorded as finished on {day} at the latest.", day=line.after)
    return Text(
        "Will be recorded as finished on {day} at the latest; the previous scan was on {earlier}.",
        day=line.after,
        earlier=earlier,
    )


def no_start_text(lines: Iterable[EditLine]) -> Words:
    """Say that no start is recorded; nothing where no line is an actual."""
    if not any(line.path.startswith(TASK_RECORDS) for line in lines):
        return ""
    return Text("No scan says when work was started, so no start is recorded.")


# Licences and counts


def seats_text(licence: LicenceProposal) -> Words:
    """Say how many seats of a product are paid for, and how many are used, as far as the file says so."""
    owned, used = licence.seats.owned, licence.seats.used
    parts: list[Words] = []
    if owned is not None:
        parts.append(Plural("{n} seat", "{n} seats", owned))
    if used is not None:
        parts.append(Plural("{n} used", "{n} used", used))
    return Listed(parts, ", ")


def owned_text(product: Words, seats: int, before: int | None, *, is_owned: bool) -> Words:
    """Say how many seats of a product would be in the plan, and what there is today."""
    today = Text("none in the plan today")
    if is_owned:
        today = (
            Text("for everyone in the plan today")
            if before is None
            else Plural("{n} in the plan today", "{n} in the plan today", before)
        )
    return Labelled(product, Listed((Plural("{n} seat", "{n} seats", seats), today), ", "))


def as_it_is(product: Words) -> Words:
    """Say of a product that nothing changes."""
    return Labelled(product, Text("nothing to change"))


def found_as(licences: Sequence[LicenceProposal], price_id: str) -> Words:
    """Say what the vendor's programs call what was found of a price, with its seats."""
    found = [licence for licence in licences if licence.price_id == price_id]
    return Listed([Labelled(licence.seats.sku, seats_text(licence)) for licence in found], " · ")


def unknown_text(licence: LicenceProposal) -> Words:
    """Ask which product of the price book a licence is."""
    name, seats = licence.seats.sku, seats_text(licence)
    if not seats:
        return Text("Which product is {name}?", name=name)
    return Text("Which product is {name} ({seats})?", name=name, seats=seats)


def count_text(count: Tally, case: Case) -> Words:
    """Say how many were counted, beside what the plan counts with today."""
    today = planned_count(count, case)
    name, number = Text(COUNTS[count.what]), Number(count.number)
    if today is None:
        return Labelled(name, Text("{number} counted", number=number))
    if today == count.number:
        return Labelled(name, Text("{number} counted, as in the plan", number=number))
    text = Text("{number} counted, {today} in the plan today", number=number, today=in_table(today, units.COUNT))
    return Labelled(name, text)


def count_change_text(count: Tally, case: Case) -> Words:
    """Say what a count makes of the number that the plan counts with."""
    return Text(
        "{name}: {before} becomes {after}",
        name=Text(COUNTS[count.what]),
        before=in_table(planned_count(count, case), units.COUNT),
        after=Number(count.number),
    )
