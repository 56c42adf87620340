"""What a backend can do, as data, and the one function that refuses an ask outside it."""

from dataclasses import dataclass
from typing import Literal

from models.asks import Ask, ControlKind, ImageAsk, SoundAsk, TextAsk, VideoAsk, VoiceAsk
from models.errors import AskRefused

Kind = Literal["image", "video", "text", "sound", "voice"]


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
    references: int = 0
    controls: frozenset[ControlKind] = frozenset()
    loras: bool = False
    init_image: bool = False
    kin_seed: bool = False
    fast: bool = False
    negative_prompt: bool = False
    schema: bool = False
    moods: frozenset[str] = frozenset()
    max_duration_s: float | None = None
    voices: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    shows: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def kind_of(ask: Ask) -> Kind:
    """The kind of answer an ask wants."""
    kinds: dict[type, Kind] = {ImageAsk: "image", VideoAsk: "video", TextAsk: "text", SoundAsk: "sound", VoiceAsk: "voice"}
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
    if isinstance(ask, ImageAsk):
        _check_image(ask, can, model)
    if isinstance(ask, SoundAsk):
        _check_sound(ask, can, model)
    if isinstance(ask, VoiceAsk):
        _check_voice(ask, can, model)
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


def _check_image(ask: ImageAsk, can: Capabilities, model: str) -> None:
    if len(ask.references) > can.references:
        raise AskRefused(f"{model} takes {can.references} reference images; {len(ask.references)} were given.", model=model)
    if unknown := {control.kind for control in ask.controls} - can.controls:
        raise AskRefused(f"{model} cannot be led by a {sorted(unknown)[0]} picture; leave that out or choose another model.", model=model)
    if ask.loras and not can.loras:
        raise AskRefused(f"{model} takes no LoRA; leave it out or choose another model.", model=model)
    if ask.init_image is not None and not can.init_image:
        raise AskRefused(f"{model} cannot begin from a picture; leave that out or choose another model.", model=model)
    if ask.kin_seed is not None and not can.kin_seed:
        raise AskRefused(f"{model} cannot share its noise between pictures; leave kin_seed out.", model=model)
    if ask.fast and not can.fast:
        raise AskRefused(f"{model} has no fast profile; leave that out.", model=model)


def _check_voice(ask: VoiceAsk, can: Capabilities, model: str) -> None:
    if not ask.text.strip():
        raise AskRefused("There is nothing to say; give a text.", model=model)
    if ask.voice and can.voices and ask.voice not in can.voices:
        raise AskRefused(f"{model} has the voices {', '.join(can.voices)}; {ask.voice!r} is not one.", model=model)
    if can.languages and ask.language.split("-")[0] not in can.languages:
        raise AskRefused(f"{model} speaks {', '.join(sorted(can.languages))}; {ask.language!r} is not among them.", model=model)
    if not 0.5 <= ask.speed <= 2:
        raise AskRefused(f"A voice speaks at 0.5 to 2 times its own speed; {ask.speed:g} is outside.", model=model)


def _check_video(ask: VideoAsk, can: Capabilities, model: str) -> None:
    if ask.n_frames < can.min_frames or (can.max_frames and ask.n_frames > can.max_frames):
        raise AskRefused(
            f"{model} makes {can.min_frames} to {can.max_frames or 'any number of'} frames; {ask.n_frames} were asked.", model=model
        )
    if can.max_duration_s and ask.n_frames > can.max_duration_s * ask.fps:
        raise AskRefused(f"{model} makes up to {can.max_duration_s:g} s; {ask.n_frames / ask.fps:.1f} s were asked.", model=model)
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
