"""A roadmap that another program has written: every task becomes an own task, or is left out with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handouts import AWKWARD, NASTY, handout
from tests.names import is_allowed, other_cases
from tests.project_edits import FILE, applied, foreign, link_xml, own_tasks, planned, read, reasons, task_xml, written
from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.errors import FileProblem, ScenarioError
from zt_planner.export.project.xml_text import NAMESPACE, writable
from zt_planner.importing.project.elements import read_project
from zt_planner.importing.project.outline import Outline

if TYPE_CHECKING:
    from zt_planner.domain.incoming import Incoming
    from zt_planner.reports.documents.handout import Handout

PLAIN = {"step": "0", "effort_days": 1, "min_length_days": 1}
WEEK = 7 * 24 * 60 * 10


@pytest.fixture(scope="module")
def opened() -> Handout:
    """Return the plan of the first visit, which starts on 4 January 2027."""
    return handout()


def people(**names: str) -> str:
    """Return resources by their names."""
    found = (
        f"<Resource>{written({'UID': uid.removeprefix('r'), 'Name': name})}</Resource>" for uid, name in names.items()
    )
    return f"<Resources>{''.join(found)}</Resources>"


def work(task: int, resource: int, hours: int) -> str:
    """Return who works how long on a task."""
    parts = {"UID": 1, "TaskUID": task, "ResourceUID": resource, "Work": f"PT{hours}H0M0S"}
    return f"<Assignment>{written(parts)}</Assignment>"


def is_xml(name: str) -> bool:
    """Tell whether XML can carry a text."""
    return writable(name) == name


def only(said: Incoming) -> dict[str, Any]:
    """Return the one own task that a file adds."""
    (found,) = own_tasks(said).values()
    return found


def test_a_task_becomes_an_own_task_that_can_be_planned(opened: Handout) -> None:
    content = foreign(task_xml(1, "Data protection training", Duration="PT40H0M0S", Work="PT16H0M0S"))
    said = read(content, opened)
    assert said.edits == {
        "tasks.own.data-protection-training": {
            "step": "0",
            "name": "Data protection training",
            "effort_days": 2,
            "min_length_days": 5,
            "earliest_start": "2027-03-01",
        }
    }
    assert not said.left_out
    plan = planned(said, opened)
    placed = next(task for task in plan.tasks if task.task.id == "data-protection-training")
    assert placed.start.isoformat() >= "2027-03-01"


@pytest.mark.parametrize("namespace", [NAMESPACE, f"{NAMESPACE}/2007", ""])
def test_a_file_of_any_version_is_read(namespace: str, opened: Handout) -> None:
    assert len(read(foreign(task_xml(1, "Training"), namespace=namespace), opened).edits) == 1


def test_a_task_with_hardly_anything_said_is_one(opened: Handout) -> None:
    said = read(foreign("<Task><UID>1</UID><Name>Training</Name><Duration>PT16H0M0S</Duration></Task>"), opened)
    assert only(said) == PLAIN | {"name": "Training", "effort_days": 2, "min_length_days": 2}
    assert "tasks without work" in said.notices[0].problem


def test_tasks_stand_under_the_step_of_that_name(opened: Handout) -> None:
    lines = [
        task_xml(9, "Roadmap", OutlineLevel=0),
        task_xml(1, "Phase", Summary=1),
        task_xml(2, "Identitäten", OutlineLevel=2),
        task_xml(3, "a", OutlineLevel=3),
        task_xml(4, "5 Monitoring", OutlineLevel=1, Summary=1),
        task_xml(5, "b", OutlineLevel=2),
        task_xml(6, "Something else", Summary=1),
        task_xml(7, "c", OutlineLevel=2),
    ]
    found = own_tasks(read(foreign(*lines), opened))
    assert {key: task["step"] for key, task in found.items()} == {"a": "1", "b": "5", "c": "0"}


def test_links_run_through_milestones_and_groups(opened: Handout) -> None:
    lines = [
        task_xml(1, "a"),
        task_xml(2, "Done", link_xml(1), Duration="PT0H0M0S", Work="PT0H0M0S", Milestone=1),
        task_xml(3, "Group", link_xml(2), Summary=1),
        task_xml(4, "b", OutlineLevel=2),
        task_xml(5, "c", link_xml(4), OutlineLevel=2),
        task_xml(6, "d", link_xml(3)),
    ]
    said = read(foreign(*lines), opened)
    after = {key: task.get("after") for key, task in own_tasks(said).items()}
    assert after == {"a": None, "b": ["a"], "c": ["b", "a"], "d": ["b", "c"]}
    assert reasons(said) == ["2 Done: it is a milestone: nobody works on it"]


def test_milestones_that_wait_for_each_other_end(opened: Handout) -> None:
    nothing = {"Duration": "PT0H0M0S", "Work": "PT0H0M0S"}
    lines = [
        task_xml(1, "m", link_xml(2), **nothing),
        task_xml(2, "n", link_xml(1), **nothing),
        task_xml(3, "a", link_xml(1)),
    ]
    assert "after" not in only(read(foreign(*lines), opened))


def test_tasks_that_wait_for_each_other_are_refused(opened: Handout) -> None:
    with pytest.raises(ScenarioError, match="circle"):
        read(foreign(task_xml(1, "a", link_xml(2)), task_xml(2, "b", link_xml(1))), opened)


def test_a_lag_is_a_wait(opened: Handout) -> None:
    lines = [
        task_xml(1, "a"),
        task_xml(2, "b", link_xml(1, LinkLag=3 * WEEK, LagFormat=10)),
        task_xml(3, "c", link_xml(2, LinkLag=2 * 2400 * 10, LagFormat=9)),
    ]
    found = own_tasks(read(foreign(*lines), opened))
    assert {key: task.get("wait_weeks") for key, task in found.items()} == {"a": 3, "b": 2, "c": None}


def test_a_lag_after_a_milestone_or_a_group_is_said(opened: Handout) -> None:
    lines = [
        task_xml(1, "Done", Duration="PT0H0M0S", Work="PT0H0M0S"),
        task_xml(2, "a", link_xml(1, LinkLag=WEEK, LagFormat=10)),
        task_xml(3, "b", link_xml(1)),
    ]
    assert "2 a: it waits for some time after 1 Done, on which nobody works" in reasons(read(foreign(*lines), opened))


def test_a_start_is_earliest_fixed_or_follows(opened: Handout) -> None:
    lines = [
        task_xml(1, "a"),
        task_xml(2, "b", link_xml(1), Start="2027-03-02T08:00:00"),
        task_xml(3, "c", ConstraintType=2),
        task_xml(4, "d", Manual=1),
        task_xml(5, "e", Start="2026-06-01T08:00:00"),
        task_xml(6, "f", Start="2119-06-01T08:00:00"),
        task_xml(7, "g", Start="soon"),
    ]
    said = read(foreign(*lines), opened)
    found = own_tasks(said)
    assert [key for key in found if "earliest_start" in found[key]] == ["a"]
    assert [key for key in found if "fixed_start" in found[key]] == ["c", "d"]
    assert reasons(said) == [
        "5 e: its start lies before the plan's",
        "6 f: its start is outside the dates that a plan can cover",
    ]


def test_a_start_on_a_day_off_is_kept_as_it_is(opened: Handout) -> None:
    said = read(foreign(task_xml(1, "a", Start="2027-03-26T08:00:00")), opened)
    assert only(said)["earliest_start"] == "2027-03-26"
    applied(said, opened)


def test_who_is_not_of_ones_own_people_is_known_by_name(opened: Handout) -> None:
    more = people(r1="Anna", r2="External consultant") + f"<Assignments>{work(1, 1, 12)}{work(1, 2, 4)}</Assignments>"
    said = read(foreign(task_xml(1, "a", Work=None), more=more), opened)
    assert (only(said)["effort_days"], only(said)["external_share"]) == (2, 0.25)
    assert [each.values["names"] for each in said.notices] == ["External consultant", "Anna"]


def test_hours_of_a_day_are_those_of_the_file(opened: Handout) -> None:
    said = read(
        foreign(task_xml(1, "a", Work="PT15H0M0S", Duration="PT15H0M0S"), more="<MinutesPerDay>450</MinutesPerDay>"),
        opened,
    )
    assert (only(said)["effort_days"], only(said)["min_length_days"]) == (2, 2)


def test_an_elapsed_duration_counts_its_working_days(opened: Handout) -> None:
    said = read(foreign(task_xml(1, "a", Duration="PT336H0M0S", DurationFormat=8)), opened)
    assert only(said)["min_length_days"] == 10


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"Name": " "}, "it has no name"),
        ({"PercentComplete": 100}, "it is finished already"),
        ({"Active": 0}, "it is inactive"),
        ({"Work": "PT0H0M0S", "Duration": "PT0H0M0S"}, "it is a milestone"),
        ({"Work": "PT99999999H0M0S"}, "more work or is longer"),
        ({"Duration": "PT99999H0M0S"}, "more work or is longer"),
        ({"Summary": 1}, "tasks that are not in the file"),
    ],
)
def test_what_cannot_be_a_task_is_left_out_with_a_reason(parts: dict[str, Any], reason: str, opened: Handout) -> None:
    said = read(foreign(task_xml(1, "a", **parts)), opened)
    assert said.edits == {}
    assert reason in reasons(said)[0]


def test_a_line_without_anything_says_nothing(opened: Handout) -> None:
    said = read(foreign("<Task><UID>3</UID><IsNull>1</IsNull></Task>", task_xml(1, "a")), opened)
    assert (len(said.edits), said.left_out) == (1, ())


def test_a_number_that_comes_twice_is_said(opened: Handout) -> None:
    said = read(foreign(task_xml(1, "a"), task_xml(1, "b")), opened)
    assert set(own_tasks(said)) == {"a"}
    assert reasons(said) == ["1 b: another task in the file has the same number"]


def test_links_that_lead_out_of_the_file_are_said(opened: Handout) -> None:
    lines = [task_xml(1, "a", link_xml(1, CrossProject=1), link_xml(99)), task_xml(2, "b", link_xml(1), Name="b")]
    said = read(foreign(*lines), opened)
    assert reasons(said) == ["1 a: it waits for something that is not in the file"]


def test_more_predecessors_than_a_plan_takes_are_said(opened: Handout) -> None:
    many = [task_xml(uid, f"a{uid}") for uid in range(1, 26)]
    said = read(foreign(*many, task_xml(99, "z", *(link_xml(uid) for uid in range(1, 26)))), opened)
    assert len(own_tasks(said)["z"]["after"]) == 20
    assert reasons(said) == ["99 z: it waits for more than 20 tasks"]
    applied(said, opened)


def test_links_that_nobody_could_follow_are_cut(opened: Handout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zt_planner.importing.project.outline.MOST_STEPS", 2)
    said = read(foreign(task_xml(1, "a"), task_xml(2, "b", link_xml(1), link_xml(1))), opened)
    assert own_tasks(said)["b"]["after"] == ["a"]
    assert "waits for more than" in reasons(said)[0]


@pytest.mark.extended
def test_more_tasks_than_a_plan_keeps_are_refused(opened: Handout) -> None:
    tasks = [task_xml(uid, "Same name") for uid in range(1, 501)]
    assert len(read(foreign(*tasks), opened).edits) == 500
    with pytest.raises(FileProblem, match="more own tasks than the 500"):
        read(foreign(*tasks, task_xml(501, "One more")), opened)


def test_a_long_name_is_cut_and_said(opened: Handout) -> None:
    said = read(foreign(task_xml(1, "x" * 200)), opened)
    assert only(said)["name"] == "x" * NAME_LENGTH
    assert said.notices[0].values["length"] == 200


@pytest.mark.parametrize("name", [NASTY, "two\nlines", "tab\there", "\x85", "=1+1", *filter(is_xml, other_cases())])
def test_a_name_of_any_kind_gives_a_scenario(name: str, opened: Handout) -> None:
    said = read(foreign(task_xml(1, name)), opened)
    names = [task.name for task in applied(said, opened).tasks.own.values()]
    assert bool(names) is not bool(said.left_out)
    if names and is_allowed(name):
        assert names[0].split() == name.split()


@pytest.mark.parametrize("name", ["\x00", "\x1b[2J", "\ufffe"])
def test_a_name_that_xml_cannot_carry_is_a_damaged_file(name: str, opened: Handout) -> None:
    with pytest.raises(FileProblem, match="not XML, or damaged"):
        read(foreign(task_xml(1, name)), opened)


def test_it_joins_what_is_there_under_other_ids() -> None:
    there = handout(AWKWARD)
    said = read(foreign(task_xml(1, "Audit"), task_xml(2, "Kickoff"), task_xml(3, "Signing")), there)
    assert set(own_tasks(said)) == {"audit-2", "kickoff-2", "signing-2"}
    assert len(applied(said, there).tasks.own) == 5


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "OutlineLevel": st.integers(-1, 40),
                "Start": st.sampled_from(["2027-05-03T08:00:00", "1999-01-01", "", "x", "2027-13-01T00:00:00"]),
                "Finish": st.sampled_from(["2027-05-07T17:00:00", "1900-01-01T00:00:00", "9999-12-31T00:00:00"]),
                "Duration": st.sampled_from(["PT0H0M0S", "PT40H0M0S", "P3DT4H", "-PT8H0M0S", "PT1.5S", "P", "99"]),
                "Work": st.sampled_from(["PT0H0M0S", "PT20H0M0S", "PT0H0M1S", "PT999999999H0M0S", ""]),
                "ConstraintType": st.integers(-1, 9),
                "Summary": st.sampled_from([0, 1, "true"]),
                "Manual": st.integers(0, 1),
                "DurationFormat": st.integers(0, 53),
            },
        ),
        max_size=12,
    ),
    st.lists(
        st.tuples(st.integers(0, 13), st.integers(0, 13), st.integers(-(10**6), 10**7), st.integers(0, 52)), max_size=20
    ),
)
def test_whatever_a_file_says_is_a_scenario_or_a_reason(
    tasks: list[dict[str, Any]], links: list[tuple[int, int, int, int]]
) -> None:
    def before(uid: int) -> list[str]:
        return [link_xml(to, LinkLag=lag, LagFormat=form) for at, to, lag, form in links if at == uid]

    opened = handout(AWKWARD)
    content = foreign(*(task_xml(uid, f"Task {uid}", *before(uid), **parts) for uid, parts in enumerate(tasks)))
    said, refused = None, ""
    try:
        said = read(content, opened)
    except ScenarioError as error:
        refused = str(error)
    if said is None:
        assert "circle" in refused
        return
    applied(said, opened)
    names = {task["name"] for task in own_tasks(said).values()} | {
        str(each.place).partition(" ")[2] for each in said.left_out
    }
    assert {line.name for line in Outline.of(read_project(content, FILE)).leaves()} <= names
