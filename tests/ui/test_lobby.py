"""An owner lets in who joins, on whatever page they are; nobody else is asked."""

from __future__ import annotations

import pytest

from tests.signed_in import account, with_provider
from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.language import LanguageCode
from zt_planner.workspace.keys import Account, Key

ASKS = ":material/door_front: {} asks to join as: Editor"


def asked(meeting: Meeting, name: str, who: Account | None = None) -> Key:
    """Let somebody ask to join as an editor."""
    people = bootstrap.workspace().people
    token = people.links(meeting.owner.state)[Role.EDITOR].token
    assert token is not None
    return people.ask(token, name, who)[0]


@pytest.mark.extended
def test_an_owner_sets_the_rule_and_lets_in_and_turns_away_on_any_page(meeting: Meeting) -> None:
    owner, workspace = meeting.owner, bootstrap.workspace()
    owner.run().move("rule:has_lobby", value=True)
    assert owner.state.rules.has_lobby
    eva, tom = asked(meeting, "Eva"), asked(meeting, "Tom")
    owner.go("budget")
    assert [text for text in texts(owner) if "asks to join" in text] == [ASKS.format("Eva"), ASKS.format("Tom")]
    first, second = [button.key for button in owner.app.button if (button.key or "").startswith("let_in:")]
    owner.press(str(first))
    assert workspace.open(eva).seat is not None
    assert workspace.open(tom).seat is None
    owner.press(str(second).replace("let_in", "turn_away"))
    assert not [text for text in texts(owner) if "asks to join" in text]
    assert workspace.open(tom).seat is None
    assert [person.name for person in workspace.people.everyone(owner.state)] == ["Anna", "Emil", "Vera", "Eva"]


@pytest.mark.extended
def test_nobody_but_an_owner_is_asked_and_no_list_has_who_waits(meeting: Meeting) -> None:
    meeting.owner.run().move("rule:has_lobby", value=True)
    asked(meeting, "Eva")
    for screen in (meeting.editor, meeting.viewer):
        screen.go("share")
        assert not [text for text in texts(screen) if "Eva" in text]
    owner = meeting.owner.run()
    assert len([text for text in texts(owner) if "Eva" in text]) == 1


@pytest.mark.extended
def test_of_many_who_wait_the_first_are_shown_and_a_name_stays_text(meeting: Meeting) -> None:
    meeting.owner.run().move("rule:has_lobby", value=True)
    for number in range(7):
        asked(meeting, f"*Eva* {number}")
    owner = meeting.owner.run()
    shown = [text for text in texts(owner) if "asks to join" in text]
    assert shown == [ASKS.format(f"*Eva* {number}") for number in range(5)]
    assert "and 2 more" in owner.captions


@pytest.mark.extended
def test_namesakes_are_numbered_and_it_is_said_who_has_signed_in(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting.owner.run().move("rule:has_lobby", value=True)
    asked(meeting, "Anna")
    asked(meeting, "Ben", account("Eva"))
    owner = meeting.owner.run()
    shown = [text for text in texts(owner) if "asks to join" in text]
    assert shown == [ASKS.format("Anna (2)"), ASKS.format("Eva")]
    with_provider(monkeypatch)
    owner.run()
    shown = [text for text in texts(owner) if "asks to join" in text]
    assert shown == [f"{ASKS.format('Anna (2)')} · not signed in", f"{ASKS.format('Eva')} · signed in"]


@pytest.mark.extended
def test_it_is_asked_in_german(meeting: Meeting) -> None:
    meeting.owner.run().move("rule:has_lobby", value=True)
    asked(meeting, "Eva")
    german = Screen(LanguageCode.GERMAN, language="de")
    german.cookies = meeting.owner.cookies
    german.run()
    assert ":material/door_front: Eva bittet um Zutritt als: Bearbeiter" in texts(german)
