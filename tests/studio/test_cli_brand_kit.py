"""`make --brand-kit` and `remake`: a kit by its name in an ad, found again from what the ad's file says; no path of this machine in it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.media.video_file import VideoReader, VideoWriter
from models.typefaces import FILES, own
from pipelines import ad as main_path
from pipelines.ad import finish as whole_finish
from pipelines.brief import read_brief
from pipelines.captions.layout import layout
from pipelines.compose import Composed
from pipelines.edl import Edl, Title
from pipelines.progress import Tools
from pipelines.recipe import KEY, read_recipe
from pipelines.scene_plan import ScenePlan
from studio import wiring
from studio.cli import main
from studio.cli.brand_kit import with_kit
from studio.security import Passwords, Tokens
from studio.services import ad_checks
from studio.services.accounts import Accounts
from studio.services.brands import Brands
from studio.services.uploads import Uploads
from studio.settings import Settings
from studio.store.opening import Store, fonts_folder, open_store
from studio.store.tables import BrandKit, Team, new_id
from studio.store.times import utc_now
from tests.studio.quick_finish import cut_off, no_look
from tests.studio.three_step_ad import plain_runtime

SENTENCE = "Create a luxury watch ad for Instagram"
ANTON = FILES / "anton-400.ttf"
set_in: list[Path] = []
"""The fonts and logos that films were set with."""


def typeset(tools: Tools, edl: Edl, plan: ScenePlan, recipe: str, out: Path) -> Composed:
    """Everything there is to read laid out in its own type, and a dark film with the recipe inside."""
    for title in edl.titles:
        set_in.extend(line.font for line in layout(title, 120, 214, edl.safe).lines)
        set_in.extend(Path(line.image) for line in title.lines if line.image)
    with VideoWriter(out, 120, 214, 24, metadata={KEY: recipe}) as film:
        film.write_rgb(np.zeros((214, 120, 3), np.uint8))
    return Composed(out, out, 1, 1 / 24, None, None, 0.1, 0.1, ())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands are called in: an installation of its own, as a new process knows it."""
    monkeypatch.setattr(wiring, "runtime_of", lambda settings: plain_runtime(tmp_path))
    monkeypatch.setattr(own, "_folders", [])
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    cut_off(monkeypatch)
    monkeypatch.setattr(main_path, "finish", typeset)
    monkeypatch.setattr(ad_checks, "check_ad", no_look)
    set_in.clear()
    return tmp_path


@pytest.fixture
def store(here: Path) -> Iterator[Store]:
    store = open_store(Settings())
    yield store
    store.close()


def kit(store: Store, person: str, here: Path, **values: object) -> str:
    """A kit of a new person, with a font and a logo; its id."""
    accounts = Accounts(store.database, Tokens(b"s" * 32), Passwords(cost=4))
    owner = accounts.register(person, "correct horse").id
    uploads = Uploads(store.database, store.media)
    brands = Brands(store.database, store.media, uploads, fonts_folder(Settings()))
    Image.new("RGBA", (160, 80), (200, 30, 60, 255)).save(here / "mark.png")
    with (here / "mark.png").open("rb") as logo, ANTON.open("rb") as font:
        upload = uploads.take(owner, logo, "mark.png").id
        made = brands.create(owner, {"name": "Aurelia", "colors": ["#0A192F", "#D4AF37"], "logo_upload_id": upload, **values})
        brands.take_font(owner, made.id, "display", font)
    return made.id


