"""Which requests are let in: whose, to what, and with which bodies."""

from __future__ import annotations

import pytest

from tests.unit.server.asgi import HOST, ask
from tests.unit.server.http.test_headers import APP
from zt_planner.server.http.admission import MOST_BODY_BYTES

OWN = (f"http://{HOST}", f"https://{HOST}", f"https://{HOST.upper()}")
FOREIGN = ("null", "", "http://localhost:3000", f"http://{HOST}:8080", f"https://{HOST}.evil.example", HOST)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_page_of_another_origin_changes_nothing(method: str) -> None:
    for origin in OWN:
        assert ask(APP, "/anything", method=method, headers={"origin": origin}).status == 200, origin
    for origin in FOREIGN:
        refused = ask(APP, "/anything", method=method, headers={"origin": origin})
        assert (refused.status, refused.header("x-content-type-options")) == (403, "nosniff"), origin
        assert not refused.cookies


def test_another_port_of_the_same_machine_is_another_origin() -> None:
    here = {"host": "localhost:8501"}
    assert ask(APP, "/anything", method="POST", headers=here | {"origin": "http://localhost:8501"}).status == 200
    assert ask(APP, "/anything", method="POST", headers=here | {"origin": "http://localhost:3000"}).status == 403


@pytest.mark.usefixtures("house")
def test_who_names_no_origin_is_no_page_of_another_one_and_reading_is_free() -> None:
    assert ask(APP, "/anything", method="POST").status == 200
    assert ask(APP, "/roadmap", headers={"origin": FOREIGN[0]}).status == 200


@pytest.mark.usefixtures("house")
def test_of_streamlits_own_routes_those_are_open_that_a_page_needs() -> None:
    needed = ("health", "host-config", "stream", "upload_file/a/b", "bidi-components/a/b.js")
    closed = ("metrics", "script-health-check", "agent/interact", "agent/openapi.json", "agent/mcp", "", "else")
    assert [ask(APP, f"/_stcore/{path}").status for path in needed] == [200] * len(needed)
    for path in [*(f"/_stcore/{path}" for path in closed), "//_stcore/metrics", "/auth/login", "/oauth2callback"]:
        answer = ask(APP, path)
        assert (answer.status, answer.body, dict(answer.cookies)) == (404, "Not found", {}), path


def test_a_body_that_is_too_long_is_not_read() -> None:
    assert ask(APP, "/upload", method="PUT", headers={"content-length": str(MOST_BODY_BYTES)}).status == 200
    refused = ask(APP, "/upload", method="PUT", headers={"content-length": str(MOST_BODY_BYTES + 1)})
    assert refused.status == 413
    assert refused.header("x-content-type-options") == "nosniff"


def test_a_body_that_does_not_say_how_long_it_is_is_not_read() -> None:
    assert ask(APP, "/upload", method="PUT", headers={"transfer-encoding": "chunked"}).status == 411
    assert ask(APP, "/upload", method="PUT", headers={"content-length": "-1"}).status == 413
