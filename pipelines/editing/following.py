"""What follows when cuts move: type and speech stay with their pictures, transitions with what they can borrow. Pure.

The rule for type: a title belongs to the piece under its first frame and keeps its distance from that piece's beginning. It keeps its
length too, but never stands over a piece that it did not stand over before; one that ended with its last piece goes on ending with it.
When its piece is taken out, it goes as well; a gap keeps it. Speech keeps its distance in the same way, and waits for the line before it.
Captions go with the line that is spoken under them; where nobody speaks, with their pictures as type does, read a little quicker where
that leaves less time, and left out where it leaves too little.
"""

from dataclasses import replace

from pipelines.editing.edit import RATE, Caption, Edit, Piece, Spoken
from pipelines.word_captions.cue import Cue, squeezed

SHORTEST_TITLE = 12
"""Frames. A title whose picture became too short for it begins earlier rather than flash by."""


LEAST = 0.6
"""Of the time in which a caption was read. With less it is left out."""


def rearranged(before: Edit, pieces: tuple[Piece, ...]) -> Edit:
    """`before` with other pieces, and everything that goes with them where it belongs now."""
    now = replace(before, pieces=fitted(pieces))
    place = {piece.id: i for i, piece in enumerate(now.pieces)}
    captions = tuple(moved for caption in before.captions if (moved := _title(before, now, place, caption)) is not None)
    moved_lines = _speech(before, now, place)
    return replace(now, captions=captions, spoken=tuple(line for _, line in moved_lines), cues=_cues(before, now, place, moved_lines))


def fitted(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same pieces, with every transition as long as it was or, where the clips beside it now have less to lend, as long as they let
    it be. Beside a gap and at the beginning there is none."""
    done: list[Piece] = []
    for piece in pieces:
        half = piece.transition_frames // 2
        last = done[-1] if done else None
        if last is None or last.is_gap or piece.is_gap:
            half = 0
        elif half:
            lent = last.media_frames - last.media_in - last.n_frames
            half = max(0, min(half, lent, piece.media_in, last.n_frames - last.transition_frames // 2, piece.n_frames))
        done.append(replace(piece, transition=piece.transition if half else "cut", transition_frames=2 * half))
    return tuple(done)


def _title(before: Edit, now: Edit, place: dict[str, int], caption: Caption) -> Caption | None:
    first, last = before.at(caption.start), before.at(caption.end - 1)
    under = [piece.id for piece in before.pieces[first : last + 1]]
    if under[0] not in place:
        return None
    i = end = place[under[0]]
    while end + 1 < len(now.pieces) and now.pieces[end + 1].id in under:
        end += 1
    limit = now.start(end + 1)
    start = min(now.start(i) + caption.start - before.start(first), limit - 1)
    n = min(caption.n_frames, limit - start)
    if caption.end == before.start(last + 1) and now.pieces[end].id == under[-1]:
        n = limit - start
    least = min(SHORTEST_TITLE, caption.n_frames)
    if n < least:
        start = max(now.start(i), limit - least)
        n = limit - start
    return replace(caption, start=start, n_frames=n)


def _speech(before: Edit, now: Edit, place: dict[str, int]) -> tuple[tuple[Spoken, Spoken], ...]:
    """(line before, line now) of those that stay, in order."""
    wanted = []
    for line in before.spoken:
        i = before.at(line.start * before.fps // RATE)
        if before.pieces[i].id in place:
            shift = now.start(place[before.pieces[i].id]) - before.start(i)
            wanted.append((line, replace(line, start=max(0, line.start + round(shift * RATE / before.fps)))))
    film, said, ended = round(now.n_frames * RATE / now.fps), [], 0
    for was, line in sorted(wanted, key=lambda pair: pair[1].start):
        start = max(ended, min(line.start, film - line.length) if line.start + line.length > film else line.start)
        said.append((was, replace(line, start=start)))
        ended = start + line.length
    return tuple(said)


def _cues(before: Edit, now: Edit, place: dict[str, int], lines: tuple[tuple[Spoken, Spoken], ...]) -> tuple[Cue, ...]:
    wanted: list[Cue] = []
    for cue in before.cues:
        under = _under(before, cue)
        if under is not None:
            moved = next((line for was, line in lines if was is under), None)
            if moved is not None:
                wanted.append(replace(cue, start=cue.start + round((moved.start - under.start) * now.fps / RATE)))
            continue
        slot = _title(before, now, place, Caption("", cue.start, cue.n_frames, {}))
        fitted_cue = squeezed(replace(cue, start=slot.start), slot.n_frames) if slot is not None and _readable(cue, slot.n_frames) else None
        if fitted_cue is not None:
            wanted.append(fitted_cue)
    wanted.sort(key=lambda one: one.start)
    found: list[Cue] = []
    for i, cue in enumerate(wanted):
        end = min(cue.end, now.n_frames, wanted[i + 1].start if i + 1 < len(wanted) else now.n_frames)
        shorter = squeezed(cue, end - cue.start) if cue.start >= (found[-1].end if found else 0) and end > cue.start else None
        if shorter is not None:
            found.append(shorter)
    return tuple(found)


def _under(edit: Edit, cue: Cue) -> Spoken | None:
    """The line that is spoken while a cue is shown; None where nobody speaks."""
    middle = (cue.start + cue.words[-1].end / 2) * RATE / edit.fps
    return next((line for line in edit.spoken if line.start <= middle <= line.start + line.length), None)


def _readable(cue: Cue, n_frames: int) -> bool:
    """Whether a cue that is read can be read in so many frames: in no less than LEAST of its time."""
    return n_frames >= LEAST * cue.words[-1].end
