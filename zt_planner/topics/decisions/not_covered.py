"""What a plan does not cover, so that nobody believes more than is signed."""

from __future__ import annotations

from zt_planner.engine.not_covered import Uncovered, left_out_by_hand, uncovered_by
from zt_planner.language import Capitalised, Labelled, Listed, Number, Text, Words
from zt_planner.topics.block import Group, TableBlock
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import task_names
from zt_planner.topics.view import View


def not_covered_group(view: View) -> Group | None:
    """Return what no task does, a line each, and which tasks were left out; None where nothing is left."""
    plan, names = view.plan, task_names(view.case.base_model)
    rows: list[tuple[Words, ...]] = [(_subject(each), Capitalised(Text(each.text))) for each in uncovered_by(plan)]
    left_out = [names[task] for task in left_out_by_hand(plan)]
    if left_out:
        rows.append((Text("Left out by you"), Listed(left_out, "; ")))
    if not rows:
        return None
    heading = Text("What the plan does not cover")
    table = Table((Text("What"), Text("What no task of the plan does")), tuple(rows))
    return Group("not_covered", heading, (TableBlock(heading, table),))


def _subject(each: Uncovered) -> Words:
    subject = Text(each.row.subject)
    return subject if each.count is None else Labelled(subject, Number(each.count))
