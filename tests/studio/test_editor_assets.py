"""Media of one's own in an edit: brought, made to fit, used, undone, exported frame by frame, handed on; removed only where unused."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from models.media.audio_file import read_audio, write_wav
from models.media.image_file import write_image
from models.media.video_file import Encoding, VideoReader, VideoWriter
from pipelines.brief import read_brief
from studio.errors import InputRefused, NotFound, NotReady, NotYours
from studio.services.editor_assets import AssetTold
from studio.services.editor_uploads import EditorUploads
from studio.services.uploads import Uploads
from studio.store.database import connect
from studio.store.tables import Status
from tests.studio.editable_ad import FPS, SHOWN, SIZE, editable_ad
from tests.studio.three_step_ad import AdHouse, ad_house

BRIEF = read_brief("Create a luxury watch ad for Instagram", brand="Aurelia")


class Shop:
    """A house with a finished ad of Ada's in it."""

    def __init__(self, house: AdHouse) -> None:
        self.house = house
        self.uploads = EditorUploads(house.database, house.media, Uploads(house.database, house.media))
        self.ada, self.bob = (house.accounts.register(name, "correct horse").id for name in ("ada", "bob"))
        self.ad = house.generations.submit(self.ada, BRIEF)
        assert house.ended(self.ada, self.ad).ad.status is Status.COMPLETED

    def bring(self, path: Path, title: str = "", seconds: float = 5.0) -> AssetTold:
        with path.open("rb") as file:
            upload = self.uploads.take(self.ada, file, path.name)
        begun = self.house.editor_assets.bring(self.ada, self.ad, upload.id, title, seconds)
        self.house.ended(self.ada, begun.id)
        return self.house.editor_assets.one(self.ada, self.ad, begun.id)

    def act(self, *actions: dict[str, Any]) -> Any:
        draft = self.house.editor.open(self.ada, self.ad)
        return self.house.editor.act(self.ada, self.ad, draft.revision, actions)


@pytest.fixture(scope="module")
def shop(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder, per_hour=100, job=editable_ad) as house, house.working():
        yield Shop(house)
    database.close()


def own_film(path: Path) -> Path:
    with VideoWriter(path, *SIZE, FPS, Encoding("ultrafast", 6, gop=12)) as writer:
        for n in range(30):
            rgb = np.full((SIZE[1], SIZE[0], 3), (200, 190, 60), np.uint8)
            cv2.rectangle(rgb, (n * 5, 40), (n * 5 + 20, 90), (20, 20, 160), -1)
            writer.write_rgb(rgb)
    return path


def test_an_own_clip_is_put_between_two_and_exported_frame_by_frame(shop: Shop, tmp_path: Path) -> None:
    asset = shop.bring(own_film(tmp_path / "Shop window.mp4"))
    assert (asset.status, asset.kind, asset.title, asset.origin, asset.in_use) == ("ready", "clip", "Shop window", "upload", False)
    assert asset.asset is not None
    assert (asset.asset.n_frames, asset.asset.width) == (30, SIZE[0])
    third = shop.house.editor.open(shop.ada, shop.ad).edit.pieces[2].id
    put = {"action": "insert", "media": asset.name, "media_frames": 30, "frames": 30, "before": third, "label": asset.title}
    draft = shop.act(put)
    assert [piece.media == asset.name for piece in draft.edit.pieces] == [False, False, True, False, False]
    saved = shop.house.editor.save(shop.ada, shop.ad, draft.revision, "With our window")
    id = shop.house.exports.order(shop.ada, shop.ad, saved.revision, {})
    made = shop.house.ended(shop.ada, id).ad
    assert made.status is Status.COMPLETED, made.error_message
    media = shop.house.media
    with (
        media.local(media.find(made.video_id, owner_id=shop.ada)) as film,
        media.local(media.find(asset.asset.media_id, owner_id=shop.ada)) as own,
        VideoReader(film) as out,
        VideoReader(own) as source,
    ):
        assert out.n_frames == 4 * SHOWN + 30
        edges = [np.argmax((out.frame(2 * SHOWN + n)[65, :, 2].astype(int) - out.frame(2 * SHOWN + n)[65, :, 0]) > 40) for n in (0, 7, 21)]
        wanted = [np.argmax((source.frame(n)[65, :, 2].astype(int) - source.frame(n)[65, :, 0]) > 40) for n in (0, 7, 21)]
        assert edges == wanted, "the bar stands in every frame where it stood"
    with zipfile.ZipFile(shop.house.exports.hand_off(shop.ada, shop.ad, tmp_path)) as handed:
        assert asset.name in handed.namelist()
    with pytest.raises(NotReady, match="stays"):
        shop.house.editor_assets.remove(shop.ada, shop.ad, asset.id)
    opened = shop.house.editor.open_version(shop.ada, shop.ad, saved.revision, None)
    assert asset.name not in {piece.media for piece in opened.edit.pieces}
    back = shop.house.editor.open_version(shop.ada, shop.ad, opened.revision, opened.versions[-1].id)
    assert asset.name in {piece.media for piece in back.edit.pieces}


