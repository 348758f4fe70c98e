"""Secrets that open a session: a participant's key, kept by the browser, and the links by which people join.

Laws: a secret has at least 128 bits; the store sees hashes only; a link's
token follows from its maker's key, so that its maker can show it again and
nobody else can; the keys of an account follow from who has signed in and from
the server's secret, so that they open its sessions on every device and are
kept on none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

from zt_planner.domain.session import AccountId, ParticipantId, Role, SessionId
from zt_planner.store.changes import KeyHash

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Key = NewType("Key", str)
"""What a participant's browser keeps in a cookie that no script can read."""
Token = NewType("Token", str)
"""What stands in a link."""

HOME_COOKIE = "zt_planner_session"
"""Keeps the key of a browser's own plan; seats that were taken by a link have cookies of their own."""
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


def cookie_of(participant: str | None) -> str:
    """Return the cookie that keeps a participant's key; None is the browser's own plan."""
    return HOME_COOKIE if participant is None else f"zt_planner_{participant}"


def seat_keys(cookies: Mapping[str, str]) -> dict[ParticipantId, Key]:
    """Return the keys that a browser keeps for seats that were taken by a link, by their participants."""
    found = {}
    for name, text in cookies.items():
        key = key_from(text)
        if key is not None and name.startswith(cookie_of("")) and name != HOME_COOKIE:
            found[ParticipantId(name.removeprefix(cookie_of("")))] = key
    return found


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


def keys_for(cookies: Mapping[str, str], account: Account | None, participant: str | None) -> tuple[Key, ...]:
    """Return the keys that may open a participant's seat, or one's own plan: the browser's first, then the account's.

    An account has a plan of its own, whatever the browser was used for before.
    """
    held = key_from(cookies.get(cookie_of(participant)))
    own = () if account is None else (account.key(participant),)
    return own if own and participant is None else (*(() if held is None else (held,)), *own)


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
