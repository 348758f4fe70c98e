"""A session whose owner lets in who joins: until then nothing opens, and of who is turned away nothing stays."""

from __future__ import annotations

from datetime import date

import pytest

from tests.contract.places import Place, before_it_writes
from tests.contract.test_backup import backup_of, lines_of
from tests.signed_in import account
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import ParticipantId, Role
from zt_planner.errors import NotAllowed, SessionFull, TextRefused
from zt_planner.store.changes import NameNeeded
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import Browser, Key, Token, hash_of, new_key
from zt_planner.workspace.sharing import people


class House:
    """A session with a lobby, its owner, and a link for editors."""

    def __init__(self, place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
        self.store = place.open()
        self.workspace = Workspace(self.store, price_book, phase_model, lambda: today)
        begun = self.workspace.change(self.workspace.open(new_key()), {"company.sites": 3})
        self.people = self.workspace.people
        self.link = self.people.renew_link(begun, Role.EDITOR)
        self.people.set_rules(begun, has_lobby=True)
        self.key = begun.key

    @property
    def owner(self) -> State:
        """What the owner's page shows."""
        return self.workspace.open(self.key)

    @property
    def names(self) -> list[str]:
        """The names of those who wait."""
        return [person.name for person in self.people.waiting(self.owner)]

    def asked(self, name: str = "Eva") -> tuple[Key, ParticipantId]:
        """Let somebody ask to join."""
        return self.people.ask(self.link, name)


@pytest.fixture
def house(place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date) -> House:
    """Return a session with a lobby."""
    return House(place, price_book, phase_model, today)


def test_who_comes_by_a_link_gives_a_name_and_opens_nothing_until_an_owner_lets_them_in(house: House) -> None:
    with pytest.raises(NameNeeded):
        house.people.join(house.link)
    with pytest.raises(NameNeeded):
        house.people.join(house.link, "Eva")
    for name, refusal in (("", NameNeeded), ("\u202e", TextRefused)):
        with pytest.raises(refusal):
            house.people.ask(house.link, name)
    key, me = house.asked("  Eva  Müller ")
    assert house.names == ["Eva Müller"]
    assert house.workspace.open(key).seat is None
    assert len(house.people.everyone(house.owner)) == 1
    house.people.let_in(house.owner, me)
    seat = house.workspace.open(key).seat
    assert seat is not None
    assert (seat.participant.id, seat.participant.role, seat.participant.waits) == (me, Role.EDITOR, False)
    assert house.names == []


def test_only_an_owner_hears_of_it_and_decides(house: House) -> None:
    guest, first = house.asked("Ada")
    house.people.let_in(house.owner, first)
    editor = house.workspace.open(guest)
    stamps = [state.seat.stamp for state in (house.owner, editor) if state.seat]
    key, me = house.asked()
    assert house.owner.seat is not None
    assert house.owner.seat.waiting == 1
    after = [state.seat.stamp for state in (house.owner, house.workspace.open(guest)) if state.seat]
    assert [before != now for before, now in zip(stamps, after, strict=True)] == [True, False]
    for decide in (house.people.let_in, house.people.turn_away):
        with pytest.raises(NotAllowed):
            decide(editor, me)
        with pytest.raises(NotAllowed):
            decide(house.owner, first)
    assert house.workspace.open(key).seat is None
    assert house.names == ["Eva"]


def test_of_who_is_turned_away_nothing_stays(house: House) -> None:
    before = backup_of(house.store)
    _, me = house.asked()
    assert backup_of(house.store) != before
    house.people.turn_away(house.owner, me)
    assert [line for line in lines_of(backup_of(house.store)) if "Eva" in line] == []
    for decide in (house.people.let_in, house.people.turn_away):
        with pytest.raises(NotAllowed):
            decide(house.owner, me)


def test_who_was_turned_away_while_they_are_let_in_stays_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key, me = house.asked()
    owner = house.owner
    before_it_writes(monkeypatch, house.store, lambda: house.people.turn_away(owner, me))
    with pytest.raises(NotAllowed):
        house.people.let_in(owner, me)
    assert house.workspace.open(key).seat is None


def test_a_renewed_link_sends_away_who_waits_by_the_old_one(house: House) -> None:
    eva, token = Browser(new_key()), hash_of(Token(house.link))
    house.people.ask(house.link, "Eva", eva)
    assert house.store.held_seats.waits(eva.id, token)
    assert not house.store.held_seats.waits(Browser(new_key()).id, token)
    house.people.renew_link(house.owner, Role.EDITOR)
    assert house.names == []
    assert not house.store.held_seats.waits(eva.id, token)


def test_somebody_with_an_account_waits_on_every_device(house: House) -> None:
    anna, token = account("Anna"), hash_of(Token(house.link))
    _, me = house.people.ask(house.link, "Anna", anna)
    assert house.store.held_seats.waits(anna.id, token)
    assert not house.store.held_seats.waits(account("Ben").id, token)
    assert house.workspace.accounts.sessions(anna) == ()
    house.people.let_in(house.owner, me)
    assert [found.me.id for found in house.workspace.accounts.sessions(anna)] == [me]
    assert house.workspace.open(anna.key(me)).seat is not None


def test_so_many_wait_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_WAITING", 2)
    house.asked()
    house.asked()
    with pytest.raises(SessionFull):
        house.asked()
    monkeypatch.setattr(people, "MOST_WAITING", 9)
    monkeypatch.setattr(people, "MOST_SEATS", 3)
    with pytest.raises(SessionFull):
        house.asked()


def test_who_waits_is_in_no_file_of_the_session(house: House) -> None:
    before = house.workspace.file_of(house.owner)
    house.asked()
    assert house.workspace.file_of(house.owner) == before


def test_who_comes_after_somebody_was_turned_away_stands_last(house: House) -> None:
    _, first = house.asked("first")
    _, second = house.asked("second")
    house.people.turn_away(house.owner, first)
    _, third = house.asked("third")
    assert [person.id for person in house.people.everyone_ever(house.owner)][1:] == [second, third]


def test_without_a_lobby_nobody_waits(house: House) -> None:
    house.people.set_rules(house.owner, has_lobby=False)
    assert house.people.join(house.link) is not None
    assert house.names == []
