"""What a catalogue changes in a plan: its tasks by their effort, its prices by what they come to, money and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from zt_planner.domain import units
from zt_planner.domain.data.columns import Row
from zt_planner.domain.data.phase_model import Task
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.domain.scenario.fields import CATALOGUE
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.task_edits import OWN_FIGURES
from zt_planner.engine.case import Case
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.errors import msgid
from zt_planner.language import Capitalised, Listed, Money, Number, Text, Words, quantity, series
from zt_planner.topics.compare.sentences import Names, bridge_lines
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import product_name, validity_text
from zt_planner.topics.prices.price_file import TITLES
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import task_names

NOT_THERE = Text("not in the plan")
FURTHER = msgid("Further details")
TASK_LABELS = {name: figure.title for name, figure in OWN_FIGURES.items() if figure.title}


def catalogue_table(before: Case, after: Case) -> Table:
    """Return what every task and price is and would be that the catalogue of another case changes."""
    used = [case.scenario.display.catalogue for case in (before, after)]
    named = tuple(
        field_value(CATALOGUE, None if use is None else use.model_dump(mode="json"), after.book) for use in used
    )
    rows = (
        (field_label(CATALOGUE), *named),
        *_look_rows(*used),
        *_task_rows(before, after),
        *_price_rows(before, after),
    )
    return Table((Text("What"), Text("Before"), Text("Afterwards")), tuple(rows))


def _look_rows(before: CatalogueUse | None, after: CatalogueUse | None) -> Iterator[tuple[Words, Words, Words]]:
    """Yield how many texts of tasks there are, and whose look papers have, where texts or look change."""
    texts = [() if used is None else used.deliverables for used in (before, after)]
    brands = [Brand() if used is None else used.brand for used in (before, after)]
    if texts[0] != texts[1]:
        old, new = (Number(len(each)) for each in texts)
        yield Text("Own texts of tasks"), old, Text("other texts") if new == old else new
    looks = [_look_words(used) for used in (before, after)]
    if brands[0] != brands[1] or looks[0] != looks[1]:
        yield Text("Logo and colours"), looks[0], Text("another look") if looks[1] == looks[0] else looks[1]


def _look_words(used: CatalogueUse | None) -> Words:
    return Text("no look of its own") if used is None or used.brand == Brand() else used.brand.firm or used.name


def _told_apart(
    words: tuple[Words, Words], old: Sequence[Row | None], new: Sequence[Row | None], labels: Mapping[str, str]
) -> tuple[Words, Words]:
    """Name the fields that change where that is not seen in what is said of both."""
    if words[0] != words[1]:
        return words
    fields = {name: None for row in (*old, *new) if row is not None for name in type(row).model_fields}
    changed = [
        name
        for name in fields
        if [getattr(row, name, None) for row in old] != [getattr(row, name, None) for row in new]
    ]
    named = dict.fromkeys(labels.get(name, FURTHER) for name in changed)
    return words[0], Text("as before, except: {fields}", fields=series([Text(each) for each in named]))


def _task_rows(before: Case, after: Case) -> Iterator[tuple[Words, Words, Words]]:
    names = {**task_names(before.model), **task_names(after.model)}
    for key, name in names.items():
        old, new = before.model.by_id.get(key), after.model.by_id.get(key)
        if old != new:
            words = _task_words(old, before), _task_words(new, after)
            yield name, *_told_apart(words, (old,), (new,), TASK_LABELS)


def _task_words(task: Task | None, case: Case) -> Words:
    """Say how much a task takes in this company, between which factors, and how long one waits after it."""
    if task is None:
        return NOT_THERE
    days = quantity(case.size.effort_days(task), units.PERSON_DAYS)
    parts: list[Words] = [days, Text("× {low} to {high}", low=Number(task.low, 2), high=Number(task.high, 2))]
    if task.wait_weeks:
        parts.append(Text("then {weeks}", weeks=quantity(task.wait_weeks, units.WEEKS)))
    return Listed(parts, ", ")


def _price_rows(before: Case, after: Case) -> Iterator[tuple[Words, Words, Words]]:
    old, new = before.book, after.book
    for key in dict.fromkeys((*old.rows_by_id, *new.rows_by_id)):
        is_seen = after.shows_labour or key not in DAY_RATES
        if is_seen and old.rows_by_id.get(key) != new.rows_by_id.get(key):
            name = product_name(key, new if key in new.rows_by_id else old)
            words = _price_words(key, old, before.today), _price_words(key, new, after.today)
            yield name, *_told_apart(words, old.rows_by_id.get(key, ()), new.rows_by_id.get(key, ()), TITLES)


def _price_words(price_id: str, book: PriceBook, today: date) -> Words:
    row = book.nearest_row(price_id, today)
    if row is None:
        return NOT_THERE
    amount = Money(row.amount, 2, row.currency)
    return Listed((amount, validity_text(row.valid_from, row.valid_to)), ", ")


def catalogue_effect(comparison: Comparison) -> tuple[Words, ...]:
    """Say what a catalogue does to money and days, each group of what it changes by itself."""
    first, plan = comparison.first, comparison.others[0]
    names = Names(Text("the plan"), Text("with the catalogue, the plan"))
    lines = (line for bridge in plan.bridges for line in bridge_lines(bridge, first, plan, names))
    return tuple(Capitalised(line) for line in dict.fromkeys(lines) if line)
