"""The form of a line in the log: text without secrets, as a JSON object where the settings ask for it.

Secrets are tokens of links, keys in cookies, ids of files, names of uploads, and passwords in addresses.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

PLACES = (r"zt_planner_\w+=", r"_streamlit_\w+=", r"[?&](?:code|state|provider)=", r"(?i:bearer) ")
SECRET_TEXTS = (
    re.compile(r"((?i:/join/|/files/|/media/|/upload_file/))(?!\[hidden\](?:\s|$))\s*.+?(?=\sHTTP/|$)", re.MULTILINE),
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
    """Return a text in which tokens and keys are replaced by `[hidden]`."""
    for secret in SECRET_TEXTS:
        text = secret.sub(HIDDEN, text)
    return text


def traceback_of(record: logging.LogRecord) -> str:
    """Return a record's traceback without secrets; "" where it has none."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return without_secrets("".join(traceback.format_exception(*record.exc_info)))


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, logger, message, request and traceback."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            **getattr(record, FIELDS, {}),
        }
        if REQUEST.get():
            said["request_id"] = REQUEST.get()
        if trace := traceback_of(record):
            said["traceback"] = trace
        return json.dumps(said, ensure_ascii=False)
