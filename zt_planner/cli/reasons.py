"""`zt-planner law`, `insurer` and `standstill`: what laws and insurers ask for, and what a standstill costs."""

from __future__ import annotations

from typing import Annotated

import typer

from zt_planner.cli.inputs import LocaleOption, ScenarioFile, Settings, Today, plan_view, unusable
from zt_planner.cli.output import no_schedule, print_blocks, print_line, print_no_schedule
from zt_planner.errors import msgid
from zt_planner.language import LanguageCode
from zt_planner.topics.view import StoppedView

Country = Annotated[
    str | None,
    typer.Option("--country", metavar="CODE", help="The two letters of a country, as in AT; default: the plan's."),
]
NO_DAY_COST = msgid("Set what a day at a standstill costs you, as in --set company.standstill_day_cost=20000.")


def law(
    scenario: ScenarioFile = None,
    country: Country = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say what the law of a country asks for, whether it probably applies, and what the plan does for the directors."""
    from zt_planner.topics.nis2.blocks import law_group  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.topics.nis2.regulation import countries_known  # noqa: PLC0415 - the same

    with plan_view(scenario, settings, locale, today) as view:
        known = countries_known(view)
        code = None if country is None else country.upper()
        if code is not None and code not in known:
            problem, remedy = msgid("nothing is known of the country '{value}'"), msgid("Use one of: {known}")
            raise unusable("--country", problem, remedy, value=country, known=", ".join(sorted(known)))
        if isinstance(view, StoppedView):
            print_no_schedule(view.language)
        print_blocks(law_group(view, code).blocks, view.language)


def insurer(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say what a cyber insurer asks, and from which day on the answer is yes."""
    from zt_planner.topics.nis2.blocks import insurer_group  # noqa: PLC0415 - paid only where it is asked for

    with plan_view(scenario, settings, locale, today) as view:
        if isinstance(view, StoppedView):
            raise no_schedule(view.language)
        group = insurer_group(view)
        print_blocks(() if group is None else group.blocks, view.language)


def standstill(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say how many days at a standstill cost as much as the plan, and what others report about losses."""
    from zt_planner.topics.risk.blocks import standstill_group  # noqa: PLC0415 - paid only where it is asked for

    with plan_view(scenario, settings, locale, today) as view:
        if isinstance(view, StoppedView):
            print_no_schedule(view.language)
        elif view.plan.scenario.company.standstill_day_cost is None:
            print_line(view.language.say(NO_DAY_COST))
        print_blocks(standstill_group(view).blocks, view.language)
