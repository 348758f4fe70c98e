"""What those who decide are asked for: how much, how sure, by when, and who runs it.

Laws: what is asked for is what is promised, and no second figure stands beside it; a reserve is not told where it would
tell what is hidden; a plan under way asks for what is left, and that is resolved; an incomplete plan asks for no more
than "at least", says that offers are needed first, and is not to be signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zt_planner.domain.data.phase_model import AddedTask
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import ZERO, rounded
from zt_planner.domain.scenario.scenario import Operator
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.operation import training_a_year
from zt_planner.engine.plan import Plan
from zt_planner.engine.promise import WhyOwnFigures
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Number, Plural, Text, Words, sentences, series
from zt_planner.topics.block import Answer, Answers, Block, Group, Placing, Role, Sentence, Signature, TableBlock, notes
from zt_planner.topics.decisions.approval import approval_held
from zt_planner.topics.decisions.stages import (
    ON_PAPER,
    may_be_staged,
    protection_sentence,
    stage_notes,
    stage_sentence,
    stage_table,
)
from zt_planner.topics.findings.blocks import LOOK_AT
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.headline.words import team_words
from zt_planner.topics.labels import bounded_money, is_unknown, label
from zt_planner.topics.operation.operation import NIGHTS
from zt_planner.topics.risk.confidence import chance_text, late_text
from zt_planner.topics.sentence import afterwards, missing_prices, promised_budget, promised_words
from zt_planner.topics.view import View


def decision_group(view: View) -> Group:
    """Return what is asked for, in place of what was approved if something was, and what stands against it."""
    status = view.plan.scenario.status
    lead, held = Text("The board is asked to approve:"), approval_held(view)
    if held is not None:
        lead = Text("This plan was approved on {day}:", day=held.on)
        if held.by:
            lead = Text("This plan was approved by {name} on {day}:", name=held.by, day=held.on)
    elif status.approved is not None:
        name, day = status.approved.by, status.approved.on
        lead = Text("The board is asked to approve, instead of the plan approved on {day}:", day=day)
        if name:
            lead = Text(
                "The board is asked to approve, instead of the plan approved by {name} on {day}:", name=name, day=day
            )
    elif booked_of(view):
        lead = Text("The work has begun. For what is left, the board is asked to approve:")
    elif status.is_under_way:
        lead = Text("The work has begun. The board is asked to approve:")
    forms = notes(amount_notes(view))
    return _box(Sentence(lead), Answers(tuple(requests(view))), *forms, *notes(cautions(view.plan), Role.CAUTION))


def resolution_group(view: View) -> Group | None:
    """Return what is signed: the whole, or the next stage alone; None where it is, or something stands against it."""
    plan = view.plan
    if any(cautions(plan)) or not plan.tasks or approval_held(view) is not None:
        return None
    booked = booked_of(view)
    values = {"promise": promised_words(view, booked), "afterwards": afterwards(view.figures)}
    whole = Text("The whole plan: {promise}, then {afterwards}.", **values)
    if booked:
        whole = Text("What is left of the plan: {promise}, then {afterwards}.", **values)
    stage = (stage_sentence(plan),)
    lines = (Text("Place, date"), Text("Signature"))
    signature = Signature((whole, *(stage if may_be_staged(plan) else ())), lines)
    return Group("resolution", Text("Resolution"), (Sentence(Text("The management resolves:")), signature))


def no_decision_group() -> Group:
    """Return that a plan that stopped asks for nothing but to mend it."""
    return _box(
        Sentence(Text("There is nothing to decide yet: this plan has no schedule and no budget. See below what to do."))
    )


def _box(*blocks: Block) -> Group:
    return Group("decision", Text("Decision requested"), blocks, placing=Placing.BOXED)


def requests(view: View) -> Iterator[Answer]:
    """Yield what is asked for, in the order in which it is decided: what is promised, and nothing beside it."""
    plan, figures = view.plan, view.figures
    if view.promise.budget is not None:
        yield introduction_request(view)
    if not is_unknown(figures.run_rate_monthly, is_whole=plan.is_complete):
        why = Text("a month from then on, for licences, monitoring and subscriptions")
        if plan.scenario.choices.operation is Operator.PARTNER:
            why = Text("a month from then on, for licences, monitoring, subscriptions and the partner")
        yield Answer(Text("How much money"), bounded_money(figures.run_rate_monthly, is_whole=plan.is_complete), why)
    training = training_a_year(plan.case, plan.tasks, figures.finish_date)
    if training:
        yield Answer(Text("How much money"), Money(training), Text("a year from then on, for training"))
    yield finish_request(view)
    if not plan.scenario.status.is_under_way:
        start = Text("Start on {day}", day=figures.start_date)
        yield Answer(Text("By when"), start, Text("with the first task of the roadmap"))
    yield from own_requests(view)
    if may_be_staged(plan):
        yield Answer(Text("Or in stages"), "", stage_sentence(plan))


def introduction_request(view: View) -> Answer:
    """Return the budget of the introduction, how much of it is a reserve, and once it has begun what is left of it."""
    booked, reserve = booked_of(view), reserve_of(view)
    of_it = {"budget": Money(view.promise.rounded_budget or ZERO), "booked": Money(booked), "reserve": Money(reserve)}
    if booked and view.plan.shows_labour:
        why = msgid("for what is left of the introduction: {budget} in all, of which {booked} is booked")
    elif booked:
        why = msgid(
            "for what is left of the introduction, without labour and contingency: {budget} in all, of which {booked} "
            "is booked"
        )
    elif not view.plan.shows_labour:
        why = msgid("for the introduction, without labour and contingency")
    else:
        above = msgid("for the introduction, rounded up; {reserve} of it is a reserve beyond the plan")
        why = above if reserve else msgid("for the introduction")
    return Answer(Text("How much money"), promised_budget(view, booked), Text(why, **of_it))


def booked_of(view: View) -> Decimal:
    """Return what is booked of the promised budget, as that counts it, in whole euros; 0 where prices are missing.

    A budget counts the bookings of closed months, those of what recurs only in its first year.
    """
    plan, budget = view.plan, view.promise.rounded_budget
    if budget is None or not plan.is_complete:
        return ZERO
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    booked = rounded(sum_of(line for line in lines if line.is_actual), 0)
    return booked if 0 < booked <= budget else ZERO


def reserve_of(view: View) -> Decimal:
    """Return how far the promised budget is above the planned one, both as shown; 0 where it is the planned one."""
    promise, planned = view.promise, view.figures.introduction_budget
    if promise.rounded_budget is None or promise.why_planned_budget is not None or promise.budget == planned:
        return ZERO
    return promise.rounded_budget - rounded(planned, 0)


def reserve_note(view: View) -> Sentence | None:
    """Say that figures by month are those of the plan, to which the reserve is added; None without a reserve."""
    reserve = reserve_of(view)
    text = msgid("These amounts are as planned; the reserve of {reserve} beyond the plan is not in them.")
    return Sentence(Text(text, reserve=Money(reserve)), Role.NOTE) if reserve else None


def finish_request(view: View) -> Answer:
    """Return the finish that is promised, or why it is the plan's own."""
    promise, simulation = view.promise, view.simulation
    question, finish, share = Text("By when"), Text("Finish by {day}", day=promise.finish), promise.confidence.share
    if share is None or simulation is None:
        return Answer(question, finish, Text("as planned"))
    if promise.why_planned_finish is WhyOwnFigures.NO_DATE:
        why = Text(
            "{late} of the draws are not done by {day}; the plan says {finish}",
            late=late_text(simulation),
            day=simulation.limit,
            finish=view.figures.finish_date,
        )
        return Answer(question, Text("No finish that is {sure} sure", sure=chance_text(share)), why)
    return Answer(question, finish, Text("with {sure} confidence", sure=chance_text(share)))


