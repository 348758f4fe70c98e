"""Which answers matter most: those that nobody knows yet first, by what they move (M39).

Laws: an answer that moves nothing is not named; where a price is missing, only the finish is told; what is said to be
found out is known to nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from zt_planner.domain import units
from zt_planner.domain.data.interview import CompanyQuestion
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.money import rounded
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK
from zt_planner.engine.interview import AnswerRange, GivenAnswer
from zt_planner.engine.plan import Plan
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Plural, Text, Trimmed, Words, sentences, series
from zt_planner.topics.block import Block, Group, Role, Sentence, TableBlock
from zt_planner.topics.figure import without_labour
from zt_planner.topics.table import Column, table_of

MOST_NAMED, MOST_LISTED = 3, 8
"""In the sentence, and in the table."""
MOST_WEEKS, DAYS_A_YEAR = 104, Decimal("365.25")
"""A longer time is told in years."""
ABOUT = {
    Step.PREPARATION: msgid("People and time"),
    Step.IDENTITIES: msgid("Signing in"),
    Step.LEAST_PRIVILEGE: msgid("Who may do what"),
    Step.SEGMENTATION: msgid("Network and backup"),
    Step.DEVICES: msgid("Computers and phones"),
    Step.MONITORING: msgid("Watching, and who runs it"),
}
"""What the questions of a step are about, in the words of those who are asked."""
NOT_KNOWN = Text("not known")


def answer_words(question: CompanyQuestion, answer: GivenAnswer) -> Words:
    """Write an answer: in its own words, a number, or that it is not known."""
    offered = question.answer(answer)
    if offered is not None:
        return Text(offered.text)
    return answer if isinstance(answer, int) else NOT_KNOWN


def interview_group(plan: Plan, ranges: Sequence[AnswerRange], known: Mapping[str, GivenAnswer]) -> Group:
    """Return which answers matter most to a plan; `known` are answers by question, also those that set nothing."""
    moving = [each for each in ranges if _euros(each) or _weeks(each)]
    ordered = sorted(moving, key=lambda each: (known.get(each.question.id) is not None, -_euros(each), -_weeks(each)))
    return Group("answers", Text("Which answers matter most"), tuple(_blocks(plan, ordered, known)))


def _blocks(plan: Plan, ordered: Sequence[AnswerRange], known: Mapping[str, GivenAnswer]) -> Iterator[Block]:
    open_ones = [each for each in ordered if known.get(each.question.id) is None]
    yield Sentence(_lead(open_ones), Role.LEAD)
    team = next((each for each in open_ones if each.sets_team), None)
    if team is not None:
        latest = max(team.effects, key=lambda effect: effect.finish)
        answer = answer_words(team.question, latest.answer)
        yield Sentence(
            Text(
                "This answer affects the finish most: {question} With “{answer}” it is {day} as planned.",
                question=_text(team),
                answer=answer,
                day=latest.finish,
            )
        )
    if ordered:
        yield TableBlock(Text("Which answers matter most"), table_of(_columns(plan, known), ordered[:MOST_LISTED]))
        between = Text(
            "Between the answers to one question, as planned, with the same team and all else as it is. "
            "The budget is the budget to get there."
        )
        fewer = len(ordered) - MOST_LISTED
        others = Plural("{n} other matters less.", "{n} others matter less.", fewer) if fewer > 0 else ""
        is_last = any(known.get(each.question.id) is not None for each in ordered[:MOST_LISTED])
        answered = Text("What you have answered comes last.") if is_last and open_ones else ""
        yield Sentence(sentences(between, answered, others), Role.NOTE)


def _lead(open_ones: Collection[AnswerRange]) -> Words:
    dearest = [each for each in open_ones if _euros(each)][:MOST_NAMED]
    if not dearest:
        return Text("No open answer changes the budget.")
    named = series(
        Text("{question} ({effect})", question=_text(each), effect=Listed((_money(each), _time(each)), ", "))
        for each in dearest
    )
    return Plural(
        "This answer affects the budget most, so find it out first: {questions}",
        "These {n} answers affect the budget most, so find them out first: {questions}",
        len(dearest),
        questions=named,
    )


def _columns(plan: Plan, known: Mapping[str, GivenAnswer]) -> tuple[Column[AnswerRange], ...]:
    return (
        Column(Text("Question"), words=_text),
        Column(Text("Your answer"), words=lambda each: answer_words(each.question, known.get(each.question.id))),
        Column(
            without_labour(Text("Difference in budget"), plan),
            units.MONEY,
            lambda each: _euros(each) or None,
            words=_money,
        ),
        Column(Text("Difference in finish"), units.COUNT, lambda each: _weeks(each) or None, words=_time),
    )


def _text(each: AnswerRange) -> Words:
    return Text(each.question.text)


def _money(each: AnswerRange) -> Words:
    euros = _euros(each)
    return Money(euros) if euros else ""


def _time(each: AnswerRange) -> Words:
    weeks = _weeks(each)
    if weeks > MOST_WEEKS:
        return Plural("{n} year", "{n} years", Trimmed(Decimal(each.finish_spread_days) / DAYS_A_YEAR, 1))
    return Plural("{n} week", "{n} weeks", weeks) if weeks else ""


def _euros(each: AnswerRange) -> Decimal:
    return rounded(each.budget_spread, 0)


def _weeks(each: AnswerRange) -> int:
    return int(rounded(Decimal(each.finish_spread_days) / CALENDAR_DAYS_A_WEEK, 0))
