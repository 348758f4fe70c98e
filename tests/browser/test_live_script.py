"""The page's end of the stream, alone in a browser whose clock the test moves: when it asks, waits and gives up."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

from tests.browser.live_page import WORDS, Script


def test_a_page_that_shows_all_asks_for_nothing(script: Script) -> None:
    assert script.badge == "Live"
    for _ in range(20):
        script.passes(15)
        script.page.evaluate("window.streams.at(-1).dispatchEvent(new Event('beat'))")
    assert (script.streams, script.asked) == (1, 0)


def test_a_change_of_the_plan_is_announced_once_it_has_settled_and_not_at_each_step(script: Script) -> None:
    script.passes(10)
    assert not script.announced  # a page that is loaded is read as a whole
    for step in range(1, 6):
        script.page.locator("#slider").press("ArrowRight")
        script.draw(plan=f"EUR {100 + step}", run=1 + step)
        script.passes(0.4)
        assert not script.announced
    script.app("testScriptState", "running")
    script.passes(2)
    assert not script.announced
    script.app("testScriptState", "notRunning")
    script.passes(1.1)
    assert str(script.announced) == "EUR 105"
    script.draw(plan="105 EUR", language="de", run=8)
    script.passes(2)
    assert str(script.announced) == "EUR 105"  # the same plan
    script.draw(plan="107 EUR", language="de", run=9)
    script.draw(plan="", language="de", run=10)  # it cannot be read
    script.draw(plan="108 EUR", language="de", run=11)
    script.passes(1.1)
    assert str(script.announced) == "108 EUR"


def test_a_stream_that_says_nothing_for_three_beats_is_opened_anew(script: Script) -> None:
    script.passes(44)
    assert (script.streams, script.badge) == (1, "Live")
    script.passes(2)
    assert script.badge == "Reconnecting"
    script.passes(1)
    assert script.streams == 2
    script.says()
    assert (script.badge, script.asked) == ("Live", 0)


def test_a_stream_that_breaks_again_and_again_is_opened_ever_more_seldom(script: Script) -> None:
    waits = []
    for tries in range(1, 9):
        script.fails()
        step, waited = 0.1 if tries < 4 else 0.5, 0.0
        while script.streams == tries:
            script.passes(step)
            waited += step
        waits.append(waited)
    assert 0.3 <= waits[0] <= 0.8
    assert all(later > 1.1 * sooner for sooner, later in pairwise(waits[:5]))
    assert max(waits) <= 19
    script.says()
    script.fails()
    script.passes(0.8)
    assert script.streams == 10


def test_after_half_a_minute_without_a_stream_the_page_is_offline(script: Script) -> None:
    script.fails()
    for _ in range(28):
        script.passes(1)
        script.fails()
    assert script.badge == "Reconnecting"
    script.passes(3)
    assert script.badge == "Offline"
    script.says()
    assert script.badge == "Live"


def test_a_tab_that_nobody_sees_gives_its_stream_up_and_catches_up_when_it_is_seen(script: Script) -> None:
    script.hide(is_hidden=True)
    script.passes(19)
    assert script.is_listening
    script.passes(2)
    assert not script.is_listening
    script.passes(600)
    assert (script.streams, script.asked) == (1, 0)
    script.hide(is_hidden=False)
    assert (script.streams, script.is_listening) == (2, True)
    script.says(number=9)
    script.passes(0.1)
    assert script.asked == 1


def test_a_tab_that_is_seen_again_soon_keeps_its_stream_and_so_does_one_that_presents(script: Script) -> None:
    script.hide(is_hidden=True)
    script.passes(10)
    script.hide(is_hidden=False)
    script.passes(30)
    assert (script.streams, script.is_listening) == (1, True)
    script.draw(presents=True, run=2)
    script.hide(is_hidden=True)
    script.passes(40)
    assert script.is_listening


def test_what_others_have_changed_is_asked_for_at_once_and_what_i_have_only_if_my_own_run_does_not_come(
    script: Script,
) -> None:
    script.says(number=4)
    script.passes(0.1)
    assert script.asked == 1
    script.draw(number=4, run=2)
    script.says(number=5, origin="mine")
    script.passes(1.4)
    assert script.asked == 1
    script.passes(0.2)
    assert script.asked == 2


def test_a_page_that_stays_behind_asks_ever_more_seldom(script: Script) -> None:
    script.says(number=4)
    script.passes(0.05)  # off the whole seconds, at which the page asks
    asked_at: list[int] = []
    for second in range(130):
        if script.asked > len(asked_at):
            asked_at.append(second)
        script.passes(1)
        if second % 15 == 0:
            script.says(number=4)
    gaps = [later - sooner for sooner, later in pairwise(asked_at)]
    assert gaps[:5] == [1, 2, 4, 8, 16]


def test_while_a_slider_is_held_nothing_is_asked_for(script: Script) -> None:
    script.page.locator("#slider").dispatch_event("pointerdown")
    script.says(number=4)
    script.passes(30)
    assert script.asked == 0
    script.page.locator("#slider").dispatch_event("pointerup")
    script.passes(0.5)
    assert script.asked == 0
    script.passes(0.2)
    assert script.asked == 1


def press_a_link(script: Script) -> Callable[[], bool]:
    """Leave a field by a press on a link; return whether the page follows it."""
    script.page.evaluate("document.querySelector('#place').insertAdjacentHTML('afterend', '<a href=#there>There</a>')")
    script.page.locator("#text").focus()
    script.page.get_by_role("link").click()
    return lambda: script.page.url.endswith("#there")


def test_a_press_on_a_link_that_leaves_a_field_waits_for_the_run_that_takes_what_was_typed(script: Script) -> None:
    follows = press_a_link(script)
    script.app("testScriptState", "running")
    script.passes(1)
    assert not follows()
    script.app("testScriptState", "notRunning")
    script.passes(0.1)
    assert follows()


def test_a_press_on_a_link_that_leaves_a_field_in_which_nothing_was_typed_is_followed(script: Script) -> None:
    follows = press_a_link(script)
    assert not follows()
    script.passes(0.2)
    assert follows()


def test_while_somebody_types_nothing_is_asked_for_until_they_rest(script: Script) -> None:
    for _ in range(5):
        script.page.locator("#text").dispatch_event("keydown", {"key": "a"})
        script.says(number=4)
        script.passes(2)
    assert script.asked == 0
    script.passes(1.1)
    assert script.asked == 1


def test_while_the_script_runs_or_is_not_connected_nothing_is_asked_for(script: Script) -> None:
    script.app("testScriptState", "running")
    script.says(number=4)
    script.passes(5)
    assert script.asked == 0
    script.app("testConnectionState", "PINGING_SERVER")
    script.app("testScriptState", "notRunning")
    script.passes(30)
    assert (script.asked, script.badge) == (0, "Reconnecting")
    script.app("testConnectionState", "CONNECTED")
    script.passes(0.5)
    assert script.asked == 1


def test_a_page_of_a_process_that_started_again_is_drawn_anew_although_nothing_has_changed(script: Script) -> None:
    script.says(process="another")
    script.passes(0.1)
    assert script.asked == 1
    script.draw(run=2)
    script.passes(60)
    assert script.asked == 1


def test_a_stream_that_is_refused_has_the_page_ask_once_why(script: Script) -> None:
    script.fails(is_refused=True)
    script.passes(0.2)
    assert script.asked == 1
    script.draw(run=2)
    script.passes(1)
    script.fails(is_refused=True)
    script.passes(5)
    assert script.asked == 1


def test_where_the_seat_has_ended_the_stream_is_not_opened_again(script: Script) -> None:
    script.says(ended=True)
    script.passes(0.1)
    assert (script.asked, script.badge) == (1, "Offline")
    script.draw(address="", number=0, run=2)
    script.passes(300)
    assert (script.streams, script.asked) == (1, 1)


def test_what_is_not_saved_is_tried_again_ever_more_seldom(script: Script) -> None:
    script.draw(unsaved=True, run=2)
    script.passes(4.8)
    assert script.asked == 0
    script.passes(0.5)
    assert script.asked == 1
    script.draw(unsaved=True, run=3)
    script.passes(30)
    assert 2 <= script.asked <= 6


def test_charts_of_the_other_theme_are_drawn_anew_at_once_and_then_ever_more_seldom(script: Script) -> None:
    script.page.evaluate("""document.querySelector("[data-testid='stApp']").className = "dark";""")
    script.passes(0.1)
    assert script.asked == 1
    script.draw(run=2)
    script.passes(30)
    assert 2 <= script.asked <= 6
    asked = script.asked
    script.draw(run=3, theme="dark")
    script.passes(300)
    assert script.asked == asked


def test_a_page_with_forced_colours_asks_for_no_other_theme(script: Script) -> None:
    script.page.evaluate("""() => { document.querySelector("[data-testid='stApp']").className = "forced"; }""")
    script.passes(5)
    assert script.asked == 0


def test_a_page_whose_browser_does_not_say_its_theme_asks_for_nothing(script: Script) -> None:
    script.page.evaluate("""document.querySelector("[data-testid='stApp']").className = "dark";""")
    script.draw(theme="", run=2)
    script.passes(0.1)
    asked = script.asked
    script.passes(300)
    assert script.asked == asked


def test_what_readers_need_is_looked_for_once_a_frame_however_much_changes(script: Script) -> None:
    looked = """async () => {
      const search = document.querySelectorAll;
      let count = 0;
      document.querySelectorAll = (what) => {
        count += what.includes("stPageLink");
        return search.call(document, what);
      };
      for (let number = 0; number < 20; number += 1) {
        document.querySelector("[data-testid='stApp']").append(number);
        await null;
      }
      window.looked = () => count;
    }"""
    script.page.evaluate(looked)
    script.passes(0.05)
    assert script.page.evaluate("looked()") == 1
    script.page.evaluate("""() => {
      const link = '<a data-testid="stPageLink-NavLink" href="/">Plan</a>';
      document.querySelector("[data-testid='stApp']").insertAdjacentHTML("beforeend", link);
    }""")
    script.passes(0.05)
    assert script.page.locator("a").get_attribute("aria-current") == "page"
    assert script.page.evaluate("looked()") == 2


def test_names_are_text_whatever_they_hold(script: Script) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    people = [{"id": str(n), "name": nasty, "colour": "#000", "is_me": n == 1, "touched": nasty} for n in range(12)]
    script.says(people=people)
    assert script.page.locator("img").count() == 0
    assert script.page.locator("li").count() == 12
    assert script.page.locator("[data-place=count]").inner_text() == "12 here:"
    assert json.dumps(nasty)[1:-1] in script.page.locator("li bdi").first.inner_text()


def test_what_streamlits_fields_say_in_english_is_said_in_the_readers_language(script: Script) -> None:
    most = '<div data-testid="stFileUploaderDropzoneInstructions"><span>10MB per file</span></div>'
    field = f'<section data-testid="stFileUploaderDropzone">{most}<button><p>Upload</p></button></section>'
    script.page.evaluate("(field) => document.body.insertAdjacentHTML('beforeend', field)", field)
    words = WORDS | {"choose": "Choisir", "most": "{n} Mo au maximum"}
    script.draw(language="fr", words=words, run=2)
    assert script.page.locator("[data-words]").get_attribute("data-words") == "10 Mo au maximum"
    assert script.page.get_by_role("img", name="10 Mo au maximum", exact=True).count() == 1
    assert script.page.get_by_role("button", name="Choisir", exact=True).count() == 1
    choose = script.page.evaluate("() => document.documentElement.style.getPropertyValue('--choose')")
    assert choose == '"Choisir"'


def test_the_page_goes_to_its_beginning_where_it_is_asked_to(script: Script) -> None:
    scrolled = script.page.locator("[data-testid=stMain]")
    scrolled.evaluate("(main) => main.scrollTo(0, 300)")
    script.draw(run=2)
    assert scrolled.evaluate("(main) => main.scrollTop") == 300
    script.draw(run=3, top=1)
    assert scrolled.evaluate("(main) => main.scrollTop") == 0
