"""What people say of a clip they do not like yet, and what a camera operator would do about it. A table and its reader.

remarked(brief, "too chaotic") -> slower, less of it, and words against shaking
"""

import re

from pipelines.motion.motion_brief import MotionBrief
from pipelines.motion.proposals import Edit, Proposal, proposals

CALM = Edit("Slow the camera down and move it less.", ("slow, steady camera",), ("shaking", "jitter"), intensity=-0.25, pace=-1)

REMARKS: tuple[tuple[str, Edit], ...] = (
    (r"chaotic|hectic|messy|restless|frantic|all over the place|too busy|nervous", CALM),
    (
        r"shak(?:y|es|ing)|jitter|wobbl|unstable|unsteady",
        Edit(
            "Put the camera on rails.",
            ("on rails, perfectly stable",),
            ("shaking", "jitter"),
            camera="push_in",
            instead_of=("handheld",),
            intensity=-0.15,
        ),
    ),
    (
        r"too (?:fast|quick|brisk|rushed)|rushed|slow(?:er)? (?:it )?down|calmer",
        Edit("Take the speed out.", ("unhurried",), ("fast movements",), pace=-1),
    ),
    (
        r"too slow|drags|sluggish|lifeless|more (?:speed|energy|pace)|faster",
        Edit("Pick up the pace and move further.", intensity=0.15, pace=1),
    ),
    (r"too much (?:movement|motion|camera)|moves? too (?:much|far)|subtler|more subtle|too strong", Edit("Move less.", intensity=-0.25)),
    (
        r"boring|dull|static|nothing (?:happens|moves)|flat|more (?:movement|motion|dynamic)|too (?:still|little)",
        Edit(
            "Give the camera one clear move, and the light something to do.",
            ("light glides along the edges",),
            ("static image",),
            camera="push_in",
            instead_of=("static",),
            intensity=0.25,
        ),
    ),
    (
        r"cinematic|filmic|like a (?:film|movie)|amateur|cheap|epic",
        Edit(
            "One slow, deliberate move, with depth behind the product.",
            ("slow cinematic move", "shallow depth of field"),
            ("video look",),
            camera="push_in",
            instead_of=("static", "handheld", "pan"),
            pace=-1,
        ),
    ),
    (r"dramatic|more impact|bolder|stronger", Edit("A wider move.", ("dramatic light sweeping over the product",), intensity=0.25)),
    (
        r"morph|warp|melt|deform|chang(?:es|ing) (?:its )?shape|distort|label (?:changes|swims)|inconsistent",
        Edit(
            "Hold the product as it is, and move less.",
            ("the product keeps its shape and label",),
            ("morphing", "changing shape", "changing label"),
            intensity=-0.2,
        ),
    ),
    (
        r"flicker|strob|light (?:jumps|changes)|pulsing",
        Edit("Ask for light that does not change.", ("constant, even lighting",), ("flicker", "strobing")),
    ),
    (
        r"blurr?y|out of focus|not sharp|soft|unsharp",
        Edit(
            "Ask for what is to be sharp, and move less.", ("sharp focus on the product",), ("motion blur", "out of focus"), intensity=-0.1
        ),
    ),
    (r"too dark|underexposed|cannot see|can't see", Edit("Ask for more light.", ("brightly lit product",), ("crushed shadows",))),
    (
        r"too bright|overexposed|blown|burnt|burned",
        Edit("Ask for softer light.", ("soft, balanced light",), ("overexposure", "blown-out highlights")),
    ),
    (r"grain|nois[ey]|dirty|dust", Edit("Ask for a clean picture.", ("clean image",), ("grain", "noise", "dust particles"))),
    (r"too short|longer|more time", Edit("Give it more time.", seconds=2.0)),
    (r"too long|shorter", Edit("Take time away.", seconds=-2.0)),
    (
        r"closer|too far|nearer|move in|zoom in",
        Edit("Go closer.", camera="push_in", instead_of=("static", "pull_out", "pan", "dolly", "rise", "handheld")),
    ),
    (
        r"too close|further away|show more|wider|zoom out",
        Edit("Step back.", camera="pull_out", instead_of=("static", "push_in", "rack_focus", "handheld")),
    ),
    (r"wrong (?:way|direction|side)|other (?:way|direction|side)|opposite", Edit("Turn the move round.", turn=True)),
    (
        r"artificial|fake|plastic|cgi|unreal|not real",
        Edit(
            "Let it look as if a camera had been there.",
            ("natural, physically plausible light and camera",),
            ("plastic look", "video game"),
        ),
    ),
)
"""What is said (as a pattern), and what to do. Each row that is met counts; the first word on a field stands."""

ELLIPSIS = 80


def remarked(brief: MotionBrief, words: str) -> tuple[Proposal, ...]:
    """What the words call for, on `brief`; () where none of them is known."""
    said = " ".join(words.split())
    shown = said if len(said) <= ELLIPSIS else f"{said[:ELLIPSIS].rstrip()}…"
    because = f"You said: “{shown}”."
    met = [edit for pattern, edit in REMARKS if re.search(rf"\b(?:{pattern})", said, re.IGNORECASE)]
    return tuple(row for edit in met for row in proposals(brief, because, edit))
