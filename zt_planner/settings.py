"""The settings: environment variables that begin with `ZT_PLANNER_`, read and checked together.

A field's variable is its name in capitals, after that prefix; a secret can stand in a file that `..._FILE` names
(a container's secret). Laws: wrong settings are refused all at once, each with its name, its value and what to do;
a secret's value is in no message; a name that is no setting is refused, so that a misspelt one is not ignored.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from annotated_types import Ge, Le
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from zt_planner.defaults import (
    CALCULATIONS_AT_ONCE,
    CALCULATIONS_WAITING,
    DATABASE_CONNECTIONS,
    LINK_REQUESTS_A_MINUTE,
    SESSIONS_A_MINUTE,
)
from zt_planner.domain.session import DAYS_KEPT
from zt_planner.errors import FieldProblem, SettingsError, msgid
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PREFIX, OF_A_FILE = "ZT_PLANNER_", "_FILE"
FIRST_TODAY, LAST_TODAY = date(2020, 1, 1), date(2099, 12, 31)
"""The days on which a plan can be made: its default start lies two months later, 2020 to 2100."""
HOST = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[?[0-9A-Fa-f:.]+\]?"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names by which a computer reaches itself only."""


def _listed(text: object) -> object:
    """Split names at commas."""
    return tuple(filter(None, (name.strip() for name in text.split(",")))) if isinstance(text, str) else text


def _host(name: str) -> str:
    """Check the name of a host, or a pattern such as *.example; return it in lower case."""
    if not re.fullmatch(HOST, name.removeprefix("*.")):
        raise ValueError
    return name.lower()


def _network(name: str) -> str:
    if name != "*":
        ip_network(name)
    return name


def _base(path: str) -> str:
    """Return a path without the slash at its end; only letters, digits, and . _ ~ - may stand between slashes."""
    path = path.rstrip("/")
    if not re.fullmatch(r"(/(?!\.+(/|$))[\w.~-]+)*", path, re.ASCII):
        raise ValueError
    return path


def _database(secret: SecretStr) -> SecretStr:
    from zt_planner.store.database import database_url  # noqa: PLC0415 - most commands need no database

    database_url(secret.get_secret_value())
    return secret


def _metadata_url(text: str) -> str:
    """Check the address of a provider's metadata: with TLS, except on this machine."""
    parts = urlsplit(text)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise ValueError
    return text


def _origin(text: str) -> str:
    """Return scheme, host and port as a browser writes them."""
    match = re.fullmatch(r"(https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d+)?)/?", text.lower(), re.ASCII)
    if match is None:
        raise ValueError
    return match[1]


Host = Annotated[str, AfterValidator(_host)]
Network = Annotated[str, AfterValidator(_network)]
Day = Annotated[date, BeforeValidator(lambda text: date.fromisoformat(text) if isinstance(text, str) else text)]


