"""What people typed reaches Streamlit's Markdown as plain text alone: every place that draws a text is looked at.

A text that a page draws is a literal, a sentence of the catalogue without
values, or has gone through `ui.components.markdown`. Which arguments are read as Markdown,
Streamlit's own documentation says, so that a new one is noticed.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
import streamlit as st

from zt_planner.resources import root

UI = root() / "zt_planner" / "ui"
MODULES = {path.relative_to(UI).as_posix(): ast.parse(path.read_text("utf-8")) for path in sorted(UI.rglob("*.py"))}
PLAIN = {"plain", "link", "badge_text"}
"""What makes Markdown of any text: `ui.components.markdown`, and a badge around it."""
PARAMETER = re.compile(r"^(\w+) *: ", re.MULTILINE)
MARKDOWN = re.compile("GitHub-flavored Markdown|include markdown|Markdown directives|Markdown, subject")
ELSEWHERE = {"write": {"args"}, "html": {"body"}}
"""Texts of which the documentation says at another place that they are markup."""
ALLOWED = {
    ("app/dashboard.py", "Page", "title"): "our own words; they are the browser tab's name too, which is no Markdown",
    ("components/brand.py", "html", "body"): "colours of six digits, as the scenario's field demands",
    ("app/dashboard.py", "navigation", "pages"): "the pages with the titles above",
}
Values = dict[str, list[ast.expr]]
"""What names are set to, those that are set in no other way."""


class Text(NamedTuple):
    """An argument that Streamlit reads as markup, by module, command and name, with what names hold around it."""

    module: str
    command: str
    name: str
    line: int
    value: ast.expr
    scopes: tuple[Values, ...]

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it is, as in `ALLOWED`."""
        return self.module, self.command, self.name


def command_of(name: str) -> Any:  # noqa: ANN401 - whatever Streamlit has
    """Return a command of Streamlit, or what configures a column; None for any other name."""
    return getattr(st, name, None) or getattr(st.column_config, name, None)


@cache
def texts_of(command: str) -> set[str]:
    """Return which arguments of a command are read as markup; choices are read as `format_func` names them."""
    parts = PARAMETER.split(inspect.getdoc(command_of(command)) or "")
    found = {name for name, text in zip(parts[1::2], parts[2::2], strict=True) if MARKDOWN.search(text)}
    found |= ELSEWHERE.get(command, set())
    return found - {"options"} | {"format_func"} if "options" in found else found


def texts_in(call: ast.Call, command: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield the arguments of a call that are read as markup; of choices their list, where nothing names them."""
    if not texts_of(command):
        return
    order = list(inspect.signature(command_of(command)).parameters)
    if order[0] == "args":
        yield from (("args", value) for value in call.args)
        return
    given = dict(zip(order, call.args, strict=False)) | {str(word.arg): word.value for word in call.keywords}
    is_only_read_aloud = ast.unparse(given.get("label_visibility", ast.Constant(""))) == "'collapsed'"
    for name in texts_of(command) - ({"label"} if is_only_read_aloud else set()):
        if name in given or name == "format_func":
            yield name, given.get(name, given.get("options", call))


def values_in(nodes: Iterable[ast.AST]) -> Values:
    """Return what names are set to by plain assignments, and of a name that is set otherwise nothing."""
    told: Values = {}
    set_so_often: Counter[str] = Counter()
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(names, values, strict=True))
            case ast.Assign(targets=[name], value=value):
                pairs = [(name, value)]
            case _:
                pairs = []
        for target, found in pairs:
            told.setdefault(ast.unparse(target), []).append(found)
        if isinstance(node, ast.arg):
            set_so_often[node.arg] += 1
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            set_so_often[node.id] += 1
    return {name: told[name] if len(told.get(name, ())) == number else [] for name, number in set_so_often.items()}


def texts(module: str, node: ast.AST, scopes: tuple[Values, ...]) -> Iterator[Text]:
    """Yield what is read as markup in a part of a module."""
    for part in ast.iter_child_nodes(node):
        around = (values_in(ast.walk(part)), *scopes) if isinstance(part, ast.FunctionDef) else scopes
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and not is_language(part.func.value):
            for name, value in texts_in(part, part.func.attr):
                yield Text(module, part.func.attr, name, part.lineno, value, around)
        yield from texts(module, part, around)


def is_language(value: ast.expr) -> bool:
    """Tell whether something is the reader's language, which writes texts and draws none."""
    return ast.unparse(value).removesuffix("()").endswith("language")


@cache
def all_texts() -> list[Text]:
    """Return what is read as markup anywhere on the dashboard."""
    return [
        text
        for module, tree in MODULES.items()
        for text in texts(module, tree, (values_in(node for one in tree.body for node in shallow(one)),))
    ]


def shallow(statement: ast.stmt) -> Iterable[ast.AST]:
    """Return the parts of a module's own statement; a function is a scope of its own."""
    return () if isinstance(statement, ast.FunctionDef | ast.ClassDef) else ast.walk(statement)


def is_made_plain(value: ast.expr) -> bool:
    """Tell whether a text is a literal, a sentence of ours without values, or what `ui.components.markdown` returns."""
    match value:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id=name)) if name != "map":
            return name in PLAIN or (name == "say" and is_without_values(value))
        case ast.Call(func=ast.Name(), args=[ast.Name(id=name), _]):
            return name in PLAIN
        case ast.Call(func=ast.Attribute(attr="say")):
            return is_without_values(value)
    return False


