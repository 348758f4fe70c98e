"""What is published about losses: how old it is by its year and by the day on which it was read."""

from __future__ import annotations

from datetime import date

import pytest

from zt_planner import bootstrap


@pytest.mark.parametrize(
    ("year", "read_on", "is_old"),
    [
        (2024, date(2026, 11, 26), True),
        (2025, date(2026, 11, 26), False),
        (2026, date(2024, 11, 27), True),
        (2026, date(2024, 11, 28), False),
    ],
)
def test_what_is_published_is_old_two_years_after_the_middle_of_its_year_or_after_it_was_read(
    year: int, read_on: date, *, is_old: bool
) -> None:
    row = bootstrap.phase_model().rules.losses[0].model_copy(update={"source_year": year, "read_on": read_on})
    assert row.is_stale(date(2026, 11, 28)) is is_old


def test_what_names_no_year_is_true_as_of_the_day_on_which_it_was_read() -> None:
    (question, *_) = bootstrap.phase_model().rules.questions
    assert question.said_on == question.read_on
