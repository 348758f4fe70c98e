"""What the server knows of one browser tab, between the runs of its script: one object, `this_tab()`.

It holds the tab's session, refused input, the open dialog, and the edits that wait
for the next run. Widgets keep their values in `st.session_state`; nothing else
does. Laws: there is never more than one dialog, and none outlives its page; an edit
waits until it is applied.

A run can end at every touch of `st.session_state`, where the browser has sent
something newer (ADR 0049). So the object is fetched once a run, and reading or
setting one of its attributes ends nothing.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import SessionId
from zt_planner.domain.variants import PLAN
from zt_planner.errors import PlannerError
from zt_planner.language import LanguageCode
from zt_planner.settings import LOOPBACK, settings
from zt_planner.topics.risk.uncertainty import Target
from zt_planner.ui.state.echo import WidgetEcho
from zt_planner.workspace import State
from zt_planner.workspace.keys import Account, Key
from zt_planner.workspace.sharing.accounts import OwnSession

TAB = "_tab"
RUNS_KNOWN = 64
"""Of how many runs it is known what they have shown: no browser is further behind."""
ENDED = "ended"
"""The mark of what was shown of a session that is gone: no plan and no variant has it."""


class Question(NamedTuple):
    """What is asked for: a day, an amount for the first year (Limits), a budget for the introduction (Uncertainty)."""

    by: date | None = None
    first_year: Decimal | None = None
    budget: Decimal | None = None

    @property
    def target(self) -> Target:
        """What the draws are asked about."""
        return Target(self.by, self.budget)


@dataclass(frozen=True, slots=True)
class WidgetEdit:
    """A widget's value in a browser message, and the action if it is a user's edit.

    `drawn` is what the message says of the runs that the browser has drawn.
    """

    key: str
    value: object
    drawn: object
    take: Callable[[Any], object]


@dataclass(slots=True, eq=False)
class BrowserTab:
    """One browser tab; `origin` is its name, another one after each restart of the server."""

    origin: str = field(default_factory=lambda: secrets.token_hex(8))

    # The session that it shows
    state: State | None = None
    is_read: bool = False
    """Whether this run has asked the store for the state, and done nothing since but what was waiting to be done."""
    signed_in: tuple[Mapping[str, str], Account | None] | None = None
    """Whose cookies these are."""
    anonymous: Key | None = None
    """The key of a browser that takes no cookies."""
    participant: str | None = None
    moved: tuple[str, str] | None = None
    """What was shown before somebody moved it, and what that is called by now, empty where it is gone."""
    is_leaving: bool = False
    """The next run goes back to the browser's own plan."""
    has_just_joined: bool = False
    refused: tuple[PlannerError, ...] = ()
    """What was refused since the page was last drawn to its end."""
    shown_refusals: tuple[PlannerError, ...] = ()
    """Of these, what this run says: it is dropped at the run's end, as a run that ends early shows nobody anything."""
    dismissed: set[str] = field(default_factory=set)
    """The notices that are shown no more."""

    # What it looks at
    page: str | None = None
    is_unknown_address: bool = False
    """Whether a page that is not there was asked for instead of this one."""
    pages: Mapping[str, StreamlitPage] = field(default_factory=dict)
    """Every page by its address, as this run has them."""
    dialog: tuple[str, str | None] | tuple[None, None] = None, None
    """The dialog that is open, never more than one, and the figure that it explains."""
    followed: str | None = None
    """The page to which a presenter was followed last."""
    followed_letter: str = PLAN
    """The variant to which a presenter was followed last."""
    copy: str | None = None
    """The link that opens the session that was begun from this one."""
    other_sessions: tuple[OwnSession, ...] | None = None
    """The sessions of this browser beside the one that is shown, None until they are looked for."""
    closing_menus: set[str] = field(default_factory=set)
    """The menus that close when they are drawn next."""

    # What it has typed and asked
    drafts_by_mark: dict[str, dict[str, object]] = field(default_factory=dict)
    """What was typed into fields and tables (`drafts`), by the mark of the variant that it was meant for."""
    forms: dict[str, object] = field(default_factory=dict)
    """The form of each kind that is shown (`forms`)."""
    question: Question | None = None
    imported: dict[str, Scenario] = field(default_factory=dict)
    """The plan as it was before a file's changes were applied, by the upload and the variant."""

    # Its widgets
    run: int = 0
    drawn: int = 0
    """The last run that the browser says it has drawn."""
    news_run: int = 0
    """The last run that the page itself has asked for, as others have changed something or something is worked out."""
    has_acted: bool = False
    """Its reader has done something that is not applied yet."""
    waits_since: float | None = None
    """When the page was first asked for what is not drawn yet, in seconds: its place in the line (`turns`)."""
    shown: dict[int, tuple[SessionId | None, int, str, str]] = field(default_factory=dict)
    """What the latest runs have shown: session, revision, and the letter and mark of the variant."""
    answers: tuple[tuple[int, SessionId | None, int] | None, dict[object, object]] = field(
        default_factory=lambda: (None, {})
    )
    """What the store has said of a revision of a session to the run that is named, by what was asked."""
    spoken: LanguageCode | None = None
    echoes: dict[str, WidgetEcho] = field(default_factory=dict)
    edits: deque[WidgetEdit | Callable[[], object]] = field(default_factory=deque)
    """What a person did and is not applied yet, in the order in which the browser sent it."""
    lock: Lock = field(default_factory=Lock)
    """Held while edits are applied."""

    @property
    def follows(self) -> bool:
        """Whether this run only shows what nobody at this page has done."""
        return self.news_run == self.run and not self.has_acted

    def ask_for_news(self) -> None:
        """Note that the page itself has asked for the next run."""
        self.news_run = self.run + 1

    def queue(self, edit: WidgetEdit | Callable[[], object]) -> None:
        """Have the next run apply what a person did."""
        self.edits.append(edit)
        self.has_acted = True

    @property
    def drafts(self) -> dict[str, object]:
        """What was typed into the fields and tables of the variant that is shown."""
        _, mark = self.looks_at()
        return self.drafts_by_mark.setdefault(mark, {})

    def leave(self) -> None:
        """Make the next run go to the browser's own plan, whatever else waits."""
        self.is_leaving = True

    def refusals(self) -> tuple[PlannerError, ...]:
        """Return what was refused, to be said by this run."""
        self.shown_refusals = self.refused
        return self.shown_refusals

    def forget_shown_refusals(self) -> None:
        """Drop the refusals that this run has said."""
        self.refused = tuple(error for error in self.refused if error not in self.shown_refusals)

    def mark_shown(self) -> None:
        """Note which revision this run has shown."""
        if self.state is not None:
            self.shown[self.run] = self.state.session, self.state.number, self.state.letter, self.state.mark
        if len(self.shown) > RUNS_KNOWN:
            del self.shown[min(self.shown)]

    def has_seen(self, run: int) -> None:
        """Note that whoever acts has seen what a run has shown."""
        session, number, *_ = self.shown.get(run, (None, 0))
        if self.state is not None and run in self.shown and session == self.state.session:
            self.state = replace(self.state, seen=max(number, self.state.seen or 0))

    def act_as_drawn(self, run: int, act: Callable[[], object]) -> None:
        """Do something to what a run has shown, whatever is shown by now, unless that shows another.

        What a run has shown of another session is gone with it; what it has shown before there was one goes on in it.
        """
        now, (session, _, *then) = self.looks_at(), self.shown.get(run, (None, 0, *self.looks_at()))
        if session is not None and self.state is not None and session != self.state.session:
            then = [then[0], ENDED]
        self.look_at(*then)
        act()
        if self.looks_at() == tuple(then):
            self.look_at(*now)

    def looks_at(self) -> tuple[str, str]:
        """Return the letter and the mark of the variant that is shown."""
        return ("", "") if self.state is None else (self.state.letter, self.state.mark)

    def look_at(self, letter: str, mark: str) -> None:
        """Show a variant."""
        if self.state is not None:
            self.state = replace(self.state, letter=letter, mark=mark)


