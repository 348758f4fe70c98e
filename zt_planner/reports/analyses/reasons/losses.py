"""Doing nothing beside the plan, in words (M28); `loss_tables` has the tables.

Laws: views that differ are set side by side, never averaged; what a control takes away is never said as money that
comes back.
"""

from __future__ import annotations

import math
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING

from zt_planner.domain.data.losses import LossView
from zt_planner.engine.losses import outlook_of
from zt_planner.errors import msgid
from zt_planner.reports.figure_names import LossFigure, loss_figure_name
from zt_planner.reports.words.labels import bounded_money, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.losses import LossEstimate, LossOutlook, SourceLoss
    from zt_planner.language import Language
    from zt_planner.reports.trace import TraceContext

LARGE = 100_000
"""The loss above which a chance is told, in EUR."""
LEAST_TOLD, WHOLE_FROM, MOST_TOLD = 0.001, 0.1, 0.995
PLACES_OF_SHARE = 4
LEAST_SOURCES = 2
WITH_AMOUNTS = {
    LossView.INSURERS: msgid("insurers {amount}"),
    LossView.PUBLIC_EVENTS: msgid("public events {amount}"),
    LossView.SURVEYS: msgid("surveys {amount}"),
    LossView.OWN: msgid("your own view {amount}"),
}
"""A view and what it comes to, within a sentence."""


def loss_chance(chance: float, language: Language) -> str:
    """Write a chance with a place below 10 %; one near 0 or 1 as a bound."""
    if chance == 0:
        return language.percent(Decimal(0))
    if not LEAST_TOLD <= chance < MOST_TOLD:
        return language.say("less than 0.1%") if chance < LEAST_TOLD else language.say("more than 99%")
    return language.percent(Decimal(str(chance)), 1 if chance < WHOLE_FROM else 0)


def frequency_text(frequency: float, language: Language) -> str:
    """Write the losses of a year, or a share of losses, with as many places as it takes to calculate with them.

    A small one has a first digit, so that none above 0 is written as 0.
    """
    places = PLACES_OF_SHARE if not frequency else max(PLACES_OF_SHARE, -math.floor(math.log10(frequency)))
    share = Decimal(f"{frequency:.{places}f}").normalize()
    return language.percent(share, max(0, -int(share.as_tuple().exponent) - 2))


def euros(amount: float, language: Language) -> str:
    """Write an amount in whole euros."""
    return language.money(Decimal(str(amount)))


def nothing_known(context: TraceContext) -> str:
    """Say why there is no outlook."""
    if context.plan.headlines is None:
        return context.language.say("There is no schedule; the findings say why.")
    return context.language.say("The data that this plan was saved with hold no figures of losses.")


def outlook_in(context: TraceContext) -> LossOutlook | None:
    """Return doing nothing beside the plan that is asked about."""
    return outlook_of(context.plan, context.case)


def lead_sentence(outlook: LossOutlook, language: Language) -> str:
    """Return what doing nothing comes to by the chosen view, and what is left of it once the plan is done."""
    say, chosen = language.say, outlook.chosen
    view = label(outlook.choice, language)
    if chosen is None and outlook.choice is LossView.OWN:
        return say("Your own view lacks a figure: fill in its chance, its median and its P95.")
    if chosen is None:
        return say("{view}: there is no exchange rate for the currency of its source.", view=view)
    if not chosen.yearly():
        return say("{view}: with a chance of 0 there is no loss, with the plan or without.", view=view)
    return say(
        "{view}: an expected loss of {before} a year without the plan, {after} once it is done.",
        view=view,
        before=euros(chosen.yearly(), language),
        after=euros(chosen.yearly(outlook.done), language),
    )


def published_views(outlook: LossOutlook) -> list[LossEstimate]:
    """Return the published views that have a loss."""
    return [view for choice, view in outlook.views.items() if choice is not LossView.OWN and view.yearly()]


def published_sources(outlook: LossOutlook) -> list[tuple[float, SourceLoss]]:
    """Return every source of a published view with its expected loss a year, the lowest first; none without a loss."""
    found = ((loss.yearly, loss) for view in published_views(outlook) for loss in view.sources)
    return sorted(((yearly, loss) for yearly, loss in found if yearly), key=itemgetter(0))


