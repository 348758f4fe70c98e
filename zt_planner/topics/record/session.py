"""A session's people and rules in the reader's words, and which fields of a plan are kept from whom.

Laws: whoever has given no name is a guest, in the reader's language; everyone
has a name of their own, in every list the same; a field that is hidden from a
participant is in nothing that they are shown.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zt_planner.domain.session import Role
from zt_planner.errors import msgid
from zt_planner.language import Capitalised, Listed, Text, Words
from zt_planner.topics.direction import isolated
from zt_planner.topics.inputs.fields import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.session import Participant, ParticipantId, Seat
    from zt_planner.language import Language

ROLES = {Role.OWNER: msgid("Owner"), Role.EDITOR: msgid("Editor"), Role.VIEWER: msgid("Viewer")}
ROLES_DO = {
    Role.OWNER: msgid("Changes the plan and decides who may do what."),
    Role.EDITOR: msgid("Changes the plan, at the same time as the others."),
    Role.VIEWER: msgid("Sees every change at once; can try changes in a copy and propose them."),
}


def visibility_of(seat: Seat) -> Visibility:
    """Return what a participant may see."""
    return Visibility(labour=seat.sees_labour, notes=seat.sees_notes)


def role_name(role: Role) -> Words:
    """Return what a role is called."""
    return Text(ROLES[role])


def what_a_role_does(role: Role) -> Words:
    """Return what a role may do, in one sentence."""
    return Text(ROLES_DO[role])


def people_names(people: Iterable[Participant], language: Language) -> dict[ParticipantId, str]:
    """Return everyone's name; of equal names the later ones are numbered.

    `people` are all who have or had a seat, in the order of joining.
    """
    names: dict[ParticipantId, str] = {}
    given: Counter[str] = Counter()
    for person in people:
        name = shown = isolated(person.name) or language.say("Guest")
        while shown in given:
            given[name] += 1
            shown = f"{name} ({given[name]})"
        given[shown] += 1
        names[person.id] = shown
    return names


def owners(people: Iterable[Participant]) -> Listed:
    """Return the names of a session's owners; empty where none has given one."""
    named = [person.name for person in people if person.role is Role.OWNER and person.has_seat and person.name]
    return Listed([isolated(name) for name in named])


def session_title(company: str, people: Iterable[Participant], me: Participant) -> Words:
    """Name a session for somebody who takes part: by its company, its owners, and as what they do."""
    names = owners(people)
    whose = Text("session of {names}", names=names) if names else Text("a planning session")
    return Capitalised(Listed((Listed((company, whose), ", "), " (", role_name(me.role), ")"), ""))


def watching(people: Iterable[Participant]) -> Words:
    """Say that one watches, and who can change that."""
    names = owners(people)
    if not names:
        return Text("You watch this plan; the owner of the session can let you change it.")
    return Text("You watch this plan; {names} (owner) can let you change it.", names=names)
