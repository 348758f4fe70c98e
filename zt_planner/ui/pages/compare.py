"""Compare: a session's plan beside its variants, why their figures differ, and what was approved.

Laws: a table or picture that is folded or not chosen is not made; a picture that was shown before is shown again
without being made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.domain.variants import LETTERS, PLAN, VARIANT_NAME_LENGTH
from zt_planner.engine.approved import approved_case, reference_case
from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.engine.compare.comparison import Comparison, Variant
from zt_planner.engine.compare.leave_out import variant_values
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Language, Listed, Text, Words
from zt_planner.topics.block import ChartBlock, PictureBlock, PictureForm
from zt_planner.topics.compare.answer import compare_answer
from zt_planner.topics.compare.left_out import OmissionRow, left_out_group, without_part
from zt_planner.topics.compare.over_time import (
    roadmaps_alt,
    roadmaps_table,
    totals_alt,
    totals_table,
    variant_name,
)
from zt_planner.topics.compare.picture import roadmaps_of, totals_of
from zt_planner.topics.compare.sentences import (
    APPROVED_PLAN,
    BEFORE_IT_BEGAN,
    bridge_lines,
    finding_lines,
    ground_notes,
    input_lines,
    own_days_lines,
)
from zt_planner.topics.compare.side_by_side import (
    BRIDGED,
    bars_by_size,
    bridge_alt,
    bridge_chart,
    bridge_table,
    figure_table,
)
from zt_planner.topics.compare.suggested import SuggestedVariant, offer_notes, suggested_variants, team_notes
from zt_planner.topics.compare.why import explain_difference
from zt_planner.topics.inputs.fields import cut
from zt_planner.topics.progress.forecasts import (
    approved_text,
    forecast_groups,
    history_sentence,
    history_table,
    saved_forecasts,
)
from zt_planner.topics.view import View
from zt_planner.ui.addresses import RECORD
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.charts import show_chart, show_picture
from zt_planner.ui.components.comparison import known_comparison, show_comparing, show_since
from zt_planner.ui.components.elements import fold, show_caption, show_findings, show_lines, show_page_link, show_text
from zt_planner.ui.components.forecast_button import show_forecast_button
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import show_own_explanation
from zt_planner.ui.state import session, shown_variant, widgets
from zt_planner.workspace import State
from zt_planner.workspace.jobs.comparing import compared_cases, with_plan_names
from zt_planner.workspace.jobs.leaving_out import left_out_job, teams_job
from zt_planner.workspace.variants import new_mark


def answer(plan: AnyPlan, language: Language) -> str:
    """Say what each variant costs more or less than the plan, and when it is ready; without any, what is approved."""
    if not session.state().variants:
        kept = plan.scenario.status.approved
        nothing = language.say("There is no variant beside the plan yet.")
        return nothing if kept is None else language.write(approved_text(kept))
    comparison = _shown_comparison(language)
    return "" if comparison is None else language.write(compare_answer(comparison))


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline: the variants, what can be left out, and what was approved."""
    _show_variants(plan, language)
    _show_left_out(plan, language)
    _show_approved(plan, language)


def _show_variants(plan: AnyPlan, language: Language) -> None:
    if not session.state().variants:
        _show_offers(plan, language)
        return
    comparison = _shown_comparison(language)
    if comparison is None:
        show_comparing(compared_cases(session.workspace().plans, session.state()), language)
        return
    show_comparison(comparison, language)
    has_room = len(session.state().variants) < len(LETTERS) - 1 and session.may_change()
    if has_room and (untried := _offered_variants(plan)):
        st.header(plain(language.say("Something else to try")))
        _show_offer_buttons(plan, untried, language)
    show_own_explanation(partial(explain_difference, comparison=comparison), language)


def _shown_comparison(language: Language) -> Comparison | None:
    """Return the comparison with the plans' names, None while it is being computed."""
    workspace, state = session.workspace(), session.state()
    comparison = known_comparison(compared_cases(workspace.plans, state))
    return None if comparison is None else with_plan_names(comparison, state, language)


def _show_offers(plan: AnyPlan, language: Language) -> None:
    """Offer common variants, each by one press, to whoever may change the plan."""
    say = language.say
    if not session.may_change():
        show_caption(say("People who may change the plan can try variants; you will see them here."))
        return
    show_text(say("Try one of these beside the plan. For anything else, press “Variants”. The plan stays."))
    _show_offer_buttons(plan, _offered_variants(plan), language)


