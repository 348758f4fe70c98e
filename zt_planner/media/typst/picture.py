"""The picture for paper: the roadmap and the money, with the words that a sheet of its own needs.

Law: a plan of very many tasks is drawn by step, and the picture says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.topics.axes import FEWEST_MONTHS
from zt_planner.topics.brand import Look, look_of
from zt_planner.topics.picture.alt import picture_alt
from zt_planner.topics.picture.time_axis import TimeAxis
from zt_planner.topics.picture.whole import Picture, on_axis, picture_of, readable
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.sentence import headline_sentence, missing_prices
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.view import StoppedView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language, Words
    from zt_planner.topics.view import AnyView

MOST_TASKS = 45
"""So many tasks are named one by one; more would be too small to read on a sheet."""


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """Pictures with the words that a sheet of their own needs; of a plan without a schedule `notes` say so."""

    kicker: Words
    title: str
    language: str
    stamp: tuple[Words, ...]
    notes: tuple[str, ...]
    drawings: tuple[Picture, ...]
    look: Look | None = None


def paper_picture_of(view: AnyView) -> PaperSheet:
    """Return the picture, task by task where they are not too many, or by step."""
    if isinstance(view, StoppedView):
        return stopped_picture_of(view)
    plan, language = view.plan, view.language
    is_short = len(plan.tasks) > MOST_TASKS
    drawing = picture_of(
        plan, opened=() if is_short else tuple(Step), before=view.reference, promised=view.promise.finish_at_confidence
    )
    drawing = replace(drawing, alt=picture_alt(plan, view.reference))
    return PaperSheet(
        kicker=document_title(view),
        title=language.write(plan_sentence(view)),
        language=language.code,
        stamp=stamp_of(view),
        notes=tuple(notes_of(plan, language, is_cut=is_short)),
        drawings=(readable(language.written(drawing)),),
        look=look_of(plan),
    )


def stopped_picture_of(view: StoppedView) -> PaperSheet:
    """Return an empty axis, and that there is nothing to show."""
    plan, language = view.plan, view.language
    months = plan.months[:FEWEST_MONTHS]
    nothing = language.say("There is no schedule to show.")
    return PaperSheet(
        kicker=document_title(view),
        title=language.write(headline_sentence(view)),
        language=language.code,
        stamp=stamp_of(view),
        notes=(nothing,),
        drawings=(language.written(on_axis(TimeAxis.of(months), months, nothing, None)),),
    )


def notes_of(plan: Plan, language: Language, *, is_cut: bool) -> Iterator[str]:
    """Yield what a reader must know about the picture: that it is cut, that prices are missing."""
    if is_cut:
        yield language.say(
            "There are too many tasks for one sheet ({n}): they are drawn by step.",
            n=language.number(len(plan.tasks)),
        )
    if not plan.is_complete:
        yield language.write(missing_prices(plan))
