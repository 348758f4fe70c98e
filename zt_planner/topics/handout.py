"""Input of every export: a plan with its texts, and the version stamp of every file.

Decides nothing of how a file looks (`export`). Laws: every format is written
from a handout and from nothing else, so that all of them say the same; equal
handouts have equal stamps, whatever the day on which they are written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from zt_planner import __version__
from zt_planner.domain.variants import PLAN
from zt_planner.engine.approved import reference_case
from zt_planner.engine.simulation.drivers import drivers_of
from zt_planner.topics.progress.status import plan_sentence, reference_plan_of
from zt_planner.topics.sentence import planning_note

if TYPE_CHECKING:
    from datetime import datetime

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan
    from zt_planner.engine.case import Case
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.engine.simulation.drivers import Drivers
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language


@dataclass(frozen=True)
class Handout:
    """A plan, the case that it was made of, and the language in which it is handed out.

    `simulation` is None for a plan that has stopped. `written_at` is when the files are written, for calendars, which
    tell a newer file by it; without it, the beginning of the plan's day. `comparison` has this plan as its first.
    `variant` is the letter and the name of a variant; nothing for the plan itself.
    """

    plan: Plan
    case: Case
    language: Language
    simulation: SimulationResult | None
    written_at: datetime | None = None
    comparison: Comparison | None = None
    variant: str = ""

    @property
    def letter(self) -> str:
        """The letter of the plan or variant."""
        return self.variant[:1] or PLAN

    @property
    def book(self) -> PriceBook:
        """The price book with the scenario's own rows in it."""
        return self.case.book

    @cached_property
    def reference(self) -> Plan | None:
        """What the plan is measured against once it is under way; None without a status date."""
        return reference_plan_of(self.plan, self.case)

    def sentence(self, *, names_mfa: bool = False) -> str:
        """Return the plan in one sentence."""
        return plan_sentence(self.plan, self.reference, self.language, self.simulation, names_mfa=names_mfa)

    @cached_property
    def drivers(self) -> Drivers | None:
        """What the spread comes from, worked out once for all files; None where nothing is drawn."""
        return None if self.simulation is None else drivers_of(self.plan, self.book, self.simulation)

    @cached_property
    def reference_handout(self) -> Handout | None:
        """The plan that this one is measured against as it would be handed out; None without a status date."""
        if self.reference is None:
            return None
        return replace(self, plan=self.reference, case=reference_case(self.case), simulation=None, comparison=None)


def document_title(handout: Handout) -> str:
    """Return what a file is called within: whose plan it is, and which variant."""
    name, say = handout.plan.scenario.company.name, handout.language.say
    title = say("Zero Trust plan of {company}", company=name) if name else say("Zero Trust plan")
    return say("{plan}, variant {variant}", plan=title, variant=handout.variant) if handout.variant else title


def version_stamp(handout: Handout) -> str:
    """Return what every figure can be reproduced with, in one line; of a variant, which it is."""
    plan, say = handout.plan, handout.language.say
    stamp = say(
        "ZT Planner {program}, scenario {scenario}, prices {prices}, model {model}, seed {seed}. Made as of {day}.",
        program=__version__,
        scenario=plan.scenario.version,
        prices=plan.book_version,
        model=plan.model_version,
        seed=plan.scenario.uncertainty.seed,
        day=handout.language.day(plan.today),
    )
    return say("Variant {variant}. {stamp}", variant=handout.variant, stamp=stamp) if handout.variant else stamp


def stamp_of(handout: Handout) -> tuple[str, str]:
    """Return the two lines that every file carries: what its figures are worth, and where they come from."""
    return planning_note(handout.plan, handout.language), version_stamp(handout)