def own_requests(view: View) -> Iterator[Answer]:
    """Yield what the own people do until the finish and from then on, and who watches."""
    plan, figures, promise, question = view.plan, view.figures, view.promise, Text("Who does the work")
    work = Plural("{n} day of your own team", "{n} days of your own team", Number(rounded(promise.internal_days, 0)))
    counted: dict[str, Words] = {"team": team_words(figures), "finish": promise.finish}
    share, why = promise.confidence.share, Text("with coordination ({team}), until {finish}", **counted)
    if share is not None and view.simulation is not None:
        sure = chance_text(share)
        why = Text("with {sure} confidence, coordination included ({team}), until {finish}", sure=sure, **counted)
    yield Answer(question, work, why)
    days = rounded(figures.operation_days_monthly, 1)
    if days:
        monthly = Plural("{n} day a month of your own team", "{n} days a month of your own team", Number(days, 1))
        yield Answer(question, monthly, Text("from then on, for operation"))
    yield Answer(question, Text("Monitoring:"), Text(NIGHTS[plan.scenario.choices.monitoring]))


def cautions(plan: Plan) -> Iterator[Words]:
    """Yield what stands against deciding now."""
    if plan.is_blocked:
        yield Text("Something must be solved before this can be decided: see “{section}”.", section=LOOK_AT)
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
