"""What those who decide are asked for: how much, how sure, by when, and who runs it.

Laws: what is asked for is what is promised, beside what is planned; a reserve is not told where it would tell what is
hidden; a plan under way is not asked to start; an incomplete plan asks for no more than
"at least", and says that offers are needed first; what must be solved is said first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zt_planner.domain.data.phase_model import AddedTask
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Operator
from zt_planner.engine.plan import Plan
from zt_planner.engine.promise import WhyOwnFigures
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
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.headline.words import team_words
from zt_planner.topics.labels import bounded_money, is_unknown, label
from zt_planner.topics.operation.operation import NIGHTS
from zt_planner.topics.risk.confidence import chance_text, late_text, shown_reserve
from zt_planner.topics.sentence import missing_prices, promised_budget
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
    if view.promise.budget is not None:
        yield introduction_request(view)
    if not is_unknown(figures.run_rate_monthly, is_whole=plan.is_complete):
        why = Text("a month from then on, for licences, monitoring and subscriptions")
        if plan.scenario.choices.operation is Operator.PARTNER:
            why = Text("a month from then on, for licences, monitoring, subscriptions and the partner")
        yield Answer(Text("How much money"), bounded_money(figures.run_rate_monthly, is_whole=plan.is_complete), why)
    if simulation is not None:
        yield Answer(Text("How sure"), "", planned_sentence(view))
        if view.promise.why_planned_budget is WhyOwnFigures.ASKED:
            yield from reserve_requests(plan, simulation)
    yield finish_request(view)
    if plan.scenario.status.at is None:
        start = Text("Start on {day}", day=figures.start_date)
        yield Answer(Text("By when"), start, Text("with the first task of the roadmap"))
    yield from own_requests(view)
    if may_be_staged(plan):
        yield Answer(Text("Or in stages"), "", stage_sentence(plan))


def introduction_request(view: View) -> Answer:
    """Return the budget of the introduction: until when, and how much of it is paid once, the parts adding up.

    What is promised beyond the plan's own figure is a reserve.
    """
    plan, figures, promise = view.plan, view.figures, view.promise
    budget = rounded(figures.introduction_budget, 0)
    values: dict[str, date | Money] = {
        "finish": figures.finish_date,
        "once": Money(figures.one_off_total),
        "again": Money(budget - rounded(figures.one_off_total, 0)),
        "reserve": Money((promise.rounded_budget or budget) - budget),
    }
    if not plan.shows_labour:
        why = Text(
            "for the introduction, without labour and contingency: {once} one-off until {finish}, and {again} for what "
            "recurs in the first year",
            **values,
        )
    elif promise.why_planned_budget is None and promise.budget == figures.introduction_budget:
        why = Text(
            "for the introduction, rounded up: {once} one-off until {finish} and {again} for what recurs in the first "
            "year; its contingency is enough",
            **values,
        )
    elif promise.why_planned_budget is None:
        why = Text(
            "for the introduction: as planned {once} one-off until {finish} and {again} for what recurs in the first "
            "year, and {reserve} as a reserve",
            **values,
        )
    else:
        why = Text(
            "for the introduction: {once} one-off until {finish}, and {again} for what recurs in the first year",
            **values,
        )
    return Answer(Text("How much money"), promised_budget(view), why)


def reserve_requests(plan: Plan, simulation: SimulationResult) -> Iterator[Answer]:
    """Yield what the one budget with 80 % takes beyond the plan's, or that it takes nothing."""
    reserve, sure = shown_reserve(plan, simulation), chance_text(SURE)
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


def finish_request(view: View) -> Answer:
    """Return the finish that is promised, or why it is the plan's own."""
    promise, simulation, planned = view.promise, view.simulation, view.figures.finish_date
    question, finish, share = Text("By when"), Text("Finish by {day}", day=promise.finish), promise.confidence.share
    if share is None or simulation is None:
        return Answer(question, finish, Text("as planned"))
    if promise.why_planned_finish is WhyOwnFigures.NO_DATE:
        why = Text(
            "{late} of the draws are not done by {day}; the plan says {finish}",
            late=late_text(simulation),
            day=simulation.limit,
            finish=planned,
        )
        return Answer(question, Text("No finish that is {sure} sure", sure=chance_text(share)), why)
    why = Text("with {sure} confidence; the plan says {finish}", sure=chance_text(share), finish=planned)
    return Answer(question, finish, why)


def own_requests(view: View) -> Iterator[Answer]:
    """Yield what the own people do until the finish and from then on, and who watches."""
    plan, figures, promise, question = view.plan, view.figures, view.promise, Text("Who runs it")
    work = Plural("{n} day of our own people", "{n} days of our own people", Number(rounded(promise.internal_days, 0)))
    values: dict[str, Words] = {
        "team": team_words(figures),
        "finish": promise.finish,
        "planned": Number(rounded(figures.internal_days, 0)),
    }
    until = Text("({team}), until {finish}", **values)
    if promise.why_planned_finish is None:
        until = Text("(as planned {planned}; {team}), until {finish}", **values)
    yield Answer(question, work, until)
    days = rounded(figures.operation_days_monthly, 1)
    if days:
        monthly = Plural("{n} day a month of our own people", "{n} days a month of our own people", Number(days, 1))
        yield Answer(question, monthly, Text("from then on, for operation"))
    yield Answer(question, Text("Monitoring:"), Text(NIGHTS[plan.scenario.choices.monitoring]))


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
