"""What uvicorn's loggers write: everything but tokens and keys."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from uvicorn.logging import AccessFormatter

from zt_planner.log_limit import SECONDS, LogLimit
from zt_planner.log_lines import without_secrets
from zt_planner.server.http.logs import (
    LINE_LENGTH,
    LOGGERS,
    HideSecrets,
    RateLimitFilter,
    hide_secrets,
)
from zt_planner.workspace.keys import GIVEN_COOKIE, HOME_COOKIE

A_KEY = "vl93u3vT6Ub0gRwWeXZqFjdUFnTTdqs0"


class Lines(logging.Handler):
    """Keeps what is written."""

    def __init__(self) -> None:
        """Write as uvicorn does."""
        super().__init__()
        self.setFormatter(AccessFormatter('%(client_addr)s "%(request_line)s" %(status_code)s', use_colors=False))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line; only access records have a form of their own."""
        is_access = record.name == "uvicorn.access"
        self.lines.append(self.format(record) if is_access else record.getMessage())


@pytest.fixture(params=LOGGERS)
def logger(request: pytest.FixtureRequest) -> Iterator[logging.Logger]:
    """Return one of the loggers as the application sets it up; it is as before afterwards."""
    found = logging.getLogger(request.param)
    level, filters = found.level, list(found.filters)
    found.setLevel(logging.DEBUG)
    hide_secrets()
    yield found
    found.setLevel(level)
    for name in LOGGERS:
        logging.getLogger(name).filters[:] = filters


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("GET /oauth2callback?code=abc&state=def HTTP/1.1", "GET /oauth2callback?code=[hidden] HTTP/1.1"),
        ("GET /auth/login?provider=abc.def HTTP/1.1", "GET /auth/login?provider=[hidden] HTTP/1.1"),
        ("cookie: _streamlit_user=abc; _streamlit_user_tokens_1=def", None),
    ],
)
def test_what_signing_in_brings_is_in_no_log(text: str, rest: str | None) -> None:
    written = without_secrets(text)
    assert rest is None or written == rest
    assert not {"abc", "def"} & set(re.split(r"\W", written))


@pytest.mark.parametrize("mark", ["", " ", '"', "'", ",", ";", "?", "x@", "a b/", "[hidden]"])
def test_whatever_stands_before_a_token_the_rest_of_the_path_is_hidden(mark: str) -> None:
    for place in ("/join/", "/media/", "/_stcore/upload_file/"):
        assert without_secrets(f"GET {place}{mark}{A_KEY} HTTP/1.1\nnext") == f"GET {place}[hidden] HTTP/1.1\nnext"


@pytest.mark.parametrize("password", ["word", "p@ss", "p@s:s/w@rd", "@"])
def test_of_a_password_nothing_is_shown(password: str) -> None:
    text = f"postgresql://planner:{password}@db/planner is away"
    assert without_secrets(text) == "postgresql://planner:[hidden]@db/planner is away"


def test_a_traceback_is_written_without_secrets(logger: logging.Logger) -> None:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    logger.error("failed", exc_info=KeyError(f"/join/{A_KEY}"))
    logger.removeHandler(handler)
    assert "KeyError: '/join/[hidden]" in stream.getvalue()
    assert A_KEY not in stream.getvalue()


@pytest.fixture
def lines(logger: logging.Logger) -> Iterator[list[str]]:
    handler = Lines()
    logger.addHandler(handler)
    yield handler.lines
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    "path", [f"/join/{A_KEY}", f"/join/{A_KEY}?language=de", f"/join/a/{A_KEY}", f"/join/,{A_KEY}"]
)
def test_an_access_log_holds_no_token(logger: logging.Logger, lines: list[str], path: str) -> None:
    logger.info('%s - "%s %s HTTP/%s" %d', "203.0.113.7:1", "GET", path, "1.1", 303)
    assert len(lines) == 1
    assert A_KEY not in lines[0]
    assert "/join/[hidden]" in lines[0]
    assert "303" in lines[0]


