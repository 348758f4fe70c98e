"""The board paper as a Word document: real headings, tables and captions, in styles that are known by their names.

Decides how each block stands in one column of text; `board` decides what is said. A company's own template restyles it
by the names in `STYLES`, and keeps its page, header and footer. Laws: what a person wrote is text, never markup or a
field; equal papers give equal bytes; a style that a template lacks is the default's, and named.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Length, Pt, RGBColor

from zt_planner.domain.work import WorkScope
from zt_planner.language import Labelled, Language, Listed, Words, sentences
from zt_planner.media.archive import zipped
from zt_planner.media.board import BoardPaper, board_paper_of
from zt_planner.media.typst.typesetting import part_png
from zt_planner.topics.block import (
    Answer,
    Answers,
    Block,
    Cards,
    Group,
    PictureBlock,
    Remark,
    Role,
    Sentence,
    Signature,
    TableBlock,
)
from zt_planner.topics.brand import Look, look_of
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.picture.whole import readable
from zt_planner.topics.statement_of_work import work_group
from zt_planner.topics.view import AnyView, View

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.styles.style import BaseStyle
    from docx.text.paragraph import Paragraph

TITLE, SUBTITLE, TEXT, STRONG, NOTE, TABLE = "Title", "Subtitle", "Normal", "Strong", "Caption", "Table Grid"
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
STYLES = (TITLE, SUBTITLE, *HEADINGS, TEXT, STRONG, NOTE, TABLE)
"""The styles that a template may set: all of them are Word's own."""
FONT = "Arial"
"""Word has it on every system, and others a font of the same widths."""
INK, QUIET, BLUE, RULE = "0B1524", "4F5B6B", "1A56B0", "CCD3DF"
SIZES = {TITLE: 18, SUBTITLE: 11, HEADINGS[0]: 14, HEADINGS[1]: 12, HEADINGS[2]: 11, TEXT: 10, STRONG: 10, NOTE: 8.5}
COLOURS = {SUBTITLE: QUIET, NOTE: QUIET, HEADINGS[0]: BLUE, HEADINGS[1]: BLUE, HEADINGS[2]: INK, TITLE: INK}
PAGE, MARGIN = (Cm(21), Cm(29.7)), Cm(2)
LOGO = Cm(1.4)
"""How high a logo is."""
TICK, LINE = "\N{BALLOT BOX}", "_" * 40
MOST_LETTERS = 255
"""Of a property of a document."""
MOST_COLUMNS = 5
"""A table of more is set in small letters."""
CELL, SMALL_CELL = Pt(9), Pt(7.5)
LETTER, SMALL_LETTER, PADDING = Cm(0.21), Cm(0.175), Cm(0.4)
"""How wide a letter of a table is at most on average, and what stands left and right of a cell's text."""


def docx_bytes(
    view: AnyView, template: bytes | None = None, work: WorkScope | None = None, paper: BoardPaper | None = None
) -> bytes:
    """Return the board paper, in the styles of a checked template or in the default's; a plan's `work` is a chapter.

    `paper` is what is made already.
    """
    document = _default() if template is None else _restyled(template)
    _set_language(document, view.language)
    paper, writer = paper or board_paper_of(view), _Writer(document, view)
    writer.write(paper)
    if work is not None and isinstance(view, View):
        writer.chapter(work_group(view, work))
    writer.stamp(paper)
    if template is None:
        look = look_of(view.plan)
        _number_pages(document.sections[-1], "" if look is None else look.foot)
        if look is not None:
            _put_on(document, look)
    return _saved(document, view, paper)


def missing_styles(template: bytes) -> tuple[str, ...]:
    """Return which of the styles a checked template lacks."""
    there = {style.name for style in Document(io.BytesIO(template)).styles}
    return tuple(name for name in STYLES if name not in there)


def try_template(template: bytes) -> None:
    """Use each style of a template once; what is wrong with it is raised as whatever it is."""
    document = _restyled(template)
    for name in (TITLE, SUBTITLE, *HEADINGS, TEXT, NOTE):
        document.add_paragraph(style=name)
    document.add_paragraph().add_run("", style=STRONG)
    document.add_table(1, 1, TABLE)
    document.core_properties.title = ""
    if _text_width(document) <= 0:
        raise ValueError("The page is narrower than its margins.")
    document.save(io.BytesIO())


