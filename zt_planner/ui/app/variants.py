"""The switch of the variants beside the answer of every page, and the menu that makes, names and deletes them.

The menu also makes the plan the one that later changes are compared with.

Laws: whoever changes something changes what they saw when they did so, whatever it is called by then; a page goes on
to show what it showed; where that is gone, the page says so and shows the plan, and nothing that was meant for it
changes the plan.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from zt_planner.domain.variants import AS_APPROVED, MOST_VARIANTS, PLAN
from zt_planner.errors import TooManyVariants
from zt_planner.language import Language
from zt_planner.topics.error_texts import explain
from zt_planner.ui.addresses import WHAT_IF
from zt_planner.ui.components.elements import show_caption, show_lines, show_page_link
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, shown_variant, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.jobs.comparing import plan_names
from zt_planner.workspace.variants import new_mark

ROOM = 40
"""Letters of all names for which there is room beside the answer."""
SWITCH, MENU, NAMED, TRIED = "variant", "menu:variants", "variant_name", "try"


def show_variants(language: Language) -> None:
    """Draw which plan the page shows and the sliders move, where there are several, and the menu of the variants."""
    shown = session.state()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content", key="variants"):
        if shown.shown == AS_APPROVED:
            st.button(
                language.say("Back to the plan"),
                key="back",
                icon=":material/arrow_back:",
                on_click=widgets.pressed(shown_variant.show, PLAN),
            )
        elif shown.variants:
            names = _variant_names(language)
            is_short = len(" ".join(names.values())) <= ROOM
            st.segmented_control(
                language.say("Plan and variants"),
                list(names),
                default=widgets.show_value(SWITCH, shown.shown),
                required=True,
                format_func=lambda letter: plain(names[letter] if is_short or letter == shown.shown else letter),
                key=SWITCH,
                on_change=widgets.edited(SWITCH, shown_variant.show),
                label_visibility="collapsed",
            )
        _show_menu(language)


def _variant_names(language: Language) -> dict[str, str]:
    """Return letter and name of the plan and its variants, by letter."""
    return {letter: f"{letter} {name}" for letter, name in plan_names(session.state(), language).items()}


def _show_menu(language: Language) -> None:
    """Show the menu of the variants, to whoever may change them."""
    if not session.may_change():
        return
    tab.close_menu_if_asked(MENU)
    place = st.popover(language.say("Variants"), on_change="rerun", key=MENU, icon=":material/call_split:")
    if place.open:
        with place:
            _show_actions(language)


def _show_actions(language: Language) -> None:
    say, shown = language.say, session.state()
    if shown.variants:
        _show_name_form(shown.shown, shown.mark, language)
    if shown.shown != PLAN:
        _show_ends(shown.mark, language)
    if len(shown.variants) < MOST_VARIANTS:
        _show_copy_form(language)
    else:
        show_lines(explain(TooManyVariants(most=MOST_VARIANTS)))
    if shown.variants:
        show_page_link(WHAT_IF, say("Compare all"), ":material/balance:")
    if shown.shown == PLAN and shown.base.status.approved is None:  # else only another approval changes it
        st.button(
            say("Compare from now on"),
            key="baseline",
            icon=":material/flag:",
            help=say("Makes the current plan the baseline: changes are shown against it."),
            on_click=widgets.pressed(_set_baseline, language),
        )


def _set_baseline(language: Language) -> None:
    """Make the plan the baseline, and confirm it: if nothing has changed before, nothing else on the page does."""
    if session.set_baseline():
        tab.close_menu(MENU)
        st.toast(plain(language.say("From now on, changes are compared with this plan.")), icon=":material/flag:")


def _show_copy_form(language: Language) -> None:
    say, asked, letter = language.say, form_state(TRIED), session.state().shown
    is_plan = letter == PLAN
    show_caption(
        say("Try something beside the plan: the plan stays as it is.")
        if is_plan
        else say("Copies variant {letter} and shows the copy.", letter=letter)
    )
    with st.form(TRIED, border=False):
        st.text_input(say("Name of the new variant"), key=asked.key("name"), placeholder=say("New variant"))
        st.form_submit_button(
            say("Try as a variant") if is_plan else say("Duplicate"),
            icon=":material/call_split:",
            on_click=asked.sent(partial(_try_copy, say("New variant"))),
        )
    asked.explain()


def _try_copy(otherwise: str, values: dict[str, Any], refuse: Refuse) -> bool:
    """Copy the plan that is shown into a variant with the typed name, and show it."""
    copied = partial(State.with_copy, source=session.state().mark, mark=new_mark(), name=values["name"] or otherwise)
    is_made = shown_variant.edit(copied, refuse)
    if is_made:
        tab.close_menu(MENU)
    return is_made


def _show_name_form(letter: str, mark: str, language: Language) -> None:
    say, asked = language.say, form_state(f"{NAMED}:{letter}{mark}")
    with (
        st.form(f"{NAMED}:{letter}", border=False),
        st.container(horizontal=True, wrap=False, vertical_alignment="bottom", gap="xsmall"),
    ):
        st.text_input(say("Name"), plan_names(session.state(), language)[letter], key=asked.key("name"))
        st.form_submit_button(say("Rename"), on_click=asked.sent(partial(_rename, mark)))
    asked.explain()


def _show_ends(mark: str, language: Language) -> None:
    say = language.say
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            say("Make it the plan"),
            key="variant:plan",
            type="primary",
            help=say("The plan so far becomes this variant; nothing is lost."),
            on_click=widgets.pressed(
                _apply_and_close, partial(State.with_variant_as_plan, mark=mark, former=say("Plan before"))
            ),
        )
        st.button(
            say("Delete"),
            key="variant:delete",
            icon=":material/delete:",
            help=say("You can undo this."),
            on_click=widgets.pressed(_apply_and_close, partial(State.without_variant, mark=mark)),
        )


def _rename(mark: str, values: dict[str, Any], refuse: Refuse) -> bool:
    return shown_variant.edit(partial(State.with_variant_name, mark=mark, name=values["name"]), refuse)


def _apply_and_close(apply: Callable[[State], State]) -> None:
    shown_variant.edit(apply)
    tab.close_menu(MENU)


def show_moved_notice(language: Language) -> None:
    """Say what became of the plan or the variant that was shown, until something else is done."""
    moved, say = this_tab().moved, language.say
    if moved is None:
        return
    before, now = moved
    if now == PLAN:
        text = say("Variant {letter} has become the plan. You still see it.", letter=before)
    elif now:
        text = say(
            "A variant has become the plan. You still see the previous plan, which is now variant {letter}.", letter=now
        )
    elif before == PLAN:
        text = say("The plan was replaced. You see the new one.")
    else:
        text = say("Variant {letter} was deleted or replaced. You see the plan.", letter=before)
    st.info(plain(text), icon=":material/call_split:")
