"""What follows when cuts move: type and speech stay with their pictures, transitions with what they can borrow. Pure.

The rule for type: a title belongs to the piece under its first frame and keeps its distance from that piece's beginning. It keeps its
length too, but never stands over a piece that it did not stand over before; one that ended with its last piece goes on ending with it.
When its piece is taken out, it goes as well; a gap keeps it. Speech keeps its distance in the same way, and waits for the line before it.
"""

from dataclasses import replace

from pipelines.editing.edit import RATE, Caption, Edit, Piece, Spoken

SHORTEST_TITLE = 12
"""Frames. A title whose picture became too short for it begins earlier rather than flash by."""


def rearranged(before: Edit, pieces: tuple[Piece, ...]) -> Edit:
    """`before` with other pieces, and everything that goes with them where it belongs now."""
    now = replace(before, pieces=fitted(pieces))
    place = {piece.id: i for i, piece in enumerate(now.pieces)}
    captions = tuple(moved for caption in before.captions if (moved := _title(before, now, place, caption)) is not None)
    return replace(now, captions=captions, spoken=_speech(before, now, place))


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


def _speech(before: Edit, now: Edit, place: dict[str, int]) -> tuple[Spoken, ...]:
    wanted = []
    for line in before.spoken:
        i = before.at(line.start * before.fps // RATE)
        if before.pieces[i].id in place:
            shift = now.start(place[before.pieces[i].id]) - before.start(i)
            wanted.append(replace(line, start=max(0, line.start + round(shift * RATE / before.fps))))
    film, said, ended = round(now.n_frames * RATE / now.fps), [], 0
    for line in sorted(wanted, key=lambda one: one.start):
        start = max(ended, min(line.start, film - line.length) if line.start + line.length > film else line.start)
        said.append(replace(line, start=start))
        ended = start + line.length
    return tuple(said)