class _Writer:
    """Writes blocks one below the other at the end of a document."""

    def __init__(self, document: WordDocument, view: AnyView) -> None:
        self.document, self.view, self.say = document, view, view.language.write
        self.width = _text_width(document)

    def write(self, paper: BoardPaper) -> None:
        for number, sheet in enumerate(paper.sheets):
            if sheet.opening is not None:
                opening = sheet.opening
                begin = self.paragraph(Listed((opening.kind, paper.company, opening.day), " · "), SUBTITLE)
                begin.paragraph_format.page_break_before = number > 0
                self.paragraph(opening.title, TITLE)
                self.blocks(sheet.blocks, 0)
            else:
                for group in sheet.blocks:
                    self.chapter(group)

    def chapter(self, block: Block) -> None:
        """Write a group on a page of its own."""
        if isinstance(block, Group) and block.heading:
            self.paragraph(block.heading, HEADINGS[0]).paragraph_format.page_break_before = True
            self.blocks(block.blocks, 1)
        else:
            self.block(block, 0)

    def stamp(self, paper: BoardPaper) -> None:
        for line in paper.stamp:
            self.paragraph(line, NOTE)

    def blocks(self, blocks: Iterable[Block], depth: int) -> None:
        for block in blocks:
            self.block(block, min(depth, len(HEADINGS) - 1))

    def block(self, block: Block, depth: int) -> None:
        if isinstance(block, Group):
            if block.heading:
                self.paragraph(block.heading, HEADINGS[depth])
            self.blocks(block.blocks, depth + bool(block.heading))
        elif isinstance(block, TableBlock):
            self.table(block.table.rows, block.table.numbers, block.table.columns, has_sum=block.has_sum)
        elif isinstance(block, Cards):
            self.table([(card.label, card.value, card.context) for card in block.cards], (1,))
        elif isinstance(block, PictureBlock):
            self.picture(block)
        else:
            self.words(block, depth)

    def words(self, block: Block, depth: int) -> None:
        """Write a block of sentences alone, or what is said of one that Word does not draw."""
        if isinstance(block, Sentence):
            self.sentence(block)
        elif isinstance(block, Answers):
            self.answers(block.answers, HEADINGS[depth])
        elif isinstance(block, Signature):
            self.signature(block)
        elif isinstance(block, Remark):
            self.paragraph(sentences(block.message, block.remedy), lead=block.title)
        elif not isinstance(block, Group):
            for text in block.texts:
                self.paragraph(text, NOTE)

    def sentence(self, block: Sentence) -> None:
        """Write a sentence; what leads, and what a text belongs to, is strong."""
        if block.role in (Role.LEAD, Role.CAUTION):
            self.paragraph("", lead=block.text)
        elif isinstance(block.text, Labelled):
            self.paragraph(block.text.text, lead=Labelled(block.text.name))
        else:
            self.paragraph(block.text, NOTE if block.role is Role.NOTE else TEXT)

    def signature(self, block: Signature) -> None:
        """Write what is resolved, of several one to be ticked, and lines to fill in."""
        for choice in block.choices:
            self.paragraph(Listed((TICK, choice), " ") if len(block.choices) > 1 else choice)
        for line in block.lines:
            self.paragraph(Labelled(line, LINE))

    def answers(self, answers: Iterable[Answer], style: str) -> None:
        """Write answers below their questions, each question once."""
        for question, same in groupby(answers, lambda answer: self.say(answer.question)):
            self.paragraph(question, style)
            for answer in same:
                self.paragraph(answer.why, lead=answer.what)

    def paragraph(self, text: Words, style: str = TEXT, lead: Words = "") -> Paragraph:
        """Write a paragraph, after what leads it, if anything."""
        paragraph = self.document.add_paragraph(style=style)
        if lead:
            paragraph.add_run(self.say(lead), style=STRONG)
        words = self.say(text)
        if words:
            paragraph.add_run(f" {words}" if lead else words)
        return paragraph

    def table(
        self,
        rows: Sequence[Sequence[Words]],
        numbers: Sequence[int],
        header: Sequence[Words] = (),
        *,
        has_sum: bool = False,
    ) -> None:
        """Write a table: its header is repeated on each page, no row is broken, numbers end at the right."""
        cells = [[self.say(cell) for cell in row] for row in ((header, *rows) if header else rows)]
        is_small = len(cells[0]) > MOST_COLUMNS
        table = self.document.add_table(len(cells), len(cells[0]), TABLE)
        table.autofit = False
        widths = _column_widths(cells, numbers, SMALL_LETTER if is_small else LETTER, self.width)
        for index, (row, texts) in enumerate(zip(table.rows, cells, strict=True)):
            is_header = bool(header) and index == 0
            properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for these
            properties.append(OxmlElement("w:cantSplit"))
            if is_header:
                properties.append(OxmlElement("w:tblHeader"))
            is_strong = is_header or (has_sum and index == len(cells) - 1)
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = widths[column]
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                paragraph.paragraph_format.keep_with_next = is_header
                if column in numbers:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                run = paragraph.add_run(text, style=STRONG if is_strong else None)
                run.font.size = SMALL_CELL if is_small else CELL
        for grid, width in zip(table.columns, widths, strict=True):
            grid.width = width
        self.paragraph("", NOTE)

    def picture(self, block: PictureBlock) -> None:
        language = self.view.language
        drawn = part_png(readable(language.written(block.picture(LIGHT))), language, self.view.plan.today)
        shape = self.document.add_picture(io.BytesIO(drawn), width=self.width)
        shape._inline.docPr.set("descr", self.say(block.alt))  # noqa: SLF001 - python-docx has no word for it


