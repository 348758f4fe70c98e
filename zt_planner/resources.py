"""Find the files that the product ships: data, texts, the application.

Decides only where they lie; Streamlit finds its settings beside the application.
In a checkout and an editable install they stand beside the package; a wheel
carries them inside it, under `_shipped`. Law: the same names lie under `root()`
in each of the three.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the absolute folder that holds everything shipped."""
    shipped = _PACKAGE / "_shipped"
    return shipped if shipped.is_dir() else _PACKAGE.parent


def data_dir() -> Path:
    """Return the folder of prices, tasks, exchange rates, NIS2 measures and example scenarios."""
    return root() / "data"


def locale_dir() -> Path:
    """Return the folder of the translations."""
    return root() / "locale"


def app_script() -> Path:
    """Return the ASGI application that `streamlit run` starts."""
    return root() / "app.py"
