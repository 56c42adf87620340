"""plan(ask): scene times in, everything there is to play out, without a sample of audio.

Public on its own account: any other music engine can take its tempo map, sections and chords.
"""

from dataclasses import replace

from models.asks import SoundAsk
from models.backends.sound_studio.figures import FIGURES, Player
from models.backends.sound_studio.form import find_marks, harmonise, lay_out
from models.backends.sound_studio.melody import invent_hook, play_melody
from models.backends.sound_studio.moods import MOODS
from models.backends.sound_studio.rhythm import drum_hits, hold_breath, lean_on_cuts
from models.backends.sound_studio.score import Note, Plan
from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.theory import Key


def plan(ask: SoundAsk) -> Plan:
    """Tempo map, form, harmony and every note and drum hit for the ask; the same ask always gives the same plan.

    Raises KeyError for a mood that `MOODS` does not have.
    """
    mood = MOODS[ask.mood]
    rng = dice("plan", ask.mood, ask.seed)
    key = Key(int(rng.choice(mood.roots)), str(rng.choice(mood.modes)))
    marks = find_marks(ask)
    fit, scenes = lay_out(ask, marks, mood)
    chords = harmonise(scenes, key, mood, rng)
    hook = invent_hook(mood, dice("hook", ask.mood, ask.seed))
    notes: list[Note] = []
    for i, part in enumerate(mood.parts):
        player = Player(i, part, chords, dice("part", ask.mood, ask.seed, i))
        notes += play_melody(player, scenes, key, hook) if part.figure == "melody" else FIGURES[part.figure](player)
    notes = hold_breath(notes, scenes, mood)
    notes, hits = lean_on_cuts(notes, drum_hits(scenes, mood, dice("drums", ask.mood, ask.seed)), scenes, mood)
    loose = tuple(sorted({*marks.loose_cuts_s, *(cut for cut in fit.dropped_s if cut in ask.cuts_s)}))
    draft = Plan(ask, mood, fit.bpm, key, scenes, chords, tuple(notes), tuple(hits), marks.hero_s, marks.final_s, loose)
    return replace(draft, notes=_under_speech(draft)) if ask.speech_s else draft


def _under_speech(draft: Plan) -> tuple[Note, ...]:
    """While somebody speaks the tune is half as loud and the ornaments are silent."""
    notes = []
    for note in draft.notes:
        at = draft.time_s(note.beat)
        role = draft.mood.parts[note.part].role
        if role in ("lead", "twinkle") and any(start - 0.1 <= at < end for start, end in draft.ask.speech_s):
            if role == "lead":
                notes.append(replace(note, velocity=0.5 * note.velocity))
            continue
        notes.append(note)
    return tuple(notes)
