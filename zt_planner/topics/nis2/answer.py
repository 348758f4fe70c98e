"""What the page NIS2 answers: how many measures are supported, and from when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.plan import CoverageState
from zt_planner.language import Listed, Number, Plural, Text, Words, series

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan


def nis2_answer(plan: Plan) -> Words:
    """Say how many measures are supported and from when, how many only partly, and how many not at all."""
    states = [covered.state for covered in plan.coverage]
    days = sorted(
        covered.reached_on
        for covered in plan.coverage
        if covered.state is CoverageState.SUPPORTED and covered.reached_on is not None
    )
    supported, all_of_them = len(days), Number(len(states))
    if not days:
        parts = [Text("None of {all} measures is supported at the end", all=all_of_them)]
    elif days[0] == days[-1]:
        parts = [
            Plural(
                "{n} of {all} measures is supported, from {first}",
                "{n} of {all} measures are supported, from {first}",
                supported,
                all=all_of_them,
                first=days[0],
            )
        ]
    else:
        parts = [
            Text(
                "{n} of {all} measures are supported, the first from {first}, the last from {last}",
                n=Number(supported),
                all=all_of_them,
                first=days[0],
                last=days[-1],
            )
        ]
    partly, unserved = states.count(CoverageState.PARTLY), states.count(CoverageState.OPEN)
    if partly:
        parts.append(Text("{n} only partly", n=Number(partly)))
    if unserved:
        parts.append(Text("{n} not at all", n=Number(unserved)))
    return Listed((series(parts), "."), "")
