"""Signing in with a real provider: two consultants, a guest, the list, handing over, and signing out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.party import expect_badge
from tests.browser.site import HOST, SECONDS_TO_START, Server, Visit, free_port, has_ended
from tests.browser.test_first_screen import selectors
from zt_planner.settings import variable

pytestmark = pytest.mark.extended
METADATA = "/.well-known/openid-configuration"
PEOPLE = ("Anna Weber", "Ben Roth", "Cleo Stark", "Dan Lang", "Eva Lind")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a provider that knows two consultants."""
    port, log = free_port(), tmp_path_factory.mktemp("provider") / "log.txt"
    known = [part for name in PEOPLE for part in ("--user-claims", json.dumps({"sub": name.lower(), "name": name}))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host", HOST, "--port", str(port), *known]
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=os.environ)
    address, deadline = f"http://{HOST}:{port}", time.monotonic() + SECONDS_TO_START
    while not answers(address + METADATA):
        assert not has_ended(process), log.read_text("utf-8")
        assert time.monotonic() < deadline, log.read_text("utf-8")
    yield address
    process.terminate()
    process.wait(timeout=10)


def answers(address: str) -> bool:
    """Tell whether somebody answers there."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own provider
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def served(provider: str, server: Server, folder: Path, base: str = "") -> Server:
    """Return a server at which people can sign in, once it is up."""
    secret = folder / "cookie"
    secret.write_text("a-secret-of-the-server-that-nobody-guesses", "utf-8")
    server.settings |= {
        variable("oidc_metadata_url"): provider + METADATA,
        variable("oidc_client_id"): "planner",
        variable("oidc_client_secret"): "a secret of the client",
        f"{variable('oidc_cookie_secret')}_FILE": str(secret),
        variable("oidc_origin"): server.address,
        variable("base_path"): base,
    }
    server.address += base
    server.start()
    return server


@pytest.fixture(scope="module")
def office(provider: str, serve: Callable[[], Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server at which people can sign in."""
    found = served(provider, serve(), tmp_path_factory.mktemp("secrets"))
    yield found
    found.stop()


@pytest.fixture
def below(provider: str, serve: Callable[[], Server], tmp_path: Path) -> Iterator[Server]:
    """Return such a server below a path."""
    found = served(provider, serve(), tmp_path, "/planner")
    yield found
    found.stop()


def sign_in(person: Visit, name: str) -> Visit:
    """Sign in as somebody whom the provider knows."""
    person.page.get_by_role("button", name="Sign in").click()
    person.page.get_by_role("button", name=name.lower(), exact=True).click()
    expect(person.page).to_have_url(re.compile(rf"^{person.server.address}/?$"))
    return person.settled()


def sign_out(person: Visit, name: str) -> Visit:
    """Sign out, at the provider too."""
    menu(person, name)
    person.page.get_by_role("button", name="Sign out").click()
    person.page.get_by_role("button", name="End session").click()
    expect(person.page.get_by_role("button", name="Sign in")).to_be_visible()
    return person.settled()


def menu(person: Visit, name: str) -> None:
    """Open the menu of who has signed in."""
    person.page.get_by_role("button", name="Account").click()
    expect(person.page.get_by_text(f"Signed in as {name}")).to_be_visible()


def sessions(person: Visit, name: str) -> Visit:
    """Look at the list of one's sessions."""
    menu(person, name)
    person.page.get_by_test_id("stPopoverBody").get_by_role("link", name="My sessions").click()
    expect(person.page.get_by_role("heading", name="My sessions")).to_be_visible()
    return person.settled()


def link_of(owner: Visit) -> str:
    """Return the address of a new link for editors."""
    owner.follow("share").page.get_by_role("button", name="Make the link").nth(1).click()
    return owner.page.locator("code", has_text="/join/").first.inner_text()


def joined(guest: Visit, link: str) -> Visit:
    """Let somebody join by a link."""
    guest.page.goto(link)
    guest.page.get_by_role("button", name="Join the planning session").click()
    guest.settled()
    expect_badge(guest, "Live")
    return guest


