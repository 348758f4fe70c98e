"""Every use of Streamlit that its documentation does not promise, each with its reason.

The page's side of it stands at the head of `live.js`. Law: each has a canary
in `tests/unit/ui/test_seams.py`, which names what a new version has changed.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import streamlit
from google.protobuf.message import DecodeError
from streamlit import delta_generator, runtime
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.errors import Error as StreamlitError
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, ForwardMsg
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from streamlit.runtime.scriptrunner import RerunException, StopException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state import session_state_proxy
from streamlit.runtime.state.common import WidgetMetadata, unpack_widget_state_value
from streamlit.runtime.state.session_state import Serialized, Value, WStates
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from uvicorn.protocols.http import h11_impl
from websockets import http11

from zt_planner.settings import settings

Shown = TypeVar("Shown")

# The run of a script

RUN_ENDS: Final = (RerunException, StopException)
"""What ends a run at its next touch of a key of the session state, where the browser has sent something newer."""


def end_where_newer() -> None:
    """End the run where the browser has sent something newer."""
    streamlit.session_state.get("newer")


def held_values() -> dict[str, Any]:
    """Return what all widgets hold: unlike a touch of a single key, reading the whole ends no run."""
    return streamlit.session_state.to_dict()


def sent_text(key: str) -> str | None:
    """Return the text that the browser has sent of a field with this key, None where it has sent none.

    Unlike `held_values`, this knows a field that no run has drawn yet: a page of an earlier server sends it.
    """
    sent = session_state_proxy.get_session_state()._state._new_widget_state.states  # noqa: SLF001 - nothing else tells
    for name, state in sent.items():
        if name.endswith(f"-{key}"):
            return str(state.value if isinstance(state, Value) else state.value.string_value)
    return None


def unbound_query() -> dict[str, str]:
    """Return the parameters of the address that no widget keeps: only these may be handed on to another page.

    `st.switch_page` refuses all others, and nothing public tells which they are.
    """
    with session_state_proxy.get_session_state().query_params() as query:
        return {name: value for name, value in query.to_dict().items() if not query.is_bound(name)}


def skip_use_warning() -> None:
    """Spare the first page a look at every loaded module's file (0.05 s).

    With its first element Streamlit asks whether the script runs without a server, to warn of it.
    """
    delta_generator._use_warning_has_been_displayed = True  # noqa: SLF001 - no setting comes before that look


def asked_page() -> str:
    """Return the page that the address names, as the browser has sent it; empty without one."""
    context = get_script_run_ctx()
    return "" if context is None else context.pages_manager.intended_page_name or ""


class Written(str):
    """A text that the server has written into a widget: the session state keeps it as it is.

    What a browser sends back is a plain one, so it can be told whether it has sent it.
    """

    __slots__ = ()


def written(value: Shown) -> Shown:
    """Return a value as the server writes it."""
    return cast("Shown", Written(value)) if type(value) is str else value


# Logs


def log_through_root() -> None:
    """Let the loggers that Streamlit sets up write as the root logger does, later ones too."""

    def without_own_handler(logger: logging.Logger) -> None:
        logger.handlers.clear()
        logger.propagate = True

    streamlit.logger.setup_formatter = without_own_handler
    streamlit.logger.update_formatter()


_SET_UP: Final = streamlit.logger.setup_formatter


def filter_console(log_filter: logging.Filter) -> None:
    """Have all that is written on the console pass a filter: by Streamlit's and uvicorn's loggers, later ones too.

    What belongs to no handler is written by Python's last resort.
    """

    def with_filter(logger: logging.Logger) -> None:
        _SET_UP(logger)
        filter_handlers(logger)

    def filter_handlers(logger: logging.Logger) -> None:
        for handler in logger.handlers:
            if type(handler) is logging.StreamHandler:
                handler.addFilter(log_filter)

    streamlit.logger.setup_formatter = with_filter
    for logger in tuple(streamlit.logger._loggers.values()):  # noqa: SLF001 - it tells no list of them
        filter_handlers(logger)
    if logging.lastResort is not None:
        logging.lastResort.addFilter(log_filter)


# Settings that are not documented; they stand in `.streamlit/config.toml`, with their reasons

OPTIONS: Final[Mapping[str, object]] = {
    "global.disableWidgetStateDuplicationWarning": True,
    "global.minCachedMessageSize": 1_000_000_000,
    "logger.enableRich": False,
    "runner.fastReruns": False,
    "runner.postScriptGC": False,
    "server.enableAgentApi": False,
}

# The server's routes

CORE: Final = "/_stcore/"
FIRST_CONTACT: Final = f"{CORE}health"
"""What a page asks before it opens its WebSocket, which keeps the cookies that it was opened with."""
NEEDED: Final = ("health", "host-config", "stream", "upload_file/", "bidi-components/")
"""The routes after `CORE` that a page needs. Closed: metrics, the interface for agents, the check of the script."""
LOGIN_ADDRESS: Final = "/auth/login"
LOGIN: Final = ("/auth/", "/oauth2callback")
"""Open where the settings name a provider to sign in with."""
UPLOAD: Final = f"{CORE}upload_file/"
"""Followed by the page for which a file is uploaded, and the file."""

# Headers

LONGEST_LINE: Final = http11.MAX_LINE_LENGTH
"""Of a WebSocket's handshake, in bytes; `WEBSOCKETS_MAX_LINE_LENGTH` sets it (see `zt-planner serve`)."""
LONGEST_HEAD: Final = 256 * 1024
"""Of a request, in bytes: so much arrives at once anyway."""


