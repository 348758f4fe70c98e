"""The dialog that makes an example one's own: what is there already first, then people, months and name.

Laws: what was typed stays in its field, with the reason below it, until all of it is accepted; then it is one change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from zt_planner.domain.scenario.fields import ORDER, TASK_EDITS
from zt_planner.domain.scenario.scenario import (
    MOST_OWNED,
    Choices,
    Mode,
    Monitoring,
    Operator,
    RemoteAccess,
    Running,
)
from zt_planner.engine.plan import Plan
from zt_planner.entries import Entry, entry_at
from zt_planner.errors import CellProblem, Place
from zt_planner.language import Language
from zt_planner.topics.inputs.fields import OWNED_LICENCES, RUNNING
from zt_planner.topics.labels import label
from zt_planner.topics.task_words import task_name
from zt_planner.ui.components.elements import show_caption, show_refused
from zt_planner.ui.components.forms import FormState, Refuse, form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, tab
from zt_planner.ui.widgets import controls
from zt_planner.ui.widgets.fields import Field
from zt_planner.ui.widgets.number_fields import form_entry
from zt_planner.ui.widgets.owned_licences import SEATS, UNTIL

PEOPLE, MONTHS = "company.employees", "timeline.target_months"
NUMBERS = (PEOPLE, MONTHS)
DONE = entry_at(f"{TASK_EDITS}any.done")
LICENCE, SEAT, DAY, SHARE, TICKED, RUNS, NAME = "licence", "seats", "until", "share", "done", "running", "name"
"""The answers; those of a licence have its number behind them, a share the id of its task."""
SEATS_WIDTH, DAY_WIDTH = 120, 240
"""Pixels."""


def show_questions(plan: Plan, language: Language) -> None:
    """Ask for what is there, people and duration, starting with the example's."""
    say, answers = language.say, form_state("own")
    _begin(plan, answers, language)
    _ask_for_licences(answers, language)
    _ask_for_done_tasks(plan, answers, language)
    st.pills(
        say("What do you already pay for and keep?"),
        list(Running),
        selection_mode="multi",
        format_func=lambda one: plain(language.write(label(one))),
        key=answers.key(RUNS),
    )
    with st.form("own", border=False):
        scenario = plan.scenario
        for question, path, value in (
            (say("How many people?"), PEOPLE, scenario.company.employees),
            (say("Done in how many months?"), MONTHS, scenario.timeline.target_months),
        ):
            entry = entry_at(path)
            form_entry(question, answers.key(path), entry, entry.written(value, language), language)
        st.text_input(say("Company name (optional)"), key=answers.key(NAME))
        st.form_submit_button(
            say("Show my plan"), on_click=answers.sent(partial(_take_answers, scenario.choices, language))
        )
        answers.explain()


def _begin(plan: Plan, answers: FormState, language: Language) -> None:
    """Begin with what the example has, each time the dialog is opened."""
    company = plan.scenario.company
    done = {task.id: plan.scenario.tasks.given_for(task.id).done for task in plan.case.tasks}
    given: dict[str, object] = {RUNS: list(company.running), TICKED: [key for key, share in done.items() if share]}
    given |= {f"{SHARE}:{key}": DONE.written(share, language) for key, share in done.items() if share}
    for index, row in enumerate(company.owned_licences):
        given[f"{LICENCE}:{index}"] = row.licence
        given[f"{SEAT}:{index}"] = "" if row.seats is None else SEATS.written(row.seats, language)
        given[f"{DAY}:{index}"] = "" if row.until is None else UNTIL.written(row.until, language)
    if answers.key(f"{LICENCE}:0") not in st.session_state:
        for name, value in given.items():
            st.session_state[answers.key(name)] = value


def _ask_for_licences(answers: FormState, language: Language) -> None:
    """Ask for a licence after the other, and of each for its seats and its last day."""
    say, licences, named = language.say, controls.ownable_licences(), controls.licence_name(language)
    nothing_else, about = say("Nothing else"), say("Most companies have Microsoft 365 Business Standard.")
    given = [index for index in range(MOST_OWNED) if st.session_state.get(answers.key(f"{LICENCE}:{index}"))]
    for index in range(min(max(given, default=-1) + 2, MOST_OWNED)):
        chosen = st.selectbox(
            say("What else do your people have?") if index else say("What do your people have today?"),
            licences,
            format_func=(lambda key: named(key) if key else nothing_else) if index else named,
            key=answers.key(f"{LICENCE}:{index}"),
            help=None if index else about,
        )
        if chosen:
            _ask_for_seats_and_day(index, answers, language)
    if given:
        show_caption(say("No seats entered: everyone has it. No day entered: you can cancel it at any time."))


