"""Brand kits: fonts are checked before they are kept, and an ad named after a kit is set in the kit's own font."""

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from PIL import Image

from models.typefaces import FILES, font_file
from models.typefaces.own import look_in, own_style
from pipelines.brief import Brief, read_brief
from pipelines.captions.layout import layout
from pipelines.edl import Title, TitleLine
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.spec_writer import write_spec
from studio.errors import InputRefused
from studio.services.brand_fonts import MOST_BYTES, check_font, take_in
from tests.studio.api.whole import Person, order, refused
from tests.studio.three_step_ad import AdHouse

ANTON = FILES / "anton-400.ttf"


def changed(folder: Path, **tables: int) -> Path:
    """Anton with another embedding permission."""
    font = TTFont(str(ANTON))
    font["OS/2"].fsType = tables["fs_type"]
    font.save(str(folder / "changed.ttf"))
    return folder / "changed.ttf"


def test_a_font_says_what_it_is(tmp_path: Path) -> None:
    found = check_font(ANTON)
    assert (found.title, found.mime, found.embedding) == ("Anton Regular", "font/ttf", "installable")
    assert check_font(changed(tmp_path, fs_type=0x4)).embedding == "preview"


def test_fonts_that_cannot_be_used_are_refused_with_the_reason(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttf"
    for content, why in (
        (b"wOF2" + bytes(200), "no TrueType or OpenType"),
        (b"\0\1\0\0" + bytes(200), "cannot be read"),
        (ANTON.read_bytes()[:4000], "cannot be read"),
    ):
        bad.write_bytes(content)
        with pytest.raises(InputRefused, match=why):
            check_font(bad)
    with pytest.raises(InputRefused, match="over 10 MB"):
        take_in(io.BytesIO(bytes(MOST_BYTES + 2)), bad)
    with pytest.raises(InputRefused, match="must not be embedded"):
        check_font(changed(tmp_path, fs_type=0x2))
    font = TTFont(str(ANTON))
    less = Subsetter(Options(name_IDs=["*"]))
    less.populate(text="ABCDEFGH")
    less.subset(font)
    font.save(str(bad))
    with pytest.raises(InputRefused, match="needs Latin letters"):
        check_font(bad)


def test_own_type_is_set_in_the_own_font(tmp_path: Path) -> None:
    sha = "ab" * 32
    (tmp_path / sha).write_bytes(ANTON.read_bytes())
    look_in(tmp_path)
    style = own_style("modern_grotesk", sha)
    assert font_file(style) == tmp_path / sha
    assert font_file(style, "text") == font_file("modern_grotesk", "text")
    title = Title((TitleLine("Hours, kept"), TitleLine("All of them", "body")), 0, 48, style=style)
    fonts = {line.source: line.font for line in layout(title, 360, 640, (0.1, 0.1, 0.1, 0.1)).lines}
    assert fonts == {0: tmp_path / sha, 1: font_file("modern_grotesk", "text")}
    with pytest.raises(KeyError, match="not on this machine"):
        font_file(own_style("modern_grotesk", "cd" * 32))


def make(client: TestClient, who: Person, **values: object) -> dict[str, object]:
    made = client.post("/api/brands", headers=who.bearer, json={"name": "Aurelia", **values})
    assert made.status_code == 201, made.text
    found: dict[str, object] = made.json()
    return found


def bring_logo(client: TestClient, who: Person) -> dict[str, str]:
    buffer = io.BytesIO()
    Image.new("RGBA", (100, 80), (255, 0, 0, 200)).save(buffer, "PNG")
    kept: dict[str, str] = client.post("/api/uploads", headers=who.bearer, files={"file": ("logo.png", buffer.getvalue())}).json()
    return kept


def test_a_kit_is_made_changed_given_a_font_and_removed(client: TestClient, ada: Person) -> None:
    kit = make(client, ada, colors=["navy", "#D4AF37"], call="See the watch", tone="Calm,  exact")
    assert kit["colors"] == ["#0A192F", "#D4AF37"]
    assert kit["tone"] == "Calm, exact"
    assert kit["type_color"] == "#F7F3EA"
    assert kit["contrasts"] == [{"color": "#D4AF37", "ratio": 8.37, "enough": True}]
    here = f"/api/brands/{kit['id']}"
    given = client.post(f"{here}/fonts/display", headers=ada.bearer, files={"file": ("x.ttf", ANTON.read_bytes())})
    assert given.status_code == 201, given.text
    assert [font["title"] for font in given.json()["fonts"]] == ["Anton Regular"]
    assert client.get(given.json()["fonts"][0]["url"], headers=ada.bearer).content == ANTON.read_bytes()
    refused(client.post(f"{here}/fonts/display", headers=ada.bearer, files={"file": ("x.ttf", b"no font")}), 422, "invalid_input")
    logo = bring_logo(client, ada)
    told = client.patch(here, headers=ada.bearer, json={"logo_upload_id": logo["id"], "name": "Aurel"}).json()
    assert (told["name"], told["logo_url"], told["call"]) == ("Aurel", logo["url"], "See the watch")
    assert refused(client.patch(here, headers=ada.bearer, json={"name": ""}), 422, "invalid_input")["field"] == "name"
    assert client.delete(f"{here}/fonts/display", headers=ada.bearer).json()["fonts"] == []
    assert client.delete(here, headers=ada.bearer).status_code == 200
    assert client.get("/api/brands", headers=ada.bearer).json() == {"brands": []}


def test_an_order_takes_from_its_kit_what_was_left_open(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    kit = make(client, ada, colors=["#0A192F", "#D4AF37"], call="See the watch", tone="Calm", logo_upload_id=bring_logo(client, ada)["id"])
    here = f"/api/brands/{kit['id']}/fonts/display"
    given = client.post(here, headers=ada.bearer, files={"file": ("x.ttf", ANTON.read_bytes())})
    assert given.status_code == 201, given.text
    id = order(client, ada, kit=kit["id"], brand="Chronos")
    brief = house.generations.follow(ada.id, id).ad.brief
    assert (brief["brand"], brief["colors"], brief["tone"]) == ("Chronos", ["#0A192F", "#D4AF37"], "Calm")
    assert brief["wording"]["calls"] == ["See the watch"]
    assert brief["own_type"]["titles"] == ["Anton Regular"]
    told = client.get(f"/api/generations/{id}", headers=ada.bearer).json()["brief"]
    assert told["kit"] == kit["id"], "whoever asks for it again asks for its fonts as well"
    asked = {"prompt": "Create a luxury watch ad for Instagram", "kit": kit["id"]}
    assert refused(client.post("/api/generate", headers=bob.bearer, json=asked), 422, "invalid_input")["field"] == "kit"
    client.delete(f"/api/brands/{kit['id']}", headers=ada.bearer)
    look_in(house.work.parent / "fonts")
    whole = Brief.model_validate(read_brief(asked["prompt"]).model_dump() | {"own_type": brief["own_type"], "logo": brief["logo"]})
    plan = plan_scenes(write_spec(whole, read_hints(whole.prompt)), whole)
    assert [line.image for line in plan.titles[-1].lines if line.role == "logo"] == [brief["logo"]]
    assert Path(brief["logo"]).is_file()
    assert font_file(plan.titles[-1].style).read_bytes() == ANTON.read_bytes(), "an ad keeps its font when the kit is gone"
