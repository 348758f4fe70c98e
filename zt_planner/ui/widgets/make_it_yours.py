"""The dialog that makes a plan one's own: people, duration, name and licences, then questions, step by step.

It can be opened again: it shows what the plan holds, and what was typed and not sent. Laws: what was typed stays in its
field, with the reason below it, until all of it is accepted; then it is one change; who answers nothing changes
nothing; an answer that nobody touched is not set again, whatever others have changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any, cast

import streamlit as st

from zt_planner import bootstrap
from zt_planner.domain.data.interview import CompanyQuestion, Interview
from zt_planner.domain.scenario.fields import ORDER, OWNED_LICENCES
from zt_planner.domain.scenario.scenario import MOST_OWNED, Mode, Scenario
from zt_planner.engine.interview import GivenAnswer, edit_of, is_held, known_answer, questions_for, value_at
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.entries import Entry, entry_at
from zt_planner.errors import CellProblem, InputRefused, Place
from zt_planner.language import Language
from zt_planner.topics.interview.blocks import ABOUT, interview_group
from zt_planner.topics.nis2.insurer import added_task
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.elements import open_fold, show_answer_button, show_caption, show_refused, show_scan_link
from zt_planner.ui.components.forms import FormState, Refuse, form_state
from zt_planner.ui.components.job_panel import JobPanel, StartButton, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.seams import held_values
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.state.tab import WHICH_ANSWERS_MATTER, this_tab
from zt_planner.ui.widgets import controls
from zt_planner.ui.widgets.fields import Field
from zt_planner.ui.widgets.number_fields import form_entry
from zt_planner.ui.widgets.owned_licences import SEATS, UNTIL
from zt_planner.workspace import State
from zt_planner.workspace.jobs.options import answers_job
from zt_planner.workspace.runners.job_runner import Request

FORM = "own"
PEOPLE, MONTHS, COMPANY_NAME = "company.employees", "timeline.target_months", "company.name"
LICENCE, SEAT, DAY, ANSWER = "licence", "seats", "until", "answer"
"""The fields; those of a licence have its number behind them, an answer the id of its question."""
BEGAN, WRITTEN, UNSENT = "began", "written", "own:unsent"
"""What was known when the dialog was opened, what its fields were filled with then, and what was typed since."""
SEATS_WIDTH, DAY_WIDTH = 120, 240
"""Pixels."""


def show_question_form(plan: AnyPlan, language: Language) -> None:
    """Ask for people, duration, name and licences, then all questions; begin with what the plan has."""
    say, answers = language.say, form_state(FORM)
    interview = questions_for(bootstrap.interview(), plan.case.base_model)
    _begin(plan, interview, answers, language)
    scenario = plan.scenario
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for question, path in ((say("How many people?"), PEOPLE), (say("Done in how many months?"), MONTHS)):
            entry = entry_at(path)
            with st.container(width="stretch", gap="xsmall"):
                written = entry.written(value_at(scenario, path), language)
                form_entry(question, answers.key(path), entry, written, language)
    st.text_input(say("Company name (optional)"), scenario.company.name, key=answers.key(COMPANY_NAME))
    _ask_for_licences(answers, language)
    _ask(interview, answers, language)
    st.button(
        say("Show my plan"),
        key="show_plan",
        type="primary",
        on_click=answers.sent(partial(_take_answers, plan, interview, language)),
    )
    answers.explain()
    _keep_unsent(answers)


def _begin(plan: AnyPlan, interview: Interview, answers: FormState, language: Language) -> None:
    """Begin with what the plan has, each time the dialog is opened, and with what was typed and not sent."""
    if answers.key(f"{LICENCE}:0") in st.session_state:
        return
    known = answers_known_here(plan.scenario, language)
    given: dict[str, object] = {f"{ANSWER}:{each.id}": _shown(each, known[each.id], language) for each in interview}
    for index, row in enumerate(plan.scenario.company.owned_licences):
        given[f"{LICENCE}:{index}"] = row.licence
        given[f"{SEAT}:{index}"] = "" if row.seats is None else SEATS.written(row.seats, language)
        given[f"{DAY}:{index}"] = "" if row.until is None else UNTIL.written(row.until, language)
    for path in (PEOPLE, MONTHS, COMPANY_NAME):
        value = value_at(plan.scenario, path)
        given[path] = value if path == COMPANY_NAME else entry_at(path).written(value, language)
    for name, text in (given | _unsent(answers)).items():
        st.session_state[answers.key(name)] = text
    st.session_state[answers.key(BEGAN)] = known
    st.session_state[answers.key(WRITTEN)] = given


def _keep_unsent(answers: FormState) -> None:
    """Keep what was typed: a dialog that is closed takes its fields with it."""
    held = widgets.held_fields(answers.key(), held_values())
    typed = {name: text for name, text in held.items() if _is_field(name) and text != held[WRITTEN].get(name, "")}
    this_tab().forms[UNSENT] = answers.number, typed


def _unsent(answers: FormState) -> dict[str, object]:
    """Return what was typed into this form and not sent."""
    number, typed = cast("tuple[int | None, dict[str, object]]", this_tab().forms.get(UNSENT, (None, {})))
    return typed if number == answers.number else {}


def _is_field(name: str) -> bool:
    return name in {PEOPLE, MONTHS, COMPANY_NAME} or name.partition(":")[0] in {LICENCE, SEAT, DAY, ANSWER}


def _shown(question: CompanyQuestion, answer: GivenAnswer, language: Language) -> str:
    """Return an answer as its widget holds it; empty where nobody knows."""
    if answer is None or isinstance(answer, str):
        return answer or ""
    return _entry(question).written(answer, language)


def answers_known_here(scenario: Scenario, language: Language) -> dict[str, GivenAnswer]:
    """Return what is known of each question: what the scenario holds, and what this page has answered that it holds.

    An answer that sets nothing but defaults is known to this page only.
    """
    sent, interview = form_state(FORM).held, bootstrap.interview()
    return {each.id: _known(each, sent.get(f"{ANSWER}:{each.id}"), scenario, language) for each in interview}


def _known(question: CompanyQuestion, sent: object, scenario: Scenario, language: Language) -> GivenAnswer:
    given, offered = _given(question, sent, language), question.answer(sent)
    if question.field:
        return given if given == value_at(scenario, question.field) else known_answer(question, scenario)
    is_so = offered is not None and is_held(question, offered, scenario)
    return given if is_so else known_answer(question, scenario)


def _given(question: CompanyQuestion, sent: object, language: Language) -> GivenAnswer:
    """Return what a widget says; None where nobody knows, or what was typed is refused."""
    text = str(sent or "").strip()
    if not question.field or not text:
        return text or None
    try:
        return int(_entry(question).read(text, language))
    except InputRefused:
        return None


def _entry(question: CompanyQuestion) -> Entry:
    """Return what may be typed as a number; whether there are so many people is checked with all else."""
    return entry_at(question.field, entry_at(PEOPLE).most)


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
        show_caption(say("Leave seats empty if everyone has it. Leave the day empty if you can cancel at any time."))


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


def _ask(interview: Interview, answers: FormState, language: Language) -> None:
    """Ask the questions, those of a step in a part that can be opened, and count what is answered."""
    say = language.say
    sent = {each.id: st.session_state.get(answers.key(f"{ANSWER}:{each.id}")) for each in interview}
    st.subheader(say("What is there already?"))
    show_caption(
        say("Three answers are better than none. For what you do not know, the plan keeps its own assumption.")
    )
    show_scan_link(language)
    with st.container(gap="xsmall"):
        for step, questions in groupby(interview, key=lambda each: each.step):
            with st.expander(plain(say(ABOUT[step])), key=answers.key(f"step:{step}")):
                for each in questions:
                    _ask_one(each, answers, language)
    answered = sum(1 for each in interview if _given(each, sent[each.id], language) is not None)
    show_caption(say("{answered} of {all} answered", answered=answered, all=len(interview)))


def _ask_one(question: CompanyQuestion, answers: FormState, language: Language) -> None:
    say, key = language.say, answers.key(f"{ANSWER}:{question.id}")
    if question.field:
        asked_for, unknown = say(question.text), say("Don’t know")
        form_entry(asked_for, key, _entry(question), "", language, placeholder=unknown, help=say(question.help))
        return
    texts = {answer.id: answer.text for answer in question.answers}
    st.radio(
        plain(say(question.text)),
        ["", *texts],
        format_func=lambda each: plain(say(texts[each]) if each else say("Don’t know")),
        key=key,
        horizontal=True,
        help=plain(say(question.help)),
    )


def _take_answers(
    plan: AnyPlan, interview: Interview, language: Language, answers: Mapping[str, Any], refuse: Refuse
) -> bool:
    """Make the plan one's own; return whether it is. A wrong number or day is explained at its field."""
    if any(entry.refusal(text, language) for entry, text in _typed(interview, answers)):
        return False
    state = session.state()
    given = {each.id: _given(each, answers.get(f"{ANSWER}:{each.id}"), language) for each in interview}
    touched = tuple(each for each in interview if given[each.id] != answers.get(BEGAN, {}).get(each.id))
    mine = {
        **_numbers(plan.scenario, answers, language, is_example=state.is_example),
        **edit_of(touched, given, state.scenario, plan.case.base_model, added_task(plan.case, language)),
    }
    is_taken = session.make_own(mine, refuse)
    if is_taken:
        tab.close_dialog()
        tab.show_top()
        _find_what_matters()
    return is_taken


