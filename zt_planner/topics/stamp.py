"""The version stamp of every file: what its figures are worth, and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner import __version__
from zt_planner.language import Text, Words
from zt_planner.topics.sentence import planning_note

if TYPE_CHECKING:
    from zt_planner.topics.view import AnyView


def document_title(view: AnyView) -> Words:
    """Return what a file is called within: whose plan it is, and which variant, or that it is the approved one."""
    name = view.plan.scenario.company.name
    title = Text("Zero Trust plan of {company}", company=name) if name else Text("Zero Trust plan")
    if view.approved_on is not None:
        return Text("{plan}, as approved on {day}", plan=title, day=view.approved_on)
    return Text("{plan}, variant {variant}", plan=title, variant=view.variant) if view.variant else title


def version_stamp(view: AnyView) -> Words:
    """Return what every figure can be reproduced with, in one line."""
    plan = view.plan
    stamp = Text(
        "ZT Planner {program}, scenario {scenario}, prices {prices}, model {model}, seed {seed}. Made as of {day}.",
        program=__version__,
        scenario=str(plan.scenario.version),
        prices=plan.case.book.version,
        model=plan.case.base_model.version,
        seed=str(plan.scenario.uncertainty.seed),
        day=plan.today,
    )
    return marked(stamp, view)


def marked(stamp: Words, view: AnyView) -> Words:
    """Return a stamp that begins with which variant it is of, or that it is of the approved plan."""
    if view.approved_on is not None:
        return Text("As approved on {day}. {stamp}", day=view.approved_on, stamp=stamp)
    return Text("Variant {variant}. {stamp}", variant=view.variant, stamp=stamp) if view.variant else stamp


def stamp_of(view: AnyView) -> tuple[Words, Words]:
    """Return the two lines that every file carries: what its figures are worth, and where they come from."""
    return planning_note(view.plan), version_stamp(view)
