"""English left in what another language says: in a page, a file or an answer of the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from google.protobuf.message import Message

from tests.handouts import shipped
from tests.ui.screen import Screen
from tools.update_messages import template
from zt_planner.language import Language

WORD = re.compile(
    r"(?<![\w.:`'’/-])(?:the|and|of|with|from|are|is|this|which|your|you|what|when|until|there|has|have|then|before|"
    r"after|The|And|With|From|This|Which|Your|You|What|When|Until|There|Then|Before|After)(?![\w:`'’/=_-])"
)
"""Words that no other language of the product has."""
NAMES = re.compile(
    "Isle of Man|Managed Detection and Response|Time-based One-time Password|Sophos State of Ransomware|"
    'The Total Economic Impact of Zero Trust Solutions from Microsoft|"until":'
)
"""What is called so in every language; a field of the scenario as well, which the workbook holds."""
SCRIPTS = {"js_content", "css_content", "html_content", "id"}
"""What of a page is read by the browser, and by nobody else."""
LOOSE_MARK = re.compile(r"[^\W\d_][;:](?=\s)|\d;(?=\s)")
"""A mark that stands close after a word, as no French one does; a digit has one in a time of day."""
SIGNS = re.compile(r":material/\w+:|:\w+\[")
"""What Markdown is coloured with."""
AROUND = 60


@lru_cache
def quoted() -> re.Pattern[str]:
    """Return what is quoted in every language as it is, over lines too: where prices come from."""
    book, _ = shipped()
    sources = {source for source in (*(row.source for row in book.prices), *(row.source for row in book.vat)) if source}
    return re.compile(
        "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in sorted(sources, key=len, reverse=True))
    )


@lru_cache
def english_texts(language: Language) -> frozenset[str]:
    """Return the texts of several words that are said in another way in a language."""
    texts = (message.id for message in template() if isinstance(message.id, str) and " " in message.id)
    return frozenset(text for text in texts if language.say(text) != text)


def english_in(texts: Iterable[str], language: Language) -> list[str]:
    """Return where texts are English, each with what stands around."""
    found = []
    for text in texts:
        own = NAMES.sub(" ", quoted().sub(" ", text))
        found += around(WORD, own)
        found += [line for line in own.splitlines() if line.strip(" .:*") in english_texts(language)]
    return found


def wrong_in(texts: Iterable[str], language: Language) -> list[str]:
    """Return where texts that people read are English, or have their marks as in English."""
    found = list(texts)
    marks = (text for text in found if not is_list_of_tasks(text, language)) if language.locale.before_marks else ()
    return english_in(found, language) + [
        where for text in marks for where in around(LOOSE_MARK, SIGNS.sub(" ", quoted().sub(" ", text)))
    ]


def is_list_of_tasks(text: str, language: Language) -> bool:
    """Tell whether a text is what a task waits for, which files have in the same form."""
    tasks = shipped()[1].tasks
    return {*text.split("; ")} <= {name for task in tasks for name in (task.id, language.say(task.name))}


def around(wanted: re.Pattern[str], text: str) -> list[str]:
    """Return each place of a text that is wanted, with what stands around."""
    return [text[max(0, place.start() - AROUND) : place.end() + AROUND] for place in wanted.finditer(text)]


def texts_of(screen: Screen) -> Iterator[str]:
    """Yield every text that a page sends to the browser, those in charts and in components of ours among them."""
    for element in screen.app._tree:  # noqa: SLF001 - as `everything`
        proto = getattr(element, "proto", None)
        if isinstance(proto, Message):
            yield from (text for text in _in_message(proto) if not text.startswith("<style>"))


def _in_message(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        for each in (value,) if isinstance(value, str | Message | int | float | bytes) else value:
            if isinstance(each, Message):
                yield from _in_message(each)
            elif isinstance(each, str) and field.name not in SCRIPTS:
                yield from texts_in(each)


def texts_in(text: str) -> Iterator[str]:
    """Yield a text, or of JSON the texts in its values."""
    if text.startswith(("{", "[")):
        try:
            yield from leaves(json.loads(text))
        except json.JSONDecodeError:
            yield text
    else:
        yield text


def leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a document holds
    """Yield the texts in the values of JSON, and of what a document is made of."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
