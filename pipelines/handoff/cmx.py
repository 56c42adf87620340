"""The picture as a CMX 3600 edit decision list: the oldest form, which every editor reads. Pure text.

Every transition is a dissolve of its length, its own name in a comment; a dissolve begins half of it before the cut, as it is shown.
"""

from pathlib import PurePosixPath

from pipelines.editing.edit import Edit, Piece


def cmx(edit: Edit) -> str:
    """The list; timecode from 00:00:00:00, counted in the film's own frames."""
    lines = [f"TITLE: {_plain(edit.name)[:60] or 'AD'}", "FCM: NON-DROP FRAME", ""]
    for i, piece in enumerate(edit.pieces):
        before, after = edit.before(i), edit.after(i)
        start, end = edit.start(i) - before, edit.start(i) + piece.n_frames - after
        source = (0 if piece.is_gap else piece.media_in) - before
        number = f"{i + 1:03d}"
        if before:
            last = edit.pieces[i - 1]
            stop = last.media_in + last.n_frames - before
            lines += [_event(number, last, "C", stop, stop, start, start, edit.fps)]
        kind = f"D    {2 * before:03d}" if before else "C"
        lines += [_event(number, piece, kind, source, source + end - start, start, end, edit.fps)]
        if before:
            lines += [f"* FROM CLIP NAME: {_file(edit.pieces[i - 1])}", f"* TO CLIP NAME: {_file(piece)}"]
            lines += [f"* EFFECT NAME: {piece.transition.upper().replace('_', ' ')}"]
        elif not piece.is_gap:
            lines += [f"* FROM CLIP NAME: {_file(piece)}"]
    return "\n".join(lines) + "\n"


def _event(number: str, piece: Piece, kind: str, first: int, last: int, start: int, end: int, fps: int) -> str:
    inside = [frame * piece.speed // 100 for frame in (first, last)]  # counted in the file's own frames
    times = " ".join(_timecode(frame, fps) for frame in (*inside, start, end))
    event = f"{number}  {'BL' if piece.is_gap else 'AX':<8} V     {kind:<8} {times}"
    if piece.speed == 100 or first == last:
        return event
    return f"{event}\nM2   {'AX':<8} {fps * piece.speed / 100:06.2f}                {_timecode(inside[0], fps)}"


def _timecode(frame: int, fps: int) -> str:
    seconds, left = divmod(frame, fps)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{left:02d}"


def _file(piece: Piece) -> str:
    return _plain(PurePosixPath(piece.media).name) or "BLACK"


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).strip()
