"""A take bears where it comes from, as ads do; what cannot be signed is kept all the same, and says why."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from models.asks import Clip, Made
from pipelines.credentials import Credentials, Signer, read
from studio.jobs.takes_job import Take
from studio.services.learned_weights import LearnedWeights
from studio.services.provenance_keys import anchors_of, signer_of
from studio.services.take_measures import Measures
from studio.services.takes_keeper import TakesKeeper
from studio.settings import Settings
from studio.store.tables import HeroFrame, MediaFile, VideoAttempt
from tests.studio.quick_ads import tiny_ad
from tests.studio.takes_house import a_frame, asked, house, lite, person
from tests.studio.three_step_ad import AdHouse

__all__ = ["house", "lite"]
MADE = Made("plain/film", seed=3, cost_usd=Decimal("0.02"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return Settings(_env_file=None, data_dir=tmp_path / "data")  # type: ignore[call-arg]


def delivered(
    house: AdHouse, settings: Settings, folder: Path, signer: Callable[[], Signer | None], model: str
) -> tuple[str, Credentials | None]:
    """How signing went by the take's row, and what the film that was kept bears."""
    user = person(house)
    frame = a_frame(house, user)
    with house.database.writing() as session:
        session.get_one(HeroFrame, frame).model = model
    ordered = house.takes.submit(user, asked(frame, 1))
    film = tiny_ad(folder / "take", "take")
    before = film.path.read_bytes()
    clip = Clip(film.path, film.width, film.height, film.n_frames, 12, MADE)
    keeper = TakesKeeper(house.database, house.media, LearnedWeights(house.database), signer=signer)
    id = keeper.deliver(ordered.generation_id, 0, Take(clip, film.poster, Measures("", ()), "a watch", "push_in", 1.0, 0))
    assert film.path.read_bytes() == before, "what steps may read again stays as it was"
    with house.database.reading() as session:
        row = session.get_one(VideoAttempt, id)
        assert row.made is not None
        assert row.video_id is not None
        state, file = row.made["credentials"]["state"], session.get_one(MediaFile, row.video_id)
    with house.media.local(file) as kept:
        return state, read(kept, anchors_of(settings) if state == "signed" else b"")


@pytest.mark.parametrize(
    ("still", "origin"), [("plain/v1", "trainedAlgorithmicMedia"), ("", "compositeSynthetic"), ("product-studio/v1", "compositeSynthetic")]
)
def test_it_says_where_its_picture_and_its_movement_come_from(
    house: AdHouse, settings: Settings, tmp_path: Path, still: str, origin: str
) -> None:
    state, found = delivered(house, settings, tmp_path, lambda: signer_of(settings), still)
    assert state == "signed"
    assert found is not None
    assert (found.whole, found.trusted, found.development) == (True, True, True)
    assert (found.actions, found.origin) == (("c2pa.created",), origin)


def test_what_cannot_be_signed_is_kept(house: AdHouse, settings: Settings, tmp_path: Path) -> None:
    bad = Signer(b"no certificate", b"no key", "es256", False)
    assert delivered(house, settings, tmp_path, lambda: bad, "plain/v1") == ("failed", None)