def read_long_heads() -> None:
    """Let uvicorn read requests that are too long for a WebSocket, so that we can say so; Streamlit sets no limit."""
    h11_impl.DEFAULT_MAX_INCOMPLETE_EVENT_SIZE = LONGEST_HEAD  # type: ignore[attr-defined]


# The page that Streamlit ships

FRONTEND: Final = Path(streamlit.__file__).parent / "static"
STYLES: Final = Path(__file__).parent / "app" / "page.css"
"""What Streamlit has no setting for: written by the names of its elements, which it may change."""
ICON_ADDRESS: Final = "/favicon.png"
"""Where the page has the tab's icon from."""
INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def page_script() -> str:
    """Return what tells a page where the server is, and when to load icons.

    At /roadmap it would look for the server below that address first.
    """
    told = f'window.__streamlit={{BACKEND_BASE_URL:location.origin+"{settings().base_path}"}};'
    return told + (Path(__file__).parent / "app" / "page.js").read_text("utf-8")


def inline_scripts() -> tuple[str, ...]:
    """Return the scripts that stand in the page, Streamlit's own and ours: the policy names them by their hash."""
    page = (FRONTEND / "index.html").read_text("utf-8")
    return (*INLINE_SCRIPT.findall(page), page_script())


def scripts() -> dict[str, Path]:
    """Return the frontend's scripts and styles, which Streamlit sends as they are, by the path of each."""
    files = (FRONTEND / "static").rglob("*")
    return {f"/{file.relative_to(FRONTEND).as_posix()}": file for file in files if file.suffix in {".css", ".js"}}


# The values of widgets

_UNREADABLE: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    StreamlitError,
)


def refuse_forged_values(complain: Callable[[], None]) -> None:
    """Give widgets their default where a browser sends what no widget of theirs can hold, and complain.

    Streamlit hands whatever was sent to a widget's own code, whose exceptions would end the run.
    """

    def read(states: WStates, widget: str) -> object:
        sent, known = states.states.get(widget), states.widget_metadata.get(widget)
        if isinstance(sent, Serialized) and known is not None:
            states.states[widget] = Value(_read_value(sent, known, complain))
        return _READ(states, widget)

    WStates.__getitem__ = read  # type: ignore[method-assign]


_READ: Final = WStates.__getitem__


def _read_value(sent: Serialized, known: WidgetMetadata[Any], complain: Callable[[], None]) -> object:
    """Return a widget's value, its default where it is of another kind or cannot be read."""
    if sent.value.WhichOneof("value") in {None, known.value_type}:
        with suppress(*_UNREADABLE):
            return known.deserializer(unpack_widget_state_value(sent.value))
    complain()
    return known.deserializer(None)


# Messages by WebSocket

OF_A_PAGE: Final = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request")
OPERATIONS: Final = ("deferred_file", "dataframe_chunk")
"""The operations that a page of ours asks for; Streamlit knows more."""
WIDGET: Final = "$$"
"""Begins what Streamlit calls each widget; it takes any other name for one of the session state."""


def is_of_a_page(content: bytes) -> bool | None:
    """Tell whether a page of ours sends such a message; None when it is no message at all."""
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:
        return None
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    widgets = message.rerun_script.widget_states.widgets
    return kind in OF_A_PAGE and all(widget.id.startswith(WIDGET) for widget in widgets)


def most_message_bytes() -> int:
    """Return how long a message of a page may be."""
    return get_max_widget_state_size_bytes()


