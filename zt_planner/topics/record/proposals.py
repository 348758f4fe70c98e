"""What was proposed to a session, in the reader's words: who, when, what, and what has become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.session import ProposalEnd
from zt_planner.errors import msgid
from zt_planner.language import Moment, Text, Words
from zt_planner.topics.record.minutes_words import MOST_CHANGES, changes_text
from zt_planner.topics.table import Column, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.session import Proposal
    from zt_planner.topics.record.minutes_words import MinutesWords

ENDS = {
    ProposalEnd.TAKEN_OVER: msgid("taken over by {name}, {moment}"),
    ProposalEnd.COMPARED: msgid("made a variant by {name}, {moment}"),
    ProposalEnd.DECLINED: msgid("declined by {name}, {moment}"),
}


def end_text(proposal: Proposal, words: MinutesWords) -> Words:
    """Say what has become of a proposal, by whom and when."""
    if proposal.end is None or proposal.ended_at is None:
        return Text("waits for a decision")
    at = Moment(proposal.ended_at.astimezone(words.zone))
    return Text(ENDS[proposal.end], name=words.who(proposal.ended_by), moment=at)


def proposals_table(proposals: Sequence[Proposal], words: MinutesWords, most: int = MOST_CHANGES) -> Table:
    """Return the proposals as rows, the latest first."""
    columns: tuple[Column[Proposal], ...] = (
        Column(Text("What"), value=lambda proposal: changes_text(proposal.changes, words, most)),
        Column(Text("Outcome"), value=lambda proposal: end_text(proposal, words)),
        Column(Text("Who"), value=lambda proposal: words.who(proposal.participant)),
        Column(Text("When"), value=lambda proposal: Moment(proposal.at.astimezone(words.zone))),
    )
    return table_of(columns, reversed(proposals))