@pytest.mark.parametrize("cookie", [HOME_COOKIE, f"{GIVEN_COOKIE}01234567"])
def test_a_handshake_that_is_written_out_holds_no_key(cookie: str) -> None:
    kept = logging.getLogger("uvicorn.error")
    record = kept.makeRecord(
        kept.name, logging.DEBUG, "", 0, "< %s: %s", ("Cookie", f"a=1; {cookie}={A_KEY}; b=2"), None
    )
    assert HideSecrets().filter(record)
    assert record.getMessage() == f"< Cookie: a=1; {cookie}=[hidden]; b=2"


# What is written again and again


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Return what has been written since by a logger that leaves out repetitions; the clock stands until it is set."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RateLimitFilter(lambda: CLOCK[0]))
    monkeypatch.setitem(CLOCK, 0, 0.0)
    monkeypatch.setattr(REPEATED, "handlers", [handler])
    monkeypatch.setattr(REPEATED, "propagate", False)

    def read() -> list[str]:
        text = stream.getvalue()
        stream.seek(0)
        stream.truncate()
        return text.splitlines()

    return read


CLOCK, REPEATED = {0: 0.0}, logging.getLogger("tests.repeated")


def fail(reason: object) -> None:
    raise ValueError(reason)


def complain(level: int, text: str, reason: str = "") -> None:
    """Write what has failed."""
    try:
        fail(reason)
    except ValueError:
        REPEATED.log(level, "it failed: %s", text, exc_info=bool(reason))


def test_whatever_a_visitor_has_written_is_one_line_a_minute(written: Callable[[], list[str]]) -> None:
    for number in range(50):
        complain(logging.WARNING, f"a text of theirs\nin two lines, {number}", f"a reason of theirs, {number}")
    assert written() == ["it failed: a text of theirs in two lines, 0 (ValueError: a reason of theirs, 0)"]
    CLOCK[0] = SECONDS
    complain(logging.WARNING, "x" * 10_000)
    (line,) = written()
    assert line.endswith("xxx")  # of another kind, as there is no reason
    complain(logging.WARNING, "again", "once more")
    assert written() == ["it failed: again (ValueError: once more) (49 more since the last such line)"]
    assert len(line) == LINE_LENGTH


def test_a_bug_is_written_with_its_traceback_once_a_minute(written: Callable[[], list[str]]) -> None:
    for number in range(50):
        complain(logging.ERROR, "a bug", f"{number}")
    lines = written()
    assert lines[:2] == ["it failed: a bug", "Traceback (most recent call last):"]
    assert lines[-1] == "ValueError: 0"
    CLOCK[0] = SECONDS
    complain(logging.ERROR, "a bug", "1")
    assert written()[0] == "it failed: a bug (49 more since the last such line)"


def test_a_bug_elsewhere_is_another_one(written: Callable[[], list[str]]) -> None:
    complain(logging.ERROR, "a bug", "here")
    try:
        int("there")
    except ValueError:
        REPEATED.exception("it failed")
    assert [line for line in written() if line.startswith("ValueError")] == [
        "ValueError: here",
        "ValueError: invalid literal for int() with base 10: 'there'",
    ]


def test_what_is_counted_already_and_each_request_is_written(
    written: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("one", "another"):
        LogLimit(REPEATED).write(kind)
    assert written() == ["one", "another"]
    monkeypatch.setattr(REPEATED, "name", "zt_planner.server")
    monkeypatch.setattr(REPEATED, "level", logging.INFO)
    for _ in range(3):
        REPEATED.info("GET / 200")
    assert written() == ["GET / 200"] * 3


def test_a_text_without_secrets_stays_as_it_is() -> None:
    for text in (
        "GET /budget?me=0123456789abcdef",
        "join us",
        "zt_planner started",
        "/live?language=de",
        "http://localhost:8501/budget",
    ):
        assert without_secrets(text) == text


def test_the_filter_is_set_once(logger: logging.Logger) -> None:
    hide_secrets()
    assert [isinstance(found, HideSecrets) for found in logger.filters].count(True) == 1
