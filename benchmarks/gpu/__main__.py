"""`python -m benchmarks.gpu [--tiny] [--out FILE]`: ten minutes on one card; --tiny is the same code in small, on a processor."""

import argparse
import json
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from benchmarks.gpu import pictures, training
from benchmarks.gpu.measure import Meter, Row
from benchmarks.gpu.weights import FULL, TINY, Scale, write
from models.backends import BackendConfig

BUDGET_S = 570.0


def main() -> None:
    """Measure, print a line for each row and each goal, and write the figures."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.gpu", description=__doc__)
    asked.add_argument("--tiny", action="store_true", help="the same code at tiny sizes on the processor: a check, not a measurement")
    asked.add_argument("--out", type=Path, help="where the figures go, as JSON")
    asked.add_argument("--seconds", type=float, default=BUDGET_S, help="time for all of it; rows that would not fit are left out")
    told = asked.parse_args()
    if not told.tiny and not torch.cuda.is_available():
        asked.error("there is no CUDA card here; --tiny checks the code on a processor")
    device = torch.device("cpu" if told.tiny else "cuda:0")
    _quietly()
    began = time.monotonic()
    meter = Meter(device, began + told.seconds, lambda row: print(line(row), flush=True))
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        root = Path(scratch)
        scale = TINY if told.tiny else FULL
        folder = write(root / "weights", scale, device)
        print(f"random weights written in {time.monotonic() - began:.0f} s", flush=True)
        config = BackendConfig(root / "cache", weights_dir=root / "weights", loras_dir=root / "loras", device=str(device))
        (root / "stills").mkdir()
        stills, few = root / "stills", scale.batches[0]
        # What is held against a goal comes first; compiling takes longest, and in batches it tells least.
        reference = pictures.compare(meter, folder, config, scale, stills)
        pictures.compare_compiled(meter, config, scale, stills, reference, 1, needs_s=100)
        training.compare(meter, folder, scale, root)
        pictures.compare_compiled(meter, config, scale, stills, reference, few, needs_s=110)
        pictures.compare_many(meter, config, scale, stills)
    found = [goal(*each, meter.rows) for each in goals(scale)]
    if told.tiny:
        print("at tiny sizes the goals only show that they can be reckoned", flush=True)
    for one in found:
        print(f"goal: {one['goal']}: {one['said']}", flush=True)
    figures = {"where": where(device), "tiny": told.tiny, "seconds": round(time.monotonic() - began), "goals": found}
    if told.out:
        told.out.write_text(json.dumps(figures | {"rows": [asdict(row) for row in meter.rows]}, indent=1) + "\n", encoding="utf-8")


def _quietly() -> None:
    """The libraries' own bars and remarks would stand between the rows."""
    import diffusers
    import transformers

    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()


def goals(scale: Scale) -> tuple[tuple[str, str, str, float], ...]:
    """(what, the row, the row it is held against, how many times as many a second)."""
    batch = scale.batches[0]
    together = pictures.compiled_name(scale.batches[0])
    kept = [training.name_of(whose, False, 1) for whose in ("our", "stock")]
    again = [training.name_of(whose, True, 1) for whose in ("our", "stock")]
    return (
        ("pictures at equal steps, one at a time", pictures.OURS, pictures.STOCK, 1.3),
        ("pictures at equal steps, compiled", pictures.COMPILED, pictures.STOCK, 1.3),
        ("pictures at equal steps, in batches", f"ours, {batch} together", f"stock, {batch} together", 1.3),
        ("pictures at equal steps, in batches, compiled", together, f"stock, {batch} together", 1.3),
        ("pictures in the fast profile", pictures.FAST, pictures.STOCK, 4.0),
        ("training steps, kept activations", *kept, 1.5),
        ("training steps, recomputed activations", *again, 1.5),
    )


def goal(what: str, ours: str, stock: str, times: float, rows: list[Row]) -> dict[str, Any]:
    """How one goal came out, in numbers and a sentence. The fastest calls are compared: what waits for Python varies with the machine's
    other work, and stock waits most."""
    by_name = {row.name: row for row in rows}
    one, other = by_name.get(ours), by_name.get(stock)
    if one is None or other is None or not one.best_s or not other.best_s:
        return {"goal": what, "wanted": times, "got": None, "met": None, "said": "not measured"}
    got = other.best_s / one.best_s
    same = one.apart is None or one.apart <= pictures.TOLERANCE
    apart = (
        "" if one.apart is None else f"; pictures {one.apart * 255:.2f} of 255 apart, {'within' if same else 'beyond'} the tolerance of 2"
    )
    met = got >= times and same
    said = f"{got:.2f} times stock, wanted {times:g}{apart}: {'met' if met else 'missed'}"
    return {"goal": what, "wanted": times, "got": round(got, 3), "met": met, "said": said}


def line(row: Row) -> str:
    """A row as text."""
    if row.per_s is None:
        return f"{row.name}: {row.note}"
    peak = f", {row.peak_gb:.1f} GB at most" if row.peak_gb is not None else ""
    apart = f", {row.apart * 255:.2f} of 255 from stock" if row.apart is not None else ""
    note = f" ({row.note})" if row.note else ""
    each = f"{row.per_s:.3f} {row.unit}/s, {row.each_s:.3f} s each, {row.best_s:.3f} at best"
    times = f"{each}, first call {row.first_s:.1f} s, spread {row.spread_s:.2f} s"
    return f"{row.name}: {times}{peak}{apart}{note}"


def where(device: torch.device) -> dict[str, str]:
    """What the figures were measured with."""
    import diffusers

    card = torch.cuda.get_device_name(device) if device.type == "cuda" else "processor"
    return {"device": card, "torch": torch.__version__, "diffusers": diffusers.__version__}


if __name__ == "__main__":
    main()
