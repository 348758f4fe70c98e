"""Pages carry our styles and where the server is; nothing else is touched."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.unit.server.asgi import ask
from zt_planner.server.http.page import ICON, ROUTES, PageStyles, elsewhere
from zt_planner.ui.seams import ICON_ADDRESS, STYLES, page_script

PAGE = "<html><head><title>x</title></head><body>" + "long " * 400 + "</body></html>"


async def _page(_request: object) -> HTMLResponse:
    return HTMLResponse(PAGE)


class InParts(HTMLResponse):
    """A page that is sent in two parts."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the page, the end of its head divided."""
        del scope, receive
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        cut = PAGE.index("</head>") + 3
        await send({"type": "http.response.body", "body": self.body[:cut], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[cut:]})


async def _parts(_request: object) -> InParts:
    return InParts(PAGE)


async def _missing(_request: object) -> HTMLResponse:
    return HTMLResponse(PAGE, status_code=404)


async def _text(_request: object) -> PlainTextResponse:
    return PlainTextResponse(PAGE)


APP = Starlette(
    routes=[
        Route("/", _page),
        Route("/roadmap", _parts),
        Route("/budget", _missing),
        Route("/prices", _text),
        Route("/join/a", _page),
    ],
    middleware=[Middleware(PageStyles), Middleware(GZipMiddleware)],
)


@pytest.mark.parametrize("path", ["/", "/roadmap"])
def test_a_page_carries_styles_and_the_server_s_address(path: str) -> None:
    answer = ask(APP, path, headers={"accept-encoding": "gzip"})
    head, _, body = answer.body.partition("</head>")
    assert head.endswith(f"<script>{page_script()}</script><style>{STYLES.read_text('utf-8')}</style>")
    assert body == PAGE.partition("</head>")[2]
    assert answer.header("content-length") == str(len(answer.body.encode()))


@pytest.mark.parametrize("path", ["/budget", "/prices", "/join/a"])
def test_what_is_no_page_of_ours_stays_as_it_is(path: str) -> None:
    assert ask(APP, path).body == PAGE


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/nowhere", "/?unknown=page"),
        ("/nowhere?me=0123456789abcdef&language=de", "/?me=0123456789abcdef&language=de&unknown=page"),
        ("/roadmap/steps", "/?unknown=page"),
    ],
)
def test_who_asks_for_a_page_that_is_not_there_is_led_to_the_plan(path: str, leads_to: str) -> None:
    answer = ask(APP, path)
    assert [answer.status, answer.header("location")] == [303, leads_to]


def test_the_tab_has_our_icon() -> None:
    answer = ask(Starlette(routes=list(ROUTES)), ICON_ADDRESS, method="HEAD")
    assert answer.header("content-type") == "image/png"
    assert answer.header("content-length") == str(ICON.stat().st_size)


def test_below_a_path_the_page_without_a_slash_leads_to_the_one_with_it() -> None:
    answer = ask(PageStyles(APP), "?language=de")
    assert (answer.status, answer.header("location")) == (303, "/?language=de")


@pytest.mark.parametrize("path", ["/sessions", "/plan", "/week"])
def test_the_pages_that_are_not_always_named_are_there(path: str) -> None:
    assert elsewhere({"path": path}) is None
