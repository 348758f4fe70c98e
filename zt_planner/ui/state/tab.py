"""What the server knows of one browser tab between the runs of its script: one object, `this_tab()`.

It holds the tab's session, refused input, the open dialog, and the edits that wait for the next run. Only widgets keep
their values in `st.session_state`. Laws: there is never more than one dialog, and none outlives its page; an edit stays
queued until it is applied.

A run can end at any access to `st.session_state` if the browser has sent something newer (ADR 0049). So the object is
fetched once a run, and access to its attributes ends no run.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from zt_planner.domain.scan import ScanFiles
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import ParticipantId, PresentedPage, SessionId
from zt_planner.domain.variants import PLAN
from zt_planner.errors import PlannerError
from zt_planner.language import LanguageCode
from zt_planner.settings import LOOPBACK, settings
from zt_planner.topics.risk.confidence import Target
from zt_planner.ui.state.echo import WidgetEcho
from zt_planner.workspace import State
from zt_planner.workspace.keys import Account, Key
from zt_planner.workspace.sharing.accounts import OwnSession

if TYPE_CHECKING:
    from zt_planner.workspace.jobs.catalogue_for_clients import Effect

TAB = "_tab"
RUNS_KNOWN = 64
"""The number of runs of which is kept what they have shown: no browser is further behind."""
MAKE_IT_YOURS = "make it yours"
"""The dialog of questions about the company."""
WHICH_ANSWERS_MATTER = "answers"
"""The fold on the first page that an answer opens."""
ENDED = "ended"
"""The mark of a plan of a session that is gone: no plan and no variant has it."""


class OpenDialog(NamedTuple):
    """The dialog that is open, and the figure that it explains, if it explains one."""

    key: str
    figure: str | None = None


class ShownPlan(NamedTuple):
    """What a run has shown: the revision of a session, and the letter and mark of the variant."""

    session: SessionId | None
    number: int
    letter: str
    mark: str


class Question(NamedTuple):
    """The tab's question: a day, an amount for the first year (Limits), a budget for the introduction (How sure?)."""

    by: date | None = None
    first_year: Decimal | None = None
    budget: Decimal | None = None

    @property
    def target(self) -> Target:
        """The part that the draws answer."""
        return Target(self.by, self.budget)


@dataclass(frozen=True, slots=True)
class WidgetEdit:
    """A widget's value in a browser message, and what to do with it if it is a user's edit.

    `drawn` is the mark of the last run that the browser has drawn, as the message reports it. A widget of one variant
    has that `variant`, by letter and mark: a slow browser may send its value after another one was drawn.
    """

    key: str
    value: object
    drawn: object
    take: Callable[[Any], object]
    variant: tuple[str, str] | None = None


@dataclass(slots=True)
class ScanTicks:
    """Of scans that were uploaded: what somebody ticked or unticked, by line, and the edits that were made.

    An undo brings the ticks back as they were.
    """

    choices: dict[str, bool] = field(default_factory=dict)
    taken: Mapping[str, Any] | None = None