def at_peace(*people: Visit) -> bool:
    """Tell whether nothing went wrong on anybody's page."""
    return not [trouble for person in people for trouble in (*person.troubles, *person.violations)]


@pytest.mark.parametrize("where", ["office", "below"])
def test_who_signs_in_has_their_sessions_on_every_device_and_leaves_none_behind(
    visit: Callable[..., Visit], where: str, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue(where)
    anna = visit(server, is_new=True).open()
    anna.set("People, as a number", 140)
    anna.says("Zero Trust for 140 people")
    sign_in(anna, "Anna Weber").says("Zero Trust for 120 people")
    anna.set("People, as a number", 170)
    anna.says("Zero Trust for 170 people")
    expect_badge(anna, "Live")
    sessions(anna, "Anna Weber")
    expect(anna.page.get_by_text("You have 1 session.")).to_be_visible()
    anna.page.get_by_role("button", name="Add to my sessions").click()
    expect(anna.page.get_by_text("2 clients: EUR")).to_be_visible()

    elsewhere = sign_in(visit(server, is_new=True).open(), "Anna Weber")
    elsewhere.says("Zero Trust for 170 people")
    elsewhere.set("People, as a number", 180)
    anna.says("Zero Trust for 180 people")
    sign_out(elsewhere, "Anna Weber").says("Zero Trust for 120 people")
    elsewhere.page.goto(anna.page.url)
    elsewhere.settled().says("Zero Trust for 120 people")
    assert at_peace(anna, elsewhere)


def test_a_colleague_joins_and_gets_the_session_handed_over(visit: Callable[..., Visit], office: Server) -> None:
    ben, cleo = (sign_in(visit(office, is_new=True).open(), name) for name in ("Ben Roth", "Cleo Stark"))
    ben.set("People, as a number", 150)
    ben.says("Zero Trust for 150 people")
    joined(cleo, link_of(ben)).set("People, as a number", 160)
    ben.says("Zero Trust for 160 people")
    sessions(ben, "Ben Roth").page.get_by_role("button", name="Hand over").click()
    dialog = ben.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Hand over").click()
    expect(dialog).to_be_hidden()
    expect(ben.page.get_by_text("open on this page · Editor")).to_be_visible()
    sessions(cleo, "Cleo Stark")
    expect(cleo.page.get_by_text("open on this page · Owner · with Ben Roth")).to_be_visible()
    address = cleo.page.url
    sign_out(cleo, "Cleo Stark").page.goto(address)
    expect(cleo.headline).to_have_text("Your seat in the planning session has ended")
    assert at_peace(ben, cleo)


def test_a_list_is_searched_and_tidied_and_a_guest_has_none(visit: Callable[..., Visit], office: Server) -> None:
    dan, guest = sign_in(visit(office, is_new=True).open(), "Dan Lang"), visit(office, is_new=True)
    dan.set("People, as a number", 150)
    dan.says("Zero Trust for 150 people")
    joined(guest, link_of(dan))
    expect(guest.page.get_by_role("button", name="Sign in")).to_be_visible()
    page = sessions(dan, "Dan Lang").page
    assert not violations(page)
    search = page.get_by_role("textbox", name="Search")
    search.fill("nobody")
    search.press("Enter")
    expect(page.get_by_text("There is no such session.")).to_be_visible()
    search.fill("")
    search.press("Enter")
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("There is no such session.")).to_be_visible()
    page.get_by_text("Archived sessions").click()
    expect(page.get_by_role("button", name="Back to the list")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("DELETE")
    page.get_by_role("dialog").get_by_role("textbox").press("Enter")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("You have 0 sessions.")).to_be_visible()
    expect(guest.headline).to_have_text("Your seat in the planning session has ended")
    assert at_peace(dan, guest)


