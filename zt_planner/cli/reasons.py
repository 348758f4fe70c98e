"""`zt-planner law`, `insurer` and `standstill`: what laws and insurers ask for, and what a standstill costs."""

from __future__ import annotations

from typing import Annotated

import typer

from zt_planner.cli.inputs import LocaleOption, ScenarioFile, Settings, Today, plan_view, unusable
from zt_planner.cli.output import print_line, print_records
from zt_planner.errors import msgid
from zt_planner.language import LanguageCode

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
    from zt_planner.topics.nis2 import dues, regulation  # noqa: PLC0415 - paid only where it is asked for

    with plan_view(scenario, settings, locale, today) as context:
        known = regulation.countries_known(context)
        code = None if country is None else country.upper()
        if code is not None and code not in known:
            problem, remedy = msgid("nothing is known of the country '{value}'"), msgid("Use one of: {known}")
            raise unusable("--country", problem, remedy, value=country, known=", ".join(sorted(known)))
        law_of_country = regulation.law_in(context, code)
        if law_of_country is None:
            return
        language = context.language
        print_line(language.write(regulation.law_sentence(law_of_country)))
        for badge in regulation.law_badges(law_of_country):
            print_line(f"[{language.write(badge.text)}]")
        print_line(language.write(regulation.applies_sentence(law_of_country)))
        print_records(dues.due_table(law_of_country), context.language)
        print_records(regulation.duty_table(law_of_country), context.language)
        for note in regulation.law_notes(law_of_country):
            print_line(language.write(note))


def insurer(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say what a cyber insurer asks, and from which day on the answer is yes."""
    from zt_planner.topics.nis2 import insurer as questions  # noqa: PLC0415 - paid only where it is asked for

    with plan_view(scenario, settings, locale, today) as context:
        print_line(context.language.write(questions.insurer_sentence(context)))
        for caution in questions.insurer_cautions(context):
            print_line(context.language.write(caution))
        print_records(questions.insurer_table(context), context.language)
        print_line(context.language.write(questions.insurer_source(context)))


def standstill(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say how many days at a standstill cost as much as the plan, and what others report about losses."""
    from zt_planner.topics.published import claims_table, losses_table  # noqa: PLC0415 - the same
    from zt_planner.topics.risk.standstill import standstill_sentences  # noqa: PLC0415 - paid only where it is asked for

    with plan_view(scenario, settings, locale, today) as context:
        language = context.language
        if context.plan.scenario.company.standstill_day_cost is None:
            print_line(language.say(NO_DAY_COST))
        for text in standstill_sentences(context):
            print_line(language.write(text))
        for table in (losses_table(context), claims_table(context)):
            print_line("")
            print_records(table, language)
