"""Public funding, in words: which scheme could fit, as a date and a chance (M32).

Laws: nothing is taken off the plan; nobody is told that money comes; what waiting costs is said beside what may come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.engine.decisions import first_commitment
from zt_planner.engine.nis2.regulation import country_of
from zt_planner.engine.subsidies import Fit, SubsidyMatch, fitting, subsidies_for
from zt_planner.errors import msgid
from zt_planner.language import Country, Listed, Money, Plural, Share, ShortDay, Text, Trimmed, Words, sentences, series
from zt_planner.topics.decisions.dates import decision_words
from zt_planner.topics.inputs.regions import Region, RegionPart
from zt_planner.topics.labels import NOT_KNOWN
from zt_planner.topics.nis2.dues import weeks_left
from zt_planner.topics.published import published_column, source_badges
from zt_planner.topics.risk.standstill import delay_sentence
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from zt_planner.domain.data.rules import Subsidy
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import View

FITS = {
    Fit.FITS: msgid("could fit by its size"),
    Fit.HAS_BEGUN: msgid("work has begun before an approval"),
    Fit.TOO_LARGE: msgid("too large a company"),
    Fit.NOT_OPEN: msgid("not open"),
}


def subsidy_sentence(view: View) -> Words:
    """Say whether a scheme could fit, and that it is a date and a chance; nothing where the plan has no region."""
    found = subsidies_for(view.case)
    country = country_of(view.plan.scenario)
    if not country:
        return ""
    name = Country(country)
    could_fit = [each for each in found if each.fit is Fit.FITS]
    if not found:
        return Text("{country}: no scheme was found.", country=name)
    if any(each.fit is Fit.HAS_BEGUN for each in found):
        return Text("{country}: work has begun, and schemes want nothing to start before the approval.", country=name)
    if not could_fit:
        return Text("{country}: none of the known schemes fits on this day.", country=name)
    chance = Text("This is a chance: nothing of it is taken off the plan.")
    return sentences(*(scheme_sentence(each) for each in could_fit), chance)


def scheme_sentence(found: SubsidyMatch) -> Words:
    """Say what a scheme that fits could bring at most, for which seat, and that it is drawn by lot where it is."""
    row = found.row
    could = Text("{scheme} could fit", scheme=row.scheme)
    if row.most is not None:
        could = Text("{scheme} could bring {amount} at most", scheme=row.scheme, amount=Money(row.most))
    seat = Text("if your seat is in {region}", region=RegionPart(row.region)) if found.in_a_part else ""
    return Listed((Listed((could, seat, Text("drawn by lot") if row.by_lot else ""), ", "), "."), "")


def approval_sentence(view: View) -> Words:
    """Say by when an approval must be there for the plan's dates to hold; nothing where no scheme fits.

    That is before the first contract or order, and before the start where none is left until then.
    """
    plan, figures = view.plan, view.plan.headlines
    if not fitting(view.case):
        return ""
    commitment = first_commitment(plan)
    if commitment is None or commitment.day > figures.start_date:
        return Text(
            "As a rule, nothing may start before the approval: for the start on {day} to hold, it must be there "
            "{left}; otherwise the plan starts later.",
            day=figures.start_date,
            left=weeks_left((figures.start_date - plan.today).days),
        )
    if commitment.is_overdue:
        return Text(
            "As a rule, nothing may start before the approval, and a signed contract counts as a start: wait for it "
            "before “{decision}”, which is overdue since {day}. The plan starts later by as long as that takes.",
            day=commitment.day,
            decision=decision_words(commitment),
        )
    return Text(
        "As a rule, nothing may start before the approval, and a signed contract counts as a start: for the plan’s "
        "dates to hold, it must be there {left}, before “{decision}” on {day}; otherwise the plan starts later.",
        day=commitment.day,
        decision=decision_words(commitment),
        left=weeks_left((commitment.day - plan.today).days),
    )


def waiting_sentence(view: View) -> Words:
    """Say what waiting for an approval leaves open; nothing where no scheme fits."""
    return delay_sentence(view) if fitting(view.case) else ""


def days_text(row: Subsidy) -> Words:
    """Write from when until when one can apply, as far as that is known."""
    if row.opens is None and row.closes is None:
        return Text("days not known")
    if row.opens is None or row.closes is None:
        until = row.closes or row.opens
        pattern = msgid("until {day}") if row.opens is None else msgid("from {day} on")
        return "" if until is None else Text(pattern, day=ShortDay(until))
    return Text("{first} to {last}", first=ShortDay(row.opens), last=ShortDay(row.closes))


def for_whom(row: Subsidy) -> Words:
    """Write whom a scheme is for: where, and below which size."""
    parts: list[Words] = [Region(row.region)]
    if row.people_below is not None:
        parts.append(Plural("under {n} person", "under {n} people", row.people_below))
    if row.turnover_most is not None:
        parts.append(Text("turnover up to EUR {n} million", n=Trimmed(row.turnover_most)))
    if row.balance_most is not None:
        parts.append(Text("or balance up to EUR {n} million", n=Trimmed(row.balance_most)))
    return Listed(parts, ", ")


def amount_text(row: Subsidy) -> Words:
    """Write what a scheme brings at most."""
    if row.most is None:
        return NOT_KNOWN
    most = Money(row.most)
    return most if row.share is None else Text("{share}, at most {amount}", share=Share(row.share), amount=most)


def subsidy_table(view: View) -> Table:
    """Return the schemes of the plan's region: for whom, how much, when, on what conditions, and how they fit."""
    plan = view.plan

    def fit(found: SubsidyMatch) -> Words:
        part = Text("if your seat is there") if found.in_a_part and found.fit is Fit.FITS else ""
        return Listed((Text(FITS[found.fit]), part), ", ")

    def conditions(found: SubsidyMatch) -> Words:
        lot = Text("drawn by lot") if found.row.by_lot else ""
        return series(filter(None, (lot, Text(found.row.conditions), Text(found.row.note))))

    columns: tuple[Column[SubsidyMatch], ...] = (
        Column(Text("Scheme"), words=lambda found: found.row.scheme),
        Column(Text("Fits"), words=fit),
        Column(Text("Amount"), units.EUROS, words=lambda found: amount_text(found.row)),
        Column(Text("Open"), words=lambda found: days_text(found.row)),
        Column(Text("For whom"), words=lambda found: for_whom(found.row)),
        Column(Text("Conditions"), words=conditions),
        published_column(lambda found: found.row),
    )
    return table_of(columns, subsidies_for(view.case), lambda found: source_badges(found.row, plan))
