"""Who has signed in: what Streamlit is told of a provider, and what its cookie says."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests.signed_in import SECRET, account, cookies_of, with_provider
from zt_planner.settings import settings
from zt_planner.ui import seams, sign_in


@pytest.fixture
def _provider(monkeypatch: pytest.MonkeyPatch) -> None:
    with_provider(monkeypatch)


def test_without_settings_nobody_signs_in() -> None:
    assert not settings().signs_in
    assert sign_in.secrets() is None
    assert sign_in.account_in(cookies_of("Anna")) is None


@pytest.mark.usefixtures("_provider")
def test_streamlit_is_told_of_the_provider_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().signs_in
    monkeypatch.setenv("ZT_PLANNER_BASE_PATH", "/planner")
    assert sign_in.secrets() == {
        "auth": {
            "redirect_uri": "https://planner.example/planner/oauth2callback",
            "cookie_secret": SECRET,
            "client_id": "planner",
            "client_secret": "the client's secret",
            "server_metadata_url": "https://login.example/.well-known/openid-configuration",
        }
    }


@pytest.mark.usefixtures("_provider")
@pytest.mark.parametrize("groups", [[], [sha256(b"%d" % number).hexdigest() for number in range(200)]])
def test_who_has_signed_in_is_known_by_their_cookie_of_any_length(groups: list[str]) -> None:
    cookies = cookies_of("Anna", groups=groups)
    assert len(cookies) > 1 or not groups
    assert sign_in.account_in(cookies) == account("Anna")


@pytest.mark.usefixtures("_provider")
def test_a_cookie_of_another_server_one_that_was_changed_and_an_incomplete_one_are_nobodys() -> None:
    cookies = cookies_of("Anna")
    ((name, value),) = cookies.items()
    wrong = [
        {},
        {name: ""},
        {name: value[:-1]},
        {name: f"x{value}"},
        {"zt_planner_session": value},
        cookies_of("Anna", "another secret of another server"),
        cookies_of("Anna", iss=None),
        cookies_of("Anna", sub=""),
    ]
    assert [sign_in.account_in(sent) for sent in wrong] == [None] * len(wrong)


@pytest.mark.usefixtures("_provider")
def test_a_sign_in_ends_after_the_days_that_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_000_000_000)
    cookies = cookies_of("Anna")
    for days, is_known in ((6.9, True), (7.1, False)):
        monkeypatch.setattr("time.time", lambda days=days: 1_000_000_000 + days * 86_400)
        assert (sign_in.account_in(cookies) is not None) is is_known
    monkeypatch.setenv("ZT_PLANNER_OIDC_DAYS", "8")
    assert sign_in.account_in(cookies) == account("Anna")


def test_somebody_without_a_name_is_known_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with_provider(monkeypatch)
    found = sign_in.account_in(cookies_of("Anna", name=None))
    assert found is not None
    assert (found.id, found.name) == (account("Anna").id, "")


def test_what_streamlit_keeps_of_who_signs_in_is_read_as_it_was_written() -> None:
    assert seams.signed_in(cookies_of("Anna"), SECRET, 1)["sub"] == "anna"
    assert seams.signed_in({}, SECRET, 1) == {}
