"""The settings: what the environment says, and what is said of a wrong one."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.signed_in import SETTINGS
from zt_planner.errors import SettingsError
from zt_planner.settings import FOR_SIGNING_IN, PREFIX, REFUSALS, SECRETS, Settings, settings, variable

ADDRESS = "postgresql://planner:hunter2@db/planner"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def refused() -> tuple[str, ...]:
    """Return what is said of the settings that are wrong, in English."""
    with pytest.raises(SettingsError) as caught:
        settings()
    return tuple(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("store", "plans.sqlite", Path("plans.sqlite")),
        ("database_connections", "40", 40),
        ("address", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - read, not served
        ("address", "::1", "::1"),
        ("port", "8080", 8080),
        ("base_path", "/planner/", "/planner"),
        ("base_path", "/tools/zt-planner", "/tools/zt-planner"),
        ("base_path", "/", ""),
        ("allowed_hosts", "Planner.example, *.office.example,", ("planner.example", "*.office.example")),
        ("trusted_proxies", "127.0.0.1,172.16.0.0/12", ("127.0.0.1", "172.16.0.0/12")),
        ("trusted_proxies", "*", ("*",)),
        ("days_kept", "30", 30),
        ("sessions_a_minute", "5", 5),
        ("link_requests_a_minute", "50", 50),
        ("calculations_at_once", "8", 8),
        ("calculations_waiting", "9", 9),
        ("upload_megabytes", "50", 50),
        ("downloads", "/srv/files", Path("/srv/files")),
        ("download_megabytes", "100", 100),
        ("log_form", "json", "json"),
        ("oidc_days", "1", 1),
        ("today", "2027-01-04", date(2027, 1, 4)),
        ("gain", "off", False),
    ],
)
def test_a_setting_is_read(monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: object) -> None:
    monkeypatch.setenv(variable(name), text)
    assert getattr(settings(), name) == value


def with_the_rest(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Set what goes with a setting, where it does not stand alone."""
    for other, value in SETTINGS.items():
        if name in FOR_SIGNING_IN and other != variable(name):
            monkeypatch.setenv(other, value)
    if name == "worker_key":
        monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", ADDRESS)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_and_not_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert getattr(settings(), name) is None
    with_the_rest(monkeypatch, name)
    monkeypatch.setenv(variable(name), ADDRESS)
    assert getattr(settings(), name).get_secret_value() == ADDRESS
    assert "hunter2" not in repr(settings())


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_stands_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{ADDRESS}\n", "utf-8")
    with_the_rest(monkeypatch, name)
    monkeypatch.setenv(f"{variable(name)}_FILE", str(file))
    assert getattr(settings(), name).get_secret_value() == ADDRESS


def test_a_secret_of_which_there_are_two_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", ADDRESS)
    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL_FILE", str(tmp_path))
    (said,) = refused()
    assert said.startswith("ZT_PLANNER_DATABASE_URL_FILE: the setting ZT_PLANNER_DATABASE_URL is there too. Remove one")
    assert "hunter2" not in said


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\xff\xfe")
    for file, reason in ((tmp_path / "none", "No such file or directory"), (broken, "UnicodeDecodeError")):
        monkeypatch.setenv("ZT_PLANNER_METRICS_TOKEN_FILE", str(file))
        (said,) = refused()
        assert said.startswith("ZT_PLANNER_METRICS_TOKEN_FILE: the file '")
        assert f"cannot be read ({reason}). Name a text file" in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("database_connections", "1"),
        ("address", "my host"),
        ("port", "http"),
        ("port", "70000"),
        ("base_path", "planner"),
        ("base_path", "/a//b"),
        ("base_path", "/../b"),
        ("base_path", '/a"b'),
        ("base_path", "/ä"),
        ("allowed_hosts", "planner.example:443"),
        ("allowed_hosts", "https://planner.example"),
        ("trusted_proxies", "proxy"),
        ("days_kept", "0"),
        ("sessions_a_minute", "-1"),
        ("link_requests_a_minute", "many"),
        ("calculations_at_once", "0"),
        ("calculations_waiting", "1.5"),
        ("upload_megabytes", "9"),
        ("download_megabytes", "99"),
        ("log_form", "xml"),
        ("today", "yesterday"),
        ("today", "1700000000"),
        ("today", "2019-12-31"),
        ("gain", "perhaps"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name_value_and_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(variable(name), text)
    (said,) = refused()
    assert said.startswith(f"{variable(name)}: '{text}' ")
    _, remedy = REFUSALS.get(name, ("", "Write a number in this range"))
    assert said.endswith(f". {remedy}.")
    assert "{" not in said


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("oidc_metadata_url", "https://login.example/realms/office/.well-known/openid-configuration", None),
        ("oidc_metadata_url", "http://127.0.0.1:9400/.well-known/openid-configuration", None),
        ("oidc_origin", "https://Planner.example/", "https://planner.example"),
        ("oidc_origin", "http://localhost:8501", None),
        ("oidc_origin", "https://[::1]:8501", None),
    ],
)
def test_a_setting_of_signing_in_is_read(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: str | None
) -> None:
    with_the_rest(monkeypatch, name)
    monkeypatch.setenv(variable(name), text)
    assert getattr(settings(), name) == (value or text)
    assert settings().signs_in


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("oidc_metadata_url", "login.example"),
        ("oidc_metadata_url", "http://login.example/.well-known/openid-configuration"),
        ("oidc_metadata_url", "file:///etc/passwd"),
        ("oidc_origin", "planner.example"),
        ("oidc_origin", "https://planner.example/planner"),
        ("oidc_origin", "https://anna@planner.example"),
    ],
)
def test_a_wrong_setting_of_signing_in_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    with_the_rest(monkeypatch, name)
    monkeypatch.setenv(variable(name), text)
    (said,) = refused()
    assert said == f"{variable(name)}: {REFUSALS[name][0].format(value=text)}. {REFUSALS[name][1]}."