_this: ContextVar[BrowserTab] = ContextVar("tab")


def this_tab() -> BrowserTab:
    """Return the tab that this run belongs to."""
    tab = _this.get(None)
    return fetch_tab() if tab is None else tab


def fetch_tab() -> BrowserTab:
    """Fetch the tab at the start of a run."""
    tab = cast("BrowserTab", st.session_state.setdefault(TAB, BrowserTab()))
    _this.set(tab)
    return tab


def own_key(key: str) -> str:
    """Return the key of a widget for the variant that is shown: what is typed for one is never sent for another."""
    _, mark = this_tab().looks_at()
    return f"{key}@{mark}" if mark else key


def set_page(page: str) -> None:
    """Set the current page; a dialog does not outlive its page, nor does the note on its address."""
    tab = this_tab()
    if tab.page != page:
        tab.page, tab.is_unknown_address, tab.moved = page, False, None
        close_dialog()


def open_dialog(dialog: str, figure: str | None = None) -> None:
    """Open a dialog, such as the explanation of a figure; it stays open when others change the plan."""
    this_tab().dialog = dialog, figure


def close_dialog() -> None:
    """Close the dialog that is open."""
    this_tab().dialog = None, None


def close_menu(menu: str) -> None:
    """Request that a menu closes when it is drawn next."""
    this_tab().closing_menus.add(menu)


def close_menu_if_asked(menu: str) -> None:
    """Close a menu before it is drawn, if that was requested."""
    if menu in this_tab().closing_menus:
        st.session_state[menu] = False
        this_tab().closing_menus.discard(menu)


def set_followed(page: str | None) -> None:
    """Note the page to which a presenter was followed; None ends it."""
    this_tab().followed = page


def host() -> str:
    """Return scheme, host, port and base path under which the reader reaches the dashboard."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{settings().base_path}" if parts.netloc else ""


def is_here_only() -> bool:
    """Tell whether the reader has opened the dashboard on the computer that it runs on, under an address of its own."""
    return (urlsplit(st.context.url or "").hostname or "") in LOOPBACK
