"""Captions: words timed to a voice or a reader, three ways of showing them, legible, in the safe zone and clear of the titles."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from models.asks import Made, SpokenWord
from models.media.audio_file import write_wav
from models.media.loudness import RATE
from pipelines import kernels
from pipelines.brief import read_brief
from pipelines.captions.layout import layout
from pipelines.colors import contrast
from pipelines.edl import Edl, Picture, Title, TitleLine
from pipelines.errors import BriefError, TimelineError
from pipelines.exports import at_rate
from pipelines.frame_keys import frame_keys
from pipelines.hints import read_hints
from pipelines.kernels import UNIT, Planes16
from pipelines.planner import plan_scenes
from pipelines.preflight import preflight_before
from pipelines.spec_writer import write_spec
from pipelines.voice_over import Spoken
from pipelines.word_captions.cue import Captioning, CaptionWord, Cue
from pipelines.word_captions.drawing import Captions
from pipelines.word_captions.heard import heard_words
from pipelines.word_captions.reading import QUICK
from pipelines.word_captions.scripts import captioned, spoken_cue
from pipelines.word_captions.setting import set_captions, visual_order
from pipelines.word_captions.styles import STYLES
from pipelines.word_captions.weights import syllables, words_of
from pipelines.yuv import yuv_to_rgb
from tests.voices import syllables as voiced

FPS = 24
LINE = "Time, well kept. Quietly, every day."


def said(*parts: tuple[float, float]) -> np.ndarray:
    """A voice that speaks in each (start, end) and rests between."""
    whole = np.zeros(round(parts[-1][1] * RATE), np.float32)
    for start, end in parts:
        a, b = round(start * RATE), round(end * RATE)
        whole[a:b] = voiced((b - a) / RATE, RATE)[: b - a] + 0.02
    return whole


def cue_of(text: str, start: int = 10, each: int = 8, timing: str = "reading") -> Cue:
    words = words_of(text)
    return Cue(start, each * len(words) + 12, tuple(CaptionWord(w, i * each, each) for i, w in enumerate(words)), timing, 1)  # type: ignore[arg-type]


def edl_of(style: str, *cues: Cue, titles: tuple[Title, ...] = (), color: str = "#FFFFFF", size: tuple[int, int] = (360, 640)) -> Edl:
    n = max((cue.end for cue in cues), default=0) + 24
    how = Captioning(style, "modern_grotesk", color, "#D4AF37", cues)
    safe = (0.075, 0.125, 0.125, 0.2)
    return Edl(*size, FPS, n, (Picture("", 0, n),), titles, safe=safe, captioning=how)


def grey(level: float, size: tuple[int, int] = (360, 640)) -> Planes16:
    w, h = size
    y = np.full((h, w), round((16 + 219 * level) * UNIT), np.uint16)
    half = np.full((h // 2, w // 2), 128 * UNIT, np.uint16)
    return y, half, half.copy()


def drawn(edl: Edl, frame: int, level: float = 0.0) -> np.ndarray:
    planes = grey(level)
    Captions(edl, set_captions(edl)).draw(planes, frame, kernels.load("plain"))
    return planes[0].astype(int) // UNIT


def test_words_lie_in_the_speech_and_marks_in_its_rests() -> None:
    spoken = [(0.0, 0.45), (0.75, 1.35), (1.75, 3.0)]  # "Time," rest "well kept." rest "Quietly every day."
    words = words_of("Time, well kept. Quietly every day.")
    found = heard_words(said(*spoken), words)
    assert [word.strip() for word in words] == ["Time,", "well", "kept.", "Quietly", "every", "day."]
    assert all(a < b for a, b in found)
    assert all(b <= c + 1e-9 for (_, b), (c, _) in pairwise(found))
    for (start, end), group in zip(spoken, (found[:1], found[1:3], found[3:]), strict=True):
        assert group[0][0] == pytest.approx(start, abs=0.08)
        assert group[-1][1] == pytest.approx(end, abs=0.08)


def test_a_voice_without_rests_is_shared_by_syllables() -> None:
    found = heard_words(said((0.0, 2.0)), words_of("It remembers everything"))
    lengths = [b - a for a, b in found]
    assert lengths[1] > 1.8 * lengths[0]
    assert sum(lengths) == pytest.approx(2.0, abs=0.1)
    assert [syllables(word) for word in ("Time,", "everything", "2030", "kept.", "水")] == [1, 4, 4, 1, 1]


@pytest.mark.parametrize(("told", "timing"), [(True, "measured"), (False, "estimated")])
def test_a_spoken_line_is_timed_by_its_model_where_it_tells_else_by_its_sound(tmp_path: Path, told: bool, timing: str) -> None:
    path = write_wav(tmp_path / "voice.wav", said((0.0, 0.5), (0.8, 1.5))[:, None])
    words = tuple(SpokenWord(w, a, b) for w, a, b in (("Time,", 0.0, 0.5), ("well", 0.8, 1.1), ("kept.", 1.1, 1.5)))
    spoken = Spoken(2, "Time, well kept.", 3.0, 1.5, path, Made("m"), words=words if told else ())
    cue = spoken_cue(spoken, FPS, 200)
    assert cue is not None
    cue.check()
    assert cue.timing == timing
    assert cue.start == 3 * FPS
    assert cue.words[1].start == pytest.approx(0.8 * FPS, abs=2)
    assert cue.words[-1].end == pytest.approx(1.5 * FPS, abs=2)
    assert spoken_cue(spoken, FPS, 3 * FPS + 2) is None  # not a frame for each word


@pytest.mark.parametrize("prompt", ["Create a luxury watch ad for Instagram", "30-second ad for our stain remover, 20% off", "A bakery ad"])
@pytest.mark.parametrize("framework", ["PAS", "BAB", "AIDA"])
def test_without_a_voice_a_script_is_read_after_the_headline_and_never_in_a_hurry(prompt: str, framework: str) -> None:
    brief = read_brief(prompt, framework=framework, captions="line", seed=3, short_side=360)
    draft = write_spec(brief, read_hints(prompt))
    plan = plan_scenes(draft, brief)
    found = captioned(plan, draft.spec)
    assert found.captioning.style == draft.spec.ad_specifications.captions == "line"
    cues = found.captioning.cues
    assert len(cues) + len(found.notes) >= len(plan.scenes) - 1  # a scene without one says so
    for cue in cues:
        cue.check()
        scene = plan.scenes[cue.scene - 1]
        assert cue.timing == "reading"
        assert scene.start < cue.start < cue.end < scene.start + scene.n_frames
        assert len(cue.words) / (cue.n_frames / FPS) <= QUICK
        said_in_type = {line.text for title in plan.titles for line in title.lines}
        assert cue.text not in said_in_type
        first = min((t for t in plan.titles if scene.start <= t.start < cue.end), key=lambda t: t.start)
        assert cue.start > first.start + 12  # the headline is read first


def test_what_stands_in_type_is_not_captioned_again() -> None:
    card = Title((TitleLine("Aurelia", "brand"), TitleLine("Keep yours.", "body"), TitleLine("See the watch", "cta")), 10, 60, "bottom")
    edl = edl_of("line", cue_of("Aurelia. Keep yours. See the watch."), titles=(card,))
    assert set_captions(edl).pages == ()
    some = set_captions(edl_of("line", cue_of("Aurelia. Handed on."), titles=(card,)))
    assert ["".join(f"{w.text} " for w in page.words).strip() for page in some.pages] == ["Handed on."]


@pytest.mark.parametrize("style", list(STYLES))
@pytest.mark.parametrize("position", ["top", "center", "bottom"])
def test_captions_stand_in_the_safe_zone_and_never_on_a_title(style: str, position: str) -> None:
    title = Title((TitleLine("Something else entirely stands here."),), 12, 80, position)  # type: ignore[arg-type]
    edl = edl_of(style, cue_of("A dial that is worth a second look, and then another one."), titles=(title,))
    placed = set_captions(edl)
    assert placed.pages
    assert placed.warnings == ()
    box = layout(title, edl.width, edl.height, edl.safe).box
    for page in placed.pages:
        left, top, right, bottom = page.box
        assert 0.125 * edl.width - 1 <= left < right <= (1 - 0.125) * edl.width + 1
        assert 0.125 * edl.height <= top < bottom <= 0.8 * edl.height
        assert bottom <= box[1] or top >= box[3]
    assert max(len(page.page.words) for page in placed.pages) <= (3 if style == "word" else 99)
    ends = [page.page.end for page in placed.pages]
    assert all(a <= b.page.start for a, b in zip(ends, placed.pages[1:], strict=False))
    assert not [f for f in preflight_before(edl).findings if f.rule in ("safe zone", "reading time") and "dial" in f.sentence]


def test_a_caption_that_has_no_room_says_so() -> None:
    title = Title(tuple(TitleLine("Words and more words, as many as go in", "headline") for _ in range(8)), 0, 90, "center")
    placed = set_captions(edl_of("word", cue_of("No room left"), titles=(title,)))
    assert placed.pages == ()
    assert "has no room" in placed.warnings[0]


@pytest.mark.parametrize("style", list(STYLES))
@pytest.mark.parametrize(("color", "level"), [("#FFFFFF", 1.0), ("#FFFFFF", 0.0), ("#101010", 0.0), ("#101010", 1.0)])
def test_every_style_is_legible_on_the_worst_picture_there_is(style: str, color: str, level: float) -> None:
    edl = edl_of(style, cue_of("Quietly kept"), color=color)
    page = set_captions(edl).pages[0]
    frame = page.page.end - 6 if style != "highlight" else page.page.start + 6  # while the first word is lit, the second is not
    word = page.words[-1]
    size = round(page.page.size)
    seen = drawn(edl, frame, level)[
        round(word.baseline) - round(0.5 * size) : round(word.baseline), round(word.x) : round(word.x + word.width)
    ]
    ink, behind = (np.percentile(seen, (99, 3)) if color == "#FFFFFF" else np.percentile(seen, (1, 97))).tolist()
    assert contrast(*(f"#{g:02X}{g:02X}{g:02X}" for g in (min(255, max(0, round((v - 16) * 255 / 219))) for v in (ink, behind)))) >= 4.4


def test_each_style_shows_words_when_they_are_said() -> None:
    line = cue_of("A dial worth it")
    quiet, large, lit = (edl_of(style, line) for style in ("line", "word", "highlight"))
    for edl in (quiet, large, lit):
        assert (drawn(edl, line.start - 1, 0.5) == drawn(edl, line.end, 0.5)).all()  # nothing before, nothing after
        assert np.ptp(drawn(edl, line.start + 6, 0.5)) > 100
    assert (drawn(quiet, line.start + 9, 0.5) == drawn(quiet, line.start + 20, 0.5)).all()  # a line stands still
    assert len(set_captions(large).pages) == 2  # "A dial", "worth it"
    change = set_captions(large).pages[1].page.start
    assert (drawn(large, change - 2, 0.5) != drawn(large, change + 5, 0.5)).any()
    planes = [grey(0.0) for _ in range(2)]
    one = Captions(lit, set_captions(lit))
    for frame, into in zip((line.start + 6, line.start + 2 * 8 + 6), planes, strict=True):
        one.draw(into, frame, kernels.load("plain"))
    middles = []
    for y, u, v in planes:
        rgb = yuv_to_rgb(*(plane.astype(np.float32) / UNIT for plane in (y, u.repeat(2, 0).repeat(2, 1), v.repeat(2, 0).repeat(2, 1))))
        gold = (rgb[..., 0] > 0.6) & (rgb[..., 2] < 0.45)
        assert gold.sum() > 50
        middles.append(np.flatnonzero(gold.any(0)).mean())
    assert middles[1] > middles[0] + 20  # what is lit has moved to the third word


def test_an_edit_knows_which_frames_a_caption_changes() -> None:
    was = edl_of("line", cue_of("A dial worth it", 40))
    now = replace(was, captioning=replace(was.captioning, cues=(cue_of("A dial worth keeping", 40),)))
    changed = [n for n, (a, b) in enumerate(zip(frame_keys(was), frame_keys(now), strict=True)) if a != b]
    assert changed == list(range(40, was.captioning.cues[0].end))
    off = replace(was, captioning=replace(was.captioning, style="off"))
    later = replace(off, captioning=replace(off.captioning, cues=()))
    assert frame_keys(off) == frame_keys(later)


def test_another_rate_keeps_every_word_in_its_order() -> None:
    edl = edl_of("word", cue_of(LINE, 30))
    now = at_rate(edl, 60).captioning.cues[0]
    now.check()
    assert now.text == LINE
    assert now.start == 75
    assert now.words[3].start / 60 == pytest.approx(edl.captioning.cues[0].words[3].start / 24, abs=0.02)
    assert Edl.from_json(edl.as_json()) == edl


def test_writing_from_the_right_and_writing_without_spaces() -> None:
    assert visual_order(["one", "two", "three"]) == [0, 1, 2]
    assert visual_order(["שלום", "עולם"]) == [1, 0]
    assert visual_order(["שלום", "New", "York", "עולם"]) == [3, 1, 2, 0]
    assert visual_order(["the", "שלום", "עולם", "sign"]) == [0, 2, 1, 3]
    assert words_of("時計は静か。") == ["時", "計", "は", "静", "か。"]


def test_captions_are_chosen_by_name() -> None:
    given = ("", None, "off", "Line", True, "WORD", "highlight")
    assert [read_brief("Luxury watch ad", captions=one).captions for one in given] == [
        "off",
        "off",
        "off",
        "line",
        "line",
        "word",
        "highlight",
    ]
    with pytest.raises(BriefError, match="There is no caption style") as caught:
        read_brief("Luxury watch ad", captions="subtitles")
    assert caught.value.field == "captions"
    edl = edl_of("line", cue_of("A dial", 10), cue_of("worth it", 12))
    with pytest.raises(TimelineError, match="over another"):
        edl.check()
