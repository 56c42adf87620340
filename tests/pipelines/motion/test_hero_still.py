"""A take begins at the hero frame's own photograph where it can be taken again, and says so where not."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from models.asks import ImageAsk, Made, Still
from models.context import JobContext
from models.errors import Cancelled, ModelFailed
from models.media.image_file import write_image
from pipelines.identity import STUDIO
from pipelines.motion.hero_still import NOT_AGAIN, still_of

ASK = ImageAsk("a watch", 64, 96, seed=5)


def picture(folder: Path, name: str, light: int = 0, noise: float = 0.0) -> Path:
    ramp = np.add.outer(np.arange(96), np.arange(64))[..., None] + np.zeros(3) + light
    grain = np.random.default_rng(len(name)).normal(0, noise, ramp.shape)
    return write_image(folder / name, np.clip(ramp + grain, 0, 255).astype(np.uint8))


@dataclass
class Again:
    """A runtime whose studio takes the photograph again: as `made`, or not at all."""

    made: Path | Exception
    asked: int = 0

    def image(self, ask: ImageAsk, job: JobContext, model: str) -> Still:
        self.asked += 1
        if isinstance(self.made, Exception):
            raise self.made
        return Still(self.made, 64, 96, Made(model, ask.seed), {"layers": self.made})


def test_the_same_photograph_comes_with_its_depth(tmp_path: Path) -> None:
    runtime = Again(picture(tmp_path, "again.png", noise=3.0))
    still = still_of(picture(tmp_path, "hero.png"), STUDIO, ASK, runtime, JobContext(tmp_path), STUDIO)  # type: ignore[arg-type]
    assert "layers" in still.extras
    assert still.made.notes == ()


@pytest.mark.parametrize("made", ["brighter", "broken"])
def test_another_photograph_is_not_passed_off_as_the_frame(tmp_path: Path, made: str) -> None:
    runtime = Again(picture(tmp_path, "other.png", light=40) if made == "brighter" else ModelFailed("no renderer"))
    hero = picture(tmp_path, "hero.png")
    still = still_of(hero, STUDIO, ASK, runtime, JobContext(tmp_path), STUDIO)  # type: ignore[arg-type]
    assert (still.path, still.width, still.height, still.extras) == (hero, 64, 96, {})
    assert still.made.notes[0].startswith(NOT_AGAIN)


def test_pictures_of_others_and_for_others_are_taken_as_they_are(tmp_path: Path) -> None:
    runtime = Again(picture(tmp_path, "again.png"))
    hero = picture(tmp_path, "hero.png")
    for by, ask, model in (("hosted", ASK, STUDIO), (STUDIO, ASK, "hosted"), (STUDIO, None, STUDIO)):
        still = still_of(hero, by, ask, runtime, JobContext(tmp_path), model)  # type: ignore[arg-type]
        assert (still.path, still.made.notes) == (hero, ())
    assert runtime.asked == 0
    small = still_of(picture(tmp_path, "hero2.png"), STUDIO, replace(ASK, seed=6), runtime, JobContext(tmp_path), STUDIO)  # type: ignore[arg-type]
    assert "layers" in small.extras


def test_stopping_is_no_failure(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        still_of(
            picture(tmp_path, "hero.png"),
            STUDIO,
            ASK,
            Again(Cancelled("Cancelled.")),  # type: ignore[arg-type]
            JobContext(tmp_path),
            STUDIO,
        )
