"""Days off, with their names, as the calendar keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.approval import Says
from tests.builders import plan, scenario
from tests.pictures import planned
from tests.words import GERMAN, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.engine.scheduling.calendar import DayOff, calendar_of
from zt_planner.language import LanguageCode
from zt_planner.topics.picture.alt import roadmap_alt
from zt_planner.topics.roadmap.days_off import MOST_NAMED, days_off, days_off_table, days_off_text, holiday_names


def test_days_off_are_named_in_the_reader_s_language(says: Says) -> None:
    found = planned(timeline__region="DE-NW", timeline__closures=[["2027-07-26", "2027-08-13"]])
    english = [plain(told(span.title)) for span in days_off(found)]
    german = [told(span.title, GERMAN) for span in days_off(found)]
    says(english)
    assert "Karfreitag, 26.03.2027" in german
    assert len(english) == len(german)
    assert not any("Labour Day" in title for title in english)  # 1 May 2027 is a Saturday


@pytest.mark.parametrize(
    ("region", "code", "day", "name"),
    [
        ("FR-6AE", "fr", date(2027, 3, 26), "Vendredi saint"),
        ("FR", "de", date(2027, 7, 14), "Fête nationale"),
        ("ES-VC", "es", date(2027, 10, 9), "Día de la Comunidad Valenciana"),
        ("CH-GE", "fr", date(2027, 9, 9), "Jeûne genevois"),
        ("BE", "fr", date(2027, 7, 21), "Fête nationale"),
        ("LU", "fr", date(2027, 6, 23), "Fête nationale"),
        ("DE", "fr", date(2027, 3, 26), "Karfreitag"),
        ("DE", "en", date(2027, 3, 26), "Good Friday"),
        ("JP", "es", date(2027, 1, 1), "New Year's Day"),
    ],
)
def test_a_holiday_has_a_name_that_can_be_read(region: str, code: str, day: date, name: str) -> None:
    assert holiday_names(region, 2027, LanguageCode(code))[day] == name


def test_a_language_that_the_library_does_not_know_for_a_country_is_no_fault() -> None:
    assert told(days_off(planned(timeline__region="JP")), GERMAN)


def test_the_turn_of_the_year_reaches_over_it(says: Says) -> None:
    found = planned(timeline__year_end_freeze=True, timeline__start=date(2027, 3, 1))
    (turn,) = days_off(found)
    assert (turn.first, turn.last, turn.kind) == (date(2027, 12, 24), date(2028, 1, 1), DayOff.FREEZE)
    says(told(days_off_table(found)).rows[0][2:])


def test_a_day_off_is_none_on_which_somebody_works(phase_model: PhaseModel, price_book: PriceBook) -> None:
    for region in ("DE-NW", "AT", "FR", "US-CA"):
        found = plan(scenario(timeline__region=region), price_book, phase_model)
        assert found.scenario.timeline.start is not None
        calendar = calendar_of(found.scenario.timeline, found.scenario.timeline.start)
        spans = days_off(found)
        assert len(spans) > 5
        assert all(calendar.count(span.first, span.last) == 0 for span in spans)


def test_days_off_are_said_for_those_who_do_not_see_them(says: Says) -> None:
    says(told(days_off_text(planned())))
    closures = [[f"2027-{month:02}-{day:02}"] * 2 for month in range(1, 13) for day in (5, 12, 19)]
    text = told(days_off_text(planned(timeline__closures=closures)))
    assert text.endswith(f"; and {len(closures) - MOST_NAMED} more.")
    assert "Karfreitag, 26.03.2027" in told(roadmap_alt(planned(timeline__region="DE")), GERMAN)
