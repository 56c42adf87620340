"""Known holes of the pinned packages: `python -m tests.audit`. Exit code 1 for any; 0, with a sentence, where nobody could be asked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ASKED = ("--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json", "-r", str(ROOT / "requirements.txt"))
NOBODY = "audit: the database of known holes could not be asked; nothing was looked up. Run `make audit` where it can be reached."


def main() -> int:
    """See above."""
    try:
        done = subprocess.run([sys.executable, "-m", "pip_audit", *ASKED], capture_output=True, text=True, timeout=120)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print(NOBODY)
        return 0
    return told(found)


def told(found: list[dict[str, Any]]) -> int:
    """Print what was found of each package; the exit code."""
    looked_up = [one for one in found if "skip_reason" not in one]
    if not looked_up:
        print(NOBODY)
        return 0
    holes = [(one, hole) for one in looked_up for hole in one["vulns"]]
    for one, hole in holes:
        print(f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}")
    print(f"audit: {len(looked_up)} of {len(found)} packages were looked up, {len(holes)} known holes.")
    return 1 if holes else 0


if __name__ == "__main__":
    raise SystemExit(main())
