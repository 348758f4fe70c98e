"""The model that a scenario is planned with: own figures in place of the model's, own tasks after them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import book, case, model, scenario, task, works
from tests.words import ENGLISH, told
from zt_planner.domain.data.phase_model import Driver, Step
from zt_planner.domain.scenario.fields import MOST_LISTED
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES, MOST_TASKS
from zt_planner.engine.scheduling.edited_model import edited_model, figure_in_model
from zt_planner.errors import ScenarioError
from zt_planner.topics.error_texts import explain

MODEL = model(
    task("first", name="First"),
    task("second", name="Second", after=("first",), wait_weeks=6, wait_low=4, wait_high=10),
    task("third", name="Third", after=("second",), drivers=[Driver.APPS], days_per_unit=[1]),
)


def own(**figures: Any) -> dict[str, Any]:  # noqa: ANN401 - any figure
    return {"step": "1", "name": "Audit", "effort_days": 3, **figures}


def refusal(**tasks: Any) -> dict[str, str]:  # noqa: ANN401 - any edit
    """Return what is said of refused tasks, by path."""
    given = scenario(**{f"tasks__{name}": value for name, value in tasks.items()})
    with pytest.raises(ScenarioError) as caught:
        case(given, book(), MODEL)
    return dict(line.split(": ", 1) for line in told(explain(caught.value), ENGLISH))


def test_where_nothing_is_set_it_is_the_model_itself() -> None:
    assert edited_model(MODEL, scenario().tasks) is MODEL


def test_own_figures_take_the_place_of_the_model_s() -> None:
    edits = {"third": {"effort_days": "2.5"}, "second": {"min_length_days": 9, "wait_weeks": 12, "after": []}}
    given = scenario(tasks__edits={**edits, "third": {"effort_days": 2.5}})
    first, second, third = edited_model(MODEL, given.tasks).tasks
    assert first is MODEL.tasks[0]
    assert (second.min_length_days, second.wait_weeks, second.after) == (9, 12, ())
    assert (second.wait_low, second.wait_high) == (4, 12)
    assert (third.base_days, third.drivers, third.days_per_unit) == (Decimal("2.5"), (), ())
    assert third.after == ("second",)


def test_the_model_says_what_a_figure_is_that_nobody_has_set() -> None:
    planned = case(scenario(company__apps=12), book(), MODEL)
    third = MODEL.by_id["third"].model_copy(update={"min_length_days": 0})
    said = {name: figure_in_model(name, third, planned.size) for name in EDIT_FIGURES}
    assert (
        said.items()
        >= {
            "in_scope": None,
            "effort_days": planned.size.effort_days(third),
            "earliest_start": None,
            "fixed_start": None,
            "wait_weeks": 0,
            "min_length_days": 1,
            "after": ("second",),
        }.items()
    )


def test_a_wait_without_a_range_stays_without_one() -> None:
    first = edited_model(MODEL, scenario(tasks__edits={"first": {"wait_weeks": 2}}).tasks).by_id["first"]
    assert (first.wait_weeks, first.wait_low, first.wait_high) == (2, None, None)


def test_own_tasks_follow_those_of_the_model() -> None:
    given = scenario(tasks__own={"z": own(step="5"), "audit": own(after=["third"], external_share=0.25)})
    edited = edited_model(MODEL, given.tasks)
    assert [task.id for task in edited.tasks] == ["first", "second", "third", "audit", "z"]
    audit, last = edited.tasks[3:]
    assert (audit.step, audit.name, audit.after, audit.external_share) == (
        Step.IDENTITIES,
        "Audit",
        ("third",),
        Decimal("0.25"),
    )
    assert (audit.head_start_days, last.head_start_days) == (80, 0)
    assert [task.is_own for task in edited.tasks] == [False, False, False, True, True]


def test_an_own_task_out_of_scope_passes_its_predecessors_on() -> None:
    given = scenario(
        tasks__own={"gone": own(after=["second"], in_scope=False), "last": own(after=["gone"])},
        tasks__edits={"second": {"in_scope": False}},
    )
    task_works = works(given, MODEL)
    assert {work.task.id: [task_works[index].task.id for index in work.after] for work in task_works} == {
        "first": [],
        "third": ["first"],
        "last": ["first"],
    }


def test_a_task_that_is_wanted_stays_although_a_choice_makes_it_needless() -> None:
    conditional = model(task("council", falls_away_when="no_works_council"), task("other"))
    given = scenario(company__works_council=False, tasks__edits={"council": {"in_scope": True}})
    assert [work.task.id for work in works(given, conditional)] == ["council", "other"]


def test_a_chain_of_tasks_out_of_scope_may_be_as_long_as_there_are_tasks() -> None:
    keys = [f"t{number:03}" for number in range(MOST_TASKS)]
    chain = {
        key: own(after=[before], in_scope=key == keys[-1]) for before, key in zip(["first", *keys], keys, strict=False)
    }
    given = scenario(tasks__own=chain)
    assert works(given, MODEL)[-1].after == (0,)


def test_unknown_tasks_are_named_with_what_may_be_meant(says: Says) -> None:
    says(refusal(edits={"thrid": {"wait_weeks": 1}}))
    result = refusal(own={"audit": own(after=["first", "audits", "q"])}, edits={"third": {"after": ["zzz"]}})
    says(result)


def test_an_id_stands_for_one_task(says: Says) -> None:
    says(refusal(own={"third": own()}))
    says(refusal(own={"audit": own()}, edits={"audit": {"wait_weeks": 1}}))


def test_a_circle_is_spelled_out_by_the_names_of_its_tasks(says: Says) -> None:
    result = refusal(own={"audit": own(after=["third"])}, edits={"first": {"after": ["audit"]}})
    says(result)
    says(refusal(own={"audit": own(after=["audit"])})["tasks.own.audit.after"])


def test_a_circle_of_tasks_out_of_scope_is_one_too(says: Says) -> None:
    edits = {"first": {"after": ["third"], "in_scope": False}}
    says(refusal(edits=edits)["tasks.edits.first.after"])


def test_many_unknown_tasks_are_refused_in_a_moment(says: Says) -> None:
    wrong = [f"{'wrong' * 15}{number}" for number in range(20)]
    given = scenario(tasks__own={f"t{number}": own(after=wrong) for number in range(100)})
    with pytest.raises(ScenarioError) as caught:
        case(given, book(), MODEL)
    assert len(caught.value.problems) == MOST_LISTED + 1
    says(str(caught.value.problems[-1]))
