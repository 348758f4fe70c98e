"""The files of a deployment: valid, confined, with settings and files that are there."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from sqlalchemy import make_url

from tests.postgres import Postgres
from tools.make_secrets import make_secrets
from zt_planner import settings
from zt_planner.defaults import DATABASE_CONNECTIONS
from zt_planner.errors import ScenarioError
from zt_planner.resources import root
from zt_planner.settings import SECRETS, Settings, variable
from zt_planner.store.database import database_url
from zt_planner.workspace.runners.queue_service import SECONDS_TO_END

COMPOSE, DOCKERFILE, UNIT = root() / "compose.yaml", root() / "Dockerfile", root() / "deploy" / "zt-planner.service"
CADDYFILE, SIGN_IN = root() / "deploy" / "Caddyfile", root() / "deploy" / "sign-in.yaml"
MORE, WORKERS = root() / "deploy" / "more-processes.yaml", root() / "deploy" / "workers.yaml"
WORKER_DROP_IN = root() / "deploy" / "zt-planner-worker.conf"
OPERATIONS = root() / "docs" / "operations.md"
ONE_SHOT = {"secrets", "backup"}
POSTGRES_DEFAULT, KEPT_BACK = 100, 10
"""Connections that PostgreSQL accepts by itself, and those left for its superuser, a backup, checks and people."""
MOST_EXPOSED = 30
"""Of systemd's tenths: 3.0, of 10 for a unit without any protection."""


@lru_cache
def compose() -> dict[str, Any]:
    """Return the compose file."""
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text("utf-8"))
    return found


SERVICES: dict[str, dict[str, Any]] = compose()["services"]
each_service = pytest.mark.parametrize("name", SERVICES)


@pytest.mark.extended
@pytest.mark.parametrize("file", [COMPOSE, SIGN_IN, MORE, WORKERS], ids=lambda path: path.name)
def test_a_compose_file_follows_the_published_schema(file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@each_service
def test_a_service_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].partition(":")[0]) > 0
    assert service["pids_limit"]
    assert not service.get("privileged")


@each_service
def test_a_service_says_whether_it_is_healthy_and_waits_for_those_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert ("test" in service["healthcheck"]) == (name not in ONE_SHOT)
    for needed, condition in service.get("depends_on", {}).items():
        expected = "service_completed_successfully" if needed in ONE_SHOT else "service_healthy"
        assert condition == {"condition": expected}, needed
    assert name == "secrets" or service["depends_on"]


def test_only_the_proxy_can_be_reached_and_reaches_others() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service.get("networks", ())] == ["proxy"]
    assert compose()["networks"]["inside"]["internal"] is True
    ports = dict(re.findall(r"(https?)_port (\d+)", CADDYFILE.read_text("utf-8")))
    assert SERVICES["proxy"]["ports"] == [f"80:{ports['http']}", f"443:{ports['https']}"]


def test_with_a_provider_both_processes_get_its_settings_and_a_way_out_and_nothing_else_does() -> None:
    added: dict[str, dict[str, Any]] = yaml.safe_load(SIGN_IN.read_text("utf-8"))["services"]
    assert added.keys() == {"app-1", "app-2"}
    for service in added.values():
        given = {name.removesuffix("_FILE") for name in service["environment"]}
        assert given == {variable(name) for name in settings.FOR_SIGNING_IN}
        assert service.keys() == {"environment", "volumes", "networks"}
        assert service["networks"] == ["inside", "provider"]
        assert set(service["networks"]) & set(SERVICES["proxy"]["networks"]) == {"inside"}, "what is trusted"
        (mount,) = service["volumes"]
        assert mount["bind"] == {"create_host_path": False}


def test_every_setting_can_be_given_to_the_processes_without_changing_a_file_of_the_checkout() -> None:
    files = [service["env_file"] for name, service in SERVICES.items() if name.startswith("app")]
    assert files == [[{"path": "planner.env", "required": False}]] * 2
    assert "`planner.env`" in OPERATIONS.read_text("utf-8")
    assert "*.env" in (root() / ".gitignore").read_text("utf-8").split()


def test_a_provider_without_its_file_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "https://login.example/.well-known/openid-configuration"
    for name in SERVICES["app-1"]["environment"].keys() & {variable(name) for name in settings.FOR_SIGNING_IN}:
        monkeypatch.setenv(name, address)
    with pytest.raises(ScenarioError, match="ZT_PLANNER_OIDC_ORIGIN"):
        settings.settings()


def test_only_the_network_of_the_containers_says_who_the_client_is() -> None:
    (inside,) = compose()["networks"]["inside"]["ipam"]["config"]
    trusted = SERVICES["app-1"]["environment"][variable("trusted_proxies")]
    assert trusted == inside["subnet"]
    assert ip_network(trusted.removeprefix("${PLANNER_SUBNET:-").removesuffix("}")).is_private


