"""Compare: two to four plans side by side, and why another plan's figures differ from the first one's.

Law: a table or picture that is folded or not chosen is not made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.compare.over_time import roadmaps_table, totals_table, variant_name
from zt_planner.topics.compare.sentences import finding_lines, ground_notes, input_lines
from zt_planner.topics.compare.side_by_side import figure_table
from zt_planner.ui.components.charts.compared import show_roadmaps, show_totals
from zt_planner.ui.components.components import fold, show_lines
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.pages.compare.bridge import show_bridge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.language import Language

MOST_LINES = 10


def draw_comparison(comparison: Comparison, language: Language) -> None:
    """Draw the page below its answer."""
    say, variants = language.say, comparison.variants
    show_lines((" · ".join(variant_name(each, language) for each in variants), *ground_notes(comparison, language)))
    if any(variant.plan.headlines is not None for variant in variants):
        show_table(figure_table(comparison, language), say("Key figures side by side"), stacks=True)
        over_time(comparison, language)
    other = chosen(comparison, language)
    differences(comparison.first, other, language)
    show_bridge(comparison.first, other, language)


def over_time(comparison: Comparison, language: Language) -> None:
    """Draw what the plans cost and when their steps are done, on axes of months."""
    say = language.say
    st.header(say("Running totals"))
    show_totals(comparison, language)
    fold(
        say("The running totals as a table"),
        "totals",
        lambda: show_table(totals_table(comparison, language), say("Running totals by month"), scrolls=True),
    )
    st.header(say("Roadmaps"))
    show_roadmaps(comparison, language)
    fold(
        say("The roadmaps as a table"),
        "roadmaps",
        lambda: show_table(roadmaps_table(comparison, language), say("Steps side by side"), stacks=True),
    )


def chosen(comparison: Comparison, language: Language) -> Variant:
    """Return the plan that is held against the first one; where there are several, draw the choice."""
    others = {variant.letter: variant for variant in comparison.others}
    if len(others) == 1:
        return comparison.others[0]
    letter = st.segmented_control(
        plain(language.say("Compare {plan} with", plan=comparison.first.letter)),
        list(others),
        default=comparison.others[0].letter,
        required=True,
        format_func=lambda each: plain(others[each].letter),
        key="against",
        bind="query-params",
    )
    return others.get(letter, comparison.others[0])


def differences(first: Variant, other: Variant, language: Language) -> None:
    """Draw what differs in the inputs, and which findings are new, gone or changed."""
    say = language.say
    st.header(
        plain(say("{other} – what differs from {first}", other=variant_name(other, language), first=first.letter))
    )
    show_list(input_lines(first, other, language), "inputs", say("No input differs."), language)
    st.header(say("Findings"))
    nothing = say("Both plans have the same findings.")
    show_list(finding_lines(first, other, language), "changed_findings", nothing, language)


def show_list(lines: Iterable[str], key: str, nothing: str, language: Language) -> None:
    """Draw sentences one below the other, of very many the first, and the rest folded; or that there is none."""
    found = list(lines)
    most = len(found) if len(found) <= MOST_LINES else MOST_LINES - 1

    def show(part: Sequence[str]) -> None:
        st.markdown("\n".join(f"- {plain(line)}" for line in part))

    if found:
        show(found[:most])
    else:
        st.markdown(plain(nothing))
    if found[most:]:
        title = language.say("and {n} more", n=language.number(len(found) - most))
        fold(title, key, lambda: show(found[most:]))
