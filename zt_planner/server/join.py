"""Joining a session by a link: `/join/<token>` asks, a press on its button takes a seat and leads on.

Taking a seat leads to an address without the token, and sets the browser's cookie. Laws: whatever only looks at a link
(a preview of it in a chat, `HEAD`, a browser that loads pages ahead) takes no seat; a token is in no log of ours and in
no referrer; too many attempts are refused until some come back, and with useless tokens sooner; a link that is unknown,
renewed or expired gives the same answer, so that nobody can find sessions by trying. No secret is compared here: the
store looks its SHA-256 up, so that how long an answer takes tells nothing about the secret itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from html import escape
from typing import NamedTuple

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.domain.session import NAME_LENGTH, Seat
from zt_planner.errors import SeatsFull, SessionFull, StoreError, TextRefused, msgid
from zt_planner.language import Language, Text, Words, sentences
from zt_planner.server.http.headers import cookies_keeping, cookies_of
from zt_planner.server.http.policy import CLOSED_POLICY, FORM_POLICY
from zt_planner.server.message_pages import every_language, message_page, refusal_page
from zt_planner.store.changes import NameNeeded
from zt_planner.topics.error_texts import explain
from zt_planner.ui.addresses import JOIN
from zt_planner.ui.sign_in import account_in
from zt_planner.workspace.keys import ME, Browser, Holder, Token, hash_of, holders_in, key_from, new_key

NO_LINK = msgid("The link was renewed, or the session has ended. Ask the person who sent it for a new one.")
AWAY = msgid("The plan store is not available. Open the link again in a minute.")
TOO_OFTEN = msgid("Too many attempts from this address. Wait a minute and open the link again.")
INVITED = msgid("You are invited to a planning session")
SEAT = msgid("The others will see that you have joined. This browser remembers your seat.")
JOIN_BUTTON = msgid("Join the planning session")
LOBBY = msgid("An owner of this session lets in who joins, by the name that you give.")
NAME_OR_NONE = msgid("Your name (leave it empty to stay a guest)")
WHO, NAME, ASK = msgid("Who are you?"), msgid("Your name"), msgid("Ask to join")
WAITING = msgid("Waiting to be let in")
TOLD = msgid("The owner of the session has been told. This page goes on by itself as soon as you are let in.")
TURNED_AWAY = msgid("You were not let in, or the link was renewed. Ask the person who sent it.")
ASKED = "asked"
"""The parameter of the address of somebody who has asked to join, and is told if they are turned away."""
LOBBY_ASKS = "lobby"
"""The button of a form by which somebody has asked to be let in."""
SECONDS_BETWEEN_LOOKS = 5
FORM_HEADERS = {"Content-Security-Policy": FORM_POLICY, "Referrer-Policy": "strict-origin"}
"""By `no-referrer` a browser would not say whose form it sends, and nothing would tell it from another site's."""


async def look(request: Request) -> Response:
    """Redirect to the seat that this browser has by the link; invite all others."""
    return await _answer(request, _held, _invitation)


async def join(request: Request) -> Response:
    """Take a seat by a link, or the one that this browser has by it; where there is a lobby, wait for one."""
    try:
        name = str((await request.form()).get("name", "")).strip()
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    return await _answer(request, partial(_taken, name), _no_seat)


async def _answer(
    request: Request,
    seat_by: Callable[[str, Sequence[Holder]], FoundSeat | Waits | None],
    otherwise: Callable[[Request, Sequence[Language]], Awaitable[Response]],
) -> Response:
    """Return the redirect to a seat, or the page that says why there is none."""
    languages, address = every_language(request.headers.get("accept-language", "en")), _address(request)
    limit = bootstrap.workspace().link_limit
    if not await to_thread.run_sync(limit.allows, address):
        return _later(request, TOO_OFTEN, languages, 429)
    cookies = cookies_of(request.scope)
    try:
        holders = holders_in(cookies, account_in(cookies))
        seat = await to_thread.run_sync(seat_by, request.path_params["token"], holders)
    except StoreError:
        return _later(request, AWAY, languages, 503)
    except (SessionFull, SeatsFull) as full:
        return refusal_page(full, languages, 403)
    except (NameNeeded, TextRefused) as why:
        lines = explain(why) if isinstance(why, TextRefused) else (Text(LOBBY),)
        has_lobby = isinstance(why, NameNeeded) or LOBBY_ASKS in await request.form()
        return (name_page if has_lobby else invitation_page)(lines, languages)
    if isinstance(seat, Waits) and seat.holder is None:
        await to_thread.run_sync(limit.give_back, address)  # its page asks again by itself, and takes nobody's turn
        return waiting_page(languages)
    return await (otherwise(request, languages) if seat is None else _redirect(request, seat))


def _later(request: Request, why: str, languages: Sequence[Language], status: int) -> Response:
    """Return a page about a passing problem; it reloads itself, as somebody may be waiting on it."""
    answer = refusal_page(why, languages, status)
    if request.method == "GET":
        answer.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return answer


