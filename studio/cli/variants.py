"""`variants`: one brief with several hooks, calls to action, shapes and stories, as films in a folder, with their list."""

import argparse
import json
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from studio.cli.make import CAPTIONS
from studio.cli.new_folder import filling, new_folder
from studio.settings import Settings

if TYPE_CHECKING:
    from models.asks import Made
    from pipelines.ad import Ad, Lend
    from pipelines.clips import ShotMedia
    from pipelines.progress import DirectRun, Tools
    from pipelines.sharing import Lent
    from studio.services.direct_till import DirectTill
    from studio.services.variant_asked import Cell, VariantsAsked

LIST = "manifest.csv"
ONE = "An ad of this set"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("variants", help="make ads that differ in a line, a shape or a story; clips they share are made once")
    one.add_argument("prompt", help='10 to 500 characters, e.g. "Create a luxury watch ad for Instagram"')
    one.add_argument("--out", type=Path, metavar="DIR", help="a new folder for the films (default: under the output folder)")
    one.add_argument("--hooks", default=2, type=int, help="how many first lines, 1 to 4")
    one.add_argument("--hook", action="append", default=[], metavar="TEXT", help="a first line of your own (repeatable)")
    one.add_argument("--ctas", default=1, type=int, help="how many calls to action, 1 to 4")
    one.add_argument("--cta", action="append", default=[], metavar="TEXT", help="a call to action of your own (repeatable)")
    one.add_argument("--aspects", default="", help="of 9:16, 16:9 and 1:1, with commas between")
    one.add_argument("--frameworks", default="", help="of PAS, BAB and AIDA, with commas between")
    one.add_argument("--same-opening", action="store_true", help="all hooks open on the same picture")
    one.add_argument("--duration", help="15, 30 or 60 seconds")
    one.add_argument("--brand", default="", help="brand name, up to 40 characters")
    one.add_argument("--style", help="luxury, minimal, vibrant or tech")
    one.add_argument("--product-image", type=Path, help="a photo of the product (PNG, JPEG or WebP)")
    one.add_argument("--captions", default="off", help=CAPTIONS)
    one.add_argument("--seed", default=0, help="the same seed makes the same ads")
    one.add_argument("--short-side", default=1080, help="pixels of the shorter side (1080; smaller for drafts)")
    one.add_argument("--landing-page", default="", help="where the ads lead, for the list")
    one.add_argument("--utm", action="append", default=[], metavar="FIELD=VALUE", help="source, medium, campaign or term (repeatable)")
    one.set_defaults(command=variants)


def variants(args: argparse.Namespace, settings: Settings) -> int:
    """`variants "…" --hooks 2 --ctas 2`: a film for each, and manifest.csv."""
    from rich.console import Console

    from pipelines.sharing import clip_keys
    from studio.services.direct_quote import quotes_of_variants
    from studio.services.direct_till import DirectTill
    from studio.services.provenance_keys import signer_of
    from studio.services.provenance_seal import sealed
    from studio.services.variant_asked import cells_of

    asked = _asked(args)
    cells = cells_of(asked)
    out, began = new_folder(args.out, settings, args.prompt, "variants", "films"), time.monotonic()
    shelf: dict[str, ShotMedia] = {}

    def lend(tools: "Tools", keys: dict[str, str]) -> "Lent":
        from pipelines.sharing import Lent

        return Lent({shot: _lent(shelf[key], shot) for shot, key in keys.items() if key in shelf})

    made: list[Ad] = []
    ads = f"These {len(cells)} ads"
    with filling(out, settings, ads, lambda runtime: quotes_of_variants(cells, runtime), ONE) as (run, till):
        (whole := run.workdir / "whole").mkdir()
        for position, cell in enumerate(cells):
            ad = _make(run, cell, position, len(cells), lend, DirectTill(till.prices, till.cap, ONE, whole=till))
            made.append(ad)
            if ad.plan is not None:
                shelf |= {key: media for key, media in zip(clip_keys(ad.plan).values(), ad.media, strict=True) if key not in shelf}
        names = _names(cells, made)
        seals = [sealed(ad.path, json.loads(ad.recipe), lambda: signer_of(settings), None, _photos(asked)) for ad in made]
        for name, ad in zip(names, made, strict=True):
            ad.path.replace(whole / f"{name}.mp4")
        (whole / LIST).write_text(_list(asked, cells, names, made), encoding="utf-8", newline="")
        whole.replace(out)
    why = dict.fromkeys(one["why"] for one in seals if "why" in one)
    shots = sum(len(ad.media) for ad in made)
    told = f"{out}  {len(made)} ads in {time.monotonic() - began:.1f} s, {len(shelf)} clips made for {shots} shots"
    Console().print("\n".join([told, *(f"  {name}.mp4" for name in names), *why]), highlight=False, markup=False, soft_wrap=True)
    return 0


