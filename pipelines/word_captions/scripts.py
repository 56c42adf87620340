"""From an ad's script to its cues: of every line that is spoken, from its voice; where nobody speaks, of every scene, at a reader's pace.

It reads voices; it draws nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.media.loudness import RATE
from models.media.speech import Mono, read_speech
from pipelines.captions.breaking import polish
from pipelines.scene_plan import Scene, ScenePlan
from pipelines.spec import AdSpec
from pipelines.voice_over import FADE_S, Spoken
from pipelines.word_captions.cue import OFF, Captioning, Cue, Timing
from pipelines.word_captions.heard import heard_words
from pipelines.word_captions.lines import LINGER_S, Stretch, read_cue, timed
from pipelines.word_captions.otio_track import Script
from pipelines.word_captions.weights import words_of


@dataclass(frozen=True)
class Captioned:
    """cues: in order. notes: sentences about what has no caption."""

    captioning: Captioning
    notes: tuple[str, ...] = ()


def captioned(plan: ScenePlan, spec: AdSpec, voices: Sequence[Spoken] = (), voiced: bool = False) -> Captioned:
    """The captions of an ad, in the style that its spec asks for and in the type and colours of its titles. voiced: somebody was asked to
    speak, so that what nobody says has no caption; else there are none unless they are asked for: they are laid into the edit as it is by
    then (pipelines.editing). Raises MediaError for a voice that cannot be read."""
    notes: list[str] = []
    cues: list[Cue] = []
    if voiced:
        cues = _spoken(plan, voices)
    else:
        for scene, text in script_of(spec) if spec.ad_specifications.captions != OFF else ():
            cue, why_not = read_cue(text, _stretch(plan, plan.scenes[scene - 1]), plan.titles, plan.fps)
            cues += [cue] if cue else []
            notes += [why_not] if why_not else []
    first = plan.titles[0] if plan.titles else None
    type_, color, accent = (first.style, first.color, first.accent) if first else ("modern_grotesk", "#FFFFFF", "#FFFFFF")
    return Captioned(Captioning(spec.ad_specifications.captions, type_, color, accent, tuple(cues)), tuple(notes))


def script_of(spec: AdSpec) -> Script:
    """What a narrator would say in each scene; not in the last one, whose end card says all of it."""
    return tuple((scene.scene_number, scene.spoken) for scene in spec.scenes[:-1] if scene.spoken)


def _stretch(plan: ScenePlan, scene: Scene) -> Stretch:
    after = next((other.shots[0].transition_frames for other in plan.scenes if other.start == scene.start + scene.n_frames), 0)
    return Stretch(scene.number, scene.start, scene.n_frames, scene.shots[0].transition_frames, after)


def _spoken(plan: ScenePlan, voices: Sequence[Spoken]) -> list[Cue]:
    """Each line from its first word to a little after its last, and gone before the next line or the film's end."""
    said = sorted((one for one in voices if one.path and one.text.strip()), key=lambda one: one.start_s)
    film = round((plan.duration_s - FADE_S / 2) * plan.fps)
    cues: list[Cue] = []
    for i, spoken in enumerate(said):
        end = min(film, round(said[i + 1].start_s * plan.fps) if i + 1 < len(said) else film)
        cue = spoken_cue(spoken, plan.fps, end)
        if cue:
            cues.append(cue)
    return cues


def spoken_cue(spoken: Spoken, fps: int, latest: int) -> Cue | None:
    """The cue of one spoken line, over before frame `latest`; None where it cannot be there a frame for each word."""
    assert spoken.path is not None
    timing: Timing = "measured" if spoken.words else "estimated"
    words = words_of(polish(spoken.text))
    told = [(one.start_s, one.end_s) for one in spoken.words]
    if len(told) != len(words):  # a model may count words in another way than a typesetter
        timing, told = "estimated", heard_words(_voice(spoken), words)
    start = round(spoken.start_s * fps)
    end = min(latest, round((spoken.start_s + told[-1][1] + LINGER_S) * fps))
    return timed(words, [(start + a * fps, start + b * fps) for a, b in told], start, end, timing, spoken.scene)


def _voice(spoken: Spoken) -> Mono:
    assert spoken.path is not None
    return read_speech(spoken.path)[: round(spoken.duration_s * RATE)]
