"""The doors: the pages people see before they are signed in, the one that shows a shared ad, the one into a team, and the terms.

Constant HTML with scripts and styles of its own under /s/ (studio/ui/islands `assets()`), made for a strict content security
policy: nothing inline, nothing from elsewhere. What they say is said in the HTML itself; whatever is data comes by fetch.
"""

from pathlib import Path

DOORS = ("login", "register", "welcome", "shared", "join", "terms")


def doors() -> dict[str, Path]:
    """The HTML files by name: login → /login, register → /register, welcome → /welcome (the first account), shared → /r/{token},
    join → /join (a link into a team), terms → /terms."""
    return {name: Path(__file__).parent / f"{name}.html" for name in DOORS}
