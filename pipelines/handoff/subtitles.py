"""What is said, or else what is written, as subtitles: SRT and WebVTT. Pure text."""

from dataclasses import dataclass

from pipelines.editing.edit import RATE, Edit


@dataclass(frozen=True)
class Subtitle:
    """start_s, end_s: seconds of the film."""

    start_s: float
    end_s: float
    text: str


def subtitles(edit: Edit) -> tuple[Subtitle, ...]:
    """The spoken lines where somebody speaks; else the titles, for those who cannot see them."""
    if edit.spoken:
        film = edit.n_frames / edit.fps
        said = ((line.start / RATE, min(film, (line.start + line.length) / RATE), line.text) for line in edit.spoken)
        return tuple(Subtitle(*line) for line in said if line[0] < film)
    return tuple(
        Subtitle(caption.start / edit.fps, caption.end / edit.fps, "\n".join(str(line["text"]) for line in caption.values["lines"]))
        for caption in sorted(edit.captions, key=lambda one: one.start)
    )


def srt(found: tuple[Subtitle, ...]) -> str:
    """As SubRip."""
    return "\n".join(f"{n}\n{_time(s.start_s, ',')} --> {_time(s.end_s, ',')}\n{_lines(s.text)}\n" for n, s in enumerate(found, 1))


def vtt(found: tuple[Subtitle, ...]) -> str:
    """As WebVTT."""
    cues = (f"{_time(s.start_s, '.')} --> {_time(s.end_s, '.')}\n{_escaped(_lines(s.text))}\n" for s in found)
    return "\n".join(["WEBVTT\n", *cues])


def _time(seconds: float, point: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _lines(text: str) -> str:
    """Without empty lines, which would end the subtitle, or an arrow, which would begin another."""
    return "\n".join(line.strip().replace("-->", "→") for line in text.splitlines() if line.strip())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
