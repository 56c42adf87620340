"""What can be asked of a model, and what comes back.

Frozen values only: pixels, frames, samples, tokens, seeds and paths. Media travels as paths (never arrays), so that
every ask and every result can be pickled, stored as JSON and answered in another process. An ask means the same to
every backend; what a backend cannot do it says in its `Capabilities`, and `check` refuses before anything runs.

Conventions
    width, height   pixels, even
    n_frames, fps   exact integers; a clip lasts n_frames / fps seconds
    seed            0 <= seed < 2**32; the same ask on the same model and machine gives the same result
    colours         "#RRGGBB", sRGB
    costs           US dollars, `Decimal`, counted (never estimated) once a result exists
"""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

ControlKind = Literal["depth", "canny", "pose"]
ShotSize = Literal["wide", "full", "medium", "close", "macro"]
Room = Literal["none", "top", "bottom", "left", "right"]
Move = Literal[
    "static",
    "push_in",
    "pull_out",
    "slide_left",
    "slide_right",
    "pan_left",
    "pan_right",
    "rise",
    "orbit_left",
    "orbit_right",
    "handheld",
    "rack_focus",
    "light_reveal",
]


@dataclass(frozen=True)
class Subject:
    """The thing that must look the same in every picture of a series.

    kind: what it is, in plain words ("wrist watch", "cold brew coffee can"); a backend maps words to what it knows.
    label: the lettering the thing itself bears; "" for none. `sublabel` is its smaller second line.
    description: look and materials in words. colors: main colour first, then accents.
    photo: a picture of the real thing; when present it is shown as it is, never repainted.
    """

    kind: str
    label: str = ""
    sublabel: str = ""
    description: str = ""
    colors: tuple[str, ...] = ()
    photo: Path | None = None


@dataclass(frozen=True)
class Framing:
    """How the camera looks at the subject. Photographers' words; each field has a neutral default.

    lens_mm: full-frame equivalent, 14..200. azimuth_deg: camera to the right of the subject's front is positive.
    elevation_deg: above the subject's waist, -5..60. room: the side kept calm and empty (for type, say).
    focus_blur: 0 = tack-sharp subject, 1 = thrown fully out of focus. calm: with room "top" or "bottom", the share of the frame's height
    from there that the subject keeps clear of; 0.0 leaves it to the photographer.
    """

    size: ShotSize = "medium"
    lens_mm: float = 70.0
    azimuth_deg: float = 0.0
    elevation_deg: float = 8.0
    room: Room = "none"
    focus_blur: float = 0.0
    calm: float = 0.0


@dataclass(frozen=True)
class Reference:
    """A picture whose subject the new one takes over (IP-Adapter and its like), or, style_only, whose look alone.

    scale: 0 = ignored .. 1 = as strong as words. mask: 8-bit picture; it counts where that is white.
    """

    image: Path
    scale: float = 0.6
    mask: Path | None = None
    style_only: bool = False


@dataclass(frozen=True)
class Control:
    """A picture whose layout the new one keeps (ControlNet). is_map: it is the depth, edge or pose map itself; else one is made of it.

    scale: 0 = ignored .. 1 = strict. start, end: the part of the denoising it is heard in, 0..1.
    """

    kind: ControlKind
    image: Path
    scale: float = 0.7
    start: float = 0.0
    end: float = 1.0
    is_map: bool = False


