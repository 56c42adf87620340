"""Stretch after stretch of frames, each beginning where the one before it ended. It is given loaded pipelines, and knows no files.

Stopped within one denoising step; where memory runs out, the next sparing spread is taken once and told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.backends.diffusers_video.family import Family, Stretch
from models.backends.diffusers_video.loading import Loaded
from models.context import JobContext
from models.diffusion.ladder import is_out_of_memory, with_step_down
from models.diffusion.watching import step_teller, watched
from models.errors import ModelError, ModelFailed

Frame = NDArray[np.uint8]
ADVICE = "ask for a smaller or shorter clip, close what else uses the device, or choose a smaller model"


@dataclass
class Footage:
    """Makes the frames of one clip. loaded(): the row, as it is to be spread now; sparer(): spreads it thinner, with a sentence about it.

    like: the first stretch, of the length that `lengths` has first. last: the picture that the last one arrives at. notes: of the making.
    """

    model: str
    family: Family
    loaded: Callable[[], Loaded]
    sparer: Callable[[], str]
    like: Stretch
    lengths: tuple[int, ...]
    last: Image.Image | None
    seed: int
    job: JobContext
    notes: list[str] = field(default_factory=list)

    def frames(self) -> Iterator[Frame]:
        """(height, width, 3) uint8 RGB; the first frame of later stretches, which repeats the last one, is left out. Raises ModelError."""
        first = self.like.first
        for i, length in enumerate(self.lengths):
            arrives = self.last if i == len(self.lengths) - 1 else None
            made = self._stretch(i, replace(self.like, n_frames=length, first=first, last=arrives))
            yield from made[1:] if i else made
            first = Image.fromarray(made[-1])

    def _stretch(self, index: int, stretch: Stretch) -> list[Frame]:
        made, note = with_step_down(lambda: self._once(index, stretch), self.sparer, ADVICE, self.model)
        if note:
            self.notes.append(note)
        if len(made) < stretch.n_frames:
            raise ModelFailed(
                f"{self.model} made {len(made)} frames where {stretch.n_frames} were due; its weights are not those of {self.family.name}.",
                model=self.model,
            )
        return made[: stretch.n_frames]

    def _once(self, index: int, stretch: Stretch) -> list[Frame]:
        import torch

        which = f" (stretch {index + 1} of {len(self.lengths)})" if len(self.lengths) > 1 else ""

        def tell(fraction: float, text: str) -> None:
            self.job.check()
            self.job.progress((index + fraction) / len(self.lengths), text + which)

        loaded = self.loaded()
        pipe = loaded.pipeline(picture=stretch.first is not None)
        denoisers = [part for name in self.family.denoisers if (part := pipe.components.get(name)) is not None]
        decoder = getattr(pipe.vae, "decoder", None)
        try:
            with watched([*denoisers, *filter(None, (decoder,))], self.job.check):
                film = pipe(
                    prompt=stretch.prompt,
                    negative_prompt=stretch.negative_prompt,
                    width=stretch.width,
                    height=stretch.height,
                    num_frames=stretch.n_frames,
                    num_inference_steps=stretch.steps,
                    guidance_scale=stretch.guidance,
                    generator=torch.Generator("cpu").manual_seed((self.seed + index) % 2**32),
                    output_type="np",
                    callback_on_step_end=step_teller(stretch.steps, tell, "Making frames: step"),
                    **self.family.call(stretch),
                ).frames[0]
        except ModelError:
            loaded.free()
            raise
        except Exception as error:
            loaded.free()
            if is_out_of_memory(error):
                raise
            why = f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else 'no reason given'}"
            raise ModelFailed(f"{self.model} broke while it made frames ({why}).", model=self.model) from error
        if not np.isfinite(film).all():
            raise ModelFailed(f"{self.model} made frames that are no pictures; try another seed, or fewer steps.", model=self.model)
        return [np.asarray(frame * 255.0 + 0.5, np.uint8) for frame in np.clip(film, 0.0, 1.0)]
