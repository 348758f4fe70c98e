"""The form of the server's logs, without secrets: the tokens of links, the keys in cookies, the names of uploads.

As text, `zt-planner serve` writes no access log. Another server that runs the
application may, and at debug level the WebSocket's handshake is written out
with its cookies; both go through uvicorn's loggers. As JSON, each line is an object, and each request has one. Law:
what a record says is the same but for the secrets, and what follows one in a path.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from zt_planner.settings import settings
from zt_planner.ui.seams import log_through_root

LOGGERS = ("uvicorn.access", "uvicorn.error", "uvicorn.asgi")
PLACES = (r"zt_planner_\w+=", r"_streamlit_\w+=", r"[?&](?:code|state|provider)=", r"(?i:bearer) ")
SECRET_TEXTS = (
    re.compile(r"((?i:/join/|/media/|/upload_file/))(?!\[hidden\](?:\s|$))\s*.+?(?=\sHTTP/|$)", re.MULTILINE),
    re.compile(rf"({'|'.join(PLACES)})[^\s;,\"'?@]+"),
    re.compile(r"(://[^\s:/@]*:)\S+(?=@)"),
)
"""The rest of a path, whatever stands in it; what goes up to the next mark; the password in a database's address."""
HIDDEN = r"\1[hidden]"
REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""The number of the request that is being answered."""
FIELDS = "fields"
"""What a record has beside its text, for a log of JSON objects."""


def without_secrets(text: str) -> str:
    """Return a text without its tokens and keys."""
    for secret in SECRET_TEXTS:
        text = secret.sub(HIDDEN, text)
    return text


def _traceback(record: logging.LogRecord) -> str:
    """Return a record's traceback without secrets; "" where it has none."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return without_secrets("".join(traceback.format_exception(*record.exc_info)))


class HideSecrets(logging.Filter):
    """Removes secrets from a log record, which is still written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite what the record says; uvicorn's own formatter reads an access record's arguments one by one."""
        record.msg = without_secrets(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(self._shown(value) for value in record.args)
        record.exc_text = _traceback(record).rstrip() or record.exc_text  # which formatters write as it stands
        return True

    @staticmethod
    def _shown(value: object) -> object:
        """Return an argument without secrets; numbers stay numbers."""
        return value if isinstance(value, int | float) else without_secrets(str(value))


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write when, how grave, by whom, what, in which request, and a traceback."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            **getattr(record, FIELDS, {}),
        }
        if REQUEST.get():
            said["request_id"] = REQUEST.get()
        if found := _traceback(record):
            said["traceback"] = found
        return json.dumps(said, ensure_ascii=False)


def set_up_logs() -> None:
    """Write logs in the form that the settings name, without secrets."""
    hide_secrets()
    if settings().log_form == "json":
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        logging.basicConfig(handlers=[handler], force=True)
        log_through_root()
        logging.getLogger("uvicorn.access").disabled = True  # each request has a line of ours
        logging.getLogger("zt_planner").setLevel(logging.INFO)


def hide_secrets() -> None:
    """Remove secrets from everything that these loggers write from now on."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(found, HideSecrets) for found in logger.filters):
            logger.addFilter(HideSecrets())
