"""How a page looks to an eye, a thumb and a screen reader: looks.js and axe-core, at a desk and on a phone, by day and by night."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WAYS = [{}, PHONE]
"""Options of a browser context: desktop and phone. Light and dark are both looked at in each of them."""

FINE = {"scroll": 0, "headings": 1, "unnamed": [], "small": [], "faint": []}
SETTLE = """async () => {
    for (let round = 0; round < 3; round += 1) {  // one thing's end may be another's beginning
        await new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)));
        const roots = [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)];
        for (const a of roots.flatMap(r => r.getAnimations())) if (a.effect.getTiming().iterations === 1) a.finish();
    }
}"""
"""What moves once is at its end, whatever time this machine needs for it."""

WHERE = """() => {
    const deep = (root) => (root.activeElement?.shadowRoot ? deep(root.activeElement.shadowRoot) : root.activeElement);
    const at = deep(document);
    return at === document.body ? 'the browser' : at.closest('dialog[open]') ? 'the dialog' : at.outerHTML.slice(0, 200);
}"""
"""Where the focus is; between the last and the first field of a dialog it is the browser's own."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core whose answer depends on the colours; all others are asked once."""


def looks(visit: Visit, state: str) -> None:
    """No sideways scroll; one h1; names, sizes and contrast of everything that can be seen; nothing for axe to find. By day, then
    with the page gone dark under the person's eyes, as at sunset; it is left light."""
    look_at(visit, state, None)
    visit.page.emulate_media(color_scheme="dark")
    visit.page.locator("body.dark, html.dark").wait_for(state="attached")
    look_at(visit, f"{state}, dark", COLOURS)
    visit.page.emulate_media(color_scheme="light")


def look_at(visit: Visit, state: str, rules: list[str] | None) -> None:
    """The page as it stands. rules: of axe-core; None is all."""
    visit.page.evaluate(SETTLE)
    found = visit.page.evaluate(Path(__file__).with_name("looks.js").read_text())
    wrong = {name: what for name, what in found.items() if what != FINE[name]}
    assert not wrong, f"{state}: {wrong}"
    violations = visit.violations(rules)
    assert not violations, f"{state}: {violations}"


def holds(visit: Visit, dialog: Locator, back: Locator, state: str = "") -> None:
    """An open dialog keeps the focus, whichever way one goes; Escape ends it, and the focus is where it was. state: it is looked at too."""
    expect(dialog).to_be_visible()
    if state:
        looks(visit, state)
    keys = visit.page.keyboard
    fields = dialog.locator("button:visible, a:visible, input:visible, textarea:visible, select:visible").count()
    for key in ["Tab"] * (fields + 2) + ["Shift+Tab"] * 2:
        keys.press(key)
        at = visit.page.evaluate(WHERE)
        assert at in ("the dialog", "the browser"), f"{state or dialog}: {at}"
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(back).to_be_focused()
