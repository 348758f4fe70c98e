"""What a proposal of scans says: what is saved, the tasks with the controls that say so, licences and counts.

Law: every task of the model has a row; what a scan says and what is asked are told apart.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from zt_planner.domain import units
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import Scan, latest
from zt_planner.domain.scenario.fields import OWNED_LICENCES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.scans.doubts import no_longer_done, without_seats
from zt_planner.engine.scans.edit import BeyondBounds, EditLine, beyond_bounds, edit_lines, names_of
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
from zt_planner.topics.labels import label, product_name
from zt_planner.topics.scan_names import SCAN_NAMES, scan_name
from zt_planner.topics.scans.preview import actual_text, count_text, meaning_of, no_start_text, steps_of
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
        *(Sentence(text) for text in (news_text(proposal, case.scenario, left_out),) if text),
        *_blocks(proposal, rules, case),
        *([TableBlock(Text("What would be set"), line_table(lines, case, is_named=True))] if lines else ()),
        *(Sentence(text, Role.NOTE) for text in _actual_texts(proposal, lines, case)),
    )
    return Group("scan", Text("What is there already"), blocks)


def _blocks(proposal: Proposal, rules: ScanRules, case: Case) -> Iterator[Block]:
    for scan in proposal.scans:
        yield Sentence(file_text(scan), Role.NOTE)
        yield from (Sentence(text, Role.CAUTION) for text in cautions(scan))
    for step in steps_of(proposal, case):
        yield TableBlock(label(step.step), task_table(step.tasks, case))
    controls = control_table(proposal, rules)
    if controls.rows:
        yield TableBlock(Text("What the controls stand for"), controls, "scan_controls")
    if proposal.licences:
        yield TableBlock(Text("Licences"), licence_table(proposal.licences, case))
    yield from (Sentence(count_text(count, case)) for count in proposal.counts)
    if proposal.undecided_counts:
        yield Sentence(undecided_text(proposal), Role.CAUTION)
    yield from (Sentence(beyond_text(beyond, case), Role.CAUTION) for beyond in beyond_bounds(proposal))
    yield from (Sentence(text, Role.CAUTION) for text in doubt_texts(proposal, case))


def _actual_texts(proposal: Proposal, lines: Sequence[EditLine], case: Case) -> Iterator[Words]:
    """Yield what would be recorded of each task of a plan under way."""
    by_name, names = {line.name: line for line in lines}, task_names(case.base_model)
    for task in proposal.tasks:
        for line in (by_name[name] for name in names_of(task) if name in by_name):
            text = actual_text(line, task, case)
            if text:
                yield Labelled(names[task.task], text)
    text = no_start_text(lines)
    if text:
        yield text


def headline(proposal: Proposal, effect: DoneEffect | None, left_out: Container[str] = NOTHING) -> Words:
    """Say how many tasks are done and in part, and what that saves; what is left out or not set counts not."""
    tasks = [task for task in proposal.tasks if not any(name in left_out for name in names_of(task))]
    states = [task.state for task in tasks if task.done is not None]
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
    saved = effect_text(effect)
    return Labelled(counted, saved) if saved else Text("{text}.", text=counted)


def effect_text(effect: DoneEffect | None) -> Words:
    """Say what money and how many weeks are saved; nothing where nothing is."""
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
    more = Text("licences are paid from the start, {amount} more.", amount=Money(-money)) if money else ""
    return sentences(Capitalised(more) if earlier else more, Capitalised(earlier) if more else earlier)


def news_text(proposal: Proposal, scenario: Scenario, left_out: Container[str] = NOTHING) -> Words:
    """Say how many tasks are done that were not at the scan before; nothing where there was none."""
    days = ((scenario.status.scanned_on(scan.kind), scan.day) for scan in proposal.scans)
    earlier = latest(before for before, day in days if before is not None and day is not None and before < day)
    if earlier is None:
        return ""
    lines = {line.name for line in edit_lines(proposal, scenario) if line.name not in left_out}
    new = [task for task in proposal.tasks if task.done == 1 and not lines.isdisjoint(names_of(task))]
    return Plural("{n} newly done since {day}.", "{n} newly done since {day}.", len(new), day=earlier)


def doubt_texts(proposal: Proposal, case: Case) -> Iterator[Words]:
    """Yield what no line sets, although the plan says otherwise."""
    scenario, names = case.scenario, task_names(case.base_model)
    open_again = [names[task.task] for task in no_longer_done(proposal, scenario)]
    if open_again:
        yield Text("Done in the plan, but not in this later scan: {tasks}. Nothing is set.", tasks=series(open_again))
    for owned in without_seats(proposal, scenario):
        nothing = Text("the files name no seat. What the plan has stays.")
        yield Labelled(product_name(owned.licence, case.book), nothing)


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


def task_table(tasks: Iterable[TaskProposal], case: Case) -> Table:
    """Return tasks with what is proposed for each, and the controls that say so."""
    names = task_names(case.base_model)
    columns: tuple[Column[TaskProposal], ...] = (
        Column(Text("Task"), words=lambda row: names[row.task]),
        Column(Text("State"), words=state_text),
        Column(Text("Controls"), words=lambda row: series(map(evidence_text, row.evidence))),
    )
    return table_of(columns, tasks)


def control_table(proposal: Proposal, rules: ScanRules) -> Table:
    """Return each control once that is in a file and that the proposal rests on, with what it stands for."""
    columns: tuple[Column[Evidence], ...] = (
        Column(Text("Control"), words=lambda row: row.result.control),
        Column(Text("Scan"), words=lambda row: Text(SCAN_NAMES[row.scan])),
        Column(Text("Result"), words=lambda row: result_text(row.result)),
        Column(Text("What a pass means"), words=lambda row: meaning_of(row, rules)),
    )
    return table_of(columns, dict.fromkeys(each for task in proposal.tasks for each in task.evidence if each.file))


def undecided_text(proposal: Proposal) -> Words:
    """Say of what nothing is set, as the files count differently."""
    names = Listed([Text(COUNTS[what]) for what in proposal.undecided_counts], ", ")
    return Labelled(names, Text("the files count differently, so nothing is set."))


def beyond_text(beyond: BeyondBounds, case: Case) -> Words:
    """Say that a number is not taken over, as no plan takes it."""
    is_licence, price_id = beyond.path.startswith(OWNED_LICENCES), beyond.path.removeprefix(f"{OWNED_LICENCES}.")
    name = product_name(price_id, case.book) if is_licence else field_label(beyond.path)
    values: dict[str, Words] = {"name": name, "number": Number(beyond.number), "least": Number(beyond.least)}
    if beyond.most is None:
        return Text("{name}: {number} is left out, as a plan allows {least} or more.", **values)
    return Text("{name}: {number} is left out, as a plan allows {least} to {most}.", **values, most=Number(beyond.most))


def licence_table(licences: Sequence[LicenceProposal], case: Case) -> Table:
    """Return the licences that were found, with what the price book calls them."""
    columns: tuple[Column[LicenceProposal], ...] = (
        Column(Text("Product"), words=lambda row: row.seats.sku),
        Column(Text("In the price book"), words=lambda row: _in_book(row, case.book)),
        Column(Text("Seats"), units.COUNT, lambda row: row.seats.owned),
        Column(Text("Used"), units.COUNT, lambda row: row.seats.used),
    )
    return table_of(columns, licences)


def _in_book(row: LicenceProposal, book: PriceBook) -> Words:
    return Text("unknown: which one is it?") if row.price_id is None else product_name(row.price_id, book)


def line_table(lines: Sequence[EditLine], case: Case, *, is_named: bool = False) -> Table:
    """Return what would be set; `is_named` adds the name of each line, by which a command leaves it out."""
    tasks = task_names(case.base_model)

    def label_of(line: EditLine) -> Words:
        if line.path == OWNED_LICENCES:
            return product_name(line.after.licence, case.book)
        return field_label(line.path, case.book, tasks)

    def value(line: EditLine, given: Any) -> Words:  # noqa: ANN401 - values of every field
        if line.path != OWNED_LICENCES:
            return field_value(line.path, given, case.book, tasks)
        return "" if given is None else in_table(given.seats, units.COUNT)

    columns: tuple[Column[EditLine], ...] = (
        Column(Text("What"), words=label_of),
        Column(Text("Before"), words=lambda row: value(row, row.before)),
        Column(Text("Afterwards"), words=lambda row: value(row, row.after)),
    )
    name: Column[EditLine] = Column(Text("Name of the line"), words=lambda row: row.name)
    return table_of((*columns, name) if is_named else columns, lines)


def passed_over_text(names: Sequence[str]) -> Words:
    """Say which parts of an archive are no scans; nothing where all are."""
    return Text("Not read, as they are no scans: {files}.", files=Listed(names, ", ")) if names else ""