def _find_what_matters() -> None:
    """Open the part that says which answers matter most, and work that out."""
    open_fold(WHICH_ANSWERS_MATTER)
    plan = session.plan()
    if isinstance(plan, Plan):
        session.act(lambda state: session.workspace().jobs.submit(_request(state, plan)))


def _request(state: State, plan: Plan) -> Request:
    return answers_job(session.workspace(), state, plan, bootstrap.interview())


def _numbers(
    scenario: Scenario, answers: Mapping[str, Any], language: Language, *, is_example: bool
) -> dict[str, object]:
    """Return what was typed or chosen above the questions, as far as it is not so already."""
    people, months = (int(entry_at(path).read(answers[path], language)) for path in (PEOPLE, MONTHS))
    given: dict[str, object] = {PEOPLE: people, COMPANY_NAME: answers[COMPANY_NAME]}
    changed = {path: value for path, value in given.items() if value != value_at(scenario, path)}
    licences = list(_licences(answers, language))
    if licences != [row.model_dump() for row in scenario.company.owned_licences]:
        changed[OWNED_LICENCES] = licences
    if is_example or months != scenario.timeline.target_months:
        changed |= {"timeline.mode": Mode.DEADLINE, ORDER: (), MONTHS: months}
    return changed


def _typed(interview: Interview, answers: Mapping[str, Any]) -> Iterator[tuple[Entry, str]]:
    """Yield every number and day that was typed."""
    yield from ((entry_at(path), answers[path]) for path in (PEOPLE, MONTHS))
    for name, entry in ((SEAT, SEATS), (DAY, UNTIL)):
        texts = (text for key, text in answers.items() if key.startswith(f"{name}:"))
        yield from ((entry, text) for text in texts if text.strip())
    for each in interview:
        text = str(answers.get(f"{ANSWER}:{each.id}") or "")
        if each.field and text.strip():
            yield _entry(each), text


