"""Allocate groups to weighted choices under caps, at the least total weight, with a proof.

Decides nothing about what a weight is (`engine.licensing.mix`). People start with the lightest choice; where a cap is
exceeded, the moves that cost least for each seat are made, then pairs of moves that save something. The result is
proven by a price for each seat of a full cap: where nobody could be better off at these prices, no other allocation
weighs less. Law: an answer is either the optimum, or says that it is not proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import lcm
from typing import NamedTuple

MOST_ROUNDS = 200
"""Raises of prices after which the proof is given up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one person may get: its weight, and the seats that it takes of each cap."""

    weight: int
    use: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UserGroup:
    """So many people with the same choices."""

    count: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Allocation:
    """How many people of each group get each of its choices, None when the caps leave no way.

    `prices` are those of a seat of each cap, the proof of the optimum.
    """

    counts: tuple[tuple[int, ...], ...] | None
    weight: int = 0
    prices: tuple[int, ...] = ()
    is_proven: bool = True


UNPROVEN = Allocation(None, is_proven=False)
NO_WAY = Allocation(None)


class _Move(NamedTuple):
    """People of a group change from one choice to another."""

    user_group: int
    source: int
    target: int
    weight: int
    use: tuple[int, ...]


@lru_cache(maxsize=256)
def _moves(user_group: int, choices: tuple[Choice, ...]) -> tuple[_Move, ...]:
    """Return every change from one of a group's choices to another."""
    return tuple(
        _Move(
            user_group,
            source,
            target,
            after.weight - before.weight,
            tuple(new - old for new, old in zip(after.use, before.use, strict=True)),
        )
        for source, before in enumerate(choices)
        for target, after in enumerate(choices)
        if target != source
    )


def allocate_seats(user_groups: Sequence[UserGroup], caps: Sequence[int], guess: Sequence[int] = ()) -> Allocation:
    """Return the lightest way to give everyone a choice within the caps.

    Every group has at least one choice. `guess` are prices that may prove it, those of nearly the same groups: a wrong
    guess costs nothing.
    """
    state = _State(user_groups, caps)
    if not state.repair():
        return NO_WAY if state.is_short() else UNPROVEN
    if guess and state.is_proof(guess):
        return state.allocation(guess)
    prices = state.prices()
    if prices is None:
        state.improve()
        prices = state.prices()
    return UNPROVEN if prices is None else state.allocation(prices)