@dataclass(slots=True, eq=False)
class BrowserTab:
    """One browser tab; `origin` is its name, a new one after each restart of the server."""

    origin: str = field(default_factory=lambda: secrets.token_hex(8))

    # The session that it shows
    state: State | None = None
    is_read: bool = False
    """Whether this run has asked the store for the state, and done nothing since but what was waiting to be done."""
    signed_in: tuple[Mapping[str, str], Account | None] | None = None
    """Cookies, and the account that they belong to."""
    anonymous: Key | None = None
    """The key of a browser that takes no cookies."""
    participant: str | None = None
    moved: tuple[str, str] | None = None
    """The letter of the variant before somebody moved it, and its new one, empty if it is gone."""
    is_leaving: bool = False
    """Whether the next run goes to the browser's own plan, or to another session."""
    heading_for: ParticipantId | None = None
    """Whose seat opens that session."""
    has_come_back: bool = False
    """Whether it shows the session that its reader was in last, as its address named none."""
    refused: tuple[PlannerError, ...] = ()
    """Refusals since the page was last drawn to its end."""
    shown_refusals: tuple[PlannerError, ...] = ()
    """Those that this run shows; dropped at its end, as nobody sees anything of a run that ends early."""
    dismissed: set[str] = field(default_factory=set)
    """The notices that were dismissed."""

    # What it looks at
    page: str | None = None
    first_page: str | None = None
    """The page at the address without a path, which stays the same as long as the tab is open."""
    is_unknown_address: bool = False
    """Whether this page is shown because the address that was asked for has none."""
    pages: Mapping[str, StreamlitPage] = field(default_factory=dict)
    """Every page by its address, as this run has them."""
    dialog: OpenDialog | None = None
    is_following: bool = True
    """Whether it goes along with a presenter; whoever stops is asked again when the next presentation begins."""
    followed: str | None = None
    """The page to which a presenter was followed last, None while nobody is followed."""
    followed_letter: str = PLAN
    """The variant to which a presenter was followed last."""
    has_presentation_ended: bool = False
    """Whether what it followed has ended since it was on this page."""
    presented: PresentedPage | None = None
    """What it has presented last."""
    copy: str | None = None
    """The link that opens the session that was begun from this one."""
    catalogue: str | None = None
    """The name of the kept catalogue of which it is shown what it changes."""
    catalogue_for_clients: str | None = None
    """The one that several clients are chosen for."""
    applied: tuple[str, Mapping[ParticipantId, Effect]] | None = None
    """The catalogue that was applied to several clients last, and what came of it."""
    other_sessions: tuple[OwnSession, ...] | None = None
    """The sessions of this browser beside the one that is shown, None until they are looked for."""
    to_top: int = 0
    """How often the page was asked to show its beginning."""
    closing_menus: set[str] = field(default_factory=set)
    """The menus that close when they are drawn next."""

    # What it has typed and asked
    drafts_by_mark: dict[str, dict[str, object]] = field(default_factory=dict)
    """What was typed into fields and tables (`drafts`), by the mark of the variant that it was meant for."""
    forms: dict[str, object] = field(default_factory=dict)
    """The form of each kind that is shown (`forms`)."""
    scan_ticks: dict[str, ScanTicks] = field(default_factory=dict)
    """By the uploads and the variant."""
    scans: tuple[Sequence[str], ScanFiles] | None = None
    """What was read of the files that were uploaded last, whose ids tell them from others; not the files."""
    question: Question | None = None
    imported: dict[str, Scenario] = field(default_factory=dict)
    """The plan as it was before a file's changes were applied, by the upload and the variant."""

    # Its widgets
    run: int = 0
    drawn: int = 0
    """The last run that the browser says it has drawn."""
    news_run: int = 0
    """The last run that the page itself requested, as others have changed something or a job has ended."""
    has_acted: bool = False
    """Whether its reader has done something that is not applied yet."""
    waits_since: float | None = None
    """When the run that is not drawn yet was first requested, as a monotonic time: its place in the queue (`turns`)."""
    shown_by_run: dict[int, ShownPlan] = field(default_factory=dict)
    """What the latest runs have shown."""
    query_results: tuple[tuple[int, SessionId | None, int] | None, dict[object, object]] = field(
        default_factory=lambda: (None, {})
    )
    """A run with its session and revision, and the results of its queries to the store, by query."""
    language: LanguageCode | None = None
    """The language of the last run."""
    echoes: dict[str, WidgetEcho] = field(default_factory=dict)
    variant_of: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The letter and the mark of the variant that each widget with a key of its own is drawn for (`own_key`)."""
    edits: deque[WidgetEdit | Callable[[], object]] = field(default_factory=deque)
    """What the user did and is not applied yet, in the order in which the browser sent it."""
    lock: Lock = field(default_factory=Lock)
    """Held while edits are applied."""

    @property
    def follows(self) -> bool:
        """Whether this run only shows what others have done."""
        return self.news_run == self.run and not self.has_acted

    def ask_for_news(self) -> None:
        """Note that the page itself requests the next run."""
        self.news_run = self.run + 1

    def queue(self, edit: WidgetEdit | Callable[[], object]) -> None:
        """Have the next run apply what the user did."""
        self.edits.append(edit)
        self.has_acted = True

    @property
    def drafts(self) -> dict[str, object]:
        """What was typed into the fields and tables of the variant that is shown."""
        return self.drafts_by_mark.setdefault(self.variant[1], {})

    @property
    def asked_figure(self) -> str | None:
        """The figure that the open dialog explains."""
        return None if self.dialog is None else self.dialog.figure

    def leave(self) -> None:
        """Have the next run go to the browser's own plan, whatever else is queued."""
        self.is_leaving = True

    def go_to(self, participant: ParticipantId) -> None:
        """Show another session of this browser from now on."""
        self.is_leaving, self.heading_for = True, participant

    def refusals_to_show(self) -> tuple[PlannerError, ...]:
        """Return the refusals that this run shows."""
        self.shown_refusals = self.refused
        return self.shown_refusals

    def forget_shown_refusals(self) -> None:
        """Drop the refusals that this run has shown."""
        self.refused = tuple(error for error in self.refused if error not in self.shown_refusals)

    def mark_shown(self) -> None:
        """Note which revision this run has shown."""
        if self.state is not None:
            shown = ShownPlan(self.state.session, self.state.number, self.state.letter, self.state.mark)
            self.shown_by_run[self.run] = shown
        if len(self.shown_by_run) > RUNS_KNOWN:
            del self.shown_by_run[min(self.shown_by_run)]

    def mark_seen(self, run: int) -> None:
        """Note that the user has seen what a run has shown."""
        shown = self.shown_by_run.get(run)
        if self.state is not None and shown is not None and shown.session == self.state.session:
            self.state = replace(self.state, seen=max(shown.number, self.state.seen or 0))

    def act_as_drawn(self, run: int, act: Callable[[], object], variant: tuple[str, str] | None = None) -> None:
        """Do something to a variant, by default the one that a run has shown.

        The current one is shown again then, unless `act` changes that. What a run has shown of another session is gone;
        what it has shown before there was one belongs to this one.
        """
        now = self.variant
        shown = self.shown_by_run.get(run, ShownPlan(None, 0, *now))
        then = variant or (shown.letter, shown.mark)
        if shown.session is not None and self.state is not None and shown.session != self.state.session:
            then = shown.letter, ENDED
        self._show_variant(*then)
        act()
        if self.variant == then:
            self._show_variant(*now)

    @property
    def variant(self) -> tuple[str, str]:
        """The letter and the mark of the variant that is shown; empty before there is a plan."""
        return ("", "") if self.state is None else (self.state.letter, self.state.mark)

    def _show_variant(self, letter: str, mark: str) -> None:
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
    here = this_tab()
    letter, mark = here.variant
    key = f"{key}@{mark}" if mark else key
    if letter:
        here.variant_of[key] = letter, mark
    return key


