"""`zt-planner standstill`: how many days at a standstill cost as much as the plan, and what others report of losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.cli.inputs import LocaleOption, ScenarioFile, Settings, Today, asked_about
from zt_planner.cli.output import print_line, print_records
from zt_planner.errors import msgid
from zt_planner.language import LanguageCode

if TYPE_CHECKING:
    from zt_planner.topics.view import View

NO_DAY_COST = msgid("Set what a day at a standstill costs you, as in --set company.standstill_day_cost=20000.")


def standstill(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say how many days at a standstill cost as much as the plan, and what others report about losses."""
    with asked_about(scenario, settings, locale, today) as context:
        print_standstill(context)


def print_standstill(context: View) -> None:
    """Print sentences, published losses, and what the article says."""
    from zt_planner.topics.published import claims_table, losses_table  # noqa: PLC0415 - as above
    from zt_planner.topics.risk.standstill import standstill_sentences  # noqa: PLC0415 - paid only where it is asked for

    language = context.language
    if context.plan.scenario.company.standstill_day_cost is None:
        print_line(language.say(NO_DAY_COST))
    for text in standstill_sentences(context):
        print_line(text)
    for table in (losses_table(context), claims_table(context)):
        print_line("")
        print_records(table, language)
