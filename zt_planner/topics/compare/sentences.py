"""A comparison of plans in sentences: what differs, what each group of inputs does, how the findings differ.

Every sentence is made from the numbers of the comparison. Law: the parts that a sentence names add up to the
difference that it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.differences import differences
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.scenario.declared import group_of
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.engine.compare.inputs import MONEY_ONLY, differing_groups
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import msgid
from zt_planner.language import Capitalised, Labelled, Listed, Money, Number, Text, Words
from zt_planner.topics.compare.side_by_side import GROUPS, against, bar_text, bars_by_size, bridge_name, bridge_table
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.findings.findings import coded_title, describe
from zt_planner.topics.inputs.fields import Visibility, field_label, field_value
from zt_planner.topics.labels import own_basis, product_name, promises_own_figures
from zt_planner.topics.operation.own_days import monthly_of, monthly_words
from zt_planner.topics.sentence import LOWER_BOUNDS, planning_note
from zt_planner.topics.table import Column
from zt_planner.topics.task_words import spelled_out, task_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zt_planner.domain.finding import Code
    from zt_planner.engine.compare.bridge import Bridge, Contribution, Gap
    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.topics.findings.findings import Described
    from zt_planner.topics.table import Table

COSTS = {
    BridgeFigure.INTRODUCTION_BUDGET: (
        msgid("To get there, {other} costs {amount} more: {parts}."),
        msgid("To get there, {other} costs {amount} less: {parts}."),
        msgid("To get there, {other} costs the same: {parts}."),
    ),
    BridgeFigure.RUN_RATE_MONTHLY: (
        msgid("After that, {other} costs {amount} more a month: {parts}."),
        msgid("After that, {other} costs {amount} less a month: {parts}."),
        msgid("After that, {other} costs the same a month: {parts}."),
    ),
    BridgeFigure.HORIZON_TOTAL: (
        msgid("Over all months, {other} costs {amount} more: {parts}."),
        msgid("Over all months, {other} costs {amount} less: {parts}."),
        msgid("Over all months, {other} costs the same: {parts}."),
    ),
}
"""What is said of a bridge of money: that the other plan costs more, less or the same."""


GROUNDS: tuple[tuple[Callable[[Variant], object], str], ...] = (
    (
        lambda variant: variant.own_horizon,
        msgid("The plans count different numbers of months. All are compared over the smallest number: {months}."),
    ),
    (
        lambda variant: variant.case.start,
        msgid("The plans start on different days. Each is counted from its own start."),
    ),
    (
        lambda variant: variant.case.base_book.version,
        msgid("The plans have different price books. The effect is included in: {books}."),
    ),
    (
        lambda variant: variant.case.base_model.version,
        msgid("The plans have different tasks and rules. The effect is included in: {scope}."),
    ),
    (
        lambda variant: variant.plan.priced_on,
        msgid("The plans know prices as of different days. The effect is included in: {books}."),
    ),
    (
        lambda variant: variant.case.scenario.display.currency,
        msgid("The plans are shown in different currencies. They are compared in EUR, net of VAT."),
    ),
)
"""What plans may differ in although they are compared, and what is said then."""


BASELINE, APPROVED_PLAN, BEFORE_IT_BEGAN = (
    msgid("the baseline"),
    msgid("the approved plan"),
    msgid("the plan before it began"),
)
"""Earlier plans that the plan is compared with."""


class Names(NamedTuple):
    """What two plans are called in sentences."""

    first: Words
    other: Words


class Side(NamedTuple):
    """What is said of a plan beside the first one."""

    title: Words
    inputs: tuple[Words, ...]
    bars: Table
    sentences: tuple[Words, ...]
    findings: tuple[Words, ...]


def side_of(variant: Variant, comparison: Comparison) -> Side:
    """Return everything that is said of a plan beside the first one."""
    first = comparison.first
    bridges = (line for each in variant.bridges for line in bridge_lines(each, first, variant))
    return Side(
        against(variant.letter, first.letter),
        tuple(input_lines(first, variant)),
        bridge_table(variant),
        tuple(filter(None, dict.fromkeys((*bridges, own_days_words(first, variant))))),
        tuple(finding_lines(first, variant, has_codes=True)),
    )


def own_days_lines(comparison: Comparison) -> Iterator[Words]:
    """Yield what each plan takes a month against the first, its own team's days at their value."""
    return (own_days_words(comparison.first, variant) for variant in comparison.others)


def own_days_words(first: Variant, other: Variant, names: Names | None = None) -> Words:
    """Say what a plan takes a month against the first, its own team's days at their value; nothing where no day is."""
    if isinstance(first.plan, StoppedPlan) or isinstance(other.plan, StoppedPlan):
        return ""
    before, after = monthly_of(first.plan), monthly_of(other.plan)
    name = other.letter if names is None else names.other
    return monthly_words(name, None if before is None or after is None else after.since(before))


