"""What the paper for the board rests on: NIS2, inputs, what moves the result most, doubtful prices, findings.

Laws: the drivers are the largest of all, in their order; each doubtful price
stands with what it comes to; of many findings the rest is counted, not hidden.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.finding import Severity
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.plan import CoverageState
from zt_planner.domain.scenario.counts import FOLLOWING
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.trust import Mark, marks_of_line, rests_on_assumed_days
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Listed, Words
from zt_planner.media.board.figures import TableWithWords
from zt_planner.topics.badges import badges, figure_badges, marks_in
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.inputs.fields import Visibility, field_label, field_value
from zt_planner.topics.labels import label, product_name
from zt_planner.topics.licences.mix import gets, who
from zt_planner.topics.risk.drivers import largest_swing, left_text, most_days_table, most_money_table
from zt_planner.topics.table import Table
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zt_planner.domain.finding import Finding
    from zt_planner.domain.plan import CostLine
    from zt_planner.topics.view import AnyView

MOST_DRIVERS, MOST_PRICES, MOST_REMARKS = 4, 4, 3
DOUBTFUL = (Mark.UNVERIFIED, Mark.ASSUMED_DAYS, Mark.STALE)
INPUTS = (
    "company.employees",
    "company.sites",
    "choices.identity_provider",
    "choices.monitoring",
    "choices.operation",
    "choices.remote_access",
    "choices.hardware_reuse",
    "finance.contingency",
)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One NIS2 measure: how far it is served at the end, and since when."""

    letter: str
    name: str
    state: CoverageState
    said: str


@dataclass(frozen=True, slots=True)
class CoverageLines:
    """What the plan covers of NIS2, and what it does not."""

    heading: str
    lead: str
    measures: tuple[MeasureLine, ...]
    left: str
    note: str


@dataclass(frozen=True, slots=True)
class BoardFinding:
    """A finding as a board reads it."""

    severity: str
    is_blocking: bool
    title: Words
    message: Words
    remedy: Words


@dataclass(frozen=True, slots=True)
class Remarks:
    """The findings that matter, the gravest first; `left` says how many more there are."""

    heading: str
    remarks: tuple[BoardFinding, ...]
    left: str


# NIS2


def coverage_lines(view: View) -> CoverageLines | None:
    """Return the measures with their state; None where none is known."""
    plan, say = view.plan, view.language.say
    if not plan.coverage:
        return None
    names = {measure.letter: say(measure.measure) for measure in view.case.model.measures}
    counts = {state: sum(item.state is state for item in plan.coverage) for state in CoverageState}
    left = [f"({item.letter})" for item in plan.coverage if item.state is not CoverageState.SUPPORTED]
    return CoverageLines(
        say("What the plan covers of NIS2, and what it does not"),
        say(
            "Of the {of} measures of Art. 21(2), the finished work supports {count}, and {partly} more partly.",
            of=len(plan.coverage),
            count=counts[CoverageState.SUPPORTED],
            partly=counts[CoverageState.PARTLY],
        ),
        tuple(measure_lines(view, names)),
        say("This plan alone is not enough for: {measures}.", measures=view.language.series(left)) if left else "",
        say("Measures of Art. 21(2) that the finished work supports. This is not proof of compliance."),
    )


def measure_lines(view: View, names: dict[str, str]) -> Iterator[MeasureLine]:
    """Yield each measure with its state and the day from which it holds."""
    language = view.language
    for item in view.plan.coverage:
        day = item.reached_on if item.state is CoverageState.SUPPORTED else item.partly_from
        said = language.write(label(item.state))
        if day is not None:
            said = language.say("{state} from {day} on", state=said, day=language.short_day(day))
        yield MeasureLine(f"({item.letter})", names[item.letter], item.state, said)


# What it rests on


def inputs_of(view: AnyView) -> TableWithWords:
    """Return what the plan is made for: the inputs that a board knows."""
    plan, language, book = view.plan, view.language, view.book
    values, visibility = plan.scenario.model_dump(mode="json"), Visibility(labour=plan.shows_labour)
    values["company"].update((name, getattr(view.case.size.counts, name)) for name in FOLLOWING)
    rows = []
    for path in INPUTS:
        part, _, leaf = path.partition(".")
        if visibility.sees(path):
            rows.append(
                (language.write(field_label(path)), language.write(field_value(path, values[part][leaf], book)))
            )
    rows += [
        (language.write(who(each)), language.write(gets(each, book)))
        for each in (plan.mix.holdings if plan.mix else ())
    ]
    rows += day_rate(view)
    say = language.say
    return TableWithWords(say("What the plan is based on"), "", Table((say("Assumption"), say("Value")), tuple(rows)))


