"""From facts to findings: one small function a rule, and the table of them. A finding says what, when, how much, and the fix in a line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import gcd
from typing import Literal

from pipelines.preflight.facts import CAPTION, Facts, Type
from pipelines.preflight.platforms import Platform

Weight = Literal["stop", "mend"]

LOUDNESS = (-14.0, 1.0)
PEAK_DBTP = -1.0
CONTRAST, CONTRAST_LARGE = 4.5, 3.0
BRAND_WITHIN_S = 5.0
MOST_SILENCE_S = 2.0
MOST_SAID = 6.0  # words a second
CODECS = ("h264", "hevc")
PIXELS = ("yuv420p", "yuvj420p")


@dataclass(frozen=True)
class Finding:
    """weight: "stop" where the platform refuses the film or covers what matters, "mend" where it only suffers. at_s: when it shows, None
    for the whole film. measured: the figure with its unit. fix: one line, what to do."""

    rule: str
    weight: Weight
    sentence: str
    measured: str
    fix: str
    at_s: float | None = None


Rule = Callable[[Facts, Platform], Iterator[Finding]]


def length(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """The platform's shortest and longest."""
    fewest, most = platform.seconds
    if not fewest - 0.05 <= facts.duration_s <= most + 0.05:
        fix = "Choose 15 or 30 seconds." if facts.duration_s > most else "Choose a longer ad."
        yield Finding("length", "stop", f"{platform.title} takes {fewest:g} to {most:g} seconds.", f"{facts.duration_s:.1f} s", fix)


