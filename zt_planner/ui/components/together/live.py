"""The badge that keeps a page live: whether it is connected, who is here, and a new run when something has changed.

`live.js` reads the event stream of `server.live.stream`. Laws: a slider is not set while it is held; the page waits
until it is released; while nothing happens, the page sends no requests; a file that is dropped outside a field leaves
the page as it is, and a message says which files can be imported where.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from zt_planner.language import Language, Words
from zt_planner.topics.record.seen import latest_seen
from zt_planner.topics.record.session import visibility_of
from zt_planner.ui.components.together import history
from zt_planner.ui.components.web.loading import component
from zt_planner.ui.state import reader
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import ME
from zt_planner.workspace.limits import SCAN_FILES_AT_ONCE

_badge = component("live", "dropped", "focus", "live")


def show_live(
    file_words: Mapping[str, str],
    largest_file: int,
    language: Language,
    *,
    plan: Words = "",
    watches_people: bool = False,
) -> None:
    """Draw the badge; before a plan's first change there is no event stream.

    `plan` is announced when it has changed. A page that `watches_people` is also redrawn when somebody comes or goes.
    `file_words` say why a file is refused, `largest_file` is in bytes.
    """
    here, say = this_tab(), language.say
    seat = None if here.state is None else here.state.seat
    named = reader.participant()
    asked = {"language": language.code, **({} if named is None else {ME: named})}
    words = {
        "live": say("Live"),
        "reconnecting": say("Reconnecting…"),
        "offline": say("Offline"),
        "me": say("you"),
        "menu": say("Menu"),
        "choose": say("Choose a file"),
        "help": say("Help: {name}", name="{name}"),
        "most": say("{n} MB at most"),
        "here": say("{n} here:"),
        "revived": say("The connection was lost and the page was reloaded. It shows the plan as last saved."),
        "close": say("Close"),
        **file_words,
    }
    _badge(
        key="live",
        data={
            "address": "" if seat is None else f"live?{urlencode(asked)}",
            "number": 0 if seat is None else latest_seen(history.events(), visibility_of(seat)),
            "stamp": "" if seat is None else seat.stamp,
            "origin": here.origin,
            "language": language.code,
            "run": here.run,
            "top": here.to_top,
            "theme": st.context.theme.type or "",
            "unsaved": here.state is None or here.state.trouble is not None,
            "watches": watches_people,
            "plan": language.write(plan),
            "presents": seat is not None and seat.presents,
            "words": tuple(words.items()),
            "largest": largest_file,
            "files": SCAN_FILES_AT_ONCE,
        },
        on_news_change=here.ask_for_news,
    )
