"""What each page answers, in one plain sentence below the headline.

The headline says what the plan is; an answer says what its page is asked. Laws: nothing that its reader may not see
decides a word of it; where prices are missing an amount is "at least"; without a schedule there is no answer but that.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CASH_CATEGORIES
from zt_planner.domain.finding import Code
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.domain.plan import CoverageState
from zt_planner.domain.session import Role
from zt_planner.domain.variants import PLAN
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.trust import TO_QUOTE, marks_of_line, share_of, total_size
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.simulation.result import SURE
from zt_planner.language import Labelled, Listed, Money, Number, Plural, Text, Trimmed, Words, sentences, series
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.findings.findings import shortened_list
from zt_planner.topics.findings.line import verified_words
from zt_planner.topics.labels import label, product_name, share_text
from zt_planner.topics.risk.confidence import chance_text, no_date_sentence, told_reserve
from zt_planner.topics.sentence import shown_first_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from zt_planner.domain.categories import CostCategory
    from zt_planner.domain.headlines import Headlines
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import Reserve, SimulationResult
    from zt_planner.topics.record.minutes import Minutes


def no_schedule() -> Words:
    """Say that there is nothing to say yet, and where it stands why."""
    return Text("There is no schedule yet, and so no answer here: the Roadmap page says what is wrong.")


# Roadmap and limits


def roadmap_answer(plan: Plan) -> Words:
    """Say how long the work takes, when everyone has MFA, and how much time is left to the deadline."""
    figures = plan.headlines
    if figures is None:
        return Text("There is no schedule yet: below it says what is wrong.")
    months = Number(figures.duration_months, 1)
    values: dict[str, Words] = {
        "taken": Plural("{n} month", "{n} months", months),
        "start": figures.start_date,
        "finish": figures.finish_date,
    }
    if plan.deadline is None:
        text = Text("The work takes {taken}, from {start} to {finish}.", **values)
    else:
        margin = margin_words(plan, figures)
        text = Text("The work takes {taken}, from {start} to {finish}: {margin}.", margin=margin, **values)
    mfa = Text("MFA for everyone is not part of it.")
    if figures.mfa_date is not None:
        mfa = Text("Everyone has MFA by {day}.", day=figures.mfa_date)
    return sentences(text, mfa)


def margin_words(plan: Plan, figures: Headlines) -> Words:
    """Return how many days before its deadline a plan is done, or how many too late: it must be done before."""
    days = ((plan.deadline or figures.finish_date) - figures.finish_date).days
    if days > 0:
        return Plural("{n} day before the deadline", "{n} days before the deadline", days)
    return Plural("{n} day too late", "{n} days too late", 1 - days)


def limits_answer(plan: Plan) -> Words:
    """Say which teams the tasks need, and which limit is broken, or that none is."""
    figures = plan.headlines
    if figures is None or plan.capacity is None:
        return no_schedule()
    own, external = plan.capacity.internal, plan.capacity.external
    of_own = Plural("{n} day of your team", "{n} days of your team", Trimmed(own))
    of_other = Plural("{n} day of the consultant", "{n} days of the consultant", Trimmed(external))
    if own and external:
        needs = Text("The tasks need up to {own} and {external} a week.", own=of_own, external=of_other)
    else:
        needs = Text("The tasks need up to {days} a week.", days=of_own if own else of_other)
    broken = list(broken_limits(plan, figures))
    if not broken and plan.shows_labour:
        broken = [Text("No limit is broken.")]
    elif not broken:
        broken = [Text("No limit on time is broken; the monthly cap is hidden from you.")]
    return sentences(needs, *broken)


def broken_limits(plan: Plan, figures: Headlines) -> Iterator[Words]:
    """Yield a sentence for each limit that a plan breaks."""
    found = {finding.code: finding.facts for finding in plan.findings}
    if Code.TIMELINE_DEADLINE_IMPOSSIBLE in found:
        yield Text("The plan ends {margin}.", margin=margin_words(plan, figures))
    if Code.TIMELINE_FINISH_BY_MISSED in found and plan.scenario.levelling.finish_by is not None:
        yield Text(
            "It must be done by {day}, and is done on {finish}.",
            day=plan.scenario.levelling.finish_by,
            finish=figures.finish_date,
        )
    cap, above = plan.scenario.finance.monthly_cap, found.get(Code.FINANCE_CAP_EXCEEDED, {}).get("months")
    if cap is not None and isinstance(above, tuple):
        months = shortened_list([month for month in plan.months if month in above])
        yield Text("More than {cap} is paid in {months}.", cap=Money(cap), months=months)


# Money


def budget_answer(plan: Plan) -> Words:
    """Say what the first year costs, what is largest in it, and what comes afterwards."""
    figures = plan.headlines
    if figures is None:
        return no_schedule()
    largest = largest_part(figure_lines(FigureName.FIRST_YEAR_BUDGET, plan))
    horizon = Plural("{n} month", "{n} months", len(plan.horizon))
    if largest is None:
        return Text("Nothing in this plan has a price in the first year.")
    category, amount = largest
    values: dict[str, Words] = {
        "first_year": shown_first_year(plan, figures),
        "category": label(category),
        "amount": Money(amount),
        "month": Money(figures.run_rate_monthly),
        "total": Money(figures.horizon_total),
        "horizon": horizon,
    }
    if not plan.is_complete:
        return Text(
            "At least {first_year} (largest item: {category}, {amount}), then at least {month} a month. At least "
            "{total} over {horizon}: prices are missing.",
            **values,
        )
    if len(plan.months) > len(plan.horizon):
        return Text(
            "{first_year} (largest item: {category}, {amount}); {total} over {horizon}, by the end of which the work "
            "is not yet done. After the finish {month} a month.",
            **values,
        )
    return Text(
        "{first_year} (largest item: {category}, {amount}); after the finish {month} a month. In total {total} over "
        "{horizon}.",
        **values,
    )


def largest_part(lines: Sequence[CostLine]) -> tuple[CostCategory, Decimal] | None:
    """Return the kind of cost that is the largest, and what it comes to; None where nothing has a price."""
    sums = {category: sum_of(line for line in lines if line.category is category) for category in CASH_CATEGORIES}
    found = max(sums, key=lambda category: sums[category])
    return (found, sums[found]) if sums[found] > 0 else None


def risk_answer(plan: Plan, simulation: SimulationResult | None) -> Words:
    """Say how likely the plan's date and its budget hold together, and what 80 % takes of each alone."""
    figures = plan.headlines
    if figures is None or simulation is None:
        return no_schedule()
    reserve = told_reserve(plan, simulation)
    budget = None if reserve is None else reserve.budget
    values: dict[str, Words] = {
        "chance": chance_text(simulation.chance(budget=budget, by=figures.finish_date)),
        "finish": figures.finish_date,
        "sure": chance_text(SURE),
        "sure_finish": simulation.finish_at(SURE),
    }
    if late := no_date_sentence(simulation):
        return sentences(without_sure_date(reserve, values), late)
    if reserve is not None:
        return Text(
            "{chance} chance of keeping both {budget} and {finish}. {sure} confidence in each alone: {sure_budget} and "
            "{sure_finish}.",
            budget=Money(reserve.budget),
            sure_budget=Money(reserve.sure),
            **values,
        )
    date_alone = Text("{chance} chance of being done by {finish}. {sure} confidence needs {sure_finish}.", **values)
    missing = "" if plan.is_complete else Text("Nothing can be said about the budget: prices are missing.")
    return sentences(date_alone, missing)


