"""Which clients a batch holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zt_planner.files.portfolio.writing import MOST_CLIENTS, bits_of, layout

KEYS = [f"clients/{number}.json" for number in range(1000)]


def test_every_client_is_in_one_batch_and_no_batch_is_too_large() -> None:
    batches = layout(KEYS, ())
    assert sorted(key for keys in batches.values() for key in keys) == sorted(KEYS)
    assert all(0 < len(keys) <= MOST_CLIENTS for keys in batches.values())
    assert all(bits_of(key).startswith(bits) for bits, keys in batches.items() for key in keys)


def test_a_thousand_clients_are_in_batches_of_some_sixty() -> None:
    assert 10 <= len(layout(KEYS, ())) <= 20


def test_batches_that_are_there_stay_until_they_are_full() -> None:
    before = layout(KEYS, ())
    assert layout(KEYS[:300], before).keys() <= before.keys()
    assert len(layout(KEYS[:50], ())) == 1


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_no_batch_is_a_part_of_another_one(before: int, after: int) -> None:
    batches = layout(KEYS[:after], layout(KEYS[:before], ()))
    assert sum(map(len, batches.values())) == after
    assert not [bits for bits in batches for other in batches if bits != other and bits.startswith(other)]