def _asked(args: argparse.Namespace) -> "VariantsAsked":
    from pipelines.aspect import Aspect
    from pipelines.brief import read_brief
    from pipelines.frameworks import Framework
    from studio.errors import InputRefused
    from studio.services.variant_asked import VariantsAsked, checked

    brief = read_brief(
        args.prompt,
        duration=args.duration,
        brand=args.brand,
        style=args.style,
        product_image=args.product_image,
        captions=args.captions,
        seed=args.seed,
        short_side=args.short_side,
    )
    try:
        aspects = tuple(Aspect(word.strip()) for word in args.aspects.split(",") if word.strip())
        frameworks = tuple(Framework(word.strip().upper()) for word in args.frameworks.split(",") if word.strip())
    except ValueError as error:
        known = f"aspects are {', '.join(Aspect)}; frameworks are {', '.join(Framework)}"
        raise InputRefused(f"{known}; {error}.", field="aspects") from error
    hooks = (*[""] * (args.hooks - len(args.hook)), *args.hook)
    calls = (*[""] * (args.ctas - len(args.cta)), *args.cta)
    utm = dict(word.partition("=")[::2] for word in args.utm)
    return checked(VariantsAsked(brief, hooks, calls, aspects, frameworks, not args.same_opening, "", args.landing_page, utm))


def _make(run: "DirectRun", cell: "Cell", position: int, total: int, lend: "Lend", till: "DirectTill") -> "Ad":
    """One ad in a folder of its own within the run's, which stays until the set is whole: the others use its clips."""
    from pipelines.ad import make_ad
    from pipelines.progress import DirectRun, Progress
    from studio.services.ad_checks import check_ad

    def show(progress: Progress) -> None:
        text = f"Ad {position + 1} of {total}: {progress.text}"
        run.report((position + progress.percent / 100) / total * 100, progress.step, text)

    (folder := run.workdir / f"ad-{position}").mkdir()
    own = DirectRun(folder, run.runtime, show, run.cancel, parallel=run.parallel, till=till)
    return make_ad(cell.brief, own, folder / "ad.mp4", check_ad, None, lend)


def _lent(media: "ShotMedia", shot: str) -> "ShotMedia":
    """What another ad made and paid for, as a shot of this one."""
    still = replace(media.still, made=_free(media.still.made))
    clip = replace(media.clip, made=_free(media.clip.made))
    return replace(media, shot_id=shot, still=still, clip=clip)


def _free(made: "Made") -> "Made":
    return replace(made, cost_usd=Decimal(0), elapsed_s=0.0, notes=())


def _photos(asked: "VariantsAsked") -> tuple[Path, ...]:
    return (asked.brief.product_image,) if asked.brief.product_image else ()


def _names(cells: "tuple[Cell, ...]", made: "list[Ad]") -> tuple[str, ...]:
    from studio.services.variant_names import names_for

    spec = made[0].spec
    seconds = [ad.spec.ad_specifications.ad_duration_seconds for ad in made]
    return names_for(cells, seconds, spec.brand_guidelines.brand_name, spec.analysis.product_type, 1)


def _list(asked: "VariantsAsked", cells: "tuple[Cell, ...]", names: tuple[str, ...], made: "list[Ad]") -> str:
    from studio.services.variant_manifest import Row, manifest

    rows = [
        Row(
            name,
            ascii_uppercase[cell.hook],
            cell.brief.wording.first_line,
            ascii_uppercase[cell.call],
            cell.brief.wording.last_words,
            str(cell.aspect),
            str(cell.framework),
            ad.duration_s,
            "completed",
            ad.cost_usd,
        )
        for cell, name, ad in zip(cells, names, made, strict=True)
    ]
    return manifest(rows, asked.landing, asked.utm, names[0].partition("_hook")[0])
