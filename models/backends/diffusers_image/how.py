"""How a picture is drawn: steps, guidance, scheduler and profile, from what was asked and what the row says. Checked here, before anything
is loaded."""

from dataclasses import dataclass

from models.asks import ImageAsk
from models.backends.diffusers_image.schedulers import SCHEDULERS
from models.catalog import ModelRow
from models.errors import AskRefused

PREVIEW_CUT = 0.6
"""Share of the steps of a preview after which it is no longer guided, which halves what the rest costs."""


@dataclass(frozen=True)
class How:
    """guidance: 1 or less is none. cut: share of the steps that are guided. fast: id of the row whose LoRA makes few steps enough, or "".
    strength: of a first picture. notes: what is not as people might expect."""

    steps: int
    guidance: float
    scheduler: str | None
    cut: float
    fast: str
    strength: float
    notes: tuple[str, ...]

    @property
    def guided(self) -> bool:
        """Whether negative words count."""
        return self.guidance > 1


def how(ask: ImageAsk, row: ModelRow, fast_row: ModelRow | None) -> How:
    """Raises AskRefused, one sentence for what is out of range. fast_row: of the fast profile, where it is asked for."""
    _check(ask, row)
    told = row.defaults
    if ask.fast and fast_row is not None:
        told = told | fast_row.defaults
    preview = ask.quality == "preview" and not ask.fast and ask.steps is None
    steps = ask.steps or (told.get("preview_steps", told["steps"]) if preview else told["steps"])
    guidance = told["guidance"] if ask.guidance_scale is None else ask.guidance_scale
    notes = []
    if ask.fast and fast_row is not None:
        notes.append(f"Drawn in {steps} steps with {fast_row.title}: faster, a little less faithful.")
    if ask.negative_prompt and guidance <= 1:
        notes.append("Without guidance, what must not be seen cannot be told; it was not used.")
    # Adapters and control networks are given to every step for both halves of the guidance; it cannot stop under them.
    cut = PREVIEW_CUT if preview and guidance > 1 and told.get("family") == "sdxl" and not (ask.references or ask.controls) else 1.0
    if cut < 1:
        notes.append(f"A preview: {steps} steps, guided in the first {cut:.0%} of them.")
    strength = max(ask.init_strength, (1 + 1e-6) / steps)
    if ask.init_image is not None and strength > ask.init_strength:
        notes.append(f"A strength of {ask.init_strength:g} is less than one of {steps} steps; one was taken.")
    if ask.init_image is not None and ask.kin_seed is not None:
        notes.append("The picture begins from another one, so the kin's noise was not used.")
    if ask.subject is not None and ask.subject.photo is not None:
        notes.append(f"{row.title} paints the product anew; the photo itself is not shown.")
    fast = row.defaults["fast"] if ask.fast else ""
    return How(steps, guidance, ask.scheduler or told.get("scheduler"), cut, fast, strength, tuple(notes))


def _check(ask: ImageAsk, row: ModelRow) -> None:
    ranges = [
        ("steps", ask.steps, 1, 150),
        ("guidance", ask.guidance_scale, 0, 30),
        ("the strength of the first picture", ask.init_strength, 0, 1),
        ("the share of the noise that changes", ask.kin_change, 0, 1),
        *(("a reference's scale", one.scale, 0, 1) for one in ask.references),
        *(("a control's scale", one.scale, 0, 2) for one in ask.controls),
    ]
    for name, value, low, high in ranges:
        if value is not None and not low <= value <= high:
            raise AskRefused(f"{name[:1].upper()}{name[1:]} goes from {low} to {high}; {value:g} is outside.", model=row.id)
    if ask.kin_seed is not None and not 0 <= ask.kin_seed < 2**32:
        raise AskRefused(f"A seed lies between 0 and {2**32 - 1}; {ask.kin_seed} does not.", model=row.id)
    if ask.scheduler is not None and ask.scheduler not in SCHEDULERS:
        raise AskRefused(f"There is no scheduler {ask.scheduler!r}; there are {', '.join(SCHEDULERS)}.", model=row.id)
