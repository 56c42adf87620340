"""The backend: an ask in, a Clip out, made by a video model on this machine's device.

Tries once; trying again and falling back belong to the runtime. One clip at a time on a device; models stay loaded between clips.
"""

import threading
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from models.asks import Ask, Clip, Made, Result, VideoAsk
from models.backends import BackendConfig
from models.backends.diffusers_video.camera import Camera
from models.backends.diffusers_video.family import Family, Stretch
from models.backends.diffusers_video.footage import Footage
from models.backends.diffusers_video.framing import frame_for, still_for
from models.backends.diffusers_video.shoot import Shoot, shoot_of
from models.backends.diffusers_video.wording import prompt_of
from models.capabilities import Capabilities
from models.catalog.row import ModelRow
from models.context import JobContext
from models.devices import choose
from models.diffusion.precision import computing
from models.errors import AskRefused, ModelError, ModelUnavailable
from models.media.retiming import retimed
from models.media.video_file import VideoWriter
from models.residency import Residency, residency_of
from models.weights import folder_of, why_missing

if TYPE_CHECKING:
    from PIL.Image import Image

NEEDED = {"torch": "torch", "diffusers": "diffusers", "transformers": "transformers", "accelerate": "accelerate", "ftfy": "ftfy"}
MOST_STRETCHES = 4
"""A model drifts away from its first picture with every stretch; more than these are not offered."""


class DiffusersVideo:
    """Answers from several threads; they take turns on the device."""

    def __init__(self, config: BackendConfig) -> None:
        self._config = config
        self._used: dict[str, Residency] = {}
        self._thinned: dict[str, int] = {}
        self._guard = threading.Lock()

    def available(self, row: ModelRow) -> str:
        """ "" when there is a device large enough, what it needs is installed, and its weights are there."""
        device = choose(self._config)
        if device.why_not:
            return device.why_not
        if missing := [package for module, package in NEEDED.items() if find_spec(module) is None]:
            return f"{row.id} needs {', '.join(missing)}; run `pip install -r requirements-gpu.txt`."
        if device.kind != "cpu" and device.limit_gb < row.vram_gb * 0.95:  # a card of 24 GB tells 23.6 of them
            return f"{row.id} needs {row.vram_gb:g} GB of device memory; here are {device.limit_gb:.1f}. Choose a smaller model."
        return why_missing(row, self._config)

    def capabilities(self, row: ModelRow) -> Capabilities:
        family = family_of(row)
        return Capabilities(
            kinds=frozenset({"video"}),
            max_side=2160,
            max_duration_s=MOST_STRETCHES * (family.most_frames - 1) / (family.rates[1] if family.rates else family.fps),
            from_text=bool(family.from_words),
            last_still=family.last_still,
            negative_prompt=True,
            shows=("real motion from a still" + (" or from words" if family.from_words else ""),),
            never=("camera moves exact to the frame", "lettering that surely stays readable"),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Clip for a VideoAsk. Raises ModelError."""
        if not isinstance(ask, VideoAsk):
            raise AskRefused(f"{row.id} makes video only.", model=row.id)
        if why_not := self.available(row):
            raise ModelUnavailable(why_not, model=row.id)
        began = time.monotonic()
        try:
            path, notes = self._made(ask, row, job)
        except ModelError as error:
            error.model = error.model or row.id
            raise
        job.progress(1.0, "Ready")
        made = Made(row.id, ask.seed, time.monotonic() - began, notes=notes)
        return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, made)

    def close(self) -> None:
        """Let go of the models that were loaded here."""
        with self._guard:
            used, self._used = self._used, {}
        for key, residency in used.items():
            residency.drop(key)

    def _made(self, ask: VideoAsk, row: ModelRow, job: JobContext) -> tuple[Path, tuple[str, ...]]:
        """(the clip's file, what to say of it)."""
        family, device = family_of(row), choose(self._config)
        shoot, how = shoot_of(ask, family), replace(computing(device), attention="sdpa")
        like, last, notes = _directed(ask, family, shoot)
        key, residency = f"video/{row.id}", residency_of(device)
        out = job.workdir / f"clip-{uuid4().hex[:10]}.mp4"
        with residency.device_lock(job.check):
            with self._guard:
                self._used[key] = residency
            camera = Camera(key, folder_of(row, self._config), family, device, how, residency, self._thinned, job)
            footage = Footage(row.id, family, camera.loaded, camera.sparer, like, shoot.stretches, last, ask.seed, job)
            with VideoWriter(out, ask.width, ask.height, ask.fps) as writer:
                for frame in retimed(footage.frames(), shoot.positions):
                    job.check()
                    writer.write_rgb(frame_for(frame, (ask.width, ask.height)))
            said = (*notes, *shoot.notes, *family.says, *footage.notes, how.note(device), camera.spread.note())
        return out, tuple(dict.fromkeys(filter(None, said)))


def family_of(row: ModelRow) -> Family:
    """The family that `row` belongs to."""
    family: Family = row.defaults["family"]
    return family


def _directed(ask: VideoAsk, family: Family, shoot: Shoot) -> tuple[Stretch, "Image | None", tuple[str, ...]]:
    """(the first stretch, the picture to arrive at, what to say of both)."""
    asked, native = (ask.width, ask.height), (shoot.width, shoot.height)
    first, of_first = still_for(ask.still.path, asked, native, "still") if ask.still else (None, ())
    last, of_last = still_for(ask.last_still.path, asked, native, "last picture") if ask.last_still else (None, ())
    guidance = family.guidance if ask.guidance_scale is None else ask.guidance_scale
    unheard = (
        f"At a guidance of {guidance:g} the words for what must not be seen are not heard." if guidance <= 1 and ask.negative_prompt else ""
    )
    like = Stretch(
        prompt=prompt_of(ask),
        negative_prompt=", ".join(filter(None, (ask.negative_prompt.strip(" .,;"), family.negative))),
        width=shoot.width,
        height=shoot.height,
        n_frames=shoot.stretches[0],
        fps=shoot.fps,
        steps=ask.steps or family.steps,
        guidance=guidance,
        first=first,
    )
    return like, last, (*of_first, *of_last, *filter(None, (unheard,)))
