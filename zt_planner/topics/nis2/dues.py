"""What a country's law asks for by when, and the most that fines may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.data.price_book import UNVERIFIED
from zt_planner.domain.data.rules import LawStatus
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.engine.costing.trust import Mark
from zt_planner.engine.regulation import registration
from zt_planner.errors import msgid
from zt_planner.topics.badges import Badge
from zt_planner.topics.nis2.concerned import is_concerned
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from zt_planner.domain.data.rules import Regulation
    from zt_planner.language import Language
    from zt_planner.topics.nis2.regulation import CountryLaw
    from zt_planner.topics.table import Table

DAYS_A_WEEK = 7
REPORTS = (msgid("Early warning of an incident"), msgid("Notification of an incident"))


@dataclass(frozen=True, slots=True)
class Due:
    """Something that the law asks for: what, by when or how much, what is to be known about it."""

    what: str
    when: str
    remark: str = ""
    is_directive: bool = False
    badges: tuple[Badge, ...] = ()


def dues_of(found: CountryLaw) -> tuple[Due, ...]:
    """Return what is due when, and the most that a fine may be; nothing where no law is known."""
    if not found.is_known:
        return ()
    return *registration_due(found), *documentation_due(found), *report_dues(found), *ceilings(found)


def documentation_due(found: CountryLaw) -> Iterator[Due]:
    """Yield within how many weeks changes are told, and that the measures are documented."""
    language, law = found.context.language, found.shown
    say, weeks = language.say, law.changes_weeks
    if weeks is not None:
        within = language.plural("at once, within {n} week at most", "at once, within {n} weeks at most", weeks)
        yield Due(say("Changes of what was registered"), within)
    if law.documentation is not None:
        yield Due(say("Documentation of the measures"), say("from the first day on"), say(law.documentation))


def registration_due(found: CountryLaw) -> Iterator[Due]:
    """Yield when the company registers: past, in so many weeks, or every year; nothing where no law asks for it."""
    plan, language, law = found.context.plan, found.context.language, found.shown
    say, since = language.say, plan.scenario.company.under_law_since
    due = registration(law, since, plan.today)
    where = "" if law.register_where is None else say(law.register_where)
    if due is None:
        if where:
            yield Due(say("Registration"), say("the deadline was not verified"), where)
        return
    days, by = (due.by - plan.today).days, language.day(due.by)
    if due.opens is not None and not is_concerned(found.context, found.country):
        when = say(
            "would be due from {first} to {last}, every year, if the law applies",
            first=language.day(due.opens),
            last=by,
        )
    elif not is_concerned(found.context, found.country):
        when = (
            say("would have been due by {day}, if the law applies", day=by)
            if days < 0
            else say("would be due by {day}, if the law applies", day=by)
        )
    elif due.opens is not None:
        when = say("from {first} to {last}, every year", first=language.day(due.opens), last=by)
    elif days < 0:
        when = say("past: it was due by {day}", day=by)
    else:
        when = say("by {day}, {left}", day=by, left=weeks_left(days, language))
    rule = ""
    if law.register_months is not None:
        rule = language.plural(
            "{n} month after the company falls under the law",
            "{n} months after the company falls under the law",
            law.register_months,
        )
    badges = (Badge(Mark.UNVERIFIED, say("unverified")),) if law.register_confidence in UNVERIFIED else ()
    yield Due(say("Registration"), when, language.series(filter(None, (rule, where))), badges=badges)


def weeks_left(days: int, language: Language) -> str:
    """Say in how many weeks something is due, or days where it is less than one; what is not later is due today."""
    if days <= 0:
        return language.say("today")
    weeks = days // DAYS_A_WEEK
    return (
        language.plural("in {n} week", "in {n} weeks", weeks)
        if weeks
        else language.plural("in {n} day", "in {n} days", days)
    )


def report_dues(found: CountryLaw) -> Iterator[Due]:
    """Yield within how many hours an incident is reported, and what follows."""
    language, own = found.context.language, found.shown
    is_directive = not own.report_hours and own.status is not LawStatus.OTHER_LAW
    law = found.directive if is_directive else own
    for name, hours in zip(REPORTS, law.report_hours, strict=False):
        within = language.plural("within {n} hour", "within {n} hours", hours)
        yield Due(language.say(name), within, is_directive=is_directive)
    if law.final_report is not None:
        yield Due(language.say("Final report"), language.say(law.final_report), is_directive=is_directive)


def ceilings(found: CountryLaw) -> Iterator[Due]:
    """Yield the most that fines may be; what was not found has no row."""
    language, own = found.context.language, found.shown
    say, is_nis2 = language.say, own.status is not LawStatus.OTHER_LAW
    essential = say("Fine at most, essential entity") if is_nis2 else say("Fine at most")
    for name, mine, its in (
        (essential, own.essential, found.directive.essential),
        (say("Fine at most, important entity"), own.important, found.directive.important),
    ):
        is_directive = is_nis2 and mine.amount is None
        law, ceiling = (found.directive, its) if is_directive else (own, mine)
        if ceiling.amount is not None:
            notes = dict.fromkeys((law.ceiling_note, found.shown.ceiling_note))
            note = language.series(say(text) for text in notes if text)
            text = ceiling_text(ceiling.amount, ceiling.share, law, language)
            yield Due(name, text, note, is_directive)
    fine = found.shown.registration_fine
    if fine is not None:
        yield Due(say("Fine at most for not registering"), ceiling_text(fine, None, found.shown, language))


def ceiling_text(amount: Decimal, share: Decimal | None, law: Regulation, language: Language) -> str:
    """Write the most that a fine may be."""
    money = language.money(amount, currency=law.currency or HOME_CURRENCY)
    if share is None:
        return money
    places = 0 if share * 100 == round(share * 100) else 1
    return language.say("{amount} or {share} of turnover", amount=money, share=language.percent(share, places))


def due_table(found: CountryLaw) -> Table:
    """Return what is due when as a table."""
    language = found.context.language
    say = language.say

    def remark(due: Due) -> str:
        return language.series(filter(None, (found.from_directive(is_directive=due.is_directive), due.remark)))

    columns: tuple[Column[Due], ...] = (
        Column(say("What"), value=lambda due: due.what),
        Column(say("When, how much"), value=lambda due: due.when),
        Column(say("Note"), value=remark),
    )
    return table_of(columns, dues_of(found), lambda due: due.badges, 1)
