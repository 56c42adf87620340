"""What may be asked for a set of ads that differ in a line, a shape or a story, checked. Knows no database and no prices.

hooks × calls to action × aspects × frameworks ─▶ cells, in the order in which they are made: what shares most comes first
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from pipelines.alternatives import MOST, calls_for, hooks_for
from pipelines.aspect import Aspect
from pipelines.brief import BUILT_IN_WRITER, Brief
from pipelines.copywriter.choices import category, choose_framework
from pipelines.errors import BriefError
from pipelines.frameworks import Framework
from pipelines.hints import read_hints
from pipelines.wording import CALL_CHARS, HOOK_CHARS, Wording
from studio.errors import InputRefused

MOST_CELLS = 12
UTM = ("source", "medium", "campaign", "term")
MOST_LINK_CHARS = 200


@dataclass(frozen=True)
class Cell:
    """One ad to be made. hook, call: which lines, from 0."""

    hook: int
    call: int
    aspect: Aspect
    framework: Framework
    brief: Brief

    @property
    def letters(self) -> tuple[str, str]:
        """("A", "B"): how its lines are called."""
        return ascii_uppercase[self.hook], ascii_uppercase[self.call]


@dataclass(frozen=True)
class VariantsAsked:
    """What a set is chosen from. hooks, calls: lines of one's own, "" for the copywriter's at that place. photo: an upload, "" for none.
    landing, utm: where the ads will lead, and what is to be counted there, for the manifest. team: whose its ads are, "" for whoever
    orders alone."""

    brief: Brief
    hooks: tuple[str, ...] = ("",)
    calls: tuple[str, ...] = ("",)
    aspects: tuple[Aspect, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    own_openings: bool = True
    photo: str = ""
    landing: str = ""
    utm: Mapping[str, str] = field(default_factory=dict)
    team: str = ""


def checked(asked: VariantsAsked) -> VariantsAsked:
    """The same, complete: shapes and stories chosen where none were, lines trimmed. Raises BriefError, InputRefused."""
    brief = asked.brief
    if brief.models.get("text") not in (None, BUILT_IN_WRITER):
        raise BriefError("A set is written by the built-in copywriter, so that its ads differ in nothing else; leave the text model to it.")
    hints = read_hints(brief.prompt)
    aspects = asked.aspects or (brief.aspect or hints.aspect or Aspect.VERTICAL,)
    frameworks = asked.frameworks or (choose_framework(brief, hints, category(hints))[0],)
    hooks = _lines(asked.hooks, "hooks", "hook", HOOK_CHARS)
    calls = _lines(asked.calls, "calls", "call to action", CALL_CHARS)
    for name, chosen in (("aspects", aspects), ("frameworks", frameworks)):
        if len(set(chosen)) < len(chosen):
            raise InputRefused(f"One of the {name} is named twice; name each once.", field=name)
    n = len(hooks) * len(calls) * len(aspects) * len(frameworks)
    if n > MOST_CELLS:
        told = f"{len(hooks)} hooks × {len(calls)} calls × {len(aspects)} aspects × {len(frameworks)} frameworks"
        raise InputRefused(f"{told} are {n} ads; {MOST_CELLS} are the most for one set, so leave something out.", field="hooks")
    if n < 2:
        raise InputRefused("One hook, one call, one aspect and one framework are a single ad; choose two of something.", field="hooks")
    links = _links(asked.landing, asked.utm)
    return VariantsAsked(brief, hooks, calls, aspects, frameworks, asked.own_openings, asked.photo, *links, asked.team)


def cells_of(asked: VariantsAsked) -> tuple[Cell, ...]:
    """The ads of a checked set. Raises InputRefused where two of them would say the same."""
    return tuple(_cells(asked))


def lines_for(brief: Brief, frameworks: Sequence[Framework]) -> tuple[dict[Framework, tuple[str, ...]], tuple[str, ...]]:
    """(first lines by framework, calls to action) that the copywriter proposes."""
    return {framework: hooks_for(brief, framework) for framework in frameworks}, calls_for(brief)


def _cells(asked: VariantsAsked) -> Iterator[Cell]:
    brief = asked.brief.model_copy(update={"models": {**asked.brief.models, "text": BUILT_IN_WRITER}})
    for framework in asked.frameworks:
        told = brief.model_copy(update={"framework": framework})
        hooks = _filled(asked.hooks, hooks_for(told, framework), "hooks", f"first lines for {framework}")
        calls = _filled(asked.calls, calls_for(brief), "calls", "calls to action")
        for aspect in asked.aspects:
            for hook in range(len(hooks)):
                for call in range(len(calls)):
                    words = Wording(hooks=hooks, calls=calls, hook=hook, call=call, own_openings=asked.own_openings)
                    yield Cell(hook, call, aspect, framework, told.model_copy(update={"aspect": aspect, "wording": words}))


def _filled(asked: Sequence[str], proposed: Sequence[str], name: str, what: str) -> tuple[str, ...]:
    """Own lines, and the copywriter's where there is none; a proposal that is written by hand elsewhere is passed over."""
    own = {line.casefold() for line in asked if line}
    left = iter([line for line in proposed if line.casefold() not in own])
    filled = tuple(line or next(left, "") for line in asked)
    if "" in filled:
        raise InputRefused(f"The copywriter has {len(proposed)} {what} here; write the others yourself, or leave one out.", field=name)
    return filled


def _lines(lines: Sequence[str], name: str, one: str, chars: tuple[int, int]) -> tuple[str, ...]:
    """One line each. Raises InputRefused."""
    if not 1 <= len(lines) <= MOST:
        raise InputRefused(f"Choose one to {MOST} of the {name}.", field=name)
    trimmed = tuple(" ".join(line.split()) for line in lines)
    written: dict[str, str] = {}
    for letter, line in zip(ascii_uppercase, trimmed, strict=False):
        if not line:
            continue
        if not chars[0] <= len(line) <= chars[1] or any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in line):
            raise InputRefused(f"The {one} {letter} has {len(line)} characters; use {chars[0]} to {chars[1]} of plain text.", field=name)
        if line.casefold() in written:
            raise InputRefused(f"The {name} {written[line.casefold()]} and {letter} say the same; change one of them.", field=name)
        written[line.casefold()] = letter
    return trimmed


def _links(landing: str, utm: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Raises InputRefused for an address that is none, or a field that is unknown."""
    landing = landing.strip()
    if landing and (not landing.startswith(("https://", "http://")) or len(landing) > MOST_LINK_CHARS or any(c.isspace() for c in landing)):
        raise InputRefused("The landing page is an address that begins with https://.", field="landing_page")
    fields = {name: " ".join(str(value).split()) for name, value in utm.items() if str(value).strip()}
    for name, value in fields.items():
        if name not in UTM:
            raise InputRefused(f"utm_{name[:20]} cannot be set; choose among {', '.join(f'utm_{known}' for known in UTM)}.", field="utm")
        if len(value) > MOST_LINK_CHARS or any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in value):
            raise InputRefused(f"utm_{name} has room for {MOST_LINK_CHARS} plain characters.", field="utm")
    return landing, fields
