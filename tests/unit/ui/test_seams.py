"""What the dashboard rests on in Streamlit and its documentation does not promise: each test names what has changed."""

from __future__ import annotations

import inspect
import json
import logging
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit
from streamlit import delta_generator, env_util, user_info
from streamlit.elements.widgets import button as button_widget
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime import Runtime, app_session, media_file_manager
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData, RerunException, script_runner
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import GENERATED_ELEMENT_ID_PREFIX, WidgetMetadata
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX, WStates
from streamlit.source_util import PageInfo
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import (
    starlette_auth_routes,
    starlette_gzip_middleware,
    starlette_routes,
    starlette_websocket,
)
from uvicorn.protocols.http import h11_impl
from websockets import http11

from tests.unit.server.asgi import finished
from zt_planner.resources import root
from zt_planner.ui import seams
from zt_planner.ui.seams import FRONTEND

MARKS = (
    *("data-test-script-state", "data-test-connection-state", "stSlider", "stApp", "stFileUploaderDropzone"),
    *("stExpandSidebarButton", "stPageLink-NavLink", "stMain", "stDialog", "stPopoverBody"),
    *("stSidebarNav", "stSidebarNavLink", "stSidebarCollapseButton", "stSidebar"),
)
"""What `live.js`, `focus.js` and `dropped.js` look for in a page."""
STATES = ("running", "rerunRequested", "stopRequested", "CONNECTED", "DISCONNECTED_FOREVER")
"""What `live.js` compares the two states with."""


def test_streamlit_is_the_version_that_all_this_was_looked_at_for() -> None:
    settings = tomllib.loads((root() / "pyproject.toml").read_text("utf-8"))
    assert "streamlit[auth]>=1.67,<1.68" in settings["project"]["dependencies"]


@pytest.mark.parametrize("name", seams.OPTIONS)
def test_a_setting_is_known_and_set(name: str) -> None:
    assert name in streamlit.config.get_config_options()  # otherwise Streamlit has renamed it or taken it away
    assert streamlit.config.get_option(name) == seams.OPTIONS[name]


def test_reading_all_values_ends_no_run_and_touching_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def end() -> None:
        raise RerunException(RerunData())

    kept = SafeSessionState(SessionState(), lambda: None)
    kept["people"] = 120
    object.__setattr__(kept, "_yield_callback", end)
    monkeypatch.setattr("streamlit.runtime.state.session_state_proxy.get_session_state", lambda: kept)
    assert seams.held_values() == {"people": 120}
    with pytest.raises(seams.RUN_ENDS):
        _ = streamlit.session_state["people"]
    with pytest.raises(seams.RUN_ENDS):
        seams.end_where_newer()


def test_a_text_is_known_that_the_browser_has_sent_of_a_field_that_no_run_has_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = SessionState()
    kept = SafeSessionState(state, lambda: None)
    monkeypatch.setattr("streamlit.runtime.state.session_state_proxy.get_session_state", lambda: kept)
    assert seams.sent_text("drawn") is None
    sent = WidgetStates(widgets=[WidgetState(id="$$ID-0123456789abcdef-drawn", string_value="as it was")])
    state.on_script_will_rerun(sent)
    assert seams.held_values() == {}
    assert seams.sent_text("drawn") == "as it was"


@pytest.mark.extended
def test_the_id_of_a_field_ends_with_its_key_and_what_is_sent_of_it_is_known_when_it_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = AppTest.from_string("import streamlit as st; st.text_input('Any', key='drawn')").run()
    assert page.text_input[0].id.endswith("-drawn")
    state = SessionState()
    monkeypatch.setattr(
        "streamlit.runtime.state.session_state_proxy.get_session_state", lambda: SafeSessionState(state, lambda: None)
    )
    state._new_widget_state.set_from_value(page.text_input[0].id, "typed")  # noqa: SLF001 - as `sent_text` reads it
    assert seams.sent_text("drawn") == "typed"


