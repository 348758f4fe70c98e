"""A comparison in words: figures with their differences, inputs, bridges, findings, and on what ground it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import case, plan, scenario, unstopped
from tests.words import ENGLISH, GERMAN, Told, plain, told
from zt_planner import bootstrap
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.compare.bridge import Bridge, BridgeFigure, Contribution
from zt_planner.engine.compare.comparison import Comparison, comparison_of
from zt_planner.language import Labelled
from zt_planner.topics.compare.answer import compare_answer
from zt_planner.topics.compare.sentences import (
    BASELINE,
    bridge_bars,
    bridge_lines,
    comparison_notes,
    finding_lines,
    lines_since,
    own_days_lines,
    side_of,
    zero_lines,
)
from zt_planner.topics.compare.side_by_side import (
    bar_text,
    compared_figures,
    difference,
    difference_text,
    figure_table,
    total_text,
)
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.sentence import LOWER_BOUNDS

BOOK, MODEL = bootstrap.price_book(), bootstrap.phase_model()
OTHER_BOOK = replace(BOOK, rates=BOOK.rates[1:])
OTHER_MODEL = replace(MODEL, tasks=MODEL.tasks[:-1])
LAST = ("incident_process", "exercise")
EARLY = ("mfa_rollout", "vlans", "isolation")


def compared(*scenarios: Scenario, first: Scenario | None = None, shows_labour: bool = True) -> Comparison:
    """Compare scenarios with the first, by default with the default one."""
    named = {f"{number}.json": each for number, each in enumerate((first or Scenario(), *scenarios))}
    return comparison_of({name: case(each, BOOK, MODEL, shows_labour=shows_labour) for name, each in named.items()})


def side(comparison: Comparison) -> Told:
    """Return what is said of the second plan, in plain spaces."""
    found = told(side_of(comparison.others[0], comparison))
    return found._replace(
        inputs=tuple(map(plain, found.inputs)),
        sentences=tuple(map(plain, found.sentences)),
        findings=tuple(map(plain, found.findings)),
    )


def notes(*scenarios: Scenario) -> list[str]:
    """Return on what ground scenarios are compared with the default one."""
    return list(map(ENGLISH.write, comparison_notes(compared(*scenarios))))


def test_figures_stand_side_by_side_with_their_differences() -> None:
    comparison = compared(scenario(choices__monitoring="mdr"))
    first, other = (unstopped(variant.plan).headlines for variant in comparison.variants)
    table = told(figure_table(comparison))
    assert table.columns == ("Figure", "A", "B", "B against A")
    rows = {name: cells for name, *cells in table.rows}
    more = other.introduction_budget - first.introduction_budget
    assert rows["Budget to get there"] == [
        ENGLISH.money(first.introduction_budget, 2),
        ENGLISH.money(other.introduction_budget, 2),
        f"+{ENGLISH.money(more, 2)} · worse",
    ]
    less = other.one_off_total - first.one_off_total
    assert rows["One-off cost of the whole plan"][2] == f"{ENGLISH.signed_money(less, 2)} · better"
    assert rows["Finish"][2] == "the same"
    assert other.mfa_date is not None
    assert first.mfa_date is not None
    assert rows["Everyone has MFA"][2] == f"{(other.mfa_date - first.mfa_date).days} days later · worse"
    assert ["15", "15", "the same"] in rows.values()
    assert "Cost over 36 months" in rows


def test_money_and_own_days_of_a_month_are_better_or_worse_together_only() -> None:
    """An MDR for 126 endpoints costs 1,954 more than the SIEM; 4.3 days of 519.27 are worth EUR 2,232.88."""
    comparison = compared(scenario(choices__monitoring="mdr"))
    rows = {row.figure.name: row for row in compared_figures(comparison)}
    changes = {name: plain(told(row.changes[0])) for name, row in rows.items()}
    assert changes["run_rate_monthly"] == "+EUR 1,954.00"
    assert changes["operation_days_monthly"] == "−4.3 days a month"
    assert changes["monthly_with_own_days"] == "−EUR 278.88 · better"
    assert "·" not in changes["horizon_total"]
    assert changes["introduction_budget"].endswith("worse")


def test_a_later_plan_is_not_called_cheaper() -> None:
    """A later start of the same work moves licences out of the first twelve months: nothing of it is saved."""
    late = compared(scenario(tasks__edits={"mfa_pilot": {"earliest_start": "2027-06-01"}}))
    first, other = (unstopped(variant.plan).headlines for variant in late.variants)
    assert other.finish_date > first.finish_date
    assert other.run_rate_monthly == first.run_rate_monthly
    rows = {row.figure.name: plain(told(row.changes[0])) for row in compared_figures(late)}
    assert other.introduction_budget < first.introduction_budget
    assert not any(
        rows[name].endswith("better") for name in ("introduction_budget", "first_year_budget", "horizon_total")
    )
    assert rows["finish_date"].endswith("worse")
    assert "of the running costs only falls due later" in ENGLISH.write(compare_answer(late))


def test_own_days_are_not_told_where_they_are_the_same_or_hidden() -> None:
    for other in (
        compared(scenario(company__name="Other", choices__hardware_reuse=0)),
        compared(scenario(choices__monitoring="mdr"), shows_labour=False),
    ):
        names = [row.figure.name for row in compared_figures(other)]
        assert "monthly_with_own_days" not in names
        assert not any(own_days_lines(other))


def test_what_is_not_there_has_no_difference() -> None:
    assert difference(None, Decimal(1)) is None
    assert difference(Month(2027, 1), Month(2027, 2)) is None
    assert difference(Fraction(1, 2), 2) == Fraction(3, 2)
    assert not ENGLISH.write(difference_text(None, by_name()["horizon_total"]))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("finish_date", -1, "1 day earlier · better"),
        ("introduction_budget", Decimal("0.5"), "+EUR 0.50 · worse"),
        ("internal_days", Fraction(-1, 3), "−0.3 days · better"),
        ("nis2", 1, "+1 point · better"),
        ("nis2", -2, "−2 points · worse"),
        ("nis2_partly", 1, "+1 point"),
        ("start_date", 28, "28 days later"),
        ("duration_months", Fraction(-1), "−1.0 months"),
        ("finish_date", 0, "the same"),
    ],
)
def test_better_and_worse_are_told_by_sign_and_word(name: str, change: Decimal | Fraction | int, said: str) -> None:
    assert plain(ENGLISH.write(difference_text(change, by_name()[name]))) == said


def test_a_sentence_names_the_parts_of_a_difference(says: Says) -> None:
    comparison = compared(scenario(choices__monitoring="mdr", finance__contingency=0))
    found = side(comparison)
    assert found.title == "B against A"
    says(found.inputs)
    bridge = comparison.others[0].bridges[0]
    parts = {bar.cause: plain(ENGLISH.signed_money(bar.amount, 2)) for bar in bridge.bars}
    assert parts[InputGroup.MONITORING].startswith("+")
    assert found.sentences[0] == (
        f"To get there, B costs {plain(ENGLISH.money(-bridge.total, 2))} less: Contingency and other finance "
        f"{parts[InputGroup.FINANCE]}, Monitoring and operation {parts[InputGroup.MONITORING]}."
    )
    says(found.sentences[-1])
    says(found.findings[0])
    name, *cells = told(found.bars).rows[-1]
    assert (name, plain(cells[0])) == ("All together", plain(ENGLISH.signed_money(bridge.total, 2)))


def test_what_no_plan_is_made_with_is_no_difference() -> None:
    teams = {"timeline__internal_days_per_week": 4, "timeline__external_days_per_week": 3}
    assert side(compared(scenario(**teams))).inputs == ()
    by_team = scenario(timeline__mode="capacity", **teams)
    assert side(compared(by_team)).inputs == (
        "Plan by: Team size instead of Finish date",
        "Your team, days a week: 4",
        "Consultant, days a week: 3",
    )
    back = side(compared(scenario(timeline__target_months=9), first=by_team)).inputs
    assert back == ("Plan by: Finish date instead of Team size", "Finish in months: 9")


def test_findings_are_new_or_gone() -> None:
    found = side(compared(scenario(choices__monitoring="none"))).findings
    assert found[0].startswith("New: ")
    assert found[0].endswith(" (monitoring.none)")
    assert "No longer: Nobody watches at night (operation.unwatched)" in found


def test_a_finding_is_told_with_its_code_only_to_those_who_look_it_up() -> None:
    comparison = compared(scenario(choices__monitoring="none"))
    found = told(list(finding_lines(comparison.first, comparison.others[0])))
    assert "No longer: Nobody watches at night" in found
    assert not [line for line in found if re.search(r"\([a-z0-9_]+\.[a-z0-9_]+\)", line)]


def test_a_finding_that_says_something_else_is_told_with_what_it_says(says: Says) -> None:
    one, two = ({"tasks__edits": {task: {"in_scope": False} for task in tasks}} for tasks in (LAST[:1], LAST))
    found = [line for line in side(compared(scenario(**two), first=scenario(**one))).findings if "nis2" in line]
    assert len(found) == 1
    says(found[0])


@pytest.mark.extended
def test_of_several_findings_of_one_kind_each_is_told() -> None:
    one, three = (
        scenario(tasks__edits={task: {"fixed_start": "2027-01-04"} for task in tasks}) for tasks in (EARLY[:1], EARLY)
    )
    new = [line.partition(": ")[0] for line in side(compared(three, first=one)).findings if "fixed_date" in line]
    gone = [line.partition(": ")[0] for line in side(compared(one, first=three)).findings if "fixed_date" in line]
    assert (new, gone) == (["New", "New"], ["No longer", "No longer"])
    assert "“VLANs and firewall rules, site by site” is set to start" in str(side(compared(three, first=one)).findings)


def test_equal_plans_say_nothing() -> None:
    comparison = compared(scenario(company__name="Ours"))
    found = side(comparison)
    assert (found.inputs, found.bars.rows, found.sentences, found.findings) == ((), (), (), ())
    assert not list(bridge_bars(comparison))
    assert {row[-1] for row in told(figure_table(comparison)).rows} == {"the same"}


def test_no_day_is_explained(says: Says) -> None:
    bars = (
        Contribution(InputGroup.LICENCES, Decimal(0), is_idle=True),
        Contribution(InputGroup.SCOPE, Decimal(0), is_idle=True),
        Contribution(InputGroup.CALENDAR, Decimal(0), is_idle=False),
        Contribution(InputGroup.PEOPLE, Decimal(3), is_idle=False),
    )
    says(told(list(zero_lines(bars))))


def test_a_task_off_the_critical_path_moves_no_day(says: Says) -> None:
    tasks = plan(Scenario(), BOOK, MODEL).tasks
    loose = max(tasks, key=lambda each: each.slack_days)
    longer = scenario(tasks__edits={loose.task.id: {"min_length_days": loose.length_days + 1}})
    (sentence,) = side(compared(longer)).sentences
    says(sentence)


def test_changes_that_cancel_are_told(says: Says) -> None:
    first, other = compared(Scenario()).variants
    bars = (
        Contribution(InputGroup.PEOPLE, Decimal(-5), is_idle=False),
        Contribution(InputGroup.SCOPE, Decimal(5), is_idle=False),
    )
    lines = [
        plain(line)
        for figure in (BridgeFigure.INTRODUCTION_BUDGET, BridgeFigure.FINISH_DATE)
        for line in told(list(bridge_lines(Bridge(figure, bars), first, other)))
    ]
    says(lines)
    assert ENGLISH.write(total_text(Bridge(BridgeFigure.FINISH_DATE, bars))) == "the same"
    assert (
        ENGLISH.write(bar_text(Contribution(InputGroup.PEOPLE, Decimal(0), is_idle=True), BridgeFigure.FINISH_DATE))
        == "–"
    )


@pytest.mark.parametrize(
    ("other", "note"),
    [
        (
            scenario(finance__horizon_months=24),
            "The plans count different numbers of months. All are compared over the smallest number: 24.",
        ),
        (
            scenario(timeline__start="2027-03-01"),
            "The plans start on different days. Each is counted from its own start.",
        ),
        (
            scenario(prices__as_of="2026-09-01"),
            "The plans know prices as of different days. The effect is included in: Licences and prices, Day rates.",
        ),
        (
            scenario(display__currency="CHF"),
            "The plans are shown in different currencies. They are compared in EUR, net of VAT.",
        ),
        (
            Scenario().with_kept_data(KeptBook.of(OTHER_BOOK), None),
            "The plans have different price books. The effect is included in: Licences and prices, Day rates.",
        ),
        (
            Scenario().with_kept_data(None, KeptModel.of(OTHER_MODEL)),
            "The plans have different tasks and rules. The effect is included in: Scope and tasks.",
        ),
    ],
)
def test_it_is_said_on_what_ground_plans_are_compared(other: Scenario, note: str) -> None:
    assert note in notes(other)


def test_plans_on_the_same_ground_need_no_note_but_what_their_figures_are(says: Says) -> None:
    says(notes(scenario(company__employees=130)))
    own = scenario(timeline__confidence="planned")
    assert len(list(comparison_notes(compared(own, first=own)))) == 1


ENDLESS: dict[str, Any] = {"timeline__start": "2099-12-01", "timeline__mode": "capacity"}


def test_a_plan_without_a_schedule_is_compared_as_far_as_it_goes(says: Says) -> None:
    comparison = compared(scenario(**ENDLESS))
    says(side(comparison).sentences)
    assert not side(comparison).bars.rows
    assert {row.differences for row in compared_figures(comparison)} == {(None,)}
    assert "B has no schedule, so it has no figures. Its findings say why." in notes(scenario(**ENDLESS))
    says(side(comparison).findings)
    with_more = side(compared(scenario(**ENDLESS, finance__contingency=0)))
    says(with_more.sentences)


def test_without_any_schedule_there_is_no_figure(says: Says) -> None:
    cases = {
        name: case(scenario(**ENDLESS, company__employees=people), BOOK, MODEL)
        for name, people in (("a", 120), ("b", 130))
    }
    comparison = comparison_of(cases)
    assert told(figure_table(comparison)).rows == ()
    says(side(comparison).sentences)


def unpriced() -> Comparison:
    """Compare the default plan with one that lacks a price."""
    known = tuple(row for row in BOOK.prices if row.id != "mdr-endpoint")
    return compared(scenario(choices__monitoring="mdr").with_kept_data(KeptBook(prices=known, rates=BOOK.rates), None))


def test_a_missing_price_is_named_and_no_difference_is_told(says: Says) -> None:
    comparison = unpriced()
    rows = {row.figure.name: row for row in compared_figures(comparison)}
    assert rows["introduction_budget"].differences == (None,)
    assert rows["finish_date"].differences != (None,)
    texts = {name: cells for name, *cells in told(figure_table(comparison)).rows}
    says(texts["After that, a month"][1])
    assert not texts["After that, a month"][2]
    assert Labelled("B", LOWER_BOUNDS) in tuple(comparison_notes(comparison))
    lacks = "Budget to get there: the difference cannot be explained, B lacks prices: mdr-endpoint."
    assert lacks in side(comparison).sentences
    assert [row.bar for row in bridge_bars(comparison)].count(None) == 3


def test_hidden_day_rates_are_not_told(says: Says) -> None:
    other = scenario(labour__external_day_rate=1300, finance__contingency=0, company__employees=150)
    found = side(compared(other, shows_labour=False))
    says(found.inputs)
    assert "1,300" not in str(found)


def test_since_the_baseline_the_plans_are_named_as_what_they_are(says: Says) -> None:
    comparison = compared(scenario(choices__monitoring="mdr"))
    lines = told(lines_since(BASELINE, comparison))
    says(plain(lines[0]))
    says(lines[-1])
    stopped = compared(scenario(timeline__start="2099-12-01", timeline__mode="capacity"))
    says(told(lines_since(BASELINE, stopped)))


def test_what_the_plan_lacks_since_the_baseline_is_a_german_sentence(says: Says) -> None:
    first, *_ = told(lines_since(BASELINE, unpriced()), GERMAN)
    says(first)
