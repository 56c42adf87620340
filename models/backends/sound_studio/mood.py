"""What the data in `moods.py` means: a mood, and one part (one player) of its band. No data and no sound here."""

from dataclasses import dataclass
from typing import Literal

Section = Literal["intro", "verse", "build", "hero", "break", "final", "end"]
Role = Literal["keys", "pad", "arp", "bass", "lead", "twinkle"]

STEMS: dict[str, str] = {"keys": "harmony", "pad": "harmony", "arp": "harmony", "lead": "lead", "twinkle": "lead", "bass": "bass"}


@dataclass(frozen=True)
class Part:
    """One player.

    figure: a row of `figures.FIGURES`; steps: its pattern, where it takes one ("0 1 2 3": chord voices in order;
    "X..x.xx.": strokes per eighth). low, high: range in MIDI. level_lu: loudness against the other parts.
    play: "intro 4 hero 9": how hard (0-9) in which sections; silent in the others; "end" follows "final".
    hall, echo, pan (-1..1), duck (0..1: how far kicks push it down), high_pass_hz, chorus: the mixing desk.
    pedal: notes ring on to the end of their chord.
    """

    role: Role
    instrument: str
    figure: str
    low: int
    high: int
    level_lu: float
    play: str
    steps: str = ""
    hall: float = 0.2
    echo: float = 0.0
    pan: float = 0.0
    duck: float = 0.0
    high_pass_hz: int = 0
    chorus: bool = False
    pedal: bool = False

    def velocity(self, section: Section) -> float:
        """0..1 in this section; 0 is silent."""
        words = self.play.split()
        levels = dict(zip(words[::2], words[1::2], strict=True))
        return int(levels.get("final" if section == "end" else section, 0)) / 9


@dataclass(frozen=True)
class EffectSet:
    """Which effects speak at an ordinary cut, before and at the hero moment, and where the last section begins."""

    cut: Literal["whoosh", "whoosh_soft", "boom", "pop"]
    before_hero: Literal["riser", "swell", "none"]
    hero: Literal["impact", "shimmer"]
    final: Literal["ping", "impact"]


@dataclass(frozen=True)
class Mood:
    """One way music can feel.

    bpm: (slowest, its own, fastest). roots and modes: keys to choose from. progressions: chord symbols of `theory`;
    tension: the chord that wants the next section. rhythms: onsets of a melody bar, in beats.
    grids: section -> drum -> sixteenths of a bar (X loud, x, o soft). hall: (seconds, brightness 0..1, size 0..1).
    slope: spectral density to master towards, dB per octave. air_db: least share of the spectrum above 8 kHz.
    swing: beats by which off-beats come late. looseness_s: how human the timing is. drop_beats: silence before the
    hero. ring_s: how long the last chord rings.
    """

    bpm: tuple[float, float, float]
    roots: tuple[int, ...]
    modes: tuple[str, ...]
    progressions: tuple[str, ...]
    tension: str
    beats_per_chord: int
    parts: tuple[Part, ...]
    grids: dict[Section, dict[str, str]]
    hall: tuple[float, float, float]
    effects: EffectSet
    rhythms: tuple[tuple[float, ...], ...]
    slope: float
    air_db: float = -26.0
    swing: float = 0.0
    looseness_s: float = 0.006
    drums_lu: float = -2.0
    drums_hall: float = 0.08
    drop_beats: float = 0.0
    ring_s: float = 2.4

    @property
    def orchestral(self) -> bool:
        """Whether its low drum is a taiko rather than a kick."""
        return any("taiko" in grid for grid in self.grids.values())
