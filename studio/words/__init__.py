"""Every sentence people read: stages, errors, and the page. Plain words; each error says what to do next.

Works on codes and step names; knows no page layout and no HTTP.
"""

from typing import Any

from models.errors import ModelError
from pipelines.aspect import Aspect
from pipelines.errors import PipelineError
from pipelines.frameworks import Framework

NAME = "Ad Studio"

SERVING = "Ad Studio is at http://{host}:{port}  (Ctrl+C stops it)"
NOT_PUBLIC = """HOST={host} can be reached from outside, and nobody has to log in here.
Leave HOST at 127.0.0.1, or set ALLOW_PUBLIC=true if you mean it."""

STEPS = {
    "spec": "Writing the story",
    "plan": "Planning the shots",
    "visuals": "Filming the shots",
    "sound": "Scoring the music",
    "compose": "Editing and finishing",
}
"""The steps that the main path reports, in its order (pipelines/ad.py)."""

STAGES = {**STEPS, "mix": "Mixing the sound"}
"""The stages whose times are measured."""

ERRORS = {
    "invalid_brief": "That prompt cannot be used yet.",
    "invalid_spec": "No usable story came out of that prompt. Name the product and where the ad will run, then try again.",
    "invalid_plan": "These options do not fit together. Change the length or the story, then try again.",
    "invalid_timeline": "The edit of this ad is damaged. Make the ad again.",
    "output_unwritable": "The finished ad could not be saved.",
    "pipeline_error": "The ad could not be made. Try again; if it happens twice, the log has the details.",
    "ask_refused": "A model on this installation cannot do what this ad needs.",
    "model_unavailable": "A model this ad needs is not ready on this installation.",
    "model_refused": "A model declined this content. Describe the product in other words, then try again.",
    "model_failed": "A model stopped halfway. Try again; if it happens twice, the log has the details.",
    "model_error": "A model could not do its part. Try again; if it happens twice, the log has the details.",
    "out_of_memory": "This machine ran out of memory. Close other programs, or choose a shorter ad, then try again.",
    "model_busy": "The model is busy right now. Wait a minute, then try again.",
    "model_unreachable": "The model's service cannot be reached. Check the connection, then try again.",
    "media_error": "A picture, clip or sound could not be read or written. Try again; the log has the details.",
    "disk_full": "The disk is full. Free some space, then try again.",
    "cancelled": "Cancelled. Nothing was kept.",
    "broken": "Something broke; the log has the details. Try again.",
    "unknown_ad": "This ad is not known here any more. The studio may have been restarted; make it again.",
    "not_finished": "This ad is not finished yet.",
    "file_gone": "The finished file is no longer where it was written. Make the ad again.",
    "queue_full": "Many ads are waiting already. Try again when one of them is finished.",
    "invalid_request": "The request cannot be read.",
    "cross_site": "Requests from other sites are refused.",
    "unknown_host": "This page is only served under the address of this machine.",
    "too_large": "That is too much text at once.",
    "not_found": "There is nothing here.",
    "method_not_allowed": "That is not possible here.",
}
"""One sentence or two for every error code, models' and pipelines' included."""

EXPLAINED_BY_ITS_MESSAGE = {"ask_refused", "model_unavailable", "output_unwritable"}
"""Codes whose exception names the very thing to mend (a key, a folder); its message follows our sentence."""

EXAMPLES = (
    "Create a luxury watch ad for Instagram",
    "Make a 30-second eco-friendly water bottle ad",
    "Generate a tech startup ad with modern aesthetics",
    "Create an energetic fitness app ad for TikTok",
    "Make a minimalist skincare product ad",
)
"""PRD §22.6, the good ones."""

FRAMEWORKS = {
    Framework.PAS: "Problem, then relief",
    Framework.BAB: "Before and after",
    Framework.AIDA: "Attention to action",
}
"""What each story shape does, for people who have not read PRD §12."""


