"""Joining a session by a link: `/join/<token>` sets a cookie and leads to an address without the token.

Laws: a token is in no log of ours and in no referrer; whoever asks too often
is told to wait; a link that is unknown, renewed or expired gives the same
answer, so that nobody can find sessions by trying. No secret is compared here:
the store looks its SHA-256 up, so that how long an answer takes tells nothing
about the secret itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anyio import to_thread
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.errors import SessionFull, StoreError, msgid
from zt_planner.server.headers import cookie_header, cookies_of
from zt_planner.server.refusals import both_languages, refusal_page
from zt_planner.workspace.keys import JOINED, ME, Key, Token, cookie_of, hash_of, key_from
from zt_planner.workspace.limits import Limit

if TYPE_CHECKING:
    from starlette.requests import Request

    from zt_planner.domain.session import Seat

JOINS_A_MINUTE = 30
joins = Limit(JOINS_A_MINUTE)
NO_LINK = msgid("It was renewed, or the session has ended. Ask whoever sent it for a new link.")
AWAY = msgid("The place where plans are kept does not answer. Open the link again in a minute.")
FULL = msgid("As many people as it takes have a seat in it. Ask its owner to take away those that nobody needs.")
TOO_OFTEN = msgid("Too many tries from this address. Wait a minute and open the link again.")


async def join(request: Request) -> Response:
    """Take a seat by a link, or the one that this browser has taken by it before."""
    languages = both_languages(request.headers.get("accept-language", "en"))
    address = request.client.host if request.client is not None else ""
    if not joins.allows(address):
        return refusal_page(TOO_OFTEN, languages, 429)
    secret = request.path_params["token"]
    try:
        found = await to_thread.run_sync(_seat_for, secret, cookies_of(request.scope))
    except StoreError:
        return refusal_page(AWAY, languages, 503)
    except SessionFull:
        return refusal_page(FULL, languages, 403)
    if found is None:
        return refusal_page(NO_LINK, languages, 404)
    key, seat, is_new = found
    told = f"&{JOINED}=now" if is_new else ""
    answer = RedirectResponse(f"/?{ME}={seat.participant.id}{told}", status_code=303)
    is_secure = request.url.scheme == "https"
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


def _seat_for(secret: str, cookies: dict[str, str]) -> FoundSeat | None:
    """Return the seat that a link gives: this browser's own by the same link, a new one, or a duplicate's owner's."""
    workspace = bootstrap.workspace()
    key = key_from(secret)
    if key is None:
        return None
    for name, text in cookies.items():
        held = key_from(text) if name.startswith(cookie_of("")) else None
        if held is not None and workspace.store.came_by(hash_of(held), hash_of(Token(secret))):
            seat = workspace.store.seat(hash_of(held))
            if seat is not None:
                return FoundSeat(held, seat, is_new=False)
    joined = workspace.people.join(Token(secret))
    if joined is not None:
        return FoundSeat(*joined, is_new=True)
    seat = workspace.store.seat(hash_of(key))
    return None if seat is None else FoundSeat(key, seat, is_new=False)


ROUTES = (Route("/join/{token:path}", join),)
