"""A loopback Replicate, a backend that talks to it without long pauses, and small films and pictures for it to give."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models import runtime as runtime_module
from models.asks import ImageAsk, Made, Still, VideoAsk
from models.backends import BackendConfig
from models.backends.replicate import api, orders, outcome
from models.catalog import ModelRow
from models.catalog.hosted import Hosted
from models.context import JobContext
from models.media.video_file import VideoWriter
from models.runtime import Runtime
from tests.models.replicate.shop import TOKEN, File, Shop

CLIP_ROW = ModelRow(
    id="replicate/film",
    kinds=("video",),
    backend="replicate",
    title="Film",
    licence="terms",
    price_per_second=Decimal("0.02"),
    durations_s=(1, 2, 4),
    traceable=True,
    defaults={
        "provider": "replicate",
        "hosted": Hosted("acme/film", image="start_image", last="end_image", duration="duration", seed="seed", fixed={"sound": False}),
    },
)
PICTURE_ROW = ModelRow(
    id="replicate/picture",
    kinds=("image",),
    backend="replicate",
    title="Picture",
    licence="terms",
    price_per_image=Decimal("0.03"),
    traceable=True,
    defaults={"provider": "replicate", "hosted": Hosted("acme/picture", seed="seed", aspect="aspect_ratio", aspects=("1:1", "9:16"))},
)
PICTURE = ImageAsk("a watch on slate", 96, 160, seed=2**31 + 5)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in (
        (api, "PATIENCE_S", 0.6),
        (api, "FIRST_PAUSE_S", 0.02),
        (orders, "LOOKS_AFTER_S", (0.0, 0.02)),
        (outcome, "FIRST_POLL_S", 0.01),
        (runtime_module, "FIRST_WAIT_S", 0.02),
    ):
        monkeypatch.setattr(module, name, value)


@pytest.fixture
def shop() -> Iterator[Shop]:
    made = Shop()
    made.give = lambda order: PNG if order["model"].endswith("picture") else film(int(order["input"].get("duration", 1)))
    yield made
    made.close()


def config_at(url: str, folder: Path, token: str = TOKEN) -> BackendConfig:
    return BackendConfig(cache_dir=folder / "cache", keys={"replicate": token}, base_urls={"replicate": url})


@pytest.fixture
def runtime(shop: Shop, tmp_path: Path) -> Iterator[Runtime]:
    made = Runtime(config_at(shop.url, tmp_path), (CLIP_ROW, PICTURE_ROW))
    yield made
    made.close()


@dataclass
class Job:
    """A job that keeps what it was told; `cancel` is raised by the next check once it is set."""

    folder: Path
    told: list[tuple[float, str]] = field(default_factory=list)
    cancel: BaseException | None = None

    def check(self) -> None:
        if self.cancel is not None:
            raise self.cancel

    def context(self, **values: object) -> JobContext:
        return JobContext(self.folder, lambda part, text: self.told.append((part, text)), self.check, **values)  # type: ignore[arg-type]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


@pytest.fixture
def clip_ask(tmp_path: Path) -> VideoAsk:
    """30 frames at 24: 1.25 seconds, so that 2 are made and billed."""
    Image.new("RGB", (96, 160), "#405060").save(tmp_path / "still.png")
    still = Still(tmp_path / "still.png", 96, 160, Made("test"))
    return VideoAsk("slow push-in", 96, 160, n_frames=30, fps=24, seed=7, still=still)


def png(width: int = 96, height: int = 160) -> File:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#884422").save(buffer, "PNG")
    return File(buffer.getvalue(), "image/png")


PNG = png()
_films: dict[tuple[float, int, int], File] = {}


def film(seconds: float, width: int = 96, height: int = 160) -> File:
    """An MP4 of that length at 12 frames a second, a grey that gets lighter."""
    key = (seconds, width, height)
    if key not in _films:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "film.mp4"
            with VideoWriter(path, width, height, 12) as writer:
                for n in range(round(12 * seconds)):
                    writer.write_rgb(np.full((height, width, 3), 40 + n * 3, np.uint8))
            _films[key] = File(path.read_bytes())
    return _films[key]


def cut(file: File, keep: float) -> File:
    """The file with its end missing."""
    return replace(file, data=file.data[: int(len(file.data) * keep)])
