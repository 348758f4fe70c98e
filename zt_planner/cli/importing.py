"""`zt-planner import`: what a file that came back changes, and the scenario that it leads to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import LocaleOption, OutFile, Today, opened, plain_errors, plan_day, plan_of, read_plan
from zt_planner.cli.output import print_line, write_scenario
from zt_planner.domain.incoming import Incoming
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import msgid
from zt_planner.language import Language, LanguageCode, language_for

IncomingFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A scenario, bundle, catalogue, workbook, CSV table, bookings or project file."
    ),
]
Onto = Annotated[
    Path | None, typer.Option("--onto", metavar="SCENARIO.json", help="The plan to compare the file with.")
]


def import_file(
    file: IncomingFile,
    onto: Onto = None,
    out: OutFile = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Show what an imported file changes; with --out write the scenario with its changes."""
    language = language_for(locale)
    with plain_errors(language):
        day = plan_day(today)
        before = read_plan(onto, (), day)
        incoming = read(file, before, day)
        scenario = led_to(incoming, before, is_onto=onto is not None)
        print_incoming(incoming, before, scenario, language, day)
        if out is not None:
            write_scenario(out, scenario, language)


def read(file: Path, before: AnyPlan, day: date) -> Incoming:
    """Read a file and compare it with a plan."""
    from zt_planner.files.imports.bookings import LARGEST_BOOKINGS_BYTES  # noqa: PLC0415 - paid only where it is read
    from zt_planner.workspace.incoming import OpenPlan, read_file  # noqa: PLC0415 - the same

    with opened(file, msgid("Name a file that ZT Planner has written")) as source:
        content = source.read(LARGEST_BOOKINGS_BYTES + 1)
    data = bootstrap.price_book(), bootstrap.phase_model()
    return read_file(content, file.name, OpenPlan(before, *data, day, bootstrap.interview()))


def led_to(incoming: Incoming, before: AnyPlan, *, is_onto: bool) -> Scenario:
    """Return the resulting scenario: the changes of a file, applied to the named plan.

    Without one, or if the file holds a whole plan and no changes, they are applied to the plan of the file.
    """
    from zt_planner.files.scenario_json import with_values  # noqa: PLC0415 - the same

    is_whole = incoming.scenario is not None and not (is_onto and incoming.edits)
    base = incoming.scenario if is_whole and incoming.scenario is not None else before.scenario
    return with_values(base, incoming.edits)


def print_incoming(incoming: Incoming, before: AnyPlan, scenario: Scenario, language: Language, day: date) -> None:
    """Print what a file changes, what it does, and what is left out."""
    from zt_planner.domain.differences import differences  # noqa: PLC0415 - the same
    from zt_planner.topics.record.incoming import changes_table, import_effect_text, kind_text, notice_lines  # noqa: PLC0415 - the same

    after = plan_of(scenario, day)
    print_line(language.write(kind_text(incoming)))
    for line in map(language.write, notice_lines(incoming.notices)):
        print_line(line)
    table = changes_table(differences(before.scenario, after.scenario), after.case)
    for name, was, becomes in language.written(table.rows):
        print_line(f"  {language.labelled(name, was)} → {becomes}")
    print_line(language.write(import_effect_text(before, after)))
    for line in map(language.write, notice_lines(incoming.left_out)):
        print_line(line)
