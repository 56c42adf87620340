"""What each picture shows, in words: from a .txt beside it, or made from a template with the subject in it.

Words are given, never guessed: the catalogue has no local model that describes pictures, so there is no captioner.
"""

from collections.abc import Sequence
from pathlib import Path

ENDINGS = (".txt", ".caption")
TEMPLATE = "a photo of {subject}"
LONGEST_WORDS = 60
"""Above that a caption may pass SDXL's 75 tokens, and its end is not read."""


def beside(picture: Path) -> str | None:
    """The caption written beside the picture, on one line; None when there is none. Raises OSError, UnicodeDecodeError."""
    for ending in ENDINGS:
        path = picture.with_suffix(ending)
        if path.is_file():
            return " ".join(path.read_text(encoding="utf-8-sig").split())
    return None


def captions(pictures: Sequence[Path], subject: str, templates: Sequence[str] = ()) -> tuple[list[str], list[str], list[str]]:
    """(captions, faults, warnings), a caption for each picture.

    Where no picture has one, all are made from `templates` (in turn; TEMPLATE when none is given). Where some have one, the others
    are a fault unless a template says what to do about them.
    """
    faults: list[str] = []
    warnings: list[str] = []
    for template in templates:
        if "{subject}" not in template:
            faults.append(f"The template {template!r} does not say where the subject goes; write {{subject}} into it.")
    given: list[str | None] = []
    unread: set[str] = set()
    for path in pictures:
        try:
            given.append(beside(path))
        except (OSError, UnicodeDecodeError):
            given.append("")
            unread.add(path.name)
            faults.append(f"The caption of {path.name} cannot be read; save it as UTF-8 text.")
    written = [caption for caption in given if caption is not None]
    without = [path.name for path, caption in zip(pictures, given, strict=True) if caption is None]
    if empty := [path.name for path, caption in zip(pictures, given, strict=True) if caption == "" and path.name not in unread]:
        faults.append(f"The captions of {named(empty)} are empty; write what they show, or remove the files.")
    if written and without and not templates:
        faults.append(
            f"{len(without)} of {len(pictures)} pictures {'has' if len(without) == 1 else 'have'} no caption ({named(without)}); "
            "write a .txt beside each, "
            f'or give --template "{TEMPLATE}" for those without.'
        )
    patterns = list(templates) or [TEMPLATE]
    found = [
        caption if caption is not None else patterns[number % len(patterns)].replace("{subject}", subject)
        for number, caption in enumerate(given)
    ]
    lacking = [path.name for path, caption in zip(pictures, given, strict=True) if caption and subject.lower() not in caption.lower()]
    if lacking:
        warnings.append(f'{len(lacking)} captions do not contain "{subject}" ({named(lacking)}); those words will not call the subject up.')
    if wordy := [path.name for path, caption in zip(pictures, found, strict=True) if len(caption.split()) > LONGEST_WORDS]:
        warnings.append(f"The captions of {named(wordy)} are long; SDXL reads 75 tokens (about {LONGEST_WORDS} words) and no more.")
    return found, faults, warnings


def named(names: Sequence[str], most: int = 5) -> str:
    """The names, or the first of them and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
