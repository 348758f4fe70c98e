"""Secrets that open a session: a participant's key, and the links by which people join.

Laws: a secret has at least 128 bits; the store sees hashes only; the token of a link is derived from its maker's key,
so that its maker alone can show it again; the keys of all seats of a browser are derived from the one key in its
cookie, so that the cookie does not grow with them; the keys of an account are derived from its identity and from the
server's secret, so that they open its sessions on every device and are stored on none.
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
"""The secret part of a link."""

HOME_COOKIE = "zt_planner_session"
"""Holds the key of a browser's own plan, from which those of its other seats are derived."""
GIVEN_COOKIE = "zt_planner_given_"
"""The prefix of a cookie with a key for a browser that had none; each has a name of its own, so that none replaces
another. The first of them that the browser sends becomes its own (ADR 0044)."""
GIVEN_NAME: Final = re.compile(f"{GIVEN_COOKIE}[0-9a-f]{{8}}")
"""Cookies of other programs on the same host do not match."""
ME = "me"
"""The address's parameter that names the participant."""
OWN = "own"
"""Its value for the browser's own plan, whatever session it was in last."""
SECRET_BYTES = 24
KEY_FORM = re.compile(r"[\w-]{20,64}", re.ASCII)


def new_key() -> Key:
    """Return a key of 192 bits."""
    return Key(secrets.token_urlsafe(SECRET_BYTES))


def key_from(text: str | None) -> Key | None:
    """Return the text of a cookie as a key, None if it does not have the form of one."""
    return Key(text) if text is not None and KEY_FORM.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser, by the key that its cookie keeps."""

    root: Key = field(repr=False)

    @property
    def id(self) -> BrowserId:
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
    """Somebody who has signed in."""

    id: AccountId
    name: str
    root: Key = field(repr=False)

    def key(self, participant: str | None) -> Key:
        """Return the key of one of the account's seats; None is the account's own plan."""
        return Key(_derived(self.root, participant or HOME_COOKIE))


def account_of(issuer: str, subject: str, name: str, secret: str) -> Account:
    """Return the account of a provider's `subject`; its keys are derived from the server's secret."""
    who = json.dumps([issuer, subject])
    return Account(AccountId(hashlib.sha256(who.encode()).hexdigest()), name, Key(_derived(secret, f"account {who}")))


Holder: TypeAlias = Account | Browser
"""Who holds seats: somebody who has signed in, or a browser."""


def holders_in(cookies: Mapping[str, str], account: Account | None) -> tuple[Holder, ...]:
    """Return the holders of the seats that a browser may open: itself first, then the account signed in there."""
    return tuple(holder for holder in (browser_in(cookies), account) if holder is not None)


def keys_for(cookies: Mapping[str, str], account: Account | None, participant: str | None) -> tuple[Key, ...]:
    """Return the keys that may open a participant's seat, or one's own plan: the browser's first, then the account's.

    An account has a plan of its own, whatever the browser was used for before.
    """
    holders = holders_in(cookies, account)[-1:] if participant is None else holders_in(cookies, account)
    return tuple(holder.key(participant) for holder in holders)


def new_session() -> SessionId:
    return SessionId(secrets.token_urlsafe(16))


def new_participant() -> ParticipantId:
    """Return the id of a new participant, which is part of addresses and opens nothing without the key."""
    return ParticipantId(secrets.token_hex(8))


def hash_of(secret: Key | Token) -> KeyHash:
    """Return the hash of a secret, which is all that the store keeps of it."""
    return KeyHash(hashlib.sha256(secret.encode()).hexdigest())


def token_of(key: Key, session: SessionId, role: Role, made_at: datetime) -> Token:
    """Return the token of a link that was made with a key at a time."""
    text = f"{session}/{role}/{made_at.isoformat(timespec='microseconds')}"
    return Token(_derived(key, text))


def _derived(secret: str, text: str) -> str:
    """Return a secret that is derived from another one and a text, neither of which it reveals."""
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:SECRET_BYTES]).decode()
