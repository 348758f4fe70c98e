"""Who may do and see what in a session, by role and rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from zt_planner.domain.session import Participant, ParticipantId, PresentedPage, Role, Rules, Seat, SessionId

JOINED = datetime(2026, 11, 6, tzinfo=UTC)


def seat(role: Role, **rules: bool) -> Seat:
    return Seat(Participant(ParticipantId("p"), SessionId("s"), role, "Ada", "blue", JOINED), Rules(**rules), 1)


@pytest.mark.parametrize("role", Role)
def test_roles_and_rules_say_who_changes_and_who_sees(role: Role) -> None:
    changes = role is not Role.VIEWER
    assert seat(role).may_change is changes
    assert not seat(role, is_locked=True).may_change
    assert seat(role, hides_rates=True).sees_labour is changes
    assert seat(role, hides_notes=True).sees_notes is changes
    assert seat(role, hides_notes=False).sees_notes
    assert seat(role).is_owner is (role is Role.OWNER)
    assert seat(role).sees_labour


def test_where_a_presenter_looks_is_news_to_the_others_only() -> None:
    own = seat(Role.OWNER)
    presenting = replace(own, presenter=own.participant.id)
    assert presenting.presents
    assert presenting.stamp == replace(presenting, view=PresentedPage("budget")).stamp
    others = replace(own, presenter=ParticipantId("q"))
    assert not others.presents
    assert others.stamp != replace(others, view=PresentedPage("budget")).stamp
