"""Type over the picture: which line stands on which shot, from when to when, and how long it takes to read.

Lines come from the spec's overlays. A scene of several shots gives each line a shot; the last scene keeps the brand, its line
and the call to action together on the end card. It knows frames and words, not fonts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.edl import Position, Title, TitleLine, TitleRole
from pipelines.spec import AdSpec, SceneSpec
from pipelines.timing import MIN_SCENE_S, MIN_SHOT_S, frames_at_least, reading_seconds

LEAD_FRAMES = 3  # type waits for the picture: after the transition into its shot …
TAIL_FRAMES = 2  # … and is gone before the next one begins
OPENING_FRAMES = 2  # type comes with the first picture: thumbs are quick
LONGEST_S = 5.5  # a line that stays longer than this has become furniture
SEEN: tuple[TitleRole, ...] = ("mark", "logo")  # recognised, not read
MARK_AFTER_FRAMES = 10  # the first line is seen before the brand signs it


@dataclass(frozen=True)
class ShotText:
    """The lines that stand on one shot; () for none."""

    lines: tuple[TitleLine, ...] = ()

    @property
    def words(self) -> int:
        """Everything there is to read; a signature or a logo is recognised, not read."""
        return sum(len(line.text.split()) for line in self.lines if line.role not in SEEN)

    def need(self, before: int, after: int, first: bool = False) -> int:
        """Frames its shot must last, given the transition frames around it."""
        if not self.lines:
            return 0
        margin = (OPENING_FRAMES if first else before // 2 + LEAD_FRAMES) + (after // 2 + TAIL_FRAMES if after else 0)
        each = [line.delay + frames_at_least(reading_seconds(len(line.text.split()))) for line in self.lines if line.role not in SEEN]
        return max([frames_at_least(reading_seconds(self.words)), *each]) + margin


def shot_needs(wordings: Sequence[Sequence[ShotText]], into: int, after: int, inner: int, *, first: bool, apart: bool = False) -> list[int]:
    """The frames that each shot of a scene must at least last, whichever way the scene is worded: MIN_SHOT_S, or as long as its words
    take to read. into, after, inner: transition frames before, behind and within the scene; first: it opens the film.

    A line whose next shots have none may stay over the cuts, and all of them together must last for it; apart: it is to be read
    before the first of them all the same.
    """
    least, last = frames_at_least(MIN_SHOT_S), len(wordings[0]) - 1
    shots = [least] * (last + 1)
    for texts in wordings:
        for j, text in enumerate(texts):
            until = j if apart else next((k for k in range(j, last) if texts[k + 1].lines), last)
            need = text.need(inner if j else into, after if until == last else inner, first=first and j == 0)
            shots[until] = max(shots[until], need - sum(shots[j:until]))
    if last == 0:
        shots[0] = max(shots[0], frames_at_least(MIN_SCENE_S))
    return shots


def scene_texts(scene: SceneSpec, count: int) -> list[ShotText]:
    """The lines of a scene that is not the last, one shot each in order; what has no shot left joins the last one as body."""
    if scene.text_overlay is None:
        return [ShotText()] * count
    lines, animation = _lines(scene), scene.text_overlay.animation
    texts = [ShotText((TitleLine(line, "headline", animation),)) for line in lines[:count]]
    if len(lines) > count:
        rest = tuple(TitleLine(line, "body", animation, delay=6 * i) for i, line in enumerate(lines[count:], 1))
        texts[-1] = ShotText(texts[-1].lines + rest)
    return texts + [ShotText()] * (count - len(texts))


@dataclass(frozen=True)
class CardExtras:
    """What an end card may hold besides the brand, its line and the button; "" for nothing. badge: the offer. rating: "4.8", "4.8 from
    2,300 reviews". logo: path of its picture. wordmark: the logo says the brand's name by itself, so the name is not set again."""

    badge: str = ""
    rating: str = ""
    logo: str = ""
    wordmark: bool = False


