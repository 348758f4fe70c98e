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
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.findings.findings import shortened_list
from zt_planner.topics.findings.line import verified_words
from zt_planner.topics.labels import label, product_name, share_text
from zt_planner.topics.risk.confidence import chance_text, no_date_sentence, told_reserve
from zt_planner.topics.sentence import shown_first_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zt_planner.domain.categories import CostCategory
    from zt_planner.domain.headlines import Headlines
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import Reserve, SimulationResult
    from zt_planner.language import Language
    from zt_planner.topics.record.minutes import Minutes
    from zt_planner.topics.record.minutes_words import MinutesWords


def no_schedule(language: Language) -> str:
    """Say that there is nothing to say yet, and where it stands why."""
    return language.say("There is no schedule yet, and so no answer here: the Roadmap page says what is wrong.")


# Roadmap and limits


def roadmap_answer(plan: Plan, language: Language) -> str:
    """Say how long the work takes, when everyone has MFA, and how much time is left to the deadline."""
    figures = plan.headlines
    if figures is None:
        return language.say("There is no schedule yet: below it says what is wrong.")
    months = language.number(figures.duration_months, 1)
    values = {
        "taken": language.plural("{n} month", "{n} months", months),
        "start": language.day(figures.start_date),
        "finish": language.day(figures.finish_date),
    }
    if plan.deadline is None:
        text = language.say("The work takes {taken}, from {start} to {finish}.", **values)
    else:
        margin = margin_words(plan, figures, language)
        text = language.say("The work takes {taken}, from {start} to {finish}: {margin}.", margin=margin, **values)
    mfa = language.say("MFA for everyone is not part of it.")
    if figures.mfa_date is not None:
        mfa = language.say("Everyone has MFA by {day}.", day=language.day(figures.mfa_date))
    return f"{text} {mfa}"


def margin_words(plan: Plan, figures: Headlines, language: Language) -> str:
    """Return how many days before its deadline a plan is done, or how many too late: it must be done before."""
    days = ((plan.deadline or figures.finish_date) - figures.finish_date).days
    if days > 0:
        return language.plural("{n} day before the deadline", "{n} days before the deadline", days)
    return language.plural("{n} day too late", "{n} days too late", 1 - days)


def limits_answer(plan: Plan, language: Language) -> str:
    """Say which teams the tasks need, and which limit is broken, or that none is."""
    figures, say = plan.headlines, language.say
    if figures is None or plan.capacity is None:
        return no_schedule(language)
    own, external = plan.capacity.internal, plan.capacity.external
    of_own = language.plural("{n} day of your team", "{n} days of your team", language.trimmed(own))
    of_other = language.plural("{n} day of the consultant", "{n} days of the consultant", language.trimmed(external))
    if own and external:
        needs = say("The tasks need up to {own} and {external} a week.", own=of_own, external=of_other)
    else:
        needs = say("The tasks need up to {days} a week.", days=of_own if own else of_other)
    broken = list(broken_limits(plan, figures, language))
    if not broken and plan.shows_labour:
        broken = [say("No limit is broken.")]
    elif not broken:
        broken = [say("No limit on time is broken; the monthly cap is hidden from you.")]
    return " ".join((needs, *broken))


def broken_limits(plan: Plan, figures: Headlines, language: Language) -> Iterator[str]:
    """Yield a sentence for each limit that a plan breaks."""
    found = {finding.code: finding.facts for finding in plan.findings}
    if Code.TIMELINE_DEADLINE_IMPOSSIBLE in found:
        yield language.say("The plan ends {margin}.", margin=margin_words(plan, figures, language))
    if Code.TIMELINE_FINISH_BY_MISSED in found and plan.scenario.levelling.finish_by is not None:
        yield language.say(
            "It must be done by {day}, and is done on {finish}.",
            day=language.day(plan.scenario.levelling.finish_by),
            finish=language.day(figures.finish_date),
        )
    cap, above = plan.scenario.finance.monthly_cap, found.get(Code.FINANCE_CAP_EXCEEDED, {}).get("months")
    if cap is not None and isinstance(above, tuple):
        months = language.write(shortened_list([language.month(month) for month in plan.months if month in above]))
        yield language.say("More than {cap} is paid in {months}.", cap=language.money(cap), months=months)


