"""What is said, else the captions, else what is written, as subtitles: SRT and WebVTT, the latter with the time of each word. Pure text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.editing.edit import RATE, Edit
from pipelines.word_captions.cue import OFF, CaptionWord, Cue, runs
from pipelines.word_captions.otio_track import captioning_of
from pipelines.word_captions.weights import ends_a_sentence, rest_after

MOST_CHARACTERS = 42
"""Of a subtitle: a line, as subtitlers count."""


@dataclass(frozen=True)
class Subtitle:
    """start_s, end_s: seconds of the film. words: (text with the space after it, second at which it begins), () where that is not known."""

    start_s: float
    end_s: float
    text: str
    words: tuple[tuple[str, float], ...] = ()


def subtitles(edit: Edit) -> tuple[Subtitle, ...]:
    """What is said, with the captions' times where there are any; else the captions that are shown; else the titles, for those who cannot
    see them."""
    if edit.cues and edit.spoken:
        return tuple(one for cue in edit.cues for one in _phrases(cue, edit.fps))
    if captioning_of(edit.settings, edit.cues).style != OFF and (read := [part for cue in edit.cues for part in _shown(cue)]):
        return tuple(one for cue in read for one in _phrases(cue, edit.fps))
    if edit.spoken:
        film = edit.n_frames / edit.fps
        said = ((line.start / RATE, min(film, (line.start + line.length) / RATE), line.text) for line in edit.spoken)
        return tuple(Subtitle(*line) for line in said if line[0] < film)
    return tuple(
        Subtitle(caption.start / edit.fps, caption.end / edit.fps, "\n".join(str(line["text"]) for line in caption.values["lines"]))
        for caption in sorted(edit.captions, key=lambda one: one.start)
    )


def _shown(cue: Cue) -> Iterator[Cue]:
    """The parts of a line that nobody hid."""
    for a, b in runs(cue.words):
        start, end = cue.words[a].start if a else 0, cue.words[b - 1].end if b < len(cue.words) else cue.n_frames
        words = tuple(replace(word, start=word.start - start) for word in cue.words[a:b])
        yield replace(cue, start=cue.start + start, n_frames=end - start, words=words)


def _phrases(cue: Cue, fps: int) -> Iterator[Subtitle]:
    """A line as phrases short enough to be a subtitle each, one following the other; each ends where a thought does, if it can."""
    phrases: list[list[CaptionWord]] = [[]]
    for word in cue.words:
        last = phrases[-1]
        if last and (ends_a_sentence(last[-1].text) or len("".join(w.text for w in [*last, word]).strip()) > MOST_CHARACTERS):
            cut = next((i for i in range(len(last) - 1, 0, -1) if rest_after(last[i - 1].text)), 0)
            if not ends_a_sentence(last[-1].text) and cut > len(last) // 2:
                phrases[-1], last = last[:cut], last[cut:]
                phrases.append(last)
            else:
                phrases.append([])
        phrases[-1].append(word)
    starts = [(cue.start + phrase[0].start) / fps for phrase in phrases]
    starts[0] = cue.start / fps
    for phrase, start_s, end_s in zip(phrases, starts, [*starts[1:], cue.end / fps], strict=True):
        words = tuple((word.text, (cue.start + word.start) / fps) for word in phrase)
        yield Subtitle(start_s, end_s, "".join(text for text, _ in words).strip(), words)


def srt(found: tuple[Subtitle, ...]) -> str:
    """As SubRip."""
    return "\n".join(f"{n}\n{_time(s.start_s, ',')} --> {_time(s.end_s, ',')}\n{_lines(s.text)}\n" for n, s in enumerate(found, 1))


def vtt(found: tuple[Subtitle, ...]) -> str:
    """As WebVTT."""
    cues = (f"{_time(s.start_s, '.')} --> {_time(s.end_s, '.')}\n{_timed(s)}\n" for s in found)
    return "\n".join(["WEBVTT\n", *cues])


def _timed(subtitle: Subtitle) -> str:
    """The text, with a time before each word after the first, where they are known."""
    if not subtitle.words:
        return _escaped(_lines(subtitle.text))
    told = [
        _escaped(_lines(text)) if i == 0 else f"<{_time(at, '.')}>{_escaped(_lines(text))}" for i, (text, at) in enumerate(subtitle.words)
    ]
    return " ".join(told) if any(text != text.rstrip() for text, _ in subtitle.words) else "".join(told)


def _time(seconds: float, point: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _lines(text: str) -> str:
    """Without empty lines, which would end the subtitle, or an arrow, which would begin another."""
    return "\n".join(line.strip().replace("-->", "→") for line in text.splitlines() if line.strip())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
