"""The minutes as Markdown, to be sent around after the meeting.

Laws: what people have typed (names, the company, snapshots) stands there to the
letter and is read as text by every Markdown reader, never as markup, a link or
HTML; every decision is there with all its changes; equal minutes give equal bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.media.markdown import literal
from zt_planner.topics.direction import isolated
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.headline.promise import promise_and_plan
from zt_planner.topics.headline.summary import versions_of
from zt_planner.topics.labels import label, own_basis
from zt_planner.topics.record.minutes_words import (
    approval_line,
    earlier_basis,
    figures_text,
    left_line,
    minutes_table,
    path_text,
)
from zt_planner.topics.record.proposals import proposals_table
from zt_planner.topics.sentence import planning_note
from zt_planner.topics.stamp import marked
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.session import Proposal, Snapshot
    from zt_planner.language import Language
    from zt_planner.topics.record.minutes import Minutes
    from zt_planner.topics.record.minutes_words import MinutesWords

EVERYTHING = 1_000_000
"""More changes than a decision can have."""


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """What the minutes are made of, for whom; the view is the plan as its reader may see it."""

    minutes: Minutes
    snapshots: tuple[Snapshot, ...]
    words: MinutesWords
    proposals: tuple[Proposal, ...] = ()


def table_lines(table: Table, language: Language) -> Iterator[str]:
    """Yield a table's lines."""
    titles = [literal(column) for column in language.written(table.columns)]
    yield f"| {' | '.join(titles)} |"
    yield f"|{' --- |' * len(titles)}"
    for row in language.written(table.rows):
        yield f"| {' | '.join(literal(cell) for cell in row)} |"


def minutes_markdown(paper: MinutesPaper) -> bytes:
    """Return the minutes as a file in UTF-8."""
    sections = (head(paper), decided(paper), proposed(paper), named_states(paper), open_points(paper), stamps(paper))
    return ("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n").encode()


def head(paper: MinutesPaper) -> list[str]:
    """Return title, what is promised and approved, what the figures are subject to, who and when, both ends."""
    words, plan, minutes = paper.words, paper.words.view.plan, paper.minutes
    language, say = words.language, words.language.say
    company = isolated(plan.scenario.company.name)
    title = say("Minutes: {company}", company=company) if company else say("Minutes of the planning session")
    last = None if minutes.is_stopped else minutes.last
    facts = [
        (say("Participants"), ", ".join(words.names.values())),
        (say("At the beginning"), language.write(figures_text(minutes.first, earlier_basis(plan)))),
        (say("At the end"), language.write(figures_text(last, own_basis(plan)))),
        (say("Change"), language.write(path_text(minutes))),
    ]
    left = left_line(words)
    facts += [(say("Left the session"), left)] if left else []
    times = [decision.at.astimezone(words.zone) for decision in minutes.decisions]
    if times:
        span = say("{first} to {last}", first=language.moment(times[0]), last=language.moment(times[-1]))
        facts.insert(0, (say("When"), f"{span} ({times[0].tzname()})"))
    if not minutes.visibility.labour:
        facts.append((say("Money"), say("Without labour and contingency.")))
    notes = (language.write(planning_note(plan)), *tuple(map(language.write, amount_notes(words.view))))
    promised = map(language.write, (*promise_and_plan(words.view), approval_line(words)))
    return [
        f"# {literal(title)}",
        "",
        *(line for text in promised if text for line in (literal(text), "")),
        *(line for note in notes for line in (f"**{literal(note)}**", "")),
        *(f"- {language.labelled(literal(name), literal(text))}" for name, text in facts),
    ]


def decided(paper: MinutesPaper) -> list[str]:
    """Return the table of all decisions."""
    say = paper.words.language.say
    heading = say("Decisions")
    title = f"## {literal(heading)}"
    if not paper.minutes.items:
        return [title, "", literal(say("Nothing has been decided yet."))]
    table = minutes_table(paper.minutes.items, paper.words, most=EVERYTHING)
    return [title, "", *table_lines(table, paper.words.language)]


def proposed(paper: MinutesPaper) -> list[str]:
    """Return the table of the proposals, none where there are none."""
    if not paper.proposals:
        return []
    language, table = paper.words.language, proposals_table(paper.proposals, paper.words, EVERYTHING)
    return [f"## {literal(language.say('Proposals'))}", "", *table_lines(table, language)]


def named_states(paper: MinutesPaper) -> list[str]:
    """Return the snapshots, none where there are none."""
    words = paper.words
    say = words.language.say
    if not paper.snapshots:
        return []
    rows = tuple(
        (isolated(found.name), words.language.moment(found.at.astimezone(words.zone)), words.who(found.participant))
        for found in paper.snapshots
    )
    columns = (say("Saved state"), say("When"), say("Who"))
    return [f"## {literal(say('Saved states'))}", "", *table_lines(Table(columns, rows), words.language)]


def open_points(paper: MinutesPaper) -> list[str]:
    """Return the findings that stand beside the plan, the gravest first."""
    words, plan = paper.words, paper.words.view.plan
    found = words.language.written([describe(finding, words.view.book) for finding in plan.findings])
    heads = (words.language.labelled(literal(words.language.write(label(item.severity)))) for item in found)
    lines = [
        f"- **{head}** {literal(item.message)} {literal(item.remedy)}" for head, item in zip(heads, found, strict=True)
    ]
    title = f"## {literal(words.language.say('Open points'))}"
    return [title, "", *(lines or [literal(words.language.say("None."))])]


def stamps(paper: MinutesPaper) -> list[str]:
    """Return the versions with which the figures can be reproduced."""
    words, versions = paper.words, versions_of(paper.words.view.plan)
    text = words.language.say(
        "Reproducible with: tasks {model}, prices {price_book}, scenario {scenario}, ZT Planner {program}.", **versions
    )
    return ["---", "", literal(words.language.write(marked(text, words.view)))]
