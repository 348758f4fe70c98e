"""`zt-planner losses`: what doing nothing may cost by each view, and what the plan changes about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner.cli.inputs import LocaleOption, ScenarioFile, Settings, Today, asked_about
from zt_planner.cli.output import print_line, print_records, print_rows
from zt_planner.language import LanguageCode

if TYPE_CHECKING:
    from zt_planner.reports.tables.table import Table
    from zt_planner.reports.trace import TraceContext

AsJson = Annotated[bool, typer.Option("--json", help="Print views, sources and controls as JSON.")]


def losses(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Say what doing nothing may cost, by whose figures, and what the plan changes about it."""
    with asked_about(scenario, settings, locale, today) as context:
        if as_json:
            print_json(context)
        else:
            print_losses(context)


def print_json(context: TraceContext) -> None:
    """Print what each view and its sources come to for other programs."""
    from zt_planner.formats.json_text import json_bytes  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.reports.analyses.reasons.losses import outlook_in  # noqa: PLC0415 - as above
    from zt_planner.reports.figures.loss_data import losses_data  # noqa: PLC0415 - as above

    typer.echo(json_bytes(losses_data(outlook_in(context))).decode(), nl=False)


def print_losses(context: TraceContext) -> None:
    """Print views, sentences, curve, controls and what the article says."""
    from zt_planner.reports.analyses.reasons import loss_tables as tables  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.reports.analyses.reasons.losses import nothing_known, outlook_in, sentences  # noqa: PLC0415 - as above

    language, outlook = context.language, outlook_in(context)
    if outlook is None:
        print_line(nothing_known(context))
        return
    for text in sentences(outlook, language):
        print_line(text)
    print_line("")
    print_records(tables.views_table(outlook, language), language)
    print_line("")
    print_line(language.say("Chance of a loss above an amount within three years, without the plan"))
    print_curves(tables.curve_table(tables.view_curves(outlook, language), language))
    if outlook.chosen is not None:
        print_line("")
        print_curves(tables.curve_table(tables.plan_curves(outlook, outlook.chosen, language), language))
    print_line("")
    print_records(tables.controls_table(outlook, language), language)
    print_line("")
    print_records(tables.claims_table(context), language)


def print_curves(table: Table) -> None:
    """Print a table of chances in columns."""
    print_rows((table.columns, *table.rows))
