"""The contact sheets in docs/gallery: every shape, set and light of the product studio, as an art director looks at them.

Not a test: `make gallery` (some minutes of two cores), or `python -m tests.models.product_studio.contact_sheets shapes` for one of them.
Each picture is asked for in words, as an ad asks for it, so a sheet also shows whether the studio reads them.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from models.asks import Framing, ImageAsk, Subject
from models.backends import BackendConfig
from models.backends.product_studio.archetypes import ARCHETYPES
from models.context import JobContext
from models.runtime import Runtime
from models.typefaces import font_file
from pipelines.copywriter.looks import LOOKS
from pipelines.copywriter.staging import LIGHTS, PLACES, STAGED, staged

GALLERY = Path(__file__).parents[3] / "docs" / "gallery"
WIDTH, HEIGHT, LINE = 270, 480, 30
SEED = 5


@dataclass(frozen=True)
class Frame:
    """One picture of a sheet."""

    caption: str
    kind: str
    label: str
    place: str
    light: str
    look: str


SHAPES = (
    ("watch", "Meridian", "midnight gold"),
    ("perfume", "Arden", "blush silk"),
    ("can", "Yuzu Club", "saffron"),
    ("phone", "Halo", "electric night"),
    ("headphones", "Orbit", "neon night"),
    ("jar", "Solene", "pearl silk"),
    ("dropper", "Alba", "porcelain"),
    ("water bottle", "Rill", "moss"),
    ("hand cream", "Sel", "rose marble"),
    ("coffee beans", "Kettle", "sage kitchen"),
    ("candle", "Wick & Winter", "lime room"),
    ("wine", "Valmora", "clay room"),
    ("whisky", "Ardmoor", "graphite"),
    ("coffee shop", "Third Window", "cream kitchen"),
    ("novel", "Northlight", "oat"),
    ("laptop", "Ledgerly", "fog"),
    ("plumbing service", "Good Hands", "cobalt"),
    ("gift box", "Fjell", "terracotta"),
    ("running shoe", "Kestrel", "cobalt"),
    ("stain remover", "Blanche", "mint"),
    ("bakery", "Crumb Street", "cream kitchen"),
    ("sunglasses", "Solano", "desert rose"),
    ("lipstick", "Rue Vermeil", "oxblood"),
    ("ring", "Elowen", "rose marble"),
    ("necklace", "Vesper & Lune", "plum night"),
    ("earrings", "Marisol", "bottle green"),
    ("bracelet", "Elowen", "desert rose"),
    ("ceramic mug", "Kiln Lane", "river"),
    ("tableware", "Slip & Ember", "oat"),
    ("vase", "Low Wheel", "moss"),
    ("soap bar", "Basin & Birch", "porcelain"),
    ("granola bar", "Long Way", "sage kitchen"),
    ("hand soap", "Basin & Birch", "moss"),
    ("hot sauce", "Firefly", "cream kitchen"),
    ("toy", "Hop & Hide", "butter"),
    ("toy car", "Little Ruckus", "sky"),
    ("teddy bear", "Hush Hollow", "butter"),
    ("dining chair", "Lund", "linen room"),
    ("sofa", "Corner House", "slate room"),
    ("armchair", "Alder & Form", "sage room"),
    ("canvas tote", "Tolland", "sage kitchen"),
    ("leather handbag", "Vale", "blush silk"),
    ("backpack", "Harrow & Pike", "sage kitchen"),
    ("t-shirt", "Linden Row", "lilac"),
    ("leather wallet", "Tolland", "linen room"),
    ("dining table", "Lund", "slate room"),
    ("desk", "Alder & Form", "linen room"),
    ("coffee table", "Corner House", "sage room"),
    ("table lamp", "Dusk House", "evening room"),
    ("floor lamp", "Halden Light", "ink room"),
)
PLACE_LOOKS = {
    "dark water": "midnight gold",
    "dark podium": "graphite",
    "mossy stone": "moss",
    "travertine": "travertine sun",
    "black marble": "ink and steel",
    "marble": "sky marble",
    "sand": "dune",
    "silk": "blush silk",
    "plaster room": "clay room",
    "kitchen": "sage kitchen",
    "living room": "linen room",
    "arch": "lilac",
    "wall podium": "butter",
    "podium": "mint",
}
LIGHT_PLACES = {"rim": "dark podium", "neon": "dark podium", "water rim": "dark water", "golden": "sand", "golden sky": "plaster room"}


def shapes() -> list[Frame]:
    """Every shape, on the set of a look that suits it."""
    return [Frame(kind, kind, label, *STAGED[LOOKS[look].staging], look) for kind, label, look in SHAPES]


def places() -> list[Frame]:
    """Every place in its own light, with the same bottle."""
    return [Frame(name, "perfume", "Arden", name, PLACES[name].home, look) for name, look in PLACE_LOOKS.items()]


def lights() -> list[Frame]:
    """Every light on the same watch."""
    frames = []
    for name, light in LIGHTS.items():
        place = LIGHT_PLACES.get(name, light.home)
        frames.append(Frame(name, "watch", "Meridian", place, name, PLACE_LOOKS[place]))
    return frames


SHEETS = {"shapes": shapes, "places": places, "lights": lights}


def ask(frame: Frame) -> ImageAsk:
    """In the words of an ad."""
    staging = staged(frame.place, frame.light)
    colors = LOOKS[frame.look].colors
    subject = Subject(frame.kind, label=frame.label, colors=(colors[1],))
    prompt = f"{frame.kind}, {staging.place}, {staging.light}"
    return ImageAsk(prompt, WIDTH, HEIGHT, SEED, subject=subject, framing=Framing(size="medium"), palette=colors)


def main() -> None:
    """Write shapes.webp, places.webp and lights.webp, or those that are named."""
    missing = set(ARCHETYPES) - {"box", "lettering"} - {shape.name for shape in ARCHETYPES.values() for k, *_ in SHAPES if k in shape.words}
    if missing:
        raise SystemExit(f"The sheet of shapes lacks {', '.join(sorted(missing))}.")
    if unknown := set(sys.argv[1:]) - set(SHEETS):
        raise SystemExit(f"There is no sheet {', '.join(sorted(unknown))}; choose from {', '.join(SHEETS)}.")
    with tempfile.TemporaryDirectory() as folder:
        runtime = Runtime(BackendConfig(Path(folder) / "cache", workers=2))
        try:
            for name in sys.argv[1:] or SHEETS:
                frames = SHEETS[name]()
                pictures = [(frame, runtime.image(ask(frame), JobContext(Path(folder)), "product-studio/v1").path) for frame in frames]
                sheet(pictures).save(GALLERY / f"{name}.webp", quality=82, method=6)
                print(GALLERY / f"{name}.webp", flush=True)
        finally:
            runtime.close()


def sheet(pictures: list[tuple[Frame, Path]]) -> Image.Image:
    """Pictures in rows, a caption under each."""
    across = 6 if len(pictures) < 30 else 10
    rows = -(-len(pictures) // across)
    page = Image.new("RGB", (across * (WIDTH + 8) + 8, rows * (HEIGHT + LINE + 8) + 8), "#F4F3F0")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(font_file("modern_grotesk", "text")), 15)
    for i, (frame, path) in enumerate(pictures):
        left, top = 8 + i % across * (WIDTH + 8), 8 + i // across * (HEIGHT + LINE + 8)
        with Image.open(path) as picture:
            page.paste(picture.convert("RGB"), (left, top))
        pen.text((left + 2, top + HEIGHT + 6), frame.caption, font=font, fill="#2A2926")
    return page


if __name__ == "__main__":
    main()
