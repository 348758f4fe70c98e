"""All headline figures as rows of label and value: what the command line prints.

Laws: a figure shows the same cents as `Headlines`; internal work stands apart
from the money; an unpriced plan says so in its first row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zt_planner.topics.figure import FigureContext, FigureList, amount_words, text_in
from zt_planner.topics.gross_and_currency import amount_forms_of, in_one_line
from zt_planner.topics.headline.lists import figures_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.figure import Figure

CENTS = 2


class FigureRow(NamedTuple):
    """One figure: what it is and what it comes to, with VAT and in another currency where that is asked for."""

    label: str
    value: str
    other_forms: str = ""


def overview_of(plan: Plan, language: Language) -> tuple[FigureRow, ...]:
    """Return the figures in the order of the conversation; nothing for a plan without a schedule."""
    if plan.headlines is None:
        return ()
    context = FigureContext(plan, plan.headlines, plan.case.book, language)
    return (*_warnings(plan, language), *(_row(figure, context) for figure in figures_in(FigureList.LIST, plan)))


def _warnings(plan: Plan, language: Language) -> Iterator[FigureRow]:
    say = language.say
    if not plan.shows_labour:
        yield FigureRow(say("Amounts"), say("without labour"))
    if not plan.is_complete:
        yield FigureRow(say("Totals"), say("incomplete: prices are missing"))


def _row(figure: Figure, context: FigureContext) -> FigureRow:
    """Return a figure's row, an amount with its other forms."""
    plan, language, amount = context.plan, context.language, figure.money(context.plan)
    amount_forms = amount_forms_of(plan)
    return FigureRow(
        text_in(figure.list_title or figure.title, context),
        text_in(figure.list_value, context) or language.write(amount_words(figure.amount(plan), figure.unit)),
        ""
        if amount is None
        else language.write(
            in_one_line(amount_forms.forms(amount, CENTS, carries_vat=not figure.is_labour, is_short=True))
        ),
    )
