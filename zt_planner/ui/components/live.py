"""The badge that keeps a page live: connected or not, who is here, and a new run when something has changed.

Its own end of the stream is `live.js`; the server's is `server.live.stream`. Laws: a
slider that is held is not set under the finger: the page waits until it is
let go; while nothing happens, the page asks for nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import ME

if TYPE_CHECKING:
    from zt_planner.language import Language

FOLDER = Path(__file__).parent
_badge = st.components.v2.component(
    "zt_planner_live",
    html=(FOLDER / "live.html").read_text("utf-8"),
    css=(FOLDER / "live.css").read_text("utf-8"),
    js=(FOLDER / "live.js").read_text("utf-8"),
)


def show_live(language: Language, *, watches_people: bool = False) -> None:
    """Draw the badge; before a plan's first change there is nothing to hear.

    A page that `watches_people` is redrawn when somebody comes or goes, too.
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
            "watches": watches_people,
            "presents": shown.seat is not None and shown.seat.presents,
            "words": {
                "live": say("Live"),
                "reconnecting": say("Reconnecting…"),
                "offline": say("Offline"),
                "me": say("you"),
                "menu": say("Menu"),
                "here": say("{n} here:"),
                "revived": say("The connection was lost and the page was reloaded. It shows the plan as last saved."),
            },
        },
        on_news_change=lambda: None,
    )
