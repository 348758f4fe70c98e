"""The menus beside the pages: files, and who has signed in; and why a file is refused.

Laws: what is wrong with a file is said in the menu, beside the field that it
was chosen in; a plan of one's own is never replaced by an example unasked.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from zt_planner import bootstrap
from zt_planner.bootstrap import Example
from zt_planner.catalog.csv.spreadsheets import READABLE
from zt_planner.catalog.csv.tables import LARGE_UPLOAD_MEGABYTES, MEGABYTES
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.json_text import LARGEST_FILE_BYTES
from zt_planner.files.scenario_json import SCENARIO_FILE, scenario_bytes
from zt_planner.language import Language
from zt_planner.settings import settings
from zt_planner.topics.direction import isolated
from zt_planner.ui.addresses import BUDGET_PAGE, PRICES, SCAN, SESSIONS, SHARE_PAGE, WEEK
from zt_planner.ui.components.account.own_sessions import sessions_label
from zt_planner.ui.components.elements import (
    show_answer_button,
    show_caption,
    show_dialog,
    show_page_link,
    show_scan_link,
    show_text,
)
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import reader, session, tab, widgets
from zt_planner.ui.state.tab import MAKE_IT_YOURS
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import Account
from zt_planner.workspace.limits import SCAN_FILES_AT_ONCE

FILE_MENU = "menu:file"


def show_file_menu(language: Language) -> None:
    """Draw the menu: save the plan, load a scenario, answer questions, drop a scan, or go back to an example."""
    say = language.say
    tab.close_menu_if_asked(FILE_MENU)
    menu = st.popover(say("Files"), on_change="rerun", key=FILE_MENU)
    if menu.open:
        from zt_planner.ui.components.files.plan_files import show_csv_downloads  # noqa: PLC0415 - 30 ms, for who opens the menu

        with menu, st.container(gap="xsmall"):  # its last example is in sight without scrolling
            write = partial(_scenario_file, session.workspace())
            save, media_type = say("Save the scenario"), "application/json"
            show_download(save, write, SCENARIO_FILE, media_type, language, icon=":material/save:")
            show_csv_downloads(language)
            show_page_link(SHARE_PAGE, say("All formats, and imports"), ":material/swap_vert:")
            _show_loading(language)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                show_answer_button(language, "questions", FILE_MENU)
                show_scan_link(language)
            _show_examples(language)
    title = say("Make it yours") if session.state().is_example else say("Your company")
    show_dialog(MAKE_IT_YOURS, title, partial(_show_question_form, language))
    for example in bootstrap.examples():
        title = say("Go back to an example")
        show_dialog(_dialog_of(example), title, partial(_show_example_question, example, language))


def _show_question_form(language: Language) -> None:
    from zt_planner.ui.widgets.make_it_yours import show_question_form  # noqa: PLC0415 - only where it is asked for

    show_question_form(session.plan(), language)


def _scenario_file(workspace: Workspace, state: State) -> bytes:
    return scenario_bytes(workspace.plan(state).scenario)


def _show_loading(language: Language) -> None:
    say, fixed, loaded = language.say, not session.may_change(), form_state("load")
    with st.form("load", border=False):
        st.file_uploader(
            say("Load a scenario"),
            max_upload_size=LARGEST_FILE_BYTES // 1_000_000,
            key=loaded.key("file"),
            disabled=fixed,
        )
        if session.state().variant is not None:
            show_caption(say("It replaces variant {letter}.", letter=session.state().shown))
        st.form_submit_button(say("Load"), disabled=fixed, on_click=loaded.sent(partial(_take_file, language)))
    loaded.explain()


def _take_file(language: Language, values: dict[str, Any], refuse: Refuse) -> bool:
    file = values["file"]
    if file is None:
        refuse(
            FileProblem(Place(language.say("Load a scenario")), msgid("there is no file"), msgid("Choose one first"))
        )
        return False
    is_taken = session.load(file.getvalue(), file.name, refuse)
    if is_taken:
        tab.close_menu(FILE_MENU)
    return is_taken


def _show_examples(language: Language) -> None:
    with st.container(gap=None):
        st.caption(language.say("Go back to an example"))
        for example in bootstrap.examples():
            st.button(
                plain(language.say(example.name)),
                key=f"example:{example.file}",
                type="tertiary",
                disabled=not session.may_change(),
                on_click=widgets.pressed(_choose_example, example),
            )


def _dialog_of(example: Example) -> str:
    return f"example {example.file}"


def _choose_example(example: Example) -> None:
    """Show an example; ask before it replaces one's own plan."""
    tab.close_menu(FILE_MENU)
    if session.state().is_example:
        session.show_example(example)
    else:
        tab.open_dialog(_dialog_of(example))


