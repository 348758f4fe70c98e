"""The minutes in the reader's words: who, when, what, and the effect with its sign; their table and their picture.

Formats only what is asked for: a session of thousands of changes is shown a page at a time. Beyond `MOST_BARS` the
picture gathers the smallest effects into one; the table has all. Laws: everyone has a name of their own; a person's
text in a direction of its own turns nothing around it; the bars add up to the difference of the last and the first
figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import JsonValue

from zt_planner.domain import units
from zt_planner.domain.money import total
from zt_planner.domain.scenario.approved import Approved
from zt_planner.domain.scenario.declared import UNSHOWN, group_of
from zt_planner.domain.scenario.fields import APPROVED, CATALOGUE, NOTES, OWN_ROWS, SCAN_RECORDS
from zt_planner.domain.scenario.levelled import NOT_LEVELLED
from zt_planner.domain.session import EventKind, FieldChange, Participant, ParticipantId
from zt_planner.domain.variants import LETTERS, NAME_OF_PLAN, PLAN, is_mark, split_path, variant_path
from zt_planner.engine.compare.bridge import BridgeStep, Figures
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.under_way.approved import has_changed
from zt_planner.errors import msgid
from zt_planner.language import (
    Labelled,
    Language,
    Listed,
    Moment,
    Money,
    Number,
    Plural,
    Text,
    Words,
    Writable,
    sentences,
    series,
)
from zt_planner.topics.block import ChartBlock, Drawing
from zt_planner.topics.direction import Isolated, isolated
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.figure_names import EFFECT
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import own_basis, product_name, with_aside
from zt_planner.topics.palette import Palette
from zt_planner.topics.progress.forecasts import approval_words, approved_text
from zt_planner.topics.record.minutes import Item, Minutes, RecordedDecision
from zt_planner.topics.record.session import people_names
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import spelled_out, task_names
from zt_planner.topics.view import AnyView
from zt_planner.topics.waterfall import ChangeScale, WaterfallBar, waterfall

MOST_CHANGES = 4
"""Of a decision that changed more fields at once, a row names so many."""

OF_LEVELLING = frozenset(
    {
        *("timeline.mode", "timeline.target_months"),
        *("timeline.internal_days_per_week", "timeline.external_days_per_week"),
        *NOT_LEVELLED,
    }
)
"""What a levelled plan sets (`engine.levelling.proposal`)."""

HOW = {
    EventKind.LOAD: msgid("Loaded a plan: {what}"),
    EventKind.RESTORE: msgid("Restored a saved state: {what}"),
    EventKind.UNDO: msgid("Undone: {what}"),
    EventKind.REDO: msgid("Redone: {what}"),
}


@dataclass(frozen=True)
class MinutesWords:
    """Who reads minutes: the view of the plan, their time zone, and who takes part."""

    view: AnyView
    zone: tzinfo
    people: tuple[Participant, ...] = ()

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.view.language

    @cached_property
    def tasks(self) -> Mapping[str, Words]:
        """The names of the plan's tasks."""
        return task_names(self.view.case.model)

    def in_language(self, language: Language) -> MinutesWords:
        """Return the same for somebody who reads another language."""
        return replace(self, view=replace(self.view, language=language))

    @cached_property
    def names(self) -> Mapping[ParticipantId, str]:
        """Everyone's name."""
        return people_names(self.people, self.language)

    def who(self, participant: ParticipantId | None) -> str:
        """Return a participant's name; nothing for nobody."""
        return "" if participant is None else self.names.get(participant) or self.language.say("Guest")

    def label_of(self, path: str) -> Words:
        """Return what a field is called; a person's text in it turns nothing around it."""
        return Isolated(field_label(path, self.view.book, self.tasks))

    def value_of(self, path: str, value: JsonValue) -> Words:
        """Return a field's value as a person would write it."""
        return Isolated(field_value(path, value, self.view.book, self.tasks))


def left_line(words: MinutesWords) -> str:
    """Say who has given up their seat, and when; empty where nobody has."""
    left = sorted((person.left_at, words.names[person.id]) for person in words.people if person.left_at is not None)
    return words.language.write(series([Listed((name, Moment(at.astimezone(words.zone))), ", ") for at, name in left]))


def approval_line(words: MinutesWords) -> Words:
    """Say what is approved, and whether the plan has changed since; nothing where nothing is."""
    case = words.view.case
    approved = case.scenario.status.approved
    if approved is None:
        return ""
    changed = Text("The plan has changed since it was approved.") if has_changed(case) else ""
    return sentences(Isolated(approved_text(approved)), changed)


