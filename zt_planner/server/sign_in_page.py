"""What is said where a provider cannot be asked: Streamlit would answer with two words, and no way back."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.errors import msgid
from zt_planner.server.join import every_language, refusal_page
from zt_planner.ui.seams import LOGIN_ADDRESS

TITLE = msgid("Signing in does not work at the moment")
AWAY = msgid("The provider does not answer. Try again in a minute; you can plan without signing in meanwhile.")
REFUSED = 400
"""What Streamlit answers then."""


class SignInTroubles:
    """Says on a page of ours that signing in does not work."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap another ASGI application."""
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
            await refusal_page(AWAY, languages, 503, TITLE)(scope, receive, send)