def _show_example_question(example: Example, language: Language) -> None:
    say = language.say
    state = session.state()
    what = say("“{name}” replaces your plan, for everyone in the session.", name=say(example.name))
    if state.variant is not None:
        what = say("“{name}” replaces variant {letter}, for everyone.", name=say(example.name), letter=state.shown)
    back = say("You can undo this; to keep the plan as a file, save it first.")
    show_text(f"{what} {back}")
    st.button(
        say("Show the example"),
        key="show_example",
        icon=":material/check:",
        on_click=widgets.confirmed(session.show_example, example),
    )


def most_megabytes(page: str) -> int:
    """Return how large the files may be that a page has a field for."""
    return LARGE_UPLOAD_MEGABYTES if page in {SCAN, SHARE_PAGE, BUDGET_PAGE, WEEK} else MEGABYTES


def file_words(page: str, language: Language) -> dict[str, str]:
    """Return what is said on a page of files that no field takes; only the one on Share takes several kinds."""
    say = language.say
    several, remedy = say("Choose one file."), say("Choose another file.")
    beside = say("Nothing was imported. Drop the file onto the “File” field on the “Share” page.")
    if page == SHARE_PAGE:
        several = say("Choose one file. Several tables come as the ZIP file in which they were saved.")
        remedy = f"{say(READABLE)}."
    elif page == SCAN:
        remedy = say("As a ZIP file it may be small enough.")
        beside = say(
            "Nothing was read. Drop scans onto the field on this page, any other file onto the “File” field on the "
            "“Share” page."
        )
    elif page == PRICES:
        beside = say(
            "Nothing was imported. Drop a price list onto the “Price list” field, any other file onto the “File” field "
            "on the “Share” page."
        )
    elif page == WEEK or (page == BUDGET_PAGE and not session.state().scenario.status.is_under_way):
        beside = say(
            "Nothing was imported. Drop what was invoiced onto its field on this page, any other file onto the “File” "
            "field on the “Share” page."
        )
    if session.state().only_watches:
        beside = say("Nothing was imported: you only watch this plan.")
    elif not session.may_change():
        beside = say("Nothing was imported: the approved plan stays as it is.")
    return {
        "beside": beside,
        "folder": " ".join((say("This is a folder."), remedy)),
        "several": several,
        "many": say(
            "At most {most} files at once. If you have more, put them into one ZIP file.",
            most=language.number(SCAN_FILES_AT_ONCE),
        ),
        "large": " ".join((say("Larger than {n} MB: {files}.", n=most_megabytes(page), files=NAMES), remedy)),
    }


NAMES = "{files}"
"""Where the browser names the files that are refused."""
ACCOUNT_MENU = "menu:account"


def show_account_menu(language: Language) -> None:
    """Draw the button that signs in, or the menu of who has; nothing where the settings name no provider."""
    if settings().signs_in:
        with st.container(key="account", width="content"):
            who = reader.account()
            if who is None:
                _show_sign_in(language)
            else:
                _show_account(who, language)


def _show_sign_in(language: Language) -> None:
    st.button(
        language.say("Sign in"),
        key="sign_in",
        icon=":material/login:",
        help=language.say("Your own sessions, on every device."),
        on_click=widgets.pressed(st.login),
    )


def _show_account(who: Account, language: Language) -> None:
    say = language.say
    place = st.popover(say("Account"), on_change="rerun", key=ACCOUNT_MENU, icon=":material/account_circle:")
    if place.open:
        with place:
            if who.name:
                show_caption(say("Signed in as {name}", name=isolated(who.name)))
            show_page_link(SESSIONS, sessions_label(language))
            st.button(
                say("Sign out"),
                key="sign_out",
                icon=":material/logout:",
                help=say("Sessions that you joined in this browser without signing in stay open here."),
                on_click=widgets.pressed(st.logout),
            )
