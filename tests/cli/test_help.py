"""Help and usage errors: their language is chosen as that of answers, and nothing in them is too long or cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from tests.approval import Says
from tests.command_line import invoked
from tests.portions import names
from tests.words import GERMAN
from tools.update_messages import help_texts
from zt_planner import cli
from zt_planner.cli.help import Program, described, language_in, plain_usage
from zt_planner.language import Language, LanguageCode

DAY = ("--today", "2026-11-06")
WIDTH = 80
USAGE_ERRORS: Sequence[Sequence[str]] = (
    ("paln",),
    ("nothing",),
    ("--",),
    ("plan", "--nothing"),
    ("plan", "--outt", "x"),
    ("plan", "one.json", "two.json"),
    ("plan", "--set"),
    ("plan", "--dialect", "nothing"),
    ("check",),
    ("export",),
    ("level", "--seconds", "soon"),
    ("level", "--seconds", "0"),
    ("level", "--seconds", "inf"),
    ("serve", "--port", "1.5"),
)


def program() -> Program:
    """Return the commands as they are described in the source."""
    found = get_command(cli.app)
    assert isinstance(found, Program)
    return found


def in_one_line(text: str) -> str:
    """Return a text without the places where its lines break."""
    return "".join(text.split())


def helps_in(language: Language) -> Iterator[tuple[list[str], str]]:
    """Yield what each command describes in its help, and that help in a language."""
    whole = program()
    for name, command in {"": whole, **whole.commands}.items():
        texts = [text for _, _, text in described(command)]
        yield texts, invoked(*filter(None, (name, "--help", "--locale", language.code))).output


@pytest.mark.extended
@pytest.mark.parametrize("code", names(LanguageCode, "de"))
def test_every_help_is_in_the_readers_language_and_whole(code: str) -> None:
    language = Language(LanguageCode(code))
    for texts, shown in helps_in(language):
        assert not [text for text in texts if in_one_line(language.say(text)) not in in_one_line(shown)]
        assert "<en|de|fr|es>" in shown
        assert not [word for word in re.findall("<(.+?)>", shown) if "|" not in word]  # no names of types
        assert language.labelled(language.say("Options")) in shown.splitlines()
        assert language.say("Show this help.") in shown
        assert in_one_line(language.say("default: {default}", default="en")) in in_one_line(shown)


@pytest.mark.extended
@pytest.mark.parametrize("code", names(LanguageCode, "de"))
def test_lines_of_help_fit_a_terminal_and_have_plain_spaces(code: str) -> None:
    lines = [line for _, shown in helps_in(Language(LanguageCode(code))) for line in shown.splitlines()]
    assert max(map(len, lines)) <= WIDTH
    assert not [line for line in lines if "\N{NO-BREAK SPACE}" in line]


def test_every_description_can_be_translated() -> None:
    assert {"Start the dashboard.", "Open the browser.", "DATE", "[OPTIONS]"} <= set(help_texts())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--locale", "de", "plan", "--help"),
        ("--locale=de", "plan", "--help"),
        ("plan", "--locale", "de", "--help"),
        ("plan", "--help", "--locale=de"),
        ("--locale", "fr", "plan", "--help", "--locale", "de"),
    ],
)
def test_a_language_can_stand_before_or_behind_a_command(arguments: Sequence[str]) -> None:
    assert invoked(*arguments).output.startswith("Aufruf: zt-planner plan [OPTIONEN] [SZENARIO.json]\n")


def test_without_a_command_there_is_help() -> None:
    assert invoked().output == invoked("--help").output.replace("Usage: root", "Usage: zt-planner")
    assert invoked("--help", "--locale", "de").output.startswith(
        "Aufruf: zt-planner [OPTIONEN] BEFEHL [ARGUMENTE]...\n"
    )


@pytest.mark.extended
def test_a_language_before_a_command_is_that_of_its_answer_unless_that_has_its_own() -> None:
    german = invoked("explain", *DAY, "--locale", "de").output
    assert german not in {"", invoked("explain", *DAY).output}
    assert invoked("--locale", "de", "explain", *DAY).output == german
    assert invoked("--locale", "fr", "explain", *DAY, "--locale", "de").output == german


def test_a_language_is_an_option_of_the_program_and_no_file_behind_two_dashes() -> None:
    assert language_in(["plan", "--", "--locale", "de"]).code is LanguageCode.ENGLISH
    assert language_in(["plan", "--locale"]).code is LanguageCode.ENGLISH


@pytest.mark.parametrize("code", names(LanguageCode, "en", "de"))
@pytest.mark.parametrize("arguments", USAGE_ERRORS, ids=" ".join)
def test_a_usage_error_is_said_in_plain_words_of_the_readers_language(arguments: Sequence[str], code: str) -> None:
    result = invoked("--locale", code, *arguments)
    assert result.exit_code == 2
    assert not result.stdout
    *_, problem = result.stderr.splitlines()
    assert not [word for word in ("Error", "No such", "Missing", "Invalid", "Input", "Got") if word in problem]
    if code != LanguageCode.ENGLISH:
        english = invoked(*arguments).stderr.splitlines()
        assert not {*result.stderr.splitlines()} & {*english} - {""}


def test_a_usage_error_says_what_could_have_been_meant_and_where_help_is(says: Says) -> None:
    says(invoked("plan", "--outt", "x", "--locale", "de").stderr.splitlines())


def test_what_typer_says_in_other_words_is_shown_as_it_is() -> None:
    with pytest.raises(typer.BadParameter, match="of a later Typer"), plain_usage(GERMAN):
        raise typer.BadParameter("of a later Typer")


def test_an_empty_argument_is_refused_and_nothing_is_written_into_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: Says
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["plan", "--out", ""], ["export", "--out", ""], ["plan", ""]):
        result = invoked(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        says(result.stderr)
    assert not list(tmp_path.iterdir())
