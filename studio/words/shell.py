"""What the frame around every page says: navigation, the person's menu, the ads being made."""

TABS = {"generate": "Generate", "gallery": "Gallery", "quality": "Quality", "profile": "Profile"}
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
    "lost": "No news",
    "lostLong": "The studio does not answer; trying again.",
}
"""{…} is filled in by the page."""
