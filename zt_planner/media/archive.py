"""Several files as one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date


def zipped(files: Mapping[str, bytes], day: date, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files of a day into one archive; equal files of equal days give equal bytes on every machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = compression
            entry.create_system = 3  # Unix, wherever it was made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
