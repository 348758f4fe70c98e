"""What a document for Word may have: a company's own template, and what its statement of work is about.

They hold for the next file only, and are no part of the plan.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.domain.work import WorkScope
from zt_planner.engine.plan import Plan
from zt_planner.files.formats import Format, WordOptions
from zt_planner.files.imports.word_template import LARGEST_TEMPLATE_BYTES, word_template
from zt_planner.language import Language, Text
from zt_planner.topics.error_texts import explain
from zt_planner.topics.statement_of_work import PARTIES, part_name, parts_of
from zt_planner.ui.components.elements import show_caption, show_errors
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session

MEGABYTE = 1_000_000


def show_word_options(form: Format, language: Language) -> WordOptions:
    """Show what a document may have, and return what was chosen."""
    say, is_alone = language.say, form is Format.WORK
    title = say("Parts, own template") if is_alone else say("Statement of work, own template")
    with st.popover(plain(title), icon=":material/tune:", width="stretch"):
        return WordOptions(_template(form, language), _work(form, language))


def _work(form: Format, language: Language) -> WorkScope | None:
    """Show what a statement of work is about; None where there is to be none, or it is about all."""
    say, plan = language.say, session.plan()
    if not isinstance(plan, Plan) or not plan.tasks:
        return None
    if form is not Format.WORK and not st.checkbox(plain(say("With a statement of work")), key=f"{form}:work"):
        return None
    names = {part: language.write(part_name(part, plan)) for part in parts_of(plan)}
    chosen = st.multiselect(
        plain(say("Steps and stages")),
        list(names),
        format_func=lambda part: plain(names[part]),
        placeholder=plain(say("The whole plan")),
        key=f"{form}:parts",
    )
    parties = st.radio(
        plain(say("Whose work")),
        list(PARTIES),
        format_func=lambda each: plain(say(PARTIES[each])),
        key=f"{form}:parties",
    )
    return WorkScope(tuple(chosen), parties)


def _template(form: Format, language: Language) -> bytes | None:
    """Show the field for a template; None where there is none, or it is refused."""
    uploaded = st.file_uploader(
        plain(language.say("Your own Word template (.dotx)")),
        type=["dotx", "docx"],
        max_upload_size=LARGEST_TEMPLATE_BYTES // MEGABYTE,
        key=f"{form}:template",
    )
    if uploaded is None:
        return None
    read = partial(word_template, uploaded.getvalue(), uploaded.name)
    template = session.workspace().imports.get(uploaded.file_id, None, read, lambda checked: checked)
    if not isinstance(template, bytes):
        show_errors(explain(template))
        return None
    from zt_planner.media.docx.document import missing_styles  # noqa: PLC0415 - paid only where a template is given

    missing = missing_styles(template)
    if missing:
        text = Text(
            "{file} lacks these styles; the default ones are used: {styles}",
            file=uploaded.name,
            styles=", ".join(missing),
        )
        show_caption(language.write(text))
    return template
