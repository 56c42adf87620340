"""`python -m studio`: make, recipe, remake, doctor, schema. Thin: arguments in, services called, sentences out.

Exit codes: 0 made; 1 it could not be made (one sentence on standard error); 2 the arguments make no sense; 130 cancelled.
"""

import argparse
import json
import logging
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from models.errors import Cancelled, ModelError
from pipelines.errors import PipelineError
from studio.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.brief import Brief
    from pipelines.progress import Progress


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = _parser().parse_args(argv)
    settings = Settings()
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    command: Callable[[argparse.Namespace, Settings], int] = args.command
    try:
        return command(args, settings)
    except (Cancelled, KeyboardInterrupt):
        print("Cancelled; nothing was left behind.", file=sys.stderr)
        return 130
    except (PipelineError, ModelError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1


def make(args: argparse.Namespace, settings: Settings) -> int:
    """`make "…"`: one ad, with a progress bar."""
    from pipelines.brief import read_brief

    brief = read_brief(
        args.prompt,
        duration=args.duration,
        aspect=args.aspect,
        framework=args.framework,
        brand=args.brand,
        colors=args.colors,
        product_image=args.product_image,
        seed=args.seed,
        music=args.music,
        font_style=args.font_style,
        short_side=args.short_side,
    )
    return _make(brief, args.out or _name_for(args.prompt, settings.output_dir), args.keep, settings)


def remake(args: argparse.Namespace, settings: Settings) -> int:
    """`remake ad.mp4`: the same ad again from the recipe inside it."""
    from pipelines.recipe import brief_of, read_recipe

    brief = brief_of(read_recipe(args.file))
    return _make(brief, args.out or args.file.with_stem(args.file.stem + "_again"), None, settings)


def recipe(args: argparse.Namespace, settings: Settings) -> int:
    """`recipe ad.mp4`: what made this file."""
    from pipelines.recipe import read_recipe

    print(json.dumps(read_recipe(args.file), indent=2, ensure_ascii=False))
    return 0


def doctor(args: argparse.Namespace, settings: Settings) -> int:
    """`doctor`: the capability card of this installation."""
    from studio.services.capability_card import capability_card
    from studio.wiring import build

    studio = build(settings)
    try:
        card = capability_card(studio.runtime)
    finally:
        studio.close()
    print(card.as_text() if not args.json else json.dumps(card.as_json(), indent=2))
    return 0 if card.can_make_ads else 1


def schema(args: argparse.Namespace, settings: Settings) -> int:
    """`schema`: the JSON Schema of the ad spec."""
    from pipelines.spec import AdSpec

    print(json.dumps(AdSpec.model_json_schema(), indent=2))
    return 0


def _make(brief: "Brief", out: Path, keep: Path | None, settings: Settings) -> int:
    from rich.console import Console

    from studio.services.ad_report import report
    from studio.wiring import build

    console = Console(stderr=True)
    studio = build(settings)
    cancel = threading.Event()
    began = time.monotonic()
    try:
        with _bar(console) as show, _stop_on_signal(cancel):
            ad = studio.make(brief, out, on_progress=show, cancel=cancel, keep=keep)
    finally:
        studio.close()
    Console().print(report(ad, time.monotonic() - began), highlight=False, markup=False, soft_wrap=True)
    return 0


def _name_for(prompt: str, folder: Path) -> Path:
    """output/20261123-221530-luxury-watch/ad.mp4"""
    words = [w for w in re.findall(r"[a-z0-9]+", prompt.lower()) if w not in {"create", "make", "generate", "a", "an", "the", "ad", "for"}]
    return folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{'-'.join(words[:4]) or 'ad'}" / "ad.mp4"


class _bar:
    """A progress bar on a terminal, a line per step elsewhere; a context manager that gives the callback."""

    def __init__(self, console: "Console") -> None:
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        self.console = console
        self.bar = Bar(
            TextColumn("{task.percentage:>3.0f}%"),
            BarColumn(40),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.last = ""

    def __enter__(self) -> "Callable[[Progress], None]":
        self.bar.start()
        self.task = self.bar.add_task("Starting", total=100)
        return self.show

    def show(self, progress: "Progress") -> None:
        """One progress event."""
        self.bar.update(self.task, completed=progress.percent, description=progress.text)
        if not self.console.is_terminal and progress.step != self.last:
            self.last = progress.step
            self.console.print(f"{progress.percent:3.0f}%  {progress.text}", markup=False, highlight=False)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


class _stop_on_signal:
    """Ctrl-C and SIGTERM ask the run to stop and let it clean up; a second Ctrl-C interrupts at once."""

    def __init__(self, cancel: threading.Event) -> None:
        self.cancel = cancel

    def __enter__(self) -> None:
        self.before = {s: signal.signal(s, self._stop) for s in (signal.SIGINT, signal.SIGTERM)}

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.cancel.is_set():
            raise KeyboardInterrupt
        self.cancel.set()

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m studio", description="One sentence in, a finished video ad out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("make", help="make an ad from one sentence")
    one.add_argument("prompt", help='10 to 500 characters, e.g. "Create a luxury watch ad for Instagram"')
    one.add_argument("--out", type=Path, help="the .mp4 to write (default: a new folder under the output folder)")
    one.add_argument("--duration", help="15, 30 or 60 seconds")
    one.add_argument("--aspect", help="9:16, 16:9 or 1:1")
    one.add_argument("--framework", help="PAS, BAB or AIDA")
    one.add_argument("--brand", default="", help="brand name, up to 40 characters")
    one.add_argument("--colors", default="", help='brand colours, ground first: "#0A192F,#D4AF37"')
    one.add_argument("--product-image", type=Path, help="a photo of the product (PNG, JPEG or WebP)")
    one.add_argument("--seed", default=0, help="0 to 4294967295; the same seed makes the same ad")
    one.add_argument("--music", help="luxury, tech, eco, energetic, playful, calm, cinematic or corporate")
    one.add_argument("--font-style", help="a typeface style, e.g. luxury_serif or modern_grotesk")
    one.add_argument("--short-side", default=1080, help="pixels of the shorter side (1080; smaller for drafts)")
    one.add_argument("--keep", type=Path, metavar="DIR", help="keep stills, clips, stems and the timeline in this new folder")
    one.set_defaults(command=make)

    again = commands.add_parser("remake", help="make an ad again from the recipe inside it")
    again.add_argument("file", type=Path)
    again.add_argument("--out", type=Path)
    again.set_defaults(command=remake)

    show = commands.add_parser("recipe", help="print what made an ad")
    show.add_argument("file", type=Path)
    show.set_defaults(command=recipe)

    card = commands.add_parser("doctor", help="what this installation can do")
    card.add_argument("--json", action="store_true")
    card.set_defaults(command=doctor)

    spec = commands.add_parser("schema", help="print the JSON Schema of the ad spec")
    spec.set_defaults(command=schema)
    return parser
