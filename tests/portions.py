"""Which cases of a test are part of `make test`; the others wait for `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from _pytest.mark import ParameterSet


def names(cases: Iterable[str], *brief: str) -> list[ParameterSet]:
    """Return a parameter for each name; all but the brief ones are `extended`."""
    return values({name: name for name in cases}, *brief)


def values(cases: Mapping[str, object], *brief: str) -> list[ParameterSet]:
    """Return a parameter for each value, with its name; a tuple is several. All but the brief ones are `extended`."""
    assert cases.keys() >= set(brief)
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            id=name,
            marks=() if name in brief else pytest.mark.extended,
        )
        for name, value in cases.items()
    ]
