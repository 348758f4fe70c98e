"""Findings as remarks, and as one line: what should be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Finding, Severity
from zt_planner.domain.money import ZERO
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Labelled, Listed, Number, Plural, Text, Words
from zt_planner.topics.block import Group, Remark, Role, notes
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.labels import label
from zt_planner.topics.view import AnyView

MOST_REMARKS, MOST_NAMED = 2, 2
LOOK_AT = Text("What to look at")


def remarks(findings: Iterable[Finding], view: AnyView) -> Iterator[Remark]:
    """Yield a remark for each finding."""
    for finding in findings:
        described = describe(finding, view.book)
        is_blocking = finding.severity is Severity.BLOCKING
        yield Remark(label(finding.severity), is_blocking, described.title, described.message, described.remedy)


def findings_group(view: AnyView) -> Group | None:
    """Return every finding; None where there is none."""
    every = tuple(remarks(view.plan.findings, view))
    return Group("findings", LOOK_AT, every) if every else None


def _weight(finding: Finding) -> tuple[bool, bool, Decimal]:
    """Return what orders findings: what blocks, then what no share of the money tells, then the largest share."""
    share = finding.facts.get("share")
    of_money = share if isinstance(share, Decimal) else None
    return finding.severity is not Severity.BLOCKING, of_money is not None, -(of_money or ZERO)


def first_findings_group(view: AnyView) -> Group | None:
    """Return the gravest findings, the largest share of the money first, and how many more there are.

    What is good to know only is one of a plan that has stopped.
    """
    plan = view.plan
    grave = [item for item in plan.findings if isinstance(plan, StoppedPlan) or item.severity is not Severity.INFO]
    shown = tuple(remarks(sorted(grave, key=_weight)[:MOST_REMARKS], view))
    if not shown:
        return None
    left = len(plan.findings) - len(shown)
    more = Plural("{n} more finding is in the plan itself.", "{n} more findings are in the plan itself.", left)
    return Group("findings", LOOK_AT, (*shown, *notes((more if left else "",), Role.NOTE)))


def findings_line(findings: Sequence[Finding], book: PriceBook) -> Words:
    """Say how many things should be checked, the first titles, how many have others."""
    titles = Counter(describe(finding, book).title for finding in findings)
    named = list(titles)[:MOST_NAMED]
    count = Plural("{n} thing to check", "{n} things to check", len(findings))
    left = len(findings) - sum(titles[title] for title in named)
    more = [Text("and {n} more", n=Number(left))] if left else []
    return Labelled(count, Listed((*named, *more), " · "))
