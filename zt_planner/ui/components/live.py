"""The badge that keeps a page live: connected or not, who is here, and a new run when something has changed.

Its own end of the stream is `live.js`; the server's is `server.live.stream`. Laws: a
slider that is held is not set under the finger: the page waits until it is
let go; while nothing happens, the page asks for nothing; a file that no field takes
leaves the page as it is, and what can be brought is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from zt_planner.catalog.csv.spreadsheets import READABLE
from zt_planner.catalog.csv.tables import MEGABYTES
from zt_planner.ui.app.addresses import PRICES, SHARE_PAGE
from zt_planner.ui.components.web.loading import component
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import ME

if TYPE_CHECKING:
    from zt_planner.language import Language

_badge = component("live", "dropped", "live")


def show_live(page: str, language: Language) -> None:
    """Draw the badge; before a plan's first change there is nothing to hear.

    The page that shows who takes part is redrawn when somebody comes or goes, too.
    """
    shown, say = session.state(), language.say
    named = session.participant()
    asked = {"language": language.code, **({} if named is None else {ME: named})}
    _badge(
        key="live",
        data={
            "address": "" if shown.seat is None else f"live?{urlencode(asked)}",
            "number": shown.number,
            "stamp": "" if shown.seat is None else shown.seat.stamp,
            "origin": shown.origin,
            "language": language.code,
            "run": this_tab().run,
            "theme": st.context.theme.type or "",
            "unsaved": shown.trouble is not None,
            "watches": page == SHARE_PAGE,
            "presents": shown.seat is not None and shown.seat.presents,
            "words": {
                "live": say("Live"),
                "reconnecting": say("Reconnecting…"),
                "offline": say("Offline"),
                "me": say("you"),
                "menu": say("Menu"),
                "here": say("{n} here:"),
                "revived": say("The connection was lost and the page was reloaded. It shows the plan as last saved."),
                "close": say("Close"),
                **file_words(page, language),
            },
            "largest": MEGABYTES * 1_000_000,
        },
        on_news_change=lambda: None,
    )


def file_words(page: str, language: Language) -> dict[str, str]:
    """Return what is said on a page of files that no field takes; only the one on Share takes several kinds."""
    say = language.say
    several, remedy = say("Choose one file."), say("Choose another file.")
    beside = say("Nothing was imported. Drop the file onto the File field on the Share page.")
    if page == SHARE_PAGE:
        several = say("Choose one file. Several tables come as the ZIP file in which they were saved.")
        remedy = f"{say(READABLE)}."
    elif page == PRICES:
        beside = say(
            "Nothing was imported. Drop a price list onto the Price list field, any other file onto the File field on "
            "the Share page."
        )
    return {
        "beside": beside if session.may_change() else say("Nothing was imported: you only watch this plan."),
        "folder": " ".join((say("This is a folder."), remedy)),
        "several": several,
        "large": " ".join((say("The file is larger than {n} MB.", n=MEGABYTES), remedy)),
    }