def with_script_name(content: bytes, script: Path) -> bytes:
    """Return a message to a page, with of the script's path its name only, and the base path of where one signs in."""
    if str(script).encode() not in content and LOGIN[0].encode() not in content:
        return content
    told = ForwardMsg.FromString(content)
    if told.WhichOneof("type") == "new_session":
        told.new_session.main_script_path = script.name
    elif told.WhichOneof("type") == "auth_redirect":
        told.auth_redirect.url = settings().base_path + told.auth_redirect.url
    return cast("bytes", told.SerializeToString())


# Signing in


def signed_in(cookies: Mapping[str, str], secret: str, days: int) -> dict[str, Any]:
    """Return what a provider has said of who signed in with a browser at most so many days ago; empty for nobody.

    On a page Streamlit says it, too (`st.user`); for the event stream and for links only its cookie does.
    """

    def held(name: str) -> bytes | None:
        return decode_signed_value(secret, name, cookies.get(name, ""), days)

    cookie = get_cookie_with_chunks(held, USER_COOKIE_NAME)
    return json.loads(cookie) if cookie else {}


# Files that are made when a button is pressed


NO_FILE: Final = "Failed to generate file for download"
"""Streamlit's own words, where a page is not drawn yet: a server that was started again does not know its language."""


class FileRefused(Exception):
    """Says why there is no file, in the reader's words."""


class DeferredDownloads(MediaFileManager):
    """Keeps what makes the files of a page until the page is closed, under the name of its button.

    Streamlit's own gives it another name in each run, and drops it after any run of any page: often before a press of
    somebody far away has arrived.
    """

    def __init__(self, storage: MediaFileStorage) -> None:
        """Keep nothing yet."""
        super().__init__(storage)
        self._by_page: dict[str, dict[str, Callable[[], Awaitable[str]]]] = {}

    def add_deferred(
        self,
        data_callable: Callable[[], Any],
        mimetype: str | None,  # noqa: ARG002 - Streamlit's signature
        coordinates: str,  # noqa: ARG002 - as above
        file_name: str | None = None,  # noqa: ARG002 - as above
        *,
        element_id: str = "",
    ) -> str:
        """Keep what a button calls when it is pressed."""
        page = cast("ScriptRunContext", get_script_run_ctx()).session_id
        self._by_page.setdefault(page, {})[element_id] = data_callable
        return element_id

    def clear_session_refs(self, session_id: str | None = None) -> None:
        """Drop what was kept for a page that was closed, which is named; where none is, a run begins."""
        super().clear_session_refs(session_id)
        if session_id is not None:
            self._by_page.pop(session_id, None)

    def of_button(self, page: str, button: str) -> Callable[[], Awaitable[str]] | None:
        """Return what a press of a button calls, None where the page does not have it."""
        return self._by_page.get(page, {}).get(button)


async def _handle_deferred_file(_: object, request: BackendOperationRequest, page: str) -> BackendOperationResponse:
    """Answer a press with the address of the file, or with why there is none."""
    kept = cast("DeferredDownloads", runtime.get_instance().media_file_mgr)
    make = kept.of_button(page, request.deferred_file.file_id)
    answer = BackendOperationResponse(request_id=request.request_id)
    if make is None:
        answer.error_msg = NO_FILE
        return answer
    try:
        answer.deferred_file.url = await make()
    except FileRefused as refused:
        answer.error_msg = str(refused)
    return answer


def install_deferred_downloads() -> None:
    """Have the buttons of files answer with the address that their pages' own functions return."""
    if not runtime.exists():
        return
    running = runtime.get_instance()
    running._media_file_mgr = DeferredDownloads(running.media_file_mgr._storage)  # noqa: SLF001 - there is no other way
    DeferredFileHandler.handle = _handle_deferred_file  # type: ignore[method-assign, assignment]


# Uploads, which Streamlit keeps in memory until a page's session is forgotten


def is_open(page: str) -> bool:
    """Tell whether somebody has a page open."""
    return runtime.exists() and runtime.get_instance().is_active_session(page)


def uploads() -> dict[str, dict[str, UploadedFileRec]]:
    """Return the uploads of this moment by page, the oldest of each first; none before the server runs."""
    if not runtime.exists():
        return {}
    return {page: dict(files) for page, files in tuple(_storage().file_storage.items())}


def remove_upload(page: str, file: str) -> None:
    _storage().remove_file(page, file)


def end_page(page: str) -> None:
    """End the session of a page that was closed, its uploads included."""
    runtime.get_instance().close_session(page)
    _storage().remove_session_files(page)


def _storage() -> MemoryUploadedFileManager:
    return cast("MemoryUploadedFileManager", runtime.get_instance().uploaded_file_mgr)
