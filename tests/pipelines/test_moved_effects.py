"""Effects after an edit: a hit sits on its cut wherever that is now, what did not move sounds as it did, and what cannot follow is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import opentimelineio as otio
import pytest

from models.backends.sound_studio.moved import moved_effects
from models.errors import Cancelled
from models.media.audio_file import read_audio
from models.media.loudness import RATE
from pipelines.editing import apply, edit_of
from pipelines.moved_effects import Moments, follow_cuts, makes_effects, moments
from pipelines.plan_as_cut import plan_as_cut
from pipelines.timeline import conform, read_timeline, write_timeline
from tests.pipelines.editing.edits import roomy
from tests.pipelines.test_timeline import small_plan

PLAN = replace(small_plan(), mood="cinematic")
STUDIO = "sound-studio/v1"
TOOLS: Any = SimpleNamespace(check=lambda: None)


def edited(*actions: dict[str, Any]) -> otio.schema.Timeline:
    timeline = roomy()
    for action in actions:
        timeline = apply(timeline, action)
    return timeline


@pytest.fixture
def follow(tmp_path: Path) -> Callable[..., Any]:
    def followed(*actions: dict[str, Any], model: str = STUDIO, tools: Any = TOOLS) -> Any:
        write_timeline(roomy(), tmp_path / "timeline.otio")
        write_timeline(edited(*actions), tmp_path / "edited.otio")
        return follow_cuts(tools, tmp_path / "edited.otio", tmp_path / "timeline.otio", PLAN, model)

    return followed


def heard_at_s(sound: np.ndarray, of: np.ndarray, at_s: float) -> float:
    """When `sound` has what `of` has from `at_s` on, for half a second: where the two agree best, to the sample."""
    first, n = round(at_s * RATE), RATE // 2
    wanted, there = of[first : first + n].mean(axis=1), sound[first - n : first + 2 * n].mean(axis=1)
    size = len(there) + n
    alike = np.fft.irfft(np.fft.rfft(there, size) * np.conj(np.fft.rfft(wanted, size)), size)[: len(there) - n]
    return (first - n + int(np.argmax(alike))) / RATE


def hits(sound: np.ndarray, at_s: float) -> bool:
    """Whether the low end of a hit begins there: much louder for a tenth of a second than before it."""
    at, low = round(at_s * RATE), np.convolve(sound.mean(axis=1), np.ones(240) / 240, "same")
    return float((low[at : at + 4800] ** 2).mean()) > 4 * float((low[at - 4800 : at] ** 2).mean())


TRIM = {"action": "trim", "clip": "2a", "edge": "tail", "by": -10}


def test_after_a_trim_the_hit_sits_on_the_cut(follow: Callable[..., Any]) -> None:
    done = follow(TRIM)
    assert done.notes == ()
    _, mix = conform(read_timeline(done.timeline), done.timeline.parent)
    now, ask = read_audio(Path(mix.effects)), (48 / 24, 84 / 24, 120 / 24)
    made = moved_effects(_asked(), 180 / 24, ask, 48 / 24, 120 / 24)
    assert len(now) == 170 * RATE // 24
    assert heard_at_s(now, made, 120 / 24) == pytest.approx(110 / 24, abs=0.002), "the end card begins ten frames earlier"
    assert heard_at_s(now, made, 84 / 24) == pytest.approx(74 / 24, abs=0.002)
    assert hits(now, 110 / 24)
    assert not hits(now, 120 / 24), "nothing is left at the old place"
    assert np.abs(now[: RATE * 5 // 2] - made[: RATE * 5 // 2]).max() < 1e-3, "the hit on the cut that stayed is the same one"
    was, edit = edit_of(roomy()), edit_of(read_timeline(done.timeline))
    assert edit.music is not None
    assert (edit.music, edit.settings["bpm"]) == (was.music, was.settings["bpm"]), "the music is not touched"


def _asked() -> Any:
    from models.asks import SoundAsk

    return SoundAsk(PLAN.mood, 7.5, (2.0, 3.5, 5.0), 2.0, 5.0, PLAN.seed, bpm=PLAN.bpm)


def test_where_no_cut_moved_nothing_is_made(follow: Callable[..., Any], tmp_path: Path) -> None:
    for actions in (
        [{"action": "slip", "clip": "2a", "by": 3}],
        [{"action": "split", "clip": "3", "at": 20}],
        [{"action": "look", "clip": "1", "to": "flat_cool"}, {"action": "grade", "to": "eco"}],
        [TRIM, {"action": "volume", "track": "effects", "to": 0.0}],
        [TRIM, {"action": "sound", "track": "effects", "media": None}],
    ):
        assert follow(*actions) == follow()
        assert follow(*actions).timeline == tmp_path / "edited.otio"


def test_what_does_not_follow_is_said(follow: Callable[..., Any]) -> None:
    assert "made by somebody/else and stay" in follow(TRIM, model="somebody/else").notes[0]
    assert "a model that is not known" in follow(TRIM, model="").notes[0]
    own = {"action": "sound", "media": "own/rain.wav", "media_frames": 200}
    assert "your own file" in follow(TRIM, own | {"track": "effects"}).notes[0]
    assert "keep the key" in follow(TRIM, own | {"track": "music"}).notes[0]
    short = own | {"track": "music", "media_frames": 100}
    assert follow(short).notes == ("The film is 3.33 s longer than its music; its end is without.",)
    assert makes_effects(STUDIO)
    assert not makes_effects("product-studio/v1")


def test_moments_are_where_a_picture_begins() -> None:
    assert moments(edit_of(roomy()), PLAN) == Moments((48, 84, 120), 48, 120)
    gap = edit_of(edited({"action": "delete", "clips": ["2b"]}))
    assert moments(gap, PLAN) == Moments((48, 120), 48, 120), "into black it is quiet"
    gone = edit_of(edited({"action": "ripple_delete", "clips": ["2a"]}))
    assert moments(gone, PLAN) == Moments((48, 84), None, 84)
    moved = edit_of(edited({"action": "move", "clip": "2a", "before": "1"}))
    assert moments(moved, PLAN).hero == plan_as_cut(PLAN, moved).hero_frame == 0


def test_it_stops_when_told(follow: Callable[..., Any]) -> None:
    def stop() -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        follow(TRIM, tools=SimpleNamespace(check=stop))