def test_signing_in_that_ends_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with_the_rest(monkeypatch, "oidc_days")
    monkeypatch.setenv("ZT_PLANNER_OIDC_DAYS", "0")
    (said,) = refused()
    assert said.startswith("ZT_PLANNER_OIDC_DAYS: '0' is not a whole number")


def test_a_secret_for_cookies_that_is_too_short_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with_the_rest(monkeypatch, "oidc_cookie_secret")
    monkeypatch.setenv("ZT_PLANNER_OIDC_COOKIE_SECRET", "hunter2")
    (said,) = refused()
    assert said.startswith("ZT_PLANNER_OIDC_COOKIE_SECRET: this secret is too short. Use at least 32 characters")
    assert "hunter2" not in said


@pytest.mark.parametrize("name", FOR_SIGNING_IN)
def test_what_signing_in_needs_is_set_as_a_whole(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with_the_rest(monkeypatch, name)
    (said,) = refused()
    assert said.startswith(f"{variable(name)}: signing in needs this setting, too. Set it, or remove ZT_PLANNER_OIDC_")
    assert all(variable(other) in said for other in FOR_SIGNING_IN)


def test_a_token_that_can_be_guessed_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_METRICS_TOKEN", "hunter2")
    (said,) = refused()
    assert said.startswith("ZT_PLANNER_METRICS_TOKEN: this token is too short. Use at least 16 characters")
    assert "hunter2" not in said


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_PORT", "0")
    monkeypatch.setenv("ZT_PLANNER_GAIN", "perhaps")
    monkeypatch.setenv("ZT_PLANNER_DATABSE_URL", ADDRESS)
    monkeypatch.setenv("ZT_PLANNER_SOMETHING", "else")
    said = refused()
    assert [line.partition(":")[0] for line in said] == [
        "ZT_PLANNER_DATABSE_URL",
        "ZT_PLANNER_SOMETHING",
        "ZT_PLANNER_PORT",
        "ZT_PLANNER_GAIN",
    ]
    assert said[0].endswith("Did you mean ZT_PLANNER_DATABASE_URL?")
    assert "hunter2" not in "".join(said)


def test_what_is_left_out_is_named_beside_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZT_PLANNER_PORT", "0")
    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", "mysql://db/planner")
    with_the_rest(monkeypatch, "oidc_client_id")
    monkeypatch.delenv("ZT_PLANNER_OIDC_CLIENT_SECRET")
    monkeypatch.setenv("ZT_PLANNER_OIDC_CLIENT_SECRET_FILE", str(tmp_path / "none"))
    said = refused()
    assert {line.partition(":")[0] for line in said} == {
        "ZT_PLANNER_OIDC_CLIENT_SECRET_FILE",
        "ZT_PLANNER_DATABASE_URL",
        "ZT_PLANNER_PORT",
        "ZT_PLANNER_OIDC_CLIENT_ID",
    }
    assert len(said) == 4
    assert "ZT_PLANNER_OIDC_CLIENT_SECRET_FILE" in said[-1]


def test_a_setting_in_small_letters_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().port == 8501
    monkeypatch.setenv("zt_planner_port", "9000")
    (said,) = refused()
    assert said == "zt_planner_port: there is no such setting. Did you mean ZT_PLANNER_PORT?"


@pytest.mark.parametrize("name", SECRETS)
def test_an_empty_file_holds_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text(" \n", "utf-8")
    with_the_rest(monkeypatch, name)
    monkeypatch.setenv(f"{variable(name)}_FILE", str(file))
    (said,) = refused()
    assert said.startswith(f"{variable(name)}_FILE: the file '")
    assert said.endswith("' is empty. Write the secret into it, or remove the setting.")


def test_a_secret_that_is_wrong_in_a_file_is_named_by_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("hunter2", "utf-8")
    monkeypatch.setenv("ZT_PLANNER_METRICS_TOKEN_FILE", str(file))
    (said,) = refused()
    assert said.startswith("ZT_PLANNER_METRICS_TOKEN_FILE: this token is too short.")


@pytest.mark.parametrize(
    "text",
    [
        "mysql://db/planner",
        "postgresql://db",
        "planner",
        "postgresql://planner:hunter2@db/planner?hots=db",
        "postgresql://planner:hunter2@db/planner?sslmode=verify",
        "postgresql://planner:hunter2@db:99999/planner",
        "postgresql://planner:hunter2@db:0/planner",
        "postgresql://planner:hunter2@db/planner?sslmode=require&sslmode=verify",
    ],
)
def test_an_address_of_a_database_that_is_none_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", text)
    (said,) = refused()
    assert said.startswith("ZT_PLANNER_DATABASE_URL: this is not the address of a PostgreSQL database. Write it as")
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "options",
    [
        "sslmode=verify-full&sslrootcert=system",
        "target_session_attrs=prefer-standby",
        "gssencmode=require",
        "host=one&host=two&target_session_attrs=read-write",
        "connect_timeout=5&options=-csearch_path%3Dplanner",
    ],
)
def test_an_address_of_a_database_may_have_every_option_of_its_driver(
    monkeypatch: pytest.MonkeyPatch, options: str
) -> None:
    monkeypatch.setenv("PGHOSTADDR", "192.0.2.1")  # where nobody answers: it is not asked
    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", f"postgresql://planner:hunter2@db/planner?{options}")
    assert settings().database_url is not None


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(variable(name), "")
    assert settings() == Settings.model_construct()
