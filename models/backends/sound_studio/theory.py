"""Keys, diatonic chords and voice leading. Integers only: it knows no time, no mood and no sound.

Pitches are MIDI numbers (60 = middle C); pitch classes are 0..11 (0 = C); scale degrees count from 0.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
PITCH_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")

# Chord symbol -> scale steps above the chord's root.
EXTENSIONS: dict[str, tuple[int, ...]] = {
    "": (0, 2, 4),
    "7": (0, 2, 4, 6),
    "9": (0, 2, 4, 8),
    "79": (0, 2, 4, 6, 8),
    "6": (0, 2, 4, 5),
    "sus2": (0, 1, 4),
    "sus4": (0, 3, 4),
}


@dataclass(frozen=True)
class Key:
    """A tonic (pitch class) and a mode (a key of `SCALES`)."""

    root: int
    mode: str

    def pitch(self, degree: int, base: int = 60) -> int:
        """The MIDI number of a scale degree, counted from the tonic at or above `base`'s C."""
        octave, step = divmod(degree, 7)
        return base + self.root + 12 * octave + SCALES[self.mode][step]

    def scale(self, low: int, high: int) -> list[int]:
        """Every pitch of the key from low to high, both included."""
        inside = {(self.root + step) % 12 for step in SCALES[self.mode]}
        return [midi for midi in range(low, high + 1) if midi % 12 in inside]

    def __str__(self) -> str:
        return f"{PITCH_NAMES[self.root]} {self.mode}"


@dataclass(frozen=True)
class Chord:
    """Pitch classes, root first."""

    pitch_classes: tuple[int, ...]

    @property
    def root(self) -> int:
        return self.pitch_classes[0]

    @property
    def upper(self) -> tuple[int, ...]:
        """Tones for the upper parts: beside a major seventh the root is left to the bass, or they rub a semitone apart."""
        return self.pitch_classes[1:] if (self.root + 11) % 12 in self.pitch_classes else self.pitch_classes

    @property
    def diminished(self) -> bool:
        return (self.root + 6) % 12 in self.pitch_classes and (self.root + 7) % 12 not in self.pitch_classes


def diatonic_chord(key: Key, symbol: str) -> Chord:
    """'4:9' is the chord on the fourth degree with an added ninth. Added tones that would be harsh are left out."""
    number, _, extension = symbol.partition(":")
    degree = int(number) - 1
    root = key.pitch(degree) % 12
    third = (key.pitch(degree + 2) - root) % 12
    tones: list[int] = []
    for step in EXTENSIONS[extension]:
        tone = key.pitch(degree + step) % 12
        harsh = step in (1, 3, 5, 6, 8) and (tone - root) % 12 in (1, 6, 8)
        if step == 3 and harsh:  # a raised fourth cannot be suspended: the chord keeps its third
            tone, harsh = (root + third) % 12, False
        harsh = harsh or (step == 8 and third == 3)  # a ninth grinds against a minor third
        if not harsh and tone not in tones:
            tones.append(tone)
    return Chord(tuple(tones))


@lru_cache(maxsize=2048)
def voicing(tones: tuple[int, ...], previous: tuple[int, ...], low: int, high: int, voices: int = 4) -> tuple[int, ...]:
    """The inversion and spacing (ascending MIDI) with the smoothest path from the `previous` one; () for none."""
    wanted = list(tones)
    if len(wanted) < voices:
        wanted += [wanted[0], *wanted[1:]][: voices - len(wanted)]
    elif len(wanted) > voices:
        wanted = wanted[1 : 1 + voices] if voices >= 4 else [wanted[0], wanted[1], wanted[-1]][:voices]  # the bass has the root
    choices = [[midi for midi in range(low, high + 1) if midi % 12 == tone] for tone in wanted]
    return tuple(sorted(min(product(*choices), key=lambda chosen: _roughness(sorted(chosen), previous, (low + high) / 2))))


def _roughness(chord: list[int], previous: tuple[int, ...], middle: float) -> float:
    """Cost of a voicing: doubled or clashing neighbours, holes, distance from the middle, distance travelled."""
    cost = 0.25 * abs(sum(chord) / len(chord) - middle) * len(chord)
    for below, above in pairwise(chord):
        gap = above - below
        cost += 9 * (gap == 0) + 6 * (gap == 1) + 2 * (gap == 2 and chord[0] < 57) + max(0, gap - 9)
    cost += 6 * sum(b - a == 13 for a in chord for b in chord)  # a minor ninth is as rough as a second
    if previous:
        cost += sum(min(abs(a - b) for b in previous) for a in chord) + 0.6 * abs(chord[-1] - previous[-1])
    return cost
