"""What if: something left out, another date, another budget; what each costs, when it is done, and what is lost.

Laws: nothing is shown that this session did not ask for, but what follows from its plan alone; a table or picture that
is folded is not made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from zt_planner.domain.differences import differences
from zt_planner.domain.finding import Code
from zt_planner.domain.variants import COMMON, MOST_VARIANTS, PLAN, VARIANT_NAME_LENGTH
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.engine.compare.option import Option
from zt_planner.engine.goals.answer import Answer
from zt_planner.engine.goals.changes import ChangeSet
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.goals.trials import GoalProgress
from zt_planner.engine.levelling.proposal import Proposal
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.under_way.approved import approved_case, reference_case
from zt_planner.errors import TooManyVariants
from zt_planner.language import Language, Text
from zt_planner.topics.compare.answer import promise_answer
from zt_planner.topics.compare.options import (
    OptionRow,
    option_table,
    options_answer,
    reordered,
    row_of,
    same_team_note,
    way_option,
)
from zt_planner.topics.compare.sentences import APPROVED_PLAN, BEFORE_IT_BEGAN
from zt_planner.topics.compare.why import explain_difference
from zt_planner.topics.error_texts import explain
from zt_planner.topics.inputs.fields import cut
from zt_planner.topics.limits.goals import (
    Way,
    answer_headline,
    goals_text,
    met_text,
    nearest_headline,
    question_progress_text,
    search_note,
    way_details,
    way_of,
)
from zt_planner.topics.progress.forecasts import (
    approved_text,
    forecast_groups,
    history_sentence,
    history_table,
    saved_forecasts,
)
from zt_planner.topics.sentence import no_schedule
from zt_planner.topics.table import Table
from zt_planner.topics.view import AnyView
from zt_planner.ui.addresses import MOVES
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.comparison import known_comparison, show_comparing, show_comparison, show_since
from zt_planner.ui.components.deciding.approval import show_forecast_button
from zt_planner.ui.components.elements import fold, show_caption, show_errors, show_findings, show_lines, show_text
from zt_planner.ui.components.gain import show_gain
from zt_planner.ui.components.job_panel import JobPanel, StartButton, find_job, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import show_own_explanation, view_of
from zt_planner.ui.state import session, shown_variant, widgets
from zt_planner.ui.widgets import question
from zt_planner.ui.widgets.reordering import show_proposal, show_reordering
from zt_planner.workspace import State
from zt_planner.workspace.jobs.comparing import compared_cases, with_plan_names
from zt_planner.workspace.jobs.options import options_job
from zt_planner.workspace.jobs.questions import goals_refusal, question_job
from zt_planner.workspace.runners.job_runner import Request
from zt_planner.workspace.variants import new_mark


def answer(plan: AnyPlan, language: Language) -> str:
    """Say what each variant costs more or less, and when it is ready; without any, which option saves most."""
    if session.state().variants:
        comparison = _shown_comparison(language)
        return "" if comparison is None else language.write(promise_answer(comparison, _views(language)))
    if isinstance(plan, StoppedPlan):
        return language.write(no_schedule())
    job = find_job(partial(_options_request, plan))
    options = job.result if job is not None else None
    return language.write(options_answer(view_of(plan, language), () if options is None else options))


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline: the question, the variants if there are any, and what can be tried."""
    _show_question(plan, language)
    if isinstance(plan, Plan):
        show_gain(plan, language, partial(_show_order, plan, language))
    if session.state().variants:
        _show_variants(language)
    if isinstance(plan, Plan):
        if session.state().variants:
            fold(language.say("Something else to try"), "options", partial(_show_options, plan, language))
        else:
            st.header(plain(language.say("Leave something out, or choose something else")))
            _show_options(plan, language)
    fold(language.say("Within my limits"), "limits", partial(show_reordering, plan, language))
    _show_approved(plan, language)


# Variants


def _show_variants(language: Language) -> None:
    comparison = _shown_comparison(language)
    if comparison is None:
        show_comparing(compared_cases(session.workspace().plans, session.state()), language)
        return
    show_comparison(comparison, _views(language), language)
    show_own_explanation(partial(explain_difference, comparison=comparison), language)


def _views(language: Language) -> dict[str, AnyView]:
    state, plans = session.state(), session.workspace().plans
    return {
        letter: plans.view(state.scenario_of(letter), language, shows_labour=state.sees_labour)
        for letter in (PLAN, *state.variants)
    }


