"""What the tests need from the system and pip cannot bring: a browser, PostgreSQL, nginx, systemd, a C compiler.
`python -m tests.system_packages`.

Installs Debian's packages with apt-get (as root, or through sudo without a password) when one is missing. It knows
nothing of the product. On a developer's machine a failure is a message and the tests that need it then fail by name; under
CI=true it is an error exit.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

NEEDED = {
    "chromium": "chromium",
    "pg_ctlcluster": "postgresql",
    "nginx": "nginx",
    "systemd-analyze": "systemd",
    "cc": "build-essential",  # a small driver is built, to be loaded as a card's is
}
"""Program looked for on PATH → Debian package that brings it."""

WISHED = {"chromium-headless-shell": "chromium-headless-shell"}
"""What makes the tests quicker: the browser without its windows needs half the processor. They run without."""

APT = ("apt-get", "-o", "Acquire::Retries=3", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=120")


def missing(programs: Mapping[str, str] = NEEDED) -> list[str]:
    """Debian packages whose program is not on PATH."""
    return [package for program, package in programs.items() if shutil.which(program) is None]


def as_root() -> list[str] | None:
    """The prefix that makes a command run as root; None when there is no way to."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install(packages: Sequence[str]) -> str | None:
    """Install `packages`; None when that worked, else one sentence that says what to do by hand."""
    by_hand = f"Install by hand what the tests need: sudo apt-get install -y {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        return f"This system has no apt-get. {by_hand} (or your system's own package of it)."
    prefix = as_root()
    if prefix is None:
        return f"Neither root nor sudo without a password. {by_hand}"
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *APT]
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run([*quiet, *step], capture_output=True, text=True)
        if done.returncode != 0 and step[0] == "install":
            return f"apt-get {step[0]} failed: {done.stderr.strip()[-400:]}\n{by_hand}"
    still = [package for package in missing(NEEDED | WISHED) if package in packages]
    return f"apt-get finished, but {', '.join(still)} is still not on PATH. {by_hand}" if still else None


def main() -> int:
    """Exit status: 0, or 1 under CI=true when something is still missing."""
    for wished in missing(WISHED):
        print(f"Installing for the tests to be quicker: {wished} …", flush=True)
        if install([wished]):
            print(f"That did not work; they run without {wished}.", flush=True)
    packages = missing()
    if not packages:
        return 0
    print(f"Installing for the tests: {', '.join(packages)} …", flush=True)
    trouble = install(packages)
    if trouble is None or not missing():  # a service that could not be started here is not needed: tests start their own
        return 0
    print(trouble, file=sys.stderr)
    return 1 if os.environ.get("CI", "").lower() in {"1", "true"} else 0


if __name__ == "__main__":
    raise SystemExit(main())
