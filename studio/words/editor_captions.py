"""What the Editor says of captions: their lane, the film's, a phrase's. Plain JSON for the island; {…} is filled in by the page."""

from typing import Any

from pipelines.word_captions.styles import STYLES

CAPTIONS: dict[str, Any] = {
    "laneCaptions": "Captions on the picture",
    "captionLabel": "Caption “{text}”, at {at} for {n} seconds",
    "captionHidden": "{what}, hidden",
    "captionTyped": "{what}, a title already",
    "showCaptions": "Show captions",
    "saidCaption": "The caption’s words are at {at} now, for {n} seconds.",
    # Of the film
    "captions": "Captions",
    "captionStyles": {"off": "Off", **{name: one.title for name, one in STYLES.items()}},
    "captionsOff": "What is said, or a short script to read, as words on the picture.",
    "captionTimed": {
        "measured": "Each word is timed by the voice itself.",
        "estimated": "Word times are estimated from the voice: nudge what is early or late.",
        "reading": "Nobody speaks: words follow a reader’s pace.",
    },
    "captionAt": "Caption at {time} s",
    "captionWithout": "Scene {n} has no caption. Add one where there is time to read it.",
    "captionsWithout": "Scenes {n} have no caption. Add one where there is time to read it.",
    "addCaption": "Add caption",
    # Of a phrase
    "caption": "Caption",
    "captionsAll": "All captions",
    "phrase": "Words",
    "phraseTyped": "A title says this while it is said, so it is not written twice.",
    "phraseFrom": "Words from, s",
    "phraseFor": "Words for, s",
    "hidePhrase": "Hide",
    "showPhrase": "Show",
    "phraseBefore": "Previous",
    "phraseAfter": "Next",
}
