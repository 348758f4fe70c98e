"""The picture shows the plan: its days, its cents, its marks, and the plan before as ghosts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import scenario
from tests.papers import SITUATIONS, handout, situation
from tests.pictures import money_in, planned, tasks_in
from tests.words import ENGLISH, Told, told
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.money import rounded
from zt_planner.domain.month import Month
from zt_planner.engine.costing.budget import cash_of, payment
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.axes import shown_months
from zt_planner.topics.budget.tables import budget_answer
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.picture.money import money_of, sums_of
from zt_planner.topics.picture.rows import LONGEST_REST, gaps_between, merged_spans
from zt_planner.topics.picture.time_axis import Canvas, TimeAxis, marks_on, on_levels
from zt_planner.topics.picture.whole import budget_of, months_of, picture_of, roadmap_of

SCHEDULED = tuple(name for name in SITUATIONS if name != "never ends")
CLOSE = 1e-9


def whole(name: str, **options: Any) -> Told:  # noqa: ANN401 - as above
    return told(picture_of(situation(name).plan, **options))


def amounts_by_month(picture: Told) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for stack in money_in(picture).stacks:
        for part in stack.slices:
            found[stack.month] += Decimal(part.amount)
    return found


def euros(text: str) -> int:
    return int(re.sub(r"[^\d-]", "", text.replace("\N{MINUS SIGN}", "-")))


@pytest.mark.extended
@pytest.mark.parametrize("name", SCHEDULED)
def test_the_stacks_are_the_months_of_the_plan_to_the_cent(name: str) -> None:
    given = situation(name).plan
    months = shown_months(given)
    picture = whole(name)
    assert [stack.month for stack in money_in(picture).stacks] == [str(month) for month in months]
    found = amounts_by_month(picture)
    assert {str(month): found.get(str(month), Decimal(0)) for month in months} == {
        str(month): cash_of(by_category) for month, by_category in sums_of(given, months).items()
    }


@pytest.mark.parametrize("name", ["default", "credits"])
def test_a_kind_of_cost_is_named_with_the_total_of_its_slices(name: str) -> None:
    money = money_in(whole(name))
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for stack in money.stacks:
        for part in stack.slices:
            totals[part.colour] += Decimal(part.amount)
    assert {kind.colour for kind in money.kinds} == set(totals)
    for kind in money.kinds:
        assert euros(kind.total) == rounded(totals[kind.colour], 0)
    from_the_bottom = [LIGHT.of_costs.index(kind.colour) for kind in reversed(money.kinds)]
    assert from_the_bottom == sorted(from_the_bottom)


@pytest.mark.parametrize("name", ["default", "credits", "longer than a year", "months closed", "much at once"])
def test_the_total_of_the_kinds_of_cost_says_its_months(name: str) -> None:
    given = situation(name).plan
    for picture, months in ((whole(name), shown_months(given)), (told(budget_of(given)), given.months)):
        money = money_in(picture)
        assert money.total is not None
        assert money.total.name == f"{len(months)} months"
        rounding = sum(euros(kind.total) for kind in money.kinds) - euros(money.total.total)
        assert abs(rounding) <= len(money.kinds) / 2
        assert euros(money.total.total) == rounded(sum(amounts_by_month(picture).values()), 0)


def test_a_kind_of_cost_is_the_same_beside_the_picture_and_in_the_sentence_of_the_budget() -> None:
    given = situation("default").plan
    consultant = next(kind.total for kind in money_in(whole("default")).kinds if kind.name == "Consultant")
    assert f"(largest item: Consultant, {consultant})" in ENGLISH.write(budget_answer(given))


def test_a_total_that_is_the_figure_beside_it_needs_no_words() -> None:
    given, money = situation("default").plan, money_in(whole("default"))
    assert euros(money.total.total) == rounded(given.headlines.introduction_budget, 0)
    assert money.total.beyond == ""


@pytest.mark.parametrize("name", ["longer than a year", "under way", "months closed", "ten years of 5,000 people"])
def test_what_a_total_holds_beside_the_budget_is_named(name: str) -> None:
    given, money = situation(name).plan, money_in(whole(name))
    budget, beyond = (euros(part) for part in re.findall(r"EUR\W[\d,]+", money.total.beyond))
    assert budget == rounded(given.headlines.introduction_budget, 0)
    assert budget + beyond == euros(money.total.total)
    assert ENGLISH.month(given.months[12]) in money.total.beyond


def test_what_is_paid_for_months_after_the_horizon_is_named() -> None:
    given = situation("credits").plan
    used, paid = money_in(told(budget_of(given))), money_in(told(budget_of(given, month_of=payment)))
    (beyond,) = (euros(part) for part in re.findall(r"EUR\W[\d,]+", paid.total.beyond))
    assert euros(paid.total.total) - beyond == euros(used.total.total) == rounded(given.headlines.horizon_total, 0)
    assert used.total.beyond == ""


def test_a_total_that_lacks_prices_is_the_least_that_it_can_be() -> None:
    assert money_in(whole("a price is missing")).total.total.startswith("at least EUR")
    assert money_in(whole("no price at all")).total is None


@pytest.mark.parametrize("name", SCHEDULED)
def test_equal_amounts_are_equally_high_and_stacks_stand_on_zero(name: str) -> None:
    money = money_in(whole(name))
    scales = {
        round(part.height / float(abs(Decimal(part.amount))), 12)
        for stack in money.stacks
        for part in stack.slices
        if abs(Decimal(part.amount)) > 1
    }
    assert len(scales) <= 1
    for stack in money.stacks:
        lowest = min((part.bottom for part in stack.slices if Decimal(part.amount) > 0), default=money.zero)
        assert lowest == pytest.approx(money.zero, abs=CLOSE)
        assert all(part.bottom + part.height <= money.zero + CLOSE for part in stack.slices if Decimal(part.amount) < 0)


def test_credits_lie_below_zero_and_what_is_paid_above_it() -> None:
    month, given = Month(2027, 1), planned()
    sums = {month: {**dict.fromkeys(CostCategory, Decimal(0)), CostCategory.LICENCE: -Decimal(50)}}
    sums[month][CostCategory.HARDWARE] = Decimal(100)
    money = told(money_of(sums, Canvas(given, LIGHT, TimeAxis.of([month]))))
    licence, hardware = money.stacks[0].slices
    assert [licence.bottom, licence.height] == pytest.approx([0, money.zero])
    assert [hardware.bottom, hardware.height] == pytest.approx([money.zero, 2 * licence.height])
    assert money.stacks[0].total == "0.1"


@pytest.mark.parametrize("name", ["default", "longer than a year", "days off and fixed dates"])
def test_a_bar_covers_the_days_of_its_task(name: str) -> None:
    given = situation(name).plan
    months = shown_months(given)
    first, days = months[0].first_day, (months[-1].last_day - months[0].first_day).days + 1
    rows = tasks_in(whole(name, opened=tuple(Step)))
    assert set(rows) == {each.task.id for each in given.tasks}
    for each in given.tasks:
        row = rows[each.task.id]
        (bar,) = row.bars
        assert first + timedelta(days=round(bar.span.left * days)) == each.start
        assert first + timedelta(days=round((bar.span.left + bar.span.width) * days) - 1) == each.finish
        assert bool(row.critical) == each.is_critical
        assert bool(row.fixed) == (each.fixed_start is not None)
        if each.wait_until is not None and each.finish < each.wait_until:
            (wait,) = row.waits
            last = first + timedelta(days=round((wait.span.left + wait.span.width) * days) - 1)
            assert last == min(each.wait_until, months[-1].last_day)


def test_a_bar_says_what_a_task_takes() -> None:
    text = tasks_in(told(picture_of(planned(tasks__edits={"b": {"effort_days": 2}}), opened=tuple(Step))))["b"].text
    name, days, work, slack, *own = text.split("\n")
    assert name == "B"
    assert days == f"{ENGLISH.short_day(date(2027, 1, 6))} – {ENGLISH.short_day(date(2027, 1, 7))}"
    assert work.startswith("2 working days")
    assert slack.startswith("critical")
    assert own == ["own effort"]


def test_only_a_step_that_is_opened_lists_its_tasks() -> None:
    rows = whole("default", opened=(Step.IDENTITIES,)).rows
    assert [row.id for row in rows if row.is_open] == [Step.IDENTITIES]
    assert [row.id for row in rows if row.tasks] == [Step.IDENTITIES]


def test_a_closed_step_has_few_bars() -> None:
    for row in whole("many own tasks").rows:
        ends = [(bar.span.left, bar.span.left + bar.span.width) for bar in row.bars]
        assert all(end < start for (_, end), (start, _) in pairwise(ends))
        assert len(ends) < 10


def test_spans_that_overlap_or_lie_a_weekend_apart_are_one() -> None:
    def day(number: int) -> date:
        return date(2027, 1, number)

    spans = [(day(1), day(4)), (day(4 + LONGEST_REST), day(9)), (day(14), day(15)), (day(14), day(14))]
    assert merged_spans(spans) == [(day(1), day(9)), (day(14), day(15))]
    assert list(gaps_between([(day(3), day(4)), (day(6), day(6))], day(1), day(8))) == [
        (day(1), day(2)),
        (day(5), day(5)),
        (day(7), day(8)),
    ]


def test_the_marks_are_days_of_the_plan_and_their_labels_cover_none() -> None:
    given = handout(scenario(timeline__target_months=11)).plan
    assert given.headlines.mfa_date is not None
    assert given.deadline is not None
    marks = on_levels(told(picture_of(given)).marks)
    assert [mark.text for mark in marks] == [
        f"everyone on MFA {ENGLISH.day_in_year(given.headlines.mfa_date)}",
        f"done as planned {ENGLISH.day_in_year(given.headlines.finish_date)}",
        f"deadline {ENGLISH.day_in_year(given.deadline)}",
    ]
    assert marks[1].phone_level != marks[2].phone_level


def test_the_finish_that_is_promised_is_a_mark_beside_the_planned_one() -> None:
    given = situation("default").plan
    day = given.headlines.finish_date + timedelta(days=40)
    _, planned_mark, sure, *_ = told(picture_of(given, promised=day)).marks
    assert planned_mark.text == f"done as planned {ENGLISH.day_in_year(given.headlines.finish_date)}"
    assert sure.text == f"80% sure {ENGLISH.day_in_year(day)}"
    assert sure.at > planned_mark.at


def test_the_registration_is_a_mark_where_a_law_probably_applies(says: Says) -> None:
    given = replace(planned(), register_by=date(2027, 1, 6))
    axis = TimeAxis.of(shown_months(given))
    assert told(marks_on(axis, given))[-1].text == f"NIS2 registration {ENGLISH.day_in_year(date(2027, 1, 6))}"
    past = replace(given, case=replace(given.case, today=date(2027, 1, 7)))
    says(told(marks_on(axis, past))[-1].text)
    assert not any("registration" in mark.text for mark in told(marks_on(axis, planned())))


def test_a_link_leads_from_each_end_to_each_start_that_waits_for_it() -> None:
    picture = told(roadmap_of(planned(), opened=tuple(Step)))
    axis = TimeAxis.of(shown_months(planned()))
    assert [(link.source, link.target) for link in picture.links] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert picture.links[0].start == pytest.approx(axis.at(date(2027, 1, 6)))
    assert picture.links[0].end == pytest.approx(axis.noon(date(2027, 1, 6)))
    assert not told(roadmap_of(planned())).links


@pytest.mark.parametrize("day", ["2027-01-04", "2027-02-01"])
def test_a_fixed_date_is_marked_whether_it_is_kept_or_not(day: str) -> None:
    given = planned(tasks__edits={"b": {"fixed_start": day}})
    (mark,) = tasks_in(told(roadmap_of(given, opened=tuple(Step))))["b"].fixed
    assert mark.at == pytest.approx(TimeAxis.of(shown_months(given)).at(date.fromisoformat(day)))


def test_days_off_are_named(says: Says) -> None:
    given = planned(timeline__closures=[["2027-01-05", "2027-01-06"]])
    (off,) = told(roadmap_of(given)).days_off
    assert off.span == TimeAxis.of(shown_months(given)).span(date(2027, 1, 5), date(2027, 1, 6))
    says(off.text)
    assert not told(roadmap_of(planned())).days_off


def test_the_plan_before_is_a_ghost_of_its_bars_and_its_months() -> None:
    now, before = situation("350 people").plan, situation("default").plan
    picture = told(picture_of(now, opened=tuple(Step), before=before))
    axis = TimeAxis.of(months_of(now, before))
    earlier = {each.task.id: each for each in before.tasks}
    for key, row in tasks_in(picture).items():
        spans = [axis.span(earlier[key].start, earlier[key].finish)] if key in earlier else []
        assert [ghost.span for ghost in row.ghosts] == spans
    totals = {str(month): cash_of(found) for month, found in sums_of(before, shown_months(before)).items()}
    money = money_in(picture)
    scale = next(part.height / float(part.amount) for stack in money.stacks for part in stack.slices)
    for stack in money.stacks:
        assert stack.before is not None
        assert stack.before.left == pytest.approx(money.zero)
        assert stack.before.width == pytest.approx(float(totals[stack.month]) * scale)
        assert f"Compared with: {ENGLISH.money(totals[stack.month])}" in stack.text
    assert "ghost" in {sign.form for sign in picture.signs}


def test_months_of_a_plan_before_that_ended_later_are_shown_too() -> None:
    now, before = situation("default").plan, situation("longer than a year").plan
    assert len(shown_months(before)) > len(shown_months(now))
    months = months_of(now, before)
    assert months[-1] == min(shown_months(before)[-1], now.months[-1])
    assert money_in(told(picture_of(now, before=before))).stacks[-1].month == str(months[-1])


def test_without_a_plan_before_there_is_no_ghost() -> None:
    picture = whole("default", opened=tuple(Step))
    assert not any(row.ghosts for row in (*picture.rows, *tasks_in(picture).values()))
    assert not any(stack.before for stack in money_in(picture).stacks)


def test_a_cap_is_a_line_and_the_months_that_break_it_are_marked() -> None:
    given = situation("default").plan
    cap = Decimal(15000)
    finance = given.scenario.finance.model_copy(update={"monthly_cap": cap})
    capped = replace(given, case=replace(given.case, scenario=given.scenario.model_copy(update={"finance": finance})))
    picture = told(picture_of(capped))
    money, totals = money_in(picture), amounts_by_month(picture)
    assert money.cap is not None
    assert (money.cap.colour, money.cap.name) == (LIGHT.red, "Monthly cap")
    assert money.cap.total == "EUR\N{NO-BREAK SPACE}15,000"
    above = {stack.month for stack in money.stacks if stack.is_above_cap}
    assert above == {month for month, total in totals.items() if total > cap}
    assert 0 < len(above) < len(money.stacks)
    highest = next(stack for stack in money.stacks if stack.is_above_cap)
    assert money.cap.at < highest.top


def test_a_cap_far_above_every_month_does_not_flatten_the_picture() -> None:
    given = situation("default").plan
    finance = given.scenario.finance.model_copy(update={"monthly_cap": Decimal(900_000)})
    capped = replace(given, case=replace(given.case, scenario=given.scenario.model_copy(update={"finance": finance})))
    assert money_in(told(picture_of(capped))) == money_in(told(picture_of(given)))


def test_the_budget_shows_the_whole_horizon_in_either_view() -> None:
    given = situation("credits").plan
    used, paid = told(budget_of(given)), told(budget_of(given, month_of=payment))
    assert len(money_in(used).stacks) == len(given.months)
    assert (used.rows, used.marks) == ((), ())
    assert money_in(used) != money_in(paid)


def test_signs_name_what_is_drawn_and_nothing_else() -> None:
    plain = {sign.form for sign in whole("default").signs}
    special = {sign.form for sign in whole("days off and fixed dates").signs}
    assert plain == {"outline", "hatch", "shade"}
    assert special - plain == {"diamond"}


def test_labour_that_is_hidden_is_in_no_stack() -> None:
    picture = told(picture_of(handout(shows_labour=False).plan))
    slices = {part.category for stack in money_in(picture).stacks for part in stack.slices}
    assert slices == {"licence", "monitoring", "hardware", "training"}
    assert "Consultant" not in str(picture)


@pytest.mark.parametrize("code", LanguageCode)
def test_months_are_named_short_with_the_year_where_it_begins(code: LanguageCode) -> None:
    language = Language(code)
    ticks = told(picture_of(situation("ten years of 5,000 people").plan), language).months
    assert ticks[0].text.endswith("\n2027")
    years = [tick.text.split("\n")[1] for tick in ticks if "\n" in tick.text]
    assert years == sorted(set(years))
    assert all(len(tick.text.split("\n")[0]) <= len("sept.") for tick in ticks)


def test_amounts_of_the_axis_and_totals_have_one_unit(says: Says) -> None:
    money = money_in(whole("default"))
    highest = max(money.stacks, key=lambda stack: stack.top)
    below = [tick for tick in money.amounts if tick.at <= highest.top]
    assert [tick.text for tick in below] == ["0", "5", "10", "15", "20"]
    assert 20 < Decimal(highest.total) < 25
    says(money.title)
