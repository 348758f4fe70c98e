"""`zt-planner level`: a scenario levelled to limits, with what moves and why."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner.cli.inputs import LocaleOption, ScenarioFile, Settings, Today, plain_errors, plan_day, read_plan
from zt_planner.cli.output import no_schedule, print_line, write_scenario
from zt_planner.language import Labelled, Language, LanguageCode, Listed, language_for, series

if TYPE_CHECKING:
    from zt_planner.engine.levelling.proposal import Proposal

IN_CONFLICT = 1
Seconds = Annotated[
    float,
    typer.Option(
        metavar="NUMBER",
        min=0.1,
        max=3600,
        help="At most how long to search for the best order. Preparing the plan, and finding out what would help where "
        "limits conflict, come on top.",
    ),
]
Target = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write the scenario with the reordered tasks into a file."),
]


def level(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    seconds: Seconds = 10.0,
    out: Target = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Find the best order of a scenario's tasks within its limits; exit code 1 if they conflict."""
    from zt_planner.engine.levelling.limits import limits_of  # noqa: PLC0415 - the same
    from zt_planner.engine.levelling.proposal import level as levelled  # noqa: PLC0415 - the same
    from zt_planner.engine.rcpsp.budget import SolverBudget  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.topics.limits.levelling import conflict_report  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        plan = read_plan(scenario, tuple(settings or ()), plan_day(today))
        result = levelled(plan.case, limits=limits_of(plan), solver_budget=SolverBudget(seconds, perf_counter))
        if result.proposal is None and result.conflict is None:
            raise no_schedule(language)
        if result.conflict is not None:
            report = language.written(conflict_report(result.conflict, result.proposal))
            for line in filter(None, (report.headline, report.lead, *report.steps)):
                print_line(line)
            print_line("")
        if result.proposal is not None:
            print_proposal(result.proposal, language)
            if out is not None:
                write_scenario(out, result.proposal.plan.scenario, language)
    if result.proposal is None or result.conflict is not None:
        raise typer.Exit(IN_CONFLICT)


def print_proposal(proposal: Proposal, language: Language) -> None:
    """Print what levelling does, and what moves."""
    from zt_planner.topics.limits import levelling as words  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.topics.limits.tables import moves_table  # noqa: PLC0415 - the same
    from zt_planner.topics.limits.trades import protection_of, trades_of  # noqa: PLC0415 - the same

    said = protection_of(proposal), words.headline_of(proposal), *trades_of(proposal), words.quality_of(proposal)
    for line in language.written((*said, words.teams_note(proposal))):
        print_line(line)
    for effect in words.marked_effects(proposal):
        becomes = language.write(Listed((effect.after, effect.change), ", "))
        print_line(f"  {language.write(Labelled(effect.label, effect.before))} → {becomes}")
    rows = language.written(moves_table(proposal)).rows
    for move, (task, _, before, after, _, why) in zip(proposal.moves, rows, strict=True):
        days = language.write(words.signed_working_days(move.days))
        moved = f"  {language.write(Labelled(task, before))} → {after} ({days})"
        print_line(language.write(series((moved, why))))
