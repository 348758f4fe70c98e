"""A provider that does not answer: a page says so and leads back; every other answer of signing in is passed on."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.signed_in import with_provider
from tests.unit.server.asgi import Answer, ask
from zt_planner.server.message_pages import SignInTroubles
from zt_planner.ui.seams import LOGIN_ADDRESS


def asked(answer: Response, path: str = LOGIN_ADDRESS) -> Answer:
    """Return what a browser gets where Streamlit gives an answer."""

    async def answered(_request: Request) -> Response:
        return answer

    app = Starlette(routes=[Route(path, answered)], middleware=[Middleware(SignInTroubles)])
    return ask(app, path, headers={"accept-language": "de"})


@pytest.fixture(autouse=True)
def _provider(monkeypatch: pytest.MonkeyPatch) -> None:
    with_provider(monkeypatch)


def test_a_provider_that_does_not_answer_is_explained() -> None:
    said = asked(PlainTextResponse("Authentication error", 400))
    assert said.status == 503
    assert "Signing in does not work at the moment" in said.body
    assert "Die Anmeldung funktioniert gerade nicht" in said.body
    assert "Authentication error" not in said.body
    assert (said.header("content-type") or "").startswith("text/html")


def test_the_way_to_the_provider_and_other_addresses_are_passed_on() -> None:
    assert asked(RedirectResponse("https://login.example/", 302)).header("location") == "https://login.example/"
    assert asked(PlainTextResponse("no", 400), "/other").body == "no"
