"""A brand's own fonts, by their content: named in a style, found in the folders that this process was told of.

    modern_grotesk+<sha256>             the manner of modern_grotesk, its headlines and names set in the brand's own font
    modern_grotesk+<sha256>+<sha256>    and everything small in another one

A style is text, so it travels wherever a shipped one does: plans, timelines, recipes. It knows files, nothing of layout and owners.
"""

import re
from pathlib import Path

MARK = "+"
_HASH = re.compile(r"[0-9a-f]{64}")
_folders: list[Path] = []


def look_in(folder: Path) -> None:
    """Look for own fonts in `folder`, too, where each lies under the sha256 of its content."""
    if folder not in _folders:
        _folders.append(folder)


def own_style(base: str, display: str, text: str = "") -> str:
    """The style `base` with one's own font for display, and for text where there is one. display, text: sha256, 64 hex digits."""
    return MARK.join(filter(None, (base, display, text)))


def base_of(style: str) -> str:
    """The shipped style whose manner it has; of a shipped one, itself."""
    return style.partition(MARK)[0]


def hashes_of(style: str) -> tuple[str, ...]:
    """The own fonts that it names, display first; () for a shipped one."""
    return tuple(style.split(MARK)[1:])


def own_file(sha256: str) -> Path:
    """Where that font lies. Raises KeyError when it is in none of the folders."""
    if _HASH.fullmatch(sha256):
        for folder in _folders:
            if (path := folder / sha256).is_file():
                return path
    raise KeyError(f"The font {sha256[:12]}… is not on this machine; add it to the brand kit again.")
