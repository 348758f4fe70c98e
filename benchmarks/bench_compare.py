"""A bridge over eight groups of inputs against a plain loop of `build_plan` over as many plans.

Both compute the same 256 plans, every combination of the groups in which two scenarios differ. The loop builds each
as a page would, findings included; the bridge needs figures only, and plans that differ in money share their
schedule. The run stops unless both come to the same figures.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from decimal import Decimal
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ratios import alternating, ratio_of, spread
from tests.builders import plan_for
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.compare.bridge import BridgeFigure, bridges_between
from zt_planner.engine.compare.inputs import differing_groups, mixed
from zt_planner.files.scenario_json import with_values

if TYPE_CHECKING:
    from zt_planner.engine.case import Case
    from zt_planner.engine.plan import Plan

TODAY = date(2026, 11, 6)
CHANGES = {
    "company.employees": 180,
    "company.works_council": False,
    "choices.identity_provider": "okta",
    "choices.monitoring": "mdr",
    "choices.hardware_reuse": Decimal("0.4"),
    "labour.external_day_rate": "1300.00",
    "timeline.target_months": 12,
    "finance.contingency": Decimal("0.2"),
}
"""One change in each group but the status, which a plan and its variants have in common."""
PLANNED = tuple(group for group in InputGroup if group is not InputGroup.STATUS)


def both() -> tuple[Case, Case]:
    """Return the default case, and one that differs in every group of what is planned."""
    book, model = price_book(), phase_model()
    scenarios = (Scenario(), with_values(Scenario(), CHANGES))
    first, other = (case_of(scenario, book, model, today=TODAY) for scenario in scenarios)
    return first, other


def built(cases: list[Case]) -> list[Plan]:
    """Return the plan of each case."""
    return [plan_for(case_of(each.scenario, each.base_book, each.base_model, today=TODAY)) for each in cases]


def check(first: Case, other: Case) -> None:
    """Stop the run unless the bridges lead from the one plan to the other."""
    before, after = (plan.headlines for plan in built([first, other]))
    if differing_groups(first, other) != PLANNED:
        raise SystemExit("not comparable: eight groups must differ")
    for bridge in bridges_between(first, other):
        is_day = bridge.figure is BridgeFigure.FINISH_DATE
        difference = getattr(after, bridge.figure) - getattr(before, bridge.figure)
        if bridge.total != (difference.days if is_day else difference):
            raise SystemExit(f"not comparable: the bars of {bridge.figure} come to {bridge.total}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="runs of each, alternating")
    parser.add_argument("--warm-ups", type=int, default=2, help="runs of each before that")
    given = parser.parse_args()
    first, other = both()
    check(first, other)
    groups = tuple(InputGroup)
    sets = chain.from_iterable(combinations(groups, size) for size in range(len(groups) + 1))
    cases = [mixed(first, other, taken) for taken in sets]
    bridge, loop = alternating(
        (lambda: bridges_between(first, other), lambda: built(cases)), given.rounds, given.warm_ups
    )
    print(f"{len(cases)} plans, {len(groups)} groups of inputs")
    print(f"bridges_between (four figures)  {spread(bridge)}")
    print(f"build_plan, one by one          {spread(loop)}")
    print(f"bridges_between / build_plan one by one: {ratio_of(bridge, loop)}")


if __name__ == "__main__":
    main()
