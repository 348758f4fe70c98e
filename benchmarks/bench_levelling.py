"""Levelling the default plan to limits: how short it gets, how soon, and how far from the best it can be at most.

The default scenario in capacity mode, teams of 3 and 2.5 days a week, start
4 January 2027: without a cap and with caps of EUR 16,000, 14,000 and 12,000 a
month. Compared are the quick schedule, which keeps no cap, and the length that
no order goes below. Each levelled plan is checked here: its dates by
`build_plan`, its payments month by month.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from zt_planner.engine.case import case_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import cash_by_month, payment
from zt_planner.engine.levelling.limits import Limits
from zt_planner.engine.levelling.proposal import Proposal, level
from zt_planner.engine.plan import calendar_of_plan
from zt_planner.engine.rcpsp.budget import SolverBudget, SolverProgress

TODAY = date(2026, 11, 6)
START = date(2027, 1, 4)
CAPS = (None, 16_000, 14_000, 12_000)


@dataclass
class Followed:
    """What a search has reported: the seconds until its first schedule, and the finish by the second."""

    begun: float = field(default_factory=perf_counter)
    first: float | None = None
    lengths: list[tuple[float, int]] = field(default_factory=list)

    def take(self, progress: SolverProgress) -> None:
        """Take a report."""
        if progress.finish is not None:
            self.first = self.first or perf_counter() - self.begun
            self.lengths.append((perf_counter() - self.begun, progress.finish))

    def after(self, seconds: float) -> int | None:
        """Return the length that was reached after so many seconds."""
        return next((length for at, length in reversed(self.lengths) if at <= seconds), None)


def checked(proposal: Proposal, cap: int | None) -> None:
    """Exit where a levelled plan pays more than its cap in some month, or has other dates than were found."""
    plan = proposal.plan
    paid = cash_by_month((*plan.cost_lines, *plan.prepaid_tail), plan.months, payment)
    if cap is not None and max(paid.values()) > cap:
        raise SystemExit(f"a month pays {max(paid.values())}, above the cap of {cap}")
    if any(task.start != task.levelled_start for task in plan.tasks):
        raise SystemExit("a task does not start on its levelled day")


def main() -> None:
    """Level under each cap and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="for each cap")
    given = parser.parse_args()
    book, model = bootstrap.price_book(), bootstrap.phase_model()
    scenario = Scenario().changed("timeline.start", START)
    ratios = []
    for cap in CAPS:
        limits = Limits(Decimal(3), Decimal("2.5"), None if cap is None else Decimal(cap))
        followed = Followed()
        solver_budget = SolverBudget(given.seconds, perf_counter, on_progress=followed.take)
        proposal = level(
            case_of(scenario, book, model, today=TODAY), limits=limits, solver_budget=solver_budget
        ).proposal
        if proposal is None:
            raise SystemExit("no schedule was found")
        checked(proposal, cap)
        figures = proposal.quick.headlines
        quick = calendar_of_plan(proposal.quick).count(START, figures.finish_date) if figures else 0
        ratios.append(proposal.length / proposal.bound)
        print(
            f"cap {cap or 'none':>6}: {proposal.length} days (quick {quick}), "
            f"at least {proposal.bound}, gap {proposal.gap:.1%}; first after {followed.first or 0:.2f} s, "
            f"{followed.after(1)} after 1 s; {len(proposal.moves)} tasks move; proven {sorted(proposal.proven)}",
            flush=True,
        )
    print(f"longest against the least that there is: ratio {max(ratios):.2f}")


if __name__ == "__main__":
    main()
