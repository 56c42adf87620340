"""The voice-over option: who can speak, what it costs, and exactly why nobody can."""

from typing import Any

from playwright.sync_api import Route, expect

from studio.words import generate
from tests.browser.conftest import Visit
from tests.browser.generate_tab import ask, options, tab

WORDS = generate.PAGE


def offering(visit: Visit, voices: list[dict[str, Any]]) -> None:
    def offered(route: Route) -> None:
        route.fulfill(json=route.fetch().json() | {"voices": voices})

    visit.page.route("**/api/capabilities", offered)


def voice(name: str, title: str, why_not: str = "") -> dict[str, Any]:
    model = "openai/gpt-4o-mini-tts"
    return {"name": name, "title": title, "model": model, "ready": not why_not, "why_not": why_not, "price": "$0.0003 a second"}


def test_a_voice_is_off_until_it_is_chosen_and_then_reaches_the_order(visit: Visit) -> None:
    page = visit.page
    offering(visit, [voice("auto", "Automatic"), voice("coral", "Coral"), voice("en_speaker_6", "En speaker 6", "No weights.")])
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request.post_data_json) if request.url.endswith("/api/generate") else None)
    visit.open()
    choice = options(page).get_by_role("group", name=WORDS["voice"])
    expect(choice.get_by_label(WORDS["voiceOff"])).to_be_checked()
    expect(choice.get_by_label("En speaker 6")).to_have_count(0)  # while somebody can speak, only those who can are listed
    expect(choice).to_contain_text("openai/gpt-4o-mini-tts; $0.0003 a second")
    expect(options(page)).to_contain_text(WORDS["voiceNote"])
    choice.get_by_label("Coral").check(force=True)
    expect(tab(page).locator(".summary")).to_have_text("Voice: coral")
    captions = options(page).get_by_role("group", name=WORDS["captions"])
    expect(captions.get_by_label("Off")).to_be_checked()
    expect(captions).to_contain_text(WORDS["captionsOff"])
    captions.get_by_label("Highlight").check(force=True)
    expect(captions).to_contain_text("The word that is said is lit")
    expect(tab(page).locator(".summary")).to_contain_text("Captions: highlight")
    page.reload()
    expect(options(page).get_by_role("group", name=WORDS["voice"]).get_by_label("Coral")).to_be_checked()  # a draft keeps it
    page.route("**/api/generate", lambda route: route.abort())
    ask(page)
    expect(tab(page).locator("#trouble")).to_be_visible()
    assert (sent[-1]["voice"], sent[-1]["captions"]) == ("coral", "highlight")


def test_where_nobody_can_speak_the_option_says_why(visit: Visit) -> None:
    visit.open()
    choice = options(visit.page).get_by_role("group", name=WORDS["voice"])
    expect(choice.get_by_label(WORDS["voiceAuto"])).to_be_disabled()
    expect(choice).to_contain_text("OPENAI_API_KEY")
    assert visit.console_errors == []
