"""Joining a session by a link: `/join/<token>` asks, a press on its button takes a seat and leads on.

Taking a seat sets a cookie and leads to an address without the token. The pages
that ask, or say why a link opens nothing, are drawn without the dashboard, run
no script and load nothing. They say everything in the reader's language and,
below that, in the other one: a link is often opened where the browser's language
says little about the reader. Laws:
whatever only looks at a link (a preview of it in a chat, `HEAD`, a browser that
loads pages ahead) takes no seat; a token is in no log of ours and in no
referrer; whoever asks too often is told to wait, and with useless tokens sooner;
a link that is unknown, renewed or expired gives the same answer, so that nobody
can find sessions by trying. No secret is compared here: the store looks its
SHA-256 up, so that how long an answer takes tells nothing about the secret itself.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from anyio import to_thread
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.errors import PlannerError, SessionFull, StoreError, msgid
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.reports.words.error_texts import explain
from zt_planner.server.http.headers import cookie_header, cookies_of
from zt_planner.server.http.policy import CLOSED_POLICY, FORM_POLICY
from zt_planner.workspace.keys import JOINED, ME, Key, Token, cookie_of, hash_of, key_from, seat_keys
from zt_planner.workspace.limits import RateLimit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from zt_planner.domain.session import Seat

QUESTIONS_A_MINUTE, USELESS_A_MINUTE = 300, 30
"""Of one address: a full hall gets in, each with a look and a press; whoever guesses gets thirty tries."""
questions, useless = RateLimit(QUESTIONS_A_MINUTE), RateLimit(USELESS_A_MINUTE)
MOST_TRIED = 50
"""Of the seats that a browser keeps, the last."""
NO_LINK = msgid("The link was renewed, or the session has ended. Ask the person who sent it for a new one.")
AWAY = msgid("The plan store is not available. Open the link again in a minute.")
TOO_OFTEN = msgid("Too many attempts from this address. Wait a minute and open the link again.")
TITLE = msgid("This link does not open a session")
OWN_PLAN = msgid("Open my own plan")
INVITED = msgid("You are invited to a planning session")
SEAT = msgid("The others will see that you have joined. This browser remembers your seat.")
JOIN = msgid("Join the planning session")
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
button { font: inherit; font-weight: 600; padding: .5rem 1rem; color: var(--card); background: var(--link); border: 0;
  border-radius: 6px; cursor: pointer }
"""


async def look(request: Request) -> Response:
    """Lead on to the seat that this browser has by the link; ask all others whether they want one."""
    return await _answer(request, _held, _invitation)


async def join(request: Request) -> Response:
    """Take a seat by a link, or the one that this browser has by it."""
    return await _answer(request, _taken, _no_seat)


async def _answer(
    request: Request,
    seat_by: Callable[[str, dict[str, str]], FoundSeat | None],
    otherwise: Callable[[Request, Sequence[Language]], Response],
) -> Response:
    """Return the way to a seat, or the page that says why there is none."""
    languages = both_languages(request.headers.get("accept-language", "en"))
    if not questions.allows(_address(request)):
        return refusal_page(TOO_OFTEN, languages, 429)
    try:
        found = await to_thread.run_sync(seat_by, request.path_params["token"], cookies_of(request.scope))
    except StoreError:
        return refusal_page(AWAY, languages, 503)
    except SessionFull as full:
        return refusal_page(full, languages, 403)
    if found is None:
        return otherwise(request, languages)
    return _seated(found, is_secure=request.url.scheme == "https")


def _invitation(request: Request, languages: Sequence[Language]) -> Response:
    """Ask whoever comes by a link; of what cannot be one say so at once."""
    is_link = key_from(request.path_params["token"]) is not None
    return invitation_page(languages) if is_link else _no_seat(request, languages)


def _no_seat(request: Request, languages: Sequence[Language]) -> Response:
    """Say that a link opens nothing, and count it towards the limit of thirty a minute."""
    if not useless.allows(_address(request)):
        return refusal_page(TOO_OFTEN, languages, 429)
    return refusal_page(NO_LINK, languages, 404)


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""


def _seated(found_seat: FoundSeat, *, is_secure: bool) -> Response:
    """Return the way to a seat, with the cookie that keeps it."""
    key, seat, is_new = found_seat
    told = f"&{JOINED}=now" if is_new else ""
    answer = RedirectResponse(f"/?{ME}={seat.participant.id}{told}", status_code=303)
    answer.headers["Set-Cookie"] = cookie_header(
        cookie_of(seat.participant.id), key, seat.rules.days_kept, is_secure=is_secure
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


class FoundSeat(NamedTuple):
    """A seat, the key that opens it, and whether it was taken just now."""

    key: Key
    seat: Seat
    is_new: bool


def _held(secret: str, cookies: dict[str, str]) -> FoundSeat | None:
    """Return the seat that this browser has taken by a link, or a duplicate's owner's, whose link is their key."""
    store, key = bootstrap.workspace().store, key_from(secret)
    if key is None:
        return None
    for held in list(seat_keys(cookies).values())[-MOST_TRIED:]:
        if store.came_by(hash_of(held), hash_of(Token(key))):
            seat = store.seat(hash_of(held))
            if seat is not None:
                return FoundSeat(held, seat, is_new=False)
    seat = store.seat(hash_of(key))
    return None if seat is None else FoundSeat(key, seat, is_new=False)


def _taken(secret: str, cookies: dict[str, str]) -> FoundSeat | None:
    """Return the seat that a link gives: one that is held already, otherwise a new one."""
    held = _held(secret, cookies)
    if held is not None or key_from(secret) is None:
        return held
    joined = bootstrap.workspace().people.join(Token(secret))
    return None if joined is None else FoundSeat(*joined, is_new=True)


def both_languages(accepted: str) -> tuple[Language, ...]:
    """Return the reader's language, by what the browser accepts first, and then the others."""
    first = language_for(accepted.split(",", maxsplit=1)[0])
    return (first, *(Language(code) for code in LanguageCode if code is not first.code))


def refusal_page(why: str | PlannerError, languages: Sequence[Language], status: int) -> Response:
    """Return the page that says why a link opens nothing, and leads to the browser's own plan."""

    def rest(language: Language) -> str:
        on = escape(language.say(OWN_PLAN))
        lines = [language.say(why)] if isinstance(why, str) else explain(why, language)
        return f'<p>{escape(" ".join(lines))}</p><p><a href="/?language={language.code}">{on}</a></p>'

    return _page(TITLE, rest, languages, status, {"Content-Security-Policy": CLOSED_POLICY})


def invitation_page(languages: Sequence[Language]) -> Response:
    """Return the page on which somebody takes a seat by pressing a button: whatever only looks at a link takes none."""

    def rest(language: Language) -> str:
        text, button = escape(language.say(SEAT)), escape(language.say(JOIN))
        return f'<p>{text}</p><form method="post"><button>{button}</button></form>'

    # By `no-referrer` a browser would not say whose form it sends, and nothing would tell it from another site's.
    headers = {"Content-Security-Policy": FORM_POLICY, "Referrer-Policy": "strict-origin"}
    return _page(INVITED, rest, languages, 200, headers)


def _page(
    title: str,
    rest: Callable[[Language], str],
    languages: Sequence[Language],
    status: int,
    headers: Mapping[str, str],
) -> Response:
    """Return a page that says the same in each language, the reader's first."""
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


ROUTES = (Route("/join/{token:path}", look), Route("/join/{token:path}", join, methods=["POST"]))
