"""What the page Limits answers: which teams the tasks need, and which limits are broken.

Law: nothing that its reader may not see decides a word of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.language import Money, Plural, Text, Trimmed, Words, sentences
from zt_planner.topics.findings.findings import shortened_list
from zt_planner.topics.roadmap.answer import margin_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan


def limits_answer(plan: Plan) -> Words:
    """Say which teams the tasks need, and which limit is broken, or that none is."""
    figures = plan.headlines
    own, external = plan.capacity.internal, plan.capacity.external
    of_own = Plural("{n} day of your team", "{n} days of your team", Trimmed(own))
    of_other = Plural("{n} day of the consultant", "{n} days of the consultant", Trimmed(external))
    if own and external:
        needs = Text("The tasks need up to {own} and {external} a week.", own=of_own, external=of_other)
    else:
        needs = Text("The tasks need up to {days} a week.", days=of_own if own else of_other)
    broken = list(broken_limits(plan, figures))
    if not broken and plan.shows_labour:
        broken = [Text("No limit is broken.")]
    elif not broken:
        broken = [Text("No limit on time is broken; the monthly cap is hidden from you.")]
    return sentences(needs, *broken)


def broken_limits(plan: Plan, figures: Headlines) -> Iterator[Words]:
    """Yield a sentence for each limit that a plan breaks."""
    found = {finding.code: finding.facts for finding in plan.findings}
    if Code.TIMELINE_DEADLINE_IMPOSSIBLE in found:
        yield Text("The plan ends {margin}.", margin=margin_words(plan, figures))
    if Code.TIMELINE_FINISH_BY_MISSED in found and plan.scenario.levelling.finish_by is not None:
        yield Text(
            "It must be done by {day}, and is done on {finish}.",
            day=plan.scenario.levelling.finish_by,
            finish=figures.finish_date,
        )
    cap, above = plan.scenario.finance.monthly_cap, found.get(Code.FINANCE_CAP_EXCEEDED, {}).get("months")
    if cap is not None and isinstance(above, tuple):
        months = shortened_list([month for month in plan.months if month in above])
        yield Text("More than {cap} is paid in {months}.", cap=Money(cap), months=months)
