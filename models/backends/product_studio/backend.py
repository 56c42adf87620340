"""The embedded picture and video backend: asks in, photographs and camera moves out. No weights, no network, no GPU needed.

This module decides what is to be made and what can be reused; the rendering happens in worker processes.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from models.asks import Ask, Clip, ImageAsk, Made, Result, Still, VideoAsk
from models.backends import BackendConfig
from models.backends.product_studio import lexicon
from models.backends.product_studio.cache import LAYERS, MASK, STILL, StillCache, code_version, place
from models.backends.product_studio.probe import variant
from models.backends.product_studio.spec import SceneSpec, spec_hash
from models.backends.product_studio.workers import POLL_S, WorkerPool
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import AskRefused

FLAT_NOTE = "The still came from elsewhere and has no depth: this is a camera move on a flat picture."
STILL_SHARE = 0.7  # of the progress of a clip that needs its still made first


class ProductStudio:
    """Products in studio sets, and camera moves over them. Answers may be asked for from several threads at once."""

    def __init__(self, config: BackendConfig) -> None:
        self._cache = StillCache(config.cache_dir / "product_studio")
        self._cache_dir = config.cache_dir
        self._probing, self._variant_name = threading.Lock(), ""
        self._pool = WorkerPool(config.workers, self._variant)
        self._making: dict[str, threading.Lock] = {}
        self._making_guard = threading.Lock()

    def available(self, row: ModelRow) -> str:
        """ "" when the renderer is installed, else what to install."""
        missing = [name for name in ("mitsuba", "pyoidn", "cv2", "av") if find_spec(name) is None]
        return f"The product studio needs {', '.join(missing)}; run pip install -r requirements.txt." if missing else ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        """What it can do, and what it never shows."""
        return Capabilities(
            kinds=frozenset({"image", "video"}),
            min_side=64,
            max_side=2160,
            max_frames=1440,
            from_still=True,
            from_text=True,
            shows=("products in studio sets", "empty sets", "your own product photo, standing in a set"),
            never=("people", "hands", "places and landscapes", "animals", "text laid over the picture"),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Still for an ImageAsk, a Clip for a VideoAsk. Raises ModelError."""
        started = time.monotonic()
        if isinstance(ask, ImageAsk):
            return self._still(ask, row, job, started)
        if isinstance(ask, VideoAsk):
            return self._clip(ask, row, job, started)
        raise AskRefused(f"{row.id} makes pictures and video only.", model=row.id)

    def close(self) -> None:
        """End all worker processes."""
        self._pool.close()

    def _still(self, ask: ImageAsk, row: ModelRow, job: JobContext, started: float) -> Still:
        spec, notes = lexicon.read(ask)
        entry, cached = self._photograph(spec, job, (0.0, 1.0))
        name = f"still-{uuid4().hex[:10]}"
        path = place(entry / STILL, job.workdir / f"{name}.png")
        extras = {
            "layers": place(entry / LAYERS, job.workdir / f"{name}.layers.npz"),
            "mask": place(entry / MASK, job.workdir / f"{name}.mask.png"),
        }
        job.progress(1.0, "Ready")
        made = Made(row.id, ask.seed, time.monotonic() - started, cached=cached, notes=notes)
        return Still(path, ask.width, ask.height, made, extras)

    def _clip(self, ask: VideoAsk, row: ModelRow, job: JobContext, started: float) -> Clip:
        notes: tuple[str, ...] = ()
        begin = 0.0
        layers = ask.still.extras.get("layers") if ask.still else None
        if ask.still is None:
            spec, notes = lexicon.read(_as_picture(ask))
            begin = STILL_SHARE
            layers = self._photograph(spec, job, (0.0, begin))[0] / LAYERS
        elif layers is not None and (ask.still.width, ask.still.height) != (ask.width, ask.height):
            spec = self._pool.run("spec_of", (str(layers), ask.width, ask.height), job, (0.0, 0.0))
            begin = STILL_SHARE
            layers = self._photograph(spec, job, (0.0, begin))[0] / LAYERS
        with self._cache.workshop() as shop:
            file = shop / "clip.mp4"
            if layers is not None:
                drifts = lexicon.air(ask.prompt)
                move = (str(layers), ask.move, ask.strength, ask.variant, drifts, ask.n_frames, ask.fps, str(file), str(shop))
                self._pool.run("move_camera", move, job, (begin, 1.0))
            else:
                assert ask.still is not None
                notes = (*notes, FLAT_NOTE)
                frame, shot = (ask.width, ask.height), (ask.move, ask.strength, ask.variant, ask.n_frames, ask.fps)
                self._pool.run("move_flat", (str(ask.still.path), *frame, *shot, str(file)), job, (begin, 1.0))
            path = place(file, job.workdir / f"clip-{uuid4().hex[:10]}.mp4")
        job.progress(1.0, "Ready")
        made = Made(row.id, ask.seed, time.monotonic() - started, notes=notes)
        return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, made)

    def _photograph(self, spec: SceneSpec, job: JobContext, span: tuple[float, float]) -> tuple[Path, bool]:
        """The cache entry of `spec`, rendered when it is not there yet, and whether it was."""
        key = f"{spec_hash(spec)}-{code_version()}-{self._variant()}"
        with self._one_at_a_time(key, job):
            entry = self._cache.find(key)
            if entry is not None:
                return entry, True
            with self._cache.workshop() as shop:
                folder, scratch = shop / "still", shop / "meshes"
                folder.mkdir()
                scratch.mkdir()
                self._pool.run("make_still", (spec, str(folder), str(scratch)), job, span)
                return self._cache.publish(key, folder), False

    @contextmanager
    def _one_at_a_time(self, key: str, job: JobContext) -> Iterator[None]:
        """Two jobs that want the same photograph: the second waits and finds it in the cache."""
        with self._making_guard:
            lock = self._making.setdefault(key, threading.Lock())
        while not lock.acquire(timeout=POLL_S):
            job.check()
        try:
            yield
        finally:
            lock.release()
            with self._making_guard:
                if not lock.locked():
                    self._making.pop(key, None)

    def _variant(self) -> str:
        with self._probing:
            if not self._variant_name:
                self._variant_name = variant(self._cache_dir)
            return self._variant_name


def _as_picture(ask: VideoAsk) -> ImageAsk:
    return ImageAsk(
        prompt=ask.prompt,
        width=ask.width,
        height=ask.height,
        seed=ask.seed,
        negative_prompt=ask.negative_prompt,
        subject=ask.subject,
    )
