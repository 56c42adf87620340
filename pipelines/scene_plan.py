"""The scene plan: entities that must stay the same, and the shots of every scene with exact frames.

Plain frozen values in the VideoDirectorGPT manner: entities and consistency groups first, then a shot list. `plan(...)`
(in planner.py) writes it from an AdSpec; stills, clips, timeline and soundtrack read it. JSON-able by `asdict`.
"""

from dataclasses import dataclass, field
from pathlib import Path

from models.asks import Framing, Move, Subject
from pipelines.edl import Title


@dataclass(frozen=True)
class Entity:
    """Something that recurs. id: "product", "set:hero". scenes: numbers of the scenes it appears in."""

    id: str
    description: str
    scenes: tuple[int, ...]


@dataclass(frozen=True)
class Shot:
    """One clip to make.

    start, n_frames: its slot on the timeline. head, tail: extra frames (handles) that the transitions borrow, so the clip
    to make has head + n_frames + tail frames. shows_product False: the set alone. group: shots of one group share set and
    light (latent reuse, or the same set in the product studio): "hero", "shadow", or "hero/s2a" for a shot on its own. look: a
    per-shot grade ("none", "flat_cool"). palette: colours of this picture where they are not the ad's (a grey day on the same
    set), else ().
    """

    id: str
    scene: int
    start: int
    n_frames: int
    head: int
    tail: int
    still_prompt: str
    motion_prompt: str
    framing: Framing
    move: Move
    shows_product: bool = True
    group: str = ""
    negative_prompt: str = ""
    seed: int = 0
    transition_in: str = "cut"
    transition_frames: int = 0
    look: str = "none"
    palette: tuple[str, ...] = ()

    @property
    def media_frames(self) -> int:
        """Frames the clip must hold."""
        return self.head + self.n_frames + self.tail

    @property
    def effort(self) -> float:
        """About how long it takes to make, beside a lit picture of the product that the camera moves over."""
        if self.move == "light_reveal":
            return 1.5  # its lamps are rendered one by one as well
        return 1.0 if self.shows_product and not self.framing.focus_blur else 0.6


@dataclass(frozen=True)
class Keep:
    """What holds the pictures of one ad together, for models that draw from words (pipelines/identity.py).

    seed_control: noise akin to the ad's own. reference: pictures take after the product photo or the main shot. layout_control: the
    product stands where the studio's draft has it. lora: name of one in the LoRA folder, "" for none; lora_weight: 0..2.
    """

    seed_control: bool = True
    reference: bool = True
    layout_control: bool = True
    lora: str = ""
    lora_weight: float = 1.0


@dataclass(frozen=True)
class Scene:
    """A beat of the story: its shots tile [start, start + n_frames)."""

    number: int
    scene_type: str
    start: int
    n_frames: int
    shots: tuple[Shot, ...]


@dataclass(frozen=True)
class ScenePlan:
    """The whole ad before anything is rendered.

    hero_frame: where the light comes on and the music opens up. final_frame: where the end card begins. bpm: 0.0 lets the music
    choose. grade, mood: a row of grade.LOOKS and a mood of the music. safe: margins (left, top, right, bottom) as fractions.
    working_name: the brand name is invented because none was given. warnings: sentences for the user.
    """

    width: int
    height: int
    fps: int
    n_frames: int
    subject: Subject
    palette: tuple[str, ...]
    entities: tuple[Entity, ...]
    scenes: tuple[Scene, ...]
    titles: tuple[Title, ...]
    grade: str
    mood: str
    hero_frame: int
    final_frame: int
    bpm: float
    safe: tuple[float, float, float, float]
    seed: int = 0
    music_volume: float = 0.3
    effects_volume: float = 0.5
    logo: Path | None = None
    working_name: bool = False
    warnings: tuple[str, ...] = ()
    keep: Keep = field(default_factory=Keep)
    extras: dict[str, str] = field(default_factory=dict)

    @property
    def shots(self) -> tuple[Shot, ...]:
        """All shots in playback order."""
        return tuple(shot for scene in self.scenes for shot in scene.shots)

    @property
    def duration_s(self) -> float:
        """Exact length."""
        return self.n_frames / self.fps
