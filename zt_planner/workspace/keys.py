"""Secrets that open a session: a participant's key, and the links by which people join.

Laws: a secret has at least 128 bits; the store sees hashes only; a link's
token follows from its maker's key, so that its maker can show it again and
nobody else can; the keys of all seats of a browser follow from the one key that
its cookie keeps, so that a cookie does not grow with them; the keys of an account
follow from who has signed in and from the server's secret, so that they open its
sessions on every device and are kept on none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NewType, TypeAlias

from zt_planner.domain.session import AccountId, BrowserId, ParticipantId, Role, SessionId
from zt_planner.store.changes import KeyHash

Key = NewType("Key", str)
"""What opens a seat; that of a browser's own plan is in a cookie that no script can read."""
Token = NewType("Token", str)
"""What stands in a link."""

HOME_COOKIE = "zt_planner_session"
"""Keeps the key of a browser's own plan, from which those of its other seats follow."""
GIVEN_COOKIE = "zt_planner_given_"
"""Begins the name of a cookie with a key that a browser without one was given: a
name of its own for each, so that none replaces another. The first of them that
the browser names becomes its own (ADR 0044)."""
GIVEN_NAME: Final = re.compile(f"{GIVEN_COOKIE}[0-9a-f]{{8}}")
"""Of what other programs on the same host have set, nothing looks like it."""
ME = "me"
"""The address's parameter that names the participant."""
JOINED = "joined"
"""The address's parameter of somebody who has just taken a seat: they are asked for a name, once."""
SECRET_BYTES = 24
KEY_FORM = re.compile(r"[\w-]{20,64}", re.ASCII)


def new_key() -> Key:
    """Return a key of 192 bits."""
    return Key(secrets.token_urlsafe(SECRET_BYTES))


def key_from(text: str | None) -> Key | None:
    """Return a cookie's text as a key, None when it has not a key's form."""
    return Key(text) if text is not None and KEY_FORM.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser, by the key that its cookie keeps."""

    root: Key = field(repr=False)

    @property
    def id(self) -> BrowserId:
        """What the store knows it by."""
        return BrowserId(hash_of(self.root))

    def key(self, participant: str | None) -> Key:
        """Return the key of one of the browser's seats; None is its own plan."""
        return self.root if participant is None else Key(_derived(self.root, f"seat {participant}"))


def browser_in(cookies: Mapping[str, str]) -> Browser | None:
    """Return the browser that sends cookies; None where it has no key yet."""
    given = (text for name, text in cookies.items() if GIVEN_NAME.fullmatch(name))
    root = next(filter(None, map(key_from, (cookies.get(HOME_COOKIE), *given))), None)
    return None if root is None else Browser(root)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has signed in: what tells them from everybody else, and what they are called."""

    id: AccountId
    name: str
    root: Key = field(repr=False)

    def key(self, participant: str | None) -> Key:
        """Return the key of one of the account's seats; None is the account's own plan."""
        return Key(_derived(self.root, participant or HOME_COOKIE))


def account_of(issuer: str, subject: str, name: str, secret: str) -> Account:
    """Return the account of somebody whom a provider calls `subject`; its keys follow from the server's secret."""
    who = json.dumps([issuer, subject])
    return Account(AccountId(hashlib.sha256(who.encode()).hexdigest()), name, Key(_derived(secret, f"account {who}")))


Holder: TypeAlias = Account | Browser
"""Who holds seats: somebody who has signed in, or a browser."""


def holders_in(cookies: Mapping[str, str], account: Account | None) -> tuple[Holder, ...]:
    """Return who holds seats that a browser may open: itself first, then who has signed in there."""
    return tuple(holder for holder in (browser_in(cookies), account) if holder is not None)


def keys_for(cookies: Mapping[str, str], account: Account | None, participant: str | None) -> tuple[Key, ...]:
    """Return the keys that may open a participant's seat, or one's own plan: the browser's first, then the account's.

    An account has a plan of its own, whatever the browser was used for before.
    """
    holders = holders_in(cookies, account)[-1:] if participant is None else holders_in(cookies, account)
    return tuple(holder.key(participant) for holder in holders)


def new_session() -> SessionId:
    """Return the id of a new session."""
    return SessionId(secrets.token_urlsafe(16))


def new_participant() -> ParticipantId:
    """Return the id of a new participant: it stands in the address and opens nothing without the key."""
    return ParticipantId(secrets.token_hex(8))


def hash_of(secret: Key | Token) -> KeyHash:
    """Return what the store keeps of a secret."""
    return KeyHash(hashlib.sha256(secret.encode()).hexdigest())


def token_of(key: Key, session: SessionId, role: Role, made_at: datetime) -> Token:
    """Return the token of a link that the holder of a key made at a time."""
    text = f"{session}/{role}/{made_at.isoformat(timespec='microseconds')}"
    return Token(_derived(key, text))


def _derived(secret: str, text: str) -> str:
    """Return a secret that follows from another one and a text, and tells nobody either."""
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:SECRET_BYTES]).decode()
