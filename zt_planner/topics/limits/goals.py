"""What must be true, in plain words: each way with its changes, what it does, what is lost, and why it is there (M21).

Laws: a figure is that of the plan it belongs to; what is left out is named, and
so is each point of NIS2 that loses support by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.goals.changes import Nature, Topic
from zt_planner.engine.goals.trials import most_days
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Listed, Money, Plural, Text, Trimmed, Words, sentences, series
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import NOT_KNOWN, label, own_title
from zt_planner.topics.limits.levelling import (
    Effect,
    date_effect,
    finish_of,
    mfa_effect,
    money_change,
    sum_effects,
)
from zt_planner.topics.limits.trades import identities_done, mfa_done, services_lost
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from zt_planner.engine.goals.answer import Answer
    from zt_planner.engine.goals.changes import Change, ChangeSet
    from zt_planner.engine.goals.question import Goals
    from zt_planner.engine.goals.trials import GoalProgress
    from zt_planner.engine.plan import AnyPlan

TITLES = {
    Nature.DAYS: msgid("More days a week"),
    Nature.MIX: msgid("Other choices"),
    Nature.SERVICES: msgid("Fewer services"),
    Nature.TASKS: msgid("Less in scope"),
}
FEWER_DAYS = msgid("Fewer days a week")
LATER, DEARER = msgid("A later day"), msgid("A larger amount")
EARLIEST, LEAST = msgid("The earliest day"), msgid("The smallest amount")
REASONS = {
    Nature.DAYS: msgid("The same work, with more days a week: it is finished earlier."),
    Nature.MIX: msgid("Everything planned stays in scope; only how it is bought or done changes."),
    Nature.SERVICES: msgid("Less is bought. What is dropped protects nobody until you add it later."),
    Nature.TASKS: msgid("Part of the work, and everything that depends on it, is left out until you add it later."),
}
FEWER_DAYS_REASON = msgid("The same work, spread over more time: part of its cost moves out of the first year.")
MOST_DAYS = ("timeline.max_internal_days_per_week", "timeline.max_external_days_per_week")
TEAMS = {"internal_days_per_week": msgid("Your team"), "external_days_per_week": msgid("The consultant")}


@dataclass(frozen=True, slots=True)
class Way:
    """One set of changes in words.

    `meets` says what it meets where that is not what was asked for; `kept` with which team where that stays; `losses`
    what is dropped by it, `notes` what to look at in the plan that it leads to.
    """

    title: Words
    meets: Words
    why: Words
    changes: tuple[Words, ...]
    kept: tuple[Words, ...]
    effects: tuple[Effect, ...]
    losses: tuple[Words, ...]
    notes: tuple[Words, ...]


# What is asked


def goals_text(goals: Goals, now: AnyPlan) -> Words:
    """Say what is asked for, and how sure each part of it must be; an amount without day rates is the plan's own."""
    share, amount = confidence_of(now), goals.first_year
    values: dict[str, Words] = {
        "day": goals.finish_by or "",
        "amount": "" if amount is None else amount_text(amount),
        "share": "" if share is None else chance_text(share),
    }
    done = Text("Done by {day}", **values) if share is None else Text("Done by {day} ({share} confidence)", **values)
    if amount is None:
        return done
    is_sure = share is not None and now.case.shows_labour
    if goals.finish_by is None:
        if is_sure:
            return Text("At most {amount} in the first year ({share} confidence)", **values)
        return Text("At most {amount} in the first year", **values)
    if is_sure:
        return Text("Done by {day}, for at most {amount} in the first year ({share} confidence each)", **values)
    return Text("{done}, for at most {amount} in the first year", done=done, **values)


def met_text(goals: Goals, finish: date | None, first_year: Decimal | None) -> Words:
    """Say that a plan meets what is asked for, with what it promises of it."""
    day: Words = "" if goals.finish_by is None or finish is None else Text("done by {finish}", finish=finish)
    money: Words = ""
    if goals.first_year is not None and first_year is not None:
        money = Text("{amount} in the first year", amount=Money(first_year))
    promised = Listed(filter(None, (money, day)), ", ")
    return Text("The plan already meets this: {promised}. Nothing needs to change.", promised=promised)


def confidence_of(plan: AnyPlan) -> float | None:
    """Return in which share of the draws the finish of a plan is promised; None where it is the plan's own."""
    return plan.scenario.timeline.confidence.share


def nearest_title(asked: Goals, met: Goals) -> Text:
    """Name what gives way for the rest."""
    if met.finish_by == asked.finish_by:
        return Text(LEAST if asked.finish_by is None else DEARER)
    if met.first_year == asked.first_year:
        return Text(EARLIEST if asked.first_year is None else LATER)
    return Text(LEAST if met.finish_by is None else EARLIEST)


def amount_text(amount: Decimal) -> Words:
    """Write an amount, with cents where it has some."""
    return Money(amount, 0 if amount == amount.to_integral_value() else 2)


