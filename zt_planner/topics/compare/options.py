"""What else a plan could be, as a list: what each option costs, when it is done, and what is lost by it (M36).

One declaration of columns for the page, the command line and the file. Laws: a difference is that of the two figures;
where a price is missing, or there is no schedule, there is none; the team is that of the plan unless the option is
another team's, and the smallest one that still finishes in time is named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.engine.compare.option import LATER, MONTHS_LATER, Option, option_of
from zt_planner.engine.goals.changes import mfa_days_later
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.engine.promise import Promise, promise_of
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Plural, Text, Trimmed, Words, sentences
from zt_planner.topics.block import Group, Sentence, TableBlock
from zt_planner.topics.compare.side_by_side import (
    promise_cells,
    promise_difference,
    promise_titles,
    promised_statements,
)
from zt_planner.topics.figure import amount_words, without_labour
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.labels import NOT_KNOWN, label, with_aside
from zt_planner.topics.limits.trades import services_lost
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.task_words import task_names
from zt_planner.topics.view import StoppedView, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.domain.headlines import Amount
    from zt_planner.domain.plan import Capacity
    from zt_planner.engine.goals.changes import ChangeSet
    from zt_planner.engine.levelling.proposal import Proposal
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import AnyView

PARTS = {
    "risk_access": msgid("Risk-based sign-in"),
    "local_directory": msgid("Hardening of the local directory"),
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
    return replace(option_of(now, f"way:{number}", change_set.plan, change_set.values, {}), team=change_set.team)


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


class Promised(NamedTuple):
    """A plan with what it promises."""

    plan: Plan
    promise: Promise


def promised(option: Option, view: AnyView) -> Promised | None:
    """Return what an option promises, its own figures where the plan beside it has no draws; None if it stopped."""
    if isinstance(option.plan, StoppedPlan) or option.promise is None:
        return None
    is_drawn = isinstance(view, StoppedView) or view.simulation is not None
    return Promised(option.plan, option.promise if is_drawn else promise_of(option.plan, None))


def read_columns(view: AnyView) -> tuple[Column[OptionRow], ...]:
    """Return what is read: what each option promises, and what differs from what the plan does."""
    plan, first = view.plan, None if isinstance(view, StoppedView) else view
    budget, finish = Text("New budget"), Text("New finish")

    def cells(row: OptionRow) -> tuple[Words, Words]:
        other = promised(row.option, view)
        return (NOT_KNOWN, Text("no schedule")) if other is None else promise_cells(other, first)

    titles = (budget, finish) if first is None else promise_titles(first, budget, finish)
    return (
        _name_column(),
        Column(titles[0], units.MONEY, words=lambda row: cells(row)[0], name="promised_budget"),
        _money_column(FigureName.RUN_RATE_MONTHLY, Text("New monthly cost"), plan),
        Column(titles[1], units.DAY, words=lambda row: cells(row)[1], name="promised_finish"),
        Column(Text("What is lost"), words=lambda row: lost_words(row.option, plan), name="lost"),
        Column(Text("Smallest team in time, days a week"), words=lambda row: team_words(row.option.team), name="team"),
    )


def file_columns(plan: AnyPlan) -> tuple[Column[OptionRow], ...]:
    """Return the columns of a file: the figures as planned, and what is promised."""
    return (
        _name_column(),
        _money_column(FigureName.INTRODUCTION_BUDGET, Text("New budget"), plan),
        _money_column(FigureName.RUN_RATE_MONTHLY, Text("New monthly cost"), plan),
        _day_column("finish_date", Text("New finish")),
        _day_column("mfa_date", Text("New date of MFA for everyone")),
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
        _promised_column("promised_budget", Text("Promised budget"), plan),
        _promised_column("promised_finish", Text("Promised finish"), plan),
    )


def _name_column() -> Column[OptionRow]:
    return Column(
        Text("What if"),
        value=lambda row: row.option.id,
        words=lambda row: Listed(filter(None, (row.name, row.details)), ": "),
        name="what",
        width=30,
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


def _day_column(name: str, title: Words) -> Column[OptionRow]:
    figure = by_name()[name]
    return Column(title, units.DAY, lambda row: _whole(figure.amount(row.option.plan)), name=name, width=13)


def _promised_column(name: str, title: Words, plan: AnyPlan) -> Column[OptionRow]:
    figure = by_name()[name]
    is_hidden = figure.holds_labour and not plan.shows_labour
    return Column(
        without_labour(title, plan) if is_hidden else title,
        figure.unit,
        lambda row: _whole(figure.amount(row.option.plan, row.option.promise)),
        name=f"{name}_without_labour" if is_hidden else name,
        width=17,
    )


def _whole(amount: Amount[Any] | None) -> Any:  # noqa: ANN401 - an amount of a figure
    return amount.value if amount is not None and amount.is_whole else None


def team_words(team: Capacity | None) -> Words:
    """Say how many days a week both teams have; nothing where no day is to be kept."""
    if team is None:
        return ""
    return Text("{internal} + {external}", internal=Trimmed(team.internal), external=Trimmed(team.external))


def option_table(view: AnyView, rows: Sequence[OptionRow]) -> Table:
    """Return options to read; teams only where a day is to be kept."""
    hidden = "" if any(row.option.team is not None for row in rows) else "team"
    return table_of([column for column in read_columns(view) if column.name != hidden], rows)


def left_out_group(view: View, options: Sequence[Option]) -> Group:
    """Return the list of what can be left out."""
    title = Text("What if we leave something out?")
    if not options:
        return Group("leave_out", title, (Sentence(Text("There is nothing that can be left out.")),))
    rows = tuple(row_of(option, view.plan) for option in options)
    table = TableBlock(title, option_table(view, rows))
    return Group("leave_out", title, (Sentence(same_team_note(view.plan, rows)), table))


def same_team_note(plan: Plan, rows: Sequence[OptionRow]) -> Words:
    """Say with which team and in which order options are planned, and what the last column is where there is one."""
    lead = Text(
        "Each on its own, with this plan's team (days a week: {team}) and its order of tasks: "
        "leaving something out makes nothing later.",
        team=team_words(plan.capacity),
    )
    exception = Text("Only “{option}” has another team and order.", option=option_name(LATER, plan))
    note = Text(
        "The last column is the smallest team that still finishes in time: your own days a week + the consultant’s."
    )
    return sentences(
        lead,
        exception if any(row.option.id == LATER for row in rows) else "",
        note if any(row.option.team is not None for row in rows) else "",
    )


def options_answer(view: View, options: Sequence[Option]) -> Words:
    """Say which option promises to save most, and which is done first; that there is none that does."""
    changes = {
        option.id: promise_difference(other, view)
        for option, other in ((each, promised(each, view)) for each in options)
        if other is not None
    }
    amounts = {name: more for name, (more, _) in changes.items() if more is not None}
    cheapest = min(amounts, key=amounts.__getitem__, default="")
    earliest = min(changes, key=lambda name: changes[name][1], default="")
    if not amounts or amounts[cheapest] >= 0:
        return Text("Each line says what it costs, when it is done and what is lost.")
    saves = Text(
        "“{option}” saves most, {amount}.",
        option=option_name(cheapest, view.plan),
        amount=Money(-amounts[cheapest]),
    )
    days = changes[earliest][1]
    if days >= 0:
        return promised_statements(view, saves)
    text = Plural(
        "“{option}” brings the finish forward most: {n} day.",
        "“{option}” brings the finish forward most: {n} days.",
        -days,
        option=option_name(earliest, view.plan),
    )
    return promised_statements(view, saves, text)
