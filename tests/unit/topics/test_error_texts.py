"""Why the operating system refuses something, in the reader's language."""

from __future__ import annotations

import errno
import os

import pytest

from tests.approval import Says
from zt_planner.errors import FieldProblem, ScenarioError
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.error_texts import SYSTEM_REASONS, explain

MET = (
    errno.EACCES,
    errno.EADDRINUSE,
    errno.EADDRNOTAVAIL,
    errno.EDQUOT,
    errno.EEXIST,
    errno.EIO,
    errno.EISDIR,
    errno.ENAMETOOLONG,
    errno.ENOENT,
    errno.ENOSPC,
    errno.ENOTDIR,
    errno.EPERM,
    errno.EROFS,
)


def line_of(reason: object, code: LanguageCode) -> str:
    problem = FieldProblem(
        "plan.json", "the file cannot be read ({reason})", "Name a scenario file", {"reason": reason}
    )
    (line,) = explain(ScenarioError((problem,)))
    return Language(code).write(line)


@pytest.mark.parametrize("number", MET, ids=errno.errorcode.get)
def test_a_reason_that_people_meet_is_known_as_the_system_says_it(number: int) -> None:
    assert os.strerror(number) in SYSTEM_REASONS


def test_a_reason_is_in_the_readers_language(says: Says) -> None:
    says(line_of(os.strerror(errno.ENOENT), LanguageCode.GERMAN))
    for code in set(LanguageCode) - {LanguageCode.ENGLISH}:
        assert not [reason for reason in SYSTEM_REASONS if reason in line_of(reason, code)]


def test_a_reason_that_is_not_known_is_shown_as_it_is(says: Says) -> None:
    says(line_of("Device on fire", LanguageCode.GERMAN))


def test_a_value_of_any_kind_fills_a_gap() -> None:
    assert "(['a', 1])" in line_of(["a", 1], LanguageCode.ENGLISH)
