"""What makes each frame of an edit what it is, as one value to compare: equal keys, equal pictures (but for the throw of the grain, which
is as good either way). And where a film made from the edit can be taken apart. Pure; opens nothing.

A key names media by their paths: a file that another edit names in the same way has to be the same file.
"""

from collections.abc import Hashable
from dataclasses import replace

from pipelines.edl import Edl, Title
from pipelines.sources import showing
from pipelines.word_captions.cue import OFF
from pipelines.word_captions.setting import Set, set_captions

LEAST_APART = 12
"""Frames between a keyframe for a title and the one before it: nearer, it would cost more than it could ever save."""


def frame_keys(edl: Edl) -> list[Hashable]:
    """One key a frame."""
    words = [(replace(title, start=0), _ground(edl, title)) for title in edl.titles]
    said = _said(edl, set_captions(edl))
    keys: list[Hashable] = []
    for n in range(edl.n_frames):
        lettered = zip(edl.titles, words, strict=True)
        over = tuple((n - title.start, word) for title, word in lettered if 0 <= n - title.start < title.n_frames)
        keys.append((_pictures(edl, n), over, said[n], fade(edl, n)))
    return keys


def whole_film(edl: Edl) -> Hashable:
    """What every frame depends on."""
    return edl.width, edl.height, edl.fps, edl.grade, edl.vignette, edl.grain, edl.seed, edl.safe


def borders(edl: Edl) -> tuple[int, ...]:
    """The frames at which a film wants a keyframe, so that a later edit can copy what it leaves alone: where a picture stands alone, where
    it begins to change over, and where type or a caption appears."""
    found = {0}
    for picture in edl.pictures:
        half = picture.transition_frames // 2
        found |= {picture.start - half, picture.start + half}
    cues = edl.captioning.cues if edl.captioning.style != OFF else ()
    for start in sorted([title.start for title in edl.titles] + [cue.start for cue in cues]):
        if all(not 0 <= start - border < LEAST_APART for border in found):
            found.add(start)
    return tuple(sorted(border for border in found if border < edl.n_frames))


def fade(edl: Edl, n: int) -> float:
    """How much of frame n is there, 0..1, as the ad opens and closes; even the very first frame shows something."""
    opening = min(1.0, (n + 1) / (edl.fade_in + 1))
    closing = min(1.0, (edl.n_frames - n) / (edl.fade_out + 1))
    p = opening * closing
    return p * p * (3 - 2 * p)


def moments(edl: Edl, title: Title) -> list[int]:
    """The frames on which it is judged whether a title reads: its first, middle and last, and the first after each cut within it."""
    last = title.start + title.n_frames - 1
    cuts = {picture.start for picture in edl.pictures if title.start < picture.start <= last}
    return sorted({title.start, (title.start + last) // 2, last} | cuts)


def _said(edl: Edl, placed: Set) -> list[Hashable]:
    """What is captioned on each frame: the page as it stands, and how far it is; None where nothing is."""
    how = edl.captioning
    found: list[Hashable] = [None] * edl.n_frames
    for one in placed.pages:
        page = replace(one.page, start=0, first=0)
        for n in range(one.page.start, min(one.page.end, edl.n_frames)):
            found[n] = (how.style, how.color, how.accent, page, one.band, n - one.page.start)
    return found


def _pictures(edl: Edl, n: int) -> Hashable:
    now = showing(edl, n)
    if now.second is None:
        return _picture(edl, now.first, n)
    return _picture(edl, now.first, n), _picture(edl, now.second, n), now.w, edl.pictures[now.second].transition_in


def _picture(edl: Edl, i: int, n: int) -> Hashable:
    picture = edl.pictures[i]
    if not picture.media:
        return "black"
    at = picture.media_in + (0 if picture.held else n - picture.start)
    return picture.media, picture.speed, at, picture.look, picture.match, picture.focus


def _ground(edl: Edl, title: Title) -> Hashable:
    return tuple(_picture(edl, showing(edl, n).main, n) for n in moments(edl, title))
