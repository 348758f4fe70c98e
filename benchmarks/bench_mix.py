"""The licence mix and its reasons against a plan: the whole price book, for each identity provider.

With 500 people the seat caps bind. What was remembered of earlier
mixes is forgotten before each plan. What is compared is
`license_company` alone and `build_plan` without it; the aim is a ratio of at
most 1 for every provider, at the upper end of its interval. What the Budget
page needs beside the plan when People moves, the reasons of the mix, is
compared with `build_plan` as a whole, for many numbers of people that were
not asked for before, of a company that owns nothing and one that owns a
licence. The time of the licence cliff radar, which no plan waits for, is
printed beside it.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ratios import milliseconds, ratio_of, spread
from tests.builders import unstopped
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import IdentityProvider, Scenario
from zt_planner.engine import planner
from zt_planner.engine.case import case_of
from zt_planner.engine.licensing.licences import best_mix, license_company
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.licences.cliffs import radar_of
from zt_planner.topics.licences.mix import explain_mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.engine.licensing.licences import Licensing

TODAY = date(2026, 11, 6)
PEOPLE = 500
RADARS = 9
OWNED = (None, "m365-business-standard")


def timed(taken: list[float], *arguments: object) -> Licensing:
    """License a company and note how many milliseconds it took."""
    begin = perf_counter()
    found = license_company(*arguments)  # type: ignore[arg-type]
    taken.append((perf_counter() - begin) * 1000)
    return found


def measured(provider: IdentityProvider, rounds: int, warm_ups: int) -> tuple[Sequence[float], Sequence[float]]:
    """Return the times of the mix and of the rest of the plan, in milliseconds."""
    mixes: list[float] = []
    rests: list[float] = []
    planner.license_company = partial(timed, mixes)  # type: ignore[attr-defined]
    scenario = Scenario.model_validate({"company": {"employees": PEOPLE}, "choices": {"identity_provider": provider}})
    for _ in range(warm_ups + rounds):
        best_mix.cache_clear()
        begin = perf_counter()
        planner.build_plan(case_of(scenario, price_book(), phase_model(), today=TODAY))
        rests.append((perf_counter() - begin) * 1000 - mixes[-1])
    return mixes[warm_ups:], rests[warm_ups:]


def reasoned(provider: IdentityProvider, owned: str | None, rounds: int) -> tuple[list[float], list[float]]:
    """Return the times of the reasons and of whole plans, in milliseconds, for numbers of people from 61 on."""
    reasons: list[float] = []
    plans: list[float] = []
    for people in range(60, 61 + rounds):
        scenario = Scenario.model_validate(
            {"company": {"employees": people, "owned_licence": owned}, "choices": {"identity_provider": provider}}
        )
        begin = perf_counter()
        plan = planner.build_plan(case_of(scenario, price_book(), phase_model(), today=TODAY))
        planned = perf_counter()
        explain_mix(unstopped(plan))
        reasons.append((perf_counter() - planned) * 1000)
        plans.append((planned - begin) * 1000)
    return reasons[1:], plans[1:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100, help="plans for each provider")
    parser.add_argument("--warm-ups", type=int, default=10, help="plans for each provider before that")
    given = parser.parse_args()
    worst = None
    for provider in IdentityProvider:
        mixes, rests = measured(provider, given.rounds, given.warm_ups)
        ratio = ratio_of(mixes, rests)
        print(f"{provider:7} mix {spread(mixes)}, rest of the plan {spread(rests)}: {ratio}")
        worst = ratio if worst is None or ratio.value > worst.value else worst
    planner.license_company = license_company  # type: ignore[attr-defined]
    for provider in IdentityProvider:
        for owned in OWNED:
            reasons, plans = reasoned(provider, owned, 4 * given.rounds)
            whose = f"{provider} {owned or 'nothing owned'}"
            print(f"{whose:31} reasons {spread(reasons)}, plan {spread(plans)}: {ratio_of(reasons, plans)}")
    plan = planner.build_plan(case_of(Scenario(), price_book(), phase_model(), today=TODAY))
    curves = partial(radar_of, plan.case, shown_licence_month(plan))
    radar = [milliseconds(curves) for _ in range(RADARS)]
    print(f"licence cliff radar, 1 to 1,000 people, three providers: {spread(radar)}")
    print(f"mix / rest of build_plan, {PEOPLE} people, the slowest provider: {worst}")


if __name__ == "__main__":
    main()
