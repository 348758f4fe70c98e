"""Help and usage errors in the reader's language, which is that of the answers: `--locale`.

Typer writes both in English, and before it has read the options. So the language is looked up among the arguments
first. Descriptions and placeholders are translated where Typer keeps them; what it says in its own words is looked up
in `TYPER_SAYS`. Laws: `--locale` before a command holds for the command, unless that has its own; a text that the
table does not know is shown as Typer has it.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup

from zt_planner.cli.inputs import UNUSABLE
from zt_planner.errors import msgid
from zt_planner.language import Language, LanguageCode, language_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter
else:
    HelpFormatter = typer.Context.formatter_class

LOCALE = "--locale"
TYPER_SAYS: Mapping[str, str] = {
    "Options": msgid("Options"),
    "Arguments": msgid("Arguments"),
    "Commands": msgid("Commands"),
    "default: {default}": msgid("default: {default}"),
    "required": msgid("required"),
    "Show this message and exit.": msgid("Show this help."),
    "Missing command.": msgid("The command is missing."),
    "No such command {command}. Did you mean {candidates}?": msgid(
        "There is no command '{command}'. Did you mean {candidates}?"
    ),
    "No such command {command}.": msgid("There is no command '{command}'."),
    "No such option: {option} (Possible options: {candidates})": msgid(
        "There is no option {option}. Did you mean {candidates}?"
    ),
    "No such option: {option}": msgid("There is no option {option}."),
    "Missing argument {argument}.": msgid("The argument {argument} is missing."),
    "Missing option {option}.": msgid("The option {option} is missing."),
    "Option {option} requires an argument.": msgid("The option {option} needs a value."),
    "Option {option} does not take a value.": msgid("The option {option} takes no value."),
    "Got unexpected extra argument(s) ({arguments})": msgid("There are too many arguments: {arguments}."),
    "Invalid value for {option}: Value error, {value} is not one of {known}.": msgid(
        "'{value}' is not possible for {option}. Use one of: {known}."
    ),
    "Invalid value for {option}: Input should be greater than or equal to {least}": msgid(
        "The option {option} needs a number of at least {least}."
    ),
    "Invalid value for {option}: Input should be less than or equal to {most}": msgid(
        "The option {option} needs a number of at most {most}."
    ),
    "Invalid value for {option}: Input should be a valid integer, {why}": msgid(
        "The option {option} needs a whole number."
    ),
    "Invalid value for {option}: Input should be a valid number, {why}": msgid("The option {option} needs a number."),
}
"""What Typer says, and what is said instead; of two that fit, the first."""
TYPE_NAME = re.compile("^(?!-)(.+) <.+>$")
"""An argument, and what Typer writes behind it: its type, which says nothing to people."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern for each text of Typer's, its gaps as groups, with our text for it."""
    escaped = ((re.escape(text), instead) for text, instead in TYPER_SAYS.items())
    return tuple((re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", text)), instead) for text, instead in escaped)


def said(text: str, language: Language) -> str | None:
    """Return our text for one of Typer's in a language; None for an unknown one."""
    for pattern, instead in _patterns():
        if match := pattern.fullmatch(text):
            parts = {name: [part.strip("'") for part in value.split(", ")] for name, value in match.groupdict().items()}
            values = {name: ", ".join(each) for name, each in parts.items()}
            return language.say(instead, **values | {"candidates": language.either(parts.get("candidates", ()))})
    return None


def language_in(arguments: Sequence[str]) -> Language:
    """Return the language that the last `--locale` asks for; English without one."""
    code = str(LanguageCode.ENGLISH)
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == LOCALE:
            code = "".join(arguments[index + 1 : index + 2])
        elif argument.startswith(f"{LOCALE}="):
            code = argument.partition("=")[2]
    return language_for(code)


def described(command: Command) -> Iterator[tuple[object, str, str]]:
    """Yield each text that the help of a command shows, with the object and the attribute that hold it."""
    holders = ((command, ("help", "options_metavar", "subcommand_metavar")),)
    for holder, names in (*holders, *((parameter, ("help", "metavar")) for parameter in command.params)):
        for name in names:
            text = getattr(holder, name, None)
            if text and "|" not in text:  # a choice is written as it is typed
                yield holder, name, text


class Formatter(HelpFormatter):
    """Writes help and usage in a language; law: no description is cut off."""

    def __init__(self, language: Language, width: int | None, max_width: int | None) -> None:
        """Take a language, and the width of the lines as Typer decides it."""
        super().__init__(width=width, max_width=max_width)
        self.language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line of a command."""
        called = self.language.labelled(self.language.say("Usage"))
        super().write_usage(prog, args, prefix or f"{called} ")

    def write_heading(self, heading: str) -> None:
        """Write a heading; Typer puts the colon behind it."""
        super().write_heading(f"{said(heading, self.language) or heading}{self.language.locale.before_marks}")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with their descriptions."""
        shown = [(TYPE_NAME.sub(r"\1", name), self._description(text)) for name, text in rows]
        super().write_dl(shown, col_max, col_spacing)

    def _description(self, text: str) -> str:
        """Translate what Typer adds to a description: `[default: 10.0; 0.1<=x<=3600]`."""
        own, gap, added = text.removesuffix("]").partition("  [")
        if not gap:
            return said(text, self.language) or text
        parts = self.language.series(said(part, self.language) or part for part in added.split("; "))
        return f"{own}{gap}{parts}]"

    def getvalue(self) -> str:
        """Return all that was written, with plain spaces for no-break ones, as answers have them."""
        return super().getvalue().replace("\N{NO-BREAK SPACE}", " ")


class ReaderContext(typer.Context):
    """The context of a command; its object is the reader's language."""

    def make_formatter(self) -> HelpFormatter:
        return Formatter(self.obj, self.terminal_width, self.max_content_width)


class Program(TyperGroup):
    """All commands, described in the reader's language."""

    context_class = ReaderContext

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: object
    ) -> Context:
        """Read what stands before the command."""
        language = language_in(args)
        for command in (self, *self.commands.values()):
            command.context_class = ReaderContext
            for holder, name, text in described(command):
                setattr(holder, name, language.say(text))
            command.short_help = command.help  # which Typer would cut off in the list of commands
        if "" in args:  # as an unset variable of a shell is: an empty path would mean this folder
            typer.echo(language.say("An argument is empty. Give it a value or leave it out."), err=True)
            raise typer.Exit(UNUSABLE)
        with plain_usage(language):
            return super().make_context(info_name, args, parent, obj=language, **extra)

    def invoke(self, ctx: Context) -> object:
        """Read what stands behind the command, and run it."""
        ctx.default_map = {name: {"locale": ctx.params["locale"]} for name in self.commands}
        with plain_usage(ctx.obj):
            return super().invoke(ctx)


@contextmanager
def plain_usage(language: Language) -> Iterator[None]:
    """Print the usage of a command, where its help is, and what is wrong with the arguments; then exit."""
    try:
        yield
    except typer.TyperException as error:
        text = said(error.format_message(), language)
        if text is None:
            raise
        context = getattr(error, "ctx", None)
        if isinstance(context, ReaderContext):
            asked = "" if language.code is LanguageCode.ENGLISH else f" {LOCALE} {language.code}"
            typer.echo(context.get_usage(), err=True)
            described_at = language.labelled(language.say("Help"), f"{context.command_path} --help{asked}")
            typer.echo(f"{described_at}\n", err=True)
        typer.echo(text, err=True)
        raise typer.Exit(error.exit_code) from None
