"""The points of NIS2: counts over time, by letter, and one by one."""

from __future__ import annotations

from datetime import date

from tests import builders
from tests.words import ENGLISH, plotted, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.plan import Plan
from zt_planner.topics.nis2.points import (
    counts_words,
    letter_counts,
    point_table,
    points_alt,
    points_answer,
    points_chart,
    points_over_time,
    points_over_time_table,
)

STATE, TASKS = 2, 5
"""Where columns of the table of points stand."""


def default(price_book: PriceBook, phase_model: PhaseModel, **fields: object) -> Plan:
    return builders.plan(builders.scenario(**fields), price_book, phase_model)


def test_the_counts_grow_to_those_of_the_finished_plan(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = default(price_book, phase_model)
    counts = points_over_time(plan)
    served = [now.supported + now.partly for now in counts]
    assert served == sorted(served)
    assert [now.supported for now in counts] == sorted(now.supported for now in counts)
    assert (counts[0].day, served[0]) == (plan.headlines.start_date, 0)
    assert (counts[-1].supported, counts[-1].partly) == (15, 19)
    assert ENGLISH.write(counts_words(plan)) == "15 of 49 points, 19 more in part"
    assert len({(now.supported, now.partly) for now in counts}) == len(counts)


def test_the_chart_has_the_counts_of_its_table(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = default(price_book, phase_model)
    chart, table = plotted(points_chart(plan)), told(points_over_time_table(plan))
    for trace, column in zip(chart.data, (1, 2), strict=True):
        assert [str(number) for number in trace.y[:-1]] == [row[column] for row in table.rows]
        assert trace.y[-1] == trace.y[-2]
    assert chart.layout.yaxis.range == (0, 49)
    marks = {note.text.split()[0]: note for note in chart.layout.annotations}
    assert "done" in marks
    words = ENGLISH.write(points_alt(plan))
    assert "49" in words
    assert "from 2" in words


def test_a_plan_under_way_marks_its_status_date_in_the_place_of_today(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    def days(**fields: object) -> list[str]:
        plan = default(price_book, phase_model, timeline__start=date(2026, 11, 2), **fields)
        return [note.text for note in plotted(points_chart(plan)).layout.annotations]

    assert days()[0] == f"today {ENGLISH.short_day(date(2026, 11, 6))}"
    under_way = days(status__at=date(2026, 11, 16))
    assert under_way[0] == f"Status: {ENGLISH.short_day(date(2026, 11, 16))}"
    assert not any(text.startswith("today") for text in under_way)


def test_letters_count_their_points(price_book: PriceBook, phase_model: PhaseModel) -> None:
    counts = letter_counts(default(price_book, phase_model))
    assert "".join(row.measure.letter for row in counts) == "abcdefghij"
    assert [
        sum(values) for values in zip(*((r.points, r.supported, r.partly, r.open) for r in counts), strict=True)
    ] == [
        49,
        15,
        19,
        15,
    ]


def test_a_point_names_the_tasks_that_serve_it_and_those_that_are_missing(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    plan = default(price_book, phase_model, choices__monitoring="none")
    rows = {row[0]: row for row in told(point_table(plan)).rows}
    assert len(rows) == 49
    assert rows["3.2"][STATE] == "partly supported"
    assert "Not in the plan: " in rows["3.2"][TASKS]
    assert phase_model.by_id["risk_policies"].name in rows["3.2"][TASKS]


def test_a_task_with_nothing_to_do_serves_no_point(price_book: PriceBook, phase_model: PhaseModel) -> None:
    name = phase_model.by_id["ad_hardening"].name
    served, without = (
        {row[0]: row[TASKS] for row in told(point_table(default(price_book, phase_model, **fields))).rows}["11.3"]
        for fields in ({}, {"company__local_directory": False})
    )
    assert name in served
    assert name not in without


def test_what_was_done_before_is_named_and_supports_from_the_start(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    plan = default(price_book, phase_model, tasks__edits={"edr_onboarding": {"done": 1}})
    row = next(row for row in told(point_table(plan)).rows if row[0] == "6.9")
    assert phase_model.by_id["edr_onboarding"].name in row[TASKS]
    assert points_over_time(plan)[0].supported == 1


def test_a_plan_that_supports_nothing_says_so_without_days() -> None:
    phase_model = builders.model(builders.task("only"), points=(builders.point("1.1", covered="none"),))
    plan = builders.plan(builders.quiet(), builders.book(), phase_model)
    assert ENGLISH.write(points_answer(plan)) == "The finished plan supports 0 of 1 points, 0 more in part."
    assert [covered.state for covered in plan.coverage] == [CoverageState.OPEN]
