"""`zt-planner simulate`: how sure a plan is, and whether a budget and a day hold."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner.cli.inputs import (
    LocaleOption,
    ScenarioFile,
    Settings,
    Today,
    amount_from,
    day_option,
    plain_errors,
    plan_day,
    private_file,
    read_plan,
    unusable,
)
from zt_planner.cli.output import no_schedule, print_line, print_promise, print_rows
from zt_planner.domain.money import LARGEST_AMOUNT, rounded
from zt_planner.domain.scenario.uncertainty import DRAWS, LARGEST_SEED, MOST_DRAWS
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.engine.scheduling.calendar import LAST_DAY
from zt_planner.errors import msgid
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode, language_for

if TYPE_CHECKING:
    from zt_planner.engine.simulation.result import SimulationResult

Draws = Annotated[str, typer.Option("--draws", metavar="NUMBER", help="Number of draws.")]
Seed = Annotated[
    str | None, typer.Option("--seed", metavar="NUMBER", help="Seed of the draws; default: the scenario's own.")
]
Budget = Annotated[str | None, typer.Option("--budget", metavar="AMOUNT", help="Chance of a budget, as in 150000.")]
By = Annotated[str | None, typer.Option("--by", metavar="DATE", help="Chance of a finish by a day, as in 2027-12-31.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print percentiles and chances as JSON.")]
Target = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write every draw into a file: .csv or .parquet.")
]


def simulate(  # noqa: PLR0913, PLR0917 - the options of a command
    scenario: ScenarioFile = None,
    settings: Settings = None,
    draws: Draws = str(DRAWS),
    seed: Seed = None,
    budget: Budget = None,
    by: By = None,
    as_json: AsJson = False,
    out: Target = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Simulate a plan many times: date and budget with 80% confidence, and the chance of meeting both."""
    from zt_planner.engine.simulation.result import simulate as drawn  # noqa: PLC0415 - paid only where it is asked for

    language = language_for(locale)
    with plain_errors(language):
        limit, day = _budget(budget), _by(by)
        count = _whole("--draws", draws, 1, MOST_DRAWS)
        own_seed = () if seed is None else (f"uncertainty.seed={_whole('--seed', seed, 0, LARGEST_SEED)}",)
        suffix = _suffix(out)
        plan = read_plan(scenario, (*(settings or ()), *own_seed), plan_day(today))
        if isinstance(plan, StoppedPlan):
            raise no_schedule(language)
        simulation = drawn(plan, draws=count)
        if out is not None:
            from zt_planner.files.draws import draws_bytes  # noqa: PLC0415 - pandas is paid where it is needed

            with private_file(out) as target:
                target.write(draws_bytes(simulation, suffix))
        if as_json:
            _print_json(plan, simulation, limit, day)
        else:
            _print_simulation(plan, simulation, limit, day, language)


def _whole(option: str, text: str, least: int, most: int) -> int:
    """Read a whole number between two bounds, both inclusive."""
    if not re.fullmatch("[0-9]{1,19}", text) or not least <= int(text) <= most:
        problem = msgid("'{value}' is not a whole number from {least} to {most}")
        raise unusable(
            option, problem, msgid("Enter one, as in {least}"), value=shortened(text), least=least, most=most
        )
    return int(text)


def _budget(text: str | None) -> Decimal | None:
    """Read an amount of money; refuse any other text, and too large an amount."""
    amount = amount_from("--budget", text)
    if amount is not None and not (amount.is_finite() and 0 < amount <= LARGEST_AMOUNT):
        problem, remedy = (
            msgid("'{value}' is not an amount that an introduction could cost"),
            msgid("Write it as 110000 or 110000.00"),
        )
        raise unusable("--budget", problem, remedy, value=shortened(str(text)))
    return None if amount is None else rounded(amount, 2)


def _by(text: str | None) -> date | None:
    """Read a day; refuse one after the last day of any plan."""
    day = day_option("--by", text)
    if day is not None and day > LAST_DAY:
        raise unusable(
            "--by", msgid("No plan reaches to {day}"), msgid("Enter {last} or an earlier day"), day=day, last=LAST_DAY
        )
    return day


def _suffix(out: Path | None) -> str:
    """Return the form in which draws are written; refuse a name that says none."""
    from zt_planner.files.draws import CSV, PARQUET  # noqa: PLC0415 - as above

    suffix = CSV if out is None else out.suffix.lower()
    if suffix not in {CSV, PARQUET}:
        problem, remedy = (
            msgid("the name does not say in which form"),
            msgid("Name a file that ends in .csv or .parquet"),
        )
        raise unusable(str(out), problem, remedy)
    return suffix


def _print_json(plan: Plan, simulation: SimulationResult, budget: Decimal | None, by: date | None) -> None:
    """Print what `summary.json` holds of a simulation, and the chances that were asked for."""
    from zt_planner.files.json_text import json_bytes  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.topics.headline.summary import asked_of, uncertainty_of  # noqa: PLC0415 - the same

    figures = uncertainty_of(plan, simulation) | asked_of(simulation, budget, by)
    typer.echo(json_bytes(figures).decode(), nl=False)


def _print_simulation(
    plan: Plan, simulation: SimulationResult, budget: Decimal | None, by: date | None, language: Language
) -> None:
    """Print what is promised, the percentiles as a table, and the chance of what was asked."""
    from zt_planner.topics.risk.confidence import (  # noqa: PLC0415 - the same
        Target,
        chance_sentence,
        percentile_table,
        simulation_lines,
    )
    from zt_planner.topics.risk.uncertainty import needed_text  # noqa: PLC0415 - the same
    from zt_planner.topics.view import View  # noqa: PLC0415 - the same

    print_promise(View(plan, language, lambda: simulation))
    print_line("")
    print_rows(language.written(percentile_table(plan, simulation)))
    print_line("")
    target = Target(by, budget)
    asked = target != Target()
    answers = (chance_sentence(target, simulation), needed_text(target, simulation)) if asked else ()
    for line in filter(None, map(language.write, (*simulation_lines(plan, simulation), *answers))):
        print_line(line)