def answer_headline(answer: Answer) -> Words:
    """Say how many ways lead to what is asked for."""
    if answer.is_true_already:
        return met_text(answer.goals, answer.finish, answer.first_year)
    if not answer.sets and answer.goals.finish_by is None:
        last = answer.now.horizon[-1].last_day
        return Text("None of the combinations tried meets this by {day}, the last day that is planned.", day=last)
    if not answer.sets:
        return Text("None of the combinations tried meets this.")
    return Plural("{n} way to get there.", "{n} ways to get there, the cheapest first.", len(answer.sets))


def search_note(answer: Answer, *, names_fields: bool) -> Words:
    """Say how much was tried, and which teams were not.

    `names_fields` names fields by their paths, as a command does, and not by their places on the page.
    """
    count: Words = Plural("{n} plan was computed for this.", "{n} plans were computed for this.", answer.plans)
    if answer.now.scenario.timeline.mode is Mode.DEADLINE and all(map(sets_teams, (*answer.sets, *answer.nearest))):
        count = sentences(Text("Each way sets the teams; the finish then follows from them."), count)
    if answer.is_true_already:
        return count
    most = most_days(answer.now)
    limit = Text(
        "No larger teams were tried (days a week: your own {internal}, the consultant {external}).",
        internal=Trimmed(most.internal),
        external=Trimmed(most.external),
    )
    if names_fields:
        where = Text("The fields {fields} set this limit.", fields=Listed(MOST_DAYS))
    else:
        where = Text("You can change this limit in the sidebar, under Calendar and teams.")
    return sentences(count, limit, where)


def sets_teams(change_set: ChangeSet) -> bool:
    """Tell whether a way gives the teams, so that no finish is set any more."""
    return bool(change_set.kept) or any(change.topic is Topic.TEAMS for change in change_set.changes)


def nearest_headline(answer: Answer) -> Words:
    """Say what stands below: what comes nearest."""
    return Text("Closest with everything in scope") if answer.sets else Text("Closest alternatives")


def question_progress_text(progress: GoalProgress | None) -> Words:
    """Say how far a search is."""
    count = 0 if progress is None else progress.plans
    return Plural("Looking for ways: {n} plan so far…", "Looking for ways: {n} plans so far…", count)


# One way


def way_of(change_set: ChangeSet, answer: Answer, *, is_nearest: bool = False) -> Way:
    """Return a set of changes in words; one that only comes nearest is named by what gives way, with what it meets."""
    now = answer.now
    is_slower = change_set.nature is Nature.DAYS and answer.finish is not None and change_set.finish > answer.finish
    title, meets = Text(FEWER_DAYS if is_slower else TITLES[change_set.nature]), Listed(())
    if is_nearest:
        title = nearest_title(answer.goals, change_set.goals)
        meets = Listed((goals_text(change_set.goals, now), "."), "")
    return Way(
        title=title,
        meets=meets,
        why=Text(FEWER_DAYS_REASON if is_slower else REASONS[change_set.nature]),
        changes=tuple(line for change in change_set.changes for line in change_lines(change, now)),
        kept=tuple(kept_lines(change_set)),
        effects=tuple(way_effects(change_set, answer)),
        losses=tuple(losses_of(change_set, now)),
        notes=tuple(new_doubts(change_set, now)),
    )


def way_details(way: Way) -> Words:
    """Say in a cell what a way meets where that is not what was asked for, and what it changes."""
    return sentences(way.meets, series(way.changes))


def way_effects(change_set: ChangeSet, answer: Answer) -> Iterator[Effect]:
    """Yield what a managing director asks for: what is promised, then finish, money, MFA and identities as planned."""
    before, after, share = answer.now, change_set.plan, confidence_of(answer.now)
    budget = FigureName.INTRODUCTION_BUDGET if answer.goals.first_year is None else FigureName.FIRST_YEAR_BUDGET
    if share is not None:
        sure = chance_text(share)
        yield date_effect(Text("Finish ({share} confidence)", share=sure), answer.finish, change_set.finish)
        if answer.goals.first_year is not None and after.shows_labour:
            label = Text("First year ({share} confidence)", share=sure)
            yield _promised_effect(label, answer.first_year, change_set.first_year)
    planned = (
        date_effect(Text("Finish"), finish_of(before), finish_of(after)),
        *sum_effects(before, after, budget),
        mfa_effect(before, after),
        date_effect(Text("Identities protected"), identities_done(before), identities_done(after)),
    )
    yield from (replace(effect, label=own_title(effect.label, before)) for effect in planned)


def _promised_effect(label: Words, before: Decimal | None, after: Decimal | None) -> Effect:
    """Return an amount before and after; where a price is missing there is none."""
    was, will = (NOT_KNOWN if amount is None else Money(amount) for amount in (before, after))
    if before is None or after is None:
        return Effect(label, was, will)
    return Effect(label, was, will, *money_change(before, after))


