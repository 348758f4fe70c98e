"""The plan as files that are made when pressed: CSV tables in the menu of files, every format on the page Share."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner import bootstrap
from zt_planner.files.formats import (
    ALL_FILE,
    CSV_FILE,
    KINDS,
    PLAIN_WORD,
    WORD,
    Format,
    WordOptions,
    formats_of,
    note_on,
    one_file,
)
from zt_planner.language import Language
from zt_planner.media.csv.comparison import comparison_files
from zt_planner.media.csv.dialects import Dialect, dialect_names, usual_dialect
from zt_planner.media.csv.files import (
    BUDGET,
    COST_LINES,
    LEFT_OUT,
    QUESTIONS,
    STAGES,
    TASKS,
    controls_file,
    left_out_files,
    plan_archive,
    plan_files,
    questions_file,
)
from zt_planner.media.file_names import CONTROLS
from zt_planner.topics.view import any_view
from zt_planner.ui.components.elements import show_caption
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.files.word_options import show_word_options
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.jobs.all_formats import all_formats_job
from zt_planner.workspace.jobs.comparing import view_of


def show_csv_downloads(language: Language) -> None:
    """Show the choice of a CSV dialect, and the buttons that give the plan in it."""
    say, names = language.say, dialect_names(language)
    usual = usual_dialect(language)
    dialect = st.radio(
        say("Form of the CSV files"),
        list(names),
        index=list(names).index(usual),
        format_func=lambda key: plain(names[key]),
        key="dialect",
        horizontal=True,
    )
    with st.container(horizontal=True, gap="xsmall"):
        for file, label, kind in (
            (CSV_FILE, say("All tables"), "application/zip"),
            (TASKS, say("Tasks"), "text/csv"),
            (COST_LINES, say("Cost lines"), "text/csv"),
            (BUDGET, say("Budget by month"), "text/csv"),
            (STAGES, say("Stages"), "text/csv"),
            (LEFT_OUT, say("What can be left out"), "text/csv"),
            (CONTROLS, say(KINDS[Format.CONTROLS].name), "text/csv"),
            (QUESTIONS, say("Questions to fill in"), "text/csv"),
        ):
            write = partial(csv_file, file, dialect, language, session.workspace())
            show_download(label, write, file, kind, language, key=f"csv:{file}")


def csv_file(file: str, dialect: Dialect, language: Language, workspace: Workspace, state: State) -> bytes:
    """Return one of the CSV files of a state's plan, its questions, or the archive of all, with its comparison."""
    plan = workspace.plan(state)
    if file == CONTROLS:
        return controls_file(plan, language)
    files = plan_files(plan, language, dialect)
    if file in files:
        return files[file]
    if file == QUESTIONS:
        return questions_file(plan, bootstrap.interview(), language, dialect)
    files |= left_out_files(plan, language, dialect)
    if file != CSV_FILE:
        return files[file]
    comparison = view_of(workspace, state, language).comparison
    if comparison is not None:
        files |= comparison_files(comparison, language, dialect)
    return plan_archive(files, plan, language, state.shown)


CARD_WIDTH = 300


def show_formats(language: Language) -> None:
    """Show a card for each format, and the button for all of them."""
    say = language.say
    show_caption(
        say(
            "Every file shows the plan as it is now, in the language of this page, and carries its version, its "
            "date and the note that these are planning figures, not a quote. CSV files for Excel are "
            "in the language of that Excel."
        )
    )
    dialect = _show_dialect(language)
    with st.grid(min_column_width=CARD_WIDTH):
        for form in formats_of(session.plan()):
            _show_format(form, dialect, language)
    _show_all_formats(dialect, language)


def _show_dialect(language: Language) -> Dialect:
    names = dialect_names(language)
    usual = usual_dialect(language)
    chosen: Dialect = st.segmented_control(
        language.say("Form of the CSV files"),
        list(names),
        default=usual,
        required=True,
        format_func=lambda key: plain(names[key]),
        key="files:dialect",
    )
    return chosen or usual


def _show_format(form: Format, dialect: Dialect, language: Language) -> None:
    say, kind = language.say, KINDS[form]
    with st.container(border=True, height="stretch"):
        above = st.container()
        options = show_word_options(form, language) if form in WORD else PLAIN_WORD
        write = partial(format_bytes, form, dialect, language, session.workspace(), word=options)
        look = {"icon": kind.icon, "key": f"file:{form}", "width": "stretch"}
        with above:
            show_download(say(kind.name), write, kind.file, kind.media_type, language, **look)
            show_caption(say(kind.purpose))
            if note := note_on(form, any_view(session.plan(), language)):
                show_caption(say(note))


def format_bytes(
    form: Format,
    dialect: Dialect,
    language: Language,
    workspace: Workspace,
    state: State,
    *,
    word: WordOptions = PLAIN_WORD,
) -> bytes:
    """Return the file of a plan in a format."""
    return one_file(form, view_of(workspace, state, language), dialect, word)


def _show_all_formats(dialect: Dialect, language: Language) -> None:
    say = language.say
    show_download(
        say("Download all"),
        partial(all_formats_job, dialect, language, session.workspace()),
        ALL_FILE,
        "application/zip",
        language,
        icon=":material/folder_zip:",
        key="files:all",
        help=say("All formats in one file."),
    )