def test_no_command_carries_a_setting_that_the_next_one_would_lack() -> None:
    texts = [file.read_text("utf-8") for file in (COMPOSE, SIGN_IN, OPERATIONS)]
    commands = [line for text in texts for line in text.splitlines() if " compose " in line and "docker" in line]
    assert commands
    assert not [line for line in commands if re.search(r"PLANNER_\w+=|--file|-f ", line)]
    assert SERVICES["proxy"]["environment"]["PLANNER_HOST"].startswith("${PLANNER_HOST:?")
    assert SERVICES["app-1"]["environment"][variable("allowed_hosts")].startswith("${PLANNER_HOST:?")


def test_two_processes_serve_pages_and_the_proxy_knows_both() -> None:
    assert SERVICES["app-1"] == SERVICES["app-2"]
    assert "reverse_proxy {$PLANNER_PROCESSES} {" in CADDYFILE.read_text("utf-8")
    assert SERVICES["proxy"]["environment"]["PLANNER_PROCESSES"] == "${PLANNER_PROCESSES:-app-1:8501 app-2:8501}"
    assert SERVICES["proxy"]["depends_on"].keys() == {"app-1", "app-2"}


def test_a_third_process_is_like_the_others_and_the_proxy_knows_all() -> None:
    added: dict[str, dict[str, Any]] = yaml.safe_load(MORE.read_text("utf-8"))["services"]
    proxy, third = added.pop("proxy"), added.pop("app-3")
    assert not added
    assert third["extends"] == {"file": COMPOSE.name, "service": "app-1"}  # a path is relative to the first file
    assert third["depends_on"] == SERVICES["app-1"]["depends_on"]
    waits_for = SERVICES["proxy"]["depends_on"] | proxy["depends_on"]
    assert proxy["environment"] == {"PLANNER_PROCESSES": " ".join(f"{name}:8501" for name in waits_for)}
    assert waits_for == {name: {"condition": "service_healthy"} for name in ("app-1", "app-2", "app-3")}


def test_workers_and_those_who_ask_them_have_one_key(tmp_path: Path) -> None:
    added: dict[str, dict[str, Any]] = yaml.safe_load(WORKERS.read_text("utf-8"))["services"]
    assert added.keys() == {"app-1", "app-2", "worker"}
    _, program = new_secrets(tmp_path)
    for service in added.values():
        assert service["environment"] == {f"{variable('worker_key')}_FILE": "/secrets/worker_key"}
    assert (program / "worker_key").is_file()
    worker = added["worker"]
    assert worker["extends"] == {"file": COMPOSE.name, "service": "app-1"}
    assert worker["depends_on"] == SERVICES["app-1"]["depends_on"]
    assert worker["command"] == ["python", "-m", "zt_planner", "worker"]
    assert int(worker["stop_grace_period"].removesuffix("s")) > SECONDS_TO_END


def test_as_many_processes_fit_into_the_database_and_the_network_as_is_documented() -> None:
    (most,) = re.findall(r"max_connections=(\d+)", " ".join(SERVICES["database"]["command"]))
    each = DATABASE_CONNECTIONS + 1  # and one to listen
    processes = (int(most) - KEPT_BACK) // each
    default = SERVICES["app-1"]["environment"][variable("trusted_proxies")].removeprefix("${PLANNER_SUBNET:-")
    others = {"network", "broadcast", "gateway", "proxy", "database", "backup"}
    assert ip_network(default.removesuffix("}")).num_addresses - len(others) == processes
    documented = OPERATIONS.read_text("utf-8")
    assert f"{each} × {processes} + {KEPT_BACK} = {most}" in documented
    assert f"{each} × {(POSTGRES_DEFAULT - KEPT_BACK) // each} + {KEPT_BACK}" in documented


def test_the_cookie_of_the_proxy_is_documented() -> None:
    (name,) = re.findall(r"lb_policy cookie (\w+)", CADDYFILE.read_text("utf-8"))
    assert f"| `{name}` |" in (root() / "docs" / "privacy.md").read_text("utf-8")


@each_service
def test_a_service_mounts_volumes_and_no_file_of_the_checkout_that_its_user_may_not_read(name: str) -> None:
    for mount in SERVICES[name].get("volumes", ()):
        source = mount.partition(":")[0]
        assert source in compose()["volumes"], mount


@pytest.mark.parametrize("file", [COMPOSE, SIGN_IN, WORKERS, DOCKERFILE, UNIT], ids=lambda path: path.name)
def test_a_setting_that_is_named_is_one(file: Path) -> None:
    known = {*map(variable, Settings.model_fields), *(f"{variable(name)}_FILE" for name in SECRETS)}
    named = set(re.findall(r"ZT_PLANNER_\w+", file.read_text("utf-8")))
    assert named
    assert named <= known


