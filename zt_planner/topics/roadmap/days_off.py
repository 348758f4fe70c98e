"""Days on which nobody works, as spans with their names: public holidays, the turn of the year, closures.

Weekends are not among them: everybody knows those. Laws: a public holiday is
one that the calendar keeps free; spans are those that touch the months that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.regions import holidays_of
from zt_planner.engine.scheduling.calendar import SATURDAY, DayOff
from zt_planner.errors import msgid
from zt_planner.language import LOCALES, LanguageCode, Listed, Span, Text, Words, Writable, series
from zt_planner.topics.axes import shown_months
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
class Holiday(Writable):
    """What a public holiday of a region is called."""

    region: str
    day: date

    def written(self, language: Language) -> str:
        """Return its name, in the reader's language where that is known."""
        return holiday_names(self.region, self.day.year, language.code)[self.day]


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days off that belong together, both ends included; `name` is what a holiday is called."""

    first: date
    last: date
    kind: DayOff
    name: Words = field(default="", compare=False)

    @property
    def title(self) -> Words:
        """The days with what they are, as in `Good Friday, 26 Mar 2027`."""
        return Listed((self.name or Text(KINDS[self.kind]), Span(self.first, self.last)), ", ")


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


def name_of_day_off(day: date, kind: DayOff, region: str | None) -> Words:
    """Return what keeps a day free: the holiday's name, or what kind of day it is."""
    if kind is DayOff.HOLIDAY and region is not None and day in holidays_in(region, day.year):
        return Holiday(region, day)
    return Text(KINDS[kind])


def holidays_in(region: str, year: int) -> Iterable[date]:
    """Return the public holidays of a region in a year."""
    return holiday_names(region, year, LanguageCode.ENGLISH)


def days_off(plan: Plan) -> tuple[DaysOff, ...]:
    """Return the days off in the months that are shown, by their first day."""
    return tuple(sorted(_spans(plan), key=lambda span: (span.first, span.last)))


def _spans(plan: Plan) -> Iterator[DaysOff]:
    months, timeline = shown_months(plan), plan.scenario.timeline
    first, last = months[0].first_day, months[-1].last_day
    spans = [DaysOff(start, end, DayOff.CLOSURE) for start, end in timeline.closures]
    for year in range(first.year, last.year + 1):
        if timeline.region is not None:
            spans += [
                DaysOff(day, day, DayOff.HOLIDAY, Holiday(timeline.region, day))
                for day in holidays_in(timeline.region, year)
                if day.weekday() < SATURDAY
            ]
        if timeline.year_end_freeze:
            spans.append(DaysOff(date(year - 1, 12, 24), date(year, 1, 1), DayOff.FREEZE))
    if timeline.year_end_freeze:
        spans.append(DaysOff(date(last.year, 12, 24), date(last.year + 1, 1, 1), DayOff.FREEZE))
    return (span for span in spans if span.first <= last and span.last >= first)


def days_off_table(plan: Plan) -> Table:
    """Return the days off as a table."""
    columns: tuple[Column[DaysOff], ...] = (
        Column(Text("First day"), units.DAY, lambda span: span.first),
        Column(Text("Last day"), units.DAY, lambda span: span.last),
        Column(Text("What"), value=lambda span: Text(KINDS[span.kind])),
        Column(Text("Name"), value=lambda span: span.name),
    )
    return table_of(columns, days_off(plan))


def days_off_text(plan: Plan) -> Words:
    """Say on which days nobody works; of very many the first, and how many more."""
    titles = [span.title for span in days_off(plan)]
    if not titles:
        return Text("There are no days off except weekends.")
    left = len(titles) - MOST_NAMED
    more = [Text("and {n} more", n=left)] if left > 0 else []
    return Text("Days off: {days}.", days=series([*titles[:MOST_NAMED], *more]))
