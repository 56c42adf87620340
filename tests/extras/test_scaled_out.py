"""The files for many processes hang together: queues, settings, routes, ports and files they name exist. Read, not started."""

import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import uvicorn
import yaml
from starlette.responses import JSONResponse

from studio.api.guard import BODY_LIMITS
from studio.jobs.queues import names, needed
from studio.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NOT_OURS = {"AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "FORWARDED_ALLOW_IPS"}
"""Read by the bucket's client and by uvicorn."""

UNITS = (
    *("studio.service", "studio-web@7860.service", "studio-worker@clips.service", "studio-backup.service", "studio-backup.timer"),
    *("studio-health.service", "studio-health.timer", "studio-alert@studio-health.service.service"),
)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return loaded


def queues_of(service: dict[str, Any]) -> list[str]:
    command = service.get("command", [])
    return command[command.index("--queues") + 1].split(",") if "--queues" in command else []


def test_every_queue_that_work_is_put_on_has_a_worker_and_none_is_made_up(compose: dict[str, Any]) -> None:
    heard = [queue for service in compose["services"].values() for queue in queues_of(service)]
    assert set(heard) >= set(needed())
    assert set(heard) <= set(names())
    assert len(heard) == len(set(heard))


def test_web_processes_leave_the_work_to_the_workers_and_answer_for_themselves(compose: dict[str, Any]) -> None:
    web = compose["services"]["web"]
    assert web["command"][-2:] == ["serve", "--no-worker"]
    assert web["deploy"]["replicas"] >= 2
    assert "ports" not in web  # reached through nginx alone
    for name, service in compose["services"].items():
        if queues_of(service):
            assert service["healthcheck"] == {"disable": True}, name


def test_all_processes_of_the_studio_share_settings_and_the_folder_of_work(compose: dict[str, Any]) -> None:
    ours = [s for s in compose["services"].values() if "studio" in (s.get("command") or [])]
    assert len(ours) == 1 + len(needed())
    for service in ours:
        assert "data:/data" in service["volumes"]  # the images have DATA_DIR=/data, and jobs pass each other paths in it
        assert service["environment"] == ours[0]["environment"]
        assert set(service["environment"]) - NOT_OURS <= {name.upper() for name in Settings.model_fields}
        assert service["env_file"] == [{"path": "settings.env", "required": False}]  # so that any other setting reaches all of them
    for image in ("deploy/Dockerfile", "Dockerfile.gpu"):
        assert re.search(r"\bDATA_DIR=/data\b", (ROOT / image).read_text())


def test_the_card_is_laid_over_services_there_are(compose: dict[str, Any]) -> None:
    over = yaml.safe_load((DEPLOY / "compose.gpu.yaml").read_text())
    assert set(over["services"]) == {name for name, s in compose["services"].items() if "studio" in (s.get("command") or [])}
    for service in over["services"].values():
        assert set(service["environment"]) <= {"ACCEPTED_LICENCES", "VRAM_GB"}


def test_what_must_be_filled_in_stands_in_the_example(compose: dict[str, Any]) -> None:
    given = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE))
    text = (DEPLOY / "compose.yaml").read_text()
    assert set(re.findall(r"\$\{([A-Z_]+):\?", text)) <= given
    assert given <= set(re.findall(r"\$\{([A-Z_]+)", text))


