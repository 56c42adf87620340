"""An edit as FCPXML 1.9, for Final Cut Pro, DaVinci Resolve and what reads them: pictures, gaps, transitions, type, music and voices.

Looks, corrections and animations have no word there and stay behind; every transition is a cross dissolve of its length. Media are named
beside the file. Pure: it opens nothing.
"""

import xml.etree.ElementTree as ET
from fractions import Fraction
from urllib.parse import quote

from pipelines.editing.edit import RATE, Caption, Edit, Piece

_BASIC_TITLE = ".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti"
_SIZE = 0.05  # of the film's height, for type


def fcpxml(edit: Edit) -> str:
    """The document."""
    root = ET.Element("fcpxml", version="1.9")
    resources = _under(root, "resources")
    size = {"width": str(edit.settings["width"]), "height": str(edit.settings["height"])}
    _under(resources, "format", id="r1", name=f"Ad {size['width']}x{size['height']}", frameDuration=_time(1, edit.fps), **size)
    _under(resources, "effect", id="r2", name="Basic Title", uid=_BASIC_TITLE)
    assets = _assets(resources, edit)
    event = _under(_under(root, "library"), "event", name=edit.name or "Ad")
    project = _under(event, "project", name=edit.name or "Ad")
    length = _time(edit.n_frames, edit.fps)
    sequence = _under(project, "sequence", format="r1", duration=length, tcStart="0s", tcFormat="NDF", audioLayout="stereo")
    spine = _under(sequence, "spine")
    slots: list[ET.Element] = []
    for i, piece in enumerate(edit.pieces):
        at = edit.start(i)
        if piece.transition_frames:
            begins, lasts = _time(at - piece.transition_frames // 2, edit.fps), _time(piece.transition_frames, edit.fps)
            _under(spine, "transition", name="Cross Dissolve", offset=begins, duration=lasts)
        slots.append(_slot(spine, piece, at, edit.fps, assets))
    for number, caption in enumerate(edit.captions, 1):
        _title(edit, slots, caption, number)
    _sound(edit, slots, assets)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _assets(resources: ET.Element, edit: Edit) -> dict[str, str]:
    """id by file; each file once."""
    found: dict[str, str] = {}

    def add(media: str, duration: str, **kind: str) -> None:
        if media not in found:
            found[media] = f"a{len(found) + 1}"
            name = media.rsplit("/", 1)[-1]
            _under(resources, "asset", id=found[media], name=name, src=f"./{quote(media)}", start="0s", duration=duration, **kind)

    for piece in edit.pieces:
        if not piece.is_gap:
            add(piece.media, _time(piece.held, edit.fps), hasVideo="1", format="r1")
    heard = {"hasAudio": "1", "audioSources": "1", "audioChannels": "2", "audioRate": str(RATE)}
    for stem in (edit.music, edit.effects):
        if stem:
            add(stem.media, _time(stem.media_frames, edit.fps), **heard)
    for line in edit.spoken:
        add(line.media, _time(line.media_length, RATE), **heard)
    return found


def _slot(spine: ET.Element, piece: Piece, at: int, fps: int, assets: dict[str, str]) -> ET.Element:
    place = {"offset": _time(at, fps), "duration": _time(piece.n_frames, fps)}
    if piece.is_gap:
        return _under(spine, "gap", name="Gap", start="0s", **place)
    start = _time(piece.media_in, fps)
    clip = _under(spine, "asset-clip", ref=assets[piece.media], name=piece.name or piece.id, start=start, format="r1", **place)
    if piece.speed != 100:  # its own time runs at its speed; the map says where in the file that is
        warp = _under(clip, "timeMap")
        _under(warp, "timept", time="0s", value="0s", interp="linear")
        _under(warp, "timept", time=_time(100 * piece.held, fps * piece.speed), value=_time(piece.held, fps), interp="linear")
    return clip


def _title(edit: Edit, slots: list[ET.Element], caption: Caption, number: int) -> None:
    i = edit.at(caption.start)
    words, style = "\n".join(str(line["text"]) for line in caption.values["lines"]), f"ts{number}"
    place = {"offset": _inside(edit, i, Fraction(caption.start, edit.fps)), "duration": _time(caption.n_frames, edit.fps)}
    title = _under(slots[i], "title", ref="r2", lane=str(_lane(edit, caption)), name=caption.text[:60], start="0s", **place)
    _under(_under(title, "text"), "text-style", ref=style).text = words
    size = str(round(_SIZE * int(edit.settings["height"])))
    definition = _under(title, "text-style-def", id=style)
    _under(definition, "text-style", font="Helvetica", fontSize=size, fontColor=_color(str(caption.values["color"])), alignment="center")


def _sound(edit: Edit, slots: list[ET.Element], assets: dict[str, str]) -> None:
    for lane, (stem, role) in enumerate(((edit.music, "music.music-1"), (edit.effects, "effects.effects-1")), 1):
        if stem:
            place = {"offset": _inside(edit, 0, Fraction(0)), "duration": _time(min(stem.media_frames, edit.n_frames), edit.fps)}
            _heard(slots[0], assets[stem.media], -lane, role, "0s", place)
    for line in edit.spoken:
        i = edit.at(line.start * edit.fps // RATE)
        place = {"offset": _inside(edit, i, Fraction(line.start, RATE)), "duration": _time(line.length, RATE)}
        _heard(slots[i], assets[line.media], -3, "dialogue.dialogue-1", _time(line.media_in, RATE), place)


def _heard(slot: ET.Element, asset: str, lane: int, role: str, start: str, place: dict[str, str]) -> None:
    _under(slot, "asset-clip", ref=asset, lane=str(lane), name=role.split(".")[0], audioRole=role, start=start, **place)


def _lane(edit: Edit, caption: Caption) -> int:
    """One above all titles that were there before it and are still."""
    earlier = edit.captions[: edit.captions.index(caption)]
    return 1 + sum(other.end > caption.start and other.start < caption.end for other in earlier)


def _under(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag)
    made.attrib.update(attributes)
    return made


def _inside(edit: Edit, i: int, at: Fraction) -> str:
    """A time of the film in piece i's own time, in which what hangs on it is placed."""
    piece = edit.pieces[i]
    own = Fraction(0 if piece.is_gap else piece.media_in, edit.fps) + at - Fraction(edit.start(i), edit.fps)
    return _time(own.numerator, own.denominator)


def _time(n: int, rate: int) -> str:
    return f"{n}/{rate}s" if n else "0s"


def _color(hex_color: str) -> str:
    return " ".join(f"{int(hex_color[k : k + 2], 16) / 255:.4g}" for k in (1, 3, 5)) + " 1"