def is_without_values(call: ast.Call) -> bool:
    """Tell whether a sentence is said as it stands in the catalogue."""
    return not call.keywords and isinstance(call.args[0], ast.Constant)


def parts_of(value: ast.expr, scopes: tuple[Values, ...]) -> list[ast.expr]:
    """Return what a text is put together from, as far as the source tells."""
    match value:
        case ast.Name(id=name):
            return next((scope[name] for scope in scopes if name in scope), [])
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=parts):
            return parts
        case (
            ast.GeneratorExp(elt=part)
            | ast.Lambda(body=part)
            | ast.FormattedValue(value=part)
            | ast.Starred(value=part)
        ):
            return [part]
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
            return parts
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
    return []


def is_safe(value: ast.expr, scopes: tuple[Values, ...]) -> bool:
    """Tell whether a text can hold nothing that somebody typed, unless it was made plain."""
    if is_made_plain(value):
        return True
    parts = parts_of(value, scopes)
    if isinstance(value, ast.Name):  # what is set to itself and more is not looked up again
        scopes = tuple({name: found for name, found in scope.items() if name != value.id} for scope in scopes)
    return bool(parts) and all(is_safe(part, scopes) for part in parts)


@pytest.mark.extended
def test_every_text_that_a_page_draws_is_our_own_or_made_plain() -> None:
    open_ones = {
        f"{text.module}, line {text.line}: {text.command}({text.name}={ast.unparse(text.value)})"
        for text in all_texts()
        if not is_safe(text.value, text.scopes) and text.place not in ALLOWED
    }
    assert not open_ones


def test_the_texts_of_all_kinds_are_looked_at() -> None:
    found = all_texts()
    assert len(found) > 200
    kinds = {(text.command, text.name) for text in found}
    assert kinds >= {
        ("markdown", "body"),
        ("write", "args"),
        ("button", "label"),
        ("button", "help"),
        ("segmented_control", "format_func"),
        ("dialog", "title"),
        ("expander", "label"),
        ("progress", "text"),
        ("text_input", "label"),
    }
    assert {text.place for text in found} >= set(ALLOWED)


@pytest.mark.extended
def test_what_draws_markdown_is_called_and_never_handed_on() -> None:
    handed_on = set()
    for module, tree in MODULES.items():
        called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "st" and node not in called:
                handed_on |= {f"{module}, line {node.lineno}: st.{node.attr}"} if texts_of(node.attr) else set()
    assert not handed_on


@pytest.mark.parametrize("word", ["LinkColumn", "ImageColumn", "MarkdownColumn"])
def test_no_table_draws_links_past_the_function_that_makes_them(word: str) -> None:
    assert not [module for module, tree in MODULES.items() if word in ast.unparse(tree)]


def test_plain_is_always_the_one_of_the_dashboard() -> None:
    imported = {
        (name.name, node.module)
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if (name.asname or name.name) in PLAIN
    }
    home = "zt_planner.ui.components.markdown"
    assert imported == {("plain", home), ("link", home), ("badge_text", "zt_planner.ui.components.elements")}


def test_links_are_made_in_one_place() -> None:
    made = {
        module
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and "](" in str(node.value)
    }
    assert made == {"components/markdown.py"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('st.caption("ours")', True),
        ('st.caption(say("ours"))', True),
        ("st.caption(plain(name))", True),
        ('st.caption(f"**{plain(name)}**")', True),
        ("text = plain(name)\n    st.caption(text)", True),
        ('st.caption(" ".join(plain(each) for each in name))', True),
        ("st.caption(name)", False),
        ('st.caption(say("{name}", name=name))', False),
        ('st.caption(f"{name}")', False),
        ("text = plain(name)\n    text = name\n    st.caption(text)", False),
        ('text = plain(name)\n    text = f"{text}{text}"\n    st.caption(text)', False),
        ("for text in name:\n        st.caption(text)", False),
        ("st.pills(plain(name), name)", False),
        ("st.button(plain(name), help=name)", False),
        ("column.caption(name)", False),
    ],
)
def test_a_text_that_was_typed_is_told_from_one_that_is_ours(source: str, *, expected: bool) -> None:
    tree = ast.parse(f"def draw(name):\n    {source}")
    assert all(is_safe(text.value, text.scopes) for text in texts("", tree, ())) is expected