def test_named_volumes_networks_and_files_exist(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert set(service["networks"]) <= set(compose["networks"]), name
        for volume in service.get("volumes", ()):
            source = volume.rsplit(":", 2 if volume.endswith(":ro") else 1)[0]
            assert source in compose["volumes"] or "$" in source or (DEPLOY / source).exists(), source
        for other in service.get("depends_on", {}):
            assert other in compose["services"]
        assert name == "web" or "build" not in service
    assert (DEPLOY / compose["services"]["web"]["build"]["dockerfile"]).parent.parent.samefile(ROOT / "deploy")
    assert (ROOT / compose["services"]["web"]["build"]["dockerfile"]).exists()


def test_the_proxy_is_believed_from_its_network_and_reaches_the_port(compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    (front,) = compose["networks"]["front"]["ipam"]["config"]
    assert compose["services"]["web"]["environment"]["FORWARDED_ALLOW_IPS"] == front["subnet"]
    assert compose["services"]["nginx"]["networks"] == ["front"]
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", front["subnet"])
    assert uvicorn.Config("app").forwarded_allow_ips == front["subnet"]
    assert "server web:7860;" in (DEPLOY / "compose.upstream.conf").read_text()
    assert "server 127.0.0.1:7860;" in (DEPLOY / "upstream.conf").read_text()
    assert "PORT=7860" in (DEPLOY / "Dockerfile").read_text()


def test_the_stream_of_progress_is_not_buffered_and_the_route_exists() -> None:
    conf = (DEPLOY / "nginx.conf").read_text()
    stream = re.search(r"location = /api/events \{(.*?)\}", conf, re.DOTALL)
    assert stream
    assert {"proxy_buffering off;", "proxy_read_timeout 1h;"} <= {line.strip() for line in stream[1].splitlines()}
    assert "### GET /api/events\n" in (ROOT / "docs" / "API.md").read_text()
    assert "listen 443 ssl http2;" in conf  # understood by Debian's nginx 1.22 as well as by today's


@pytest.mark.parametrize("upstream", ["upstream.conf", "compose.upstream.conf"])
def test_nginx_reads_its_files(tmp_path: Path, upstream: str) -> None:
    key = ("-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem")
    subprocess.run(["openssl", "req", "-x509", "-days", "2", "-subj", "/CN=studio.example", *key], check=True, capture_output=True)
    conf = (DEPLOY / "nginx.conf").read_text().replace("/etc/letsencrypt/live/studio.example", str(tmp_path))
    conf = conf.replace("listen 80;", "listen 127.0.0.1:18080;").replace("listen 443 ", "listen 127.0.0.1:18443 ")
    ahead = (DEPLOY / upstream).read_text().replace("web:7860", "127.0.0.1:7860")  # the name exists in compose's network alone
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {ahead} {conf} }}")
    said = subprocess.run(["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


def test_nginx_takes_whatever_the_studio_takes() -> None:
    """A body that the studio would take must not be refused before it; and none much larger is let through."""
    conf = (DEPLOY / "nginx.conf").read_text()
    own = {path: int(size) << 20 for path, size in re.findall(r"location = (/api/\S+) \{[^}]*client_max_body_size (\d+)m;", conf)}
    (rest,) = re.findall(r"^    client_max_body_size (\d+)m;", conf, re.MULTILINE)
    assert [path for path, most in BODY_LIMITS.items() if most > own.get(path, int(rest) << 20)] == []
    assert [path for path, let_in in own.items() if let_in > BODY_LIMITS[path] + (1 << 20)] == []
    assert int(rest) <= 12


def test_systemd_reads_every_unit_and_they_name_queues_and_options_there_are(tmp_path: Path) -> None:
    assert shutil.which("systemd-analyze"), "Debian's systemd is needed: python -m tests.system_packages"
    for name in UNITS:
        unit = (DEPLOY / re.sub(r"@[\w.-]+(?=\.service)", "@", name)).read_text()
        unit = re.sub(r"^(User|Group|WorkingDirectory)=.*\n", "", unit, flags=re.MULTILINE)  # there is no such user or folder here
        (tmp_path / name).write_text(re.sub(r"^ExecStart=/opt\S+", "ExecStart=/bin/true", unit, flags=re.MULTILINE))
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in UNITS)], capture_output=True, text=True)
    assert [line for line in said.stderr.splitlines() if "studio" in line] == []
    commands = (ROOT / "docs" / "COMMANDS.md").read_text()
    for option in ("--no-worker", "--port", "--queues"):
        assert option in commands
    shell = [DEPLOY / "alert.example"]
    assert subprocess.run(["sh", "-n", *shell]).returncode == 0
    named = re.findall(r"studio-worker@(\w+)", (DEPLOY / "studio-worker@.service").read_text())
    assert set(named) <= set(names())


class Answers(BaseHTTPRequestHandler):
    """Says what it was told to."""

    said: ClassVar[tuple[int, str]] = (200, "")

    def do_GET(self) -> None:
        status, body = self.said
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: Any) -> None:
        """Quietly."""


def test_who_looks_every_five_minutes_tells_well_from_unwell() -> None:
    line = next(row for row in (DEPLOY / "studio-health.service").read_text().splitlines() if row.startswith("ExecStart="))
    command = line.removeprefix("ExecStart=/bin/sh -c '").removesuffix("'").replace("$$", "$")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asked = f"http://127.0.0.1:{server.server_port}/api/health"

    def found(status: int, state: str) -> bool:
        Answers.said = (status, JSONResponse({"status": state, "checks": None}).body.decode())
        return subprocess.run(["sh", "-c", command], env={"HEALTH_URL": asked, "PATH": os.environ["PATH"]}).returncode == 0

    try:
        assert found(200, "ok")
        assert not found(200, "degraded")
        assert not found(503, "down")
    finally:
        server.shutdown()
        server.server_close()
    assert not found(200, "ok"), "nobody answers"


def test_alerts_are_on_figures_there_are() -> None:
    rules = [rule for group in yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"] for rule in group["rules"]]
    told = (ROOT / "docs" / "OPERATIONS.md").read_text()
    known = dict(re.findall(r"^\| `(studio_\w+)` \| \w+ \| ([\w, ]*) \|", told, re.MULTILINE))
    for rule in rules:
        assert set(re.findall(r"studio_\w+", rule["expr"])) <= set(known), rule["alert"]
        for labels in re.findall(r"by \((\w+)\)", rule["expr"]):
            assert labels in " ".join(known[name] for name in re.findall(r"studio_\w+", rule["expr"])), rule["alert"]
    assert {name for rule in rules for name in re.findall(r"studio_\w+", rule["expr"])} >= {"studio_health", "studio_disk_used_ratio"}
