"""Export the plan: every format as a file on request, and all of them at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.files.formats import ALL_FILE, KINDS, Format, one_file
from zt_planner.media.csv.dialects import dialect_names, usual_dialect
from zt_planner.ui.components.downloads import download
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session
from zt_planner.workspace.jobs.all_formats import all_files_request
from zt_planner.workspace.jobs.comparing import handout_of

if TYPE_CHECKING:
    from zt_planner.language import Language
    from zt_planner.media.csv.dialects import Dialect
    from zt_planner.workspace import State, Workspace

CARD_WIDTH = 300


def draw(language: Language) -> None:
    """Draw a card for each format, and the button for all of them."""
    say = language.say
    st.caption(
        plain(
            say(
                "Every file shows the plan as it is now, in the language of this page, and carries its version, its "
                "date and the note that these are planning figures, not a quote. CSV files for Excel are "
                "in the language of that Excel."
            )
        )
    )
    dialect = dialect_field(language)
    with st.grid(min_column_width=CARD_WIDTH):
        for form in Format:
            card(form, dialect, language)
    whole(dialect, language)


def dialect_field(language: Language) -> Dialect:
    """Draw the choice of how CSV files are written."""
    names = dialect_names(language)
    usual = usual_dialect(language)
    found: Dialect = st.segmented_control(
        language.say("Form of the CSV files"),
        list(names),
        default=usual,
        required=True,
        format_func=lambda key: plain(names[key]),
        key="files:dialect",
    )
    return found or usual


def card(form: Format, dialect: Dialect, language: Language) -> None:
    """Draw what a format is for, and the button that gives it."""
    say, kind = language.say, KINDS[form]
    with st.container(border=True, height="stretch"):
        write = partial(format_bytes, form, dialect, language, session.workspace())
        look = {"icon": kind.icon, "key": f"file:{form}", "width": "stretch"}
        download(say(kind.name), write, kind.file, kind.media_type, language, **look)
        st.caption(plain(say(kind.purpose)))


def format_bytes(form: Format, dialect: Dialect, language: Language, workspace: Workspace, state: State) -> bytes:
    """Return a format of a plan."""
    return one_file(form, handout_of(workspace, state, language), dialect)


def whole(dialect: Dialect, language: Language) -> None:
    """Draw the button for all formats in one file."""
    say = language.say
    download(
        say("Download all"),
        partial(all_files_request, dialect, language, session.workspace()),
        ALL_FILE,
        "application/zip",
        language,
        icon=":material/folder_zip:",
        key="files:all",
        help=say("All formats in one file."),
    )
