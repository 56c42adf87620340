"""What each accompanying part plays over the chords: one small function per figure, one table. No melody, no drums."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from models.backends.sound_studio.mood import Part
from models.backends.sound_studio.score import ChordSpan, Note
from models.backends.sound_studio.theory import voicing

_LAST = 0.85  # how much of the last chord's time sustained parts hold it


@dataclass(frozen=True)
class Player:
    """One part, the chords it plays over, and its own dice."""

    index: int
    part: Part
    chords: tuple[ChordSpan, ...]
    rng: np.random.Generator

    def note(self, beat: float, beats: float, midi: int, velocity: float, human: float = 0.0) -> Note:
        """A note of this part; `human` is how much softer chance may make it, 0..1."""
        return Note(self.index, beat, beats, midi, velocity * (self.rng.uniform(1 - human, 1) if human else 1.0))

    def played(self) -> Iterator[tuple[ChordSpan, float]]:
        """The chords of the sections in which the part plays, with its velocity there."""
        for span in self.chords:
            if velocity := self.part.velocity(span.section):
                yield span, velocity

    def voiced(self, voices: int = 4) -> Iterator[tuple[ChordSpan, tuple[int, ...], float]]:
        """The same with the smoothest voicing from chord to chord."""
        previous: tuple[int, ...] = ()
        for span in self.chords:
            previous = voicing(span.chord.upper, previous, self.part.low, self.part.high, voices)
            if velocity := self.part.velocity(span.section):
                yield span, previous, velocity


def hold(player: Player) -> Iterator[Note]:
    """The chord, held; the last one let go early, so that the hall has the last word."""
    for span, chord, velocity in player.voiced(3 if player.part.instrument == "brass" else 4):
        for midi in chord:
            yield player.note(span.beat, span.beats * (_LAST if span.section == "end" else 1.0), midi, velocity)


def arpeggio(step: float) -> Callable[[Player], Iterator[Note]]:
    """The chord's voices one after another, `step` beats apart, in the order of the part's steps; rolled at the end."""

    def play(player: Player) -> Iterator[Note]:
        order = [int(word) for word in player.part.steps.split()]
        for span, chord, velocity in player.voiced():
            if span.section == "end":
                for k, midi in enumerate(chord):
                    yield player.note(span.beat + 0.06 * k, span.beats, midi, velocity)
                continue
            for k in range(round(span.beats / step)):
                left = span.beats - k * step
                length = left if player.part.pedal else min(step * (3 if step > 0.3 else 1.4), left)
                accent = 1.0 if (k * step) % 1 == 0 else 0.8
                yield player.note(span.beat + k * step, length, chord[order[k % len(order)] % len(chord)], velocity * accent, 0.12)

    return play


def strokes(pattern: str = "", spread: float = 0.022, short: bool = False) -> Callable[[Player], Iterator[Note]]:
    """Whole chords on a grid of eighths, voices `spread` beats apart, down and up in turn. pattern "" takes the part's own."""

    def play(player: Player) -> Iterator[Note]:
        grid = (pattern or player.part.steps) * 32
        for span, chord, velocity in player.voiced():
            ending = span.section == "end"
            struck = [0] if ending else [k for k in range(round(span.beats * 2)) if grid[k] != "."] or [0]
            for k, following in zip(struck, [*struck[1:], span.beats * 2], strict=True):
                length = min((following - k) / 2, 1.0) if short and not ending else (following - k) / 2
                downward = k % 2 == 0 or spread > 0.05
                for voice, midi in enumerate(chord if downward else chord[::-1]):
                    loud = velocity * (1 if grid[k] == "X" else 0.78)
                    yield player.note(span.beat + k / 2 + spread * voice, length, midi, loud, 0.08)

    return play


