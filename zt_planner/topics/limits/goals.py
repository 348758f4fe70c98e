"""What must be true, in plain words: each way with its changes, what it does, what is lost, and why it is there (M21).

Laws: a figure is that of the plan it belongs to; what is left out is named, and
so is each NIS2 measure that loses support by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.scenario import Mode, Monitoring, RemoteAccess
from zt_planner.engine.goals.changes import Nature, Topic
from zt_planner.errors import msgid
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import label
from zt_planner.topics.limits.levelling import (
    Effect,
    date_effect,
    finish_of,
    mfa_effect,
    sum_effects,
)
from zt_planner.topics.limits.trades import identities_done, mfa_done
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.engine.goals.answer import Answer
    from zt_planner.engine.goals.changes import Change, ChangeSet
    from zt_planner.engine.goals.question import Goals
    from zt_planner.engine.goals.trials import GoalProgress
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

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

    `meets` says what it meets where that is not what was asked for; `losses` what is dropped by it, `notes`
    what to look at in the plan that it leads to.
    """

    title: str
    meets: str
    why: str
    changes: tuple[str, ...]
    effects: tuple[Effect, ...]
    losses: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """An answer in words: what was asked, how many ways lead there, and which; what comes nearest."""

    question: str
    headline: str
    ways: tuple[Way, ...]
    nearest_headline: str
    nearest: tuple[Way, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What words are made with."""

    now: Plan
    book: PriceBook
    names: Mapping[str, str]
    language: Language


def answer_report(answer: Answer, language: Language, *, names_fields: bool = False) -> AnswerReport:
    """Return an answer in the reader's words; `case` is that of the plan as it stands.

    `names_fields` names fields by their paths, as a command does, and not by their places on the page.
    """
    reader = Reader(answer.now, answer.now.case.book, task_names(answer.now.case.model, language), language)
    return AnswerReport(
        question=goals_text(answer.goals, language),
        headline=answer_headline(answer, language),
        ways=tuple(way_of(found, "", "", reader) for found in answer.sets),
        nearest_headline=nearest_headline(answer, language),
        nearest=tuple(nearest_way(found, answer.goals, reader) for found in answer.nearest),
        note=search_note(answer, language, names_fields=names_fields),
    )


# What is asked


def goals_text(goals: Goals, language: Language) -> str:
    """Say what is asked for."""
    say = language.say
    day = "" if goals.finish_by is None else language.day(goals.finish_by)
    amount = "" if goals.first_year is None else amount_text(goals.first_year, language)
    if not amount:
        return say("Done by {day}", day=day)
    if not day:
        return say("At most {amount} in the first year", amount=amount)
    return say("Done by {day}, for at most {amount} in the first year", day=day, amount=amount)


def nearest_title(asked: Goals, met: Goals, language: Language) -> str:
    """Name what gives way for the rest."""
    if met.finish_by == asked.finish_by:
        return language.say(LEAST if asked.finish_by is None else DEARER)
    if met.first_year == asked.first_year:
        return language.say(EARLIEST if asked.first_year is None else LATER)
    return language.say(LEAST if met.finish_by is None else EARLIEST)


def nearest_way(change_set: ChangeSet, asked: Goals, reader: Reader) -> Way:
    """Return what comes nearest in words, with what it meets."""
    title = nearest_title(asked, change_set.goals, reader.language)
    return way_of(change_set, title, f"{goals_text(change_set.goals, reader.language)}.", reader)


def amount_text(amount: Decimal, language: Language) -> str:
    """Write an amount, with cents where it has some."""
    return language.money(amount, 0 if amount == amount.to_integral_value() else 2)


def answer_headline(answer: Answer, language: Language) -> str:
    """Say how many ways lead to what is asked for."""
    if answer.is_true_already:
        return language.say("The plan already meets this. Nothing needs to change.")
    if not answer.sets and answer.goals.finish_by is None:
        last = language.day(answer.now.horizon[-1].last_day)
        return language.say("None of the combinations tried meets this by {day}, the end of the horizon.", day=last)
    if not answer.sets:
        return language.say("None of the combinations tried meets this.")
    return language.plural("{n} way to get there.", "{n} ways to get there, the cheapest first.", len(answer.sets))


def search_note(answer: Answer, language: Language, *, names_fields: bool) -> str:
    """Say how much was tried, and which teams were not."""
    count = language.plural("{n} plan was computed for this.", "{n} plans were computed for this.", answer.plans)
    if answer.is_true_already:
        return count
    timeline, now = answer.now.scenario.timeline, answer.now.capacity
    most = timeline.max_internal_days_per_week, timeline.max_external_days_per_week
    internal, external = most if now is None else (max(most[0], now.internal), max(most[1], now.external))
    limit = language.say(
        "No larger teams were tried (days a week: your own {internal}, the consultant {external}).",
        internal=language.trimmed(internal),
        external=language.trimmed(external),
    )
    if names_fields:
        where = language.say("The fields {fields} set this limit.", fields=language.listed(MOST_DAYS))
    else:
        where = language.say("You can change this limit in the sidebar, under Calendar and teams.")
    return f"{count} {limit} {where}"


def nearest_headline(answer: Answer, language: Language) -> str:
    """Say what stands below: what comes nearest."""
    if not answer.nearest:
        return ""
    say = language.say
    return say("Closest with everything in scope") if answer.sets else say("Closest alternatives")


def question_progress_text(progress: GoalProgress | None, language: Language) -> str:
    """Say how far a search is."""
    count = 0 if progress is None else progress.plans
    return language.plural("Looking for ways: {n} plan so far…", "Looking for ways: {n} plans so far…", count)


# One way


def way_of(change_set: ChangeSet, title: str, meets: str, reader: Reader) -> Way:
    """Return a set of changes in words, with a title of its own where it has one."""
    say, is_slower = reader.language.say, change_set.nature is Nature.DAYS and finish_is_later(change_set, reader.now)
    return Way(
        title=title or say(FEWER_DAYS if is_slower else TITLES[change_set.nature]),
        meets=meets,
        why=say(FEWER_DAYS_REASON if is_slower else REASONS[change_set.nature]),
        changes=tuple(line for change in change_set.changes for line in change_lines(change, reader)),
        effects=tuple(way_effects(reader.now, change_set.plan, reader.language)),
        losses=tuple(losses_of(change_set, reader)),
        notes=tuple(new_doubts(change_set, reader)),
    )


def finish_is_later(change_set: ChangeSet, now: Plan) -> bool:
    """Tell whether a way is finished later than the current plan."""
    before, after = finish_of(now), finish_of(change_set.plan)
    return before is not None and after is not None and after > before


def way_effects(before: Plan, after: Plan, language: Language) -> Iterator[Effect]:
    """Yield what a managing director asks for: finish, money, when everyone has MFA and identities are protected."""
    say = language.say
    yield date_effect(say("Finish"), finish_of(before), finish_of(after), language)
    yield from sum_effects(before, after, language)
    yield mfa_effect(before, after, language)
    yield date_effect(say("Identities protected"), identities_done(before), identities_done(after), language)


def changed_figure_text(effect: Effect, language: Language) -> str:
    """Write a figure with what changes."""
    change = effect.change or language.say("as now")
    return language.labelled(effect.label, f"{effect.after} ({change})")


def change_lines(change: Change, reader: Reader) -> Iterator[str]:
    """Yield a change in words: what is to be, and what it replaces."""
    say = reader.language.say
    if change.topic is Topic.TEAMS:
        yield from team_lines(change, reader)
    elif change.topic is Topic.ORDER:
        yield say("Order of the tasks: finish early instead of protect early")
    elif change.topic is Topic.TASKS:
        yield say("Left out: {tasks}", tasks=tasks_text(change.tasks, reader))
    else:
        ((path, value),) = change.fields
        now = getattr(reader.now.scenario.choices, path.rpartition(".")[2])
        before, after = (field_value(path, str(one), reader.language, reader.book) for one in (now, value))
        yield say(
            "{field}: {after} instead of {before}",
            field=field_label(path, reader.language),
            before=before,
            after=after,
        )


def team_lines(change: Change, reader: Reader) -> Iterator[str]:
    """Yield what other teams mean."""
    say, capacity, values = reader.language.say, reader.now.capacity, dict(change.fields)
    now = (
        {}
        if capacity is None
        else {"internal_days_per_week": capacity.internal, "external_days_per_week": capacity.external}
    )
    for field, name in TEAMS.items():
        days = values[f"timeline.{field}"]
        team, shown = say(name), reader.language.trimmed(days)
        if field not in now or now[field] == days:
            yield reader.language.plural("{team}: {n} day a week", "{team}: {n} days a week", shown, team=team)
        else:
            yield reader.language.plural(
                "{team}: {n} day a week instead of {before}",
                "{team}: {n} days a week instead of {before}",
                shown,
                team=team,
                before=reader.language.trimmed(now[field]),
            )
    if reader.now.scenario.timeline.mode is Mode.DEADLINE:
        yield say("This sets the teams; the finish then follows from them.")
    if "levelling.starts" in values:
        yield say("The levelled dates, found for other teams, are dropped.")


def tasks_text(tasks: Sequence[str], reader: Reader) -> str:
    """Name tasks; where all of a step are meant, the step."""
    left = list(tasks)
    texts = []
    for step in dict.fromkeys(task.task.step for task in reader.now.tasks):
        whole = [task.task.id for task in reader.now.tasks if task.task.step is step]
        if len(whole) > 1 and set(whole) <= set(left):
            texts.append(reader.language.say("step {step}", step=reader.language.write(label(step))))
            left = [task for task in left if task not in whole]
    return reader.language.series((*texts, *(reader.names[task] for task in left)))


def losses_of(change_set: ChangeSet, reader: Reader) -> Iterator[str]:
    """Yield what a way gives up: who watches, early protection, early MFA, tasks that go with a choice, NIS2."""
    say, language = reader.language.say, reader.language
    yield from services_lost(change_set, reader)
    if any(change.topic is Topic.ORDER for change in change_set.changes):
        yield say("What protects most no longer comes first.")
    now, then = mfa_done(reader.now), mfa_done(change_set.plan)
    if now is not None and then is not None and then > now:
        yield say("Everyone has MFA on {day} instead of {now}.", day=language.day(then), now=language.day(now))
    named = {task for change in change_set.changes for task in change.tasks}
    with_choices = [task for task in change_set.left_out if task not in named]
    if with_choices:
        yield say("Dropped: {tasks}", tasks=tasks_text(with_choices, reader))
    for lost in change_set.lost:
        states = {"before": language.write(label(lost.before)), "after": language.write(label(lost.after))}
        yield say("NIS2 measure ({letter}): {after} instead of {before}", letter=lost.letter, **states)
    served = {letter for task in change_set.left_out for letter in letters_of(task, reader)}
    fewer = sorted(served - {lost.letter for lost in change_set.lost})
    if fewer:
        letters = language.listed([f"({letter})" for letter in fewer])
        yield say(
            "Fewer tasks serve the NIS2 measures {letters}, but their support does not change.",
            letters=letters,
        )


def letters_of(task_id: str, reader: Reader) -> Iterator[str]:
    """Yield the NIS2 measures that a task of the plan serves."""
    for planned in reader.now.tasks:
        if planned.task.id == task_id:
            yield from (*planned.task.main, *planned.task.partial)


def services_lost(change_set: ChangeSet, reader: Reader) -> Iterator[str]:
    """Yield what services did that are dropped."""
    say, before, after = reader.language.say, reader.now.scenario.choices, change_set.plan.scenario.choices
    if before.monitoring is not Monitoring.NONE and after.monitoring is Monitoring.NONE:
        yield say("Nobody watches what happens in your network.")
    elif before.monitoring.has_mdr and not after.monitoring.has_mdr:
        yield say("Nobody watches around the clock any more.")
    elif before.monitoring.has_siem and not after.monitoring.has_siem:
        yield say("Logs are no longer collected in one place.")
    if before.remote_access is not RemoteAccess.VPN and after.remote_access is RemoteAccess.VPN:
        yield say("The VPN stays: anyone connected to it can reach the network behind it.")


def new_doubts(change_set: ChangeSet, reader: Reader) -> Iterator[str]:
    """Yield what is doubtful about the plan that a way leads to and not about the current plan, prices aside."""
    known = {finding.code for finding in reader.now.findings}
    for finding in change_set.plan.findings:
        if finding.code not in known and not finding.code.startswith(("price.", "fx.")):
            yield describe(finding, reader.book, reader.language).message