def _column_widths(
    cells: Sequence[Sequence[str]], numbers: Sequence[int], letter: int, room: Length
) -> tuple[Length, ...]:
    """Return how wide columns are: amounts are not broken, nor are words where there is room for them."""
    columns = list(zip(*cells, strict=True))
    words = [max(len(word) for text in column for word in text.split(" ")) for column in columns]
    wanted = [PADDING + letter * max(map(len, column)) for column in columns]
    least = [PADDING + letter * longest for longest in words]
    left, more = room - sum(least), sum(wanted) - sum(least)
    if left >= 0:
        return tuple(
            Length(int(low + left * ((want - low) / more if more else 1 / len(least))))
            for low, want in zip(least, wanted, strict=True)
        )
    kept = sum(least[column] for column in numbers)
    share = max(room - kept, 0) / (sum(least) - kept) if sum(least) > kept else 1
    return tuple(Length(int(low if column in numbers else low * share)) for column, low in enumerate(least))


def _default() -> WordDocument:
    """Return an empty document with the styles of our own."""
    document = Document()
    section = document.sections[-1]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for name in (*SIZES, *COLOURS):
        font = document.styles[name].font
        font.name, font.size = FONT, Pt(SIZES[name])
        font.bold, font.italic = name in (STRONG, *HEADINGS), False
        font.color.rgb = RGBColor.from_string(COLOURS.get(name, INK))
        fonts = font.element.rPr.rFonts
        for letters in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{letters}"), FONT)
            fonts.attrib.pop(qn(f"w:{letters}Theme"), None)
    _set_borders(document.styles[TABLE])
    return document


def _set_borders(style: BaseStyle) -> None:
    """Give a style of tables thin lines between rows, and none between columns."""
    borders = style.element.find(".//" + qn("w:tblBorders"))
    for border in borders:
        is_line = border.tag in (qn("w:bottom"), qn("w:insideH"))
        border.set(qn("w:val"), "single" if is_line else "nil")
        border.set(qn("w:color"), RULE)


def _restyled(template: bytes) -> WordDocument:
    """Return a template without its text, and with the default's styles where it lacks them."""
    document, default = Document(io.BytesIO(template)), _default()
    body = document.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    for name in missing_styles(template):
        document.styles.element.append(deepcopy(default.styles[name].element))
    return document


def _set_language(document: WordDocument, language: Language) -> None:
    """Say in which language the text is, for whoever checks its spelling or reads it aloud."""
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        run = properties.find(qn("w:rPr"))
        if run is None:
            run = OxmlElement("w:rPr")
            properties.append(run)
        for old in run.findall(qn("w:lang")):
            run.remove(old)
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), language.code)
        run.append(lang)


def _put_on(document: WordDocument, look: Look) -> None:
    """Give a document a firm's logo and colours."""
    if look.logo:
        shape = document.sections[-1].header.paragraphs[0].add_run().add_picture(io.BytesIO(look.logo), height=LOGO)
        shape._inline.docPr.set("descr", look.name)  # noqa: SLF001 - python-docx has no word for it
    for names, colour in (((TITLE, *HEADINGS[:2]), look.colour), ((HEADINGS[2],), look.second_colour)):
        for name in names if colour else ():
            document.styles[name].font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def _number_pages(section: Section, foot: str) -> None:
    """Write at the foot of a page whose it is, and its number."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if foot:
        paragraph.add_run(f"{foot}\t")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no word for fields


def _saved(document: WordDocument, view: AnyView, paper: BoardPaper) -> bytes:
    """Return the file; its parts are of the plan's day, so that equal papers give equal bytes."""
    properties, day = document.core_properties, view.plan.today
    properties.title, properties.author = view.language.write(paper.title)[:MOST_LETTERS], paper.company[:MOST_LETTERS]
    properties.created = properties.modified = datetime.combine(day, time())
    properties.language, properties.comments, properties.last_modified_by = view.language.code, "", ""
    properties.keywords = paper.mark
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as saved:
        return zipped({name: saved.read(name) for name in saved.namelist()}, day)


def _text_width(document: WordDocument) -> Length:
    """Return how wide the text is."""
    section = document.sections[-1]
    return Length(_known(section.page_width) - _known(section.left_margin) - _known(section.right_margin))


def _known(length: Length | None) -> Length:
    """Return a length of a page; where a template says none, A4 without margins is as good as any."""
    return Length(0) if length is None else length
