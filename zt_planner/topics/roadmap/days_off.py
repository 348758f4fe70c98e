"""Days on which nobody works, as spans with their names: public holidays, the turn of the year, closures.

Weekends are not among them: everybody knows those. Laws: a public holiday is
one that the calendar keeps free; spans are those that touch the months that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from zt_planner.domain.regions import holidays_of
from zt_planner.engine.scheduling.calendar import SATURDAY, DayOff
from zt_planner.errors import msgid
from zt_planner.language import LOCALES, LanguageCode
from zt_planner.topics.axes import shown_months
from zt_planner.topics.table import CellFormat, Column, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.table import Table

KINDS = {
    DayOff.HOLIDAY: msgid("Public holiday"),
    DayOff.FREEZE: msgid("Turn of the year"),
    DayOff.CLOSURE: msgid("Company holidays or change freeze"),
}
MOST_NAMED = 24


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days off that belong together, both ends included; `name` is what a holiday is called."""

    first: date
    last: date
    kind: DayOff
    name: str = ""

    def title(self, language: Language) -> str:
        """Return the days with what they are, as in `Good Friday, 26 Mar 2027`."""
        what = self.name or language.say(KINDS[self.kind])
        return f"{what}, {language.span(self.first, self.last)}"


@lru_cache(maxsize=256)
def holiday_names(region: str, year: int, code: LanguageCode) -> Mapping[date, str]:
    """Return the public holidays of a region in a year, with their names in a language.

    Where those are not known, they are in the country's own, if the product speaks it, or else in English.
    """
    known = holidays_of(region)
    wanted = (LOCALES[code].holidays, known.default_language, LOCALES[LanguageCode.ENGLISH].holidays)
    spoken = {locale.holidays for locale in LOCALES.values()}.intersection(known.supported_languages)
    language = next((each for each in wanted if each in spoken), None)
    return dict(holidays_of(region, year, language))


def name_of_day_off(day: date, kind: DayOff, region: str | None, language: Language) -> str:
    """Return what keeps a day free: the holiday's name, or what kind of day it is."""
    named = holiday_names(region, day.year, language.code) if kind is DayOff.HOLIDAY and region is not None else {}
    return named.get(day) or language.say(KINDS[kind])


def days_off(plan: Plan, language: Language) -> tuple[DaysOff, ...]:
    """Return the days off in the months that are shown, by their first day."""
    return tuple(sorted(_spans(plan, language), key=lambda span: (span.first, span.last)))


def _spans(plan: Plan, language: Language) -> Iterator[DaysOff]:
    months, timeline = shown_months(plan), plan.scenario.timeline
    first, last = months[0].first_day, months[-1].last_day
    found = [DaysOff(start, end, DayOff.CLOSURE) for start, end in timeline.closures]
    for year in range(first.year, last.year + 1):
        if timeline.region is not None:
            named = holiday_names(timeline.region, year, language.code)
            found += [
                DaysOff(day, day, DayOff.HOLIDAY, name) for day, name in named.items() if day.weekday() < SATURDAY
            ]
        if timeline.year_end_freeze:
            found.append(DaysOff(date(year - 1, 12, 24), date(year, 1, 1), DayOff.FREEZE))
    if timeline.year_end_freeze:
        found.append(DaysOff(date(last.year, 12, 24), date(last.year + 1, 1, 1), DayOff.FREEZE))
    return (span for span in found if span.first <= last and span.last >= first)


def days_off_table(plan: Plan, language: Language) -> Table:
    """Return the days off as a table."""
    say = language.say
    columns: tuple[Column[DaysOff], ...] = (
        Column(say("First day"), CellFormat.DATE, lambda span: span.first),
        Column(say("Last day"), CellFormat.DATE, lambda span: span.last),
        Column(say("What"), value=lambda span: say(KINDS[span.kind])),
        Column(say("Name"), value=lambda span: span.name),
    )
    return table_of(columns, days_off(plan, language))


def days_off_text(plan: Plan, language: Language) -> str:
    """Say on which days nobody works; of very many the first, and how many more."""
    titles = [span.title(language) for span in days_off(plan, language)]
    if not titles:
        return language.say("There are no days off except weekends.")
    left = len(titles) - MOST_NAMED
    more = [language.say("and {n} more", n=language.number(left))] if left > 0 else []
    return language.say("Days off: {days}.", days=language.series([*titles[:MOST_NAMED], *more]))
