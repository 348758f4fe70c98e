"""What commands print and write."""

from __future__ import annotations

import textwrap
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from zt_planner.cli.inputs import private_file, system_reason, unusable
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Finding
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Language
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.block import Block
from zt_planner.topics.findings.findings import coded_title, describe
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.labels import label
from zt_planner.topics.sentence import planning_note
from zt_planner.topics.view import StoppedView, any_view

if TYPE_CHECKING:
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.view import AnyView

NO_SCHEDULE = 1
LINE_WIDTH = 100


def files_of(computed: AnyPlan, language: Language, dialect: Dialect) -> Mapping[str, bytes]:
    """Return everything that --out writes, by name."""
    from zt_planner.files.scenario_json import SCENARIO_FILE, scenario_bytes  # noqa: PLC0415 - the same
    from zt_planner.files.summary_json import SUMMARY_FILE, summary_bytes  # noqa: PLC0415 - the same
    from zt_planner.media.csv.files import (  # noqa: PLC0415 - paid only where files are written
        controls_file,
        left_out_files,
        plan_files,
    )
    from zt_planner.media.file_names import CONTROLS  # noqa: PLC0415 - the same

    view = any_view(computed, language)
    known = (None, None) if isinstance(view, StoppedView) else (view.simulation, view.reference)
    return {
        **plan_files(computed, language, dialect),
        **left_out_files(computed, language, dialect),
        CONTROLS: controls_file(computed, language),
        SUMMARY_FILE: summary_bytes(computed, language, *known),
        SCENARIO_FILE: scenario_bytes(computed.scenario),
    }


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        problem = msgid("the folder cannot be written to ({reason})")
        remedy = msgid("Name a folder that can be written to")
        raise unusable(str(folder), problem, remedy, reason=system_reason(error)) from None


def write_scenario(file: Path, scenario: Scenario, language: Language) -> None:
    """Write a scenario, and say where."""
    from zt_planner.files.scenario_json import scenario_bytes  # noqa: PLC0415 - paid only where it is written

    with private_file(file) as target:
        target.write(scenario_bytes(scenario))
    print_line(language.say("Written to {file}", file=file))


def print_plan(computed: AnyPlan, language: Language) -> None:
    """Print a plan's figures and findings."""
    name = computed.scenario.company.name
    if name:
        print_line(name)
    from zt_planner.topics.headline.cards import overview_of  # noqa: PLC0415 - paid only where a plan is printed

    view = any_view(computed, language)
    print_promise(view)
    print_line("")
    rows = [] if isinstance(view, StoppedView) else [tuple(map(language.write, row)) for row in overview_of(view)]
    labels, values = (max((len(row[index]) for row in rows), default=0) for index in (0, 1))
    for title, value, other_forms in rows:
        print_line(f"  {title:<{labels}}  {value:>{values}}  {other_forms}".rstrip())
    if rows:
        print_line("")
    print_findings(computed, language)
    print_line("")
    for note in (planning_note(computed), *amount_notes(view)):
        print_line(language.write(note))


def print_promise(view: AnyView) -> None:
    """Print what a plan promises, and below it what it comes to as planned."""
    from zt_planner.topics.headline.promise import promise_and_plan  # noqa: PLC0415 - paid only where a plan is printed

    for text in filter(None, map(view.language.write, promise_and_plan(view))):
        print_line(text)


def print_findings(computed: AnyPlan, language: Language) -> None:
    if not computed.findings:
        print_line(language.say("No findings."))
    print_each(computed.findings, computed.case.book, language)


def print_each(findings: Iterable[Finding], book: PriceBook, language: Language) -> None:
    for finding in findings:
        described = describe(finding, book)
        print_line(language.write(Labelled(label(described.severity), coded_title(described))))
        for text in (described.message, described.remedy):
            spaced = language.write(text).replace("\N{NO-BREAK SPACE}", " ")
            for line in textwrap.wrap(spaced, LINE_WIDTH, initial_indent="  ", subsequent_indent="  "):
                print_line(line)


def print_rows(rows: Sequence[Sequence[str]], numbers: Container[int] | None = None) -> None:
    """Print rows of cells, the header first: columns of numbers aligned right, by default all but the first."""
    from zt_planner.media.console import aligned_lines  # noqa: PLC0415 - paid only where it is asked for

    for line in aligned_lines(rows, range(1, len(rows[0])) if numbers is None else numbers):
        print_line(line)


def print_blocks(blocks: Iterable[Block], language: Language, *, has_narrow_tables: bool = False) -> None:
    """Print what a topic says; narrow tables with their titles and one line a row."""
    from zt_planner.media.console import block_lines  # noqa: PLC0415 - paid only where it is asked for

    for line in block_lines(blocks, language, has_narrow_tables=has_narrow_tables):
        print_line(line)


def no_schedule(language: Language) -> typer.Exit:
    """Print on standard error that a plan has no schedule; return the exit to raise."""
    print_no_schedule(language)
    return typer.Exit(NO_SCHEDULE)


def print_no_schedule(language: Language) -> None:
    """Print on standard error that a plan has no schedule, where there is something to say all the same."""
    typer.echo(language.say("There is no schedule; `zt-planner check` says why."), err=True)


def print_line(text: str) -> None:
    """Print a line with plain spaces instead of no-break ones, which would break searches in the output."""
    typer.echo(text.replace("\N{NO-BREAK SPACE}", " "))
