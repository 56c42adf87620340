"""The Generate page's words, and what it has to know before it asks: limits, lengths, shapes, stories, styles, switches.

Plain JSON for the island; knows no page layout and no HTTP.
"""

from typing import Any

from pipelines.aspect import Aspect
from pipelines.brief import MAX_BRAND_CHARS, PHOTO_BYTES, PROMPT_CHARS
from pipelines.coherence import COHERENCE
from pipelines.frameworks import Framework
from pipelines.presets import STYLES
from studio.words import NAME, STEPS

EXAMPLES = {
    "Luxury watch": "Create a luxury watch ad for Instagram",
    "Water bottle": "Make a 30-second eco-friendly water bottle ad",
    "Tech startup": "Generate a tech startup ad with modern aesthetics",
    "Fitness app": "Create an energetic fitness app ad for TikTok",
    "Skincare": "Make a minimalist skincare product ad",
}
"""Sample prompts by what they are called: PRD §22.6, the good ones."""

FRAMEWORKS = {
    Framework.PAS: "Problem, then relief",
    Framework.BAB: "Before and after",
    Framework.AIDA: "Attention to action",
}
"""What each story shape does, for people who have not read PRD §12."""

PHOTO_TYPES = ("image/png", "image/jpeg", "image/webp")
"""pipelines.brief.PHOTO_FORMATS, as browsers call them."""

COLORS = ("ground", "accent", "detail")
"""PRD §20.1: up to three brand colours; the order is the brief's."""

KINDS = {"text": "Words", "image": "Pictures", "video": "Motion", "sound": "Music and effects", "voice": "Voice-over"}
"""The kinds of model, as the capability card calls them."""


def page() -> dict[str, Any]:
    """What the Generate page needs to know and say, as plain JSON."""
    return {
        "name": NAME,
        "limits": {
            "promptMin": PROMPT_CHARS[0],
            "promptMax": PROMPT_CHARS[1],
            "brandMax": MAX_BRAND_CHARS,
            "seedMax": 2**32 - 1,
            "photoBytes": PHOTO_BYTES,
            "photoSize": f"{PHOTO_BYTES // 2**20} MB",
            "photoTypes": list(PHOTO_TYPES),
        },
        "examples": [{"title": title, "prompt": prompt} for title, prompt in EXAMPLES.items()],
        "steps": [{"name": name, "label": label} for name, label in STEPS.items()],
        "durations": [15, 30, 60],
        "aspects": [{"value": a.value, "width": a.size[0], "height": a.size[1]} for a in Aspect],
        "frameworks": [{"value": f.value, "title": f.value, "hint": hint} for f, hint in FRAMEWORKS.items()],
        "styles": [{"value": name, "title": preset.title, "hint": preset.hint} for name, preset in STYLES.items()],
        "colors": list(COLORS),
        "kinds": [{"value": kind, "title": title} for kind, title in KINDS.items()],
        "coherence": [{"value": name, "title": choice.title, "hint": choice.hint} for name, choice in COHERENCE.items()],
        "words": PAGE,
    }


