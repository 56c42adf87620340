"""`takes`: a picture set in motion several times, measured and ranked, in a folder."""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli.new_folder import filling, model_for, new_folder
from studio.settings import Settings

if TYPE_CHECKING:
    from models.asks import Clip, VideoAsk
    from models.runtime import Runtime
    from pipelines.progress import Tools
    from studio.services.prices import Quote
    from studio.services.take_measures import Measures
    from studio.services.take_ranking import Ranked

SIDECAR = "takes.json"
NOBODY = "No model for video can run here; see `python -m studio doctor`."
FILMING = 0.8
"""Of a take's own progress; the rest is measuring it."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("takes", help="set a picture in motion several times, and rank what comes out")
    one.add_argument("picture", type=Path, help="a hero frame or any other picture (PNG, JPEG or WebP)")
    one.add_argument("--out", type=Path, metavar="DIR", help="a new folder for the films (default: under the output folder)")
    one.add_argument("--motion", default="", help='what moves, and how, e.g. "slow push-in, light glides along the edges"')
    one.add_argument("--negative", help="what must not happen (default: what is recommended)")
    one.add_argument("--template", help="hero_push, jewel_orbit, still_life, reveal, lookbook or documentary")
    one.add_argument("--camera", help="static, push_in, pull_out, dolly, pan, orbit, rise, handheld, rack_focus or light_reveal")
    one.add_argument("--direction", help="left or right")
    one.add_argument("--speed", help="real_time, slow_motion or brisk")
    one.add_argument("--intensity", help="0 to 1")
    one.add_argument("--fps", help="24, 25 or 30")
    one.add_argument("--seconds", default=5, help="2 to 10")
    one.add_argument("--takes", help="1 to 6 (default: AUTO_ATTEMPTS)")
    one.add_argument("--shows", default="", help="what the picture shows, for measures that ask for it")
    one.add_argument("--model", help="another video model by its id")
    one.add_argument("--seed", default=0, type=int, help="the same seed and settings make the same films")
    one.set_defaults(command=takes)


def takes(args: argparse.Namespace, settings: Settings) -> int:
    """`takes picture.png`: take-1.mp4, take-2.mp4 … and takes.json."""
    from rich.console import Console

    from models.asks import Made, Still
    from pipelines.motion import asks_for_takes, read_motion_brief
    from pipelines.motion.hero_still import still_of
    from studio.services.direct_quote import quote_of_takes

    brief = read_motion_brief(
        args.motion,
        template=args.template,
        movement=args.camera,
        direction=args.direction,
        intensity=args.intensity,
        speed=args.speed,
        fps=args.fps,
        seconds=args.seconds,
        negative_prompt=args.negative,
        takes=args.takes or settings.auto_attempts,
    )
    out, began = new_folder(args.out, settings, args.picture.stem, "takes", "films"), time.monotonic()

    def quotes(runtime: "Runtime") -> "list[Quote]":
        asks = asks_for_takes(brief, Still(args.picture, 1080, 1920, Made("")), seed=args.seed)
        return [quote_of_takes(asks, model_for("video", args.model, runtime, NOBODY), runtime)]

    with filling(out, settings, "These takes", quotes) as (run, _):
        model = model_for("video", args.model, run.runtime, NOBODY)
        still = still_of(args.picture, "", None, run.runtime, run.job(0, 2, "still"), model)
        run.report(2, "takes", f"Filming {brief.takes} takes" if brief.takes > 1 else "Filming one take")
        made = run.each("takes", film_take, asks_for_takes(brief, still, seed=args.seed), model, args.shows)
        ranked = _write(out, run.workdir, made)
    Console().print(_report(out, made, ranked, time.monotonic() - began), highlight=False, markup=False, soft_wrap=True)
    return 0


def film_take(tools: "Tools", ask: "VideoAsk", model: str, shows: str) -> "tuple[Clip, Measures]":
    """One take and what it measures."""
    from pipelines.clips import film
    from studio.services.take_measures import measure_take

    whole = tools.job(2, 98, "takes")
    clip = film(ask, tools.runtime, replace(whole, progress=lambda part, text: whole.progress(FILMING * part, text)), model)
    measuring = replace(whole, progress=lambda part, text: whole.progress(FILMING + (1 - FILMING) * part, text))
    return clip, measure_take(clip.path, shows, tools.runtime, measuring)


def _write(out: Path, folder: Path, made: "list[tuple[Clip, Measures]]") -> "Ranked":
    """The films by their numbers and the sidecar, complete or not at all."""
    from studio.services.take_ranking import ranked
    from studio.services.takes_keeper import scores_from

    whole = folder / "whole"
    whole.mkdir()
    names = [str(number) for number in range(1, len(made) + 1)]
    scores = {name: scores_from(measures.scores) for name, (_, measures) in zip(names, made, strict=True) if measures.scores}
    found = ranked(scores, names, {name: name for name in names}, {})
    rows: list[dict[str, Any]] = []
    for name, (clip, measures) in zip(names, made, strict=True):
        clip.path.replace(whole / f"take-{name}.mp4")
        rows.append(
            {
                "file": f"take-{name}.mp4",
                "model": clip.made.model,
                "seed": clip.made.seed,
                "best": name == found.best,
                "overall": found.overall.get(name),
                "parts": found.parts.get(name, []),
                "degenerate": [bad.sentence for bad in scores[name].degenerate] if name in scores else [],
                "seconds": round(clip.made.elapsed_s, 1),
                "cost_usd": str(clip.made.cost_usd),
                "notes": [*clip.made.notes, *measures.troubles],
            }
        )
    told = {"ranking": found.told, "order": list(found.order), "takes": rows}
    (whole / SIDECAR).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    whole.replace(out)
    return found


def _report(out: Path, made: "list[tuple[Clip, Measures]]", found: "Ranked", took_s: float) -> str:
    lines = [f"{out}  {len(made)} takes in {took_s:.1f} s"]
    for name in found.order:
        clip = made[int(name) - 1][0]
        score = f"{found.overall[name]:.3f}" if name in found.overall else "worthless or not measured"
        lines.append(f"  take-{name}.mp4  {score}  seed {clip.made.seed}{'  best' if name == found.best else ''}")
    notes = dict.fromkeys(note for clip, measures in made for note in (*clip.made.notes, *measures.troubles))
    return "\n".join([*lines, f"  {found.told['sentence']}", *(f"  {note}" for note in notes)])
