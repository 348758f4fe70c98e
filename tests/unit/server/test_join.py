"""Joining by a link: who gets a seat, what the browser keeps, and what nobody is told."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from tests.limited import Clock
from tests.signed_in import account, cookies_of, with_provider
from tests.unit.server.asgi import ADDRESS, HOST, Answer, ask, send_form
from tests.unit.server.house import House
from zt_planner.defaults import INVALID_LINKS_A_MINUTE, SECONDS
from zt_planner.domain.session import DAYS_KEPT, NAME_LENGTH, ParticipantId, Role
from zt_planner.language import LanguageCode
from zt_planner.server import MIDDLEWARE, join
from zt_planner.store.backup import write_backup
from zt_planner.workspace.keys import HOME_COOKIE, Key, Token, browser_in, hash_of, new_key
from zt_planner.workspace.sharing import people

APP = Starlette(routes=list(join.ROUTES), middleware=list(MIDDLEWARE))
LOCATION = "/?me="


def opened(
    token: str,
    cookies: Mapping[str, str] | None = None,
    *,
    scheme: str = "http",
    address: str = ADDRESS,
    method: str = "POST",
) -> Answer:
    """Open a link and press the button."""
    headers = {"x-request-id": "the-same-for-all"}
    return ask(APP, f"/join/{token}", cookies=cookies, headers=headers, scheme=scheme, address=address, method=method)


def looked_at(token: str, cookies: Mapping[str, str] | None = None, *, method: str = "GET") -> Answer:
    """Open a link, and press nothing."""
    return opened(token, cookies, method=method)


def seated(answer: Answer) -> tuple[ParticipantId, Key]:
    """Return who has joined, and the key that their browser has."""
    assert answer.status == 303
    location = answer.header("location") or ""
    assert location.startswith(LOCATION)
    me = ParticipantId(location.removeprefix(LOCATION))
    browser = browser_in(cookies_after(answer))
    assert browser is not None
    return me, browser.key(me)


def cookies_after(answer: Answer) -> dict[str, str]:
    """Return what the browser sends from now on."""
    return {name: morsel.value for name, morsel in answer.cookies.items()}


def test_a_link_gives_a_seat_in_its_role(house: House) -> None:
    for role in Role:
        me, key = seated(opened(house.link(role)))
        participant = house.seat(key).participant
        assert (participant.id, participant.role) == (me, role)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_lasts_as_long_as_a_session(house: House) -> None:
    answer = opened(house.link(Role.EDITOR))
    cookie = answer.cookies[HOME_COOKIE]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) == DAYS_KEPT * 24 * 3600
    assert not cookie["secure"]
    house.workspace.people.set_rules(house.owner, days_kept=365)
    answer = opened(house.link(Role.EDITOR))
    assert int(answer.cookies[HOME_COOKIE]["max-age"]) == 365 * 24 * 3600


def test_behind_tls_the_cookie_is_never_sent_without_it(house: House) -> None:
    answer = opened(house.link(Role.EDITOR), scheme="https")
    assert answer.cookies[HOME_COOKIE]["secure"] is True


def test_the_token_is_in_no_address_and_no_cookie_afterwards(house: House) -> None:
    token = house.link(Role.EDITOR)
    answer = opened(token)
    assert token not in str(answer)
    assert answer.header("referrer-policy") == "no-referrer"
    assert answer.header("cache-control") == "no-store"


def test_the_database_holds_neither_keys_nor_tokens(house: House) -> None:
    token = house.link(Role.EDITOR)
    answer = opened(token)
    _, key = seated(answer)
    root = cookies_after(answer)[HOME_COOKIE]
    kept = BytesIO()
    write_backup(house.store.database, kept)
    text = gzip.decompress(kept.getvalue()).decode()
    assert {secret in text for secret in (token, key, root, house.key)} == {False}
    assert {hash_of(secret) in text for secret in (token, key, house.key)} == {True}


def test_the_same_browser_gets_its_seat_again_by_the_same_link(house: House) -> None:
    token = house.link(Role.EDITOR)
    first = opened(token)
    again = opened(token, cookies_after(first))
    assert seated(again) == seated(first)


def test_the_name_that_is_given_with_the_press_is_the_seats_and_may_be_left_empty(house: House) -> None:
    for given, name in (("Nina Roth", "Nina Roth"), ("  ", ""), ("", "")):
        _, key = seated(send_form(APP, f"/join/{house.link(Role.EDITOR)}", {"name": given}))
        assert house.seat(key).participant.name == name


def test_a_name_that_cannot_be_shown_is_asked_for_again_and_takes_no_seat(house: House) -> None:
    before = len(house.store.seats.people(house.seat(house.key).participant.session))
    answer = send_form(APP, f"/join/{house.link(Role.EDITOR)}", {"name": "x" * (NAME_LENGTH + 1)})
    assert answer.status == 200
    assert "Join the planning session" in answer.body, "nobody has asked for a name"
    assert "cannot be a name" in answer.body
    assert len(house.store.seats.people(house.seat(house.key).participant.session)) == before


def test_another_browser_gets_a_seat_of_its_own(house: House) -> None:
    token = house.link(Role.EDITOR)
    assert seated(opened(token))[0] != seated(opened(token))[0]


def expired(house: House, token: Token) -> Token:
    """End the session by not using it."""
    later = datetime.now(UTC) + timedelta(days=DAYS_KEPT + 1)
    assert [house.store.sessions.delete_expired(now) for now in (later, later + timedelta(days=1))] == [0, 1]
    return token


def renewed(house: House, token: Token) -> Token:
    """Make the link anew; the old one is of no use."""
    assert house.link(Role.EDITOR) != token
    return token


@pytest.mark.parametrize("case", ["renewed", "expired", "empty", "short", "long", "other signs", "a key's hash"])
def test_a_link_that_does_not_hold_gets_the_answer_of_an_unknown_one(house: House, case: str) -> None:
    unknown = opened(new_key())
    token = house.link(Role.EDITOR)
    tokens: dict[str, Callable[[], str]] = {
        "renewed": lambda: renewed(house, token),
        "expired": lambda: expired(house, token),
        "empty": lambda: "",
        "short": lambda: "a",
        "long": lambda: "a" * 5000,
        "other signs": lambda: "../../<script>alert(1)</script>",
        "a key's hash": lambda: hash_of(token),
    }
    answer = opened(tokens[case]())
    assert unknown.status == 404
    assert answer == unknown
    assert "This link does not open a session" in answer.body


def test_a_seat_that_ended_with_its_link_is_not_given_again(house: House) -> None:
    token = house.link(Role.EDITOR)
    first = opened(token)
    house.link(Role.EDITOR)
    assert opened(token, cookies_after(first)).status == 404


# Looking at a link


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whatever_only_looks_at_a_link_takes_no_seat(house: House, method: str) -> None:
    token = house.link(Role.EDITOR)
    before = house.store.seats.people(house.seat(house.key).participant.session)
    answer = looked_at(token, method=method)
    assert (answer.status, dict(answer.cookies), answer.header("location")) == (200, {}, None)
    assert house.store.seats.people(house.seat(house.key).participant.session) == before
    assert opened(token).status == 303


def test_an_invitation_has_a_button_that_needs_no_script_and_works_here_only(house: House) -> None:
    token = house.link(Role.EDITOR)
    answer = looked_at(token)
    # One in each language, to this address, each with one field for the name, which may stay empty.
    assert answer.body.count('<form method="post"><label>') == answer.body.count("<button>") == len(LanguageCode)
    assert answer.body.count('<input name="name"') == answer.body.count("<input") == len(LanguageCode)
    assert "required" not in answer.body
    assert "<script" not in answer.body
    assert token not in answer.body
    policy = (answer.header("content-security-policy") or "").split("; ")
    assert {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(policy)
    # With `no-referrer` a browser would send "Origin: null" with the form, which is refused.
    assert answer.header("referrer-policy") == "strict-origin"
    assert answer.header("cache-control") == "no-store"


def test_whoever_goes_away_while_their_form_is_sent_takes_no_seat(house: House) -> None:
    path = f"/join/{house.link(Role.EDITOR)}"

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def with_half_a_form(scope: Scope, _receive: Receive, send: Send) -> None:
        await APP(scope, gone, send)

    told = {"content-type": "application/x-www-form-urlencoded", "content-length": "100"}
    assert ask(with_half_a_form, path, headers=told, method="POST").status == 400
    assert len(house.workspace.people.everyone(house.owner)) == 1


def test_a_form_of_another_site_takes_no_seat(house: House) -> None:
    token = house.link(Role.EDITOR)
    sent = {"origin": "https://evil.example"}
    assert ask(APP, f"/join/{token}", method="POST", headers=sent).status == 403
    assert ask(APP, f"/join/{token}", method="POST", headers={"origin": f"http://{HOST}"}).status == 303


def test_a_browser_that_has_its_seat_is_not_asked_again(house: House) -> None:
    token = house.link(Role.EDITOR)
    first = opened(token)
    again = looked_at(token, cookies_after(first))
    assert seated(again) == seated(first)
    house.link(Role.EDITOR)
    assert looked_at(token, cookies_after(first)).status == 200  # the seat has ended with its link


def test_looking_at_a_link_tells_nothing_about_it(house: House) -> None:
    assert looked_at(house.link(Role.EDITOR)) == looked_at(new_key())


def test_what_cannot_be_a_link_is_said_at_once(house: House) -> None:
    assert looked_at("short") == opened(new_key())
    assert "This link does not open a session" in looked_at("short").body
    assert house.link(Role.EDITOR) not in looked_at("short").body


# How often


@pytest.mark.extended
@pytest.mark.usefixtures("clock")
def test_a_room_full_of_people_behind_one_address_gets_in_within_a_minute(house: House) -> None:
    token = house.link(Role.VIEWER)
    for _ in range(INVALID_LINKS_A_MINUTE + 10):  # somebody among them tries their luck meanwhile
        opened(new_key())
    assert [(looked_at(token).status, opened(token).status) for _ in range(40)] == [(200, 303)] * 40


@pytest.mark.extended
def test_whoever_tries_useless_links_is_told_to_wait(house: House, clock: Clock) -> None:
    assert [opened(new_key()).status for _ in range(31)] == [404] * 30 + [429]
    token = house.link(Role.EDITOR)
    refused = opened(new_key())
    assert (refused.status, token in refused.body) == (429, False)
    assert opened(new_key(), address="203.0.113.8").status == 404
    clock.now = SECONDS
    assert opened(new_key()).status == 404


def test_whoever_asks_without_end_is_told_to_wait(house: House, clock: Clock) -> None:
    house.workspace.link_limit.most = 3
    token = house.link(Role.EDITOR)
    assert [looked_at(token).status for _ in range(4)] == [200, 200, 200, 429]
    assert opened(token).status == 429
    assert opened(token, address="203.0.113.8").status == 303
    clock.now = SECONDS
    assert opened(token).status == 303


def test_a_session_takes_so_many_people_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_SEATS", 3)
    token = house.link(Role.EDITOR)
    answers = [opened(token) for _ in range(3)]
    assert [answer.status for answer in answers] == [303, 303, 403]
    assert token not in answers[-1].body
    assert "This session is full. Ask the owner to remove unused seats." in answers[-1].body
    assert opened(token, cookies_after(answers[0])).status == 303  # who has a seat keeps it
    house.workspace.people.remove(house.owner, ParticipantId(seated(answers[1])[0]))
    assert opened(token).status == 303


def test_a_store_that_is_away_is_said_so_and_the_link_works_when_it_is_back(house: House) -> None:
    token = house.link(Role.EDITOR)
    house.store.database.is_broken = True
    assert looked_at(token).status == 503
    answer = opened(token)
    assert answer.status == 503
    assert "The plan store is not available" in answer.body
    assert "it is away" not in answer.body
    assert token not in answer.body
    house.store.database.is_broken = False
    assert opened(token).status == 303


@pytest.mark.usefixtures("house")
def test_the_answer_is_in_the_readers_language_and_loads_nothing() -> None:
    german = {"accept-language": "de-AT,de;q=0.9"}
    answer = ask(APP, f"/join/{new_key()}", headers=german, method="POST")
    assert answer.body.index("Dieser Link") < answer.body.index("This link")
    assert '<html lang="de">' in answer.body
    assert answer.body.index('href="/?me=own&amp;language=de"') < answer.body.index('href="/?me=own&amp;language=en"')
    assert (answer.header("content-security-policy") or "").startswith("default-src 'none'")
    invitation = ask(APP, f"/join/{new_key()}", headers=german)
    assert invitation.body.index("Sie sind") < invitation.body.index("You are")
    assert '<html lang="de">' in invitation.body


def test_a_key_is_no_link(house: House) -> None:
    key, _ = house.workspace.people.duplicate(house.owner)
    assert (opened(key).status, looked_at(key).status) == (404, 200)


# Somebody who has signed in


def joined_as(answer: Answer) -> ParticipantId:
    """Return who has joined with an account: no cookie keeps the key."""
    location = answer.header("location") or ""
    assert not [name for name in answer.cookies if name.startswith("zt_planner_") and "given" not in name]
    return ParticipantId(location.removeprefix(LOCATION))


def test_who_has_signed_in_joins_by_name_once_whatever_the_device(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_provider(monkeypatch)
    token, cookies = house.link(Role.EDITOR), cookies_of("Anna")
    me = joined_as(opened(token, cookies))
    seat = house.seat(account("Anna").key(me)).participant
    assert (seat.id, seat.name, seat.role, seat.account) == (me, "Anna", Role.EDITOR, account("Anna").id)
    assert joined_as(opened(token, cookies)) == joined_as(looked_at(token, cookies)) == me
    assert looked_at(token).status == looked_at(token, cookies_of("Ben")).status == 200
    assert joined_as(opened(token, cookies_of("Ben"))) != me
    assert seated(opened(token))[0] != me


def test_a_cookie_of_another_server_joins_as_a_guest(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with_provider(monkeypatch)
    _, key = seated(opened(house.link(Role.EDITOR), cookies_of("Anna", "a secret of somebody else's server")))
    assert house.seat(key).participant.account is None
