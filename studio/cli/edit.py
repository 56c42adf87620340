"""`edit`: named actions done on the timeline of an ad that was made with --keep, as the Editor does them, and the film cut again."""

import argparse
import json
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli.terminal import Bar, StopOnSignal
from studio.settings import Settings

if TYPE_CHECKING:
    from opentimelineio.schema import Timeline


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("edit", help="edit the timeline of an ad that was made with --keep")
    one.add_argument("project", type=Path, nargs="?", metavar="DIR", help="the folder that --keep made: its timeline and media")
    one.add_argument("--list", action="store_true", help="say what can be done, and with what; with DIR, also what is on its timeline")
    one.add_argument("--do", action="append", default=[], metavar="JSON", help='{"action": "split", "clip": "s2", "at": 20}; repeatable')
    one.add_argument(
        "--bring", action="append", default=[], type=Path, metavar="FILE", help="make a picture, film or sound fit, for --do; repeatable"
    )
    one.add_argument("--still", type=float, metavar="SECONDS", help="how long a picture that is brought is shown (default: 5)")
    one.add_argument("--from", dest="source", default="timeline.otio", metavar="NAME", help="the timeline in DIR (default: timeline.otio)")
    one.add_argument("--to", default="edited.otio", metavar="NAME", help="the timeline to write in DIR (default: edited.otio)")
    one.add_argument("--ad", type=Path, help="the film as it was made; then it is cut again")
    one.add_argument("--out", type=Path, help="the .mp4 to write (default: beside the ad, with _edited)")
    one.set_defaults(command=edit)


def edit(args: argparse.Namespace, settings: Settings) -> int:
    """`edit DIR --do '{"action": …}'`: DIR/edited.otio, all actions or none; with --ad, the film as well. `edit DIR --bring FILE`: the
    file among DIR's media, under the name that is printed."""
    from pipelines.earlier_script import with_script
    from pipelines.editing import EditError, apply, describe
    from pipelines.errors import OutputError
    from pipelines.recipe import read_recipe
    from pipelines.timeline import read_timeline, write_timeline

    if args.project is None:
        if not args.list:
            raise EditError("no_timeline", "Name the folder that --keep made, or ask for --list.")
        print(_all_actions())
        return 0
    source, to = (args.project / Path(name).name for name in (args.source, args.to))
    timeline = read_timeline(source)
    if args.list:
        print(f"{_all_actions()}\n\n{_on(timeline)}")
        return 0
    for file in args.bring:
        print(_brought(file, args.project, timeline, args.still))
    if args.bring and not args.do:
        return 0
    out = (args.out or args.ad.with_stem(args.ad.stem + "_edited")) if args.ad else None
    for path in (to, out):
        if path is not None and path.exists():
            raise OutputError(f"{path} exists already; choose another name.")
    recipe, done = read_recipe(args.ad) if args.ad else {}, list[str]()
    for text in args.do:
        action = with_script(_action(text), timeline, recipe)
        done.append(describe(timeline, action))
        timeline = apply(timeline, action)
    try:
        write_timeline(timeline, to)
    except OSError as error:
        raise OutputError(f"{to} cannot be written: {error.strerror or error}.") from error
    print("\n".join([str(to), *(f"  {words}" for words in done)]))
    if out is not None:
        try:
            _cut(args.ad, args.project / "timeline.otio", to, done, out, settings)
        except BaseException:
            to.unlink(missing_ok=True)
            raise
        print(out)
    return 0


