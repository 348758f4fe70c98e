"""What should be checked, as one line: how much of the money is verified, and the findings by their titles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zt_planner.domain.headlines import FigureName
from zt_planner.engine.costing.trust import verified_share
from zt_planner.engine.figures import figure_lines
from zt_planner.language import Labelled, Listed, Number, Plural, Text, Words, sentences
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.labels import share_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.finding import Finding
    from zt_planner.engine.plan import Plan

MOST_NAMED = 3


def findings_line(findings: Sequence[Finding], book: PriceBook, first: Words = "") -> Words:
    """Say whatever is to be said first, how many things should be checked, the first titles, how many have others."""
    titles = Counter(describe(finding, book).title for finding in findings)
    named = list(titles)[:MOST_NAMED]
    count = Plural("{n} thing to check", "{n} things to check", len(findings))
    left = len(findings) - sum(titles[title] for title in named)
    more = [Text("and {n} more", n=Number(left))] if left else []
    return sentences(Listed((first, "."), "") if first else "", Labelled(count, Listed((*named, *more), " · ")))


def verified_words(plan: Plan) -> Words:
    """Say how much of the budget of the introduction is verified; nothing where nothing of it has a price."""
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    if lines and all(line.amount is None for line in lines):
        return ""
    verified = verified_share(lines, plan.scenario, plan.priced_on)
    return Text("{share} of the money is verified", share=share_text(verified))
