"""The plan in one sentence: for how many people, what is promised, and what it takes from then on (M34).

It is the title of the first screen and the first line of `zt-planner plan`.
Laws: an incomplete plan says that prices are missing, "at least" before every amount that lacks one, and names none of
which no part has a price; a plan without a schedule says so and names no amount;
one that does not show labour says so beside its amount; the budget is that of the introduction, never of one year.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from zt_planner.domain.finding import Code
from zt_planner.domain.money import ZERO, rounded
from zt_planner.language import Listed, Money, Number, Plural, Share, Text, Words, exact_percent, sentences, series
from zt_planner.topics.labels import NOT_KNOWN, bounded, is_unknown
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from zt_planner.domain.headlines import Headlines
    from zt_planner.domain.scenario.prices import Prices
    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.engine.promise import Promise
    from zt_planner.topics.view import AnyView


class Promising(Protocol):
    """A plan with what it promises: a view, or a plan beside one."""

    @property
    def plan(self) -> Plan:
        """The plan."""

    @property
    def promise(self) -> Promise:
        """What it promises."""


def headline_sentence(view: AnyView) -> Words:
    """Return the answer to both questions: the budget and the finish that are promised, and how sure they are."""
    people = Plural("{n} person", "{n} people", view.plan.scenario.company.employees)
    if not isinstance(view, View):
        if view.plan.has_finding(Code.TIMELINE_NO_WORK):
            return Text("Zero Trust for {people}: there is no work to plan.", people=people)
        return Text("Zero Trust for {people}: with these teams and days off, the work does not end.", people=people)
    plan, figures = view.plan, view.figures
    values = {"people": people, "promise": promised_words(view), "afterwards": afterwards(figures)}
    if plan.is_complete:
        return Text("Zero Trust for {people}: {promise}, then {afterwards}.", **values)
    if not rounded(figures.introduction_budget, 0):
        return sentences(Text("Zero Trust for {people}: {promise}.", **values), COST_UNKNOWN)
    if not rounded(figures.run_rate_monthly, 0):
        return Text(
            "Zero Trust for {people}: {promise}. Prices are missing, including all costs after that.",
            **values,
        )
    return Text("Zero Trust for {people}: {promise}, then at least {afterwards}. Prices are missing.", **values)


def promised_words(view: View, booked: Decimal = ZERO) -> Words:
    """Return the budget and the finish that are promised, and how sure each is; without a price the finish alone.

    Once a plan is under way its own figures are no longer those that were planned. `booked` is what no longer counts.
    """
    promise, values = view.promise, promised_values(view, booked)
    has_sure_budget, has_sure_finish = promise.why_planned_budget is None, promise.why_planned_finish is None
    is_planned = not view.plan.scenario.status.is_under_way
    own_finish = Text("done by {finish} as planned", **values) if is_planned else Text("done by {finish}", **values)
    if promise.budget is None:
        return Text("done by {finish}, {share} sure", **values) if has_sure_finish else own_finish
    if has_sure_budget and has_sure_finish:
        return Text("{budget} and done by {finish}, each {share} sure", **values)
    if has_sure_budget:
        return series((Text("{budget}, {share} sure", **values), own_finish))
    if has_sure_finish:
        budget = Text("{budget} as planned", **values) if is_planned else values["budget"]
        return series((budget, Text("done by {finish}, {share} sure", **values)))
    if is_planned:
        return Text("{budget} and done by {finish} as planned", **values)
    return Text("{budget} and done by {finish}", **values)


def announced_result(view: AnyView) -> Words:
    """Return the budget and the finish that are promised, as a screen reader announces them after a change."""
    if not isinstance(view, View):
        return headline_sentence(view)
    return Listed((promised_budget(view), view.promise.finish), ", ")


def promised_values(view: View, booked: Decimal = ZERO) -> dict[str, Words]:
    """Return what a sentence names of a promise: its budget, its finish, and how sure it is."""
    promise = view.promise
    share = promise.confidence.share
    return {
        "budget": promised_budget(view, booked),
        "finish": promise.finish,
        "share": "" if share is None else Share(Decimal(str(share))),
    }


def promised_budget(view: Promising, booked: Decimal = ZERO) -> Words:
    """Write the promised budget less what is booked: rounded up to a thousand euros, the plan's own as it is."""
    budget, plan = view.promise.rounded_budget, view.plan
    if budget is None:
        return NOT_KNOWN
    return amount_without_labour(bounded(Money(budget - booked), is_whole=has_whole_budget(plan)), plan)


def has_whole_budget(plan: Plan) -> bool:
    """Tell whether no price is missing in the budget of the introduction; of later months one may be."""
    return plan.headlines["introduction_budget"].is_whole


def amount_without_labour(amount: Words, plan: Plan) -> Words:
    """Return an amount, and that it is without labour where that is so."""
    return amount if plan.shows_labour else Text("{amount} without labour", amount=amount)


def afterwards(figures: Headlines) -> Words:
    """Return what each month after the finish takes: money, and days of the own team where there are any."""
    amount, days = Money(figures.run_rate_monthly), rounded(figures.operation_days_monthly, 1)
    if not days:
        return Text("{amount} a month", amount=amount)
    return Plural(
        "{amount} and {n} day of your team a month",
        "{amount} and {n} days of your team a month",
        Number(days, 1),
        amount=amount,
    )


COST_UNKNOWN = Text("The cost is unknown: prices are missing.")
LOWER_BOUNDS = Text("A price is missing, so every amount is a lower bound.")


def missing_prices(plan: Plan) -> Words:
    """Say what missing prices make of the amounts; nothing where none is missing. In short it is `bounded_money`."""
    if plan.is_complete:
        return ""
    return COST_UNKNOWN if is_unknown(plan.headlines.introduction_budget, is_whole=False) else LOWER_BOUNDS


def planning_note(plan: AnyPlan) -> Words:
    """Return what every figure of the plan is subject to."""
    note = Text("Planning figures, not a quote. Net of VAT. Prices as of {day}.", day=plan.priced_on)
    return sentences(
        note, *what_if_note(plan.scenario.prices), catalogue_note(plan), "" if plan.shows_labour else labour_note()
    )


def catalogue_note(plan: AnyPlan) -> Words:
    """Say which catalogue a plan was calculated with; nothing where it was none."""
    used = plan.scenario.display.catalogue
    if used is None:
        return ""
    return Text("Calculated with the catalogue “{name}” of {day}.", name=used.name, day=used.day)


def what_if_note(prices: Prices) -> tuple[Words, ...]:
    """Return what a what-if adds to every amount, while there is one."""
    if not prices.rise:
        return ()
    rise = exact_percent(prices.rise, is_signed=True)
    if prices.rise_from is None:
        return (Text("What-if: list prices of licences {rise}.", rise=rise),)
    day = prices.rise_from
    return (Text("What-if: list prices of licences {rise} from {day} on.", rise=rise, day=day),)


def labour_note() -> Text:
    """Return what is left out of every amount where day rates are hidden."""
    return Text("No amount includes labour or contingency, because day rates are hidden in this session.")


def no_schedule() -> Words:
    """Say that there is nothing to say yet, and where it stands why."""
    return Text("There is no schedule yet, and so no answer here: the “Roadmap” page says what is wrong.")
