"""Signing in with OpenID Connect, where the settings name a provider: what Streamlit needs for it, and who has.

Streamlit leads to the provider, checks what it says and keeps that in a signed cookie; nothing of it is stored, but for
a hash of who it is beside a seat. Law: without these settings nobody can sign in, and nothing is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zt_planner.settings import settings
from zt_planner.ui.seams import signed_in
from zt_planner.workspace.keys import Account, account_of


def secrets() -> dict[str, Any] | None:
    """Return what Streamlit reads of a provider, in memory; None where there is none."""
    given = settings()
    if given.oidc_client_secret is None or given.oidc_cookie_secret is None:
        return None
    return {
        "auth": {
            "redirect_uri": f"{given.oidc_origin}{given.base_path}/oauth2callback",
            "cookie_secret": given.oidc_cookie_secret.get_secret_value(),
            "client_id": given.oidc_client_id,
            "client_secret": given.oidc_client_secret.get_secret_value(),
            "server_metadata_url": given.oidc_metadata_url,
        }
    }


def account_in(cookies: Mapping[str, str]) -> Account | None:
    """Return the account of who has signed in with a browser, by the cookies that it sends."""
    given = settings()
    if given.oidc_cookie_secret is None:
        return None
    secret = given.oidc_cookie_secret.get_secret_value()
    said = signed_in(cookies, secret, given.oidc_days)
    if not said.get("iss") or not said.get("sub"):
        return None
    return account_of(str(said["iss"]), str(said["sub"]), str(said.get("name") or ""), secret)
