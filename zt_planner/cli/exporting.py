"""`zt-planner export`: a plan in the formats that others work with."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner.cli.inputs import (
    CsvDialect,
    LocaleOption,
    ScenarioFile,
    Settings,
    Today,
    opened,
    plain_errors,
    plan_day,
    private_file,
    read_plan,
    unusable,
)
from zt_planner.cli.output import print_line, write_files
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.work import Parties, WorkScope
from zt_planner.errors import msgid
from zt_planner.files.formats import KINDS, WORD, Format, WordOptions, files_of, formats_of, note_on, one_file
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.media.csv.dialects import Dialect

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.view import AnyView

ALL = "all"
NO_WORK = msgid("the plan has stopped, so there is no work to agree on")
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", metavar="NAME", help="A format, as in pdf; may be given several times. Default: all."),
]
Target = Annotated[
    Path,
    typer.Option("--out", metavar="PATH", help="A folder, or for one format a file such as plan.pdf."),
]
Work = Annotated[
    list[str] | None,
    typer.Option(
        "--work",
        metavar="PART",
        help="What --format work is about, or a chapter of docx: all, or step-1, stage-2; may be given several times.",
    ),
]
WorkOf = Annotated[Parties, typer.Option("--work-of", help="Whose work the statement lists.")]
WordTemplate = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE.dotx", help="Your own Word template, for --format docx or work."),
]


def view_of(computed: AnyPlan, language: Language, comparison: Comparison | None = None) -> AnyView:
    """Return the view of a plan, with the plans that it is compared with."""
    from zt_planner.topics.view import any_view  # noqa: PLC0415 - paid only where files are written

    return any_view(computed, language, written_at=datetime.now(UTC), comparison=comparison)


def export(  # noqa: PLR0913, PLR0917 - the options of a command
    out: Target,
    scenario: ScenarioFile = None,
    formats: Formats = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    dialect: CsvDialect = Dialect.RFC4180,
    today: Today = None,
    template: WordTemplate = None,
    work: Work = None,
    work_of: WorkOf = Parties.BOTH,
) -> None:
    """Write a plan as a workbook, a board paper, a project file, a calendar and more."""
    language = language_for(locale)
    with plain_errors(language):
        named = tuple(dict.fromkeys(map(_format, formats or ())))
        view = view_of(read_plan(scenario, tuple(settings or ()), plan_day(today), language), language)
        wanted = _offered(named, view.plan) or formats_of(view.plan)
        word = WordOptions(_template(template, wanted, language), _work(work or (), work_of, wanted, view))
        for form in named:
            if note := note_on(form, view):
                print_line(language.say(note))
        if out.suffix and not out.is_dir():
            write_one(out, wanted, view, dialect, word)
            print_line(language.say("Written to {file}", file=out))
            return
        files = files_of(wanted, view, dialect, word)
        write_files(out, files)
        print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(files)))


def _work(named: Sequence[str], parties: Parties, wanted: Sequence[Format], view: AnyView) -> WorkScope | None:
    """Return what a statement of work is about; raise for a part that a plan does not have."""
    if not named and parties is Parties.BOTH:
        return None
    from zt_planner.topics.statement_of_work import parts_of  # noqa: PLC0415 - paid only where one is asked for
    from zt_planner.topics.view import StoppedView  # noqa: PLC0415 - the same

    if WORD.isdisjoint(wanted):
        raise unusable("--work", msgid("only Word has a statement of work"), msgid("Add --format work"))
    if isinstance(view, StoppedView):
        raise unusable("--work", NO_WORK, msgid("Mend it first"))
    parts = {part_word(part): part for part in parts_of(view.plan)}
    for word in named:
        if word not in {*parts, ALL}:
            problem, remedy = msgid("'{value}' is not a part of this plan"), msgid("Use one of: {known}")
            raise unusable("--work", problem, remedy, value=shortened(word), known=", ".join((ALL, *parts)))
    return WorkScope(() if ALL in named else tuple(parts[word] for word in dict.fromkeys(named)), parties)


def part_word(part: Step | int) -> str:
    """Return how a part of a plan is named on the command line."""
    return f"step-{part}" if isinstance(part, Step) else f"stage-{part}"


def _template(file: Path | None, wanted: Sequence[Format], language: Language) -> bytes | None:
    """Read and check a Word template; say which styles it lacks."""
    if file is None:
        return None
    from zt_planner.files.imports.word_template import LARGEST_TEMPLATE_BYTES, word_template  # noqa: PLC0415 - paid only where one is given
    from zt_planner.media.docx.document import missing_styles  # noqa: PLC0415 - the same

    if WORD.isdisjoint(wanted):
        raise unusable("--template", msgid("no format that is written has a template"), msgid("Add --format docx"))
    with opened(file, msgid("Name a Word template")) as source:
        template = word_template(source.read(LARGEST_TEMPLATE_BYTES + 1), file.name)
    missing = missing_styles(template)
    if missing:
        text = language.say(
            "{file} lacks these styles; the default ones are used: {styles}", file=file.name, styles=", ".join(missing)
        )
        typer.echo(text, err=True)
    return template


def _format(name: str) -> Format:
    if name not in set(Format):
        problem, remedy = msgid("'{value}' is not a format"), msgid("Use one of: {known}")
        raise unusable("--format", problem, remedy, value=shortened(name), known=", ".join(Format))
    return Format(name)


def _offered(wanted: Sequence[Format], plan: AnyPlan) -> Sequence[Format]:
    """Return the formats that are asked for; refuse the status report, or the work, of a plan that has none."""
    lacking = set(wanted) - set(formats_of(plan))
    if Format.WORK in lacking:
        raise unusable("--format", NO_WORK, msgid("Mend it first"))
    if lacking:
        problem = msgid("a plan without a status date has no status report")
        raise unusable("--format", problem, msgid("Set a status date, as in --set status.at=2027-04-15"))
    return wanted


def write_one(out: Path, wanted: Sequence[Format], view: AnyView, dialect: Dialect, word: WordOptions) -> None:
    """Write one format into a file; refuse several, and a name that says something else."""
    if len(wanted) > 1:
        problem = msgid("several formats do not go into one file")
        raise unusable(str(out), problem, msgid("Name a folder, or one format with --format"))
    form = wanted[0]
    ending = KINDS[form].file.rpartition(".")[2]
    if out.suffix.lower() != f".{ending}":
        problem, remedy = msgid("a file of this format ends in .{ending}"), msgid("Use this ending")
        raise unusable(str(out), problem, remedy, ending=ending)
    content = one_file(form, view, dialect, word)
    with suppress(OSError):  # writing the file says what is in the way
        out.parent.mkdir(parents=True, exist_ok=True)
    with private_file(out) as target:
        target.write(content)
