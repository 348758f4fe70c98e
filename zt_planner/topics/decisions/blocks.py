"""What those who decide are asked for: how much, how sure, by when, and who runs it.

Laws: an amount is the headline's, in whole euros; the reserve is the one that the Risk page names, and none is asked
for where it would tell what is hidden; a plan under way is not asked to start; an incomplete plan asks for no more than
"at least", and says that offers are needed first; what must be solved is said first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zt_planner.domain.data.phase_model import AddedTask
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Operator
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import SURE, SimulationResult
from zt_planner.language import Listed, Money, Number, Plural, Text, Words, sentences, series
from zt_planner.topics.block import Answer, Answers, Group, Placing, Role, Sentence, TableBlock, notes
from zt_planner.topics.decisions.stages import (
    ON_PAPER,
    may_be_staged,
    protection_sentence,
    stage_notes,
    stage_sentence,
    stage_table,
)
from zt_planner.topics.headline.words import team_words
from zt_planner.topics.labels import bounded_money, is_unknown, label
from zt_planner.topics.operation.operation import NIGHTS
from zt_planner.topics.risk.confidence import chance_text, late_text, told_reserve
from zt_planner.topics.sentence import missing_prices
from zt_planner.topics.view import View


def decision_group(view: View) -> Group:
    """Return what is asked for, in place of what was approved if something was, and what stands against it."""
    approved = view.plan.scenario.status.approved
    lead = Text("The board is asked to approve:")
    if approved is not None:
        lead = Text("The board is asked to approve, instead of “{name}” of {day}:", name=approved.name, day=approved.on)
    answers = Answers((*requests(view), *_alternatives(view)))
    return _box(Sentence(lead), answers, *notes(cautions(view.plan), Role.CAUTION))


def no_decision_group() -> Group:
    """Return that a plan that stopped asks for nothing but to mend it."""
    return _box(
        Sentence(Text("There is nothing to decide yet: this plan has no schedule and no budget. See below what to do."))
    )


def _box(*blocks: Sentence | Answers) -> Group:
    return Group("decision", Text("Decision requested"), blocks, placing=Placing.BOXED)


def requests(view: View) -> Iterator[Answer]:
    """Yield what is asked for, in the order in which it is decided."""
    plan, figures, simulation = view.plan, view.figures, view.simulation
    if not is_unknown(figures.introduction_budget, is_whole=plan.is_complete):
        yield introduction_request(plan)
    if not is_unknown(figures.run_rate_monthly, is_whole=plan.is_complete):
        why = Text("a month from then on, for licences, monitoring and subscriptions")
        if plan.scenario.choices.operation is Operator.PARTNER:
            why = Text("a month from then on, for licences, monitoring, subscriptions and the partner")
        yield Answer(Text("How much money"), bounded_money(figures.run_rate_monthly, is_whole=plan.is_complete), why)
    if simulation is not None:
        yield from reserve_requests(plan, simulation)
        yield finish_request(plan, simulation)
    if plan.scenario.status.at is None:
        start = Text("Start on {day}", day=figures.start_date)
        yield Answer(Text("By when"), start, Text("with the first task of the roadmap"))
    yield from own_requests(plan)
    if may_be_staged(plan):
        yield Answer(Text("Or in stages"), "", stage_sentence(plan))


def introduction_request(plan: Plan) -> Answer:
    """Return the budget of the introduction: until when, and how much of it is paid once, the parts adding up."""
    figures = plan.headlines
    values: dict[str, date | Money] = {
        "finish": figures.finish_date,
        "once": Money(figures.one_off_total),
        "again": Money(rounded(figures.introduction_budget, 0) - rounded(figures.one_off_total, 0)),
    }
    why = Text(
        "for the introduction, without labour and contingency: {once} one-off until {finish}, and {again} for what "
        "recurs in the first year",
        **values,
    )
    if plan.shows_labour:
        why = Text(
            "for the introduction: {once} one-off until {finish}, and {again} for what recurs in the first year",
            **values,
        )
    return Answer(Text("How much money"), bounded_money(figures.introduction_budget, is_whole=plan.is_complete), why)


def reserve_requests(plan: Plan, simulation: SimulationResult) -> Iterator[Answer]:
    """Yield what the one budget with 80 % takes beyond the plan's, or that it takes nothing."""
    reserve, sure = told_reserve(plan, simulation), chance_text(SURE)
    if reserve is None:
        return
    planned = Money(reserve.contingency)
    if rounded(reserve.to_add, 0) > 0:
        what: Words = Money(reserve.to_add)
        why = Text(
            "as a reserve on top: {needed} in total gives {sure} confidence; the budget already includes {planned} of "
            "contingency",
            needed=Money(reserve.sure),
            sure=sure,
            planned=planned,
        )
    else:
        what = Text("No further reserve")
        why = Text(
            "the budget is enough with {sure} confidence: its contingency of {planned} covers it",
            sure=sure,
            planned=planned,
        )
    yield Answer(Text("How sure"), what, why)


