"""What the page Prices answers: how much of the money is verified, and which quote matters most."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.domain.headlines import FigureName
from zt_planner.engine.costing.trust import TO_QUOTE, marks_of_line, share_of, total_size
from zt_planner.engine.figures import figure_lines
from zt_planner.language import Listed, Text, Words, sentences
from zt_planner.topics.findings.findings import shortened_list
from zt_planner.topics.findings.line import verified_words
from zt_planner.topics.labels import product_name, share_text

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan


def prices_answer(plan: Plan) -> Words:
    """Say how much of the money is verified, and which quote matters most."""
    missing = next((found.facts["prices"] for found in plan.findings if found.code is Code.PRICE_MISSING), None)
    if isinstance(missing, tuple):
        names = shortened_list([product_name(str(key), plan.case.book) for key in missing])
        return Text(
            "Prices are missing: ask first for {products}. Until then nobody knows how much of the money is verified.",
            products=names,
        )
    wanted, ask = quote_to_ask(plan), Text("No quote is missing.")
    if wanted is not None:
        price_id, share = wanted
        ask = Text(
            "Get a quote for this first: {product} ({share} of the money).",
            product=product_name(price_id, plan.case.book),
            share=share_text(share),
        )
    return sentences(Listed((verified_words(plan), "."), ""), ask)


def quote_to_ask(plan: Plan) -> tuple[str, Decimal] | None:
    """Return the price on which most of the unverified money rests, and its share of all; None where none does."""
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    sizes: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if not TO_QUOTE.isdisjoint(marks_of_line(line, plan.scenario, plan.priced_on)):
            sizes[line.price_id] += total_size((line,))
    if not sizes:
        return None
    largest = max(sizes, key=lambda price_id: sizes[price_id])
    return largest, share_of(sizes[largest], total_size(lines))
