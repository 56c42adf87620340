"""One HTML page about a training, with everything in it: what was asked, the pictures, the loss, the previews, the files."""

import html
import io
from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass, fields
from pathlib import Path

from lora_training import curve, journal
from lora_training.buckets import buckets, crop_for
from lora_training.dataset import Picture
from lora_training.order import Order
from models.weights import hash_of

STYLE = """
:root{color-scheme:light dark;--ink:#1c1d20;--paper:#fff;--soft:#6b6f76;--line:#dcdfe4;--mean:#3457d5;--validation:#c2410c}
@media(prefers-color-scheme:dark){:root{--ink:#e9eaec;--paper:#16171a;--soft:#9aa0a8;--line:#33363c;--mean:#8ea6ff;--validation:#fb923c}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:980px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p.lead,figcaption,td.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-size:14px}
td,th{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line)}
svg{width:100%;height:auto}svg text{font-size:11px;fill:var(--soft)}polyline{fill:none}.each{stroke:var(--soft);stroke-width:1;opacity:.55}
.mean{stroke:var(--mean);stroke-width:2}.validation{stroke:var(--validation);stroke-width:1.5;fill:var(--validation)}
polyline.validation{fill:none}.row{display:flex;gap:.5rem;flex-wrap:wrap}figure{margin:0;flex:1 1 150px;max-width:240px}
figure img{width:100%;border-radius:4px;display:block}figcaption{font-size:12px}code{font-size:13px;overflow-wrap:anywhere}
table.recipe code{white-space:nowrap}
@media(max-width:600px){svg{overflow:visible;width:calc(100% - 28px);margin-left:20px}svg text{font-size:26px}
table.recipe tr{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid var(--line)}
table.recipe td{border:0}table.recipe td.soft{grid-column:1/-1;padding-top:0}}
"""
PREVIEW_SIDE, THUMB_SIDE = 384, 160
MOST_ROWS = 12


@dataclass(frozen=True)
class Page:
    """What the page tells. files: what was published, () while it still trains. best_step: of the validated best, None without."""

    order: Order
    pictures: tuple[Picture, ...]
    held_out: frozenset[str]
    class_pictures: int
    warnings: tuple[str, ...]
    work: Path
    prompts: tuple[str, ...]
    step: int
    best_step: int | None
    early: bool
    files: tuple[Path, ...]
    device: str
    peak_gb: float | None


def write(page: Page, path: Path) -> Path:
    """Write the page, whole or not at all."""
    lines = journal.read(page.work)
    losses = [(int(line["step"]), float(line["loss"])) for line in lines if "loss" in line]
    validations = [(int(line["step"]), float(line["validation"])) for line in lines if "validation" in line]
    name = html.escape(page.order.name)
    sections = [
        f"<h1>{name}</h1><p class=lead>{_lead(page)}</p>",
        "".join(f"<p>Note: {html.escape(warning)}</p>" for warning in page.warnings),
        "<h2>Loss</h2>" + curve.svg(losses, validations) + _legend(page, validations),
        "<h2>Previews</h2>" + _previews(page),
        "<h2>Pictures</h2>" + _pictures(page),
        "<h2>Recipe</h2>" + _recipe(page),
        "<h2>Files</h2>" + _files(page),
    ]
    text = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{name}</title>'
        f"<style>{STYLE}</style><main>{''.join(sections)}</main></html>\n"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path


def _lead(page: Page) -> str:
    stands = f"{page.step} of {page.order.recipe.steps} steps" + (", stopped early by validation" if page.early else "")
    memory = f", at most {page.peak_gb:.1f} GB of its memory" if page.peak_gb is not None else ""
    done = "" if page.files else " It is still training, or was stopped."
    return (
        f"A LoRA of “{html.escape(page.order.subject)}” for {html.escape(page.order.base_name)}: {stands}, on {page.device}{memory}.{done}"
    )


def _legend(page: Page, validations: list[tuple[int, float]]) -> str:
    said = "Grey: every step. Blue: running mean."
    if validations:
        best = f" The best was at step {page.best_step}, and is what was published." if page.best_step is not None else ""
        return f"<p class=lead>{said} Orange: pictures held out, with the same noise every time.{best}</p>"
    return f"<p class=lead>{said} No pictures were held out to validate on.</p>"


def _previews(page: Page) -> str:
    by_step: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((page.work / "previews").glob("step-*.png")):
        by_step[path.stem.split("-")[1]].append(path)
    if not by_step:
        return "<p class=lead>None were made.</p>"
    steps = sorted(by_step)
    stride = max(1, -(-len(steps) // MOST_ROWS))
    shown = sorted({*steps[::stride], steps[-1]})
    rows = []
    for step in shown:
        figures = "".join(
            f'<figure><img alt="" src="{_data(path, PREVIEW_SIDE)}"><figcaption>{html.escape(page.prompts[number])}</figcaption></figure>'
            for number, path in enumerate(by_step[step][: len(page.prompts)])
        )
        rows.append(f"<h3>Step {int(step)}</h3><div class=row>{figures}</div>")
    return "".join(rows)


def _pictures(page: Page) -> str:
    sizes = buckets(page.order.recipe.resolution, page.order.recipe.bucket_step)
    figures = []
    for picture in page.pictures:
        crop = crop_for(picture.width, picture.height, sizes)
        held = ", held out" if picture.sha256 in page.held_out else ""
        said = f"{picture.width} × {picture.height} → {crop.width} × {crop.height}{held}: {picture.caption}"
        try:
            image = f'<img alt="" src="{_data(picture.path, THUMB_SIDE)}">'
        except OSError:
            image = ""  # moved away while training; its caption still tells what was learnt from
        figures.append(f"<figure>{image}<figcaption>{html.escape(said)}</figcaption></figure>")
    more = f"<p class=lead>And {page.class_pictures} pictures of the class.</p>" if page.class_pictures else ""
    return f"<div class=row>{''.join(figures)}</div>{more}"


def _recipe(page: Page) -> str:
    recipe = page.order.recipe
    rows = "".join(
        f"<tr><td><code>--{f.name.replace('_', '-')}</code><td>{html.escape(str(getattr(recipe, f.name)))}"
        f"<td class=soft>{html.escape(f.metadata['help'])}</tr>"
        for f in fields(recipe)
    )
    return f"<table class=recipe>{rows}</table>"


def _files(page: Page) -> str:
    if not page.files:
        return "<p class=lead>None yet.</p>"
    rows = "".join(f"<tr><td><code>{html.escape(path.name)}</code><td><code>{hash_of(path)}</code></tr>" for path in page.files)
    use = f"Choose “{html.escape(page.order.name)}” in the studio and write “{html.escape(page.order.subject)}” into the prompt."
    return f"<table><tr><th>file<th>sha256</tr>{rows}</table><p>{use} The file ending in _kohya is for ComfyUI and kohya-style tools.</p>"


def _data(path: Path, side: int) -> str:
    from PIL import Image, ImageOps

    with Image.open(path) as raw:
        picture = ImageOps.exif_transpose(raw).convert("RGB")
    picture.thumbnail((side, side))
    held = io.BytesIO()
    picture.save(held, format="JPEG", quality=85)
    return "data:image/jpeg;base64," + b64encode(held.getvalue()).decode()