def lines_since(earlier: str, comparison: Comparison) -> tuple[Words, ...]:
    """Return what each group of inputs changed since an earlier plan, both named as what they are."""
    first, plan = comparison.first, comparison.others[0]
    names = Names(Text(earlier), Text("the plan"))
    lines = (line for bridge in plan.bridges for line in bridge_lines(bridge, first, plan, names))
    return tuple(Capitalised(line) for line in dict.fromkeys((*lines, own_days_words(first, plan, names))) if line)


def input_lines(first: Variant, other: Variant) -> Iterator[Words]:
    """Yield what differs in the inputs, group by group; what does not count in a plan is no value of it."""
    before, after = first.case.scenario, other.case.scenario
    book, names = other.case.book, task_names(first.case.model) | task_names(other.case.model)
    seen = Visibility(labour=other.case.shows_labour)
    changes = [change for change in differences(before, after) if seen.sees(change.path) and after.uses(change.path)]
    for group in InputGroup:
        for whole in changes:
            for change in spelled_out(whole) if group_of(whole.path) is group else ():
                field = field_label(change.path, book, names)
                now, then = (field_value(change.path, value, book, names) for value in (change.after, change.before))
                if now == then:
                    yield Labelled(field, Text("another one"))
                elif before.uses(change.path):
                    yield Text("{field}: {after} instead of {before}", field=field, after=now, before=then)
                else:
                    yield Labelled(field, now)


def bridge_lines(bridge: Bridge, first: Variant, other: Variant, names: Names | None = None) -> Iterator[Words]:
    """Yield the sum of a bridge, its largest bars first, and why inputs that differ move no day.

    Without `names`, plans are called by their letters.
    """
    if bridge.gap is not None:
        yield gap_text(bridge, bridge.gap, first, other, names)
        return
    name = other.letter if names is None else names.other
    bars = bars_by_size(bridge)
    parts = Listed((Listed((Text(GROUPS[bar.cause]), bar_text(bar, bridge.figure)), " ") for bar in bars), ", ")
    if bars and bridge.figure is BridgeFigure.FINISH_DATE:
        days = int(bridge.total)
        text = finish_effect_text(days) if days else Text("on the same day")
        yield Text("{other} is done {when}: {parts}.", other=name, when=text, parts=parts)
    elif bars:
        more, less, same = COSTS[bridge.figure]
        text = same if not bridge.total else more if bridge.total > 0 else less
        yield Text(text, other=name, amount=Money(abs(bridge.total), 2), parts=parts)
    if bridge.figure is BridgeFigure.FINISH_DATE:
        yield from zero_lines(bridge.bars)


def zero_lines(bars: tuple[Contribution[InputGroup], ...]) -> Iterator[Words]:
    """Yield why inputs that differ move the finish by no day."""
    still = [bar for bar in bars if not bar.amount]
    reasons = (
        (
            msgid("No date follows from: {groups}."),
            [bar for bar in still if bar.is_idle and bar.cause in MONEY_ONLY],
        ),
        (
            msgid("Nothing on the critical path moves with: {groups}."),
            [bar for bar in still if bar.is_idle and bar.cause not in MONEY_ONLY],
        ),
        (
            msgid("Less than a day on average over the orders of the changes: {groups}."),
            [bar for bar in still if not bar.is_idle],
        ),
    )
    for reason, held in reasons:
        if held:
            yield Text(reason, groups=group_names(bar.cause for bar in held))


def group_names(groups: Iterable[InputGroup]) -> Words:
    """Name groups by commas: most names hold an "and" of their own."""
    return Listed((Text(GROUPS[group]) for group in groups), ", ")


def gap_text(bridge: Bridge, gap: Gap, first: Variant, other: Variant, names: Names | None = None) -> Words:
    """Say why a bridge is not given."""
    plan = combination_text(gap, first, other, names or Names(first.letter, other.letter))
    if not gap.prices:
        return Text("The difference cannot be explained: {plan} has no schedule.", plan=plan)
    products = Listed([product_name(price, other.case.book) for price in gap.prices])
    return Text(
        "{figure}: the difference cannot be explained, {plan} lacks prices: {products}.",
        figure=bridge_name(bridge.figure),
        plan=plan,
        products=products,
    )


@dataclass(frozen=True, slots=True)
class BridgeBar:
    """A bar of a bridge from the first plan to another one, for a file; without a bar, the bridge is not given."""

    first: Variant
    other: Variant
    bridge: Bridge
    bar: Contribution[InputGroup] | None


def bridge_bars(comparison: Comparison) -> Iterator[BridgeBar]:
    """Yield every bar of every bridge, and each bridge that is not given."""
    for variant in comparison.others:
        for bridge in variant.bridges:
            for bar in (None,) if bridge.gap is not None else bridge.bars:
                yield BridgeBar(comparison.first, variant, bridge, bar)


