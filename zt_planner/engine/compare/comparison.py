"""Two to four plans side by side: the first is what the others are compared with.

Decides on what ground: all plans get the shortest of their horizons, as a total over more months is no larger price.
Law: a plan's other figures are those that it has alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from zt_planner.domain.variants import LETTERS
from zt_planner.engine.case import Case
from zt_planner.engine.compare.bridge import Bridge, Follow, bridges_between
from zt_planner.engine.compare.inputs import differing_groups
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.planner import build_plan


class Variant(NamedTuple):
    """A plan that is compared, with the bridges from the first plan to it, and the horizon that it had, in months."""

    letter: str
    name: str
    plan: AnyPlan
    bridges: tuple[Bridge, ...]
    own_horizon: int

    @property
    def case(self) -> Case:
        """The case of the plan, over the horizon that all plans have."""
        return self.plan.case


class Comparison(NamedTuple):
    """The first plan, and those that are compared with it."""

    first: Variant
    others: tuple[Variant, ...]

    @property
    def variants(self) -> tuple[Variant, ...]:
        return self.first, *self.others


def comparison_of(
    cases: Mapping[str, Case], letters: Sequence[str] = LETTERS, follow: Follow = lambda: None
) -> Comparison:
    """Compare the plans of up to four cases, by name, all as of one day; `follow` is called before each combination.

    `letters` are what the plans are called for short.
    """
    grounded = on_common_ground(cases.values())
    first, *others = (
        Variant(
            letter,
            name,
            build_plan(case),
            bridges_between(grounded[0], case, follow) if letter != letters[0] else (),
            len(cases[name].horizon),
        )
        for letter, name, case in zip(letters, cases, grounded, strict=False)
    )
    return Comparison(first, tuple(others))


def combinations_of(cases: Mapping[str, Case]) -> int:
    """Return how many combinations of groups a comparison of cases goes through."""
    first, *others = on_common_ground(cases.values())
    return sum(1 << len(differing_groups(first, other)) for other in others)


def on_common_ground(cases: Collection[Case]) -> list[Case]:
    """Return cases over the shortest of their horizons."""
    months = min(len(case.horizon) for case in cases)
    return [
        case if len(case.horizon) == months else case.changed(case.scenario.changed("finance.horizon_months", months))
        for case in cases
    ]