PAGE = {
    "title": "One sentence in. A finished ad out.",
    "lead": "Name the product and where the ad will run. Story, pictures, music and edit are made for you.",
    "promptLabel": "Describe your ad",
    "promptPlaceholder": "Create a luxury watch ad for Instagram",
    "counter": "{n} of {max} characters",
    "tooShort": "A few more words, please: at least {min} characters.",
    "tooLong": "Please shorten the prompt to {max} characters.",
    "examples": "Try",
    "make": "Make the ad",
    "starting": "Starting …",
    "shortcut": "{key} Enter",
    "offline": "The studio does not answer. Check that it is running, then try again.",
    "undo": "Undo",
    # What this installation can do
    "builtInWriter": "built-in writer",
    "cardCan": "products and sets",
    "cardLine": "{models} – {can}; {cannot}",
    "cardNo": "no {what}",
    "cardMore": "What this studio can do",
    "cardCannotYet": "No ad can be made here yet",
    "cardNobody": "nobody",
    "cardShows": "Can",
    "cardNever": "Cannot",
    "cardOff": "Off",
    "cardUnknown": "What this studio can do could not be read.",
    # The quote
    "quoteFree": "{cost} – free on this machine",
    "quotePaid": "Up to {cost}",
    "quoteMore": "{cost} and more",
    "quoteFor": "{seconds} s, {aspect}",
    "quoteLeft": "{left} left this month",
    "quoteOverCap": "Up to {cost}, more than the {cap} one ad may cost here. Choose a shorter length or another model.",
    "quoteOverLeft": "Up to {cost}, more than the {left} left this month. Choose a shorter length or another model.",
    "quoteNone": "The cost is shown here before you order.",
    # Options
    "options": "More options",
    "optionsAuto": "all automatic",
    "auto": "Auto",
    "length": "Length",
    "seconds": "{n} s",
    "format": "Format",
    "story": "Story",
    "storyAuto": "Whichever suits the product best",
    "style": "Style",
    "styleAuto": "Read from the prompt",
    "brand": "Brand name",
    "brandPlaceholder": "From the prompt",
    "colors": "Colours",
    "ground": "Ground",
    "accent": "Accent",
    "detail": "Detail",
    "addColor": "Add {name} colour",
    "clearColor": "Remove {name} colour",
    "colorsSummary": "{n} colours",
    "colorSummary": "1 colour",
    "photo": "Product photo",
    "photoAdd": "Choose a photo",
    "photoDrop": "or drop or paste one here: PNG, JPEG or WebP, up to {size}",
    "photoSending": "Sending {name}, {percent} %",
    "photoStop": "Stop sending",
    "photoRemove": "Remove the photo",
    "photoSize": "{width} × {height}",
    "photoKept": "The photo of that ad",
    "photoType": "{name} is not a picture that can be used; choose a PNG, JPEG or WebP file.",
    "photoLarge": "{name} has {size}; save it smaller than {most}.",
    "photoFailed": "{name} could not be sent. Check the connection, then choose it again.",
    "photoWait": "The photo is still being sent; try again in a moment.",
    "photoAlt": "Your product photo",
    "voice": "Voice-over",
    "voiceOff": "Off",
    "voiceOffHint": "Music and type tell the story",
    "voiceAuto": "Automatic",
    "voiceAutoHint": "{model} speaks a line in each scene; {price}",
    "voiceHint": "{model}; {price}",
    "voiceNobody": "Which voices there are is not known yet",
    "voiceSummary": "Voice: {name}",
    "voiceNote": "An AI voice. Say so where you show the ad.",
    "finer": "Models, coherence and seed",
    "modelAuto": "Automatic",
    "modelAutoHint": "The best one that is ready",
    "modelFree": "free on this machine",
    "modelSummary": "1 model chosen",
    "modelsSummary": "{n} models chosen",
    "coherence": "Coherence",
    "lora": "LoRA",
    "loraOff": "None",
    "loraOffHint": "Pictures come from the model alone",
    "loraWeight": "How strongly it counts (0 to 2)",
    "loraSummary": "LoRA: {name}",
    "coherenceSummary": "{title}: off",
    "seed": "Seed",
    "seedHint": "The same prompt, options and seed make the same ad.",
    # A better prompt
    "improve": "Improve prompt",
    "improving": "Improving …",
    "improvedTitle": "A more precise prompt",
    "improvedBy": "Written by {writer}, {cost}",
    "free": "free",
    "original": "Yours",
    "improved": "Improved",
    "why": "What changed, and why",
    "accept": "Use it",
    "editImproved": "Edit",
    "reject": "Keep mine",
    "accepted": "The improved prompt is in the box.",
    "nothingToImprove": "This prompt says everything already; nothing to improve.",
    "editLabel": "Improved prompt",
    # Recent ads
    "recent": "Recent ads",
    "all": "All in the gallery",
    "stateWaiting": "Waiting",
    "stateFailed": "Failed",
    "stateCancelled": "Cancelled",
    "statePercent": "{percent} %",
    # Being made
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
    "leave": "You can leave or close this page; the work goes on and the ad waits in your gallery.",
    "cancel": "Cancel",
    "cancelling": "Cancelling …",
    "cancelTitle": "Stop making this ad?",
    "cancelText": "Finished steps are kept for a while, and the prompt goes back into the box.",
    "cancelYes": "Stop it",
    "cancelNo": "Keep going",
    "cancelled": "Cancelled. Your prompt is still here.",
    "reconnecting": "Connection lost; trying again. The work goes on meanwhile.",
    "live": "{percent} percent. {step}.",
    # Ended without a film
    "failedTitle": "This ad could not be made",
    "cancelledTitle": "This ad was cancelled",
    "cancelledText": "Its brief is kept. Make it after all, or change it first.",
    "retry": "Try again",
    "retrying": "Starting again …",
    "retryHint": "Only what failed is done again; finished steps are kept for a while.",
    "edit": "Edit",
    "goneTitle": "This ad is not here",
    "goneText": "It was deleted, or it belongs to somebody else.",
    "newAd": "Make an ad",
    "gallery": "Open the gallery",
    # Finished
    "doneTitle": "Your ad is ready",
    "download": "Download",
    "again": "Regenerate",
    "againHint": "The same brief with the next seed",
    "editHint": "Back to the prompt with everything that was asked",
    "video": "Your finished ad",
    "cost": "Cost",
    "quoted": "quoted {cost}",
    "size": "Size",
    "made": "Made in",
    "details": "How it was made",
    "models": "Models",
    "loudness": "Loudness",
    "notes": "Worth knowing",
    "loadFailed": "The finished video cannot be played here. Download it instead.",
    "rate": "How good is it?",
    "rated": "Thank you; it is written down.",
    "star": "One star",
    "stars": "{n} stars",
    "rateTrouble": "That was not written down. Try again.",
    "share": "Share",
    "shareTitle": "Anyone with this link can watch",
    "shareUntil": "Until {date}. No account is needed; nothing else of yours is shown.",
    "shareLink": "Link to the ad",
    "shareVia": "Send …",
    "copy": "Copy link",
    "copied": "Copied",
    "shareEnd": "Stop sharing",
    "shareEnded": "Every link to this ad has stopped working.",
    "shareFailed": "The link could not be made. Try again.",
    "delete": "Delete",
    "deleteTitle": "Delete this ad?",
    "deleteText": "The film, its poster and every link to it are removed for good.",
    "deleteYes": "Delete it",
    "deleteNo": "Keep it",
    "actionFailed": "That did not work. Try again.",
}
"""The page's own words; {…} is filled in by the page."""
