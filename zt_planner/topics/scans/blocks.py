"""What a proposal of scans says: what falls away, the tasks with the controls that say so, licences and counts.

Law: every task of the model has a row; what a scan says and what is asked are told apart.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import Scan, Tally
from zt_planner.domain.scenario.counts import counts_of
from zt_planner.domain.scenario.fields import OWNED_LICENCES
from zt_planner.engine.case import Case
from zt_planner.engine.scans.edit import FIELDS, BeyondBounds, EditLine, beyond_bounds, edit_lines, names_of
from zt_planner.engine.scans.effect import DoneEffect
from zt_planner.engine.scans.proposal import (
    Evidence,
    LicenceProposal,
    Proposal,
    ProposedState,
    TaskProposal,
)
from zt_planner.language import (
    Capitalised,
    Labelled,
    Listed,
    Money,
    Number,
    Plural,
    Text,
    Words,
    in_table,
    sentences,
    series,
)
from zt_planner.topics.block import Block, Group, Role, Sentence, TableBlock
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import label
from zt_planner.topics.scan_names import SCANS, scan_name
from zt_planner.topics.scans.words import COUNTS, evidence_text, result_text, state_text
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import task_names

NOTHING: frozenset[str] = frozenset()


def scan_group(
    proposal: Proposal, rules: ScanRules, case: Case, effect: DoneEffect | None, left_out: Container[str] = NOTHING
) -> Group:
    """Return everything that is said of a proposal, of which some lines may be left out."""
    lines = [line for line in edit_lines(proposal, case.scenario) if line.name not in left_out]
    blocks = (
        Sentence(headline(proposal, effect, left_out), Role.LEAD),
        *_blocks(proposal, rules, case),
        *([TableBlock(Text("What would be set"), line_table(lines, case))] if lines else ()),
    )
    return Group("scan", Text("What is there already"), blocks)


def _blocks(proposal: Proposal, rules: ScanRules, case: Case) -> Iterator[Block]:
    for scan in proposal.scans:
        yield Sentence(file_text(scan), Role.NOTE)
        yield from (Sentence(text, Role.CAUTION) for text in cautions(scan))
    for step in Step:
        tasks = task_table(proposal, step, case)
        if tasks.rows:
            yield TableBlock(label(step), tasks)
    controls = control_table(proposal, rules)
    if controls.rows:
        yield TableBlock(Text("What the controls stand for"), controls, "scan_controls")
    if proposal.licences:
        yield TableBlock(Text("Licences"), licence_table(proposal.licences, case))
    if proposal.counts:
        yield TableBlock(Text("What was counted"), count_table(proposal.counts, case))
    if proposal.undecided_counts:
        yield Sentence(undecided_text(proposal), Role.CAUTION)
    yield from (Sentence(beyond_text(beyond, case), Role.CAUTION) for beyond in beyond_bounds(proposal))


def headline(proposal: Proposal, effect: DoneEffect | None, left_out: Container[str] = NOTHING) -> Words:
    """Say how many tasks are done and in part, and what falls away by that; what is left out does not count."""
    states = [task.state for task in proposal.tasks if not any(name in left_out for name in names_of(task))]
    done, in_part = states.count(ProposedState.DONE), states.count(ProposedState.PART)
    all_tasks = Number(len(proposal.tasks))
    counted = Plural("{n} of {all} tasks done", "{n} of {all} tasks done", done, all=all_tasks)
    if in_part:
        counted = Plural(
            "{n} of {all} tasks done, {part} in part",
            "{n} of {all} tasks done, {part} in part",
            done,
            all=all_tasks,
            part=Number(in_part),
        )
    falls_away = effect_text(effect)
    return Labelled(counted, falls_away) if falls_away else Listed((counted, "."), "")


def effect_text(effect: DoneEffect | None) -> Words:
    """Say what money and how many weeks fall away; nothing where nothing does."""
    if effect is None:
        return ""
    money, weeks = effect.money, effect.weeks
    if money is not None and money > 0:
        if not weeks:
            return Text("that saves {amount}.", amount=Money(money))
        return Plural(
            "that saves {amount} and, with the same team, {n} week.",
            "that saves {amount} and, with the same team, {n} weeks.",
            weeks,
            amount=Money(money),
        )
    earlier = (
        Plural("with the same team, that saves {n} week.", "with the same team, that saves {n} weeks.", weeks)
        if weeks
        else ""
    )
    more = Text("what it needs is paid from the start, {amount} more.", amount=Money(-money)) if money else ""
    return sentences(Capitalised(more) if earlier else more, Capitalised(earlier) if more else earlier)


def file_text(scan: Scan) -> Words:
    """Say which scan a file is."""
    return Labelled(scan.file, scan_name(scan.kind, scan.day))


def cautions(scan: Scan) -> Iterator[Words]:
    """Yield what a reader should know before believing a scan."""
    if scan.is_demonstration:
        yield Text("This is demonstration data, not a real company's.")
    if scan.other_versions:
        versions = Listed(scan.other_versions, ", ")
        yield Text("Controls of another version, which may ask for something else: {controls}.", controls=versions)


def task_table(proposal: Proposal, step: Step, case: Case) -> Table:
    """Return every task of a step with what is proposed for it, and the controls that say so."""
    names, of_step = task_names(case.base_model), {task.id for task in case.base_model.tasks if task.step is step}
    columns: tuple[Column[TaskProposal], ...] = (
        Column(Text("Task"), words=lambda row: names[row.task]),
        Column(Text("State"), words=state_text),
        Column(Text("Controls"), words=lambda row: series(map(evidence_text, row.evidence))),
    )
    return table_of(columns, (task for task in proposal.tasks if task.task in of_step))


class ControlRow(NamedTuple):
    """A control that something is said by, with what it stands for."""

    evidence: Evidence
    meaning: str


def control_rows(tasks: Sequence[TaskProposal], rules: ScanRules) -> tuple[ControlRow, ...]:
    """Return each control of some tasks once that is in a file."""
    seen = dict.fromkeys(evidence for task in tasks for evidence in task.evidence if evidence.file)
    return tuple(
        ControlRow(evidence, rules.meanings.get((evidence.scan, evidence.result.control), "")) for evidence in seen
    )


def control_table(proposal: Proposal, rules: ScanRules) -> Table:
    """Return the controls that the proposal rests on, with what each stands for."""
    columns: tuple[Column[ControlRow], ...] = (
        Column(Text("Control"), words=lambda row: row.evidence.result.control),
        Column(Text("Scan"), words=lambda row: Text(SCANS[row.evidence.scan])),
        Column(Text("Result"), words=lambda row: result_text(row.evidence.result)),
        Column(Text("What a pass means"), words=lambda row: Text(row.meaning) if row.meaning else ""),
    )
    return table_of(columns, control_rows(proposal.tasks, rules))


def undecided_text(proposal: Proposal) -> Words:
    """Say of what nothing is set, as the files count differently."""
    names = Listed([Text(COUNTS[what]) for what in proposal.undecided_counts], ", ")
    return Labelled(names, Text("the files count differently, so nothing is set."))


def beyond_text(beyond: BeyondBounds, case: Case) -> Words:
    """Say that a number is not taken over, as no plan takes it."""
    product = next((price.product for price in case.book.prices if beyond.path == f"{OWNED_LICENCES}.{price.id}"), None)
    name = field_label(beyond.path) if product is None else Text(product)
    values: dict[str, Words] = {"name": name, "number": Number(beyond.number), "least": Number(beyond.least)}
    if beyond.most is None:
        return Text("{name}: {number} is left out, as a plan allows {least} or more.", **values)
    return Text("{name}: {number} is left out, as a plan allows {least} to {most}.", **values, most=Number(beyond.most))


def licence_table(licences: Sequence[LicenceProposal], case: Case) -> Table:
    """Return the licences that were found, with what the price book calls them."""
    products = {price.id: Text(price.product) for price in case.book.prices}
    columns: tuple[Column[LicenceProposal], ...] = (
        Column(Text("Product"), words=lambda row: row.seats.sku),
        Column(Text("In the price book"), words=lambda row: _in_book(row, products)),
        Column(Text("Seats"), units.COUNT, lambda row: row.seats.owned),
        Column(Text("Used"), units.COUNT, lambda row: row.seats.used),
    )
    return table_of(columns, licences)


def _in_book(row: LicenceProposal, products: Mapping[str, Words]) -> Words:
    return Text("unknown: which one is it?") if row.price_id is None else products[row.price_id]


def count_table(counts: Sequence[Tally], case: Case) -> Table:
    """Return what was counted, beside what the plan counts with today."""
    today = counts_of(case.scenario.company, case.model.parameters)
    columns: tuple[Column[Tally], ...] = (
        Column(Text("What"), words=lambda row: Text(COUNTS[row.what])),
        Column(Text("Counted"), units.COUNT, lambda row: row.number),
        Column(Text("In the plan today"), units.COUNT, lambda row: getattr(today, FIELDS.get(row.what, ""), None)),
    )
    return table_of(columns, counts)


def line_table(lines: Sequence[EditLine], case: Case) -> Table:
    """Return what would be set, with the name of each line, by which it can be left out."""
    products = {f"{OWNED_LICENCES}.{price.id}": Text(price.product) for price in case.book.prices}
    tasks = task_names(case.base_model)

    def value(line: EditLine, given: Any) -> Words:  # noqa: ANN401 - values of every field
        if line.path != OWNED_LICENCES:
            return field_value(line.path, given, case.book, tasks)
        return "" if given is None else in_table(given.seats, units.COUNT)

    columns: tuple[Column[EditLine], ...] = (
        Column(Text("What"), words=lambda row: products.get(row.name) or field_label(row.path, case.book, tasks)),
        Column(Text("Before"), words=lambda row: value(row, row.before)),
        Column(Text("Afterwards"), words=lambda row: value(row, row.after)),
        Column(Text("Name of the line"), words=lambda row: row.name),
    )
    return table_of(columns, lines)


def passed_over_text(names: Sequence[str]) -> Words:
    """Say which parts of an archive are no scans; nothing where all are."""
    return Text("Not read, as they are no scans: {files}.", files=Listed(names, ", ")) if names else ""