def views_text(outlook: LossOutlook, language: Language) -> str:
    """Return the expected loss a year of every view, as within a sentence."""
    yearly = {view: outlook.views[view].yearly() for view in LossView if view in outlook.views}
    return ", ".join(
        language.say(WITH_AMOUNTS[view], amount=euros(amount, language)) for view, amount in yearly.items()
    )


def views_sentences(outlook: LossOutlook, language: Language) -> tuple[str, ...]:
    """Return what doing nothing comes to by every view, by which factor all their sources differ, and why they do.

    Nothing without a view; without two published sources of a loss nothing of a factor.
    """
    say, sources = language.say, published_sources(outlook)
    if not outlook.views:
        return ()
    by_view = say("Expected loss a year if you do nothing: {views}.", views=views_text(outlook, language))
    if len(sources) < LEAST_SOURCES:
        return (by_view,)
    (low, _), (high, _) = sources[0], sources[-1]
    return (
        by_view,
        say(
            "By single source, the expected loss a year is {low} to {high}, a factor of {factor}.",
            low=euros(low, language),
            high=euros(high, language),
            factor=language.number(Decimal(str(high / low))),
        ),
        say("The sources count different things and different companies. There is no average of them."),
    )


def yearly_chance(outlook: LossOutlook, chosen: LossEstimate) -> float:
    """Return the chance of a loss in a year as it was entered; what is published as it was published."""
    own = outlook.plan.scenario.losses.chance
    return float(own) if outlook.choice is LossView.OWN and own is not None else chosen.frequency


def break_even_sentence(outlook: LossOutlook, language: Language) -> str:
    """Return from which loss on the plan pays for itself in three years."""
    say, chosen = language.say, outlook.chosen
    if chosen is None:
        return ""
    if not outlook.plan.shows_labour:
        return say("When the plan pays for itself is not shown, because labour is hidden.")
    if outlook.avoided(chosen) <= 0:
        return say("The plan reduces no loss of this view, so it does not pay for itself.")
    found = outlook.break_even(chosen)
    if found is None:
        return say("When the plan pays for itself is not known: prices are missing.")
    sentence = (
        msgid(
            "In three years the plan costs {cost}, without your own team's days. It pays for itself if a serious "
            "incident would cost more than {loss} with a chance of more than {chance} a year."
        )
        if found.is_whole
        else msgid(
            "In three years the plan costs {cost}, as prices are missing, without your own team's days. It pays for "
            "itself only if a serious incident would cost {loss} with a chance of more than {chance} a year."
        )
    )
    return say(
        sentence,
        cost=bounded_money(found.cost, language, is_whole=found.is_whole),
        loss=bounded_money(Decimal(str(found.loss)), language, is_whole=found.is_whole),
        chance=frequency_text(yearly_chance(outlook, chosen), language),
    )


def week_sentence(outlook: LossOutlook, language: Language) -> str:
    """Return what a week of delay costs in expected losses; nothing where no loss is taken away."""
    chosen = outlook.chosen
    if chosen is None or not outlook.week_of_delay(chosen):
        return ""
    return language.say(
        "If everything is finished a week later, the expected loss rises by {amount}.",
        amount=euros(outlook.week_of_delay(chosen), language),
    )


def told_figures(outlook: LossOutlook) -> Iterator[LossFigure]:
    """Yield what is said of the chosen view and can be explained."""
    chosen = outlook.chosen
    if chosen is None:
        return
    yield LossFigure.AFTER
    if outlook.week_of_delay(chosen):
        yield LossFigure.WEEK
    if outlook.break_even(chosen) is not None:
        yield LossFigure.BREAK_EVEN


def chosen_sentences(outlook: LossOutlook, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what is said of the chosen view, each with the name of its figure; empty where none explains it."""
    told = set(told_figures(outlook))
    for text, figure in (
        (lead_sentence(outlook, language), LossFigure.AFTER),
        (break_even_sentence(outlook, language), LossFigure.BREAK_EVEN),
        (week_sentence(outlook, language), LossFigure.WEEK),
    ):
        if text:
            yield text, loss_figure_name(figure) if figure in told else ""


def sentences(outlook: LossOutlook, language: Language) -> tuple[str, ...]:
    """Return all that is said: of every view, then of the chosen one."""
    return *views_sentences(outlook, language), *(text for text, _ in chosen_sentences(outlook, language))
