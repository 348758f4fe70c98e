"""`zt-planner questions`: which answers about a company matter most, and the questions as a table to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import CsvDialect, LocaleOption, ScenarioFile, Settings, Today, plan_view, private_file
from zt_planner.cli.output import no_schedule, print_blocks, print_line
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.view import StoppedView

FormFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write the questions as a CSV file to fill in.")
]


def questions(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    out: FormFile = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    dialect: CsvDialect = Dialect.RFC4180,
    today: Today = None,
) -> None:
    """Say which answers about the company matter most; with --out write the questions to fill in."""
    from zt_planner.engine.interview import known_answers, ranges  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.media.csv.files import questions_file  # noqa: PLC0415 - the same
    from zt_planner.topics.interview.blocks import interview_group  # noqa: PLC0415 - the same
    from zt_planner.topics.nis2.insurer import added_task  # noqa: PLC0415 - the same

    with plan_view(scenario, settings, locale, today) as view:
        plan, language, interview = view.plan, view.language, bootstrap.interview()
        if out is not None:
            with private_file(out) as file:
                file.write(questions_file(plan, interview, language, dialect))
        if isinstance(view, StoppedView):
            raise no_schedule(language)
        known = known_answers(interview, plan.scenario)
        found = tuple(ranges(view.plan, interview, added_task(plan.case, language)))
        print_blocks(interview_group(view.plan, found, known).blocks, language)
        if out is not None:
            print_line(language.say("Written to {file}", file=out))
