"""Which requests are let in: whose, to what, and with which bodies."""

from __future__ import annotations

import pytest

from tests.signed_in import with_provider
from tests.unit.server.asgi import HOST, ask
from tests.unit.server.http.test_headers import APP
from zt_planner.server.http.admission import MOST_BODY_BYTES

OWN = (f"http://{HOST}", f"https://{HOST}", f"https://{HOST.upper()}")
FOREIGN = ("null", "", "http://localhost:3000", f"http://{HOST}:8080", f"https://{HOST}.evil.example", HOST)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.usefixtures("house")
def test_a_page_of_another_origin_reads_and_changes_nothing(method: str) -> None:
    for origin in OWN:
        assert ask(APP, "/roadmap", method=method, headers={"origin": origin}).status == 200, origin
    for origin in FOREIGN:
        refused = ask(APP, "/roadmap", method=method, headers={"origin": origin})
        assert (refused.status, refused.header("x-content-type-options")) == (403, "nosniff"), origin
        assert not refused.cookies


@pytest.mark.usefixtures("house")
def test_a_page_that_came_without_tls_is_another_one_than_that_which_came_by_it() -> None:
    for origin, status in ((f"https://{HOST}", 200), (f"http://{HOST}", 403), (f"ftp://{HOST}", 403)):
        assert ask(APP, "/roadmap", method="POST", headers={"origin": origin}, scheme="https").status == status, origin
    assert ask(APP, "/roadmap", method="POST", headers={"origin": f"ftp://{HOST}"}).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.usefixtures("house")
def test_a_page_of_another_origin_can_lead_to_a_page_but_holds_none_of_it(site: str) -> None:
    for kind, status in (("document", 200), ("iframe", 403), ("image", 403), ("script", 403), ("empty", 403)):
        sent = {"sec-fetch-site": site, "sec-fetch-dest": kind}
        assert ask(APP, "/roadmap", headers=sent).status == status, kind
        assert ask(APP, "/roadmap", method="POST", headers=sent).status == 403, kind
    for site_of_ours in ("same-origin", "none"):
        assert ask(APP, "/roadmap", headers={"sec-fetch-site": site_of_ours, "sec-fetch-dest": "image"}).status == 200


def test_another_port_of_the_same_machine_is_another_origin() -> None:
    here = {"host": "localhost:8501"}
    assert ask(APP, "/anything", method="POST", headers=here | {"origin": "http://localhost:8501"}).status == 200
    assert ask(APP, "/anything", method="POST", headers=here | {"origin": "http://localhost:3000"}).status == 403


@pytest.mark.usefixtures("house")
def test_who_names_no_origin_is_no_page_of_another_one() -> None:
    assert ask(APP, "/anything", method="POST").status == 200
    assert ask(APP, "/roadmap").status == 200


@pytest.mark.usefixtures("house")
def test_of_streamlits_own_routes_those_are_open_that_a_page_needs() -> None:
    needed = ("health", "host-config", "stream", "upload_file/a/b", "bidi-components/a/b.js")
    closed = ("metrics", "script-health-check", "agent/interact", "agent/openapi.json", "agent/mcp", "", "else")
    assert [ask(APP, f"/_stcore/{path}").status for path in needed] == [200] * len(needed)
    for path in [*(f"/_stcore/{path}" for path in closed), "//_stcore/metrics", "/auth/login", "/oauth2callback"]:
        answer = ask(APP, path)
        assert (answer.status, answer.body, dict(answer.cookies)) == (404, "Not found", {}), path


@pytest.mark.usefixtures("house")
def test_where_one_can_sign_in_streamlits_login_is_open_and_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with_provider(monkeypatch)
    answers = [ask(APP, path) for path in ("/auth/login", "/auth/logout", "/oauth2callback?code=a")]
    assert [(answer.status, dict(answer.cookies)) for answer in answers] == [(200, {})] * 3
    assert ask(APP, "/_stcore/metrics").status == 404


@pytest.mark.usefixtures("house")
def test_no_page_of_another_site_signs_anybody_in_or_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with_provider(monkeypatch)
    for site, status in (("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)):
        for path in ("/auth/login", "/auth/logout"):
            assert ask(APP, path, headers={"sec-fetch-site": site, "sec-fetch-dest": "document"}).status == status, (
                site,
                path,
            )
        assert ask(APP, "/oauth2callback", headers={"sec-fetch-site": site, "sec-fetch-dest": "document"}).status == 200
        assert ask(APP, "/", headers={"sec-fetch-site": site, "sec-fetch-dest": "document"}).status == 200
        assert (
            ask(APP, "/join/a", method="POST", headers={"sec-fetch-site": site, "sec-fetch-dest": "document"}).status
            == status
        )


@pytest.mark.usefixtures("house")
def test_where_the_hosts_are_named_no_other_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = ("planner.example", "PLANNER.example:8501", "planner.example.", "a.office.example", "evil.example", "")
    assert {ask(APP, "/roadmap", headers={"host": host}).status for host in hosts} == {200}
    monkeypatch.setenv("ZT_PLANNER_ALLOWED_HOSTS", "planner.example, *.office.example")
    assert [ask(APP, "/roadmap", headers={"host": host}).status for host in hosts] == [200] * 4 + [421] * 2
    others = ("office.example", "planner.example.evil.example", "eviloffice.example", "127.0.0.1:8501")
    assert {ask(APP, "/roadmap", headers={"host": host}).status for host in others} == {421}
    assert ask(APP, "/health", headers={"host": "127.0.0.1:8501"}).status == 200


def test_a_body_that_is_too_long_is_not_read() -> None:
    assert ask(APP, "/upload", method="PUT", headers={"content-length": str(MOST_BODY_BYTES)}).status == 200
    refused = ask(APP, "/upload", method="PUT", headers={"content-length": str(MOST_BODY_BYTES + 1)})
    assert refused.status == 413
    assert refused.header("x-content-type-options") == "nosniff"


def test_a_body_that_does_not_say_how_long_it_is_is_not_read() -> None:
    assert ask(APP, "/upload", method="PUT", headers={"transfer-encoding": "chunked"}).status == 411
    assert ask(APP, "/upload", method="PUT", headers={"content-length": "-1"}).status == 413
