"""What commands print and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import system_reason, unusable
from zt_planner.engine.edition import Edition, edition_change
from zt_planner.errors import msgid
from zt_planner.reports.analyses.edition import edition_lines
from zt_planner.reports.figures.overview import overview_of
from zt_planner.reports.findings.findings import finding_lines
from zt_planner.reports.words.gross_and_currency import amount_notes
from zt_planner.reports.words.sentence import headline_sentence, planning_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from zt_planner.domain.plan import Plan
    from zt_planner.export.csv.dialects import Dialect
    from zt_planner.language import Language


def files_of(computed: Plan, language: Language, dialect: Dialect) -> Mapping[str, bytes]:
    """Return everything that --out writes, by name; a scenario that is written has had its notice of the edition."""
    from zt_planner.engine.simulation.result import simulate  # noqa: PLC0415 - the same
    from zt_planner.export.csv.files import plan_files  # noqa: PLC0415 - paid only where files are written
    from zt_planner.export.summary_json import SUMMARY_FILE, summary_bytes  # noqa: PLC0415 - the same
    from zt_planner.formats.scenario_json import SCENARIO_FILE, scenario_bytes  # noqa: PLC0415 - the same

    book = bootstrap.shipped_case_of(computed).book
    return {
        **plan_files(computed, book, language, dialect),
        SUMMARY_FILE: summary_bytes(computed, book, language, simulate(computed, book)),
        SCENARIO_FILE: scenario_bytes(computed.scenario.model_copy(update={"seen_edition": 2})),
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


def print_plan(computed: Plan, language: Language) -> None:
    """Print a plan's figures and findings."""
    book, name = bootstrap.price_book(), computed.scenario.company.name
    if name:
        print_line(name)
    print_line(headline_sentence(computed, language))
    print_line("")
    rows = overview_of(computed, book, language)
    labels, values = (max((len(row[index]) for row in rows), default=0) for index in (0, 1))
    for row in rows:
        print_line(f"  {row.label:<{labels}}  {row.value:>{values}}  {row.other_forms}".rstrip())
    if rows:
        print_line("")
    print_findings(computed, language)
    print_line("")
    for note in (
        planning_note(computed, language),
        *amount_notes(computed, book, language),
        *edition_notes(computed, language),
    ):
        print_line(note)


def edition_notes(computed: Plan, language: Language) -> Iterator[str]:
    """Yield what the model's second edition moves in a plan that was made with the first (ADR 0052)."""
    if computed.scenario.seen_edition == 1:
        newest = Edition(bootstrap.price_book(), bootstrap.phase_model())
        change = edition_change(computed.scenario, bootstrap.first_edition(), newest, today=computed.today)
        if change is not None:
            yield from edition_lines(change, language)


def print_findings(computed: Plan, language: Language) -> None:
    """Print what is doubtful about a plan."""
    if not computed.findings:
        print_line(language.say("No findings."))
    book = bootstrap.shipped_case_of(computed).book
    for finding in computed.findings:
        for line in finding_lines(finding, book, language):
            print_line(line)


def print_rows(rows: Sequence[Sequence[str]]) -> None:
    """Print rows of cells, the header first: what a row is about on the left, everything else from its right end."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *values in rows:
        cells = (f"{value:>{width}}" for value, width in zip(values, widths[1:], strict=True))
        print_line(f"  {name:<{widths[0]}}  {'  '.join(cells)}".rstrip())


def print_line(text: str) -> None:
    """Print plain spaces for no-break ones: a terminal, and who searches its output, wants them."""
    typer.echo(text.replace("\N{NO-BREAK SPACE}", " "))
