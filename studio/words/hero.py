"""What the Hero Frames page says, and what it has to know before it asks: limits and examples.

Plain JSON for the island; knows no page layout and no HTTP. The terms of the camera department come with the API's options.
"""

from typing import Any

from pipelines.hero.hero_brief import NEGATIVE_CHARS, PROMPT_CHARS, WORDS_CHARS
from pipelines.picture_files import PHOTO_BYTES
from studio.words.generate import PAGE as GENERATE
from studio.words.generate import PHOTO_TYPES
from studio.words.motion import WORDS as MOTION

EXAMPLES = (
    "A steel watch on wet black stone",
    "A glass perfume bottle on pale marble",
    "Headphones on a sunlit concrete step",
    "A jar of honey cream among linen",
)
"""First sentences: a subject and a place; everything else is the camera department's."""


def page(name: str) -> dict[str, Any]:
    """What the page needs to know and say, as plain JSON. name: of the application."""
    return {
        "name": name,
        "limits": {
            "promptMin": PROMPT_CHARS[0],
            "promptMax": PROMPT_CHARS[1],
            "negativeMax": NEGATIVE_CHARS,
            "wordsMax": WORDS_CHARS,
            "seedMax": 2**32 - 1,
            "photoBytes": PHOTO_BYTES,
            "photoSize": f"{PHOTO_BYTES // 2**20} MB",
            "photoTypes": list(PHOTO_TYPES),
        },
        "examples": list(EXAMPLES),
        "words": SHARED | WORDS,
        "motion": MOTION,
    }


SHARED = {
    key: GENERATE[key]
    for key in (
        *("counter", "tooShort", "tooLong", "examples", "starting", "offline", "actionFailed", "improving", "improvedBy", "free", "why"),
        *("photoAlt", "photoDrop", "photoKept", "photoSize", "photoSending", "photoStop", "photoRemove", "photoType", "photoLarge"),
        *("photoFailed", "photoWait", "retry", "copied", "seed", "size", "cost", "delete"),
    )
}
"""Words that the Generate page has already."""

