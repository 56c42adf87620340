"""Content Credentials: signed after the last mux, read back by the library itself, and gone or broken when the film is touched."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from cryptography import x509

from models.media.encoding import Encoding
from models.media.splice import Stretch, splice
from models.media.video_file import VideoWriter
from pipelines.credentials import CredentialsError, Signer, read, sign
from studio.services.provenance_keys import DIVIDER, MARK, anchors_of, signer_of
from studio.settings import Settings

RENDERED = {"shots": [{"still": {"model": "product-studio/v1"}, "clip": {"model": "product-studio/v1"}}], "brief": {}}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("films") / "ad.mp4"
    with VideoWriter(path, 64, 96, 12, Encoding("ultrafast", 30, gop=6), metadata={"ad_studio_recipe": "{}"}) as writer:
        for n in range(12):
            writer.write_rgb(np.full((96, 64, 3), 20 * n, np.uint8))
    return path


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def signer(settings: Settings) -> Signer:
    found = signer_of(settings)
    assert found is not None
    return found


@pytest.fixture
def signed(film: Path, signer: Signer, tmp_path: Path) -> Path:
    copy = Path(shutil.copy(film, tmp_path / "signed.mp4"))
    sign(copy, RENDERED, signer)
    return copy


def test_a_signed_film_says_how_it_came_to_be(signed: Path, settings: Settings) -> None:
    found = read(signed)
    assert found is not None
    assert (found.product, found.origin, found.actions) == ("Ad Studio", "algorithmicMedia", ("c2pa.created",))
    assert found.whole
    assert found.development
    assert not found.trusted
    assert MARK in found.issuer
    mine = read(signed, anchors_of(settings))
    assert mine is not None
    assert mine.trusted


def test_any_changed_byte_is_found(signed: Path) -> None:
    data = bytearray(signed.read_bytes())
    data[data.index(b"mdat") + 40] ^= 1
    signed.write_bytes(data)
    found = read(signed)
    assert found is not None
    assert not found.whole
    assert "assertion.bmffHash.mismatch" in found.why_not


def test_the_recipe_is_covered(signed: Path) -> None:
    data = signed.read_bytes()
    at = data.rindex(b"{}")
    signed.write_bytes(data[:at] + b"[]" + data[at + 2 :])
    found = read(signed)
    assert found is not None
    assert not found.whole


def test_a_copied_stretch_carries_no_stale_credentials(signed: Path, signer: Signer, tmp_path: Path) -> None:
    out = tmp_path / "again.mp4"
    splice([Stretch(signed, 0, 6)], out)
    assert read(out) is None
    sign(out, RENDERED, signer, parent=signed)
    found = read(out)
    assert found is not None
    assert found.whole
    assert found.actions == ("c2pa.opened", "c2pa.edited")
    assert found.origin == ""  # an edit claims nothing of where the pictures came from; its parent does
    assert len(found.ingredients) == 1


def test_signing_again_leaves_one_claim_and_names_the_photo(signed: Path, signer: Signer, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    cv2.imwrite(str(photo), np.zeros((8, 8, 3), np.uint8))
    first = read(signed)
    sign(signed, {**RENDERED, "brief": {"product_image": "photo.png"}}, signer, photos=[photo])
    found = read(signed)
    assert first is not None
    assert found is not None
    assert (found.origin, found.ingredients) == ("compositeSynthetic", ("Product photo, brought by the maker",))
    assert found.whole
    assert found.label != first.label


def test_the_development_certificate_is_made_once_and_marked(settings: Settings, signer: Signer, tmp_path: Path) -> None:
    again = signer_of(settings)
    assert again == signer
    place = settings.data_dir / "c2pa" / "development.pem"
    assert place.stat().st_mode & 0o777 == 0o600
    name = x509.load_pem_x509_certificate(signer.chain).subject.rfc4514_string()
    assert "DEVELOPMENT" in name
    nowhere = Settings(_env_file=None, data_dir=tmp_path / "none")
    assert signer_of(nowhere) is not None
    assert not nowhere.data_dir.exists()


def test_a_certificate_of_ones_own_and_none_at_all(settings: Settings, signer: Signer, film: Path, tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert.write_bytes(signer.chain)
    key.write_bytes(signer.key)
    own = signer_of(settings.model_copy(update={"c2pa_cert": cert, "c2pa_key": key}))
    assert own is not None
    assert not own.development
    assert own.algorithm == "es256"
    assert signer_of(settings.model_copy(update={"c2pa": "off"})) is None
    with pytest.raises(CredentialsError, match="belong together"):
        signer_of(settings.model_copy(update={"c2pa_cert": cert}))
    other = Signer(signer.chain, signer_of(Settings(_env_file=None, data_dir=tmp_path / "n")).key, "es256", True)  # type: ignore[union-attr]
    copy = Path(shutil.copy(film, tmp_path / "unsigned.mp4"))
    with pytest.raises(CredentialsError):  # a key that is not the certificate's
        sign(copy, RENDERED, other)
    assert copy.read_bytes() == film.read_bytes()
    assert DIVIDER not in signer.chain
