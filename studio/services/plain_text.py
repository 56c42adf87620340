"""Text without markup: what people paste from web pages into a prompt (PRD §16.3). Knows no prompts."""

import re

HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)


def plain_text(text: str) -> str:
    """`text` without tags, comments, scripts and styles; "<3" and "5 < 6" stay. Removing one tag must not make another."""
    while (less := TAG.sub(" ", HIDDEN.sub(" ", text))) != text:
        text = less
    return re.sub(r" {2,}", " ", text).strip()
