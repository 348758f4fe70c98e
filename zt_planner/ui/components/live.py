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

from zt_planner.ui.components.web.loading import component
from zt_planner.ui.state import reader, session
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import ME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.language import Language

_badge = component("live", "dropped", "live")


def show_live(
    file_words: Mapping[str, str], largest_file: int, language: Language, *, watches_people: bool = False
) -> None:
    """Draw the badge; before a plan's first change there is nothing to hear.

    A page that `watches_people` is redrawn when somebody comes or goes, too. `file_words` say why a file is refused,
    `largest_file` has as many bytes as one may have.
    """
    shown, say = session.state(), language.say
    named = reader.participant()
    asked = {"language": language.code, **({} if named is None else {ME: named})}
    words = {
        "live": say("Live"),
        "reconnecting": say("Reconnecting…"),
        "offline": say("Offline"),
        "me": say("you"),
        "menu": say("Menu"),
        "choose": say("Choose a file"),
        "most": say("{n} MB at most"),
        "here": say("{n} here:"),
        "revived": say("The connection was lost and the page was reloaded. It shows the plan as last saved."),
        "close": say("Close"),
        **file_words,
    }
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
            "words": tuple(words.items()),
            "largest": largest_file,
        },
        on_news_change=this_tab().ask_for_news,
    )
