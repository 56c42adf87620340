"""The main path with its slow ends cut off: real words, plans and shots; silence for sound, and a tiny film for the finished one."""

from pathlib import Path

import numpy as np
import pytest

from models.asks import Made, Sound
from models.media.audio_file import write_wav
from pipelines import ad as main_path
from pipelines.compose import Composed
from pipelines.edl import Edl
from pipelines.progress import Tools
from pipelines.scene_plan import ScenePlan
from pipelines.timeline import AudioMix
from studio.jobs import ad_job
from tests.studio.quick_ads import tiny_ad
from tests.studio.some_quality import SOME_QUALITY


def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """For workers of this process that take steps out of "tests" as well."""
    monkeypatch.setattr(main_path, "make_sound", silence)
    monkeypatch.setattr(main_path, "mix_soundtrack", no_mix)
    monkeypatch.setattr(main_path, "finish", tiny_film)
    monkeypatch.setattr(ad_job, "check_ad", no_look)


def silence(tools: Tools, plan: ScenePlan, models: dict[str, str], speech_s: tuple[tuple[float, float], ...] = ()) -> Sound:
    music = tools.workdir / "silence.wav"
    write_wav(music, np.zeros((round(plan.duration_s * 48_000), 2), np.float32))
    return Sound(music, None, plan.duration_s, 90.0, "C", Made("silence"))


def no_mix(tools: Tools, edl: Edl, levels: AudioMix) -> Path:
    return Path(levels.music or "")


def tiny_film(tools: Tools, edl: Edl, plan: ScenePlan, recipe: str, out: Path) -> Composed:
    made = tiny_ad(out.parent, out.stem)
    return Composed(made.path, made.poster, made.n_frames, made.duration_s, None, None, 0.1, 0.1, ())


def no_look(tools: Tools, film: Path, timeline: Path, plan: ScenePlan) -> dict[str, object]:
    return SOME_QUALITY