def bar_columns() -> tuple[Column[BridgeBar], ...]:
    """Return the columns of a file of bars: from which plan to which, of which figure, which group, how much."""
    return (
        Column(Text("From"), value=lambda row: row.first.letter, name="from"),
        Column(Text("To"), value=lambda row: row.other.letter, name="to"),
        Column(
            Text("Figure"),
            words=lambda row: bridge_name(row.bridge.figure),
            value=lambda row: row.bridge.figure,
            name="figure",
        ),
        Column(Text("Inputs"), words=_group, value=lambda row: row.bar and row.bar.cause, name="inputs"),
        Column(Text("Change"), units.NUMBER, lambda row: None if row.bar is None else row.bar.amount, name="change"),
        Column(Text("Unit"), words=lambda row: Text(_unit(row)), value=_unit, name="unit"),
        Column(Text("Note"), value=_note, name="note"),
    )


def _group(row: BridgeBar) -> Words:
    return "" if row.bar is None else Text(GROUPS[row.bar.cause])


def _unit(row: BridgeBar) -> str:
    return msgid("days") if row.bridge.figure is BridgeFigure.FINISH_DATE else HOME_CURRENCY


def _note(row: BridgeBar) -> Words:
    gap = row.bridge.gap
    return "" if gap is None else gap_text(row.bridge, gap, row.first, row.other)


def combination_text(gap: Gap, first: Variant, other: Variant, names: Names) -> Words:
    """Name the plan in which a figure has no value: one of both, or the first with some groups of the other."""
    if not gap.groups:
        return names.first
    if gap.groups == differing_groups(first.case, other.case):
        return names.other
    groups = group_names(gap.groups)
    return Text("{first} with inputs of {other} ({groups})", first=names.first, other=names.other, groups=groups)


def finding_lines(
    first: Variant, other: Variant, *, is_brief: bool = False, has_codes: bool = False
) -> Iterator[Words]:
    """Yield which findings are new against the first plan, which are gone, and which say something else.

    What they say is told where titles leave it open; never where it `is_brief`. Codes are for those who look them up.
    """
    before, after = (_findings_by_code(variant) for variant in (first, other))
    new, gone, changed = [], [], []
    text = partial(_finding_text, has_code=has_codes)
    for code in dict.fromkeys((*after, *before)):
        here, there = after.get(code, []), before.get(code, [])
        came, went = ([each for each in one if each not in two] for one, two in ((here, there), (there, here)))
        is_told = not is_brief and len(here) + len(there) > 1
        if len(came) == len(went) == 1:
            changed.append(text(came[0], is_told=is_told))
        else:
            new += [text(each, is_told=is_told) for each in came]
            gone += [text(each, is_told=is_told) for each in went]
    yield from (Text("New: {finding}", finding=finding) for finding in new)
    yield from (Text("No longer: {finding}", finding=finding) for finding in gone)
    yield from (Text("Changed: {finding}", finding=finding) for finding in changed)


def _findings_by_code(variant: Variant) -> Mapping[Code, Sequence[Described]]:
    """Return what the findings of a plan say."""
    found: dict[Code, list[Described]] = {}
    for finding in variant.plan.findings:
        found.setdefault(finding.code, []).append(describe(finding, variant.case.book))
    return found


def _finding_text(described: Described, *, is_told: bool, has_code: bool) -> Words:
    text = coded_title(described) if has_code else described.title
    return Labelled(text, described.message) if is_told else text


def comparison_notes(comparison: Comparison) -> Iterator[Words]:
    """Yield what figures lack, on what ground plans are compared that differ in it, and what every figure is."""
    yield from ground_notes(comparison)
    if not promises_own_figures(comparison.first.plan):
        yield Text(
            "Key figures and their differences are the plans’ own ({basis}), not what is promised.",
            basis=own_basis(comparison.first.plan),
        )
    yield planning_note(comparison.first.plan)


def ground_notes(comparison: Comparison) -> Iterator[Words]:
    """Yield what figures lack, and on what ground plans are compared that differ in it."""
    variants = comparison.variants
    for variant in variants:
        if isinstance(variant.plan, StoppedPlan):
            yield Text("{plan} has no schedule, so it has no figures. Its findings say why.", plan=variant.letter)
        elif not variant.plan.is_complete:
            yield Labelled(variant.letter, LOWER_BOUNDS)
    for key, text in GROUNDS:
        if len({key(variant) for variant in variants}) > 1:
            yield Text(
                text,
                months=Number(len(comparison.first.case.horizon)),
                books=group_names((InputGroup.LICENCES, InputGroup.DAY_RATES)),
                scope=group_names((InputGroup.SCOPE,)),
            )