@pytest.mark.extended
def test_the_dockerfile_has_no_fault_that_hadolint_knows() -> None:
    program = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([program, DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_an_image_installs_by_hash_runs_as_nobody_and_says_whether_it_is_healthy() -> None:
    text = DOCKERFILE.read_text("utf-8")
    assert "--require-hashes --requirement requirements.txt" in text
    stages = re.split(r"(?m)^FROM .* AS ", text)[1:]
    assert [stage.split()[0] for stage in stages] == ["build", "app", "database", "proxy"]
    for stage in stages[1:]:
        (user,) = {one["user"] for one in SERVICES.values() if one.get("build", {}).get("target") == stage.split()[0]}
        assert f"\nUSER {user}\n" in stage
        assert "\nHEALTHCHECK " in stage


def test_the_database_is_healthy_once_the_programs_role_logs_in() -> None:
    asks = SERVICES["database"]["healthcheck"]["test"]
    assert asks == ["CMD", "psql", "--host=127.0.0.1", "--username=planner", "--dbname=planner", "--command=SELECT 1"]
    assert json.dumps(asks[1:]) in DOCKERFILE.read_text("utf-8")


def test_what_an_image_is_made_of_reaches_the_builder() -> None:
    let_in = {line[1:] for line in (root() / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    lines = [re.sub(r"--chmod=\d+ ", "", line) for line in DOCKERFILE.read_text("utf-8").splitlines()]
    copied = {name for line in lines if re.match("COPY [^-]", line) for name in line.split()[1:-1]}
    assert not [name for name in copied if not (root() / name).exists()]
    assert {name.partition("/")[0] for name in copied} == {name.partition("/")[0] for name in let_in}


def test_an_image_reads_its_files_whatever_the_umask_of_the_checkout() -> None:
    _, build, app, *others = re.split(r"(?m)^FROM ", DOCKERFILE.read_text("utf-8"))
    assert "chmod -R a+rX /app\n" in build[build.rindex("\nCOPY ") :]
    assert "\nCOPY " not in app.replace("COPY --from=build", "")
    for stage in others:
        assert re.findall(r"\nCOPY (\S+)", stage) in (["--chmod=0444"], ["--chmod=0555"])


def new_secrets(folder: Path) -> tuple[Path, Path]:
    """Return the folders of the database's secrets and of the program's, both filled."""
    database, program = folder / "database", folder / "program"
    for new in (database, program):
        new.mkdir()
    make_secrets(database, program)
    return database, program


def test_secrets_are_made_once_and_cannot_be_guessed(tmp_path: Path) -> None:
    database, program = new_secrets(tmp_path)
    files = [*database.iterdir(), *program.iterdir()]
    made = {file.name: file.read_text("utf-8") for file in files}
    assert {file.name for file in database.iterdir()} == {"superuser_password", "database_password"}
    assert {file.name for file in program.iterdir()} == {
        "metrics_token",
        "cookie_secret",
        "worker_key",
        "database_url",
    }
    assert database_url(made["database_url"]).password == made["database_password"]
    assert len(set(made.values())) == 6
    assert min(map(len, made.values())) >= 48
    if sys.platform != "win32":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o444}
    make_secrets(database, program)
    assert {file.name: file.read_text("utf-8") for file in files} == made


def test_both_processes_keep_downloads_in_one_folder_on_disk_that_is_theirs() -> None:
    folder = SERVICES["app-1"]["environment"][variable("downloads")]
    assert f"downloads:{folder}" in SERVICES["app-1"]["volumes"]
    assert SERVICES["app-1"] == SERVICES["app-2"]
    assert re.search(rf"install --directory --owner 10001 .*{folder}\b", DOCKERFILE.read_text("utf-8"))


def test_only_the_database_mounts_the_passwords_of_the_database(tmp_path: Path) -> None:
    mounted = {
        name: {mount for mount in service.get("volumes", ()) if "secrets:" in mount}
        for name, service in SERVICES.items()
    }
    assert mounted == {
        "proxy": set(),
        "app-1": {"secrets:/secrets:ro"},
        "app-2": {"secrets:/secrets:ro"},
        "database": {"database-secrets:/secrets:ro"},
        "backup": {"secrets:/secrets:ro"},
        "secrets": {"database-secrets:/database-secrets", "secrets:/secrets"},
    }
    assert SERVICES["secrets"]["command"][-2:] == ["/database-secrets", "/secrets"]
    for name, folder in zip(("database", "app-1"), new_secrets(tmp_path), strict=True):
        read = {value for value in SERVICES[name]["environment"].values() if value.startswith("/secrets/")}
        assert read
        assert read <= {f"/secrets/{file.name}" for file in folder.iterdir()}


@pytest.mark.extended
def test_the_programs_role_owns_its_database_and_nothing_else(tmp_path: Path, postgres: Postgres) -> None:
    database, _ = new_secrets(tmp_path)
    script = tmp_path / "make_database.sh"
    text = (root() / "deploy" / "make_database.sh").read_text("utf-8")
    script.write_text(text.replace("/secrets/", f"{database}/"), "utf-8")
    address = make_url(postgres.server.get_uri())
    socket = {"PGHOST": str(address.query["host"]), "PATH": f"{postgres.psql.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["bash", script], env=os.environ | socket, check=True, capture_output=True)  # noqa: S607 - as the container has it
    with psycopg.connect(postgres.server.get_uri()) as connection:
        (role,) = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname = 'planner'"
        )
        (owner,) = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'planner'")
        (password,) = connection.execute("SELECT rolpassword LIKE 'SCRAM%' FROM pg_authid WHERE rolname = 'planner'")
    assert (role, owner, password) == ((False, False, False, True), ("planner",), (True,))


def test_a_process_is_replaced_once_the_other_one_is_healthy() -> None:
    replaced = re.findall(r"(?m)^    docker compose up (.*) (app-[12])$", OPERATIONS.read_text("utf-8"))
    assert [name for _, name in replaced] == ["app-1", "app-2"] * 2
    assert all("--wait --no-deps" in options for options, _ in replaced)


@pytest.mark.parametrize("sample", range(2))
def test_a_sample_for_nginx_closes_what_is_for_monitors_logs_no_link_and_compresses_scripts(sample: int) -> None:
    whole, below_a_path = re.findall(r"(?s)```nginx\n(.*?)```", OPERATIONS.read_text("utf-8"))
    text = (whole, below_a_path)[sample]
    assert re.search(r"location ~ \S*/\(ready\|metrics\)\$ \{\s+return 404;", text)
    assert re.search(r"location ~ \S*/\(join\|files\)/ \{\s+access_log off;", text)
    assert re.search(r"location (/planner)?/static/ \{\s+gzip on;.*\s+gzip_types text/css text/javascript;", text)
    assert re.search(
        r"(?s)add_header Strict-Transport-Security .* always;.*error_log \S+ crit;.*proxy_read_timeout", whole
    )


def test_the_unit_starts_what_the_documented_commands_install() -> None:
    (started,) = re.findall(r"(?m)^ExecStart=(\S+)", UNIT.read_text("utf-8"))
    documented = OPERATIONS.read_text("utf-8")
    assert f"ln -s /usr/local/lib/zt-planner/bin/zt-planner {started}\n" in documented
    uv = re.findall(r"(?m)^    (.*uv tool install.*)", documented)
    assert all(f"UV_TOOL_DIR=/usr/local/lib/uv UV_TOOL_BIN_DIR={started.rpartition('/')[0]} " in line for line in uv)
    assert uv


def test_a_worker_is_the_same_unit_with_another_command_a_folder_of_its_own_and_the_secrets() -> None:
    lines = WORKER_DROP_IN.read_text("utf-8").splitlines()
    (program,) = re.findall(r"(?m)^ExecStart=(\S+)", UNIT.read_text("utf-8"))
    assert [line for line in lines if line.startswith("ExecStart=")] == ["ExecStart=", f"ExecStart={program} worker"]
    folder = lines[lines.index("StateDirectory=") + 1].removeprefix("StateDirectory=")
    assert f"Environment=HOME=%S/{folder}" in lines
    for name in ("database_url", "worker_key"):
        assert f"LoadCredential={name}:/etc/zt-planner/{name}" in lines
        assert f"{variable(name)}_FILE=%d/{name}" in "\n".join(lines)
    (seconds,) = re.findall(r"(?m)^TimeoutStopSec=(\d+)$", "\n".join(lines))
    assert int(seconds) > SECONDS_TO_END
    units = "/etc/systemd/system"
    documented = OPERATIONS.read_text("utf-8")
    assert f"    cp deploy/{UNIT.name} {units}/{folder}.service\n" in documented
    assert f"deploy/{WORKER_DROP_IN.name} {units}/{folder}.service.d/" in documented


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("drop_in", [None, WORKER_DROP_IN], ids=["dashboard", "worker"])
def test_systemd_finds_little_exposed(drop_in: Path | None, tmp_path: Path) -> None:
    unit = tmp_path / (UNIT.name if drop_in is None else f"{drop_in.stem}.service")
    shutil.copy(UNIT, unit)
    if drop_in is not None:
        (tmp_path / f"{unit.name}.d").mkdir()
        shutil.copy(drop_in, tmp_path / f"{unit.name}.d")
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(unit)]
    paths = {**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=paths)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"Overall exposure level for {unit.name}: [012]\.\d", done.stdout)
