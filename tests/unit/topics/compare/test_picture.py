"""Plans side by side in the picture's design: each plan's own bars on one axis, and a line that ends at its cost."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import scenario, unstopped
from tests.pictures import money_in
from tests.unit.topics.compare.test_comparison import BOOK, ENDLESS, compared
from tests.words import ENGLISH, plain, told
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.kept import KeptBook
from zt_planner.topics.compare.over_time import (
    roadmaps_alt,
    roadmaps_table,
    running_totals,
    totals_alt,
    totals_table,
)
from zt_planner.topics.compare.picture import DASHES, LABEL, roadmaps_of, spread, totals_of
from zt_planner.topics.labels import label
from zt_planner.topics.palette import DARK, LIGHT, Palette
from zt_planner.topics.picture.time_axis import TimeAxis

MDR = scenario(choices__monitoring="mdr")
LATER = scenario(timeline__start="2027-03-01")


def test_each_step_has_a_thin_row_a_plan_in_the_colour_of_the_step() -> None:
    rows = told(roadmaps_of(compared(MDR, LATER))).rows
    assert [row.letter for row in rows] == list("ABC") * len(Step)
    assert [row.name for row in rows] == [ENGLISH.write(label(step)) for step in Step for _ in "ABC"]
    assert {row.colour for row in rows} == set(LIGHT.of_steps)
    assert len({row.id for row in rows}) == len(rows)


def test_the_rows_lie_on_one_axis_where_the_days_of_their_plan_are() -> None:
    comparison = compared(LATER)
    picture = told(roadmaps_of(comparison))
    tasks = [task for variant in comparison.variants for task in variant.plan.tasks]
    axis_days = 1 / (picture.month_starts[0] / 31)  # January has 31 days
    first = min(task.start for task in tasks).replace(day=1)
    axis = TimeAxis(first, first + timedelta(days=round(axis_days)))
    for index, variant in enumerate(comparison.variants):
        for step, row in zip(Step, picture.rows[index :: len(comparison.variants)], strict=True):
            of_step = [task for task in variant.plan.tasks if task.task.step is step]
            assert row.bars[0].span.left == pytest.approx(axis.at(min(task.start for task in of_step)))
            last = axis.at(max(task.finish for task in of_step) + timedelta(days=1))
            assert row.bars[-1].span.left + row.bars[-1].span.width == pytest.approx(last)


def test_days_that_plans_share_are_marked_once_and_others_by_their_letters() -> None:
    comparison = compared(scenario(timeline__confidence="planned"), scenario(finance__contingency=0))
    texts = [mark.text for mark in told(roadmaps_of(comparison)).marks]
    first, later, _ = (unstopped(variant.plan).headlines for variant in comparison.variants)
    deadline = unstopped(comparison.first.plan).deadline
    assert deadline is not None
    assert texts == [
        f"A, C done {ENGLISH.day_in_year(first.finish_date)}",
        f"B done {ENGLISH.day_in_year(later.finish_date)}",
        f"deadline {ENGLISH.day_in_year(deadline)}",
    ]


@pytest.mark.extended
def test_a_step_that_a_plan_leaves_out_is_an_empty_row_that_says_so(says: Says) -> None:
    comparison = compared(MDR)
    of_segmentation = [task.task.id for task in comparison.first.plan.tasks if task.task.step is Step.SEGMENTATION]
    without = scenario(tasks__edits={key: {"in_scope": False} for key in of_segmentation})
    rows = {row.id: row for row in told(roadmaps_of(compared(without))).rows}
    row = rows[f"{Step.SEGMENTATION}:B"]
    says((row.bars, row.dates))
    assert rows[f"{Step.SEGMENTATION}:A"].bars


@pytest.mark.extended
def test_only_days_off_of_all_plans_are_shaded() -> None:
    closed: dict[str, Any] = {"timeline__closures": [["2027-06-07", "2027-06-11"]]}
    shaded = [len(told(roadmaps_of(compared(other))).days_off) for other in (MDR, scenario(timeline__region=None))]
    assert shaded[0] > shaded[1] > 0
    assert not any("7 Jun" in plain(off.text) for off in told(roadmaps_of(compared(scenario(**closed)))).days_off)


def test_a_line_ends_at_the_cost_over_the_horizon() -> None:
    comparison = compared(MDR, LATER)
    money = money_in(told(totals_of(comparison)))
    assert [(line.letter, line.name) for line in money.lines] == [("A", "0.json"), ("B", "1.json"), ("C", "2.json")]
    costs = []
    for variant, line in zip(comparison.variants, money.lines, strict=True):
        figures = unstopped(variant.plan).headlines
        assert list(running_totals(variant.plan).values())[-1] == figures.horizon_total
        assert line.total == ENGLISH.money(figures.horizon_total)
        costs.append(float(figures.horizon_total))
    scales = {
        round((line.points[-1][1] - money.zero) / cost, 12) for line, cost in zip(money.lines, costs, strict=True)
    }
    assert len(scales) == 1


def test_a_line_begins_at_nothing_with_its_plan_and_rises_month_by_month() -> None:
    money = money_in(told(totals_of(compared(LATER))))
    first, later = (line.points for line in money.lines)
    assert first[0] == pytest.approx((0, money.zero))
    assert later[0][0] == pytest.approx(money.stacks[2].span.left)
    assert first[-1][0] < later[-1][0] == pytest.approx(1)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(first))


def test_a_month_says_every_running_total() -> None:
    comparison = compared(MDR)
    money = money_in(told(totals_of(comparison)))
    rows = told(totals_table(comparison)).rows
    assert len(money.stacks) == len(rows) == len(comparison.first.plan.horizon)
    month, first, other = money.stacks[-1].text.split("\n")
    assert month == rows[-1][0]
    totals = [list(running_totals(variant.plan).values())[-1] for variant in comparison.variants]
    assert [first, other] == [f"{letter}: {ENGLISH.money(each, 2)}" for letter, each in zip("AB", totals, strict=True)]


@pytest.mark.extended
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_are_told_apart_by_form_and_by_colours_of_one_family(palette: Palette) -> None:
    lines = money_in(told(totals_of(compared(MDR, LATER, MDR), palette))).lines
    assert [line.dash for line in lines] == list(DASHES)
    assert [line.colour for line in lines] == list(palette.of_variants)


@pytest.mark.parametrize("places", [[0.5] * 4, [0.99, 0.98, 0.01], [0.0, 0.0], [1.0], [0.2, 0.8]])
def test_labels_stand_near_their_lines_and_cover_none(places: list[float]) -> None:
    found = spread(places)
    assert all(other - one >= LABEL - 1e-9 for one, other in pairwise(sorted(found)))
    assert min(found) >= LABEL / 2 - 1e-9
    assert max(found) <= 1 - LABEL / 2 + 1e-9
    assert sorted(range(len(places)), key=lambda index: found[index]) == sorted(
        range(len(places)), key=lambda index: places[index]
    )


def test_labels_that_have_room_stand_at_their_lines() -> None:
    assert spread([0.8, 0.2]) == [0.8, 0.2]


def test_a_plan_without_a_schedule_has_neither_line_nor_row() -> None:
    comparison = compared(scenario(**ENDLESS), MDR)
    assert {row.letter for row in told(roadmaps_of(comparison)).rows} == {"A", "C"}
    lines = money_in(told(totals_of(comparison))).lines
    assert [(line.letter, line.dash) for line in lines] == [("A", "solid"), ("C", "dotted")]
    assert told(roadmaps_table(comparison)).rows[0][2] == ""


def test_where_no_plan_has_a_schedule_the_pictures_say_so(says: Says) -> None:
    first = scenario(**ENDLESS)
    comparison = compared(first)
    comparison = comparison._replace(first=comparison.others[0], others=())
    assert (roadmaps_of(comparison).rows, money_in(totals_of(comparison)).lines) == ((), ())
    says(ENGLISH.write(roadmaps_alt(comparison)))
    says(ENGLISH.write(totals_alt(comparison)))


def test_the_descriptions_name_every_plan_with_its_end(says: Says) -> None:
    comparison = compared(MDR)
    figures = [unstopped(variant.plan).headlines for variant in comparison.variants]
    done = [f"is done on {ENGLISH.day(each.finish_date)}" for each in figures]
    total = [f"comes to {ENGLISH.money(each.horizon_total)}" for each in figures]
    for alt, ends in (
        (told(roadmaps_of(comparison)).alt, done),
        (told(totals_of(comparison)).alt, total),
    ):
        assert all(f"{name} {end}" in alt for name, end in zip(("A: 0.json", "B: 1.json"), ends, strict=True))
        says(alt)


def test_without_labour_the_running_totals_say_so(says: Says) -> None:
    picture = told(totals_of(compared(MDR, shows_labour=False)))
    says(money_in(picture).title)
    says(picture.alt)


def test_a_plan_that_lacks_a_price_is_a_lower_bound(says: Says) -> None:
    known = tuple(row for row in BOOK.prices if row.id != "mdr-endpoint")
    unpriced = MDR.with_kept_data(KeptBook(prices=known, rates=BOOK.rates), None)
    picture = told(totals_of(compared(unpriced)))
    assert [line.total.startswith("at least EUR") for line in money_in(picture).lines] == [False, True]
    says(picture.alt)


def test_the_table_of_the_roadmaps_has_the_days_of_every_step() -> None:
    comparison = compared(MDR)
    table = told(roadmaps_table(comparison))
    assert table.columns == ("Step", "A", "B")
    tasks = [task for task in comparison.others[0].plan.tasks if task.task.step is Step.IDENTITIES]
    days = min(task.start for task in tasks), max(task.finish for task in tasks)
    assert table.rows[1] == (
        ENGLISH.write(label(Step.IDENTITIES)),
        table.rows[1][1],
        " – ".join(map(ENGLISH.short_day, days)),
    )
