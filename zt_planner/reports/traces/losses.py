"""Why so large a loss, and what does the plan change about it? Views, chances, controls, a week, break-even (M28).

Law: an amount is the one that the page shows, and its rows add up to it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.data.losses import LossView
from zt_planner.domain.money import rounded
from zt_planner.engine.losses import YEARS, credit_of
from zt_planner.errors import msgid
from zt_planner.reports.analyses.reasons.loss_tables import mean_text, rate_text, source_badges, source_text
from zt_planner.reports.analyses.reasons.losses import (
    LARGE,
    break_even_sentence,
    euros,
    frequency_text,
    loss_chance,
    outlook_in,
    told_figures,
)
from zt_planner.reports.figure_names import LOSS, LossFigure, loss_figure_name, loss_name
from zt_planner.reports.trace import Counted, Divisor, Source, Trace, TraceRow
from zt_planner.reports.words.labels import bounded_money, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.losses import CreditedControl, LossEstimate, LossOutlook, SourceLoss
    from zt_planner.language import Language
    from zt_planner.reports.trace import TraceContext

RULES = {
    LossFigure.AFTER: msgid(
        "The expected loss of a year without the plan, less what each control saves, in the order in which they "
        "count: its relative risks multiply frequency and severity. Of the controls in a group, the strongest counts, "
        "and no chance is multiplied by less than 0.2 (rule M28)."
    ),
    LossFigure.WEEK: msgid(
        "One week's share of what the unfinished controls will save in a year: each of them would begin to count a "
        "week later (rule M28)."
    ),
    LossFigure.BREAK_EVEN: msgid(
        "The cost of the 36 months from the start, without your own team's days, divided by the number of losses "
        "avoided in them as controls are added month by month: one loss must cost at least that much. A loss that "
        "becomes smaller counts in part (rule M28)."
    ),
}
TITLES = {
    LossFigure.AFTER: msgid("Expected loss a year, once the plan is done"),
    LossFigure.WEEK: msgid("Expected loss of a week's delay"),
    LossFigure.BREAK_EVEN: msgid("Size of one loss from which the plan pays for itself"),
}
YEARLY_RULE = msgid("Losses a year times what one costs on average, for a company of this size (rule M28).")
CHANCE_RULE = msgid(
    "1 minus e to the power of minus the number of such losses in three years. Losses above {amount} in a year: the "
    "frequency times the share of losses above that amount, with lognormal sizes (rule M28)."
)
CHANCE_PLACES, AVOIDED_PLACES = 4, 4


def loss_titles(context: TraceContext) -> dict[str, str]:
    """Return what the figures of losses are called, by what they are about; none without figures of losses."""
    outlook, say = outlook_in(context), context.language.say
    if outlook is None:
        return {}
    titles = {}
    for view in outlook.views:
        name = label(view, context.language)
        titles[_without_prefix(loss_name(view))] = say("Expected loss a year, {view}", view=name)
        titles[_without_prefix(loss_name(view, is_chance=True))] = say(
            "Loss above {amount} within three years, {view}", amount=context.language.money(LARGE), view=name
        )
    return titles | {_without_prefix(loss_figure_name(figure)): say(TITLES[figure]) for figure in told_figures(outlook)}


def _without_prefix(name: str) -> str:
    return name.removeprefix(f"{LOSS}:")


def explain_loss(rest: str, context: TraceContext) -> Trace | None:
    """Return why a figure of losses is what it is; None for any other name."""
    outlook, titles = outlook_in(context), loss_titles(context)
    if outlook is None or rest not in titles:
        return None
    title, language = titles[rest], context.language
    view, _, chance = rest.partition(":")
    if view in set(LossView):
        explain = _chance if chance else _yearly
        return explain(rest, title, outlook.views[LossView(view)], outlook, language)
    explained = {LossFigure.AFTER: _after, LossFigure.WEEK: _week, LossFigure.BREAK_EVEN: _break_even}
    chosen = outlook.views[outlook.choice]
    return explained[LossFigure(rest)](title, chosen, outlook, language)


def exact(amount: float, places: int = 2) -> Decimal:
    """Return an amount as it is counted, to the cent unless otherwise said."""
    return rounded(Fraction(amount), places)


def _yearly(rest: str, title: str, estimate: LossEstimate, outlook: LossOutlook, language: Language) -> Trace:
    first = estimate.sources[0]
    value = exact(estimate.yearly())
    row = TraceRow(
        item=_counted(first, language),
        times=language.say("{chance} a year", chance=frequency_text(first.frequency, language)),
        unit_price=mean_text(first, language),
        amount=value,
        how=own_frequency_text(outlook, language) if first.source is None else rate_text(first, language),
        source=_source(first, language),
        badges=source_badges(first.source, outlook.plan, language),
    )
    notes = tuple(_other_source(each, language) for each in estimate.sources[1:])
    shown = language.money(value, 2)
    return Trace(f"{LOSS}:{rest}", title, value, shown, language.say(YEARLY_RULE), (row,), notes=notes)


def own_frequency_text(outlook: LossOutlook, language: Language) -> str:
    """Say how the own chance of a loss in a year becomes losses a year."""
    own = outlook.plan.scenario.losses.chance or 0
    return language.say("-ln(1 - {chance}) losses a year", chance=frequency_text(float(own), language))


def _counted(loss: SourceLoss, language: Language) -> str:
    return language.say("your own view") if loss.source is None else language.say(loss.source.counted)


def _source(loss: SourceLoss, language: Language) -> Source:
    row = loss.source
    if row is None:
        return Source()
    said = f"{source_text(row, language)} ({language.say(row.population)})"
    return Source(said, row.source_url, language.short_day(row.read_on), label(row.confidence, language))


def _other_source(loss: SourceLoss, language: Language) -> str:
    """Say what another source of the view comes to."""
    source = _source(loss, language)
    if loss.yearly is None:
        return language.say("By {source}: no mean ({confidence}).", source=source.dated, confidence=source.confidence)
    return language.say(
        "By {source}: {amount} a year ({confidence}).",
        source=source.dated,
        amount=euros(loss.yearly, language),
        confidence=source.confidence,
    )


def _chance(rest: str, title: str, estimate: LossEstimate, outlook: LossOutlook, language: Language) -> Trace:
    first, chance = estimate.sources[0], estimate.chance(LARGE, outlook.before)
    value = exact(chance, CHANCE_PLACES)
    how = language.say(
        "1 - exp(-{years} × {frequency} × {share})",
        years=YEARS,
        frequency=frequency_text(estimate.frequency, language),
        share=frequency_text(estimate.severity.exceeds(LARGE), language),
    )
    row = TraceRow(
        item=_counted(first, language),
        times=language.say("median {amount}", amount=euros(estimate.severity.median, language)),
        amount=value,
        how=how,
        source=_source(first, language),
        badges=source_badges(first.source, outlook.plan, language),
    )
    return Trace(
        f"{LOSS}:{rest}",
        title,
        Fraction(value),
        loss_chance(chance, language),
        language.say(CHANCE_RULE, amount=language.money(LARGE)),
        (row,),
        Counted.SHARE,
    )


def _after(title: str, chosen: LossEstimate, outlook: LossOutlook, language: Language) -> Trace:
    """Return the expected loss without the plan, and what each control takes away, the first ones first."""
    rows = [TraceRow(language.say("Without the plan"), amount=Fraction(chosen.yearly()))]
    counting: list[CreditedControl] = []
    left = chosen.yearly()
    for control, _ in sorted(_counting(outlook), key=lambda pair: pair[1]):
        counting.append(control)
        now = chosen.yearly(credit_of(counting))
        rows.append(_taken_away(control, now - left, outlook, language))
        left = now
    value = exact(left)
    rule = language.say(RULES[LossFigure.AFTER])
    return Trace(loss_figure_name(LossFigure.AFTER), title, value, language.money(value, 2), rule, tuple(rows))


def _counting(outlook: LossOutlook) -> Iterator[tuple[CreditedControl, tuple[int, int]]]:
    for control in outlook.controls:
        if control.since is not None:
            yield control, control.since


def _taken_away(control: CreditedControl, amount: float, outlook: LossOutlook, language: Language) -> TraceRow:
    row = control.row
    return TraceRow(
        item=language.say(row.control),
        times=language.month(control.since) if control.since else "",
        amount=Fraction(amount),
        how=language.say(
            "frequency × {frequency}, severity × {severity}",
            frequency=language.trimmed(Decimal(str(control.on_frequency))),
            severity=language.trimmed(Decimal(str(control.on_severity))),
        ),
        source=Source(
            f"{source_text(row, language)} ({language.say(row.population)})",
            row.source_url,
            language.short_day(row.read_on),
            label(row.confidence, language),
        ),
        badges=source_badges(row, outlook.plan, language),
    )


def _week(title: str, chosen: LossEstimate, outlook: LossOutlook, language: Language) -> Trace:
    today, done = exact(chosen.yearly(outlook.today)), exact(chosen.yearly(outlook.done))
    rows = (
        TraceRow(language.say("Expected loss a year today"), amount=today),
        TraceRow(language.say("less the same once the plan is done"), amount=-done),
    )
    weeks = Fraction(365, 7)
    value = rounded(Fraction(today - done) / weeks, 2)
    return Trace(
        loss_figure_name(LossFigure.WEEK),
        title,
        value,
        language.money(value, 2),
        language.say(RULES[LossFigure.WEEK]),
        rows,
        divisors=(Divisor(language.say("weeks of a year"), weeks, 2),),
    )


def _break_even(title: str, chosen: LossEstimate, outlook: LossOutlook, language: Language) -> Trace | None:
    found = outlook.break_even(chosen)
    if found is None:
        return None
    say, avoided = language.say, Fraction(found.avoided)
    rows = (
        TraceRow(say("One-off, in three years from the start"), amount=found.once),
        TraceRow(say("Recurring, in three years from the start"), amount=found.recurring),
    )
    value = rounded(Fraction(found.cost) / avoided, 0)
    return Trace(
        loss_figure_name(LossFigure.BREAK_EVEN),
        title,
        value,
        bounded_money(value, language, is_whole=found.is_whole),
        say(RULES[LossFigure.BREAK_EVEN]),
        rows,
        divisors=(Divisor(say("losses avoided in three years"), avoided, AVOIDED_PLACES),),
        notes=(break_even_sentence(outlook, language),),
    )
