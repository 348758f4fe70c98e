"""People who have signed in, as their browsers show it: with a cookie that Streamlit has signed."""

from __future__ import annotations

import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from zt_planner.settings import variable
from zt_planner.workspace.keys import Account, account_of

SECRET, PROVIDER = "a secret of the server that is long enough", "https://login.example"
SETTINGS = {
    variable("oidc_metadata_url"): f"{PROVIDER}/.well-known/openid-configuration",
    variable("oidc_client_id"): "planner",
    variable("oidc_client_secret"): "the client's secret",
    variable("oidc_cookie_secret"): SECRET,
    variable("oidc_origin"): "https://planner.example",
}


def with_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people sign in."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


def account(name: str) -> Account:
    return account_of(PROVIDER, name.lower(), name, SECRET)


def cookies_of(name: str, /, secret: str = SECRET, **claims: object) -> dict[str, str]:
    """Return what a browser sends in which somebody has signed in, with what the provider says beside the name."""
    found: dict[str, str] = {}

    def signed(cookie: str, value: str) -> bytes:
        return create_signed_value(secret, cookie, value)

    def keep(cookie: str, value: str) -> None:
        found[cookie] = signed(cookie, value).decode()

    said = {"iss": PROVIDER, "sub": name.lower(), "name": name, "is_logged_in": True, **claims}
    set_cookie_with_chunks(keep, signed, USER_COOKIE_NAME, said, cookie_attr_size=80)
    return found
