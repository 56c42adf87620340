"""The captions of an edit as the Editor shows them: pages of words with their times, and how they are set. Plain values; draws nothing."""

from typing import Any

from pipelines.editing import Edit
from pipelines.editing.caption_laying import title_of
from pipelines.word_captions.cue import OFF, Captioning, Cue, runs
from pipelines.word_captions.otio_track import captioning_of, script_in
from pipelines.word_captions.pages import Page, in_type, pages_of
from pipelines.word_captions.setting import measure_of


def cues_told(edit: Edit) -> dict[str, Any]:
    """How captions are shown, and each line of them, in frames. words: [text, frames after the line's start, frames]. Its pages are what is
    seen at once, none while captions are off, `n` of the line's words from `first` on. Of hidden ones nothing is seen, nor of typed ones:
    they stand there as a title. without: the scenes whose script is not captioned."""
    how = captioning_of(edit.settings, edit.cues)
    scenes = {cue.scene for cue in edit.cues}
    silent = how.style != OFF and not edit.spoken
    return {
        "captioned": {
            "style": how.style,
            "color": how.color,
            "accent": how.accent,
            "type": how.type,
            "without": [scene for scene, _ in script_in(edit.settings) if scene not in scenes] if silent else [],
        },
        "cues": [
            {
                "start": cue.start,
                "n_frames": cue.n_frames,
                "text": cue.text,
                "timing": cue.timing,
                "words": [[word.text, word.start, word.n_frames] for word in cue.words],
                "pages": _pages(edit, cue, how) if how.style != OFF else [],
            }
            for cue in edit.cues
        ],
    }


def _pages(edit: Edit, cue: Cue, how: Captioning) -> list[dict[str, Any]]:
    size = int(edit.settings["width"]), int(edit.settings["height"])
    left, _, right, _ = (float(margin) for margin in edit.settings["safe"])
    titles = [title_of(one) for one in edit.captions if one.start < cue.end and one.end > cue.start]
    seen = [_page(page) for page in pages_of(cue, how, titles, size, measure_of(how.style, size, (left, right)))]
    typed = [(a + c, a + d) for a, b in in_type(cue, titles) for c, d in runs(cue.words[a:b])]
    unseen = [_unseen(cue, run, "hidden") for run in runs(cue.words, hidden=True)] + [_unseen(cue, run, "typed") for run in typed]
    return sorted(seen + unseen, key=lambda page: page["first"])


def _page(page: Page) -> dict[str, Any]:
    words = [[word.text, word.start, word.n_frames] for word in page.words]
    place = {"first": page.first, "n": len(words), "hidden": False, "typed": False}
    return {"start": page.start, "n_frames": page.n_frames, "words": words, "rows": list(page.rows), **place}


def _unseen(cue: Cue, run: tuple[int, int], why: str) -> dict[str, Any]:
    first, end = run
    start = cue.start + cue.words[first].start
    place = {"first": first, "n": end - first, "hidden": why == "hidden", "typed": why == "typed"}
    return {"start": start, "n_frames": cue.start + cue.words[end - 1].end - start, "words": [], "rows": [], **place}
