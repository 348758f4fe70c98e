"""The what-ifs of `zt-planner portfolio`: their options, and their answers in lines and tables."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from zt_planner.cli.inputs import unusable
from zt_planner.cli.output import print_blocks, print_line
from zt_planner.domain.scenario.values import LEAST_DAYS_A_WEEK
from zt_planner.errors import msgid
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.files.portfolio.reading import PlanSettings
    from zt_planner.files.portfolio.running import PortfolioRun
    from zt_planner.files.portfolio.what_ifs import WhatIfOptions
    from zt_planner.files.portfolio.writing import Portfolio
    from zt_planner.language import Language

COMPARE, DAYS_A_WEEK, FIRST = "--compare", "--days-a-week", "--first"
MOST_DAYS = Decimal(100_000)
Later = Annotated[
    list[str] | None,
    typer.Option(
        "--later",
        metavar="CLIENT=WEEKS",
        help="Start a client so many weeks later, or on a day, as in acme.json=6 or acme.json=2027-06-07.",
    ),
]
DaysAWeek = Annotated[
    str | None,
    typer.Option(
        DAYS_A_WEEK,
        metavar="NUMBER",
        help="Start clients later so that the consultant's days for all of them are no more than this in a week.",
    ),
]
First = Annotated[
    list[str] | None,
    typer.Option(FIRST, metavar="CLIENT", help="With --days-a-week: give this client its place before the others."),
]
Joint = Annotated[
    bool, typer.Option("--joint", help="Draw all clients together: money and days that are enough for all.")
]
Compare = Annotated[
    bool,
    typer.Option(COMPARE, help="Say what --set and --catalogue change: plan every client also as its file says."),
]
PlansWith: TypeAlias = "Callable[[PlanSettings], dict[str, Plan]]"
"""Plans all clients with some settings."""


def check_compared(is_compared: bool, given: PlanSettings) -> None:
    """Refuse a comparison where nothing is set for all."""
    if is_compared and not given.settings and given.catalogue is None:
        raise unusable(COMPARE, msgid("nothing is set for all plans"), msgid("Use it with --set or --catalogue"))


def options_of(later: list[str] | None, days_a_week: str | None, first: list[str] | None) -> WhatIfOptions:
    """Return what is asked of starts and of the cap; refuse a cap that is no number, and an order without a cap."""
    from zt_planner.files.portfolio.what_ifs import WhatIfOptions  # noqa: PLC0415 - paid only where it is asked for

    most = None
    if days_a_week is not None:
        with suppress(InvalidOperation):
            most = Decimal(days_a_week)
        if most is None or not most.is_finite() or not LEAST_DAYS_A_WEEK <= most <= MOST_DAYS:
            problem = msgid("'{value}' is not a number of days from {least} to {most}")
            remedy = msgid("Write it as 22 or 22.5")
            values = {"value": shortened(days_a_week), "least": LEAST_DAYS_A_WEEK, "most": MOST_DAYS}
            raise unusable(DAYS_A_WEEK, problem, remedy, **values)
    elif first:
        raise unusable(FIRST, msgid("nobody has to wait without a cap"), msgid("Use it with --days-a-week"))
    return WhatIfOptions(tuple(later or ()), most, tuple(first or ()))


def answer_what_ifs(
    options: WhatIfOptions,
    given: PlanSettings,
    kept: Portfolio,
    plans: PlansWith,
    run: PortfolioRun,
    language: Language,
) -> None:
    """Print what becomes of all clients together, and write it beside the other tables."""
    from zt_planner.files.portfolio.what_ifs import WhatIf, answered, write  # noqa: PLC0415 - as above

    answer = WhatIf()
    if options:
        filed = plans(replace(given, settings=(), catalogue=None)) if options.is_compared else None
        answer = answered(options, plans(given), filed, run)
    files = write(answer, kept)
    if blocks := tuple(answer.blocks()):
        print_line("")
        print_blocks(blocks, language, has_narrow_tables=True)
    if files:
        print_line("")
        print_line(language.say("Written to {folder}: {files}", folder=kept.folder, files=", ".join(files)))