def finish_request(plan: Plan, simulation: SimulationResult) -> Answer:
    """Return the one date with 80 %, or that there is none."""
    sure, finish, planned = chance_text(SURE), simulation.finish_at(SURE), plan.headlines.finish_date
    if finish > simulation.limit:
        why = Text(
            "{late} of the draws are not done by {day}; the plan says {finish}",
            late=late_text(simulation),
            day=simulation.limit,
            finish=planned,
        )
        return Answer(Text("By when"), Text("No finish that is {sure} sure", sure=sure), why)
    why = Text("with {sure} confidence; the plan says {finish}", sure=sure, finish=planned)
    return Answer(Text("By when"), Text("Finish by {day}", day=finish), why)


def own_requests(plan: Plan) -> Iterator[Answer]:
    """Yield what the own people do until the finish and from then on, and who watches."""
    figures, question = plan.headlines, Text("Who runs it")
    work = Plural("{n} day of our own people", "{n} days of our own people", Number(figures.internal_days))
    until = Text("({team}), until {finish}", team=team_words(figures), finish=figures.finish_date)
    yield Answer(question, work, until)
    days = rounded(figures.operation_days_monthly, 1)
    if days:
        monthly = Plural("{n} day a month of our own people", "{n} days a month of our own people", Number(days, 1))
        yield Answer(question, monthly, Text("from then on, for operation"))
    yield Answer(question, Text("Watching:"), Text(NIGHTS[plan.scenario.choices.monitoring]))


def _alternatives(view: View) -> Iterator[Answer]:
    if view.comparison is not None:
        pointer = Plural(
            "{n} plan is compared with this one on the last sheet.",
            "{n} plans are compared with this one on the last sheet.",
            len(view.comparison.others),
        )
        yield Answer(Text("Alternatives"), "", pointer)


def cautions(plan: Plan) -> Iterator[Words]:
    """Yield what stands against deciding now."""
    if plan.is_blocked:
        yield Text("Something must be solved before this can be decided: see the last section.")
    if not plan.is_complete:
        yield sentences(missing_prices(plan), Text("Get quotes for these prices before you decide."))


def work_answer(plan: Plan) -> Answer:
    """Return what is done: how many tasks, for how many people, in which steps."""
    steps = dict.fromkeys(task.task.step for task in sorted(plan.tasks, key=lambda task: task.task.step))
    what = Text(
        "{tasks} for {people}:",
        tasks=Plural("{n} task", "{n} tasks", len(plan.tasks)),
        people=Plural("{n} person", "{n} people", plan.scenario.company.employees),
    )
    named = Listed(label(step) for step in steps)
    outside = sum(isinstance(task.task, AddedTask) and task.task.is_outside for task in plan.tasks)
    marked = Plural("{n} task is outside the five steps", "{n} tasks are outside the five steps", outside)
    return Answer(Text("What"), what, series((named, marked)) if outside else named)


def stages_group(plan: Plan) -> Group | None:
    """Return what each stage asks for and leaves; None where there is nothing to approve apart from the whole."""
    if not may_be_staged(plan):
        return None
    heading = Text("Decide in stages")
    words = Text(
        "If you stop on one of these days, open tasks are left out, contracts are paid to the end of their term, and "
        "what is in place costs money every month."
    )
    note = sentences(words, protection_sentence(plan), *stage_notes(plan))
    return Group("stages", heading, (TableBlock(heading, stage_table(plan, ON_PAPER)), Sentence(note, Role.NOTE)))
