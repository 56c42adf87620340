"""Bad data is named, all of it, before anything is trained; good data becomes pictures, captions, crops and batches."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from lora_training import dataset, order
from lora_training.batches import Batches
from lora_training.buckets import buckets, crop_for, cut
from lora_training.cache import opened
from lora_training.errors import BadData, CannotResume, TrainingError
from lora_training.order import Order
from lora_training.recipe import Recipe
from models.backends import BackendConfig
from models.errors import AskRefused, DiskFull, ModelUnavailable

SMALL = Recipe(resolution=64, bucket_step=16)


@pytest.fixture
def folder(pictures: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pictures, tmp_path / "mine"))


def faults(folder: Path, **more: object) -> str:
    with pytest.raises(BadData) as caught:
        dataset.read(folder, "zrx watch", 64, 16, **more)  # type: ignore[arg-type]
    return str(caught.value)


def test_everything_wrong_is_named_at_once(folder: Path) -> None:
    (folder / "broken.png").write_bytes((folder / "0.png").read_bytes()[:60])
    (folder / "words.jpg").write_text("not a picture")
    Image.new("RGB", (90, 20)).save(folder / "tiny.png")
    shutil.copy(folder / "1.png", folder / "again.png")
    said = faults(folder)
    assert "4 things must be put right first" in said
    assert "broken.png cannot be opened" in said
    assert "words.jpg cannot be opened (it is no picture)" in said
    assert "tiny.png is 90 x 20" in said
    assert "again.png is the same picture as 1.png" in said


def test_pictures_of_a_kind_that_is_not_read_are_named_and_not_left_out(folder: Path) -> None:
    (folder / "IMG_0001.HEIC").write_bytes(b"as a telephone saves them")
    assert "IMG_0001.HEIC cannot be read here; save as JPEG or PNG" in faults(folder)


def test_too_few_pictures_and_no_folder(tmp_path: Path, pictures: Path) -> None:
    (tmp_path / "few").mkdir()
    shutil.copy(pictures / "0.png", tmp_path / "few")
    assert "1 usable picture; at least 3 are needed" in faults(tmp_path / "few")
    assert "is no folder" in faults(tmp_path / "nowhere")


def test_captions_are_taken_from_beside_the_picture_or_from_a_template(folder: Path) -> None:
    found = dataset.read(folder, "zrx watch", 64, 16)
    assert {picture.caption for picture in found.pictures} == {"a photo of zrx watch"}
    (folder / "0.txt").write_text("zrx watch\n on sand ")
    (folder / "1.txt").write_text("something else")
    said = faults(folder)
    assert "8 of 10 pictures have no caption (2.png, 3.png, 4.png, 5.png, 6.png and 3 more)" in said
    found = dataset.read(folder, "zrx watch", 64, 16, templates=["a {subject}", "the {subject}"])
    assert [picture.caption for picture in found.pictures][:4] == ["zrx watch on sand", "something else", "a zrx watch", "the zrx watch"]
    assert any('do not contain "zrx watch" (1.png)' in warning for warning in found.warnings)
    assert "does not say where the subject goes" in faults(folder, templates=["a watch"])
    (folder / "0.txt").write_text(" ")
    assert "captions of 0.png are empty" in faults(folder, templates=["a {subject}"])
    (folder / "0.txt").write_bytes(b"\xff\xfe\xfa")
    said = faults(folder, templates=["a {subject}"])
    assert "caption of 0.png cannot be read" in said
    assert "empty" not in said  # nobody knows that


def test_what_is_allowed_but_not_good_is_said(folder: Path) -> None:
    Image.new("RGB", (400, 64)).save(folder / "panorama.png")
    found = dataset.read(folder, "zrx watch", 96, 16)
    assert any("panorama.png are very long" in warning for warning in found.warnings)
    assert any("will be enlarged" in warning for warning in found.warnings)


def test_the_held_out_are_the_same_in_every_run_and_never_trained_on(folder: Path) -> None:
    first, again = (dataset.read(folder, "zrx watch", 64, 16, hold_out=0.2, seed=3) for _ in range(2))
    assert first == again
    assert len(first.held_out) == 2
    assert len(first.pictures) == 8
    assert not {p.sha256 for p in first.held_out} & {p.sha256 for p in first.pictures}


def test_pictures_are_looked_at_upright_and_on_white(tmp_path: Path) -> None:
    for number in range(3):
        picture = Image.new("RGBA", (64, 96), (255, 0, 0, 0 if number == 0 else 255))
        picture.putpixel((number, 0), (0, 0, 255, 255))
        exif = Image.Exif()
        exif[0x0112] = 6  # turned by a quarter
        picture.save(tmp_path / f"{number}.png", exif=exif)
    found = dataset.read(tmp_path, "zrx watch", 64, 16)
    assert [(p.width, p.height) for p in found.pictures] == [(96, 64)] * 3
    assert opened(found.pictures[0]).size == (96, 64)
    assert opened(found.pictures[0]).getpixel((50, 50)) == (255, 255, 255)
    assert opened(found.pictures[1]).getpixel((50, 50)) == (255, 0, 0)


def test_buckets_keep_area_and_shape() -> None:
    sizes = buckets(1024, 64)
    assert {(1024, 1024), (832, 1216), (768, 1344)} <= set(sizes)
    assert all(h % 64 == 0 and w % 64 == 0 and h * w <= 1024 * 1024 and 0.5 <= w / h <= 2 for h, w in sizes)
    for width, height in ((3000, 2000), (1000, 1000), (900, 1600), (5000, 500), (1023, 1025)):
        crop = crop_for(width, height, sizes)
        assert (crop.height, crop.width) in sizes
        assert crop.scaled_width >= crop.width
        assert crop.scaled_height >= crop.height
        assert cut(Image.new("RGB", (width, height)), crop).size == (crop.width, crop.height)
    square = crop_for(1000, 1000, sizes)
    assert (square.height, square.width) == (1024, 1024)


def test_an_epoch_shows_every_picture_once_and_batches_have_one_size() -> None:
    sizes = [(64, 64)] * 5 + [(64, 96)] * 3 + [(64, 64)] * 40
    made = Batches(sizes, [False] * 8 + [True] * 40, batch=1, seed=1)
    shown = Counter(item for number in range(16 * 5) for item in made.at(number))
    assert all(shown[item] == 5 for item in range(8))
    assert all(shown[item] == 1 for item in range(8, 48))  # 40 of the class, 8 an epoch, in turn
    pairs = Batches(sizes[:8], [False] * 8, batch=2, seed=1)
    for number in range(20):
        assert len({sizes[item] for item in pairs.at(number)}) == 1
        assert len(pairs.at(number)) == 2
    assert made.at(33) == Batches(sizes, [False] * 8 + [True] * 40, batch=1, seed=1).at(33)
    assert [made.at(n) for n in range(16)] != [made.at(n) for n in range(16, 32)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rank": 0}, "--rank must be at least 1"),
        ({"learning_rate": 0.0}, "--learning-rate must be above 0"),
        ({"caption_dropout": 1.0}, "--caption-dropout lies between 0 and 1"),
        ({"bucket_step": 20}, "--bucket-step is a multiple of 8"),
        ({"seed": -1}, "--seed lies between"),
        ({"min_snr": -1.0}, "--min-snr cannot be negative"),
    ],
)
def test_a_senseless_recipe_is_refused(change: dict[str, float], words: str) -> None:
    with pytest.raises(AskRefused, match=words):
        replace(Recipe(), **change).check()  # type: ignore[arg-type]


def test_what_else_keeps_a_training_from_beginning(pictures: Path, config: BackendConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    base = config.weights_dir / "base"
    base.mkdir(parents=True)
    (base / "model_index.json").write_text("{}")
    asked = Order(pictures, "zrx watch", "mine", str(base), SMALL)
    order.check(asked, config)
    for wrong, error, words in (
        (replace(asked, name="../escape"), AskRefused, "is no name"),
        (replace(asked, base="nobody/nothing"), AskRefused, "There is no model 'nobody/nothing'"),
        (replace(asked, base="product-studio/v1"), AskRefused, "not an SDXL"),
        (replace(asked, base="flux/schnell"), AskRefused, "not an SDXL"),  # rather than sent to download 34 GB first
        (replace(asked, recipe=replace(SMALL, optimiser="adamw8bit")), TrainingError, "it needs an NVIDIA card"),
        (replace(asked, resume=True), CannotResume, "nothing to go on from"),
        (replace(asked, prior_images=pictures), AskRefused, "--prior-prompt"),
        (replace(asked, subject=" "), BadData, "--subject is empty"),
    ):
        with pytest.raises(error, match=words):
            order.check(wrong, config)
    asked.home(config).mkdir(parents=True)
    (asked.home(config) / "mine.safetensors").write_bytes(b"")
    with pytest.raises(TrainingError, match="--resume it, --replace it, or choose another --out"):
        order.check(asked, config)
    with pytest.raises(DiskFull, match="GB are free"):
        order.check(replace(asked, name="other", recipe=replace(SMALL, keep=10**9)), config)


def test_missing_base_weights_are_said_with_the_command_that_fetches_them(
    pictures: Path, config: BackendConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models import catalog
    from models.catalog.row import ModelRow, Weights

    row = ModelRow("some/sdxl", ("image",), "none", "SDXL", "open", weights=Weights("some/sdxl", "main"), defaults={"family": "sdxl"})
    monkeypatch.setattr(catalog, "row", lambda name: {row.id: row}[name])
    with pytest.raises(ModelUnavailable, match="python -m models pull some/sdxl"):
        order.check(Order(pictures, "zrx watch", "mine", "some/sdxl", SMALL), config)