def _offered_variants(plan: AnyPlan) -> tuple[SuggestedVariant, ...]:
    """Return the suggested variants that are not there yet."""
    state = session.state()
    there = [state.scenario_of(letter) for letter in (PLAN, *state.variants)]
    return tuple(suggested_variants(plan, there))


def _show_offer_buttons(plan: AnyPlan, offers: Sequence[SuggestedVariant], language: Language) -> None:
    with st.container(horizontal=True):
        for offer in offers:
            name = language.write(offer.name)
            tried = partial(
                State.with_copy, source=session.state().mark, mark=new_mark(), name=name, values=offer.changes
            )
            st.button(
                plain(name),
                key=f"offer:{'+'.join(offer.chosen)}",
                icon=":material/call_split:",
                on_click=widgets.pressed(shown_variant.edit, tried),
            )
    if isinstance(plan, Plan):
        show_lines(tuple(offer_notes(offers, View(plan, language))))
        _show_teams(plan, [offer for offer in offers if offer.kept], language)


def _show_teams(plan: Plan, offers: Sequence[SuggestedVariant], language: Language) -> None:
    """Show the teams that would keep the day with variants that keep the team, worked out beside the page."""
    if plan.deadline is None or not offers:
        return
    chosen = tuple(offer.chosen for offer in offers)
    panel = JobPanel(
        key="teams",
        request=partial(teams_job, session.workspace(), session.state(), plan, chosen),
        progress=lambda _: (None, language.say("Looking for the teams that would keep the day…")),
        show_result=lambda teams: show_lines(tuple(team_notes(offers, teams))),
        is_optional=True,
    )
    show_job(panel, language)


def _show_left_out(plan: AnyPlan, language: Language) -> None:
    """Show what a plan would be without each part, worked out beside the page."""
    if not isinstance(plan, Plan):
        return
    say = language.say
    panel = JobPanel(
        key="left_out",
        request=partial(left_out_job, session.workspace(), session.state(), plan),
        progress=lambda _: (None, say("Working out what can be left out…")),
        show_result=partial(_show_left_out_rows, plan, language),
        failed=say("What can be left out could not be worked out. Nothing was changed; try again."),
    )
    show_job(panel, language)


def _show_left_out_rows(plan: Plan, language: Language, rows: Sequence[OmissionRow]) -> None:
    """Show the list, and a button for each part that tries the plan without it as a variant."""
    show_blocks((left_out_group(plan, rows),))
    state = session.state()
    if not rows or not session.may_change() or len(state.variants) >= len(LETTERS) - 1:
        return
    with st.container(horizontal=True):
        for row in rows:
            name = language.write(without_part(row.without.id, plan))
            tried = partial(
                State.with_copy,
                source=state.mark,
                mark=new_mark(),
                name=cut(name, VARIANT_NAME_LENGTH),
                values=variant_values(plan, row.without.omission),
            )
            st.button(
                plain(name),
                key=f"without:{row.without.id}",
                icon=":material/call_split:",
                on_click=widgets.pressed(shown_variant.edit, tried),
            )


MOST_LINES = 10


def show_comparison(comparison: Comparison, language: Language) -> None:
    """Draw the page below its answer."""
    say, variants = language.say, comparison.variants
    show_lines(
        (
            Listed(map(variant_name, variants), " · "),
            *ground_notes(comparison),
        )
    )
    if any(isinstance(variant.plan, Plan) for variant in variants):
        show_table(figure_table(comparison), say("Key figures side by side"), stacks=True)
        show_lines(tuple(own_days_lines(comparison)))
        _show_over_time(comparison, language)
    other = _chosen_variant(comparison, language)
    _show_differences(comparison.first, other, language)
    _show_bridge(comparison.first, other, language)


def _show_over_time(comparison: Comparison, language: Language) -> None:
    say = language.say
    st.header(say("Running totals"))
    show_picture(
        PictureBlock("running_totals", PictureForm.TOTALS, totals_alt(comparison), partial(totals_of, comparison))
    )
    fold(
        say("The running totals as a table"),
        "totals",
        lambda: show_table(totals_table(comparison), say("Running totals by month"), scrolls=True),
    )
    st.header(say("Roadmaps"))
    show_picture(
        PictureBlock("roadmaps", PictureForm.ROADMAPS, roadmaps_alt(comparison), partial(roadmaps_of, comparison))
    )
    fold(
        say("The roadmaps as a table"),
        "roadmaps",
        lambda: show_table(roadmaps_table(comparison), say("Steps side by side"), stacks=True),
    )


