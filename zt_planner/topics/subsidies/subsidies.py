"""Public funding, in words: which scheme could fit, as a date and a chance (M32).

Laws: nothing is taken off the plan; nobody is told that money comes; what waiting costs is said beside what may come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.regulation import country_of
from zt_planner.engine.subsidies import Fit, SubsidyMatch, subsidies_for
from zt_planner.errors import msgid
from zt_planner.topics.inputs.regions import part_name, region_name
from zt_planner.topics.nis2.dues import weeks_left
from zt_planner.topics.published import published_column, source_badges
from zt_planner.topics.risk.standstill import delay_sentence
from zt_planner.topics.table import CellFormat, Column, table_of

if TYPE_CHECKING:
    from zt_planner.domain.data.rules import Subsidy
    from zt_planner.language import Language
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import View

FITS = {
    Fit.FITS: msgid("could fit by its size"),
    Fit.HAS_BEGUN: msgid("work has begun before an approval"),
    Fit.TOO_LARGE: msgid("too large a company"),
    Fit.NOT_OPEN: msgid("not open"),
}


def subsidy_sentence(context: View) -> str:
    """Say whether a scheme could fit, and that it is a date and a chance; nothing where the plan has no region."""
    language, found = context.language, subsidies_for(context.case)
    say, country = language.say, country_of(context.plan.scenario)
    if not country:
        return ""
    name = language.country(country)
    fitting = [each for each in found if each.fit is Fit.FITS]
    if not found:
        return say("{country}: no scheme was found that could be verified.", country=name)
    if any(each.fit is Fit.HAS_BEGUN for each in found):
        return say("{country}: work has begun, and schemes want nothing to start before the approval.", country=name)
    if not fitting:
        return say("{country}: none of the known schemes fits on this day.", country=name)
    chance = say("This is a chance: nothing of it is taken off the plan.")
    return " ".join((*(scheme_sentence(each, language) for each in fitting), chance))


def scheme_sentence(found: SubsidyMatch, language: Language) -> str:
    """Say what a scheme that fits could bring at most, for which seat, and that it is drawn by lot where it is."""
    say, row = language.say, found.row
    could = say("{scheme} could fit", scheme=row.scheme)
    if row.most is not None:
        could = say("{scheme} could bring {amount} at most", scheme=row.scheme, amount=language.money(row.most))
    seat = say("if your seat is in {region}", region=part_name(row.region, language)) if found.in_a_part else ""
    return f"{', '.join(filter(None, (could, seat, say('drawn by lot') if row.by_lot else '')))}."


def approval_sentence(context: View) -> str:
    """Say by when an approval must be there for the plan's start to hold; nothing where no scheme fits."""
    plan, language, figures = context.plan, context.language, context.plan.headlines
    if figures is None or all(each.fit is not Fit.FITS for each in subsidies_for(context.case)):
        return ""
    return language.say(
        "Nothing may start before the approval: for the start on {day} to hold, it must be there {left}; otherwise the "
        "plan starts later.",
        day=language.day(figures.start_date),
        left=weeks_left((figures.start_date - plan.today).days, language),
    )


def waiting_sentence(context: View) -> str:
    """Say what waiting for an approval leaves open; nothing where no scheme fits."""
    fits = any(each.fit is Fit.FITS for each in subsidies_for(context.case))
    return delay_sentence(context) if fits else ""


def days_text(row: Subsidy, language: Language) -> str:
    """Write from when until when one can apply, as far as that is known."""
    if row.opens is None and row.closes is None:
        return language.say("days not known")
    if row.opens is None or row.closes is None:
        until = row.closes or row.opens
        pattern = msgid("until {day}") if row.opens is None else msgid("from {day} on")
        return "" if until is None else language.say(pattern, day=language.short_day(until))
    return language.say("{first} to {last}", first=language.short_day(row.opens), last=language.short_day(row.closes))


def for_whom(row: Subsidy, language: Language) -> str:
    """Write whom a scheme is for: where, and below which size."""
    say, parts = language.say, [region_name(row.region, language)]
    if row.people_below is not None:
        parts.append(language.plural("under {n} person", "under {n} people", row.people_below))
    if row.turnover_most is not None:
        parts.append(say("turnover up to EUR {n} million", n=language.trimmed(row.turnover_most)))
    if row.balance_most is not None:
        parts.append(say("or balance up to EUR {n} million", n=language.trimmed(row.balance_most)))
    return ", ".join(parts)


def amount_text(row: Subsidy, language: Language) -> str:
    """Write what a scheme brings at most."""
    if row.most is None:
        return language.say("not known")
    most = language.money(row.most)
    return (
        most
        if row.share is None
        else language.say("{share}, at most {amount}", share=language.percent(row.share), amount=most)
    )


def subsidy_table(context: View) -> Table:
    """Return the schemes of the plan's region: for whom, how much, when, on what conditions, and how they fit."""
    language, plan, say = context.language, context.plan, context.language.say

    def fit(found: SubsidyMatch) -> str:
        part = say("if your seat is there") if found.in_a_part and found.fit is Fit.FITS else ""
        return ", ".join(filter(None, (say(FITS[found.fit]), part)))

    def conditions(found: SubsidyMatch) -> str:
        lot = say("drawn by lot") if found.row.by_lot else ""
        return language.series(filter(None, (lot, say(found.row.conditions), say(found.row.note))))

    columns: tuple[Column[SubsidyMatch], ...] = (
        Column(say("Scheme"), words=lambda found: found.row.scheme),
        Column(say("Fits"), words=fit),
        Column(say("Amount"), CellFormat.EUROS, words=lambda found: amount_text(found.row, language)),
        Column(say("Open"), words=lambda found: days_text(found.row, language)),
        Column(say("For whom"), words=lambda found: for_whom(found.row, language)),
        Column(say("Conditions"), words=conditions),
        published_column(lambda found: found.row, language),
    )
    return table_of(columns, subsidies_for(context.case), lambda found: source_badges(found.row, plan, language))
