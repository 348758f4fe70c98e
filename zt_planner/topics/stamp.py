"""The version stamp of every file: what its figures are worth, and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner import __version__
from zt_planner.topics.sentence import planning_note

if TYPE_CHECKING:
    from zt_planner.topics.view import View


def document_title(view: View) -> str:
    """Return what a file is called within: whose plan it is, and which variant."""
    name, say = view.plan.scenario.company.name, view.language.say
    title = say("Zero Trust plan of {company}", company=name) if name else say("Zero Trust plan")
    return say("{plan}, variant {variant}", plan=title, variant=view.variant) if view.variant else title


def version_stamp(view: View) -> str:
    """Return what every figure can be reproduced with, in one line; of a variant, which it is."""
    plan, say = view.plan, view.language.say
    stamp = say(
        "ZT Planner {program}, scenario {scenario}, prices {prices}, model {model}, seed {seed}. Made as of {day}.",
        program=__version__,
        scenario=plan.scenario.version,
        prices=plan.case.book.version,
        model=plan.case.base_model.version,
        seed=plan.scenario.uncertainty.seed,
        day=view.language.day(plan.today),
    )
    return say("Variant {variant}. {stamp}", variant=view.variant, stamp=stamp) if view.variant else stamp


def stamp_of(view: View) -> tuple[str, str]:
    """Return the two lines that every file carries: what its figures are worth, and where they come from."""
    return view.language.write(planning_note(view.plan)), version_stamp(view)