def _chosen_variant(comparison: Comparison, language: Language) -> Variant:
    """Return the plan that is compared with the first one; show the choice if there are several."""
    others = {variant.letter: variant for variant in comparison.others}
    if len(others) == 1:
        return comparison.others[0]
    letter = st.segmented_control(
        plain(language.say("Compare {plan} with", plan=comparison.first.letter)),
        list(others),
        default=comparison.others[0].letter,
        required=True,
        format_func=lambda key: plain(others[key].letter),
        key="against",
        bind="query-params",
    )
    return others.get(letter, comparison.others[0])


def _show_differences(first: Variant, other: Variant, language: Language) -> None:
    """Show the inputs that differ, and which findings are new, gone or changed."""
    say = language.say
    st.header(plain(Text("{other} – what differs from {first}", other=variant_name(other), first=first.letter)))
    _show_list(input_lines(first, other), "inputs", say("No input differs."), language)
    st.header(say("Findings"))
    nothing = say("Both plans have the same findings.")
    _show_list(finding_lines(first, other), "changed_findings", nothing, language)


def _show_list(lines: Iterable[Words], key: str, nothing: str, language: Language) -> None:
    """Show sentences as a list, the rest of a very long one folded; `nothing` if there are none."""
    sentences = list(lines)
    most = len(sentences) if len(sentences) <= MOST_LINES else MOST_LINES - 1

    def show(part: Sequence[Words]) -> None:
        st.markdown("\n".join(f"- {plain(line)}" for line in part))

    if sentences:
        show(sentences[:most])
    else:
        show_text(nothing)
    if sentences[most:]:
        title = language.say("and {n} more", n=language.number(len(sentences) - most))
        fold(title, key, lambda: show(sentences[most:]))


def _show_bridge(first: Variant, other: Variant, language: Language) -> None:
    """Show the bridge of the chosen figure, all bridges as a table, and a link to the one of the record."""
    say = language.say
    st.header(plain(say("Why the figures of {other} differ", other=other.letter)))
    figure = _chosen_figure(language)
    bridge = next(candidate for candidate in other.bridges if candidate.figure is figure)
    lines = tuple(bridge_lines(bridge, first, other))
    for line in lines or (say("Nothing that differs moves this figure."),):
        show_text(line)
    if bars_by_size(bridge):
        draw = partial(bridge_chart, bridge, first, other)
        show_chart(ChartBlock(f"bridge:{bridge.figure}", bridge_alt(bridge, first, other), draw))
    table = bridge_table(other)
    if table.rows:
        fold(
            say("All bridges as a table"),
            "bridges",
            lambda: show_table(table, say("All bridges as a table"), stacks=True),
        )
    _show_other_order(language)


def _chosen_figure(language: Language) -> BridgeFigure:
    names = {str(figure): language.say(name) for figure, name in BRIDGED.items()}
    return BridgeFigure(
        st.segmented_control(
            language.say("Figure"),
            list(names),
            default=str(BridgeFigure.INTRODUCTION_BUDGET),
            required=True,
            format_func=lambda name: plain(names[name]),
            key="bridge",
            bind="query-params",
        )
    )


def _show_other_order(language: Language) -> None:
    """Say how the difference is divided here, and link to the other way."""
    say = language.say
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            plain(
                say("Independent of the order: what a group of inputs adds on average over every order of the changes.")
            ),
            width="content",
        )
        show_page_link(RECORD, say("In the order we decided"), ":material/history:")


def _show_approved(plan: AnyPlan, language: Language) -> None:
    say, status = language.say, plan.scenario.status
    st.header(say("Approved plan"))
    if status.approved is None or session.state().variants:  # otherwise the page's answer says it
        show_text(approved_text(status.approved))
    show_findings(plan, language, codes={Code.STATUS_APPROVED_DIFFERS})
    if isinstance(plan, Plan) and (status.at is not None or status.approved is not None):
        since_approval = say("What has moved the finish and the cost since the approval")
        since_start = say("What has moved the finish and the cost since the plan began")
        fold(since_start if status.approved is None else since_approval, "since", partial(_show_moved, language))
    if status.at is not None or status.forecasts:
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
