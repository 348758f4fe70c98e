"""Which decisions a plan waits for, and until when (M37)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.builders import MONDAY, TODAY, book, directive, law, model, plan, quiet, scenario, task
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.data.rules import KnownDecision, Moment, Rules, Who
from zt_planner.engine.decisions import decisions_of, first_commitment
from zt_planner.engine.plan import Plan
from zt_planner.engine.stages import gates_of

"""The day of every plan of the builders."""


def row(key: str, when: str, **fields: Any) -> KnownDecision:  # noqa: ANN401 - any field of a decision
    """Return a decision of the management."""
    plain = {"id": key, "when": when, "decision": key, "who": "management"}
    return KnownDecision.model_validate({**plain, **fields})


def decided(*rows: KnownDecision, laws: tuple[Any, ...] = (), **fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    """Return a plan of two tasks, one after the other, in which something is to be decided."""
    rules = Rules(laws=laws, decisions=rows)
    tasks = (task("talk", step="1", days=2), task("order", after=("talk",), step="2", days=3))
    return plan(quiet(**fields), book(), model(*tasks, rules=rules))


def days(made: Plan) -> list[tuple[str, date]]:
    return [(decision.row.id, decision.day) for decision in decisions_of(made)]


def test_days_follow_from_start_and_tasks_in_their_order() -> None:
    rows = (
        row("ordered", "finish_of", task="order"),
        row("talked", "start_of", task="talk"),
        row("signed", "start", lead_weeks=6),
    )
    talk, order = (decided(*rows).tasks[index] for index in (0, 1))
    found = days(decided(*rows))
    assert found == [("signed", MONDAY - timedelta(weeks=6)), ("talked", talk.start), ("ordered", order.finish)]
    assert (talk.start, order.finish) == (MONDAY, date(2027, 1, 8))


def test_a_decision_about_a_task_that_is_not_in_the_plan_is_none() -> None:
    rows = (row("talked", "start_of", task="talk"), row("other", "finish_of", task="other"))
    assert days(decided(*rows, tasks__edits={"talk": {"in_scope": False}})) == []
    assert days(decided(*rows, tasks__edits={"talk": {"done": 1}})) == []


def test_the_first_commitment_is_the_next_decision_by_which_something_is_signed() -> None:
    rows = (row("named", "start", lead_weeks=7), row("signed", "start", lead_weeks=6, commits=True))
    late = row("ordered", "finish_of", task="order", commits=True)
    first = first_commitment(decided(*rows, late))
    assert first is not None
    assert first.row.id == "signed"
    missed = row("missed", "start", lead_weeks=60, commits=True)
    for at, expected in ((None, "missed"), (MONDAY, "ordered")):
        found = first_commitment(decided(missed, late, status__at=at))
        assert found is not None
        assert found.row.id == expected, "what is overdue is not signed yet; once work has begun, it is"
    assert first_commitment(decided(rows[0])) is None


def test_each_gate_but_the_last_asks_for_a_decision_with_the_steps_that_end_there() -> None:
    made = decided(row("stage", "gate"))
    assert [(each.day, each.steps) for each in decisions_of(made)] == list(gates_of(made).items())[:-1]


def test_what_the_law_asks_for_is_decided_where_it_probably_applies() -> None:
    rows = (row("register", "law"), row("directors", "law"))
    laws = (directive(), law("DE", in_force=date(2026, 12, 6), register_months=3))
    concerned = {"company__sector": "energy", "timeline__region": "DE"}
    made = decided(*rows, laws=laws, **concerned)
    assert days(made) == [("directors", date(2026, 12, 6)), ("register", date(2027, 3, 6))]
    assert days(decided(*rows, laws=laws, timeline__region="DE")) == []
    assert days(decided(*rows, laws=laws, timeline__region="FR", company__sector="energy")) == []
    without = (directive(), law("DE", in_force=date(2026, 12, 6)))
    assert days(decided(*rows, laws=without, **concerned)) == [("directors", date(2026, 12, 6))]


def test_a_decision_whose_day_is_over_before_the_plan_is_made_is_overdue() -> None:
    rows = (row("late", "start", lead_weeks=9), row("soon", "start", lead_weeks=5), row("later", "start"))
    made = decided(*rows)
    assert [decision.is_overdue for decision in decisions_of(made)] == [True, False, False]
    found = next(each for each in decisions_of(made) if not each.is_over)
    assert (found.row.id, found.who, found.day > TODAY) == ("soon", Who.MANAGEMENT, True)


def test_of_a_plan_under_way_only_a_day_of_the_law_is_missed() -> None:
    rows = (row("signed", "start", lead_weeks=6), row("directors", "law"))
    laws = (directive(), law("DE", in_force=date(2026, 10, 6)))
    fields = {"company__sector": "energy", "timeline__region": "DE", "status__at": MONDAY}
    found = {each.row.id: (each.is_over, each.is_overdue) for each in decisions_of(decided(*rows, laws=laws, **fields))}
    assert found == {"signed": (True, False), "directors": (True, True)}


def test_the_shipped_decisions_follow_the_plan(price_book: PriceBook, phase_model: PhaseModel) -> None:
    given = scenario(timeline__start=MONDAY, company__sector="manufacturing")
    made = plan(given, price_book, phase_model)
    by_task = {each.task.id: each for each in made.tasks}
    found = {each.row.id: each for each in decisions_of(made) if each.row.when is not Moment.GATE}
    nothing_to_order = {"hardware"}
    assert set(found) == {row.id for row in phase_model.rules.decisions} - {"stage"} - nothing_to_order
    assert found["consultant"].day == date(2026, 11, 23)
    assert not found["consultant"].is_overdue
    assert found["works_council_mfa"].day == by_task["mfa_agreement"].start
    assert found["licences"].day == by_task["licence_order"].finish
    assert found["licences"].who is Who.IT
    assert found["directors"].day == date(2025, 12, 6)
    assert found["register"].day == date(2026, 3, 6)
    assert sum(each.row.id == "stage" for each in decisions_of(made)) == len(gates_of(made)) - 1
