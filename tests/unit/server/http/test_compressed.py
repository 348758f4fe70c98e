"""Streamlit's scripts are sent compressed; all else that it says of them stays."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from tests.unit.server.asgi import Answer, ask
from zt_planner.server.http.base_path import BasePath
from zt_planner.server.http.compressed import CompressedScripts
from zt_planner.settings import variable
from zt_planner.ui.seams import scripts

PATH, FILE = max(scripts().items(), key=lambda script: script[1].stat().st_size)
FONT = next(file for file in FILE.parents[1].rglob("*.woff2"))
ROUTES = create_streamlit_static_assets_routes(None)
PLAIN = Starlette(routes=ROUTES)
APP = Starlette(routes=ROUTES, middleware=[Middleware(BasePath), Middleware(CompressedScripts)])
BROWSER = {"accept-encoding": "gzip, deflate, br, zstd"}
OF_THE_FILE = ("content-type", "cache-control", "last-modified")


def shared(answer: Answer) -> list[str | None]:
    """Return what is the same with and without compression."""
    return [answer.header(name) for name in OF_THE_FILE]


def test_a_script_comes_compressed_and_may_be_kept_for_as_long_as_before() -> None:
    answer, plain = ask(APP, PATH, headers=BROWSER), ask(PLAIN, PATH)
    assert (answer.status, answer.header("content-encoding"), answer.header("vary")) == (200, "gzip", "Accept-Encoding")
    assert answer.header("content-length") == str(len(answer.content))
    assert len(answer.content) < FILE.stat().st_size / 3
    assert gzip.decompress(answer.content) == plain.content == FILE.read_bytes()
    assert shared(answer) == shared(plain)
    assert "immutable" in str(answer.header("cache-control"))
    assert answer.header("etag") == f"W/{plain.header('etag')}"


def test_a_script_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(APP, PATH, headers=BROWSER)

    monkeypatch.delattr("gzip.compress")
    assert ask(APP, PATH, headers=BROWSER) == first


def test_who_asks_for_the_headers_alone_gets_them() -> None:
    answer = ask(APP, PATH, headers=BROWSER, method="HEAD")
    assert answer.headers == ask(APP, PATH, headers=BROWSER).headers
    assert not answer.content


def test_who_has_the_script_gets_no_second_one() -> None:
    etag = str(ask(APP, PATH, headers=BROWSER).header("etag"))
    answer = ask(APP, PATH, headers=BROWSER | {"if-none-match": etag})
    assert (answer.status, answer.content, answer.header("content-encoding")) == (304, b"", None)
    assert answer.header("etag") == etag


@pytest.mark.parametrize(
    "sent",
    ["", "br", "gzip;q=0", "gzip; q=0.000, br", "*;q=0", "identity"],
)
def test_who_does_not_take_gzip_gets_the_file_as_it_is(sent: str) -> None:
    answer = ask(APP, PATH, headers={"accept-encoding": sent})
    assert answer.content == FILE.read_bytes()
    assert (answer.header("content-encoding"), answer.header("vary")) == (None, "Accept-Encoding")


@pytest.mark.parametrize("sent", ["gzip", "GZIP;q=0.5", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*"])
def test_who_takes_gzip_gets_it(sent: str) -> None:
    assert ask(APP, PATH, headers={"accept-encoding": sent}).header("content-encoding") == "gzip"


def test_a_part_is_a_part_of_the_file_as_it_is() -> None:
    answer = ask(APP, PATH, headers=BROWSER | {"range": "bytes=2-9"})
    assert (answer.status, answer.content) == (206, FILE.read_bytes()[2:10])
    assert answer.header("content-encoding") is None


def below_static(file: Path) -> str:
    """Return the address of a file of the frontend."""
    return f"/static/{file.relative_to(FILE.parents[1]).as_posix()}"


@pytest.mark.parametrize("path", ["/static/js/none.js", below_static(FONT), "/", PATH.replace("/js/", "/js/./")])
def test_whatever_is_no_script_is_answered_as_before(path: str) -> None:
    assert ask(APP, path, headers=BROWSER) == ask(PLAIN, path, headers=BROWSER)


def test_a_script_cannot_be_written() -> None:
    assert ask(APP, PATH, headers=BROWSER, method="POST").status == 405


def test_below_a_path_a_script_comes_compressed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("base_path"), "/planner")
    assert ask(APP, f"/planner{PATH}", headers=BROWSER).header("content-encoding") == "gzip"
