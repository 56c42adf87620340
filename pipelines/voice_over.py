"""The ad's spoken lines: where in the film each may be said, who says it, and how it is made to fit. Music steps back for it.

too long by up to FASTEST       spoken a little faster, from what was bought already
longer than that                said again with its last sentence or clause left out, once
still too long                  left out, and the ad's notes say so; never cut off
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from models.asks import Made, SpokenWord, Voice, VoiceAsk
from models.context import JobContext
from models.errors import ModelUnavailable
from models.media.speech import at_speed, read_speech, write_speech
from models.runtime import Runtime
from models.voices import models_with
from pipelines.brief import VOICE_AUTO, VOICE_OFF, Brief
from pipelines.scene_plan import ScenePlan
from pipelines.speaking import LEAD_S, room_s, shortened
from pipelines.spec import AdSpec, MusicStyle

FASTEST = 1.15
FADE_S = 0.3
"""Of the film's end, in which nobody speaks."""

MANNERS: dict[MusicStyle, str] = {
    "luxury": "Quiet, composed and close, with small pauses.",
    "tech": "Clear, curious and precise.",
    "eco": "Warm, gentle and honest.",
    "energetic": "Lively and driven, with a smile.",
    "playful": "Cheerful and light.",
    "calm": "Calm, tender and unhurried.",
    "cinematic": "Low, warm and full of longing, like a film trailer that whispers.",
    "corporate": "Friendly, capable and clear.",
}
"""How a voice is to sound beside each music, for models that listen to directions."""


@dataclass(frozen=True)
class Line:
    """What is to be said, and when: it may begin at start_s of the film and last room_s."""

    scene: int
    text: str
    start_s: float
    room_s: float
    style: str = ""


@dataclass(frozen=True)
class Spoken:
    """A line as it was said. path: speech of exactly duration_s, None when it was left out. made: all of its tries together.
    words: when each is said within it, where the model tells."""

    scene: int
    text: str
    start_s: float
    duration_s: float
    path: Path | None
    made: Made
    notes: tuple[str, ...] = field(default=())
    words: tuple[SpokenWord, ...] = ()

    @property
    def span(self) -> tuple[float, float]:
        """When in the film it is heard."""
        return (self.start_s, self.start_s + self.duration_s)


def speaker(voice: str, chosen: str | None, runtime: Runtime) -> tuple[str, str]:
    """(the id of the model that speaks, why none can). Both "" where no voice is wanted; the model is the one that was chosen, else
    one that has the voice, else the default. voice: as a brief has it."""
    if voice == VOICE_OFF:
        return "", ""
    default = runtime.default_model("voice") if voice == VOICE_AUTO and not chosen else None
    able = (chosen,) if chosen else (default.id,) if default else models_with(voice)
    model = next((id for id in able if not runtime.why_not("voice", id)), "")
    if model:
        return model, ""
    reasons = [s.why_not.rstrip(".") for s in runtime.standings("voice") if s.why_not and (not able or s.row.id in able)]
    whose = "No voice can speak here" if voice == VOICE_AUTO else f"The voice {voice} cannot speak here"
    return "", f"{whose}: {'; or: '.join(dict.fromkeys(reasons)) or 'no model has it'}. Or leave the voice-over off."


def lines_of(spec: AdSpec, plan: ScenePlan) -> tuple[Line, ...]:
    """The spoken lines of the ad, each with the room its scene has for it."""
    lines = []
    for scene, planned in zip(spec.scenes, plan.scenes, strict=True):
        start, end = planned.start / plan.fps, (planned.start + planned.n_frames) / plan.fps
        end = min(end, plan.duration_s - FADE_S)
        if scene.spoken and room_s(end - start) > 0:
            style = MANNERS[spec.ad_specifications.music_style]
            lines.append(Line(scene.scene_number, scene.spoken, start + LEAD_S, room_s(end - start), style))
    return tuple(lines)


def speak(line: Line, brief: Brief, runtime: Runtime, job: JobContext) -> Spoken:
    """Say `line` so that it fits. Raises what the voice's model raises, and ModelUnavailable when there is none."""
    model, why_not = speaker(brief.voice, brief.models.get("voice"), runtime)
    if why_not:
        raise ModelUnavailable(why_not)
    voice = "" if brief.voice in (VOICE_AUTO, VOICE_OFF) else brief.voice
    ask = VoiceAsk(line.text, voice=voice, style=line.style, seed=brief.seed)
    said = runtime.voice(ask, job, model)
    tries, text, notes = [said.made], line.text, list[str]()
    if said.duration_s > line.room_s * FASTEST:
        pace = len(text) / said.duration_s
        text = shortened(line.text, int(pace * line.room_s * FASTEST * 0.97))
        if text:
            notes.append(f"The line of scene {line.scene} was too long for its {line.room_s:.1f} s, so the voice says “{text}”.")
            said = runtime.voice(replace(ask, text=text), job, model)
            tries.append(said.made)
    if said.duration_s > line.room_s * FASTEST:
        left_out = (
            f"The spoken line of scene {line.scene} was left out: it lasts {said.duration_s:.1f} s, and there are {line.room_s:.1f} s."
        )
        return Spoken(line.scene, "", line.start_s, 0.0, None, _together(tries), (left_out,))
    said = _fitted(said, line.room_s, job.workdir / f"spoken-s{line.scene}.wav")
    return Spoken(line.scene, text, line.start_s, said.duration_s, said.path, _together(tries), tuple(notes), said.words)


def _fitted(said: Voice, room_s: float, path: Path) -> Voice:
    """The voice in at most room_s, at the same pitch."""
    if said.duration_s <= room_s:
        return said
    samples = read_speech(said.path)
    quicker = at_speed(samples, said.duration_s / room_s)
    write_speech(path, quicker)
    share = len(quicker) / len(samples)
    words = tuple(SpokenWord(word.text, word.start_s * share, word.end_s * share) for word in said.words)
    return replace(said, path=path, duration_s=said.duration_s * share, words=words)


def _together(tries: Sequence[Made]) -> Made:
    notes = tuple(dict.fromkeys(note for made in tries for note in made.notes))
    return replace(tries[-1], cost_usd=sum((made.cost_usd for made in tries), Decimal(0)), notes=notes)
