"""Looks: three colours and the set they belong on, paired by eye. Ground first, then accent, then the colour of type."""

from dataclasses import dataclass

from pipelines.colors import contrast, luminance, mix, readable_on
from pipelines.spec import MusicStyle


@dataclass(frozen=True)
class Look:
    """ground: of the set; accent: metal, label, button; ink: of type, at least 4.5:1 on the ground. staging: a row of STAGINGS."""

    ground: str
    accent: str
    ink: str
    staging: str

    @property
    def colors(self) -> tuple[str, str, str]:
        """Ground, accent, ink."""
        return self.ground, self.accent, self.ink


DARK = 0.18  # luminance: a ground below it is a dark one

LOOKS: dict[str, Look] = {
    "midnight gold": Look("#0A192F", "#D4AF37", "#F5F1E6", "dark water"),
    "ink and steel": Look("#11151C", "#C9D3DE", "#F4F6F8", "dark water"),
    "oxblood": Look("#2A0D14", "#D9A08B", "#F8ECE4", "dark water"),
    "bottle green": Look("#10231C", "#CDAA6B", "#F3EFE2", "noir podium"),
    "graphite": Look("#17191D", "#E0B084", "#F6F3EE", "noir podium"),
    "plum night": Look("#1E1230", "#E3A6C9", "#F8F0F6", "noir podium"),
    "electric night": Look("#0B1026", "#5B8CFF", "#F2F6FF", "noir podium"),
    "signal night": Look("#0E0F12", "#D7F250", "#F7F9F0", "noir podium"),
    "ember": Look("#1B0F0C", "#FF6B35", "#FFF3EA", "noir podium"),
    "travertine sun": Look("#D9C3A3", "#A4622F", "#2A1B10", "travertine"),
    "terracotta": Look("#D69C78", "#7A2F1C", "#2A120B", "travertine"),
    "olive grove": Look("#CFCBB0", "#5C6B3A", "#20260F", "travertine"),
    "moss": Look("#C4CDB6", "#3E5B3C", "#18241A", "branch stone"),
    "river": Look("#C5D6D6", "#1F5E63", "#0E2729", "branch stone"),
    "oat": Look("#E6DBC8", "#8A6A48", "#2B2017", "branch stone"),
    "porcelain": Look("#E9E4DC", "#B08D57", "#26211B", "marble"),
    "rose marble": Look("#EBD3CC", "#A8505F", "#361A20", "marble"),
    "sky marble": Look("#D5E1EA", "#2E5B88", "#122335", "marble"),
    "dune": Look("#E0BC8C", "#8A4B2A", "#2C180C", "sand"),
    "desert rose": Look("#E3B7A0", "#8C3B46", "#32141A", "sand"),
    "blush silk": Look("#E6C6B9", "#94434A", "#33151A", "silk"),
    "pearl silk": Look("#E2DCD2", "#8C6B4F", "#2A211A", "silk"),
    "clay room": Look("#D8A27B", "#6B2F1A", "#2A1109", "plaster room"),
    "lime room": Look("#DCD5C6", "#7A6442", "#26201A", "plaster room"),
    "sage kitchen": Look("#AFC4B5", "#A34E28", "#132119", "kitchen"),
    "cream kitchen": Look("#EADFC9", "#A4502B", "#2A1B10", "kitchen"),
    "linen room": Look("#E2D8C8", "#8A5A34", "#2A2017", "living room"),
    "sage room": Look("#B4BFAA", "#7A4B2A", "#18210F", "living room"),
    "slate room": Look("#A9B6BD", "#7C4526", "#14202A", "living room"),
    "evening room": Look("#B9AFA6", "#A4622F", "#1B1613", "evening room"),
    "ink room": Look("#2A3238", "#D9A15C", "#F4EEE4", "evening room"),
    "neon night": Look("#12101F", "#FF4D8D", "#FBF3FF", "neon podium"),
    "coral": Look("#F08A72", "#FFF0E2", "#2B0F0A", "podium"),
    "saffron": Look("#F2B441", "#C8452B", "#2C1505", "window podium"),
    "mint": Look("#B9E0CC", "#1F6B52", "#0C2A20", "podium"),
    "lilac": Look("#CFC3EA", "#5A3FA8", "#1E1440", "window podium"),
    "sky": Look("#A8CFEC", "#1D4F9E", "#0B1F40", "podium"),
    "cobalt": Look("#1E3FAE", "#FFD166", "#FFFFFF", "podium"),
    "tomato": Look("#B92B23", "#FFD9A0", "#FFF8EF", "window podium"),
    "butter": Look("#F5E2A8", "#C74A22", "#33200A", "window podium"),
    "fog": Look("#D9DCE0", "#2F4B7C", "#151B26", "podium"),
}

MOOD_LOOKS: dict[MusicStyle, tuple[str, ...]] = {
    "luxury": ("midnight gold", "bottle green", "graphite"),
    "tech": ("electric night", "fog", "ink and steel"),
    "eco": ("moss", "river", "oat"),
    "energetic": ("signal night", "ember", "cobalt"),
    "playful": ("butter", "coral", "lilac"),
    "calm": ("porcelain", "oat", "sky marble"),
    "cinematic": ("dune", "ember", "oxblood"),
    "corporate": ("fog", "sky", "cobalt"),
}


def own_look(colors: tuple[str, ...], base: Look) -> Look:
    """The person's own colours on a set that suits how light their ground is. colors: 1..5, ground first, then accent.

    A missing accent is a tint of the ground; a third colour becomes the type only where it can be read (4.5:1).
    """
    ground = colors[0]
    dark = luminance(ground) < DARK
    accent = colors[1] if len(colors) > 1 else mix(ground, "#FFFFFF" if dark else "#000000", 0.55)
    ink = next((c for c in colors[2:] if contrast(c, ground) >= 4.5), readable_on(ground))
    same_light = dark == (luminance(base.ground) < DARK)
    return Look(ground, accent, ink, base.staging if same_light else "noir podium" if dark else "podium")