def test_a_picture_fills_a_gap_and_own_music_plays(shop: Shop, tmp_path: Path) -> None:
    picture = shop.bring(write_image(tmp_path / "a.png", np.full((90, 160, 3), 120, np.uint8)), "A <i>plain</i> wall", 2.5)
    tone = (0.1 * np.sin(np.arange(96_000) / 20))[:, None].repeat(2, axis=1).astype(np.float32)
    music = shop.bring(write_wav(tmp_path / "song.wav", tone))
    assert (picture.kind, picture.title, music.kind) == ("image", "A plain wall", "sound")
    assert picture.asset is not None
    assert music.asset is not None
    assert (picture.asset.n_frames, music.asset.n_frames) == (2.5 * FPS, 2 * FPS)
    first = shop.house.editor.open(shop.ada, shop.ad).edit.pieces[0].id
    draft = shop.act(
        {"action": "delete", "clips": [first]},
        {"action": "fill_gap", "clip": first, "media": picture.name, "media_frames": picture.asset.n_frames},
        {"action": "sound", "track": "music", "media": music.name, "media_frames": music.asset.n_frames},
    )
    assert (draft.edit.pieces[0].media, draft.edit.music.media) == (picture.name, music.name)
    with zipfile.ZipFile(shop.house.exports.hand_off(shop.ada, shop.ad, tmp_path)) as handed:
        assert {picture.name, music.name} <= set(handed.namelist())
        (tmp_path / "mix.wav").write_bytes(handed.read("mix.wav"))
    heard = read_audio(tmp_path / "mix.wav")
    assert np.abs(heard[24_000:72_000]).max() > 10 * np.abs(heard[100_000:-20_000]).max(), "the song ends after two seconds"
    assert {one.id for one in shop.house.editor_assets.of(shop.ada, shop.ad) if one.in_use} >= {picture.id, music.id}


def test_what_cannot_be_used_says_why_and_is_removed(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        shop.uploads.take(shop.ada, io.BytesIO(b"no media"), "x.mp4")
    whole = own_film(tmp_path / "a.mp4").read_bytes()
    at = whole.index(b"mdat") + 3000
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(whole[:at] + b"\xff" * 2500 + whole[at + 2500 :])
    asset = shop.bring(broken)
    assert (asset.status, asset.asset) == ("failed", None)
    assert "damaged" in asset.trouble or "cannot be read" in asset.trouble
    shop.house.editor_assets.remove(shop.ada, shop.ad, asset.id)
    with pytest.raises(NotFound):
        shop.house.editor_assets.one(shop.ada, shop.ad, asset.id)
    with pytest.raises(NotFound):
        shop.house.editor_assets.remove(shop.ada, shop.ad, asset.id)


def test_they_are_ones_own(shop: Shop, tmp_path: Path) -> None:
    with own_film(tmp_path / "a.mp4").open("rb") as file:
        upload = shop.uploads.take(shop.ada, file, "a.mp4")
    for ask in (
        lambda: shop.house.editor_assets.of(shop.bob, shop.ad),
        lambda: shop.house.editor_assets.bring(shop.bob, shop.ad, upload.id),
    ):
        with pytest.raises(NotYours):
            ask()
    with pytest.raises(InputRefused):
        shop.house.generations.submit(shop.ada, BRIEF, photo=upload.id)
