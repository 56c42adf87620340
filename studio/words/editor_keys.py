"""The Editor's keys as its sheet names them. Plain JSON; "mod" is Ctrl or ⌘, what stands between spaces is a key of its own."""

from typing import Any

KEYS: dict[str, Any] = {
    "keysTitle": "Keys",
    "keysClose": "Close",
    "keyNames": {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "space": "Space", "drag": "drag", "wheel": "wheel"},
    "keySheet": [
        {
            "title": "Play",
            "rows": [
                ["space", "Play and pause"],
                ["J / K / L", "Backwards, stop, forwards; again: quicker"],
                ["← / →", "One frame"],
                ["shift ← / shift →", "One second"],
                ["↑ / ↓", "The cut before, the next cut"],
                ["Home / End", "Beginning, end"],
            ],
        },
        {
            "title": "Mark a stretch",
            "rows": [
                ["I / O", "From here, to here"],
                ["X", "All of the clip"],
                ["shift I / shift O", "Go there"],
                ["shift X", "Unmark"],
            ],
        },
        {
            "title": "Cut",
            "rows": [
                ["S / mod B", "Split at the playhead"],
                ["Q / W", "Trim start, end to the playhead"],
                ["Del", "Delete, leaving a gap"],
                ["shift Del", "Delete and close up"],
                ["M", "Merge"],
                ["mod C / mod V", "Copy, put in at the nearest cut"],
                ["mod D", "Duplicate"],
                ["alt shift ← / →", "Move the clip"],
            ],
        },
        {
            "title": "With the pointer",
            "rows": [
                ["drag", "An end trims, the middle moves"],
                ["alt drag", "Slip the clip"],
                ["drag", "On a cut: its transition"],
                ["shift drag", "On a cut: the cut itself"],
                ["mod wheel", "Zoom"],
            ],
        },
        {
            "title": "Choose and see",
            "rows": [
                ["alt ← / →", "Clip by clip, caption by caption"],
                ["mod A", "All clips"],
                ["Esc", "Choose nothing"],
                ["+ / – / 0", "Zoom in, out, show all"],
                ["N", "Snap"],
            ],
        },
        {
            "title": "Keep",
            "rows": [
                ["mod Z", "Undo"],
                ["mod shift Z", "Redo"],
                ["mod S", "Save a version"],
                ["mod E", "Export"],
            ],
        },
    ],
}