def shape(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """The platform's shapes."""
    found = aspect_of(facts.width, facts.height)
    if found not in platform.aspects:
        wanted = " or ".join(platform.aspects)
        yield Finding(
            "shape",
            "stop",
            f"{platform.title} shows {wanted}; this film would be cut or framed in black.",
            found,
            f"Make the ad in {platform.aspects[0]}.",
        )


def sharpness(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """The platform's fewest pixels."""
    short = min(facts.width, facts.height)
    if short < platform.short_side:
        yield Finding(
            "resolution",
            "stop",
            f"{platform.title} wants {platform.short_side} pixels on the shorter side.",
            f"{short} px",
            "Make the ad at 1080 pixels.",
        )


def file(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """What every platform can play, and how large it may be."""
    if facts.codec not in CODECS:
        yield Finding("file", "stop", "Platforms take H.264 or HEVC.", facts.codec, "Export the film as H.264.")
    elif facts.pixel_format not in PIXELS:
        yield Finding("file", "stop", "Phones play 4:2:0 with 8 bits.", facts.pixel_format, "Export the film as yuv420p.")
    if facts.bytes is not None and facts.bytes > platform.megabytes * 1e6:
        measured = f"{facts.bytes / 1e6:.0f} MB"
        yield Finding(
            "file", "stop", f"{platform.title} takes {platform.megabytes:g} MB at most.", measured, "Export with a smaller profile."
        )
    if facts.faststart is False:
        yield Finding(
            "file",
            "mend",
            "The index stands at the end of the file, so it plays only once it is loaded.",
            "no faststart",
            "Export it here again.",
        )


def loudness(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """Platforms turn down what is louder and leave alone what is softer."""
    if facts.lufs is None:
        yield Finding(
            "loudness", "mend", "The film has no sound.", "silent", "Give it music, or put a soundtrack under it on the platform."
        )
        return
    goal, tolerance = LOUDNESS
    if abs(facts.lufs - goal) > tolerance + 0.05:
        softer = "softer" if facts.lufs < goal else "louder"
        yield Finding(
            "loudness",
            "mend",
            f"The film is {softer} than its neighbours in a feed.",
            f"{facts.lufs:.1f} LUFS",
            f"Master it to {goal:g} LUFS.",
        )
    if facts.true_peak_dbtp is not None and facts.true_peak_dbtp > PEAK_DBTP + 0.05:
        yield Finding(
            "peak",
            "mend",
            "Peaks may distort once the platform has encoded the sound again.",
            f"{facts.true_peak_dbtp:.1f} dBTP",
            f"Limit it to {PEAK_DBTP:g} dBTP.",
        )
    if facts.silence_s is not None and facts.silence_s > MOST_SILENCE_S:
        yield Finding(
            "silence", "mend", "For a while nothing is heard.", f"{facts.silence_s:.1f} s", "Let the music go on, or start later."
        )


def safe_zone(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """Type under the platform's own buttons."""
    zone = platform.safe
    left, top = zone.left * facts.width, zone.top * facts.height
    right, bottom = (1 - zone.right) * facts.width, (1 - zone.bottom) * facts.height
    for title in facts.type or ():
        for line in title.lines:
            x0, y0, x1, y1 = line.box
            over = {"left": left - x0, "top": top - y0, "right": x1 - right, "bottom": y1 - bottom}
            side = max(over, key=lambda name: over[name])
            if over[side] > 1.0:
                weight: Weight = "stop" if line.role == "cta" else "mend"
                sentence = f"{platform.title}'s own buttons cover part of “{line.text}”."
                yield Finding(
                    "safe zone",
                    weight,
                    sentence,
                    f"{over[side]:.0f} px at the {side}",
                    "Move the type inwards, or shorten it.",
                    title.start_s,
                )


def contrast(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """WCAG's least contrast, at the worst moment."""
    for title in facts.type or ():
        for line in title.lines:
            least = CONTRAST_LARGE if line.large else CONTRAST
            if line.contrast is not None and line.contrast < least - 0.05:
                sentence = f"“{line.text}” is hard to read on its picture."
                yield Finding(
                    "contrast",
                    "mend",
                    sentence,
                    f"{line.contrast:.1f} : 1, {least:g} needed",
                    "Choose another type colour, or a calmer picture.",
                    title.start_s,
                )


def reading(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """0.3 s to find a line, and a third of a second a word. Captions stand where they are looked for, and may be as quick as speech."""
    for title in facts.type or ():
        said = all(line.role == CAPTION for line in title.lines)
        need = title.words / MOST_SAID if said else 0.3 + title.words / 3
        if title.seconds < need - 0.05:
            sentence = f"“{_first(title)}” is gone before it is read."
            yield Finding(
                "reading time",
                "mend",
                sentence,
                f"{title.seconds:.1f} s, {need:.1f} needed",
                "Use fewer words, or give it longer.",
                title.start_s,
            )


def brand(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """The name, early enough for those who do not stay. On the product's own label it counts for the eye, but cannot be measured here."""
    if facts.type is None:
        return
    shown = [title.start_s for title in facts.type if any(line.role in ("brand", "mark") for line in title.lines)]
    if not shown:
        yield Finding("brand", "mend", "The brand's name is never set in type.", "not shown", "Put the name on the end card.")
    elif shown[0] > BRAND_WITHIN_S and facts.duration_s > BRAND_WITHIN_S:
        sentence = "Who leaves early never reads whose ad it was; only the product's own label tells."
        yield Finding(
            "brand", "mend", sentence, f"first at {shown[0]:.1f} s", f"Show the name within {BRAND_WITHIN_S:g} seconds.", shown[0]
        )


def call(facts: Facts, platform: Platform) -> Iterator[Finding]:
    """Something to do at the end."""
    if facts.type is not None and not any(line.role == "cta" for title in facts.type for line in title.lines):
        yield Finding("call to action", "mend", "Nothing tells people what to do next.", "none", "Add a call to action to the end card.")


RULES: Mapping[str, Rule] = {
    "length": length,
    "shape": shape,
    "resolution": sharpness,
    "file": file,
    "loudness": loudness,
    "safe zone": safe_zone,
    "contrast": contrast,
    "reading time": reading,
    "brand": brand,
    "call to action": call,
}
OF_THE_EDIT = ("safe zone", "contrast", "reading time", "brand", "call to action")
"""Rules that need to know the type, and so the edit."""

OF_THE_FILM = ("file", "loudness", "contrast")
"""Rules that need the finished film."""


def aspect_of(width: int, height: int) -> str:
    """ "9:16" of 1080 x 1920; the nearest of the usual ones within a percent."""
    usual = {"9:16": 9 / 16, "16:9": 16 / 9, "1:1": 1.0, "4:5": 4 / 5}
    name = min(usual, key=lambda key: abs(usual[key] - width / height))
    if abs(usual[name] - width / height) < 0.01 * usual[name]:
        return name
    common = gcd(width, height)
    return f"{width // common}:{height // common}"


def _first(title: Type) -> str:
    return title.lines[0].text if title.lines else ""
