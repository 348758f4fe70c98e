"""What is the same says so: no sentence replaces a value by itself, and none counts a change of nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import MONDAY, book, day_rate, model, plan, quiet, task
from tests.records import ANNA, BERND, event, minutes_words, outcome
from tests.words import ENGLISH, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import FieldChange
from zt_planner.engine.goals.answer import Answer
from zt_planner.engine.goals.changes import Change, ChangeSet, Nature, Topic
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.plan import Plan
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.headline.cards import baseline_note, baseline_of, key_figures
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.limits.goals import changed_figure_text, team_lines, way_effects
from zt_planner.topics.limits.levelling import effects_of
from zt_planner.topics.record.changed import changed_line
from zt_planner.topics.record.minutes import minutes_of
from zt_planner.topics.record.minutes_words import MinutesWords, change_text
from zt_planner.topics.view import View
from zt_planner.workspace.sharing.record import decisions, overwritten

RATES = book(day_rate("external-day", 100))


@pytest.fixture
def same() -> Plan:
    """Return a plan with MFA, identities and a finish on one day."""
    return plan(quiet(), RATES, model(task("mfa_rollout", days=2, step="1")))


@pytest.fixture
def words(price_book: PriceBook, phase_model: PhaseModel) -> MinutesWords:
    """Return English words, in UTC."""
    return minutes_words(price_book, phase_model)


def test_figures_that_stay_have_no_change(same: Plan) -> None:
    goals, finish, amounts = Goals(MONDAY, Decimal(1)), same.headlines.finish_date, (Decimal(2), None)
    way = [
        effect
        for amount in amounts
        for effect in way_effects(
            ChangeSet((), goals, same, finish, amount, (), ()), Answer(goals, same, finish, amount)
        )
    ]
    for effect in (*effects_of(same, same), *way):
        assert effect.change == ""
        assert effect.before == effect.after
        assert ENGLISH.write(changed_figure_text(effect)).endswith("(as now)")


def test_a_plan_that_is_its_own_baseline_has_changed_nothing(same: Plan) -> None:
    view = View(same, ENGLISH)
    baseline = baseline_of(same, view.simulation)
    assert [figure.change for figure in key_figures(view, baseline) if figure.change] == []
    assert baseline_note("promised_finish", view, baseline) == ""


def test_no_effect_is_called_unchanged() -> None:
    assert ENGLISH.write(effect_text(Decimal(0))) == "unchanged"
    assert ENGLISH.write(finish_effect_text(0)) == "unchanged"


def test_a_field_that_was_changed_back_is_not_replaced_by_itself(words: MinutesWords, says: Says) -> None:
    """What another change in between did to its effect is left of it."""
    back = [FieldChange("company.employees", 180, 120)]
    events = [
        event(1, outcome(1000), outcome(1200)),
        event(2, outcome(1200), outcome(1250), [FieldChange("timeline.target_months", 9, 6)]),
        event(3, outcome(1250), outcome(1100), back),
    ]
    line = words.language.write(
        changed_line(minutes_of(decisions(events), events[-1].after, Visibility()).items, words)
    )
    says(plain(line))
    says(words.language.write(change_text(FieldChange("levelling.finish_by", "2027-04-26", "2027-04-26"), words)))


def test_a_team_that_stays_is_not_instead_of_itself(same: Plan) -> None:
    days = {"timeline.internal_days_per_week": Decimal(5), "timeline.external_days_per_week": Decimal("5.0")}
    lines = list(team_lines(Change(Topic.TEAMS, Nature.DAYS, tuple(days.items())), same))
    assert not any("instead" in told(line) for line in lines)


def test_two_people_who_set_the_same_have_overwritten_nothing() -> None:
    mine = event(1, outcome(1), outcome(2), [FieldChange("timeline.start", None, MONDAY.isoformat())])
    theirs = event(2, outcome(2), outcome(2), mine.changes, participant=BERND, based_on=0)
    assert overwritten([mine, theirs], ANNA) == ()
    other = [FieldChange("timeline.start", None, date(2027, 4, 26).isoformat())]
    assert overwritten([mine, event(2, outcome(2), outcome(2), other, participant=BERND, based_on=0)], ANNA)