WORDS = {
    "title": "Hero Frames",
    "lead": "One picture that decides how everything after it looks. Make a few, choose one, bring it to life.",
    # The brief
    "promptLabel": "Describe the picture",
    "promptPlaceholder": "A steel watch on wet black stone",
    "helpers": "Camera department",
    "open": "Leave it open",
    "openWhy": "Each candidate may find its own.",
    "format": "Format",
    "formatAuto": "As the prompt says",
    "formatAutoWhy": "Upright when it says nothing.",
    "formats": {"9:16": "Stories, Reels, Shorts", "16:9": "YouTube, screens", "1:1": "Any feed", "4:5": "A feed, taller", "4:3": "Classic"},
    "matters": {"format": "Format", "wording": "Wording"},
    "more": "More",
    "count": "How many",
    "negative": "Keep out",
    "negativePlaceholder": "text, people, clutter",
    "negativeSummary": "Something kept out",
    "model": "Model",
    "modelAuto": "Automatic",
    "modelAutoHint": "The best one that is ready",
    "modelFree": "free on this machine",
    "modelPrice": "{cost} a picture",
    "modelUnpriced": "price not known",
    "seedAuto": "any",
    "seedHint": "The same brief and seed make the same frames.",
    "pictures": {
        "product": {"photo": "Product", "photoAdd": "Add a photo of it", "photoDrop": "What is shown is this product, up to {size}"},
        "reference": {"photo": "Look", "photoAdd": "Add a picture to follow", "photoDrop": "Its colours, light and mood are taken over"},
        "control": {"photo": "Layout", "photoAdd": "Add a picture to stand like", "photoDrop": "Where things stand is kept, nothing else"},
    },
    "make": "Make {n} frames",
    "priceNone": "The price appears here before you order.",
    "priceFor": "{n} frames, {aspect}",
    "priceAgain": "for {n} more frames",
    "priceFree": "{cost}, free on this machine",
    "pricePaid": "{cost} at most",
    "priceMore": "{cost} at most, and what follows",
    "priceLeft": "{left} left this month",
    "priceOverCap": "{cost} is more than the {cap} that one order may cost.",
    "priceOverLeft": "{cost} is more than the {left} left this month.",
    # The cinematographer
    "improve": "Ask the cinematographer",
    "improvedTitle": "As a cinematographer would say it",
    "original": "Yours",
    "improved": "Directed",
    "accept": "Use it",
    "editImproved": "Edit",
    "editLabel": "Directed prompt",
    "reject": "Keep mine",
    "accepted": "Now in the cinematographer’s words.",
    "revert": "Back to mine",
    "nothingToImprove": "This prompt says everything already; nothing to add.",
    # All sets
    "history": "Contact sheets",
    "show": "What to show",
    "sets": "All",
    "favourites": "Favourites",
    "showMore": "Show more",
    "statePercent": "{percent} %",
    "stateFailed": "failed",
    "stateCancelled": "cancelled",
    "noFavourites": "No favourites yet",
    "noFavouritesText": "Press the heart on a frame, or F while you look at it, and it is kept here.",
    "failedTitle": "Your frames cannot be shown",
    "emptyTitle": "Your first contact sheet will hang here",
    "emptySteps": [
        {"title": "Say what is seen", "text": "The subject and its place, in your words. Lens and light have their buttons."},
        {"title": "Compare", "text": "Four to eight candidates arrive one by one. Keep the good ones, vary the best."},
        {"title": "Choose the anchor", "text": "One frame is marked as anchor. Films of it begin there and look like it."},
    ],
    # One tree
    "all": "All contact sheets",
    "directedAs": "Directed: {prompt}",
    "sheet": "{n} frames",
    "frame": "Frame {name}",
    "frameOf": "Frame {name}, {n} of {count}",
    "frameWaiting": "not made yet",
    "frameFailed": "not made",
    "anchor": "Anchor",
    "anchorLong": "anchor",
    "favourite": "favourite",
    "favourFrame": "Favourite: frame {name}",
    "changeNew": "First look",
    "changeAgain": "Again, new seeds",
    "changeVary": "Varied",
    "from": "from {name}",
    "toParent": "Go to frame {name}, which this came from",
    "menu": "More for set {n}",
    "edit": "Edit the brief",
    "cancel": "Cancel",
    "progress": "Progress of set {n}",
    "making": "{n} of {count} frames",
    "eta": "about {time} left",
    "waiting": "{n} ahead. It starts by itself.",
    "waitingNext": "Next in line. It starts by itself.",
    "cancelled": "Cancelled. The frames that were there are kept.",
    "failed": "These frames could not be made.",
    "arrived": "{n} of {count} frames are there.",
    "ordered": "New frames are being made.",
    "retried": "The frames are being made again.",
    "cancelling": "Stopping.",
    "deleted": "The set is deleted.",
    "favoured": "Kept as a favourite.",
    "unfavoured": "No longer a favourite.",
    "anchored": "This frame is the anchor now.",
    "cancelTitle": "Stop making these frames?",
    "cancelText": "The frames that are there already are kept.",
    "cancelYes": "Stop",
    "cancelNo": "Keep going",
    "deleteTitle": "Delete this set?",
    "deleteText": "Its frames are removed for good. Sets that came of them stay, and what it cost stays in your totals.",
    "deleteYes": "Delete",
    "deleteNo": "Keep it",
    "goneTitle": "This frame is not here",
    "goneText": "It was deleted, or it belongs to somebody else.",
    "lost": "Connection lost; what you see may be behind. Trying again …",
    # One frame
    "inspector": "The chosen frame",
    "pickTitle": "Choose a frame",
    "pickText": "Look closely, keep what is good, and make one frame the anchor.",
    "keys": [
        ["← →", "From frame to frame"],
        ["Z", "Look closely"],
        ["F", "Favourite"],
        ["P", "Make it the anchor"],
    ],
    "zoomFrame": "Look closely at frame {name}",
    "makeAnchor": "Make it the anchor",
    "anchorWhat": "The anchor is the one frame that films start from and later scenes follow.",
    "anchorIs": "Films start from this frame, and later scenes follow its look.",
    "live": "Bring it to life",
    "favouriteDo": "Favourite",
    "favouriteNot": "No longer a favourite",
    "again": "Again",
    "againHint": "The same brief with new seeds",
    "vary": "Vary",
    "varyTitle": "Change one thing",
    "asNow": "As it is",
    "varyWords": "Or in your words",
    "varyPlaceholder": "more steam, a darker ground",
    "varyDo": "Make {n} variations",
    "details": "How it was made",
    "detailsShort": "Details",
    "copyPrompt": "Copy prompt",
    "copySettings": "Copy settings",
    "madeNames": {"seconds": "Made in, seconds", "steps": "Steps", "backend": "Backend"},
    # The viewer
    "previous": "Previous frame",
    "next": "Next frame",
    "larger": "Larger",
    "smaller": "Smaller",
    "close": "Close",
    # To life
    "backToFrames": "Back to the frames",
    "liveTitle": "Bring frame {name} to life",
    "liveLead": "Say what the camera does. A few films are made with different seeds, and you choose among them.",
    "liveUnready": "Films cannot be made from frames on this installation yet.",
    "sketch": "Sketch of the camera’s move",
    "sketchWhat": "A sketch: the flat frame, moved as the camera will. The films have depth.",
    "makeFilm": "Make the film",
    "makeFilms": "Make {n} films",
    "priceFilms": "{n} × {seconds} s",
    "priceEach": "{cost} each",
}
"""The page's own words; {…} is filled in by the page."""