# Money


def budget_answer(plan: Plan, language: Language) -> str:
    """Say what the first year costs, what is largest in it, and what comes afterwards."""
    figures, say = plan.headlines, language.say
    if figures is None:
        return no_schedule(language)
    largest = largest_part(figure_lines(FigureName.FIRST_YEAR_BUDGET, plan))
    horizon = language.plural("{n} month", "{n} months", len(plan.horizon))
    if largest is None:
        return say("Nothing in this plan has a price in the first year.")
    category, amount = largest
    values = {
        "first_year": language.write(shown_first_year(plan, figures)),
        "category": language.write(label(category)),
        "amount": language.money(amount),
        "month": language.money(figures.run_rate_monthly),
        "total": language.money(figures.horizon_total),
        "horizon": horizon,
    }
    if not plan.is_complete:
        return say(
            "At least {first_year} (largest item: {category}, {amount}), then at least {month} a month. At least "
            "{total} over {horizon}: prices are missing.",
            **values,
        )
    if len(plan.months) > len(plan.horizon):
        return say(
            "{first_year} (largest item: {category}, {amount}); {total} over {horizon}, by the end of which the work "
            "is not yet done. After the finish {month} a month.",
            **values,
        )
    return say(
        "{first_year} (largest item: {category}, {amount}); after the finish {month} a month. In total {total} over "
        "{horizon}.",
        **values,
    )


def largest_part(lines: Sequence[CostLine]) -> tuple[CostCategory, Decimal] | None:
    """Return the kind of cost that is the largest, and what it comes to; None where nothing has a price."""
    sums = {category: sum_of(line for line in lines if line.category is category) for category in CASH_CATEGORIES}
    found = max(sums, key=lambda category: sums[category])
    return (found, sums[found]) if sums[found] > 0 else None


def risk_answer(plan: Plan, simulation: SimulationResult | None, language: Language) -> str:
    """Say how likely the plan's date and its budget hold together, and what 80 % takes of each alone."""
    figures, say = plan.headlines, language.say
    if figures is None or simulation is None:
        return no_schedule(language)
    reserve = told_reserve(plan, simulation)
    budget = None if reserve is None else reserve.budget
    values = {
        "chance": language.write(chance_text(simulation.chance(budget=budget, by=figures.finish_date))),
        "finish": language.day(figures.finish_date),
        "sure": language.write(chance_text(SURE)),
        "sure_finish": language.day(simulation.finish_at(SURE)),
    }
    if late := language.write(no_date_sentence(simulation)):
        return f"{without_sure_date(reserve, values, language)} {late}"
    if reserve is not None:
        return say(
            "{chance} chance of keeping both {budget} and {finish}. {sure} confidence in each alone: {sure_budget} and "
            "{sure_finish}.",
            budget=language.money(reserve.budget),
            sure_budget=language.money(reserve.sure),
            **values,
        )
    date_alone = say("{chance} chance of being done by {finish}. {sure} confidence needs {sure_finish}.", **values)
    missing = "" if plan.is_complete else say("Nothing can be said about the budget: prices are missing.")
    return f"{date_alone} {missing}".strip()


def without_sure_date(reserve: Reserve | None, values: Mapping[str, str], language: Language) -> str:
    """Say how likely date and budget hold, and what 80 % takes of the budget, where no day holds with 80 %."""
    if reserve is None:
        return language.say("{chance} chance of being done by {finish}.", **values)
    return language.say(
        "{chance} chance of keeping both {budget} and {finish}. {sure} confidence needs {sure_budget} for the budget "
        "alone.",
        budget=language.money(reserve.budget),
        sure_budget=language.money(reserve.sure),
        **values,
    )