def _cut(film: Path, own: Path, timeline: Path, done: list[str], out: Path, settings: Settings) -> None:
    from rich.console import Console

    from pipelines.editing import edit_of
    from pipelines.plan_as_cut import plan_as_cut
    from pipelines.progress import DirectRun
    from pipelines.recipe import read_recipe
    from pipelines.recut import Before, cut_again
    from pipelines.timeline import read_timeline
    from studio.services.ad_checks import check_ad
    from studio.services.enhancement import PLAN
    from studio.services.provenance_keys import signer_of
    from studio.services.provenance_seal import sealed
    from studio.wiring import build, workers

    recipe = read_recipe(film)
    made = PLAN.validate_python(recipe["plan"])
    plan = plan_as_cut(made, edit_of(read_timeline(timeline)))
    before = Before(None, own if own.is_file() else timeline, made)  # nobody knows for sure that the film was cut from that timeline
    studio, cancel = build(settings), threading.Event()
    try:
        with tempfile.TemporaryDirectory(prefix="adstudio-") as folder, Bar(Console(stderr=True)) as show, StopOnSignal(cancel):
            run = DirectRun(Path(folder), studio.runtime, show, cancel, parallel=workers(settings))
            recut = cut_again(run, timeline, plan, recipe, {"edits": done}, out, check_ad, before)
            told = sealed(out, json.loads(recut.recipe), lambda: signer_of(settings), film)
    finally:
        studio.close()
    if "why" in told:
        print(told["why"])


def _brought(file: Path, project: Path, timeline: "Timeline", still_s: float | None) -> str:
    """`file` made to fit, in `project`; its name there, and how long it is. The same file brought again stays as it is."""
    import hashlib

    from models.errors import MediaError
    from models.media.audio_file import read_audio
    from models.media.loudness import RATE
    from models.media.video_file import probe
    from pipelines.brought_media import STILL_S, STILLS_S, checked, fitted, is_picture, media_name
    from pipelines.editing import edit_of

    own, lasts = edit_of(timeline).settings, STILL_S if still_s is None else still_s
    if not STILLS_S[0] <= lasts <= STILLS_S[1]:
        raise MediaError(f"A picture lasts {STILLS_S[0]:g} to {STILLS_S[1]:g} seconds; choose within that.")
    try:
        with file.open("rb") as opened:
            mark = hashlib.file_digest(opened, "sha256").hexdigest()[:8]
            opened.seek(0)
            kind = "image" if is_picture(opened.read(16)) else checked(file).kind
    except OSError as error:
        raise MediaError(f"{file} cannot be read: {error.strerror or error}.") from error
    called = file.with_stem(f"{file.stem}-{lasts:g}s").name if kind == "image" and still_s is not None else file.name
    name = media_name(kind, mark, called)
    place = project / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        n = len(read_audio(place)) * int(own["fps"]) // RATE if kind == "sound" else probe(place).n_frames
        return f"{name}  {n} frames"
    made = fitted(file, kind, place, (int(own["width"]), int(own["height"])), int(own["fps"]), still_s=lasts)
    return "\n".join([f"{name}  {made.n_frames} frames", *(f"  {note}" for note in made.notes)])


def _action(text: str) -> dict[str, Any]:
    from pipelines.editing import EditError

    try:
        found = json.loads(text)
    except ValueError as error:
        raise EditError("bad_arguments", f"--do {text!r} is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise EditError("bad_arguments", f'--do {text!r} is no action; write {{"action": …}}.')
    return found


def _all_actions() -> str:
    from pipelines.editing import actions

    lines = []
    for one in actions():
        needed = set(one.schema.get("required", ()))
        arguments = (name if name in needed else f"[{name}]" for name in one.schema.get("properties", {}))
        lines += [f"{one.name}  {' '.join(arguments)}", f"    {one.what}"]
    return "\n".join(lines)


def _on(timeline: "Timeline") -> str:
    from pipelines.editing import edit_of

    found = edit_of(timeline)
    lines = [f"{found.n_frames} frames, {found.fps} a second"]
    for i, piece in enumerate(found.pieces):
        what = "a gap" if piece.is_gap else piece.media
        lines.append(f"  {piece.id}  from {found.start(i)}, {piece.n_frames} frames, {piece.transition}  {what}")
    lines += [f"  {one.id}  from {one.start}, {one.n_frames} frames  “{one.text}”" for one in found.captions]
    lines += [f"  caption {i}  from {one.start}, {one.n_frames} frames  “{one.text}”" for i, one in enumerate(found.cues)]
    return "\n".join(lines)
