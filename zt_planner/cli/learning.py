"""`zt-planner learn`: what finished plans took against their estimates, as rows of a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.comparing import check_named_once
from zt_planner.cli.inputs import (
    LocaleOption,
    Today,
    named_catalogue,
    opened,
    plain_errors,
    plan_day,
    plan_of,
    private_file,
    unusable,
)
from zt_planner.cli.output import print_line, print_rows
from zt_planner.errors import msgid
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode, language_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.learning import FinishedPlan

FinishedPlans = Annotated[
    list[Path], typer.Argument(metavar="PLAN...", help="Finished plans: scenarios, bundles or saved sessions.")
]
LeftOut = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="TASK", help="Learn nothing about a task, as in sso; may be given several times."
    ),
]
CatalogueOut = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.zttemplate", help="Write what was learned as a catalogue.")
]


def learn(
    files: FinishedPlans,
    out: CatalogueOut = None,
    without: LeftOut = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Propose new efforts and ranges from finished plans, and say how well their promises held."""
    from zt_planner.engine.learning import kept_promises, learned, with_learned  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.files.catalogue import catalogue_bytes  # noqa: PLC0415 - the same
    from zt_planner.topics.learning import NOTHING_FINISHED, kept_lines, learned_table, learning_note  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        check_named_once(files)
        day, left_out, catalogue = plan_day(today), set(without or ()), named_catalogue()
        model = bootstrap.phase_model() if catalogue is None else catalogue.model(bootstrap.phase_model())
        check_ids(left_out, model)
        plans = [plan for file in files for plan in finished_in(file, day, model, language)]
        found = [each for each in learned(plans, model) if each.task.id not in left_out]
        table = learned_table(found)
        if found:
            print_rows(language.written((table.columns, *table.rows)))
            print_line(language.write(learning_note()))
        else:
            print_line(language.write(NOTHING_FINISHED))
        for line in kept_lines(kept_promises(plans)):
            print_line(language.write(line))
        if out is not None and found:
            with private_file(out) as target:
                target.write(catalogue_bytes(with_learned(catalogue, found, language.say("Learned efforts"), day)))
            print_line(language.say("Written to {file}", file=out))


def check_ids(task_ids: Collection[str], model: PhaseModel) -> None:
    """Refuse the id of a task that the model does not have."""
    unknown = next((key for key in sorted(task_ids) if key not in model.by_id), None)
    if unknown is not None:
        problem, remedy = msgid("there is no task '{value}'"), msgid("Name an id of tasks.csv, as in mfa_rollout")
        raise unusable("--without", problem, remedy, value=shortened(unknown))


def finished_in(file: Path, day: date, model: PhaseModel, language: Language) -> Iterator[FinishedPlan]:
    """Yield the plan of a file where every task of it is finished; otherwise say that it is left out."""
    from zt_planner.engine.learning import finished_plan, is_finished  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.topics.learning import promised_by  # noqa: PLC0415 - the same
    from zt_planner.topics.view import View, any_view  # noqa: PLC0415 - the same

    view = any_view(plan_of(scenario_in(file), day), language)
    if isinstance(view, View) and is_finished(view.plan):
        yield finished_plan(view.plan, promised_by(view), model)
    else:
        print_line(language.say("{file} is left out: it has open tasks, or no status.", file=file.name))


def scenario_in(file: Path) -> Scenario:
    """Return the scenario of a file: a scenario, a bundle, or a saved session."""
    from zt_planner.files.plan_file import LARGEST_PLAN_BYTES, scenario_of_file  # noqa: PLC0415 - paid only where it is asked for

    with opened(file, msgid("Name a plan")) as source:
        content = source.read(LARGEST_PLAN_BYTES + 1)
    return scenario_of_file(content, file.name, bootstrap.price_book(), bootstrap.phase_model())
