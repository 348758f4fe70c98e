"""A bounded cache: what is kept, what goes first, and what counts as use."""

from __future__ import annotations

from zt_planner.workspace.recent import Recent


def test_what_was_not_used_for_longest_makes_room() -> None:
    kept: Recent[str, int] = Recent(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]
    assert len(kept) == 2


def test_what_takes_the_place_of_another_takes_no_more_room() -> None:
    kept: Recent[str, int | None] = Recent(2)
    for value in (1, 2, None):
        kept.put("a", value)
    kept.put("b", 3)
    assert ("a" in kept, kept.get("a"), kept.get("b")) == (True, None, 3)


def test_things_count_by_their_size_and_the_last_one_stays_however_large() -> None:
    kept: Recent[str, str] = Recent(5, len)
    kept.put("a", "xxx")
    kept.put("b", "xx")
    kept.put("c", "x")
    assert ("a" in kept, "b" in kept) == (False, True)
    kept.put("d", "x" * 9)
    assert [key in kept for key in "bcd"] == [False, False, True]
    kept.put("e", "xxxxx")
    assert [key in kept for key in "de"] == [False, True]


def test_what_was_dropped_takes_no_room() -> None:
    kept: Recent[str, str] = Recent(4, len)
    kept.put("a", "xxxx")
    assert (kept.drop("a"), kept.drop("a")) == ("xxxx", None)
    kept.put("b", "xx")
    kept.put("c", "xx")
    assert len(kept) == 2