def without_sure_date(reserve: Reserve | None, values: Mapping[str, Words]) -> Words:
    """Say how likely date and budget hold, and what 80 % takes of the budget, where no day holds with 80 %."""
    if reserve is None:
        return Text("{chance} chance of being done by {finish}.", **values)
    return Text(
        "{chance} chance of keeping both {budget} and {finish}. {sure} confidence needs {sure_budget} for the budget "
        "alone.",
        budget=Money(reserve.budget),
        sure_budget=Money(reserve.sure),
        **values,
    )


def prices_answer(plan: Plan) -> Words:
    """Say how much of the money is verified, and which quote matters most."""
    if plan.headlines is None:
        return no_schedule()
    missing = next((found.facts["prices"] for found in plan.findings if found.code is Code.PRICE_MISSING), None)
    if isinstance(missing, tuple):
        names = shortened_list([product_name(str(key), plan.case.book) for key in missing])
        return Text(
            "Prices are missing: ask first for {products}. Until then nobody knows how much of the money is verified.",
            products=names,
        )
    wanted, ask = quote_to_ask(plan), Text("No quote is missing.")
    if wanted is not None:
        price_id, share = wanted
        ask = Text(
            "Get a quote for this first: {product} ({share} of the money).",
            product=product_name(price_id, plan.case.book),
            share=share_text(share),
        )
    return sentences(Listed((verified_words(plan), "."), ""), ask)