def sentence_for(error: ModelError | PipelineError) -> str:
    """What to tell a person about `error`."""
    if error.code == "invalid_brief":
        return str(error)  # written for the person who typed the brief
    sentence = ERRORS[error.code]
    return f"{sentence} {error}" if error.code in EXPLAINED_BY_ITS_MESSAGE else sentence


def broke_while(step: str) -> str:
    """What to tell when a bug ended the work at `step`."""
    if step not in STEPS:
        return ERRORS["broken"]
    label = STEPS[step]
    return f"Something broke while {label[0].lower()}{label[1:]}; the log has the details. Try again."


def unusable_field(field: str) -> str:
    """A request whose `field` has the wrong type."""
    return f"“{field}” cannot be read. Leave it out, or correct it." if field else ERRORS["invalid_request"]


def page(*, local: bool) -> dict[str, Any]:
    """What the Generate page needs to know and say, as plain JSON. local: only this machine can reach it."""
    return {
        "name": NAME,
        "limits": {"promptMin": 10, "promptMax": 500, "brandMax": 40, "seedMax": 2**32 - 1},
        "examples": list(EXAMPLES),
        "steps": [{"name": name, "label": label} for name, label in STEPS.items()],
        "durations": [15, 30, 60],
        "aspects": [{"value": a.value, "width": a.size[0], "height": a.size[1]} for a in Aspect],
        "frameworks": [{"value": f.value, "hint": hint} for f, hint in FRAMEWORKS.items()],
        "words": PAGE | {"where": "This machine only" if local else "Open on this network"},
    }


PAGE = {
    "title": "One sentence in. A finished ad out.",
    "lead": "Name the product and where the ad will run. Story, pictures, music and edit are made for you.",
    "promptLabel": "Describe your ad",
    "promptPlaceholder": "Create a luxury watch ad for Instagram",
    "counter": "{n} of {max} characters",
    "tooShort": "A few more words, please: at least {min} characters.",
    "tooLong": "Please shorten the prompt to {max} characters.",
    "examples": "Try one of these",
    "options": "Options",
    "optionsAuto": "all automatic",
    "auto": "Auto",
    "length": "Length",
    "seconds": "{n} s",
    "format": "Format",
    "story": "Story",
    "storyAuto": "Whichever suits the product best",
    "brand": "Brand name",
    "brandPlaceholder": "From the prompt",
    "colors": "Colours",
    "ground": "Ground",
    "accent": "Accent",
    "addColor": "Add {name} colour",
    "clearColor": "Remove {name} colour",
    "seed": "Seed",
    "seedHint": "The same prompt and seed make the same ad.",
    "make": "Make the ad",
    "starting": "Starting …",
    "shortcut": "{key} Enter",
    "frame": "Preview",
    "frameIdle": "Your ad appears here",
    "makingTitle": "Making your ad",
    "waitingTitle": "Waiting in line",
    "waitingText": "{n} ahead of yours. It starts by itself.",
    "waitingNext": "Next in line. It starts by itself.",
    "elapsed": "{time} so far",
    "eta": "about {time} left",
    "etaNone": "First ad of this kind here: the next one will have an estimate.",
    "etaLate": "taking longer than last time",
    "leave": "You can reload or close this page; the work goes on.",
    "cancel": "Cancel",
    "cancelling": "Cancelling …",
    "cancelled": "Cancelled. Your prompt is still here.",
    "reconnecting": "Connection lost; trying again …",
    "offline": "The studio does not answer. Is it still running on this machine?",
    "doneTitle": "Your ad is ready",
    "download": "Download",
    "take": "New take",
    "takeHint": "The same brief with the next seed",
    "another": "Make another",
    "video": "Your finished ad",
    "cost": "Cost",
    "size": "Size",
    "made": "Made in",
    "details": "How it was made",
    "models": "Models",
    "notes": "Worth knowing",
    "loadFailed": "The finished video cannot be played here. Download it instead.",
    "live": "{percent} percent. {step}.",
}
"""The page's own words; {…} is filled in by the page."""
