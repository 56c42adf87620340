"""What the frame around every page says: navigation, the person's menu, the ads being made."""

TABS = {
    "generate": "Generate",
    "hero": "Hero Frames",
    "workspace": "Workspace",
    "gallery": "Gallery",
    "editor": "Editor",
    "quality": "Quality",
    "brands": "Brands",
    "profile": "Profile",
}
"""The tabs' names, by their id (studio/ui/shell.py has their order)."""

WORDS = {
    "skip": "Skip to the page",
    "home": "{name}: make an ad",
    "more": "More",
    "account": "Account of {name}",
    "accountWait": "Account",
    "profile": "Profile",
    "logOut": "Log out",
    "logOutFailed": "The studio does not answer, so you are still logged in. Try again in a moment.",
    "one": "1 ad",
    "many": "{n} ads",
    "waiting": "waiting",
    "makingOne": "An ad is being made, {percent} percent. Go to it.",
    "makingMany": "{n} ads are being made; the first is at {percent} percent. Go to it.",
    "ready": "Ad ready",
    "readyLong": "Your ad is ready. Watch it.",
    "failed": "Ad failed",
    "failedLong": "An ad could not be made. See why.",
    "hero": {
        "one": "Frames",
        "many": "{n} sets of frames",
        "makingOne": "Hero frames are being made, {percent} percent. Go to them.",
        "makingMany": "{n} sets of hero frames are being made; the first is at {percent} percent. Go to it.",
        "ready": "Frames ready",
        "readyLong": "Your hero frames are ready. Look at them.",
        "failed": "Frames failed",
        "failedLong": "Hero frames could not be made. See why.",
    },
    "take": {
        "one": "Takes",
        "many": "{n} sets of takes",
        "makingOne": "Takes are being made, {percent} percent. Go to them.",
        "makingMany": "{n} sets of takes are being made; the first is at {percent} percent. Go to it.",
        "ready": "Takes ready",
        "readyLong": "Your takes are ready. Compare them.",
        "failed": "Takes failed",
        "failedLong": "Takes could not be made. See why.",
    },
    "mixed": {"many": "{n} at work", "makingMany": "{n} orders are being made; the first is at {percent} percent. Go to it."},
    "lost": "No news",
    "lostLong": "The studio does not answer; trying again.",
}
"""{…} is filled in by the page."""
