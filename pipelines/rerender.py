"""A film again after an edit: what changed is rendered and encoded, the rest is copied from the film before, coded as it is.

    was   |---- a ----|x|---- b ----|x|---- c ----|
    now   |---- a ----|x|-- b' ---|x|---- c ----|          b' is new: rendered from the keyframe before to the keyframe after
          [  copied  ] [ rendered  ] [  copied   ]

Which frames are the same is decided by comparing their keys (frame_keys.py); where a film can be cut, by its keyframes, which `compose`
puts at the borders of pictures and where type appears. When nothing can be copied all of it is composed, and the reason is told.
"""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.errors import MediaError
from models.media.audio_file import read_audio
from models.media.image_file import write_image
from models.media.loudness import integrated_lufs, true_peak_dbtp
from models.media.planes import Planes, planes_to_rgb
from models.media.splice import Stretch, coded_film, coded_sound, splice, would_be
from models.media.video_file import VideoReader, VideoWriter
from pipelines import kernels
from pipelines.compose import Aside, Composed, Soundtrack, compose, soundtrack, usual_poster_frame
from pipelines.edl import Edl
from pipelines.frame_keys import borders, frame_keys, whole_film
from pipelines.frames import Composer, composed
from pipelines.profiles import PROFILES
from pipelines.sources import Sources
from pipelines.word_captions.cue import OFF, Cue

LEAST_COPIED = 12
"""Frames. A shorter stretch is rendered with its neighbours: starting an encoder costs more."""

LEAST_SHARE = 0.15
"""Of the film. With less to copy it is composed as a whole, and has one encoder's even quality."""


@dataclass(frozen=True)
class Part:
    """`count` frames of the new film from `first` on. source: the old film's frame that the first one is, None when it is rendered."""

    first: int
    count: int
    source: int | None


@dataclass(frozen=True)
class Rerendered:
    """composed: the film, as from `compose`. copied, rendered: frames. parts: what came from where. why_whole: a sentence when all of it
    was rendered, "" otherwise."""

    composed: Composed
    copied: int
    rendered: int
    parts: tuple[Part, ...]
    why_whole: str = ""


def rerender(
    film: Path,
    was: Edl,
    now: Edl,
    out: Path,
    *,
    profile: str = "standard",
    metadata: Mapping[str, str] | None = None,
    poster_frame: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    check: Callable[[], None] = lambda: None,
    inner_loops: Literal["compiled", "plain"] = "compiled",
) -> Rerendered:
    """`compose` for an edit whose earlier state `was` is the film on disk. The same file name has to mean the same media in both, and the
    same `soundtrack` the same sound. progress counts the frames that are rendered. Raises what `compose` raises; `film` is not touched.
    """
    now.check()
    parts, why = _plan(film, was, now, profile)
    if why:
        whole = compose(
            *(now, out),
            profile=profile,
            metadata=metadata,
            poster_frame=poster_frame,
            progress=progress,
            check=check,
            inner_loops=inner_loops,
        )
        return Rerendered(whole, 0, now.n_frames, (Part(0, now.n_frames, None),), why)
    began, spent = time.perf_counter(), time.process_time()
    poster, show = out.with_suffix(".jpg"), usual_poster_frame(now) if poster_frame is None else poster_frame
    heard = Aside(lambda: _sound(film, was, now))
    with tempfile.TemporaryDirectory(prefix=".rerender-", dir=out.parent) as folder:
        made, shown, warnings = _render(now, parts, Path(folder), profile, show, progress, check, inner_loops)
        while not heard.wait(0.1):
            check()
        sound = heard.result()
        stretches = [Stretch(film, part.source, part.count) if part.source is not None else made[part.first] for part in parts]
        n = splice(stretches, out, sound=sound.coded, metadata=metadata)
    _verify(out, n, now, parts)
    write_image(poster, planes_to_rgb(shown) if shown is not None else _one_frame(out, show), quality=90)
    copied = sum(part.count for part in parts if part.source is not None)
    result = Composed(
        path=out,
        poster=poster,
        n_frames=n,
        duration_s=n / now.fps,
        lufs=sound.lufs,
        true_peak_dbtp=sound.true_peak_dbtp,
        elapsed_s=time.perf_counter() - began,
        cpu_s=time.process_time() - spent,
        warnings=(*warnings, *sound.warnings),
    )
    return Rerendered(result, copied, n - copied, parts)


def parts_of(was: Edl, now: Edl, keyframes: Sequence[int]) -> tuple[Part, ...]:
    """What of `now` can be copied from a film of `was` with these keyframes, and what is rendered: parts that tile the new film."""
    end_of_film = {*keyframes, was.n_frames}
    found: list[Part] = []
    for first, source, count in _same(frame_keys(was), frame_keys(now)):
        starts = [key for key in keyframes if source <= key < source + count]
        ends = [key for key in end_of_film if source < key <= source + count]
        if starts and ends and max(ends) - min(starts) >= LEAST_COPIED:
            found.append(Part(first + min(starts) - source, max(ends) - min(starts), min(starts)))
    tiled: list[Part] = []
    at = 0
    for part in [*found, Part(now.n_frames, 0, None)]:
        if part.first > at:
            tiled.append(Part(at, part.first - at, None))
        if part.count:
            tiled.append(part)
        at = part.first + part.count
    return tuple(tiled)


