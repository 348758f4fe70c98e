"""What should be checked, as one line: the findings by their titles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zt_planner.language import Labelled, Listed, Number, Plural, Text, Words
from zt_planner.topics.findings.findings import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.finding import Finding

MOST_NAMED = 2


def findings_line(findings: Sequence[Finding], book: PriceBook) -> Words:
    """Say how many things should be checked, the first titles, how many have others."""
    titles = Counter(describe(finding, book).title for finding in findings)
    named = list(titles)[:MOST_NAMED]
    count = Plural("{n} thing to check", "{n} things to check", len(findings))
    left = len(findings) - sum(titles[title] for title in named)
    more = [Text("and {n} more", n=Number(left))] if left else []
    return Labelled(count, Listed((*named, *more), " · "))
