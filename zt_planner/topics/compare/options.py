"""What else a plan could be, as a list: what each option costs, when it is done, and what is lost by it (M36).

One declaration of columns for the page, the command line and the file. Laws: a difference is that of the two figures;
where a price is missing, or there is no schedule, there is none; the team is that of the plan unless the option is
another team's, and the smallest one that still finishes in time is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.engine.compare.option import LATER, MONTHS_LATER, Option, option_of
from zt_planner.engine.goals.changes import mfa_days_later
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Plural, ShortDay, Text, Trimmed, Words, sentences
from zt_planner.topics.block import Group, Sentence, TableBlock
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.figure import amount_words, without_labour
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.labels import label, own_statement, own_title, with_aside
from zt_planner.topics.limits.trades import services_lost
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from zt_planner.domain.headlines import Amount
    from zt_planner.domain.plan import Capacity
    from zt_planner.engine.goals.changes import ChangeSet
    from zt_planner.engine.levelling.proposal import Proposal
    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.topics.table import Table

PARTS = {
    "risk_access": msgid("Risk-based sign-in"),
    "local_directory": msgid("Local directory"),
    "machines": msgid("Machines"),
}
MONITORING = {
    (Monitoring.SIEM, Monitoring.MDR): msgid("MDR instead of SIEM"),
    (Monitoring.MDR, Monitoring.SIEM): msgid("SIEM instead of MDR"),
    (Monitoring.SIEM_AND_MDR, Monitoring.MDR): msgid("MDR alone"),
    (Monitoring.NONE, Monitoring.MDR): msgid("With MDR"),
}
OPERATION = {Operator.PARTNER: msgid("A partner runs it"), Operator.OWN: msgid("Our own team runs it")}
REORDER = "reorder"
ONLY_READ, ONLY_IN_FILE = {"lost", "team"}, {"mfa_date", "points_lost", "answers_lost"}
"""Columns by their names; a file has what is lost in columns of its own."""


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option with its name, and what else it changes where the name does not say it."""

    option: Option
    name: Words
    details: Words = ""


def row_of(option: Option, plan: AnyPlan) -> OptionRow:
    """Return an option with its name."""
    return OptionRow(option, option_name(option.id, plan))


def reordered(proposal: Proposal) -> OptionRow:
    """Return a levelled plan as an option: the same work by the same people in another order."""
    option = option_of(proposal.current, REORDER, proposal.plan, proposal.values, {})
    return OptionRow(option, Text("The tasks in another order, by the same people"))


def way_option(change_set: ChangeSet, number: int, now: AnyPlan) -> Option:
    """Return one of ask backwards' ways as an option."""
    return option_of(now, f"way:{number}", change_set.plan, change_set.values, {})


def option_name(what: str, plan: AnyPlan) -> Words:
    """Name an option beside a plan, as its variant is called."""
    kind, _, value = what.partition(":")
    if what == LATER:
        return Plural("{n} month later, another team", "{n} months later, another team", MONTHS_LATER)
    if kind == "operation":
        return Text(OPERATION[Operator(value)])
    if kind == "monitoring" and value:
        return Text(MONITORING[plan.scenario.choices.monitoring, Monitoring(value)])
    return Text("Without: {part}", part=part_name(what, plan))


def part_name(what: str, plan: AnyPlan) -> Words:
    """Name what is left out."""
    kind, _, name = what.partition(":")
    if kind == "step":
        return Text("Step {step}", step=label(Step(name)))
    if kind == "monitoring":
        return Text("Monitoring ({service})", service=label(plan.scenario.choices.monitoring))
    return task_names(plan.case.model)[name] if kind == "task" else Text(PARTS[kind])


def lost_words(option: Option, plan: AnyPlan) -> Words:
    """Say what an option gives up: who watches, early MFA, points of NIS2, the insurer's questions."""
    return sentences(*_lost(option, plan)) or Text("nothing")


def _lost(option: Option, plan: AnyPlan) -> Iterator[Words]:
    yield from services_lost(plan, option.plan)
    days = mfa_days_later(plan, option.plan)
    if days:
        yield Plural("MFA for everyone {n} day later.", "MFA for everyone {n} days later.", days)
    if option.points_lost:
        yield Plural(
            "NIS2, point no longer supported: {points}.",
            "NIS2, points no longer supported: {points}.",
            len(option.points_lost),
            points=Listed(option.points_lost, ", "),
        )
    if option.answers_lost:
        questions = {question.id: question.question for question in plan.case.base_model.rules.questions}
        asked = Listed((Text(questions[each]) for each in option.answers_lost), " ")
        yield Plural(
            "The insurer’s question can no longer be answered yes: {questions}",
            "The insurer’s questions can no longer be answered yes: {questions}",
            len(option.answers_lost),
            questions=asked,
        )


def option_columns(plan: AnyPlan) -> tuple[Column[OptionRow], ...]:
    """Return every column; amounts are read in whole euros, with what differs from the plan."""
    return _columns(plan, lambda title: own_title(title, plan))


