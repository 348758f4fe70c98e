"""The sessions of people who have signed in, on every device, and of browsers; and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.contract.places import Place, before_it_writes, me
from tests.contract.test_backup import backup_of, lines_of
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import ParticipantId, Role
from zt_planner.errors import NotAllowed
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import HOME_COOKIE, Account, Browser, Holder, account_of, keys_for, new_key

SECRET, PROVIDER = "a secret of the server that is long enough", "https://login.example"
ANNA, BEN = (account_of(PROVIDER, name.lower(), name, SECRET) for name in ("Anna", "Ben"))


class Office:
    """A store that consultants use who sign in."""

    def __init__(self, place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
        """Begin nothing yet."""
        self.store = place.open()
        self.workspace = Workspace(self.store, price_book, phase_model, lambda: today)

    def opened(self, account: Account, participant: ParticipantId | None = None) -> State:
        """Return the page of somebody who has signed in, on a device that has no cookie of theirs."""
        key = self.workspace.accounts.key({}, account, participant)
        assert key is not None
        return replace(self.workspace.open(key), holder=account)

    def begun(self, account: Account, sites: int = 3) -> State:
        """Return the own plan of somebody, once they have changed it."""
        return self.workspace.change(self.opened(account), {"company.sites": sites})

    def joined(self, owner: State, role: Role, holder: Holder | None) -> State:
        """Return the page of somebody who has joined by a new link."""
        found = self.workspace.people.join(self.workspace.people.renew_link(owner, role), holder=holder)
        assert found is not None
        return replace(self.workspace.open(found[0]), holder=holder)

    def listed(self, holder: Holder) -> list[ParticipantId]:
        """Return as whom somebody takes part in the sessions of their list."""
        return [found.me.id for found in self.workspace.accounts.sessions(holder)]


@pytest.fixture
def office(place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date) -> Office:
    """Return a store that consultants use who sign in."""
    return Office(place, price_book, phase_model, today)


def test_who_signs_in_finds_their_plan_on_another_device_and_nobody_else_does(office: Office) -> None:
    plan = office.begun(ANNA)
    assert plan.me is not None
    assert (plan.me.name, plan.me.account) == ("Anna", ANNA.id)
    again = office.opened(ANNA)
    assert (again.session, again.scenario.company.sites) == (plan.session, 3)
    assert office.opened(BEN).seat is None
    assert office.listed(ANNA) == [me(plan)]
    assert office.listed(BEN) == []


def test_a_plan_under_way_is_found_once_however_often_it_was_copied(office: Office) -> None:
    plan = office.begun(ANNA)
    assert office.workspace.accounts.under_way(ANNA, 50) == ()
    started = {"status.at": "2027-03-01", "status.tasks": {"kickoff": {"started": "2027-01-04"}}}
    plan = office.workspace.change(plan, started)
    assert office.workspace.accounts.under_way(ANNA, 50) == ()
    ended = {"kickoff": {"started": "2027-01-04", "finished": "2027-01-05"}}
    plan = office.workspace.change(plan, {"status.tasks": ended})
    office.workspace.people.duplicate(plan)
    office.workspace.people.try_out(plan)
    ((found, sees_labour),) = office.workspace.accounts.under_way(ANNA, 50)
    assert (found, sees_labour) == (plan.scenario, True)


def test_another_session_opens_with_its_address_on_every_device(office: Office) -> None:
    office.begun(ANNA)
    key, other = office.workspace.people.duplicate(office.opened(ANNA))
    assert office.opened(ANNA, other).session == office.workspace.open(key).session
    assert office.opened(BEN, other).seat is None
    assert [found.is_home for found in office.workspace.accounts.sessions(ANNA)] == [False, True]


def test_the_list_says_for_whom_who_and_until_when(office: Office) -> None:
    plan = office.workspace.change(office.begun(ANNA), {"company.name": "Mill and Sons"})
    office.workspace.people.set_rules(plan, days_kept=7)
    office.joined(plan, Role.EDITOR, BEN)
    office.joined(plan, Role.VIEWER, None)
    (found,) = office.workspace.accounts.sessions(ANNA)
    assert (found.company, len(found.people), found.is_owned, found.is_archived) == ("Mill and Sons", 3, True, False)
    assert (found.kept_until - found.used_at).days == 7
    (of_ben,) = office.workspace.accounts.sessions(BEN)
    assert (of_ben.company, of_ben.is_owned) == ("Mill and Sons", False)


def test_the_session_that_was_used_last_stands_first(office: Office) -> None:
    first = office.begun(ANNA)
    _, second = office.workspace.people.duplicate(first)
    assert office.listed(ANNA) == [second, me(first)]
    office.workspace.change(office.opened(ANNA), {"company.sites": 8})
    assert office.listed(ANNA) == [me(first), second]


def test_a_session_is_put_away_and_back_by_each_for_themselves(office: Office) -> None:
    plan = office.begun(ANNA)
    guest = office.joined(plan, Role.EDITOR, BEN)
    accounts = office.workspace.accounts
    accounts.archive(BEN, me(guest), is_archived=True)
    assert [found.is_archived for found in accounts.sessions(BEN)] == [True]
    assert [found.is_archived for found in accounts.sessions(ANNA)] == [False]
    accounts.archive(BEN, me(guest), is_archived=False)
    assert [found.is_archived for found in accounts.sessions(BEN)] == [False]
    with pytest.raises(NotAllowed):
        accounts.archive(BEN, me(plan), is_archived=True)


def test_only_its_owner_deletes_a_session_from_the_list(office: Office) -> None:
    plan = office.begun(ANNA)
    guest = office.joined(plan, Role.EDITOR, BEN)
    for stranger in (me(guest), me(plan)):
        with pytest.raises(NotAllowed):
            office.workspace.accounts.delete(BEN, stranger)
    office.workspace.accounts.delete(ANNA, me(plan))
    assert office.listed(ANNA) == office.listed(BEN) == []


def test_a_session_is_handed_over_to_somebody_who_has_signed_in(office: Office) -> None:
    plan = office.begun(ANNA)
    guest, nameless = office.joined(plan, Role.VIEWER, BEN), office.joined(plan, Role.EDITOR, None)
    accounts = office.workspace.accounts
    (found,) = accounts.sessions(ANNA)
    assert [person.id for person in found.successors] == [me(guest)]
    for other in (me(nameless), me(plan), ParticipantId("nobody")):
        with pytest.raises(NotAllowed):
            accounts.hand_over(ANNA, me(plan), other)
    for mine in (me(guest), me(plan)):
        with pytest.raises(NotAllowed):
            accounts.hand_over(BEN, mine, me(guest))
    accounts.hand_over(ANNA, me(plan), me(guest))
    roles = {person.id: person.role for person in office.workspace.people.everyone(plan)}
    assert roles == {me(plan): Role.EDITOR, me(guest): Role.OWNER, me(nameless): Role.EDITOR}
    with pytest.raises(NotAllowed):
        accounts.hand_over(ANNA, me(plan), me(guest))


def test_the_old_owners_link_for_owners_ends_with_handing_over(office: Office) -> None:
    plan = office.begun(ANNA)
    guest = office.joined(plan, Role.EDITOR, BEN)
    second = office.joined(plan, Role.OWNER, None)
    old = office.workspace.people.renew_link(second, Role.OWNER)
    viewers = office.workspace.people.renew_link(plan, Role.VIEWER)
    office.workspace.accounts.hand_over(ANNA, me(plan), me(guest))
    assert office.workspace.people.join(old, holder=ANNA) is None
    assert office.workspace.people.join(viewers) is not None
    roles = {person.id: person.role for person in office.workspace.people.everyone(plan)}
    assert roles[me(second)] is Role.OWNER
    assert office.workspace.people.join(office.workspace.people.renew_link(office.opened(BEN, me(guest)), Role.OWNER))


def test_of_two_who_hand_over_at_once_one_is_too_late_and_the_session_keeps_an_owner(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = office.begun(ANNA)
    guest = office.joined(plan, Role.EDITOR, BEN)
    accounts = office.workspace.accounts
    before_it_writes(monkeypatch, office.store, lambda: accounts.hand_over(ANNA, me(plan), me(guest)))
    with pytest.raises(NotAllowed):
        accounts.hand_over(ANNA, me(plan), me(guest))
    assert [person.role for person in office.workspace.people.everyone(plan)] == [Role.EDITOR, Role.OWNER]


def test_who_has_left_gets_nothing_handed_over(office: Office) -> None:
    plan = office.begun(ANNA)
    guest = office.joined(plan, Role.EDITOR, BEN)
    office.workspace.people.remove(plan, me(guest))
    with pytest.raises(NotAllowed):
        office.workspace.accounts.hand_over(ANNA, me(plan), me(guest))
    assert office.listed(BEN) == []


def test_a_plan_of_this_browser_is_taken_into_the_list_and_its_old_key_opens_it_no_more(office: Office) -> None:
    browser, accounts = Browser(new_key()), office.workspace.accounts
    plan = office.workspace.change(office.workspace.open(browser.root), {"company.sites": 6})
    guest = office.joined(office.begun(BEN), Role.VIEWER, browser)
    guests, own = accounts.sessions(browser)
    assert ([own.me.id, guests.me.id], own.is_home, guests.is_home) == ([me(plan), me(guest)], True, False)
    for found in (own, guests):
        with pytest.raises(NotAllowed):
            accounts.keep(BEN, Browser(new_key()), found)
        accounts.keep(ANNA, browser, found)
        with pytest.raises(NotAllowed):
            accounts.keep(BEN, browser, found)
    assert set(office.listed(ANNA)) == {me(plan), me(guest)}
    assert office.opened(ANNA, me(plan)).scenario.company.sites == 6
    assert office.workspace.open(browser.root).seat is None
    assert office.workspace.open(guest.key).seat is None
    assert office.listed(browser) == []


def test_a_seat_that_this_browser_has_a_key_of_opens_with_it_though_somebody_has_signed_in(office: Office) -> None:
    browser = Browser(new_key())
    guest = office.joined(office.begun(ANNA), Role.VIEWER, browser)
    cookies = {HOME_COOKIE: browser.root}
    assert office.workspace.accounts.key(cookies, BEN, me(guest)) == guest.key
    assert office.workspace.accounts.key(cookies, None, me(guest)) == guest.key
    assert office.workspace.accounts.key({}, None, me(guest)) is None
    assert office.workspace.accounts.key({}, None, None) is None


def test_after_the_servers_secret_was_changed_an_account_gets_its_seats_back_and_no_other(office: Office) -> None:
    plan = office.begun(ANNA)
    anna, ben = (account_of(PROVIDER, name.lower(), name, "another secret") for name in ("Anna", "Ben"))
    assert office.opened(anna).seat is None
    assert office.opened(ben, me(plan)).seat is None
    assert office.opened(anna, me(plan)).session == plan.session
    assert office.workspace.open(plan.key).seat is None


def test_who_comes_again_by_the_same_link_finds_their_seat(office: Office) -> None:
    plan = office.begun(ANNA)
    guest = office.joined(plan, Role.EDITOR, BEN)
    (link,) = office.store.seats.links(guest.seat.participant.session) if guest.seat else ()
    found = office.store.held_seats.by_link(BEN.id, link.token)
    assert found is not None
    assert found.participant.id == me(guest)
    assert office.store.held_seats.by_link(ANNA.id, link.token) is None
    office.workspace.people.renew_link(plan, Role.EDITOR)
    assert office.store.held_seats.by_link(BEN.id, link.token) is None


def test_a_name_that_cannot_be_shown_is_left_out(office: Office) -> None:
    odd = account_of(PROVIDER, "odd", "\u202eanna", SECRET)
    long = account_of(PROVIDER, "long", "Anna " * 20, SECRET)
    names = [
        person.name for account in (odd, long) for person in office.workspace.people.everyone(office.begun(account))
    ]
    assert names == ["", "Anna Anna Anna Anna Anna Anna Anna Anna"]


def test_an_account_is_somebody_of_one_provider_and_shows_no_secret() -> None:
    others = [
        account_of("https://other.example", "anna", "Anna", SECRET),
        account_of(f"{PROVIDER}a", "nna", "Anna", SECRET),
        BEN,
    ]
    assert len({account.id for account in [ANNA, *others]}) == 4
    keys = [account.key(name) for account in [ANNA, *others] for name in (None, "one", "other")]
    assert len(set(keys)) == len(keys)
    assert ANNA.root not in repr(ANNA)
    assert all(ANNA.root not in key and SECRET not in key for key in keys)


def test_an_account_has_a_plan_of_its_own_whatever_the_browser_holds() -> None:
    browser = Browser(new_key())
    cookies = {HOME_COOKIE: browser.root}
    assert keys_for(cookies, None, None) == (browser.root,)
    assert keys_for(cookies, ANNA, None) == (ANNA.key(None),)
    assert keys_for(cookies, ANNA, "someone") == (browser.key("someone"), ANNA.key("someone"))
    assert keys_for({}, None, "someone") == ()
    assert browser.root not in repr(browser)


# A browser


def test_a_browser_has_a_list_of_its_own(office: Office) -> None:
    browser, other = Browser(new_key()), Browser(new_key())
    plan = office.workspace.change(office.workspace.open(browser.root), {"company.sites": 6})
    guests = office.begun(ANNA)
    guest = office.joined(guests, Role.EDITOR, browser)
    _, copied = office.workspace.people.duplicate(guest)
    assert office.listed(browser) == [copied, me(guest), me(plan)]
    assert office.listed(other) == []
    assert office.workspace.open(browser.key(copied)).seat is not None
    assert office.workspace.open(other.key(copied)).seat is None
    accounts = office.workspace.accounts
    assert [own.me.id for own in accounts.latest(browser, guest.session, 5)] == [copied]
    assert [own.me.id for own in accounts.latest(browser, None, 1)] == [copied]
    accounts.archive(browser, copied, is_archived=True)
    assert [own.me.id for own in accounts.latest(browser, None, 5)] == [me(guest)]


def test_who_leaves_gives_up_their_own_seat_and_an_owner_stays(office: Office) -> None:
    browser, plan = Browser(new_key()), office.begun(ANNA)
    guest, accounts = office.joined(plan, Role.EDITOR, browser), office.workspace.accounts
    for holder, seat in ((browser, me(plan)), (ANNA, me(plan)), (ANNA, me(guest)), (BEN, me(guest))):
        with pytest.raises(NotAllowed):
            accounts.leave(holder, seat)
    accounts.leave(browser, me(guest))
    assert office.listed(browser) == []
    assert office.workspace.open(guest.key).seat is None
    assert [person.has_seat for person in office.workspace.people.everyone_ever(plan)] == [True, False]
    with pytest.raises(NotAllowed):
        accounts.leave(browser, me(guest))


def test_of_a_browser_nothing_is_kept_beside_a_seat_that_has_ended(office: Office) -> None:
    plan, people = office.begun(ANNA), office.workspace.people
    browsers = [Browser(new_key()) for _ in range(4)]
    removed, left = (office.joined(plan, role, browser) for role, browser in zip(Role, browsers[:2], strict=False))
    renewed = office.joined(plan, Role.VIEWER, browsers[2])
    kept = office.joined(office.begun(BEN), Role.VIEWER, browsers[3])
    people.remove(plan, me(removed))
    office.workspace.accounts.leave(browsers[1], me(left))
    people.renew_link(plan, Role.VIEWER)
    assert people.everyone(plan)[0].id == me(plan)
    text = "".join(lines_of(backup_of(office.store)))
    assert [browser.id in text for browser in browsers] == [False, False, False, True]
    assert [me(seat) in text for seat in (removed, left, renewed, kept)] == [True] * 4


def test_an_owner_sees_their_links_on_every_device(office: Office) -> None:
    plan = office.begun(ANNA)
    token = office.workspace.people.renew_link(plan, Role.EDITOR)
    shown = office.workspace.people.links(office.opened(ANNA))
    assert shown[Role.EDITOR].token == token