def day_rate(view: AnyView) -> Iterator[tuple[str, str]]:
    """Yield what the consultant costs a day in the first month in which he works, where that is shown."""
    language = view.language
    for line in view.plan.cost_lines:
        if line.category is CostCategory.CONSULTANT and line.unit_price is not None:
            amount = language.say("{amount} a day", amount=language.money(line.unit_price.amount, 2))
            yield language.write(product_name(line.price_id, view.book)), amount
            return


# What moves it most


def drivers_in(view: View) -> tuple[TableWithWords, ...]:
    """Return what moves the money most and what moves the finish most; nothing where nothing is drawn."""
    drivers, language = view.drivers, view.language
    if drivers is None:
        return ()
    money = largest_swing(drivers.by_money(), view, most=MOST_DRIVERS)
    days = largest_swing(drivers.by_days(), view, most=MOST_DRIVERS)
    found = (
        TableWithWords(
            language.say("What moves the budget most"), language.write(left_text(money)), most_money_table(money)
        ),
        TableWithWords(
            language.say("What moves the finish most"), language.write(left_text(days)), most_days_table(days)
        ),
    )
    return tuple(each for each in found if each.table.rows)


def doubtful_prices(view: View) -> TableWithWords | None:
    """Return what the introduction pays at guessed or old prices or for assumed days, the largest amount first."""
    plan, language = view.plan, view.language
    say, lines = language.say, figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    by_price: defaultdict[str, list[CostLine]] = defaultdict(list)
    for line in lines:
        if set(marks_of_line(line, plan.scenario, plan.priced_on)) & set(DOUBTFUL):
            by_price[line.price_id].append(line)
    ranked = sorted(by_price, key=lambda price_id: -sum_of(by_price[price_id]))
    if not ranked:
        return None
    rows = tuple(_price_row(key, by_price[key], view) for key in ranked[:MOST_PRICES])
    shares = [badge.text for badge in figure_badges(lines, plan) if badge.mark in DOUBTFUL]
    left = len(ranked) - len(rows)
    more = (
        language.plural("The same applies to {n} more price.", "The same applies to {n} more prices.", left)
        if left
        else ""
    )
    lead = say("What the budget of the introduction depends on: {shares}.", shares=language.write(Listed(shares)))
    columns = (say("Price"), say("Why"), say("Amount at stake"))
    return TableWithWords(
        say("Get quotes for these first"), f"{lead} {more}".strip(), Table(columns, rows, numbers=(2,))
    )


def _price_row(price_id: str, lines: list[CostLine], view: View) -> tuple[str, ...]:
    """Return what is bought, why that is in doubt, and what it comes to."""
    plan, language = view.plan, view.language
    found = [mark for mark in DOUBTFUL if mark in marks_in(lines, plan)]
    days = sum(line.quantity for line in lines if rests_on_assumed_days(line, plan.scenario))
    why = [language.write(badge.text) for badge in badges([mark for mark in found if mark is not Mark.ASSUMED_DAYS])]
    if days:
        why.append(language.plural("{n} assumed day", "{n} assumed days", language.number(days)))
    return language.write(product_name(price_id, view.book)), ", ".join(why), language.money(sum_of(lines))


# Findings


def board_findings(findings: Iterable[Finding], view: AnyView) -> tuple[BoardFinding, ...]:
    """Return findings as a board reads them."""
    language = view.language
    described = (describe(each, view.book) for each in findings)
    return tuple(
        BoardFinding(
            language.write(label(each.severity)),
            each.severity is Severity.BLOCKING,
            each.title,
            each.message,
            each.remedy,
        )
        for each in described
    )


def remarks_of(view: AnyView) -> Remarks | None:
    """Return what must be solved and what must be checked; of a plan that has stopped everything."""
    plan, language = view.plan, view.language
    found = [each for each in plan.findings if isinstance(plan, StoppedPlan) or each.severity is not Severity.INFO]
    shown = board_findings(found[:MOST_REMARKS], view)
    left = len(plan.findings) - len(shown)
    if not shown:
        return None
    more = language.plural("{n} more finding is in the plan itself.", "{n} more findings are in the plan itself.", left)
    return Remarks(language.say("What to look at"), shown, more if left else "")