def quote_to_ask(plan: Plan) -> tuple[str, Decimal] | None:
    """Return the price on which most of the unverified money rests, and its share of all; None where none does."""
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    sizes: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if not TO_QUOTE.isdisjoint(marks_of_line(line, plan.scenario, plan.priced_on)):
            sizes[line.price_id] += total_size((line,))
    if not sizes:
        return None
    largest = max(sizes, key=lambda price_id: sizes[price_id])
    return largest, share_of(sizes[largest], total_size(lines))


# NIS2


def nis2_answer(plan: Plan) -> Words:
    """Say how many measures are supported and from when, how many only partly, and how many not at all."""
    if plan.headlines is None:
        return no_schedule()
    states = [covered.state for covered in plan.coverage]
    days = sorted(
        covered.reached_on
        for covered in plan.coverage
        if covered.state is CoverageState.SUPPORTED and covered.reached_on is not None
    )
    supported, all_of_them = len(days), Number(len(states))
    if not days:
        parts = [Text("None of {all} measures is supported at the end", all=all_of_them)]
    elif days[0] == days[-1]:
        parts = [
            Plural(
                "{n} of {all} measures is supported, from {first}",
                "{n} of {all} measures are supported, from {first}",
                supported,
                all=all_of_them,
                first=days[0],
            )
        ]
    else:
        parts = [
            Text(
                "{n} of {all} measures are supported, the first from {first}, the last from {last}",
                n=Number(supported),
                all=all_of_them,
                first=days[0],
                last=days[-1],
            )
        ]
    partly, unserved = states.count(CoverageState.PARTLY), states.count(CoverageState.OPEN)
    if partly:
        parts.append(Text("{n} only partly", n=Number(partly)))
    if unserved:
        parts.append(Text("{n} not at all", n=Number(unserved)))
    return Listed((series(parts), "."), "")


# Working together


def share_answer(names: Sequence[str], here: int, role: Role) -> Words:
    """Say who takes part, the reader first, and how many of them are here; links are for owners to send."""
    if len(names) == 1 and role is Role.OWNER:
        return Text("You are alone in this session: send a link to those who should join.")
    if len(names) == 1:
        return Text("You are alone in this session.")
    people = Plural(
        "{n} person plans together: {names}.",
        "{n} people plan together: {names}.",
        len(names),
        names=shortened_list(names),
    )
    present = Plural("{n} is here now.", "{n} are here now.", here)
    return sentences(people, present) if here else people


def record_answer(minutes: Minutes, zone: tzinfo) -> Words:
    """Say how many changes of the plan there are since when, and what they come to together."""
    decided = [decision for decision in minutes.decisions if decision.letter == PLAN]
    if minutes.decisions and not decided:
        return Text("Only variants have been changed so far.")
    if not decided:
        is_whole = minutes.visibility.labour and minutes.visibility.notes
        return nothing_changed() if is_whole else Text("There is no change yet that you may see.")
    count = Plural(
        "{n} change to the plan since {day}",
        "{n} changes to the plan since {day}",
        len(decided),
        day=decided[0].at.astimezone(zone).date(),
    )
    return Listed((Labelled(count, moved_together(minutes)), "."), "")


def nothing_changed() -> Words:
    """Say that the record is empty."""
    return Text("Nothing has been changed yet.")


def moved_together(minutes: Minutes) -> Words:
    """Return what all changes did to the first-year budget and the finish."""
    first, last = minutes.first, minutes.last
    if minutes.is_stopped or first is None or last is None:
        return Text("the plan has no schedule now")
    money, days = last.budget - first.budget, (last.finish - first.finish).days
    moved: list[Words] = []
    if rounded(money, 0):
        moved.append(Text("{amount} in the first year", amount=effect_text(money)))
    if days:
        moved.append(Text("done {days}", days=finish_effect_text(days)))
    return Listed(moved, ", ") if moved else Text("budget and finish are as they were")
