"""The files for Kubernetes: valid, confined, and of one mind with the program, its image and the other deployments."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.test_deployment import CADDYFILE, DOCKERFILE, OPERATIONS, SERVICES, new_secrets
from zt_planner import __version__, settings
from zt_planner.errors import SettingsError
from zt_planner.resources import root
from zt_planner.settings import OF_A_FILE, variable
from zt_planner.ui.addresses import HEALTH, METRICS, READY
from zt_planner.workspace.runners.queue_service import SECONDS_TO_END

FOLDER, WORKERS = root() / "deploy" / "kubernetes", root() / "deploy" / "kubernetes-workers.yaml"
OLDEST, NEWEST = "1.28", "1.37"
KINDS = {"Deployment", "Service", "Ingress", "PodDisruptionBudget", "NetworkPolicy"}
MEBIBYTES = {"Mi": 1, "Gi": 1024}


@lru_cache
def objects() -> dict[tuple[str, str], dict[str, Any]]:
    """Return every object by its kind and name."""
    read = [one for file in sorted(FOLDER.iterdir()) for one in yaml.safe_load_all(file.read_text("utf-8"))]
    return {(one["kind"], one["metadata"]["name"]): one for one in read}


def spec(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = objects()[kind, "zt-planner"]["spec"]
    return found


def pod() -> dict[str, Any]:
    found: dict[str, Any] = spec("Deployment")["template"]["spec"]
    return found


def container() -> dict[str, Any]:
    (found,) = pod()["containers"]
    return dict(found)


def environment() -> dict[str, str]:
    return {one["name"]: one["value"] for one in container()["env"]}


def told_by(kind: str) -> dict[str, str]:
    """Return what an object tells a controller, by the end of its name."""
    found = objects()[kind, "zt-planner"]["metadata"]["annotations"]
    return {name.partition("/")[2]: value for name, value in found.items()}


def mebibytes(text: str) -> int:
    return int(text[:-2]) * MEBIBYTES[text[-2:]]


@pytest.mark.extended
@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_every_object_follows_the_published_schema(version: str) -> None:
    command = [sys.executable, "-m", "kubernetes_validate", "--strict", "--kubernetes-version", version]
    done = subprocess.run([*command, *FOLDER.iterdir(), WORKERS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", [OPERATIONS, FOLDER / "deployment.yaml"], ids=lambda path: path.name)
def test_the_oldest_kubernetes_is_documented(file: Path) -> None:
    assert f"Kubernetes {OLDEST} or newer" in file.read_text("utf-8")


def test_there_is_one_of_each_kind_and_a_service_that_leads_nowhere() -> None:
    assert set(objects()) == {*((kind, "zt-planner") for kind in KINDS), ("Service", "zt-planner-closed")}
    assert "selector" not in objects()["Service", "zt-planner-closed"]["spec"]


def test_a_process_is_confined() -> None:
    user, group = map(int, SERVICES["app-1"]["user"].split(":"))
    as_whom = {"runAsNonRoot": True, "runAsUser": user, "runAsGroup": group, "fsGroup": group}
    assert pod()["securityContext"] == as_whom | {"seccompProfile": {"type": "RuntimeDefault"}}
    assert container()["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod()["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & pod().keys()


def test_it_runs_the_image_of_this_version_at_its_port_with_the_memory_of_the_containers() -> None:
    assert container()["image"] == f"registry.example/{SERVICES['app-1']['image']}:{__version__}"
    (port,) = container()["ports"]
    assert f"EXPOSE {port['containerPort']}\n" in DOCKERFILE.read_text("utf-8").partition(" AS database")[0]
    assert spec("Service")["ports"] == [{"name": "http", "port": 80, "targetPort": port["name"]}]
    most = mebibytes(container()["resources"]["limits"]["memory"])
    assert f"{most // 1024}g" == SERVICES["app-1"]["mem_limit"]


def test_the_program_takes_its_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, secrets = new_secrets(tmp_path)
    for name, value in environment().items():
        monkeypatch.setenv(name, value.replace("/secrets", str(secrets)))
    given = settings.settings()
    assert given.database_url is not None
    assert given.metrics_token is not None
    assert environment().keys() >= {variable("allowed_hosts"), variable("trusted_proxies")}
    assert ip_network(given.trusted_proxies[0]).is_private


def test_no_variable_that_kubernetes_makes_of_a_service_is_taken_for_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pod()["enableServiceLinks"] is False
    monkeypatch.setenv(variable("port"), "tcp://10.43.0.7:80")
    with pytest.raises(SettingsError, match=variable("port")):
        settings.settings()


def test_the_secrets_are_mounted_and_the_documented_command_makes_them() -> None:
    mounts = {mount["name"]: mount for mount in container()["volumeMounts"]}
    (secret,) = [volume["secret"] for volume in pod()["volumes"] if "secret" in volume]
    assert mounts["secrets"]["readOnly"] is True
    assert secret["defaultMode"] == 0o440
    files = {value for name, value in environment().items() if name.endswith(OF_A_FILE)}
    command = f"create secret generic {secret['secretName']} "
    documented = [line for line in OPERATIONS.read_text("utf-8").splitlines() if command in line]
    assert documented
    for line in [*documented, *(line for line in text_of("deployment") if command in line)]:
        made = {f"{mounts['secrets']['mountPath']}/{name}" for name in re.findall(r"--from-file=(\w+)", line)}
        assert made == files


def text_of(name: str) -> list[str]:
    return (FOLDER / f"{name}.yaml").read_text("utf-8").splitlines()


def test_what_it_writes_has_a_place_that_is_large_enough() -> None:
    mounts = {mount["name"]: mount["mountPath"] for mount in container()["volumeMounts"]}
    sizes = {volume["name"]: volume["emptyDir"]["sizeLimit"] for volume in pod()["volumes"] if "emptyDir" in volume}
    assert {mounts[name] for name in sizes} == {"/tmp", environment()[variable("downloads")]}  # noqa: S108 - as the image has it
    assert mebibytes(sizes["downloads"]) > settings.Settings().download_megabytes
    (memory,) = re.findall(r"size=(\d+)m", " ".join(SERVICES["app-1"]["tmpfs"]))
    assert sizes["tmp"] == f"{memory}Mi"


def test_it_has_started_once_the_database_answers_and_later_only_health_counts() -> None:
    paths = {kind: container()[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "readiness", "liveness")}
    assert paths == {"startup": READY, "readiness": HEALTH, "liveness": HEALTH}
    assert f"health_uri {HEALTH}\n" in CADDYFILE.read_text("utf-8")


def test_an_update_or_an_emptied_machine_takes_one_process_at_a_time() -> None:
    assert spec("Deployment")["replicas"] >= 2
    assert spec("Deployment")["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    assert spec("PodDisruptionBudget")["maxUnavailable"] == 1
    (first, seconds) = container()["lifecycle"]["preStop"]["exec"]["command"]
    grace = int(SERVICES["app-1"]["stop_grace_period"].removesuffix("s"))
    assert (first, pod()["terminationGracePeriodSeconds"]) == ("sleep", int(seconds) + grace)


def test_everything_is_about_the_same_processes() -> None:
    labels = spec("Deployment")["template"]["metadata"]["labels"]
    assert spec("Service")["selector"] == labels
    (spread,) = pod()["topologySpreadConstraints"]
    assert spread["topologyKey"] == "kubernetes.io/hostname"
    for selector in (
        spec("Deployment")["selector"],
        spec("PodDisruptionBudget")["selector"],
        spec("NetworkPolicy")["podSelector"],
        spread["labelSelector"],
    ):
        assert selector == {"matchLabels": labels}


def test_a_browser_stays_with_one_process_by_the_cookie_that_is_documented() -> None:
    (name,) = re.findall(r"lb_policy cookie (\w+)", CADDYFILE.read_text("utf-8"))
    by_service, by_ingress = told_by("Service"), told_by("Ingress")
    assert by_service["service.sticky.cookie"] == "true"
    assert by_ingress["affinity"] == "cookie"
    assert name == by_service["service.sticky.cookie.name"] == by_ingress["session-cookie-name"]
    assert by_service["service.sticky.cookie.secure"] == by_ingress["session-cookie-secure"] == "true"
    assert by_service["service.sticky.cookie.samesite"] == by_ingress["session-cookie-samesite"].lower() == "lax"
    assert not [key for key in (*by_service, *by_ingress) if "max-age" in key or "maxage" in key], "until it is closed"


def test_the_proxy_serves_the_allowed_host_with_tls_and_what_is_for_monitors_leads_nowhere() -> None:
    ingress, host = spec("Ingress"), environment()[variable("allowed_hosts")]
    (rule,) = ingress["rules"]
    assert [tls["hosts"] for tls in ingress["tls"]] == [[host]]
    assert rule["host"] == host
    led_to = {(path["path"], path["pathType"]): path["backend"]["service"]["name"] for path in rule["http"]["paths"]}
    assert led_to == {
        ("/", "Prefix"): "zt-planner",
        (READY, "Exact"): "zt-planner-closed",
        (METRICS, "Exact"): "zt-planner-closed",
    }
    (size,) = re.findall(r"max_size (\d+)MB", CADDYFILE.read_text("utf-8"))
    assert told_by("Ingress")["proxy-body-size"] == f"{size}m"
    assert told_by("Ingress")["enable-access-log"] == "false"


def test_only_the_proxy_and_prometheus_reach_a_process_and_it_reaches_only_the_database_and_names() -> None:
    policy = spec("NetworkPolicy")
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    (incoming,) = policy["ingress"]
    assert incoming["ports"] == [{"protocol": "TCP", "port": "http"}]
    assert [peer["podSelector"]["matchLabels"]["app.kubernetes.io/name"] for peer in incoming["from"]] == [
        spec("Ingress")["ingressClassName"],
        "prometheus",
    ]
    assert all(peer["namespaceSelector"]["matchLabels"] for peer in incoming["from"])
    database, names = policy["egress"]
    assert database["ports"] == [{"protocol": "TCP", "port": 5432}]
    assert [ip_network(peer["ipBlock"]["cidr"]).num_addresses for peer in database["to"]] == [1]
    assert {port["port"] for port in names["ports"]} == {53}


def test_a_worker_is_confined_as_a_process_is_has_the_key_and_time_to_end_and_nobody_reaches_it() -> None:
    deployment, policy = yaml.safe_load_all(WORKERS.read_text("utf-8"))
    labels, worker = deployment["spec"]["template"]["metadata"]["labels"], deployment["spec"]["template"]["spec"]
    (program,) = worker["containers"]
    for name in ("automountServiceAccountToken", "enableServiceLinks", "securityContext"):
        assert worker[name] == pod()[name]
    for name in ("image", "securityContext"):
        assert program[name] == container()[name]
    assert program["command"] == ["python", "-m", "zt_planner", "worker"]
    assert {one["name"]: one["value"] for one in program["env"]} == {
        f"{variable(name)}{OF_A_FILE}": f"/secrets/{name}" for name in ("database_url", "worker_key")
    }
    places = {mount["name"] for mount in program["volumeMounts"]}
    assert [volume for volume in pod()["volumes"] if volume["name"] in places] == worker["volumes"]
    assert worker["terminationGracePeriodSeconds"] > SECONDS_TO_END
    assert deployment["spec"]["selector"] == policy["spec"]["podSelector"] == {"matchLabels": labels}
    assert labels != spec("Service")["selector"]
    assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in policy["spec"]
    assert policy["spec"]["egress"] == spec("NetworkPolicy")["egress"]
