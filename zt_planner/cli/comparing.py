"""`zt-planner compare`: plans side by side, and what each group of inputs adds on the way from the first to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.exporting import view_of
from zt_planner.cli.importing import read
from zt_planner.cli.inputs import (
    CsvDialect,
    LocaleOption,
    Today,
    named_in,
    plain_errors,
    plan_day,
    read_plan,
    unusable,
    with_catalogue,
)
from zt_planner.cli.output import print_line, print_rows, write_files
from zt_planner.domain.incoming import FileKind
from zt_planner.engine.case import Case
from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.files.formats import Format, files_in
from zt_planner.gaps import Count, shortened
from zt_planner.language import Labelled, Language, LanguageCode, language_for
from zt_planner.media.csv.dialects import Dialect

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.compare.sentences import Side

FEWEST, MOST = 2, 4
PlanFiles = Annotated[list[Path], typer.Argument(metavar="PLAN.json", help="Two to four scenarios or bundles.")]
ComparisonOut = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="Write tables, a picture, the workbook and the board paper into a folder."
    ),
]


def compare(
    files: PlanFiles,
    out: ComparisonOut = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    dialect: CsvDialect = Dialect.RFC4180,
    why: Annotated[
        str | None, typer.Option("--why", metavar="FIGURE", help="Say why this figure differs, such as finish_date.")
    ] = None,
    today: Today = None,
) -> None:
    """Compare two to four plans: figures, inputs, findings, and what leads from the first to each other."""
    from zt_planner.engine.compare.comparison import comparison_of  # noqa: PLC0415 - paid only where it is asked for

    language = language_for(locale)
    with plain_errors(language):
        check_files(files)
        check_figure(why)
        cases = cases_of(files, plan_day(today), language)
        comparison = comparison_of(cases)
        written = None if out is None else files_of(next(iter(cases.values())), comparison, language, dialect)
        if out is not None and written is not None:
            write_files(out, written)
        if why is None:
            print_comparison(comparison, language)
        else:
            print_why(why, comparison, language)
        if out is not None and written is not None:
            print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(written)))


def files_of(first: Case, comparison: Comparison, language: Language, dialect: Dialect) -> dict[str, bytes]:
    """Return tables and picture of a comparison, and workbook and board paper of the first plan with the others."""
    from zt_planner.engine.planner import build_plan  # noqa: PLC0415 - paid only where files are written
    from zt_planner.media.csv.comparison import comparison_files  # noqa: PLC0415 - the same
    from zt_planner.media.typst.typesetting import compared_pictures  # noqa: PLC0415 - the same

    view = view_of(build_plan(first), language, comparison)
    papers = {**files_in(Format.XLSX, view, dialect), **files_in(Format.PDF, view, dialect)}
    drawn = compared_pictures(comparison, language)
    return {**comparison_files(comparison, language, dialect), **drawn, **papers}


def check_files(files: Sequence[Path]) -> None:
    """Refuse too few files, too many, and one that is named twice."""
    if not FEWEST <= len(files) <= MOST:
        count = Count("{n} plan was named", "{n} plans were named", len(files))
        raise unusable("compare", "{count}", msgid("Name two to four"), count=count)
    check_named_once(files)


def check_named_once(files: Sequence[Path]) -> None:
    """Refuse a file that is named twice."""
    known: set[Path] = set()
    for file in files:
        if file.resolve() in known:
            raise unusable(str(file), msgid("the file is named twice"), msgid("Name another plan"))
        known.add(file.resolve())


def check_figure(why: str | None) -> None:
    """Refuse the name of a figure that is not compared."""
    from zt_planner.topics.compare.side_by_side import COMPARED  # noqa: PLC0415 - paid only where it is asked for

    if why is not None and why not in COMPARED:
        problem, remedy = msgid("'{value}' is not a figure that is compared"), msgid("Use one of: {known}")
        raise unusable("--why", problem, remedy, value=shortened(why), known=", ".join(COMPARED))


def cases_of(files: Sequence[Path], day: date, language: Language) -> dict[str, Case]:
    """Read the plans by the names of their files; print the notices about bundles."""
    cases, default = {}, read_plan(None, (), day)
    is_told_apart = len({file.name for file in files}) == len(files)
    for file in files:
        try:
            cases[file.name if is_told_apart else str(file)] = case_in(file, default, day, language)
        except ScenarioError as error:
            raise ScenarioError(tuple(in_file(problem, file) for problem in error.problems)) from None
    return cases


def in_file(problem: FieldProblem, file: Path) -> FieldProblem:
    """Return the problem of a field with its file; a problem of the file itself stays as it is."""
    return problem if problem.path == str(file) else replace(problem, path=f"{file}, {problem.path}")


def case_in(file: Path, beside: AnyPlan, day: date, language: Language) -> Case:
    from zt_planner.engine.case import case_of  # noqa: PLC0415 - as above
    from zt_planner.topics.record.incoming import notice_lines  # noqa: PLC0415 - the same

    incoming = read(file, beside, day)
    if incoming.scenario is None or incoming.source not in {FileKind.SCENARIO, FileKind.BUNDLE}:
        problem, remedy = msgid("it is neither a scenario nor a bundle"), msgid("Name scenario.json, or a .ztplan file")
        raise unusable(str(file), problem, remedy)
    for line in map(language.write, notice_lines(incoming.notices)):
        print_line(line)
    scenario = named_in(with_catalogue(incoming.scenario), language)
    return case_of(scenario, bootstrap.price_book(), bootstrap.phase_model(), today=day)


def print_why(figure: str, comparison: Comparison, language: Language) -> None:
    """Print why a figure of each other plan differs from that of the first one."""
    from zt_planner.media.console import trace_lines  # noqa: PLC0415 - the same
    from zt_planner.topics.compare.side_by_side import against  # noqa: PLC0415 - as above
    from zt_planner.topics.compare.why import explain_difference  # noqa: PLC0415 - the same
    from zt_planner.topics.figure_names import difference_name  # noqa: PLC0415 - the same

    for number, variant in enumerate(comparison.others):
        trace = explain_difference(difference_name(variant.letter, figure), comparison)
        way = language.write(against(variant.letter, comparison.first.letter))
        if number:
            print_line("")
        if trace is None:
            print_line(language.say("{way}: this figure is not known of both plans.", way=way))
            continue
        print_line(language.write(Labelled(trace.title, trace.shown)))
        for line in trace_lines(trace, (), language):
            print_line(line)


def print_comparison(comparison: Comparison, language: Language) -> None:
    """Print the key figures side by side, then each plan beside the first one."""
    from zt_planner.topics.compare.sentences import comparison_notes, side_of  # noqa: PLC0415 - the same
    from zt_planner.topics.compare.side_by_side import figure_table, promise_table  # noqa: PLC0415 - as above
    from zt_planner.topics.view import any_view  # noqa: PLC0415 - the same

    for variant in comparison.variants:
        company = variant.case.scenario.company.name
        print_line(f"{variant.letter}  {variant.name}{f' ({company})' if company else ''}")
    views = {variant.letter: any_view(variant.plan, language) for variant in comparison.variants}
    for table in (promise_table(comparison, views), figure_table(comparison)):
        if table.rows:
            print_line("")
            print_rows(language.written((table.columns, *table.rows)))
    print_line("")
    for line in comparison_notes(comparison):
        print_line(language.write(line))
    for variant in comparison.others:
        print_line("")
        print_side(side_of(variant, comparison), language)


def print_side(side: Side, language: Language) -> None:
    """Print what differs from the first plan, what it does, and which findings are new, gone or changed."""
    print_line(language.write(side.title))
    for line in side.inputs or (language.say("No input differs."),):
        print_line(f"  * {language.write(line)}")
    if side.bars.rows:
        print_line("")
        print_rows(language.written((side.bars.columns, *side.bars.rows)))
        print_line("")
    for line in (*side.sentences, *side.findings):
        print_line(f"  {language.write(line)}")
