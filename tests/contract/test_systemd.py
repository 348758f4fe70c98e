"""The unit for a server without containers, really started, by a systemd in namespaces of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.site import SECONDS_TO_START, free_port
from zt_planner.resources import root
from zt_planner.settings import variable

SYSTEMD = shutil.which("systemd", path="/lib/systemd")
UNSHARED = ("unshare", "--mount", "--pid", "--cgroup", "--fork", "--kill-child")
SETTINGS = "etc-zt-planner.env"
TOKEN = "a-token-that-only-root-reads"  # noqa: S105 - no secret
BOOT = """
mount --make-rprivate /
umount --lazy /sys/fs/cgroup
for place in /run /var/lib /var/log; do mount -t tmpfs tmpfs $place; done
mkdir /run/python && mount --bind "$1" /run/python
mount -t tmpfs -o mode=755 tmpfs /root
mkdir -p "$1" && mount --bind /run/python "$1"
mount -t cgroup2 none /sys/fs/cgroup
mount -t proc proc /proc
mount --make-rshared /
exec "$2" --system --unit=zt-planner.service --log-target=null --show-status=false
"""
"""What the unit writes is gone with the namespaces. Python may lie where only root may enter.

Mounts are shared in there, as on any machine with systemd: so a secret reaches the unit.
"""
DROP_IN = """
[Service]
ExecStart=
ExecStart={python} {command}
WorkingDirectory={root}
EnvironmentFile={settings}
LoadCredential=metrics_token:{secret}
Environment=ZT_PLANNER_METRICS_TOKEN_FILE=%d/metrics_token
StandardOutput=append:/run/said
StandardError=append:/run/said
ProtectHome=no
BindReadOnlyPaths={root}
"""
"""Where the program lies here: in this checkout. Of homes, only Python is there at all."""
SERVE = "-m zt_planner serve --no-browser"
CALCULATE = '-c "from tests.sample_work import check_priority; check_priority()"\nType=oneshot\nRestart=no'
"""In the same confinement: a background calculation, which must have the lower priority."""
SAY = "cat /run/said; systemctl status zt-planner; true"


def can_start_one() -> bool:
    """Tell whether systemd is here, and whoever runs this may give it namespaces."""
    is_here = SYSTEMD is not None and shutil.which(UNSHARED[0]) is not None
    return is_here and subprocess.run([*UNSHARED, "true"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.extended,
    pytest.mark.skipif(not can_start_one(), reason="needs systemd, and root to start one"),
]


class Machine:
    """A systemd that knows the unit and nothing else."""

    def __init__(self, folder: Path) -> None:
        """Start it; it starts the unit."""
        self.address, self.settings = f"http://127.0.0.1:{free_port()}", folder / SETTINGS
        self.set("port", self.address.rpartition(":")[2])
        units = folder / "units"
        secret = folder / "metrics_token"
        secret.write_text(TOKEN, "utf-8")
        for file in (secret, self.settings):
            file.chmod(0o600)
        for unit, started in (("zt-planner", SERVE), ("calculation", CALCULATE)):
            drop_ins = units / f"{unit}.service.d"
            drop_ins.mkdir(parents=True)
            shutil.copy(root() / "deploy" / "zt-planner.service", units / f"{unit}.service")
            values = {"root": root(), "settings": self.settings, "secret": secret, "command": started}
            (drop_ins / "here.conf").write_text(DROP_IN.format(python=sys.executable, **values), "utf-8")
        for target in ("sysinit", "basic", "shutdown"):
            (units / f"{target}.target").write_text("[Unit]\nDefaultDependencies=no\n", "utf-8")
        command = [*UNSHARED, "bash", "-ec", BOOT, "boot", sys.base_prefix, str(SYSTEMD)]
        self.process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], "SYSTEMD_UNIT_PATH": str(units), "container": "test"},
            stdin=subprocess.DEVNULL,
        )

    def set(self, name: str, value: str) -> None:
        """Write a setting that counts from the unit's next start on."""
        with self.settings.open("a", encoding="utf-8") as file:
            file.write(f"{variable(name)}={value}\n")

    def inside(self, *command: str) -> str:
        """Return what a command says inside."""
        number = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").strip()
        enter = ["nsenter", "--target", number, "--mount", "--pid", "--cgroup"]
        return subprocess.run([*enter, *command], capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    def told(self, name: str) -> str:
        """Return what systemd knows of the unit."""
        return self.inside("systemctl", "show", "zt-planner", "--value", "--property", name)

    def answers(self, path: str, **headers: str) -> bool:
        """Tell whether the program answers well."""
        request = urllib.request.Request(f"{self.address}{path}", headers=headers)  # noqa: S310 - our own server
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 - as above
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def wait(self, *, until: str) -> None:
        """Return once the unit is in a state, and an active one answers."""
        deadline = time.monotonic() + SECONDS_TO_START
        while self.answers("/ready") is not (until == "active") or self.told("ActiveState") != until:
            assert time.monotonic() < deadline, self.inside("sh", "-c", SAY)
            time.sleep(0.2)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """Return a machine; all that runs in it ends with the test."""
    found = Machine(tmp_path)
    yield found
    found.process.kill()
    found.process.wait()


def test_the_unit_starts_confined_comes_back_and_stops_in_time(machine: Machine) -> None:
    machine.wait(until="active")
    process = machine.told("MainPID")
    assert machine.inside("stat", "--format=%u", f"/proc/{process}") != "0"
    assert machine.inside("stat", "--format=%a", "/var/lib/zt-planner/") == "700"
    assert machine.inside("ls", "/var/lib/zt-planner/").split()[0] == "sessions.sqlite"
    assert machine.answers("/metrics", Authorization=f"Bearer {TOKEN}")
    machine.inside("systemctl", "start", "calculation")
    machine.inside("kill", "-KILL", process)
    machine.wait(until="active")
    assert machine.told("NRestarts") == "1"
    machine.inside("systemctl", "stop", "zt-planner")
    assert (machine.told("ActiveState"), machine.told("Result")) == ("inactive", "success")
    machine.set("days_kept", "none")
    machine.inside("systemctl", "start", "zt-planner")
    machine.wait(until="failed")
    assert (machine.told("ExecMainStatus"), machine.told("NRestarts")) == ("2", "0")
