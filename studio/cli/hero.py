"""`hero`: candidates of one picture in a folder, and what made them."""

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli.new_folder import filling, model_for, new_folder
from studio.settings import Settings

if TYPE_CHECKING:
    from models.runtime import Runtime
    from pipelines.hero.candidates import Candidate
    from pipelines.hero.cinematographer import Directed
    from studio.services.prices import Quote

SIDECAR = "hero.json"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("hero", help="make hero frames: one picture in words, seen in several ways")
    one.add_argument("prompt", help='10 to 1000 characters, e.g. "A steel watch on wet black stone"')
    one.add_argument("--out", type=Path, metavar="DIR", help="a new folder for the pictures (default: under the output folder)")
    one.add_argument("--count", default=4, help="4 to 8 candidates")
    one.add_argument("--direct", action="store_true", help="complete the prompt first, as a cinematographer would")
    one.add_argument("--choose", action="append", default=[], metavar="MATTER=TERM", help="light=rim, lens=85, … or words (repeatable)")
    one.add_argument("--negative", default="", help="what must not be seen")
    one.add_argument("--aspect", help="9:16, 16:9 or 1:1")
    one.add_argument("--brand", default="", help="brand name, up to 40 characters")
    one.add_argument("--colors", default="", help='brand colours, ground first: "#0A192F,#D4AF37"')
    one.add_argument("--product-image", type=Path, help="a photo of the product (PNG, JPEG or WebP)")
    one.add_argument("--reference", type=Path, help="a picture to take after, for models that can")
    one.add_argument("--control", type=Path, help="a picture whose layout is kept, for models that can")
    one.add_argument("--model", help="another picture model by its id")
    one.add_argument("--seed", default=0, help="0 to 4294967295; the same seed makes the same pictures")
    one.add_argument("--short-side", help="pixels of the shorter side (default: what suits the model; smaller for drafts)")
    one.set_defaults(command=hero)


def hero(args: argparse.Namespace, settings: Settings) -> int:
    """`hero "…"`: frame-1.png, frame-2.png … and hero.json."""
    from rich.console import Console

    from pipelines.hero import read_hero_brief
    from pipelines.hero.candidates import NOBODY, make_candidates
    from pipelines.hero.fitting import side_of
    from studio.services.direct_quote import quote_of_hero

    options: dict[str, Any] = {
        "choices": dict(part.partition("=")[::2] for part in args.choose),
        "negative_prompt": args.negative,
        "count": args.count,
        "reference": args.reference,
        "control": args.control,
        "aspect": args.aspect,
        "brand": args.brand,
        "colors": args.colors,
        "product_image": args.product_image,
        "seed": args.seed,
        "models": {"image": args.model} if args.model else {},
    }
    asked = read_hero_brief(args.prompt, **options)  # before anything is made
    out, began = new_folder(args.out, settings, args.prompt, "hero", "pictures"), time.monotonic()

    def quotes(runtime: "Runtime") -> "list[Quote]":
        return [quote_of_hero(asked, model_for("image", args.model, runtime, NOBODY), args.direct, runtime)]

    with filling(out, settings, "These pictures", quotes) as (run, _):
        model = model_for("image", args.model, run.runtime, NOBODY)
        brief = read_hero_brief(args.prompt, **options, short_side=args.short_side or side_of(model))
        directed, made = make_candidates(brief, run, model, args.direct)
        _write(out, run.workdir, made, directed, args.prompt)
    Console().print(_report(out, made, time.monotonic() - began), highlight=False, markup=False, soft_wrap=True)
    return 0


def _write(out: Path, folder: Path, made: "list[Candidate]", directed: "Directed | None", prompt: str) -> None:
    """The pictures by their numbers and the sidecar, complete or not at all."""
    whole = folder / "whole"
    whole.mkdir()
    frames = []
    for number, candidate in enumerate(made, 1):
        name = f"frame-{number}.png"
        candidate.still.path.replace(whole / name)
        frames.append(
            {
                "file": name,
                "model": candidate.still.made.model,
                "seed": candidate.ask.seed,
                "width": candidate.still.width,
                "height": candidate.still.height,
                "choices": dict(candidate.brief.choices),
                "prompt": candidate.ask.prompt,
                "negative_prompt": candidate.ask.negative_prompt,
                "seconds": round(candidate.still.made.elapsed_s, 1),
                "cost_usd": str(candidate.still.made.cost_usd),
                "notes": list(candidate.notes),
            }
        )
    told: dict[str, Any] = {"prompt": prompt, "directed": None, "frames": frames}
    if directed is not None:
        changes = [{"matter": c.matter, "before": c.before, "after": c.after, "reason": c.reason} for c in directed.changes]
        told["directed"] = {"prompt": directed.directed, "writer": directed.writer, "changes": changes, "notes": list(directed.notes)}
    (whole / SIDECAR).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    whole.replace(out)


def _report(out: Path, made: "list[Candidate]", took_s: float) -> str:
    lines = [f"{out}  {len(made)} frames in {took_s:.1f} s"]
    for number, candidate in enumerate(made, 1):
        chosen = ", ".join(f"{matter} {value}" for matter, value in candidate.brief.choices.items()) or "as the prompt says"
        lines.append(f"  frame-{number}.png  seed {candidate.ask.seed}, {chosen}")
    notes = dict.fromkeys(note for candidate in made for note in candidate.notes)
    return "\n".join([*lines, *(f"  {note}" for note in notes)])
