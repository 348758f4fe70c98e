"""What people typed in Markdown for every reader: texts as they stand, and addresses that lead to a site or nowhere."""

from __future__ import annotations

from html import escape

import pytest
from markdown_it import MarkdownIt

from zt_planner.media.markdown import literal, web_address


@pytest.mark.parametrize("address", ["https://example.org", "www.example.org", "a@example.org", "example.org"])
def test_no_address_is_left_that_a_reader_would_link(address: str) -> None:
    assert address not in literal(address)


@pytest.mark.parametrize("text", ["two\nlines", "two\u2028lines", "two\u0085lines", "two\r\nlines", "\ttwo lines\n"])
def test_a_text_stays_on_its_line(text: str) -> None:
    assert literal(text) == "two lines"


@pytest.mark.parametrize("text", ["- item", "+ item", "1. item", "1) item", ": item", "-", "\ufeff- item"])
def test_a_text_begins_no_list(text: str) -> None:
    assert literal(text).partition("\\")[0] in {"", "1"}


@pytest.mark.parametrize(
    "text", ["EUR 1,234.50 (net), 06.11.2026, 09:01 - Müller GmbH + Co. KG!", "Müller & Söhne", "R&D"]
)
def test_a_text_that_needs_no_escape_reads_well_as_it_stands(text: str) -> None:
    assert literal(text) == text


@pytest.mark.parametrize("text", ["Müller & Söhne", "&amp;", "&#38; &lt;b&gt;", "R&D; <b>", "a &copy b"])
def test_an_ampersand_is_read_as_it_was_typed(text: str) -> None:
    assert MarkdownIt().render(literal(text)) == f"<p>{escape(text)}</p>\n"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org/prices/", "https://example.org/prices/"),
        (" https://example.org ", "https://example.org"),
        ("HTTP://Example.org:8080?a=1&b=%20#c", "http://Example.org:8080?a=1&b=%20#c"),
        ("https://intranet/prices", "https://intranet/prices"),
        ("https://müller.example/a(b)", "https://müller.example/a%28b%29"),
        ("a.example/x) ![pix](https://b.example/x)", "https://a.example/x%29%20!%5Bpix%5D%28https%3A//b.example/x%29"),
        ("a.example/<b>\n\\`|", "https://a.example/%3Cb%3E%0A%5C%60%7C"),
        ("a.example/:material/home:", "https://a.example/%3Amaterial/home%3A"),
    ],
)
def test_an_address_of_a_site_stands_in_a_link_as_one_piece(typed: str, address: str) -> None:
    assert web_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "see page 3",
        "intranet/prices",
        ") ![pix](https://example.org/x.png)",
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:80/x",
        "ftp://example.org",
        "file:///etc/passwd",
        "mailto:a@example.org",
        "//example.org",
        "https://",
        "https://bank.example@evil.example",
        "https://bank.example\\@evil.example",
        "https://[::1]/",
        "example.org:port/x",
    ],
)
def test_what_leads_to_no_site_is_no_address(typed: str) -> None:
    assert web_address(typed) is None
