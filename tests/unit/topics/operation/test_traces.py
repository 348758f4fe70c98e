"""Why everyone has MFA on a day, and why operation takes so many days a month, as chosen and with other choices."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.approval import Says
from tests.builders import plan_for
from tests.handouts import handout
from tests.words import ENGLISH, Told, plain, told
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.figure_names import choice_name
from zt_planner.topics.operation.operation import activity_table, operation_sentences, setup_table, setups_of
from zt_planner.topics.operation.traces import choice_titles
from zt_planner.topics.trace import amounts_of
from zt_planner.topics.view import View


def asked(scenario: dict[str, object] | None = None, *, shows_labour: bool = True) -> View:
    """Return a plan that is asked about."""
    given = handout(scenario or {}, shows_labour=shows_labour)
    return View(given.plan, ENGLISH)


def setups(view: View) -> Told:
    return told(setup_table(view, setups_of(view)))


def activities(view: View) -> Told:
    return told(activity_table(view))


def sentence_of_partner(view: View) -> str:
    return str(told([*operation_sentences(view)][2]))


def trace(name: str, context: View) -> Told:
    """Return why a figure is what it is."""
    found = told(trace_of(name, context))
    assert found is not None
    return found


def test_the_day_of_mfa_names_its_two_tasks_and_what_they_wait_for(says: Says) -> None:
    found = trace("mfa_date", asked())
    assert found.result == found.value
    rollout, remote, _ = found.notes
    says(rollout)
    says(remote)
    for note in (rollout, remote):
        assert "MFA method, security defaults, pilot" in note.partition("; it waits for ")[2]
    says(found.rows[-1].item)


def test_a_task_that_waits_for_none_says_so() -> None:
    edits = {"mfa_rollout": {"after": []}, "licence_order": {"in_scope": False}}  # nothing is paid before it is ordered
    found = trace("mfa_date", asked({"tasks": {"edits": edits}}))
    assert found.notes[0].endswith("; it waits for no task.")


def test_without_its_tasks_there_is_no_day_of_mfa() -> None:
    edits = {task_id: {"in_scope": False} for task_id in ("mfa_rollout", "remote_mfa")}
    assert told(trace_of("mfa_date", asked({"tasks": {"edits": edits}}))) is None


@pytest.mark.parametrize("operator", Operator)
@pytest.mark.parametrize("monitoring", Monitoring)
def test_the_days_with_a_choice_are_those_of_the_plan_with_it(monitoring: Monitoring, operator: Operator) -> None:
    context = asked()
    choices = {"monitoring": monitoring, "operation": operator}
    other = plan_for(context.case.changed(context.plan.scenario.changed("choices", choices)))
    name = f"operation:{monitoring}" + (":partner" if operator is Operator.PARTNER else "")
    found = trace(name, context)
    assert found.value == found.total == other.headlines.operation_days_monthly


def test_the_plans_own_choice_stands_first() -> None:
    chosen: dict[str, object] = {"choices": {"monitoring": "mdr", "operation": "partner"}}
    assert list(choice_titles(asked())) != list(choice_titles(asked(chosen)))
    assert next(iter(choice_titles(asked(chosen)))) == choice_name(Monitoring.MDR, Operator.PARTNER)


def test_a_choice_that_there_is_not_has_no_days() -> None:
    assert told(trace_of("operation:nobody", asked())) is None


def test_the_days_of_operation_begin_when_their_tasks_are_done(says: Says) -> None:
    context = asked()
    found = trace("operation_days_monthly", context)
    assert found.total == context.plan.headlines.operation_days_monthly
    says([row.times for row in found.rows])
    assert found.rows[0].how == "0.3 + 0.002 × 120 (People)"


def test_the_part_after_the_finish_says_what_a_partner_would_change(says: Says) -> None:
    view = asked()
    says(plain(sentence_of_partner(view)))
    rows = setups(view).rows
    says([row[:4] for row in rows if "chosen" in row[0]])
    *days, with_partner, value, partner_value = activities(view).rows[-1][1:]
    assert days == [row[4] for row in rows[::2]]
    assert "" in activities(view).rows[2]
    (chosen,) = (index for index, row in enumerate(rows) if "chosen" in row[0])
    assert (value, partner_value) == (rows[chosen][-1], rows[chosen + 1][-1])
    assert with_partner == rows[chosen + 1][4]
    assert sum(Fraction(row[5]) for row in activities(view).rows[:-1] if row[5]) == Fraction(with_partner)


def test_each_activity_has_a_value_in_whole_euros_and_their_sum_is_that_of_the_plan() -> None:
    context = asked()
    values = [row[activities(context).columns.index("Value as chosen")] for row in activities(context).rows]
    assert all(values[:1])
    month = Month.of(date(2027, 12, 1))
    lines = [line for line in context.plan.cost_lines if line.month == month and line.category is CostCategory.INTERNAL]
    amounts = {line.item: line.amount for line in lines if line.amount is not None}
    assert set(filter(None, values)) == {ENGLISH.money(each) for each in (*amounts.values(), sum(amounts.values()))}


def test_a_day_is_rounded_alike_in_the_table_and_in_its_explanation() -> None:
    context = asked()
    index = activities(context).columns.index("MDR")
    column = [row[index] for row in activities(context).rows if row[index]]
    assert column == ["0.5", "0.6", "1.1", "2.2"]
    assert list(map(ENGLISH.write, amounts_of(trace("operation:mdr", context)))) == column[:-1]


def test_with_a_partner_it_says_what_that_costs_and_saves(says: Says) -> None:
    view = asked({"choices": {"operation": "partner"}})
    says(sentence_of_partner(view))
    assert activities(view).rows[-1][1:5] == tuple(row[4] for row in setups(view).rows[1::2])
    says(activities(view).columns[5])


def test_a_price_that_is_missing_is_said(says: Says) -> None:
    view = asked({"timeline": {"start": "2021-03-01"}})
    says(sentence_of_partner(view))
    rows = setups(view).rows
    assert {row[6] for row in rows[1::2]} == {"no price"}
    assert {row[6] for row in rows[::2]} == {"\N{EN DASH}"}


def test_without_labour_days_have_no_value() -> None:
    hidden, shown = asked(shows_labour=False), asked()
    assert set(setups(shown).columns) - set(setups(hidden).columns) == {"Value of your team's days"}
    assert activities(hidden).rows == tuple(row[:-2] for row in activities(shown).rows)


def test_a_partner_leaves_the_days_of_the_introduction_alone() -> None:
    own, partner = (asked({"choices": {"operation": operator}}).plan.headlines for operator in Operator)
    assert own is not None
    assert partner is not None
    assert (own.internal_days, own.internal_value) == (partner.internal_days, partner.internal_value)
    assert own.operation_days_monthly > partner.operation_days_monthly > Fraction(0)