async def _invitation(request: Request, languages: Sequence[Language]) -> Response:
    """Return the invitation; or say that the link cannot be one, or that its visitor was turned away."""
    if ASKED in request.query_params:
        return refusal_page(TURNED_AWAY, languages, 403)
    if key_from(request.path_params["token"]) is None:
        return await _no_seat(request, languages)
    return invitation_page((), languages, asks_name=account_in(cookies_of(request.scope)) is None)


async def _no_seat(request: Request, languages: Sequence[Language]) -> Response:
    """Say that a link opens nothing, and count it."""
    if not await to_thread.run_sync(bootstrap.workspace().invalid_link_limit.allows, _address(request)):
        return refusal_page(TOO_OFTEN, languages, 429)
    return refusal_page(NO_LINK, languages, 404)


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""


async def _redirect(request: Request, held: FoundSeat | Waits) -> Response:
    """Return the redirect to a seat, or to the page on which one waits for it, with the cookie of its browser."""
    if isinstance(held, Waits):
        way = f"{JOIN}{request.path_params['token']}?{ASKED}=now"
    else:
        way = f"/?{ME}={held.seat.participant.id}"
    answer = RedirectResponse(way, status_code=303, headers={"Cache-Control": "no-store"})
    if isinstance(held.holder, Browser):
        for cookie in await cookies_keeping(held.holder, request.scope):
            answer.headers.append("Set-Cookie", cookie)
    return answer


class FoundSeat(NamedTuple):
    """A seat, and who holds it."""

    seat: Seat
    holder: Holder


class Waits(NamedTuple):
    """Somebody waits to be let in; `holder` only if they have just asked."""

    holder: Holder | None = None


def _held(secret: str, holders: Sequence[Holder]) -> FoundSeat | Waits | None:
    """Return the seat by a link that one of the holders has or waits for."""
    store, token = bootstrap.workspace().store, hash_of(Token(secret))
    if key_from(secret) is None:
        return None
    for holder in reversed(holders or (Browser(new_key()),)):  # who is new here asks, too: the store may be away
        seat = store.held_seats.by_link(holder.id, token)
        if seat is not None:
            return FoundSeat(seat, holder)
    return Waits() if any(store.held_seats.waits(holder.id, token) for holder in holders) else None


def _taken(name: str, secret: str, holders: Sequence[Holder]) -> FoundSeat | Waits | None:
    """Return the seat by a link that is held already, otherwise a new one, or that somebody waits for it."""
    held = _held(secret, holders)
    if held is not None or key_from(secret) is None:
        return held
    people, holder = bootstrap.workspace().people, holders[-1] if holders else Browser(new_key())
    try:
        joined = people.join(Token(secret), name, holder)
    except NameNeeded:  # who has signed in has one
        people.ask(Token(secret), name, holder)
        return Waits(holder)
    return None if joined is None else FoundSeat(joined[1], holder)


def invitation_page(why: Sequence[Words], languages: Sequence[Language], *, asks_name: bool = True) -> Response:
    """Return the page with the button that takes a seat; whoever has signed in has a name."""

    def rest(language: Language) -> str:
        text, button = escape(language.write(sentences(*why, Text(SEAT)))), escape(language.say(JOIN_BUTTON))
        name = escape(language.say(NAME_OR_NONE))
        field = f'<input name="name" autocomplete="name" maxlength="{NAME_LENGTH}">'
        asked = f"<label>{name} {field}</label> " if asks_name else ""
        return f'<p>{text}</p><form method="post">{asked}<button>{button}</button></form>'

    return message_page(INVITED, rest, languages, 200, FORM_HEADERS)


def name_page(why: Sequence[Words], languages: Sequence[Language]) -> Response:
    """Return the page that asks for the name that the owners see."""

    def rest(language: Language) -> str:
        text, name = escape(language.write(sentences(*why))), escape(language.say(NAME))
        field = f'<input name="name" autocomplete="name" required maxlength="{NAME_LENGTH}">'
        button = f'<button name="{LOBBY_ASKS}">{escape(language.say(ASK))}</button>'
        return f'<p>{text}</p><form method="post"><label>{name} {field}</label> {button}</form>'

    return message_page(WHO, rest, languages, 200, FORM_HEADERS)


def waiting_page(languages: Sequence[Language]) -> Response:
    """Return the page on which somebody waits; it reloads itself."""
    headers = {"Content-Security-Policy": CLOSED_POLICY, "Refresh": str(SECONDS_BETWEEN_LOOKS)}
    return message_page(WAITING, lambda language: f"<p>{escape(language.say(TOLD))}</p>", languages, 200, headers)


ROUTES = (Route(f"{JOIN}{{token:path}}", look), Route(f"{JOIN}{{token:path}}", join, methods=["POST"]))
