"""What a change makes of a plan: what is promised before and after it, and of a plan with a finish date its team.

Laws: figures are rounded as the first screen rounds them; a finish date is only said to be kept where it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from zt_planner.domain.finding import Code, Severity
from zt_planner.domain.money import rounded
from zt_planner.engine.plan import AnyPlan
from zt_planner.language import Listed, Plural, Text, Trimmed, Words, series
from zt_planner.topics.effects import other_teams
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.sentence import promised_words
from zt_planner.topics.view import AnyView, View

NO_SCHEDULE = Text("no schedule")


def before_and_after(before: AnyView, after: AnyView) -> tuple[Words, ...]:
    """Say what is promised before and after a change, and what becomes of the team."""
    values = {"before": promised_or_none(before), "after": promised_or_none(after)}
    return (Text("before {before}; now {after}.", **values), *team_lines(before, after))


def promised_or_none(view: AnyView) -> Words:
    """Return what a plan promises, or that it has no schedule."""
    return promised_words(view) if isinstance(view, View) else NO_SCHEDULE


def team_lines(before: AnyView, after: AnyView) -> Iterator[Words]:
    """Yield what becomes of the team where a finish date is given, and of its own days; nothing that stays."""
    if not (isinstance(before, View) and isinstance(after, View)):
        return
    teams = other_teams(before.figures, after.figures)
    deadline, is_missed = after.plan.deadline, after.plan.has_finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE)
    if teams and deadline is not None and not is_missed:
        yield Text("To be done before {deadline}, the plan needs {teams}.", deadline=deadline, teams=Listed(teams))
    days_before, days = (rounded(view.promise.internal_days, 0) for view in (before, after))
    if days != days_before:
        yield Plural(
            "Your own team: {n} day instead of {before}.",
            "Your own team: {n} days instead of {before}.",
            Trimmed(days, 0),
            before=Trimmed(days_before, 0),
        )


def new_findings_text(before: AnyPlan, after: AnyPlan) -> Words:
    """Name what has to be checked only after a change; nothing where there is nothing new."""
    known = {finding.code for finding in before.findings}
    new = [found for found in after.findings if found.code not in known and found.severity is not Severity.INFO]
    titles = dict.fromkeys(describe(finding, after.case.book).title for finding in new)
    return Text("Then there is more to check: {titles}.", titles=series(titles)) if new else ""
