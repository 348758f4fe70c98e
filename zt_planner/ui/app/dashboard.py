"""The dashboard: `main` runs from top to bottom for every interaction.

The page waits for its turn. State, plan and headline come first, then the page with its picture, as a browser takes
longest to draw that and can do so while the rest is worked out: the tools above the page and the sidebar's controls,
which hardly change. A page that only follows others lets them go first between its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from importlib import import_module
from types import ModuleType

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import PlannerError, SeatEnded, StoreError
from zt_planner.language import Language
from zt_planner.topics.error_texts import explain
from zt_planner.ui.addresses import ALL_PAGES, PLAN_PAGE, RECORD, SCAN, SESSIONS, SHARE_PAGE, WEEK
from zt_planner.ui.app import panel, shell
from zt_planner.ui.components import why
from zt_planner.ui.components.brand import show_brand
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.together import presence
from zt_planner.ui.seams import asked_page, end_where_newer
from zt_planner.ui.state import session, shown_variant, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.ui.state.turns import turns

SIDEBAR = 290
"""How wide the sidebar is, in pixels, where there is room for it."""
SHARING = (SHARE_PAGE, RECORD, SESSIONS)
"""Pages that belong together: each has links to all of them."""
HIDDEN = (SCAN, *SHARING)
"""Pages that are not named above."""


def main() -> None:
    """Draw the dashboard."""
    came = widgets.begin_run()
    follows = this_tab().follows
    with turns.following(end_where_newer, came) if follows else turns.own(came) as next_part:
        language = session.language()
        is_shown = _is_open(language)
        if not follows:
            this_tab().waits_since = None  # what was done is applied: what is done now comes later
        if not is_shown:
            return
        plan = session.plan()
        shell.show_headline(plan, language)
        _name_page()
        next_part()
        render_rest(plan, next_part, language)


def render_rest(plan: AnyPlan, next_part: Callable[[], None], language: Language) -> None:
    """Draw what stands around and below the headline, part by part."""
    side = None if (presents := presence.presents()) else st.sidebar.container(key="panel", gap="xsmall")
    above = st.container(key="presents" if presents else None)
    show_brand(plan)
    first, hidden = _first_page(plan), HIDDEN if plan.scenario.status.is_under_way else (*HIDDEN, WEEK)
    pages = {
        path: _page_of(path, partial(_render_page, path, plan, language), language, first, hidden) for path in ALL_PAGES
    }
    this_tab().pages = pages
    shown = st.navigation(list(pages.values()), position="top")
    page = shown.url_path or first
    tab.set_page(page)
    shell.show_below_headline(plan, page, _page_module(page).answer(plan, language), language)
    presence.follow_page(pages, page)
    presence.show_presenter(pages, page, why.view_of(plan, language))
    if page == PLAN_PAGE:
        panel.show_levers(plan.scenario, language)
    if page in SHARING:
        shell.show_page_links(SHARING, language)
    next_part()
    shown.run()
    if page == PLAN_PAGE:
        shell.show_note(plan, language)
    next_part()
    shell.show_tools(above, plan, page, language)
    next_part()
    if side is not None:
        panel.show_panel(side, plan, language)
    next_part()
    why.show_explanation(plan, language, pages, page)
    presence.update_presented_page(page)
    widgets.mark_drawn()


def _first_page(plan: AnyPlan) -> str:
    """Return the page at the address without a path: of a plan that was under way when the tab was opened This week.

    A page has only one address: one that the address names cannot be the first one as well.
    """
    here = this_tab()
    if here.first_page is None:
        usual = WEEK if plan.scenario.status.is_under_way else PLAN_PAGE
        here.first_page = {PLAN_PAGE: WEEK, WEEK: PLAN_PAGE}.get(asked_page(), usual)
    return here.first_page


def _render_page(page: str, plan: AnyPlan, language: Language) -> None:
    _page_module(page).render(plan, language)


def _page_module(page: str) -> ModuleType:
    """Return the module of a page, which has `render` and `answer`; imported when the page is first opened."""
    return import_module(f"zt_planner.ui.pages.{page}")


def _is_open(language: Language) -> bool:
    """Open the session and apply the edits; if that fails, say why and return False."""
    try:
        session.current()
        widgets.apply_edits()
        session.follow_tab()
        presence.follow_variant()
        shown_variant.keep()
        widgets.follow_language(language)
    except SeatEnded:
        _show_on_every_page(partial(shell.show_seat_ended, language), language)
        return False
    except StoreError as trouble:
        _show_on_every_page(partial(shell.show_unreadable, trouble, language), language)
        return False
    except PlannerError as error:
        _name_page()
        for text in explain(error):
            st.error(plain(text))
        return False
    return True


def _name_page() -> None:
    """Set the browser tab's title and the page's width, after the headline: nothing goes before that.

    An empty sidebar keeps its room until it is collapsed: whoever presents has none.
    """
    state = this_tab().state
    presents = state is not None and state.seat is not None and state.seat.presents
    st.set_page_config(
        page_title="ZT Planner", layout="wide", initial_sidebar_state="collapsed" if presents else SIDEBAR
    )


def _show_on_every_page(draw: Callable[[], None], language: Language) -> None:
    """Draw the same on every page: they stay known, so that the browser does not call the address unknown."""
    _name_page()
    first = this_tab().first_page or PLAN_PAGE
    st.navigation([_page_of(path, draw, language, first, HIDDEN) for path in ALL_PAGES], position="hidden").run()


def _page_of(
    path: str, draw: Callable[[], None], language: Language, first: str, hidden: Collection[str]
) -> StreamlitPage:
    return st.Page(
        draw,
        title=language.say(ALL_PAGES[path]),
        url_path=path,
        default=path == first,
        visibility="hidden" if path in hidden else "visible",
    )
