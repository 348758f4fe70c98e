"""A page that was away, or whose connection has failed for good: when it is live again, and what it says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser.live_page import BEGIN, BEGUN, SCRIPT, Script, with_still_clock

pytestmark = pytest.mark.extended


def test_a_browser_that_keeps_nothing_is_live_all_the_same(chromium: Browser) -> None:
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })"
    )
    script = Script(with_still_clock(context.new_page()))
    script.says()
    assert script.badge == "Live"
    script.app("testConnectionState", "DISCONNECTED_FOREVER")
    script.passes(21)
    assert script.streams == 1
    context.close()


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=1)], ids=["back", "ahead"])
def test_a_computer_s_clock_that_is_set_keeps_no_page_waiting(chromium: Browser, jump: timedelta) -> None:
    context = chromium.new_context()
    script = Script(with_still_clock(context.new_page()))
    script.says()
    script.app("testScriptState", "running")
    script.app("testScriptState", "notRunning")
    script.page.clock.set_system_time(BEGUN + jump)
    script.says(number=4)
    script.passes(0.2)
    assert script.asked == 1
    script.page.clock.set_system_time(BEGUN + 2 * jump)
    script.passes(0.5)
    assert script.asked == 1
    script.passes(1)
    assert (script.asked, script.streams, script.badge) == (2, 1, "Live")
    context.close()


def test_a_page_that_was_forgotten_is_live_only_once_it_is_drawn_anew_as_a_whole(script: Script) -> None:
    script.says(process="another")
    assert script.badge == "Reconnecting"
    script.passes(0.1)
    script.app("testScriptState", "running")
    script.draw(run=2)
    script.passes(1)
    assert script.badge == "Reconnecting"
    script.app("testScriptState", "notRunning")
    assert script.badge == "Live"
    assert script.asked == 1


@pytest.mark.parametrize("first", [200, 502])
def test_a_page_whose_connection_has_failed_for_good_is_loaded_anew_once_the_server_answers(
    script: Script, first: int
) -> None:
    page, status = script.page, {"code": first}
    page.route("http://planner.test/health", lambda route: route.fulfill(status=status["code"], body="{}"))
    page.evaluate("window.isOld = true")
    with page.expect_response("**/health"):
        script.app("testConnectionState", "DISCONNECTED_FOREVER")
    if first == 502:
        assert page.evaluate("window.isOld")
        status["code"] = 200
        with page.expect_response("**/health"):
            script.passes(2)
    page.wait_for_function("!window.isOld")
    page.evaluate(BEGIN, SCRIPT)
    script.draw()
    notice = "document.querySelector('[data-place=notice]').textContent"
    assert page.evaluate(notice) == "Loaded anew"
    script.app("testConnectionState", "DISCONNECTED_FOREVER")  # again and so soon: loading it once more helps nobody
    script.passes(21)
    assert page.evaluate(notice) == ""
    assert script.badge == "" or script.streams == 1