def script_with_a_field() -> None:
    """Draw a field for a text, and say of what kind its value is."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from zt_planner.ui.seams import written  # noqa: PLC0415 - as above

    if "text" not in st.session_state:
        st.session_state["text"] = written("15")
    st.text_input("text", key="text")
    st.write(type(st.session_state["text"]).__name__)


@pytest.mark.extended
def test_the_page_that_the_address_names_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = PagesManager("dashboard.py")
    manager.set_script_intent("", "week")
    monkeypatch.setattr(seams, "get_script_run_ctx", lambda: SimpleNamespace(pages_manager=manager))
    assert seams.asked_page() == "week"
    page = PageInfo(script_path="", page_script_hash="hash", url_pathname="week")
    assert manager.set_pages_and_resolve({"hash": page}, "") == page


def test_what_the_server_has_written_keeps_its_kind_until_the_browser_sends_it() -> None:
    app = AppTest.from_function(script_with_a_field).run()
    assert app.markdown[0].value == "Written"
    app.text_input[0].set_value("15")
    assert app.run().markdown[0].value == "str"


def test_parameters_of_the_address_that_a_widget_keeps_are_told_from_others() -> None:
    def script() -> None:
        import streamlit as st  # noqa: PLC0415 - the script stands alone

        from zt_planner.ui.seams import unbound_query  # noqa: PLC0415 - the same

        st.text_input("x", key="kept", bind="query-params")
        st.json(unbound_query())

    page = AppTest.from_function(script)
    page.query_params["kept"], page.query_params["other"] = "a", "b"
    assert json.loads(page.run().json[0].value) == {"other": "b"}


def test_nobody_looks_at_the_stack_once_the_use_warning_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta_generator, "_use_warning_has_been_displayed", False)
    monkeypatch.delattr(env_util, "is_repl")
    with pytest.raises(AttributeError):
        delta_generator._maybe_print_use_warning()  # noqa: SLF001 - what the first element of a page calls
    seams.skip_use_warning()
    delta_generator._maybe_print_use_warning()  # noqa: SLF001 - as above


def test_streamlits_loggers_get_their_handler_where_it_can_be_left_out() -> None:
    source = inspect.getsource(streamlit.logger)
    assert source.count("setup_formatter(log") == 3  # as it is defined, and for one and for each of the loggers
    assert "setup_formatter(log)" in inspect.getsource(streamlit.logger.update_formatter)
    assert "setup_formatter(logger)" in inspect.getsource(streamlit.logger.get_logger)


def test_what_streamlit_writes_on_the_console_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit.logger, "setup_formatter", streamlit.logger.setup_formatter)  # so that it is restored
    nothing = logging.Filter("nothing has this name")
    early, last = streamlit.logger.get_logger("early"), logging.lastResort
    seams.filter_console(nothing)
    late = streamlit.logger.get_logger("late")
    handlers = [early.handlers[0], late.handlers[0], *([] if last is None else [last])]
    assert [nothing in handler.filters for handler in handlers] == [True] * 3
    for logger in streamlit.logger._loggers.values():  # noqa: SLF001 - as `filter_console` finds them
        for handler in (*logger.handlers, handlers[-1]):
            handler.removeFilter(nothing)


def test_the_longest_line_and_head_are_those_that_websockets_and_uvicorn_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "read_line(MAX_LINE_LENGTH" in inspect.getsource(http11.parse_line)
    assert 'os.environ.get("WEBSOCKETS_MAX_LINE_LENGTH"' in inspect.getsource(http11)
    assert "else DEFAULT_MAX_INCOMPLETE_EVENT_SIZE" in inspect.getsource(h11_impl.H11Protocol.__init__)
    monkeypatch.setattr(h11_impl, "DEFAULT_MAX_INCOMPLETE_EVENT_SIZE", 16_384)  # so that it is restored
    seams.read_long_heads()
    assert vars(h11_impl)["DEFAULT_MAX_INCOMPLETE_EVENT_SIZE"] == seams.LONGEST_HEAD


def script_with_a_slider() -> None:
    """Draw a slider, and say what it holds."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    st.write(str(st.slider("a", 1, 9, 5)))