def prices_answer(plan: Plan, language: Language) -> str:
    """Say how much of the money is verified, and which quote matters most."""
    if plan.headlines is None:
        return no_schedule(language)
    missing = next((found.facts["prices"] for found in plan.findings if found.code is Code.PRICE_MISSING), None)
    if isinstance(missing, tuple):
        names = language.write(
            shortened_list([language.write(product_name(str(key), plan.case.book)) for key in missing])
        )
        return language.say(
            "Prices are missing: ask first for {products}. Until then nobody knows how much of the money is verified.",
            products=names,
        )
    wanted, ask = quote_to_ask(plan), language.say("No quote is missing.")
    if wanted is not None:
        price_id, share = wanted
        ask = language.say(
            "Get a quote for this first: {product} ({share} of the money).",
            product=language.write(product_name(price_id, plan.case.book)),
            share=language.write(share_text(share)),
        )
    return f"{language.write(verified_words(plan))}. {ask}"


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


def nis2_answer(plan: Plan, language: Language) -> str:
    """Say how many measures are supported and from when, how many only partly, and how many not at all."""
    if plan.headlines is None:
        return no_schedule(language)
    states = [covered.state for covered in plan.coverage]
    days = sorted(
        covered.reached_on
        for covered in plan.coverage
        if covered.state is CoverageState.SUPPORTED and covered.reached_on is not None
    )
    supported, all_of_them = len(days), language.number(len(states))
    if not days:
        parts = [language.say("None of {all} measures is supported at the end", all=all_of_them)]
    elif days[0] == days[-1]:
        parts = [
            language.plural(
                "{n} of {all} measures is supported, from {first}",
                "{n} of {all} measures are supported, from {first}",
                supported,
                all=all_of_them,
                first=language.day(days[0]),
            )
        ]
    else:
        parts = [
            language.say(
                "{n} of {all} measures are supported, the first from {first}, the last from {last}",
                n=language.number(supported),
                all=all_of_them,
                first=language.day(days[0]),
                last=language.day(days[-1]),
            )
        ]
    partly, unserved = states.count(CoverageState.PARTLY), states.count(CoverageState.OPEN)
    if partly:
        parts.append(language.say("{n} only partly", n=language.number(partly)))
    if unserved:
        parts.append(language.say("{n} not at all", n=language.number(unserved)))
    return f"{language.series(parts)}."


# Working together


def share_answer(names: Sequence[str], here: int, role: Role, language: Language) -> str:
    """Say who takes part, the reader first, and how many of them are here; links are for owners to send."""
    if len(names) == 1 and role is Role.OWNER:
        return language.say("You are alone in this session: send a link to those who should join.")
    if len(names) == 1:
        return language.say("You are alone in this session.")
    people = language.plural(
        "{n} person plans together: {names}.",
        "{n} people plan together: {names}.",
        len(names),
        names=language.write(shortened_list(names)),
    )
    present = language.plural("{n} is here now.", "{n} are here now.", here)
    return f"{people} {present}" if here else people


def record_answer(minutes: Minutes, words: MinutesWords) -> str:
    """Say how many changes of the plan there are since when, and what they come to together."""
    language = words.language
    decided = [decision for decision in minutes.decisions if decision.letter == PLAN]
    if minutes.decisions and not decided:
        return language.say("Only variants have been changed so far.")
    if not decided:
        is_whole = minutes.visibility.labour and minutes.visibility.notes
        return nothing_changed(language) if is_whole else language.say("There is no change yet that you may see.")
    count = language.plural(
        "{n} change to the plan since {day}",
        "{n} changes to the plan since {day}",
        len(decided),
        day=language.day(decided[0].at.astimezone(words.zone).date()),
    )
    return f"{language.labelled(count, moved_together(minutes, language))}."


def nothing_changed(language: Language) -> str:
    """Say that the record is empty."""
    return language.say("Nothing has been changed yet.")


def moved_together(minutes: Minutes, language: Language) -> str:
    """Return what all changes did to the first-year budget and the finish."""
    first, last, say = minutes.first, minutes.last, language.say
    if minutes.is_stopped or first is None or last is None:
        return say("the plan has no schedule now")
    money, days = last.budget - first.budget, (last.finish - first.finish).days
    moved: list[str] = []
    if rounded(money, 0):
        moved.append(say("{amount} in the first year", amount=language.write(effect_text(money))))
    if days:
        moved.append(say("done {days}", days=language.write(finish_effect_text(days))))
    return ", ".join(moved) if moved else say("budget and finish are as they were")