def _licences(answers: Mapping[str, Any], language: Language) -> Iterator[dict[str, Any]]:
    for index in range(MOST_OWNED):
        if answers.get(f"{LICENCE}:{index}"):
            row: dict[str, Any] = {"licence": answers[f"{LICENCE}:{index}"]}
            for name, entry in ((SEAT, SEATS), (DAY, UNTIL)):
                text = answers.get(f"{name}:{index}", "")
                row[name] = entry.read(text, language) if text.strip() else None
            yield row


def show_what_matters(plan: Plan, language: Language) -> None:
    """Show which answers matter most, once that is asked for, and the way to give more."""
    say = language.say
    panel = JobPanel(
        key="matters",
        request=lambda: _request(session.state(), plan),
        progress=lambda _: (None, say("Calculating which answers matter most…")),
        show_result=lambda ranges: show_blocks(
            interview_group(plan, ranges, answers_known_here(plan.scenario, language)).blocks, is_within=True
        ),
        failed=say("The answers that matter most could not be calculated. Nothing was changed; try again."),
        start=StartButton(
            label=say("Which answers matter most?"),
            icon=":material/help:",
            help=say("By how much budget and finish differ between the answers to each question."),
        ),
    )
    show_job(panel, language)
    show_answer_button(language, "answer_more")
