"""The backend for pictures by diffusion models on this machine: one job at a time on the device, models kept between jobs.

Everything is read from local folders; no hub is ever asked. What a job puts on a model – LoRAs, references – it takes off.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from models.asks import Ask, ImageAsk, Made, Result, Still
from models.backends import BackendConfig
from models.backends.diffusers_image.how import How, how
from models.backends.diffusers_image.kit import Bench
from models.backends.diffusers_image.painting import paint
from models.backends.diffusers_image.references import EmbeddingCache
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.catalog import row as row_of
from models.context import JobContext
from models.devices import INSTALL, Device, choose
from models.diffusion import compiling
from models.diffusion.ladder import is_out_of_memory, with_step_down
from models.diffusion.precision import computing
from models.diffusion.profiles import profile_for, tighter
from models.errors import AskRefused, ModelError, ModelFailed, ModelUnavailable, first_line
from models.media.image_file import Picture, write_image
from models.residency import residency_of
from models.weights import why_missing

PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "peft", "safetensors")
REFERENCES = 4
ADVICE = "ask for a smaller picture, for fewer references and controls, or free memory of the device"


@dataclass
class DiffusersImage:
    """Answers may be asked for from several threads at once; on the device they follow one another."""

    config: BackendConfig
    _embeddings: EmbeddingCache = field(default_factory=EmbeddingCache)

    def available(self, row: ModelRow) -> str:
        """ "" when `row` can run here, else the first of: no device, packages, card too small, weights or licence missing."""
        if missing := [name for name in PACKAGES if find_spec(name) is None]:
            return f"{row.id} needs {', '.join(missing)}; {INSTALL}."
        device = choose(self.config)
        if not device.name:
            return device.why_not
        if device.kind != "cpu" and device.limit_gb < row.vram_gb * 0.93:  # a card of 8 GB tells a little less
            return f"{row.id} needs {row.vram_gb:g} GB of graphics memory, and {device.limit_gb:.1f} may be used; choose a smaller model."
        no_weights = why_missing(row, self.config)
        return no_weights or (compiling.why_not() if self.config.compile_models and device.kind == "cuda" else "")

    def capabilities(self, row: ModelRow) -> Capabilities:
        """What it can do with the weights that lie here; files are looked at, nothing is loaded."""
        told = row.defaults
        return Capabilities(
            kinds=frozenset(row.kinds),
            min_side=64,
            max_side=4096,
            references=REFERENCES if self._here(told.get("ip_adapter", "")) else 0,
            controls=frozenset(kind for kind, net in told.get("controls", {}).items() if self._here(net)),
            loras=told.get("family") == "sdxl",
            init_image=True,
            kin_seed=told.get("family") == "sdxl",
            fast=self._here(told.get("fast", "")),
            negative_prompt=told.get("negative", True),
            shows=tuple(told.get("shows", ())),
            never=tuple(told.get("never", ())),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Still for an ImageAsk. Raises ModelError."""
        if not isinstance(ask, ImageAsk):
            raise AskRefused(f"{row.id} makes pictures only.", model=row.id)
        return self.several(ask, (ask.seed,), row, job)[0]

    def several(self, ask: ImageAsk, seeds: tuple[int, ...], row: ModelRow, job: JobContext) -> list[Still]:
        """One Still a seed, drawn together as far as memory allows; each is the one its seed gives alone. Raises ModelError."""
        began = time.monotonic()
        device = choose(self.config)
        if why_not := self.available(row):
            raise ModelUnavailable(why_not, model=row.id)
        ask, not_fast = self._hurried(ask, row)
        plan = how(ask, row, row_of(row.defaults["fast"]) if ask.fast else None)
        bench = self._bench(device, row)
        with bench.residency.device_lock(job.check):
            pictures: list[Picture] = []
            notes: list[str] = []
            while len(pictures) < len(seeds):
                batch = seeds[len(pictures) : len(pictures) + bench.profile.batch]
                drawn, told, bench = self._drawn(ask, batch, plan, row, bench, job)
                pictures += drawn
                notes += told
        said = (*notes, *plan.notes, not_fast, bench.profile.note(), bench.computing.note(device))
        made = Made(row.id, elapsed_s=time.monotonic() - began, notes=tuple(dict.fromkeys(filter(None, said))))
        with ThreadPoolExecutor(max(1, len(pictures))) as writers:
            of_seeds = [replace(made, seed=seed) for seed in seeds]
            stills = list(writers.map(self._still, pictures, of_seeds, [job.workdir] * len(pictures)))
        job.progress(1.0, "Ready")
        return stills

    def close(self) -> None:
        """Let go of everything that is loaded on the device, and of the pictures' embeddings."""
        device = choose(self.config)
        if device.name:
            residency_of(device).clear()
        self._embeddings = EmbeddingCache()

    def _drawn(
        self, ask: ImageAsk, seeds: tuple[int, ...], plan: How, row: ModelRow, bench: Bench, job: JobContext
    ) -> tuple[list[Picture], tuple[str, ...], Bench]:
        """The pictures of one batch; where memory runs out, one step down, said in a note."""
        at = [bench]

        def down() -> str:
            lower = replace(bench, profile=tighter(bench.profile, bench.device))
            if replace(lower.profile, name=bench.profile.name) == bench.profile:
                return ""
            at[0] = lower
            waits = "" if bench.device.kind == "cpu" else "more of the model waited in main memory and "
            return f"Memory ran out, so {waits}the picture was decoded in tiles."

        try:
            (pictures, told), note = with_step_down(
                lambda: paint(ask, seeds, plan, row, at[0], self._embeddings, job), down, ADVICE, row.id
            )
        except ModelError:
            raise
        except (RuntimeError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError) as error:
            if is_out_of_memory(error):
                raise
            why = first_line(error, 200)
            raise ModelFailed(f"{row.id} broke while drawing ({why}); try other settings, or another model.", model=row.id) from error
        return pictures, (*told, note), at[0]

    def _bench(self, device: Device, row: ModelRow) -> Bench:
        profile = profile_for(device)
        if profile.offload == "text" and row.defaults.get("family") != "sdxl":
            profile = replace(profile, offload="model")  # only SDXL's words are read apart from the drawing
        return Bench(self.config, device, computing(device), profile, residency_of(device))

    def _hurried(self, ask: ImageAsk, row: ModelRow) -> tuple[ImageAsk, str]:
        """The ask in few steps where FAST_PICTURES wants that and nothing in the ask says otherwise; a note where it cannot be."""
        lora = row.defaults.get("fast", "")
        if not self.config.fast_pictures or ask.fast or ask.steps is not None or not lora:
            return ask, ""
        if not self._here(lora):
            return ask, f"FAST_PICTURES had no effect: {why_missing(row_of(lora), self.config)}"
        return replace(ask, fast=True, guidance_scale=None), ""

    def _here(self, row_id: str) -> bool:
        return bool(row_id) and not why_missing(row_of(row_id), self.config)

    @staticmethod
    def _still(picture: Picture, made: Made, folder: Path) -> Still:
        path = write_image(folder / f"still-{uuid4().hex[:10]}.png", picture)
        return Still(path, picture.shape[1], picture.shape[0], made)
