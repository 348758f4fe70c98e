"""Make a release of the commit that is checked out, in dist/: `make release`.

Wheel, source archive, bill of materials (CycloneDX, from the lock), the licences
of the packages that the product brings, and the checksums of these. Laws: a
release holds what a commit holds, and nothing else; the same commit, made again
with the same packages, gives the same bytes; a package without a licence makes none.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

from zt_planner import __version__
from zt_planner.resources import root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution

LOCK = root() / "requirements.txt"
STANDARD_TEXTS = root() / "tools"
"""Where the standard texts of licences are, for packages that bring none."""
SUMS = "SHA256SUMS"
CLASSIFIER = "License :: "
LICENCE_FILE = re.compile(
    r"(?i)\.dist-info/licenses/|(^|/)(licen[cs]es?|copying|notices?)([.\-_][^/]*)?(?<!\.py)(?<!\.py[ci])$"
)
"""Everything that lies with the metadata as a licence, and what is called so in any folder, but code."""


def main() -> None:
    """Make a release of a commit."""
    if git("status", "--porcelain"):
        sys.exit("Commit your changes first: a release holds what a commit holds.")
    folder = root() / "dist"
    shutil.rmtree(folder, ignore_errors=True)
    environment = os.environ | {"SOURCE_DATE_EPOCH": git("log", "-1", "--format=%ct"), "PYTHONWARNINGS": "ignore"}
    name = f"zt-planner-{__version__}"
    bill = f"--output-reproducible --short-PURLs --pyproject pyproject.toml --output-file dist/{name}.cdx.json"
    for command in ("hatchling build", f"cyclonedx_py requirements {bill} {LOCK.name}"):
        subprocess.run([sys.executable, "-m", *command.split()], cwd=root(), env=environment, check=True)
    (folder / f"{name}-third-party-licences.txt").write_text("".join(licences()), "utf-8")
    (folder / SUMS).write_text(sums(folder), "utf-8")


def git(*arguments: str) -> str:
    """Return what git says of this checkout."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=root(), check=True, capture_output=True, text=True).stdout.strip()


def sums(folder: Path) -> str:
    """Return the checksums of a folder's files, as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    return "".join(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def locked(lock: Path = LOCK) -> dict[str, Requirement]:
    """Return the releases that the product brings, by name; of one with several, the one for this system."""
    lines = (line.partition(" \\")[0] for line in lock.read_text("utf-8").splitlines() if re.match(r"\w", line))
    found: dict[str, Requirement] = {}
    for release in map(Requirement, lines):
        if release.name not in found or (release.marker is not None and release.marker.evaluate()):
            found[release.name] = release
    return found


def licences() -> Iterator[str]:
    """Yield name, licence and licence texts of each package that the product brings."""
    for name, release in locked().items():
        try:
            package = distribution(name)
        except PackageNotFoundError:
            if release.marker is None or release.marker.evaluate():
                raise
            yield f"{name} {release.specifier}: only where {release.marker}; its licence comes with it\n"
            continue
        yield f"{name} {package.version}: {licence_of(package)}\n"
        yield from (f"\n{text}\n" for text in texts_of(package))
        yield f"\n{'-' * 80}\n"


def licence_of(package: Distribution) -> str:
    """Return a package's licence as its metadata names it."""
    told: dict[str, list[str]] = {
        name: package.metadata.get_all(name) or [] for name in ("License-Expression", "Classifier", "License")
    }
    classified = ", ".join(value.rpartition(" :: ")[2] for value in told["Classifier"] if value.startswith(CLASSIFIER))
    named = [text.strip() for text in (*told["License-Expression"], classified, *told["License"]) if text.strip()]
    if not named:
        sys.exit(f"{package.name} names no licence in its metadata. Use another package, or ask its authors.")
    return named[0].splitlines()[0]


def texts_of(package: Distribution) -> list[str]:
    """Return the licence texts that a package brings, each once; of one that brings none, the standard text."""
    files = sorted(file for file in package.files or () if LICENCE_FILE.search(file.as_posix()))
    texts = dict.fromkeys(Path(str(file.locate())).read_text("utf-8", "replace").strip() for file in files)
    return [text for text in texts if text] or [standard_text_for(package)]


def standard_text_for(package: Distribution) -> str:
    """Return the standard text of a package's licence, and that it is not the package's own."""
    licence = licence_of(package)
    file = STANDARD_TEXTS / f"{licence}.txt"
    if not file.is_file():
        sys.exit(f"{package.name} brings no text of its licence, {licence}. Add the standard text: {file}")
    return f"It brings no text. The standard text of its licence:\n\n{file.read_text('utf-8').strip()}"


if __name__ == "__main__":
    main()
