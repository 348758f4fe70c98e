"""A button for a file: a press makes it, from the plan and with the rights at that moment, and the browser saves it.

Law: the file can be fetched whatever other pages do meanwhile (`workspace.downloads`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, cast

import streamlit as st

from zt_planner import bootstrap
from zt_planner.errors import FileNotMade, PlannerError
from zt_planner.language import Language, sentences
from zt_planner.settings import settings
from zt_planner.topics.error_texts import explain
from zt_planner.ui.addresses import FILES
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.seams import FileRefused
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.downloads import file_for
from zt_planner.workspace.jobs.all_formats import make_and_offer
from zt_planner.workspace.runners.job_runner import Jobs, Request

SECONDS_BETWEEN = 0.1
"""Two looks at a file that is made in the queue."""


def show_download(
    label: str,
    write: Callable[[State], bytes | Request],
    file: str,
    media_type: str,
    language: Language,
    **drawn: Any,  # noqa: ANN401 - what else Streamlit's button takes
) -> None:
    """Show a button for a file, which is written at once or, as a `Request`, in the queue."""
    name = session.saved_as(file, language)
    make = cast("Callable[[], bytes]", _when_pressed(write, name, media_type, language))
    st.download_button(plain(label), make, name, media_type, on_click="ignore", **drawn)


def _when_pressed(
    write: Callable[[State], bytes | Request], name: str, media_type: str, language: Language
) -> Callable[[], Awaitable[str]]:
    """Return what makes a file when its button is pressed, and returns its address.

    By then the page has been drawn, and there is no session to ask. Why there is no file, the button says for some
    seconds, and then the next run.
    """
    drawn, workspace, edits = session.state(), session.workspace(), this_tab().edits

    def begin() -> str | Request:
        state = workspace.reopened(drawn)
        file, written = file_for(state, name, media_type), write(state)
        if isinstance(written, Request):
            return replace(written, work=partial(make_and_offer, written.work, bootstrap.downloads(), file))
        return bootstrap.downloads().offer(written, file)

    async def address() -> str:
        try:
            made = await asyncio.to_thread(begin)
            made = await result(workspace.jobs, made) if isinstance(made, Request) else made
        except PlannerError as refused:
            edits.append(partial(session.keep_refusal, refused))
            raise FileRefused(language.write(sentences(*explain(refused)))) from refused
        return f"{settings().base_path}{FILES}{made}"

    return address


async def result(jobs: Jobs, request: Request) -> str:
    """Return the result of a job; raise PlannerError where there is none."""
    jobs.submit(request)
    while (job := jobs.find(request)) and job.is_active:  # noqa: ASYNC110 - a job tells nobody that it has ended
        await asyncio.sleep(SECONDS_BETWEEN)
    if job is None or job.result is None:
        raise FileNotMade if job is None or job.error is None else job.error
    return str(job.result)
