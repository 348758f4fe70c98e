"""Take the pictures of the documentation anew: `make pictures`.

Starts the dashboard on a fixed day with an empty store, and photographs the
first screen and the page What if in a headless Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
PORT = "8639"
ADDRESS = f"http://127.0.0.1:{PORT}"
TODAY = "2026-11-06"
START_SECONDS = 60
LOOKING, LEVELLING_MS = "Looking for a better order", 120_000
"""What the page says while it works out what levelling would save, and how long that may take."""
LAST_MS = 5_000
"""Until the pictures of a comparison are drawn."""


def wait_until_up(server: subprocess.Popen[bytes]) -> None:
    """Ask for the health address once a second until it answers or the server has ended."""
    for _ in range(START_SECONDS):
        try:
            with urllib.request.urlopen(f"{ADDRESS}/health", timeout=1):  # noqa: S310 - a fixed address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=1)
                break
    message = "The dashboard did not start."
    raise SystemExit(message)


def take() -> None:
    """Photograph the first screen in light and dark, and a plan beside a variant."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for name, scheme in (("first-screen", "light"), ("first-screen-dark", "dark")):
            page = browser.new_page(
                viewport={"width": 1440, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
            )
            page.goto(ADDRESS)
            page.get_by_role("heading", level=1).wait_for()
            page.locator(".picture .bar").first.wait_for()
            page.wait_for_load_state("networkidle")
            # What levelling would save is worked out beside the page, and stands below the picture afterwards.
            page.get_by_text(LOOKING).wait_for(state="hidden", timeout=LEVELLING_MS)
            page.screenshot(path=PICTURES / f"{name}.png")
        page = browser.new_page(viewport={"width": 1440, "height": 960})
        page.goto(f"{ADDRESS}/what_if")
        option = page.get_by_role("row").filter(has_text="MDR instead of SIEM")
        option.get_by_role("button", name="Try").click(timeout=LEVELLING_MS)
        page.get_by_role("heading", name="Variant B").wait_for()
        page.wait_for_timeout(LAST_MS)
        page.get_by_text(LOOKING).wait_for(state="hidden", timeout=LEVELLING_MS)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / "compare.png")
        browser.close()


def main() -> None:
    """Run the dashboard beside the camera."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "ZT_PLANNER_STORE": str(Path(folder) / "sessions.sqlite"),
            "ZT_PLANNER_TODAY": TODAY,
        }
        command = [sys.executable, "-m", "zt_planner", "serve", "--no-browser", "--port", PORT]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                wait_until_up(server)
                take()
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
