"""Questions asked backwards and their answers, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import FREE_SUITE, book, case, day_rate, model, plan, point, quiet, task, unstopped
from tests.words import ENGLISH, GERMAN, Told, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.scenario.scenario import ConfidenceLevel, Scenario
from zt_planner.engine.goals.answer import Answer, ask
from zt_planner.engine.goals.changes import Change, ChangeSet, Nature, Topic, applied, left_out_between, lost_between
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.goals.trials import GoalProgress
from zt_planner.engine.promise import promised_first_year
from zt_planner.errors import GoalRefused
from zt_planner.topics.error_texts import explain
from zt_planner.topics.limits.goals import (
    answer_headline,
    changed_figure_text,
    goals_text,
    nearest_headline,
    nearest_title,
    question_progress_text,
    search_note,
    way_of,
)

MAY, JUNE = date(2027, 5, 1), date(2027, 6, 1)
AMOUNT = Decimal(110_000)
RATES = book(day_rate("external-day", "1000"), day_rate("internal-day", "500"))
WORK = model(task("start", days=2), task("a", step="3", days=20, external_share="0.5", after=["start"]))
KEPT = model(task("start", days=2), task("a", days=60, external_share="0.5", after=["start"]))
"""Work of which nothing may be left out."""
GIVES = {"timeline__max_internal_days_per_week": 10}
"""A company whose own team can give more days a week than the plan takes."""
SLOW = quiet(timeline__internal_days_per_week=1, timeline__external_days_per_week=1, **GIVES)


def test_a_refused_goal_is_explained_with_days_and_amounts_in_the_readers_form(says: Says) -> None:
    (day,) = told(explain(GoalRefused("{day} is over", "Enter {first} or a later day", day=MAY, first=MAY)))
    says(plain(day))
    most = Decimal("1000.5")
    refused = GoalRefused("{value} is above the limit", "Enter an amount up to {most}", value="9", most=most)
    (amount,) = told(explain(refused), GERMAN)
    says(plain(amount))


# Answers


def ways(answer: Answer) -> Sequence[Told]:
    return [told(way_of(found, answer)) for found in answer.sets]


def note(answer: Answer) -> str:
    return str(told(search_note(answer, names_fields=False)))


def headline(answer: Answer) -> str:
    return str(told(answer_headline(answer)))


def asked(given: Scenario, tasks: PhaseModel, **goals: Any) -> Answer:  # noqa: ANN401 - a day, an amount
    """Return the answer to a question on a small model."""
    return ask(case(given, RATES, tasks), Goals(**goals))


def changed(given: Scenario, *changes: Change, tasks: PhaseModel = WORK) -> Told:
    """Return changes in words, whatever they lead to."""
    now = plan(given, RATES, tasks)
    after = plan(applied(given, changes), RATES, tasks)
    finish, lost = after.headlines.finish_date, lost_between(now, after)
    found = ChangeSet(changes, Goals(MAY), after, finish, None, left_out_between(now, after), lost)
    (way,) = ways(Answer(Goals(MAY), now, now.headlines.finish_date, None, (found,)))
    return way


def choice(topic: Topic, field: str, value: str, nature: Nature = Nature.MIX) -> Change:
    return Change(topic, nature, ((f"choices.{field}", value),))


@pytest.mark.parametrize(
    ("goals", "confidence", "shows_labour"),
    [
        (Goals(MAY), "planned", True),
        (Goals(MAY), 0.8, True),
        (Goals(first_year=AMOUNT), "planned", True),
        (Goals(first_year=AMOUNT), 0.8, True),
        (Goals(first_year=AMOUNT), 0.8, False),
        (Goals(MAY, Decimal("119421.26")), "planned", True),
        (Goals(MAY, AMOUNT), 0.8, True),
        (Goals(MAY, AMOUNT), 0.8, False),
    ],
)
def test_what_is_asked_is_said_in_a_sentence(
    goals: Goals, confidence: str | float, says: Says, *, shows_labour: bool
) -> None:
    given = quiet(timeline__confidence=confidence)
    now = plan(given, RATES, WORK, shows_labour=shows_labour)
    says(plain(ENGLISH.write(goals_text(goals, now))))


@pytest.mark.parametrize(
    ("asked_for", "met", "title"),
    [
        (Goals(MAY, Decimal(1)), Goals(JUNE, Decimal(1)), "A later day"),
        (Goals(MAY, Decimal(1)), Goals(MAY, Decimal(2)), "A larger amount"),
        (Goals(MAY, Decimal(1)), Goals(JUNE), "The earliest day"),
        (Goals(MAY, Decimal(1)), Goals(None, Decimal(2)), "The smallest amount"),
        (Goals(MAY), Goals(JUNE), "The earliest day"),
        (Goals(None, Decimal(1)), Goals(None, Decimal(2)), "The smallest amount"),
    ],
)
def test_what_comes_nearest_is_named_by_what_gives_way(asked_for: Goals, met: Goals, title: str) -> None:
    assert ENGLISH.write(nearest_title(asked_for, met)) == title


@pytest.mark.extended
def test_an_answer_says_how_many_ways_lead_there(says: Says) -> None:
    already = asked(quiet(), WORK, finish_by=date(2027, 12, 31))
    says(headline(already))
    says(headline(asked(SLOW, KEPT, finish_by=MAY)))
    none = asked(SLOW, KEPT, finish_by=date(2027, 1, 5))
    says((headline(none), told(nearest_headline(none))))
    says(plain(headline(asked(SLOW, KEPT, first_year=Decimal(1_000)))))
    says(plain(told(way_of(none.nearest[0], none, is_nearest=True)).meets))
    says(note(none))
    says(note(already))


def test_at_a_confidence_the_answer_is_about_what_is_promised_and_shows_what_is_planned_beside_it(says: Says) -> None:
    """As planned the first year costs less than what is asked for, and what is promised more."""
    paid = book(*RATES.prices, FREE_SUITE)
    tasks = model(task("a", days=60, external_share="0.5", low=0.8, high=2))
    given = SLOW.changed("timeline.confidence", ConfidenceLevel.SURE)
    now = plan(given, paid, tasks)
    own, promised = now.headlines.first_year_budget, promised_first_year(now)
    assert promised is not None
    assert promised > own

    def answered(amount: Decimal) -> Answer:
        return ask(now.case, Goals(first_year=amount))

    assert answered(promised).is_true_already
    says(plain(headline(answered(promised))))
    answer = answered(own)
    assert not answer.is_true_already
    (way,) = ways(answer)
    assert answer.sets[0].first_year is not None
    assert answer.sets[0].first_year <= own
    says([plain(ENGLISH.write(changed_figure_text(effect))) for effect in way.effects])


def test_fewer_days_a_week_are_called_so_with_their_reason(says: Says) -> None:
    (way,) = ways(asked(SLOW, KEPT, first_year=Decimal(34_000)))
    says(way.title)
    says(way.why)


def test_teams_are_said_with_what_they_take_the_place_of(says: Says) -> None:
    (way,) = ways(asked(SLOW, KEPT, finish_by=MAY))
    says(way.changes[0])
    assert len(way.changes) == 2
    says(way.title)


def test_a_plan_that_aims_at_a_finish_is_told_that_the_teams_are_given_then(says: Says) -> None:
    given = quiet(timeline__mode="deadline", timeline__target_months=12, **GIVES)
    answer = asked(given, KEPT, finish_by=MAY)
    (way,) = ways(answer)
    says(way.changes)
    assert "Each way sets the teams; " in note(answer)
    assert "Each way sets the teams; " not in note(asked(SLOW, KEPT, finish_by=MAY))


def test_a_team_that_stays_and_levelled_dates_that_go_are_said(says: Says) -> None:
    fields = (("timeline.mode", "capacity"), ("timeline.internal_days_per_week", Decimal(1)))
    teams = (*fields, ("timeline.external_days_per_week", Decimal(2)), ("levelling.starts", ()))
    levelled = SLOW.changed("levelling.starts", (("start", date(2027, 1, 4)),))
    says(changed(levelled, Change(Topic.TEAMS, Nature.DAYS, teams)).changes)


def test_a_team_that_is_kept_is_said() -> None:
    given = quiet(timeline__mode="deadline", timeline__target_months=2, timeline__confidence="planned")
    tasks = model(*KEPT.tasks, task("b", step="4", days=20, after=["a"]))
    finish = unstopped(plan(given, RATES, tasks)).headlines.finish_date
    way = next(
        way for way in ways(asked(given, tasks, finish_by=finish - timedelta(days=5))) if "Left out: b" in way.changes
    )
    assert way.kept[0].startswith("The team stays ")
    assert not any("team" in line for line in way.changes), "a page's cell names what changes, and no team"


def test_a_plan_without_a_schedule_has_no_teams_to_take_the_place_of(says: Says) -> None:
    endless = model(task("a", days=800))
    answer = asked(quiet(timeline__internal_days_per_week=0.25), endless, finish_by=date(2030, 12, 31))
    (way,) = ways(answer)
    assert " instead of " not in way.changes[0]
    says(note(answer))
    says(ENGLISH.write(changed_figure_text(way.effects[-1])))


@pytest.mark.parametrize(
    ("now", "then", "loss"),
    [
        ("siem_and_mdr", "none", "Nobody watches what happens in your network."),
        ("siem_and_mdr", "siem", "Nobody watches around the clock any more."),
        ("siem", "mdr", "Logs are no longer collected in one place."),
    ],
)
def test_what_a_service_did_is_said_where_it_goes(now: str, then: str, loss: str) -> None:
    assert changed(quiet(choices__monitoring=now), choice(Topic.MONITORING, "monitoring", then)).losses == (loss,)


def test_a_vpn_that_stays_is_a_loss_with_the_task_that_falls_away(says: Says) -> None:
    tasks = model(
        task("start"),
        task("network-access", step="3", falls_away_when="keep_vpn"),
        points=(point("1.1", partial=["network-access"]),),
    )
    way = changed(quiet(), choice(Topic.REMOTE_ACCESS, "remote_access", "vpn", Nature.SERVICES), tasks=tasks)
    says(way.changes)
    says(way.losses)


def test_tasks_that_are_left_out_are_named_a_whole_step_by_its_name(says: Says) -> None:
    tasks = model(
        task("start"),
        *(task(name, step="3") for name in ("zones", "walls")),
        task("c", step="4"),
        points=(point("1.1", "zones", "walls", "c"), point("1.2", "zones")),
    )
    cut = {
        name: Change(Topic.TASKS, Nature.TASKS, ((f"tasks.edits.{name}.in_scope", False),), (name,))
        for name in ("zones", "walls", "c")
    }
    both = Change(Topic.TASKS, Nature.TASKS, (*cut["zones"].fields, *cut["walls"].fields), ("zones", "walls"))
    says(changed(quiet(), cut["zones"], tasks=tasks).changes)
    way = changed(quiet(), both, tasks=tasks)
    says(way.changes)
    says(way.losses)


def test_what_is_doubtful_about_a_way_and_not_about_the_plan_is_noted(says: Says) -> None:
    way = changed(quiet(), choice(Topic.MONITORING, "monitoring", "none", Nature.SERVICES))
    says(way.changes)
    assert any(note.startswith("Without monitoring, ") for note in way.notes)


def test_an_order_that_finishes_early_says_what_it_gives_up(says: Says) -> None:
    way = changed(quiet(), Change(Topic.ORDER, Nature.MIX, (("timeline.protection_first", Decimal(0)),)))
    says(way.changes)
    says(way.losses)


def test_a_way_with_which_mfa_comes_later_says_so() -> None:
    tasks = model(task("order", days=2), task("mfa_rollout", days=2, step="1", head_start_days=100))
    order = Change(Topic.ORDER, Nature.MIX, (("timeline.protection_first", Decimal(0)),))
    way = changed(quiet(), order, tasks=tasks)
    said = "Everyone has MFA on 7 January 2027 instead of 5 January 2027."
    assert [plain(loss) for loss in way.losses] == ["What protects most no longer comes first.", said]
    effects = {effect.label: effect for effect in way.effects}
    assert effects["Everyone has MFA (as planned)"].change == "2 days later"


def test_progress_counts_plans(says: Says) -> None:
    says(ENGLISH.write(question_progress_text(None)))
    says(ENGLISH.write(question_progress_text(GoalProgress(Fraction(1, 2), 1))))
