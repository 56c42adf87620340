"""The brief: what a person asked for. Checked here and nowhere else; knows no models and no frames."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipelines.aspect import Aspect
from pipelines.spec import FontStyle, Framework, MusicStyle


class Brief(BaseModel):
    """One sentence, and whatever else the person cared to set; None and "" mean "read it out of the prompt, or choose".

    prompt: 10..500 characters. colors: "#RRGGBB", ground first, then accent. seed: 0..2**32-1.
    short_side: pixels of the shorter side of the finished ad (1080; smaller for drafts and tests).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    duration: Literal[15, 30, 60] | None = None
    aspect: Aspect | None = None
    framework: Framework | None = None
    brand: str = ""
    colors: tuple[str, ...] = ()
    product_image: Path | None = None
    seed: int = 0
    music: MusicStyle | None = None
    font_style: FontStyle | None = None
    short_side: Annotated[int, Field(ge=120, le=1080)] = 1080


def read_brief(**fields: Any) -> Brief:
    """A checked Brief, or BriefError with one sentence and the name of the field. Written with the hints in hints.py."""
    raise NotImplementedError
