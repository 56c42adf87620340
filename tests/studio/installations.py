"""Small installations and their backups, for the tests of copying, restoring and refusing."""

import tarfile
from pathlib import Path

import pytest

from models.backends import BackendConfig
from models.runtime import Runtime
from studio.house import House, open_house
from studio.security import Passwords
from studio.services.backup import take_backup
from studio.settings import Settings
from tests.studio.quick_ads import tiny_ad
from tests.studio.three_step_ad import three_step_ad

PASSWORD = "correct horse"


def opened(settings: Settings) -> House:
    return open_house(settings, Runtime(BackendConfig(cache_dir=settings.cache_dir)), job=three_step_ad, passwords=Passwords(4))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small backup of a SQLite installation."""
    settings = Settings(_env_file=None, data_dir=tmp_path / "small")  # type: ignore[call-arg]
    house = opened(settings)
    person = house.accounts.register("Ada", PASSWORD)
    house.store.media.put(tiny_ad(tmp_path / "f", "ad").path, owner_id=person.id, kind="video", mime="video/mp4")
    house.close()
    take_backup(settings, tmp_path / "whole.tar")
    return tmp_path / "whole.tar"


def parts_of(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
