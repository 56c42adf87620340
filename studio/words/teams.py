"""What is said about teams: on the Profile page, and wherever an ad or a brand kit can be given to one."""

WORDS = {
    "title": "Teams",
    "none": "Share ads, hero frames and brand kits with the people you work with: editors change them, reviewers look, comment and decide.",
    "make": "Make a team",
    "name": "Name of the team",
    "nameHint": "Lumen agency",
    "create": "Make it",
    "cancel": "Cancel",
    "people": "{n} people",
    "onePerson": "1 person",
    "roles": {"owner": "Owner", "editor": "Editor", "reviewer": "Reviewer"},
    "asked": "{team} asks you to join as {role}.",
    "join": "Join",
    "decline": "Decline",
    "declineNamed": "Decline to join {team}",
    "joinNamed": "Join {team}",
    "members": "Members of {team}",
    "you": "you",
    "roleOf": "Role of {name}",
    "limits": "Limits",
    "limitsOf": "Limits of {name}",
    "adsAnHour": "Ads an hour",
    "dollarsAMonth": "Dollars a month",
    "noLimit": "no limit",
    "save": "Save",
    "hourly": "{n} ads an hour",
    "monthly": "{cap} a month",
    "spent": "{spent} spent this month",
    "takeOut": "Take out",
    "takeOutNamed": "Take {name} out of the team",
    "takeOutTitle": "Take {name} out?",
    "takeOutText": "What {name} made for {team} stays with the team. They see nothing of it any more.",
    "askIn": "Ask somebody in",
    "username": "Username",
    "role": "Role",
    "roleHints": {
        "owner": "Everything, members too.",
        "editor": "Makes, changes and exports.",
        "reviewer": "Looks, comments and decides.",
    },
    "ask": "Ask in",
    "waiting": "asked in, until {date}",
    "takeBack": "Take back",
    "takeBackNamed": "Take the invitation of {name} back",
    "kits": "Brand kits of the team",
    "kitsNone": "None yet.",
    "kitGive": "Give it one of yours",
    "kitChoose": "Choose a brand kit",
    "kitTakeBackNamed": "Take the brand kit {name} back",
    "ads": "Its ads",
    "frames": "Its hero frames",
    "takes": "Its takes",
    "rename": "Rename",
    "leave": "Leave",
    "leaveTitle": "Leave {team}?",
    "leaveText": "What you made for the team stays with it, and you see nothing of it any more.",
    "end": "End the team",
    "endTitle": "End {team}?",
    "endText": "All that it has goes back to whoever made it, and nobody else sees it any more.",
    "failed": "The studio does not answer. Try again in a moment.",
}
"""{…} is filled in by the page."""

AD = {
    "title": "Team",
    "of": "Belongs to",
    "nobody": "me alone",
    "given": "{team} has it now: its members see it.",
    "taken": "It is yours alone again.",
    "ofTeam": "Belongs to {team}.",
    "note": "Comment, or a note on your decision",
    "comment": "Comment",
    "approve": "Approve",
    "changes": "Ask for changes",
    "failed": "The studio does not answer. Try again in a moment.",
}
"""What the page of a finished ad says about its team."""

ORDERING = {
    "for": "For whom it is made",
    "forMe": "For me",
    "forTeam": "For {team}",
    "asked": WORDS["asked"],
    "answer": "Answer",
    "roles": WORDS["roles"],
}
"""What a prompt box says to people who are in teams."""

WHOSE = {
    "frames": {"whose": "Whose hero frames", "own": "Mine"},
    "takes": {"whose": "Whose takes", "own": "Mine"},
    "variants": {"whose": "Whose sets", "own": "Mine"},
}
"""What lists of other things say where there are teams."""

GALLERY = {"whose": "Whose ads", "own": "My ads"}
"""What the gallery says where there are teams."""
