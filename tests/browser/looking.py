"""How a page looks to an eye, a thumb and a screen reader: looks.js and axe-core, in the ways a page is looked at."""

from pathlib import Path

from tests.browser.conftest import Visit

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WAYS = [{}, {"color_scheme": "dark"}, PHONE, PHONE | {"color_scheme": "dark"}]
"""Options of a browser context: desktop and phone, light and dark."""

FINE = {"scroll": 0, "headings": 1, "unnamed": [], "small": [], "faint": []}
ANIMATIONS = (
    "[document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)]"
    ".flatMap(r => r.getAnimations()).filter(a => a.effect.getTiming().iterations === 1)"
)


def looks(visit: Visit, state: str) -> None:
    """No sideways scroll; one h1; names, sizes and contrast of everything that can be seen; nothing for axe to find."""
    visit.page.evaluate(f"Promise.allSettled({ANIMATIONS}.map(a => a.finished))")
    found = visit.page.evaluate(Path(__file__).with_name("looks.js").read_text())
    wrong = {name: what for name, what in found.items() if what != FINE[name]}
    assert not wrong, f"{state}: {wrong}"
    violations = visit.violations()
    assert not violations, f"{state}: {violations}"