def closing_texts(spec: AdSpec, count: int, extras: CardExtras, step: int) -> list[ShotText]:
    """The last scene: lines above the brand name stand on the shots before the end card, the rest on it.

    The end card reads logo, brand, line, rating, badge, button; `step` frames lie between their entrances.
    """
    scene, brand, cta = spec.scenes[-1], spec.brand_guidelines.brand_name, spec.ad_specifications.call_to_action_text
    lines = [line for line in _lines(scene) if line.casefold() != cta.casefold()]
    at = next((i for i, line in enumerate(lines) if line.casefold() == brand.casefold()), None)
    before, under = (lines[:at], lines[at + 1 :]) if at is not None else ([], lines)
    if count == 1:
        before, under = [], under or before
    animation = scene.text_overlay.animation if scene.text_overlay else "fade"
    rows: tuple[tuple[str, TitleRole, str, str], ...] = (
        ((brand or "Logo") if extras.logo else "", "logo", "blur_in", extras.logo),
        ("" if extras.wordmark else brand, "brand", animation, ""),
        (" ".join(under), "body", "fade", ""),
        (extras.rating, "rating", "fade", ""),
        (extras.badge, "badge", "fade", ""),
        (cta, "cta", "rise", ""),
    )
    shown = [row for row in rows if row[0]]
    card = tuple(TitleLine(text, role, how, step * i, image) for i, (text, role, how, image) in enumerate(shown))
    early = [ShotText((TitleLine(line, "headline", animation),)) for line in before[: count - 1]]
    return early + [ShotText()] * (count - 1 - len(early)) + [ShotText(card)]


def called_out(texts: Sequence[ShotText], features: Sequence[str], step: int) -> list[ShotText]:
    """The lines of a scene with what is worth pointing out: on its last shot that has no line of its own, else under its last line.
    `step` frames lie between their entrances."""
    free = [i for i, text in enumerate(texts) if not text.lines]
    at = free[-1] if free else len(texts) - 1
    above = texts[at].lines
    first = 2 * step if above else 0
    lines = tuple(TitleLine(feature, "callout", "rise", first + step * i) for i, feature in enumerate(features))
    return [ShotText(above + lines) if i == at else text for i, text in enumerate(texts)]


def signed(text: ShotText, brand: str) -> ShotText:
    """The same with the brand's name over it, small: people who leave early have seen whose film it was."""
    if not text.lines or not brand:
        return text
    return ShotText((TitleLine(brand, "mark", "fade", delay=MARK_AFTER_FRAMES), *text.lines))


def without_body(text: ShotText) -> ShotText:
    """The same without its body lines: the first thing to go where time is short."""
    return ShotText(tuple(line for line in text.lines if line.role != "body"))


@dataclass(frozen=True)
class Slot:
    """A shot as the type sees it. before, after: frames of the transitions around it; joined: the next shot follows in the same
    scene by a cut that type may stand across. bare: no type from before its cut stands on it."""

    start: int
    n_frames: int
    before: int
    after: int
    position: Position
    joined: bool
    bare: bool = False


def read_by_the_cut(texts: Sequence[Sequence[ShotText]], slots: Sequence[Slot], first: bool) -> bool:
    """Whether what stands on a scene's shots so far can be read before the last of them ends, in each wording of the scene. slots:
    those shots; first: they open the film."""
    for worded in texts:
        at = max((i for i in range(len(slots)) if worded[i].lines), default=None)
        if at is not None and worded[at].need(slots[at].before, slots[-1].after, first and at == 0) > sum(s.n_frames for s in slots[at:]):
            return False
    return True


def set_titles(slots: Sequence[Slot], texts: Sequence[ShotText], style: str, color: str, accent: str, fps: int) -> tuple[Title, ...]:
    """Titles with exact frames. One whose following shots in the scene have no text of their own stays over the cut, for
    LONGEST_S at most; the last one stays to the end of the film."""
    titles = []
    for i, (slot, text) in enumerate(zip(slots, texts, strict=True)):
        if not text.lines:
            continue
        start = slot.start + (slot.before // 2 + LEAD_FRAMES if i else OPENING_FRAMES)
        last = i
        while slots[last].joined and not texts[last + 1].lines and not slots[last + 1].bare:
            last += 1
        end = slots[last].start + slots[last].n_frames
        if last + 1 < len(slots):
            end -= slots[last].after // 2 + TAIL_FRAMES if slots[last].after else 0
            limit = max(frames_at_least(reading_seconds(text.words), fps), round(LONGEST_S * fps))
            end = min(end, start + limit)
        leaves = "fade" if last + 1 < len(slots) else "none"  # the button stays until the film itself fades
        titles.append(Title(text.lines, start, end - start, slot.position, style, color, accent, leaves))
    return tuple(titles)


def _lines(scene: SceneSpec) -> list[str]:
    text = scene.text_overlay.text if scene.text_overlay else ""
    return [line.strip() for line in text.splitlines() if line.strip()]
