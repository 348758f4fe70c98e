"""What the insurer asks in words: the sentence counts what the table shows, a proposed task turns its question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests import builders
from tests.approval import Says
from tests.builders import book, left_out, model, plan, plan_for, question, quiet, task
from tests.words import plain, told
from zt_planner import bootstrap
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.rules import Rules
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.nis2.insurance import AnswerState, insurer_answers
from zt_planner.files.scenario_json import validated, with_values
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.nis2.insurer import (
    insurer_cautions,
    insurer_sentence,
    insurer_source,
    insurer_sources,
    insurer_table,
    proposal_label,
    proposal_text,
    proposals_open,
    proposed_field,
)
from zt_planner.topics.task_words import task_names
from zt_planner.topics.view import View

ENGLISH, GERMAN = (Language(code) for code in (LanguageCode.ENGLISH, LanguageCode.GERMAN))


def asked(changes: dict[str, Any] | None = None, phase_model: PhaseModel | None = None) -> View:
    """Return the default plan with some fields changed, as the shipped data have it."""
    scenario = with_values(validated(Scenario().model_dump()), changes or {})
    case = builders.case(scenario, bootstrap.price_book(), phase_model or bootstrap.phase_model())
    return View(plan_for(case), ENGLISH)


def states(context: View) -> dict[str, AnswerState]:
    return {answer.question.id: answer.state for answer in told(insurer_answers(context.plan))}


def test_with_mdr_seven_of_eleven_are_answered_and_what_stays_open_is_no_yes(says: Says) -> None:
    said = told(insurer_sentence(asked({"choices.monitoring": "mdr"})))
    says(said)


def test_a_siem_alone_is_another_choice_and_a_task_that_was_taken_out_is_named(says: Says) -> None:
    context = asked(left_out(("edr_onboarding",)))
    says(told(insurer_sentence(context)))
    row = next(row for row in told(insurer_table(context)).rows if "(EDR)" in row[0])
    says(row[1:-1])


def test_the_sentence_counts_what_the_table_shows() -> None:
    context = asked()
    yes = [row for row in told(insurer_table(context)).rows if row[1] == "yes"]
    assert told(insurer_sentence(context)).startswith(
        f"{len(yes)} of {len(told(insurer_table(context)).rows)} questions"
    )


def test_a_proposed_task_turns_its_question_and_is_marked_as_outside_the_five_steps(says: Says) -> None:
    context = asked()
    proposals = proposals_open(context)
    assert [each.id for each in proposals] == ["patch-internet", "backup-survives"]
    changes: dict[str, Any] = {}
    for each in proposals:
        changes |= proposed_field(each, each.name, context.case)
    after = asked({**changes, "choices.monitoring": "mdr"})
    left = {name for name, state in states(after).items() if state is not AnswerState.YES}
    assert left == {"end_of_life", "awareness"}
    assert proposals_open(after) == ()
    marked = [name for name in told(task_names(after.case.model)).values() if "Outside the five steps: " in name]
    assert marked == [f"Outside the five steps: {each.name}" for each in reversed(proposals)]
    says(told(insurer_sentence(after)))
    patched = next(row for row in told(insurer_table(after)).rows if "patches" in row[0])
    assert patched[1] == "yes"
    assert patched[5] == ""
    assert next(row for row in told(insurer_table(after)).rows if "round the clock" in row[0])[5] == ""


def test_a_proposed_task_waits_only_for_tasks_that_there_are() -> None:
    context = asked()
    task = proposals_open(context)[0].model_copy(update={"after": ("gone", "inventory")})
    (field,) = proposed_field(task, task.name, context.case).values()
    assert field["after"] == ("inventory",)


def test_the_source_and_the_assumed_work_are_said(says: Says) -> None:
    context = asked()
    few, refused, void = told(insurer_cautions(context))
    says(few)
    assert "a third" in refused
    assert "void the cover" in void
    assert "read on" in told(insurer_source(context))
    sources = {row[0]: row[-1] for row in told(insurer_sources(context)).rows}
    says(sources["Are staff trained?"])
    says(sources["Does somebody watch the alerts round the clock?"])
    text = ENGLISH.write(proposal_text(proposals_open(context)[1]))
    says(text)
    says(ENGLISH.write(proposal_label(proposals_open(context)[1])))


def test_the_access_of_suppliers_needs_mfa_a_way_without_vpn_and_zones_where_there_are_machines() -> None:
    assert states(asked())["suppliers"] is AnswerState.YES
    assert states(asked({"choices.remote_access": "vpn"}))["suppliers"] is AnswerState.OPEN
    for missing in ("remote_mfa", "ztna"):
        assert states(asked(left_out((missing,))))["suppliers"] is AnswerState.OPEN
    no_zones = left_out(("machine_zones",))
    assert states(asked({"company.machines": 40}))["suppliers"] is AnswerState.YES
    assert states(asked({"company.machines": 40, **no_zones}))["suppliers"] is AnswerState.OPEN


def test_only_mdr_watches_round_the_clock() -> None:
    found = {kind: states(asked({"choices.monitoring": kind}))["watched"] for kind in ("none", "siem", "mdr")}
    assert found == {"none": AnswerState.CHOICE, "siem": AnswerState.CHOICE, "mdr": AnswerState.YES}


def test_detection_is_on_every_client_once_all_are_enrolled(says: Says) -> None:
    row = next(row for row in told(insurer_table(asked())).rows if "(EDR)" in row[0])
    says(row[4])


def test_the_table_says_that_yes_is_from_the_day_on_which_the_work_is_finished() -> None:
    context = asked()
    table = told(insurer_table(context))
    row = next(row for row in table.rows if "(EDR)" in row[0])
    enrolled = next(task.finish for task in context.plan.tasks if task.task.id == "enrolment")
    assert row[table.columns.index("Yes from (work finished)")] == ENGLISH.short_day(enrolled)


def test_a_question_that_was_read_long_ago_is_marked(says: Says) -> None:
    shipped = bootstrap.phase_model()
    first, *others = shipped.rules.questions
    long_ago = first.model_copy(update={"read_on": date(2024, 11, 5)})
    model = replace(shipped, rules=replace(shipped.rules, questions=(long_ago, *others)))
    badges = told(insurer_table(asked(phase_model=model))).badges
    says([badge.text for badge in badges[0]])
    assert all(badge.text != "over two years old" for row in badges[1:] for badge in row)


def test_a_model_without_questions_says_nothing() -> None:
    shipped = bootstrap.phase_model()
    bare = asked(phase_model=PhaseModel(shipped.tasks, shipped.measures, (), shipped.parameter_rows))
    assert (told(insurer_sentence(bare)), told(insurer_source(bare)), told(insurer_table(bare)).rows) == ("", "", ())
    assert told(insurer_cautions(bare)) == ()


def test_where_nothing_is_answered_it_is_said(says: Says) -> None:
    shipped = bootstrap.phase_model()
    questions = shipped.rules.questions
    named = {task for question in questions for alternatives in question.tasks for task in alternatives.split("|")}
    said = told(insurer_sentence(asked(left_out(sorted(named)))))
    says(said)


def test_everybody_whom_the_questions_are_about_is_named_once_with_the_day(says: Says) -> None:
    asked_by = [question("one", "kickoff"), question("two", "kickoff"), question("three", "kickoff", population="some")]
    given, phase_model = quiet(), model(task("kickoff"), rules=Rules(questions=tuple(asked_by)))
    context = View(plan(given, book(), phase_model), ENGLISH)
    says(plain(told(insurer_source(context))))


def test_a_proposed_task_is_marked_by_its_id_whatever_it_is_called(says: Says) -> None:
    own = {"step": "3", "name": "Backups", "effort_days": 8}
    context = asked({"tasks.own.backup-survives": own, "tasks.own.mine": own})
    names = told(task_names(context.case.model))
    says((names["backup-survives"], names["mine"]))
