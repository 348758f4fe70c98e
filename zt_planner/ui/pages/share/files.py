"""Export the plan: every format as a file on request, and all of them at once in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.export.csv.dialects import Dialect
from zt_planner.export.formats import ALL_FILE, KINDS, Format, one_file
from zt_planner.ui.components.components import dialect_names
from zt_planner.ui.components.job_panel import Panel, show
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session
from zt_planner.workspace.job_runner import Ticket
from zt_planner.workspace.jobs.requests import all_files, handout_of

if TYPE_CHECKING:
    from zt_planner.language import Language
    from zt_planner.workspace import State, Workspace

CARD_WIDTH = 300


def draw(language: Language) -> None:
    """Draw a card for each format, and the button for all of them."""
    say = language.say
    st.caption(
        plain(
            say(
                "Every file shows the plan as it is now, in the language of this page. It carries its version, "
                "its date and the note that these are planning figures, not a quote."
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
    usual = Dialect(language.locale.csv_dialect)
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
        st.download_button(
            plain(say(kind.name)),
            session.when_asked(partial(format_bytes, form, dialect, language, session.workspace())),
            kind.file,
            kind.media_type,
            icon=kind.icon,
            key=f"file:{form}",
            on_click="ignore",
            width="stretch",
        )
        st.caption(plain(say(kind.purpose)))


def format_bytes(form: Format, dialect: Dialect, language: Language, workspace: Workspace, state: State) -> bytes:
    """Return a format of a plan."""
    return one_file(form, handout_of(workspace, state, language), dialect)


# Everything


def whole(dialect: Dialect, language: Language) -> None:
    """Draw the button for all formats, how far they are, or the file that holds them."""
    say = language.say
    panel = Panel(
        key="files:write",
        label=say("Write everything"),
        icon=":material/folder_zip:",
        help=say("All formats in one file. Runs in the background: you can keep working."),
        failed=say("The files could not be written. Nothing was changed; try again."),
        progress=lambda form: how_far(form or next(iter(Format)), language),
        draw=lambda _: st.download_button(
            say("Save everything in one file"),
            session.when_asked(partial(whole_file, dialect, language, session.workspace())),
            ALL_FILE,
            "application/zip",
            icon=":material/folder_zip:",
            key="files:all",
            on_click="ignore",
        ),
    )
    show(panel, lambda: all_files(session.workspace(), session.state(), language, dialect), language)


def whole_file(dialect: Dialect, language: Language, workspace: Workspace, state: State) -> bytes:
    """Return all formats of a plan, written anew where its reader may see something else by now."""
    request = all_files(workspace, state, language, dialect)
    job = workspace.jobs.look(request)
    content: bytes = request.work(Ticket()) if job is None or job.result is None else job.result
    return content


def how_far(form: Format, language: Language) -> tuple[float, str]:
    """Return how much is written when a format is begun, and which that is."""
    forms = list(Format)
    text = language.say("Writing: {format}", format=language.say(KINDS[form].name))
    return forms.index(form) / len(forms), text
