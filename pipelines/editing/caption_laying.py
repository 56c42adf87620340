"""Captions laid into an edit as it is now: of what is spoken in it, or else of its script, scene by scene. Pure."""

from collections.abc import Sequence

from pipelines.editing.edit import RATE, Caption, Edit
from pipelines.edl import Title, TitleLine
from pipelines.word_captions.cue import Captioning, Cue
from pipelines.word_captions.lines import Stretch, read_cue, said_cue
from pipelines.word_captions.otio_track import KEY, Script, shown_as


def laid(edit: Edit, script: Script) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """(The captions in order, sentences about lines that have none). Where somebody speaks they are what is said; script: else."""
    cues, notes = _said(edit) if edit.spoken else _read(edit, script)
    found: list[Cue] = []
    for cue in sorted(cues, key=lambda one: one.start):
        if cue.start >= (found[-1].end if found else 0) and cue.end <= edit.n_frames:
            found.append(cue)
    return tuple(found), tuple(notes)


def shown(edit: Edit, style: str) -> Edit:
    """With its captions in that style; the first time, in the type and the colours of its first title."""
    how = dict(edit.settings.get(KEY) or {})
    if "type" not in how and edit.captions:
        first = edit.captions[0].values
        how = shown_as(Captioning(style, str(first["style"]), str(first["color"]), str(first["accent"]))) | how
    return edit.with_settings(**{KEY: {**how, "style": style}})


def title_of(caption: Caption) -> Title:
    """A block of type as the film has it."""
    values = {key: value for key, value in caption.values.items() if key != "lines"}
    return Title(tuple(TitleLine(**line) for line in caption.values["lines"]), caption.start, caption.n_frames, **values)


def _said(edit: Edit) -> tuple[list[Cue], list[str]]:
    cues = []
    for i, line in enumerate(edit.spoken):
        start, end = (at * edit.fps / RATE for at in (line.start, line.start + line.length))
        following = edit.spoken[i + 1].start * edit.fps // RATE if i + 1 < len(edit.spoken) else edit.n_frames
        scene = edit.pieces[edit.at(round(start))].own.get("scene") or 0
        cues.append(said_cue(line.text, start, end, min(following, edit.n_frames), edit.fps, int(scene)))
    return [cue for cue in cues if cue], []


def _read(edit: Edit, script: Script) -> tuple[list[Cue], list[str]]:
    titles = [title_of(caption) for caption in edit.captions]
    cues, notes = [], []
    for stretch, text in ((_stretch(edit, scene), text) for scene, text in script):
        if stretch is None:
            continue  # the scene was taken out of the film
        cue, why_not = read_cue(text, stretch, titles, edit.fps)
        cues += [cue] if cue else []
        notes += [why_not] if why_not else []
    return cues, notes


def _stretch(edit: Edit, scene: int) -> Stretch | None:
    """Where a scene is shown first, and without a break; None where it is not."""
    own = [piece.own.get("scene") == scene for piece in edit.pieces]
    if True not in own:
        return None
    first = own.index(True)
    end = _end(own, first)
    n_frames = edit.start(end) - edit.start(first)
    return Stretch(scene, edit.start(first), n_frames, 2 * edit.before(first), 2 * edit.before(end))


def _end(own: Sequence[bool], first: int) -> int:
    return own.index(False, first) if False in own[first:] else len(own)