class Settings(BaseSettings):
    """The settings; docs/command-line.md has a line for each."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True)

    store: Path | None = None
    database_url: Annotated[SecretStr, AfterValidator(_database)] | None = None
    database_connections: int = Field(DATABASE_CONNECTIONS, ge=2, le=200)
    address: Host = "127.0.0.1"
    port: int = Field(8501, ge=1, le=65_535)
    base_path: Annotated[str, AfterValidator(_base)] = ""
    allowed_hosts: Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_listed)] = ()
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = ()
    days_kept: int = Field(DAYS_KEPT, ge=1, le=365)
    sessions_a_minute: int = Field(SESSIONS_A_MINUTE, ge=1, le=10_000)
    link_requests_a_minute: int = Field(LINK_REQUESTS_A_MINUTE, ge=1, le=10_000)
    calculations_at_once: int = Field(CALCULATIONS_AT_ONCE, ge=1, le=64)
    calculations_waiting: int = Field(CALCULATIONS_WAITING, ge=1, le=1_000)
    worker_key: Annotated[SecretStr, Field(min_length=32)] | None = None
    upload_megabytes: int = Field(200, ge=10, le=10_000)
    downloads: Path | None = None
    download_megabytes: int = Field(500, ge=100, le=100_000)
    log_form: Literal["text", "json"] = "text"
    metrics_token: Annotated[SecretStr, Field(min_length=16)] | None = None
    oidc_metadata_url: Annotated[str, AfterValidator(_metadata_url)] | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_cookie_secret: Annotated[SecretStr, Field(min_length=32)] | None = None
    oidc_origin: Annotated[str, AfterValidator(_origin)] | None = None
    oidc_days: int = Field(7, ge=1, le=30)
    today: Day | None = Field(None, ge=FIRST_TODAY, le=LAST_TODAY)
    gain: bool = True

    @property
    def signs_in(self) -> bool:
        """Tell whether people can sign in: either all settings of it are set, or none."""
        return self.oidc_metadata_url is not None


REFUSALS: Mapping[str, tuple[str, str]] = {
    "database_url": (
        msgid("this is not the address of a PostgreSQL database"),  # which may hold a password: not shown
        msgid("Write it as postgresql://user:password@host/database"),
    ),
    "address": (
        msgid("'{value}' is not an address"),
        msgid("Write 127.0.0.1 for this machine only, or 0.0.0.0 for the network"),
    ),
    "base_path": (msgid("'{value}' is not a path"), msgid("Write it as /planner")),
    "allowed_hosts": (
        msgid("'{value}' are not names of hosts"),
        msgid("Write them without ports, separated by commas, as in planner.example, *.office.example"),
    ),
    "trusted_proxies": (
        msgid("'{value}' are not addresses or networks"),
        msgid("Write them separated by commas, as in 127.0.0.1, 172.16.0.0/12"),
    ),
    "log_form": (msgid("'{value}' is not a form of the log"), msgid("Write text or json")),
    "metrics_token": (
        msgid("this token is too short"),
        msgid("Use at least 16 characters that nobody can guess, or remove the setting"),
    ),
    "worker_key": (msgid("this secret is too short"), msgid("Use at least 32 characters that nobody can guess")),
    "oidc_metadata_url": (
        msgid("'{value}' is not the address of a provider"),
        msgid("Write it as https://login.example/.well-known/openid-configuration"),
    ),
    "oidc_cookie_secret": (
        msgid("this secret is too short"),
        msgid("Use at least 32 characters that nobody can guess"),
    ),
    "oidc_origin": (
        msgid("'{value}' is not an address without a path"),
        msgid("Write the address shown in the browser, as in https://planner.example"),
    ),
    "today": (msgid("'{value}' is not a day from {first} to {last}"), msgid("Write the date as 2027-01-04")),
    "gain": (msgid("'{value}' is neither on nor off"), msgid("Write on or off")),
}
"""Of settings that are not whole numbers: what is wrong, and what to do."""
FOR_SIGNING_IN = tuple(
    f"oidc_{name}" for name in ("metadata_url", "client_id", "client_secret", "cookie_secret", "origin")
)
"""What signing in needs: all of it, or nothing."""
SECRETS = tuple(name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation))


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def settings() -> Settings:
    """Return the settings, read again where the environment has changed; raise SettingsError for wrong ones."""
    return _read(frozenset((name, os.environ[name]) for name in os.environ if name.upper().startswith(PREFIX)))


@lru_cache(maxsize=8)
def _read(given: frozenset[tuple[str, str]]) -> Settings:
    """Read the variables, which are the key of the cache."""
    sent = dict(given)
    problems = list(_unknown(sent))
    secrets: dict[str, Any] = {}
    for name in SECRETS:
        try:
            secrets |= _from_file(name, sent)
        except SettingsError as error:
            problems += error.problems
    checked = None
    try:
        checked = Settings(**secrets)
    except ValidationError as error:
        problems += (_refusal(fault, sent) for fault in _first_faults(error))
    problems += (*_left_out(sent), *_without_queue(sent))
    if checked is None or problems:
        raise SettingsError(tuple(problems))
    return checked


def _as_set(name: str, sent: Mapping[str, str]) -> str:
    """Return the variable that sets a setting: its own, or the one that names a file; "" where none does."""
    own = variable(name)
    return next((one for one in (own, own + OF_A_FILE) if sent.get(one)), "")


def _left_out(sent: Mapping[str, str]) -> Iterator[FieldProblem]:
    """Yield the settings that signing in needs, too, where some of them are set."""
    others = [_as_set(name, sent) for name in FOR_SIGNING_IN if _as_set(name, sent)]
    for name in FOR_SIGNING_IN if others else ():
        if not _as_set(name, sent):
            problem, remedy = msgid("signing in needs this setting, too"), msgid("Set it, or remove {others}")
            yield FieldProblem(variable(name), problem, remedy, {"others": ", ".join(others)})


def _without_queue(sent: Mapping[str, str]) -> Iterator[FieldProblem]:
    """Yield the key of workers where there is no database that could have a queue for them."""
    named = _as_set("worker_key", sent)
    if named and not _as_set("database_url", sent):
        problem, remedy = msgid("workers take calculations from PostgreSQL, and none is set"), msgid("Set {name}")
        yield FieldProblem(named, problem, remedy, {"name": variable("database_url")})


def _unknown(sent: Mapping[str, str]) -> Iterator[FieldProblem]:
    """Yield the unknown variables, each with the setting that may be meant."""
    known = {*map(variable, Settings.model_fields), *(variable(name) + OF_A_FILE for name in SECRETS)}
    for name in sorted(set(sent) - known):
        near = get_close_matches(name.upper(), known, 1)
        remedy = msgid("Did you mean {name}?") if near else msgid("Remove it; docs/command-line.md lists the settings")
        yield FieldProblem(shortened(name), msgid("there is no such setting"), remedy, {"name": "".join(near)})


def _from_file(name: str, sent: Mapping[str, str]) -> dict[str, str]:
    """Return a secret from its file by its name, empty where no file is named."""
    named = variable(name) + OF_A_FILE
    file = sent.get(named)
    if not file:
        return {}
    if sent.get(variable(name)):
        problem, remedy = msgid("the setting {name} is there too"), msgid("Remove one of the two")
        raise SettingsError((FieldProblem(named, problem, remedy, {"name": variable(name)}),))
    try:
        text = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problem = msgid("the file '{value}' cannot be read ({reason})")
        values = {"value": shortened(file), "reason": getattr(error, "strerror", "") or type(error).__name__}
        remedy = msgid("Name a text file that this account may read")
        raise SettingsError((FieldProblem(named, problem, remedy, values),)) from None
    if not text:
        problem, remedy = msgid("the file '{value}' is empty"), msgid("Write the secret into it, or remove the setting")
        raise SettingsError((FieldProblem(named, problem, remedy, {"value": shortened(file)}),))
    return {name: text}


def _first_faults(error: ValidationError) -> Iterator[ErrorDetails]:
    """Yield one fault of each setting."""
    seen = set()
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        if fault["loc"][0] not in seen:
            seen.add(fault["loc"][0])
            yield fault


def _refusal(fault: ErrorDetails, sent: Mapping[str, str]) -> FieldProblem:
    """Say what is wrong with a setting, and what to do."""
    name = str(fault["loc"][0])
    number = msgid("'{value}' is not a whole number from {first} to {last}"), msgid("Write a number in this range")
    problem, remedy = REFUSALS.get(name, number)
    bounds = Settings.model_fields[name].metadata
    first = next((bound.ge for bound in bounds if isinstance(bound, Ge)), "")
    last = next((bound.le for bound in bounds if isinstance(bound, Le)), "")
    shown = "" if name in SECRETS else shortened(sent.get(variable(name), ""))
    path = _as_set(name, sent) or variable(name)
    return FieldProblem(path, problem, remedy, {"value": shown, "first": first, "last": last})