def set_page(page: str) -> None:
    """Set the current page; another page closes the dialog and drops the notes about address and variant."""
    tab = this_tab()
    if tab.page != page:
        tab.page, tab.is_unknown_address, tab.moved = page, False, None
        tab.has_presentation_ended = False
        close_dialog()


def open_dialog(dialog: str, figure: str | None = None) -> None:
    """Open a dialog, such as the explanation of a figure; it stays open when others change the plan."""
    this_tab().dialog = OpenDialog(dialog, figure)


def close_dialog() -> None:
    """Close the dialog that is open, if there is one."""
    this_tab().dialog = None


def show_top() -> None:
    """Have the page show its beginning, wherever it was scrolled to."""
    this_tab().to_top += 1


def close_menu(menu: str) -> None:
    """Request that a menu closes when it is drawn next."""
    this_tab().closing_menus.add(menu)


def close_menu_if_asked(menu: str) -> None:
    """Close a menu before it is drawn, if that was requested."""
    if menu in this_tab().closing_menus:
        st.session_state[menu] = False
        this_tab().closing_menus.discard(menu)


def follow(*, is_on: bool) -> None:
    """Go along with a presenter from now on, or stop."""
    here = this_tab()
    here.is_following, here.followed = is_on, None


def host() -> str:
    """Return scheme, host, port and base path under which the reader reaches the dashboard."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{settings().base_path}" if parts.netloc else ""


def is_here_only() -> bool:
    """Tell whether the reader has opened the dashboard on the computer that it runs on, under an address of its own."""
    return (urlsplit(st.context.url or "").hostname or "") in LOOPBACK


def listens_here_only() -> bool:
    """Tell whether other computers cannot reach the dashboard, whatever they call this one."""
    return st.get_option("server.address") in LOOPBACK
