"""Pages of ours that are drawn without the dashboard: they say what is wrong, and lead to one's own plan.

They run no script and load nothing. They say everything in the reader's language and, below that, in the others: a link
is often opened where the browser's language says little about the reader. Two of them stand in for what Streamlit
would answer: where a browser sends more cookies than a page's WebSocket takes, and where a provider does not answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.errors import PlannerError, msgid
from zt_planner.language import Language, LanguageCode, Text, language_for, sentences
from zt_planner.server.http.headers import is_page
from zt_planner.server.http.policy import CLOSED_POLICY
from zt_planner.settings import settings
from zt_planner.topics.error_texts import explain
from zt_planner.ui.addresses import JOIN
from zt_planner.ui.seams import LOGIN_ADDRESS, LONGEST_LINE
from zt_planner.workspace.keys import ME, OWN

TITLE = msgid("This link does not open a session")
OWN_PLAN = msgid("Open my own plan")
TOO_MANY_COOKIES = msgid("Too many cookies at this address")
COOKIES_TOO_LONG = msgid(
    "Your browser sends so many cookies to this address that the page cannot connect. Most of them are probably from "
    "other programs on the same host. Delete those in your browser's settings and load this page again. Keep the "
    "cookie zt_planner_session: without it, you lose the way to your plan and your sessions in this browser."
)
ROOM = 512
"""For what is sent besides with a WebSocket, in bytes: the cookies that come with a page, and the header's name."""
NO_SIGN_IN = msgid("Signing in does not work at the moment")
NO_PROVIDER = msgid("The provider does not answer. Try again in a minute; you can plan without signing in meanwhile.")
REFUSED = 400
"""What Streamlit answers then."""
STYLE = """
:root { color-scheme: light dark; --text: #0b1524; --ground: #f4f6fa; --card: #fff; --line: #ccd3df; --link: #1a56b0 }
@media (prefers-color-scheme: dark) {
  :root { --text: #eef2f8; --ground: #0e131b; --card: #182131; --line: #38445a; --link: #8fb6f7 }
}
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground) }
main { max-width: 34rem; margin: 12vh auto; padding: 0 1rem }
section { padding: 1rem 1.5rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px }
section + section { margin-top: 1rem }
h1, h2 { margin: .5rem 0; font-size: 1.5rem; line-height: 1.25 }
h2 { font-size: 1.125rem }
a { color: var(--link) }
label { display: block; margin-bottom: .75rem }
input { font: inherit; padding: .5rem; color: inherit; background: var(--ground); border: 1px solid var(--text);
  border-radius: 6px }
button { font: inherit; font-weight: 600; padding: .5rem 1rem; color: var(--card); background: var(--link); border: 0;
  border-radius: 6px; cursor: pointer }
"""


def every_language(accepted: str) -> tuple[Language, ...]:
    """Return the reader's language, by what the browser accepts first, and then all others."""
    first = language_for(accepted.split(",", maxsplit=1)[0])
    return (first, *(Language(code) for code in LanguageCode if code is not first.code))


def refusal_page(why: str | PlannerError, languages: Sequence[Language], status: int, title: str = TITLE) -> Response:
    """Return the page that says why a link, or another address, does not work, and leads to one's own plan."""

    def rest(language: Language) -> str:
        on = escape(language.say(OWN_PLAN))
        lines = (Text(why),) if isinstance(why, str) else explain(why)
        plan = f"{settings().base_path}/?{ME}={OWN}&amp;language={language.code}"
        return f'<p>{escape(language.write(sentences(*lines)))}</p><p><a href="{plan}">{on}</a></p>'

    return message_page(title, rest, languages, status, {"Content-Security-Policy": CLOSED_POLICY})


def message_page(
    title: str,
    rest: Callable[[Language], str],
    languages: Sequence[Language],
    status: int,
    headers: Mapping[str, str],
) -> Response:
    """Return a page with the same title and text, as HTML, in each language."""
    first, *_ = languages
    headings = ("h1", *("h2" for _ in languages[1:]))
    sections = "".join(
        f'<section lang="{language.code}"><{tag}>{escape(language.say(title))}</{tag}>{rest(language)}</section>'
        for language, tag in zip(languages, headings, strict=True)
    )
    html = (
        f'<!doctype html><html lang="{first.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(first.say(title))} - ZT Planner</title><style>{STYLE}</style></head>"
        f"<body><main>{sections}</main></body></html>"
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store", **headers})


class TooManyCookies:
    """Answers with a message page if a browser sends too many cookies."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is for a page that could not connect, or for a seat that leads to one."""
        is_request = scope["type"] == "http" and (is_page(scope) or scope["path"].startswith(JOIN))
        lines = [len(value) for name, value in scope["headers"] if name == b"cookie"] if is_request else []
        if max(lines, default=0) + ROOM <= LONGEST_LINE:  # each line is limited by itself
            await self.app(scope, receive, send)
            return
        languages = every_language(Headers(scope=scope).get("accept-language", "en"))
        await refusal_page(COOKIES_TOO_LONG, languages, 431, TOO_MANY_COOKIES)(scope, receive, send)


class SignInTroubles:
    """Answers with a message page if signing in does not work."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and take the place of an answer that refuses to sign in."""
        if scope["type"] != "http" or scope["path"] != LOGIN_ADDRESS:
            await self.app(scope, receive, send)
            return
        is_refused = False

        async def answer(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and message["status"] == REFUSED:
                is_refused = True
            if not is_refused:
                await send(message)

        await self.app(scope, receive, answer)
        if is_refused:
            languages = every_language(Headers(scope=scope).get("accept-language", "en"))
            await refusal_page(NO_PROVIDER, languages, 503, NO_SIGN_IN)(scope, receive, send)