def change_text(change: FieldChange, words: MinutesWords) -> Words:
    """Say what a field was and became; of the notes only that they changed, of an approval what was approved."""
    name = words.label_of(change.path)
    if change.path == NOTES:
        return Text("{field} rewritten", field=name)
    if change.path == APPROVED and change.after is not None:
        return Isolated(approval_words(Approved.model_validate(change.after)))
    if change.path.startswith(OWN_ROWS) and (prices := _prices_text(change, words)):
        return prices
    return FieldChangeText(name, *(words.value_of(change.path, value) for value in (change.before, change.after)))


@dataclass(frozen=True, slots=True)
class FieldChangeText(Writable):
    """What a field was and became: `Sites 1 → 2`; once where the reader sees the same."""

    field: Words
    before: Words
    after: Words

    def written(self, language: Language) -> str:
        """Write both values, after words with a colon before them."""
        before, after = language.write(self.before), language.write(self.after)
        if before == after:
            return language.write(Text("{field}: {value}, as before", field=self.field, value=after))
        label = Labelled(self.field) if any(char.isalpha() for char in before) else self.field
        return language.write(Listed((label, _from_to(before, after)), " "))


def _from_to(before: Words, after: Words) -> Words:
    return Listed((before, " →\N{NO-BREAK SPACE}", after), "")


def _prices_text(change: FieldChange, words: MinutesWords) -> Words:
    """Say what the one price of a product was that was changed; nothing where more has changed than that."""
    price_id, book = change.path.removeprefix(OWN_ROWS), words.view.case.base_book
    standing: JsonValue = [row.model_dump(mode="json") for row in book.rows_by_id.get(price_id, ())]
    before, after = (_amounts(standing if rows is None else rows) for rows in (change.before, change.after))
    changed = [key for key in before if before[key] != after.get(key)]
    if before.keys() != after.keys() or len(changed) != 1:
        return ""
    old, new = (amounts[changed[0]] for amounts in (before, after))
    return Listed((Isolated(product_name(price_id, words.view.book)), _from_to(old, new)), " ")


def _amounts(rows: JsonValue) -> Mapping[tuple[JsonValue, JsonValue], Money]:
    """Return the amount of each row by its first day and step."""
    return {
        (row["valid_from"], row.get("from_quantity")): Money(Decimal(str(row["amount"])), 2, str(row["currency"]))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict)
    }