def _shown_comparison(language: Language) -> Comparison | None:
    """Return the comparison with the plans' names, None while it is being computed."""
    workspace, state = session.workspace(), session.state()
    comparison = known_comparison(compared_cases(workspace.plans, state))
    return None if comparison is None else with_plan_names(comparison, state, language)


# Options


def _options_request(plan: Plan) -> Request:
    return options_job(session.workspace(), session.state(), plan)


def _show_options(plan: Plan, language: Language) -> None:
    """Show what can be left out and what people ask for most, worked out beside the page."""
    say = language.say
    panel = JobPanel(
        key="options",
        request=partial(_options_request, plan),
        progress=lambda _: (None, say("Calculating the alternatives…")),
        show_result=partial(_show_known_options, plan, language),
        failed=say("The alternatives could not be calculated. Nothing was changed; try again."),
    )
    show_job(panel, language)


def _show_known_options(plan: Plan, language: Language, options: Sequence[Option]) -> None:
    rows = tuple(row_of(option, plan) for option in options if not _is_there(option))
    if not rows:
        show_caption(language.say("There is nothing that can be left out."))
        return
    show_caption(same_team_note(plan, rows))
    show_rows(plan, rows, "options", language)


def _is_there(option: Option) -> bool:
    """Tell whether a variant is the same as an option."""
    state = session.state()
    there = (state.scenario_of(letter) for letter in state.variants)
    return any(
        all(change.path.startswith(COMMON) for change in differences(option.plan.scenario, other)) for other in there
    )


TRY = "try:"


def show_rows(plan: AnyPlan, rows: Sequence[OptionRow], place: str, language: Language) -> None:
    """Show options, each with a button that tries it as a variant; whoever may not change the plan has none."""
    table = option_table(view_of(plan, language), rows)
    has_room = len(session.state().variants) < MOST_VARIANTS
    if session.may_change() and has_room:
        table = _with_buttons(table, rows)
    elif session.may_change():
        show_lines(explain(TooManyVariants(most=MOST_VARIANTS)))
    show_table(
        table,
        language.say("What if"),
        stacks=True,
        place=place,
        press=partial(_try, rows, language),
        press_means=language.say("Makes a variant of it; the plan stays as it is."),
    )


def _with_buttons(table: Table, rows: Sequence[OptionRow]) -> Table:
    return replace(
        table,
        columns=(*table.columns, Text("As a variant")),
        rows=tuple((*row, Text("Try")) for row in table.rows),
        asks=tuple((*asks, TRY + row.option.id) for asks, row in zip(table.asks, rows, strict=True)),
    )


def _try(rows: Sequence[OptionRow], language: Language, name: str) -> None:
    """Try the option that was pressed as a variant, and show it."""
    row = next((row for row in rows if TRY + row.option.id == name), None)
    if row is None:
        return
    tried = partial(
        State.with_copy,
        source=session.state().mark,
        mark=new_mark(),
        name=cut(language.write(row.name), VARIANT_NAME_LENGTH),
        values=row.option.values,
    )
    widgets.pressed(shown_variant.edit, tried)()


# Another order of the tasks


def _show_order(plan: Plan, language: Language, proposal: Proposal, title: str) -> None:
    """Show what another order of the tasks brings, and what moves."""

    def show() -> None:
        show_rows(plan, (reordered(proposal),), "reordered", language)
        show_proposal(proposal, "gain", language)

    fold(title, MOVES, show, ":material/low_priority:")


# When, and for how much?


DAY_KEY, AMOUNT_KEY = "ask:by", "ask:first_year"


def _show_question(plan: AnyPlan, language: Language) -> None:
    """Show the question, to people who may change the plan, and its answer."""
    say = language.say
    st.header(say("When, and for how much?"))
    if not session.may_change():
        text = say("People who may change the plan can ask here what must be true for a day and an amount.")
        show_caption(text)
        return
    goals = _show_question_fields(language)
    question.keep_in_address()
    if goals == Goals():
        return
    refused = goals_refusal(session.workspace(), session.state(), goals)
    if refused is not None:
        show_errors(explain(refused))
        return
    _show_answer(plan, goals, language)