def _ask_for_seats_and_day(index: int, answers: FormState, language: Language) -> None:
    """Draw both fields side by side, and below them why what was typed is refused."""
    say = language.say
    fields = (
        (say("Seats"), answers.key(f"{SEAT}:{index}"), SEATS, say("everyone"), SEATS_WIDTH),
        (say("Paid until"), answers.key(f"{DAY}:{index}"), UNTIL, "", DAY_WIDTH),
    )
    with st.container(horizontal=True, gap="small"):
        for title, key, entry, placeholder, width in fields:
            with st.container(width=width):
                Field(title, key, None, _keep, language, entry=entry, may_be_empty=True, in_form=True).draw(placeholder)
    for title, key, entry, *_ in fields:
        text = st.session_state.get(key, "")
        refused = entry.refusal(text, language) if text.strip() else None
        if refused is not None:
            show_refused([CellProblem(Place(title), refused.problem, refused.remedy, **refused.values)])


def _keep(_: object) -> None:
    """Leave what was typed in its field until the form is sent."""


def _ask_for_done_tasks(plan: Plan, answers: FormState, language: Language) -> None:
    """Ask which tasks are done, and of each how much of it."""
    say = language.say
    names = {task.id: language.write(task_name(task)) for task in sorted(plan.case.tasks, key=lambda task: task.step)}
    ticked = st.multiselect(
        say("What is already done, fully or partly?"),
        list(names),
        format_func=lambda key: names.get(key, key),
        key=answers.key(TICKED),
        placeholder=say("Nothing yet"),
    )
    for task_id in ticked:
        title = say("{task}: done, %", task=names.get(task_id, task_id))
        form_entry(title, answers.key(f"{SHARE}:{task_id}"), DONE, DONE.written(Decimal(1), language), language)


def _take_answers(chosen: Choices, language: Language, answers: Mapping[str, Any], refuse: Refuse) -> bool:
    """Make the example one's own; return whether it is. A wrong number or day is explained at its field."""
    if any(entry.refusal(text, language) for entry, text in _typed(answers)):
        return False
    people, months = (entry_at(path).read(answers[path], language) for path in NUMBERS)
    running = answers.get(RUNS) or []
    mine = {
        PEOPLE: int(people),
        OWNED_LICENCES: list(_licences(answers, language)),
        RUNNING: running,
        **_choices(chosen, running),
        **{f"{TASK_EDITS}{key}.done": share for key, share in _done(answers, language)},
        "timeline.mode": Mode.DEADLINE,
        ORDER: (),
        MONTHS: int(months),
        "company.name": answers[NAME],
    }
    is_taken = session.attempt(lambda state: session.workspace().make_own(state, mine), refuse)
    if is_taken:
        tab.close_dialog()
    return is_taken


def _typed(answers: Mapping[str, Any]) -> Iterator[tuple[Entry, str]]:
    """Yield every number and day that was typed."""
    yield from ((entry_at(path), answers[path]) for path in NUMBERS)
    for name, entry in ((SEAT, SEATS), (DAY, UNTIL), (SHARE, DONE)):
        texts = (text for key, text in answers.items() if key.startswith(f"{name}:"))
        yield from ((entry, text) for text in texts if text.strip())


def _licences(answers: Mapping[str, Any], language: Language) -> Iterator[dict[str, Any]]:
    for index in range(MOST_OWNED):
        if answers.get(f"{LICENCE}:{index}"):
            row: dict[str, Any] = {"licence": answers[f"{LICENCE}:{index}"]}
            for name, entry in ((SEAT, SEATS), (DAY, UNTIL)):
                text = answers.get(f"{name}:{index}", "")
                row[name] = entry.read(text, language) if text.strip() else None
            yield row


def _done(answers: Mapping[str, Any], language: Language) -> Iterator[tuple[str, Decimal]]:
    """Yield the tasks that are done with their shares; an empty one is the whole."""
    for task_id in answers.get(TICKED) or []:
        text = answers.get(f"{SHARE}:{task_id}", "")
        yield task_id, DONE.read(text, language) if text.strip() else Decimal(1)


def _choices(chosen: Choices, running: Sequence[Running]) -> dict[str, object]:
    """Return the choices with which the plan uses what runs already."""
    has = chosen.monitoring.has_siem or Running.SIEM in running, chosen.monitoring.has_mdr or Running.MDR in running
    by_parts = {(each.has_siem, each.has_mdr): each for each in Monitoring}
    fields: dict[str, object] = {"choices.monitoring": by_parts[has]}
    if Running.ZTNA in running:
        fields["choices.remote_access"] = RemoteAccess.ZTNA
    if Running.MANAGED_SERVICE in running:
        fields["choices.operation"] = Operator.PARTNER
    return fields
