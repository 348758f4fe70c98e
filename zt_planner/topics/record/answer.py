"""What the pages Record and Share answer: what was changed and what that does, and who takes part.

Law: nothing that its reader may not see decides a word of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.session import Role
from zt_planner.domain.variants import PLAN
from zt_planner.language import Labelled, Listed, Plural, Text, Words, sentences
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.labels import shortened_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from zt_planner.topics.record.minutes import Minutes


def record_answer(minutes: Minutes, zone: tzinfo) -> Words:
    """Say how many changes the plan has had since when, and their effect in all."""
    decided = [decision for decision in minutes.decisions if decision.letter == PLAN]
    if minutes.decisions and not decided:
        return Text("Only variants have been changed so far.")
    if not decided:
        is_whole = minutes.visibility.labour and minutes.visibility.notes
        return nothing_changed() if is_whole else Text("There is no change yet that you may see.")
    count = Plural(
        "{n} change to the plan since {day}",
        "{n} changes to the plan since {day}",
        len(decided),
        day=decided[0].at.astimezone(zone).date(),
    )
    return Listed((Labelled(count, moved_together(minutes)), "."), "")


def nothing_changed() -> Words:
    """Say that the record is empty."""
    return Text("Nothing has been changed yet.")


def moved_together(minutes: Minutes) -> Words:
    """Return what all changes did to the budget of the introduction and to the finish."""
    first, last = minutes.first, minutes.last
    if minutes.is_stopped or first is None or last is None:
        return Text("the plan has no schedule now")
    money, days = last.budget - first.budget, (last.finish - first.finish).days
    moved: list[Words] = []
    if rounded(money, 0):
        moved.append(Text("{amount} to get there", amount=effect_text(money)))
    if days:
        moved.append(Text("done {days}", days=finish_effect_text(days)))
    return Listed(moved, ", ") if moved else Text("budget and finish are as they were")


def share_answer(names: Sequence[str], here: int, role: Role) -> Words:
    """Say who takes part, the reader first, and how many of them are here; links are for owners to send."""
    if len(names) == 1 and role is Role.OWNER:
        return Text("You are alone in this session: send a link to those who should join.")
    if len(names) == 1:
        return Text("You are alone in this session.")
    people = Plural(
        "{n} person plans together: {names}.",
        "{n} people plan together: {names}.",
        len(names),
        names=shortened_list(names),
    )
    present = Plural("{n} is here now.", "{n} are here now.", here)
    return sentences(people, present) if here else people
