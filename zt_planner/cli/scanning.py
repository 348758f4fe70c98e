"""`zt-planner scan`: what scans of other programs say is there already, and the scenario that it leads to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import LocaleOption, Today, opened, plain_errors, plan_day, read_plan, unusable
from zt_planner.cli.output import print_aligned, print_line, print_no_schedule, write_files
from zt_planner.errors import msgid
from zt_planner.gaps import shortened
from zt_planner.language import LanguageCode, language_for
from zt_planner.topics.block import Sentence, TableBlock, flattened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zt_planner.engine.scans.edit import EditLine
    from zt_planner.language import Language
    from zt_planner.topics.block import Block

ScannedFiles = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Reports of scans, lists from Microsoft, or a ZIP of them.")
]
OntoScenario = Annotated[
    Path | None, typer.Option("--scenario", metavar="SCENARIO.json", help="The plan to compare the scans with.")
]
ScanOut = Annotated[Path, typer.Option("--out", metavar="DIR", help="Write scan.json into a folder.")]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="PATH", help="Leave a line out, as in company.employees; may be repeated."),
]
Applied = Annotated[bool, typer.Option("--apply", help="Also write the scenario with what the scans say.")]


def scan(
    files: ScannedFiles,
    out: ScanOut,
    scenario: OntoScenario = None,
    without: Without = None,
    apply: Applied = False,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say which tasks scans of other programs show as done, and what that saves; with --apply write the scenario."""
    from zt_planner.engine.plan import StoppedPlan  # noqa: PLC0415 - paid only where a scan is read
    from zt_planner.engine.scans.edit import edit_lines, edits_of  # noqa: PLC0415 - the same
    from zt_planner.engine.scans.effect import effect_of  # noqa: PLC0415 - the same
    from zt_planner.engine.scans.proposal import proposal_for  # noqa: PLC0415 - the same
    from zt_planner.files.scan_json import SCAN_FILE, scan_bytes  # noqa: PLC0415 - the same
    from zt_planner.files.scans import read_scans  # noqa: PLC0415 - the same
    from zt_planner.files.scenario_json import SCENARIO_FILE, scenario_bytes, with_values  # noqa: PLC0415 - the same
    from zt_planner.topics.scans.blocks import passed_over_text, scan_group  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        rules = bootstrap.scan_rules()
        read = read_scans(contents_of(files), rules)
        plan = read_plan(scenario, (), plan_day(today))
        proposal = proposal_for(plan, read.scans, rules)
        left_out = left_out_of(without or (), edit_lines(proposal, plan.scenario))
        changed = with_values(plan.scenario, edits_of(proposal, plan.scenario, left_out))
        effect = effect_of(proposal, plan.case, left_out)
        written = {SCAN_FILE: scan_bytes(proposal), **({SCENARIO_FILE: scenario_bytes(changed)} if apply else {})}
        write_files(out, written)
        if isinstance(plan, StoppedPlan):
            print_no_schedule(language)
        print_proposal(scan_group(proposal, rules, plan.case, effect, left_out).blocks, language)
        print_line("")
        if read.passed_over:
            print_line(language.write(passed_over_text(read.passed_over)))
        print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(written)))


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


def print_proposal(blocks: Iterable[Block], language: Language) -> None:
    """Print sentences as lines, and tables as tables."""
    for block in flattened(blocks):
        if isinstance(block, TableBlock):
            print_line("")
            print_line(language.write(block.title))
            print_aligned(language.written((block.table.columns, *block.table.rows)), block.table.numbers)
        elif isinstance(block, Sentence):
            print_line(language.write(block.text))
