"""Examples that laws share.

Drawing an example and planning it takes longer than most laws. So all laws of a process share as many examples as each
of them tries: the same ones in continuous integration, elsewhere others every day. With `thorough`, each law draws its
own.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

MOST_SHARED = 50
COUNT = settings().max_examples
Drawn = TypeVar("Drawn")


def shared(source: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn]:
    """Return a strategy for one of as many examples as a law tries, which are drawn before the first law needs one."""
    return st.deferred(lambda: st.sampled_from(_examples(source))) if COUNT <= MOST_SHARED else source


def _examples(source: st.SearchStrategy[Drawn]) -> list[Drawn]:
    """Draw examples that have nothing in common: of one run of hypothesis, most are variations of a few."""
    first = 0 if os.environ.get("CI") else datetime.now(UTC).toordinal()
    return [_example(source, first * COUNT + number) for number in range(COUNT)]


def _example(source: st.SearchStrategy[Drawn], number: int) -> Drawn:
    """Return the second of the examples that are drawn with a seed; the first is always the plainest."""
    examples: list[Drawn] = []
    plain = settings(max_examples=2, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))

    @seed(number)
    @plain
    @given(source)
    def keep(example: Drawn) -> None:
        examples.append(example)

    keep()
    return examples[-1]
