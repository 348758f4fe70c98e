"""What can be compared with one press: each ready variant changes the plan that it is offered for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.approval import Says
from tests.builders import scenario, unstopped
from tests.words import told
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.planner import build_plan
from zt_planner.engine.same_team import team_in_time, with_changes
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.compare.suggested import offer_notes, suggested_variants, team_notes
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from zt_planner.engine.plan import AnyPlan

ENGLISH = Language(LanguageCode.ENGLISH)
LATER = "3 months later, another team"


def planned(given: Scenario) -> AnyPlan:
    return build_plan(case_of(given, bootstrap.price_book(), bootstrap.phase_model(), today=date(2026, 11, 6)))


def offered(given: Scenario) -> dict[str, Scenario]:
    """Return the scenarios of the ready variants by their names."""
    found = {}
    for offer in suggested_variants(planned(given), ()):
        varied = with_changes(given, offer.changes)
        assert varied != given
        found[told(offer.name)] = varied
    return found


def test_three_variants_are_offered_that_differ_in_what_they_say() -> None:
    given = offered(Scenario())
    assert list(given) == ["MDR instead of SIEM", LATER, "A partner runs it"]
    assert [str(each.choices.monitoring) for each in given.values()] == ["mdr", "siem", "siem"]
    assert [str(each.choices.operation) for each in given.values()] == ["own", "own", "partner"]
    now, later = (unstopped(planned(each)).headlines for each in (Scenario(), given[LATER]))
    assert now is not None
    assert later is not None
    assert 60 < (later.finish_date - now.finish_date).days < 120


@pytest.mark.parametrize(
    ("choices", "names"),
    [
        ({"choices__monitoring": "mdr"}, {"SIEM instead of MDR", "A partner runs it"}),
        ({"choices__monitoring": "siem_and_mdr"}, {"MDR alone", "A partner runs it"}),
        ({"choices__monitoring": "none"}, {"With MDR", "A partner runs it"}),
        ({"choices__operation": "partner"}, {"MDR instead of SIEM", "Our own team runs it"}),
    ],
)
def test_where_a_choice_is_made_already_the_way_back_is_offered(choices: dict[str, Any], names: set[str]) -> None:
    assert set(offered(scenario(**choices))) == names | {LATER}


def test_with_given_teams_a_later_finish_is_a_deadline_after_theirs() -> None:
    teams = scenario(timeline__mode="capacity")
    now, later = (unstopped(planned(each)).headlines for each in (teams, offered(teams)[LATER]))
    assert now is not None
    assert later is not None
    assert now.finish_date < later.finish_date


def test_a_choice_keeps_the_team_and_the_order_of_the_plan() -> None:
    now, mdr = planned(Scenario()), planned(offered(Scenario())["MDR instead of SIEM"])
    assert mdr.capacity == now.capacity
    before = {task.task.id: task.start for task in now.tasks}
    # What an MDR needs is new and comes last: nothing else gets later.
    assert all(task.start <= before.get(task.task.id, task.start) for task in mdr.tasks)


def test_offers_say_what_they_cost_a_month_with_the_own_days() -> None:
    plan = unstopped(planned(Scenario()))
    mdr, partner = told(list(offer_notes(suggested_variants(plan, ()), View(plan, ENGLISH))))
    assert "EUR\N{NO-BREAK SPACE}1,954" in mdr
    assert "4.3 days" in mdr
    assert "better" in mdr
    assert "worse" in partner


def test_with_an_offer_that_keeps_the_team_stands_the_one_that_keeps_the_day() -> None:
    plan = unstopped(planned(scenario(timeline__start=date(2027, 1, 4))))
    mdr, _, partner = suggested_variants(plan, ())
    teams = [team_in_time(plan, offer.chosen) for offer in (mdr, partner)]
    assert teams[1] == plan.capacity  # who operates begins after the finish
    assert teams[0] is not None
    assert teams[0] != plan.capacity
    notes = told(list(team_notes((mdr, partner), (teams[0], None))))
    assert len(notes) == 1
    assert f"{teams[0].internal.normalize()}" in notes[0]


def test_what_is_there_already_is_not_offered() -> None:
    given = scenario(timeline__start=date(2027, 1, 4))
    tried = offered(given)["MDR instead of SIEM"]
    renamed = tried.changed("company.name", "Other")
    for there, names in (
        ([given, renamed], [LATER, "A partner runs it"]),
        ([given, tried.changed("company.employees", 200)], ["MDR instead of SIEM", LATER, "A partner runs it"]),
        (offered(given).values(), []),
    ):
        assert [told(offer.name) for offer in suggested_variants(planned(given), there)] == names
    plain_mdr = given.changed("choices.monitoring", "mdr")
    back = [told(offer.name) for offer in suggested_variants(planned(plain_mdr), [given, plain_mdr])]
    assert back == ["SIEM instead of MDR", LATER, "A partner runs it"]  # with the team that the MDR takes


@pytest.mark.parametrize(
    "fields",
    [
        {"timeline__target_months": 58},
        {"timeline__start": "2099-12-01", "timeline__mode": "capacity"},
    ],
)
def test_a_finish_that_cannot_be_later_is_not_offered(fields: dict[str, Any], says: Says) -> None:
    says(list(offered(scenario(**fields))))


def test_a_later_finish_is_in_no_given_order() -> None:
    given = scenario(timeline__mode="capacity", levelling__order=["kickoff"])
    assert offered(given)[LATER].levelling.order == ()
