"""Remove secrets from the server's logs: the tokens of links and the keys in cookies.

`zt-planner serve` writes no access log. Another server that runs the
application may, and at debug level the WebSocket's handshake is written out
with its cookies; both go through uvicorn's loggers. Law: what a record says is
the same but for the secrets.
"""

from __future__ import annotations

import logging
import re

LOGGERS = ("uvicorn.access", "uvicorn.error", "uvicorn.asgi")
SECRETS = re.compile(r"(/join/|zt_planner_\w+=)[^\s;,\"'?]+")
HIDDEN = r"\1[hidden]"


def without_secrets(text: str) -> str:
    """Return a text without its tokens and keys."""
    return SECRETS.sub(HIDDEN, text)


class HideSecrets(logging.Filter):
    """Removes secrets from a log record, which is still written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite what the record says; uvicorn's own formatter reads an access record's arguments one by one."""
        record.msg = without_secrets(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(self._shown(value) for value in record.args)
        return True

    @staticmethod
    def _shown(value: object) -> object:
        """Return an argument without secrets; numbers stay numbers."""
        return value if isinstance(value, int | float) else without_secrets(str(value))


def hide_secrets() -> None:
    """Remove secrets from everything that these loggers write from now on."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(found, HideSecrets) for found in logger.filters):
            logger.addFilter(HideSecrets())
