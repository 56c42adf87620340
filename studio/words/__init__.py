"""Every sentence people read: stages and errors here, each page's words in its own module. Plain words; each error says what to do next.

Works on codes and step names; knows no page layout and no HTTP.
"""

from models.errors import ModelError
from pipelines.errors import PipelineError

NAME = "Ad Studio"

SERVING = "Ad Studio is at http://{host}:{port}  (Ctrl+C stops it)"

NO_DATABASE = "The database does not answer at the moment; try again in a few seconds."

STEPS = {
    "spec": "Writing the story",
    "plan": "Planning the shots",
    "visuals": "Filming the shots",
    "sound": "Scoring the music",
    "compose": "Editing and finishing",
}
"""The steps that the main path reports, in its order (pipelines/ad.py)."""

STAGES = {
    **STEPS,
    "fetch": "Fetching your photo",
    "hero": "Fetching the hero scene",
    "voice": "Speaking the lines",
    "anchor": "Photographing the main shot",
    "lend": "Fetching shared clips",
    "match": "Matching colours",
    "mix": "Mixing the sound",
    "edit": "Laying the edit",
    "film": "Fetching the film",
    "shape": "Looking at the shape",
    "enhance": "Matching the scenes",
    "check": "Checking the finished film",
    "keep": "Filing everything",
}
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
    "not_finished": "This ad is not finished yet.",
    "file_gone": "The finished file is no longer where it was written. Make the ad again.",
    "invalid_request": "The request cannot be read.",
    "not_found": "There is nothing here.",
    "method_not_allowed": "That is not possible here.",
}
"""One sentence or two for every error code, models' and pipelines' included."""

EXPLAINED_BY_ITS_MESSAGE = {"ask_refused", "model_unavailable", "output_unwritable"}
"""Codes whose exception names the very thing to mend (a key, a folder); its message follows our sentence."""


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
