"""`zt-planner leave-out`: what a plan would cost, and when it would be done, without each part of it."""

from __future__ import annotations

from zt_planner.cli.inputs import CsvDialect, LocaleOption, Out, ScenarioFile, Settings, Today, plan_view
from zt_planner.cli.output import no_schedule, print_blocks, print_line, write_files
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.view import StoppedView


def leave_out(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    out: Out = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    dialect: CsvDialect = Dialect.RFC4180,
    today: Today = None,
) -> None:
    """Say what leaving out a step, a choice or a proposed task would change; with --out write left_out.csv."""
    from zt_planner.engine.compare.option import options_without, with_team_in_time  # noqa: PLC0415 - the same
    from zt_planner.media.csv.files import left_out_files  # noqa: PLC0415 - paid where it is asked for
    from zt_planner.topics.compare.options import left_out_group  # noqa: PLC0415 - the same

    with plan_view(scenario, settings, locale, today) as view:
        if isinstance(view, StoppedView):
            raise no_schedule(view.language)
        plan, language = view.plan, view.language
        options = tuple(with_team_in_time(plan, option) for option in options_without(plan))
        files = None if out is None else left_out_files(plan, language, dialect, options)
        if out is not None and files is not None:
            write_files(out, files)
        print_blocks(left_out_group(view, options).blocks, language)
        if out is not None and files is not None:
            print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(files)))
