"""From an edit decision list to the finished MP4, in one streaming pass.

    decode → grade → transition → titles → grain, fade → encode      three stages, bounded queues, frames are never kept
    soundtrack → as loud as asked, safe after AAC → encode            interleaved with the picture

The file is written beside its place and moved there at the end; whatever goes wrong, nothing half-made is left. It knows
nothing of briefs, plans or models.
"""

import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

import numpy as np

from models.media.audio_file import aac_safe, coded_aac, read_audio
from models.media.image_file import write_image
from models.media.planes import Planes, planes_to_rgb
from models.media.video_file import VideoWriter, probe
from pipelines import kernels
from pipelines.edl import Edl
from pipelines.frame_keys import borders
from pipelines.frames import Composer, composed
from pipelines.profiles import PROFILES
from pipelines.sources import Sources

T = TypeVar("T")

RATE = 48_000
_POLL_S = 0.1


@dataclass(frozen=True)
class Composed:
    """What was made. lufs, true_peak_dbtp: of the sound as a player decodes it, None when the ad is silent. cpu_s: processor
    time of this whole process meanwhile. warnings: sentences for the user about anything not exactly as asked."""

    path: Path
    poster: Path
    n_frames: int
    duration_s: float
    lufs: float | None
    true_peak_dbtp: float | None
    elapsed_s: float
    cpu_s: float
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Soundtrack:
    """coded: AAC, exactly as long as the picture."""

    coded: bytes
    lufs: float | None = None
    true_peak_dbtp: float | None = None
    warnings: tuple[str, ...] = ()


def compose(
    edl: Edl,
    out: Path,
    *,
    profile: str = "standard",
    metadata: Mapping[str, str] | None = None,
    poster_frame: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    check: Callable[[], None] = lambda: None,
    inner_loops: Literal["compiled", "plain"] = "compiled",
) -> Composed:
    """Render `edl` to the MP4 `out` and a poster beside it (same name, .jpg).

    profile: a row of PROFILES. metadata: any UTF-8 text under any key; read it back with `read_metadata`. poster_frame: the frame
    to show before it plays (default: the end card, or the first title). progress(done, total) counts frames. check() is
    called several times a second; what it raises ends the work and nothing is left. Raises TimelineError for an impossible edit,
    MediaError naming the clip that cannot be used, DiskFull.
    """
    began, spent = time.perf_counter(), time.process_time()
    warnings: list[str] = []
    poster = out.with_suffix(".jpg")
    show = usual_poster_frame(edl) if poster_frame is None else poster_frame
    frames = render(edl, out, profile, metadata or {}, inner_loops, warnings)
    sound, shown = Soundtrack(b""), None
    with closing(frames):
        for done, planes, heard in frames:
            check()
            if done == show + 1:
                shown = planes
            sound = heard or sound
            progress(done, edl.n_frames)
    if shown is not None:
        write_image(poster, planes_to_rgb(shown), quality=90)
    return Composed(
        path=out,
        poster=poster,
        n_frames=edl.n_frames,
        duration_s=edl.n_frames / edl.fps,
        lufs=sound.lufs,
        true_peak_dbtp=sound.true_peak_dbtp,
        elapsed_s=time.perf_counter() - began,
        cpu_s=time.process_time() - spent,
        warnings=tuple(warnings),
    )


def render(
    edl: Edl, out: Path, profile: str, metadata: Mapping[str, str], inner_loops: Literal["compiled", "plain"], warnings: list[str]
) -> Generator[tuple[int, Planes | None, Soundtrack | None], None, None]:
    """The work itself as a generator: yields (frames written, the last frame, the soundtrack), first (0, None, None) while preparing.

    The file is in place when the generator ends; closing it before leaves nothing. Sentences for the user go to `warnings`.
    """
    edl.check()
    encoding = PROFILES[profile]
    mastering, preparing = Aside(lambda: soundtrack(edl)), Aside(lambda: _prepared(edl, inner_loops))
    while not (preparing.wait(_POLL_S) and mastering.wait(_POLL_S)):
        yield 0, None, None
    sources, composer = preparing.result()
    sound = mastering.result()
    warnings.extend([*composer.warnings, *sound.warnings])
    with (
        closing(composed(composer, sources)) as frames,
        VideoWriter(out, edl.width, edl.height, edl.fps, encoding, sound=sound.coded, metadata=metadata) as writer,
    ):
        keys = borders(edl)
        for planes in frames:
            writer.write_planes(*planes, key=writer.n_frames in keys)
            yield writer.n_frames, planes, sound


def read_metadata(path: Path) -> dict[str, str]:
    """What `compose` was told to write into the file. Raises MediaError."""
    return dict(probe(path).metadata)


def soundtrack(edl: Edl) -> Soundtrack:
    """The ad's soundtrack, cut or padded to the picture's length and safe after coding; silence when it has none."""
    wanted = round(edl.n_frames * RATE / edl.fps)
    if not edl.soundtrack:
        return Soundtrack(coded_aac(np.zeros((wanted, 2), np.float32)))
    samples, warnings = read_audio(Path(edl.soundtrack)), []
    if abs(len(samples) - wanted) > RATE / edl.fps:
        longer = "longer" if len(samples) > wanted else "shorter"
        warnings.append(f"The soundtrack was {abs(len(samples) - wanted) / RATE:.1f} s {longer} than the picture and was fitted to it.")
    sound = aac_safe(np.pad(samples, ((0, max(0, wanted - len(samples))), (0, 0)))[:wanted])
    return Soundtrack(sound.coded, sound.lufs, sound.true_peak_dbtp, tuple(warnings))


def _prepared(edl: Edl, inner_loops: Literal["compiled", "plain"]) -> tuple[Sources, Composer]:
    sources = Sources(edl)
    return sources, Composer(edl, sources, kernels.load(inner_loops))


class Aside(Generic[T]):
    """A call in a thread of its own: it takes a second or two, during which somebody may want to stop."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._found: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, args=(call,), name="prepare", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether it is done."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> T:
        """What it returned; its error is raised here."""
        if self._error:
            raise self._error
        return self._found[0]

    def _work(self, call: Callable[[], T]) -> None:
        try:
            self._found.append(call())
        except BaseException as error:  # noqa: BLE001 – raised again by `result`
            self._error = error


def usual_poster_frame(edl: Edl) -> int:
    """Well into the last title with brand or button, else into the first title, else a third in."""
    cards = [t for t in edl.titles if {line.role for line in t.lines} & {"brand", "cta"}]
    title = cards[-1] if cards else edl.titles[0] if edl.titles else None
    if title is None:
        return edl.n_frames // 3
    return min(title.start + int(0.6 * title.n_frames), edl.n_frames - 1 - min(edl.fade_out, edl.n_frames - 1))
