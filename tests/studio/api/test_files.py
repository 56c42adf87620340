"""Films and pictures over HTTP: ranges, what the browser has already, and uploads known by their content."""

import io
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.api.byte_ranges import Unsatisfiable, wanted_bytes
from studio.store.blobs import CHUNK, blobs_at
from studio.store.media import Media
from tests.studio.api.whole import Person, finished, order, refused
from tests.studio.three_step_ad import AdHouse

MOVIE = bytes(range(256)) * (CHUNK // 128)
"""Two chunks and a bit."""


def put(house: AdHouse, owner: Person, folder: Path) -> str:
    file = folder / "movie"
    file.write_bytes(MOVIE + b"the end")
    return f"/api/media/{house.media.put(file, owner_id=owner.id, kind='video', mime='video/mp4').id}"


@pytest.fixture(params=["folder", "bucket"])
def film(request: pytest.FixtureRequest, house: AdHouse, ada: Person, tmp_path: Path) -> str:
    """Address of a film of Ada's, on disk and in fsspec's in-memory bucket, which stands for every place that is not a disk."""
    if request.param == "bucket":
        house.media._blobs = blobs_at(f"memory://{tmp_path.name}")
    return put(house, ada, tmp_path)


WHOLE = MOVIE + b"the end"
RANGES: tuple[tuple[str, int, bytes], ...] = (
    ("bytes=0-3", 206, WHOLE[:4]),
    ("bytes=0-0", 206, WHOLE[:1]),
    (f"bytes={CHUNK - 2}-{CHUNK + 1}", 206, WHOLE[CHUNK - 2 : CHUNK + 2]),
    (f"bytes={len(MOVIE)}-", 206, b"the end"),
    ("bytes=-3", 206, b"end"),
    (f"bytes=-{len(WHOLE) + 50}", 206, WHOLE),
    (f"bytes=5-{len(WHOLE) + 50}", 206, WHOLE[5:]),
    ("bytes=7-3", 200, WHOLE),
    ("bytes=0-1,5-6", 200, WHOLE),
    ("bytes=-", 200, WHOLE),
    ("lines=1-2", 200, WHOLE),
    ("bytes=a-b", 200, WHOLE),
    (f"bytes={len(WHOLE)}-", 416, b""),
    ("bytes=-0", 416, b""),
    ("bytes=99999999999-", 416, b""),
)


def test_parts_of_a_film(client: TestClient, ada: Person, film: str) -> None:
    for header, status, body in RANGES:
        reply = client.get(film, headers=ada.bearer | {"range": header})
        assert reply.status_code == status, header
        if status == 416:
            refused(reply, 416, "no_such_range")
            assert reply.headers["content-range"] == f"bytes */{len(WHOLE)}"
            continue
        assert reply.content == body, header
        assert reply.headers["content-length"] == str(len(body))
        assert reply.headers["accept-ranges"] == "bytes"
        assert reply.headers["content-type"] == "video/mp4"
        assert ("content-range" in reply.headers) == (status == 206)
    part = client.get(film, headers=ada.bearer | {"range": "bytes=4-7"})
    assert part.headers["content-range"] == f"bytes 4-7/{len(WHOLE)}"


def test_what_the_browser_has_is_not_sent_again(client: TestClient, ada: Person, film: str) -> None:
    whole = client.get(film, headers=ada.bearer)
    etag = whole.headers["etag"]
    assert whole.headers["cache-control"] == "private, no-cache"
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = client.get(film, headers=ada.bearer | {"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get(film, headers=ada.bearer | {"if-none-match": '"other"'}).status_code == 200
    resumed = ada.bearer | {"range": "bytes=0-1"}
    assert client.get(film, headers=resumed | {"if-range": etag}).status_code == 206
    assert client.get(film, headers=resumed | {"if-range": '"older"'}).status_code == 200


def test_head_says_as_much_as_get(client: TestClient, ada: Person, film: str) -> None:
    for more in ({}, {"range": "bytes=0-9"}, {"range": "bytes=99999999-"}):
        head, get = client.head(film, headers=ada.bearer | more), client.get(film, headers=ada.bearer | more)
        assert (head.status_code, head.content) == (get.status_code, b"")
        names = ("content-length", "content-type", "etag", "accept-ranges", "content-range")
        assert {n: head.headers.get(n) for n in names} == {n: get.headers.get(n) for n in names}
    assert client.head("/api/media/nothing", headers=ada.bearer).status_code == 404


def test_a_film_whose_content_is_gone_is_not_half_an_answer(client: TestClient, ada: Person, house: AdHouse, tmp_path: Path) -> None:
    film = put(house, ada, tmp_path)
    file = house.media.find(film.rpartition("/")[2], owner_id=ada.id)
    house.media._blobs.remove(file.sha256)
    refused(client.get(film, headers=ada.bearer), 404, "file_gone")


def test_a_large_film_is_never_whole_in_memory(house: AdHouse, ada: Person, film: str) -> None:
    file = house.media.find(film.rpartition("/")[2], owner_id=ada.id)
    assert max(len(chunk) for chunk in house.media.read(file)) <= CHUNK


@given(st.one_of(st.text(max_size=20), st.from_regex(r"bytes=[0-9]{0,4}-[0-9]{0,4}", fullmatch=True)), st.integers(0, 2000))
def test_every_range_lies_in_its_file(header: str, size: int) -> None:
    try:
        wanted = wanted_bytes(header, size)
    except Unsatisfiable:
        return
    if wanted is not None:
        assert 0 <= wanted[0] < wanted[1] <= size


def picture(kind: str = "PNG", size: tuple[int, int] = (200, 100), **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(buffer, kind, **options)
    return buffer.getvalue()


def test_a_picture_is_kept_and_can_be_asked_for(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a private note"
    sent = picture("JPEG", exif=exif)
    reply = client.post("/api/uploads", headers=ada.bearer, files={"file": ("my \u202ewatch.php", sent, "application/x-php")})
    assert reply.status_code == 201, reply.text
    kept = reply.json()
    assert (kept["name"], kept["width"], kept["height"]) == ("my watch.php", 200, 100)
    shown = client.get(kept["url"], headers=ada.bearer)
    assert shown.headers["content-type"] == "image/jpeg"
    assert b"private" not in shown.content
    refused(client.get(kept["url"], headers=bob.bearer), 404, "not_found")
    by_id = client.get(f"/api/uploads/{kept['id']}", headers=ada.bearer)
    assert (by_id.content, by_id.headers["content-type"]) == (shown.content, "image/jpeg")
    assert not by_id.headers.get("content-disposition", "inline").startswith("attachment")
    refused(client.get(f"/api/uploads/{kept['id']}", headers=bob.bearer), 404, "not_found")
    refused(client.get(f"/api/uploads/{kept['url'].rpartition('/')[2]}", headers=ada.bearer), 404, "not_found")
    id = order(client, ada, product_image_id=kept["id"])
    assert client.get(f"/api/generations/{id}", headers=ada.bearer).json()["brief"]["product_image_id"] == kept["id"]


NOT_PICTURES = {
    "a script": b"<script>alert(1)</script>",
    "a drawing that can run": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "half a picture": picture()[:60],
    "a small picture": picture(size=(63, 200)),
    "a moving picture": picture("GIF"),
    "nothing": b"",
}


@pytest.mark.parametrize("sent", NOT_PICTURES.values(), ids=NOT_PICTURES)
def test_what_is_no_picture_is_refused_whatever_it_is_called(client: TestClient, ada: Person, sent: bytes) -> None:
    reply = client.post("/api/uploads", headers=ada.bearer, files={"file": ("watch.png", sent, "image/png")})
    assert refused(reply, 422, "invalid_input")["field"] == "file"


def test_what_is_no_form_is_refused(client: TestClient, ada: Person) -> None:
    for sent in (
        {"json": {"file": "/etc/hostname"}},
        {"data": {"file": "/etc/hostname"}},
        {"files": {"other": ("a.png", picture(), "image/png")}},
        {"files": [("file", ("a.png", picture())), ("file", ("b.png", picture()))]},
        {"content": b"--x", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"--x\r\nrubbish", "headers": {"content-type": "multipart/form-data; boundary=x"}},
    ):
        headers = ada.bearer | sent.pop("headers", {})  # type: ignore[operator]
        refused(client.post("/api/uploads", headers=headers, **sent), 422, "invalid_input")  # type: ignore[arg-type]


def test_a_stranger_s_upload_is_not_even_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("starlette.requests.Request.form", lambda *_, **__: 1 / 0)
    refused(client.post("/api/uploads", files={"file": ("a.png", picture())}), 401, "not_signed_in")


def test_a_large_upload_goes_to_the_disk(client: TestClient, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    rolled: list[bool] = []

    def take(user_id: str, file: Any, name: str) -> Any:
        rolled.append(file._rolled)
        return real(user_id, file, name)

    uploads: Any = client.app.state.services.uploads  # type: ignore[attr-defined]
    real = uploads.take
    monkeypatch.setattr(uploads, "take", take)
    noise = Image.effect_noise((1500, 1500), 100).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    assert buffer.tell() > 2**20
    assert client.post("/api/uploads", headers=ada.bearer, files={"file": ("a.png", buffer.getvalue())}).status_code == 201
    assert rolled == [True]


def test_an_ad_s_film_in_the_page_and_to_be_saved(client: TestClient, house: AdHouse, ada: Person) -> None:
    ad = finished(client, house, ada)
    inline = client.get(ad["result"]["video_url"], headers=ada.bearer)
    assert "content-disposition" not in inline.headers
    saved = client.get(ad["result"]["download_url"], headers=ada.bearer | {"range": "bytes=4-7"})
    assert (saved.status_code, saved.content) == (206, b"ftyp")
    assert saved.headers["content-disposition"] == f'attachment; filename="ad_{ad["id"]}.mp4"'
    assert client.get(ad["result"]["poster_url"], headers=ada.bearer).content[:4] == b"\x89PNG"
    assert isinstance(house.media, Media)
