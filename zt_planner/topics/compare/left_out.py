"""What if we leave something out: what a plan would cost and when it would be done without each of its parts (M36).

Laws: a difference is that of the two figures; where a price is missing, or there is no schedule, there is none; the
team is that of the plan, and the smallest one that still finishes in time is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.headlines import FigureName
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, ShortDay, Text, Trimmed, Words, sentences
from zt_planner.topics.block import Group, Sentence, TableBlock
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.figure import amount_words, without_labour
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.labels import label
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zt_planner.domain.headlines import Amount
    from zt_planner.domain.plan import Capacity
    from zt_planner.engine.compare.leave_out import PlanWithout
    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.topics.table import Table

PARTS = {
    "risk_access": msgid("Risk-based sign-in"),
    "local_directory": msgid("Local directory"),
    "machines": msgid("Machines"),
}


@dataclass(frozen=True, slots=True)
class OmissionRow:
    """A plan without something, and the smallest team that keeps the day then, where one is looked for."""

    without: PlanWithout
    team: Capacity | None = None


def part_name(what: str, plan: AnyPlan) -> Words:
    """Name what is left out."""
    kind, _, name = what.partition(":")
    if kind == "step":
        return Text("Step {step}", step=label(Step(name)))
    if kind == "monitoring":
        return Text("Monitoring ({service})", service=label(plan.scenario.choices.monitoring))
    return task_names(plan.case.model)[name] if kind == "task" else Text(PARTS[kind])


def without_part(what: str, plan: AnyPlan) -> Words:
    """Name the variant of a plan without a part."""
    return Text("Without: {part}", part=part_name(what, plan))


def left_out_rows(plan: Plan) -> Iterator[OmissionRow]:
    """Yield what can be left out of a plan, each with the team that keeps the day."""
    from zt_planner.engine.compare.leave_out import plans_without  # noqa: PLC0415 - some dozen plans: paid where it is shown
    from zt_planner.engine.same_team import team_in_time  # noqa: PLC0415 - the same

    for without in plans_without(plan):
        yield OmissionRow(without, team_in_time(plan, without.omission.changes))


def left_out_columns(plan: AnyPlan) -> tuple[Column[OmissionRow], ...]:
    """Return every column; amounts are read in whole euros, with what differs from the plan."""
    questions = {question.id: question.question for question in plan.case.base_model.rules.questions}
    return (
        Column(
            Text("Left out"),
            value=lambda row: row.without.id,
            words=lambda row: part_name(row.without.id, plan),
            name="what",
            width=30,
        ),
        _money_column(FigureName.INTRODUCTION_BUDGET, Text("Budget without it"), plan),
        _money_column(FigureName.RUN_RATE_MONTHLY, Text("Monthly cost without it"), plan),
        _day_column("finish_date", Text("Finish without it"), plan),
        _day_column("mfa_date", Text("MFA for everyone without it"), plan),
        Column(
            Text("NIS2 points no longer supported"),
            value=lambda row: ";".join(row.without.points_lost),
            words=lambda row: Listed(row.without.points_lost, ", ") or Text("none"),
            name="points_lost",
            width=30,
        ),
        Column(
            Text("Insurer’s questions no longer answered with yes"),
            value=lambda row: ";".join(row.without.answers_lost),
            words=lambda row: Listed((Text(questions[each]) for each in row.without.answers_lost), " ") or Text("none"),
            name="answers_lost",
            width=40,
        ),
        Column(Text("Smallest team in time, days a week"), words=lambda row: team_words(row.team), name="team"),
    )


def _money_column(name: FigureName, title: Words, plan: AnyPlan) -> Column[OmissionRow]:
    figure = by_name()[name]
    before, is_hidden = _whole(figure.amount(plan)), figure.holds_labour and not plan.shows_labour

    def words(row: OmissionRow) -> Words:
        amount = figure.amount(row.without.plan)
        after = _whole(amount)
        change = after - before if after is not None and before is not None else 0
        return with_change(
            amount_words(amount, figure.unit, is_brief=True), Money(change, is_signed=True) if change else ""
        )

    return Column(
        without_labour(title, plan) if is_hidden else title,
        units.MONEY,
        lambda row: _whole(figure.amount(row.without.plan)),
        words=words,
        name=f"{name}_without_labour" if is_hidden else str(name),
        width=17,
    )


def _day_column(name: str, title: Words, plan: AnyPlan) -> Column[OmissionRow]:
    def day_of(any_plan: AnyPlan) -> date | None:
        amount = by_name()[name].amount(any_plan)
        return None if amount is None else amount.value

    def words(row: OmissionRow) -> Words:
        before, after = day_of(plan), day_of(row.without.plan)
        if after is None:
            return Text("not in the plan")
        days = (after - before).days if before is not None else 0
        return with_change(ShortDay(after), finish_effect_text(days) if days else "")

    return Column(title, units.DAY, lambda row: day_of(row.without.plan), words=words, name=name, width=13)


def _whole(amount: Amount[Any] | None) -> Any:  # noqa: ANN401 - an amount of a figure
    return amount.value if amount is not None and amount.is_whole else None


def with_change(words: Words, change: Words) -> Words:
    """Write a figure, and in brackets what differs."""
    return Listed((words, Listed(("(", change, ")"), "")), " ") if change else words


def team_words(team: Capacity | None) -> Words:
    """Say how many days a week both teams have; nothing where no day is to be kept."""
    if team is None:
        return ""
    return Text("{internal} + {external}", internal=Trimmed(team.internal), external=Trimmed(team.external))


def left_out_table(plan: Plan, rows: Sequence[OmissionRow]) -> Table:
    """Return what can be left out, to read; teams only where a day is to be kept."""
    columns = left_out_columns(plan)
    return table_of(columns if any(row.team is not None for row in rows) else columns[:-1], rows)


def left_out_group(plan: Plan, rows: Sequence[OmissionRow]) -> Group:
    """Return the list of what can be left out."""
    title = Text("What if we leave something out?")
    if not rows:
        return Group("leave_out", title, (Sentence(Text("There is nothing that can be left out.")),))
    team = team_words(plan.capacity)
    lead = Text(
        "Each is left out on its own, with this plan's team (days a week: {team}) and its order of tasks, so nothing "
        "gets later.",
        team=team,
    )
    note = Text(
        "The last column is the smallest team that still finishes in time: your own days a week + the consultant’s."
    )
    has_teams = any(row.team is not None for row in rows)
    return Group(
        "leave_out",
        title,
        (
            Sentence(sentences(lead, note if has_teams else "")),
            TableBlock(title, left_out_table(plan, rows)),
        ),
    )