@pytest.fixture
def complaints(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that grows with each forged value."""
    found: list[bool] = []
    monkeypatch.setattr(WStates, "__getitem__", WStates.__getitem__)  # so that it is restored
    seams.refuse_forged_values(lambda: found.append(True))
    return found


def test_a_widget_that_is_sent_a_value_of_another_kind_has_its_default(
    complaints: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = AppTest.from_function(script_with_a_slider).run()
    app.slider[0].set_value(7)
    assert app.run().markdown[0].value == "7"
    assert not complaints
    forged = WidgetState(id=app.slider[0].id, bool_value=True)
    monkeypatch.setattr(type(app.slider[0]), "_widget_state", forged)
    assert app.run().markdown[0].value == "5"
    assert not app.exception
    assert complaints


@pytest.mark.parametrize(("sent", "held"), [("[1]", [1]), ("{", None), ("[" * 20_000, None)])
def test_a_widget_that_is_sent_what_cannot_be_read_has_its_default(
    complaints: list[bool], sent: str, held: list[int] | None
) -> None:
    states = WStates()
    states.set_widget_metadata(WidgetMetadata("a", lambda value: value, lambda value: value, "json_value"))
    states.set_widget_from_proto(WidgetState(id="a", json_value=sent))
    assert states["a"] == states["a"] == held
    assert len(complaints) == (held is None)


def test_the_routes_stand_where_the_middleware_looks_for_them() -> None:
    source = "".join(map(inspect.getsource, (starlette_routes, starlette_websocket)))
    assert seams.CORE.strip("/") == starlette_routes.BASE_ROUTE_CORE
    assert [route for route in seams.NEEDED if not re.search(rf"_(CORE}}|stcore)/{route.strip('/')}", source)] == []


def test_streamlits_login_stands_where_the_middleware_closes_it() -> None:
    routes = [path for name, path in vars(starlette_auth_routes).items() if name.startswith("_ROUTE_")]
    assert len(routes) == 3
    assert [path for path in routes if not f"/{path}".startswith(seams.LOGIN)] == []


def test_a_message_may_be_as_long_as_the_setting_says() -> None:
    megabytes = streamlit.config.get_option("server.maxWidgetStateSize")
    assert seams.most_message_bytes() == megabytes * 1_000_000


def page_of_the_frontend() -> str:
    """Return the page that Streamlit ships."""
    return (FRONTEND / "index.html").read_text("utf-8")


def test_the_shipped_page_has_scripts_for_the_policy_to_name() -> None:
    page = page_of_the_frontend()
    *shipped, ours = seams.inline_scripts()
    assert shipped
    assert page.count("<script>") == len(shipped)
    assert ours == seams.page_script()


def test_the_frontend_can_be_told_where_the_server_is_and_the_page_has_a_head_to_say_so() -> None:
    assert page_of_the_frontend().count("</head>") == 1
    scripts = (FRONTEND / "static" / "js").glob("index.*.js")
    assert any("BACKEND_BASE_URL" in script.read_text("utf-8") for script in scripts)


def test_the_frontend_has_the_tabs_icon_from_the_server() -> None:
    assert f'rel="shortcut icon" href=".{seams.ICON_ADDRESS}"' in page_of_the_frontend()


def test_the_frontend_asks_for_its_icons_before_it_asks_how_to_connect() -> None:
    (script,) = (
        text
        for text in (file.read_text("utf-8") for file in (FRONTEND / "static" / "js").glob("index.*.js"))
        if "document.fonts.load(" in text
    )
    assert "preloadIconFont" in script
    assert "_stcore/host-config" in script


def test_streamlit_serves_its_scripts_as_they_are() -> None:
    assert len(seams.scripts()) > 100
    for path, file in seams.scripts().items():
        assert f"{FRONTEND}{path}" == str(file)
        assert starlette_gzip_middleware._should_bypass_gzip(path)  # noqa: SLF001 - otherwise ours is not needed


def test_scripts_that_are_no_text_are_modules() -> None:
    page = page_of_the_frontend()
    assert page.count("<script") - page.count("<script>") == page.count('<script type="module"')


@pytest.mark.parametrize("kind", seams.OF_A_PAGE)
def test_a_page_sends_messages_of_such_kinds(kind: str) -> None:
    assert kind in {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert seams.is_of_a_page(message(kind))


def test_a_page_asks_for_operations_of_such_kinds() -> None:
    request = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    assert set(seams.OPERATIONS) <= {field.name for field in request.oneofs_by_name["payload"].fields}


def test_other_messages_are_none_of_a_page() -> None:
    assert seams.is_of_a_page(message("clear_cache")) is False
    assert seams.is_of_a_page(b"\xff") is None


def test_a_page_names_its_widgets_as_streamlit_does() -> None:
    names = (f"{GENERATED_ELEMENT_ID_PREFIX}-a-b", f"{STREAMLIT_INTERNAL_KEY_PREFIX}_a__events", "people")
    found = []
    for name in names:
        sent = BackMsg()
        sent.rerun_script.widget_states.widgets.add(id=name, string_value="a")
        found.append(seams.is_of_a_page(sent.SerializeToString()))
    assert found == [True, True, False]


def message(kind: str) -> bytes:
    sent = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(sent, kind, True)
    else:
        getattr(sent, kind).SetInParent()
    return bytes(sent.SerializeToString())


def test_the_beginning_of_a_run_names_the_script_and_not_where_it_lies() -> None:
    told = ForwardMsg()
    told.new_session.main_script_path = "/srv/app/dashboard.py"
    cleaned = seams.with_script_name(told.SerializeToString(), Path("/srv/app/dashboard.py"))
    assert ForwardMsg.FromString(cleaned).new_session.main_script_path == "dashboard.py"


def test_where_one_signs_in_and_out_stands_below_the_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_BASE_PATH", "/planner")
    for address in (user_info.AUTH_LOGIN_ENDPOINT, user_info.AUTH_LOGOUT_ENDPOINT):
        told = ForwardMsg()
        told.auth_redirect.url = address
        completed = ForwardMsg.FromString(seams.with_script_name(told.SerializeToString(), Path("dashboard.py")))
        assert completed.auth_redirect.url == f"/planner{address}"


def test_streamlit_signs_in_where_its_troubles_are_explained() -> None:
    assert seams.LOGIN_ADDRESS == user_info.AUTH_LOGIN_ENDPOINT


def test_uploads_are_kept_and_ended_by_page() -> None:
    assert callable(Runtime.is_active_session)
    assert callable(Runtime.close_session)
    manager = MemoryUploadedFileManager("/upload")
    assert manager.file_storage == {}
    manager.remove_file("page", "file")
    manager.remove_session_files("page")
    assert seams.uploads() == {}
    assert not seams.is_open("page")


@pytest.mark.parametrize("mark", MARKS)
def test_the_frontend_marks_the_page_as_the_pages_script_expects(mark: str) -> None:
    assert any(mark in script.read_text("utf-8") for script in FRONTEND.rglob("*.js"))


@pytest.mark.parametrize("state", STATES)
def test_the_frontend_names_its_states_as_the_pages_script_expects(state: str) -> None:
    (frontend,) = (path for path in FRONTEND.rglob("*.js") if MARKS[0] in path.read_text("utf-8"))
    assert state in (root() / "zt_planner" / "ui" / "components" / "web" / "live.js").read_text("utf-8")
    assert re.search(rf"[`\"']{state}[`\"']", frontend.read_text("utf-8"))


# Files that are made when a button is pressed


class Context:
    """The run of a page."""

    session_id = "page"


@pytest.fixture
def buttons(monkeypatch: pytest.MonkeyPatch) -> seams.DeferredDownloads:
    """Return what a server keeps of its buttons, while the script of a page runs."""
    kept = seams.DeferredDownloads(MemoryMediaFileStorage("/media"))
    monkeypatch.setattr(seams, "get_script_run_ctx", Context)
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: Context.session_id)
    monkeypatch.setattr(streamlit.runtime, "get_instance", lambda: SimpleNamespace(media_file_mgr=kept))
    return kept


def answer(button: str, page: str = "page") -> BackendOperationResponse:
    request = BackendOperationRequest(request_id="1", session_id=page)
    request.deferred_file.file_id = button
    return finished(seams._handle_deferred_file(None, request, page))  # noqa: SLF001 - what Streamlit calls


async def made() -> str:
    """Make a file."""
    return "/files/1"


async def refused() -> str:
    """Make none."""
    raise seams.FileRefused("There is no room.")


def test_a_button_is_known_whatever_other_pages_do_until_its_own_page_is_closed(
    buttons: seams.DeferredDownloads,
) -> None:
    button = buttons.add_deferred(made, "text/csv", "1", "a.csv", element_id="tasks")
    for _ in range(3):
        buttons.clear_session_refs()  # the next run begins, and has not drawn it yet
        buttons.remove_orphaned_files()  # and that of another page ends
        buttons.clear_session_refs("another page")
    assert answer(button).deferred_file.url == "/files/1"
    assert not answer(button).error_msg
    assert answer(button, "another page").error_msg == seams.NO_FILE
    buttons.clear_session_refs("page")
    assert answer(button).error_msg == seams.NO_FILE


def test_a_button_keeps_its_name_from_run_to_run_and_calls_what_was_drawn_last(
    buttons: seams.DeferredDownloads,
) -> None:
    names = {buttons.add_deferred(make, None, "1", element_id="tasks") for make in (refused, made)}
    assert len(names) == 1
    assert answer(*names).deferred_file.url == "/files/1"


def test_why_there_is_no_file_is_said_by_the_button(buttons: seams.DeferredDownloads) -> None:
    buttons.add_deferred(refused, None, "1", element_id="tasks")
    told = answer("tasks")
    assert told.error_msg == "There is no room."
    assert told.WhichOneof("payload") is None


def test_streamlit_asks_for_files_where_the_seam_answers() -> None:
    button = inspect.getsource(button_widget)
    assert "runtime.get_instance().media_file_mgr.add_deferred(" in button
    assert "element_id=element_id" in button
    assert "data_callable,\n            mimetype,\n            coordinates,\n            file_name=file_name" in button
    assert 'register(\n            "deferred_file",\n            DeferredFileHandler(' in inspect.getsource(app_session)
    assert list(inspect.signature(DeferredFileHandler.handle).parameters)[1:] == ["request", "session_id"]
    own = inspect.signature(media_file_manager.MediaFileManager.add_deferred).parameters
    assert list(own) == list(inspect.signature(seams.DeferredDownloads.add_deferred).parameters)
    assert "self._media_file_mgr = MediaFileManager(" in inspect.getsource(Runtime)


def test_a_page_that_is_closed_is_named_and_a_run_that_begins_is_not() -> None:
    assert "media_file_mgr.clear_session_refs()" in inspect.getsource(script_runner)
    assert "media_file_mgr.clear_session_refs(" in inspect.getsource(app_session.AppSession.shutdown)
    assert inspect.getsource(app_session).count("media_file_mgr.clear_session_refs(self.id)") == 2


def test_the_frontend_goes_to_the_address_of_a_file_as_it_is_told_and_shows_what_is_said_instead() -> None:
    scripts = "".join(path.read_text("utf-8") for path in FRONTEND.rglob("*.js"))
    assert re.search(r"buildDownloadUrl\((\w+)\)\{if\(!\1\.startsWith\(\w+\)\)return \1;", scripts)
    assert "=`/media`" in scripts
    assert "requestDeferredFile(" in scripts
    assert "stDownloadButtonError" in scripts
    assert re.search(r"errorMsg\)\w+\.resolver\.reject\(new \w+\(\w+\.errorMsg", scripts)