def taken_back_by(changes: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    """Return what an undo with these changes took back."""
    return tuple(FieldChange(change.path, change.after, change.before) for change in changes)


def levelling_text(changes: Sequence[FieldChange]) -> Words:
    """Name what a levelling sets as a whole, or that its dates were dropped; nothing for any other change."""
    found = {change.path: change for change in changes}
    own = found.keys() & NOT_LEVELLED.keys()
    if not own or not found.keys() <= OF_LEVELLING:
        return ""
    if any(found[path].after and found[path].after != found[path].before for path in own):
        return Text("Tasks reordered within your limits")
    return Text("Tasks put back into the normal order") if len(own) == len(found) else ""


def changes_text(changes: Sequence[FieldChange], words: MinutesWords, most: int = MOST_CHANGES) -> Words:
    """Say what changed in the plan and in each variant, of many fields the first, one at least, and how many more.

    Where a variant has become the plan, what that changed in the plan is all: the variant is the plan before.
    """
    changes = [change for change in changes if not is_mark(change.path)]
    named = next((change for change in changes if change.path == NAME_OF_PLAN), None)
    of_plan = [change for change in changes if split_path(change.path)[0] == PLAN and change is not named]
    if named is not None and len(of_plan) + 1 < len(changes):
        text = Text("“{name}” has become the plan", name=isolated(str(named.after or named.before)))
        return Labelled(text, plan_text(of_plan, words, most)) if of_plan else text
    return series(
        plan_text(own, words, most) if letter == PLAN else variant_text(letter, own, words, most)
        for letter in LETTERS
        if (own := tuple(change for change in changes if split_path(change.path)[0] == letter))
    )


def variant_text(letter: str, changes: Sequence[FieldChange], words: MinutesWords, most: int) -> Words:
    """Say that a variant was made, renamed or deleted, and what changed in it: of a deleted one only that."""
    variant, named = (
        Text("Variant {letter}", letter=letter),
        [change for change in changes if change.path == variant_path(letter)],
    )
    fields = [replace(change, path=split_path(change.path)[1]) for change in changes if change not in named]
    texts: list[Words] = []
    for change in named:
        name, before = (isolated(str(each)) for each in (change.after or change.before, change.before))
        if change.before is None:
            texts.append(Text("made as {name}", name=name))
        elif change.after is None:
            deleted = Text("deleted, {name}", name=before)
            return Labelled(variant, deleted)
        else:
            texts.append(Text("renamed from {before} to {name}", before=before, name=name))
    if fields:
        texts.append(plan_text(fields, words, most))
    return Labelled(variant, series(texts))


def plan_text(changes: Sequence[FieldChange], words: MinutesWords, most: int) -> Words:
    """Say what changed in one plan, of many fields the first, one at least, and how many more."""
    levelled = levelling_text(changes)
    if levelled and (most < MOST_CHANGES or len(changes) <= len(NOT_LEVELLED)):
        return levelled
    text = _listed(changes, words, most)
    return Labelled(levelled, text) if levelled else text


def _listed(changes: Sequence[FieldChange], words: MinutesWords, most: int) -> Words:
    """List what changed, first what moves a figure; of many fields the first, whose they are before all."""
    named = [part for change in changes if change.path not in UNSHOWN for part in spelled_out(change)]
    changes = sorted(named, key=lambda change: change.path != CATALOGUE and group_of(change.path) is None)
    shown = changes if len(changes) <= most else changes[: max(most - 1, 1)]
    text = series(change_text(change, words) for change in shown)
    left = len(changes) - len(shown)
    return Text("{changes} and {n} more", changes=text, n=Number(left)) if left else text


def what_of(decision: RecordedDecision | None, words: MinutesWords, most: int = MOST_CHANGES) -> Words:
    """Say what was decided, or that prices or the date have changed in between."""
    if decision is None:
        return Text("Other: prices or the date changed")
    if decision.kind is EventKind.BASELINE:
        return Text("Compared with this plan from here on")
    what = changes_text(decision.changes, words, most)
    if decision.kind is EventKind.CHANGE:
        return _taken_over(decision.changes, words, most) or series((what, *_overruled(decision, words)))
    if decision.kind is EventKind.UNDO:
        what = levelling_text(taken_back_by(decision.changes)) or what
    return Text(HOW[decision.kind], what=what) if decision.kind in HOW else what


def _overruled(decision: RecordedDecision, words: MinutesWords) -> Iterator[Words]:
    """Yield what others had set at the same time, which does not apply."""
    for person, change in decision.overruled:
        value = words.value_of(change.path, change.after)
        yield Text("{name} had set {value} at the same time", name=words.who(person), value=value)


def _taken_over(changes: Sequence[FieldChange], words: MinutesWords, most: int) -> Words:
    """Say from which scans changes were taken over, with their days, and what changed; nothing where they are not."""
    text = scans_text(changes)
    rest = [change for change in changes if not _is_of_scan(change)]
    return Labelled(text, changes_text(rest, words, most)) if text and rest else text


def scans_text(changes: Sequence[FieldChange]) -> Words:
    """Say from which scans changes were taken over, with their days; nothing where they are not."""
    scans = [change for change in changes if _is_of_scan(change)]
    if not scans:
        return ""
    from zt_planner.topics.scan_names import kept_scan  # noqa: PLC0415 - most records have none

    kinds = ((split_path(change.path)[1].removeprefix(SCAN_RECORDS), change.after) for change in scans)
    names = Listed([kept_scan(kind, str(day)) for kind, day in kinds if day is not None], ", ")
    return Text("Imported from scans ({scans})", scans=names)


def _is_of_scan(change: FieldChange) -> bool:
    return split_path(change.path)[1].startswith(SCAN_RECORDS)


def step_text(name: Words, step: BridgeStep[Any]) -> Words:
    """Say what a step is and what it does to the budget and the finish."""
    if step.effect is None or step.days is None:
        done: Words = Text("without a schedule")
    else:
        money = effect_text(step.effect) if step.effect else ""
        days = finish_effect_text(step.days) if step.days else ""
        done = Listed((money, days), ", ") or Text("no effect on budget and finish")
    return Labelled(name, done)


def figures_text(figures: Figures | None, basis: Words) -> Words:
    """Say what a plan costs and when it is done, and on what ground."""
    if figures is None:
        return Text("no schedule")
    said = Text("{budget} and done by {finish}", budget=Money(figures.budget), finish=figures.finish)
    return with_aside(said, basis)


def earlier_basis(plan: AnyPlan) -> Words:
    """Return on what ground earlier figures of a plan stood: once it is under way, a plan or a forecast."""
    return Text("as it stood then") if plan.scenario.status.is_under_way else own_basis(plan)


def own_budget_title(plan: AnyPlan) -> Words:
    """Name the budget of the plan itself, beside the one that is promised."""
    return Text("Budget as it stands") if plan.scenario.status.is_under_way else Text("Budget as planned")


def minutes_table(
    items: Iterable[Item], words: MinutesWords, most: int = MOST_CHANGES, minutes: Minutes | None = None
) -> Table:
    """Return items as rows: number, what, effect on budget and finish, the figure after it, who and when.

    What matters comes first: on a phone the rest is beyond the edge until it is moved. Effects can be asked about
    where it is told of which `minutes` they are.
    """

    def of_decision(tell: Callable[[RecordedDecision], Words]) -> Callable[[Item], Words]:
        return lambda item: "" if item.cause is None else tell(item.cause)

    def after(item: Item) -> Words:
        if item.cause is not None and item.cause.letter != PLAN:
            return ""  # the variant's, not the plan's
        return Text("no schedule") if item.after is None else Money(item.after.budget)

    index_of = {} if minutes is None else {id(item): index for index, item in enumerate(minutes.items)}

    def asks(item: Item) -> str:
        is_known = item.effect is not None and id(item) in index_of
        return f"{EFFECT}:{index_of[id(item)]}" if is_known else ""

    columns: tuple[Column[Item], ...] = (
        Column(Text("No."), units.COUNT, words=of_decision(lambda decision: Number(decision.position))),
        Column(Text("What"), value=lambda item: what_of(item.cause, words, most)),
        Column(
            own_budget_title(words.view.plan),
            units.EUROS,
            words=lambda item: effect_text(item.effect),
            asks=asks,
        ),
        Column(Text("Finish"), value=lambda item: finish_effect_text(item.days)),
        Column(Text("Budget after this decision"), units.EUROS, words=after),
        Column(Text("Who"), value=of_decision(lambda decision: words.who(decision.by))),
        Column(Text("When"), value=of_decision(lambda decision: Moment(decision.at.astimezone(words.zone)))),
    )
    return table_of(columns, items)


def path_text(minutes: Minutes) -> Words:
    """Say in one sentence where the session began and where it stands."""
    if minutes.first is None or minutes.last is None:
        return Text("No figure is known: the plan has had no schedule.")
    return Text(
        "From {first} to {last}: {change}.",
        first=Money(minutes.first.budget),
        last=Money(minutes.last.budget),
        change=effect_text(minutes.last.budget - minutes.first.budget),
    )


MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class EffectBar:
    """One bar: an item's effect, or that of several small ones (`item` None)."""

    item: Item | None
    effect: Decimal
    count: int = 1


def bars_of(minutes: Minutes) -> tuple[EffectBar, ...]:
    """Return the bars between the first and the last figure: in order, the smallest gathered at the end."""
    moved = [EffectBar(item, item.effect) for item in minutes.way if item.effect]
    if len(moved) <= MOST_BARS:
        return tuple(moved)
    by_size = sorted(range(len(moved)), key=lambda index: -abs(moved[index].effect))
    kept = frozenset(by_size[: MOST_BARS - 1])
    small = [bar.effect for index, bar in enumerate(moved) if index not in kept]
    gathered = EffectBar(None, total(small), len(small))
    return (*(bar for index, bar in enumerate(moved) if index in kept), gathered)


def bar_name(bar: EffectBar, words: MinutesWords, most: int = 1) -> Words:
    """Say what a bar stands for."""
    if bar.item is None:
        return Plural("{n} smaller change", "{n} smaller changes", bar.count)
    what = what_of(bar.item.cause, words, most)
    return what if bar.item.cause is None else Listed((f"{bar.item.cause.position}.", what), " ")


def minutes_chart(minutes: Minutes, words: MinutesWords) -> ChartBlock | None:
    """Return the waterfall, the first figure on top, and its description; None where no figure is known."""
    if minutes.first is None or minutes.last is None:
        return None
    bars, first, last = bars_of(minutes), Money(minutes.first.budget), Money(minutes.last.budget)

    def draw(palette: Palette) -> Drawing:
        ends = Text("At the beginning {amount}", amount=first), Text("Now {amount}", amount=last)
        scale = ChangeScale(Text("Change since the beginning"), _signed, _signed)
        drawn = [WaterfallBar(bar_name(bar, words), bar.effect, bar_name(bar, words, MOST_CHANGES)) for bar in bars]
        return waterfall(ends, drawn, scale, palette)

    largest = max(bars, key=lambda bar: abs(bar.effect), default=None)
    alt = Text(
        "{budget}, from {first} at the beginning to {last} now, with a bar for each change that moved it: {largest}. "
        "The same effects are in its table.",
        budget=own_budget_title(words.view.plan),
        first=first,
        last=last,
        largest=Text("none did")
        if largest is None
        else Text("the largest is {name} with {effect}", name=bar_name(largest, words), effect=_signed(largest.effect)),
    )
    without_labour = "" if minutes.visibility.labour else Text("Without labour and contingency.")
    return ChartBlock("minutes", sentences(alt, without_labour), draw)


def _signed(amount: Decimal) -> Money:
    return Money(amount, is_signed=True)
