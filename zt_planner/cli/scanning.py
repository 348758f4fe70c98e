"""`zt-planner scan`: what scans of other programs say is there already, and the scenario that it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import LocaleOption, Today, opened, plain_errors, plan_day, print_error, read_plan, unusable
from zt_planner.cli.output import print_blocks, print_line, print_no_schedule, write_files
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.gaps import shortened
from zt_planner.language import LanguageCode, language_for
from zt_planner.topics.error_texts import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zt_planner.domain.scan import ScanFiles
    from zt_planner.engine.scans.edit import EditLine
    from zt_planner.engine.scans.proposal import Proposal
    from zt_planner.language import Language

ScannedFiles = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Reports of scans, lists from Microsoft, or a ZIP of them.")
]
OntoScenario = Annotated[
    Path | None, typer.Option("--scenario", metavar="SCENARIO.json", help="The plan to compare the scans with.")
]
ScanOut = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write scan.json into a folder.")]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="PATH", help="Leave a line out, as in company.employees; may be repeated."),
]
Applied = Annotated[bool, typer.Option("--apply", help="With --out, also write the scenario with what the scans say.")]


def scan(
    files: ScannedFiles,
    out: ScanOut = None,
    scenario: OntoScenario = None,
    without: Without = None,
    apply: Applied = False,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say which tasks scans of other programs show as done, and what that saves; with --apply write the scenario."""
    from zt_planner.engine.plan import StoppedPlan  # noqa: PLC0415 - paid only where a scan is read
    from zt_planner.engine.scans.edit import edit_lines  # noqa: PLC0415 - the same
    from zt_planner.engine.scans.effect import effect_of  # noqa: PLC0415 - the same
    from zt_planner.engine.scans.proposal import proposal_for  # noqa: PLC0415 - the same
    from zt_planner.files.scans import read_scans  # noqa: PLC0415 - the same
    from zt_planner.topics.scans.blocks import scan_group  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        if apply and out is None:
            raise unusable("--apply", msgid("there is no folder to write into"), msgid("Add --out with a folder"))
        rules = bootstrap.scan_rules()
        read = read_scans(contents_of(files), rules)
        plan = read_plan(scenario, (), plan_day(today))
        proposal = proposal_for(plan, read.scans, rules)
        left_out = left_out_of(without or (), edit_lines(proposal, plan.scenario))
        changed = scenario_with(proposal, plan.scenario, left_out)
        refused = changed.lines if isinstance(changed, Refused) else frozenset()
        effect = effect_of(proposal, plan.case, left_out | refused)
        written = [] if out is None else write_proposal(out, proposal, changed if apply else None)
        if isinstance(plan, StoppedPlan):
            print_no_schedule(language)
        print_blocks(scan_group(proposal, rules, plan.case, effect, left_out).blocks, language, has_narrow_tables=True)
        print_line("")
        report_unread(read, language)
        if written:
            print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(written)))
        report_refusal(changed, language, is_applied=apply)


def write_proposal(folder: Path, proposal: Proposal, changed: Scenario | Refused | None) -> Sequence[str]:
    """Write a proposal, and the scenario with it where there is one; return the names of the files."""
    from zt_planner.files.scan_json import SCAN_FILE, scan_bytes  # noqa: PLC0415 - paid only where a scan is read
    from zt_planner.files.scenario_json import SCENARIO_FILE, scenario_bytes  # noqa: PLC0415 - the same

    applied = {SCENARIO_FILE: scenario_bytes(changed)} if isinstance(changed, Scenario) else {}
    written = {SCAN_FILE: scan_bytes(proposal), **applied}
    write_files(folder, written)
    return list(written)


def report_unread(read: ScanFiles, language: Language) -> None:
    """Print which parts of archives are no scans, and why files beside those that were read could not be."""
    from zt_planner.topics.scans.blocks import passed_over_text  # noqa: PLC0415 - paid only where a scan is read

    if read.passed_over:
        print_line(language.write(passed_over_text(read.passed_over)))
    for refused in read.refused:
        print_error(refused, language)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a scenario does not take all lines of a proposal together, and those without which it takes the others."""

    error: ScenarioError
    lines: frozenset[str]


def scenario_with(proposal: Proposal, scenario: Scenario, left_out: frozenset[str]) -> Scenario | Refused:
    """Return a scenario with all lines that are not left out."""
    from zt_planner.engine.scans.edit import edit_lines, edits_of  # noqa: PLC0415 - paid only where a scan is read
    from zt_planner.files.scenario_json import with_values  # noqa: PLC0415 - the same

    def scenario_without(names: frozenset[str]) -> Scenario | ScenarioError:
        try:
            return with_values(scenario, edits_of(proposal, scenario, left_out | names))
        except ScenarioError as error:
            return error

    changed = scenario_without(frozenset())
    if isinstance(changed, Scenario):
        return changed
    names = [line.name for line in edit_lines(proposal, scenario) if line.name not in left_out]
    refused = frozenset(names)
    for name in names:
        if isinstance(scenario_without(refused - {name}), Scenario):
            refused -= {name}
    problem, remedy = msgid("the plan does not take all lines together"), msgid("Add {options}")
    options = " ".join(f"--without {name}" for name in names if name in refused)
    hint = FieldProblem("--apply", problem, remedy, {"options": options})
    return Refused(ScenarioError((*changed.problems, hint)), refused)


def report_refusal(changed: Scenario | Refused, language: Language, *, is_applied: bool) -> None:
    """Raise the error if the scenario was to be written; otherwise print that it would be refused."""
    if isinstance(changed, Scenario):
        return
    if is_applied:
        raise changed.error
    print_line("")
    print_line(language.say("With --apply this is refused:"))
    for text in explain(changed.error):
        print_line(language.write(text))


def left_out_of(names: Iterable[str], lines: Iterable[EditLine]) -> frozenset[str]:
    """Return the lines to leave out; raise ScenarioError for one that there is not."""
    known = [line.name for line in lines]
    for name in names:
        if name not in known:
            problem, remedy = msgid("'{value}' is no line of this proposal"), msgid("Use one of: {known}")
            raise unusable("--without", problem, remedy, value=shortened(name), known=", ".join(known))
    return frozenset(names)


def contents_of(files: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield each file by its name, read up to the limit."""
    from zt_planner.files.scans.source import LARGEST_SCAN_BYTES  # noqa: PLC0415 - the same

    for file in files:
        with opened(file, msgid("Name the report of a scan")) as source:
            yield file.name, source.read(LARGEST_SCAN_BYTES + 1)
