"""What is in an ad, and under which licence each of it stands: rows made from its recipe at the time of making. Pure; reads the catalogue.

A licence is named as the catalogue names it then; the page behind its address counts, not this list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.catalog import CATALOG
from models.typefaces import TYPEFACES
from pipelines.origins import brought, has_photo, picture_models

Sort = Literal["model", "writer", "typeface", "sound", "voice", "photo", "lora", "brought"]
OURS = "this project's"
OFL = "SIL OFL 1.1"
BROUGHT = "brought by whoever edited the ad, who answers for the right to use it"


@dataclass(frozen=True)
class LedgerRow:
    """name: as LICENSES.md or the catalogue has it. licence: "" where nobody but the owner can say. note: what it asks, or who answers."""

    sort: Sort
    name: str
    licence: str
    url: str = ""
    note: str = ""


def ledger_of(recipe: Mapping[str, Any]) -> tuple[LedgerRow, ...]:
    """Every row once, in the order: models, writer, sound, voices, typefaces, LoRA, photo, what an edit brought. A recipe without shots
    has no models' rows."""
    brief = recipe.get("brief", {})
    rows = [_model("model", model) for model in picture_models(recipe)]
    if writer := recipe.get("writer"):
        rows.append(_model("writer", str(writer)))
    if sound := recipe.get("sound"):
        rows.append(_model("sound", str(sound.get("model", ""))))
    rows += [_model("voice", str(voice.get("model", ""))) for voice in recipe.get("voices", ())]
    rows += [LedgerRow("typeface", family, OFL, "", "may be used in any film") for family in families_of(recipe)]
    if lora := brief.get("lora"):
        rows.append(LedgerRow("lora", str(lora), "", "", "yours, on top of its base model's terms"))
    if has_photo(recipe):
        rows.append(LedgerRow("photo", "Product photo", "", "", "brought by whoever ordered the ad, who answers for the right to use it"))
    rows += [LedgerRow("brought", name, "", "", BROUGHT) for name in brought(recipe)]
    return tuple(dict.fromkeys(rows))


def families_of(recipe: Mapping[str, Any]) -> tuple[str, ...]:
    """The families of the typefaces that the film's titles are set in, in alphabetical order."""
    styles = {str(title.get("style", "")) for title in (recipe.get("plan") or {}).get("titles", ())}
    faces = [TYPEFACES[style] for style in styles if style in TYPEFACES]
    return tuple(sorted({family(file) for face in faces for file in (face.display, face.text, face.accent)}))


def family(file: str) -> str:
    """ "cormorant-garamond-500-italic.ttf" -> "Cormorant Garamond"."""
    words = [word for word in file.removesuffix(".ttf").split("-") if not word.isdigit() and word != "italic"]
    return " ".join("JetBrains" if word == "jetbrains" else word.capitalize() for word in words)


def _model(sort: Sort, id: str) -> LedgerRow:
    row = next((r for r in CATALOG if r.id == id or r.id.partition("/")[0] == id), None)
    if row is not None:
        return LedgerRow(sort, row.id, row.licence, row.licence_url, row.terms)
    if id.startswith("built-in"):
        return LedgerRow(sort, id, OURS, "", "code; no language model")
    return LedgerRow(sort, id, "", "", "not in the catalogue any more; its maker's terms apply")