def test_several_sessions_are_a_portfolio_with_pictures_and_a_review_that_stays(
    visit: Callable[..., Visit], office: Server
) -> None:
    eva = sign_in(visit(office, is_new=True).open(), "Eva Lind")
    eva.set("People, as a number", 140)
    eva.says("Zero Trust for 140 people")
    page = sessions(eva, "Eva Lind").page
    page.get_by_role("button", name="Begin another session").click()
    expect(page.get_by_role("heading", name="My clients")).to_be_visible()
    expect(page.get_by_text("2 clients: EUR")).to_be_visible()
    pictures = ("Money by quarter", "The team by week", "Decisions of the next 90 days", "Promises and how they stand")
    for heading in pictures:
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    tables = page.get_by_text("As a table")
    expect(tables).to_have_count(len(pictures))
    for number in range(len(pictures)):
        tables.nth(number).click()
        eva.settled()
    expect(page.get_by_role("table", name="Promises and how they stand")).to_be_visible()
    assert not violations(page)
    page.get_by_role("button", name="Keep this review").click()
    expect(page.get_by_role("button", name="Replace today's review")).to_be_visible()
    page.get_by_role("combobox", name="As of").click()
    page.get_by_role("option").nth(1).click()
    expect(page.get_by_text("as you saw it then")).to_be_visible()
    expect(page.get_by_role("table", name="My clients").get_by_role("link")).to_have_count(0)
    assert not violations(page)
    page.get_by_role("combobox", name="As of").click()
    page.get_by_role("option").first.click()
    page.get_by_role("table", name="My clients").get_by_role("link", name="Planning session").first.click()
    eva.settled().says("Zero Trust for 140 people")
    assert at_peace(eva)


def test_each_style_of_the_way_in_and_of_the_menu_finds_what_it_is_for(
    visit: Callable[..., Visit], office: Server
) -> None:
    person = visit(office, is_new=True).open()
    found = [selector for selector in selectors() if "account" in selector or "sign_in" in selector]
    of_the_menu = [selector for selector in found if "menu" in selector]
    assert of_the_menu
    for selector in set(found) - set(of_the_menu):
        expect(person.page.locator(selector).first).to_be_attached()
    sign_in(person, "Anna Weber")
    for selector in of_the_menu:
        expect(person.page.locator(selector).first).to_be_attached()


def test_who_is_refused_by_the_provider_has_not_signed_in(visit: Callable[..., Visit], office: Server) -> None:
    person = visit(office, is_new=True).open()
    person.page.get_by_role("button", name="Sign in").click()
    person.page.get_by_role("button", name="Deny").click()
    expect(person.page.get_by_role("button", name="Sign in")).to_be_visible()
    person.settled()


def test_a_provider_that_is_away_is_explained(
    visit: Callable[..., Visit], serve: Callable[[], Server], tmp_path: Path
) -> None:
    server = served(f"http://{HOST}:{free_port()}", serve(), tmp_path, "/planner")
    person = visit(server, is_new=True).open()
    person.page.get_by_role("button", name="Sign in").click()
    expect(person.page.get_by_role("heading", name="Signing in does not work at the moment")).to_be_visible()
    person.page.get_by_role("link", name="Open my own plan").click()
    person.settled().says("Zero Trust for 120 people")
    server.stop()


def test_nothing_secret_is_in_the_log(
    visit: Callable[..., Visit], provider: str, serve: Callable[[], Server], tmp_path: Path
) -> None:
    server = serve()
    server.settings[variable("log_form")] = "json"
    anna = sign_in(visit(served(provider, server, tmp_path), is_new=True).open(), "Anna Weber")
    anna.set("People, as a number", 150)
    link = link_of(anna)
    joined(visit(server, is_new=True), link)
    server.stop()
    said = (server.folder / "log.txt").read_text("utf-8", "replace")
    assert '"path": "/join/[hidden]"' in said
    assert '"path": "/oauth2callback"' in said
    assert link.rpartition("/")[2] not in said
    assert not re.search(r"code=(?!\[hidden\])|nobody-guesses|secret of the client|_streamlit_user", said)
