"""What the copywriter knows of one category: its words, its people, its looks and complete sets of lines. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipelines.frameworks import Framework
from pipelines.spec import MusicStyle

Tone = Literal["any", "quiet", "warm", "bold"]
BodyRole = Literal["ground", "accent", "light", "dark"]
Air = Literal["", "petals", "drops", "ice"]


@dataclass(frozen=True)
class Lines:
    """One complete set: a line for each beat of the story, in order, that read as a single thought. Sets are never mixed.

    The last line stands under the brand name on the end card. cta: the button. tone: "any" suits every voice; the others
    are offered only to a prompt that asks for that voice. A line has at most 28 characters.
    """

    scenes: tuple[str, ...]
    cta: str
    tone: Tone = "any"


@dataclass(frozen=True)
class Product:
    """One category of goods or services.

    noun: what it is in plain words, as the camera needs it. words: how people call it in prompts (singular; plurals are
    understood). themes: three benefits of the category, fit to be shown, never claims. pains: two more lines for the
    shadow scenes of long ads. materials: what it looks like. detail: what a macro lens would find. sublabel: the small
    neutral second line of a label ("": the noun). body: which colour of the palette paints the thing. looks: rows of looks.LOOKS.
    names: working names for a brief without a brand; all invented. kinds: words of the prompt that name another shape than
    `noun` ("necklace" is no ring), and what the camera should be told. air: what drifts through its lit pictures. busy_near: seen from
    near it is all signs, or all edges of light and dark, so that no line of type stands on it.
    """

    id: str
    noun: str
    words: tuple[str, ...]
    audience: str
    pain: str
    themes: tuple[str, str, str]
    pains: tuple[str, str]
    materials: str
    detail: str
    sublabel: str
    framework: Framework
    mood: MusicStyle
    looks: tuple[str, ...]
    body: BodyRole
    names: tuple[str, ...]
    pas: tuple[Lines, ...]
    bab: tuple[Lines, ...]
    aida: tuple[Lines, ...]
    kinds: Mapping[str, str] = field(default_factory=dict)
    air: Air = ""
    busy_near: bool = False

    def sets(self, framework: Framework) -> tuple[Lines, ...]:
        """Its complete sets of lines for one framework."""
        return {Framework.PAS: self.pas, Framework.BAB: self.bab, Framework.AIDA: self.aida}[framework]
