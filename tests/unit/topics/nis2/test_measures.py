"""The bars of NIS2 carry the measures' names, short enough for a phone; so does their description."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import builders
from tests.approval import Says
from tests.words import plotted
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.labels import SHORT_NAMES, measure_name
from zt_planner.topics.nis2.measures import nis2_alt, nis2_chart

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)
LONGEST = 20
"""Letters that leave half of a phone's 390 pixels to the bars."""


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=lambda language: language.code)
def test_every_measure_has_a_name_that_a_phone_can_show(language: Language, phase_model: PhaseModel) -> None:
    assert set(SHORT_NAMES) == {measure.letter for measure in phase_model.measures}
    names = [language.write(measure_name(letter)) for letter in SHORT_NAMES]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= LONGEST
    assert language.write(measure_name("z")) == "(z)"


def test_the_bars_and_their_description_name_the_measures(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    plan = builders.plan(builders.scenario(), price_book, phase_model)
    chart = plotted(nis2_chart(plan))
    says(chart.layout.yaxis.ticktext)
    assert any(text.startswith("Incidents (b), supported: ") for trace in chart.data for text in trace.hovertext)
    marks = {note.text.split()[0]: note for note in chart.layout.annotations}
    assert set(marks) >= {"done", "deadline"}
    assert {note.yanchor for note in marks.values()} == {"bottom"}, "a label stands above its line, not across it"
    assert len({note.yshift for note in marks.values()}) == len(marks), "on a phone no label covers another one"
    words = ENGLISH.write(nis2_alt(plan))
    says(words)


def test_a_plan_under_way_marks_its_status_date_in_the_place_of_today(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    def days(**fields: object) -> list[str]:
        given = builders.scenario(timeline__start=date(2026, 11, 2), **fields)
        return [
            note.text for note in plotted(nis2_chart(builders.plan(given, price_book, phase_model))).layout.annotations
        ]

    assert days()[0] == f"today {ENGLISH.short_day(date(2026, 11, 24))}"
    under_way = days(status__at=date(2026, 11, 16))
    assert under_way[0] == f"Status: {ENGLISH.short_day(date(2026, 11, 16))}"
    assert not any(text.startswith("today") for text in under_way)
