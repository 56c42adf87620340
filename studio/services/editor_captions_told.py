"""The captions of an edit as the Editor shows them: pages of words with their times, and how they are set. Plain values; draws nothing."""

from typing import Any

from pipelines.editing import Edit
from pipelines.edl import Title, TitleLine
from pipelines.word_captions.cue import OFF, Cue
from pipelines.word_captions.otio_track import captioning_of
from pipelines.word_captions.pages import Page, pages_of
from pipelines.word_captions.setting import measure_of


def cues_told(edit: Edit) -> dict[str, Any]:
    """How captions are shown, and each line of them; its pages are what is seen at once, none while they are off. All in frames."""
    how = captioning_of(edit.settings, edit.cues)
    return {
        "captioned": {"style": how.style, "color": how.color, "accent": how.accent, "type": how.type},
        "cues": [
            {
                "start": cue.start,
                "n_frames": cue.n_frames,
                "text": cue.text,
                "timing": cue.timing,
                "pages": [_page(page) for page in _pages(edit, cue)] if how.style != OFF else [],
            }
            for cue in edit.cues
        ],
    }


def _pages(edit: Edit, cue: Cue) -> list[Page]:
    size = int(edit.settings["width"]), int(edit.settings["height"])
    left, _, right, _ = (float(margin) for margin in edit.settings["safe"])
    titles = [
        Title(tuple(TitleLine(str(line["text"])) for line in one.values["lines"]), one.start, one.n_frames)
        for one in edit.captions
        if one.start < cue.end and one.end > cue.start
    ]
    how = captioning_of(edit.settings, edit.cues)
    return pages_of(cue, how, titles, size, measure_of(how.style, size, (left, right)))


def _page(page: Page) -> dict[str, Any]:
    words = [[word.text, word.start, word.n_frames] for word in page.words]
    return {"start": page.start, "n_frames": page.n_frames, "words": words, "rows": list(page.rows)}
