"""The files of the pages: kept, packed, asked for again; and all scripts as one. What the bundle does in a page, the browser tests show."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio.api.assets import asset_router, frozen_router
from studio.api.error_replies import install_error_replies
from studio.api.script_bundle import NotBundled, bundled
from studio.ui import islands

TWO = {
    "a.js": 'import {\n  two as three,\n} from "./b.js";\n\nexport const four = three() + 1;\n',
    "b.js": "let n = 0;\n/** Two. */\nexport async function two() { n += 1; }\nexport class Three {}\n",
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    for name, source in TWO.items():
        (tmp_path / name).write_text(source)
    return {name: tmp_path / name for name in TWO}


@pytest.fixture
def client(files: dict[str, Path]) -> Iterator[TestClient]:
    app = FastAPI()
    install_error_replies(app)
    app.include_router(asset_router(files, lambda: {path.name: path for path in sorted(files["a.js"].parent.glob("*.js"))}))
    with TestClient(app) as client:
        yield client


def test_a_file_is_told_to_be_the_same_until_it_changes(client: TestClient, files: dict[str, Path]) -> None:
    first = client.get("/s/b.js")
    assert (first.text, first.headers["content-type"]) == (TWO["b.js"], "text/javascript; charset=utf-8")
    assert (first.headers["cache-control"], first.headers["content-encoding"]) == ("no-cache", "gzip")
    asked = {"if-none-match": first.headers["etag"]}
    again = client.get("/s/b.js", headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    bundle = client.get("/s/pages.js")
    files["b.js"].write_text("export const two = () => 2;\n")
    os.utime(files["b.js"], ns=(1, 1))  # whatever the clock of the file system is good for
    assert client.get("/s/b.js", headers=asked).text == "export const two = () => 2;\n"
    assert client.get("/s/pages.js", headers={"if-none-match": bundle.headers["etag"]}).status_code == 200
    files["a.js"].with_name("c.js").write_text("export const three = () => 3;\n")
    assert '"c.js"' in client.get("/s/pages.js").text


def test_who_does_not_unpack_gets_it_plain(client: TestClient) -> None:
    plain = client.get("/s/a.js", headers={"accept-encoding": "identity"})
    assert plain.text == TWO["a.js"]
    assert "content-encoding" not in plain.headers
    assert client.get("/s/c.js").status_code == 404


def test_what_a_name_stands_for_for_ever_is_kept_for_good(files: dict[str, Path]) -> None:
    app = FastAPI()
    install_error_replies(app)
    folder = files["a.js"].parent
    (folder / "notes.txt").write_text("not for browsers")
    app.include_router(frozen_router("/assets", folder))
    with TestClient(app) as client:
        got = client.get("/assets/a.js")
        assert got.text == TWO["a.js"]
        assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert client.get("/assets/a.js", headers={"if-none-match": got.headers["etag"]}).status_code == 304
        for name in ("notes.txt", "c.js", "..%2Fa.js"):
            assert client.get(f"/assets/{name}").status_code == 404


def test_modules_become_functions_that_hand_out_what_they_export() -> None:
    made = bundled(TWO)
    assert 'const {\n  two : three,\n} = $modules["b.js"]();' in made
    assert "return { four };" in made
    assert "return { two, Three };" in made
    assert not re.search(r"^import|^export (?!const load)", made, re.M)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('import x from "./b.js";', "import x"),
        ('import { two } from "../b.js";', "import { two }"),
        ("export let four = 4;", "export let"),
        ("export default 4;", "export default"),
        ("const four = 4;\nexport { four };", "export { four }"),
        ('import { two } from "./c.js";', "c.js, which is not there"),
        ('import { two } from "./a.js";', "a.js → a.js"),
    ],
)
def test_what_cannot_be_bundled_is_said(source: str, said: str) -> None:
    with pytest.raises(NotBundled, match=re.escape(said)) as caught:
        bundled({**TWO, "a.js": source})
    assert "a.js" in str(caught.value)


def test_every_script_of_the_pages_is_in_the_form_that_is_bundled() -> None:
    sources = {name: path.read_text() for name, path in islands.modules().items()}
    made = bundled(sources)
    assert all(f'"{name}": $once(' in made for name in sources)