def _show_question_fields(language: Language) -> Goals:
    asked = question.current()
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        with left:
            question.day_field(DAY_KEY, language).show()
        with right:
            question.amount_field(AMOUNT_KEY, language).show()
    return Goals(asked.by, asked.first_year)


def _show_answer(plan: AnyPlan, goals: Goals, language: Language) -> None:
    """Show the button, the progress or the result of the search, unless the plan meets the goals already."""
    promise = None if isinstance(plan, StoppedPlan) else view_of(plan, language).promise
    if promise is not None and goals.met_by(promise.finish, promise.first_year):
        met = language.write(met_text(goals, promise.finish, promise.first_year))
        asked = language.write(goals_text(goals, plan))
        st.success(f"**{plain(asked)}.** {plain(met)}", icon=":material/check_circle:")
        return
    panel = JobPanel(
        key="ask",
        request=lambda: question_job(session.workspace(), session.state(), goals),
        progress=partial(_question_share, language=language),
        show_result=partial(_show_ways, plan, language),
        failed=language.say("The search failed. Nothing was changed; try again."),
        start=StartButton(
            label=language.say("What must be true?"),
            icon=":material/search:",
            help=language.say("Takes some seconds; the dashboard stays usable meanwhile."),
        ),
    )
    show_job(panel, language)


def _question_share(progress: GoalProgress | None, language: Language) -> tuple[float, str]:
    """Return the share that was tried, and words for it."""
    return 0.0 if progress is None else float(progress.share), language.write(question_progress_text(progress))


def _show_ways(plan: AnyPlan, language: Language, answer: Answer) -> None:
    st.subheader(plain(answer_headline(answer)), anchor=False)
    ways = [way_of(found, answer) for found in answer.sets]
    _show_some_ways(plan, ways, answer.sets, "ways", language)
    if answer.nearest:
        st.subheader(plain(nearest_headline(answer)), anchor=False)
        ways = [way_of(found, answer, is_nearest=True) for found in answer.nearest]
        _show_some_ways(plan, ways, answer.nearest, "nearest", language)
    show_caption(search_note(answer, names_fields=False))


def _show_some_ways(
    plan: AnyPlan, ways: Sequence[Way], sets: Sequence[ChangeSet], place: str, language: Language
) -> None:
    rows = tuple(
        OptionRow(way_option(found, number, plan), way.title, way_details(way))
        for number, (way, found) in enumerate(zip(ways, sets, strict=True))
    )
    if rows:
        show_rows(plan, rows, place, language)


# What was approved


def _show_approved(plan: AnyPlan, language: Language) -> None:
    """Show what was approved, what has moved since, and the forecasts that were saved."""
    say, status = language.say, plan.scenario.status
    if status.approved is None and not status.is_under_way and not status.forecasts:
        return
    fold(say("Approved plan and forecasts"), "approved", partial(_show_what_was_approved, plan, language))


def _show_what_was_approved(plan: AnyPlan, language: Language) -> None:
    say, status = language.say, plan.scenario.status
    show_text(approved_text(status.approved))
    show_findings(plan, language, codes={Code.STATUS_APPROVED_DIFFERS})
    if isinstance(plan, Plan) and (status.is_under_way or status.approved is not None):
        since_approval = say("What has moved the finish and the cost since the approval")
        since_start = say("What has moved the finish and the cost since the plan began")
        fold(since_start if status.approved is None else since_approval, "since", partial(_show_moved, language))
    if status.is_under_way or status.forecasts:
        st.header(say("Forecasts"))
        _show_forecasts(plan, language)


def _show_moved(language: Language) -> None:
    """Show what each group of inputs changes from the approved or original plan to the plan."""
    case = session.plan().case
    earlier = BEFORE_IT_BEGAN if approved_case(case) is None else APPROVED_PLAN
    show_since(earlier, reference_case(case), case, language.say("What each group of inputs adds"), language)


def _show_forecasts(plan: AnyPlan, language: Language) -> None:
    say, status = language.say, plan.scenario.status
    history = saved_forecasts(status)
    show_text(history_sentence(history))
    show_forecast_button(plan, language)
    if history:
        for place, group in zip(st.columns(2), forecast_groups(history, status.approved), strict=False):
            with place:
                show_blocks((group,), is_within=True)
        table = history_table(history)
        fold(say("The forecasts as a table"), "forecasts", lambda: show_table(table, say("Saved forecasts")))