def _plan(film: Path, was: Edl, now: Edl, profile: str) -> tuple[tuple[Part, ...], str]:
    """The parts, or why there are none."""
    if whole_film(was) != whole_film(now):
        return (), "The size, rate, grade or another setting of the whole film changed, so all of it was rendered."
    if PROFILES[profile].codec != "h264":
        return (), "Films are put together from copied stretches in H.264 alone, so all of it was rendered."
    try:
        old = coded_film(film)
    except MediaError as error:
        return (), f"The film before this edit cannot be copied from, so all of it was rendered: {error}"
    if old.n_frames != was.n_frames:
        return (), f"The film before this edit has {old.n_frames} frames and its edit {was.n_frames}, so all of it was rendered."
    if not old.fits(would_be(now.width, now.height, now.fps, PROFILES[profile])):
        return (), "The film before this edit was encoded in another way or quality, so all of it was rendered."
    parts = parts_of(was, now, old.keyframes)
    if sum(part.count for part in parts if part.source is not None) < LEAST_SHARE * now.n_frames:
        return (), "Nearly every frame changed, so all of it was rendered."
    return parts, ""


def _same(was: list[Hashable], now: list[Hashable]) -> list[tuple[int, int, int]]:
    """(first frame now, first frame then, count) of the longest runs of equal keys, in order. The next frame goes on if it can."""
    then: dict[Hashable, list[int]] = defaultdict(list)
    for m, key in enumerate(was):
        then[key].append(m)
    runs: list[tuple[int, int, int]] = []
    for n, key in enumerate(now):
        if runs:
            first, source, count = runs[-1]
            after = source + count
            if first + count == n and after < len(was) and was[after] == key:
                runs[-1] = (first, source, count + 1)
                continue
        if key in then:
            runs.append((n, then[key][0], 1))
    return runs


def _render(
    now: Edl,
    parts: tuple[Part, ...],
    folder: Path,
    profile: str,
    show: int,
    progress: Callable[[int, int], None],
    check: Callable[[], None],
    inner_loops: Literal["compiled", "plain"],
) -> tuple[dict[int, Stretch], Planes | None, tuple[str, ...]]:
    """Every part that is not copied, as a file of its own; the frame to show, if it is among them; sentences for the user."""
    made = [part for part in parts if part.source is None]
    wanted = [n for part in made for n in range(part.first, part.first + part.count)]
    if not wanted:
        return {}, None, ()
    frames_wanted = set(wanted)
    captioned = [range(cue.start, cue.end) for cue in _captioned(now)]
    seen = frames_wanted.union(*(cue for cue in captioned if not frames_wanted.isdisjoint(cue)))  # captions make room for titles
    titles = tuple(t for t in now.titles if not seen.isdisjoint(range(t.start, t.start + t.n_frames)))
    edl = replace(now, titles=titles)
    sources = Sources(edl, wanted)
    composer = Composer(edl, sources, kernels.load(inner_loops))
    keys, shown, done = borders(now), None, 0
    files: dict[int, Stretch] = {}
    with closing(composed(composer, sources, wanted)) as frames:
        for part in made:
            path = folder / f"{part.first}.mp4"
            with VideoWriter(path, now.width, now.height, now.fps, PROFILES[profile]) as writer:
                for n in range(part.first, part.first + part.count):
                    check()
                    planes = next(frames)
                    shown = planes if n == show else shown
                    writer.write_planes(*planes, key=n in keys)
                    done += 1
                    progress(done, len(wanted))
            files[part.first] = Stretch(path, 0, part.count)
    return files, shown, composer.warnings


def _captioned(edl: Edl) -> tuple[Cue, ...]:
    return edl.captioning.cues if edl.captioning.style != OFF else ()


def _sound(film: Path, was: Edl, now: Edl) -> Soundtrack:
    """The old film's sound, copied, where it is the same; else the new one."""
    if (was.soundtrack, was.n_frames, was.fps) == (now.soundtrack, now.n_frames, now.fps):
        coded = coded_sound(film)
        if coded:
            if not now.soundtrack:
                return Soundtrack(coded)
            samples = read_audio(film)
            return Soundtrack(coded, integrated_lufs(samples), true_peak_dbtp(samples))
    return soundtrack(now)


def _verify(out: Path, n: int, now: Edl, parts: tuple[Part, ...]) -> None:
    """The file holds every frame and opens at each seam. Raises MediaError."""
    with VideoReader(out) as reader:
        seams = [part.first for part in parts]
        if n != now.n_frames or reader.n_frames != n or len(list(reader.glimpses(seams, size=(64, 64)))) != len(seams):
            out.unlink(missing_ok=True)
            raise MediaError(f"{out.name} was not put together whole: {reader.n_frames} of {now.n_frames} frames are there. Try again.")


def _one_frame(film: Path, n: int) -> NDArray[np.uint8]:
    with VideoReader(film) as reader:
        return reader.frame(n)