class _State:
    """The choices made so far."""

    def __init__(self, user_groups: Sequence[UserGroup], caps: Sequence[int]) -> None:
        """Give everyone the lightest choice, of equal ones the one that takes least of the caps."""
        self.user_groups, self.caps = user_groups, caps
        self.counts = [[0] * len(user_group.choices) for user_group in user_groups]
        self.used = [0] * len(caps)
        self.weight = 0
        most = max(
            (seats for user_group in user_groups for choice in user_group.choices for seats in choice.use), default=1
        )
        self.scale = lcm(*range(1, most + 1))
        for user_group, counts in zip(user_groups, self.counts, strict=True):
            lightest = min(
                range(len(counts)), key=lambda index: (user_group.choices[index].weight, user_group.choices[index].use)
            )
            counts[lightest] = user_group.count
            self.weight += user_group.count * user_group.choices[lightest].weight
            for index, seats in enumerate(user_group.choices[lightest].use):
                self.used[index] += user_group.count * seats

    def moves(self) -> Iterator[_Move]:
        """Yield every change that somebody could make."""
        for number, (user_group, counts) in enumerate(zip(self.user_groups, self.counts, strict=True)):
            for move in _moves(number, user_group.choices):
                if counts[move.source]:
                    yield move

    def room(self, use: Sequence[int], most: int) -> int:
        """Return how often seats can be taken before a cap is exceeded, at most so often."""
        for index, seats in enumerate(use):
            if seats > 0:
                most = min(most, max(0, self.caps[index] - self.used[index]) // seats)
        return most

    def make(self, move: _Move, times: int) -> None:
        self.counts[move.user_group][move.source] -= times
        self.counts[move.user_group][move.target] += times
        self.weight += times * move.weight
        for index, seats in enumerate(move.use):
            self.used[index] += times * seats

    def repair(self) -> bool:
        """Move people until no cap is exceeded; False where no move helps."""
        while (above := self._exceeded()) is not None:
            moves = [
                (move.weight * (self.scale // -move.use[above]), move)
                for move in self.moves()
                if move.use[above] < 0 and self.room(move.use, 1)
            ]
            if not moves:
                return False
            _, move = min(moves)
            needed = -((self.used[above] - self.caps[above]) // move.use[above])
            self.make(move, self.room(move.use, min(needed, self.counts[move.user_group][move.source])))
        return True

    def _exceeded(self) -> int | None:
        return next((index for index, cap in enumerate(self.caps) if self.used[index] > cap), None)

    def is_short(self) -> bool:
        """Tell whether a full cap, or all of them together, has fewer seats than everyone needs of it at least."""
        full = [index for index, cap in enumerate(self.caps) if self.used[index] >= cap]
        return any(
            self._least(indices) > sum(self.caps[index] for index in indices)
            for indices in (full, *([index] for index in full))
        )

    def _least(self, indices: Sequence[int]) -> int:
        """Return how many seats of some caps everyone needs at least."""
        return sum(
            user_group.count * min(sum(choice.use[index] for index in indices) for choice in user_group.choices)
            for user_group in self.user_groups
        )

    def improve(self) -> None:
        """Make moves, alone or in pairs, while they save weight."""
        while (saving := next(self._savings(), None)) is not None:
            first, second, times = saving
            self.make(first, times)
            if second is not None:
                self.make(second, times)

    def _savings(self) -> Iterator[tuple[_Move, _Move | None, int]]:
        """Yield moves, alone or in pairs, that save weight and fit, with how many people can make them."""
        moves = list(self.moves())
        for move in moves:
            times = self.room(move.use, self.counts[move.user_group][move.source]) if move.weight < 0 else 0
            if times:
                yield move, None, times
        for index, first in enumerate(moves):
            for second in moves[:index]:
                if first.weight + second.weight < 0:
                    times = self._times(first, second)
                    if times:
                        yield first, second, times

    def _times(self, first: _Move, second: _Move) -> int:
        """Return how many people can make each of two moves at once."""
        counts = [self.counts[move.user_group][move.source] for move in (first, second)]
        is_shared = (first.user_group, first.source) == (second.user_group, second.source)
        use = tuple(map(int.__add__, first.use, second.use))
        return self.room(use, counts[0] // 2 if is_shared else min(counts))

    def allocation(self, prices: Sequence[int]) -> Allocation:
        """Return the choices made, with their proof."""
        return Allocation(tuple(map(tuple, self.counts)), self.weight, tuple(prices))

    def is_proof(self, prices: Sequence[int]) -> bool:
        """Tell whether only full caps have a price, and nobody has a lighter choice at these prices."""
        if any(price and not self._is_full(index) for index, price in enumerate(prices)):
            return False
        return all(
            move.weight + sum(price * seats for price, seats in zip(prices, move.use, strict=True)) >= 0
            for move in self.moves()
        )

    def prices(self) -> tuple[int, ...] | None:
        """Return prices of the full caps' seats at which nobody has a lighter choice; None where there are none."""
        prices = [0] * len(self.caps)
        for _ in range(MOST_ROUNDS):
            wishes = []
            for move in self.moves():
                saved = -move.weight - sum(price * seats for price, seats in zip(prices, move.use, strict=True))
                if saved > 0:
                    wanted = [index for index, seats in enumerate(move.use) if seats > 0 and self._is_full(index)]
                    if not wanted:
                        return None
                    wishes.append((len(wanted), wanted[0], saved, move.use[wanted[0]]))
            if not wishes:
                return tuple(prices)
            _, index, saved, seats = min(wishes)
            prices[index] += -(-saved // seats)
        return None

    def _is_full(self, index: int) -> bool:
        return self.used[index] == self.caps[index]
