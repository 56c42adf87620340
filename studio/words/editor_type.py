"""How the Editor's stage sets type: the film's own typefaces, sizes and shapes of buttons, as plain JSON by style and role.

Knows no layout and no HTTP: where lines stand is the film's business (pipelines/captions), and the stage comes near it.
"""

from dataclasses import asdict
from typing import Any

from models.typefaces import TYPEFACES
from pipelines.captions.voices import MANNERS, Manner, Voice


def type_told() -> dict[str, Any]:
    """Style → {button, badge, ruled, roles: {role: {face, size, tracking, leading, caps}}}. face: the file's name under /s/; size: of the
    em, as a share of the picture's short side; tracking, leading: ems."""
    return {style: _manner(style, manner) for style, manner in MANNERS.items()}


def _manner(style: str, manner: Manner) -> dict[str, Any]:
    roles = {role: _voice(style, voice) for role, voice in manner.voices.items()}
    return {"button": manner.button, "badge": manner.badge, "ruled": manner.ruled, "roles": roles}


def _voice(style: str, voice: Voice) -> dict[str, Any]:
    told = {key: value for key, value in asdict(voice).items() if key != "max_lines"}
    return told | {"face": getattr(TYPEFACES[style], voice.face)}
