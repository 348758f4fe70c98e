"""The laws of notes that two people write at once."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from zt_planner.workspace.sharing.notes import edited_base, has_all_lines, merged_notes

LINES = st.lists(st.sampled_from(["alpha", "beta", "gamma", "", "delta"]), max_size=6)
WORDS = {"mine": ("quick", "brown", "fox", "jumps"), "theirs": ("12:30", "budget up", "Zürich, Bern", "ok?")}
OWN = {
    side: st.lists(st.tuples(st.integers(0, 6), st.sampled_from(words)), max_size=4) for side, words in WORDS.items()
}


def with_lines(base: list[str], added: list[tuple[int, str]]) -> str:
    """Return a text with more lines, each at a place."""
    lines = list(base)
    for place, line in added:
        lines.insert(min(place, len(lines)), line)
    return "\n".join(lines)


@given(base=LINES, mine=LINES)
def test_where_one_side_has_changed_nothing_the_other_stands(base: list[str], mine: list[str]) -> None:
    old, new = "\n".join(base), "\n".join(mine)
    assert merged_notes(old, new, old) == new
    assert merged_notes(old, old, new) == new
    assert merged_notes(old, new, new) == new


@given(base=LINES, mine=OWN["mine"], theirs=OWN["theirs"])
def test_no_line_that_either_side_wrote_is_lost(
    base: list[str], mine: list[tuple[int, str]], theirs: list[tuple[int, str]]
) -> None:
    found = merged_notes("\n".join(base), with_lines(base, mine), with_lines(base, theirs))
    assert has_all_lines(found, "\n".join([*base, *(line for _, line in (*mine, *theirs))]))


@given(base=LINES, mine=LINES, theirs=LINES)
def test_no_new_line_is_lost_and_none_comes_from_nowhere(base: list[str], mine: list[str], theirs: list[str]) -> None:
    found = set(merged_notes("\n".join(base), "\n".join(mine), "\n".join(theirs)).split("\n"))
    assert (set(mine) | set(theirs)) - {"", *base} <= found
    assert found <= {"", *base, *mine, *theirs}


@given(base=st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=2), data=st.data())
def test_lines_that_one_side_has_taken_away_are_gone(base: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(base))
    theirs = [*base, "theirs"]
    mine = [line for line in base if line != gone]
    found = merged_notes("\n".join(base), "\n".join(mine), "\n".join(theirs)).split("\n")
    assert gone not in found
    assert found[-1] == "theirs"


@given(base=LINES, mine=OWN["mine"], theirs=OWN["theirs"], more=OWN["mine"])
def test_who_goes_on_writing_without_having_seen_what_others_wrote_takes_nothing_of_it_away(
    base: list[str], mine: list[tuple[int, str]], theirs: list[tuple[int, str]], more: list[tuple[int, str]]
) -> None:
    old, later = "\n".join(base), with_lines(base, theirs)
    assume(with_lines(base, mine) != old)
    latest, changes = later, [(old, later)]
    for text in (with_lines(base, mine), with_lines(with_lines(base, mine).split("\n"), more)):
        latest = merged_notes(edited_base(text, latest, changes), text, latest)
        assert has_all_lines(latest, later)
        assert has_all_lines(latest, text)


def test_who_mends_a_line_that_others_have_just_written_has_seen_it() -> None:
    old, later, mine = "", "Works coucil asked", "Works council asked"
    assert merged_notes(edited_base(mine, later, [(old, later)]), mine, later) == mine


def test_who_writes_what_stood_before_takes_back_what_followed() -> None:
    old, later = "a", "a\nb"
    assert merged_notes(edited_base(old, later, [(old, later)]), old, later) == old


def test_of_a_line_that_both_have_changed_both_versions_stand() -> None:
    assert merged_notes("a\nBudget\nz", "a\nBudget: mine\nz", "a\nBudget: theirs\nz") == (
        "a\nBudget: theirs\nBudget: mine\nz"
    )
