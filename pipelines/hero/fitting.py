"""A hero frame's ask as far as the chosen model can follow it: what it cannot take is left out, and said."""

from dataclasses import replace
from pathlib import Path

from models.asks import ImageAsk, Reference
from models.capabilities import Capabilities
from pipelines.identity import STUDIO

PHOTO_SCALE = 0.75
"""How strongly the product's photo counts for models that draw from words: it is the thing itself, not a mood."""

STUDIO_SIDE, SIDE = 720, 1080
"""Pixels of a candidate's shorter side: by the product studio, which spends its time on every one of them, and by others."""


def side_of(model: str) -> int:
    """Pixels of the shorter side of a candidate that `model` makes."""
    return STUDIO_SIDE if model == STUDIO else SIDE


def fitted(ask: ImageAsk, photo: Path | None, can: Capabilities, model: str) -> tuple[ImageAsk, tuple[str, ...]]:
    """`ask` as `model` takes it, and a sentence for everything that had to go. photo: of the product, which a model that cannot show it as
    it is takes after, where nothing else was given for it to take after."""
    references = ask.references
    if not references and photo is not None and model != STUDIO:
        references = (Reference(photo, PHOTO_SCALE),)
    controls = tuple(replace(c, kind=c.kind if c.kind in can.controls else "canny") for c in ask.controls)
    controls = tuple(control for control in controls if control.kind in can.controls)
    kept = references[: can.references]
    return replace(ask, references=kept, controls=controls), said(bool(references), bool(ask.controls), can, model)


def said(reference: bool, control: bool, can: Capabilities, model: str) -> tuple[str, ...]:
    """What `model` cannot follow of a reference and a control picture, one sentence each."""
    notes = []
    if reference and not can.references:
        notes.append(f"{model} cannot take after a reference picture, so it is left out; models that draw from words can.")
    if control and not {"depth", "canny"} & can.controls:
        notes.append(f"{model} cannot keep the layout of a picture, so it is left out; choose composition and lens, or another model.")
    return tuple(notes)
