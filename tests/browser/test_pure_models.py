"""The islands' pure models in node's own test runner, without a browser: pure/*.test.mjs. What a drag may do and shows is held against the
engine that edits (pipelines.editing), on edits that are drawn here.
"""

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

from pipelines.editing import EditError, apply, edit_of
from pipelines.transitions import TRANSITIONS
from pipelines.word_captions.styles import STYLES
from studio.services.editor_told import edit_told
from tests.pipelines.editing.edits import captioned, roomy, timeline

HERE = Path(__file__).parent
ISLANDS = HERE.parent.parent / "studio" / "ui" / "islands"
NODE = Path(playwright.__file__).parent / "driver" / "node"
TESTS = sorted((HERE / "pure").glob("*.test.mjs"))


def cases() -> list[dict[str, Any]]:
    """[{before, action, after (None where the engine refuses)}]: edits as the page is told of them. Always the same."""
    draw, found = random.Random(11), []
    for now in (roomy(), timeline()):
        for _ in range(55):
            edit = edit_of(now)
            clip = draw.choice([piece.id for piece in edit.pieces])
            by = draw.randint(-50, 50) or 1
            action = draw.choice(
                [
                    {"action": "trim", "clip": clip, "edge": draw.choice(["head", "tail"]), "by": by},
                    {"action": "roll", "clip": clip, "by": by},
                    {"action": "slip", "clip": clip, "by": by},
                    {"action": "transition", "clip": clip, "to": "push", "frames": 2 * draw.randint(1, 20)},
                ]
            )
            try:
                after = apply(now, action)
            except EditError:
                after = None
            found.append({"before": edit_told(edit), "action": action, "after": after and edit_told(edit_of(after))})
            if after and draw.random() < 0.3:
                now = after
    return found


def nudges() -> list[dict[str, Any]]:
    """[{before, phrase, action, after (None where the engine refuses)}]: phrases of captions put elsewhere, in each style."""
    draw, found = random.Random(12), []
    for style in STYLES:
        more = {"action": "add_caption", "start": 48, "frames": 80, "text": "Turn it once. Cold water, gold light and a long slow evening."}
        now = apply(captioned(roomy()), more)
        now = now if style == "line" else apply(now, {"action": "captions", "to": style})
        told = edit_told(edit_of(now))
        for _ in range(40):
            cue = draw.randrange(len(told["cues"]))
            page = draw.choice(told["cues"][cue]["pages"])
            action = {"action": "move_caption", "cue": cue, "first": page["first"], "words": page["n"]}
            action |= {"start": max(0, page["start"] + draw.randint(-12, 12)), "frames": draw.randint(1, 24)}
            try:
                after = edit_told(edit_of(apply(now, action)))
            except EditError:
                after = None
            found.append({"before": told, "phrase": f"cue-{cue}-{page['first']}", "action": action, "after": after})
    return found


def test_the_pure_models(tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text(json.dumps(cases()))
    (tmp_path / "nudges.json").write_text(json.dumps(nudges()))
    known = os.environ | {"ISLANDS": ISLANDS.as_uri(), "CASES": str(tmp_path / "cases.json"), "NUDGES": str(tmp_path / "nudges.json")}
    known |= {"TRANSITIONS": json.dumps(list(TRANSITIONS))}
    command = [str(NODE), "--test", "--test-reporter=spec", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", *map(str, TESTS)]
    ran = subprocess.run(command, env=known, capture_output=True, text=True, timeout=120, check=False)
    if ran.returncode:
        pytest.fail(ran.stdout[-6000:] + ran.stderr[-2000:])
    assert len(TESTS) == 5
