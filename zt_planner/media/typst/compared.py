"""Plans side by side for paper: running totals and roadmaps, with the words that a sheet of its own needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.language import Labelled
from zt_planner.media.typst.picture import PaperSheet
from zt_planner.topics.compare.answer import compare_answer
from zt_planner.topics.compare.over_time import variant_name
from zt_planner.topics.compare.picture import roadmaps_of, totals_of
from zt_planner.topics.compare.sentences import ground_notes
from zt_planner.topics.picture.whole import readable
from zt_planner.topics.sentence import planning_note
from zt_planner.topics.stamp import version_stamp
from zt_planner.topics.view import any_view

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.language import Language


def paper_comparison_of(comparison: Comparison, language: Language) -> PaperSheet:
    """Return running totals and roadmaps of plans side by side, each stamped with how its figures are reproduced."""
    stamps = (
        language.write(Labelled(each.letter, version_stamp(any_view(each.plan, language))))
        for each in comparison.variants
    )
    return PaperSheet(
        kicker=" · ".join(language.write(variant_name(each)) for each in comparison.variants),
        title=language.write(compare_answer(comparison)),
        language=language.code,
        stamp=(language.write(planning_note(comparison.first.plan)), *stamps),
        notes=tuple(map(language.write, ground_notes(comparison))),
        drawings=tuple(readable(language.written(each(comparison))) for each in (totals_of, roadmaps_of)),
    )