@dataclass(frozen=True)
class Lora:
    """A trained adapter by its name in the LoRA folder, and how strongly it counts (0..2)."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True)
class ImageAsk:
    """One picture. -> Still

    prompt describes set, light, mood and material in words; `subject` and `framing` carry what must be exact.
    palette: the picture's colours, background first. variant: 0 is the best reading of the prompt, 1, 2, ... are
    deliberately different readings (light, lens, crop), not just other noise.
    quality: "preview" may be smaller and noisier inside, but has the asked pixel size all the same.
    references, controls, loras: what else the picture follows, for models that can. init_image: the picture to begin from;
    init_strength: how far it may be left, 0 = not at all .. 1 = as if it were not there. kin_seed: the picture's noise begins as that
    seed's, and `seed` counts for `kin_change` of it (0..1), so that pictures of one kin stay alike.
    negative_prompt: what must not be seen; None: nothing is said at all, which some models take otherwise than "".
    fast: few steps at some cost in fidelity, where the model has such a profile.
    """

    prompt: str
    width: int
    height: int
    seed: int = 0
    negative_prompt: str | None = ""
    subject: Subject | None = None
    framing: Framing = field(default_factory=Framing)
    palette: tuple[str, ...] = ()
    variant: int = 0
    quality: Literal["preview", "final"] = "final"
    references: tuple[Reference, ...] = ()
    controls: tuple[Control, ...] = ()
    loras: tuple[Lora, ...] = ()
    init_image: Path | None = None
    init_strength: float = 0.6
    kin_seed: int | None = None
    kin_change: float = 0.05
    fast: bool = False
    steps: int | None = None
    guidance_scale: float | None = None
    scheduler: str | None = None


@dataclass(frozen=True)
class VideoAsk:
    """A moving shot of `n_frames` at `fps`, from a still (image-to-video) or from words alone. -> Clip

    prompt: the motion, in words. move: the camera move for backends that take it exactly; strength 0..1 of what the
    backend considers safe. last_still: the frame to arrive at, for backends that can. variant: 0 is the best reading of the
    move, 1, 2, ... are other performances of it, for backends whose motion does not come from the seed.
    """

    prompt: str
    width: int
    height: int
    n_frames: int
    fps: int = 24
    seed: int = 0
    negative_prompt: str = ""
    still: "Still | None" = None
    last_still: "Still | None" = None
    subject: Subject | None = None
    move: Move = "push_in"
    strength: float = 0.6
    variant: int = 0
    steps: int | None = None
    guidance_scale: float | None = None


@dataclass(frozen=True)
class TextAsk:
    """Text, or an object that validates against `schema` (JSON Schema). -> Text"""

    system: str
    prompt: str
    schema: dict[str, Any] | None = None
    schema_name: str = "answer"
    max_tokens: int = 4000
    temperature: float = 0.7
    seed: int = 0


@dataclass(frozen=True)
class SoundAsk:
    """Music and effects for a picture of known cuts. -> Sound

    mood: one of the backend's moods. cuts_s: times of the cuts (scene starts, without 0). hero_s: where the music
    opens up; final_s: where the last section begins. speech_s: (start, end) spans to step back for.
    bpm: None lets the backend fit the tempo to the cuts. effects: place effects at the cuts as well.
    """

    mood: str
    duration_s: float
    cuts_s: tuple[float, ...] = ()
    hero_s: float | None = None
    final_s: float | None = None
    seed: int = 0
    speech_s: tuple[tuple[float, float], ...] = ()
    bpm: float | None = None
    effects: bool = True


@dataclass(frozen=True)
class VoiceAsk:
    """A text spoken aloud. -> Voice

    voice: one of the model's voices, "" for its first. language: BCP 47. speed: 1 = as the voice speaks by itself, 0.5..2.
    style: how it is to sound, in words, for models that listen to it.
    """

    text: str
    voice: str = ""
    language: str = "en"
    speed: float = 1.0
    style: str = ""
    seed: int = 0


@dataclass(frozen=True)
class Made:
    """What every result says of its making. `notes`: sentences for the user about anything not exactly as asked."""

    model: str
    seed: int = 0
    elapsed_s: float = 0.0
    cost_usd: Decimal = Decimal(0)
    cached: bool = False
    fallback_from: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Still:
    """A picture on disk: PNG, (height, width, 3) uint8 sRGB.

    extras: further files of the same view by name, where the model has them, e.g. "layers" (what its own
    image-to-video needs), "depth" (16-bit PNG), "mask" (8-bit PNG, 255 = subject).
    """

    path: Path
    width: int
    height: int
    made: Made
    extras: dict[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Clip:
    """A silent video on disk: H.264 yuv420p, BT.709 tagged, exactly `n_frames` at `fps`."""

    path: Path
    width: int
    height: int
    n_frames: int
    fps: int
    made: Made


@dataclass(frozen=True)
class Text:
    """An answer. `data` is the validated object when a schema was asked for."""

    text: str
    made: Made
    data: dict[str, Any] | None = None
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True)
class Sound:
    """Music and effects on disk, 48 kHz stereo float WAV of exactly round(duration_s * 48000) samples.

    music and effects are separate stems, each at its natural level (-14 LUFS reference before any mix gain); mixing,
    fades and mastering belong to the caller. stems: finer ones by name. cues: (seconds, name) of each effect.
    beats_s: beat times.
    """

    music: Path
    effects: Path | None
    duration_s: float
    bpm: float
    key: str
    made: Made
    cues: tuple[tuple[float, str], ...] = ()
    beats_s: tuple[float, ...] = ()
    stems: dict[str, Path] = field(default_factory=dict)
    midi: Path | None = None


@dataclass(frozen=True)
class SpokenWord:
    """When a word is said, in seconds of its speech."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Voice:
    """Speech on disk: 48 kHz mono float WAV, without silence before and after, at the model's natural level. words: when each is said,
    where the model tells; () where it does not."""

    path: Path
    duration_s: float
    made: Made
    words: tuple[SpokenWord, ...] = ()


@dataclass(frozen=True)
class TempoPlan:
    """What music would like of the picture, before anything is rendered: a tempo, and cuts moved onto its beats."""

    bpm: float
    cuts_s: tuple[float, ...]


Ask = ImageAsk | VideoAsk | TextAsk | SoundAsk | VoiceAsk
Result = Still | Clip | Text | Sound | Voice
