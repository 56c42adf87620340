"""Every benchmark, one after the other, with its own defaults: `python -m benchmarks`."""

import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run each module of this package that has a `main`, in a process of its own; stop at the first that fails."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if not path.stem.startswith("_") and "\ndef main(" in path.read_text(encoding="utf-8"):
            print(f"\n== {path.stem} ==", flush=True)
            subprocess.run([sys.executable, "-m", f"benchmarks.{path.stem}"], check=True)


if __name__ == "__main__":
    main()
