"""nginx in front of the drill's web processes, with the files of deploy/: only names, ports, certificate and folder are put in. It knows
nothing of ads."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = "studio.example"
"""What deploy/nginx.conf is called before a name of one's own is put into it."""


class Proxy:
    """An nginx of one's own: no other user's rights, ports that are free, TLS with a certificate that nobody else trusts. address: its
    https one; certificate: what to trust for it; media: the folder that it hands files out from. Raises FileNotFoundError without nginx."""

    def __init__(self, webs: Sequence[int], media: Path) -> None:
        program = shutil.which("nginx")
        if program is None:
            raise FileNotFoundError("nginx is not installed: python -m tests.system_packages, or apt-get install -y nginx")
        self._folder = Path(tempfile.mkdtemp(prefix="adstudio-nginx-"))
        self.certificate = self._folder / "fullchain.pem"
        self.plain_port, self.port = free_port(), free_port()
        self.address = f"https://127.0.0.1:{self.port}"
        key = ("-newkey", "rsa:2048", "-nodes", "-keyout", self._folder / "privkey.pem", "-out", self.certificate)
        named = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1")
        subprocess.run(["openssl", "req", "-x509", "-days", "2", *named, *key], check=True, capture_output=True)
        (self._folder / "nginx.conf").write_text(self._configuration(webs, media))
        self.log, self._asked = self._folder / "log", self._folder / "asked"
        with self.log.open("w") as log:
            command = [program, "-p", self._folder, "-c", self._folder / "nginx.conf", "-g", "daemon off;"]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def asked(self) -> list[str]:
        """For each request so far, the web processes that were asked for it, in order: "127.0.0.1:1234, 127.0.0.1:1235"."""
        return self._asked.read_text().splitlines()

    def close(self) -> None:
        """End it, and everything it wrote."""
        self._process.terminate()
        self._process.wait(timeout=60)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _configuration(self, webs: Sequence[int], media: Path) -> str:
        """The files of deploy/ inside what an installation's own nginx.conf has around them."""
        conf = (ROOT / "deploy" / "nginx.conf").read_text().replace(f"/etc/letsencrypt/live/{NAME}", str(self._folder))
        conf = conf.replace("listen 80;", f"listen 127.0.0.1:{self.plain_port};").replace("listen 443 ", f"listen 127.0.0.1:{self.port} ")
        conf = conf.replace("/srv/studio/data/media/", f"{media}/")
        ahead = (ROOT / "deploy" / "upstream.conf").read_text()
        ahead = ahead.replace("    server 127.0.0.1:7860;\n", "".join(f"    server 127.0.0.1:{port};\n" for port in webs))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = " ".join(f"{kind}_temp_path {self._folder}/{kind};" for kind in kinds)
        user = "user root;" if os.geteuid() == 0 else ""  # else its workers could not read what tests wrote
        events = "worker_processes 1; events { worker_connections 256; }"
        logs = f"log_format asked '$upstream_addr'; access_log {self._folder}/asked asked;"
        return f"{user} pid {self._folder}/pid; error_log stderr; {events}\nhttp {{ {logs} {folders}\n{ahead}\n{conf}\n}}\n"


def free_port() -> int:
    """A port of the loopback that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
