"""The form of the server's logs, without secrets: tokens of links, keys in cookies, ids of files, names of uploads.

As text, `zt-planner serve` writes no access log. Another server that runs the application may, and at debug level the
WebSocket's handshake is logged with its cookies; both go through uvicorn's loggers. As JSON, each line is an object,
each request has a line and a number, which every other line about it and the response have, too. Laws: a record keeps
its text but for the secrets, and what follows one in a path; whatever is repeated is logged once a minute with a count;
requests of monitors are not logged.
"""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from collections.abc import Callable
from time import monotonic, perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.log_limit import LIMITED, Repetitions
from zt_planner.log_lines import FIELDS, REQUEST, JsonLines, traceback_of, without_secrets
from zt_planner.server.http.admission import PROBES
from zt_planner.settings import settings
from zt_planner.ui.seams import filter_console, log_through_root

LOGGERS = ("uvicorn.access", "uvicorn.error", "uvicorn.asgi")
LINE_LENGTH = 500
OF_REQUESTS = ("uvicorn", "zt_planner")
NUMBER = re.compile("[0-9A-Za-z-]{8,64}")
"""Of a request that a proxy has numbered already."""
HEADER = "X-Request-ID"
ACCEPTED = 101

_log = logging.getLogger(__name__)


class HideSecrets(logging.Filter):
    """Removes secrets from log records, and keeps all records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite what the record says; uvicorn's own formatter reads an access record's arguments one by one."""
        record.msg = without_secrets(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(self._shown(value) for value in record.args)
        record.exc_text = traceback_of(record).rstrip() or record.exc_text  # which formatters write as it stands
        return True

    @staticmethod
    def _shown(value: object) -> object:
        """Return an argument without secrets; numbers stay numbers."""
        return value if isinstance(value, int | float) else without_secrets(str(value))


class RateLimitFilter(logging.Filter):
    """Leaves out what was logged within the last minute from the same line of code, for the same error.

    Messages are not compared: a visitor could make each one different. A warning is about input from outside, so its
    error becomes part of its line; an error may be a bug, and keeps its traceback. Lines about requests all stay.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._repetitions = Repetitions(clock)

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is written, and add how many were left out."""
        is_request = record.levelno < logging.WARNING and record.name.startswith(OF_REQUESTS)
        if record.levelno < logging.INFO or is_request or hasattr(record, LIMITED):
            return True
        error = record.exc_info[1] if record.exc_info else None
        place = traceback.extract_tb(error.__traceback__)[-1:] if error is not None else []
        where = [(frame.filename, frame.lineno) for frame in place]
        note = self._repetitions.suffix_if_due((record.pathname, record.lineno, type(error), *where))
        if note is None:
            return False
        said = record.getMessage()
        if error is not None and record.levelno < logging.ERROR:
            said = without_secrets(f"{said} ({type(error).__name__}: {error})")
            record.exc_info = record.exc_text = None
        record.msg, record.args = " ".join(said.split())[:LINE_LENGTH] + note, ()
        return True


def set_up_logs() -> None:
    """Set up logs in the form that the settings name, without secrets and repetitions."""
    hide_secrets()
    repeats = RateLimitFilter()
    if settings().log_form == "json":
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        handler.addFilter(repeats)
        logging.basicConfig(handlers=[handler], force=True)
        log_through_root()
        logging.getLogger("uvicorn.access").disabled = True  # each request has a line of ours
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # and each connection, without an address
        logging.getLogger("zt_planner").setLevel(logging.INFO)
    else:
        filter_console(repeats)


def hide_secrets() -> None:
    """Remove secrets from everything that these loggers write from now on."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(existing, HideSecrets) for existing in logger.filters):
            logger.addFilter(HideSecrets())


class RequestLog:
    """Numbers requests and connections, and logs each when it ends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a connection on."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER, "")
        number = sent if NUMBER.fullmatch(sent) else secrets.token_hex(8)
        status, began = 0, perf_counter()

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            elif message["type"] == "websocket.accept":
                status = ACCEPTED
            await send(message)

        mark = REQUEST.set(number)
        try:
            await self.app(scope, receive, numbered)
        finally:
            if not scope["path"].endswith(PROBES):
                _write_request(scope, status, perf_counter() - began)
            REQUEST.reset(mark)


def _write_request(scope: Scope, status: int, seconds: float) -> None:
    """Write a line about a request that was answered, or a connection that has ended; status 0 where nothing was."""
    method, path = scope.get("method", "WEBSOCKET"), without_secrets(re.sub(r"\s", " ", scope["path"]))
    fields = {"method": method, "path": path, "status": status, "milliseconds": round(seconds * 1000, 1)}
    _log.info("%s %s %d", method, path, status, extra={FIELDS: fields})
