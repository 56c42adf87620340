"""From an ad's script to its cues: of every line that is spoken, from its voice; where nobody speaks, of every scene, at a reader's pace.

    scene     |------------------------------|
    headline    [= You came. You left. =]          is read first
    caption                  [ Nice to meet you. ]   in what time is left; without enough of it, shorter, or not at all

It reads voices; it draws nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.media.loudness import RATE
from models.media.speech import Mono, read_speech
from pipelines.captions.breaking import polish
from pipelines.edl import Title
from pipelines.scene_plan import Scene, ScenePlan
from pipelines.spec import AdSpec
from pipelines.titling import SEEN, TAIL_FRAMES
from pipelines.voice_over import FADE_S, Spoken
from pipelines.word_captions.cue import Captioning, CaptionWord, Cue, Timing
from pipelines.word_captions.heard import heard_words
from pipelines.word_captions.pages import stands_in_type
from pipelines.word_captions.reading import FOUND_S, QUICK, needed_s, read_words
from pipelines.word_captions.weights import ends_a_sentence, words_of

LINGER_S = 0.35
"""After its last word a spoken line stays this long, where there is time."""

STAYS_S = 1.0
"""The same where nobody speaks."""

AFTER_CUT_FRAMES = 4


@dataclass(frozen=True)
class Captioned:
    """cues: in order. notes: sentences about what has no caption."""

    captioning: Captioning
    notes: tuple[str, ...] = ()


def captioned(plan: ScenePlan, spec: AdSpec, voices: Sequence[Spoken] = (), voiced: bool = False) -> Captioned:
    """The captions of an ad, in the style that its spec asks for and in the type and colours of its titles. voiced: somebody was asked to
    speak, so that what nobody says has no caption. Raises MediaError for a voice that cannot be read."""
    notes: list[str] = []
    if voiced:
        cues = _spoken(plan, voices)
    else:
        read = zip(plan.scenes[:-1], spec.scenes[:-1], strict=True)  # the end card says all that the last line does
        found = [_read(plan, scene, said.spoken, notes) for scene, said in read if said.spoken]
        cues = [cue for cue in found if cue]
    first = plan.titles[0] if plan.titles else None
    type_, color, accent = (first.style, first.color, first.accent) if first else ("modern_grotesk", "#FFFFFF", "#FFFFFF")
    return Captioned(Captioning(spec.ad_specifications.captions, type_, color, accent, tuple(cues)), tuple(notes))


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
    return _timed(words, [(start + a * fps, start + b * fps) for a, b in told], start, end, timing, spoken.scene)


def _voice(spoken: Spoken) -> Mono:
    assert spoken.path is not None
    return read_speech(spoken.path)[: round(spoken.duration_s * RATE)]


def _read(plan: ScenePlan, scene: Scene, text: str, notes: list[str]) -> Cue | None:
    """The cue of a scene in which nobody speaks."""
    start, end = _free(plan, scene)
    room_s = (end - start) / plan.fps
    text = _not_in_type(polish(text), [title for title in plan.titles if title.start < end and title.start + title.n_frames > start])
    if not text:
        return None
    whole, sentences = text, _sentences(text)
    while sentences and needed_s(len(words_of("".join(sentences)))) > room_s:
        sentences.pop()
    text = "".join(sentences).strip()
    if not text:
        notes.append(f"Scene {scene.number} has no time to read “{whole}” beside its headline, so it has no caption.")
        return None
    words = words_of(text)
    told = read_words(words, room_s - FOUND_S)
    stays = min(end, start + round((told[-1][1] + FOUND_S + STAYS_S) * plan.fps))
    return _timed(words, [(start + a * plan.fps, start + b * plan.fps) for a, b in told], start, stays, "reading", scene.number)


def _free(plan: ScenePlan, scene: Scene) -> tuple[int, int]:
    """(first, end) frames of a scene in which a caption is read: after its headline, and before the next picture comes."""
    first = scene.shots[0]
    start, end = scene.start + first.transition_frames // 2 + AFTER_CUT_FRAMES, scene.start + scene.n_frames
    following = next((other.shots[0].transition_frames for other in plan.scenes if other.start == end), 0)
    for title in plan.titles:
        words = sum(len(line.text.split()) for line in title.lines if line.role not in SEEN)
        if scene.start <= title.start < end and title.start <= start + AFTER_CUT_FRAMES:
            start = max(start, title.start + round((FOUND_S + words / QUICK) * plan.fps))
    return start, end - following // 2 - TAIL_FRAMES


def _not_in_type(text: str, titles: Sequence[Title]) -> str:
    """`text` without the sentences that its scene shows as type."""
    return "".join(sentence for sentence in _sentences(text) if not stands_in_type(sentence, titles)).strip()


def _sentences(text: str) -> list[str]:
    """Each with the space after it."""
    found = [""]
    for word in words_of(text):
        found[-1] += word
        if ends_a_sentence(word):
            found.append("")
    return [sentence for sentence in found if sentence]


def _timed(words: list[str], told: list[tuple[float, float]], start: int, end: int, timing: Timing, scene: int) -> Cue | None:
    """Whole frames. told: (start, end) of each word, in frames of the film."""
    if end - start < len(words):
        return None
    at, timed = 0, []
    for i, (word, (begin, stop)) in enumerate(zip(words, told, strict=True)):
        left = len(words) - i
        first = min(max(at, round(begin) - start), end - start - left)
        last = min(max(first + 1, round(stop) - start), end - start - left + 1)
        timed.append(CaptionWord(word, first, last - first))
        at = last
    return Cue(start, end - start, tuple(timed), timing, scene)
