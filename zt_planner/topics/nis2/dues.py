"""What a country's law asks for by when, and the most that fines may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.data.price_book import ASSUMED
from zt_planner.domain.data.rules import LawStatus
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK
from zt_planner.engine.costing.trust import Mark
from zt_planner.engine.nis2.regulation import registration
from zt_planner.errors import msgid
from zt_planner.language import Money, Plural, Text, Words, exact_percent, series
from zt_planner.topics.badges import Badge
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from zt_planner.domain.data.rules import Regulation
    from zt_planner.topics.nis2.regulation import CountryLaw
    from zt_planner.topics.table import Table

REPORTS = (msgid("Early warning of a significant incident"), msgid("Notification of a significant incident"))


@dataclass(frozen=True, slots=True)
class Due:
    """Something that the law asks for: what, by when or how much, what is to be known about it."""

    what: Words
    when: Words
    remark: Words = ""
    is_directive: bool = False
    badges: tuple[Badge, ...] = ()


def dues_of(found: CountryLaw) -> tuple[Due, ...]:
    """Return what is due when, and the most that a fine may be; nothing where no law is known."""
    if not found.is_known:
        return ()
    return *registration_due(found), *documentation_due(found), *report_dues(found), *ceilings(found)


def documentation_due(found: CountryLaw) -> Iterator[Due]:
    """Yield within how many weeks changes are told, and that the measures are documented."""
    law = found.shown
    weeks = law.changes_weeks
    if weeks is not None:
        within = Plural("without delay, within {n} week at most", "without delay, within {n} weeks at most", weeks)
        yield Due(Text("Changes of what was registered"), within)
    if law.documentation is not None:
        yield Due(Text("Documentation of the measures"), Text("from the first day on"), Text(law.documentation))


def registration_due(found: CountryLaw) -> Iterator[Due]:
    """Yield when the company registers: past, in so many weeks, or every year; nothing where no law asks for it."""
    plan, law = found.view.plan, found.shown
    since = plan.scenario.company.under_law_since
    due = registration(law, since, plan.today)
    where = "" if law.register_where is None else Text(law.register_where)
    if due is None:
        if where:
            yield Due(Text("Registration"), Text("no deadline was found"), where)
        return
    days, by = (due.by - plan.today).days, due.by
    if due.opens is not None and not found.is_concerned:
        when = Text(
            "would be due from {first} to {last}, every year, if the law applies",
            first=due.opens,
            last=by,
        )
    elif not found.is_concerned:
        when = (
            Text("would have been due by {day}, if the law applies", day=by)
            if days < 0
            else Text("would be due by {day}, if the law applies", day=by)
        )
    elif due.opens is not None:
        when = Text("from {first} to {last}, every year", first=due.opens, last=by)
    elif days < 0:
        when = Text("past: it was due by {day}", day=by)
    else:
        when = Text("by {day}, {left}", day=by, left=weeks_left(days))
    rule: Words = ""
    if law.register_months is not None:
        rule = Plural(
            "{n} month after the company falls under the law",
            "{n} months after the company falls under the law",
            law.register_months,
        )
    badges = (Badge(Mark.ASSUMED, Text("assumed")),) if law.register_confidence in ASSUMED else ()
    yield Due(Text("Registration"), when, series(filter(None, (rule, where))), badges=badges)


def weeks_left(days: int) -> Words:
    """Say in how many weeks something is due, or days where it is less than one; what is not later is due today."""
    if days <= 0:
        return Text("today")
    weeks = days // CALENDAR_DAYS_A_WEEK
    return Plural("in {n} week", "in {n} weeks", weeks) if weeks else Plural("in {n} day", "in {n} days", days)


def report_dues(found: CountryLaw) -> Iterator[Due]:
    """Yield within how many hours an incident is reported, and what follows."""
    own = found.shown
    is_directive = not own.report_hours and own.status is not LawStatus.OTHER_LAW
    law = found.directive if is_directive else own
    for name, hours in zip(REPORTS, law.report_hours, strict=False):
        within = Plural("within {n} hour of becoming aware of it", "within {n} hours of becoming aware of it", hours)
        yield Due(Text(name), within, is_directive=is_directive)
    if law.final_report is not None:
        yield Due(Text("Final report"), Text(law.final_report), is_directive=is_directive)


def fine_sentence(found: CountryLaw, *, is_essential: bool) -> Words:
    """Say how high a fine may be for a company that the law probably concerns; empty where nothing was found."""
    law, is_directive = _ceiling_law(found, is_essential=is_essential)
    ceiling = law.essential if is_essential else law.important
    if ceiling.amount is None:
        return ""
    fine = ceiling_text(ceiling.amount, ceiling.share, law)
    if is_directive and found.is_own:
        return Text("Fines of up to {fine} under the directive.", fine=fine)
    return Text("Fines of up to {fine}.", fine=fine)


def _ceiling_law(found: CountryLaw, *, is_essential: bool) -> tuple[Regulation, bool]:
    """Return whose ceiling holds, and whether that is the directive's, as the country's own was not found."""
    own = found.shown
    mine = own.essential if is_essential else own.important
    is_directive = own.status is not LawStatus.OTHER_LAW and mine.amount is None
    return (found.directive if is_directive else own), is_directive


def ceilings(found: CountryLaw) -> Iterator[Due]:
    """Yield the most that fines may be; what was not found has no row."""
    own = found.shown
    is_nis2 = own.status is not LawStatus.OTHER_LAW
    essential = Text("Fine at most, essential entity") if is_nis2 else Text("Fine at most")
    for name, is_essential in ((essential, True), (Text("Fine at most, important entity"), False)):
        law, is_directive = _ceiling_law(found, is_essential=is_essential)
        ceiling = law.essential if is_essential else law.important
        if ceiling.amount is not None:
            notes = dict.fromkeys((law.ceiling_note, found.shown.ceiling_note))
            note = series(Text(text) for text in notes if text)
            text = ceiling_text(ceiling.amount, ceiling.share, law)
            yield Due(name, text, note, is_directive)
    fine = found.shown.registration_fine
    if fine is not None:
        yield Due(Text("Fine at most for not registering"), ceiling_text(fine, None, found.shown))


def ceiling_text(amount: Decimal, share: Decimal | None, law: Regulation) -> Words:
    """Write the most that a fine may be."""
    money = Money(amount, currency=law.currency or HOME_CURRENCY)
    if share is None:
        return money
    return Text("{amount} or {share} of turnover", amount=money, share=exact_percent(share))


def due_table(found: CountryLaw, dues: Iterable[Due] | None = None) -> Table:
    """Return what is due when as a table, by default all of it."""

    def remark(due: Due) -> Words:
        return series(filter(None, (found.from_directive(is_directive=due.is_directive), due.remark)))

    columns: tuple[Column[Due], ...] = (
        Column(Text("What"), value=lambda due: due.what),
        Column(Text("When, how much"), value=lambda due: due.when),
        Column(Text("Note"), value=remark),
    )
    return table_of(columns, dues_of(found) if dues is None else dues, lambda due: due.badges, 1)
