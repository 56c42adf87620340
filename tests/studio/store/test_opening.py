"""The first start makes a store where the settings say; the next ones find it again."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from studio.errors import StoreError
from studio.settings import Settings
from studio.store.opening import open_store
from studio.store.tables import User, new_id
from studio.store.times import utc_now


def test_a_bare_machine_gets_a_database_and_a_media_folder(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")  # type: ignore[call-arg]
    store = open_store(settings)
    user_id = new_id()
    with store.database.writing() as session:
        session.add(User(id=user_id, username="ada", username_key="ada", password_hash="x", created_at=utc_now()))
    file = tmp_path / "ad.mp4"
    file.write_bytes(b"video")
    put = store.media.put(file, owner_id=user_id, kind="video", mime="video/mp4")
    store.close()

    again = open_store(settings)
    assert b"".join(again.media.read(again.media.find(put.id, owner_id=user_id))) == b"video"
    assert (tmp_path / "data" / "media" / put.path).read_bytes() == b"video"
    assert (tmp_path / "data" / "studio.db").exists()
    again.close()


def test_the_settings_name_another_database(empty_address: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", database_url=SecretStr(empty_address))  # type: ignore[call-arg]
    store = open_store(settings)
    assert store.database.is_sqlite == empty_address.startswith("sqlite")
    assert not (tmp_path / "data" / "studio.db").exists()
    store.close()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    with pytest.raises(StoreError, match="DATA_DIR"):
        open_store(Settings(_env_file=None, data_dir=tmp_path / "data"))  # type: ignore[call-arg]
