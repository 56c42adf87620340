"""The twelve films in docs/showcase: briefs of different trades, made by the main path as anybody's are, and looked at.

Not a test. `make showcase` makes them all (about a minute of two cores each, at 540 pixels): a poster and six seconds up to the end
card of each. `python -m tests.showcase --stills sheet.webp` only plans them and photographs each one's hero and end card, small: the
sheet to criticise before films are rendered.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from models.backends import BackendConfig
from models.context import JobContext
from models.media.encoding import Encoding
from models.media.video_file import VideoReader, VideoWriter
from models.runtime import Runtime
from models.typefaces import font_file
from pipelines.ad import draft_spec, lay_out, make_ad
from pipelines.brief import read_brief
from pipelines.progress import DirectRun
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.stills import make_still

SHOWCASE = Path(__file__).parents[1] / "docs" / "showcase"
SHORT_SIDE, LOOP_S, CARD_S, LARGEST_BYTES = 540, 6, 2.4, 400_000
SMALL = 216
LOOP = (27, 30, 33, 36)  # constant rate factors, tried until the loop is small enough
BRIEFS = {
    "watch": 'A luxury watch ad for Instagram by "Meridian", midnight blue and gold',
    "perfume": 'An elegant perfume ad for "Arden", blush and rose',
    "yuzu-soda": 'A vibrant yuzu soda ad for TikTok by "Yuzu Club"',
    "running-shoe": 'An energetic running shoe ad for "Kestrel", made for runners',
    "finance-app": 'An ad for a personal finance app called "Tally", calm and modern',
    "skincare-jar": 'A minimalist night cream ad for "Solene"',
    "coffee": 'An ad for single origin coffee beans from "Kettle & Co"',
    "headphones": 'A tech ad for wireless headphones by "Orbit" with neon light',
    "stain-remover": 'A funny stain remover ad for "Blanche"',
    "fitness-app": 'An energetic fitness app ad for "Pulse", 20% off this week',
    "candle": 'A calm scented candle ad for "Wick & Winter"',
    "bakery": 'An ad for the local bakery "Crumb Street", warm and friendly',
}


def make_film(name: str, runtime: Runtime, folder: Path) -> list[Path]:
    """Poster and loop of one brief."""
    (folder / name).mkdir()
    run = DirectRun(folder / name, runtime)
    ad = make_ad(read_brief(BRIEFS[name], duration=15, aspect="9:16", short_side=SHORT_SIDE), run, folder / f"{name}.mp4")
    frames = LOOP_S * ad.fps
    assert ad.plan is not None
    end = min(ad.n_frames, ad.plan.final_frame + round(CARD_S * ad.fps))  # the pictures before the end card, and it just read
    poster, loop = SHOWCASE / f"{name}.webp", SHOWCASE / f"{name}.mp4"
    with VideoReader(ad.path) as reader:
        planes = [(y.copy(), u.copy(), v.copy()) for y, u, v in reader.planes(first=end - frames, count=frames)]
    with Image.open(ad.poster) as picture:
        picture.save(poster, quality=80, method=6)
    for rate in LOOP:
        with VideoWriter(loop, ad.width, ad.height, ad.fps, Encoding("slow", rate, gop=frames)) as writer:
            for y, u, v in planes:
                writer.write_planes(y, u, v)
        if loop.stat().st_size < LARGEST_BYTES:
            break
    return [poster, loop]


def photographed(name: str, runtime: Runtime, folder: Path) -> list[tuple[str, Path]]:
    """Its first, hero and last pictures as the plan asks for them, small, without type."""
    (folder / name).mkdir()
    run = DirectRun(folder / name, runtime)
    brief = read_brief(BRIEFS[name], duration=15, aspect="9:16", short_side=SMALL)
    plan = run.step("plan", lay_out, run.step("spec", draft_spec, brief), brief)
    job = JobContext(folder)
    return [(f"{name} {shot.id}", make_still(plan, shot, runtime, job, None, None).path) for shot in _telling(plan)]


def _telling(plan: ScenePlan) -> Sequence[Shot]:
    """The shot the light comes on in, one from near, and the end card's."""
    hero = next(shot for shot in plan.shots if shot.start == plan.hero_frame)
    near = next((shot for shot in plan.shots if shot.framing.size in ("macro", "close") and shot.shows_product and shot is not hero), hero)
    return hero, near, plan.shots[-1]


def sheet(pictures: list[tuple[str, Path]], across: int) -> Image.Image:
    """Pictures in rows, a caption under each."""
    with Image.open(pictures[0][1]) as first:
        width, height = first.size
    rows = -(-len(pictures) // across)
    page = Image.new("RGB", (across * (width + 6) + 6, rows * (height + 24) + 6), "#F4F3F0")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(font_file("modern_grotesk", "text")), 12)
    for i, (caption, path) in enumerate(pictures):
        left, top = 6 + i % across * (width + 6), 6 + i // across * (height + 24)
        with Image.open(path) as picture:
            page.paste(picture.convert("RGB"), (left, top))
        pen.text((left + 2, top + height + 4), caption, font=font, fill="#2A2926")
    return page


def main() -> None:
    """Make what was asked for, one trade after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.showcase", description=__doc__.split("\n")[0])
    parser.add_argument("trades", nargs="*", help=f"which: {', '.join(BRIEFS)}; all by default")
    parser.add_argument("--stills", type=Path, help="only a contact sheet of small stills, written here")
    asked = parser.parse_args()
    names = asked.trades or list(BRIEFS)
    if unknown := set(names) - set(BRIEFS):
        parser.error(f"There is no brief {', '.join(sorted(unknown))}; choose from {', '.join(BRIEFS)}.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        runtime = Runtime(BackendConfig(folder / "cache", workers=2))
        try:
            if asked.stills:
                sheet([found for name in names for found in photographed(name, runtime, folder)], 12).save(asked.stills, quality=85)
                return
            SHOWCASE.mkdir(parents=True, exist_ok=True)
            for name in names:
                made = make_film(name, runtime, folder)
                print(", ".join(f"{path.name} {path.stat().st_size // 1000} kB" for path in made), flush=True)
        finally:
            runtime.close()


if __name__ == "__main__":
    main()
