"""A voice in the ad: what may be said when, made to fit, music stepping back, and an installation where nobody can speak."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from models.backends import BackendConfig
from models.catalog import CATALOG
from models.context import JobContext
from models.errors import ModelUnavailable
from models.media.audio_file import read_audio, write_wav
from models.media.loudness import RATE, decibels, integrated_lufs, true_peak_dbtp
from models.media.speech import at_speed, read_speech, trimmed, write_speech
from models.media.video_file import VideoReader
from models.runtime import Runtime
from pipelines.ad import Ad, make_ad
from pipelines.brief import read_brief
from pipelines.captions.breaking import polish
from pipelines.compose import compose
from pipelines.copywriter import writer
from pipelines.errors import BriefError
from pipelines.hints import read_hints
from pipelines.progress import DirectRun
from pipelines.recipe import read_recipe
from pipelines.soundtrack import mix
from pipelines.speaking import budget, shortened, spoken_of
from pipelines.timeline import conform, read_timeline
from pipelines.voice_over import FASTEST, Line, speak
from pipelines.word_captions.setting import set_captions
from tests.chat_server import ChatServer
from tests.plain_pictures import ROW as PLAIN
from tests.plain_pictures import PlainPictures
from tests.voices import speaking, syllables

PROMPT = "Create a luxury watch ad for Instagram"
SPOKEN = read_brief(PROMPT, voice="auto", captions="highlight", short_side=120, seed=7)


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    chat = ChatServer()
    chat.reply = speaking()
    yield chat
    chat.http.shutdown()
    chat.http.server_close()


@pytest.fixture(scope="module")
def runtime(server: ChatServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    keyed = {"openai_voice": "sk-test"}
    config = BackendConfig(tmp_path_factory.mktemp("cache"), keys=keyed, base_urls={"openai_voice": server.url})
    made = Runtime(config, catalog=(PLAIN, *CATALOG), _backends={"plain": PlainPictures()})
    yield made
    made.close()


@pytest.fixture(scope="module")
def ad(runtime: Runtime, tmp_path_factory: pytest.TempPathFactory) -> Ad:
    folder = tmp_path_factory.mktemp("spoken")
    return make_ad(SPOKEN, DirectRun(folder, runtime), folder / "ad.mp4")


def loudness(samples: np.ndarray, spans: list[tuple[float, float]]) -> float:
    return integrated_lufs(np.concatenate([samples[round(a * RATE) : round(b * RATE)] for a, b in spans]))


def test_somebody_speaks_in_the_finished_file(ad: Ad, server: ChatServer) -> None:
    assert [spoken.scene for spoken in ad.voices] == [scene.scene_number for scene in ad.spec.scenes]
    assert sorted(request["input"] for request in server.requests[: len(ad.voices)]) == sorted(scene.spoken for scene in ad.spec.scenes)
    samples = read_audio(ad.path)[: 15 * RATE]
    assert integrated_lufs(samples) == pytest.approx(-14, abs=1)
    assert true_peak_dbtp(samples) <= -0.9
    said = [spoken.span for spoken in ad.voices]
    between = [(end + 0.5, start - 0.2) for (_, end), (start, _) in pairwise(said) if start - end > 1.2]
    assert between
    assert loudness(samples, said) > loudness(samples, between) + 4  # the voice leads
    assert ad.plan is not None
    for spoken, scene in zip(ad.voices, ad.plan.scenes, strict=True):
        start, end = spoken.span
        assert scene.start / 24 < start < end < (scene.start + scene.n_frames) / 24  # never over a cut
    assert max(end for _, end in said) < ad.duration_s - 0.3


def test_what_is_told_of_it(ad: Ad) -> None:
    assert "openai/gpt-4o-mini-tts" in ad.models
    assert [note for note in ad.notes if "made by AI" in note]
    assert 0 < ad.cost_usd < 1
    voices = read_recipe(ad.path)["voices"]
    assert [(voice["text"], voice["model"], voice["made_by_ai"]) for voice in voices] == [
        (spoken.text, "openai/gpt-4o-mini-tts", True) for spoken in ad.voices
    ]
    assert [stage.name for stage in ad.stages][:3] == ["spec", "plan", "voice"]


def test_the_timeline_keeps_the_voice_where_it_is(ad: Ad) -> None:
    _, levels = conform(read_timeline(ad.timeline), ad.timeline.parent)
    assert [start for _, start in levels.voices] == pytest.approx([spoken.start_s for spoken in ad.voices], abs=1e-4)
    assert [Path(path) for path, _ in levels.voices] == [spoken.path for spoken in ad.voices]


def test_what_is_said_is_captioned_word_by_word(ad: Ad) -> None:
    edl, _ = conform(read_timeline(ad.timeline), ad.timeline.parent)
    assert edl.captioning.style == "highlight"
    assert [cue.scene for cue in edl.captioning.cues] == [spoken.scene for spoken in ad.voices]
    for cue, spoken in zip(edl.captioning.cues, ad.voices, strict=True):
        cue.check()
        assert (cue.timing, " ".join(cue.text.split())) == ("estimated", polish(spoken.text))
        first, last = cue.start + cue.words[0].start, cue.start + cue.words[-1].end
        assert spoken.start_s * edl.fps - 1 <= first < last <= (spoken.start_s + spoken.duration_s) * edl.fps + 1
    pages = set_captions(edl).pages
    assert pages
    at = next(page for page in pages if edl.titles[-1].start > page.page.start).page
    bare = compose(replace(edl, captioning=replace(edl.captioning, style="off")), ad.path.with_name("bare.mp4"), profile="draft").path
    with VideoReader(ad.path) as shown, VideoReader(bare) as plain:
        n = at.start + at.n_frames // 2
        differs = np.abs(shown.frame(n).astype(int) - plain.frame(n)).max(-1) > 40
    box = next(page for page in pages if page.page is at).box
    rows, columns = (np.flatnonzero(differs.any(axis)) for axis in (1, 0))
    size = at.size
    assert len(rows)
    assert box[1] - 1.5 * size <= rows[0] <= rows[-1] <= box[3] + 1.5 * size
    assert box[0] - 1.5 * size <= columns[0] <= columns[-1] <= box[2] + 1.5 * size


def test_music_steps_back_under_a_voice_and_the_voice_stands_out(tmp_path: Path) -> None:
    t = np.arange(6 * RATE) / RATE
    hum = np.repeat((0.1 * np.sin(2 * np.pi * 3000 * t))[:, None], 2, axis=1).astype(np.float32)
    music = write_wav(tmp_path / "music.wav", hum)
    quiet = write_speech(tmp_path / "voice.wav", syllables(2.0, RATE, level=0.01))
    mixed = mix(music, None, 6.0, voices=[(quiet, 2.0)])

    def hum_level(start: float, end: float) -> float:
        piece = mixed[round(start * RATE) : round(end * RATE), 0]
        at = np.arange(len(piece)) / RATE
        return decibels(2 * abs(np.mean(piece * np.exp(-2j * np.pi * 3000 * at))))

    assert hum_level(2.2, 3.8) - hum_level(0.3, 1.7) == pytest.approx(-9, abs=1.5)
    assert integrated_lufs(mixed) == pytest.approx(-14, abs=0.1)
    assert loudness(mixed, [(2.0, 4.0)]) - loudness(mixed, [(0.2, 1.7)]) > 6


@pytest.mark.parametrize(
    ("pace", "room_s", "text"),
    [(15, 4.0, "Time, well kept. Quietly."), (15, 1.55, "Time, well kept. Quietly."), (15, 1.1, "Time, well kept."), (15, 0.1, "")],
)
def test_a_line_is_made_to_fit_and_never_cut_off(
    runtime: Runtime, server: ChatServer, tmp_path: Path, pace: float, room_s: float, text: str
) -> None:
    server.reply, before = speaking(pace), len(server.requests)
    spoken = speak(Line(2, "Time, well kept. Quietly.", 1.0, room_s), SPOKEN, runtime, JobContext(tmp_path))
    assert spoken.text == text
    assert spoken.duration_s <= room_s + 1e-3
    assert len(server.requests) - before <= 2
    if not text:
        assert spoken.path is None
        assert "left out" in spoken.notes[0]
        return
    assert spoken.path is not None
    samples = read_speech(spoken.path)
    assert len(samples) / RATE == pytest.approx(spoken.duration_s, abs=1e-3)
    assert decibels(float(np.abs(samples[-48:]).max())) < -20  # it ends softly
    assert bool(spoken.notes) == (text != "Time, well kept. Quietly.")
    assert spoken.made.cost_usd > 0


def test_faster_speech_keeps_its_pitch() -> None:
    said = trimmed(syllables(2.0, RATE))
    fast = at_speed(said, FASTEST)
    assert len(said) / len(fast) == pytest.approx(FASTEST, rel=0.01)
    pitch = [np.fft.rfftfreq(len(x), 1 / RATE)[np.argmax(np.abs(np.fft.rfft(x)))] for x in (said, fast)]
    assert pitch[1] == pytest.approx(pitch[0], rel=0.03)
    assert np.abs(fast).max() == pytest.approx(np.abs(said).max(), rel=0.15)


def test_where_nobody_can_speak_the_ad_says_what_to_do(tmp_path: Path) -> None:
    mute = Runtime(BackendConfig(tmp_path / "cache"))
    with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY") as caught:
        make_ad(SPOKEN, DirectRun(tmp_path, mute), tmp_path / "ad.mp4")
    assert "leave the voice-over off" in str(caught.value)
    assert not (tmp_path / "ad.mp4").exists()


def test_the_voice_is_chosen_by_name() -> None:
    assert [read_brief(PROMPT, voice=said).voice for said in (None, "", "off", "Auto", "on", "Sage")] == [
        "off",
        "off",
        "off",
        "auto",
        "auto",
        "sage",
    ]
    with pytest.raises(BriefError, match="There is no voice") as caught:
        read_brief(PROMPT, voice="Morgan")
    assert caught.value.field == "voice"


@pytest.mark.parametrize("prompt", [PROMPT, "30-second ad for our stain remover, 20% off this week", "A one minute fitness app ad"])
@pytest.mark.parametrize("framework", ["PAS", "BAB", "AIDA"])
def test_the_built_in_copywriter_speaks_within_its_scenes(prompt: str, framework: str) -> None:
    brief = read_brief(prompt, framework=framework, voice="auto")
    spec = writer.write(brief, read_hints(prompt))
    assert all(0 < len(scene.spoken) <= budget(scene.duration_seconds) for scene in spec.scenes)
    for scene in spec.scenes[:-1]:  # beside the headline, never the headline again
        assert scene.text_overlay is not None
        assert scene.spoken not in scene.text_overlay.text.replace("\n", " ")
    assert spec.brand_guidelines.brand_name in spec.scenes[-1].spoken
    silent = writer.write(brief.model_copy(update={"voice": "off"}), read_hints(prompt))
    assert silent.scenes == spec.scenes  # the same script, for captions later


def test_a_line_is_shortened_between_thoughts_only() -> None:
    text = "Time, well kept. Every day, every hour."
    assert shortened(text, 60) == text
    assert shortened(text, 30) == "Time, well kept. Every day."
    assert shortened(text, 20) == "Time, well kept."
    assert shortened(text, 6) == "Time."
    assert shortened(text, 3) == ""
    assert spoken_of(["Aurelia", "Time, well kept"], 40) == "Aurelia. Time, well kept."
    assert spoken_of(["Aurelia", "Time, well kept"], 12) == "Aurelia."
