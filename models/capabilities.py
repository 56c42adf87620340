"""What a backend can do, as data, and the one function that refuses an ask outside it."""

from dataclasses import dataclass
from typing import Literal

from models.asks import Ask, ImageAsk, SoundAsk, TextAsk, VideoAsk
from models.errors import AskRefused

Kind = Literal["image", "video", "text", "sound"]


@dataclass(frozen=True)
class Capabilities:
    """Limits of one model. None means "no limit of its own".

    shows: plain words for the capability card ("products in a studio set"); never: what it cannot show or do.
    """

    kinds: frozenset[Kind]
    min_side: int = 64
    max_side: int = 4096
    max_pixels: int | None = None
    min_frames: int = 1
    max_frames: int | None = None
    fps: tuple[int, ...] | None = None
    from_still: bool = True
    from_text: bool = True
    last_still: bool = False
    needs_subject: bool = False
    reference_images: int = 0
    negative_prompt: bool = False
    schema: bool = False
    moods: frozenset[str] = frozenset()
    max_duration_s: float | None = None
    shows: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def kind_of(ask: Ask) -> Kind:
    """The kind of answer an ask wants."""
    kinds: dict[type, Kind] = {ImageAsk: "image", VideoAsk: "video", TextAsk: "text", SoundAsk: "sound"}
    return kinds[type(ask)]


def check(ask: Ask, can: Capabilities, model: str) -> None:
    """Raise `AskRefused` with one clear sentence when `model` cannot answer `ask`; return None otherwise."""
    kind = kind_of(ask)
    if kind not in can.kinds:
        raise AskRefused(f"{model} does not make {kind}; choose a model that does.", model=model)
    if isinstance(ask, ImageAsk | VideoAsk):
        _check_picture(ask, can, model)
    if isinstance(ask, VideoAsk):
        _check_video(ask, can, model)
    if isinstance(ask, ImageAsk) and len(ask.reference_images) > can.reference_images:
        raise AskRefused(f"{model} takes {can.reference_images} reference images; {len(ask.reference_images)} were given.", model=model)
    if isinstance(ask, SoundAsk):
        _check_sound(ask, can, model)
    if isinstance(ask, TextAsk) and ask.schema is not None and not can.schema:
        raise AskRefused(f"{model} cannot answer in a fixed structure; choose a model that can.", model=model)


def _check_picture(ask: ImageAsk | VideoAsk, can: Capabilities, model: str) -> None:
    for name, side in (("width", ask.width), ("height", ask.height)):
        if side % 2 or not can.min_side <= side <= can.max_side:
            raise AskRefused(
                f"{model} makes even sizes from {can.min_side} to {can.max_side} pixels; {name} {side} is not one.", model=model
            )
    if can.max_pixels and ask.width * ask.height > can.max_pixels:
        raise AskRefused(f"{model} makes at most {can.max_pixels:,} pixels; {ask.width}x{ask.height} is more.", model=model)
    if can.needs_subject and ask.subject is None and not (isinstance(ask, VideoAsk) and ask.still):
        raise AskRefused(f"{model} needs a subject to photograph.", model=model)
    if not 0 <= ask.seed < 2**32:
        raise AskRefused(f"A seed lies between 0 and {2**32 - 1}; {ask.seed} does not.", model=model)


def _check_video(ask: VideoAsk, can: Capabilities, model: str) -> None:
    if ask.n_frames < can.min_frames or (can.max_frames and ask.n_frames > can.max_frames):
        raise AskRefused(
            f"{model} makes {can.min_frames} to {can.max_frames or 'any number of'} frames; {ask.n_frames} were asked.", model=model
        )
    if can.fps and ask.fps not in can.fps:
        raise AskRefused(f"{model} works at {', '.join(map(str, can.fps))} frames a second, not {ask.fps}.", model=model)
    if ask.still is None and not can.from_text:
        raise AskRefused(f"{model} needs a still to start from.", model=model)
    if ask.still is not None and not can.from_still:
        raise AskRefused(f"{model} cannot start from a still.", model=model)
    if ask.last_still is not None and not can.last_still:
        raise AskRefused(f"{model} cannot end on a given frame.", model=model)


def _check_sound(ask: SoundAsk, can: Capabilities, model: str) -> None:
    if can.moods and ask.mood not in can.moods:
        raise AskRefused(f"{model} knows the moods {', '.join(sorted(can.moods))}; {ask.mood!r} is not one.", model=model)
    if ask.duration_s <= 0 or (can.max_duration_s and ask.duration_s > can.max_duration_s):
        raise AskRefused(f"{model} makes up to {can.max_duration_s:g} s of sound; {ask.duration_s:g} s were asked.", model=model)
    if any(not 0 < cut < ask.duration_s for cut in ask.cuts_s):
        raise AskRefused("Every cut must lie inside the duration.", model=model)
