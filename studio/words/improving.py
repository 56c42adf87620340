"""The words of a better prompt: what is proposed, why, and what may be done with it."""

IMPROVING = {
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
}