def changed_figure_text(effect: Effect) -> Words:
    """Write a figure with what changes."""
    change = effect.change or Text("as now")
    return Labelled(effect.label, Listed((effect.after, Listed(("(", change, ")"), "")), " "))


def change_lines(change: Change, now: AnyPlan) -> Iterator[Words]:
    """Yield a change in words: what is to be, and what it replaces."""
    if change.topic is Topic.TEAMS:
        yield from team_lines(change, now)
    elif change.topic is Topic.ORDER:
        yield Text("Order of the tasks: finish early instead of protect early")
    elif change.topic is Topic.TASKS:
        yield Text("Left out: {tasks}", tasks=tasks_text(change.tasks, now))
    else:
        ((path, value),) = change.fields
        chosen = getattr(now.scenario.choices, path.rpartition(".")[2])
        before, after = (field_value(path, str(one), now.case.book) for one in (chosen, value))
        yield Text(
            "{field}: {after} instead of {before}",
            field=field_label(path),
            before=before,
            after=after,
        )


def team_lines(change: Change, now: AnyPlan) -> Iterator[Words]:
    """Yield what other teams mean."""
    values = dict(change.fields)
    teams = (
        {}
        if isinstance(now, StoppedPlan)
        else {
            "internal_days_per_week": now.capacity.internal,
            "external_days_per_week": now.capacity.external,
        }
    )
    for field, name in TEAMS.items():
        days = values[f"timeline.{field}"]
        team, shown = Text(name), Trimmed(days)
        if teams.get(field, days) == days:
            yield Plural("{team}: {n} day a week", "{team}: {n} days a week", shown, team=team)
        else:
            yield Plural(
                "{team}: {n} day a week instead of {before}",
                "{team}: {n} days a week instead of {before}",
                shown,
                team=team,
                before=Trimmed(teams[field]),
            )
    if now.scenario.levelling.starts:
        yield Text("The dates of the reordered tasks, found for other teams, are dropped.")


def kept_lines(change_set: ChangeSet) -> Iterator[Words]:
    """Yield that the team stays where it does, and which smaller one would still be in time."""
    if not change_set.kept:
        return
    teams, smaller = change_set.plan.capacity, change_set.team
    stays = Text(
        "The team stays (days a week: your own {internal}, the consultant {external})",
        internal=Trimmed(teams.internal),
        external=Trimmed(teams.external),
    )
    if smaller is None or smaller == teams:
        yield stays
    else:
        yield Text(
            "{stays}; your own {internal} and the consultant’s {external} would still be in time",
            stays=stays,
            internal=Trimmed(smaller.internal),
            external=Trimmed(smaller.external),
        )


def tasks_text(tasks: Sequence[str], now: AnyPlan) -> Words:
    """Name tasks; where all of a step are meant, the step."""
    left, names = list(tasks), task_names(now.case.model)
    texts = []
    for step in dict.fromkeys(task.task.step for task in now.tasks):
        whole = [task.task.id for task in now.tasks if task.task.step is step]
        if len(whole) > 1 and set(whole) <= set(left):
            texts.append(Text("step {step}", step=label(step)))
            left = [task for task in left if task not in whole]
    return series((*texts, *(names[task] for task in left)))


def losses_of(change_set: ChangeSet, now: AnyPlan) -> Iterator[Words]:
    """Yield what a way gives up: who watches, early protection, early MFA, tasks that go with a choice, NIS2."""
    yield from services_lost(now, change_set.plan)
    if any(change.topic is Topic.ORDER for change in change_set.changes):
        yield Text("What protects most no longer comes first.")
    before, then = mfa_done(now), mfa_done(change_set.plan)
    if before is not None and then is not None and then > before:
        yield Text("Everyone has MFA on {day} instead of {now}.", day=then, now=before)
    named = {task for change in change_set.changes for task in change.tasks}
    with_choices = [task for task in change_set.left_out if task not in named]
    if with_choices:
        yield Text("Dropped: {tasks}", tasks=tasks_text(with_choices, now))
    for before_after in dict.fromkeys((lost.before, lost.after) for lost in change_set.lost):
        points = [lost.point for lost in change_set.lost if (lost.before, lost.after) == before_after]
        states = dict(zip(("before", "after"), map(label, before_after), strict=True))
        yield Plural(
            "NIS2, point {points}: {after} instead of {before}",
            "NIS2, points {points}: {after} instead of {before}",
            len(points),
            points=Listed(points),
            **states,
        )


def new_doubts(change_set: ChangeSet, now: AnyPlan) -> Iterator[Words]:
    """Yield what is doubtful about the plan that a way leads to and not about the current plan, prices aside."""
    known = {finding.code for finding in now.findings}
    for finding in change_set.plan.findings:
        if finding.code not in known and not finding.code.startswith(("price.", "fx.")):
            yield describe(finding, now.case.book).message
