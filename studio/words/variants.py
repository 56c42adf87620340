"""What the Variants page says: lines to choose, the matrix of ads, one quote, and the wall of films.

Plain JSON for the island; knows no layout and no HTTP.
"""

from typing import Any

from pipelines.aspect import Aspect
from pipelines.brief import MAX_BRAND_CHARS, PROMPT_CHARS
from pipelines.wording import CALL_CHARS, HOOK_CHARS
from studio.services.variant_asked import MOST, MOST_CELLS
from studio.words.generate import FRAMEWORKS
from studio.words.generate import PAGE as GENERATE
from studio.words.results import WORDS as RESULTS


def page(name: str) -> dict[str, Any]:
    """What the page needs to know and say. name: of the application."""
    return {
        "name": name,
        "words": SHARED | WORDS,
        "results": {"offline": GENERATE["offline"]} | RESULTS,
        "limits": {
            "promptMin": PROMPT_CHARS[0],
            "promptMax": PROMPT_CHARS[1],
            "brandMax": MAX_BRAND_CHARS,
            "hookMax": HOOK_CHARS[1],
            "callMax": CALL_CHARS[1],
            "lines": MOST,
            "ads": MOST_CELLS,
        },
        "aspects": [{"value": a.value, "width": a.size[0], "height": a.size[1]} for a in Aspect],
        "frameworks": [{"value": f.value, "title": f.value, "hint": hint} for f, hint in FRAMEWORKS.items()],
    }


SHARED = {key: GENERATE[key] for key in ("offline", "actionFailed", "retry", "promptLabel", "promptPlaceholder", "seconds")}
"""Words that the Generate page has already."""

WORDS = {
    "title": "Variants",
    "lead": "One brief, several openings, calls and shapes. What they share is filmed once.",
    "back": "Back to one ad",
    "results": RESULTS["open"],
    "brand": "Brand",
    "brandPlaceholder": "As it should be read",
    "duration": "Length",
    "hooks": "Hooks",
    "hooksHow": "The first line. Empty: the copywriter's.",
    "hook": "Hook {letter}",
    "hookAdd": "Another hook",
    "calls": "Calls to action",
    "callsHow": "The button at the end. Empty: the copywriter's.",
    "call": "Call {letter}",
    "callAdd": "Another call",
    "remove": "Remove {what}",
    "aspects": "Shapes",
    "frameworks": "Stories",
    "openings": "A picture of its own for each hook",
    "openingsHow": "Off: all hooks open on the same picture, and share that clip too.",
    "links": "Links for the list",
    "linksHow": "For the CSV: where the ads lead. utm_content is each ad's own name.",
    "landing": "Landing page",
    "source": "utm_source",
    "medium": "utm_medium",
    "campaign": "utm_campaign",
    "kept": "From your brief: {what}",
    "keptKit": "the brand’s kit",
    "keptTeam": "your team",
    "keptStyle": "style {name}",
    "keptColors": "{n} colours",
    "keptPhoto": "product photo",
    "keptVoice": "voice",
    "keptCaptions": "captions",
    "keptModels": "models",
    "matrix": "The set",
    "matrixOf": "{framework} · {aspect}",
    "corner": "Hook and call",
    "made": "filmed for this ad",
    "shared": "shared, filmed once",
    "cellLabel": "Hook {hook}, call {call}: {own} of {all} clips are filmed for it",
    "cellOwn": "{own} of {all} clips",
    "cellNone": "All clips shared",
    "clips": "{made} clips filmed instead of {all}",
    "free": "Free: made on this machine",
    "cost": "Up to {cost}",
    "instead": "instead of {cost} one by one",
    "orders": "{n} of the {left} ads you have left this hour",
    "tooMany": "{n} ads are more than the {left} you have left this hour; leave something out, or wait.",
    "overLeft": "This is more than the {left} you have left this month.",
    "waiting": "Describe the ad, and the set appears here.",
    "make": "Make {n} ads",
    "makeNone": "Make the set",
    "earlier": "Your sets",
    "earlierNone": "Sets you make are listed here.",
    "ads": "{n} ads",
    "doneOf": "{done} of {all} ready",
    # A set
    "all": "New set",
    "stateMaking": "{done} of {all} ready",
    "stateDone": "{all} ads, ready to upload",
    "statePart": "{done} of {all} ads were made",
    "stateNone": "None of the ads was made",
    "paid": "{cost} paid",
    "paidNone": "Nothing was paid",
    "zip": "Download all",
    "csv": "CSV",
    "csvLong": "Download the list as CSV",
    "stop": "Stop the set",
    "stopTitle": "Stop making these ads?",
    "stopText": "Finished ads stay. Those still being made can be tried again later.",
    "stopYes": "Stop them",
    "keep": "Keep going",
    "delete": "Delete",
    "deleteTitle": "Delete this set?",
    "deleteText": "All its ads are deleted, with their films and links. This cannot be undone.",
    "deleteYes": "Delete the set",
    "deleteNo": "Keep it",
    "playAll": "Play all",
    "pauseAll": "Pause all",
    "seek": "Where all films are",
    "at": "{at} of {all}",
    "sound": "Hear {name}",
    "mute": "Mute {name}",
    "open": "Open {name}",
    "copy": "Copy the name {name}",
    "copied": "Copied",
    "queued": "In line, number {n}",
    "inLine": "In line",
    "stopped": "Stopped",
    "again": "Try again",
    "film": "Film {name}",
    "goneTitle": "This set is not here",
    "goneText": "It was deleted, or it belongs to somebody else.",
    "failedTitle": "This set cannot be shown",
    "lost": "Connection lost; what you see may be behind. Trying again …",
    "live": "{done} of {all} ads are ready",
}
