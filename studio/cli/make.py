"""`make`, `remake`, `recipe`, `schema`: one ad in this process, and what made it."""

import argparse
import json
import re
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.terminal import Bar, StopOnSignal, say_paid
from studio.settings import Settings

if TYPE_CHECKING:
    from pipelines.brief import Brief

CAPTIONS = "what is said as words on the picture: off, line, word or highlight; without a voice, a script to read"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of these commands."""
    one = commands.add_parser("make", help="make an ad from one sentence")
    one.add_argument("prompt", help='10 to 500 characters, e.g. "Create a luxury watch ad for Instagram"')
    one.add_argument("--out", type=Path, help="the .mp4 to write (default: a new folder under the output folder)")
    one.add_argument("--duration", help="15, 30 or 60 seconds")
    one.add_argument("--aspect", help="9:16, 16:9 or 1:1")
    one.add_argument("--framework", help="PAS, BAB or AIDA")
    one.add_argument("--brand", default="", help="brand name, up to 40 characters")
    one.add_argument(
        "--brand-kit", default="", metavar="NAME_OR_ID", help="a brand kit by its name or id: what is left open here is taken from it"
    )
    one.add_argument("--colors", default="", help='brand colours, ground first: "#0A192F,#D4AF37"')
    one.add_argument("--product-image", type=Path, help="a photo of the product (PNG, JPEG or WebP)")
    one.add_argument("--seed", default=0, help="0 to 4294967295; the same seed makes the same ad")
    one.add_argument("--music", help="luxury, tech, eco, energetic, playful, calm, cinematic or corporate")
    one.add_argument("--font-style", help="a typeface style, e.g. luxury_serif or modern_grotesk")
    one.add_argument("--style", help="luxury, minimal, vibrant or tech: palette, light, type, music and pace together")
    one.add_argument("--grade", help="the film's colours: clean, warm_film, cool_tech, noir, pastel or vivid (default: the style's own)")
    one.add_argument(
        "--model",
        action="append",
        default=[],
        metavar="KIND=ID",
        help="another model for text, image, video, sound or voice (repeatable; text=built-in writes without a language model)",
    )
    one.add_argument("--voice", default="off", help="who speaks the ad's lines: off, auto, or a voice by its name")
    one.add_argument("--captions", default="off", help=CAPTIONS)
    one.add_argument("--no-seed-control", action="store_true", help="each shot draws its own seed, so the pictures vary more")
    one.add_argument("--no-color-matching", action="store_true", help="leave each clip's colour and brightness as it came")
    one.add_argument("--no-reference", action="store_true", help="do not show models that draw from words your photo or the main shot")
    one.add_argument("--no-layout-control", action="store_true", help="let models that draw from words place the product themselves")
    one.add_argument("--lora", default="", help="a LoRA by its name, for picture models that take one")
    one.add_argument("--lora-weight", default=1.0, help="how strongly it counts: 0 to 2, 1 as it was trained")
    one.add_argument("--logo", help="your logo for the end card: PNG or WebP with transparency, or JPEG")
    one.add_argument("--rating", default="", help='stars on the end card, as they should read, such as "4.8 from 2,300 reviews"')
    one.add_argument("--feature", action="append", default=[], metavar="TEXT", help="something to point at in the film; up to three times")
    one.add_argument("--short-side", default=1080, help="pixels of the shorter side (1080; smaller for drafts)")
    one.add_argument("--keep", type=Path, metavar="DIR", help="keep stills, clips, stems and the timeline in this new folder")
    one.set_defaults(command=make)

    again = commands.add_parser("remake", help="make an ad again from the recipe inside it")
    again.add_argument("file", type=Path, help="an ad that was made here")
    again.add_argument("--out", type=Path, help="the .mp4 to write (default: beside it, with _again)")
    again.set_defaults(command=remake)

    show = commands.add_parser("recipe", help="print what made an ad")
    show.add_argument("file", type=Path, help="an ad that was made here")
    show.set_defaults(command=recipe)

    spec = commands.add_parser("schema", help="print the JSON Schema of the ad spec")
    spec.set_defaults(command=schema)


def make(args: argparse.Namespace, settings: Settings) -> int:
    """`make "…"`: one ad, with a progress bar."""
    from pipelines.brief import read_brief

    brief = read_brief(
        args.prompt,
        duration=args.duration,
        aspect=args.aspect,
        framework=args.framework,
        brand=args.brand,
        colors=args.colors,
        product_image=args.product_image,
        seed=args.seed,
        music=args.music,
        font_style=args.font_style,
        style=args.style,
        grade=args.grade,
        models=args.model,
        voice=args.voice,
        captions=args.captions,
        coherence={
            "seed_control": not args.no_seed_control,
            "color_matching": not args.no_color_matching,
            "reference": not args.no_reference,
            "layout_control": not args.no_layout_control,
        },
        lora=args.lora,
        lora_weight=args.lora_weight,
        short_side=args.short_side,
        logo=args.logo,
        rating=args.rating,
        features=args.feature,
    )
    if args.brand_kit:
        from studio.cli.brand_kit import with_kit

        brief = with_kit(brief, args.brand_kit, settings)
    return _make(brief, args.out or _name_for(args.prompt, settings.output_dir), args.keep, settings)


def remake(args: argparse.Namespace, settings: Settings) -> int:
    """`remake ad.mp4`: the same ad again from the recipe inside it."""
    from studio.cli.brand_kit import brief_again

    brief = brief_again(args.file, settings)
    return _make(brief, args.out or args.file.with_stem(args.file.stem + "_again"), None, settings)


def recipe(args: argparse.Namespace, settings: Settings) -> int:
    """`recipe ad.mp4`: what made this file."""
    from pipelines.recipe import read_recipe

    print(json.dumps(read_recipe(args.file), indent=2, ensure_ascii=False))
    return 0


def schema(args: argparse.Namespace, settings: Settings) -> int:
    """`schema`: the JSON Schema of the ad spec."""
    from pipelines.spec import AdSpec

    print(json.dumps(AdSpec.model_json_schema(), indent=2))
    return 0


def _make(brief: "Brief", out: Path, keep: Path | None, settings: Settings) -> int:
    from rich.console import Console

    from pipelines.captions.glyphs import warning
    from studio.services.ad_report import report
    from studio.services.direct_quote import notice, quote_of
    from studio.wiring import build

    console = Console(stderr=True)
    if unset := warning(" ".join((brief.prompt, brief.brand or "", *brief.features))):
        console.print(unset, highlight=False, markup=False, soft_wrap=True)
    studio = build(settings)
    cancel = threading.Event()
    began = time.monotonic()
    try:
        if costs := notice([quote_of(brief, studio.runtime)], settings.ad_cap_usd):
            console.print(costs, highlight=False, markup=False, soft_wrap=True)
        with Bar(console) as show, StopOnSignal(cancel):
            ad = studio.make(brief, out, on_progress=show, cancel=cancel, keep=keep)
    except BaseException:
        say_paid(console, studio.paid)
        raise
    finally:
        studio.close()
    Console().print(report(ad, time.monotonic() - began), highlight=False, markup=False, soft_wrap=True)
    return 0


def _name_for(prompt: str, folder: Path) -> Path:
    """output/20261123-221530-luxury-watch/ad.mp4"""
    return folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{words_for_a_name(prompt) or 'ad'}" / "ad.mp4"


def words_for_a_name(prompt: str) -> str:
    """The first words of a prompt that say something: "luxury-watch"; "" where none does."""
    words = [w for w in re.findall(r"[a-z0-9]+", prompt.lower()) if w not in {"create", "make", "generate", "a", "an", "the", "ad", "for"}]
    return "-".join(words[:4])