def _columns(plan: AnyPlan, titled: Callable[[Text], Words]) -> tuple[Column[OptionRow], ...]:
    return (
        Column(
            Text("What if"),
            value=lambda row: row.option.id,
            words=lambda row: Listed(filter(None, (row.name, row.details)), ": "),
            name="what",
            width=30,
        ),
        _money_column(FigureName.INTRODUCTION_BUDGET, titled(Text("New budget")), plan),
        _money_column(FigureName.RUN_RATE_MONTHLY, titled(Text("New monthly cost")), plan),
        _day_column("finish_date", titled(Text("New finish")), plan),
        _day_column("mfa_date", titled(Text("New date of MFA for everyone")), plan),
        Column(
            Text("NIS2 points no longer supported"),
            value=lambda row: ";".join(row.option.points_lost),
            name="points_lost",
        ),
        Column(
            Text("Insurer’s questions that can no longer be answered yes"),
            value=lambda row: ";".join(row.option.answers_lost),
            name="answers_lost",
        ),
        Column(Text("What is lost"), words=lambda row: lost_words(row.option, plan), name="lost"),
        Column(Text("Smallest team in time, days a week"), words=lambda row: team_words(row.option.team), name="team"),
    )


def _money_column(name: FigureName, title: Words, plan: AnyPlan) -> Column[OptionRow]:
    figure = by_name()[name]
    before, is_hidden = _whole(figure.amount(plan)), figure.holds_labour and not plan.shows_labour

    def words(row: OptionRow) -> Words:
        amount = figure.amount(row.option.plan)
        after = _whole(amount)
        change = after - before if after is not None and before is not None else 0
        return with_aside(
            amount_words(amount, figure.unit, is_brief=True), Money(change, is_signed=True) if change else ""
        )

    return Column(
        without_labour(title, plan) if is_hidden else title,
        units.MONEY,
        lambda row: _whole(figure.amount(row.option.plan)),
        words=words,
        name=f"{name}_without_labour" if is_hidden else str(name),
        width=17,
    )


def _day_column(name: str, title: Words, plan: AnyPlan) -> Column[OptionRow]:
    def day_of(any_plan: AnyPlan) -> date | None:
        amount = by_name()[name].amount(any_plan)
        return None if amount is None else amount.value

    def words(row: OptionRow) -> Words:
        before, after = day_of(plan), day_of(row.option.plan)
        if after is None:
            return Text("not in the plan")
        days = (after - before).days if before is not None else 0
        return with_aside(ShortDay(after), finish_effect_text(days) if days else "")

    return Column(title, units.DAY, lambda row: day_of(row.option.plan), words=words, name=name, width=13)


def _whole(amount: Amount[Any] | None) -> Any:  # noqa: ANN401 - an amount of a figure
    return amount.value if amount is not None and amount.is_whole else None


def team_words(team: Capacity | None) -> Words:
    """Say how many days a week both teams have; nothing where no day is to be kept."""
    if team is None:
        return ""
    return Text("{internal} + {external}", internal=Trimmed(team.internal), external=Trimmed(team.external))


def option_table(plan: AnyPlan, rows: Sequence[OptionRow]) -> Table:
    """Return options to read; teams only where a day is to be kept."""
    hidden = ONLY_IN_FILE if any(row.option.team is not None for row in rows) else {*ONLY_IN_FILE, "team"}
    return table_of([column for column in option_columns(plan) if column.name not in hidden], rows)


def file_columns(plan: AnyPlan) -> tuple[Column[OptionRow], ...]:
    """Return the columns of a file."""
    return tuple(column for column in _columns(plan, lambda title: title) if column.name not in ONLY_READ)


def left_out_group(plan: Plan, options: Sequence[Option]) -> Group:
    """Return the list of what can be left out."""
    title = Text("What if we leave something out?")
    if not options:
        return Group("leave_out", title, (Sentence(Text("There is nothing that can be left out.")),))
    rows = tuple(row_of(option, plan) for option in options)
    table = TableBlock(title, option_table(plan, rows))
    return Group("leave_out", title, (Sentence(same_team_note(plan, rows)), table))


def same_team_note(plan: Plan, rows: Sequence[OptionRow]) -> Words:
    """Say with which team and in which order options are planned, and what the last column is where there is one."""
    lead = Text(
        "Each on its own, with this plan's team (days a week: {team}) and its order of tasks, so nothing gets later.",
        team=team_words(plan.capacity),
    )
    note = Text(
        "The last column is the smallest team that still finishes in time: your own days a week + the consultant’s."
    )
    return sentences(lead, note if any(row.option.team is not None for row in rows) else "")


def options_answer(plan: Plan, options: Sequence[Option]) -> Words:
    """Say which option saves most, and which is done first; that there is none that does."""
    budget, finish = (by_name()[name].amount for name in (FigureName.INTRODUCTION_BUDGET, "finish_date"))
    money = {option.id: _difference(budget(plan), budget(option.plan)) for option in options}
    days = {option.id: _difference(finish(plan), finish(option.plan)) for option in options}
    cheapest = min(options, key=lambda option: money[option.id], default=None)
    earliest = min(options, key=lambda option: days[option.id], default=None)
    if cheapest is None or earliest is None or money[cheapest.id] >= 0:
        return Text("Each line says what it costs, when it is done and what is lost.")
    saves = Text(
        "“{option}” saves most, {amount}.",
        option=option_name(cheapest.id, plan),
        amount=Money(-money[cheapest.id]),
    )
    if days[earliest.id] >= 0:
        return own_statement(saves, plan)
    text = Plural(
        "“{option}” brings the finish forward most: {n} day.",
        "“{option}” brings the finish forward most: {n} days.",
        -days[earliest.id],
        option=option_name(earliest.id, plan),
    )
    return own_statement(sentences(saves, text), plan)


def _difference(before: Amount[Any] | None, after: Amount[Any] | None) -> Any:  # noqa: ANN401 - days or money
    """Return by how much an amount differs from another, days as a number; 0 where one is not known."""
    was, will = _whole(before), _whole(after)
    if was is None or will is None:
        return 0
    change = will - was
    return getattr(change, "days", change)