def test_an_ad_of_a_kit_is_made_and_made_again(here: Path, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    id = kit(store, "ada", here)
    Image.new("RGB", (200, 300), (200, 30, 60)).save(here / "bottle.png")
    draft = ["--short-side", "120", "--product-image", "bottle.png"]
    assert main(["make", SENTENCE, "--brand-kit", "aurelia", *draft, "--out", "ad/first.mp4"]) == 0, capsys.readouterr().err
    fonts = fonts_folder(Settings())
    laid_down = {path.name for path in fonts.iterdir()}
    assert {path.name for path in set_in if path.parent == fonts} == laid_down, "the ad is set in the brand's font and shows its logo"
    recipe = read_recipe(here / "ad" / "first.mp4")
    told = recipe["brief"]
    assert (told["brand"], told["colors"], told["own_type"]["titles"]) == ("Aurelia", ["#0A192F", "#D4AF37"], ["Anton Regular"])
    assert {told["logo"]["sha256"], told["own_type"]["display"]} == laid_down
    assert told["product_image"]["file"] == "bottle.png"
    assert main(["provenance", "ad/first.mp4", "--json"]) == 0
    assert str(here) not in capsys.readouterr().out + json.dumps(recipe), "nobody learns where this machine keeps its files"

    own._folders.clear()  # as in a new process
    set_in.clear()
    assert main(["remake", "ad/first.mp4", "--out", "ad/again.mp4"]) == 0, capsys.readouterr().err
    assert {path.name for path in set_in if path.parent == fonts} == laid_down
    assert read_recipe(here / "ad" / "again.mp4")["brief"] == told

    (here / "bottle.png").write_bytes((here / "mark.png").read_bytes())
    assert main(["remake", "ad/first.mp4", "--out", "ad/third.mp4"]) == 1
    assert "the product photo “bottle.png”; put that file beside it" in capsys.readouterr().err, "another picture of that name is not it"
    Image.new("RGB", (200, 300), (200, 30, 60)).save(here / "ad" / "bottle.png")
    shutil.rmtree(fonts)
    shutil.copy(here / "mark.png", here / "ad" / told["logo"]["file"])
    assert main(["remake", "ad/first.mp4", "--out", "ad/third.mp4"]) == 1
    assert any(word in capsys.readouterr().err for word in ("(Anton Regular), which is not on this installation", "the logo"))
    assert main(["make", SENTENCE, "--brand-kit", id, *draft, "--out", "ad/by-id.mp4"]) == 0
    assert main(["remake", "ad/first.mp4", "--out", "ad/third.mp4"]) == 0, "an ad with the kit brings its font back"


def test_a_kit_is_seen_in_the_film(here: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rendered whole, small: its type, its call, its accent and its logo on the last frames."""
    id = kit(store, "ada", here, call="Wear it well", colors=["#0A192F", "#1FD38A"])
    cards: list[Title] = []

    def watched(tools: Tools, edl: Edl, plan: ScenePlan, recipe: str, out: Path) -> Composed:
        cards.append(edl.titles[-1])
        return whole_finish(tools, edl, plan, recipe, out)

    monkeypatch.setattr(main_path, "finish", watched)
    assert main(["make", SENTENCE, "--brand-kit", id, "--short-side", "120", "--out", "film.mp4"]) == 0
    (card,) = cards
    assert "Wear it well" in [line.text for line in card.lines]
    assert any(line.font.parent == fonts_folder(Settings()) for line in layout(card, 120, 214, (0.1, 0.1, 0.1, 0.1)).lines)
    assert card.accent == "#1FD38A"
    with VideoReader(here / "film.mp4") as film:
        red, green, blue = film.frame(card.start + card.n_frames * 6 // 10).astype(int).transpose(2, 0, 1)
    assert (np.minimum(red - green, red - blue) > 60).sum() > 100, "the logo is seen"
    assert (np.minimum(green - red, green - blue) > 25).sum() > 8, "and the accent, on pictures that have no colour of their own"


def test_a_team_keeps_its_kit_when_its_maker_leaves(here: Path, store: Store) -> None:
    id = kit(store, "ada", here, call="Find yours")
    with store.database.writing() as session:  # whose members are others by now
        session.add(team := Team(id=new_id(), name="Lumen", created_at=utc_now()))
        session.flush()
        session.get_one(BrandKit, id).team_id = team.id
    brief = with_kit(read_brief(SENTENCE), "Aurelia", Settings())
    assert (brief.brand, brief.wording.calls) == ("Aurelia", ("Find yours",))
    assert brief.own_type
    assert (fonts_folder(Settings()) / brief.own_type.display).is_file()


def test_a_kit_that_is_not_there_or_is_several_is_one_sentence(here: Path, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["make", SENTENCE, "--brand-kit", "Aurelia"]) == 1
    assert "There is no brand kit “Aurelia”; make one on the Brands page." in capsys.readouterr().err
    ids = {kit(store, "ada", here), kit(store, "bob", here)}
    assert main(["make", SENTENCE, "--brand-kit", "Lumen"]) == 1
    assert "there is Aurelia." in capsys.readouterr().err
    assert main(["make", SENTENCE, "--brand-kit", "Aurelia"]) == 1
    said = capsys.readouterr().err
    assert all(id in said for id in ids)
    assert "of bob" in said
    assert not list(here.glob("output/**/*.mp4"))