def pulse(player: Player) -> Iterator[Note]:
    """Repeated eighths: the root for a bass, changing chord voices for the others."""
    for span, chord, velocity in player.voiced(3):
        root = player.part.low + (span.chord.root - player.part.low) % 12
        ending = span.section == "end"
        for k in range(1 if ending else round(span.beats * 2)):
            inner = (chord[0], chord[-1]) if k % 4 == 0 else (chord[2 if k % 2 else 1],)
            for midi in (root,) if player.part.role == "bass" else inner:
                yield player.note(
                    span.beat + k / 2, (span.beats if ending else 0.5) * 0.95, midi, velocity * (1 if k % 2 == 0 else 0.78), 0.07
                )


def ostinato(player: Player) -> Iterator[Note]:
    """Driving sixteenths around the lowest voice."""
    for span, chord, velocity in player.voiced(3):
        order = (0, 0, 1, 0, 2, 0, 1, 0)
        for k in range(1 if span.section == "end" else round(span.beats * 4)):
            yield player.note(span.beat + k / 4, 0.25, chord[order[k % 8]], velocity * (1 if k % 4 == 0 else 0.66))


def bass(rhythm: str) -> Callable[[Player], Iterator[Note]]:
    """Roots in one of the rhythms: long, off (between the beats), sync (syncopated), root_five."""

    def play(player: Player) -> Iterator[Note]:
        for span, velocity in player.played():
            root = player.part.low + (span.chord.root - player.part.low) % 12
            fifth = next((root + k for k in (7, 5) if (root + k) % 12 in span.chord.pitch_classes), root)
            for count, (at, length) in enumerate(_bass_rhythm("long" if span.section == "end" else rhythm, span.beats)):
                midi = fifth if rhythm == "root_five" and count % 2 else root
                if rhythm == "sync" and at == 3.5:
                    midi = root + 12 if root + 12 <= player.part.high + 8 else root
                length = length * _LAST if span.section == "end" else min(length, span.beats - at)
                yield player.note(span.beat + at, length, midi, velocity * (1 if at == 0 else 0.85))

    return play


def _bass_rhythm(rhythm: str, beats: float) -> list[tuple[float, float]]:
    """(beat within the chord, length) of each bass note."""
    if rhythm == "off":
        return [(k + 0.5, 0.45) for k in range(int(beats))]
    if rhythm == "sync":
        figure = ((0, 0.7), (0.75, 0.4), (1.5, 0.9), (2.5, 0.45), (3, 0.4), (3.5, 0.4))
        return [(bar + at, length) for bar in range(0, int(np.ceil(beats)), 4) for at, length in figure if bar + at < beats]
    if rhythm == "root_five":
        return [(float(at), 0.9) for at in np.arange(0, beats, 1 if beats <= 2 else 2)]
    return [(0.0, beats)]


def twinkle(player: Player) -> Iterator[Note]:
    """A few high chord tones, where chance puts them; the last chord gets a rising handful."""
    for span, velocity in player.played():
        tones = [midi for midi in range(player.part.low, player.part.high + 1) if midi % 12 in span.chord.upper]
        if span.section == "end":
            for k, midi in enumerate(tones[:5]):
                yield player.note(span.beat + 0.5 + 0.25 * k, 2.0, midi, velocity * (1 - 0.12 * k))
            continue
        for at in np.arange(0.5, span.beats, 1.0):
            if player.rng.random() < 0.45:
                late = float(player.rng.choice([0, 0.25]))
                yield player.note(span.beat + float(at) + late, 1.5, int(player.rng.choice(tones)), velocity, 0.5)


FIGURES: dict[str, Callable[[Player], Iterator[Note]]] = {
    "hold": hold,
    "arpeggio8": arpeggio(0.5),
    "arpeggio16": arpeggio(0.25),
    "strum": strokes(),
    "stabs": strokes("X..x..x.", spread=0, short=True),
    "offbeats": strokes("..x...x.", spread=0, short=True),
    "halves": strokes("X...x...", spread=0.012),
    "roll": strokes("X.......", spread=0.09),
    "pulse": pulse,
    "ostinato": ostinato,
    "bass_long": bass("long"),
    "bass_off": bass("off"),
    "bass_sync": bass("sync"),
    "bass_root_five": bass("root_five"),
    "twinkle": twinkle,
}
